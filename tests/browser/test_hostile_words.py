"""Hostile words in a real browser: on every page kind they stay words, and where nothing cleans them the headers still hold.

With SAYSO_ACCEPTANCE set all collected payloads are tried, else 300 of them.
"""

import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, Request, sync_playwright
from starlette.applications import Starlette
from starlette.requests import Request as Asked
from starlette.responses import HTMLResponse
from starlette.routing import Route

from sayso.web.headers import HEADERS
from sayso.web.public import static_file
from tests.browser.hostile import KINDS, SHAPES, TOUCH, TRAP, WORDS_MAY, drawn, payloads
from tests.browser.reading_room import ARGS
from tests.house import free_port

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COUNT = None if os.environ.get("SAYSO_ACCEPTANCE") else 300
#: So many on one page, in each of its places; where nothing is cleaned fewer, since one may swallow the next.
TOGETHER, TOGETHER_RAW = 50, 10
#: Ends whatever a payload may have opened.
END = "'>\"> --></script></style></textarea></title></xmp></noscript></select></svg></math>"


class Served:
    """Pages that a test sets, on loopback, with the headers of every public answer or with none."""

    def __init__(self) -> None:
        self.html, self.headers = "", dict[str, str]()
        self.port = free_port()
        routes = [Route("/static/{name}", static_file), Route("/{path:path}", self.page)]
        config = uvicorn.Config(Starlette(routes=routes), port=self.port, log_level="critical", lifespan="off")
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            threading.Event().wait(0.01)
        self.url = f"http://127.0.0.1:{self.port}/"

    def page(self, request: Asked) -> HTMLResponse:
        mine = request.url.path == "/"
        return HTMLResponse(self.html if mine else "", 200 if mine else 404, headers=self.headers)

    def close(self) -> None:
        self.server.should_exit = True
        self.thread.join(timeout=10)


class Trap:
    """A browser page that tells what ran in it and what it asked of others, none of which is let out."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home, self.ran, self.outside = page, home, 0, list[str]()
        page.add_init_script(TRAP)
        page.on("dialog", lambda d: (self._ran(), d.dismiss()))
        page.on("popup", lambda p: (self._ran(), p.close()))
        page.on("request", self._asked)
        page.route(lambda url: not url.startswith(home), lambda route: route.abort())

    def _ran(self) -> None:
        self.ran += 1

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "about:", "blob:")):
            self.outside.append(request.url)

    def open(self) -> None:
        """Load the page and touch all of it."""
        self.page.goto(self.home, wait_until="load")
        self.page.evaluate(TOUCH)
        self.page.wait_for_timeout(20)
        self.ran += int(self.page.evaluate("window.__ran || 0"))


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as p:
        made = p.chromium.launch(executable_path=chromium, args=ARGS)
        yield made
        made.close()


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    made = Served()
    yield made
    made.close()


@pytest.fixture
def trap(browser: Browser, served: Served) -> Iterator[Trap]:
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    yield Trap(context.new_page(), served.url)
    context.close()


def in_batches(words: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (words[n : n + size] for n in range(0, len(words), size))


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_words_stay_words_on_every_page(kind: str, trap: Trap, served: Served, shared: Path) -> None:
    served.headers = dict(HEADERS)
    served.html = drawn(KINDS[kind])
    trap.open()
    allowed = {*trap.page.evaluate(SHAPES), *WORDS_MAY}
    for words in in_batches(payloads(shared, COUNT), TOGETHER):
        served.html = drawn(KINDS[kind], words)
        trap.open()
        assert set(trap.page.evaluate(SHAPES)) <= allowed
    assert trap.ran == 0 and trap.outside == []


def test_the_headers_alone_stop_every_script(trap: Trap, served: Served, shared: Path) -> None:
    """On a page that cleans nothing; without the headers the same page must run some, else the test shows nothing."""
    words = payloads(shared, COUNT)
    ran = {}
    for name, headers, tried in (("with", dict(HEADERS), words), ("without", {}, words[:60])):
        served.headers, trap.ran = headers, 0
        for some in in_batches(tried, TOGETHER_RAW):
            served.html = f"<!doctype html><title>raw</title><body>{END.join(some)}"
            trap.open()
        ran[name] = trap.ran
    print(f"{len(words)} payloads as they are: {ran['with']} ran; {ran['without']} of the first 60 without the headers")
    assert ran["with"] == 0 and ran["without"] > 0
