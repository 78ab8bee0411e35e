"""Equipment lost and things destroyed."""

from collections.abc import Iterator
from typing import Final

from sayso.model.claim import Span
from sayso.read.drafts import Draft, agent, both, drafted, facing, parties_of, spanned, timed
from sayso.read.evidence import Asked
from sayso.read.places import place_names, spot
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Np, Vg
from sayso.read.text.numbers import bounded
from sayso.read.whose import HOMES, give, owner

EQUIPMENT: Final = {
    "down": "shot_down",
    "destroy": "destroyed",
    "raze": "destroyed",
    "sabotage": "destroyed",
    "damage": "damaged",
    "take": "captured",
    "imprison": "captured",
    "kill": "destroyed",
}
BUILDINGS: Final = ("building", "infra", "medical", "cultural", "goods")
DESTROYED: Final = ("destroy", "raze", "damage", "sabotage", "lose")
SUBS: Final = {
    "building": "houses",
    "infra": "infrastructure",
    "medical": "medical",
    "cultural": "cultural",
    "goods": "other",
}
FLYING: Final = frozenset(("drones", "aircraft", "helicopters"))


def equipment(scene: Scene) -> Iterator[Draft]:
    """Every equipment loss of a sentence, one claim a kind of equipment."""
    for frame in scene.frames:
        sub = next((EQUIPMENT[c] for c in EQUIPMENT if c in frame.vg.classes), None)
        if sub is not None:
            yield from from_verb(scene, frame, sub)
        elif frame.has("lose"):
            yield from from_losing(scene, frame)
        elif frame.has("retreat") and (left := next((n for n in frame.objs if is_equipment(n)), None)) is not None:
            made = drafted(scene, frame, "equipment_loss", "captured", "equipment_loss.abandoned")
            fill(scene, made, left)
            made.subject = scene.party_of(left) or agent(scene, frame)
            yield made
        elif not frame.vg.classes:
            yield from trophies(scene, frame)
    yield from from_nouns(scene)


def is_equipment(np: Np) -> bool:
    """Whether a noun group is of equipment (not a place to hit, not people)."""
    lexeme = np.lexeme("noun", "equip")
    if lexeme is None or (
        np.people and np.head.has("noun") and np.people.feat == "pl" and np.cell("noun", "people") is np.head
    ):
        return False
    return lexeme.unit != "depots" or np.num is not None


def shot(np: Np) -> bool:
    """Whether a noun group is so many missiles or shells in flight."""
    return np.num is not None and np.num.bare and np.lexeme("noun", "shots") is not None


def one_of(np: Np) -> bool:
    """Whether it is so many of some equipment: "one of our drones", "two of the enemy's tanks"."""
    return np.alone and np.of is not None and is_equipment(np.of)


def from_verb(scene: Scene, frame: Frame, sub: str) -> Iterator[Draft]:
    """ "shot down two drones", "three tanks were destroyed", "two drones came down"."""
    reduced = frame.vg.feat in ("part", "pastpart", "past") and not frame.objs
    patients = frame.subj if frame.undergone or reduced or intransitive(frame) else frame.objs
    for np in patients:
        if not is_equipment(np) and not one_of(np) and not (sub == "shot_down" and shot(np)):
            continue
        made = drafted(scene, frame, "equipment_loss", sub, f"equipment_loss.{sub}")
        fill(scene, made, np)
        made.actor = (
            agent(scene, frame) if patients is not frame.subj else next(iter(parties_of(scene, frame.prep("by"))), None)
        )
        made.subject = owner(scene, np, made, frame)
        if made.subject == made.actor:
            made.actor = None
        yield made


def intransitive(frame: Frame) -> bool:
    """Whether the subject is what is lost: "crashed", "came down", "burned"."""
    low = frame.vg.main.low if frame.vg.main else ""
    return (not frame.objs or low.startswith("crash")) and low.startswith(
        ("crash", "come down", "came down", "comes down", "burn", "sank", "sunk", "catch", "caught", "go up", "went up")
    )


def fill(scene: Scene, made: Draft, np: Np) -> None:
    """Enter number and unit; two kinds in one count are joined ("tanks+ifvs")."""
    counted = np.of if one_of(np) and np.of is not None else np
    lexeme = counted.lexeme("noun", "equip") or counted.lexeme("noun", "shots")
    made.num = np.num
    made.unit = lexeme.unit if lexeme else None
    if made.num is None and lexeme is not None and lexeme.feat == "sg":
        made.num = bounded("exact", 1, np.start, np.end)
    made.spans.append(Span(np.start, np.end))
    made.places = made.places or tuple(place_names(np, located=False))
    if np.neg:
        made.polarity = "negated"
    scene.used.add(np.start)


