"""What tells whose people and things are: each way to tell by itself, the side that it finds or None."""

from dataclasses import dataclass
from typing import Final

from sayso.read.drafts import Draft, both, camp_of, parties_of
from sayso.read.places import place_names
from sayso.read.scene import Scene, capital_speaks
from sayso.read.text.features import flags
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Np

#: Sources that count the people of their own side.
OWN_KINDS: Final = frozenset(
    ("local_authority", "emergency_service", "health_ministry", "medics", "ombudsman", "prosecutor")
)
ARMED: Final = frozenset(("army", "defence_ministry", "armed_group"))
LOSSES: Final = flags("victim", "toll")
UNTOLD: Final = ""  # of an enemy of whom there are several: no weaker evidence may name one
IS_SIDE: Final = flags("~side")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about: a noun group, the draft that it is for, the frame of its verb, if any, and what stands
    around it."""

    scene: Scene
    np: Np
    made: Draft
    frame: Frame | None
    around: tuple[Np, ...] = ()


# -- its own words --------------------------------------------------------------------------------------------


def named(asked: Asked) -> str | None:
    """By name, adjective, genitive, "of", or a word that points ("our", "its", "the enemy's")."""
    return asked.scene.party_of(asked.np)


def shared(asked: Asked) -> str | None:
    """The owner that a list says once, with its last item ("7 tanks, 3 guns and 90 vehicles of the enemy"), or with its
    first ("three Norrin tanks, two guns")."""
    scene, np = asked.scene, asked.np
    civilian = np.people is not None and np.people.who == "civilian"
    if np not in scene.groups or (civilian and asked.made.type != "captured"):
        return None  # soldiers of one side may die beside civilians of another
    for step in (1, -1):
        at = scene.index(np)
        while (nxt := listed(scene, at, step)) is not None:
            at = nxt
            item = scene.groups[at]
            assert isinstance(item, Np)
            if (step < 0 or item.of is not None) and (side := scene.party_of(item)) is not None:
                return side
    return None


def listed(scene: Scene, at: int, step: int) -> int | None:
    """The index of the next counted item of a list, or of the one before, past a comma, "and" or both."""
    groups = scene.groups
    for _ in range(2):
        at += step
        if not 0 <= at < len(groups) or groups[at].kind not in ("comma", "conj"):
            break
    else:
        at += step
    if not 0 <= at < len(groups) or groups[at - step].kind not in ("comma", "conj"):
        return None
    item = groups[at]
    alike = isinstance(item, Np) and (item.num is not None or item.lexeme("noun", "equip") is not None)
    return at if alike else None


# -- what the clause says -------------------------------------------------------------------------------------


def hunted(asked: Asked) -> str | None:
    """The enemy of a side that tells of its kills ("60 fighters eliminated", "our gunners killed 40")."""
    scene, at = asked.scene, asked.made.at
    side = source_side(scene, at)
    if side is None or not scene.directory.is_party(side):
        return None
    if any(c.has("hostile") for g in scene.in_clause(at) for p in chained(g) for c in p.cells):
        return scene.enemy_of(side) or UNTOLD
    doers = [f for f in scene.frames if f.has("kill", "wound", "harm") and not f.undergone and f.vg.start <= at]
    ours = any(scene.party_of(n) == side for f in doers if f.objs for n in f.subj)
    return (scene.enemy_of(side) or UNTOLD) if ours else None


def counted_for(asked: Asked) -> str | None:
    """Whose losses a count is given for ("put the losses of the column at thirty dead")."""
    losses = governor(asked.scene, asked.made.at)
    return asked.scene.party_of(losses) if losses is not None else None


def governor(scene: Scene, at: int) -> Np | None:
    """The losses that a count is given for: the last before it in its clause."""
    found = None
    for g in scene.in_clause(at) if scene.flags & LOSSES else ():
        if g.start >= at:
            break
        if (
            isinstance(g, Np)
            and g.num is None
            and any(p.lexeme("victim", "casualties") or p.lexeme("toll") for p in g.chain())
        ):
            found = g
    return found


def beside_place(asked: Asked) -> str | None:
    """The side of the place right behind counted people ("two residents of villages in X", "five people in Y")."""
    scene, np = asked.scene, asked.np
    if np.num is None or np not in scene.groups:
        return None
    behind = scene.groups[scene.index(np) + 1 : scene.index(np) + 4]
    if len(behind) < 2 or behind[0].kind != "prep" or behind[0].sub not in ("in", "from"):
        return None
    where = behind[1]
    if not isinstance(where, Np) or (len(behind) > 2 and behind[2].kind == "conj"):
        return None
    return scene.place_side(where) or (scene.named_party(where) if asked.made.who == "civilian" else None)


def on_side(asked: Asked) -> str | None:
    """The side that is told of: "on the southern side", "among the rebels", "the other side"."""
    scene = asked.scene
    for sub, other in asked.frame.preps if asked.frame else ():
        at_home = sub in ("on", "among", "from", "for", "side") or (sub == "in" and other.lexeme("sideword"))
        told = scene.named_party(other) or (
            scene.party_of(other) if is_side(other) and not other.lexeme("other") else None
        )
        if at_home and told is not None:
            return told
        if at_home and other.lexeme("other") and (foe := scene.enemy_of(source_side(scene, asked.made.at))):
            return foe
    return None


def told_of(asked: Asked) -> str | None:
    """The party whose people the clause tells of before it counts them."""
    scene, at = asked.scene, asked.made.at
    for g in scene.in_clause(at):
        if not isinstance(g, Np):
            continue
        if (before := scene.before(scene.index(g))) is not None and before.low in ("against", "than"):
            continue  # "a case against three officers over the shelling in which 26 people died"
        side = is_side(g)
        people = g.people or (g.num is not None and not capital_speaks(g))
        told = (side or (people and g.start < at)) and not speaks(scene, g)
        if told and (party := scene.named_party(g)) is not None:
            return party
    return None


def labelled(asked: Asked) -> str | None:
    """The side that the words before a colon name for the counts behind it ("Civilians in Orland: 21 killed")."""
    scene = asked.scene
    colon = next((g.start for g in scene.groups if g.kind == "colon" and g.end <= asked.made.at), None)
    if colon is None:
        return None
    before = [n for n in scene.nps() if n.start < colon and not speaks(scene, n)]
    bare = len(before) == 1 and scene.kind in ("bullet", "list") and scene.named_party(before[0]) is not None
    if not bare and not any(n.people or n.lexeme("victim") or n.lexeme("toll") for n in before):
        return None
    found = list(dict.fromkeys(p for n in before for p in [scene.party_of(n) or scene.place_side(n)] if p))
    return found[0] if len(found) == 1 else camp_of(scene, found) if found else None


def loser(asked: Asked) -> str | None:
    """Who lost them: "the Guard lost a position, with four dead", "having suffered losses of 30 dead, they fell back"."""
    scene = asked.scene
    losing = [f for f in scene.frames if f.vg.start < asked.made.at and (f.has("lose") or suffered(f))]
    return next(iter(parties_of(scene, losing[-1].subj)), None) if losing else None


def suffered(frame: Frame) -> bool:
    """Whether somebody is said to have had losses ("sustained heavy casualties")."""
    low = frame.vg.main.low if frame.vg.main is not None and not frame.vg.passive else ""
    losses = any(p.lexeme("victim", "casualties") or p.lexeme("toll") for n in frame.objs for p in n.chain())
    return losses and low.startswith(("suffer", "sustain", "incur", "took", "take"))


def war_total(asked: Asked) -> str | None:
    """Everyone, where the standing text under a title counts and names neither a side nor a place."""
    scene = asked.scene
    if scene.kind != "standfirst" or asked.made.scope == "incident" or counts_own(scene, asked.made.at):
        return None
    return None if any(scene.place_side(n) for n in scene.nps()) else scene.directory.all_id


def both_sides(asked: Asked) -> str | None:
    """Everyone, where both sides are told of."""
    scene = asked.scene
    return scene.directory.all_id if any(both(scene, n) for n in scene.nps()) else None


# -- who did it -----------------------------------------------------------------------------------------------


def foe_of_actor(asked: Asked) -> str | None:
    """The enemy of who destroyed or took it, where that is a party and has one enemy."""
    scene, actor = asked.scene, asked.made.actor
    return scene.enemy_of(actor) if scene.directory.is_party(actor) else None


def place_hit(asked: Asked) -> str | None:
    """The side of the place that is hit; of a side that hits a place of its own, it stays unknown whom."""
    side = next((s for n in (asked.np, *asked.around) if (s := asked.scene.place_side(n))), None)
    return UNTOLD if side is not None and side == asked.made.actor else side


def foe_of_attacker(asked: Asked) -> str | None:
    """The enemy of who attacks, where it has one and no place is named whose people it may hit instead."""
    made, directory = asked.made, asked.scene.directory
    named = any(name[:1].isupper() for name in made.places)
    return directory.opposite(made.actor) if made.polarity == "asserted" and not named else None


def foe_of_captor(asked: Asked) -> str | None:
    """The enemy of who took soldiers prisoner: of civilians that says nothing."""
    return foe_of_actor(asked) if asked.made.who == "military" else None


def taken_or_lost(asked: Asked) -> str | None:
    """Of whose things a source tells that names no doer: of its own where they are lost or hit, of its enemy's where
    the sentence boasts or they were taken. Of what was destroyed at the front an army need not mean its own."""
    scene, made, frame = asked.scene, asked.made, asked.frame
    if made.actor is not None:
        return None
    source = scene.speaker(made.at) or scene.memory.owner
    speaker = scene.speaking_side(made.at) or scene.speaking_memory()
    undone = frame is not None and frame.undergone and not frame.prep("by")
    if trophy(scene) or frame is None or not (undone or frame.has("lose")):
        return scene.enemy_of(speaker)
    if made.sub == "captured":
        foe = scene.enemy_of(speaker)
        return foe if foe is not None and scene.directory.is_single(foe) else UNTOLD
    if made.sub not in ("destroyed", "damaged") and not frame.has("lose"):
        return scene.enemy_of(speaker)
    if undone and source is not None and source.kind in ARMED and not frame.has("lose"):
        return scene.memory.subject
    return speaker


def trophy(scene: Scene) -> bool:
    """Whether the sentence boasts of the enemy's losses."""
    low = {c.low for g in scene.groups for c in g.cells}
    return bool(low & {"trophies", "hostile"}) or any(p.lexeme("enemy") for n in scene.nps() for p in n.chain())


