"""Equipment lost in lists and beside other counts: "Destroyed: 9 tanks, 14 lorries", "31 of which were shot down"."""

from collections.abc import Iterator, Sequence
from typing import Final

from sayso.read.drafts import Draft, drafted, spanned, timed
from sayso.read.evidence import trophy
from sayso.read.kinds.losses import EQUIPMENT, FLYING, fill, is_equipment
from sayso.read.kinds.victims import counted
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Group, Np, Vg

LOSSES: Final = frozenset(("losses", "loss", "trophies", "trophy", "booty"))
#: What can be shot down: equipment that flies, and the weapons that are sent.
SENT: Final = ("drone", "missile", "air")
ALL_OF_THEM: Final = frozenset(
    ("most", "all", "all of them", "most of them", "both", "some", "several", "the rest", "none")
)


def inventories(scene: Scene) -> Iterator[Draft]:
    """Every item of a list of losses, what was shot down of what was sent, and equipment counted beside the dead."""
    yield from itemised(scene)
    yield from summed_up(scene)
    yield from brought_down(scene)
    for frame in scene.frames:
        yield from beside_dead(scene, frame)


# -- lists ----------------------------------------------------------------------------------------------------


def itemised(scene: Scene) -> Iterator[Draft]:
    """ "Destroyed in the past 24 hours: 9 tanks, 14 lorries", "Orlandish losses since 4 May: 12 tanks and 3 guns"."""
    colon = next((i for i, g in enumerate(scene.groups[:14]) if g.kind == "colon" and labels(scene.groups[:i])), None)
    if colon is None:
        return
    label = scene.groups[:colon]
    for g in scene.groups[colon + 1 :]:
        if is_participle(g):
            continue  # "140 men killed and wounded, 3 tanks"
        if isinstance(g, Vg) or g.kind in ("semi", "colon", "stop"):
            return
        if not isinstance(g, Np) or g.num is None or not is_equipment(g) or g.start in scene.used:
            continue
        made = Draft("equipment_loss", sub_of(label, g), "equipment_loss.itemised", g.start, spanned(g))
        fill(scene, made, g)
        timed(made, [x.when for x in label if x.when is not None])
        if made.scope is None and made.first is not None and made.first != made.last:
            made.scope = "period"
        made.subject = loser(scene, label, g)
        yield made


def summed_up(scene: Scene) -> Iterator[Draft]:
    """ "Orlandish losses are 24 tanks, 8 guns and 550 men", "put the equipment lost at 181 tanks and 90 drones", "lost 540
    killed, 45 vehicles and six planes"."""
    for start, losses in lists(scene):
        label = scene.groups[:start]
        for g in items(scene, start):
            if is_equipment(g):
                made = Draft("equipment_loss", "destroyed", "equipment_loss.summed", g.start, spanned(g))
                fill(scene, made, g)
            elif g.human and losses is not None and not g.lexeme("victim"):
                made = Draft("casualties", "casualties", "casualties.summed", g.start, spanned(g))
                counted(scene, made, g)
            else:
                continue
            timed(made, [x.when for x in label if x.when is not None])
            if scene.groups[start - 1].low == "by":
                made.scope, made.since = "increment", None
            elif made.scope is None:
                made.scope = "period" if made.first is not None else "cumulative"
            made.subject = owner_before(scene, label) or loser(scene, label, g)
            yield made


def lists(scene: Scene) -> Iterator[tuple[int, Np | None]]:
    """Where lists of what was lost begin, with the noun of losses that each counts out, if any."""
    groups = scene.groups
    for frame in scene.frames:
        gapped = frame.has("lose") and not frame.vg.passive and not frame.objs and frame.subj
        if gapped and frame.at + 2 < len(groups) and is_participle(groups[frame.at + 2]):
            yield frame.at + 1, None
        losses = next((n for n in frame.subj if not LOSSES.isdisjoint(p.head.low for p in n.chain())), None)
        if losses is not None and grown(scene, frame):
            yield frame.at + 2, losses
        if losses is not None and not frame.vg.classes and not frame.vg.neg and frame.vg.say is None:
            yield frame.at + 1, losses
        if frame.has("count") and (at := put_at(scene, frame)) is not None:
            yield at


def grown(scene: Scene, frame: Frame) -> bool:
    """Whether losses have grown by what follows: that is an increment and no total."""
    low = frame.vg.main.low if frame.vg.main is not None else ""
    by = scene.groups[frame.at + 1 : frame.at + 2]
    return low.startswith(("gr", "rise", "rose", "increase", "climb")) and any(g.low == "by" for g in by)


