"""What is known about a text beside the text itself: what the reader may lean on, given by flow."""

from dataclasses import dataclass
from datetime import date

from sayso.model.claim import Attribution


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where and when a text was published, and by whom.

    `published` is a date or a date-time in the coverage's zone; relative dates are resolved against it. `owner` is the
    speaker where the text is a body's own channel: sentences that name no other source are then the owner's claims.
    The rest is what a page establishes around a passage: headings, the sentence before, the last source named, the
    topic, and what "the town" or "there" stands for.
    """

    published: date | None = None
    outlet: str | None = None
    lang: str | None = None
    owner: Attribution | None = None
    heading: str | None = None
    list_heading: str | None = None
    previous: str | None = None
    last_source: str | None = None
    topic: str | None = None
    town: str | None = None
    next: str | None = None
