"""What a source lays at its enemy's door in plain words: who began, who helps, what for, by which crimes."""

import itertools
from collections.abc import Iterator
from typing import Final

from sayso.model.claim import Attribution
from sayso.read.drafts import Draft, agent, drafted, parties_of, spanned
from sayso.read.kinds.weapons import hurled
from sayso.read.places import place_names
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Group, Np
from sayso.read.text.needs import any_word, needs

WAR: Final = frozenset(
    ("war", "fighting", "hostilities", "conflict", "aggression", "escalation", "offensive", "this war")
)
AIMED_AT: Final = frozenset(
    ("deliberately", "intentionally", "purposely", "purposefully", "systematically", "indiscriminately")
)


def charges(scene: Scene) -> Iterator[Draft]:
    """Every charge of a sentence that a source makes against somebody else, one a sentence."""
    ways = [(sub, of) for sub, of, need in WAYS if need.met(scene.flags)]
    for frame in scene.frames:
        speaker = scene.speaker(frame.vg.start)
        if speaker is None or speaker.kind == "outlet" or frame.vg.neg:
            continue
        if frame.vg.say is not None and not frame.has("call"):
            continue
        for sub, of in ways:
            found = of(scene, frame)
            if found is None:
                continue
            actor = blamed(scene, frame, speaker, found)
            if actor is None:
                continue
            made = drafted(scene, frame, "accusation", sub, f"accusation.{sub}")
            made.spans = spanned(frame.vg, *frame.subj, *frame.objs)
            made.actor, made.modality, made.places = actor, "possible" if made.modality == "possible" else "fact", ()
            yield made
            return


def frame_of(scene: Scene, np: Np) -> Frame | None:
    """The frame that a noun group belongs to."""
    groups = ((f, [*f.subj, *f.objs, *(n for _, n in f.preps)]) for f in scene.frames)
    return next((f for f, nps in groups if any(n is np for n in nps)), None)


def blamed(scene: Scene, frame: Frame, speaker: Attribution | None, nps: list[Np] | None = None) -> str | None:
    """The party that is charged, if it is not the speaker's own."""
    found = next(iter(parties_of(scene, nps)), None) if nps else agent(scene, frame)
    side = speaker.side if speaker is not None else None
    return found if found is not None and not scene.directory.overlap(found, side) and found != side else None


def started(scene: Scene, frame: Frame) -> list[Np] | None:
    """ "started the war", "attacked first", "bears the blame for the escalation", "called it the main aggressor"."""
    if frame.has("start") and any(p.head.low in WAR for n in frame.objs for p in n.chain()):
        return frame.subj
    if first_blow(scene, frame):
        return frame.subj
    guilt = [n for n in (*frame.subj, *frame.objs) if n.lexeme("noun", "blame")]
    if guilt and (frame.has("lieson") or not frame.vg.classes):
        return [n for n in (*frame.subj, *frame.prep("with", "on", "of"), *frame.objs) if n not in guilt]
    culprit = [n for n in frame.objs if n.lexeme("noun", "culprit")]
    if culprit and (frame.has("call") or (not frame.vg.classes and not frame.vg.say)):
        return [n for n in (frame.objs if frame.has("call") else frame.subj) if n not in culprit] or frame.objs
    return None


def first_blow(scene: Scene, frame: Frame) -> bool:
    """Whether somebody "attacked first", "was the first to open fire"."""
    strikes = frame.has("strike", "shell", "start") or frame.has("clash")
    behind: list[Group] = list(scene.groups[frame.at : frame.last + 2])
    return strikes and bool(frame.subj) and any(c.low == "first" for g in behind for c in g.cells)


