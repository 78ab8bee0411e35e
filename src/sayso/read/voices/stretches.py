"""Stretches of a sentence: segments, what stands before and behind a source, the channel that is named there."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sayso.model.claim import Attribution
from sayso.read.scene import Scene
from sayso.read.text.groups import Group, Np, Vg

DOUBLE: Final = frozenset('“”„«»"')


def segments(groups: Sequence[Group]) -> list[tuple[int, int]]:
    """The stretches between semicolons and stops that stand outside quotations, as group indices."""
    cuts, inside = [-1], False
    for i, g in enumerate(groups):
        if g.kind == "quote" and g.low in DOUBLE:
            inside = opening(groups, i)
        elif g.kind in ("semi", "stop") and not inside and not (i + 1 < len(groups) and groups[i + 1].kind == "comma"):
            cuts.append(i)
    cuts.append(len(groups))
    return [(a + 1, b) for a, b in itertools.pairwise(cuts) if b > a + 1]


def opening(groups: Sequence[Group], i: int) -> bool:
    """Whether a quotation mark opens: words right behind it, none right before."""
    mark = groups[i]
    if mark.low in "“„":
        return True
    behind = i + 1 < len(groups) and groups[i + 1].start == mark.end
    return behind and (i == 0 or groups[i - 1].end < mark.start)


def can_stand_beside(one: Np, other: Np) -> bool:
    """Whether two noun groups between commas are a person and an office."""
    person = any(n.person for n, _ in one.names + other.names) or capitals(one) or capitals(other)
    office = any(x.lexeme("body") or x.lexeme("role") for x in (one, other))
    return person and office


def capitals(np: Np) -> bool:
    """Whether a noun group is two or more unknown words with capitals."""
    return sum(c.cap and not c.lex and c.name is None for c in np.cells) >= 2


def has_content(groups: Sequence[Group]) -> bool:
    """Whether something is said in a stretch: a verb, or a noun group that is no preposition's."""
    for i, g in enumerate(groups):
        if isinstance(g, Vg):
            return True
        if isinstance(g, Np) and not (i and groups[i - 1].kind == "prep") and not g.lexeme("channel"):
            return True
        if g.kind == "quote":
            return True
    return False


def content_after(groups: Sequence[Group]) -> Sequence[Group]:
    """What follows a verb of saying without its addressee ("told reporters", "told Kuld radio")."""
    out = list(groups)
    while out and (out[0].kind in ("adv", "time") or (isinstance(out[0], Np) and is_addressee(out[0]))):
        out.pop(0)
    while len(out) >= 2 and out[0].kind == "prep" and isinstance(out[1], Np):
        out = out[2:]
    return out


def is_addressee(np: Np) -> bool:
    """Whether a noun group is who was told: reporters, a broadcaster."""
    media = any(n.body and n.body.kind == "media" for n, _ in np.names)
    return bool(media or np.lexeme("channel") or (np.lexeme("body", "media") and not np.num))


def tail_position(groups: Sequence[Group], first: int) -> bool:
    """Whether a comma, quotation mark or dash sets the source off from the words before it."""
    if first > 1 and groups[first - 1].low in ("as", "both"):
        first -= 1
    return (first > 0 and groups[first - 1].kind in ("comma", "quote", "dash", "close")) or (
        first > 1 and groups[first - 1].kind == "adv"
    )


def with_channel(attr: Attribution, stretch: Sequence[Group]) -> Attribution:
    """The source with the channel that a stretch of groups names, if any."""
    if attr.channel is not None and not attr.inferred:
        return attr
    for i, g in enumerate(stretch):
        behind = (i > 0 and stretch[i - 1].kind == "prep") or i == 0 or stretch[i - 1].kind in ("vg", "comma", "open")
        for part in g.chain() if isinstance(g, Np) else [g]:
            for cell in part.cells:
                found = cell.one("channel")
                if found is None or (cell.low == "x" and not cell.cap):
                    continue
                if found.cls in ("press_service", "x", "facebook") or (behind and cell is part.cells[-1]):
                    return replace(attr, channel=found.cls)
    return attr


def fronted(groups: Sequence[Group], a: int, first: int) -> Sequence[Group]:
    """Words before a source that may name its channel: "In a video message, ...", "Speaking on television, ..."."""
    before = groups[a:first]
    if not before or not (before[0].kind in ("prep", "quotedby") or before[0].low == "speaking"):
        return ()
    return before if not any(isinstance(g, Vg) and g.feat != "ing" for g in before) else ()


def start_of(scene: Scene, a: int) -> int:
    """Where a segment begins, with the quotation mark before it."""
    return scene.groups[a].start


def end_of(scene: Scene, b: int) -> int:
    """Where a segment ends."""
    return scene.groups[min(b, len(scene.groups)) - 1].end
