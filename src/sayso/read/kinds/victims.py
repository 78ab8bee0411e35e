"""Who counts as a victim, whose the victims are, of what kind, and how many: the fields of a casualty claim."""

from typing import Final

from sayso.model.vocabulary import Who
from sayso.read.drafts import Draft, both, camp_of, parties_of
from sayso.read.places import place_names
from sayso.read.scene import Scene, capital_speaks
from sayso.read.text.features import flags
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Np, Vg
from sayso.read.text.numbers import bounded

#: What is hit and counted beside people; a count of these is no count of people.
THINGS: Final = ("equip", "building", "infra", "settlement", "shots", "truce", "measure", "breach", "corridor", "talks")
OWN_KINDS: Final = frozenset(
    ("local_authority", "emergency_service", "health_ministry", "medics", "ombudsman", "prosecutor")
)
SINGLE: Final = frozenset(("he", "she", "him", "her"))


# -- who can be a victim --------------------------------------------------------------------------------------


def is_human(np: Np) -> bool:
    """Whether a noun group can be counted as people."""
    if np.lexeme("noun", *THINGS) and not np.human:
        return False
    if np.human or np.lexeme("victim") or (np.neg and len(np.cells) <= 2):
        return True
    if np.alone or (np.num is not None and not np.lexeme("attack") and not np.lexeme("weapon")):
        return not np.lexeme("noun", "measure", "target", "thing")
    named = any(n.body and n.body.kind in ("army", "armed_group") for n, _ in np.names) or any(
        n.party for n, _ in np.names
    )
    if named and np.head.low.endswith("s") and not np.lexeme("weapon") and not np.lexeme("attack"):
        return True
    return is_person(np)


def is_person(np: Np) -> bool:
    """Whether a noun group is one person: described by a singular noun, called by name, or "he" and "she"."""
    if np.neg or (np.num is not None and np.num.bare):
        return False
    if len(np.cells) == 1 and np.cells[0].low in SINGLE:
        return True
    human = np.human
    if human is not None:
        if human.feat == "pl":
            return np.num is None and titled_name(np)
        return human.feat == "sg" and not any(c.low in ("some", "any", "every", "each") for c in np.cells[:1])
    if np.lexeme("body", "expert", "official", "eyewitness") and not np.head.low.endswith("s"):
        return unknown_names(np) > 0  # "political analyst Tor Vance"
    if np.lexeme("role"):
        return not np.head.low.endswith("s") and bool(np.names or unknown_names(np))
    return is_name(np)


def titled_name(np: Np) -> bool:
    """Whether one name stands behind a title that several share ("officers Pell Vance and Ada Moor")."""
    title = next((i for i, c in enumerate(reversed(np.cells)) if c.has("noun", "human")), 0)
    names = np.cells[len(np.cells) - title :]
    known = any(c.name is not None for c in names)
    return (known or len(names) > 1) and all(c.cap and not c.lex and (c.name is None or c.name.people) for c in names)


def is_name(np: Np) -> bool:
    """Whether a noun group is nothing but a person's name."""
    if any(n.person for n, _ in np.names):
        return True
    first, last = np.cells[0], np.cells[-1]
    if (first.has("det", "poss") and len(np.cells) < 4) or (last.low.endswith("s") and unknown_names(np) < 2):
        return False  # "the Ondrians", "settlers": names of one person stand without an article
    if np.names or np.lexeme("noun") or np.lexeme("body") or np.lexeme("attack") or np.lexeme("weapon"):
        return False
    return unknown_names(np) > 0


def unknown_names(np: Np) -> int:
    """How many of its words are names that no list knows."""
    return sum(c.cap and not c.lex and c.name is None and c.low[0].isalpha() for c in np.cells)


# -- how many, of what kind -----------------------------------------------------------------------------------


