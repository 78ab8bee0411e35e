"""Attacks: shelling, missiles, aircraft, drones, ground assaults, clashes, sabotage, attacks beaten off, calm."""

from collections.abc import Iterator
from typing import Final

from sayso.read.drafts import Draft, agent, both, camp_of, drafted, hypothetical, parties_of
from sayso.read.kinds.avowals import avowed
from sayso.read.kinds.remarks import threatened
from sayso.read.kinds.strikes import from_noun
from sayso.read.kinds.weapons import TARGETS, flown, hurled, volley, weapon_of, weapon_sent
from sayso.read.places import place_names, places_of
from sayso.read.scene import Scene
from sayso.read.text.features import flags
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Np
from sayso.read.voices.background import perfect
from sayso.read.whose import attacked

STRIKES: Final = ("shell", "strike", "sabotage", "clash", "repel", "assail")
#: Verbs that tell of an attack without a word for weapons, attacks or traps beside them.
UNARMED: Final = (*STRIKES, "advance", "check")
ARMED: Final = flags("weapon", "attack", "noun:shots", "~trap", "~ambush", "=under fire")
WEAK: Final = frozenset((
    "fire", "launch", "drop", "deliver", "engage", "explode", "land", "carry", "target", "hit", "storm",
    "go", "fly", "crash", "struck", "attack", "assault", "raid", "blast", "detonate",
))  # fmt: skip

COMING: Final = frozenset((
    "come", "came", "comes", "coming", "cross", "crossed", "arrive", "arrived", "originate", "originated",
))  # fmt: skip


def attacks(scene: Scene) -> Iterator[Draft]:
    """Every attack that a sentence tells of."""
    armed = bool(scene.flags & ARMED)
    frames = scene.frames if armed else [f for f in scene.frames if f.has(*UNARMED)]
    told: list[Draft] = []
    for frame in frames:
        if (made := from_verb(scene, frame)) is not None:
            told += [made, *volley(scene, frame, made)]
        elif armed and (made := silent_guns(scene, frame)) is not None:
            told.append(made)
    yield from told
    own = {np.start: made for np, made in avowed(scene)} if armed else {}
    yield from (made for made in own.values() if made is not None)
    for at, np in enumerate(scene.groups) if armed else ():
        if np.start in own:
            continue
        made = from_noun(scene, at, np) if isinstance(np, Np) else None
        if made is not None and not any(
            d.sub == made.sub or (d.places == made.places and made.places) or inside(made, d) for d in told
        ):
            yield made


def inside(made: Draft, told: Draft) -> bool:
    """Whether a noun's attack is an argument of a verb's ("launched a missile strike on")."""
    return told.start <= made.at < told.end


def from_verb(scene: Scene, frame: Frame) -> Draft | None:
    """The attack of a verb."""
    cls = kind_of(scene, frame)
    if (
        cls is None
        or threatened(frame)
        or hypothetical(scene, frame)
        or provoked(scene, frame)
        or strikes_first(scene, frame)
    ):
        return None
    if frame.vg.say is not None and frame.vg.main and frame.vg.main.low in ("claim", "claims"):
        return None
    if cls == "strike" and not (is_strike(scene, frame) or came_from(frame)):
        return None
    if cls == "repel" and not_fought(frame):
        return None
    if frame.has("fall") and any(p.human for n in frame.subj for p in n.chain()):
        return None  # "eleven of its men fell in the fighting"
    if cls == "clash" and (any(n.lexeme("noun", "mercenary") for n in frame.subj) or of_whole_war(frame)):
        return None
    made = drafted(scene, frame, "attack", sub_of(frame, cls), f"attack.verb.{cls}")
    aim = hurled(scene, frame)
    made.places = hit_places(scene, frame) or (tuple(place_names(aim, located=True, country=True)) if aim else ())
    made.actor = attacker(scene, frame)
    victims(scene, frame, made)
    shots(scene, frame, made)
    if cls == "repel":
        repelled(scene, frame, made)
    elif cls in ("clash", "barter"):
        clash(scene, frame, made)
    return made


def of_whole_war(frame: Frame) -> bool:
    """Whether a war is fought, which is no clash of its own ("have been fighting a war since")."""
    return any(n.head.has("war") and not n.head.has("attack") for n in frame.objs) or (
        frame.relative and perfect(frame)
    )


def not_fought(frame: Frame) -> bool:
    """Whether those who are turned back are no attackers ("turned back 300 refugees"), or nobody is ("talks broke up")."""
    nps = frame.subj if frame.undergone else frame.objs
    return any(n.people and n.people.who != "military" for n in nps) or any(
        n.lexeme("noun", "talks") for n in frame.subj
    )


