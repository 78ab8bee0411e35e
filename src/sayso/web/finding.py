"""The addresses of what leads readers to entries: filters, parties, places."""

from collections.abc import Callable
from typing import Any

from starlette.routing import Route

from sayso.publish import pages
from sayso.web.drawing import Draw, drawn


def finding_routes(draw: Callable[[Draw], Any], one: str) -> list[Route]:
    """The pages under `one`; `draw` makes a handler of what draws a page."""

    def filtered(kind: str, part: str = "") -> list[Route]:
        path = f"{one}with/{kind}/" + (f"{{{part}}}/" if part else "")
        handler = draw(lambda v, p: drawn(pages.filtered_page, v.filtered_page(kind, p.get(part, ""), p.get("token"))))
        return [Route(path, handler), Route(path + "before/{token}/", handler)]

    def paged(path: str, draw_page: Draw) -> list[Route]:
        handler = draw(draw_page)
        return [Route(one + path, handler), Route(one + path + "before/{token}/", handler)]

    return [
        *paged("party/{party}/", lambda v, p: drawn(pages.party_page, v.party_page(p["party"], p.get("token")))),
        *paged("place/{place}/", lambda v, p: drawn(pages.place_page, v.place_page(p["place"], p.get("token")))),
        Route(one + "place/", draw(lambda v, _: pages.places_page(v.places_page()))),
        *filtered("key"), *filtered("media"), *filtered("denial"), *filtered("party", "party"),
        *filtered("place", "place"), *filtered("question", "question"),
    ]  # fmt: skip
