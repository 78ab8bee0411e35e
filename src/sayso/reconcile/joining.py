"""Whether two questions may be put together, and what an editor decided about them, in words."""

from typing import Final

from sayso.model.conflict import Conflict
from sayso.model.event import KeptApart, Marked, Merged, Moved
from sayso.model.question import Key
from sayso.reconcile.wording import wording

#: What must be the same whatever an editor knows better about the place and the day (R9, R4, R6, R7); the parties of an
#: attack that names no place only stand in for the place.
ALIKE_IN: Final = {
    "type": "one is about {0}, the other about {1}",
    "measure": "one asks for {0}, the other for {1}",
    "scope": "one is {0}, the other {1}",
    "since": "one counts since {0}, the other since {1}",
    "who": "one counts {0}, the other {1}",
    "subject": "one is about {0}, the other about {1}",
    "actor": "one is about what {0} did, the other about {1}",
}
SIDES: Final = ("subject", "actor")


def why_not(one: Key, other: Key, conflict: Conflict) -> str:
    """Why two questions cannot be answered together: only like is compared with like (R9). Empty where they can."""
    if one.id == other.id:
        return "They are one question already."
    for name, words in ALIKE_IN.items():
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine == theirs or (one.type == "attack" and name in SIDES):
            continue
        told = [in_words(name, value, conflict) for value in (mine, theirs)]
        return f"Only like is compared with like: {words.format(*told)}."
    return ""


def in_words(name: str, value: str | None, conflict: Conflict) -> str:
    """A field of a key as a reader knows it."""
    if value is None:
        return "nobody named" if name in SIDES else "nothing named"
    return conflict.name(value) if name in SIDES else value.replace("_", " ").replace(".", ", ")


def decision_words(event: Merged | Moved | KeptApart | Marked, conflict: Conflict) -> str:
    """What an editor decided about questions, as a sentence for everybody."""
    one, other = wording(event.question, conflict), wording(event.into, conflict)
    match event:
        case Merged():
            return f"An editor put “{one}” together with “{other}”"
        case KeptApart():
            return f"An editor looked at “{one}” and “{other}”: they are not the same"
        case Marked():
            return f"An editor marked one answer to “{one}” as one that cannot be verified"
        case Moved() if event.into.apart is not None:
            return f"An editor set one answer apart from “{one}”"
        case Moved():
            return f"An editor moved one answer from “{one}” to “{other}”"


#: What is told of a decision whose words a takedown erased, by its kind in the ledger.
LOST: Final = {
    "merged": "An editor put a question that was taken down together with another",
    "kept_apart": "An editor looked at a question that was taken down and another: they were not the same",
    "moved": "An editor moved one answer from or to a question that was taken down",
    "marked": "An editor marked an answer to a question that was taken down as one that cannot be verified",
    "taken_back": "An editor took back a decision about a question that was taken down",
}
