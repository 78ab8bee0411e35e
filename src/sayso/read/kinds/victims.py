"""Who counts as a victim, of what kind, and how many: the fields of a casualty claim."""

from typing import Final

from sayso.model.vocabulary import Who
from sayso.read.drafts import Draft
from sayso.read.evidence import governor
from sayso.read.scene import Scene
from sayso.read.text.groups import Np, Vg
from sayso.read.text.numbers import bounded

#: What is hit and counted beside people; a count of these is no count of people.
THINGS: Final = ("equip", "building", "infra", "settlement", "shots", "truce", "measure", "breach", "corridor", "talks")
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