def put_at(scene: Scene, frame: Frame) -> tuple[int, Np] | None:
    """Where the list behind "at" begins in "put the losses at 16 tanks, 4 guns", and the losses."""
    groups = scene.groups
    for i in range(frame.at + 1, len(groups) - 1):
        if groups[i].low != "at" or not isinstance(number := groups[i + 1], Np) or number.num is None:
            continue
        nps = [g for g in groups[frame.at : i] if isinstance(g, Np)]
        lost = any(isinstance(g, Vg) and "lose" in g.classes for g in groups[frame.at : i])
        losses = next(
            (
                n
                for n in reversed(nps)
                if not LOSSES.isdisjoint(p.head.low for p in n.chain()) or (lost and is_equipment(n))
            ),
            None,
        )
        if losses is not None and is_equipment(number) | bool(number.human):
            return i + 1, losses
    return None


def items(scene: Scene, start: int) -> Iterator[Np]:
    """The counted nouns of a list that begins at an index, up to what is no item."""
    for g in scene.groups[start:]:
        if isinstance(g, Np) and g.num is not None and g.start not in scene.used:
            yield g
        elif not (goes_on(g) or (isinstance(g, Np) and (g.num is not None or is_equipment(g)))):
            return


def goes_on(g: Group) -> bool:
    """Whether a list goes on behind it: a comma, "and", "killed" behind a number."""
    return g.kind in ("comma", "conj") or is_participle(g)


def is_participle(g: Group) -> bool:
    """Whether it is "killed" or "wounded" behind a number of a list."""
    return isinstance(g, Vg) and len(g.cells) == 1 and not g.classes.isdisjoint(("kill", "wound", "harm"))


def owner_before(scene: Scene, label: Sequence[Group]) -> str | None:
    """Who lost what a list counts: the subject of "lost", or the agent of "lost by"."""
    for i, g in enumerate(label):
        if isinstance(g, Vg) and "lose" in g.classes:
            beside = [x for x in (*label[:i][-1:], *label[i + 2 : i + 3]) if isinstance(x, Np)]
            return next((p for n in beside for p in [scene.party_of(n)] if p), None)
    return None


def labels(label: Sequence[Group]) -> bool:
    """Whether words before a colon say that what follows was lost: a participle, or "losses"."""
    if any(isinstance(g, Vg) and g.say is not None for g in label):
        return False
    return any(
        (
            isinstance(g, Vg)
            and not g.classes.isdisjoint((*EQUIPMENT, "lose"))
            and g.feat in ("part", "pastpart", "past")
        )
        or (isinstance(g, Np) and not LOSSES.isdisjoint(p.head.low for p in g.chain()))
        or (
            isinstance(g, Np)
            and any(c.has("verb") and not c.classes("verb").isdisjoint(EQUIPMENT) for c in g.cells[:1])
        )
        for g in label
    )


def sub_of(label: Sequence[Group], np: Np) -> str:
    """How it was lost, by the label: captured, damaged, shot down, else destroyed."""
    classes = {c for g in label for cell in g.cells for c in cell.classes("verb")}
    if any(c.low in ("trophies", "trophy", "booty") for g in label for c in g.cells):
        return "captured"
    found = next((EQUIPMENT[c] for c in EQUIPMENT if c in classes), "destroyed")
    flying = (x := np.lexeme("noun", "equip")) is not None and x.unit in FLYING
    return "shot_down" if found == "destroyed" and flying and "down" in classes else found


def loser(scene: Scene, label: Sequence[Group], np: Np) -> str | None:
    """Whose losses a list counts: the label's own words, the item's, the heading's, else the speaker's enemy."""
    named = next((p for g in label if isinstance(g, Np) for p in [whose(scene, g)] if p), None)
    speaker = scene.speaking_side(np.start) or scene.speaking_memory()
    ours = any(isinstance(g, Np) and g.lexeme("own") for g in label)
    return named or scene.party_of(np) or (speaker if ours else scene.memory.subject or scene.enemy_of(speaker))


def whose(scene: Scene, np: Np) -> str | None:
    """Whose losses a label names ("the enemy's losses", "losses of the Guard"), not who counts them."""
    return scene.party_of(np) if not LOSSES.isdisjoint(p.head.low for p in np.chain()) else None


