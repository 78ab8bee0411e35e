"""What readers see: pages that are rendered once a version, files, the feed, the changes after a number.

Everything public goes through `Views`, which knows published things only. Nothing here reads a cookie, sets one, or
reflects a request's header.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from sayso.catalogue import ENGLISH, N_
from sayso.model.page import ChangedPage, LivePage, PageFrame, PostPage, stamped_time, time_stamp
from sayso.model.views import Views
from sayso.publish import pages
from sayso.publish.assets import static_files
from sayso.publish.cards import drawn as drawn_card
from sayso.publish.feed import atom
from sayso.publish.json_feed import json_feed
from sayso.publish.table import figures_csv
from sayso.web import deltas
from sayso.web.drawing import Draw, drawn
from sayso.web.finding import finding_routes
from sayso.web.headers import FOREVER, HEADERS, MEDIA_CACHE, MEDIA_CSP, NOT_INDEXED, PAGE_CACHE
from sayso.web.live import Hub
from sayso.web.searching import search_route
from sayso.web.shelf import MOST_PAST_KEPT, Drawn, Kept, Past, Shelf

#: Seconds after which a page without a stream asks again.
POLL_S: Final = 10
HTML: Final = "text/html; charset=utf-8"
TEXT: Final = "text/plain; charset=utf-8"
#: Under this every page stands once more, without pictures.
TEXT_ONLY: Final = "text/"
SVG: Final = "image/svg+xml"
JSON: Final = "application/json"
JSON_FEED: Final = "application/feed+json; charset=utf-8"
ATOM: Final = "application/atom+xml; charset=utf-8"
CSV: Final = "text/csv; charset=utf-8; header=present"
FILE_NAME: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,150}")
GONE: Final = b"This entry was removed.\n"
#: Pictures of entries that are kept, of 20 to 40 kB each.
MOST_CARDS: Final = 300
NOT_YET: Final = N_("That time has not come yet: choose an earlier one.")
MISSING: Final = N_("There is no such page here. It may have been removed, or the address is mistyped.")
NOT_FOUND: Final = N_("Not found")


class Public:
    """The handlers of the public pages; each runs in a worker thread."""

    def __init__(self, views: Mapping[str, Views], *, poll_s: float = POLL_S) -> None:
        self._views = views
        self._poll_s = poll_s
        told = {name: v.frame().coverage.replay is None for name, v in views.items()}
        self.shelves = {name: Shelf(v, indexed=told[name]) for name, v in views.items()}
        self._texts = {name: v.in_text() for name, v in views.items()}
        self._past = {name: Past(v) for name, v in views.items()}
        self._past_shelves = {name: Shelf(v, most=MOST_PAST_KEPT, indexed=False) for name, v in views.items()}
        self._cards = {name: Shelf(v, most=MOST_CARDS, indexed=told[name]) for name, v in views.items()}

    def views(self, request: Request) -> Views | None:
        """The coverage that the address names, as it stood at the time that the address names, or in text only."""
        name = request.path_params.get("coverage", "")
        stamp = request.path_params.get("then")
        if request.url.path.startswith(f"/c/{name}/{TEXT_ONLY}"):
            return self._texts.get(name)
        if stamp is None or name not in self._views:
            return self._views.get(name)
        return self._past[name].at(stamp)

    def _shelf(self, request: Request) -> Shelf | None:
        """Where the page is kept: old pages and cards, which take longer to draw, hold up no page of now."""
        parts, kept = request.path_params, self.shelves
        if "version" in parts:
            kept = self._cards
        elif "then" in parts or "since" in parts:
            kept = self._past_shelves
        return kept.get(parts.get("coverage", ""))

    def _nowhere(self, request: Request) -> Response:
        """What is said of an address that names no coverage, or a time that has not come."""
        views = self._views.get(request.path_params.get("coverage", ""))
        when = stamped_time(request.path_params.get("then", ""))
        if views is None or when is None or when <= views.frame().now:
            return not_found(views.frame() if views else None)
        return not_found(views.frame(), NOT_YET)

    def then(self, request: Request) -> Response:
        """Lead from the form that asks for a time to the page as it stood then."""
        return self._lead(request, lambda frame, stamp: f"{frame.root}at/{stamp}/")

    def changed(self, request: Request) -> Response:
        """What changed since the beginning of the day, or the way to the page since a time that a form asks for."""
        if "t" in request.query_params:
            return self._lead(request, lambda frame, stamp: f"{frame.path}changed/{stamp}/")
        response: Response = self.drawing(lambda v, _: drawn(pages.changed_page, v.changed_page(None)))(request)
        return response

    def _lead(self, request: Request, to: Callable[[PageFrame, str], str]) -> Response:
        views = self.views(request)
        if views is None:
            return not_found()
        frame = views.frame()
        try:
            there = datetime.strptime(request.query_params.get("t", "")[:16], "%Y-%m-%dT%H:%M")  # noqa: DTZ007
        except ValueError:
            return not_found(frame)
        stamp = time_stamp(there.replace(tzinfo=frame.coverage.tz))
        return Response(status_code=303, headers={**HEADERS, "Location": to(frame, stamp), "Cache-Control": "no-store"})

    def drawing(self, draw: Draw, type_: str = HTML) -> Any:
        """A handler that serves what `draw` draws of the coverage and the parts of the address."""

        def handler(request: Request) -> Response:
            parts = {k: v for k, v in request.path_params.items() if k not in ("coverage", "then")}

            def drawn(views: Views) -> Drawn | None:
                body = draw(views, parts)
                return None if body is None else Drawn(body=encoded(body), type=type_)

            return self.serve(request, drawn)

        return handler

    def serve(self, request: Request, draw: Callable[[Views], Drawn | None], *, at: str = "") -> Response:
        """What `draw` draws, at most once a version; it is kept as the page at `at`, else at the request's own path."""
        seen: list[Views] = []

        def drawn() -> Drawn | None:
            views = self.views(request)  # once the shelf is ours: nothing of before a takedown is drawn after it
            seen.extend([views] if views else [])
            return draw(views) if views else None

        shelf = self._shelf(request)
        kept = shelf.page(at or request.url.path, drawn) if shelf else None
        if kept is None:
            return not_found(seen[0].frame()) if seen else self._nowhere(request)
        return kept.response(request.headers.get("accept-encoding", ""), request.headers.get("if-none-match", ""))

    def index(self, request: Request) -> Response:
        """The coverages of this server."""
        body = pages.index_page([v.frame() for v in self._views.values()])
        return Response(body, media_type=HTML, headers={**HEADERS, "Cache-Control": PAGE_CACHE})

    def post(self, request: Request) -> Response:
        """One post: 410 and its tombstone once it was taken down."""

        def drawn(views: Views) -> Drawn | None:
            entry = views.entry(request.path_params["post"])
            if entry is None:
                return None
            body = pages.post_page(PostPage(frame=views.frame(), entry=entry))
            return Drawn(body=body.encode(), type=HTML, status=410 if entry.post.state == "taken_down" else 200)

        return self.serve(request, drawn)

    def card(self, request: Request) -> Response:
        """The picture of a post; 410 once the post is gone. The address of an earlier version gives the newest, so that a
        correction reaches those who kept it."""

        def drawn_of(views: Views) -> Drawn | None:
            entry, version = views.entry(request.path_params["post"]), request.path_params["version"]
            if entry is None or version > entry.post.version:
                return None
            words = pages.card_words(PostPage(frame=views.frame(), entry=entry))
            if words is None:
                return Drawn(body=GONE, type=TEXT, status=410)
            return Drawn(body=drawn_card(words), type="image/png")

        return self.serve(request, drawn_of)

    def feed(self, request: Request) -> Response:
        """The Atom feed."""
        return self._given_away(request, lambda v, _: atom(v.feed_page()), ATOM)

    def json_feed(self, request: Request) -> Response:
        """The same as a JSON Feed."""
        return self._given_away(request, lambda v, _: json_feed(v.feed_page()), JSON_FEED)

    def figures(self, request: Request) -> Response:
        """Every figure of the tally as a table."""
        return self._given_away(request, lambda v, _: figures_csv(v.figures_page()), CSV)

    def _given_away(self, request: Request, draw: Draw, type_: str) -> Response:
        """What leaves the page for other programs; a replay is refused unless the operator allowed it."""
        views = self.views(request)
        if views is None:
            return not_found()
        frame = views.frame()
        if not frame.given_away:
            return PlainTextResponse(
                refusal(frame), 403, headers={**HEADERS, **NOT_INDEXED, "Cache-Control": "no-store"}
            )
        response: Response = self.drawing(draw, type_)(request)
        return response

    def head(self, request: Request) -> Response:
        """The newest number and the changes that no segment holds yet."""
        return self.serve(request, lambda v: deltas.head(v, interval_s=self._poll_s))

    def segment(self, request: Request) -> Response:
        """One whole segment of changes."""
        begin, end = request.path_params["begin"], request.path_params["end"]
        at = f"/c/{request.path_params['coverage']}/live/{begin}-{end}.json"
        return self.serve(request, lambda v: deltas.segment(v, begin, end), at=at)

    def body(self, request: Request) -> Response:
        """The newest version of a post, or of the parts that count, to one who heard of a change with that number."""
        name, post = request.path_params["coverage"], request.path_params.get("post")
        views = self._views.get(name)
        if views is None or request.path_params["n"] > views.n():
            return not_found(views.frame() if views else None)
        if post is None:
            return self.serve(request, deltas.parts, at=f"/c/{name}/live/parts")
        return self.serve(request, lambda v: deltas.post(v, post), at=f"/c/{name}/live/post/{post}")

    def medium(self, request: Request) -> Response:
        """A picture or video; our public copies only."""
        views, name = self.views(request), request.path_params["name"]
        path = views.medium(name) if views and FILE_NAME.fullmatch(name) else None
        if path is None or not path.is_file():
            return not_found()
        tag = f'"{name}"'  # a name holds the hash of its picture
        headers = {**HEADERS, "Content-Security-Policy": MEDIA_CSP, "Cache-Control": MEDIA_CACHE, "ETag": tag}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return FileResponse(path, headers=headers)


