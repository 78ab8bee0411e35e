"""Asking a language model what a sentence claims; what it answers is weighed elsewhere (`read.weighing`).

asking     one question to an OpenAI-compatible endpoint, through the transport that is handed in
wording    what it is asked
"""

from sayso.propose.asking import Asker, asker

__all__ = ["Asker", "asker"]
