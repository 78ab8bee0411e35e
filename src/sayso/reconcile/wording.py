"""A question in plain, neutral words, made from its key."""

from datetime import date
from typing import Final

from sayso.catalogue.articles import is_plural, with_article
from sayso.model.conflict import Conflict
from sayso.model.question import Key
from sayso.reconcile.names import place_name
from sayso.reconcile.sides import ALL_SIDES

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
    "both": "soldiers and civilians together",
    "unknown": "people",
}


def wording(key: Key, conflict: Conflict) -> str:
    """The question as a sentence, in our own neutral words; of one that an editor set apart it says so."""
    words = WORDINGS[key.type](key, conflict)
    return words if key.apart is None else f"{words} (set apart by an editor)"


def day_words(day: str | None) -> str:
    """An ISO date as "4 October"; empty for None."""
    if day is None:
        return ""
    d = date.fromisoformat(day[:10])
    return f"{d.day} {MONTHS[d.month - 1]}"


def on_words(day: str | None) -> str:
    """The day of a question with a space before; an ISO interval as "from 1 October to 4 October"."""
    if not day:
        return ""
    first, _, last = day.partition("/")
    return f" from {day_words(first)} to {day_words(last)}" if last else f" on {day_words(first)}"


def when_words(key: Key, conflict: Conflict) -> str:
    """The place and time of a question, with a space before each; a period of one day is told from what happened once
    on that day (R4)."""
    at = f" in {place_name(key.place, conflict)}" if key.place else ""
    since = f" since {day_words(key.since)}" if key.since else ""
    whole_day = key.scope == "period" and key.day is not None and "/" not in key.day
    said = on_words(key.day)
    if key.scope == "unsaid":
        said = f", as told on {day_words(key.day)}"
    elif whole_day:
        said = f" in the course of {day_words(key.day)}"
    return at + said + since


def party_name(party: str | None, conflict: Conflict, *, everyone: str = "all sides", nobody: str = "anyone") -> str:
    """A party as it stands inside a question: "the Lake League", "all sides"."""
    if party is None:
        return nobody
    return everyone if party == ALL_SIDES else with_article(conflict.name(party))


def of_party(party: str | None, conflict: Conflict) -> str:
    """Whose they are, with a space before; empty where nobody says."""
    return f" of {party_name(party, conflict)}" if party else ""


def casualties_words(key: Key, conflict: Conflict) -> str:
    """How many were harmed, whose, where, since when; a part of a figure says that it is one, and a level asks how many
    still are (R4)."""
    measure, _, part = key.measure.partition(".")
    who = part or WHO[key.who or "unknown"]
    more = " more" if key.scope == "increment" else ""
    were = "have been" if key.since else "were"
    beside = " (part of a larger figure)" if part else ""
    still = "still " if key.scope == "stock" else ""
    harmed = f"{who}{of_party(key.subject, conflict)} {were} {still}{HARMED[measure]}"
    return f"How many{more} {harmed}{when_words(key, conflict)}{beside}?"


#: What a number of places was said to be.
COUNTED: Final = {"lost": "did {who} lose", "held": "{does} {who} hold", "contested": "are contested by {who}"}


def control_words(key: Key, conflict: Conflict) -> str:
    """Who holds a place, or how many places a party took."""
    if key.measure == "holds":
        return f"Who holds {place_name(key.place or '', conflict)}?"
    unit, _, sub = key.measure.partition(".")
    who = party_name(key.actor, conflict, everyone="any side", nobody="any side")
    did = COUNTED.get(sub, "did {who} take").format(who=who, does="do" if is_plural(who) else "does")
    near = f" near {place_name(key.place, conflict)}" if key.place else ""
    return f"How many {unit} {did}{near}{on_words(key.day)}?"