# -- where ----------------------------------------------------------------------------------------------------


def placed(asked: Asked) -> str | None:
    """The side of the places that the sentence names; None where they are of several camps."""
    scene, made = asked.scene, asked.made
    found = [(n, side) for n in scene.nps() if (side := scene.place_side(n)) is not None and not speaks(scene, n)]
    if not found and made.who != "military" and (country := in_country(scene)) is not None:
        return country
    sides = [side for n, side in found if list(place_names(n, located=True))]
    if len(set(sides)) > 1 and made.places:
        own = set(made.places)
        here = list(dict.fromkeys(side for n, side in found if set(place_names(n, located=True)) & own))
        return camp_of(scene, here) if len(here) > 1 else next(iter(here), sides[0])
    return next(iter(sides), None)


def in_country(scene: Scene) -> str | None:
    """The party in whose country civilians or people died ("2,146 civilians in Ondria")."""
    groups = scene.groups
    for i in range(1, len(groups)):
        np = groups[i]
        if isinstance(np, Np) and groups[i - 1].kind == "prep" and groups[i - 1].sub == "in" and not speaks(scene, np):
            party = scene.named_party(np)
            if party is not None and party != scene.directory.all_id and scene.directory.is_party(party):
                return party
    return None


def its_place(asked: Asked) -> str | None:
    """The side of the place that the group, or its verb, names: whose houses and people stand there."""
    frame = asked.frame
    nps = (*asked.np.chain(), *((n for sub, n in frame.preps if sub != "to") if frame is not None else ()))
    return next((s for n in nps if (s := asked.scene.place_side(n))), None)