def public_routes(views: Mapping[str, Views], hubs: Mapping[str, Hub]) -> list[Route]:
    """Every public route; `views` and `hubs` are the coverages of this server by name."""
    return [
        *routes_of(Public(views)),
        *(Route(f"/c/{name}/events", hub, methods=["GET"]) for name, hub in hubs.items()),
    ]


def routes_of(public: Public) -> list[Route]:
    """Every public route but the streams."""
    one = "/c/{coverage}/"
    return [
        Route("/", public.index, methods=["GET"]),
        Route("/static/{name}", static_file, methods=["GET"]),
        *page_routes(public, one),
        *page_routes(public, one + TEXT_ONLY),
        search_route(public.views, one, not_found),
        search_route(public.views, one + TEXT_ONLY, not_found),
        search_route(public.views, one + "at/{then}/", not_found),
        Route(one + "at/", public.then, methods=["GET"]),
        *page_routes(public, one + "at/{then}/"),
        Route(one + "method/", public.drawing(lambda v, _: pages.method_page(v.method_page()))),
        Route(one + "ledger/checkpoint", public.drawing(lambda v, _: v.checkpoint(), TEXT), methods=["GET"]),
        Route(one + "ledger/key", public.drawing(lambda v, _: v.verifier(), TEXT), methods=["GET"]),
        Route(one + "ledger/s/{statement}.json", public.drawing(lambda v, p: as_json(v.proof(p["statement"])), JSON)),
        Route(
            one + "ledger/{first:int}-{second:int}.json",
            public.drawing(lambda v, p: as_json(v.consistency(p["first"], p["second"])), JSON),
        ),
        Route(one + "feed.atom", public.feed, methods=["GET"]),
        Route(one + "feed.json", public.json_feed, methods=["GET"]),
        Route(one + "live/head.json", public.head, methods=["GET"]),
        Route(one + "live/{begin:int}-{end:int}.json", public.segment, methods=["GET"]),
        Route(one + "live/post/{post}/{n:int}", public.body, methods=["GET"]),
        Route(one + "live/parts/{n:int}", public.body, methods=["GET"]),
        Route(one + "card/{post}-{version:int}.png", public.card, methods=["GET"]),
        Route(one + "media/{name}", public.medium, methods=["GET"]),
    ]


