"""Markup for machines: each post with its own dates and claimant, a claim is no verdict, and nothing of it can run."""

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import lxml.html
import pytest

from sayso.model.page import LivePage, PageFrame, PostPage
from sayso.model.post import Correction
from sayso.model.statement import MediaFile, Rendition
from sayso.publish import pages
from sayso.publish.json_feed import json_feed
from sayso.publish.markup import element
from tests.publish.factory import COVERAGE, NOW, REPLAY, MemoryViews, new_entry

#: What schema.org (release 29) defines of the types that we use: property -> what it may hold.
TEXT, DATE, URL = "text", "date", "url"
THING = {"name": TEXT, "url": URL, "description": TEXT, "mainEntityOfPage": URL, "image": URL}
WORK = THING | {
    "headline": TEXT, "author": ("Organization", "Person"), "publisher": ("Organization",), "datePublished": DATE,
    "dateModified": DATE, "inLanguage": TEXT, "citation": URL, "text": TEXT, "about": ("Event",), "isPartOf": ("LiveBlogPosting",),
    "mentions": ("Claim",), "correction": ("CorrectionComment",),
}  # fmt: skip
POSTING = WORK | {"articleBody": TEXT}
SCHEMA: dict[str, dict[str, Any]] = {
    "LiveBlogPosting": POSTING | {"coverageStartTime": DATE, "coverageEndTime": DATE, "liveBlogUpdate": ("BlogPosting",)},
    "BlogPosting": POSTING,
    "Claim": WORK | {"appearance": ("CreativeWork",), "firstAppearance": ("CreativeWork",)},
    "CreativeWork": WORK, "CorrectionComment": WORK, "Organization": THING | {"logo": ("ImageObject",)}, "Person": THING,
    "ImageObject": WORK, "Event": THING | {"startDate": DATE, "endDate": DATE},
}  # fmt: skip


def check(node: dict[str, Any]) -> None:
    """Every field is one of its type's and holds what it may."""
    known = SCHEMA[node["@type"]]
    for key, value in node.items():
        if key in ("@context", "@type", "@id"):
            continue
        assert key in known, f"{node['@type']} has no {key}"
        for one in value if isinstance(value, list) else [value]:
            match known[key]:
                case "text":
                    assert isinstance(one, str) and one.strip()
                case "date":
                    at = datetime.fromisoformat(one)
                    assert len(one) == 10 or at.tzinfo is not None
                case "url":
                    assert re.match(r"https?://[^\s<>\"]+$", one)
                case types:
                    assert one["@type"] in types
                    check(one)


def data(html: str) -> dict[str, Any]:
    found = lxml.html.fromstring(html).xpath("//script[@type='application/ld+json']/text()")
    assert len(found) == 1
    node: dict[str, Any] = json.loads(found[0])
    assert node["@context"] == "https://schema.org"
    check(node)
    return node


def live(views: MemoryViews | None = None) -> LivePage:
    page = (views or MemoryViews()).live_page()
    assert page is not None
    return page


def post(view: Any, frame: PageFrame | None = None) -> str:
    return pages.post_page(PostPage(frame=frame or MemoryViews().frame(), entry=view))


def test_the_live_page_is_a_live_blog_of_posts_with_dates_of_their_own() -> None:
    page = live()
    late = replace(page.entries[0].post, at=NOW - timedelta(hours=3), updated_at=NOW - timedelta(hours=1))
    page = replace(page, entries=(replace(page.entries[0], post=late), *page.entries[1:]))
    node = data(pages.live_page(page))
    assert node["@type"] == "LiveBlogPosting"
    assert "coverageEndTime" not in node
    told = node["liveBlogUpdate"]
    assert len(told) == len([v for v in page.entries if v.post.state == "published"])
    assert (told[0]["datePublished"], told[0]["dateModified"]) == (late.at.isoformat(), late.updated_at.isoformat())
    assert len({p["datePublished"] for p in told}) > 1
    assert all(isinstance(p.get("articleBody", ""), str) for p in told)


