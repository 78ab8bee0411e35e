"""Sources that a noun only points back at: "the group", "the Committee", "the column's commander", "her office"."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sayso.model.claim import Attribution
from sayso.read.scene import Scene
from sayso.read.text.features import flags
from sayso.read.text.groups import Np
from sayso.read.text.names import Name
from sayso.read.text.words import Cell
from sayso.read.voices.naming import of_organisation, span

IS_AGAIN: Final = flags("again")
POINTS: Final = frozenset(("the", "this", "that", "both", "and"))
BACK: Final = 8  # sources of the entry that are looked back at


def referred(np: Np, scene: Scene) -> Attribution | None:
    """The source that "the group" or "the Committee" stands for: the last one before it whose name ends so, else the last
    one of a kind that can be called so."""
    if np.names or np.of is not None or np.num is not None or np.cells[0].low not in POINTS:
        return None
    words = [c for c in np.cells if c.low not in POINTS]
    return stood_for(words[0], np, scene) if len(words) == 1 else None


def stood_for(word: Cell, np: Np, scene: Scene) -> Attribution | None:
    """The source before a noun group that one word of it, alone, stands for."""
    if word.has("body") and not word.cap:
        return None  # "the army" is a side's, whatever other army was named
    named = [(n, c) for n, c in names_before(np, scene) if n.body is not None or n.party is not None]
    name = next((n for n, c in named if ends_in(c.low, word.low)), None)
    told = scene.memory.sources[: -BACK - 1 : -1]
    if name is None and (known := next((s for s in told if ends_in(s.org, word.low)), None)) is not None:
        return replace(known, span=span(np), inferred=True, cue=None, cue_span=None, hedge=None, via=())
    if name is None and word.cap and (body := unlisted_body(word, np, scene)) is not None:
        return replace(body, span=span(np), inferred=True)
    kinds = word.classes("again") if word.flags & IS_AGAIN else frozenset()
    if name is None:
        name = next((n for n, _ in named if kind_of(n, scene) in kinds), None)
    if name is not None:
        side = name.body.side if name.body is not None else name.party
        return Attribution(kind=kind_of(name, scene), side=side, org=name.display, span=span(np), inferred=True)
    known = next((s for s in told if s.kind in kinds), None)
    if known is not None:
        return replace(known, span=span(np), inferred=True, cue=None, cue_span=None, hedge=None, via=())
    party = next((p for p in reversed(scene.memory.parties) if scene.directory.kind_of_party(p) in kinds), None)
    if party is None:
        return None
    kind = scene.directory.kind_of_party(party)
    return Attribution(
        kind=kind, side=party, org=scene.directory.conflict.names.get(party), span=span(np), inferred=True
    )


def unlisted_body(word: Cell, np: Np, scene: Scene) -> Attribution | None:
    """The organisation that no list has, named before a noun group, whose last word a word repeats."""
    before = (n for n in scene.nps() if n.start < np.start and n.cells[-1].low.endswith(word.low))
    return next((made for n in before if (made := of_organisation(n)) is not None), None)


def names_before(np: Np, scene: Scene) -> Iterator[tuple[Name, Cell]]:
    """The names in the sentence before a noun group: those of its first subject, then the nearest first."""
    subject = next((f.subj[0] for f in scene.frames if f.subj and f.subj[0].start < np.start), None)
    before = [n for n in scene.nps() if n.start < np.start]
    for other in (*(n for n in before if n is subject), *reversed(before)):
        for part in reversed(other.chain()):
            yield from reversed(part.names)


def ends_in(name: str | None, word: str) -> bool:
    """Whether a name of several words ends in a word."""
    words = (name or "").lower().split()
    return len(words) > 1 and words[-1] == word


def kind_of(name: Name, scene: Scene) -> str:
    """The kind of source that a name of a body or party is."""
    if name.body is not None:
        return name.body.kind
    return scene.directory.kind_of_party(name.party) if name.party is not None else "unknown"


def owner_before(np: Np, scene: Scene) -> Attribution | None:
    """The source whose officer a noun group names by a noun: "the group's coordinator", "the column's commander"."""
    at = next((i for i, c in enumerate(np.cells) if c.low == "'s"), 0)
    if at == 0 or np.cells[at - 1].name is not None:
        return None
    word = np.cells[at - 1]
    if (found := stood_for(word, np, scene)) is not None:
        return found
    for other in reversed([n for n in scene.nps() if n.start < np.start]):
        if other.head.low == word.low and (side := scene.named_party(other)) is not None:
            kind = scene.directory.kind_of_party(side)
            return Attribution(
                kind="army" if kind == "government" else kind, side=side, org=scene.text[other.start : other.end]
            )
    return None
