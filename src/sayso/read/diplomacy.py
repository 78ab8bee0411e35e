"""Meetings, calls, visits, statements, appeals, rulings, sanctions, mediation, support, offers, threats; and the rest."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sayso.model.claim import Attribution, Span
from sayso.read.drafts import Draft, agent, both, drafted, parties_of, place_names, spanned, timed
from sayso.read.frames import Frame
from sayso.read.groups import Np, Vg
from sayso.read.scene import Scene
from sayso.read.speakers import source_of

#: verb class -> sub; the subject speaks in those of WORDS, and only acts in the others.
SUBS: Final = {
    "phone": "call", "visit": "visit", "meet": "meeting", "mediate": "mediation", "sanction": "sanction", "rule": "ruling",
    "condemn": "statement", "support": "support", "offer": "offer", "threaten": "threat", "urge": "appeal",
}  # fmt: skip
WORDS: Final = frozenset(("statement", "support", "offer", "threat", "appeal"))
SUPPORT: Final = frozenset(("support", "help", "aid", "backing", "assistance", "solidarity", "weapons", "arms"))
LEADERS: Final = frozenset(
    (
        "head_of_state",
        "foreign_ministry",
        "defence_ministry",
        "government",
        "international_org",
        "parliament",
        "local_authority",
        "court",
    )
)


def diplomacy(scene: Scene) -> Iterator[Draft]:
    """Every act of diplomacy in a sentence."""
    for frame in scene.frames:
        sub = next((s for c, s in SUBS.items() if c in frame.vg.classes), None)
        sub = adjusted(scene, frame, sub)
        if sub is not None:
            yield act(scene, frame, sub)
    yield from nominal(scene)


def adjusted(scene: Scene, frame: Frame, sub: str | None) -> str | None:  # noqa: C901 - one line a kind of act
    """The kind of act that a verb means here, None where it means none."""
    objs = [p for n in (*frame.objs, *frame.prep("of", "to", "for", "about", "in")) for p in n.chain()]
    if any(p.lexeme("noun", "truce", "corridor") for p in objs) and sub == "appeal":
        return None
    low = frame.vg.main.low if frame.vg.main else ""
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
    if sub == "visit" and not leader(scene, frame):
        return None
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
        and not any(c.low in SUPPORT for n in frame.objs for c in n.cells)
    ):
        return None
    if sub in ("statement", "appeal") and speaking(scene, frame) is None and agent(scene, frame) is None:
        return None
    if (
        sub == "threat"
        and low.startswith("warn")
        and any(isinstance(g, Vg) and g.classes & {"deploy", "provoke"} for g in scene.groups[frame.at + 1 :])
    ):
        return None
    return sub


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


def leader(scene: Scene, frame: Frame) -> bool:
    """Whether the one who travels is a leader or envoy."""
    for np in frame.subj:
        made = source_of(np, scene)
        if (
            made is not None
            and made.kind in LEADERS
            and (
                made.speaker
                or made.role
                or made.inferred
                or np.lexeme("body")
                or any(n.body or n.person for n, _ in np.names)
            )
        ):
            return True
    return False


def meets(scene: Scene, frame: Frame) -> bool:
    """Whether two parties, or both, meet; "met no fire" does not count."""
    if any(n.neg or n.lexeme("attack") for n in frame.objs) or any(n.people for n in frame.subj):
        return False
    return bool(
        (len(parties_of(scene, [*frame.subj, *frame.objs, *frame.prep("with")])) >= 1 and leader(scene, frame))
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
    addressed = [*frame.objs, *frame.prep("with", "to", "on", "against", "about", "of", "in")]
    made.subject = addressee(scene, addressed, made.actor)
    if sub == "ruling":
        made.subject = ruled_against(scene, frame) or made.subject
    if sub == "appeal":
        made.modality = "appeal"
    if sub == "visit":
        named = tuple(p for n in frame.objs for p in place_names(n, located=True))
        made.places = named or tuple(c.text for n in frame.objs for nm, c in n.names if nm.party) or made.places
        if frame.has("deploy"):
            made.type, made.sub = "movement", "deployment"
    elif sub not in ("meeting", "mediation"):
        made.places = ()
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


def addressee(scene: Scene, nps: list[Np], actor: str | None) -> str | None:
    """The party that an act is addressed to: the first other one named, else that of a place."""
    found = next((p for p in parties_of(scene, nps) if p != actor), None)
    if found is not None:
        return found
    sides = [s for n in nps for s in [scene.place_side(n)] if s and s != actor]
    return sides[0] if sides else None


def nominal(scene: Scene) -> Iterator[Draft]:
    """Embargoes, visits, talks and calls named by a noun ("an embargo on fuel enters into force")."""
    frames = list(scene.frames)
    if (backing := support(scene)) is not None:
        yield backing
    for g in scene.nps():
        if g.lexeme("noun", "sanction") and not any(f.has("sanction") for f in frames):
            made = Draft("diplomacy", "sanction", "diplomacy.noun", g.start, spanned(g))
            speaker = scene.speaker(g.start)
            made.actor = next(
                (
                    p
                    for p in parties_of(scene, [n for n in scene.nps() if n is not g])
                    if p != addressee(scene, [g], None)
                ),
                None,
            ) or (speaker.side if speaker else None)
            made.subject = addressee(scene, [n for n in scene.nps()], made.actor)
            frame = next((f for f in frames if g in f.subj or g in f.objs), None)
            if frame is not None:
                timed(made, frame.times)
                made.modality = "plan" if frame.vg.modal == "will" or any(t.future for t in frame.times) else "fact"
            yield made
            return
        if g.lexeme("noun", "talks") and not any(f.has("meet", "mediate", "urge", "offer", "deny") for f in frames):
            talks = of_talks(scene, g)
            if talks is not None:
                yield talks
                return
    expected = next(
        (
            f
            for f in frames
            if (f.vg.main and f.vg.main.low == "expected") or any("expected" in c.low for c in f.vg.cells)
        ),
        None,
    )
    if expected is not None and expected.prep("in") and any(both(scene, n) for n in expected.subj):
        made = drafted(scene, expected, "diplomacy", "meeting", "diplomacy.expected")
        made.actor, made.modality = scene.directory.all_id, "plan"
        yield made


def support(scene: Scene) -> Draft | None:
    """Support that a source speaks of as a noun ("to show Orland's support for Marn")."""
    for np in scene.nps():
        speaker = scene.speaker(np.start)
        if (
            np.head.low not in ("support", "backing", "solidarity")
            or np.neg
            or speaker is None
            or speaker.kind not in LEADERS
        ):
            continue
        if any(f.has("support") for f in scene.frames) or speaker.side is None:
            return None
        made = Draft("diplomacy", "support", "diplomacy.support.noun", np.start, spanned(np), actor=speaker.side)
        after = [n for n in scene.nps() if n.start > np.start]
        made.subject = addressee(scene, after, made.actor)
        return made if made.subject is not None else None
    return None


def of_talks(scene: Scene, np: Np) -> Draft | None:
    """A meeting named by its noun, where something is said of it."""
    frame = next((f for f in scene.frames if any(n is np for n in (*f.subj, *f.objs))), None)
    if frame is None or not (frame.has("agree", "continue", "start", "open", "rebuild") or np in frame.subj):
        return None
    made = drafted(scene, frame, "diplomacy", "meeting", "diplomacy.talks")
    sides = parties_of(scene, [n for n in scene.nps() if n is not np] + np.chain()[1:])
    made.actor = (
        scene.directory.all_id if any(both(scene, p) for p in np.chain()) or len(sides) > 1 else next(iter(sides), None)
    )
    made.polarity = "negated" if np.neg or frame.vg.neg else "asserted"
    return made


# -- the rest -------------------------------------------------------------------------------------------------


def others(scene: Scene) -> Iterator[Draft]:
    """Situations, measures and rescues."""
    for g in scene.nps():
        if (lexeme := g.lexeme("noun", "outage")) is not None:
            made = Draft("other", "situation", "other.outage", g.start, spanned(g))
            made.places = tuple(
                dict.fromkeys(
                    p for n in scene.nps() for p in place_names(n, located=True) if any(x.place for x, _ in n.names)
                )
            )[:2]
            made.subject = next((s for n in scene.nps() if (s := scene.place_side(n))), scene.memory.place_side)
            made.at = g.start if lexeme else made.at
            yield made
            return
    for frame in scene.frames:
        if frame.has("rescue") and frame.subj:
            made = drafted(scene, frame, "other", "rescue", "other.rescue")
            made.subject = next(
                (p for n in (*frame.objs, *frame.subj) for p in [scene.party_of(n)] if p), None
            ) or scene.speaking_side(made.at)
            yield made
        elif (
            frame.has("rebuild")
            and (frame.objs or frame.vg.passive)
            and agent(scene, frame) is not None
            and not scene.says(frame.at)
        ):
            made = drafted(scene, frame, "other", "measure", "other.measure")
            made.actor = agent(scene, frame)
            made.subject = addressee(scene, [*frame.objs, *frame.prep("of", "for", "to")], made.actor)
            yield made
