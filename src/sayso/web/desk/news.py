"""What happens while a page of the desk is open: new statements, alerts, who has what open. As a stream (server-sent events) to
whoever asks for one, else once."""

import asyncio
import contextlib
import json
import re
from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response, StreamingResponse

from sayso.accounts import cookie_name
from sayso.desk.alerts import WORDS, Alert
from sayso.errors import Refused, TryLater
from sayso.flow.desk.alerting import Alerting
from sayso.flow.desk.review import Review
from sayso.flow.desk.sorting import Sorting
from sayso.flow.newsroom import Newsroom
from sayso.flow.shift.presence import Presence
from sayso.flow.shift.staff import Staff
from sayso.web.desk.guard import SESSION
from sayso.web.desk.rendering import Ask, Pages
from sayso.web.desk.routing import Way, of_coverage

STREAM: Final = "/desk/c/{coverage}/stream"
ALERTS: Final = "/desk/c/{coverage}/alerts"
#: Another process may have written: the database is asked at least this often.
LOOK_S: Final = 0.8
#: A stream ends after so long, and the browser asks for the next one: so it is known that somebody is still signed in.
LASTS_S: Final = 50.0
#: Whether whoever listens is still signed in is asked with all that happens here, and at least this often.
ASK_S: Final = 5.0
#: Something is sent at least this often, so that a dead line is noticed.
BEAT_S: Final = 15.0
RETRY_MS: Final = 1_000
#: Alerts that a message holds; the page of alerts has all.
TOLD: Final = 20
WAITING: Final = ("new", "held")
#: What a page says of itself: its path under the coverage's desk.
PATH: Final = re.compile(r"[^\s<>\"'?#]{0,200}")


class Ear:
    """Hears that something was committed in this process, from any thread."""

    def __init__(self, room: Newsroom) -> None:
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self.closed = False
        room.heard.append(self.changed)
        room.leaving.append(self.close)

    def changed(self) -> None:
        """Wake whoever waits."""
        for loop, event in tuple(self._waiting):
            with contextlib.suppress(RuntimeError):  # its loop has ended
                loop.call_soon_threadsafe(event.set)

    def close(self) -> None:
        """End every stream: the server stops."""
        self.closed = True
        self.changed()

    async def wait(self, at_most_s: float) -> bool:
        """Return once something was committed here, or after that time in any case: whether it was."""
        mine = asyncio.get_running_loop(), asyncio.Event()
        self._waiting.add(mine)
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(at_most_s):
                    await mine[1].wait()
        finally:
            self._waiting.discard(mine)
        return mine[1].is_set()


class News:
    """What happens at the desk of one coverage; what all pages are told alike is looked for once."""

    def __init__(self, review: Review) -> None:
        self._store = review.room.store
        self.ear = Ear(review.room)
        self.presence = Presence(review.room.store)
        self.alerting = Alerting(review.room, Sorting(review.room, review.foreseeing, review.cards))
        self._counted: tuple[int, dict[int, int]] = (-1, {})

    def message(self, who: str, *, path: str, after: int | None) -> dict[str, Any]:
        """What a page at that path is told: how many statements wait that came in after a row of the ledger (0 without one)
        and in all, the alerts, and what others have open."""
        self.presence.note(who, path)
        seq = self._store.size()
        return {
            "new": self._waiting(seq, after) if after is not None else 0,
            "waiting": self._waiting(seq, 0),
            "alerts": [shown(a) for a in self.alerting.now()[:TOLD]],
            "here": self.presence.others(who),
        }

    def _waiting(self, seq: int, after: int) -> int:
        """How many statements wait that came in after a row, counted once for each row of the ledger."""
        counts = self._counted[1]
        if self._counted[0] != seq:
            self._counted = seq, (counts := {})
        if after not in counts:
            counts[after] = self._store.arrived_since(states=WAITING, after=after)
        return counts[after]


def shown(alert: Alert) -> dict[str, str]:
    """An alert as a page gets it."""
    return {"id": alert.id, "text": f"{WORDS[alert.kind]}: {alert.whose}. {alert.sentence}", "path": alert.path}


def news_ways(news: Mapping[str, News], staff: Staff, pages: Pages) -> list[Way]:
    """The ways to what happens."""
    desk = NewsDesk(news, staff, pages)
    return [Way("GET", STREAM, desk.stream, "look"), Way("GET", ALERTS, desk.alerts, "look")]


class NewsDesk:
    """The handlers. Each gets an `Ask` that the guard let through."""

    def __init__(self, news: Mapping[str, News], staff: Staff, pages: Pages) -> None:
        self._news = news
        self._staff = staff
        self._page = pages.page

    def alerts(self, ask: Ask) -> Response:
        """All alerts of the last 24 hours."""
        return self._page(ask, "alerts.html", here="alerts", alerts=self._of(ask).alerting.now(), words=WORDS)

    def stream(self, ask: Ask) -> Response:
        """Messages as they come, where a stream is asked for; else one."""
        news, who, asked = self._of(ask), str(ask.who), ask.request.query_params
        path, after = asked.get("at", ""), asked.get("after", "")
        if not PATH.fullmatch(path):
            raise Refused("There is no such page of the desk.")
        row = int(after[:18]) if after.isascii() and after.isdigit() else None
        if "text/event-stream" not in ask.request.headers.get("accept", ""):
            return JSONResponse(news.message(who, path=path, after=row))
        token = ask.request.cookies.get(cookie_name(SESSION, scheme=ask.request.url.scheme), "")
        told = self._told(news, who, token=token, path=path, after=row)
        return StreamingResponse(told, media_type="text/event-stream")

    async def _told(self, news: News, who: str, *, token: str, path: str, after: int | None) -> AsyncIterator[str]:
        """The lines of a stream: a message at once and whenever it says something else, for as long as who asked is signed
        in."""
        loop = asyncio.get_running_loop()
        ends_s, said, said_s, asked_s, heard = loop.time() + LASTS_S, "", loop.time(), 0.0, True
        yield f"retry: {RETRY_MS}\n\n"
        while loop.time() < ends_s and not news.ear.closed:
            with contextlib.suppress(TryLater):  # the next look tells it
                if heard or loop.time() - asked_s > ASK_S:
                    person, asked_s = await run_in_threadpool(self._staff.who, token), loop.time()
                    if person is None or person.name != who:
                        return
                message = json.dumps(await run_in_threadpool(news.message, who, path=path, after=after))
                if message != said:
                    said, said_s = message, loop.time()
                    yield f"data: {message}\n\n"
            if loop.time() - said_s > BEAT_S:
                said_s = loop.time()
                yield ":\n\n"
            heard = await news.ear.wait(LOOK_S)

    def _of(self, ask: Ask) -> News:
        return of_coverage(self._news, ask.request)
