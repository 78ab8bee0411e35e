"""Rendered pages, kept as the bytes of their answers: drawn once a version, then served from memory."""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from sayso.model.page import stamped_time
from sayso.model.views import Views
from sayso.web.headers import HEADERS, NOT_INDEXED, PAGE_CACHE

#: A page is drawn again after this long even if nothing changed, for what depends on the clock (when we last checked).
FRESH_S: Final = 60.0
#: Another process may have written: the database is asked for the number of the last change at least this often.
LOOK_S: Final = 0.5
MOST_KEPT: Final = 2000
MOST_PAST_KEPT: Final = 200
#: Times at which the pages as they stood are kept at once.
MOST_PAST: Final = 8
#: Shorter bodies gain nothing from being packed.
WORTH_PACKING: Final = 500
PACKED_ALREADY: Final = ("image/png",)

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What a page was drawn to, and how long others may keep it."""

    body: bytes
    type: str
    status: int = 200
    cache: str = PAGE_CACHE


class Kept:
    """One rendered page: the headers and bodies of its answers plain, packed, and to one who has it already."""

    __slots__ = ("_packed", "_plain", "_same", "at_s", "tag")

    def __init__(self, drawn: Drawn, *, n: int, indexed: bool) -> None:
        self.tag = f'"{n}-{hashlib.sha256(drawn.body).hexdigest()[:16]}"'
        self.at_s = time.monotonic()
        more = {"Cache-Control": drawn.cache, "ETag": self.tag, "Vary": "Accept-Encoding"}
        every = {**HEADERS, **({} if indexed else NOT_INDEXED), **more}
        typed = {**every, "Content-Type": drawn.type}
        self._plain = drawn.status, raw({**typed, "Content-Length": str(len(drawn.body))}), drawn.body
        self._packed, self._same = self._plain, (304, raw(every), b"") if drawn.status == 200 else None
        if len(drawn.body) >= WORTH_PACKING and drawn.type not in PACKED_ALREADY:
            packed = gzip.compress(drawn.body, 6, mtime=0)
            size = {"Content-Encoding": "gzip", "Content-Length": str(len(packed))}
            self._packed = drawn.status, raw({**typed, **size}), packed

    def answer(self, accepted: str, has: str) -> tuple[int, Headers, bytes]:
        """Status, headers and body for a request's Accept-Encoding and If-None-Match."""
        if self._same and self.tag in has:
            return self._same
        return self._packed if "gzip" in accepted else self._plain

    def response(self, accepted: str, has: str) -> Response:
        """The same as a response of the framework."""
        status, headers, body = self.answer(accepted, has)
        made = Response(body, status)
        made.raw_headers = headers
        return made


def raw(headers: dict[str, str]) -> Headers:
    """Headers as they go on the wire."""
    return [(k.lower().encode(), v.encode()) for k, v in headers.items()]


class Shelf:
    """The rendered pages of one coverage at its last public change; the next change empties it, so that nothing that
    was taken down stays in memory."""

    def __init__(self, views: Views, *, most: int = MOST_KEPT, indexed: bool = True) -> None:
        self.views = views
        self._most, self._indexed = most, indexed
        self._n = -1
        self._pages: dict[str, Kept] = {}
        self._lock = threading.Lock()
        self._told = 0  # how often we were told of a change,
        self._heard = -1  # and how often when the database was last asked,
        self._looked_s = 0.0  # which was then

    def changed(self) -> None:
        """Something was committed in this process: the database is asked before anything is served again."""
        self._told += 1

    def ready(self, path: str) -> Kept | None:
        """The page at `path` where it is kept and surely fit to serve, without waiting: no lock, no database.

        A commit of another process is noticed within LOOK_S, one of this process at once.
        """
        now = time.monotonic()
        if self._heard != self._told or now - self._looked_s > LOOK_S:
            return None
        kept = self._pages.get(path)
        return kept if kept is not None and now - kept.at_s <= FRESH_S else None

    def page(self, path: str, draw: Callable[[], Drawn | None]) -> Kept | None:
        """The page at `path`, drawn at most once a version; None if there is none."""
        with self._lock:
            told, looked_s = self._told, time.monotonic()
            n = self.views.n()
            if n != self._n or len(self._pages) > self._most:
                self._n, self._pages = n, {}
            self._heard, self._looked_s = told, looked_s
            kept = self._pages.get(path)
            if kept is None or time.monotonic() - kept.at_s > FRESH_S:
                drawn = draw()
                if drawn is None:
                    return None
                kept = self._pages[path] = Kept(drawn, n=n, indexed=self._indexed)
            return kept


class Past:
    """The pages of one coverage as they stood at the times last asked for; the next public change empties it, so that
    nothing that was taken down stays in memory."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self._n = -1
        self._then: OrderedDict[str, Views] = OrderedDict()
        self._lock = threading.Lock()

    def at(self, stamp: str) -> Views | None:
        """The pages as they stood at that time; None for no time, or one that has not come."""
        with self._lock:
            n = self._views.n()
            if n != self._n:
                self._n = n
                self._then.clear()
            when = stamped_time(stamp)
            found = self._then.get(stamp) or (self._views.at(when) if when else None)
            if found is not None:
                self._then[stamp] = found
                self._then.move_to_end(stamp)
                if len(self._then) > MOST_PAST:
                    self._then.popitem(last=False)
            return found
