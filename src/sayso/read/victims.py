"""Whose the victims are, of what kind, and how many: the fields of a casualty claim."""

from typing import Final

from sayso.model.vocabulary import Who
from sayso.read.drafts import Draft, both, camp_of, parties_of, place_names
from sayso.read.frames import Frame
from sayso.read.groups import Np
from sayso.read.numbers import bounded
from sayso.read.scene import Scene

#: Words that a side uses of the other's dead.
HOSTILE: Final = frozenset(
    (
        "eliminated",
        "neutralised",
        "neutralized",
        "liquidated",
        "militants",
        "terrorists",
        "occupiers",
        "invaders",
        "attackers",
    )
)
OWN_KINDS: Final = frozenset(
    ("local_authority", "emergency_service", "health_ministry", "medics", "ombudsman", "prosecutor")
)


def counted(scene: Scene, made: Draft, np: Np) -> None:
    """Enter the number, what it counts and of what kind."""
    made.num, made.who = np.num, who_of(scene, np)
    made.unit = unit_for(made.who, np)
    if np.num is not None:
        scene.used.add(np.start)
    if np.incr and np.num is not None:
        made.scope = "increment"


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
        people = part.people
        if people is not None and people.who in ("military", "civilian"):
            found.add(people.who)
        lows = {w for c in part.cells for w in c.low.split()}
        if "civilian" in lows or "civilians" in lows:
            found.add("civilian")
        elif (
            lows & {"military", "combat"}
            or part.lexeme("noun", "unit")
            or any(n.body and n.body.kind == "army" for n, _ in part.names)
        ):
            found.add("military")
        if found:
            break
    return "both" if len(found) > 1 else "military" if "military" in found else "civilian" if found else "unknown"


def subject_of(scene: Scene, made: Draft, np: Np, frame: Frame | None) -> str | None:
    """Whose dead they are: the group's own words, "on the southern side", the loser, the place, the entry."""
    if (own := scene.party_of(np)) is not None:
        return own
    for sub, other in frame.preps if frame else ():
        at_home = sub in ("on", "among", "from", "for", "side") or (sub == "in" and other.lexeme("sideword"))
        if at_home and (party := scene.named_party(other)) is not None:
            return party
    for g in scene.in_clause(made.at):
        if (
            isinstance(g, Np)
            and (is_side(g) or g.people)
            and (g.start < made.at or is_side(g))
            and (p := scene.named_party(g)) is not None
        ) and not speaks(scene, g):
            return p
    if (headed := heading_side(scene, made.at)) is not None:
        return headed
    losing = [f for f in scene.frames if f.has("lose") and f.vg.start < made.at]
    if losing and (losers := parties_of(scene, losing[-1].subj)):
        return losers[0]
    if (
        scene.kind == "standfirst"
        and made.scope != "incident"
        and not any(True for n in scene.nps() if scene.place_side(n))
    ):
        made.scope, made.since = made.scope or "cumulative", made.since or scene.memory.since
        return scene.directory.all_id
    if any(both(scene, n) for n in scene.nps()):
        return scene.directory.all_id
    return by_place(scene, made) or by_source(scene, made)


def heading_side(scene: Scene, at: int) -> str | None:
    """The side that the words before a colon name for the counts behind it ("Civilians in Orland: 21 killed")."""
    colon = next((g.start for g in scene.groups if g.kind == "colon" and g.end <= at), None)
    if colon is None:
        return None
    before = [n for n in scene.nps() if n.start < colon and not speaks(scene, n)]
    if not any(n.people or n.lexeme("victim") or n.lexeme("toll") for n in before):
        return None
    found = list(dict.fromkeys(p for n in before for p in [scene.party_of(n) or scene.place_side(n)] if p))
    return found[0] if len(found) == 1 else camp_of(scene, found) if found else None


def is_side(np: Np) -> bool:
    """Whether a noun group is "the southern side"."""
    return np.lexeme("sideword") is not None or any(c.low.endswith(" side") for c in np.cells)


def speaks(scene: Scene, np: Np) -> bool:
    """Whether a noun group is the source of the words around it."""
    return any(v.attr.span is not None and v.attr.span.start <= np.start < v.attr.span.end for v in scene.voices)


def by_place(scene: Scene, made: Draft) -> str | None:
    """The side of the first place that the sentence names, else of the entry's."""
    for np in scene.nps():
        if not speaks(scene, np) and (side := scene.place_side(np)) is not None and list(place_names(np, located=True)):
            return side
    return scene.memory.place_side


def by_source(scene: Scene, made: Draft) -> str | None:
    """The side of a source that counts its own dead (a mayor, a rescue service), or the entry's subject."""
    speaker = scene.speaker(made.at)
    if scene.memory.subject is not None:
        return scene.memory.subject
    if speaker is not None and speaker.side and (speaker.kind in OWN_KINDS or says_own(scene, made.at)):
        return speaker.side
    if speaker is not None and scene.memory.listed is not None and speaker.side == scene.memory.listed.side:
        return speaker.side
    return own_count(scene, made)


def own_count(scene: Scene, made: Draft) -> str | None:
    """The side of a party's body that counts dead without saying whose, where nothing in the words points at the enemy."""
    speaker = scene.speaker(made.at)
    if speaker is None or not scene.directory.is_party(speaker.side) or speaker.side == scene.directory.all_id:
        return None
    hostile = any(n.lexeme("enemy") for n in scene.nps()) or any(
        g.has(c) for g in scene.frames for c in ("destroy", "repel")
    )
    words = {c.low for g in scene.groups for c in g.cells}
    if hostile or words & HOSTILE or any(scene.named_party(n) not in (None, speaker.side) for n in scene.nps()):
        return None
    return speaker.side if made.who != "unknown" or speaker.kind in OWN_KINDS else None


def says_own(scene: Scene, at: int) -> bool:
    """Whether the clause admits: "admits to twelve dead", "own losses", "counted no dead of its own"."""
    cues = {
        "fallen",
        "admits",
        "admitted",
        "acknowledged",
        "acknowledges",
        "conceded",
        "own",
        "ours",
        "concedes",
        "confirmed its",
    }
    return any(c.low in cues for g in scene.in_clause(at) for c in g.cells)
