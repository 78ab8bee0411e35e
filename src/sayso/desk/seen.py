"""A claim in its surroundings, as the checks of a suggested reading are given it, and what a check finds."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from sayso.desk.checklist import Checklist
from sayso.model.claim import Claim, Span
from sayso.model.conflict import Conflict
from sayso.model.coverage import Source
from sayso.model.statement import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """One thing to look at: a code for tests and filters, a sentence for the editor, and where in the text."""

    code: str
    sentence: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One claim in its surroundings: what every check is given. `sentence` is the sentence round the claim's words."""

    statement: Statement
    claim: Claim
    conflict: Conflict
    source: Source
    words: Checklist | None
    sentence: Span

    @property
    def text(self) -> str:
        """The statement's text."""
        return self.statement.text

    @property
    def on(self) -> date:
        """The day of the statement."""
        return self.statement.said_at.date()


_END: Final = re.compile(r"[.!?…;]+[\"'”»)]*\s+|\n|$")


def sentence_round(text: str, span: Span) -> Span:
    """The sentence or line that holds a span; a full stop counts where a space follows and no digit stands before."""
    start = 0
    for match in _END.finditer(text):
        if match.end() <= span.start:
            start = match.end()
        elif match.start() >= span.end:
            return Span(start, match.start())
        elif match.start() == len(text):
            break
    return Span(start, len(text))