def kind_of(scene: Scene, frame: Frame) -> str | None:
    """How a verb tells of an attack: by its class, by the weapon that does it or that is used, by what it is put under."""
    cls = next((c for c in STRIKES if c in frame.vg.classes), None)
    if cls == "strike" and landed(frame):
        return cls
    if cls is None and hurled(scene, frame) is not None and frame.has("use", "convey", "deploy", "supply"):
        return "use"
    for way, name in (
        (attempted, "attempt"),
        (bartered, "barter"),
        (used, "use"),
        (under_fire, "shell"),
        (checked, "repel"),
    ):
        if (cls is None or cls == "strike") and way(frame):
            return name
    return cls or with_weapon(frame) or ("strike" if landed(frame) else None) or trapped(frame)


def attempted(frame: Frame) -> bool:
    """Whether troops tried to go forward and did not get there ("tried to advance", "attempted to break through")."""
    head = frame.head
    return (
        frame.has("advance") and head is not None and head.has("try") and head.vg.feat in ("past", "part", "pastpart")
    )


def landed(frame: Frame) -> bool:
    """Whether shells or bombs come down ("rounds fell near the mill", "a rocket exploded in a yard").

    A drone that only "came down" is a loss of its owner.
    """
    if came_from(frame):
        return True
    if not frame.has("land") or frame.undergone:
        return False
    shots = [p for n in frame.subj for p in n.chain() if p.lexeme("noun", "shots") or p.lexeme("weapon")]
    return any(not n.lexeme("noun", "equip") or frame.has("strike") for n in shots)


def came_from(frame: Frame) -> bool:
    """Whether it is said where shells or rockets were fired from ("the shells had come from boats of the Front")."""
    low = frame.vg.main.low.split()[0] if frame.vg.main else ""
    return (
        low in COMING
        and bool(frame.prep("from"))
        and any(p.lexeme("noun", "shots") for n in frame.subj for p in n.chain())
    )


def bartered(frame: Frame) -> bool:
    """Whether two trade fire ("exchanged artillery fire", "traded strikes")."""
    return frame.has("barter") and any(n.lexeme("attack") or n.lexeme("weapon") for n in frame.objs)


def used(frame: Frame) -> bool:
    """Whether a weapon is used against somebody ("used Grad systems against Ubel", "sent drones over the port")."""
    weapons = frame.subj if frame.undergone else frame.objs
    armed = any(n.lexeme("weapon") and not n.lexeme("noun", "banned") for n in weapons)
    return (
        armed and frame.has("use") and bool(frame.prep("against", "on") or (frame.prep("in", "to") and aimed_at(frame)))
    )


def aimed_at(frame: Frame) -> bool:
    """Whether a place or a target stands behind the verb's prepositions."""
    nps = frame.prep("on", "in", "to", "against", "of")
    return any(n.lexeme("noun", *TARGETS) or list(place_names(n, located=True)) for n in nps)


def under_fire(frame: Frame) -> bool:
    """ "is again under heavy fire", "was subjected to shelling", "remains under bombardment"."""
    if frame.has("perform") and frame.vg.main is not None and frame.vg.main.low.startswith(("subject", "expos")):
        return any(n.lexeme("attack") for n in frame.prep("to"))
    if frame.vg.classes and not frame.has("link", "common"):
        return False
    return any(c.low == "under fire" for n in frame.objs for c in n.cells) or any(
        n.lexeme("attack", "shelling", "missile", "air", "other") and n.start > frame.vg.start for n in under(frame)
    )


def under(frame: Frame) -> list[Np]:
    """The noun groups behind "under"."""
    return [n for s, n in frame.preps if s == "in" and n.lexeme("attack")] if frame.subj else []


def checked(frame: Frame) -> bool:
    """Whether an attack or advance is stopped ("the advance was halted", "stopped the offensive")."""
    nps = frame.subj if frame.undergone else frame.objs
    return frame.has("check") and any(
        n.lexeme("attack", "ground", "other") or n.head.low in ("advance", "advances", "push") for n in nps
    )


def strikes_first(scene: Scene, frame: Frame) -> bool:
    """Whether it says who began ("attacked first"): that is blame for the start, no attack of its own."""
    behind = scene.groups[frame.last : frame.last + 2]
    return any(c.low == "first" for g in (*behind, frame.vg) for c in g.cells) and bool(frame.subj)