def place_of_entry(asked: Asked) -> str | None:
    """The side of the place that the entry told of before, where a count names none itself."""
    scene, made = asked.scene, asked.made
    here = made.type == "casualties" and any(scene.place_side(n) and not speaks(scene, n) for n in scene.nps())
    denied = made.type == "attack" and made.polarity != "asserted"
    own = scene.directory.overlap(scene.memory.place_side, made.actor)
    return None if here or denied or own else scene.memory.place_side


# -- who says it ----------------------------------------------------------------------------------------------


def no_losses(asked: Asked) -> str | None:
    """The side of an army that says "there were no losses" and names no place: it speaks of its own."""
    scene, np = asked.scene, asked.np
    speaker = scene.speaker(asked.made.at) or scene.memory.owner
    if speaker is None or speaker.kind not in ARMED or not np.neg:
        return None
    voice = next((v for v in scene.voices if v.start <= asked.made.at < v.end), None)
    own = [n for n in scene.nps() if voice is None or voice.start <= n.start < voice.end]
    elsewhere = any(scene.place_side(n) for n in own if not speaks(scene, n))
    counted = np.lexeme("victim", "casualties") or np.people
    return speaker.side if counted and not elsewhere else None


def of_entry(asked: Asked) -> str | None:
    """Whose losses the entry, or the heading of its list, tells of."""
    return asked.scene.memory.subject


