"""One application of the reader's pages, the live updates and the desk."""

from typing import Any

import structlog
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from sayso.errors import TryLater
from sayso.flow.desk.review import Review
from sayso.flow.live import Job
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.views import CoverageViews
from sayso.flow.shift.staff import Staff
from sayso.model.post import Change
from sayso.publish import pages
from sayso.web.deltas import payload, tell
from sayso.web.desk import desk_routes
from sayso.web.front import Front
from sayso.web.headers import guarded
from sayso.web.live import RESUMED, Hub
from sayso.web.public import Public, not_found, routes_of

log = structlog.get_logger()


class Served:
    """The pages and the desk of one coverage as its files say; `make` makes them anew once the files say something else."""

    def __init__(self, room: Newsroom, *, feeds: bool) -> None:
        self._room, self._feeds = room, feeds
        self.make()

    def make(self) -> None:
        """Draw from now on what the coverage is by now; nothing that was drawn before is kept."""
        room, name = self._room, self._room.coverage.name
        self.views = CoverageViews(room, feeds=self._feeds)
        public = Public({name: self.views}, poll_s=room.settings.poll_s)
        self.shelves = public.shelves
        staff = Staff(room.store, second_for=room.settings.second_factor, address=room.settings.public_address)
        routes = [*desk_routes({name: Review(room)}, staff), *routes_of(public)]
        handlers = {404: _not_found, 500: _broken, TryLater: _away}
        self.app = Starlette(routes=routes, exception_handlers=handlers)

    def changed(self) -> None:
        """Something was committed."""
        for shelf in self.shelves.values():
            shelf.changed()


def make_app(room: Newsroom, *, feeds: bool) -> tuple[Front, Job, Hub]:
    """The application of one coverage, what sends new public changes to open pages, and the hub that must run.

    The hub begins some changes back: who was reading while the server started anew hears what came meanwhile.
    """
    served = Served(room, feeds=feeds)
    hub = Hub(n=max(0, served.views.n() - RESUMED), most_readers=room.settings.most_readers)
    front = Front(served.app, served.shelves, {room.coverage.name: hub})

    def renew() -> None:
        served.make()
        front.serve(served.app, served.shelves)

    async def draw(change: Change) -> dict[str, Any]:
        return await run_in_threadpool(payload, served.views, change)

    async def broadcast() -> None:
        while changes := await run_in_threadpool(served.views.changes, hub.n):
            if any(change.kind == "drop" for change in changes):
                room.forget()  # another process may have taken it down
            await tell(hub, changes, draw)

    room.heard.append(served.changed)
    room.rearranged.append(renew)
    room.leaving.append(hub.close)
    return front, broadcast, hub


async def _not_found(request: Request, err: Exception) -> Response:
    return not_found()


async def _broken(request: Request, err: Exception) -> Response:
    html = pages.message_page(
        "Something broke", "The page could not be made. The desk has been told; try again in a moment."
    )
    return guarded(Response(html, status_code=500, media_type="text/html"), cache="no-store")


async def _away(request: Request, err: Exception) -> Response:
    """The database is busy or away: what it says of itself is for the desk and the log, not for readers."""
    log.warning("web.page_not_made", path=request.url.path, error=str(err))
    html = pages.message_page("Try again in a moment", "The page cannot be made just now.")
    answer = guarded(Response(html, status_code=503, media_type="text/html"), cache="no-store")
    answer.headers["retry-after"] = "5"
    return answer
