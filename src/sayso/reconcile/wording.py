"""A question in plain, neutral words, made from its key."""

from datetime import date
from typing import Final

from sayso.model.conflict import Conflict
from sayso.model.question import Key
from sayso.reconcile.names import place_name

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip

HARMED: Final = {
    "killed": "killed",
    "wounded": "wounded",
    "missing": "reported missing",
    "casualties": "killed or wounded",
}
DEEDS: Final = {
    "shelling": "shelled", "missile": "struck by missiles", "air": "struck from the air", "drone": "struck by drones",
    "ground": "attacked on the ground", "clash": "fought over", "sabotage": "sabotaged", "repelled": "attacked in vain",
    "calm": "quiet", "other": "attacked",
}  # fmt: skip
BLAME: Final = {
    "start": "start the fighting", "crime": "commit crimes", "mercenaries": "use mercenaries",
    "disinformation": "spread false reports", "foreign_support": "fight with outside support",
    "weapons": "use forbidden weapons", "intent": "plan what it is accused of", "other": "do what it is accused of",
}  # fmt: skip
WHO: Final = {
    "military": "soldiers",
    "civilian": "civilians",
    "both": "people, soldiers and civilians,",
    "unknown": "people",
}


def wording(key: Key, conflict: Conflict) -> str:
    """The question as a sentence, in our own neutral words."""
    return WORDINGS[key.type](key, conflict)


def day_words(day: str | None) -> str:
    """An ISO date as "4 October"; empty for None."""
    if day is None:
        return ""
    d = date.fromisoformat(day[:10])
    return f"{d.day} {MONTHS[d.month - 1]}"


def when_words(key: Key, conflict: Conflict) -> str:
    """The place and time of a question, with a space before each."""
    at = f" in {place_name(key.place, conflict)}" if key.place else ""
    on = f" on {day_words(key.day)}" if key.day else ""
    since = f" since {day_words(key.since)}" if key.since else ""
    return at + on + since


def casualties_words(key: Key, conflict: Conflict) -> str:
    """How many were harmed, whose, where, since when."""
    measure, _, part = key.measure.partition(".")
    who = part or WHO[key.who or "unknown"]
    of = f" of {conflict.name(key.subject)}" if key.subject else ""
    how = {"increment": "How many more", "stock": "How many"}.get(key.scope or "", "How many")
    return f"{how} {who}{of} were {HARMED[measure]}{when_words(key, conflict)}?".replace(",?", "?")


def control_words(key: Key, conflict: Conflict) -> str:
    """Who holds a place, or how many places a party took."""
    if key.place:
        return f"Who holds {place_name(key.place, conflict)}?"
    return f"How many {key.measure} did {conflict.name(key.actor) or 'a party'} take{when_words(key, conflict)}?"


def attack_words(key: Key, conflict: Conflict) -> str:
    """What happened to a place, and by whom."""
    on = f" on {day_words(key.day)}" if key.day else ""
    if key.place and key.measure == "calm":
        return f"Was it quiet in {place_name(key.place, conflict)}{on}?"
    if key.place:
        return f"Was {place_name(key.place, conflict)} {DEEDS[key.measure]}{on}, and by whom?"
    actor, subject = conflict.name(key.actor) or "anyone", conflict.name(key.subject)
    if key.measure in ("calm", "clash"):
        return f"Was there fighting{f' with {subject}' if subject else ''}{on}?"
    return f"Was {subject or 'anything'} {DEEDS[key.measure]} by {actor}{on}?"


def equipment_words(key: Key, conflict: Conflict) -> str:
    """How much equipment a side lost."""
    unit = "equipment" if key.measure == "equipment" else key.measure.replace("+", " and ").replace("_", " ")
    much = "much" if unit == "equipment" else "many"
    was = "was" if unit == "equipment" else "were"
    return f"How {much} {unit} of {conflict.name(key.subject) or 'the sides'} {was} lost{when_words(key, conflict)}?"


def accusation_words(key: Key, conflict: Conflict) -> str:
    """What somebody is accused of."""
    return f"Did {conflict.name(key.actor) or 'anyone'} {BLAME[key.measure]}?"


def denial_words(key: Key, conflict: Conflict) -> str:
    """What a denial is about, where it names nothing more closely."""
    about = key.measure.replace("_", " ")
    actor = f"{conflict.name(key.actor)} and " if key.actor else ""
    return f"What is denied about {actor}{about}{when_words(key, conflict)}?"


WORDINGS: Final = {
    "casualties": casualties_words,
    "control": control_words,
    "attack": attack_words,
    "equipment_loss": equipment_words,
    "accusation": accusation_words,
    "denial": denial_words,
}
