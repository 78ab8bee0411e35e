"""What an entry establishes for the sentences after it, and what its page has established before it began."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sayso.model.claim import Attribution, Claim, Span, Telling
from sayso.model.setting import Setting
from sayso.read.entries import Plan, bare_scene
from sayso.read.kinds.happening import after
from sayso.read.places import place_names
from sayso.read.scene import Memory, Scene
from sayso.read.text.frames import frames_of
from sayso.read.text.grouping import group
from sayso.read.text.groups import Np
from sayso.read.text.tokens import LONGEST
from sayso.read.text.words import together
from sayso.read.voices.attribution import voices_of
from sayso.read.voices.speakers import combined, source_of
from sayso.read.voices.stretches import with_channel
from sayso.read.voices.tellings import joined, tellings

FATES: Final = (("kill", "killed"), ("die", "killed"), ("wound", "wounded"), ("miss", "missing"))
SOURCES_KEPT: Final = 200  # of one entry, so that the longest text is read in linear time


def remember(scene: Scene, memory: Memory, claims: Sequence[Claim]) -> None:
    """Keep what a sentence has established for those after it."""
    told = [v.attr for v in scene.voices if not v.carried]
    told += [c.attr for c in claims if not c.attr.inferred]
    known = memory.source or memory.heading or memory.owner
    named = [a for a in told if a.kind not in ("outlet", "unknown") and not (known and said_before(scene, a))]
    if scene.kind == "headline":
        memory.heading = named[-1] if named else memory.heading
    elif scene.kind != "standfirst" and (
        fresh := [a for a in named if a.speaker or a.kind not in ("official", "expert")]
    ):
        memory.source = replace(fresh[-1], hedge=None) if fresh[-1].hedge else fresh[-1]
    memory.sources = [*memory.sources, *named][-SOURCES_KEPT:] if named else memory.sources
    keep_names(scene, memory)
    memory.event = after(scene, memory.event, claims)
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


def said_before(scene: Scene, attr: Attribution) -> bool:
    """Whether a source is only recalled ("the ombudsman had given 19"): what follows is not its own again."""
    at = attr.cue_span.start if attr.cue_span is not None else -1
    return any(f.vg.start <= at < f.vg.end and f.vg.cells[0].low.startswith("had") for f in scene.frames)


def keep_names(scene: Scene, memory: Memory) -> None:
    """Keep the parties and the place that a sentence names, and since when the fighting goes on."""
    found: list[str] = []
    for np in scene.named():
        party = next((p for p in map(scene.named_party, np.chain()) if p), None)
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
        memory.subject = losses_of(scene, memory) or party
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


def losses_of(scene: Scene, memory: Memory) -> str | None:
    """Whose losses a heading says that the list under it counts ("General Staff: losses of the enemy since May")."""
    nps = [n for n in scene.nps() if any(p.lexeme("victim") or p.lexeme("toll") for p in n.chain())]
    teller = next((a.side for n in scene.nps() if n not in nps and (a := source_of(n, scene)) and a.side), None)
    for np in nps:
        if any(p.lexeme("enemy") for p in np.chain()):
            return scene.directory.opposite(teller, tuple(memory.parties))
        if (side := next((s for p in np.chain() for s in [scene.named_party(p)] if s), None)) is not None:
            return side
    return None


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


def list_source(plan: Plan, memory: Memory, text: str, spans: Sequence[Span]) -> Attribution | None:
    """The source that a list's heading gives: a body, or the government of the side that the news is "from"."""
    return next((a for s in spans if (a := listed(plan, text[slice(*s)], memory))), None)
