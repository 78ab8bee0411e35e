"""Attacks: shelling, missiles, aircraft, drones, ground assaults, clashes, sabotage, attacks beaten off, calm."""

from collections.abc import Iterator
from typing import Final

from sayso.read.drafts import (
    Draft,
    agent,
    both,
    camp_of,
    drafted,
    hypothetical,
    names_or_spots,
    parties_of,
    place_names,
    spanned,
    timed,
)
from sayso.read.frames import Frame
from sayso.read.groups import Np, Vg
from sayso.read.scene import Scene

STRIKES: Final = ("shell", "strike", "sabotage", "clash", "repel")
WEAK: Final = frozenset(
    [
        "fire",
        "launch",
        "drop",
        "deliver",
        "engage",
        "explode",
        "land",
        "carry",
        "target",
        "hit",
        "storm",
        "go",
        "fly",
        "crash",
        "struck",
        "attack",
        "assault",
        "raid",
        "blast",
        "detonate",
    ]
)
TARGETS: Final = ("building", "infra", "medical", "cultural", "settlement", "site", "target", "equip", "unit", "people")
NOUN_GUARD: Final = frozenset(("truce", "denial"))
NOUN_PREPS: Final = frozenset(("on", "in", "against", "at", "to", "of", "over"))


def attacks(scene: Scene) -> Iterator[Draft]:
    """Every attack that a sentence tells of."""
    found = (from_verb(scene, frame) or silent_guns(scene, frame) for frame in scene.frames)
    told = [made for made in found if made is not None]
    yield from told
    for at, np in [(i, g) for i, g in enumerate(scene.groups) if isinstance(g, Np)]:
        made = from_noun(scene, at, np)
        if made is not None and not any(
            d.sub == made.sub or (d.places == made.places and made.places) or inside(made, d) for d in told
        ):
            yield made


def inside(made: Draft, told: Draft) -> bool:
    """Whether a noun's attack is an argument of a verb's ("launched a missile strike on")."""
    return told.start <= made.at < told.end


def from_verb(scene: Scene, frame: Frame) -> Draft | None:
    """The attack of a verb."""
    cls = next((c for c in STRIKES if c in frame.vg.classes), None) or with_weapon(frame)
    if (
        cls is None
        or hypothetical(scene, frame)
        or provoked(scene, frame)
        or (frame.vg.say is not None and frame.vg.main and frame.vg.main.low in ("claim", "claims"))
    ):
        return None
    if cls == "strike" and not is_strike(scene, frame):
        return None
    if cls == "clash" and any(n.lexeme("noun", "mercenary") for n in frame.subj):
        return None
    made = drafted(scene, frame, "attack", sub_of(scene, frame, cls), f"attack.verb.{cls}")
    made.actor = attacker(scene, frame)
    victims(scene, frame, made)
    shots(scene, frame, made)
    if cls == "repel":
        repelled(scene, frame, made)
    elif cls == "clash":
        clash(scene, frame, made)
    return made


def with_weapon(frame: Frame) -> str | None:
    """A verb of destroying or killing whose subject is a weapon tells of an attack too ("drones destroyed a school")."""
    armed = not frame.vg.passive and any(n.lexeme("weapon") and not n.lexeme("attack") for n in frame.subj)
    return "strike" if armed and frame.has("destroy", "raze", "damage", "kill", "wound") and frame.objs else None


def silent_guns(scene: Scene, frame: Frame) -> Draft | None:
    """An attack denied in plain words: "its mortars were silent", "not one round left our positions", "met no fire"."""
    silent = any(c.low in ("silent", "fell silent") for g in scene.groups[frame.at : frame.at + 3] for c in g.cells)
    shot = next((n for n in frame.subj if n.lexeme("weapon") and (n.neg or frame.vg.neg or silent)), None)
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
    armed = any(n.lexeme("weapon") or n.lexeme("attack") or n.lexeme("noun", "shots") for n in nps)
    aimed = any(
        n.lexeme("noun", *TARGETS) or list(place_names(n, located=True))
        for n in (frame.subj if frame.vg.passive else [*frame.objs, *frame.prep("on", "in", "to", "against", "of")])
    )
    if any(n.lexeme("noun", "truce", "sanction", "talks", "measure", "corridor") for n in frame.objs) and not armed:
        return False
    lemma = next(
        (x.lemma for x in (frame.vg.main.lex.get("verb", ()) if frame.vg.main else ()) if x.cls == "strike"), head
    )
    if lemma.split()[0] in WEAK:
        return (armed and (aimed or frame.vg.passive or lemma not in ("carry out", "deliver"))) or (
            aimed and lemma.split()[0] in ("hit", "attack", "target", "storm", "assault", "raid", "struck")
        )
    return armed or aimed