def hit_places(scene: Scene, frame: Frame) -> tuple[str, ...]:
    """Where it hits; where it was fired from only if nothing else is named."""
    kept = list(frame.preps)
    aimed: list[tuple[str, Np]] = []
    for i, (sub, np) in enumerate(kept):
        origin = (
            sub == "in"
            and i > 0
            and kept[i - 1][0] == "from"
            and kept[i - 1][1].end < np.start < kept[i - 1][1].end + 12
        )
        if sub != "from" and not origin:  # "from the ridge at the pass"
            aimed.append((sub, np))
    frame.preps[:] = aimed
    found = places_of(scene, frame, *(frame.subj if suffering(frame) else ()))
    frame.preps[:] = kept
    return found or (places_of(scene, frame) if not aimed else ())


def suffering(frame: Frame) -> bool:
    """Whether the subject of an active verb is what is hit ("came under fire", "is under shelling")."""
    first = frame.vg.main.low.split()[0] if frame.vg.main else ""
    return first in ("come", "came", "comes", "coming", "be", "is", "was", "are", "were", "been", "being") or (
        under_fire(frame) and not frame.undergone
    )


def with_weapon(frame: Frame) -> str | None:
    """A verb of destroying or killing whose subject is a weapon tells of an attack too ("drones destroyed a school")."""
    doers = frame.prep("by") if frame.undergone else frame.subj
    armed = any(n.lexeme("weapon") and not n.lexeme("attack") and not n.people for n in doers)
    harmed = frame.has("destroy", "raze", "damage", "kill", "wound") and (frame.objs or frame.undergone)
    return "strike" if armed and harmed else None


def trapped(frame: Frame) -> str | None:
    """ "lured a detachment into a trap", "set a trap for the army": an attack."""
    nps = [*frame.objs, *frame.prep("in", "for")]
    return "trap" if any(c.low in ("trap", "ambush") for n in nps for c in n.cells) and frame.vg.say is None else None


def silent_guns(scene: Scene, frame: Frame) -> Draft | None:
    """An attack denied in plain words: "its mortars were silent", "not one round left our positions", "met no fire"."""
    silent = any(c.low in ("silent", "fell silent") for g in scene.groups[frame.at : frame.at + 3] for c in g.cells)
    fires = silent or frame.has("land", "strike", "shell", "use", "perform", "yield")
    shot = next((n for n in frame.subj if n.lexeme("weapon") and fires and (n.neg or frame.vg.neg or silent)), None)
    fire = next(
        (n for n in frame.objs if n.neg and (n.lexeme("attack") or n.lexeme("weapon")) and frame.has("meet", "lose")),
        None,
    )
    if shot is None and fire is None:
        return None
    sub = weapon_of([shot]) if shot is not None else "other"
    made = drafted(scene, frame, "attack", sub or "other", "attack.none")
    made.polarity = "negated"
    if shot is not None:
        made.actor = next(
            (p for n in (shot, *frame.objs, *frame.prep("from")) for p in [scene.party_of(n)] if p), None
        ) or scene.speaking_side(frame.vg.start)
        made.places = tuple(c.text for n in frame.prep("from") for nm, c in n.names if nm.party)[:1]
    else:
        made.subject = agent(scene, frame) or scene.speaking_side(frame.vg.start)
        made.actor = scene.enemy_of(made.subject)
    return made


def provoked(scene: Scene, frame: Frame) -> bool:
    """Whether the attack is only what somebody is provoked, urged or accused to do."""
    prior = [f for f in scene.frames if f.at < frame.at]
    return bool(prior and frame.vg.inf and prior[-1].has("provoke", "urge", "accuse", "deny", "threaten"))


def is_strike(scene: Scene, frame: Frame) -> bool:
    """Whether a verb that can mean much ("hit", "fire", "launch") means an attack here."""
    head = frame.vg.main.low.split()[0] if frame.vg.main else ""
    nps = [*frame.subj, *frame.objs, *(n for _, n in frame.preps)]
    armed = weapon_sent(frame.vg) is not None or any(
        p.lexeme("weapon") or p.lexeme("attack") or p.lexeme("noun", "shots") for n in nps for p in n.chain()
    )
    aimed = any(
        p.lexeme("noun", *TARGETS) or list(place_names(p, located=True))
        for n in (frame.subj if frame.undergone else [*frame.objs, *frame.prep("on", "in", "to", "against", "of")])
        for p in n.chain()
    )
    if any(n.lexeme("noun", "truce", "sanction", "talks", "measure") for n in frame.objs) and not armed:
        return False
    lemma = next(
        (x.lemma for x in (frame.vg.main.lex.get("verb", ()) if frame.vg.main else ()) if x.cls == "strike"), head
    )
    if lemma.split()[0] in WEAK:
        return (armed and (aimed or frame.undergone or lemma not in ("carry out", "deliver"))) or (
            aimed and lemma.split()[0] in ("hit", "attack", "target", "storm", "assault", "raid", "struck")
        )
    return armed or aimed


