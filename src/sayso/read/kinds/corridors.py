"""Corridors opened or asked for, convoys let through, offers to those who surrender."""

from collections.abc import Iterator
from typing import Final

from sayso.model.claim import Span
from sayso.model.vocabulary import Modality
from sayso.read.drafts import Draft, agent, drafted, low_words, needful, spanned
from sayso.read.kinds.victims import who_of
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Np


def corridors(scene: Scene) -> Iterator[Draft]:
    """Corridors opened or asked for, convoys let through, offers to those who surrender."""
    for frame in scene.frames:
        nps = [*frame.subj, *frame.objs, *frame.prep("for", "to")]
        lane = next((n for n in nps if any(p.lexeme("noun", "corridor") for p in n.chain())), None)
        through = any(p.lexeme("noun", "corridor") for n in frame.prep("in", "by") for p in n.chain())
        ordered = frame.has("rule") or (frame.head is not None and frame.head.has("rule"))
        if lane is not None and opens(frame) and not ordered:
            yield opened(scene, frame, lane)
        elif through and (frame.has("evacuate", "flee", "exchange", "effect", "ally") or evacuation(frame)):
            made = drafted(scene, frame, "corridor", "evacuation", "corridor.evacuation")
            made.actor = agent(scene, frame) if frame.has("evacuate") and not frame.undergone else None
            yield made
        if pleads(scene, frame):
            made = drafted(scene, frame, "corridor", "called_for", "corridor.let_through")
            asking = frame.head if frame.head is not None and frame.head.has("urge") else None
            made.actor = (agent(scene, asking) if asking else None) or scene.speaking_side(frame.vg.start)
            made.modality, made.polarity, made.places = "appeal", "asserted", ()
            made.subject = next((p for n in asking.objs for p in [scene.party_of(n)] if p), None) if asking else None
            made.subject = made.subject or scene.directory.all_id
            yield made
        elif lets_leave(scene, frame):
            made = drafted(scene, frame, "corridor", "opened", "corridor.leave")
            made.actor, made.modality = agent(scene, frame), "plan"
            yield made
    yield from labelled_convoy(scene)
    yield from surrender(scene)


def pleads(scene: Scene, frame: Frame) -> bool:
    """Whether somebody asks that people or aid be let through ("must be allowed through", "to let a search party in")."""
    asked = needful(frame) or (frame.vg.inf and frame.head is not None and frame.head.has("urge"))
    if not asked or not {"let", "allow", "allowed", "grant", "granted", "give", "given"} & low_words(frame):
        return False
    near = {w for g in scene.groups[frame.at : frame.at + 5] for c in g.cells for w in c.low.split()}
    who = (*frame.subj, *frame.objs)
    helpers = any(
        p.lexeme("noun", "corridor", "rescuers", "affairs") or p.people or p.names for n in who for p in n.chain()
    )
    aid = any("aid" in c.low.split() or "relief" in c.low.split() for n in who for c in n.cells)
    return bool(near & {"through", "access", "in", "passage", "pass"}) and (helpers or aid)


OPENING: Final = (
    "open",
    "urge",
    "evacuate",
    "agree",
    "advance",
    "release",
    "flee",
    "pass",
    "arrive",
    "visit",
    "effect",
    "perform",
)


def opens(frame: Frame) -> bool:
    """Whether a verb opens a way, asks for it, or lets a convoy through."""
    return frame.has(*OPENING) or bool({"let", "cross", "crossed"} & low_words(frame))


def evacuation(frame: Frame) -> bool:
    """Whether the subject is an evacuation ("the evacuation through the corridor has begun")."""
    return any(c.low == "evacuation" for n in frame.subj for c in n.cells)


