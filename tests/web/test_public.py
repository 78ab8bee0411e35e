"""The public routes: each page once a version, nothing remembered of readers, errors that say what to do."""

import asyncio
import base64
import gzip
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from sayso.publish.assets import asset
from sayso.web.live import Hub
from sayso.web.public import public_routes
from tests.publish.factory import COVERAGE, REPLAY, WHO_HOLDS, MemoryViews, new_entry

ONE = "/c/tesk/"
PAGES = [
    "/", ONE, f"{ONE}before/2/", f"{ONE}after/2/", f"{ONE}around/p2/", f"{ONE}at/20310513T100000Z/",
    f"{ONE}at/20310513T100000Z/tally/",
    f"{ONE}day/11/", f"{ONE}days/", f"{ONE}tally/", f"{ONE}q/", f"{ONE}q/{WHO_HOLDS.id}/",
    f"{ONE}s/guard1/", f"{ONE}s/wire1/", f"{ONE}p/p2/", f"{ONE}p/pw/", f"{ONE}method/", f"{ONE}corrections/",
    f"{ONE}with/key/", f"{ONE}with/party/TK/", f"{ONE}with/question/{WHO_HOLDS.id}/before/2/",
    f"{ONE}party/TK/", f"{ONE}party/UNC/", f"{ONE}map/", f"{ONE}place/", f"{ONE}place/ubel/",
    f"{ONE}search/", f"{ONE}search/?q=ubala", f"{ONE}text/", f"{ONE}text/q/",
    f"{ONE}feed.atom", f"{ONE}tally/figures.csv", f"{ONE}feed.json",
]  # fmt: skip


@pytest.fixture
def views(tmp_path: Path) -> MemoryViews:
    (tmp_path / "shore-480.webp").write_bytes(b"RIFF")
    return MemoryViews(media=tmp_path)


