"""Denials with what they deny, and accusations with whom they accuse."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from sayso.model.claim import Attribution, Span, Target
from sayso.read.drafts import Draft, agent, low_words, parties_of, spanned
from sayso.read.places import place_names
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Group, Np, Vg
from sayso.read.text.needs import any_word, needs
from sayso.read.voices.speakers import source_of

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
    ["story", "report", "reports", "claim", "claims", "message", "news", "statement", "tweet", "denial",
     "information", "pictures", "footage", "version", "talk", "account", "allegation", "allegations", "video",
     "photographs", "images", "announcement", "rumour", "rumours", "accusation", "accusations", "charge", "charges",
     "figure", "figures"]
)  # fmt: skip
#: What is called something in quotation marks only to say that it is not true ("called the report 'a spy novel'").
REPORTS: Final = frozenset(
    ("report", "reports", "claim", "claims", "story", "version", "account", "allegation", "allegations", "accusation",
     "accusations", "footage", "video", "film", "charge", "charges", "rumours")
)  # fmt: skip
CONDEMNING: Final = ("reject", "repudiat")  # of a deed: no report of it is denied
DENIAL_NOUNS: Final = frozenset(["denial", "disclaimer", "refutation"])
TRUTH: Final = frozenset(("true", "truth", "reality", "correspond", "corresponds", "facts", "confirmed by facts"))
BY_VERB: Final = needs(f"verb:deny verb:call {any_word(FAKE)} {any_word(TRUTH)}")
BY_NOUN: Final = needs(any_word(DENIAL_NOUNS))


def denials(scene: Scene) -> Iterator[Draft]:
    """Every denial of a sentence."""
    found = False
    for frame in scene.frames if BY_VERB.met(scene.flags) else ():
        made = denied(scene, frame) or called_fake(scene, frame) or is_fake(scene, frame)
        if made is not None:
            found = True
            yield made
    if not found:
        yield from short_denials(scene)
        yield from noun_denials(scene) if BY_NOUN.met(scene.flags) else ()


def settle(scene: Scene, found: list[Draft]) -> list[Draft]:
    """Drafts in which a denial's target is what the denied words would claim, and these claim nothing of their own.

    Where they are only pointed at ("such talk", "the tweet"), it is what the sentence or the entry claimed before.
    """
    for denial in [d for d in found if d.type == "denial"]:
        inner = [d for d in found if d.type not in ("denial", "not_reported") and inside(d, denial)]
        told = [d for d in inner if d.sub != "disinformation"]
        if told:
            denial.target = as_target(scene, told[0], denial)
        elif denial.target is not None and denial.target.type == "other":
            denial.target = pointed_at(scene, found, denial) or denial.target
        found = [d for d in found if not any(d is x for x in inner)]
    return found


def inside(made: Draft, denial: Draft) -> bool:
    """Whether a draft stands in the words that a denial denies, and is denied there."""
    denied = not made.given or denial.sub == "calls_fake"
    return denied and denial.content is not None and denial.content[0] <= made.at < denial.content[1]


def as_target(scene: Scene, told: Draft, denial: Draft) -> Target:
    """What a draft claims, as what is denied; the deed is the denier's own, of what is called fake the enemy's claim."""
    actor, subject, type_, sub = told.actor, told.subject, told.type, told.sub
    fake = denial.sub == "calls_fake"
    if actor is None and type_ in ("attack", "movement", "accusation", "truce"):
        actor = (scene.enemy_of(denial.actor) if type_ == "attack" else None) if fake else denial.actor
    if sub == "clash" and actor != scene.directory.all_id:
        type_, sub = "movement", "deployment"  # "denies that its regulars fight there": that they are there at all
    if type_ == "control" and sub == "taken" and (actor is None or actor == denial.actor):
        actor, subject = scene.enemy_of(denial.actor), denial.actor
    if actor is not None and subject is None and fake and type_ == "attack" and actor != denial.actor:
        subject = denial.actor
    return Target(
        type=type_, sub=sub, actor=None if type_ == "casualties" else actor, subject=subject, places=told.places
    )


def pointed_at(scene: Scene, found: Sequence[Draft], denial: Draft) -> Target | None:
    """What a denial points back at: the claim before it in the sentence, else the opposite of what it says itself."""
    before = [d for d in found if d.type not in ("denial", "not_reported", "other") and d.at < denial.at]
    if before:
        last = before[-1]
        return Target(type=last.type, sub=last.sub, actor=last.actor, subject=last.subject, places=last.places)
    held = next((d for d in found if d.type == "control" and d.sub == "held" and d.actor == denial.actor), None)
    if held is not None:
        return Target(type="control", sub="taken", actor=scene.enemy_of(denial.actor), places=held.places)
    return None


def denied(scene: Scene, frame: Frame) -> Draft | None:
    """ "X denied that ...", "X rejected the news", "X dismissed the tweet as invention"."""
    neither = any(c.low in ("nor", "neither") for g in scene.groups[max(0, frame.at - 4) : frame.at] for c in g.cells)
    if not frame.has("deny") or frame.vg.neg or neither or (frame.vg.passive and frame.objs):
        return None  # "was denied access": nothing is denied
    if any(
        n.lexeme("noun", "truce", "talks")
        or n.head.low in ("offer", "proposal", "call", "calls", "ultimatum", "appeal", "demand", "plan", "terms")
        for n in frame.objs
    ):
        return None
    head = frame.vg.main.low if frame.vg.main else ""
    if head.startswith(CONDEMNING) and any(n.lexeme("deed") for n in frame.objs):
        return None  # "rejected the murder of X": a deed is condemned, not a report of it denied
    end = said_until(scene, frame)
    after = [g for g in scene.groups[frame.at + 1 :] if g.start < end]
    fake = head.startswith(("dismiss", "brush", "debunk", "reject", "brand")) and words([frame.vg, *after]) & FAKE
    made = Draft(
        "denial",
        "calls_fake" if fake else "denies",
        "denial.verb",
        frame.vg.start,
        spanned(frame.vg, *frame.subj, *frame.objs),
    )
    made.content = (frame.vg.end, end) if not frame.vg.passive else (scene.clause(frame.vg.start)[0], frame.vg.start)
    denier(scene, frame, made)
    made.target = target_of(scene, after if not frame.vg.passive else frame.subj, made)
    return made


def said_until(scene: Scene, frame: Frame) -> int:
    """Where the words that a verb denies end: the clause, or "but", or the next verb of saying."""
    end = scene.clause(frame.vg.start)[1]
    for g in scene.groups[frame.at + 1 :]:
        if g.start >= end:
            break
        if (g.kind == "conj" and g.sub == "but") or (isinstance(g, Vg) and g.say is not None and g.say.cls == "say"):
            return g.start
    return end


def denier(scene: Scene, frame: Frame, made: Draft) -> None:
    """Enter who denies: the subject of the verb, or the "by" of a passive one, which is the source too."""
    nps = frame.prep("by") if frame.vg.passive else frame.subj
    attr = next((a for n in nps if (a := source_of(n, scene))), None)
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
    scorned = any(g.head.low in REPORTS for g in frame.objs) and any(g.kind == "quote" for g in after[:6])
    if not scorned and not words(after[:14]) & FAKE:
        return None
    made = Draft("denial", "calls_fake", "denial.calls", frame.vg.start, spanned(frame.vg, *frame.subj, *frame.objs))
    made.content = (frame.vg.end, end)
    denier(scene, frame, made)
    made.target = target_of(scene, after, made)
    return made


def is_fake(scene: Scene, frame: Frame) -> Draft | None:
    """ "The Guard's story of a trap is a fabrication", "reports that X has fallen are false", "this is a lie", "it is not
    true that ...", "the information does not correspond to reality"."""
    verdict = words([n for n in frame.objs[:1] if isinstance(n, Np)]) | words([n for _, n in frame.preps[:1]])
    untrue = bool((verdict | low_words(frame)) & TRUTH) and (frame.vg.neg or frame.has("lack"))
    fake = bool(verdict & FAKE - {"old"}) and not frame.vg.classes
    if (
        frame.vg.say
        or not (fake or untrue)
        or (frame.vg.classes and not frame.has("common", "hold", "occur", "effect"))
    ):
        return None
    start, end = scene.clause(frame.vg.start)
    before = [g for g in scene.groups[: frame.at] if g.start >= start]
    news = next((g for g in before if isinstance(g, Np) and words([g]) & NEWS), None)
    it = frame.subj[0].low if frame.subj and len(frame.subj[0].cells) == 1 else ""
    if news is None and it not in ("this", "it", "that", "these", "all"):
        return None
    at = news.start if news is not None else frame.vg.start
    made = Draft(
        "denial", "calls_fake" if fake else "denies", "denial.is_fake", at, spanned(frame.vg, *frame.subj, *frame.objs)
    )
    made.actor, made.polarity = scene.speaking_side(frame.vg.start) or scene.speaking_side(at), "negated"
    ahead = it == "it" and news is None
    made.content = (frame.vg.end, end) if ahead else (at, frame.vg.start)
    told = [g for g in scene.groups if made.content[0] <= g.start < made.content[1]]
    made.target = target_of(scene, told if told else frame.subj, made)
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
    if (type_, sub) == ("control", "taken"):
        actor = foe or scene.enemy_of(made.actor)
    elif fake and own_words([n for n in nps if not n.lexeme("report")]):
        actor = made.actor  # "the story that we fired", "of its retreat"
    if type_ == "attack" and not fake and named and named[0] != made.actor and own_words(nps) is False:
        actor = made.actor
    subject = made.actor if fake and type_ == "attack" else None
    return Target(type=type_, sub=sub, actor=actor, subject=subject, places=places)


