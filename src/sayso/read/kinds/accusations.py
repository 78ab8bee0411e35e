"""Accusations with whom they accuse, one for each side where they accuse each other."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from sayso.model.claim import Attribution, Span
from sayso.read.drafts import Draft, agent, both, modality_of, parties_of, perhaps, spanned
from sayso.read.kinds import charges
from sayso.read.kinds.denials import words
from sayso.read.kinds.mirrors import is_mutual, mirror
from sayso.read.places import place_names
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Group, Np, Vg
from sayso.read.text.needs import any_word, classes, needs
from sayso.read.voices.speakers import source_of

TOLD: Final = {"mercenary": "mercenaries", "banned": "weapons", "crime": "crime"}
BLAME: Final = frozenset(("blame", "blames", "blamed", "accusations", "guilt"))
STARTING: Final = frozenset(
    ("first", "escalation", "outbreak", "instigating", "unleashing", "aggression", "resumption", "start")
)
BLAMING: Final = needs(f"verb:accuse verb:lie noun:lies ^point {any_word(BLAME)}")
SIDES: Final = frozenset(("side", "behalf", "support", "war", "conflict", "fighting"))
HELPING: Final = frozenset(
    ("involvement", "participation", "interference", "intervention", "backing", "help", "aid", "assistance")
)


def accusations(scene: Scene) -> Iterator[Draft]:
    """Every accusation of a sentence, one for each side where they accuse each other."""
    told = False
    for frame in scene.frames if BLAMING.met(scene.flags) else ():
        accuses = (frame.has("accuse") and not frame.has("call", "deny")) or blames(scene, frame)
        liar = frame.has("lie") or (any(n.lexeme("noun", "lies") for n in frame.objs) and not frame.has("call"))
        if accuses:
            told = True
            yield from accused(scene, frame)
        elif liar and not told and not frame.has("deny", "call"):
            yield from lying(scene, frame)
    for find, need in WITHOUT_BLAME if not told else ():
        if need.met(scene.flags):
            yield from find(scene)


def blames(scene: Scene, frame: Frame) -> bool:
    """ "trade blame", "points at the other"."""
    if frame.has("deny", "lieson", "urge"):
        return False
    return any(n.head.low in BLAME for n in frame.objs) or bool(frame.vg.say and frame.vg.say.lemma == "point at")


def accused(scene: Scene, frame: Frame) -> Iterator[Draft]:
    """The accusation of a verb of blame."""
    start, end = scene.clause(frame.vg.start)
    after = [g for g in scene.groups[frame.at + 1 :] if g.start < end]
    type_, sub = content(scene, after)
    further = further_blame(after) if type_ == "accusation" else []
    places = scenes(scene, after, end)
    if is_mutual(scene, start, end) or any(both(scene, n) for n in frame.subj):
        for attr, foe in mirror(scene):
            cue = frame.vg.main
            made = replace(attr, cue=cue.text if cue else None)
            yield Draft(
                type_,
                sub,
                "accusation.mirrored",
                frame.vg.start,
                [Span(scene.start, scene.end)],
                attr=made,
                actor=foe,
                places=places or spots(scene, after),
            )
        return
    told = Draft(
        type_, sub, "accusation.verb", frame.vg.start, spanned(frame.vg, *frame.subj, *frame.objs), places=places
    )
    whose = None if frame.vg.passive else next((a for n in frame.subj if (a := source_of(n, scene))), None)
    if whose is not None and frame.vg.main is not None:
        told.attr = replace(whose, cue=frame.vg.main.text, hedge=None)
    accused_party = parties_of(scene, frame.subj if frame.vg.passive else [*frame.objs, *frame.prep("on", "for")])
    speaker = whose.side if whose else scene.speaking_side(frame.vg.start)
    told.actor = next((p for p in accused_party if p != speaker), None) or scene.enemy_of(speaker)
    yield told
    if type_ == "accusation" and (deed := deed_of(after)) is not None:
        yield replace(told, type="attack", sub=deed, spans=list(told.spans), rule="accusation.further")
    for other in further:
        if other != sub:
            yield replace(told, sub=other, spans=list(told.spans), rule="accusation.further")


def deed_of(after: Sequence[Group]) -> str | None:
    """The attack that somebody is accused of beside something else ("of shelling homes and using mercenaries")."""
    verbs = [g for g in after if isinstance(g, Vg) and g.feat == "ing"]
    if len(verbs) < 2:
        return None
    return next(
        ("shelling" if "shell" in g.classes else "other" for g in verbs if g.classes & {"shell", "strike"}), None
    )


def scenes(scene: Scene, after: Sequence[Group], end: int) -> tuple[str, ...]:
    """The named places of what somebody is accused of, behind a word like "in", "on", "of", up to the end of the clause."""
    out: list[str] = []
    for before, g in itertools.pairwise(after):
        if isinstance(g, Np) and before.kind in ("prep", "vg", "conj") and g.start < end and not g.lexeme("other"):
            out += [p for n in [g] for p in place_names(n, located=before.kind == "prep")]
    for g in after:
        if isinstance(g, Np) and g.of is not None and g.start < end:
            out += [p for n in g.chain()[1:] for p in place_names(Np(n.cells), located=True) if not n.lexeme("other")]
    return tuple(dict.fromkeys(out))


def spots(scene: Scene, after: Sequence[Group]) -> tuple[str, ...]:
    """The common nouns that say what was hit ("mining the ferry")."""
    from sayso.read.places import spot  # noqa: PLC0415 - the two modules need each other

    found = [s for g in after if isinstance(g, Np) and not g.lexeme("other") for p in g.chain() if (s := spot(p))]
    return tuple(found[-1:])


def further_blame(after: Sequence[Group]) -> list[str]:
    """What somebody is accused of beside the first thing ("mercenaries and prohibited weapons")."""
    nps = [p for g in after if isinstance(g, Np) for p in g.chain()]
    return [sub for cls, sub in TOLD.items() if any(n.lexeme("noun", cls) for n in nps)]


def content(scene: Scene, after: Sequence[Group]) -> tuple[str, str]:  # noqa: C901 - one line a kind of blame
    """What somebody is accused of."""
    low = words(after)
    nps = [p for g in after if isinstance(g, Np) for p in g.chain()]
    classes = {c for g in after if isinstance(g, Vg) for c in g.classes} | {
        x.cls for g in after for c in g.cells for x in c.lex.get("verb", ())
    }
    if any(n.lexeme("noun", "lies") for n in nps) or "lie" in classes:
        return ("accusation", "disinformation")
    if any(n.lexeme("noun", "breach") for n in nps) or (
        "violate" in classes and any(n.lexeme("noun", "truce") for n in nps)
    ):
        return ("truce", "violated")
    if any(n.lexeme("noun", "mercenary") for n in nps):
        return ("accusation", "mercenaries")
    if any(n.lexeme("noun", "banned") for n in nps):
        return ("accusation", "weapons")
    if "supply" in classes or any(n.lexeme("noun", "aid") for n in nps):
        return ("accusation", "foreign_support")
    if any(n.lexeme("noun", "crime") for n in nps):
        return ("accusation", "crime")
    if low & STARTING or "start" in classes or (low & HELPING and low & SIDES):
        return ("accusation", "start" if low & STARTING or "start" in classes else "foreign_support")
    if "sabotage" in classes or any(n.lexeme("attack", "sabotage") for n in nps):
        return ("attack", "sabotage")
    attack = next((a for n in nps if (a := n.lexeme("attack"))), None)
    if "shell" in classes or (attack is not None and attack.cls == "shelling"):
        return ("attack", "shelling")
    if attack is not None and attack.cls not in ("clash", "calm"):
        return ("attack", attack.cls)
    if "strike" in classes:
        return ("attack", "other")
    if any(n.lexeme("noun", "provocation") for n in nps) or "provoke" in classes:
        return ("accusation", "intent")
    return ("accusation", "other")


def lying(scene: Scene, frame: Frame) -> Iterator[Draft]:
    """ "says the other is lying", "is spreading disinformation"."""
    start, end = scene.start, scene.end
    if is_mutual(scene, start, end):
        for attr, foe in mirror(scene):
            yield Draft(
                "accusation",
                "disinformation",
                "accusation.mirrored",
                frame.vg.start,
                [Span(start, end)],
                attr=attr,
                actor=foe,
            )
        return
    made = Draft(
        "accusation", "disinformation", "accusation.lies", frame.vg.start, spanned(frame.vg, *frame.subj, *frame.objs)
    )
    speaker, liar = scene.speaker(frame.vg.start), agent(scene, frame)
    if speaker is not None and liar == speaker.side:  # "spoke of crude disinformation from Verst"
        named = parties_of(scene, [*frame.prep("from", "by", "in"), *frame.objs])
        liar = next((p for p in named if p != liar), None) or scene.enemy_of(liar)
    made.actor = liar
    if made.actor is not None and speaker is not None:
        yield made


def told_of(scene: Scene) -> Iterator[Draft]:
    """What amounts to an accusation without a verb of blame: mercenaries, crimes, banned weapons, backing from abroad."""
    if any(f.has("condemn", "rule", "deny") for f in scene.frames):
        return
    for g in scene.nps():
        part = next((p for p in g.chain() if p.lexeme("noun", *TOLD) or charges.from_abroad(scene, p)), None)
        if part is None:
            continue
        lexeme = part.lexeme("noun", *TOLD)
        made = Draft("accusation", TOLD[lexeme.cls if lexeme else "mercenary"], "accusation.told", g.start, spanned(g))
        speaker, frame = scene.speaker(g.start), charges.frame_of(scene, g)
        crime = made.sub == "crime"
        made.actor = named_behind(scene, g, speaker) if crime else behind(scene, g, speaker)
        if crime and made.actor is None and frame is not None and frame.has("commit"):
            made.actor = charges.blamed(scene, frame, speaker)
        if crime and made.actor is None and frame is not None and not frame.vg.classes and speaker is not None:
            made.actor = scene.enemy_of(speaker.side)  # "the strike on the church was a war crime"
        own = (
            (g.neg or (frame is not None and frame.vg.neg))
            and speaker is not None
            and scene.directory.is_party(speaker.side)
        )
        if own and speaker is not None and not crime:
            made.actor, made.polarity = speaker.side, "negated"
        outside = speaker is not None and not scene.directory.is_party(speaker.side) and not crime
        if outside and made.sub == "weapons":
            made.places = tuple(p for n in scene.nps() for p in place_names(n, located=True))
            made.subject = next((s for n in scene.nps() if (s := scene.place_side(n))), None)
        if frame is not None:
            made.modality = "possible" if modality_of(frame) == "possible" or perhaps(scene, frame) else "fact"
        if part.num is not None and part.num.bare and made.sub in ("mercenaries", "crime"):
            made.num, made.unit = part.num, "fighters" if made.sub == "mercenaries" else "crimes"
            scene.used.add(g.start)
        if speaker is not None and speaker.kind != "outlet" and (made.actor is not None or outside):
            yield made
            return


def named_behind(scene: Scene, np: Np, speaker: Attribution | None) -> str | None:
    """The party that a crime is said to be of: by its name beside the noun, or behind "by"."""
    by = [f for frame in scene.frames for f in frame.prep("by")]
    found = (p for n in (np, *by) for p in [scene.named_party(n) or scene.party_of(n)] if p)
    return next((p for p in found if speaker is None or p != speaker.side), None)


def provocations(scene: Scene) -> Iterator[Draft]:
    """ "is trying to provoke the other side", "have been resorting to provocations": intent that a source sees in the enemy."""
    for np in scene.nps():
        for part in np.chain():
            cell, speaker = part.cell("noun", "provocation"), scene.speaker(np.start)
            party = scene.named_party(part) or (scene.named_party(part.of) if part.of else None)
            planned = cell is not None and cell.low.startswith(("plan", "plot", "design", "intention", "aggressive"))
            if (
                planned
                and speaker
                and party not in (None, speaker.side)
                and not any(f.has("deny") for f in scene.frames)
            ):
                yield Draft("accusation", "intent", "accusation.plans", np.start, spanned(np), actor=party)
                return
    for frame in scene.frames:
        low = frame.vg.main.low if frame.vg.main else ""
        noun = any(
            n.lexeme("noun", "provocation") and any("provocation" in c.low for c in n.cells)
            for n in (*frame.objs, *frame.prep("to"))
        )
        if not ("provok" in low or (noun and frame.has("provoke", "commit", "perform")) or (noun and "resort" in low)):
            continue
        speaker, actor = scene.speaker(frame.vg.start), agent(scene, frame)
        if speaker is not None and actor is not None and actor != speaker.side:
            yield Draft(
                "accusation",
                "intent",
                "accusation.intent",
                frame.vg.start,
                spanned(frame.vg, *frame.subj, *frame.objs),
                actor=actor,
                subject=next((p for p in parties_of(scene, frame.objs) if p != actor), None),
            )
            return


def behind(scene: Scene, np: Np, speaker: Attribution | None) -> str | None:
    """Who is blamed: a side named behind ("fighting on the southern side"), by an adjective, or the speaker's enemy."""
    own = speaker.side if speaker is not None else None
    ranks = [n for n in scene.nps() if n.start >= np.start and any(c.low in RANKS for p in n.chain() for c in p.cells)]
    later = [n for n in scene.nps() if n.start > np.start]
    frame = charges.frame_of(scene, np)
    user = frame.subj if frame is not None and np in frame.objs and not frame.vg.say else []
    for other in (*ranks, *user, *later, np):
        party = scene.party_of(other) if other in ranks or other in user else scene.named_party(other)
        if party is not None and party != own and scene.directory.is_party(party):
            return party
    return scene.enemy_of(own) if own is not None and not np.neg else None


RANKS: Final = frozenset(("ranks", "side", "army", "units", "positions"))
#: What amounts to an accusation without a verb of blame, each with what it needs.
WITHOUT_BLAME: Final = (
    (provocations, needs("noun:provocation *provok")),
    (charges.charges, charges.CHARGING),
    (told_of, needs(classes("noun", TOLD), "noun:people:fighters")),
)
