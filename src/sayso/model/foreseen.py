"""What accepting a claim would change among the answers that count: what an editor is told before deciding."""

from dataclasses import dataclass
from typing import Literal

#: A standing answer that it cannot be so beside, a denial that points at it, an answer that it denies, a figure below or
#: above the same claimant's, another holder of a place, a question that nobody answered, a new row of the tally, the
#: same figure again, and a claim that is older than what its claimant says now.
Foresight = Literal[
    "contradicts", "denied", "denies", "lower", "place", "higher", "new_question", "tally", "same", "late"
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """One thing that would change: in a plain sentence with names and times (the coverage's zone), for which question (its
    id and its words), by which claim of the statement. `against` is the id of the claim that it meets, "" for none."""

    kind: Foresight
    sentence: str
    question: str
    wording: str
    number: int
    against: str = ""