def counted(scene: Scene, made: Draft, np: Np) -> None:
    """Enter the number, what it counts and of what kind; one person is one."""
    made.num, made.who = np.num, who_of(scene, np)
    if np.num is None and is_person(np):
        made.num = bounded("exact", 1, np.start, np.end)
        scene.used.add(np.start)
    made.unit = unit_for(made.who, np)
    if np.num is not None:
        scene.used.add(np.start)
        if np.num.n == 0:
            none(made)
    if np.incr and np.num is not None:
        made.scope = "increment"
    if made.who == "unknown" and (losses := governor(scene, made.at)) is not None and losses is not np:
        made.who = who_of(scene, losses)
        made.unit = unit_for(made.who, np)


def surpassed(scene: Scene, made: Draft) -> None:
    """Make it more than the number where a verb says that the count has left it behind ("has passed 200"), and up to it
    where the verb is negated."""
    vg = next((g for g in reversed(scene.groups) if isinstance(g, Vg) and g.start < made.at), None)
    if vg is None or "exceed" not in vg.classes or made.num is None or made.num.n is None or made.num.op != "exact":
        return
    made.num = bounded("up_to" if vg.neg else "more_than", made.num.n, made.num.start, made.num.end)


def none(made: Draft) -> None:
    """Make it a claim of no casualties: zero said, not unknown (R3)."""
    made.polarity = "negated"
    made.num = bounded("none", None, made.start, made.end)
    made.unit = None
    made.scope = None


def unit_for(who: str | None, np: Np) -> str:
    """What a count of a noun group counts."""
    for part in np.chain():
        people = part.people
        if people is not None and people.unit:
            return people.unit if not (people.unit == "people" and who == "military") else "soldiers"
    return {"military": "soldiers", "civilian": "civilians"}.get(who or "", "people")


def who_of(scene: Scene, np: Np) -> Who:
    """Military, civilian, both or unknown, from the words of the group alone."""
    found: set[str] = set()
    for part in np.chain():
        people = part.human
        if people is not None and people.who in ("military", "civilian"):
            found.add(people.who)
        lows = {w for c in part.cells for w in c.low.split()}
        if "civilian" in lows or "civilians" in lows:
            found.add("civilian")
        elif (
            lows & {"military", "combat", "personnel", "manpower"}
            or part.lexeme("noun", "unit")
            or any(n.body and n.body.kind == "army" for n, _ in part.names)
        ):
            found.add("military")
        if found:
            break
    return "both" if len(found) > 1 else "military" if "military" in found else "civilian" if found else "unknown"


# -- whose ----------------------------------------------------------------------------------------------------


def subject_of(scene: Scene, made: Draft, np: Np, frame: Frame | None) -> str | None:
    """Whose dead they are: the group's own words, "on the southern side", the loser, the place, the entry."""
    if (own := scene.party_of(np)) is not None:
        made.firm = True
        return own
    if hostile(scene, made):
        return scene.enemy_of(source_side(scene, made.at))
    if (losses := governor(scene, made.at)) is not None and (found := scene.party_of(losses)) is not None:
        return found
    if (own := said_of(scene, made, np, frame)) is not None:
        made.firm = True
        return own
    losing = [f for f in scene.frames if f.has("lose") and f.vg.start < made.at]
    if losing and (losers := parties_of(scene, losing[-1].subj)):
        return losers[0]
    if (
        scene.kind == "standfirst"
        and counts_own(scene, made.at) is None
        and made.scope != "incident"
        and not any(True for n in scene.nps() if scene.place_side(n))
    ):
        made.scope, made.since = made.scope or "cumulative", made.since or scene.memory.since
        return scene.directory.all_id
    if any(both(scene, n) for n in scene.nps()):
        return scene.directory.all_id
    return no_losses(scene, made, np) or by_place(scene, made) or by_source(scene, made)