def attack_words(key: Key, conflict: Conflict) -> str:
    """What happened to a place, and by whom."""
    on = on_words(key.day)
    if key.place and key.measure == "calm":
        return f"Was it quiet in {place_name(key.place, conflict)}{on}?"
    if key.place:
        return f"Was {place_name(key.place, conflict)} {DEEDS[key.measure]}{on}, and by whom?"
    subject = party_name(key.subject, conflict, everyone="", nobody="")
    if key.measure in ("calm", "clash"):
        return f"Was there fighting{f' with {subject}' if subject else ''}{on}?"
    actor = party_name(key.actor, conflict, everyone="anyone")
    was = "Were" if is_plural(subject) else "Was"
    return f"{was} {subject or 'anything'} {DEEDS[key.measure]} by {actor}{on}?"


#: How equipment was lost; without a word of its own it was destroyed or shot down.
LOST: Final = {"captured": "captured", "damaged": "damaged"}


def equipment_words(key: Key, conflict: Conflict) -> str:
    """How much equipment a side lost."""
    unit, *more = key.measure.split(".")
    how = next((LOST[m] for m in more if m in LOST), "lost")
    unit = unit.replace("+", " and ").replace("_", " ")
    count, was = ("much", "was") if unit == "equipment" else ("many", "were")
    was = "has been" if key.since and was == "was" else "have been" if key.since else was
    return f"How {count} {unit}{of_party(key.subject, conflict)} {was} {how}{when_words(key, conflict)}?"


def accusation_words(key: Key, conflict: Conflict) -> str:
    """What somebody is accused of."""
    return f"Did {party_name(key.actor, conflict)} {BLAME[key.measure]}{when_words(key, conflict)}?"


#: What was done to captives, and to people who had to leave their homes.
TAKEN: Final = {
    "captured": "captured", "exchanged": "exchanged", "released": "let go", "bodies": "handed over or found dead",
}  # fmt: skip
MOVED: Final = {"displaced": "displaced", "evacuated": "evacuated", "returned": "able to return home"}


def people_words(key: Key, conflict: Conflict) -> str:
    """How many people were captured or exchanged, or had to leave their homes; a level asks how many still are."""
    measure, _, part = key.measure.partition(".")
    more = " more" if key.scope == "increment" else ""
    still = key.scope == "stock"
    done = (
        "held captive" if still and measure == "captured" else f"{'still ' if still else ''}{(TAKEN | MOVED)[measure]}"
    )
    were = "have been" if key.since else "were"
    beside = " (part of a larger figure)" if part else ""
    who = f"{part or WHO[key.who or 'unknown']}{of_party(key.subject, conflict)}"
    return f"How many{more} {who} {were} {done}{when_words(key, conflict)}{beside}?"


def truce_words(key: Key, conflict: Conflict) -> str:
    """Whether a truce was agreed, is in force, or was broken, and by whom."""
    if key.measure == "agreed":
        return "Has a truce been agreed?"
    if key.measure == "in_force":
        return "Is a truce in force?"
    return f"Did {party_name(key.actor, conflict)} break the truce{on_words(key.day)}?"


def corridor_words(key: Key, conflict: Conflict) -> str:
    """Whether a way out of a place is open, or whether people were brought out by one; who opens it is the answer."""
    out = f"out of {place_name(key.place, conflict)}" if key.place else "out"
    if key.measure == "evacuation":
        return f"Were people{of_party(key.subject, conflict)} brought {out}{on_words(key.day)}?"
    if key.place:
        return f"Is a way {out} open?"
    people = f" for people{of_party(key.subject, conflict)}" if key.subject else ""
    return f"Did {party_name(key.actor, conflict)} open a way out{people}?"


def denial_words(key: Key, conflict: Conflict) -> str:
    """What a denial is about, where it names nothing more closely."""
    about = key.measure.replace("_", " ")
    actor = f"{party_name(key.actor, conflict)} and " if key.actor else ""
    return f"What is denied about {actor}{about}{when_words(key, conflict)}?"


WORDINGS: Final = {
    "casualties": casualties_words,
    "control": control_words,
    "attack": attack_words,
    "equipment_loss": equipment_words,
    "accusation": accusation_words,
    "denial": denial_words,
    "captured": people_words,
    "displacement": people_words,
    "truce": truce_words,
    "corridor": corridor_words,
}
