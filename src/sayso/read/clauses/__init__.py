"""The clause grammar: one data-driven reader for languages whose word order or endings the English chunk grammar cannot take.

A sentence becomes words (lexicon and directory, by stems), the words become segments, counted groups and triggers; each
trigger class makes claims with the counts, parties and places in its reach. What differs between languages is data.
"""

from sayso.read.clauses.cutting import sentences_of
from sayso.read.clauses.entry import read_entry
from sayso.read.clauses.tagging import Grammar

__all__ = ["Grammar", "read_entry", "sentences_of"]
