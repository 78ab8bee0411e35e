"""Forty readings with a wrong side, a lost hedge or a swapped figure, in a real browser: one key publishes none (H2)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Browser

from sayso.model.claim import Part, Passage, Reading
from sayso.model.setting import Setting
from tests.browser.desk_server import running_desk, signed_in
from tests.desk.planted import Planted, planted
from tests.web.desk_room import take_in

pytestmark = pytest.mark.browser


class Misreader:
    """Reads each planted text as it was planted."""

    version = "misread-1"

    def __init__(self) -> None:
        self.claims = {p.text: p.claim for p in planted()}

    def read(self, text: str, parts: Sequence[Part], setting: Setting) -> Reading:
        passage = Passage(span=parts[0].span, text=text, claims=(self.claims[text],))
        return Reading(passages=(passage,), reader=self.version)


def test_no_misreading_is_published_by_one_key(browser: Browser, tmp_path: Path) -> None:
    with running_desk(tmp_path) as desk:
        desk.room.reader = cast(Any, Misreader())
        taken = [(p, take_in(desk.room, p.text, p.source, lang=p.lang)) for p in planted()]
        page = signed_in(browser, desk)
        published, plain = [], []
        for one, it in taken:
            page.goto(f"{desk.base}/desk/c/orland/s/{it.id}")
            page.wait_for_selector(".card.seen")  # also where every word was on the screen
            if page.locator(".card.amber").count() != 1:
                plain.append(told(one))
            page.keyboard.press("a")
            page.wait_for_selector("text=This claim is to be looked at twice")
            if desk.room.store.posts_of(it.id) or desk.room.store.outgoing():
                published.append(told(one))
        page.context.close()
    assert len(taken) == 40
    assert (plain, published) == ([], [])


def test_two_deeds_publish_what_an_editor_judged(browser: Browser, tmp_path: Path) -> None:
    with running_desk(tmp_path) as desk:
        desk.room.reader = cast(Any, Misreader())
        one = next(planted())
        it = take_in(desk.room, one.text, one.source)
        page = signed_in(browser, desk)
        page.goto(f"{desk.base}/desk/c/orland/s/{it.id}")
        page.wait_for_selector(".card.seen")
        for key in ("a", "x", "a"):  # refused, which leads to the claim; left out; published without it
            page.keyboard.press(key)
        page.wait_for_url("**/desk/c/orland/**done=publish**")
        page.context.close()
        assert len(desk.room.store.posts_of(it.id)) == 1
        assert desk.room.store.said(statement=it.id) == ()


def told(one: Planted) -> str:
    """Which it was, where the test fails."""
    return f"{one.fault}: {one.text}"