def own_people(asked: Asked) -> str | None:
    """The side of a source that counts its own: a mayor, a rescue service, whoever admits losses, a body in the list of
    its side."""
    scene, at = asked.scene, asked.made.at
    speaker = scene.speaker(at) or scene.memory.owner
    if speaker is None or speaker.side is None:
        return None
    listed_own = scene.memory.listed is not None and speaker.side == scene.memory.listed.side
    return speaker.side if speaker.kind in OWN_KINDS or says_own(scene, at) or listed_own else None


def own_count(asked: Asked) -> str | None:
    """The side of a party's body that counts dead without saying whose, where nothing in the words points at the enemy."""
    scene, made = asked.scene, asked.made
    speaker = scene.speaker(made.at) or scene.memory.owner
    if speaker is None or not scene.directory.is_party(speaker.side) or speaker.side == scene.directory.all_id:
        return None
    hostile = any(n.lexeme("enemy") for n in scene.nps()) or any(g.has("destroy", "repel") for g in scene.frames)
    before = (n for n in scene.nps() if n.start < made.at)
    if hostile or any(scene.named_party(n) not in (None, speaker.side) for n in before):
        return None
    return speaker.side if made.who != "unknown" or made.polarity == "negated" or speaker.kind in OWN_KINDS else None


def stricken(asked: Asked) -> str | None:
    """The side of a source that tells of damage and is not who did it."""
    speaker = asked.scene.speaker(asked.made.at)
    return speaker.side if speaker is not None and speaker.kind not in ("media", "international_org") else None


def counts_own(scene: Scene, at: int) -> str | None:
    """The side of a source that counts its own people (a mayor, a rescue service)."""
    speaker = scene.speaker(at) or scene.memory.owner
    return speaker.side if speaker is not None and speaker.kind in OWN_KINDS else None


def source_side(scene: Scene, at: int) -> str | None:
    """The side of who says it: the source in the sentence, else the owner of the channel."""
    side = scene.speaking_side(at)
    if side is None and scene.memory.owner is not None and scene.speaker(at) is None:
        side = scene.memory.owner.side
    return side


def says_own(scene: Scene, at: int) -> bool:
    """Whether the clause admits: "admits to twelve dead", "own losses", "its dead", "counted no dead of its own"."""
    return any(
        c.has("admits")
        or (c.has("poss") and isinstance(p, Np) and (p.lexeme("victim") or p.lexeme("toll")) is not None)
        for g in scene.in_clause(at)
        for p in chained(g)
        for c in p.cells
    )


def is_side(np: Np) -> bool:
    """Whether a noun group is "the southern side"."""
    return np.lexeme("sideword") is not None or (
        bool(np.flags & IS_SIDE) and any(c.low.endswith(" side") for c in np.cells)
    )


def speaks(scene: Scene, np: Np) -> bool:
    """Whether a noun group is the source of the words around it."""
    return any(v.attr.span is not None and v.attr.span.start <= np.start < v.attr.span.end for v in scene.voices)


def chained(g: object) -> list[Np]:
    """The parts of a noun group; another group stands for itself."""
    return g.chain() if isinstance(g, Np) else [g]  # type: ignore[list-item]
