"""Truces agreed, held, broken, asked for, refused; breaches counted."""

from collections.abc import Iterator
from dataclasses import replace

from sayso.model.claim import Attribution
from sayso.read.drafts import Draft, agent, both, drafted, needful, parties_of, spanned, timed
from sayso.read.kinds.mirrors import is_mutual, mirror, named
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Np
from sayso.read.voices.speakers import source_of


def truces(scene: Scene) -> Iterator[Draft]:
    """Truces agreed, held, broken, asked for, refused."""
    done = False
    for frame in scene.frames:
        nps = [*frame.subj, *frame.objs, *(n for _, n in frame.preps)]
        truce = next((p for n in nps for p in n.chain() if p.lexeme("noun", "truce")), None)
        sub = truce_sub(scene, frame, truce)
        if sub is None or frame.has("accuse") or accused(frame):
            continue
        made = drafted(scene, frame, "truce", sub, f"truce.{sub}")
        done = done or sub in ("violated", "agreed")
        truce_fields(scene, frame, made)
        if any(n.lexeme("other") for n in frame.subj) and is_mutual(scene, scene.start, scene.end):
            for attr, foe in mirror(scene):
                yield replace(made, attr=attr, actor=foe, rule="truce.mirrored", spans=list(made.spans))
            continue
        yield from each_source(scene, frame, made)
    if not done:
        yield from breaches(scene)
    yield from headline(scene)


def accused(frame: Frame) -> bool:
    """Whether the deed is only what somebody is accused of, which is read as that."""
    return frame.head is not None and frame.head.has("accuse", "deny", "provoke")


def each_source(scene: Scene, frame: Frame, made: Draft) -> Iterator[Draft]:
    """Who asks for a truce or refuses it is its source; where two speak each for itself, one claim a source."""
    speaking = frame.head if frame.has("ceasefire") and frame.head is not None else frame
    whose = (
        [(n, a) for n in speaking.subj if (a := source_of(n, scene))] if made.sub in ("called_for", "rejected") else []
    )
    if scene.kind == "headline" and len(whose) == 1 and (first := listed_before(scene, whose[0][0])) is not None:
        whose.insert(0, first)
    if not whose or frame.vg.passive:
        yield made
        return
    for _np, who in whose[:2]:
        cue = speaking.vg.main
        one = replace(made, attr=replace(who, cue=cue.text if cue else None, hedge=None), spans=list(made.spans))
        one.actor = who.side or made.actor
        one.subject = made.subject or (
            next((p for p in scene.memory.parties if p != one.actor), None) if made.sub == "rejected" else None
        )
        yield one


def listed_before(scene: Scene, np: Np) -> tuple[Np, Attribution] | None:
    """The party before a comma in a headline that saves an "and": "Orland, Tesk reject truce plan"."""
    groups = scene.groups
    first = groups[0] if len(groups) > 3 and groups[1].kind == "comma" and groups[2] is np else None
    found = source_of(first, scene) if isinstance(first, Np) else None
    return (first, found) if isinstance(first, Np) and found is not None and found.side is not None else None


def must_stop(frame: Frame) -> bool:
    """ "The fighting must stop", "the attacks have to end now"."""
    fights = any(
        p.lexeme("attack") or p.head.low in ("war", "violence", "bloodshed", "hostilities") for p in frame.subj
    )
    stops = frame.vg.main is not None and frame.vg.main.low in ("stop", "end", "cease", "be stopped", "be ended")
    return fights and needful(frame) and (stops or (frame.vg.passive and frame.has("check")))