def sub_of(scene: Scene, frame: Frame, cls: str) -> str:
    """The kind of attack: the weapon named decides, else the verb."""
    if cls in ("repel", "clash", "sabotage"):
        return {"repel": "repelled"}.get(cls, cls)
    nps = [*frame.subj, *frame.objs, *(n for s, n in frame.preps if s in ("with", "by", "from"))]
    if (weapon := weapon_of(nps)) is not None:
        return weapon
    if cls == "shell":
        return "shelling"
    head = frame.vg.main.low.split()[0] if frame.vg.main else ""
    return "ground" if head.startswith(("storm", "assault", "ambush")) else "other"


def weapon_of(nps: list[Np]) -> str | None:
    """The kind of attack that the weapon named in noun groups makes it."""
    for np in nps:
        for part in np.chain():
            found = part.lexeme("weapon") or (
                part.lexeme("attack")
                if part.lexeme("attack", "shelling", "missile", "air", "drone", "ground")
                else None
            )
            if found is not None:
                return "shelling" if part.lexeme("noun", "banned") else found.cls
    return None


def attacker(scene: Scene, frame: Frame) -> str | None:
    """Who attacks: the agent; where the subject is a weapon, the party it belongs to."""
    if frame.vg.passive:
        return agent(scene, frame) or next(
            iter(parties_of(scene, [n for n in frame.subj if n.lexeme("weapon")] + frame.prep("from"))), None
        )
    if frame.vg.main is not None and frame.vg.main.low.startswith(
        ("come under", "came under", "comes under", "coming under", "be under", "was under")
    ):
        return next(iter(parties_of(scene, frame.prep("by", "from"))), None)
    return agent(scene, frame)


def victims(scene: Scene, frame: Frame, made: Draft) -> None:
    """Whose place, people or things are hit."""
    hit = (
        frame.subj
        if frame.vg.passive or (frame.vg.main and frame.vg.main.low.split()[0] in ("come", "came", "comes", "coming"))
        else frame.objs
    )
    suffered = [n for n in hit if not n.lexeme("weapon") and not n.lexeme("attack")]
    made.subject = next((p for p in parties_of(scene, suffered) if p != made.actor), None)
    if made.subject is None:
        made.subject = place_subject(scene, [*hit, *(n for _, n in frame.preps)], made)
    if made.subject == made.actor:
        made.subject = None


def place_subject(scene: Scene, nps: list[Np], made: Draft) -> str | None:
    """The side of the place that is hit, else of the entry's place, unless it is the attacker's own."""
    for np in nps:
        if (side := scene.place_side(np)) is not None:
            return side if side != made.actor else None
    if scene.memory.place_side is not None and made.polarity == "asserted":
        conflict = scene.directory.conflict
        return scene.memory.place_side if not conflict.overlap(scene.memory.place_side, made.actor) else None
    return None


def shots(scene: Scene, frame: Frame, made: Draft) -> None:
    """The number of missiles, shells or drones, where one is said."""
    for np in (*frame.subj, *frame.objs):
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
            and frame.vg.passive
            and np in frame.subj
        ):
            noun = np.lexeme("noun", "building", "infra", "medical")
            made.num, made.unit = np.num, noun.unit if noun else None
            scene.used.add(np.start)
            return


def repelled(scene: Scene, frame: Frame, made: Draft) -> None:
    """An attack beaten off: the actor is the attacker, the subject who was attacked."""
    speaker = scene.speaking_side(frame.vg.start)
    if frame.vg.passive:
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


def from_noun(scene: Scene, at: int, np: Np) -> Draft | None:
    """ "the strike on the depot", "mortars on Hallin", "fierce fighting", "a quiet night"."""
    part = next((p for p in np.chain() if p.lexeme("attack")), None)
    lexeme = part.lexeme("attack") if part is not None else None
    behind = place_behind(scene, at)
    if lexeme is None or part is None:
        weapon = np.lexeme("weapon")
        if (
            weapon is None
            or weapon.feat
            or behind is None
            or np.cells[0].low == "minus"
            or not headline_weapon(scene, at, np)
        ):
            return None
        sub = weapon.cls
    else:
        sub = lexeme.cls
    if np.cells[0].low == "minus":
        return None
    if sub == "clash" and not told(scene, at, np):
        return None
    if (
        sub in ("other", "shelling", "ground", "sabotage", "missile", "air", "drone")
        and behind is None
        and not told(scene, at, np)
    ):
        return None
    if in_talk(scene, at) or (
        sub == "shelling"
        and part is not None
        and part.head.low == "fire"
        and behind is None
        and not told(scene, at, np)
    ):
        return None
    if sub == "other" and weapon_of([np]) not in (None, "other"):
        sub = weapon_of([np]) or sub
    made = Draft("attack", sub, "attack.noun", np.start, spanned(np))
    made.polarity = "negated" if np.neg and sub != "calm" else "asserted"
    groups = [g for g in scene.in_clause(np.start) if isinstance(g, Np)]
    where = [n for n in ([behind] if behind else []) + np.chain()[1:]]
    made.places = names_or_spots(scene, where, where) if where else clause_places(groups)
    mutual = bool({"mutual", "reciprocal"} & set(np.low.split()))
    made.actor = (
        scene.directory.all_id if sub == "clash" or mutual else None if sub == "calm" else noun_actor(scene, np)
    )
    if sub not in ("clash", "calm") and not mutual:
        made.subject = (
            place_subject(scene, where or groups, made) if not party_hit(scene, behind) else party_hit(scene, behind)
        )
        made.subject = None if made.subject == made.actor else made.subject
    timed(made, [g.when for g in scene.in_clause(np.start) if g.when is not None])
    made.scope = None
    return made