def page_routes(public: Public, one: str) -> list[Route]:
    """The pages that stand under `one` as they are, and as they stood at a time."""
    draw = public.drawing
    return [
        Route(one, draw(lambda v, _: live(v.live_page())), methods=["GET"]),
        Route(one + "before/{token}/", draw(lambda v, p: live(v.live_page(p["token"]))), methods=["GET"]),
        Route(one + "after/{token}/", draw(lambda v, p: live(v.newer_page(p["token"]))), methods=["GET"]),
        Route(one + "around/{post}/", draw(lambda v, p: live(v.page_around(p["post"]))), methods=["GET"]),
        Route(one + "day/{number:int}/", draw(lambda v, p: drawn(pages.day_page, v.day_page(p["number"])))),
        Route(one + "days/", draw(lambda v, _: pages.days_page(v.days_page()))),
        Route(one + "tally/", draw(lambda v, _: pages.tally_page(v.tally_page()))),
        Route(one + "tally/figures.csv", public.figures, methods=["GET"]),
        Route(one + "map/panel.svg", draw(lambda v, _: pages.map_panel_svg(v.map_page()), SVG), methods=["GET"]),
        Route(one + "map/", draw(lambda v, _: pages.map_page(v.map_page()))),
        Route(one + "q/", draw(lambda v, _: drawn(pages.questions_page, v.questions_page()))),
        Route(one + "q/before/{token}/", draw(lambda v, p: drawn(pages.questions_page, v.questions_page(p["token"])))),
        Route(one + "q/{question}/all/", draw(lambda v, p: drawn(pages.answers_page, v.answers_page(p["question"])))),
        Route(one + "q/{question}/", draw(lambda v, p: drawn(pages.question_page, v.question_page(p["question"])))),
        Route(one + "s/{statement}/", draw(lambda v, p: drawn(pages.statement_page, v.statement_page(p["statement"])))),
        Route(one + "p/{post}/", public.post, methods=["GET"]),
        Route(one + "changed/", public.changed, methods=["GET"]),
        Route(one + "changed/{since}/", draw(lambda v, p: drawn(pages.changed_page, changed(v, p["since"])))),
        Route(one + "corrections/", draw(lambda v, _: pages.corrections_page(v.corrections_page()))),
        *finding_routes(draw, one),
    ]


