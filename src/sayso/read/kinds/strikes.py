"""Attacks told of by a noun: "the strike on the depot", "mortars on Hallin", "fierce fighting", "a quiet night"."""

from collections.abc import Sequence
from typing import Final

from sayso.read.drafts import Draft, agent, spanned, timed
from sayso.read.kinds.weapons import TARGETS, flown, weapon_of
from sayso.read.places import INSIDE, names_or_spots, place_names
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Np, Vg
from sayso.read.whose import attacked

NOUN_PREPS: Final = frozenset(("on", "in", "against", "at", "to", "of", "over"))


#: Effects: an attack that is said to have them is told of, whatever stands around it.
EFFECTS: Final = ("kill", "wound", "die", "damage", "destroy", "raze", "shake", "evacuate", "flee")
DOING: Final = ("occur", "continue", "count", "start", "perform")
TOLD: Final = frozenset(
    ["recorded", "reported", "heard", "registered", "noted", "observed", "repelled", "repulsed", "spoke",
     "spotted", "documented", "logged"]
)  # fmt: skip
ADRIFT: Final = frozenset(("halt", "end", "stop", "pause", "cessation", "halted", "stopping", "beginning", "start",
    "outbreak", "intensity", "victims", "circumstances", "consequences", "aftermath", "reports", "threat", "risk",
    "danger", "case", "possibility", "fear", "fears", "mention", "mentions", "reference", "references", "uptick", "surge",
    "spike", "rise", "increase", "decline", "fall"))  # fmt: skip


def from_noun(scene: Scene, at: int, np: Np) -> Draft | None:
    """ "the strike on the depot", "mortars on Hallin", "fierce fighting", "a quiet night"."""
    part = next((p for p in np.chain() if p.lexeme("attack")), None)
    if part is None and np.lexeme("weapon") is None:
        return None
    behind = places_behind(scene, at)
    sub = sub_of(scene, at, np, part, behind)
    minus = np.low == "minus" or (at > 0 and scene.groups[at - 1].low == "minus")  # "minus two drones": losses
    if sub is None or minus or in_talk(scene, at):
        return None
    frame = frame_of(scene, np)
    if not behind and not told(scene, at, np, frame) and sub != "calm":
        return None
    if sub == "clash" and not told(scene, at, np, frame):
        return None
    if sub == "shelling" and part is not None and part.head.low == "fire" and not behind and frame is None:
        return None
    made = Draft("attack", sub, "attack.noun", np.start, spanned(np))
    made.polarity = "negated" if (np.neg or (frame is not None and frame.vg.neg)) and sub != "calm" else "asserted"
    groups = [g for g in scene.in_clause(np.start) if isinstance(g, Np)]
    where = [*behind, *np.chain()[1:]]
    made.places = names_or_spots(scene, where, where) if where else clause_places(groups)
    parties(scene, np, made, where or groups, frame)
    timed(made, [g.when for g in scene.in_clause(np.start) if g.when is not None])
    if sub == "calm" and made.first is None and scene.published is not None and this_night(scene, np.start):
        made.first = made.last = scene.published.isoformat()[:10]  # "the night was calm": the one just past
        made.basis = "relative"
    made.scope = None
    return made


def this_night(scene: Scene, at: int) -> bool:
    """Whether a clause is about "the night", "the day" just past (and not about some quiet night)."""
    cells = [c.low for g in scene.in_clause(at) for c in g.cells]
    return any(f"the {w}" in " ".join(cells) for w in ("night", "day", "morning", "evening"))


def sub_of(scene: Scene, at: int, np: Np, part: Np | None, behind: Sequence[Np]) -> str | None:
    """The kind of attack that a noun group tells of, None if it tells of none."""
    if part is None:
        weapon = np.lexeme("weapon")
        if weapon is None or weapon.feat or not behind or not headline_weapon(scene, at, np):
            return None
        return weapon_of([np])
    lexeme = part.lexeme("attack")
    assert lexeme is not None
    sub = lexeme.cls
    if sub == "other":
        frame = frame_of(scene, np)
        by = [*frame.subj, *frame.prep("with")] if frame is not None and np in frame.objs else [np]
        sub = weapon_of([np, *by]) or ("air" if flown(by) else "ground" if along_the_front(scene, at, np) else sub)
    return sub


