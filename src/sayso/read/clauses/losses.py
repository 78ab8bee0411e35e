"""Casualties, prisoners, the displaced, equipment and destruction: counted groups under their triggers."""

from collections.abc import Iterator
from dataclasses import replace as replaced
from typing import Final

from sayso.model.vocabulary import Who
from sayso.read.clauses.binding import counted
from sayso.read.clauses.roles import doer, drafted, side_around, suffering, window
from sayso.read.clauses.sentence import Count, Sentence, Trigger
from sayso.read.clauses.sides import opposite, parties_in
from sayso.read.drafts import Draft
from sayso.read.text.numbers import bounded

FLYING: Final = ("drone", "aircraft", "missile")  # what is hit in the air is shot down
SUBS: Final = {"hit": "destroyed", "destroyed": "destroyed", "burned": "destroyed", "damaged": "damaged"}
PEOPLE: Final = ("casualties.", "captured.", "displacement.", "other.rescue", "lose", "take")


def losses(s: Sentence) -> list[Draft]:
    """All drafts of losses of a sentence; parts point at the whole before them."""
    out: list[Draft] = []
    for trigger in s.triggers:
        if trigger.i in s.silent or trigger.i in s.sourced:
            continue
        out += told(s, trigger)
    return sorted(out, key=lambda d: d.at)


def told(s: Sentence, trigger: Trigger) -> Iterator[Draft]:
    """The drafts of one trigger."""
    governed = list(counted(s, trigger))
    whole: Draft | None = None
    for count in governed:
        made = of_count(s, trigger, count, whole)
        if made is None:
            continue
        if count.part and whole is not None:
            made.part_of, made.rule = whole, f"{made.rule}.part"
        elif count.num is not None and not count.part:
            whole = made
        yield made
    if not governed and trigger.cls.startswith(("casualties.", "captured.", "displacement.")):
        bare = uncounted(s, trigger)
        if bare is not None:
            yield bare


def of_count(s: Sentence, trigger: Trigger, count: Count, whole: Draft | None) -> Draft | None:
    """The draft of a counted group under its trigger."""
    kind = count.kind
    if kind == "none":
        kind = "person" if trigger.cls.startswith(PEOPLE[:4]) else gapped(s, count)
    if kind == "person":
        return of_people(s, trigger, count)
    if kind == "equip":
        return of_equipment(s, trigger, count)
    if kind == "thing" and trigger.cls.startswith(("damage.", "attack.hit")):
        made = drafted(s, trigger, "destruction", (count.noun.cls if count.noun else "") or "other", count)
        made.subject = suffering(s, count, trigger)
        return made
    return None


def gapped(s: Sentence, count: Count) -> str:
    """What a number without a noun counts under a word of destroying: what was counted before; its noun is entered."""
    known = [c for c in s.counts if c.i < count.i and c.kind in ("equip", "thing")]
    if known:
        count.noun, count.unit = known[-1].noun, known[-1].unit
        return known[-1].kind
    return "equip"


# -- people ---------------------------------------------------------------------------------------------------


def of_people(s: Sentence, trigger: Trigger, count: Count) -> Draft | None:
    """People killed, wounded, missing, captured, displaced, rescued."""
    loose = count.num is None and trigger.feat == "n" and not trigger.negated and not exists(s, trigger)
    if loose and (count.kind != "person" or trigger.cls.startswith("displacement.")):
        return None
    type_, sub = people_type(s, trigger, count)
    made = drafted(s, trigger, type_, sub, count)
    if trigger.negated and (count.num is None or not count.num.bare):
        made.num = bounded("none", 0, made.at, made.at)
        made.num = replaced(made.num, start=s.words[trigger.i].start, end=s.words[trigger.i].end)
    if type_ != "other":
        made.who = who_of(s, trigger, count)
        made.subject = suffering(s, count, trigger)
    if count.noun is not None and count.noun.cls == "foe" and (attr := s.scene.speaker(made.at)) is not None:
        made.subject = opposite(s, attr.side) or made.subject
    if made.unit is None:
        made.unit = unit_before(s, count) or trigger.lex.unit or "people"
    if type_ == "captured":
        made.actor = doer(s, trigger) or opposite(s, made.subject)
    return made


def people_type(s: Sentence, trigger: Trigger, count: Count) -> tuple[str, str]:
    """The type and sub of people under a trigger: the dead and wounded in one number are `casualties`."""
    if trigger.cls == "lose":
        pair = {t.cls for t in s.triggers if s.segs[t.i] == s.segs[trigger.i] and t.cls.startswith("casualties.")}
        return ("casualties", pair.pop().partition(".")[2]) if len(pair) == 1 else ("casualties", "casualties")
    if trigger.cls == "take":
        return "captured", "captured"
    type_, _, sub = trigger.cls.partition(".")
    if type_ == "casualties" and count.num is not None:
        beside = {
            t.cls for t in s.triggers
            if s.segs[t.i] == s.segs[trigger.i] and 0 < abs(t.i - trigger.i) <= 2 and t.cls.startswith("casualties.")
            and any(s.words[k].has("conj") or s.words[k].prefix for k in range(*sorted((t.i, trigger.i + 1))))
        }  # fmt: skip
        people = [c for c in s.counts if s.segs[c.i] == s.segs[trigger.i] and c.num is not None]
        if len(beside | {trigger.cls}) > 1 and len(people) == 1:
            return "casualties", "casualties"
    return type_, sub


