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

    async def home(self, request: Request) -> Response:
        """The list of coverages; the coverage itself where there is only one."""
        frames = [v.frame() for v in self._views.values()]
        if len(frames) == 1:
            return RedirectResponse(frames[0].path, status_code=302)
        links = tuple((f.path, f.coverage.title) for f in frames)
        return guarded(Response(pages.message_page("Coverages", "", links), media_type="text/html"))

    async def robots(self, request: Request) -> Response:
        """Robots may read what is not a replay; they never see the desk."""
        kept = [v.frame().path for v in self._views.values() if v.frame().coverage.replay is not None]
        lines = ["User-agent: *", "Disallow: /desk", *(f"Disallow: {path}" for path in kept)]
        return guarded(Response("\n".join(lines) + "\n", media_type="text/plain"))


class Events:
    """The stream of one coverage, as a raw ASGI endpoint: the hub writes to the server itself."""

    def __init__(self, hubs: Mapping[str, Hub]) -> None:
        self._hubs = hubs

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the stream, or 404."""
        hub = self._hubs.get(scope["path_params"]["name"])
        if hub is None:
            await not_found()(scope, receive, send)
        else:
            await hub.serve(scope, receive, send, after=after_of(scope))


def medium(found: Views, request: Request) -> Response:
    """A public picture or video. Caches ask again after seconds: a takedown must reach them (H14)."""
    path = found.medium(request.path_params["file"])
    kind = MEDIA_TYPES.get(path.suffix[1:]) if path else None
    if path is None or kind is None:
        return not_found()
    return guarded(FileResponse(path, media_type=kind), cache="public, max-age=5, must-revalidate")


def feed_answer(found: Views, request: Request) -> Response:
    """The Atom feed; a replay's feed is refused without the operator's flag, since feeds lose their context."""
    frame = found.frame()
    if not frame.feeds_allowed:
        text = (
            "This is a REPLAY: its feed is refused, so that nobody takes it for news. "
            f"The operator may allow it with {frame.feed_flag}.\n"
        )
        return guarded(Response(text, status_code=403, media_type="text/plain"), indexed=False)
    body = feed.atom(found.feed_page())
    return guarded(Response(body, media_type="application/atom+xml"), indexed=frame.coverage.replay is None)


def delta(found: Views, request: Request) -> Response:
    """What changed after a number, as JSON: for pages that cannot hold a stream. Too far behind: a reset."""
    after = request.path_params["after"]
    changes = found.changes(after)
    behind = bool(changes) and changes[0].n != after + 1
    body = {"n": found.n(), "interval_s": POLL_S, "reset": behind, "changes": [payload(found, c) for c in changes]}
    return guarded(JSONResponse(body), indexed=False)


def payload(found: Views, change: Change) -> dict[str, Any]:
    """One change as pages receive it: the entry's HTML in its present state, or the parts beside the stream."""
    base: dict[str, Any] = {"n": change.n, "kind": change.kind, "post": change.post}
    if change.kind in ("tally", "summary"):
        live = found.live_page()
        return base | {"parts": pages.aside(live) if live else {}}
    view = found.entry(change.post) if change.post else None
    return base | {"html": pages.entry(view, found.frame()) if view else ""}


async def static(request: Request) -> Response:
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