def along_the_front(scene: Scene, at: int, np: Np) -> bool:
    """Whether an "attack" is troops going forward: "a large attack in the south", "attacked along the front"."""
    if np.head.low not in ("attack", "attacks"):
        return False
    nxt = scene.groups[at + 2] if at + 2 < len(scene.groups) and scene.groups[at + 1].kind == "prep" else None
    return isinstance(nxt, Np) and scene.groups[at + 1].low in ("in", "along", "across") and front(nxt)


def front(np: Np) -> bool:
    """Whether a noun group is a part of the front ("the south", "all directions")."""
    return np.head.low in COMPASS or np.lexeme("noun", "region") is not None


COMPASS: Final = frozenset(
    ("south", "north", "east", "west", "centre", "southeast", "northeast", "southwest", "northwest")
)


def frame_of(scene: Scene, np: Np) -> Frame | None:
    """The frame whose subject or object a noun group is."""
    return next((f for f in scene.frames if any(n is np for n in (*f.subj, *f.objs))), None)


def parties(scene: Scene, np: Np, made: Draft, hit: Sequence[Np], frame: Frame | None) -> None:
    """Enter who attacked and who suffered it."""
    words = {c.low for c in np.cells}
    mutual = bool({"mutual", "reciprocal", "exchange"} & {w for word in words for w in word.split()})
    if made.sub == "clash" or mutual:
        made.actor = scene.directory.all_id
        return
    if made.sub == "calm":
        return
    made.actor = noun_actor(scene, np)
    if made.actor is None and frame is not None and np in frame.objs and frame.has("perform", "continue", "start"):
        made.actor = agent(scene, frame)
    attacked(scene, made, targets(hit), hit)


def noun_actor(scene: Scene, np: Np) -> str | None:
    """Whose strike it is: by its adjective, or behind "by"."""
    if (named := scene.named_party(np)) is not None:
        return named
    at = next((i for i, g in enumerate(scene.groups) if g is np), 0)
    for i in range(at + 1, min(len(scene.groups) - 1, at + 5)):
        g, nxt = scene.groups[i], scene.groups[i + 1]
        if g.kind == "prep" and g.sub in ("by", "from") and isinstance(nxt, Np):
            return scene.party_of(nxt)
        if not (g.kind == "prep" or isinstance(g, Np)):
            break
    return None


def targets(hit: Sequence[Np]) -> list[Np]:
    """The first people or things among what stands behind "on"."""
    return [n for n in hit if n.people or n.lexeme("noun", "unit", "equip", "building")][:1]


def clause_places(groups: list[Np]) -> tuple[str, ...]:
    """The named places of a clause."""
    return tuple(dict.fromkeys(p for n in groups for p in place_names(n, located=False)))


def places_behind(scene: Scene, at: int) -> list[Np]:
    """The places or targets behind a noun of attack ("on Ubel and Sarn", "in the south", "of the town")."""
    np = scene.groups[at]
    assert isinstance(np, Np)
    if any(n.place and not n.party for n, _ in np.names) and any(c.low.endswith((" on", " over")) for c in np.cells):
        return [np]
    out = [part for part in np.chain()[1:] if is_target(part)][:1]
    i = at + 1
    if np.cells[-1].low.endswith((" on", " over")) and i < len(scene.groups) and isinstance(nxt := scene.groups[i], Np):
        return [nxt]
    while i < len(scene.groups):
        g, before = scene.groups[i], scene.groups[i - 1]
        if isinstance(g, Np):
            named = bool(list(place_names(g, located=True, country=before.low in INSIDE)))
            reached = before.kind == "prep" and before.sub in NOUN_PREPS and (named or is_target(g))
            if reached or (before.kind == "conj" and out and named):
                out.append(g)
            elif before.kind != "comma" or named or g.lexeme("noun"):
                break
        elif g.kind not in ("prep", "conj", "comma", "adv", "other") or (g.kind == "prep" and g.sub not in NOUN_PREPS):
            break
        i += 1
    return out


def is_target(np: Np) -> bool:
    """Whether a noun group is a place or a thing that is hit."""
    return bool(list(place_names(np, located=True))) or np.lexeme("noun", *TARGETS) is not None


def headline_weapon(scene: Scene, at: int, np: Np) -> bool:
    """Whether a weapon with a place behind it is an attack of its own: "Mortars on Hallin", not "flew drones over"."""
    nxt = scene.groups[at + 1]
    return nxt.low in ("on", "over") and not (at and isinstance(scene.groups[at - 1], Vg)) and not np.num