def sub_of(frame: Frame, cls: str) -> str:
    """The kind of attack: the weapon named decides, else the verb."""
    if cls == "trap":
        return "other"
    if cls in ("assail", "attempt"):
        return "ground"
    if cls in ("repel", "clash", "sabotage"):
        return {"repel": "repelled"}.get(cls, cls)
    nps = [*frame.subj, *frame.objs, *(n for s, n in frame.preps if s in ("with", "by", "from", "to", "in"))]
    if (weapon := weapon_sent(frame.vg) or weapon_of(nps)) is not None:
        return weapon
    if cls == "barter":
        return "clash"
    if cls == "shell":
        return "shelling"
    head = frame.vg.main.low.split()[0] if frame.vg.main else ""
    if head.startswith(("storm", "assault", "ambush")) or any(n.lexeme("attack", "ground") for n in frame.objs):
        return "ground"
    return "air" if flown(frame.prep("by") if frame.undergone else frame.subj) else "other"


def attacker(scene: Scene, frame: Frame) -> str | None:
    """Who attacks: the agent; where the subject is a weapon, the party it belongs to."""
    if frame.undergone:
        return agent(scene, frame) or next(
            iter(parties_of(scene, [n for n in frame.subj if n.lexeme("weapon")] + frame.prep("from"))), None
        )
    if suffering(frame) or came_from(frame):
        return next(iter(parties_of(scene, frame.prep("by", "from"))), None)
    return agent(scene, frame)


def victims(scene: Scene, frame: Frame, made: Draft) -> None:
    """Whose place, people or things are hit."""
    hit = frame.subj if frame.undergone or suffering(frame) else frame.objs
    around = [n for s, n in frame.preps if s != "from"]
    aimed_at = [n for n in frame.prep("against", "on", "at") if n.names or n.lexeme("noun", *TARGETS)]
    aimed_at += [aim] if (aim := hurled(scene, frame)) is not None and aim not in aimed_at else []
    attacked(scene, made, [*hit, *aimed_at], around)


def shots(scene: Scene, frame: Frame, made: Draft) -> None:
    """The number of missiles, shells or drones, where one is said."""
    for np in (*frame.subj, *frame.objs, *(frame.prep("by") if frame.undergone else ())):
        weapon = np.lexeme("noun", "shots") or np.lexeme("noun", "target")
        drone = np.lexeme("noun", "equip") if np.lexeme("weapon") else None
        found = weapon or drone
        if np.num is not None and np.num.bare and found is not None and not np.neg and np.num.op != "many":
            made.num, made.unit = np.num, found.unit
            scene.used.add(np.start)
            return
        if (
            np.num is not None
            and np.num.bare
            and np.lexeme("noun", "building", "infra", "medical")
            and frame.undergone
            and np in frame.subj
        ):
            noun = np.lexeme("noun", "building", "infra", "medical")
            made.num, made.unit = np.num, noun.unit if noun else None
            scene.used.add(np.start)
            return


def repelled(scene: Scene, frame: Frame, made: Draft) -> None:
    """An attack beaten off: the actor is the attacker, the subject who was attacked."""
    speaker = scene.speaking_side(frame.vg.start)
    if frame.undergone:
        inner = [n for np in frame.subj for n in np.chain()] + frame.prep("by", "of")
        made.actor = next(iter(parties_of(scene, inner)), None) or scene.directory.opposite(
            speaker, tuple(scene.memory.parties)
        )
        made.subject = speaker if made.actor and speaker != made.actor else None
    else:
        defender = agent(scene, frame) or speaker
        objs = parties_of(scene, [*frame.objs, *frame.prep("by", "of", "from")])
        made.actor = next((p for p in objs if p != defender), None) or scene.enemy_of(defender)
        made.subject = defender
    made.polarity = "asserted" if not frame.vg.neg else "negated"


def clash(scene: Scene, frame: Frame, made: Draft) -> None:
    """A fight of both."""
    sides = parties_of(scene, [*frame.subj, *frame.prep("with", "against"), *frame.objs])
    joint = (len(sides) > 1 and camp_of(scene, sides) is None) or any(both(scene, n) for n in frame.subj)
    one = bool(sides) and not joint and not own_fight(frame)
    made.actor = sides[0] if one else scene.directory.all_id
    made.subject = None


def own_fight(frame: Frame) -> bool:
    """Whether somebody tells of its own side's fight: it takes two ("our troops fought")."""
    return any(n.low.split()[0] in ("our", "we") for n in frame.subj)
