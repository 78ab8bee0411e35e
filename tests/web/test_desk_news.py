"""An open page of the desk hears of new statements, alerts and who else is there; as a stream, by asking, and without script."""

import asyncio
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from starlette.requests import Request

from sayso.accounts import hash_password
from sayso.flow.clock import world_now
from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from sayso.flow.shift.staff import EDITOR, Staff
from sayso.web.desk.news import News, NewsDesk
from sayso.web.desk.rendering import Ask, Pages
from tests.desk.factory import GUARD, NOW
from tests.web.desk_room import Browser, TotalReader, browser, newsroom, take_in

ONE = "/desk/c/orland"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path, readings="reviewed")
    made.reader = cast(Any, TotalReader())
    yield made
    made.store.close()


@pytest.fixture
def desk(room: Newsroom) -> Browser:
    return browser(room).sign_in()


def said(room: Newsroom, text: str, minutes: float = 0) -> str:
    at = NOW + timedelta(minutes=minutes)
    return take_in(room, text, GUARD, published_at=at, first_seen_at=at).id


def news(desk: Browser, query: str = "") -> Any:
    return desk.get(f"{ONE}/stream{query}").json()


def test_a_page_is_told_how_many_came_in_since_it_was_drawn(room: Newsroom, desk: Browser) -> None:
    said(room, "The road is open")
    seq = room.store.size()
    assert (news(desk, f"?after={seq}")["new"], news(desk)["new"]) == (0, 0)
    said(room, "A bridge fell", 1)
    told = news(desk, f"?after={seq}")
    assert (told["new"], told["waiting"]) == (1, 2)
    assert f'data-seq="{room.store.size()}"' in desk.get(f"{ONE}/").text


def test_an_alert_is_told_with_its_page_and_stands_on_the_page_of_alerts(room: Newsroom, desk: Browser) -> None:
    first = said(room, "The Tesk Guard: 31 soldiers in all", -60)
    Review(room).publish(first, accepted={0}, seen={f"{first}.0"}, who="editor")
    lower = said(room, "The Tesk Guard: 13 soldiers in all")
    (alert,) = news(desk)["alerts"]
    assert alert["path"] == f"s/{lower}"
    assert alert["text"].startswith("Lowered figure: Tesk Guard. Lower than the figure before: 31 → 13")
    page = desk.get(f"{ONE}/alerts").text
    assert f'data-alert="{alert["id"]}"' in page
    assert f'href="{ONE}/s/{lower}"' in page


def test_others_are_shown_on_the_page_and_in_the_inbox_without_script(room: Newsroom, desk: Browser) -> None:
    it = said(room, "The Tesk Guard: 31 soldiers in all")
    room.store.note_presence("ada", f"s/{it}/c/0", at=world_now(), forget=world_now())
    for path in (f"/s/{it}", "/"):
        assert f'data-here="s/{it}">ada is editing this<' in desk.get(ONE + path).text
    assert news(desk)["here"] == {f"s/{it}": ["ada is editing this"]}
    assert (EDITOR, f"s/{it}") in {(p.user, p.what) for p in room.store.present(since=NOW.replace(year=2000))}


def test_what_is_no_page_of_the_desk_is_not_noted(room: Newsroom, desk: Browser) -> None:
    assert desk.get(f"{ONE}/stream?at=<script>").status_code == 404
    assert desk.get(f"{ONE}/s/nothing").status_code == 404
    assert [p.what for p in room.store.present(since=NOW.replace(year=2000))] == []


def test_the_stream_tells_at_once_and_again_when_something_happens_until_nobody_is_signed_in(
    room: Newsroom, desk: Browser
) -> None:
    review, staff = Review(room), Staff(room.store)
    ways = NewsDesk({"orland": News(review)}, staff, Pages({"orland": room.coverage}))
    token = next(c.value for c in desk.client.cookies.jar if c.name.endswith("sayso_desk"))
    scope = {
        "type": "http", "method": "GET", "path": f"{ONE}/stream", "query_string": b"after=0&at=s/1", "scheme": "http",
        "headers": [(b"accept", b"text/event-stream"), (b"cookie", f"sayso_desk={token}".encode())],
        "server": ("desk.example", 80), "path_params": {"coverage": "orland"},
    }  # fmt: skip
    answer = cast(Any, ways.stream(Ask(request=Request(scope), token=str(token), who=EDITOR, role="admin")))

    async def heard() -> list[str]:
        lines, found = answer.body_iterator, []
        assert (await anext(lines)).startswith("retry:")
        found.append(await anext(lines))
        said(room, "A bridge fell")
        room.changed()
        found.append(await anext(lines))
        room.store.set_password(EDITOR, password_hash=hash_password("another one"))  # ends the session
        room.changed()
        found += [line async for line in lines]
        return found

    first, second = asyncio.run(heard())
    assert json.loads(first.removeprefix("data: "))["new"] == 0
    assert json.loads(second.removeprefix("data: "))["new"] == 1


def test_streams_end_when_the_server_stops(room: Newsroom) -> None:
    told = News(Review(room))
    room.leave()
    assert told.ear.closed