def test_a_post_gives_each_claim_with_its_claimant_and_no_verdict() -> None:
    view = next(v for v in MemoryViews().all if v.claims and v.claimant)
    node = data(post(view))
    assert node["mentions"]
    assert {c["@type"] for c in node["mentions"]} == {"Claim"}
    assert node["mentions"][0]["author"]["name"] == view.claims[0].claimant.name
    assert view.claims[0].claimant.name in node["mentions"][0]["text"]
    assert "Rating" not in json.dumps(node)
    assert "ClaimReview" not in json.dumps(node)


def test_losses_claimed_for_the_other_side_are_in_no_markup_and_no_feed() -> None:
    views = MemoryViews()
    assert any("410" in (c.words or "") for v in views.all for c in v.claims)
    for html in (pages.live_page(live(views)), *(post(v) for v in views.all if v.post.state == "published")):
        assert "410" not in json.dumps(data(html))
    assert "410" not in json_feed(views.feed_page()).decode()


def test_what_is_gone_has_no_markup() -> None:
    for view in (v for v in MemoryViews().all if v.post.state != "published"):
        assert "ld+json" not in post(view)


def test_a_replay_and_a_page_as_it_stood_have_no_markup() -> None:
    view = MemoryViews().all[0]
    frame = MemoryViews().frame()
    for other in (replace(frame, as_of=NOW), replace(frame, coverage=replace(COVERAGE, replay=REPLAY))):
        assert "ld+json" not in post(view, other)
        assert "ld+json" not in pages.live_page(replace(live(), frame=other))


def test_a_correction_is_told_with_its_time() -> None:
    view = new_entry("n1")
    view = replace(view, post=replace(view.post, corrections=(Correction(at=NOW, text="It said 31; it is 13."),)))
    (told,) = data(post(view))["correction"]
    assert (told["text"], told["datePublished"]) == ("It said 31; it is 13.", NOW.isoformat())


def test_a_covered_picture_is_no_preview() -> None:
    view = next(v for v in MemoryViews().all if v.statement)
    assert view.statement is not None
    copy = Rendition(name="a-480.webp", media_type="image/webp", width=480, height=300, size_bytes=1)
    file = MediaFile(original="0" * 64, kind="image", renditions=(copy,))
    shown = replace(view, statement=replace(view.statement, media=(file, replace(file, sensitive="wounded people"))))
    assert len(data(post(shown))["image"]) == 1


@pytest.mark.parametrize(
    "evil", ["</script><script>alert(1)</script>", "<!--<script>", "\u2028alert(1)\u2029", "]]>&amp;"]
)
def test_no_words_can_leave_the_element(evil: str) -> None:
    html = str(element({"@type": "Claim", "text": evil}))
    assert html.count("<") == 2
    assert html.count(">") == 2
    inside = html.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert json.loads(inside)["text"] == evil
    assert not {"\u2028", "\u2029"} & set(html)


def feed(views: MemoryViews) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json_feed(views.feed_page()))
    return found


def test_the_json_feed_holds_what_its_standard_asks_for() -> None:
    found = feed(MemoryViews())
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert set(found) <= {
        "version",
        "title",
        "home_page_url",
        "feed_url",
        "description",
        "language",
        "authors",
        "items",
        "_sayso",
    }
    assert found["items"]
    for one in found["items"]:
        assert {"id", "url", "title", "content_html", "date_published", "date_modified", "authors", "_sayso"} <= set(
            one
        )
        assert set(one) <= {
            "id",
            "url",
            "external_url",
            "title",
            "content_html",
            "date_published",
            "date_modified",
            "authors",
            "_sayso",
        }
        assert datetime.fromisoformat(one["date_published"]).tzinfo is not None
        assert all(c["claimant"] and c["words"].startswith("http") for c in one["_sayso"]["claims"])
    assert len({one["id"] for one in found["items"]}) == len(found["items"])


def test_the_json_feed_names_what_is_gone_without_its_words() -> None:
    gone = {g["id"].rstrip("/").rpartition("/")[2]: g["why"] for g in feed(MemoryViews())["_sayso"]["gone"]}
    assert gone == {"pw": "The outlet took it back.", "pt": "It named a minor."}


def test_a_replays_feed_says_so_in_every_item() -> None:
    found = feed(MemoryViews(coverage=replace(COVERAGE, replay=REPLAY)))
    assert "REPLAY" in found["title"]
    assert all("REPLAY" in one["title"] and "REPLAY" in one["content_html"] for one in found["items"])
