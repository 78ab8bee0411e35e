"""The questions in which the mirror of an answer may stand: found by their keys, not by looking through all claims."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from sayso.model.conflict import Conflict
from sayso.model.question import Key
from sayso.reconcile.relations import ALIKE, DENIAL_REACH_UNPLACED, MIRRORED


def mirror_keys(key: Key, conflict: Conflict) -> tuple[Key, ...]:
    """The other questions in which an answer may turn round one of this question; none for what is never turned round.

    Blame and broken truces: the same of anybody else. An attack: one like it on the same place, at most two days apart.
    """
    if key.type not in MIRRORED:
        return ()
    found = attacks_near(key) if key.type == "attack" else blame_of_others(key, conflict)
    return tuple(dict.fromkeys(k for k in found if k != key))


def blame_of_others(key: Key, conflict: Conflict) -> Iterator[Key]:
    """The same question about each party, camp and third party."""
    ids = (*(p.id for p in conflict.parties), *(g.id for g in conflict.groups), *(p.id for p in conflict.third))
    for actor in ids:
        yield replace(key, actor=actor)


def attacks_near(key: Key) -> Iterator[Key]:
    """Attacks that may be another telling of this one."""
    if key.place is None or key.day is None:
        return
    day = date.fromisoformat(key.day)
    kinds = {key.measure, *(kind for group in ALIKE if key.measure in group for kind in group)}
    for days in range(-DENIAL_REACH_UNPLACED.days, DENIAL_REACH_UNPLACED.days + 1):
        for kind in sorted(kinds):
            yield replace(key, measure=kind, day=(day + timedelta(days=days)).isoformat())
