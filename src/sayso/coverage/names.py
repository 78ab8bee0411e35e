"""Names of parties, bodies, people and places: each must lead to one thing.

A name that ends in `*` is a stem after which any letters may follow; of two names that match, the longer wins.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

from sayso.coverage.sheet import Sheet
from sayso.model.mistake import Mistake

SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One name, what it names, whose it is, and where it is written: `entry` is the table that holds it."""

    name: str
    what: str  # party, third, group, body, person or place
    thing: str
    side: str | None
    file: Path
    line: int
    entry: tuple[str | int, ...]
    since: date | None = None
    until: date | None = None


def check_name(sheet: Sheet, line: int, name: str, *, first: bool) -> None:
    """Note a stem where a name is shown, a `*` inside a word, and a stem too short to mean anything."""
    words = name.split()
    if first and "*" in name:
        sheet.wrong(
            line, f'the first name "{name}" is shown on pages and has a "*"', "write it in full, and the stem after it"
        )
    elif any("*" in w[:-1] for w in words):
        sheet.wrong(line, f'"{name}" has a "*" inside a word', 'write "*" at the end of the word only')
    elif len(words) == 1 and words[0].endswith("*") and len(name) - 1 < SHORTEST_STEM:
        sheet.wrong(
            line, f'the stem "{name}" fits too many words', f"write at least {SHORTEST_STEM} letters before the *"
        )


def overlaps(named: Iterable[Named]) -> Iterator[Mistake]:
    """Every name that two different things have, and every stem that swallows the name of another party."""
    everything = list(named)
    by_name: dict[str, list[Named]] = {}
    for one in everything:
        by_name.setdefault(" ".join(one.name.casefold().split()), []).append(one)
    for same in by_name.values():
        yield from _same(same)
    yield from _swallowed([n for n in everything if n.what in ("party", "third", "group")])


def _same(same: list[Named]) -> Iterator[Mistake]:
    """One mistake for each later use of a name by something that may not share it."""
    for i, later in enumerate(same):
        for earlier in same[:i]:
            if not _may_share(earlier, later):
                where = (
                    f"line {earlier.line}" if earlier.file == later.file else f"{earlier.file.name} line {earlier.line}"
                )
                what = f'"{later.name}" names two things: {_shown(earlier)} ({where}) and {_shown(later)}'
                yield Mistake(file=later.file, line=later.line, what=what, write_instead=_advice(later))
                break


def _may_share(a: Named, b: Named) -> bool:
    """Whether two things may have one name: a party and its own body, office or capital; one person's two roles."""
    if a.entry == b.entry or (a.what == b.what == "person" and a.thing == b.thing and _apart(a, b)):
        return True
    parties = ("party", "third", "group")
    if a.what in parties and b.what in ("body", "place"):
        return a.side == b.side
    return b.what in parties and a.what in ("body", "place") and a.side == b.side


def _apart(a: Named, b: Named) -> bool:
    """Whether two roles of one person do not meet in time."""
    return bool((a.until and b.since and a.until < b.since) or (b.until and a.since and b.until < a.since))


def _shown(one: Named) -> str:
    kind = {"third": "the third party "}.get(one.what, f"the {one.what} ")
    return f"{kind}{one.thing}"


def _advice(one: Named) -> str:
    more = {
        "person": "write the full name, and leave the short one to one of them",
        "place": "write more of one name, as its district behind it",
    }
    return more.get(one.what, "leave it to one of them, or write more of the name")


def _swallowed(named: list[Named]) -> Iterator[Mistake]:
    """A stem that also fits the whole of another party's name, which then is read as the wrong party in other cases."""
    for a, b in combinations(named, 2):
        for stem, other in ((a, b), (b, a)):
            if stem.side != other.side and _swallows(stem.name, other.name):
                whose = f'"{other.name}" of {_shown(other)} (line {other.line})'
                what = f'the stem "{stem.name}" of {_shown(stem)} also fits {whose}'
                yield Mistake(
                    file=stem.file,
                    line=stem.line,
                    what=what,
                    write_instead="write a longer stem, or the forms one by one",
                )


def _swallows(stem: str, name: str) -> bool:
    """Whether a stem fits a name that is longer than the stem, word by word."""
    bare = name.replace("*", "").casefold()
    if "*" not in stem or stem.replace("*", "").casefold() == bare:
        return False  # the same words are found as the same name
    words = [re.escape(w.rstrip("*")) + (r"\w*" if w.endswith("*") else "") for w in stem.casefold().split()]
    return re.fullmatch(r"\s+".join(words), bare) is not None
