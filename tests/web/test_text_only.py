"""Every page once more without pictures and videos: whole in words, and leading on to its like."""

import re
from dataclasses import replace

import lxml.html
import pytest
from starlette.applications import Starlette

from sayso.web.live import Hub
from sayso.web.public import public_routes
from tests.publish.factory import WHO_HOLDS, MemoryViews, new_entry
from tests.web.test_public import ONE, Client

PATHS = (
    "", "before/2/", "around/p2/", "day/11/", "s/guard1/", "p/p3/", f"q/{WHO_HOLDS.id}/", "map/", "with/party/TK/", "place/ubel/",
    "search/?q=ubel",
)  # fmt: skip


@pytest.fixture
def views() -> MemoryViews:
    return MemoryViews()


@pytest.fixture
def client(views: MemoryViews) -> Client:
    return Client(Starlette(routes=public_routes({"tesk": views}, {"tesk": Hub(views.n())})))


@pytest.mark.parametrize("path", PATHS)
def test_a_page_in_text_only_says_the_same_and_shows_no_picture(client: Client, path: str) -> None:
    with_them, without = (lxml.html.fromstring(client.get(f"{ONE}{root}{path}").text) for root in ("", "text/"))
    assert without.xpath("//img | //picture | //video | //*[@poster] | //source") == []
    assert without.xpath("//body/@data-live") == [], "what comes by itself would bring pictures"
    for what in ("//article/@id", "//h1//text()", "//*[@data-words]//text()", "//figcaption//@href"):
        assert without.xpath(what) == with_them.xpath(what)


def test_a_picture_is_told_in_words_with_the_way_to_it_and_a_covered_one_without(client: Client) -> None:
    page = lxml.html.fromstring(client.get(f"{ONE}text/").text)
    told = [" ".join(p.text_content().split()) for p in page.xpath("//article//p[@class='more'][span[@data-said]]")]
    shown = [t for t in told if "Covered:" not in t]
    assert shown and all(re.search(r"^(Picture|Video).*, .+: .+ Show \(\d+ kB\)$", t) for t in shown)
    assert len(told) > len(shown) and not any("Show (" in t for t in told if t not in shown)


def test_links_stay_in_text_only_until_pictures_are_asked_for(client: Client) -> None:
    page = lxml.html.fromstring(client.get(f"{ONE}text/").text)
    assert {a.get("href") for a in page.xpath("//nav[@aria-label='Coverage']/a")} >= {
        f"{ONE}text/q/",
        f"{ONE}text/map/",
    }
    assert page.xpath("//footer//a[text()='With pictures']/@href") == [ONE]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    plain = lxml.html.fromstring(client.get(ONE).text)
    assert plain.xpath("//footer//a[text()='Text only']/@href") == [f"{ONE}text/"]


def test_a_change_is_on_the_page_in_text_only_at_once(client: Client, views: MemoryViews) -> None:
    assert "Fresh words." not in client.get(f"{ONE}text/").text
    views.change("add", new_entry("n1", "Fresh words."))
    assert "Fresh words." in client.get(f"{ONE}text/").text
    gone = next(v for v in views.all if v.post.id == "n1")
    views.change("drop", replace(gone, post=replace(gone.post, state="taken_down", version=2), statement=None))
    assert "Fresh words." not in client.get(f"{ONE}text/").text