def criminal(scene: Scene, frame: Frame) -> list[Np] | None:
    """ "is guilty of war crimes", "uses civilians as human shields", "deliberately targets civilians"."""
    nps = [*frame.objs, *(n for _, n in frame.preps)]
    crime = any(p.lexeme("noun", "crime") for n in nps for p in n.chain())
    guilty = any(c.low in ("guilty", "responsible") for n in frame.objs for c in n.cells)
    if crime and (frame.has("commit") or guilty):
        return frame.subj
    around = [c.low for g in scene.groups[max(0, frame.at - 1) : frame.at + 2] for c in g.cells]
    meant = any(w in AIMED_AT for w in around) and frame.has("strike", "shell", "kill")
    civilians = any(n.people and n.people.who == "civilian" for n in frame.objs)
    placed = any(list(place_names(n, located=True)) for n in nps)
    return frame.subj if meant and civilians and not placed and not frame.undergone else None


def helped(scene: Scene, frame: Frame) -> list[Np] | None:
    """ "is supplying X with weapons", "is directly involved in the fighting", "is waging the war"."""
    nps = [*frame.objs, *(n for _, n in frame.preps)]
    armed = any(p.lexeme("noun", "aid", "equip", "mercenary") for n in nps for p in n.chain())
    others = [p for p in parties_of(scene, nps) if p not in parties_of(scene, frame.subj)]
    if frame.has("supply", "provide") and not frame.undergone and armed and others and not hurled(scene, frame):
        return frame.subj
    fight = any(p.head.low in WAR or p.lexeme("attack") for n in nps for p in n.chain())
    units = any(p.lexeme("noun", "unit") and scene.party_of(p) for n in nps for p in n.chain())
    low = frame.vg.main.low if frame.vg.main else ""
    return frame.subj if frame.has("involve") and (fight or units or low.endswith("war")) else None


def intended(scene: Scene, frame: Frame) -> list[Np] | None:
    """ "is trying to draw X into the war", "wants to widen the conflict"."""
    drags = frame.has("drag") or (
        frame.vg.main is not None and frame.vg.main.low.startswith(("draw", "drag", "drew", "pull"))
    )
    into = any(p.head.low in WAR for n in (*frame.prep("in", "to"), *frame.objs) for p in n.chain())
    if drags and into:
        return frame.head.subj if frame.head is not None and frame.head.subj else frame.subj
    return None


def from_abroad(scene: Scene, np: Np) -> bool:
    """Whether fighters are said to come from elsewhere: "militants from abroad", "Norrowan militants" (of no party)."""
    if np.people is None or np.people.unit != "fighters" or np.lexeme("noun", "mercenary"):
        return False
    parties = [n.party for n, _ in np.names if n.party]
    if any(not scene.directory.is_party(p) for p in parties):
        return True
    if not parties and any(c.cap and not c.lex and not c.name for c in np.cells[:-1]):
        return True
    at = next((i for i, g in enumerate(scene.groups) if g is np), None)
    after = scene.groups[at + 1 : at + 6] if at is not None else []
    for prep, g in itertools.pairwise(after):
        if prep.kind == "prep" and prep.sub == "from":
            if g.low in ("abroad", "outside"):
                return True
            if isinstance(g, Np) and scene.named_party(g) is None and any(c.cap for c in g.cells):
                return True
    return any(g.low == "abroad" or "abroad" in {c.low for c in g.cells} for g in after)


STARTING: Final = (
    "noun:blame noun:culprit",
    f"verb:start & {any_word(WAR)}",
    "~first & verb:strike verb:shell verb:start verb:clash",
)
CRIMINAL: Final = ("noun:crime", f"{any_word(AIMED_AT)} & verb:strike verb:shell verb:kill")
HELPING: Final = "verb:supply verb:provide verb:involve"
INTENDING: Final = f"verb:drag ^draw ^drag ^drew ^pull & {any_word(WAR)}"
#: The kinds of charges, each with what it needs.
WAYS: Final = (
    ("start", started, needs(*STARTING)),
    ("crime", criminal, needs(*CRIMINAL)),
    ("foreign_support", helped, needs(HELPING)),
    ("intent", intended, needs(INTENDING)),
)
CHARGING: Final = needs(*STARTING, *CRIMINAL, HELPING, INTENDING)
