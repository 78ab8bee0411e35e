"""The pages that lead readers to entries: filters, parties, places, the search."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import date

from sayso.flow.alone import alone
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.comparing import Comparison
from sayso.flow.pages.filtering import filter_named, filters_of, page_under
from sayso.flow.pages.gathering import Gathering, party_page_of, place_page_of, places_page_of
from sayso.flow.pages.mapping import map_page_of
from sayso.flow.pages.searching import search_page_of
from sayso.model.finding import FilteredPage, PartyPage, PlacePage, PlacesPage, SearchPage
from sayso.model.mapping import MapPage
from sayso.model.page import EntryView, PageFrame
from sayso.model.post import Post


class GatheredViews(ABC):
    """A part of the views of a coverage, which lend it their newsroom, their frame and their entries."""

    _room: Newsroom
    _lock: threading.RLock
    _days: Callable[[], tuple[date, ...]]  # with entries, as of now whatever time the pages are of

    @abstractmethod
    def frame(self) -> PageFrame:
        """What stands around every page."""

    @abstractmethod
    def entry(self, post_id: str) -> EntryView | None:
        """One post."""

    @abstractmethod
    def _compare(self) -> Comparison: ...

    @abstractmethod
    def _entry(self, post: Post, compared: Comparison) -> EntryView: ...

    @alone
    def filtered_page(self, kind: str, name: str = "", before: str | None = None) -> FilteredPage | None:
        """The newest entries under a heading, or those before a paging token; None where there is no such filter."""
        compared, store, coverage = self._compare(), self._room.store, self._room.coverage
        found = filter_named(kind, name, coverage, store, compared)
        page = None if found is None else page_under(found.headings, store, before)
        if found is None or page is None:
            return None
        return FilteredPage(
            frame=self.frame(),
            path=found.path,
            kind=found.kind,
            name=found.name,
            entries=tuple(self._entry(p, compared) for p in page[0]),
            filters=filters_of(coverage, store),
            about=found.about,
            before=before,
            next_before=page[1],
        )

    @alone
    def party_page(self, party: str, before: str | None = None) -> PartyPage | None:
        """What a party, a camp or a third party said; None where there is no such one."""
        return party_page_of(self._room, party, before, self._gathering())

    @alone
    def place_page(self, place: str, before: str | None = None) -> PlacePage | None:
        """The questions about a place and the entries that name it; None where there is no such place."""
        return place_page_of(place, before, self._gathering())

    @alone
    def places_page(self) -> PlacesPage:
        """Every place that an entry names."""
        return places_page_of(self._gathering())

    @alone
    def map_page(self) -> MapPage:
        """The map: the places of the newest entries, and who is said to hold what."""
        return map_page_of(self._gathering(), self._days())

    def search_page(self, query: str, before: str | None = None) -> SearchPage | None:
        """The newest entries with the words of a query, or those before a paging token; None for a token that is none."""
        return search_page_of(self.frame(), self._room.store, query, before, self.entry)

    def _gathering(self) -> Gathering:
        return Gathering(self.frame(), self._room.store, self._compare(), self._entry)
