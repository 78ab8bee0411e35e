"""What holds an entry together: its groups, quotations over several sentences, and what carries from one to the next."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate
from typing import Final

from sayso.model.claim import Attribution, Claim, Part, Span, Via
from sayso.model.setting import Setting
from sayso.read.scene import OURS, Memory, Scene, Voice
from sayso.read.text.features import flags
from sayso.read.text.frames import Frame, frames_of
from sayso.read.text.grouping import group
from sayso.read.text.groups import Group, Np
from sayso.read.text.names import Directory
from sayso.read.text.tokens import LONGEST
from sayso.read.text.words import Matcher, together
from sayso.read.voices.attribution import voices_of
from sayso.read.voices.background import outlets_own
from sayso.read.voices.citing import scene_kind
from sayso.read.voices.headlines import signed
from sayso.read.voices.quotations import quotations
from sayso.read.voices.shorthand import name_short_forms
from sayso.read.voices.speakers import source_of
from sayso.read.voices.stretches import with_channel

Range = tuple[int, int]
HEADLINE: Final = 8  # sentences; a headline has two or three
HEDGED: Final = flags("hedge")
TELLS: Final = flags("account", "report")
CARRIES: Final = frozenset(("entry", "bullet", "list", "post", "briefing"))


@dataclass(slots=True)
class Plan:
    """The sentences of an entry, grouped, with the quotations that run through them."""

    matcher: Matcher
    directory: Directory
    text: str
    spans: list[Span]
    setting: Setting
    groups: list[Sequence[Group]]
    frames: list[Sequence[Frame]]
    quotes: list[list[Range]]
    continued: list[int | None]  # for a sentence inside an open quotation, the sentence that closes it
    kinds: list[str] = field(default_factory=list)
    afterwards: dict[int, Attribution] = field(default_factory=dict)
    voiced: list[bool] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)


def plan_of(
    matcher: Matcher, directory: Directory, text: str, pieces: Sequence[tuple[Span, Part]], setting: Setting
) -> Plan:
    """The plan of an entry."""
    spans = [s for s, _ in pieces]
    cells = [matcher.cells(text, *s) if s.end - s.start <= LONGEST else [] for s in spans]
    groups = [group(found, setting.published) for found in cells]
    for i in name_short_forms(
        cells, directory, lambda i: scene_of_names(text, spans[i], groups[i], directory, setting)
    ):
        groups[i] = group(cells[i], setting.published)
    date_openings(groups, directory.conflict.start)
    ranges = quotations(text, list(dict.fromkeys((p.span.start, p.span.end) for _, p in pieces)))
    quotes = touching(spans, ranges)
    ends = [s.end for s in spans]
    continued = [closing(ends, r, i) for i, r in enumerate(quotes)]
    return Plan(
        matcher, directory, text, spans, setting, list(groups), [frames_of(g) for g in groups], quotes, continued,
        kinds=[p.kind for _, p in pieces], voiced=[False] * len(spans), flags=[together(found) for found in cells],
    )  # fmt: skip


def scene_of_names(text: str, span: Span, groups: Sequence[Group], directory: Directory, setting: Setting) -> Scene:
    """A sentence by itself, in which only names are looked for."""
    return Scene(
        text=text, start=span.start, end=span.end, groups=groups, frames=(), directory=directory, memory=Memory(),
        setting=setting,
    )  # fmt: skip


def date_openings(groups: Iterable[Sequence[Group]], start: date | None) -> None:
    """Date "since the beginning of the war" by the conflict's first day."""
    for g in (g for found in groups for g in found):
        if g.when is not None and g.when.opening and start is not None:
            g.when = replace(g.when, first=start.isoformat(), opening=False)


def touching(spans: Sequence[Span], ranges: Sequence[Range]) -> list[list[Range]]:
    """For each span, the ranges that share words with it. They are searched, not walked: a long text has thousands."""
    ranges = sorted(ranges)
    starts = [a for a, _ in ranges]
    reach = list(accumulate((b for _, b in ranges), max))  # how far those up to here extend
    return [
        [r for r in ranges[bisect_right(reach, s.start) : bisect_left(starts, s.end)] if r[1] > s.start] for s in spans
    ]