# -- what was sent and shot down ------------------------------------------------------------------------------


def brought_down(scene: Scene) -> Iterator[Draft]:
    """ "44 drones, 31 of which were shot down", "about 30 rockets crossed, most were intercepted"."""
    for at, g in enumerate(scene.groups):
        if not isinstance(g, Np) or g.start in scene.used or not bare_part(g):
            continue
        ahead = [x for x in scene.groups[at + 1 : at + 6] if x.kind not in ("adv", "time", "quote")]
        of_which = bool(ahead) and ahead[0].kind == "incl"
        ahead = ahead[1:] if of_which else ahead
        by = ahead[0] if of_which and ahead and isinstance(ahead[0], Np) else None
        verb = ahead[1] if by is not None and len(ahead) > 1 else ahead[0] if ahead else None
        if not isinstance(verb, Vg) or verb.classes.isdisjoint(("down", "destroy")) or verb.neg:
            continue
        sent = sent_before(scene, at)
        if sent is None or (not of_which and "down" not in verb.classes):
            continue
        made = Draft("equipment_loss", "shot_down", "equipment_loss.of_which", g.start, spanned(g, verb))
        fill(scene, made, g)
        lexeme = sent.lexeme("noun", "equip", "shots")
        made.unit = lexeme.unit if lexeme else None
        made.num = g.num if g.num is not None and g.num.bare else None
        made.actor = (scene.party_of(by) if by is not None else None) or None
        speaker = made.actor or scene.speaking_side(g.start) or scene.speaking_memory()
        made.subject = scene.party_of(sent) or sender(scene, at) or scene.enemy_of(speaker)
        yield made


def bare_part(np: Np) -> bool:
    """Whether it is a number alone, or "most", "all of them"."""
    return np.alone or (np.of is None and all(c.low in ALL_OF_THEM for c in np.cells))


def sent_before(scene: Scene, at: int) -> Np | None:
    """The drones, missiles or aircraft named before an index in the sentence."""
    for g in reversed(scene.groups[:at]):
        if g.kind in ("semi", "stop"):
            return None
        if isinstance(g, Np):
            equip = g.lexeme("noun", "equip")
            flies = (equip is not None and equip.unit in FLYING) or g.lexeme("weapon", *SENT) is not None
            if flies:
                return g
    return None


def sender(scene: Scene, at: int) -> str | None:
    """Who sent what is shot down: the subject of a verb of attack before it."""
    for frame in scene.frames:
        if frame.at < at and frame.has("strike", "perform", "use", "shell") and not frame.undergone:
            found = next((p for n in frame.subj for p in [scene.party_of(n)] if p), None)
            if found is not None:
                return found
    return None


# -- beside the dead ------------------------------------------------------------------------------------------


def dear(np: Np) -> bool:
    """Whether what is lost are people, counted or as losses."""
    return np.head.low in LOSSES or (np.human is not None and np.num is not None)


def beside_dead(scene: Scene, frame: Frame) -> Iterator[Draft]:
    """ "suffered losses of up to 30 men killed and two tanks", "leaving 60 dead and 22 pieces of destroyed equipment"."""
    after = [g for g in scene.groups[frame.at + 1 : frame.at + 12] if g.kind != "adv"]
    losing = frame.has("lose") and bool(after) and isinstance(first := after[0], Np) and dear(first)
    left = frame.has("retreat") and frame.vg.feat == "ing" and any(n.lexeme("victim") for n in frame.objs[:1])
    summed = frame.has("rise", "sum") and any(p.head.low in LOSSES for n in frame.subj for p in n.chain())
    if not (losing or left or summed):
        return
    for g in after[0 if summed else 1 :]:
        if g.kind in ("semi", "stop") or (isinstance(g, Vg) and not is_participle(g)):
            return
        if isinstance(g, Np) and g.num is not None and g.start not in scene.used and any(map(is_equipment, g.chain())):
            made = drafted(scene, frame, "equipment_loss", "destroyed", "equipment_loss.beside")
            made.at = g.start
            fill(scene, made, next(p for p in g.chain() if is_equipment(p)))
            made.num = g.num
            speaker = scene.speaking_side(g.start) or scene.speaking_memory()
            owner = next((p for n in frame.subj for p in [scene.party_of(n)] if p), None)
            made.subject = scene.party_of(g) or owner or (scene.enemy_of(speaker) if trophy(scene) else None)
            scene.used.add(g.start)
            yield made