def noun_actor(scene: Scene, np: Np) -> str | None:
    """Whose strike it is."""
    return scene.named_party(np)


def party_hit(scene: Scene, behind: Np | None) -> str | None:
    """The party whose people or things stand behind "on"."""
    if behind is None or not (behind.people or behind.lexeme("noun", "unit", "equip", "building")):
        return None
    return scene.party_of(behind)


def clause_places(groups: list[Np]) -> tuple[str, ...]:
    """The named places of a clause."""
    return tuple(dict.fromkeys(p for n in groups for p in place_names(n, located=False)))


def place_behind(scene: Scene, at: int) -> Np | None:
    """The place or target behind a noun of attack ("on Ubel", "in the south", "of the town")."""
    np = scene.groups[at]
    assert isinstance(np, Np)
    if any(n.place and not n.party for n, _ in np.names) and any(c.low.endswith((" on", " over")) for c in np.cells):
        return np
    for part in np.chain()[1:]:
        if list(place_names(part, located=True)) or part.lexeme("noun", *TARGETS):
            return part
    if at + 2 < len(scene.groups) and scene.groups[at + 1].kind == "prep" and scene.groups[at + 1].sub in NOUN_PREPS:
        nxt = scene.groups[at + 2]
        if isinstance(nxt, Np) and (list(place_names(nxt, located=True)) or nxt.lexeme("noun", *TARGETS)):
            return nxt
    return None


def headline_weapon(scene: Scene, at: int, np: Np) -> bool:
    """Whether a weapon with a place behind it is an attack of its own: "Mortars on Hallin", not "flew drones over"."""
    nxt = scene.groups[at + 1]
    return nxt.low in ("on", "over") and not (at and isinstance(scene.groups[at - 1], Vg)) and not np.num


def told(scene: Scene, at: int, np: Np) -> bool:
    """Whether a noun of attack without a place is told of: "there was no strike", "reported shelling", "shelling continued"."""
    around = scene.groups[max(0, at - 2) : at + 3]
    verbs = [g for g in around if isinstance(g, Vg)]
    says = any(
        v.classes & {"continue", "count", "start"}
        or (v.main and v.main.low in ("recorded", "reported", "heard", "registered", "noted"))
        for v in verbs
    )
    carried_out = any(v.main and v.main.low.startswith(("carr", "launch", "deliver")) for v in verbs)
    if any(p.lexeme("attack", "clash") for p in np.chain()[1:]):
        return goes_on(scene, at, np)
    calm = np.lexeme("attack", "calm") is not None
    return says or carried_out or calm or (np.lexeme("attack", "clash") is not None and goes_on(scene, at, np))


def goes_on(scene: Scene, at: int, np: Np) -> bool:
    """Whether fighting is told of and not only mentioned ("as a result of hostilities", "mercenaries fighting for")."""
    prior = scene.groups[at - 1] if at else None
    if prior is not None and (
        (prior.kind == "prep" and prior.sub not in ("on", "about", "of")) or isinstance(prior, Np)
    ):
        return False
    if np.of is not None and any(p.lexeme("attack", "clash") for p in np.chain()[1:]):
        return np.head.low in ("continuation", "resumption", "outbreak", "escalation", "intensification", "end") or any(
            c.low == "continuation" for c in np.cells
        )
    nxt = scene.groups[at + 1 : at + 2]
    return (
        not nxt
        or (
            nxt[0].kind in ("stop", "prep", "comma", "conj", "dash", "time")
            and (prior is None or prior.kind != "prep" or prior.sub == "on")
            and scene.kind == "headline"
        )
        or (isinstance(nxt[0], Vg) and bool(nxt[0].classes & {"continue", "start"}))
        or bool(prior and isinstance(prior, Vg))
    )


def in_talk(scene: Scene, at: int) -> bool:
    """Whether the attack is only what is talked of: blamed, denied, agreed to end, asked to stop."""
    np = scene.groups[at]
    assert isinstance(np, Np)
    if any(p.lexeme("noun", "truce") for p in np.chain()):
        return True
    before = scene.groups[max(0, at - 4) : at]
    words = {c.low for g in before if g.kind != "time" for c in g.cells}
    halting = words & {
        "halt",
        "end",
        "stop",
        "pause",
        "cessation",
        "halted",
        "stopping",
        "beginning",
        "start",
        "outbreak",
        "intensity",
        "victims",
    }
    verbs = any(
        isinstance(g, Vg) and g.classes & {"deny", "urge", "agree", "condemn", "repel", "accuse"} for g in before
    )
    return bool(halting or verbs) or any(p.lexeme("noun", "crime") for p in np.chain())
