"""What leads readers to entries, as whole records: filters, and what is gathered about a party or a place."""

from dataclasses import dataclass

from sayso.model.heading import FilterLink
from sayso.model.page import EntryView, PageFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class FilteredPage:
    """Entries under one heading, newest first. `path` is the address of the filter under the coverage's pages, `title`
    what it shows, `about` the address and name of the page about the party, place or question. `before` and `next_before`
    are paging tokens (None: the newest, the last)."""

    frame: PageFrame
    path: str
    title: str
    entries: tuple[EntryView, ...]
    filters: tuple[FilterLink, ...]
    about: tuple[str, str] | None = None
    before: str | None = None
    next_before: str | None = None
