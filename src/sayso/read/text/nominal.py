"""Words that could be verbs and are nouns where they stand: "ten trade union members", "the recent murder of"."""

from typing import Final

from sayso.read.text.features import flags
from sayso.read.text.words import Cell

IS_NUMBER: Final = flags("num", "0-9")
#: What stands behind the noun of a killing, and never behind its verb.
DEED_PREPS: Final = frozenset(("of", "in", "by", "at", "on"))
#: Verbs that stand in headlines right behind a number: "ten die".
DEADLY: Final = frozenset(("kill", "die", "wound", "miss"))


def is_noun(cell: Cell, prev: Cell, nxt: Cell | None) -> bool:
    """Whether a word that could be a verb is a noun between its neighbours."""
    return counted_noun(cell, prev, nxt) or named_deed(cell, nxt)


def recent(cell: Cell, nxt: Cell | None) -> bool:
    """Whether "last" stands before a stretch of time ("last year")."""
    return cell.low == "last" and nxt is not None and nxt.has("span")


def counted_noun(cell: Cell, prev: Cell, nxt: Cell | None) -> bool:
    """Whether the base form of a verb between a number and a noun is a noun too ("ten trade union members", "three top
    leaders"): its object would have an article, or none would stand behind what dies."""
    if not prev.flags & IS_NUMBER or nxt is None or not nxt.has("noun", "human", "body") or nxt.has("det", "num"):
        return False
    return not cell.has("say") and forms_of(cell) == {"base"} and cell.classes("verb").isdisjoint(DEADLY)


def named_deed(cell: Cell, nxt: Cell | None) -> bool:
    """Whether a word of killing is a noun, for a preposition stands right behind ("the recent murder in X of Y", "the
    brutal killing of"): a verb has an object."""
    if nxt is None or nxt.low not in DEED_PREPS or not cell.has("deed"):
        return False
    return forms_of(cell) <= {"base", "s", "ing"}


def forms_of(cell: Cell) -> set[str]:
    """The forms that a word can have as a verb."""
    return {x.feat for x in cell.lex.get("verb", ())}
