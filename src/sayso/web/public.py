"""The reader's routes of one server: pages, feed, media, live updates. They can see nothing that is not public."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from sayso.model.page import Views
from sayso.model.post import Change
from sayso.publish import feed, pages
from sayso.web.headers import FOR_EVER, SHORTLY, guarded
from sayso.web.live import Hub, after_of

#: How often a page polls that cannot hold a stream: one knob to slow all readers down.
POLL_S: Final = 10
Endpoint = Callable[[Request], Awaitable[Response]]
MEDIA_TYPES: Final = {"webp": "image/webp", "jpg": "image/jpeg", "png": "image/png", "mp4": "video/mp4"}

#: page name -> what renders it from the views and the path's parameters; None where there is no such page.
PAGES: Final[dict[str, Callable[[Views, dict[str, Any]], str | None]]] = {
    "live": lambda v, p: _or_none(v.live_page(p.get("before")), pages.live_page),
    "day": lambda v, p: _or_none(v.day_page(p["number"]), pages.day_page),
    "days": lambda v, p: pages.days_page(v.days_page()),
    "tally": lambda v, p: pages.tally_page(v.tally_page()),
    "questions": lambda v, p: pages.questions_page(v.questions_page()),
    "question": lambda v, p: _or_none(v.question_page(p["id"]), pages.question_page),
    "statement": lambda v, p: _or_none(v.statement_page(p["id"]), pages.statement_page),
    "post": lambda v, p: _or_none(v.post_page(p["id"]), pages.post_page),
    "method": lambda v, p: pages.method_page(v.method_page()),
    "corrections": lambda v, p: pages.corrections_page(v.corrections_page()),
}
PATHS: Final = {
    "live": ("/c/{name}/", "/c/{name}/before/{before}/"),
    "days": ("/c/{name}/days/",),
    "day": ("/c/{name}/day/{number:int}/",),
    "tally": ("/c/{name}/tally/",),
    "questions": ("/c/{name}/questions/",),
    "question": ("/c/{name}/q/{id}/",),
    "statement": ("/c/{name}/s/{id}/",),
    "post": ("/c/{name}/p/{id}/",),
    "method": ("/c/{name}/method/",),
    "corrections": ("/c/{name}/corrections/",),
}


def _or_none(view: Any, render: Callable[[Any], str]) -> str | None:
    return None if view is None else render(view)


class Rendered:
    """Pages by address, each rendered once a public number; forgotten when the number moves on.

    Source health on the method page moves without a public change: that page is not kept.
    """

    def __init__(self) -> None:
        self._n = -1
        self._pages: dict[str, str | None] = {}

    def get(self, n: int, path: str, make: Callable[[], str | None]) -> str | None:
        """The page at that number and address."""
        if n != self._n:
            self._n, self._pages = n, {}
        if path not in self._pages:
            made = make()
            if n == self._n and len(self._pages) < 2_000:
                self._pages[path] = made
            return made
        return self._pages[path]


def public_routes(views: Mapping[str, Views], hubs: Mapping[str, Hub]) -> list[BaseRoute]:
    """Every route that readers reach; `views` and `hubs` by coverage name."""
    public = Public(views)
    return [
        Route("/", public.home),
        *(Route(path, public.page(kind)) for kind, paths in PATHS.items() for path in paths),
        Route("/c/{name}/feed.atom", public.of_coverage(feed_answer)),
        Route("/c/{name}/since/{after:int}/", public.of_coverage(delta)),
        Route("/c/{name}/media/{file}", public.of_coverage(medium)),
        Route("/c/{name}/events", Events(hubs)),
        Route("/static/{file}", static),
        Route("/robots.txt", public.robots),
    ]


class Public:
    """The pages of all coverages of one server, rendered in worker threads."""

    def __init__(self, views: Mapping[str, Views]) -> None:
        self._views = views
        self._rendered = {name: Rendered() for name in views}

    def page(self, kind: str) -> Endpoint:
        """The endpoint of one kind of page."""
        return self.of_coverage(lambda found, request: self._answer(found, kind, request))

    def of_coverage(self, answer: Callable[[Views, Request], Response]) -> Endpoint:
        """An endpoint that answers for the coverage in the path; 404 where there is none of that name."""

        async def show(request: Request) -> Response:
            found = self._views.get(request.path_params["name"])
            return not_found() if found is None else await run_in_threadpool(answer, found, request)

        return show

    def _answer(self, found: Views, kind: str, request: Request) -> Response:
        n, indexed = found.n(), found.frame().coverage.replay is None
        if kind == "method":  # the health of sources moves without a public change
            html: str | None = PAGES[kind](found, {})
            return guarded(Response(html, media_type="text/html"), indexed=indexed)
        headers = {"etag": f'"{n}"'}
        if request.headers.get("if-none-match") == headers["etag"]:
            return guarded(Response(status_code=304, headers=headers), indexed=indexed)
        rendered = self._rendered[request.path_params["name"]]
        html = rendered.get(n, request.url.path, lambda: PAGES[kind](found, dict(request.path_params)))
        if html is None:
            return guarded(not_found(), indexed=indexed)
        return guarded(Response(html, media_type="text/html", headers=headers), indexed=indexed)

    async async def static(request: Request) -> Response:
    """A static file; hashed names never change."""
    found = pages.static_files().get(request.path_params["file"])
    if found is None:
        return not_found()
    body, media_type = found
    return guarded(Response(body, media_type=media_type), cache=FOR_EVER)


def not_found() -> Response:
    """There is no such page in public."""
    html = pages.message_page("Not here", "There is no such page, or it is not public.", (("/", "To the start"),))
    return guarded(Response(html, status_code=404, media_type="text/html"), cache=SHORTLY)