def who_of(s: Sentence, trigger: Trigger, count: Count) -> Who:
    """Military or civilian, from the wording; a gapped noun carries inside the sentence, an elided one from before."""
    said = (count.noun.who if count.noun is not None else None) or trigger.lex.who
    if said in ("military", "civilian", "both"):
        return said  # type: ignore[return-value]
    if count.kind == "person" or (count.kind == "none" and trigger.feat == "n" and trigger.lex.unit):
        return "military" if trigger.cls == "lose" and count.unit == "people" else beside_army(s, trigger)
    before = [
        c for c in s.counts if c.i < count.i and c.kind == "person" and c.trigger is not None and c.num is not None
    ]
    if before:
        last = before[-1].noun
        return last.who if last is not None and last.who and last.unit != "people" else "unknown"  # type: ignore[return-value]
    if trigger.cls == "lose":
        return "military"
    return s.scene.memory.who or beside_army(s, trigger)  # type: ignore[return-value]


def beside_army(s: Sentence, trigger: Trigger) -> Who:
    """Military where the losses are an army's or of its ranks, else unknown."""
    for k in s.seg(trigger.i):
        word = s.words[k]
        if k in s.sourced:
            continue
        if (mod := word.one("whose")) is not None and mod.who:
            return mod.who  # type: ignore[return-value]
        if word.has("enemy") or (
            word.name is not None and word.name.body and word.name.body.kind in ("army", "armed_group")
        ):
            return "military"
    return "unknown"


def unit_before(s: Sentence, count: Count) -> str | None:
    """The unit of the people counted before, where a number stands without a noun."""
    if count.kind != "none":
        return None
    return next((c.unit for c in reversed(s.counts) if c.i < count.i and c.kind == "person" and c.trigger), None)


def exists(s: Sentence, trigger: Trigger) -> bool:
    """Whether "there are" stands beside a trigger."""
    return any(True for _ in s.in_seg(trigger.i, "exist"))


def uncounted(s: Sentence, trigger: Trigger) -> Draft | None:
    """Losses told without a number: "no dead", "there are wounded", "people were evacuated"."""
    type_, sub = trigger.cls.split(".")
    if trigger.negated:
        made = drafted(s, trigger, type_, sub)
        if type_ == "casualties":
            made.num = bounded("none", 0, s.words[trigger.i].start, s.words[trigger.i].end)
    elif exists(s, trigger) or (type_ != "casualties" and (trigger.feat in ("a", "p") or trigger.lex.feat == "n!")):
        made = drafted(s, trigger, type_, sub)
    else:
        return None
    empty = Count(trigger.i, trigger.i + 1, None, "none")
    made.who = who_of(s, trigger, empty)
    made.subject = suffering(s, empty, trigger)
    return made


# -- things ---------------------------------------------------------------------------------------------------


def of_equipment(s: Sentence, trigger: Trigger, count: Count) -> Draft | None:
    """Tanks, drones, missiles destroyed, shot down, captured, lost."""
    munition = count.noun is not None and count.noun.cls in ("missile", "drone", "shell")
    sub = trigger.cls.partition(".")[2]
    if trigger.cls.startswith(("launch", "attack.")):
        return None
    if trigger.cls == "take":
        sub = "captured"
    elif trigger.cls == "lose":
        sub = "destroyed"
    elif sub == "hit" and count.noun is not None and count.noun.cls in FLYING:
        sub = "shot_down"
    else:
        sub = SUBS.get(sub, sub)
    if count.noun is not None and count.noun.cls == "missile" and sub == "destroyed":
        sub = "shot_down"
    if count.num is None and trigger.feat == "n" and not 0 < count.i - trigger.i <= 3:
        return None
    made = drafted(s, trigger, "equipment_loss", sub, count)
    if made.unit is None:
        if not trigger.cls.startswith("equipment_loss."):
            return None
        made.rule = f"{made.rule}.gapped"
    if munition and trigger.cls == "damage.damaged":
        return None
    made.subject = owner(s, trigger, count)
    return made


def owner(s: Sentence, trigger: Trigger, count: Count) -> str | None:
    """Whose equipment it is: the party beside it, the loser, the enemy of who destroyed it or of who tells it."""
    by = doer(s, trigger)
    if trigger.cls == "lose" and by is not None:
        return by
    beside = [p for _, p in parties_in(s, window(s, count)) if p != by]
    if beside:
        return beside[0]
    if by is not None:
        return opposite(s, by)
    for other in s.triggers:
        if (
            other.cls.startswith(("launch", "attack."))
            and other.cls != "attack.repelled"
            and (attacker := doer(s, other)) is not None
        ):
            return attacker
    side = s.scene.speaking_side(s.words[trigger.i].start)
    if trigger.cls == "lose":
        return side
    return opposite(s, side) if side is not None else side_around(s, trigger)