def truce_sub(scene: Scene, frame: Frame, truce: Np | None) -> str | None:
    """What a verb does with a truce."""
    offer = next((n for n in frame.objs if n.head.low in ("offer", "proposal", "terms", "ultimatum")), None)
    low = frame.vg.main.low if frame.vg.main else ""
    if frame.has("ceasefire"):
        return silenced(frame)
    if must_stop(frame):
        return "called_for"
    if frame.has("deny") and (truce is not None or (offer is not None and previous_truce(scene))):
        return "rejected"
    if low.startswith("sign") and (frame.vg.neg or any(n.neg for n in frame.objs)) and scene.speaker(frame.vg.start):
        return "rejected"
    if truce is None:
        return None
    if frame.has("urge") or needed(frame, truce):
        return "called_for" if truce not in frame.subj or frame.undergone or needed(frame, truce) else None
    if frame.has("violate") or low.startswith("collaps") or low in ("failed", "fails"):
        return "violated"
    if frame.has("observe"):
        return "observed"
    if truce in frame.subj and not frame.undergone:
        return stands(scene, frame)
    if (
        frame.has("agree")
        and not frame.has("take")
        and not (frame.has("mediate") and not frame.vg.passive and frame.undergone)
    ):
        return "rejected" if frame.vg.neg and frame.subj else "agreed"
    return "rejected" if not frame.subj and not frame.vg.classes and truce.neg and frame.vg.modal == "will" else None


def silenced(frame: Frame) -> str | None:
    """What "cease fire", "stop fighting" is of: asked for, refused, agreed, or done."""
    head = frame.head
    if frame.vg.neg:
        return "rejected"
    if frame.vg.modal == "should" or (head is not None and head.has("urge")):
        return "called_for"
    if head is not None and (head.has("agree", "offer") or head.vg.main is None):
        return "agreed"
    return "observed" if not frame.vg.inf and frame.vg.feat in ("past", "pastpart", "part") and frame.subj else None


def needed(frame: Frame, truce: Np) -> bool:
    """ "stressed the need for a truce", "a ceasefire is necessary"."""
    asks = [n for n in (*frame.objs, *frame.subj) if n.lexeme("noun", "need")]
    behind = any(p is truce for n in (*frame.prep("for", "of", "to"), *asks) for p in n.chain())
    words = {c.low for n in frame.objs for c in n.cells} if truce in frame.subj and not frame.vg.classes else set()
    return bool(asks and behind) or bool(words & {"necessary", "needed", "vital", "essential", "imperative", "urgent"})


def stands(scene: Scene, frame: Frame) -> str | None:
    """What is said of a truce as a subject: that it holds, began, is over."""
    text = {c.low for g in scene.groups for c in g.cells}
    if frame.vg.feat == "ing" and len(frame.vg.cells) == 1:
        return None  # "a pause starting at noon"
    if text & {"possible", "impossible", "conditional", "unlikely", "unthinkable"}:
        return None
    if frame.vg.neg:
        return "violated" if frame.has("hold", "effect") and frame.vg.modal != "will" else None
    if frame.has("effect", "hold", "continue", "occur") or not frame.vg.classes or frame.has("link"):
        return "in_force" if not text & {"over", "dead", "broken", "ended"} else "violated"
    return None


def headline(scene: Scene) -> Iterator[Draft]:
    """A headline without a verb: "Truce from 18:00"."""
    first = scene.groups[0] if scene.groups else None
    times = [g.when for g in scene.groups if g.when is not None]
    if (
        scene.kind == "headline"
        and not scene.frames
        and times
        and isinstance(first, Np)
        and first.lexeme("noun", "truce")
    ):
        made = Draft("truce", "agreed", "truce.headline", first.start, spanned(first))
        timed(made, times)
        made.actor = scene.directory.all_id
        yield made


def previous_truce(scene: Scene) -> bool:
    """Whether the sentence before speaks of a truce."""
    low = (scene.memory.topic or "").lower()
    return any(w in low for w in ("truce", "ceasefire", "cease-fire", "armistice", "peace"))