class Client:
    """Asks the application in this process, one request at a time."""

    def __init__(self, app: Starlette) -> None:
        self._transport = httpx.ASGITransport(app=app)

    def get(self, path: str, **more: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(transport=self._transport, base_url="http://127.0.0.1:8900") as client:
                return await client.get(path, **more)

        return asyncio.run(ask())


@pytest.fixture
def client(views: MemoryViews) -> Client:
    replayed = MemoryViews(coverage=replace(COVERAGE, name="replay", replay=REPLAY), feeds=False)
    both = {"tesk": views, "replay": replayed}
    return Client(Starlette(routes=public_routes(both, {"tesk": Hub(views.n())})))


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there_and_carries_the_headers_and_no_cookie(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert answer.headers["referrer-policy"] == "no-referrer" and answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", [p for p in PAGES if not p.endswith((".atom", ".csv", ".json"))])
def test_no_page_holds_inline_script_or_foreign_style_or_another_host(client: Client, path: str) -> None:
    answer = client.get(path)
    html, policy = answer.text, answer.headers["content-security-policy"]
    for style in re.findall(r"<style>(.*?)</style>", html, re.DOTALL):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'" in policy
    html = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    assert not re.search(r'<script(?![^>]*src=|[^>]* type="application/ld\+json")|<style|\sstyle=|\son\w+=', html)
    for address in re.findall(r'(?:src|srcset|href)="([^"]+)"', html):
        assert address.startswith(("/", "#", "https://", "http://127.0.0.1:8900/"))
    loaded = re.findall(
        r'<(?:script|img|source|video|link rel="(?:stylesheet|icon)")[^>]*?(?:src|srcset|href)="([^"]+)"', html
    )
    assert loaded and all(a.startswith("/") for a in loaded)


@pytest.mark.parametrize(
    "path",
    ["nope/", "q/none/", "s/none/", "p/none/", "day/99/", "before/x/", "after/x/", "around/none/", "media/none.webp"],
)
def test_what_is_not_there_is_a_page_that_repeats_nothing_of_the_address(client: Client, path: str) -> None:
    answer = client.get(ONE + path)
    assert answer.status_code == 404
    assert "none" not in answer.text or path == "nope/"


def test_an_entry_stands_among_those_around_it_marked_and_under_its_own_canonical_address(client: Client) -> None:
    html = client.get(f"{ONE}around/p2/").text
    assert re.findall(r'<article[^>]* id="(\w+)"[^>]* aria-current="true"', html) == ["p2"]
    assert f'<link rel="canonical" href="http://127.0.0.1:8900{ONE}p/p2/">' in html and "data-newest" not in html
    assert f'href="{ONE}after/2/" rel="prev"' in html and f'href="{ONE}before/2/" rel="next"' in html
    for path in ("p/p2/", "search/?q=ubala", "s/guard1/"):
        assert f'href="{ONE}around/p2/#p2"' in client.get(ONE + path).text, path


def test_a_post_that_was_taken_down_is_gone_with_its_reason(client: Client) -> None:
    answer = client.get(f"{ONE}p/pt/")
    assert answer.status_code == 410 and "It named a minor." in answer.text


def test_a_page_is_drawn_once_a_version_and_anew_after_a_change(client: Client, views: MemoryViews) -> None:
    first = client.get(ONE)
    for _ in range(5):
        again = client.get(ONE, headers={"If-None-Match": first.headers["etag"]})
        assert again.status_code == 304 and not again.content
    assert views.drawn == 1
    views.change("add", new_entry("n1", "A new bulletin stands here."))
    newer = client.get(ONE, headers={"If-None-Match": first.headers["etag"]})
    assert newer.status_code == 200 and "A new bulletin stands here." in newer.text and views.drawn == 2


def test_a_takedown_leaves_nothing_on_the_shelf(client: Client, views: MemoryViews) -> None:
    view = new_entry("n1", "Words that must go.")
    views.change("add", view)
    assert "Words that must go." in client.get(ONE).text
    views.change(
        "drop", replace(view, statement=None, post=replace(view.post, state="taken_down", reason="R.", head=""))
    )
    for path in PAGES:
        assert "Words that must go." not in client.get(path).text
    for path in ("head.json", f"post/n1/{views.n()}", f"parts/{views.n()}"):
        assert "Words that must go." not in client.get(f"{ONE}live/{path}").text


def test_pages_are_packed_where_the_reader_takes_it(client: Client) -> None:
    packed = client.get(ONE, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip" and packed.headers["vary"] == "Accept-Encoding"
    assert packed.text.startswith("<!doctype html>") and int(packed.headers["content-length"]) < len(packed.content) / 2
    assert "content-encoding" not in client.get(ONE, headers={"Accept-Encoding": "identity"}).headers


def test_the_first_page_is_small(client: Client, views: MemoryViews) -> None:
    for n in range(43):
        views.change("add", new_entry(f"n{n}", f"Bulletin {n} says that the shore road was quiet on day {n}. " * 4))
    html = gzip.compress(client.get(ONE).content)
    js = gzip.compress(asset("page.js")[0])
    print(f"packed: page with its style {len(html)}, script {len(js)} bytes")
    assert len(js) <= 5_000 and len(html) + len(js) <= 32_000


@pytest.mark.parametrize("path", [ONE, f"{ONE}p/p2/", f"{ONE}day/11/"])
def test_the_first_words_wait_for_one_request_only(client: Client, path: str) -> None:
    head = client.get(path).text.partition("</head>")[0]
    assert 'rel="stylesheet"' not in head and "<style>" in head
    assert all("defer" in s or "ld+json" in s for s in re.findall(r"<script[^>]*>", head))


def test_a_replay_has_no_feed_and_no_table_without_the_flag_and_is_not_indexed(client: Client) -> None:
    for name in ("feed.atom", "feed.json", "tally/figures.csv"):
        refused = client.get(f"/c/replay/{name}")
        assert refused.status_code == 403 and "REPLAY" in refused.text and "--feeds" in refused.text
    page = client.get("/c/replay/")
    assert page.headers["x-robots-tag"] == "noindex, nofollow" and "feed.atom" not in page.text


def test_only_public_files_of_the_coverage_are_served(client: Client, tmp_path: Path) -> None:
    (tmp_path.parent / "outside.txt").write_text("secret")
    good = client.get(f"{ONE}media/shore-480.webp")
    assert good.status_code == 200 and "sandbox" in good.headers["content-security-policy"]
    for name in ("../outside.txt", "..%2foutside.txt", ".hidden", "%2e%2e/outside.txt"):
        assert client.get(f"{ONE}media/{name}").status_code == 404


def test_scripts_and_drawings_go_out_packed(client: Client) -> None:
    script = re.search(r'/static/page-[^"]+js', client.get(ONE).text)
    assert script is not None
    for path in (script[0], f"{ONE}map/panel.svg"):
        assert client.get(path).headers.get("content-encoding") == "gzip"
        assert "content-encoding" not in client.get(path, headers={"Accept-Encoding": "identity"}).headers


def test_our_own_files_have_names_that_never_change_their_meaning(client: Client) -> None:
    names = re.findall(r'/static/[^"]+', client.get(ONE).text)
    assert len(set(names)) == 2
    for name in names:
        answer = client.get(name)
        assert answer.status_code == 200 and "immutable" in answer.headers["cache-control"]


def test_no_answer_repeats_a_header_of_the_reader(client: Client) -> None:
    odd = {"X-Forwarded-Host": "evil.example", "Origin": "https://evil.example", "User-Agent": "canary-agent"}
    for path in (*PAGES, f"{ONE}nope/", f"{ONE}live/head.json"):
        answer = client.get(path, headers=odd)
        assert (
            "evil.example" not in answer.text + json.dumps(dict(answer.headers)) and "canary-agent" not in answer.text
        )


def test_a_search_is_kept_by_no_cache_and_found_by_no_robot(client: Client) -> None:
    found = client.get(f"{ONE}search/", params={"q": "ferry"})
    assert found.status_code == 200 and "<mark>ferry</mark>" in found.text
    assert found.headers["cache-control"] == "private, no-store"
    assert found.headers["x-robots-tag"] == "noindex, nofollow"
    assert "etag" not in found.headers


@pytest.mark.parametrize(
    "asked", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onfocus=alert(1) '"]
)
def test_what_is_asked_is_printed_back_as_text_only(client: Client, asked: str) -> None:
    found = client.get(f"{ONE}search/", params={"q": asked})
    assert found.status_code == 200
    assert "<script>alert" not in found.text and "<img src=x" not in found.text
    (field,) = re.findall(r'<input id="q"[^>]*>', found.text)
    assert "onfocus" not in re.sub(r'value="[^"]*"', "", field)
