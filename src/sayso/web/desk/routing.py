"""The ways into the desk: each with the right that it asks for, so that one list says who may do what."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sayso.accounts import May
from sayso.errors import Refused
from sayso.web.desk.guard import Guard, Handler

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Way:
    """One method of one path. `may` is the right that whoever is signed in must have; "anyone" needs no signing in."""

    method: Literal["GET", "POST"]
    path: str
    handler: Handler
    may: May | Literal["anyone"]


def routes_of(ways: Iterable[Way], guard: Guard) -> list[Route]:
    """The routes, each behind the guard."""
    return [Route(way.path, guarded(way, guard), methods=[way.method]) for way in ways]


def guarded(way: Way, guard: Guard) -> Callable[[Request], Awaitable[Response]]:
    """The handler of a way behind the guard."""
    return guard.anyone(way.handler) if way.may == "anyone" else guard.staff_only(way.handler, way.may)


def of_coverage(each: Mapping[str, T], request: Request) -> T:
    """What belongs to the coverage in a request's address. Raises Refused where there is none of that name."""
    found = each.get(str(request.path_params["coverage"]))
    if found is None:
        raise Refused("This server has no such coverage.")
    return found
