"""What is done and said: attacks, control, movements, truces, corridors, diplomacy, measures."""

from collections.abc import Iterator
from typing import Final

from sayso.read.clauses.binding import counted
from sayso.read.clauses.roles import doer, drafted, is_agent, places_at
from sayso.read.clauses.sentence import Count, Sentence, Trigger
from sayso.read.clauses.sides import opposite, parties_in, place_side, places_in
from sayso.read.clauses.voicing import speech
from sayso.read.drafts import Draft
from sayso.read.scene import OUTLET

WEAPONS: Final = {"missile": "missile", "drone": "drone", "shell": "shelling", "aircraft": "air", "gun": "shelling"}
LIFELESS: Final = ("truce.", "corridor.", "movement.", "diplomacy.", "other.", "accusation.")
CONTROL: Final = {"take": "taken", "lose": "lost", "hold": "held"}
#: What is done before something is asked for in it: no claim of who asks ("phoned him and called for talks").
DONE: Final = ("call", "meeting", "visit")
#: Words of control that are claims even where no place is named ("regained control").
FIRM: Final = "control."


def deeds(s: Sentence) -> list[Draft]:
    """All drafts of deeds of a sentence, each deed once."""
    out: list[Draft] = []
    for trigger in s.triggers:
        if trigger.i in s.silent or trigger.i in s.sourced:
            continue
        for made in told(s, trigger):
            merge(s, out, made)
    out = [d for d in out if not presupposed(s, d, out)]
    for d in out:  # "urged the sides to open a corridor"
        if d.type == "corridor" and d.sub == "opened" and any(o.sub == "appeal" and near(s, o, d) for o in out):
            d.sub, d.modality = "called_for", "appeal"
    asked = {d.type for d in out if d.modality == "appeal" and d.sub != "appeal"}
    return [d for d in out if not (d.sub == "appeal" and asked)]


def told(s: Sentence, trigger: Trigger) -> Iterator[Draft]:
    """The drafts of one trigger."""
    cls = trigger.cls
    if cls.startswith("attack.") or cls == "launch":
        yield from attack(s, trigger)
    elif cls in CONTROL or cls.startswith(FIRM):
        yield from control(s, trigger)
    elif cls.startswith("accusation."):
        if any(w.one("say", "accuse") for w in s.words) or trigger.lex.feat == "n!":
            yield accusation(s, trigger)
    elif cls.startswith(LIFELESS) and not list(counted(s, trigger)):
        yield deed(s, trigger)


def merge(s: Sentence, out: list[Draft], made: Draft) -> None:
    """Add a draft unless it tells a deed that is there already; the one that says more stays."""
    for n, other in enumerate(out):
        if other.type != made.type or not same_place(s, other, made):
            continue
        beaten = "repelled" in (other.sub, made.sub) and near(s, other, made)
        if other.sub == made.sub or (made.type == "attack" and ("other" in (other.sub, made.sub) or beaten)):
            if made.num is not None and other.num is not None and made.num != other.num:
                continue
            keep, drop = (made, other) if rank(made) > rank(other) else (other, made)
            keep.actor = keep.actor or drop.actor
            keep.subject = keep.subject if keep.sub == "repelled" else keep.subject or drop.subject
            keep.places = keep.places or drop.places
            keep.num = keep.num or drop.num
            keep.unit = keep.unit or drop.unit
            keep.at = min(keep.at, drop.at)
            out[n] = keep
            return
    out.append(made)


def presupposed(s: Sentence, made: Draft, told_: list[Draft]) -> bool:
    """Whether a noun of attack is only what a statement is about ("condemned the strike on A")."""
    return made.type == "attack" and any(
        d.type == "diplomacy" and d.sub == "statement" and d.at < made.at and near(s, d, made) for d in told_
    )


def rank(made: Draft) -> tuple[bool, bool, bool]:
    """Which of two drafts of one deed says more: an attack beaten off, a named weapon, a number."""
    return made.sub == "repelled", made.sub != "other", made.num is not None


def near(s: Sentence, a: Draft, b: Draft) -> bool:
    """Whether two drafts stand in one segment."""
    at = {n: k for k, w in enumerate(s.words) for n in (w.start,)}
    return a.at in at and b.at in at and s.segs[at[a.at]] == s.segs[at[b.at]]


def same_place(s: Sentence, a: Draft, b: Draft) -> bool:
    """Whether two drafts of a type can be one deed: the same voice, no differing places or doers."""
    if s.scene.speaker(a.at) != s.scene.speaker(b.at) or a.polarity != b.polarity:
        return False
    beaten = "repelled" in (a.sub, b.sub) and near(s, a, b)
    if a.actor and b.actor and a.actor != b.actor and not beaten:
        return False
    return not a.places or not b.places or set(a.places) == set(b.places)


# -- attacks --------------------------------------------------------------------------------------------------


def attack(s: Sentence, trigger: Trigger) -> Iterator[Draft]:
    """Shelling, missiles, air, drones, ground attacks, clashes, attacks beaten off, a calm night."""
    sub, counts = trigger.cls.partition(".")[2], list(counted(s, trigger))
    count = next((c for c in counts if c.num is not None), None)
    if trigger.cls == "launch":
        weapon = next((c for c in counts if c.noun is not None and c.noun.cls in WEAPONS), None)
        if weapon is None or weapon.noun is None:
            return
        sub, count = WEAPONS[weapon.noun.cls], weapon
    elif sub in ("other", "hit"):
        sub = weapon_near(s, trigger, counts)
    made = drafted(s, trigger, "attack", sub, count)
    if count is not None and count.kind == "times":
        made.unit = trigger.lex.unit or "attacks"
    made.polarity = "asserted" if sub == "calm" else made.polarity
    if made.polarity == "negated":
        made.num = None
    if sub == "calm":
        made.num = None
    yield parties_of(s, trigger, made)