def no_losses(scene: Scene, made: Draft, np: Np) -> str | None:
    """The side of an army that says "there were no losses" and names no place: it speaks of its own."""
    speaker = scene.speaker(made.at) or scene.memory.owner
    if speaker is None or speaker.kind not in ("army", "defence_ministry", "armed_group") or not np.neg:
        return None
    placed = any(scene.place_side(n) for n in scene.nps() if not speaks(scene, n))
    return speaker.side if np.lexeme("victim", "casualties") and not placed else None


def said_of(scene: Scene, made: Draft, np: Np, frame: Frame | None) -> str | None:
    """The side that the words around a count name for it."""
    if (here := beside_place(scene, np)) is not None:
        return here
    for sub, other in frame.preps if frame else ():
        at_home = sub in ("on", "among", "from", "for", "side") or (sub == "in" and other.lexeme("sideword"))
        if at_home and (party := scene.named_party(other)) is not None:
            return party
        if at_home and other.lexeme("other") and (foe := scene.enemy_of(source_side(scene, made.at))):
            return foe
    for g in scene.in_clause(made.at):
        if (
            isinstance(g, Np)
            and (is_side(g) or g.people or (g.num is not None and not capital_speaks(g)))
            and (g.start < made.at or is_side(g))
            and (p := scene.named_party(g)) is not None
        ) and not speaks(scene, g):
            return p
    return heading_side(scene, made.at)


def beside_place(scene: Scene, np: Np) -> str | None:
    """The side of the place right behind counted people ("two residents of villages in X", "five people in Y")."""
    if np.num is None or np not in scene.groups:
        return None
    at = scene.index(np)
    if (
        at + 2 >= len(scene.groups)
        or scene.groups[at + 1].kind != "prep"
        or scene.groups[at + 1].sub not in ("in", "from")
    ):
        return None
    nxt = scene.groups[at + 2]
    more = scene.groups[at + 3] if at + 3 < len(scene.groups) else None
    if not isinstance(nxt, Np) or (more is not None and more.kind == "conj"):
        return None
    side = scene.place_side(nxt)
    if side is None and who_of(scene, np) == "civilian":
        side = scene.named_party(nxt)
    return side


LOSSES: Final = flags("victim", "toll")


def governor(scene: Scene, at: int) -> Np | None:
    """The losses that a count is given for ("put the losses of the column at thirty dead"): the last before it."""
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


def heading_side(scene: Scene, at: int) -> str | None:
    """The side that the words before a colon name for the counts behind it ("Civilians in Orland: 21 killed")."""
    colon = next((g.start for g in scene.groups if g.kind == "colon" and g.end <= at), None)
    if colon is None:
        return None
    before = [n for n in scene.nps() if n.start < colon and not speaks(scene, n)]
    bare = len(before) == 1 and scene.kind in ("bullet", "list") and scene.named_party(before[0]) is not None
    if not bare and not any(n.people or n.lexeme("victim") or n.lexeme("toll") for n in before):
        return None
    found = list(dict.fromkeys(p for n in before for p in [scene.party_of(n) or scene.place_side(n)] if p))
    return found[0] if len(found) == 1 else camp_of(scene, found) if found else None


IS_SIDE: Final = flags("~side")


def is_side(np: Np) -> bool:
    """Whether a noun group is "the southern side"."""
    return np.lexeme("sideword") is not None or (
        bool(np.flags & IS_SIDE) and any(c.low.endswith(" side") for c in np.cells)
    )


def speaks(scene: Scene, np: Np) -> bool:
    """Whether a noun group is the source of the words around it."""
    return any(v.attr.span is not None and v.attr.span.start <= np.start < v.attr.span.end for v in scene.voices)


def source_side(scene: Scene, at: int) -> str | None:
    """The side of who says it: the source in the sentence, else the owner of the channel."""
    side = scene.speaking_side(at)
    if side is None and scene.memory.owner is not None and scene.speaker(at) is None:
        side = scene.memory.owner.side
    return side


