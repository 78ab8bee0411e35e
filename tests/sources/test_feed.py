"""Feeds of every make are read, and what is doubtful in them is said."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import SourceChanged
from sayso.sources import Context
from sayso.sources.decoding import decode
from sayso.sources.feed import given, parse_feed, read
from sayso.sources.json_feed import parse_json
from sayso.sources.media_rss import lift
from tests.sources.factory import FETCHED, context, feed_context, item, rss

ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Guard</title>
<entry><title>Ubel: two hurt</title><id>tag:guard.example,2031:1</id><published>2031-06-15T10:00:00+04:00</published>
<updated>2031-06-15T10:05:00+04:00</updated><link rel="alternate" href="/1"/><author><name>Ines Tarrow</name></author>
<link rel="via" href="https://wire.example/a" title="Wire"/>
<link rel="enclosure" type="video/mp4" href="https://guard.example/v.mp4"/>
<content type="html">&lt;p&gt;Two people were hurt.&lt;/p&gt;&lt;figure&gt;&lt;img src="/a.jpg" alt="A wall"&gt;
&lt;figcaption&gt;The wall of the mill&lt;/figcaption&gt;&lt;/figure&gt;
&lt;ul&gt;&lt;li&gt;one soldier;&lt;/li&gt;&lt;/ul&gt;</content></entry></feed>"""


def test_an_item_s_text_is_its_headline_paragraphs_and_bullets() -> None:
    found = parse_feed(ATOM.encode(), feed_context())
    (one,) = found.items
    assert one.text == "Ubel: two hurt\nTwo people were hurt.\n• one soldier;"
    assert [(one.text[slice(*p.span)], p.kind) for p in one.parts] == [
        ("Ubel: two hurt", "headline"), ("Two people were hurt.", "entry"), ("• one soldier;", "bullet"),
    ]  # fmt: skip
    assert (one.key, one.title, one.speaker) == ("tag:guard.example,2031:1", "Ubel: two hurt", "Ines Tarrow")
    assert (one.url, one.credit) == ("https://wire.example/a", "Wire")
    assert one.published_at is not None
    assert one.published_at.isoformat() == "2031-06-15T10:00:00+04:00"
    assert found.title == "Guard"


def test_media_come_with_alt_text_and_caption() -> None:
    (one,) = parse_feed(ATOM.encode(), feed_context()).items
    assert [(e.url, e.kind, e.alt, e.caption) for e in one.enclosures] == [
        ("https://staff.example/a.jpg", "image", "A wall", "The wall of the mill"),
        ("https://guard.example/v.mp4", "video", None, None),
    ]


MEDIA = """<media:content url="https://staff.example/v.mp4" type="video/mp4">
<media:title>The &amp; mill</media:title>
<media:credit>R. Imre</media:credit><media:rating scheme="x">blood</media:rating></media:content>"""


def test_a_caption_in_media_rss_is_never_taken_for_the_speaker_s_words() -> None:
    bare = f'<item><guid isPermaLink="false">1</guid><description>Two hurt.</description>{MEDIA}</item>'
    body = rss(bare).replace(b"<rss ", b'<rss xmlns:media="http://search.yahoo.com/mrss/" ')
    (one,) = parse_feed(body, feed_context()).items
    assert (one.title, one.text) == (None, "Two hurt.")
    assert [(e.kind, e.caption, e.credit, e.sensitive) for e in one.enclosures] == [
        ("video", "The & mill", "R. Imre", "blood")
    ]


def test_a_video_channel_s_own_description_is_the_text() -> None:
    group = (
        '<media:group><media:title>Two hurt</media:title><media:content url="https://v.example/1" type="video/mp4"/>'
        "<media:description>Two were hurt at the mill.</media:description></media:group>"
    )
    body = rss(f"<item><guid>1</guid><title>Two hurt</title>{group}</item>")
    body = body.replace(b"<rss ", b'<rss xmlns:media="http://search.yahoo.com/mrss/" ')
    (one,) = parse_feed(body, feed_context()).items
    assert one.text == "Two hurt\nTwo were hurt at the mill."


def test_a_title_that_only_repeats_the_text_is_not_said_twice() -> None:
    (one,) = parse_feed(
        rss(item("1", "Twelve were killed at…", "Twelve were killed at the weir.")), feed_context()
    ).items
    assert (one.title, one.text) == (None, "Twelve were killed at the weir.")
    (two,) = parse_feed(
        rss(item("1", "Twelve were killed.", "Twelve were killed.&lt;br&gt;More.")), feed_context()
    ).items
    assert two.text == "Twelve were killed.\nMore."


def test_the_same_item_twice_is_one_and_other_words_under_its_key_are_told() -> None:
    found = parse_feed(rss(item("1", "a") + item("1", "a") + item("1", "b")), feed_context())
    assert len(found.items) == 1
    assert "twice" in found.unread[0]


def test_the_key_is_the_guid_else_the_link_else_the_words() -> None:
    by_link = "<item><title>t</title><link>https://staff.example/7</link></item>"
    by_words = "<item><title>Only words</title></item>"
    keys = [i.key for i in parse_feed(rss(item("g", "x") + by_link + by_words), feed_context()).items]
    assert keys[:2] == ["g", "https://staff.example/7"]
    assert keys == [i.key for i in parse_feed(rss(item("g", "x") + by_link + by_words), feed_context()).items]


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("Fri, 01 Jan 2100 00:00:00 GMT", "future"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "before there were feeds"),
        ("soon", "cannot be read"),
    ],
)
def test_an_unlikely_date_is_kept_and_told(date: str, said: str) -> None:
    found = parse_feed(rss(item("1", "t", date=date)), feed_context())
    assert len(found.items) == 1
    assert said in found.unread[0]