def closing(ends: Sequence[int], ranges: Sequence[Range], i: int) -> int | None:
    """The later sentence in which the quotation open at the end of sentence `i` closes; `ends` are of the sentences."""
    for a, b in ranges:
        if a < ends[i] < b - 1:
            later = bisect_left(ends, b, i + 1)
            return later if later < len(ends) else None
    return None


def scene_for(plan: Plan, memory: Memory, i: int, kind: str) -> Scene:
    """Sentence `i` with its sources."""
    scene = bare_scene(plan, memory, i, kind)
    itemise(scene, memory)
    scene.voices = voices_of(scene)
    later = plan.continued[i]
    if later is not None and not scene.voices:
        ahead = bare_scene(plan, memory, later, kind)
        found = next((v for v in voices_of(ahead)), None)
        if found is not None:
            attr = replace(found.attr, cue=None, cue_span=None, inferred=True)
            scene.voices = [Voice(attr, scene.start, scene.end, scene.end, carried=True)]
    if not scene.voices and scene.flags & OURS and not spoken(memory):
        scene.voices = signed_below(plan, memory, i, scene)
    if not scene.voices and kind == "headline":
        scene.voices = headline_source(plan, memory, i, scene)
    if i == 0 and kind in ("post", "entry", "briefing") and (signer := signed(scene)) is not None:
        memory.source, memory.own_words = signer, True
    elif not scene.voices and (named := only_source(scene)) is not None:
        plan.afterwards[i] = named
        memory.source = named
    fill(scene)
    return scene


def spoken(memory: Memory) -> bool:
    """Whether an entry has a source already that a sentence without one can be of."""
    return any((memory.source, memory.heading, memory.listed, memory.owner))


def signed_below(plan: Plan, memory: Memory, i: int, scene: Scene) -> list[Voice]:
    """Who says "our" before anybody is named: the source at the end of the next sentence ("The enemy fired on our posts. Three
    men fell, reads the report of the Staff")."""
    if i + 1 >= len(plan.spans) or plan.kinds[i + 1] != plan.kinds[i]:
        return []
    ahead = bare_scene(plan, memory, i + 1, plan.kinds[i + 1])
    found = next(
        (v for v in voices_of(ahead) if v.at > v.start and not v.attr.inferred and v.start <= ahead.start), None
    )
    if found is None or found.attr.side is None:
        return []
    attr = replace(found.attr, cue=None, cue_span=None, inferred=True)
    return [Voice(attr, scene.start, scene.end, scene.end, carried=True)]


def itemise(scene: Scene, memory: Memory) -> None:
    """Let each item of a list begin with the source that led into the list: none carries over from one item into the next
    (scheme, section 2: what travels)."""
    item = scene.kind in ("bullet", "list") and bool(scene.groups) and scene.groups[0].kind in ("bullet", "dash")
    if item and memory.listing:
        memory.source = memory.lead
    elif item:
        memory.lead = memory.source
    memory.listing = (memory.listing and scene.kind in ("bullet", "list")) or item


def headline_source(plan: Plan, memory: Memory, i: int, scene: Scene) -> list[Voice]:
    """The source that another sentence of the same headline names ("The fighting goes on. Ministry - on the night")."""
    for j in range(i + 1, min(len(plan.spans), i + HEADLINE)):
        if plan.kinds[j] != "headline":
            break
        ahead = bare_scene(plan, memory, j, "headline")
        if (found := next(iter(voices_of(ahead)), None)) is not None and not found.attr.inferred:
            return [Voice(replace(found.attr, inferred=True), scene.start, scene.end, scene.end)]
    return []


def bare_scene(plan: Plan, memory: Memory, i: int, kind: str) -> Scene:
    """Sentence `i` before its sources are known."""
    span = plan.spans[i]
    scene = Scene(
        text=plan.text, start=span.start, end=span.end, groups=plan.groups[i], frames=plan.frames[i], directory=plan.directory,
        memory=memory, setting=plan.setting, kind=kind, published=plan.setting.published, flags=plan.flags[i],
    )  # fmt: skip
    scene.hedges = hedges_of(scene)
    return scene


