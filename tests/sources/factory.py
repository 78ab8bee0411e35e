"""Contexts and pages for tests; all places, bodies and words are invented."""

import json
from datetime import UTC, datetime, timedelta, timezone

from sayso.sources import Context

FETCHED = datetime(2031, 6, 15, 18, 30, tzinfo=UTC)
LAKE = timezone(timedelta(hours=4))

#: Headline, paragraphs, clock time: newest first, as live pages have them.
UPDATES = (
    (
        "Guard gives up the mill - General Staff",
        ["Two guns stayed behind, the Staff said.", "“They ran,” it wrote."],
        "19:40",
    ),
    ("School hit in Ubel - mayor", ["Three rockets struck Ubel, its mayor wrote.", "One caretaker was hurt."], "18:05"),
    ("Premier leaves for Marn", ["He is expected there at noon, his office said."], "16:30"),
    (
        "Eleven taken prisoner at the weir",
        ["The Guard claims eleven prisoners.", "The Staff has not commented."],
        "00:20",
    ),
    ("Shells on the ferry", ["The ferry was hit twice, the Red Cross said."], "23:10"),
)
SUMMARY = "Orland's army and the Tesk Guard have fought around the lake since May 3."


def context(url: str = "https://wire.example/live", media_type: str = "text/html", zone: str = "Asia/Dubai") -> Context:
    return Context(
        source="wire",
        url=url,
        media_type=media_type,
        headers=(("content-type", media_type),),
        zone=zone,
        fetched_at=FETCHED,
    )


def feed_context(content_type: str = "application/rss+xml") -> Context:
    return context("https://staff.example/feed", content_type)


def rss(items: str, head: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{head}<rss version="2.0"><channel><title>Staff</title>'
        f"{items}</channel></rss>"
    ).encode()


def item(
    guid: str, title: str, text: str = "Body.", more: str = "", date: str = "Sun, 15 Jun 2031 10:00:00 +0400"
) -> str:
    return (
        f'<item><guid isPermaLink="false">{guid}</guid><link>https://staff.example/{guid}</link><title>{title}</title>'
        f"<description>{text}</description><pubDate>{date}</pubDate>{more}</item>"
    )


def page(body: str, head: str = "") -> bytes:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>War on the lake | Wire</title>{head}</head>'
        f'<body><nav><a href="/">Home</a> <time>12:00</time></nav><main>{body}</main>'
        "<footer>© Wire, all rights</footer></body></html>"
    ).encode()


def days() -> list[str]:
    return ["2031-06-15"] * 4 + ["2031-06-14"]


def articles_with_json_ld() -> bytes:
    """Markup A: `<article>` elements, times in full, and the same as JSON-LD with flattened bodies and no media."""
    data = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "headline": "War on the lake",
        "dateModified": "2031-06-15T19:41:00+04:00",
        "liveBlogUpdate": [
            {
                "@type": "BlogPosting",
                "@id": f"https://wire.example/live#u{i}",
                "headline": title,
                "articleBody": " ".join(lines),
                "datePublished": f"{day}T{clock}:00+04:00",
                "author": {"@type": "Person", "name": "A Reporter"},
            }
            for i, ((title, lines, clock), day) in enumerate(zip(UPDATES, days(), strict=True))
        ],
    }
    shown = "".join(
        f'<article id="u{i}"><h2>{title}</h2><p><time datetime="{day}T{clock}:00+04:00">{clock}</time></p>'
        f'<p class="byline">A Reporter</p>{"".join(f"<p>{line}</p>" for line in lines)}'
        f'<figure><img src="/p{i}.jpg" alt="Picture {i}"><figcaption>Caption {i}</figcaption></figure></article>'
        for i, ((title, lines, clock), day) in enumerate(zip(UPDATES, days(), strict=True))
    )
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    return page(f"<h1>War on the lake</h1><p>{SUMMARY}</p><div>{shown}</div>", script)


def flat_with_bold_times() -> bytes:
    """Markup B: nothing but bold times, paragraphs and rules, one after the other."""
    shown = "<hr>".join(
        f"<p><b>{clock}</b></p><p><b>{title}</b></p>{''.join(f'<p>{line}</p>' for line in lines)}"
        f'<p><img src="/p{i}.jpg" alt="Picture {i}" width="800"></p>'
        for i, (title, lines, clock) in enumerate(UPDATES)
    )
    head = '<meta property="article:modified_time" content="2031-06-15T19:41:00+04:00">'
    return page(f"<h1>War on the lake</h1><p>{SUMMARY}</p><hr>{shown}", head)


def list_soup() -> bytes:
    """Markup C: list items of nested divs, a time that only words show, a post quoted inside."""
    shown = "".join(
        f'<li class="x9"><div><div><div class="t"><span>{clock}</span></div></div><div><div><h3>{title}</h3>'
        f'<div class="b">{"".join(f"<div>{line}</div>" for line in lines)}'
        f'<div><img data-src="/p{i}.jpg" alt="Picture {i}"></div></div></div></div></div></li>'
        for i, (title, lines, clock) in enumerate(UPDATES)
    )
    head = '<meta property="article:modified_time" content="2031-06-15T19:41:00+04:00">'
    return page(
        f'<div><h1>War on the lake</h1><div>{SUMMARY}</div></div><div class="wrap"><ul>{shown}</ul></div>', head
    )
