"""How a source is called: the words of its noun group, a person whom no list names, an organisation by its last word."""

from typing import Final

from sayso.model.claim import Attribution, Span
from sayso.read.scene import Scene
from sayso.read.text.groups import Np
from sayso.read.text.names import ORGANISATIONS

JOINT: Final = (
    (("armies", "staffs", "militaries", "commands"), "army"), (("health",), "health_ministry"), (("foreign",), "foreign_ministry"),
    (("defence", "defense"), "defence_ministry"), (("presidents", "premiers", "leaders"), "head_of_state"),
)  # fmt: skip
#: What stands before "of" for one or some of the people behind it: "one of the officials".
PARTITIVE: Final = frozenset(("one", "two", "some", "several", "another", "most", "both"))


def of_both(np: Np, scene: Scene) -> Attribution:
    """All sides speaking at once; of what kind, by the noun."""
    words = {w for c in np.cells for w in c.low.split()}
    kind = next((k for cues, k in JOINT if words & set(cues)), "government")
    return Attribution(kind=kind, side=scene.directory.all_id, org=plain(np), span=span(np))


def unlisted_person(np: Np) -> str | None:
    """The name of a person whom the directory does not list: two words with capitals that mean nothing else."""
    for part in np.chain():
        words = [c for c in part.cells if c.cap and not c.lex and c.name is None and c.low[:1].isalpha()]
        if len(words) >= 2:
            return " ".join(c.text for c in words)
    return None


def plain(np: Np) -> str:
    """The words without an article."""
    parts = [" ".join(c.text for c in part.cells) for part in np.chain()]
    words = " of ".join(parts).split()
    if words and words[0].lower() in ("the", "a", "an", "its", "their", "his", "her"):
        words = words[1:]
    return " ".join(words).replace(" 's", "'s").replace(" ’s", "’s")


def span(np: Np) -> Span:
    """Where it stands."""
    return Span(np.start, np.end)


def of_organisation(np: Np) -> Attribution | None:
    """An organisation that no list names, by the last word of its name: "the Grain Fund", "the Lake Committee"."""
    words = [c for c in np.cells if not c.has("det", "poss", "adv")]
    kind = ORGANISATIONS.get(words[-1].low.rpartition(" ")[2]) if len(words) > 1 and all(c.cap for c in words) else None
    return Attribution(kind=kind, org=plain(np), span=span(np)) if kind is not None else None
