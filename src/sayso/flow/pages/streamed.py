"""The live page and the pages of its entries: the newest, those before or after one, those around one."""

import threading
from abc import ABC, abstractmethod
from copy import copy
from datetime import datetime
from typing import Final, Self

from sayso.flow.alone import alone
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages import stream
from sayso.flow.pages.comparing import Comparison
from sayso.flow.pages.filtering import filters_of
from sayso.flow.pages.renewing import overview_shown, summary_shown
from sayso.flow.pages.stream import Stretch
from sayso.model.heading import HeadingKind, heading
from sayso.model.page import EntryView, LivePage, PageFrame
from sayso.model.post import Post

#: Posts that stand pinned on top, and cards of key events, at most.
MOST_PINNED: Final = 2
KEY_EVENTS: Final = 8


class StreamedViews(ABC):
    """A part of the views of a coverage, which lend it their newsroom, their frame and their entries."""

    _room: Newsroom
    _lock: threading.RLock
    _text_only: bool = False

    @abstractmethod
    def frame(self) -> PageFrame:
        """What stands around every page."""

    @abstractmethod
    def _compare(self) -> Comparison: ...

    @abstractmethod
    def _entry(self, post: Post, compared: Comparison) -> EntryView: ...

    def in_text(self) -> Self:
        """The same pages, as they stand at any time from now on, without pictures and videos."""
        same = copy(self)
        same._text_only = True
        return same

    @alone
    def live_page(self, before: str | None = None) -> LivePage | None:
        """The newest entries, or those before a paging token; None for a token that we did not give."""
        if before is None:
            return self._page(stream.newest(self._room.store), whole=True)
        return self._page(stream.older_than(self._room.store, before))

    @alone
    def newer_page(self, after: str) -> LivePage | None:
        """The entries right after a paging token; None for a token that we did not give."""
        return self._page(stream.newer_than(self._room.store, after))

    @alone
    def page_around(self, post_id: str) -> LivePage | None:
        """The entries around one of them; None where there is no such entry."""
        return self._page(stream.around(self._room.store, post_id), here=post_id)

    def _page(self, found: Stretch | None, *, whole: bool = False, here: str | None = None) -> LivePage | None:
        """A stretch of entries as a page; `whole`: the live page itself, with the overview of its day and what is pinned."""
        if found is None:
            return None
        store, coverage, compared = self._room.store, self._room.coverage, self._compare()
        posts = found.posts
        now: datetime = self._room.clock.now()
        today = posts[0].day if posts and posts[0].day else coverage.local_day(now)
        return LivePage(
            frame=self.frame(),
            entries=tuple(self._entry(p, compared) for p in posts),
            **summary_shown(store, compared),
            pinned=self._headed("pinned", MOST_PINNED, compared) if whole else (),
            keys=self._headed("key", KEY_EVENTS, compared) if whole else (),
            overview=overview_shown(store, today, compared) if whole else None,
            tally=compared.tally,
            newest=whole,
            here=here,
            next_after=found.newer,
            next_before=found.older,
            filters=filters_of(coverage, store),
        )

    def _headed(self, kind: HeadingKind, most: int, compared: Comparison) -> tuple[EntryView, ...]:
        store = self._room.store
        posts = store.posts_by_id(store.filed_under((heading(kind),), limit=most))
        return tuple(self._entry(p, compared) for p in posts)
