"""What goes out is valid where a standard says what valid is: Atom, JSON Feed, HTML, Open Graph, schema.org."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from lxml import etree

from sayso.publish import pages
from sayso.publish.feed import ATOM, TOMBSTONES, atom
from sayso.publish.json_feed import json_feed
from tests.publish.factory import COVERAGE, NOW, REPLAY, MemoryViews, new_entry
from tests.publish.json_feed_1_1 import faults as json_faults
from tests.publish.strict_html import faults as html_faults
from tests.publish.test_markup import data, live, post
from tests.publish.test_own_voice import EVERY_PAGE

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
EVIL = "Tesk Guard: <script>alert(1)</script> ]]> & \x00 \u2028 </title>"
WORLDS = {"world": COVERAGE, "replay": replace(COVERAGE, replay=REPLAY)}


def evil(views: MemoryViews) -> MemoryViews:
    """The views with one more entry that would break a careless document."""
    view = new_entry("n1", EVIL)
    views.change("add", replace(view, post=replace(view.post, head=EVIL, note=EVIL)))
    return views


@pytest.mark.parametrize("world", WORLDS)
def test_the_feed_is_valid_atom_with_tombstones(world: str) -> None:
    root = etree.fromstring(atom(evil(MemoryViews(coverage=WORLDS[world])).feed_page()))
    assert SCHEMA.validate(root), SCHEMA.error_log
    assert root.findall(f"{{{TOMBSTONES}}}deleted-entry")


def spoil(path: str, how: Callable[[Any], Any]) -> Callable[[], bool]:
    """Whether the schema takes a feed that was spoilt at a path."""

    def taken() -> bool:
        root = etree.fromstring(atom(MemoryViews().feed_page()))
        found = root.find(path, {"a": ATOM, "t": TOMBSTONES})
        assert found is not None
        how(found)
        return bool(SCHEMA.validate(root))

    return taken


@pytest.mark.parametrize(
    "taken",
    [
        spoil("a:id", lambda e: e.getparent().remove(e)),
        spoil("a:author", lambda e: e.getparent().remove(e)),
        spoil("a:entry/a:updated", lambda e: e.getparent().remove(e)),
        spoil("a:entry/a:updated", lambda e: setattr(e, "text", "2031-05-13T11:20:00")),
        spoil("a:entry/a:title", lambda e: e.addnext(etree.fromstring(f'<title xmlns="{ATOM}">again</title>'))),
        spoil("a:entry/a:id", lambda e: setattr(e, "text", "p/p1/")),
        spoil("a:entry/a:link", lambda e: e.attrib.pop("href")),
        spoil("a:entry/a:content", lambda e: e.set("type", "markdown")),
        spoil("t:deleted-entry", lambda e: e.attrib.pop("when")),
        spoil("t:deleted-entry/t:comment", lambda e: e.addprevious(etree.fromstring(f'<id xmlns="{ATOM}">x:y</id>'))),
    ],
)
def test_the_schema_takes_no_spoilt_feed(taken: Callable[[], bool]) -> None:
    assert not taken()


@pytest.mark.parametrize("world", WORLDS)
def test_the_json_feed_is_valid(world: str) -> None:
    assert json_faults(json.loads(json_feed(evil(MemoryViews(coverage=WORLDS[world])).feed_page()))) == []


@pytest.mark.parametrize(
    "change",
    [
        {"version": "https://jsonfeed.org/version/1"}, {"items": None}, {"authors": {"name": "The desk"}}, {"sayso": {}},
        {"language": "English"}, {"feed_url": "feed.json"}, {"items": [{"content_text": "x"}]}, {"items": [{"id": "x"}]},
        {"items": [{"id": "x", "content_text": "x", "date_published": "2031-05-13"}]}, {"items": [{"id": 7, "content_text": "x"}]},
    ],
)  # fmt: skip
def test_the_check_of_json_feeds_takes_no_spoilt_feed(change: dict[str, Any]) -> None:
    assert json_faults(json.loads(json_feed(MemoryViews().feed_page())) | change) != []


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("name", EVERY_PAGE)
def test_every_page_is_html_that_a_browser_need_not_mend(name: str, world: str) -> None:
    html = EVERY_PAGE[name](evil(MemoryViews(coverage=WORLDS[world])))
    assert html is not None and html_faults(html) == []


@pytest.mark.parametrize(
    "inside",
    [
        "<p>open", "<p>a</b></p>", "<p id=a>x</p><p id=a>y</p>", "<p><ul><li>x</li></ul></p>", "<ul><p>x</p></ul>",
        "<img src=x>", "<section aria-labelledby=none></section>", "<a href=x><a href=y>z</a></a>", "<details><p>x</p></details>",
        "<p class=a class=b>x</p>", "<div/>",
    ],
)  # fmt: skip
def test_the_look_at_html_finds_what_a_browser_would_mend(inside: str) -> None:
    whole = "<!doctype html><html lang=en><head><title>x</title></head><body>{}</body></html>"
    assert html_faults(whole.format("<p>x</p>")) == [] and html_faults(whole.format(inside)) != []


def test_every_post_has_a_card_of_its_own() -> None:
    titles = []
    for view in (v for v in MemoryViews().all if v.post.state == "published"):
        root = lxml.html.fromstring(post(view))
        card = {m.get("property"): m.get("content") for m in root.xpath("//meta[@property]")}
        address = root.xpath("//link[@rel='canonical']/@href")
        assert (
            card["og:type"] == "article" and [card["og:url"]] == address and address[0].endswith(f"/p/{view.post.id}/")
        )
        assert card["og:title"] and card["og:site_name"] == COVERAGE.title
        assert card["article:published_time"] == view.post.at.isoformat(timespec="seconds")
        assert card["article:modified_time"] == view.post.updated_at.isoformat(timespec="seconds")
        if "og:image" in card:
            assert card["og:image"].startswith("http") and card["og:image:alt"]
            assert int(card["og:image:width"]) and int(card["og:image:height"])
        titles.append(card["og:title"])
    assert len(set(titles)) == len(titles)


def test_a_live_blog_gives_all_that_is_asked_of_it_and_each_post_its_own() -> None:
    views = MemoryViews()
    views.all[0] = replace(views.all[0], post=replace(views.all[0].post, at=NOW - timedelta(hours=2)))
    node = data(pages.live_page(live(views)))
    asked = {"@id", "url", "mainEntityOfPage", "headline", "description", "inLanguage", "author", "publisher", "about"}
    assert asked | {"datePublished", "dateModified", "coverageStartTime", "liveBlogUpdate"} <= set(node)
    assert {"name", "logo"} <= set(node["publisher"]) and {"name", "startDate"} <= set(node["about"])
    told = node["liveBlogUpdate"]
    own = {"@id", "url", "headline", "datePublished", "dateModified", "author"}
    assert told and all(own <= set(p) and p["author"]["name"] for p in told)
    assert len({p["@id"] for p in told}) == len(told) and all(p["dateModified"] >= p["datePublished"] for p in told)
    assert not {p["headline"] for p in told} & {node["headline"]}


def test_a_claim_gives_its_claimant_its_time_and_where_it_appeared() -> None:
    claims = [
        c
        for v in MemoryViews().all
        if v.claims and v.post.state == "published"
        for c in data(post(v)).get("mentions", ())
    ]
    assert claims
    for claim in claims:
        assert {"@id", "text", "author", "datePublished", "appearance"} <= set(claim) and claim["author"]["name"]
        assert "#c" in claim["@id"] and claim["appearance"]["url"].startswith("http")
