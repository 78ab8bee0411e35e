"""Diplomacy named by nouns: visits, calls, talks, mediation, support, concern, sanctions, rulings, complaints."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from sayso.read.drafts import Draft, agent, both, drafted, parties_of, place_names, spanned, timed
from sayso.read.frames import Frame
from sayso.read.groups import Np
from sayso.read.scene import Scene
from sayso.read.speakers import source_of

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
#: Who may visit, call or meet although the words of the group are only a role ("members of parliament").
ENVOYS: Final = frozenset(
    ("envoy", "envoys", "delegation", "delegations", "members", "representatives", "co-chairs", "mission")
)


def nominal(scene: Scene, told: set[str]) -> Iterator[Draft]:
    """Acts named by a noun; `told` are the kinds that a verb of the sentence has told already."""
    for sub, find in FINDERS:
        if sub not in told and (made := find(scene)) is not None:
            told.add(sub)
            yield made


def frame_of(scene: Scene, np: Np) -> Frame | None:
    """The frame that a noun group belongs to as subject, object or behind a preposition."""
    return next(
        (f for f in scene.frames if any(n is np for n in (*f.subj, *f.objs))),
        next((f for f in scene.frames if any(n is np for _, n in f.preps)), None),
    )


def named_by(scene: Scene, *classes: str) -> Iterator[tuple[Np, Np]]:
    """The noun groups that hold a noun of these classes, with the part of them that does."""
    for np in scene.nps():
        part = next((p for p in np.chain() if p.lexeme("noun", *classes)), None)
        if part is not None:
            yield np, part


def others_than(scene: Scene, np: Np) -> list[Np]:
    """The other noun groups of the sentence, and what hangs on this one."""
    return [*np.chain()[1:], *(n for n in scene.nps() if n is not np)]


def made_of(scene: Scene, np: Np, frame: Frame | None, sub: str) -> Draft:
    """A draft of an act named by a noun, with the times and the mood of the verb around it."""
    if frame is not None:
        made = drafted(scene, frame, "diplomacy", sub, f"diplomacy.{sub}.noun")
        made.spans += spanned(np)
        made.at = np.start if np.start < frame.vg.start else frame.vg.start
    else:
        made = Draft("diplomacy", sub, f"diplomacy.{sub}.noun", np.start, spanned(np))
        timed(made, [g.when for g in scene.groups if g.when is not None])
    made.places = ()
    return made


def visit(scene: Scene) -> Draft | None:
    """ "is on a visit to Verst", "a visit of members of parliament to the town"."""
    for np, part in named_by(scene, "visit"):
        frame = frame_of(scene, np)
        whose = [*(frame.subj if frame else ()), *np.chain()]
        where = next((n for s, n in (frame.preps if frame else ()) if s in ("to", "in") and n is not np), None)
        if where is None or not (leader(scene, whose) or any(c.low in ENVOYS for n in whose for c in n.cells)):
            continue
        made = made_of(scene, part, frame, "visit")
        made.places = tuple(place_names(where, located=True, country=True))
        made.actor = next(iter(parties_of(scene, whose)), None)
        made.subject = scene.place_side(where)
        return made
    return None


def call(scene: Scene) -> Draft | None:
    """ "had a phone call with", "a conversation by phone took place between", "discussed it by phone"."""
    for np in scene.nps():
        noun = np.lexeme("noun", "phonecall") is not None
        low = np.head.low in ("call", "conversation")
        channel = any(x.cls == "call" for c in np.cells for x in c.lex.get("channel", ()))
        if not (noun or channel or low):
            continue
        frame = frame_of(scene, np)
        at_start = np is scene.groups[0] and frame is None
        if frame is not None and frame.vg.say is not None and not any(n is np for _, n in frame.preps):
            continue
        sides = both_ends(scene, np, frame)
        owner = scene.speaking_side(np.start) or scene.speaking_memory()
        if at_start and len(sides) == 1 and owner not in (None, sides[0]):
            sides = [owner or "", *sides]
        held = (
            frame is None or frame.has("perform", "occur", "hold", "common", "meet", "parley") or not frame.vg.classes
        )
        if len(sides) < 2 or not (at_start or held or (frame is not None and any(n is np for _, n in frame.preps))):
            continue
        made = made_of(scene, np, frame, "call")
        made.actor, made.subject = sides[0], sides[1]
        made.modality = "fact" if made.modality == "possible" else made.modality
        return made
    return None


def both_ends(scene: Scene, np: Np, frame: Frame | None) -> list[str]:
    """The parties of a call or meeting, in order: leaders or offices, not whoever is only talked of."""
    nps = [
        *np.chain()[1:],
        *(frame.subj if frame else ()),
        *(n for s, n in (frame.preps if frame else ()) if s in ("with", "in")),
    ]
    nps += [n for n in scene.nps() if n not in nps and n is not np and speaks(scene, n)]
    nps = [n for n in nps if n is not np]
    out = [
        a.side
        for n in sorted(nps, key=lambda n: n.start)
        if (a := source_of(n, scene)) and a.side and a.kind in LEADERS
    ]
    return list(dict.fromkeys(out))


def speaks(scene: Scene, np: Np) -> bool:
    """Whether a noun group is of a leader by name or office."""
    found = source_of(np, scene)
    return found is not None and found.kind in LEADERS and not found.inferred


def meeting(scene: Scene) -> Draft | None:
    """Talks that are held, begin, are agreed, planned or refused."""
    for np, part in named_by(scene, "talks"):
        frame = frame_of(scene, np)
        if frame is None or frame.has("mediate", "urge", "offer", "deny", "condemn") or of_saying(np):
            continue
        if not (happens(frame, np) or takes_part(frame, np)):
            continue
        made = made_of(scene, part, frame, "meeting")
        sides = parties_of(
            scene, [n for n in (*np.chain(), *frame.subj, *(m for s, m in frame.preps if s in ("in", "with", "of")))]
        )
        known = [s for s in sides if scene.directory.is_party(s)]
        made.actor = (
            scene.directory.all_id
            if any(both(scene, p) for n in scene.nps() for p in n.chain()) or len(known) > 1
            else next(iter(sides), None)
        )
        if made.actor is None and not part.neg:
            continue
        made.polarity = "negated" if part.neg or np.neg or frame.vg.neg else "asserted"
        made.places = tuple(
            dict.fromkeys(
                p
                for s, n in frame.preps
                if s == "in" and n is not np
                for p in place_names(n, located=True)
                if not both_in(n)
            )
        )
        made.num = part.num if part.num is not None and part.num.bare else None
        if any(c.low in ("planned", "upcoming", "scheduled", "forthcoming") for c in part.cells):
            made.modality = "plan"
        return made
    return refusal(scene) or expected(scene)


def expected(scene: Scene) -> Draft | None:
    """ "Both foreign ministers are expected in Geneva"."""
    for frame in scene.frames:
        awaited = any("expected" in c.low for c in frame.vg.cells)
        if awaited and frame.prep("in") and any(both(scene, n) for n in frame.subj):
            made = drafted(scene, frame, "diplomacy", "meeting", "diplomacy.expected")
            made.actor, made.modality = scene.directory.all_id, "plan"
            return made
    return None


def both_in(np: Np) -> bool:
    """Whether a group behind "between" is one of the parties."""
    return all(n.party for n, _ in np.names) and bool(np.names) and not any(n.place for n, _ in np.names)


def of_saying(np: Np) -> bool:
    """Whether the meeting is only where something was said ("at a meeting of the cabinet")."""
    return any(c.low in ("cabinet", "government", "press") for p in np.chain() for c in p.cells)


def happens(frame: Frame, np: Np) -> bool:
    """Whether the talks are subject or object of a verb that says that they take place."""
    if np in frame.subj:
        return frame.has("occur", "effect", "perform", "hold", "continue", "start", "agree", "open", "extend") or (
            not frame.undergone and not frame.vg.classes
        )
    if np not in frame.objs:
        return False
    own = (
        frame.has("hold", "perform", "meet", "start", "continue", "agree", "open", "rebuild", "effect")
        or not frame.vg.classes
    )
    return own or (frame.vg.say is not None and any(c.low in ("planned", "upcoming") for c in np.cells))


def takes_part(frame: Frame, np: Np) -> bool:
    """ "take part in talks", "sit at the negotiating table"."""
    words = {c.low for c in frame.vg.cells} | {c.low for n in frame.objs for c in n.cells}
    return any(n is np for n in frame.prep("in")) and bool(
        words & {"part", "participate", "participated", "take part", "participates"}
    )


def refusal(scene: Scene) -> Draft | None:
    """Talks refused ("is not ready to negotiate", "refuses to talk to")."""
    for frame in scene.frames:
        head = frame.head
        unready = head is not None and head.vg.neg and ready(head)
        if frame.has("parley") and (frame.vg.neg or unready) and frame.subj:
            made = drafted(scene, frame, "diplomacy", "meeting", "diplomacy.refused")
            made.actor = agent(scene, head if head is not None and unready else frame) or scene.speaking_side(
                frame.vg.start
            )
            made.polarity, made.modality, made.places = "negated", "fact", ()
            made.subject = next(
                (p for p in parties_of(scene, [*frame.objs, *frame.prep("with", "to")]) if p != made.actor), None
            )
            return made if made.actor is not None else None
    return None


READY: Final = frozenset(("ready", "prepared", "willing", "open"))


def ready(frame: Frame) -> bool:
    """Whether somebody is said to be ready for something."""
    return any(c.low in READY for n in frame.objs for c in n.cells) or any(
        w in READY for c in frame.vg.cells for w in c.low.split()
    )


def offer(scene: Scene) -> Draft | None:
    """Readiness for talks: "is ready for talks", "is ready to negotiate"."""
    for at, frame in enumerate(scene.frames):
        nxt = scene.frames[at + 1] if at + 1 < len(scene.frames) else None
        talks = any(n.lexeme("noun", "talks") for n in (*frame.prep("for", "to"), *frame.objs))
        talks = talks or frame.has("parley") or (nxt is not None and nxt.has("parley") and nxt.vg.inf)
        if ready(frame) and talks and not frame.vg.neg and (side := agent(scene, frame)) is not None:
            made = drafted(scene, frame, "diplomacy", "offer", "diplomacy.ready")
            made.actor, made.modality, made.places = side, "fact", ()
            return made
    return None


def mediation(scene: Scene) -> Draft | None:
    """Mediation offered or taken up: "offered its good offices", "is ready to act as a mediator"."""
    for np, part in named_by(scene, "mediator"):
        frame = frame_of(scene, np)
        if frame is None or not (
            frame.has("offer", "express", "provide", "common", "accept") or ready(frame) or frame.objs
        ):
            continue
        side = agent(scene, frame)
        if side is None or np in frame.subj:
            continue
        made = made_of(scene, part, frame, "mediation")
        made.actor, made.modality = side, "fact" if made.modality == "plan" else made.modality
        return made
    return None


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
    return supplied(scene)


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
        worried = frame.vg.main is not None and frame.vg.main.low in MOVED and not frame.objs
        judged = frame.has("call") and any(c.low in JUDGED for g in scene.groups[frame.at :] for c in g.cells)
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
        side = agent(scene, frame)
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


FINDERS: Final = (
    ("visit", visit), ("call", call), ("meeting", meeting), ("offer", offer), ("mediation", mediation), ("support", support),
    ("statement", statement), ("sanction", sanction), ("ruling", ruling), ("appeal", appeal),
)  # fmt: skip


def leader(scene: Scene, nps: Sequence[Np]) -> bool:
    """Whether one of noun groups is a leader or envoy."""
    for np in nps:
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


def addressee(scene: Scene, nps: list[Np], actor: str | None) -> str | None:
    """The party that an act is addressed to: the first other one named, else that of a place."""
    found = next((p for p in parties_of(scene, nps) if p != actor), None)
    if found is not None:
        return found
    sides = [s for n in nps for s in [scene.place_side(n)] if s and s != actor]
    return sides[0] if sides else None
