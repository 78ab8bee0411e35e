"""The sources of headlines: "X - Defence Ministry", "Vance: X", "No, no and no: League on the blast"."""

from collections.abc import Sequence
from typing import Final

from sayso.model.claim import Attribution, Via
from sayso.read.scene import Scene, Voice
from sayso.read.text.groups import Group, Np, Vg
from sayso.read.text.words import Cell
from sayso.read.voices.speakers import source_of
from sayso.read.voices.stretches import end_of, segments, with_channel

#: What stands in a signing line besides its source: "(Telegram), 14 March, 18:00."
SIGNING: Final = frozenset(("comma", "time", "open", "close", "stop", "dash", "colon", "prep", "adv"))
#: Words of what is signed: "report for 6 October", "bulletin no. 19", "incidents of 14-15 May".
HEAD: Final = 11  # groups of a name with its offices and channel before a colon
TITLES: Final = frozenset((
    "report", "bulletin", "summary", "communique", "communiqué", "statement", "release", "briefing", "update", "digest",
    "daily", "weekly", "hourly", "special", "operational",
    "incidents", "situation", "notice", "order", "dispatch", "review", "log", "figures", "overview", "post", "leaflet",
))  # fmt: skip


def head_or_tail(scene: Scene) -> list[Voice]:
    """The sources of "X - Orland's General Staff" and "Vance: X", for each part of a headline."""
    groups = scene.groups
    if scene.kind == "headline" and (tail := tail_voice(scene)) is not None:
        return [tail]
    out = []
    for first, b in segments(groups):
        sent = (
            scene.kind in ("headline", "post") and groups[first].low == "from"
        )  # "From Dr Ann Roe at the hospital: ..."
        a = first + 1 if sent else first
        colon = next((i for i in range(a, min(b, a + HEAD)) if groups[i].kind == "colon"), None)
        if colon is None or colon == a or (scene.kind not in ("headline", "post", "briefing") and colon - a > 5):
            continue
        before = groups[a:colon]
        if (aired := read_out(before, scene)) is not None:
            scene.memory.own_words = True
            out.append(Voice(aired, groups[a].start, end_of(scene, b), groups[colon].start))
            continue
        titled = before if scene.kind == "briefing" and len(before) > 1 and titles(before[1:]) else None
        if (
            (titled is None and any(isinstance(g, Vg) for g in before))
            or not isinstance(before[0], Np)
            or before[0].num
        ):
            continue
        if before[0].low in ("source", "sources"):
            continue  # "Source: the ministry" names one behind, for what stands before
        attr = source_of(appose(list(before)), scene)
        if attr is not None and not attr.inferred and usable_head(attr, scene):
            scene.memory.own_words |= scene.kind == "post" and a == 0
            out.append(Voice(with_channel(attr, before), groups[a].start, end_of(scene, b), groups[colon].start))
    return out


def read_out(before: Sequence[Group], scene: Scene) -> Attribution | None:
    """Whose communiqué the station of an armed side reads out in a post ("Communiqué No. 3, read on Voice of the Hills: ..."):
    that side's, which the station relays."""
    paper = before[0] if scene.kind == "post" else None
    if not isinstance(paper, Np) or paper.names or not paper.head.has("report"):
        return None
    for verb, prep, np in zip(before, before[1:], before[2:], strict=False):
        if isinstance(verb, Vg) and prep.kind == "prep" and isinstance(np, Np):
            station = source_of(np, scene)
            if station is not None and station.kind == "media" and scene.directory.is_party(station.side):
                kind = scene.directory.kind_of_party(station.side or "")
                via = Via(org=station.org, kind="media", side=station.side)
                return Attribution(kind=kind, side=station.side, via=(via,), inferred=True)
    return None


def signed(scene: Scene) -> Attribution | None:
    """The source of a line that does nothing but sign what follows: "Ministry of War of Orland, 14 March, 18:00.",
    "GUARD (Telegram).", "CITY POLICE, report for 6 October."."""
    groups = scene.groups
    if len(groups) < 2 or not isinstance(first := groups[0], Np) or first.num:
        return None
    paper = first.of is not None and any(c.low in TITLES or c.has("channel", "report") for c in first.cells)
    source = first.of if paper and first.of is not None else first
    if not (source.names or (paper and source.lexeme("body"))) or not titles(groups[1:]):
        return None
    if not (paper or any(g.kind == "time" or entitles(g) for g in groups[1:])):
        return None
    attr = source_of(source, scene)
    return None if attr is None or attr.inferred else with_channel(attr, groups)


def titles(groups: Sequence[Group]) -> bool:
    """Whether groups behind a source name nothing but channel, day, number and kind of what it signs, or an office."""
    return all(
        g.kind in SIGNING or entitles(g) or (isinstance(g, Np) and all(dates(c) or c.text.isupper() for c in g.cells))
        for g in groups
    )


def entitles(g: Group) -> bool:
    """Whether a group is a channel or the kind of what is signed."""
    parts = g.chain() if isinstance(g, Np) else [g]
    named = any(c.low in TITLES or c.has("channel") for p in parts for c in p.cells)
    return named and isinstance(g, Np | Vg) and all(isinstance(p, Np) or len(p.cells) == 1 for p in parts)


def dates(cell: Cell) -> bool:
    """Whether a word can stand in a date or number of a bulletin."""
    return cell.low[:1].isdigit() or cell.has("month", "daypart", "det") or cell.low in ("no", "no.", "number", "nr")


def usable_head(attr: Attribution, scene: Scene) -> bool:
    """Whether "X:" at the start names a source there: in headlines and posts any, in running text no bare country."""
    return scene.kind in ("headline", "post") or attr.speaker is not None or attr.kind not in ("media",)


def tail_voice(scene: Scene) -> Voice | None:
    """The source behind the last dash of a headline, or behind a colon ("No, no and no: League on the blast")."""
    groups = scene.groups
    for i in range(len(groups) - 1, 0, -1):
        if groups[i].kind not in ("dash", "colon"):
            continue
        after = groups[i + 1 :]
        if not after or not isinstance(after[0], Np) or any(isinstance(g, Vg) for g in after):
            return head_before_dash(scene, i)
        if groups[i].kind == "colon" and not (
            len(after) > 1 and after[1].kind == "prep" and after[1].sub in ("on", "about")
        ):
            return None
        attr = source_of(appose(list(after)), scene)
        if attr is None or attr.inferred:
            return head_before_dash(scene, i)
        return Voice(with_channel(attr, after), scene.start, scene.end, groups[i].start)
    return None


def head_before_dash(scene: Scene, dash: int) -> Voice | None:
    """The source before a dash ("Defense Ministry - on tactical tricks")."""
    before = [g for g in scene.groups[:dash] if g.kind not in ("adv", "quote")]
    if len(before) != 1 or not isinstance(before[0], Np) or scene.groups[dash].kind != "dash":
        return None
    attr = source_of(before[0], scene)
    return Voice(attr, scene.start, scene.end, scene.groups[dash].start) if attr and not attr.inferred else None


def appose(groups: list[Group]) -> Np:
    """The first noun group with the one beside it between commas attached."""
    first = groups[0]
    assert isinstance(first, Np)
    if len(groups) > 2 and groups[1].kind == "comma" and isinstance(groups[2], Np) and first.apposed is None:
        first.apposed = groups[2]
    return first