def weapon_near(s: Sentence, trigger: Trigger, counts: list[Count]) -> str:
    """The kind of a strike, by the weapon beside it; "other" where none is named."""
    for count in counts:
        if count.noun is not None and count.noun.cls in WEAPONS:
            return WEAPONS[count.noun.cls]
    for k in s.seg(trigger.i):
        word = s.words[k]
        if (weapon := word.one("weapon")) is not None and abs(k - trigger.i) <= 6:
            return weapon.cls
    return "other"


def parties_of(s: Sentence, trigger: Trigger, made: Draft) -> Draft:
    """The attack with who attacks and whom; fighting of two sides is both's."""
    if made.sub in ("clash", "calm"):
        made.actor = s.scene.directory.all_id if made.sub == "clash" else None
        return made
    made.actor = doer(s, trigger)
    target = place_side(s, s.seg(trigger.i)) or next(
        (p for k, p in parties_in(s, s.seg(trigger.i)) if p != made.actor and not is_agent(s, k)), None
    )
    if made.sub == "repelled":
        speaking = s.scene.speaking_side(made.at)
        made.actor = made.actor if made.actor and made.actor != speaking else opposite(s, speaking) or made.actor
        made.subject = None
        return made
    if made.actor is not None and target is not None and s.scene.directory.overlap(made.actor, target):
        target = None if not place_side(s, s.seg(trigger.i)) else target
    made.subject = target or opposite(s, made.actor)
    if made.actor is None and trigger.cls == "launch":
        made.actor = opposite(s, made.subject)
    if made.subject is None:
        side = s.scene.speaking_side(made.at)
        attr = s.scene.speaker(made.at)
        if side is not None and attr is not None and attr.kind not in ("army", "armed_group", "defence_ministry"):
            made.subject = side
    return made


# -- control --------------------------------------------------------------------------------------------------


def control(s: Sentence, trigger: Trigger) -> Iterator[Draft]:
    """Places taken, lost, held: by name in one claim, by number in another."""
    sub = CONTROL.get(trigger.cls) or trigger.cls.partition(".")[2]
    counts = [c for c in counted(s, trigger) if c.kind == "settle"]
    number = next((c for c in counts if c.num is not None and c.num.bare), None)
    places = places_at(s, trigger.i)
    here = [k for k, _ in places_in(s, s.seg(trigger.i))]
    if trigger.cls in CONTROL and not here and not counts:
        return
    if any(c.trigger is trigger and c.kind in ("person", "equip") for c in s.counts) and not here:
        return
    made = drafted(s, trigger, "control", sub, number)
    made.places = places
    if not made.places and s.scene.memory.place and (counts or trigger.cls.startswith(FIRM)) and number is None:
        made.places = (s.scene.memory.place,)
    speaking = s.scene.speaking_side(made.at)
    made.actor = doer(s, trigger) or speaking
    if sub == "lost" and trigger.feat == "n":
        made.actor = speaking
    yield made


# -- words and measures -----------------------------------------------------------------------------------------


def deed(s: Sentence, trigger: Trigger) -> Draft:
    """A truce, a corridor, a movement, a meeting: who does it, and to whom."""
    type_, _, sub = trigger.cls.partition(".")
    made = drafted(s, trigger, type_, sub)
    found = [p for _, p in parties_in(s, s.seg(trigger.i))]
    called = sub == "called_for" and s.scene.speaking_side(made.at)
    made.actor = called or doer(s, trigger) or (found[0] if found else None)
    made.subject = next((p for p in found if called and p != made.actor), None)
    if sub in DONE and (asker := asker_of(s, made.at)) is not None:
        made.attr, made.actor = OUTLET, asker
    if type_ == "diplomacy":
        made.actor = made.actor or s.scene.speaking_side(made.at)
        made.subject = next((p for p in found if p != made.actor), None)
    elif type_ == "truce" and sub == "violated":
        speaking = s.scene.speaking_side(made.at)
        made.actor = made.actor if made.actor and made.actor != speaking else opposite(s, speaking) or made.actor
    elif type_ in ("corridor", "truce") and sub in ("called_for", "opened"):
        made.actor = made.actor or s.scene.speaking_side(made.at)
    elif type_ == "movement":
        made.actor = made.actor or (s.scene.speaking_side(made.at) if sub in ("mobilisation", "martial_law") else None)
    if sub in ("called_for", "appeal") and made.modality == "fact":
        made.modality = "appeal"
    return made


def asker_of(s: Sentence, at: int) -> str | None:
    """The side that asks for something in what it did before: "phoned her colleague and called for talks"."""
    voice = s.scene.voice(at)
    if voice is None or voice.attr.inferred or voice.attr.side is None or at >= voice.at:
        return None
    return voice.attr.side if any(w.start == voice.at and speech(w) is not None for w in s.words) else None


def accusation(s: Sentence, trigger: Trigger) -> Draft:
    """What a side is blamed for."""
    type_, _, sub = trigger.cls.partition(".")
    made = drafted(s, trigger, type_, sub)
    made.actor = accused(s, trigger.i)
    return made


def accused(s: Sentence, i: int) -> str | None:
    """Who is blamed: the party named beside the blame that is not the one who speaks."""
    speaking = s.scene.speaking_side(s.words[i].start)
    named = [p for _, p in parties_in(s, s.part(i)) if p != speaking]
    return named[0] if named else opposite(s, speaking)
