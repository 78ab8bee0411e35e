"""The names of victims, as claims read them: the public finds nobody by them unless the coverage lists the person (H9)."""

from collections.abc import Iterable, Iterator
from typing import Final

from sayso.model.claim import Claim

#: Claims about what was done to people.
SUFFERED: Final = ("casualties", "captured")


def victims_named(claims: Iterable[Claim]) -> Iterator[str]:
    """The words that name one victim each, with a title where they have one ("Captain Ilva Marrend").

    Who is counted by a number or by one word ("she", "one", "civilian") is not named.
    """
    for claim in claims:
        count = claim.count
        if claim.type not in SUFFERED or count is None or count.n != 1 or not count.words:
            continue
        parts = count.words.split()
        if len(parts) > 1 and sum(p[0].isalpha() and not p[0].islower() for p in parts) > 1:
            yield count.words
