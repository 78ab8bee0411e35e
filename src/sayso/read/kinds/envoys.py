"""Diplomacy between envoys, named by nouns: visits, calls, talks, mediation."""

import itertools
from collections.abc import Iterator, Sequence
from typing import Final

from sayso.read.drafts import Draft, agent, both, camp_of, drafted, parties_of, spanned, timed
from sayso.read.places import place_names
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Np
from sayso.read.voices.speakers import source_of

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
        caller = frame.subj[0] if frame is not None and frame.subj and not frame.undergone else None
        first = source_of(caller, scene) if caller is not None and caller is not np else None
        if first is not None and first.side in sides:  # "in a call with the president of X the premier of Y promised"
            sides.sort(key=lambda side: side != first.side)
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
        if np in frame.subj:
            sides = [s for s in sides if scene.directory.is_party(s)]
        known = [s for s in sides if scene.directory.is_party(s)]
        made.actor = (
            scene.directory.all_id
            if any(both(scene, p) for n in scene.nps() for p in n.chain()) or len(known) > 1
            else next(iter(sides), None)
        )
        if made.actor is None and np in frame.subj and frame.has("occur", "effect", "continue", "start", "rebuild"):
            made.actor = scene.directory.all_id  # "the talks will resume": of those who fight
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
        where = [p for n in frame.prep("in") for p in place_names(n, located=True, country=True)]
        if awaited and where and not any(both(scene, n) for n in frame.subj) and leader(scene, frame.subj):
            made = drafted(scene, frame, "diplomacy", "visit", "diplomacy.awaited")
            made.actor, made.modality, made.places = agent(scene, frame), "plan", tuple(where)
            made.actor = made.actor or next(iter(parties_of(scene, frame.subj)), None)
            return made
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
    if frame.has("visit", "arrive", "goes") and any(n is np for n in frame.prep("for")):
        return any(c.low in ENVOYS for n in frame.subj for c in n.cells)  # "a delegation would come for talks"
    words = {c.low for c in frame.vg.cells} | {c.low for n in frame.objs for c in n.cells}
    return any(n is np for n in frame.prep("in")) and bool(
        words & {"part", "participate", "participated", "take part", "participates"}
    )


def refusal(scene: Scene) -> Draft | None:
    """Talks refused ("is not ready to negotiate", "refuses to talk to")."""
    for frame in scene.frames:
        head = frame.head
        unready = head is not None and head.vg.neg and ready(head)
        silent = frame.has("disclose") and bool(frame.objs)  # "declined to discuss positions"
        if frame.has("parley") and not silent and (frame.vg.neg or unready) and frame.subj:
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
    """The party that an act is addressed to: the first other one named, with those that "and" joins to it; else that of
    a place."""
    told = [(n, p) for n in nps if (p := scene.party_of(n)) is not None and p != actor]
    if told:
        together = [told[0][1]]
        for (one, _), (other, party) in itertools.pairwise(told):
            if not joined(scene, one, other):
                break
            together.append(party)
        several = len(set(together)) > 1 and all(map(scene.directory.is_party, together))
        return (camp_of(scene, together) or scene.directory.all_id) if several else together[0]
    sides = [s for n in nps for s in [scene.place_side(n)] if s and s != actor]
    return sides[0] if sides else None


def joined(scene: Scene, one: Np, other: Np) -> bool:
    """Whether two noun groups stand side by side with "and" between them."""
    groups = scene.groups
    at = next((i for i, g in enumerate(groups) if g is other), 0)
    return at > 1 and groups[at - 2] is one and groups[at - 1].kind == "conj" and groups[at - 1].sub == "and"