def own_words(nps: Sequence[Np]) -> bool:
    """Whether "its guns", "our men" are what is denied."""
    return any(c.low in ("its", "their", "our", "we") for n in nps for p in n.chain() for c in p.cells)


TARGET_VERBS: Final = {
    "retreat": ("movement", "retreat"), "yield": ("control", "lost"), "shell": ("attack", "shelling"),
    "sabotage": ("attack", "sabotage"), "take": ("control", "taken"), "supply": ("accusation", "foreign_support"),
    "kill": ("casualties", "killed"), "wound": ("casualties", "wounded"), "strike": ("attack", "other"),
    "down": ("equipment_loss", "shot_down"), "destroy": ("equipment_loss", "destroyed"), "deploy": ("movement", "deployment"),
    "violate": ("truce", "violated"), "infiltrate": ("movement", "infiltration"), "advance": ("movement", "advance"),
    "imprison": ("captured", "captured"), "clash": ("movement", "deployment"), "convey": ("movement", "deployment"),
    "flee": ("movement", "retreat"), "fallto": ("control", "taken"), "encircle": ("movement", "encirclement"),
    "involve": ("accusation", "foreign_support"), "use": ("attack", "other"),
}  # fmt: skip
#: Nouns of an event -> what a report of it claims.
EVENTS: Final = {
    "fall": ("control", "taken"), "capture": ("control", "taken"), "seizure": ("control", "taken"), "loss": ("control", "lost"),
    "liberation": ("control", "taken"), "surrender": ("control", "lost"), "landing": ("movement", "advance"),
    "advance": ("movement", "advance"), "breakthrough": ("movement", "advance"), "retreat": ("movement", "retreat"),
    "withdrawal": ("movement", "retreat"), "flight": ("movement", "retreat"), "encirclement": ("movement", "encirclement"),
    "presence": ("movement", "deployment"), "involvement": ("accusation", "foreign_support"),
    "participation": ("accusation", "foreign_support"), "support": ("accusation", "foreign_support"),
    "supply": ("accusation", "foreign_support"), "supplies": ("accusation", "foreign_support"),
    "mobilisation": ("movement", "mobilisation"), "mobilization": ("movement", "mobilisation"), "talks": ("diplomacy", "meeting"),
    "negotiations": ("diplomacy", "meeting"), "meeting": ("diplomacy", "meeting"), "downing": ("equipment_loss", "shot_down"),
    "destruction": ("equipment_loss", "destroyed"), "use": ("accusation", "weapons"),
}  # fmt: skip
BLAMED: Final = (
    ("banned", ("accusation", "weapons")), ("mercenary", ("accusation", "mercenaries")),
    ("aid", ("accusation", "foreign_support")), ("breach", ("truce", "violated")), ("crime", ("accusation", "crime")),
)  # fmt: skip


