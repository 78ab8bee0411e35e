"""Several people at one desk: browsers, addresses that work once, the world's clock put forward."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from starlette.applications import Starlette

from sayso.accounts import code_at
from sayso.flow.clock import world_now
from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from sayso.flow.shift.staff import Staff
from sayso.web.desk import desk_routes
from tests.web.desk_room import HOST, Browser, Client

PASSWORD = "four plain words here"


class Clock:
    """The world's clock, which stands until it is put forward."""

    def __init__(self) -> None:
        self.began = world_now()
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return self.began + self.ahead


def stranger(room: Newsroom, **staff: Any) -> Browser:
    """Another browser at the same desk; `staff` says which roles need a second factor."""
    review = Review(room)
    routes = desk_routes({"orland": review}, Staff(room.store, **staff))
    return Browser(Client(Starlette(routes=routes)), review, PASSWORD)


def address_on(answer: Any) -> str:
    """The path of the address that a page shows."""
    found = re.search(rf'value="{HOST}(/desk/join/[^"]+)"', answer.text)
    assert answer.status_code == 200 and found, answer.text
    return found[1]


def invited(room: Newsroom, admin: Browser, name: str, role: str = "editor") -> Browser:
    """Somebody who took an invitation and signed in."""
    at = address_on(admin.post("/desk/people/invite", at="/desk/people", role=role))
    somebody = stranger(room)
    assert somebody.post(at, at=at, name=name, password=PASSWORD, again=PASSWORD).status_code == 303
    return signed_in(somebody, name)


def signed_in(somebody: Browser, name: str, password: str = PASSWORD) -> Browser:
    answer = somebody.post("/desk/login", at="/desk/login", name=name, password=password)
    assert answer.status_code == 303, answer.text
    return somebody


def about(admin: Browser, act: str, **form: str) -> Any:
    return admin.post(f"/desk/people/{act}", at="/desk/people", **form)


def code_now(secret: bytes, clock: Callable[[], datetime] = world_now) -> str:
    return code_at(secret, int(clock().timestamp()) // 30)
