"""Denials with what they deny, and accusations with whom they accuse."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from sayso.model.claim import Attribution, Span, Target
from sayso.read.drafts import Draft, agent, parties_of, place_names, spanned
from sayso.read.frames import Frame
from sayso.read.groups import Group, Np, Vg
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
    neither = any(c.low in ("nor", "neither") for g in scene.groups[max(0, frame.at - 4) : frame.at] for c in g.cells)
    if not frame.has("deny") or frame.vg.neg or neither:
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
    """ "not so, Kuld replies", "No, no and no: League on the blast", "Not a barrel," its chief wrote."""
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