def opened(scene: Scene, frame: Frame, lane: Np) -> Draft:
    """The claim of a corridor opened or asked for, of a convoy let through."""
    asked = frame.has("urge") and (lane not in frame.subj or frame.undergone)
    made = drafted(
        scene, frame, "corridor", "called_for" if asked else "opened", f"corridor.{'called_for' if asked else 'opened'}"
    )
    made.actor = agent(scene, frame) if lane not in frame.subj else None
    made.modality = "appeal" if asked else announced(frame, made)
    people = next((n for n in [*frame.prep("for"), *frame.objs] if n.people or n.lexeme("noun", "thing")), None)
    if people is not None:
        made.subject = next(
            (p for n in reversed(people.chain()) if (p := scene.named_party(n) or scene.place_side(n))), None
        )
        made.who = who_of(scene, people) if people.people and who_of(scene, people) != "unknown" else None
    if lane.num is not None and lane.num.bare and lane.of is not None and lane.of.num:
        made.num = lane.of.num
    elif lane.of is not None and lane.of.num is not None and lane.of.num.bare:
        made.num, made.unit = lane.of.num, (x.unit if (x := lane.of.lexeme("noun")) else None)
        scene.used.add(lane.of.start)
    return made


def lets_leave(scene: Scene, frame: Frame) -> bool:
    """ "will let residents leave by the lake road"."""
    words = [w for g in scene.groups[frame.at : frame.at + 4] for c in g.cells for w in c.low.split()]
    return bool(
        {"let", "lets", "letting", "allow", "allows"} & set(words[:3])
        and {"leave", "exit", "depart", "out"} & set(words)
    ) and any(
        isinstance(g, Np) and (g.people or g.lexeme("noun", "thing")) for g in scene.groups[frame.at : frame.at + 4]
    )


def announced(frame: Frame, made: Draft) -> Modality:
    """Plan where a corridor is announced and not yet open ("is opening", "will open")."""
    return "plan" if made.modality == "plan" or (frame.vg.feat == "ing" and frame.has("open")) else made.modality


def labelled_convoy(scene: Scene) -> Iterator[Draft]:
    """A headline without a verb: "convoy let through"."""
    if scene.kind != "headline" or any(f.has("open", "urge", "advance", "evacuate") for f in scene.frames):
        return
    for i, g in enumerate(scene.groups):
        if (
            isinstance(g, Np)
            and g.lexeme("noun", "corridor")
            and {"let", "opened", "open"} & {w for x in scene.groups[i : i + 3] for c in x.cells for w in c.low.split()}
        ):
            yield Draft("corridor", "opened", "corridor.headline", g.start, spanned(g))
            return


CUES: Final = (
    "surrender", "lay down arms", "lay down their", "lays down", "comes out unarmed", "come out unarmed", "lays down his",
    "give themselves up", "laying down", "lay down your", "give yourselves up", "put down their", "drop their weapons",
    "lays down its", "gives himself up", "raise a white flag",
)  # fmt: skip
SAFE: Final = (
    "safety", "spare", "corridor", "lane", "guarantee", "amnesty", "promise", "ready to surrender", "safe", "their lives",
    "humane", "will not be harmed", "pardon", "mercy", "good treatment", "not be touched",
)  # fmt: skip


def surrender_cue(scene: Scene) -> int | None:
    """Where a sentence speaks of safety for those who give up, None where it does not."""
    words = scene.text[scene.start : scene.end].lower()
    at = next((words.find(c) for c in CUES if c in words), -1)
    return scene.start + at if at >= 0 and any(s in words for s in SAFE) else None


def surrender(scene: Scene) -> Iterator[Draft]:
    """Safety offered to those who lay down arms."""
    at = surrender_cue(scene)
    if at is None:
        return
    verb = next(
        (f for f in scene.frames if f.has("open", "rescue", "support", "offer", "urge") or f.vg.modal == "will"), None
    )
    made = Draft("corridor", "surrender_offer", "corridor.surrender", at, [Span(at, at + len("surrender"))])
    made.modality, made.who = "plan", "military"
    made.actor = scene.speaking_side(made.at) or (agent(scene, verb) if verb else None)
    fighters = (p for n in scene.nps() if n.people and n.people.who == "military" and (p := scene.named_party(n)))
    made.subject = next((p for p in fighters if p != made.actor), None) or scene.enemy_of(made.actor)
    yield made
