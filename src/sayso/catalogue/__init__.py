"""The words around claims in the language of a coverage: catalogues of messages, and how a language writes days and times.

catalogues  messages (gettext) and their plural forms; which languages there are
articles    names inside an English sentence
dates       days, times and cities as a language writes them (CLDR)

English needs no catalogue: it is what the messages are written in. Data beside this file is made by `make words`.
"""

from sayso.catalogue.catalogues import ENGLISH, N_, Catalogue, catalogue, languages

__all__ = ["ENGLISH", "N_", "Catalogue", "catalogue", "languages"]