def hedges_of(scene: Scene) -> list[tuple[int, int, str]]:
    """The hedges of a sentence with the clause that each belongs to."""
    out: list[tuple[int, int, str]] = []
    for g in scene.groups if scene.flags & HEDGED else ():
        for cell in (c for part in (g.chain() if isinstance(g, Np) else [g]) for c in part.cells):
            lexeme = cell.one("hedge") if cell.flags & HEDGED else None
            if lexeme is not None and lexeme.cls != "estimate":
                out.append((*scene.clause(cell.start), lexeme.cls))
    return out


def fill(scene: Scene) -> None:
    """Give what no source in the sentence claims to the one that carries over, else leave it to the outlet."""
    if scene.kind not in CARRIES:
        return
    memory = scene.memory
    carried = memory.source or memory.heading or memory.owner or memory.listed
    voices = sorted(scene.voices, key=lambda v: v.start)
    if not voices:
        if carried is not None and not outlets_own(scene):
            attr = replace(carried, cue=None, cue_span=None, span=None, hedge=None, inferred=True)
            scene.voices = [Voice(attr, scene.start, scene.end, scene.end, carried=True)]
        return
    at = scene.start
    gaps: list[Voice] = []
    last: Attribution | None = carried
    for voice in voices:
        if voice.start > at and last is not None:
            gaps.append(Voice(plain_carry(last), at, voice.start, voice.start, carried=True))
        at, last = max(at, voice.end), voice.attr
    if at < scene.end and last is not None and last.kind not in ("official", "unknown", "expert"):
        gaps.append(Voice(plain_carry(last), at, scene.end, scene.end, carried=True))
    scene.voices = [*voices, *gaps]


def plain_carry(attr: Attribution) -> Attribution:
    """A source as it is carried on: without its hedge."""
    return replace(attr, hedge=None, inferred=True) if attr.hedge or not attr.inferred else attr


def pointed_source(scene: Scene) -> Attribution | None:
    """The source of a sentence that claims nothing and points back ("This is what the papers report citing the army")."""
    if not scene.groups or scene.groups[0].low not in ("this", "that", "so", "such", "these", "those"):
        return None
    found = next((v for v in scene.voices if not v.carried and not v.attr.inferred), None)
    if found is None or found.attr.via or scene_kind(scene, found.at) != "cite":
        return found.attr if found else None
    relays = (relay_in(np, scene) for np in scene.nps() if np.start < found.at)
    relay = next((r for r in relays if r is not None), None)
    return replace(found.attr, via=(relay,)) if relay else found.attr


def relay_in(np: Np, scene: Scene) -> Via | None:
    """The press that a noun group names, also where its verb looks like its noun ("what the papers report citing X")."""
    listed = next(((n.body, c) for n, c in np.names if n.body is not None and n.body.kind == "media"), None)
    if listed is not None:
        return Via(org=listed[1].text, kind="media", side=listed[0].side)
    media = np.cell("body", "media")
    if media is None:
        return None
    words = [c.text for c in np.cells if c.start <= media.start and c.low not in ("the", "a")]
    return Via(org=" ".join(words), kind="media", side=scene.named_party(np))


def only_source(scene: Scene) -> Attribution | None:
    """The source of a sentence that does nothing but name it ("Such are the figures of the ministry")."""
    first = scene.groups[0].low if scene.groups else ""
    if first in ("source", "sources") and len(scene.groups) > 2 and scene.groups[1].kind == "colon":
        return source_of(named, scene) if isinstance(named := scene.groups[2], Np) else None
    if not scene.flags & TELLS or any(g.kind == "semi" for g in scene.groups):
        return None
    if first not in ("such", "so", "this", "these", "that", "those", "thus", "it"):
        return None
    for np in scene.nps():
        for part in np.chain():
            if part.lexeme("account") or part.lexeme("report"):
                for other in (*np.chain(), *(n for n in scene.nps() if n.start > np.start)):
                    attr = source_of(other, scene)
                    if attr is not None and not attr.inferred:
                        cue = part.cell("account") or part.cell("report")
                        return with_channel(replace(attr, cue=cue.text if cue else None), scene.groups)
    return None


def resolved(claim: Claim, attr: Attribution) -> Claim:
    """A claim with the source that was named after it, where it had none."""
    return replace(claim, attr=replace(attr, inferred=True)) if sourceless(claim) else claim


def sourceless(claim: Claim) -> bool:
    """Whether a claim has no source yet that another sentence can still name."""
    return claim.attr.kind in ("outlet", "unknown") and claim.type != "not_reported"