def changed(views: Views, stamp: str) -> ChangedPage | None:
    """What changed since the time of a stamp."""
    when = stamped_time(stamp)
    return views.changed_page(when) if when else None


def live(page: LivePage | None) -> str | None:
    """The live page, None for a paging token or an entry that leads nowhere."""
    return None if page is None else pages.live_page(page)


def as_json(document: Mapping[str, Any] | None) -> str | None:
    """A document as readable JSON, None where there is none."""
    return None if document is None else json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def encoded(body: str | bytes) -> bytes:
    """A page as bytes."""
    return body.encode() if isinstance(body, str) else body


def not_found(frame: PageFrame | None = None, why: str = MISSING) -> Response:
    """The page that says that there is nothing here; it repeats nothing of the address."""
    body = pages.message_page(
        NOT_FOUND, why, lang=frame.coverage.language if frame else ENGLISH, back=frame.root if frame else "/"
    )
    return Response(body, 404, media_type=HTML, headers={**HEADERS, **NOT_INDEXED, "Cache-Control": "no-store"})


def static_file(request: Request) -> Response:
    """Our own style, script and icon, under names that hold their hash."""
    found = kept_files().get(request.path_params["name"])
    if found is None:
        return not_found()
    return found.response(request.headers.get("accept-encoding", ""), request.headers.get("if-none-match", ""))


@cache
def kept_files() -> Mapping[str, Kept]:
    """Public name -> our own file as its answers."""
    return {
        name: Kept(Drawn(body=body, type=type_, cache=FOREVER), n=0, indexed=True)
        for name, (body, type_) in static_files().items()
    }


def refusal(frame: PageFrame) -> str:
    """Why a replay has no feed and no table, and what allows them."""
    flag = f" To give it away all the same, start sayso with {frame.feed_flag}." if frame.feed_flag else ""
    return f"“{frame.coverage.title}” is a REPLAY: its entries are not news, so that there is no feed or table of them.{flag}\n"
