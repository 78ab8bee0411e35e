"""What holds an entry together: its groups, quotations over several sentences, and what carries from one to the next."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate
from typing import Final

from sayso.model.claim import Attribution, Claim, Part, Span, Telling, Via
from sayso.model.setting import Setting
from sayso.read.drafts import place_names
from sayso.read.scene import Memory, Scene, Voice
from sayso.read.text.features import flags
from sayso.read.text.frames import Frame, frames_of
from sayso.read.text.groups import Group, Np, group
from sayso.read.text.names import Directory
from sayso.read.text.tokens import LONGEST
from sayso.read.text.words import Matcher, together
from sayso.read.voices.attribution import voices_of
from sayso.read.voices.citing import scene_kind
from sayso.read.voices.quotations import quotations
from sayso.read.voices.speakers import combined, source_of
from sayso.read.voices.stretches import with_channel
from sayso.read.voices.tellings import joined, tellings

Range = tuple[int, int]
HEADLINE: Final = 8  # sentences; a headline has two or three
SOURCES_KEPT: Final = 200  # of one entry, so that the longest text is read in linear time
HEDGED: Final = flags("hedge")
TELLS: Final = flags("account", "report")
CARRIES: Final = frozenset(("entry", "bullet", "list", "post", "briefing"))
FATES: Final = (("kill", "killed"), ("die", "killed"), ("wound", "wounded"), ("miss", "missing"))


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

    def list_source(self, memory: Memory, text: str, spans: Sequence[Span], setting: Setting) -> Attribution | None:
        """The source that a list's heading gives: a body, or the government of the side that the news is "from"."""
        return next((a for s in spans if (a := listed(self, text[slice(*s)], memory))), None)