def guess(scene: Scene, after: Sequence[Group]) -> tuple[str, str] | None:
    """The type of what a stretch of words says happened."""
    low = words(after)
    nps = [p for g in after if isinstance(g, Np) for p in g.chain()]
    by_noun = next((found for cls, found in BLAMED if any(n.lexeme("noun", cls) for n in nps)), None)
    if by_noun is not None:
        return by_noun
    if low & {"denial", "denials"}:
        return ("denial", "denies")
    if low & {"trap", "ambush", "lured"}:
        return ("attack", "other")
    victims = next((v for n in nps if (v := n.lexeme("victim"))), None)
    attack = next((a for n in nps if (a := n.lexeme("attack") or n.lexeme("weapon"))), None)
    classes = [c for g in after if isinstance(g, Vg) for c in TARGET_VERBS if c in g.classes]
    classes += [x.cls for n in nps for c in n.cells for x in c.lex.get("verb", ()) if x.feat == "ing"]
    if victims is not None and not {"shell", "strike"} & set(classes):
        return ("casualties", victims.cls)
    found = next((TARGET_VERBS[c] for c in classes if c in TARGET_VERBS), None)
    if found is not None:
        armed = attack is not None and attack.cls in ("drone", "missile", "air", "shelling")
        return (found[0], attack.cls) if found[0] == "attack" and attack is not None and armed else found
    if attack is not None:
        return ("attack", attack.cls)
    if (event := next((EVENTS[n.head.low] for n in nps if n.head.low in EVENTS), None)) is not None:
        return event
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
    made.content = (offset, scene.clause(offset)[1]) if at > 0 else None
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
            body = next((n.body for n, _ in g.names if n.body and n.body.side == who), None)
            made.attr = Attribution(
                kind=body.kind if body else scene.directory.kind_of_party(who),
                side=who,
                org=body.name if body else scene.directory.conflict.name(who),
                cue=g.head.text,
            )
        after = scene.groups[colon + 1 :] if colon is not None else scene.groups[i + 1 :]
        made.target = target_of(scene, after, made)
        yield made
