"""The desk in the browser: server-rendered forms that work without JavaScript, behind one guard for every route.

Nothing of the desk is ever cached.

routing      each way into the desk with the right that it asks for
guard        who is signed in, where a request comes from, its form token
rendering    what the pages are drawn with
signing      in and out
joining      an address that works once: to join, or to choose a new password
people       accounts, for admins
own          one's own password, second factor, sessions
tokens       what one's programs sign in with
log          what staff did
api, bearing the desk for programs, and the guard for their tokens
inbox        what came in, the most urgent first
news         what happens while a page is open: new statements, alerts, who has what open
statements   a statement's page, pasting
comparing    two statements side by side
claims       one claim corrected, or added from words of the text
questions    questions put together, set apart, moved, marked
outgoing     what is on its way out, to be undone or agreed to
composing    entries written by hand: drafts, preview, sending them out
entries      an entry changed, placed, withdrawn, taken down
digests      the overview of a day and the standing summary
arranging    sources, parties and places
handover     what one shift leaves to the next
"""

from collections.abc import Mapping
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from sayso.flow.desk.review import Review
from sayso.flow.press.outgoing import WayOut
from sayso.flow.shift.staff import Staff
from sayso.web.desk.api import api_routes
from sayso.web.desk.arranging import arranging_ways
from sayso.web.desk.claims import claim_ways
from sayso.web.desk.comparing import comparing_ways
from sayso.web.desk.composing import composing_ways
from sayso.web.desk.digests import digest_ways
from sayso.web.desk.entries import entry_ways
from sayso.web.desk.guard import Guard
from sayso.web.desk.handover import handover_ways
from sayso.web.desk.inbox import inbox_ways
from sayso.web.desk.joining import joining_ways
from sayso.web.desk.log import log_ways
from sayso.web.desk.news import News, news_ways
from sayso.web.desk.outgoing import outgoing_ways
from sayso.web.desk.own import own_ways
from sayso.web.desk.people import people_ways
from sayso.web.desk.questions import question_ways
from sayso.web.desk.rendering import HEADERS, PAGES, Pages
from sayso.web.desk.routing import Way, routes_of
from sayso.web.desk.signing import signing_ways
from sayso.web.desk.statements import statement_ways
from sayso.web.desk.tokens import token_ways

__all__ = ["desk_routes", "desk_ways"]

FILES: Final = {
    "compose.css": "text/css",
    "compose.js": "text/javascript",
    "desk.css": "text/css",
    "desk.js": "text/javascript",
    "going.js": "text/javascript",
    "live.js": "text/javascript",
    "setup.css": "text/css",
    "sheet.css": "text/css",
    "sheet.js": "text/javascript",
}


def desk_ways(desks: Mapping[str, Review], staff: Staff, pages: Pages) -> list[Way]:
    """Every way into the desk; `desks` are the coverages by name, `staff` the accounts of this installation."""
    ways_out = {name: WayOut(review) for name, review in desks.items()}
    pages.going = {name: way_out.waiting for name, way_out in ways_out.items()}
    news = {name: News(review) for name, review in desks.items()}
    pages.present = {name: found.presence for name, found in news.items()}
    return [
        *signing_ways(desks, staff, pages),
        *joining_ways(staff, pages),
        *people_ways(staff, pages),
        *own_ways(staff, pages),
        *token_ways(staff, pages),
        *log_ways(staff, pages),
        *inbox_ways(desks, pages),
        *news_ways(news, staff, pages),
        *statement_ways(desks, ways_out, pages),
        *claim_ways(desks, ways_out, pages),
        *comparing_ways(desks, pages),
        *outgoing_ways(ways_out, pages),
        *composing_ways(ways_out, pages),
        *entry_ways(desks, pages),
        *question_ways(desks, pages),
        *digest_ways(ways_out, pages),
        *arranging_ways(desks, pages),
        *handover_ways(desks, pages),
    ]


def desk_routes(desks: Mapping[str, Review], staff: Staff) -> list[Route]:
    """Every route of the desk, each behind the guard; the desk's own style and script are open."""
    pages = Pages({name: review.coverage for name, review in desks.items()})
    return [
        Route("/desk/files/{name}", desk_file, methods=["GET"]),
        Route("/desk", lambda _: RedirectResponse("/desk/", 308, HEADERS), methods=["GET"]),
        *routes_of(desk_ways(desks, staff, pages), Guard(staff, pages)),
        *api_routes(desks, staff),
    ]


async def desk_file(request: Request) -> Response:
    """The desk's own style and script."""
    name = request.path_params["name"]
    if name not in FILES:
        raise HTTPException(404)
    return FileResponse(PAGES / name, media_type=FILES[name], headers={**HEADERS, "Cache-Control": "no-cache"})
