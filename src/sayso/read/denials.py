"""Denials with what they deny, and accusations with whom they accuse."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from sayso.model.claim import Attribution, Span, Target
from sayso.read.drafts import Draft, agent, both, parties_of, place_names, spanned
from sayso.read.frames import Frame
from sayso.read.groups import Group, Np, Vg
from sayso.read.mirrors import is_mutual, mirror
from sayso.read.scene import Scene
from sayso.read.speakers import source_of

FAKE: Final = frozenset(
    [
        "fake",
        "lie",
        "lies",
        "false",
        "fiction",
        "invention",
        "fabrication",
        "nonsense",
        "theatre",
        "joke",
        "fairy",
        "propaganda",
        "disinformation",
        "untrue",
        "baseless",
        "fantasy",
        "hoax",
        "absurd",
        "ridiculous",
        "delusion",
        "rubbish",
        "fabricated",
        "staged",
        "old",
        "bogus",
        "slander",
        "misinformation",
        "groundless",
        "unfounded",
        "myth",
        "tale",
        "made-up",
        "falsehood",
        "imaginary",
        "nonsensical",
        "invented",
        "untruth",
        "farce",
        "absurdity",
        "provocation",
    ]
)
NEWS: Final = frozenset(
    [
        "story",
        "report",
        "reports",
        "claim",
        "claims",
        "message",
        "news",
        "statement",
        "tweet",
        "denial",
        "information",
        "pictures",
        "footage",
        "version",
        "talk",
        "account",
        "allegation",
        "allegations",
        "video",
        "photographs",
        "images",
        "announcement",
        "rumour",
        "rumours",
        "accusation",
        "accusations",
        "charge",
        "charges",
        "figure",
        "figures",
    ]
)
DENIAL_NOUNS: Final = frozenset(["denial", "disclaimer", "refutation"])
CRIMES: Final = ("crime",)
BLAME: Final = frozenset(("blame", "blames", "blamed", "accusations", "guilt"))


def denials(scene: Scene) -> Iterator[Draft]:
    """Every denial of a sentence."""
    found = False
    for frame in scene.frames:
        made = denied(scene, frame) or called_fake(scene, frame) or is_fake(scene, frame)
        if made is not None:
            found = True
            yield made
    if not found:
        yield from short_denials(scene)
        yield from noun_denials(scene)


def denied(scene: Scene, frame: Frame) -> Draft | None:
    """ "X denied that ...", "X rejected the news", "X dismissed the tweet as invention"."""
    if not frame.has("deny") or frame.vg.neg:
        return None
    if any(
        n.lexeme("noun", "truce", "talks")
        or n.head.low in ("offer", "proposal", "call", "calls", "ultimatum", "appeal", "demand", "plan", "terms")
        for n in frame.objs
    ):
        return None
    head = frame.vg.main.low if frame.vg.main else ""
    after = [g for g in scene.groups[frame.at + 1 :] if g.start < scene.clause(frame.vg.start)[1]]
    fake = head.startswith(("dismiss", "brush", "debunk")) and words(after) & FAKE
    made = Draft(
        "denial",
        "calls_fake" if fake else "denies",
        "denial.verb",
        frame.vg.start,
        spanned(frame.vg, *frame.subj, *frame.objs),
    )
    denier(scene, frame, made)
    made.target = target_of(scene, after, made)
    return made


def denier(scene: Scene, frame: Frame, made: Draft) -> None:
    """Enter who denies: the subject of the verb, which is the source too."""
    attr = None if frame.vg.passive else next((a for n in frame.subj if (a := source_of(n, scene))), None)
    if attr is not None and frame.vg.main is not None:
        made.attr = replace(
            attr, cue=frame.vg.main.text, cue_span=Span(frame.vg.main.start, frame.vg.main.end), hedge=None
        )
    speaker = attr or scene.speaker(frame.vg.start)
    made.actor = (speaker.side if speaker else None) or agent(scene, frame)
    made.polarity = "negated"


def words(groups: Sequence[Group]) -> set[str]:
    """All words of groups."""
    return {w for g in groups for c in g.cells for w in c.low.split()} | {
        w for g in groups if isinstance(g, Np) for p in g.chain() for c in p.cells for w in c.low.split()
    }


def called_fake(scene: Scene, frame: Frame) -> Draft | None:
    """ "called the story a fake", "described the report as invention", "called a fake message from the Guard that ..."."""
    if not frame.has("call") or frame.vg.passive:
        return None
    end = scene.clause(frame.vg.start)[1]
    after = [g for g in scene.groups[frame.at + 1 :] if g.start < end]
    if not words(after[:14]) & FAKE:
        return None
    made = Draft("denial", "calls_fake", "denial.calls", frame.vg.start, spanned(frame.vg, *frame.subj, *frame.objs))
    denier(scene, frame, made)
    made.target = target_of(scene, after, made)
    return made


def is_fake(scene: Scene, frame: Frame) -> Draft | None:
    """ "The Guard's story of a trap is a fabrication, the ministry said"."""
    if frame.vg.classes or frame.vg.say or not frame.subj or not frame.objs:
        return None
    if not words(frame.objs[:1]) & FAKE - {"old"} or not words(frame.subj) & NEWS:
        return None
    made = Draft("denial", "calls_fake", "denial.is_fake", frame.vg.start, spanned(frame.vg, *frame.subj, *frame.objs))
    made.actor, made.polarity = scene.speaking_side(frame.vg.start), "negated"
    made.target = target_of(scene, frame.subj, made)
    return made


def target_of(scene: Scene, after: Sequence[Group], made: Draft) -> Target:
    """What is denied, read from the words behind the verb; else what the entry claimed last."""
    found = guess(scene, after)
    nps = [g for g in after if isinstance(g, Np)]
    named = [p for n in nps for p in [scene.named_party(n)] if p]
    places = tuple(dict.fromkeys(p for n in nps for p in place_names(n, located=True) if not n.lexeme("body")))[:3]
    if found is None and scene.memory.claim is not None:
        type_, sub, actor, subject, old = scene.memory.claim
        return Target(type=type_, sub=sub, actor=actor, subject=subject, places=places or old)
    type_, sub = found or ("other", "other")
    fake = made.sub == "calls_fake"
    foe = next((p for p in named if p != made.actor), None) or (scene.enemy_of(made.actor) if fake else None)
    actor = None if type_ == "casualties" else foe if fake else made.actor
    if type_ == "attack" and not fake and named and named[0] != made.actor and own_words(nps) is False:
        actor = made.actor
    subject = made.actor if fake and type_ == "attack" else None
    return Target(type=type_, sub=sub, actor=actor, subject=subject, places=places)


def own_words(nps: Sequence[Np]) -> bool:
    """Whether "its guns", "our men" are what is denied."""
    return any(c.low in ("its", "their", "our") for n in nps for c in n.cells)


TARGET_VERBS: Final = (
    ("retreat", "movement", "retreat"), ("deploy", "movement", "deployment"), ("shell", "attack", "shelling"),
    ("sabotage", "attack", "sabotage"), ("take", "control", "taken"), ("supply", "accusation", "foreign_support"),
    ("kill", "casualties", "killed"), ("wound", "casualties", "wounded"), ("strike", "attack", "other"),
    ("clash", "movement", "deployment"), ("down", "equipment_loss", "shot_down"), ("destroy", "equipment_loss", "destroyed"),
    ("violate", "truce", "violated"), ("infiltrate", "movement", "infiltration"), ("advance", "movement", "advance"),
    ("trap", "attack", "other"), ("imprison", "captured", "captured"),
)  # fmt: skip


def guess(scene: Scene, after: Sequence[Group]) -> tuple[str, str] | None:
    """The type of what a stretch of words says happened."""
    low = words(after)
    nps = [p for g in after if isinstance(g, Np) for p in g.chain()]
    for cls, found in (
        ("banned", ("accusation", "weapons")),
        ("mercenary", ("accusation", "mercenaries")),
        ("aid", ("accusation", "foreign_support")),
        ("breach", ("truce", "violated")),
        ("crime", ("accusation", "crime")),
    ):
        if any(n.lexeme("noun", cls) for n in nps):
            return found
    if low & {"denial", "denials"}:
        return ("denial", "denies")
    if low & {"trap", "ambush", "lured"}:
        return ("attack", "other")
    victims = next((v for n in nps if (v := n.lexeme("victim"))), None)
    attack = next((a for n in nps if (a := n.lexeme("attack") or n.lexeme("weapon"))), None)
    classes = {c for g in after if isinstance(g, Vg) for c in g.classes} | {
        x.cls for n in nps for c in n.cells for x in c.lex.get("verb", ()) if x.feat == "ing"
    }
    if victims is not None and not classes & {"shell", "strike"}:
        return ("casualties", victims.cls)
    for cls, type_, sub in TARGET_VERBS:
        if cls in classes:
            return (
                (type_, attack.cls)
                if type_ == "attack" and attack is not None and attack.cls in ("drone", "missile", "air", "shelling")
                else (type_, sub)
            )
    if attack is not None:
        return ("attack", attack.cls)
    if "flag" in low:
        return ("control", "taken")
    if low & {"regulars", "troops", "soldiers", "forces"} and any(g.kind == "prep" for g in after):
        return ("movement", "deployment")
    return None


def short_denials(scene: Scene) -> Iterator[Draft]:
    """ "not so, Stepanakert replies", "No, no and no: League on the blast", "Not a barrel," its chief wrote."""
    text = scene.text[scene.start : scene.end].lower().lstrip("“\"' •")
    short = text.startswith(("no, no", "not so", "not a ", "not true", "nothing of the kind", "untrue"))
    at = text.find("not so")
    if at > 0 and ";" in text[:at]:
        short = True
    if not short or any(f.has("strike", "shell") for f in scene.frames):
        return
    offset = scene.start + max(0, scene.text[scene.start : scene.end].lower().find("not so"))
    made = Draft("denial", "denies", "denial.short", offset, [Span(scene.start, scene.end)], polarity="negated")
    speaker = scene.speaker(offset)
    if speaker is None or (at <= 0 and scene.memory.claim is None and "no, no" not in text):
        return
    made.actor = speaker.side
    made.target = target_of(scene, scene.groups if at <= 0 else [], made)
    yield made


def noun_denials(scene: Scene) -> Iterator[Draft]:
    """ "A flat denial came from Gedd: ...", "The League's disclaimer followed: no ferry had been fired on"."""
    for i, g in enumerate(scene.groups):
        if not isinstance(g, Np) or g.head.low not in DENIAL_NOUNS or any(f.has("call") for f in scene.frames):
            continue
        colon = next((k for k in range(i, len(scene.groups)) if scene.groups[k].kind == "colon"), None)
        who = scene.party_of(g) or next(
            iter(parties_of(scene, [n for n in scene.groups[i + 1 : i + 6] if isinstance(n, Np)])), None
        )
        made = Draft(
            "denial", "denies", "denial.noun", g.start, [Span(scene.start, scene.end)], polarity="negated", actor=who
        )
        speaker = scene.speaker(g.start)
        if who is not None and (speaker is None or speaker.side != who):
            made.attr = Attribution(
                kind=scene.directory.kind_of_party(who),
                side=who,
                org=scene.directory.conflict.name(who),
                cue=g.head.text,
            )
        after = scene.groups[colon + 1 :] if colon is not None else scene.groups[i + 1 :]
        made.target = target_of(scene, after, made)
        yield made


# -- accusations ----------------------------------------------------------------------------------------------


def accusations(scene: Scene) -> Iterator[Draft]:
    """Every accusation of a sentence, one for each side where they accuse each other."""
    told = False
    for frame in scene.frames:
        accuses = (frame.has("accuse") and not frame.has("call")) or blames(scene, frame)
        liar = frame.has("lie") or (any(n.lexeme("noun", "lies") for n in frame.objs) and not frame.has("call"))
        if accuses:
            told = True
            yield from accused(scene, frame)
        elif liar and not told and not frame.has("deny", "call"):
            yield from lying(scene, frame)
    if not told:
        yield from told_of(scene)


def blames(scene: Scene, frame: Frame) -> bool:
    """ "trade blame", "points at the other"."""
    return any(n.head.low in BLAME for n in frame.objs) or bool(frame.vg.say and frame.vg.say.lemma == "point at")


def accused(scene: Scene, frame: Frame) -> Iterator[Draft]:
    """The accusation of a verb of blame."""
    start, end = scene.clause(frame.vg.start)
    after = [g for g in scene.groups[frame.at + 1 :]]
    type_, sub = content(scene, after)
    places = tuple(
        dict.fromkeys(
            p for g in after if isinstance(g, Np) for p in place_names(g, located=True) if not g.lexeme("other")
        )
    )
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


def spots(scene: Scene, after: Sequence[Group]) -> tuple[str, ...]:
    """The common nouns that say what was hit ("mining the ferry")."""
    from sayso.read.drafts import spot  # noqa: PLC0415 - the two modules need each other

    found = [s for g in after if isinstance(g, Np) and not g.lexeme("other") for p in g.chain() if (s := spot(p))]
    return tuple(found[-1:])


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
    if low & {"first"} or "start" in classes:
        return ("accusation", "start")
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
    made.actor = agent(scene, frame)
    if made.actor is not None and scene.speaker(frame.vg.start) is not None:
        yield made


def told_of(scene: Scene) -> Iterator[Draft]:
    """What amounts to an accusation without a verb of blame: mercenaries, crimes, banned weapons, backing from abroad."""
    yield from provocations(scene)
    for g in scene.nps():
        part = next((p for p in g.chain() if p.lexeme("noun", "mercenary", "banned", "crime")), None)
        if part is None or any(f.has("condemn", "rule", "deny") for f in scene.frames):
            continue
        lexeme = part.lexeme("noun", "mercenary", "banned", "crime")
        assert lexeme is not None
        sub = {"mercenary": "mercenaries", "banned": "weapons", "crime": "crime"}[lexeme.cls]
        made = Draft("accusation", sub, "accusation.told", g.start, spanned(g))
        speaker = scene.speaker(g.start)
        made.actor = behind(scene, g, speaker)
        if speaker is not None and made.actor is not None:
            yield made
            return


def provocations(scene: Scene) -> Iterator[Draft]:
    """ "is trying to provoke the other side", "have been resorting to provocations": intent that a source sees in the enemy."""
    for frame in scene.frames:
        low = frame.vg.main.low if frame.vg.main else ""
        noun = any(
            n.lexeme("noun", "provocation") and any("provocation" in c.low for c in n.cells)
            for n in (*frame.objs, *frame.prep("to"))
        )
        if not ("provok" in low or (noun and frame.has("provoke")) or (noun and "resort" in low)):
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
    """Who is blamed: a side named behind ("fighting on the Armenian side"), by an adjective, or the speaker's enemy."""
    for other in scene.nps():
        if (
            other.start >= np.start
            and (party := scene.named_party(other)) is not None
            and (speaker is None or party != speaker.side)
        ):
            return party
    named = scene.named_party(np)
    if named is not None and (speaker is None or named != speaker.side):
        return named
    return scene.enemy_of(speaker.side) if speaker is not None else None
