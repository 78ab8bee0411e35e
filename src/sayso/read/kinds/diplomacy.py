"""Meetings, calls, visits, statements, appeals, rulings, sanctions, mediation, support, offers, threats: told by verbs."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sayso.model.claim import Attribution, Span
from sayso.read.drafts import Draft, agent, both, drafted, parties_of
from sayso.read.kinds import envoys, pledges
from sayso.read.kinds.corridors import surrender_cue
from sayso.read.kinds.envoys import LEADERS, addressee, leader
from sayso.read.places import place_names
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Np, Vg
from sayso.read.text.needs import any_word, classes, needs
from sayso.read.voices.speakers import source_of

#: verb class -> sub; the subject speaks in those of WORDS, and only acts in the others.
SUBS: Final = {
    "phone": "call", "visit": "visit", "meet": "meeting", "mediate": "mediation", "sanction": "sanction", "rule": "ruling",
    "condemn": "statement", "support": "support", "offer": "offer", "threaten": "threat", "urge": "appeal",
}  # fmt: skip
WORDS: Final = frozenset(("statement", "support", "offer", "threat", "appeal"))
INITIATIVES: Final = frozenset(
    ("initiative", "initiatives", "step", "steps", "effort", "efforts", "proposal", "plan", "mission")
)
SUPPORT: Final = frozenset(("support", "help", "aid", "backing", "assistance", "solidarity", "weapons", "arms"))


def diplomacy(scene: Scene) -> Iterator[Draft]:
    """Every act of diplomacy in a sentence."""
    found: list[Draft] = []
    for frame in scene.frames if ACTS.met(scene.flags) else ():
        sub = next((s for c, s in SUBS.items() if c in frame.vg.classes), None) if frame.vg.classes else None
        sub = adjusted(scene, frame, sub)
        if sub is not None:
            found.append(act(scene, frame, sub))
    yield from found
    yield from nominal(scene, {d.sub for d in found})


#: What an act told by its verb needs: the verb, "called", or a protest that is handed over.
ACTS: Final = needs(classes("verb", SUBS), "^call ~protest ~complaint ~note")
#: The acts named by a noun, each with what it needs.
FINDERS: Final = (
    ("visit", envoys.visit, needs("noun:visit")),
    ("call", envoys.call, needs("noun:phonecall channel:call ~call ~conversation")),
    ("meeting", envoys.meeting, needs("noun:talks verb:parley *expected")),
    ("offer", envoys.offer, needs(f"{any_word(envoys.READY)} & noun:talks verb:parley")),
    ("mediation", envoys.mediation, needs("noun:mediator")),
    ("support", pledges.support, pledges.SUPPORTING),
    ("statement", pledges.statement, pledges.FEELING),
    ("sanction", pledges.sanction, pledges.SANCTIONING),
    ("ruling", pledges.ruling, needs("noun:verdict")),
    ("appeal", pledges.appeal, needs("noun:petition")),
)


def nominal(scene: Scene, told: set[str]) -> Iterator[Draft]:
    """Acts named by a noun; `told` are the kinds that a verb of the sentence has told already."""
    for sub, find, need in FINDERS:
        if sub not in told and need.met(scene.flags) and (made := find(scene)) is not None:
            told.add(sub)
            yield made


def adjusted(scene: Scene, frame: Frame, sub: str | None) -> str | None:
    """The kind of act that a verb means here, None where it means none."""
    low = frame.vg.main.low if frame.vg.main else ""
    if sub is None and not low.startswith("call"):
        return "statement" if handed_protest(frame) else None
    objs = [p for n in (*frame.objs, *frame.prep("of", "to", "for", "about", "in")) for p in n.chain()]
    if sub == "appeal" and (any(p.lexeme("noun", "truce", "corridor") for p in objs) or for_truce(scene, frame)):
        return None
    if sub == "appeal" and (unnamed(scene, frame) or (frame.relative and frame.vg.neg)):
        return None
    if sub == "appeal" and to_talks(scene, frame):
        return "meeting"
    if sub == "offer" and any(f.has("mediate") and f.head is frame for f in scene.frames):
        return None
    if sub in ("appeal", "offer", "support") and surrender_cue(scene) is not None:
        return None
    if sub in ("offer", "support", "statement", "meeting") and any(
        p.lexeme("noun", "mediator", "backing") for p in objs
    ):
        return None  # read by its noun
    if low.startswith("call") and "call" in frame.vg.classes and not frame.has("urge") and calls_someone(scene, frame):
        return "call"
    if (
        low.startswith(("called", "calls", "call"))
        and "“"
        in scene.text[frame.vg.end : frame.vg.end + 5] + scene.text[frame.vg.end : frame.vg.end + 5].replace('"', "“")
        and scene.text[frame.vg.end : frame.vg.end + 6].strip(' “"').startswith("to ")
    ):
        return "appeal"
    if sub is None:
        return "statement" if handed_protest(frame) else None
    return fitting(scene, frame, sub, low)


def fitting(scene: Scene, frame: Frame, sub: str, low: str) -> str | None:
    """The kind of act, where its subject and object are such as can do it and have it done to them; else None."""
    if sub == "visit" and not leader(scene, frame.subj):
        return None
    if sub == "mediation" and frame.undergone and not frame.vg.passive and frame.prep("by"):
        return None  # "the truce brokered by X": only which truce
    if sub == "meeting" and (not meets(scene, frame)):
        return None
    if sub == "ruling" and not court(scene, frame):
        return None
    if (
        sub in WORDS
        and (who := speaking(scene, frame)) is not None
        and who.kind in ("expert", "eyewitness", "media", "unknown", "medics")
    ):
        return None
    if sub in ("threat", "offer", "support") and (frame.subj == [] or speaking(scene, frame) is None):
        return None
    if (
        sub == "support"
        and not parties_of(scene, frame.objs)
        and not any(c.low in SUPPORT or c.low in INITIATIVES for n in frame.objs for c in n.cells)
    ):
        return None
    if sub in ("statement", "appeal") and speaking(scene, frame) is None and agent(scene, frame) is None:
        return None
    if sub == "threat" and low.startswith("warn") and not warns(scene, frame):
        who = speaking(scene, frame)
        return (
            "statement"
            if who is not None and who.kind in ("head_of_state", "foreign_ministry") and frame.prep("of")
            else None
        )
    if (
        sub == "threat"
        and low.startswith("warn")
        and any(isinstance(g, Vg) and g.classes & {"deploy", "provoke"} for g in scene.groups[frame.at + 1 :])
    ):
        return None
    return sub


def to_talks(scene: Scene, frame: Frame) -> bool:
    """Whether somebody is asked to come to talks, which is a meeting to be (scheme, section 3)."""
    nxt = next((f for f in scene.frames if f.vg.start > frame.vg.start and f.vg.inf), None)
    if nxt is None:
        return False
    table = any(p.lexeme("noun", "talks") for n in (*nxt.objs, *nxt.prep("to", "in", "at")) for p in n.chain())
    return nxt.has("parley") or (table and not nxt.has("deny"))


def unnamed(scene: Scene, frame: Frame) -> bool:
    """Whether somebody only asks not to be named."""
    nxt = next((f for f in scene.frames if f.vg.start > frame.vg.start and f.vg.inf), None)
    return nxt is not None and nxt.vg.main is not None and nxt.vg.main.low in ("named", "identified", "quoted")


def for_truce(scene: Scene, frame: Frame) -> bool:
    """Whether what is asked is to cease fire."""
    return any(f.has("ceasefire") and f.vg.start > frame.vg.start and f.vg.inf for f in scene.frames)


def warns(scene: Scene, frame: Frame) -> bool:
    """Whether a warning is a threat: it is addressed to a party, or says what the speaker will do."""
    words = {c.low for g in scene.groups[frame.at :] for c in g.cells}
    will = any(f.vg.modal == "will" and f.vg.start > frame.vg.start for f in scene.frames)
    return (
        bool(parties_of(scene, frame.objs))
        or will
        or bool(words & {"consequences", "response", "retaliation", "answer"})
    )


def calls_someone(scene: Scene, frame: Frame) -> bool:
    """Whether "called" means the telephone: its object is an office or person and nothing is said of it."""
    if len(frame.objs) != 1:
        return False
    made = source_of(frame.objs[0], scene)
    head = frame.objs[0].head
    return (
        made is not None
        and made.kind in LEADERS
        and not head.has("report", "account", "victim")
        and not frame.objs[0].lexeme("account")
    )


def handed_protest(frame: Frame) -> bool:
    """ "hands Vesper a protest", "lodged a complaint"."""
    low = frame.vg.main.low if frame.vg.main else ""
    return low.startswith(("hand", "lodge", "deliver", "file", "send", "sent")) and any(
        c.low in ("protest", "complaint", "note") for n in frame.objs for c in n.cells
    )


def meets(scene: Scene, frame: Frame) -> bool:
    """Whether two parties, or both, meet; "met no fire" does not count."""
    if any(n.neg or n.lexeme("attack") or n.lexeme("noun", "petition") for n in frame.objs) or any(
        n.people for n in frame.subj
    ):
        return False
    return bool(
        (len(parties_of(scene, [*frame.subj, *frame.objs, *frame.prep("with")])) >= 1 and leader(scene, frame.subj))
        or any(both(scene, n) for n in frame.subj)
        or len(frame.subj) > 1
    )


def court(scene: Scene, frame: Frame) -> bool:
    """Whether a court or tribunal acts."""
    for np in frame.subj if not frame.vg.passive else frame.prep("by"):
        if np.lexeme("body", "court") or any(n.body and n.body.kind == "court" for n, _ in np.names):
            return True
    return False


def speaking(scene: Scene, frame: Frame) -> Attribution | None:
    """The subject as a source."""
    return None if frame.vg.passive else next((a for n in frame.subj if (a := source_of(n, scene))), None)


def act(scene: Scene, frame: Frame, sub: str) -> Draft:
    """The claim of a diplomatic act: words are their speaker's, deeds are told by whoever tells."""
    made = drafted(scene, frame, "diplomacy", sub, f"diplomacy.{sub}")
    made.polarity = "negated" if frame.vg.neg else "asserted"
    who = speaking(scene, frame)
    if sub in WORDS and who is not None and who.kind != "outlet" and not summons(frame):
        cue = frame.vg.main
        made.attr = replace(
            who, cue=cue.text if cue else None, cue_span=Span(cue.start, cue.end) if cue else None, hedge=None
        )
    made.actor = (who.side if who else None) or agent(scene, frame)
    if sub == "mediation" and frame.vg.inf and frame.head is not None and frame.head.has("offer", "express"):
        offered = speaking(scene, frame.head)
        made.attr = replace(offered, hedge=None) if offered is not None and offered.kind != "outlet" else None
    if made.actor is None and frame.vg.inf and frame.head is not None:
        made.actor = agent(scene, frame.head)  # "expressed readiness to mediate"
    addressed = [*frame.objs, *frame.prep("with", "to", "on", "against", "about", "of", "in")]
    made.subject = addressee(scene, addressed, made.actor)
    if sub == "ruling":
        made.subject = ruled_against(scene, frame) or made.subject
    if sub == "appeal":
        made.modality = "appeal"
    if sub == "threat" and any(
        g.kind == "conj" and g.low in ("if", "unless", "in case") for g in scene.groups[frame.at :]
    ):
        made.modality = "conditional"
    if sub == "visit":
        named = tuple(p for n in frame.objs for p in place_names(n, located=True))
        made.places = named or tuple(c.text for n in frame.objs for nm, c in n.names if nm.party) or made.places
        if frame.has("deploy"):
            made.type, made.sub = "movement", "deployment"
    else:
        where = frame.prep("in") if sub in ("meeting", "mediation") else []
        made.places = tuple(dict.fromkeys(p for n in where for p in place_names(n, located=True)))
        made.subject = scene.directory.all_id if sub == "mediation" and len(made.places) > 1 else made.subject
    if sub == "meeting" and frame.has("urge"):
        made.actor = next(iter(parties_of(scene, frame.objs)), None) or scene.directory.all_id
        made.subject, made.modality, made.places = None, "plan", ()
    if any(both(scene, n) for n in frame.subj) or (sub == "meeting" and len(set(parties_of(scene, frame.subj))) > 1):
        made.actor, made.subject = scene.directory.all_id, None
    if frame.vg.inf and frame.vg.start > scene.start and sub == "visit":
        made.modality = "plan"
    return made


def ruled_against(scene: Scene, frame: Frame) -> str | None:
    """Whom a ruling is against: the party named behind that word, also where it belongs to the appeal upheld."""
    for i, g in enumerate(scene.groups[:-1]):
        if g.start > frame.vg.start and g.low == "against" and isinstance(np := scene.groups[i + 1], Np):
            return scene.party_of(np)
    return None


def summons(frame: Frame) -> bool:
    """Whether it is a deed and no words ("summoned the envoy")."""
    low = frame.vg.main.low if frame.vg.main else ""
    return low.startswith(("summon", "recall", "expel", "hand"))
