"""The search: a form that asks by its address. What is asked is printed back to who asked, and kept nowhere."""

from collections.abc import Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sayso.model.views import Views
from sayso.publish import pages
from sayso.web.headers import HEADERS, NOT_INDEXED

#: Not even by a cache on the way.
KEPT_NOWHERE: Final = "private, no-store"


def search_route(views: Callable[[Request], Views | None], one: str, not_found: Callable[[], Response]) -> Route:
    """The search under `one`: of each coverage as it stands, or stood at the time in the address."""

    def search(request: Request) -> Response:
        found = views(request)
        asked = request.query_params
        page = found.search_page(asked.get("q", ""), asked.get("before")) if found else None
        if page is None:
            return not_found()
        headers = {**HEADERS, **NOT_INDEXED, "Cache-Control": KEPT_NOWHERE}
        return Response(pages.search_page(page), media_type="text/html; charset=utf-8", headers=headers)

    return Route(one + "search/", search, methods=["GET"])
