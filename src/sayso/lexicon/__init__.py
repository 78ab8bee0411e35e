"""The words of each language, loaded from data files, and which language a text is in."""

from sayso.lexicon.identifying import language_identifier
from sayso.lexicon.loading import load_lexicon, load_lexicons
from sayso.lexicon.parsing import sentence_parser

__all__ = ["language_identifier", "load_lexicon", "load_lexicons", "sentence_parser"]