def hostile(scene: Scene, made: Draft) -> bool:
    """Whether a side tells of its kills ("60 fighters eliminated", "our gunners killed 40")."""
    side = source_side(scene, made.at)
    if side is None or not scene.directory.is_party(side):
        return False
    if any(c.has("hostile") for g in scene.in_clause(made.at) for p in chained(g) for c in p.cells):
        return True
    doers = [f for f in scene.frames if f.has("kill", "wound", "harm") and not f.undergone and f.vg.start <= made.at]
    return any(scene.party_of(n) == side for f in doers if f.objs for n in f.subj)


def chained(g: object) -> list[Np]:
    """The parts of a noun group; another group stands for itself."""
    return g.chain() if isinstance(g, Np) else [g]  # type: ignore[list-item]


def by_place(scene: Scene, made: Draft) -> str | None:
    """The side of the places that the sentence names, else of the entry's; None where they are of several camps."""
    placed = [(n, side) for n in scene.nps() if (side := scene.place_side(n)) is not None and not speaks(scene, n)]
    if not placed and made.who != "military" and (country := in_country(scene, made)) is not None:
        return country
    found = [side for n, side in placed if list(place_names(n, located=True))]
    if not found:
        return scene.memory.place_side
    if len(set(found)) > 1 and made.places:
        here = list(dict.fromkeys(side for n, side in placed if set(place_names(n, located=True)) & set(made.places)))
        return camp_of(scene, here) if len(here) > 1 else next(iter(here), found[0])
    return found[0]


def in_country(scene: Scene, made: Draft) -> str | None:
    """The party in whose country civilians or people died ("2,146 civilians in Ondria")."""
    groups = scene.groups
    for i in range(1, len(groups)):
        np = groups[i]
        if isinstance(np, Np) and groups[i - 1].kind == "prep" and groups[i - 1].sub == "in" and not speaks(scene, np):
            party = scene.named_party(np)
            if party is not None and party != scene.directory.all_id and scene.directory.is_party(party):
                return party
    return None


def counts_own(scene: Scene, at: int) -> str | None:
    """The side of a source that counts its own people (a mayor, a rescue service)."""
    speaker = scene.speaker(at) or scene.memory.owner
    return speaker.side if speaker is not None and speaker.kind in OWN_KINDS else None


def by_source(scene: Scene, made: Draft) -> str | None:
    """The side of a source that counts its own dead (a mayor, a rescue service), or the entry's subject."""
    speaker = scene.speaker(made.at) or scene.memory.owner
    if scene.memory.subject is not None:
        return scene.memory.subject
    if speaker is not None and speaker.side and (speaker.kind in OWN_KINDS or says_own(scene, made.at)):
        return speaker.side
    if speaker is not None and scene.memory.listed is not None and speaker.side == scene.memory.listed.side:
        return speaker.side
    return own_count(scene, made)


def own_count(scene: Scene, made: Draft) -> str | None:
    """The side of a party's body that counts dead without saying whose, where nothing in the words points at the enemy."""
    speaker = scene.speaker(made.at) or scene.memory.owner
    if speaker is None or not scene.directory.is_party(speaker.side) or speaker.side == scene.directory.all_id:
        return None
    hostile = any(n.lexeme("enemy") for n in scene.nps()) or any(
        g.has(c) for g in scene.frames for c in ("destroy", "repel")
    )
    before = (n for n in scene.nps() if n.start < made.at)
    if hostile or any(scene.named_party(n) not in (None, speaker.side) for n in before):
        return None
    own = made.who != "unknown" or made.polarity == "negated" or speaker.kind in OWN_KINDS
    return speaker.side if own else None


def says_own(scene: Scene, at: int) -> bool:
    """Whether the clause admits: "admits to twelve dead", "own losses", "its dead", "counted no dead of its own"."""
    return any(
        c.has("admits")
        or (c.has("poss") and isinstance(p, Np) and (p.lexeme("victim") or p.lexeme("toll")) is not None)
        for g in scene.in_clause(at)
        for p in chained(g)
        for c in p.cells
    )
