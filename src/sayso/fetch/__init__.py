"""The one door through which everything from outside comes in: feeds, pages, pictures.

guard    which addresses may be asked at all
door     one GET: each hop judged, a deadline for the whole, a cap on the unpacked bytes
body     reading and unpacking with a maximum
"""

from sayso.fetch.door import Answer, Door, Limits

__all__ = ["Answer", "Door", "Limits"]
