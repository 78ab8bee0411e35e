"""One application of the reader's pages, the live updates and the desk."""

from typing import Any

import structlog
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from sayso.errors import TryLater
from sayso.flow.live import Job
from sayso.flow.newsroom import Newsroom
from sayso.flow.review import Review
from sayso.flow.staff import Staff
from sayso.flow.views import CoverageViews
from sayso.model.post import Change
from sayso.publish import pages
from sayso.web.deltas import payload, tell
from sayso.web.desk import desk_routes
from sayso.web.front import Front
from sayso.web.headers import guarded
from sayso.web.live import RESUMED, Hub
from sayso.web.public import Public, not_found, routes_of

log = structlog.get_logger()


def make_app(room: Newsroom, *, feeds: bool) -> tuple[Front, Job, Hub]:
    """The application of one coverage, what sends new public changes to open pages, and the hub that must run.

    The hub begins some changes back: who was reading while the server started anew hears what came meanwhile.
    """
    name, settings = room.coverage.name, room.settings
    views = CoverageViews(room, feeds=feeds)
    hub = Hub(n=max(0, views.n() - RESUMED), most_readers=settings.most_readers)
    public = Public({name: views}, poll_s=settings.poll_s)
    room.heard.append(public.shelves[name].changed)

    async def draw(change: Change) -> dict[str, Any]:
        return await run_in_threadpool(payload, views, change)

    async def broadcast() -> None:
        while changes := await run_in_threadpool(views.changes, hub.n):
            await tell(hub, changes, draw)

    routes = [*desk_routes({name: Review(room)}, Staff(room.store)), *routes_of(public)]
    handlers = {404: _not_found, 500: _broken, TryLater: _away}
    return Front(Starlette(routes=routes, exception_handlers=handlers), public.shelves, {name: hub}), broadcast, hub


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
