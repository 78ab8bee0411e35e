"""What a source shows at a time of the story: what was said until then, as it stands by then."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sayso.replay.told import Told

#: A feed shows its newest entries only, as feeds do.
WINDOW = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A statement as it stands at a time, and when its words last changed."""

    told: Told
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What a source shows, newest first. `changed_at` is when anything in it last changed, None while it is empty."""

    entries: tuple[Entry, ...]
    changed_at: datetime | None


def shelf(told: Iterable[Told], source: str, *, story: datetime) -> Shelf:
    """What a source shows at `story`: edits made and disappearances happened until then."""
    said = [t for t in told if t.source == source and t.at <= story]
    entries = [entry for t in reversed(said) if (entry := _by_then(t, story))]
    moments = [t.at for t in said] + [then.at for t in said for then in t.then if then.at <= story]
    return Shelf(entries=tuple(entries[:WINDOW]), changed_at=max(moments, default=None))


def find(told: Sequence[Told], source: str, name: str, *, story: datetime) -> Entry | None:
    """One statement as it stands at `story`; None where it is not said yet, or gone."""
    for t in told:
        if t.id == name and t.source == source and t.at <= story:
            return _by_then(t, story)
    return None


def _by_then(told: Told, story: datetime) -> Entry | None:
    """The statement with every edit until `story` in it; None where it was taken away."""
    changed_at = told.at
    for then in told.then:
        if then.at > story:
            break
        if then.gone:
            return None
        changed_at = then.at
        told = replace(told, headline=then.headline or told.headline, text=then.text or told.text)
    return Entry(told=told, changed_at=changed_at)
