"""What leaders pledge, regret, forbid and rule, named by nouns: support, concern, sanctions, rulings, complaints."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sayso.read.drafts import Draft, agent, drafted, parties_of
from sayso.read.kinds.denials import FAKE, NEWS
from sayso.read.kinds.envoys import LEADERS, addressee, frame_of, made_of, named_by, others_than
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Np
from sayso.read.text.needs import any_word, needs
from sayso.read.voices.speakers import source_of

DELIVERIES: Final = frozenset(("deliveries", "delivery", "shipments", "shipment", "supplies"))
ARMS: Final = "noun:aid noun:equip noun:shots"
SUPPORTING: Final = needs(
    "noun:backing noun:aid", f"verb:supply verb:provide & {ARMS}", f"{any_word(DELIVERIES)} & {ARMS}"
)


def support(scene: Scene) -> Draft | None:
    """Support expressed, promised or given: "expressed its full support for X", "will provide military aid to X"."""
    for np, part in named_by(scene, "backing", "aid"):
        frame = frame_of(scene, np)
        if np.neg or any(f.has("support", "deny", "accuse") for f in scene.frames):
            continue
        backing = part.lexeme("noun", "backing") is not None
        given = frame is not None and frame.has("provide", *(("express",) if backing else ())) and np not in frame.subj
        side = agent(scene, frame) if frame is not None and given else None
        speaker = scene.speaker(np.start)
        if side is None and backing and speaker is not None and speaker.kind in LEADERS and not given:
            side = speaker.side
        if side is None or (speaker is not None and speaker.side is not None and hostile(scene, speaker.side, side)):
            continue
        after = [
            n
            for n in (*(frame.objs if frame else ()), *scene.nps())
            if n.end > (frame.vg.start if given and frame else np.start)
        ]
        subject = addressee(scene, [n for n in after if n is not np] + np.chain()[1:], side)
        if subject is None:
            continue
        made = made_of(scene, part, frame, "support")
        made.actor, made.subject = side, subject
        if not given:
            made.modality = "fact"
        return made
    return supplied(scene) or deliveries(scene)


def deliveries(scene: Scene) -> Draft | None:
    """Arms that a third country says it delivers: "confirmed deliveries of air defence systems to Orland"."""
    for i, np in enumerate(scene.groups):
        if not isinstance(np, Np) or np.head.low not in DELIVERIES:
            continue
        speaker = scene.speaker(np.start)
        armed = any(p.lexeme("noun", "aid", "equip", "shots") for p in np.chain()[1:])
        to = next(
            (n for n in scene.groups[i + 1 : i + 4] if isinstance(n, Np) and behind(scene, n, ("to", "for"))), None
        )
        side = scene.party_of(to) if to is not None else None
        if (
            armed
            and side
            and speaker
            and speaker.side not in (None, side)
            and not scene.directory.is_party(speaker.side)
        ):
            made = made_of(scene, np, frame_of(scene, np), "support")
            made.actor, made.subject, made.modality, made.at = speaker.side, side, "fact", np.start
            return made
    return None


def supplied(scene: Scene) -> Draft | None:
    """Arms that a friend gives: "will supply X with air defence systems", said by itself or by the outlet."""
    for frame in scene.frames:
        if not frame.has("supply", "provide") or frame.undergone or frame.vg.neg:
            continue
        armed = any(n.lexeme("noun", "aid", "equip", "shots") for n in (*frame.objs, *frame.prep("with")))
        side, speaker = agent(scene, frame), scene.speaking_side(frame.vg.start)
        to = [n for n in (*frame.objs, *frame.prep("to", "for")) if scene.named_party(n) not in (None, side)]
        if armed and side is not None and to and speaker in (None, side):
            made = drafted(scene, frame, "diplomacy", "support", "diplomacy.supplied")
            made.actor, made.subject, made.places = side, scene.named_party(to[0]), ()
            return made
    return None


def hostile(scene: Scene, speaker: str, other: str) -> bool:
    """Whether a party speaks of its enemy or of another country as of one that helps the enemy."""
    return scene.directory.is_party(speaker) and not scene.directory.overlap(speaker, other)


def statement(scene: Scene) -> Draft | None:
    """Concern, regret, condolences of a leader: "expressed deep concern", "is concerned about", "called it unacceptable"."""
    for frame in scene.frames:
        felt = frame.has("express") and any(n.lexeme("noun", "sentiment") for n in frame.objs)
        felt = felt or any(n.lexeme("noun", "sentiment") and "concern" in n.head.low for n in frame.prep("with"))
        worried = frame.vg.main is not None and frame.vg.main.low in MOVED and not frame.objs
        judged = frame.has("call") and (
            any(c.low in JUDGED for g in scene.groups[frame.at :] for c in g.cells) or quoted(scene, frame)
        )
        if not (felt or worried or judged) or frame.vg.inf:
            continue
        who = next((a for n in frame.subj if (a := source_of(n, scene))), None)
        if who is None or who.kind not in LEADERS:
            continue
        made = drafted(scene, frame, "diplomacy", "statement", "diplomacy.concern")
        made.actor, made.places = who.side, ()
        made.polarity = "asserted"
        made.subject = addressee(scene, [*frame.objs, *frame.prep("to", "with", "about", "in", "for")], made.actor)
        if felt or judged:
            cue = frame.vg.main
            made.attr = replace(who, cue=cue.text if cue else None, hedge=None)
        return made
    return None


def quoted(scene: Scene, frame: Frame) -> bool:
    """Whether a thing that is done is called something in quotation marks that is no denial ("called it “an act of war”")."""
    after = scene.groups[frame.at + 1 : frame.at + 6]
    marked = any(g.kind == "quote" for g in after)
    words = {w for g in scene.groups[frame.at + 1 :] for c in g.cells for w in c.low.split()}
    return marked and bool(frame.objs) and not words & (FAKE | NEWS) and not frame.vg.passive


MOVED: Final = frozenset(
    ("concerned", "alarmed", "worried", "dismayed", "shocked", "outraged", "disturbed", "saddened", "appalled")
)
JUDGED: Final = frozenset(
    (
        "unacceptable",
        "inadmissible",
        "intolerable",
        "impermissible",
        "unjustified",
        "inhuman",
        "outrageous",
        "illegitimate",
    )
)


FEELING: Final = needs("noun:sentiment verb:call", any_word(MOVED))


def sanction(scene: Scene) -> Draft | None:
    """Embargoes and bans ("an embargo on fuel enters into force"), relations broken off."""
    for np, part in named_by(scene, "sanction"):
        frame = frame_of(scene, np)
        made = made_of(scene, part, None, "sanction")
        speaker = scene.speaker(np.start)
        hit = [
            *np.chain()[1:],
            *(n for n in scene.nps() if n.start > np.start and behind(scene, n, ("for", "against", "on", "to"))),
        ]
        made.subject = next(iter(parties_of(scene, hit)), None) or addressee(scene, hit, None)
        imposer = agent(scene, frame) if frame is not None and np not in frame.subj else None
        made.actor = imposer or (speaker.side if speaker else None)
        if made.actor is None or made.actor == made.subject:
            made.actor = next((p for p in parties_of(scene, others_than(scene, np)) if p != made.subject), made.actor)
        if frame is not None:
            made.modality = (
                "plan"
                if frame.vg.modal == "will" or (frame.vg.feat in ("s", "base", "ing") and ahead(made))
                else "fact"
            )
        return made
    return severed(scene)


def behind(scene: Scene, np: Np, subs: Sequence[str]) -> bool:
    """Whether a preposition of these kinds stands before a noun group."""
    at = scene.index(np)
    return at > 0 and scene.groups[at - 1].kind == "prep" and scene.groups[at - 1].sub in subs


def ahead(made: Draft) -> bool:
    """Whether a date is said at all: a present tense with a date is of what is to come."""
    return made.first is not None


def severed(scene: Scene) -> Draft | None:
    """ "broke off relations with", "banned the import of goods from"."""
    for frame in scene.frames:
        cut = any(c.low in SEVERED for n in frame.objs for p in n.chain() for c in p.cells)
        own = any(c.low in ("our", "its") for n in frame.objs for c in n.cells)
        side = agent(scene, frame) or (scene.speaking_side(frame.vg.start) if own else None)
        if not frame.has("sever") or not cut or frame.undergone or side is None:
            continue
        made = drafted(scene, frame, "diplomacy", "sanction", "diplomacy.severed")
        made.actor, made.places = side, ()
        made.subject = addressee(scene, [*frame.objs, *frame.prep("with", "from", "to", "for", "of")], side)
        return made if made.subject is not None else None
    return None


SEVERED: Final = frozenset(
    (
        "relations",
        "ties",
        "import",
        "imports",
        "export",
        "exports",
        "trade",
        "airspace",
        "flights",
        "diplomatic relations",
    )
)


SANCTIONING: Final = needs("noun:sanction", f"verb:sever & {any_word(SEVERED)}")


def ruling(scene: Scene) -> Draft | None:
    """ "applied an interim measure against X", "Second interim measure over the hostilities"."""
    for np, part in named_by(scene, "verdict"):
        frame = frame_of(scene, np)
        courts = [
            a
            for n in (*(frame.subj if frame else ()), *(frame.prep("by") if frame else ()))
            if (a := source_of(n, scene))
        ]
        speaker = scene.speaker(np.start) or scene.memory.heading
        who = next((a for a in (*courts, speaker) if a is not None and a.kind == "court"), None)
        asked = any(p.lexeme("noun", "petition") for n in scene.nps() for p in n.chain())
        if who is None or asked:
            continue
        made = made_of(scene, part, frame, "ruling")
        made.actor = who.side
        against = [n for n in scene.nps() if n.start > np.start and behind(scene, n, ("against", "on", "to"))]
        made.subject = next((p for p in parties_of(scene, against) if p != made.actor), None)
        return made
    return None


def appeal(scene: Scene) -> Draft | None:
    """A complaint or request of one party against another: "received a request of X against Y", "turned to the court"."""
    for np, part in named_by(scene, "petition"):
        frame = frame_of(scene, np)
        whose = next((p for p in [scene.named_party(part), *(scene.party_of(n) for n in np.chain()[1:])] if p), None)
        if whose is None and frame is not None and np in frame.objs and frame.has("submit"):
            whose = agent(scene, frame)
        foes = [n for n in scene.nps() if n.start > np.start and behind(scene, n, ("against", "to", "with"))]
        against = next((p for p in parties_of(scene, foes) if p != whose), None)
        if whose is None or against is None or (frame is not None and not frame.has("submit")):
            continue
        made = made_of(scene, part, frame, "appeal")
        made.actor, made.subject, made.modality, made.polarity = whose, against, "appeal", "asserted"
        return made
    return None
