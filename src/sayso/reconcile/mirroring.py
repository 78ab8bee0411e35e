"""The questions in which the mirror of an answer may stand: found by their ids, not by looking through all claims."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from sayso.model.conflict import Conflict
from sayso.model.question import Key
from sayso.model.vocabulary import MIRRORED
from sayso.reconcile.relations import ALIKE, MIRROR_DAYS

#: Sorts after every id that begins in the same way.
LAST_LETTER = "\U0010ffff"


def mirror_ranges(key: Key, conflict: Conflict) -> tuple[tuple[str, str], ...]:
    """Ranges of ids, both ends inclusive, of the questions in which an answer may turn round one of this question; none
    for what is never turned round. The question itself may be among them.

    Blame: the same of anybody. A broken truce, an attack on a place: the same, or one like it, at most two days apart.
    """
    if key.type not in MIRRORED:
        return ()
    key = replace(key, apart=None)
    return tuple(dict.fromkeys(attacks_near(key) if key.type == "attack" else blame_of_others(key, conflict)))


def blame_of_others(key: Key, conflict: Conflict) -> Iterator[tuple[str, str]]:
    """The same question about each party, camp and third party."""
    ids = (*(p.id for p in conflict.parties), *(g.id for g in conflict.groups), *(p.id for p in conflict.third))
    for actor in ids:
        other = replace(key, actor=actor)
        if key.type == "truce" and key.day is not None:
            yield around(other, key.day)
        else:
            yield other.stem, other.stem + LAST_LETTER


def attacks_near(key: Key) -> Iterator[tuple[str, str]]:
    """Attacks that may be another telling of this one."""
    if key.place is None or key.day is None:
        return
    for kind in sorted({key.measure, *(kind for group in ALIKE if key.measure in group for kind in group)}):
        yield around(replace(key, measure=kind), key.day)


def around(key: Key, day: str) -> tuple[str, str]:
    """The ids of a question on the days around one: they differ in their ends only."""
    middle, days = date.fromisoformat(day), timedelta(days=MIRROR_DAYS)
    return replace(key, day=(middle - days).isoformat()).id, replace(key, day=(middle + days).isoformat()).id
