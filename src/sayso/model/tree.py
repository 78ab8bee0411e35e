"""A sentence as a parser sees it: which word hangs on which."""

from collections.abc import Callable, Sequence
from typing import NamedTuple


class Word(NamedTuple):
    """One word: `[start, end)` in the text that was parsed, the index of the word that it hangs on (its own for the
    root), and how it hangs there, in the labels of CLEAR (nsubj, ccomp, parataxis...)."""

    start: int
    end: int
    head: int
    dep: str
    verb: bool


Tree = Sequence[Word]
Parse = Callable[[str], Tree]
