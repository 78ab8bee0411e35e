"""The cards of claims, kept: looking twice at a claim costs milliseconds, and an inbox shows hundreds on every view."""

from collections import OrderedDict
from threading import Lock
from typing import Final

from sayso.desk import Card, card_of
from sayso.model.claim import Claim
from sayso.model.conflict import Conflict
from sayso.model.coverage import Source
from sayso.model.statement import Statement

#: Claims whose cards are kept: those of some pages of the inbox.
KEPT: Final = 4_000


class Cards:
    """Cards of one coverage; safe for many threads. A card says the same as long as statement and claim do, and neither
    is ever changed: a correction is another claim."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, int, Claim], tuple[Conflict, Source, Card]] = OrderedDict()
        self._one_at_a_time = Lock()

    def of(self, n: int, claim: Claim, statement: Statement, source: Source, conflict: Conflict) -> Card:
        """The card of claim number n, neither accepted nor corrected."""
        key = (statement.id, n, claim)
        kept = self._kept.get(key)
        if kept is None or kept[0] is not conflict or kept[1] != source:
            kept = (conflict, source, card_of(n, claim, statement, source, conflict))
            with self._one_at_a_time:
                self._kept[key] = kept
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return kept[2]

    def forget(self) -> None:
        """Keep nothing of before: a card holds words of its statement."""
        with self._one_at_a_time:
            self._kept.clear()
