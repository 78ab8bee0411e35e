"""What the public pages of one coverage are asked of."""

from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from sayso.model.finding import FilteredPage, PartyPage, PlacePage, PlacesPage, SearchPage
from sayso.model.mapping import MapPage
from sayso.model.page import (
    AnswersPage,
    ChangedPage,
    CorrectionsPage,
    DayPage,
    DaysPage,
    EntryView,
    FeedPage,
    FiguresPage,
    LivePage,
    MethodPage,
    PageFrame,
    PostPage,
    QuestionPage,
    QuestionsPage,
    StatementPage,
    TallyPage,
)
from sayso.model.post import Change


class Views(Protocol):
    """What the public pages of one coverage ask. None means: there is no such thing in public."""

    def n(self) -> int:
        """The number of the last public change; cheap, asked for each request."""
        ...

    def at(self, when: datetime) -> "Views | None":
        """The same pages as they stood at that time; None for a time that has not come."""
        ...

    def in_text(self) -> "Views":
        """The same pages, as they stand at any time from now on, without pictures and videos."""
        ...

    def frame(self) -> PageFrame:
        """What stands around every page."""
        ...

    def live_page(self, before: str | None = None) -> LivePage | None:
        """The newest entries, or those before a paging token."""
        ...

    def newer_page(self, after: str) -> LivePage | None:
        """The entries right after a paging token."""
        ...

    def page_around(self, post_id: str) -> LivePage | None:
        """The entries around one of them."""
        ...

    def filtered_page(self, kind: str, name: str = "", before: str | None = None) -> FilteredPage | None:
        """The newest entries under a heading, or those before a paging token."""
        ...

    def party_page(self, party: str, before: str | None = None) -> PartyPage | None:
        """What a party, a camp or a third party said."""
        ...

    def place_page(self, place: str, before: str | None = None) -> PlacePage | None:
        """The questions about a place and the entries that name it."""
        ...

    def places_page(self) -> PlacesPage:
        """Every place that an entry names."""
        ...

    def map_page(self) -> MapPage:
        """The map: the places of the newest entries, and who is said to hold what."""
        ...

    def search_page(self, query: str, before: str | None = None) -> SearchPage | None:
        """The newest entries with the words of a query, or those before a paging token."""
        ...

    def day_page(self, number: int) -> DayPage | None:
        """Day `number` of the conflict."""
        ...

    def days_page(self) -> DaysPage:
        """All days."""
        ...

    def tally_page(self) -> TallyPage:
        """Every cumulative figure, and each party's own over time."""
        ...

    def figures_page(self) -> FiguresPage:
        """Every figure that stood in the tally."""
        ...

    def questions_page(self, before: str | None = None) -> QuestionsPage | None:
        """Questions with an answer, the newest answer first, or those before a paging token."""
        ...

    def answers_page(self, question_id: str) -> AnswersPage | None:
        """Every claim that answers a question."""
        ...

    def question_page(self, question_id: str) -> QuestionPage | None:
        """One question."""
        ...

    def changed_page(self, since: datetime | None) -> ChangedPage | None:
        """What changed after a time (None: since the beginning of the day); None for a time that has not come."""
        ...

    def statement_page(self, statement_id: str) -> StatementPage | None:
        """One statement that a published post carries."""
        ...

    def proof(self, statement_id: str) -> dict[str, Any] | None:
        """The proof that a public statement is in the ledger, once a checkpoint holds it."""
        ...

    def consistency(self, first: int, second: int) -> dict[str, Any] | None:
        """The proof that the ledger of one signed checkpoint begins with that of another."""
        ...

    def checkpoint(self) -> str | None:
        """The latest signed checkpoint."""
        ...

    def verifier(self) -> str:
        """The key that signs checkpoints."""
        ...

    def entry(self, post_id: str) -> EntryView | None:
        """One post that is or was public (then as a tombstone)."""
        ...

    def post_page(self, post_id: str) -> PostPage | None:
        """One post under its own address."""
        ...

    def method_page(self) -> MethodPage:
        """How the coverage works."""
        ...

    def corrections_page(self) -> CorrectionsPage:
        """All corrections."""
        ...

    def feed_page(self) -> FeedPage:
        """The newest entries for the feed."""
        ...

    def changes(self, after: int) -> tuple[Change, ...]:
        """The public changes with a number greater than `after`, in order."""
        ...

    def medium(self, name: str) -> Path | None:
        """The public file of that name, None if there is none or it is withheld."""
        ...
