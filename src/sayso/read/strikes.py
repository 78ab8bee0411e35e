"""Attacks told of by a noun: "the strike on the depot", "mortars on Hallin", "fierce fighting", "a quiet night"."""

from typing import Final

from sayso.read.drafts import (
    Draft,
    names_or_spots,
    place_names,
    spanned,
    timed,
)
from sayso.read.groups import Np, Vg
from sayso.read.scene import Scene
from sayso.read.weapons import TARGETS, place_subject, weapon_of

NOUN_PREPS: Final = frozenset(("on", "in", "against", "at", "to", "of", "over"))


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