def truce_fields(scene: Scene, frame: Frame, made: Draft) -> Draft:
    """Enter parties, places and modality of a truce."""
    speaking = frame.head if frame.has("ceasefire") and frame.head is not None else frame
    made.places = where(scene, frame) if made.sub in ("in_force", "observed", "violated") else ()
    made.actor = agent(scene, speaking)
    if made.sub == "agreed" and (made.actor is None or frame.vg.passive or any(both(scene, n) for n in frame.subj)):
        made.actor = scene.directory.all_id
    if made.sub in ("called_for", "rejected"):
        made.actor = made.actor or scene.speaking_side(frame.vg.start)
        made.polarity = "asserted"
    if made.sub == "called_for":
        refused = speaking.vg.neg and speaking.has("urge")
        made.polarity = "negated" if refused else "asserted"
        made.modality = "plan" if refused else "appeal"
        made.subject = next((p for p in parties_of(scene, speaking.objs) if p != made.actor), None)
    if made.sub == "rejected" and made.modality != "plan":
        made.modality = "fact"
    if made.sub == "in_force":
        made.actor = None
    if made.sub == "violated":
        made.actor = (
            agent(scene, frame) if not any(n.lexeme("noun", "truce") for n in frame.subj) or frame.vg.passive else None
        )
        made.polarity = "asserted"
    return made


def where(scene: Scene, frame: Frame) -> tuple[str, ...]:
    """The known places where a truce holds or is broken."""
    found = (c.text for n in frame.prep("in") for name, c in n.names if name.place and not name.party)
    return tuple(dict.fromkeys(found))


def breaches(scene: Scene) -> Iterator[Draft]:
    """Breaches counted: "17 breaches since Tuesday: eleven by the Guard, six by Orland", "both report breaches"."""
    whole: Draft | None = None
    for at, g in enumerate(scene.groups):
        if not isinstance(g, Np):
            continue
        part = next((p for p in g.chain() if p.lexeme("noun", "breach")), None)
        if part is None:
            if whole is not None and (share := of_side(scene, at, g, whole)) is not None:
                yield share
            continue
        sides = named(scene, scene.start, g.start)
        if foreign(part):
            continue
        if len(sides) > 1 or any(both(scene, n) for n in scene.nps() if n.start < g.start):
            for attr, foe in mirror(scene):
                yield Draft("truce", "violated", "truce.breaches.mirrored", g.start, spanned(g), attr=attr, actor=foe)
            return
        number = g.num or next((x.num for x in scene.groups[at + 1 : at + 4] if isinstance(x, Np) and x.alone), None)
        if foreign(part) or (number is None and not told(scene, g)):
            continue
        whole = Draft(
            "truce", "violated", "truce.breaches", g.start, spanned(g), num=number, unit="breaches" if number else None
        )
        whole.places = tuple(
            c.text for n in scene.nps() if n is not g for nm, c in n.names if nm.place and not nm.party and not nm.body
        )[:2]
        timed(whole, [x.when for x in scene.groups if x.when is not None])
        speaker = scene.speaking_side(g.start)
        whole.actor = scene.named_party(g) or (scene.party_of(g) if g.of else None)
        if (whole.actor is None or whole.actor == speaker) and scene.directory.is_party(speaker):
            whole.actor = scene.enemy_of(speaker)
        yield whole


def of_side(scene: Scene, at: int, np: Np, whole: Draft) -> Draft | None:
    """How many of the breaches were one side's: "eleven by the Guard"."""
    by = scene.groups[at + 2] if np.alone and at + 2 < len(scene.groups) and scene.groups[at + 1].low == "by" else None
    party = scene.party_of(by) if isinstance(by, Np) else None
    if by is None or party is None:
        return None
    return Draft(
        "truce", "violated", "truce.breaches.part", np.start, spanned(np, by), num=np.num, unit="breaches", actor=party,
        part_of=whole,
    )  # fmt: skip


def foreign(part: Np) -> bool:
    """Whether a breach is of something else than a truce ("violations of its territory", "of the rules of war")."""
    of = part.of
    return of is not None and not of.lexeme("noun", "truce") and not of.lexeme("noun", "breach")


def told(scene: Scene, np: Np) -> bool:
    """Whether breaches without a number are told of: somebody says so, or they are recorded."""
    return any(
        f.vg.say or f.has("count", "perform", "occur") for f in scene.frames if np in (*f.subj, *f.objs) or f.vg.say
    )