def from_losing(scene: Scene, frame: Frame) -> Iterator[Draft]:
    """ "Orland lost 30 tanks", "seven trucks were lost"."""
    for np in frame.subj if frame.undergone else frame.objs:
        if (is_equipment(np) or one_of(np)) and not heads_list(scene, frame, np):
            made = drafted(scene, frame, "equipment_loss", "destroyed", "equipment_loss.lost")
            fill(scene, made, np)
            made.subject = (
                scene.party_of(np)
                or (None if frame.undergone else agent(scene, frame))
                or scene.speaking_side(made.at)
                or scene.speaking_memory()
            )
            yield made


def heads_list(scene: Scene, frame: Frame, np: Np) -> bool:
    """Whether the kinds are counted out behind it ("the equipment lost at 181 tanks and 90 drones")."""
    at = next((i for i in range(frame.at + 1, len(scene.groups) - 1) if scene.groups[i].low == "at"), None)
    first = scene.groups[at + 1] if at is not None else None
    return np.num is None and isinstance(first, Np) and first.num is not None and is_equipment(first)


def trophies(scene: Scene, frame: Frame) -> Iterator[Draft]:
    """ "What burns there are four tanks of theirs", "the day's trophies are ten tanks"."""
    captured = any(c.low in ("trophies", "trophy", "booty", "spoils") for n in frame.subj for c in n.cells)
    burning = any("burn" in c.low for g in scene.groups[: frame.at] for c in g.cells)
    if not (captured or burning):
        return
    for np in frame.objs:
        if is_equipment(np):
            made = drafted(
                scene, frame, "equipment_loss", "captured" if captured else "destroyed", "equipment_loss.trophy"
            )
            fill(scene, made, np)
            made.subject = scene.party_of(np) or scene.enemy_of(scene.speaking_side(made.at) or scene.speaking_memory())
            yield made


def from_nouns(scene: Scene) -> Iterator[Draft]:
    """ "with the loss of a landing craft", "huge losses of equipment on the other side", "Minus two drones", "Tanks: 12 (+3)"."""
    for at, g in enumerate(scene.groups):
        if not isinstance(g, Np):
            continue
        if (
            g.head.low in ("loss", "losses", "destruction", "downing", "capture")
            and g.of is not None
            and is_equipment(g.of)
        ):
            if any(both(scene, n) for n in scene.nps()):
                yield from mirrored(scene, g)
                continue
            made = Draft(
                "equipment_loss",
                {"downing": "shot_down", "capture": "captured"}.get(g.head.low, "destroyed"),
                "equipment_loss.noun",
                g.start,
                spanned(g),
            )
            fill(scene, made, g.of)
            beaten = next((d for f in scene.frames if f.has("repel") for d in f.prep("by")), None)
            made.subject = (
                scene.party_of(g.of) or (scene.party_of(beaten) if beaten else None) or owner(scene, g.of, made, None)
            )
            yield made
        elif g.cells[0].low == "minus" and is_equipment(g):
            made = Draft(
                "equipment_loss",
                "shot_down" if (x := g.lexeme("noun", "equip")) and x.unit in FLYING else "destroyed",
                "equipment_loss.minus",
                g.start,
                spanned(g),
            )
            fill(scene, made, g)
            made.actor, made.subject = (
                scene.speaking_side(g.start),
                scene.party_of(g) or scene.enemy_of(scene.speaking_side(g.start)),
            )
            timed(made, [x.when for x in scene.groups if x.when])
            yield made
        elif left_behind(scene, at, g):
            made = Draft("equipment_loss", "captured", "equipment_loss.left", g.start, spanned(g))
            fill(scene, made, g.of if g.of is not None and is_equipment(g.of) else g)
            made.num = g.num
            made.subject = scene.enemy_of(scene.speaking_side(g.start) or scene.speaking_memory())
            yield made
        else:
            yield from listed(scene, at, g)


def left_behind(scene: Scene, at: int, np: Np) -> bool:
    """Whether equipment "stayed behind" or "was left behind"."""
    equip = is_equipment(np) or (np.of is not None and is_equipment(np.of))
    words = " ".join(c.low for g in scene.groups[at + 1 : at + 4] for c in g.cells)
    return equip and words.startswith(
        ("stayed behind", "was left behind", "were left behind", "remained behind", "had to be left")
    )


