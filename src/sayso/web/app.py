"""One application of the reader's pages, the live updates and the desk."""

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
from sayso.publish import pages
from sayso.web.desk import desk_routes
from sayso.web.headers import guarded
from sayso.web.live import Hub
from sayso.web.public import not_found, payload, public_routes

log = structlog.get_logger()


def make_app(room: Newsroom, *, feeds: bool) -> tuple[Starlette, Job, Hub]:
    """The application of one coverage, what sends new public changes to open pages, and the hub that must run."""
    name = room.coverage.name
    views, hub = CoverageViews(room, feeds=feeds), Hub(n=room.store.public_n())

    async def broadcast() -> None:
        for change in await run_in_threadpool(views.changes, hub.n):
            if change.kind == "drop":
                hub.forget_all()
            hub.publish(change.n, change.kind, await run_in_threadpool(payload, views, change))

    routes = [*desk_routes({name: Review(room)}, Staff(room.store)), *public_routes({name: views}, {name: hub})]
    app = Starlette(routes=routes, exception_handlers={404: _not_found, 500: _broken, TryLater: _away})
    return app, broadcast, hub


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
