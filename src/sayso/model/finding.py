"""What leads readers to entries, as whole records: filters, and what is gathered about a party or a place."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sayso.model.conflict import Membership
from sayso.model.heading import FilterLink, HeadingKind
from sayso.model.page import EntryView, PageFrame, SourceHealth
from sayso.model.question import Answer, Checked, Claimant, Question, Said

Way = Literal["up", "down", ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilteredPage:
    """Entries under one heading, newest first. `path` is the address of the filter under the coverage's pages; `kind`
    and `name` are what it shows (a party's or place's name, a question's wording; "" where the kind says all), `about` the
    address of the page about it. `before` and `next_before` are paging tokens (None: the newest, the last)."""

    frame: PageFrame
    path: str
    kind: HeadingKind
    name: str
    entries: tuple[EntryView, ...]
    filters: tuple[FilterLink, ...]
    about: str | None = None
    before: str | None = None
    next_before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One claimant's latest answer to a question."""

    question: Question
    answer: Answer
    words: str = ""  # the statement's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """What one claimant gave for one question, the newest first, each with which way it goes from the one before ("" where
    it says the same or is the first)."""

    question: Question
    claimant: Claimant
    figures: tuple[tuple[Said, Way], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyPage:
    """What a party, a camp or a third party said: its latest answers and its entries by day, the newest first.

    `camps` are those that it belongs to, or a camp's members, each with its id and its dates. `channels` are its own
    sources; of a page as it stood nothing is said of how fetching goes. `revised` stands on the first page.
    """

    frame: PageFrame
    party: str
    names: tuple[str, ...]
    camps: tuple[tuple[str, Membership], ...] = ()
    channels: tuple[SourceHealth, ...] = ()
    checked: Checked | None = None
    answers: tuple[Answered, ...] = ()
    revised: tuple[Revised, ...] = ()
    days: tuple[tuple[date, tuple[EntryView, ...]], ...] = ()
    before: str | None = None
    next_before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacePage:
    """The questions about a place and the entries that name it, the newest first. `place` is its part of an address,
    `names` all its names, those of the sides among them; `holds` says who is said to hold it."""

    frame: PageFrame
    place: str
    names: tuple[str, ...]
    holds: Question | None = None
    attacks: tuple[tuple[str, tuple[Question, ...]], ...] = ()  # by their day in ISO, "" without one
    others: tuple[Question, ...] = ()
    days: tuple[tuple[date, tuple[EntryView, ...]], ...] = ()
    before: str | None = None
    next_before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesPage:
    """The places that entries name: each with its part of an address and its names, those named most often first."""

    frame: PageFrame
    places: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An entry that holds what is sought: its title and a passage as pieces, each with whether it is marked. The passage is
    empty where the title alone holds it; `own_words`: it is the desk's."""

    view: EntryView
    title: tuple[tuple[str, bool], ...]
    passage: tuple[tuple[str, bool], ...] = ()
    own_words: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """What a search finds, the newest first. A page may be empty although another one follows."""

    frame: PageFrame
    query: str
    hits: tuple[Hit, ...] = ()
    before: str | None = None
    next_before: str | None = None