def told(scene: Scene, at: int, np: Np, frame: Frame | None) -> bool:
    """Whether a noun of attack is told of: "there was no strike", "reported shelling", "shelling continued"."""
    if any(p.lexeme("attack", "clash") for p in np.chain()[1:]):
        return goes_on(scene, at, np)
    if np.lexeme("attack", "calm") is not None:
        return True
    prior = scene.groups[at - 1] if at else None
    clash = np.lexeme("attack", "clash") is not None
    if prior is not None and (prior.kind == "prep" or prior.low == "after"):
        return not clash and caused(scene, np)
    if frame is not None and frame.vg.start >= scene.start and verb_tells(frame, np):
        return True
    near = [g for g in scene.groups[max(0, at - 2) : at + 3] if isinstance(g, Vg)]
    if any(c.has("hedge") and c.low.endswith(" reported") for c in np.cells):
        return True
    if any(v.main and v.main.low in TOLD for v in near):
        return True
    return goes_on(scene, at, np) if clash else scene.kind == "headline" and frame is None and front_page(scene, at)


def front_page(scene: Scene, at: int) -> bool:
    """Whether a headline is little more than the attack ("A large attack in the south")."""
    return at == 0 and not any(isinstance(g, Vg) for g in scene.groups)


def verb_tells(frame: Frame, np: Np) -> bool:
    """Whether the verb says that the attack its subject or object names happened."""
    low = frame.vg.main.low if frame.vg.main else ""
    if np in frame.subj:
        if frame.undergone:
            return low in TOLD or frame.has("perform", "count", "start", "continue")
        return frame.has(*DOING, *EFFECTS) or in_progress(frame) or low in ("left", "leaves")
    existential = not frame.vg.classes and not frame.subj
    return existential or frame.has("perform", "count", "continue", "start") or low in TOLD


def in_progress(frame: Frame) -> bool:
    """ "is under way", "are still going on", "is in full swing"."""
    return not frame.vg.classes and any(n.low in ("way", "progress", "full swing", "full") for _, n in frame.preps)


def caused(scene: Scene, np: Np) -> bool:
    """Whether the attack stands behind a preposition as what killed or damaged ("died of shelling", "hit in a raid")."""
    frame = next((f for f in scene.frames if any(n is np for _, n in f.preps)), None)
    if frame is None:
        frame = before_it(scene, np)
    return frame is not None and frame.has(*EFFECTS) and not frame.vg.neg


def before_it(scene: Scene, np: Np) -> Frame | None:
    """The verb before "after the shelling", which tells what the shelling did ("were brought in after the shelling")."""
    at = next((i for i, g in enumerate(scene.groups) if g is np), 0)
    nxt = scene.groups[at + 1] if at + 1 < len(scene.groups) else None
    if not at or scene.groups[at - 1].low != "after" or isinstance(nxt, Vg):
        return None
    return next((f for f in reversed(scene.frames) if f.at < at), None)


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
    nxt = next((g for g in scene.groups[at + 1 :] if g.kind not in ("adv", "time")), None)
    if nxt is None or (scene.kind == "headline" and not isinstance(nxt, (Vg, Np))):
        return True
    frame = frame_of(scene, np)
    past_prep = next((g for g in scene.groups[at + 1 : at + 8] if isinstance(g, Vg)), None)
    if past_prep is not None and past_prep.classes & {"continue", "start", "occur"}:
        return True
    return (frame is not None and verb_tells(frame, np)) or bool(prior and isinstance(prior, Vg) and not prior.classes)


def in_talk(scene: Scene, at: int) -> bool:
    """Whether the attack is only what is talked of: blamed, denied, agreed to end, asked to stop."""
    np = scene.groups[at]
    assert isinstance(np, Np)
    if any(p.lexeme("noun", "truce") for p in np.chain()):
        return True
    before = scene.groups[max(0, at - 4) : at]
    words = {c.low for g in before if g.kind != "time" for c in g.cells}
    halting = words & ADRIFT
    verbs = any(
        isinstance(g, Vg) and g.classes & {"deny", "urge", "agree", "condemn", "repel", "accuse", "provoke", "threaten"}
        for g in before
    )
    return bool(halting or verbs) or any(p.lexeme("noun", "crime") for p in np.chain())
