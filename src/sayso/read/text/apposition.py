"""Verbs behind a name or office that stands between commas beside another: "the mayor, Ann Roe, appealed to residents"."""

from collections.abc import Sequence
from typing import Final

from sayso.read.text.words import Cell

FINITE: Final = frozenset(("past", "s"))
APPOSED: Final = 9  # words of what stands between commas beside a name


def closes_apposition(cells: Sequence[Cell], i: int) -> bool:
    """Whether a word stands right behind a name or office between commas, where only a verb can stand: "the mayor of Ubel, Ann
    Roe, appealed to residents", "Roe, a commander of the Guard, offers to free him"."""
    if not i or cells[i - 1].low != "," or i + 1 == len(cells) or FINITE.isdisjoint(cells[i].lex.forms()):
        return False
    first = next((k for k in range(i - 2, max(0, i - APPOSED), -1) if cells[k].low == ","), None)
    nxt = cells[i + 1]
    follows = nxt.has("prep", "det", "poss", "pron", "that", "num", "channel", "noun", "body") or nxt.low[:1].isdigit()
    return first is not None and (follows or nxt.name is not None) and names_someone(cells[first + 1 : i - 1])


def names_someone(cells: Sequence[Cell]) -> bool:
    """Whether words between commas are a name in capitals or an office, and nothing that is listed."""
    named = all(c.cap and (c.name or not c.lex) for c in cells) and " " in " ".join(c.low for c in cells)
    office = len(cells) > 1 and cells[0].has("det", "poss") and any(c.has("role", "body") for c in cells)
    return (named or office) and not any(c.has("conj", "verb", "aux") for c in cells if not c.has("role", "body"))