def test_a_time_without_a_zone_is_of_the_coverage_s_zone() -> None:
    (one,) = parse_feed(rss(item("1", "t", date="Sun, 15 Jun 2031 10:00:00")), feed_context()).items
    assert one.published_at is not None
    assert one.published_at.utcoffset() == one.published_at.replace(tzinfo=feed_context().tz).utcoffset()


def test_only_web_addresses_are_kept() -> None:
    bad = (
        '<item><guid isPermaLink="false">1</guid><title>t</title><link>javascript:alert(1)</link>'
        '<enclosure url="file:///etc/passwd" type="image/png" length="1"/></item>'
    )
    (one,) = parse_feed(rss(bad), feed_context()).items
    assert (one.url, one.enclosures) == (None, ())


@pytest.mark.parametrize(
    "body", [b"<!doctype html><html><body>login</body></html>", b"hello", b"{}", b"[1", b"<rss><channel"]
)
def test_what_is_no_feed_is_a_changed_source_and_the_address_is_named(body: bytes) -> None:
    with pytest.raises(SourceChanged, match=r"staff\.example"):
        parse_feed(body, feed_context())


def test_an_empty_feed_is_a_feed() -> None:
    assert parse_feed(rss(""), feed_context()).items == ()


def test_more_items_than_we_take_are_told() -> None:
    found = parse_feed(rss("".join(item(str(i), f"t{i}") for i in range(501))), feed_context())
    assert len(found.items) == 500
    assert "501 items" in found.unread[0]


def test_entities_are_not_expanded_and_files_not_read() -> None:
    head = '<!DOCTYPE z [<!ENTITY a "lollollol"><!ENTITY x SYSTEM "file:///etc/hostname">]>'
    found = parse_feed(rss(item("1", "[&a;&x;]"), head), feed_context())
    assert [i.title for i in found.items] == ["[&a;&x;]"]


def test_a_json_feed_is_read_as_any_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Staff",
        "items": [
            {
                "id": "1", "url": "https://staff.example/1", "external_url": "https://wire.example/1",
                "title": "Two hurt", "date_published": "2031-06-15T10:00:00+04:00",
                "content_html": '<p>Two were hurt.</p><img src="/a.jpg" alt="A wall">',
                "authors": [{"name": "Rolf Imre"}], "language": "en", "_sayso": {"reported_by": "Wire"},
                "attachments": [
                    {"url": "https://staff.example/v.mp4", "mime_type": "video/mp4", "_sayso": {"sensitive": "blood"}}
                ],
            },
            "nonsense",
        ],
    }  # fmt: skip
    found = parse_feed(json.dumps(feed).encode(), feed_context("application/feed+json"))
    (one,) = found.items
    assert (one.key, one.text, one.speaker, one.credit) == ("1", "Two hurt\nTwo were hurt.", "Rolf Imre", "Wire")
    assert one.url == "https://wire.example/1"
    assert [(e.kind, e.alt, e.sensitive) for e in one.enclosures] == [
        ("image", "A wall", None),
        ("video", None, "blood"),
    ]
    assert found.unread == ("item 2 is no record but str",)


def test_records_a_line_are_read_with_the_names_that_they_use() -> None:
    body = (
        b'{"id": 7, "text": "One.\\nTwo.", "date": "2031-06-15T10:00:00Z", "author": "Staff"}\n'
        b'{"id": 8, "text": "Three."}\n'
    )
    items = parse_json(body, context("https://staff.example/x.jsonl", "application/x-ndjson")).items
    assert [(i.key, i.text, i.speaker) for i in items] == [("7", "One.\nTwo.", "Staff"), ("8", "Three.", None)]


COMPARED = ("id", "link", "published", "updated")


def test_the_feeds_of_the_corpus_are_read_or_refused_and_equal_the_reference(shared: Path) -> None:
    count: Counter[str] = Counter()
    wrong = []
    for line in (shared / "corpora/feeds/manifest.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        body = (shared / "corpora/feeds/files" / row["path"]).read_bytes()
        where = corpus_context(row)
        try:
            parse_feed(body, where)
            count["read"] += 1
        except SourceChanged:
            count["refused"] += 1
        ours = read(lift(decode(body, where.header("content-type")).text)[0], where).entries
        if not equal(ours, row["reference"].get("entries", [])):
            wrong.append(row["path"])
    assert wrong == []
    assert (count["read"] + count["refused"], count["read"]) == (2107, 2097)


def corpus_context(row: dict[str, Any]) -> Context:
    headers = {k.lower(): v for k, v in (row["headers"] or {}).items()}
    return Context(
        source="corpus",
        url=f"https://feed.example.net/{row['path']}",
        media_type=headers.get("content-type", "").partition(";")[0],
        zone="UTC",
        fetched_at=FETCHED,
        headers=tuple(headers.items()),
    )


def equal(ours: list[Any], theirs: list[dict[str, Any]]) -> bool:
    if len(ours) != len(theirs):
        return False
    pairs = [(o, t, k) for o, t in zip(ours, theirs, strict=True) for k in COMPARED if k in t]
    return all(t[k] in (given(o, k), given(o, "published") if k == "updated" else None) for o, t, k in pairs)