def mirrored(scene: Scene, np: Np) -> Iterator[Draft]:
    """Each side's claim of the other's losses: one claim a side."""
    from sayso.read.kinds.mirrors import mirror  # noqa: PLC0415 - the two modules need each other

    assert np.of is not None
    for attr, foe in mirror(scene):
        made = Draft(
            "equipment_loss", "destroyed", "equipment_loss.mirrored", np.start, spanned(np), attr=attr, subject=foe
        )
        made.num = np.num
        lexeme = np.of.lexeme("noun", "equip")
        made.unit = lexeme.unit if lexeme else None
        yield made
    facing(scene)


def listed(scene: Scene, at: int, np: Np) -> Iterator[Draft]:
    """A line of a list of losses: "Artillery pieces: 2,560 (+7)"."""
    groups = scene.groups
    if (
        scene.kind not in ("list", "bullet")
        or not is_equipment(np)
        or np.num
        or at + 2 >= len(groups)
        or groups[at + 1].kind not in ("colon", "dash")
    ):
        return
    number = groups[at + 2]
    if not isinstance(number, Np) or number.num is None:
        return
    lexeme = np.lexeme("noun", "equip")
    text = (scene.setting.list_heading or "").lower()
    made = Draft(
        "equipment_loss",
        "destroyed",
        "equipment_loss.list",
        number.start,
        spanned(np, number),
        num=number.num,
        unit=lexeme.unit if lexeme else None,
    )
    made.since, made.scope = scene.memory.since, "cumulative" if "since" in text or scene.memory.since else None
    made.subject = scene.memory.subject or scene.enemy_of(scene.speaking_side(np.start) or scene.speaking_memory())
    yield made
    plus = next((g for g in groups[at + 3 : at + 7] if isinstance(g, Np) and g.num is not None), None)
    if plus is not None:
        yield Draft(
            "equipment_loss",
            "destroyed",
            "equipment_loss.list",
            plus.start,
            spanned(plus),
            num=plus.num,
            unit=made.unit,
            scope="increment",
            subject=made.subject,
        )


# -- destruction ----------------------------------------------------------------------------------------------


def destruction(scene: Scene) -> Iterator[Draft]:
    """Houses, schools, hospitals, churches destroyed or damaged."""
    for frame in scene.frames:
        if not frame.has(*DESTROYED):
            yield from gone(scene, frame)
            continue
        reduced = frame.vg.feat in ("part", "pastpart", "past") and not frame.objs
        for np in frame.subj if frame.undergone or reduced else frame.objs:
            if (made := of_building(scene, frame, np)) is not None:
                yield made
        if frame.has("lose") or roof_lost(frame):
            for np in frame.subj:
                if (made := of_building(scene, frame, np)) is not None:
                    yield made


def roof_lost(frame: Frame) -> bool:
    """Whether a building lost its roof, windows or walls."""
    return frame.has("lose", "damage") and any(
        c.low in ("roof", "windows", "walls") for n in frame.objs for c in n.cells
    )


def of_building(scene: Scene, frame: Frame, np: Np) -> Draft | None:
    """The claim of one kind of building."""
    part = next((p for p in np.chain() if p.lexeme("noun", *BUILDINGS)), None)
    lexeme = part.lexeme("noun", *BUILDINGS) if part else None
    if part is None or lexeme is None or (np.lexeme("weapon") and not np.num) or (np.people and np.num):
        return None
    made = drafted(scene, frame, "destruction", SUBS[lexeme.cls], "destruction.verb")
    made.num, made.unit = np.num or part.num, lexeme.unit
    if made.num is None and lexeme.feat == "sg":
        made.num = bounded("exact", 1, np.start, np.end)
    made.actor = (
        agent(scene, frame)
        if not frame.undergone and np in frame.objs
        else next(iter(parties_of(scene, frame.prep("by"))), None)
    )
    made.spans.append(Span(np.start, np.end))
    made.places = tuple(p for p in made.places if p != spot(np))
    give(Asked(scene, np, made, frame), HOMES)
    scene.used.add(np.start)
    return made


def gone(scene: Scene, frame: Frame) -> Iterator[Draft]:
    """ "dozens of roofs are gone", "nine dwellings no longer have a roof"."""
    words = {c.low for g in scene.groups[frame.at : frame.at + 3] for c in g.cells}
    if not frame.subj or not (
        words & {"gone", "ruins", "uninhabitable", "rubble"} or ({"roof"} & words and frame.vg.neg)
    ):
        return
    made = of_building(scene, frame, frame.subj[0])
    if made is not None:
        made.rule, made.polarity = "destruction.state", "asserted"
        yield made


def verbs(scene: Scene) -> list[Vg]:
    """The verb groups of a sentence."""
    return [g for g in scene.groups if isinstance(g, Vg)]