def plan_of(
    matcher: Matcher, directory: Directory, text: str, pieces: Sequence[tuple[Span, Part]], setting: Setting
) -> Plan:
    """The plan of an entry."""
    spans = [s for s, _ in pieces]
    cells = [matcher.cells(text, *s) if s.end - s.start <= LONGEST else [] for s in spans]
    groups = [group(found, setting.published) for found in cells]
    date_openings(groups, directory.conflict.start)
    ranges = quotations(text, list(dict.fromkeys((p.span.start, p.span.end) for _, p in pieces)))
    quotes = touching(spans, ranges)
    ends = [s.end for s in spans]
    continued = [closing(ends, r, i) for i, r in enumerate(quotes)]
    return Plan(
        matcher, directory, text, spans, setting, list(groups), [frames_of(g) for g in groups], quotes, continued,
        kinds=[p.kind for _, p in pieces], voiced=[False] * len(spans), flags=[together(found) for found in cells],
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
    scene.voices = voices_of(scene)
    later = plan.continued[i]
    if later is not None and not scene.voices:
        ahead = bare_scene(plan, memory, later, kind)
        found = next((v for v in voices_of(ahead)), None)
        if found is not None:
            attr = replace(found.attr, cue=None, cue_span=None, inferred=True)
            scene.voices = [Voice(attr, scene.start, scene.end, scene.end, carried=True)]
    if not scene.voices and kind == "headline":
        scene.voices = headline_source(plan, memory, i, scene)
    if not scene.voices and (named := only_source(scene)) is not None:
        plan.afterwards[i] = named
        memory.source = named
    fill(scene)
    return scene


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
            lexeme = cell.one("hedge")
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
        if carried is not None:
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
    if not scene.groups or not any(
        c.low in ("this", "that", "so", "such", "these", "those") for c in scene.groups[0].cells[:1]
    ):
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
    pointing = first in ("such", "so", "this", "these", "that", "those", "thus", "it") or any(
        c.low in ("these", "this", "such") for c in scene.groups[0].cells[:1]
    )
    if not pointing:
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


# -- memory ---------------------------------------------------------------------------------------------------


def remember(scene: Scene, memory: Memory, claims: Sequence[Claim]) -> None:
    """Keep what a sentence has established for those after it."""
    named = [v.attr for v in scene.voices if not v.carried and v.attr.kind not in ("outlet", "unknown")]
    named += [c.attr for c in claims if c.attr.kind not in ("outlet", "unknown") and not c.attr.inferred]
    if scene.kind == "headline":
        memory.heading = named[-1] if named else memory.heading
    elif scene.kind != "standfirst" and (
        fresh := [a for a in named if a.speaker or a.kind not in ("official", "expert")]
    ):
        memory.source = replace(fresh[-1], hedge=None) if fresh[-1].hedge else fresh[-1]
    memory.sources = [*memory.sources, *named][-SOURCES_KEPT:] if named else memory.sources
    keep_names(scene, memory)
    for claim in claims:
        if claim.type == "casualties":
            memory.who = claim.who if claim.who in ("military", "civilian", "both") else None
            memory.subject = claim.subject or memory.subject
        if claim.type not in ("not_reported", "denial", "other"):
            memory.claim = (claim.type, claim.sub, claim.actor, claim.subject, claim.places)
        elif claim.type == "not_reported" and claim.sub != "other":
            memory.claim = ("casualties", claim.sub, None, claim.subject, ())
    kinds = {c.who for c in claims if c.type == "casualties"}
    if len(kinds) > 1:
        memory.who = None


def keep_names(scene: Scene, memory: Memory) -> None:
    """Keep the parties and the place that a sentence names, and since when the fighting goes on."""
    found: list[str] = []
    for np in scene.nps():
        party = scene.named_party(np)
        if party and party != scene.directory.all_id and scene.directory.is_party(party):
            found.append(party)
        if any(n.place for part in np.chain() for n, _ in part.names) and (
            named := next(place_names(np, located=True), None)
        ):
            memory.place, memory.place_side = named, scene.place_side(np) or memory.place_side
    distinct = tuple(dict.fromkeys(found))
    memory.parties += [p for p in distinct if p not in memory.parties]
    camps = facing_in(scene, distinct) if len(distinct) > 1 else ()
    if len(camps) == 2:
        memory.camps = camps
    for g in scene.groups:
        if g.when is not None and g.when.kind == "since" and g.when.first:
            memory.since = g.when.first


def facing_in(scene: Scene, parties: Sequence[str]) -> tuple[str, ...]:
    """The camps among parties; a camp of which only one party is named stands as that party."""
    by_camp: dict[str, list[str]] = {}
    for party in parties:
        by_camp.setdefault(scene.directory.camp(party), []).append(party)
    return tuple(ps[0] if len(ps) == 1 else camp for camp, ps in by_camp.items())


def first_memory(plan: Plan, setting: Setting, heading: Attribution | None) -> Memory:
    """What is known before the first sentence: the owner, the page's headings, the last source, the topic."""
    memory = Memory(owner=setting.owner, listed=heading)
    for text, kind in (
        (setting.heading, "headline"),
        (setting.topic, "topic"),
        (setting.previous, "entry"),
        (setting.list_heading, "topic"),
    ):
        if text:
            absorb(plan, memory, text, kind)
    if setting.list_heading:
        memory.listed = listed(plan, setting.list_heading, memory)
    if setting.last_source:
        memory.source = source_in(plan, setting.last_source, memory)
        memory.sources += [memory.source] if memory.source else []
    elif setting.next:
        memory.source = source_in(plan, setting.next, memory)
    if setting.town:
        memory.place = setting.town
        scene = mini(plan, setting.town, memory, "topic")
        memory.place_side = next((s for n in scene.nps() if (s := scene.place_side(n))), memory.place_side)
    memory.topic = setting.previous or setting.topic or ""
    return memory


def mini(plan: Plan, text: str, memory: Memory, kind: str) -> Scene:
    """A scene of a text beside the one that is read."""
    cells = plan.matcher.cells(text, 0, len(text)) if len(text) <= LONGEST else []
    groups = group(cells, plan.setting.published)
    scene = Scene(
        text=text, start=0, end=len(text), groups=groups, frames=frames_of(groups), directory=plan.directory, memory=memory,
        setting=plan.setting, kind=kind, published=plan.setting.published, flags=together(cells),
    )  # fmt: skip
    scene.hedges = []
    return scene


def absorb(plan: Plan, memory: Memory, text: str, kind: str) -> None:
    """Keep what a heading, topic or earlier sentence establishes."""
    scene = mini(plan, text, memory, kind)
    if not scene.groups:
        return
    scene.voices = voices_of(scene) if kind != "topic" else []
    keep_names(scene, memory)
    named = [v.attr for v in scene.voices if not v.attr.inferred]
    if kind == "headline" and named:
        memory.heading = replace(named[-1], span=None, cue=None, cue_span=None)
    parts = [part for n in scene.nps() for part in n.chain()]
    party = next((p for n in parts for p in [scene.named_party(n)] if p and scene.directory.is_party(p)), None)
    if kind in ("headline", "entry") and memory.place_side is None and party:
        memory.place_side = party
    if kind == "topic":
        memory.subject = party
        military = any(
            n.lexeme("noun", "unit")
            or (n.people and n.people.who == "military")
            or any(x.body and x.body.kind in ("army", "armed_group") for x, _ in n.names)
            for np in scene.nps()
            for n in np.chain()
        )
        memory.who = "military" if military else None
        if (sub := fate_in(scene)) is not None and memory.claim is None:
            memory.claim = ("casualties", sub, None, party, ())


def fate_in(scene: Scene) -> str | None:
    """What a topic says to be counted ("soldiers killed at the bridge"): killed, wounded, missing or casualties."""
    for g in scene.groups:
        for part in g.chain() if isinstance(g, Np) else ():
            if (victim := part.lexeme("victim")) is not None:
                return victim.cls
        verbs = frozenset(x.cls for c in g.cells for x in c.lex.get("verb", ()))
        if (sub := next((s for v, s in FATES if v in verbs), None)) is not None:
            return sub
    return None


def source_in(plan: Plan, text: str, memory: Memory) -> Attribution | None:
    """The source that a short text names ("Tor Vance, spokesman, Saltmark's defence ministry")."""
    scene = mini(plan, text, memory, "topic")
    made: Attribution | None = None
    for np in scene.nps():
        found = source_of(np, scene)
        if found is not None:
            made = combined(made, found, np) if made else found
    return replace(with_channel(made, scene.groups), span=None, cue=None) if made else None


def listed(plan: Plan, text: str, memory: Memory) -> Attribution | None:
    """The source of a list's heading: "News from Gedd", "Coast Guard of Saltmark on the sinking", "General Staff: losses"."""
    scene = mini(plan, text, memory, "topic")
    nps = list(scene.nps())
    if not nps:
        return None
    first = source_of(nps[0], scene)
    colon = any(g.kind == "colon" for g in scene.groups[1:8])
    if (
        first is not None
        and not first.inferred
        and (colon or (len(scene.groups) > 1 and scene.groups[1].low in ("on", "about")) or len(scene.groups) == 1)
    ):
        return replace(with_channel(first, scene.groups), span=None)
    for at, g in enumerate(scene.groups):
        if (
            g.kind == "prep"
            and g.low in ("from", "by")
            and at + 1 < len(scene.groups)
            and isinstance(scene.groups[at + 1], Np)
        ):
            np = scene.groups[at + 1]
            assert isinstance(np, Np)
            attr = source_of(np, scene)
            return replace(attr, span=None, inferred=True) if attr and not attr.inferred else None
    return None


def tellings_of(plan: Plan) -> list[Telling]:
    """The attributions of an entry."""
    memory = first_memory(plan, plan.setting, None)
    out: list[Telling] = []
    for i in range(len(plan.spans)):
        scene = bare_scene(plan, memory, i, "entry")
        out += tellings(scene, plan.quotes[i])
    quotes = list(dict.fromkeys(r for found in plan.quotes for r in found))
    return joined(out, quotes, plan.text)
