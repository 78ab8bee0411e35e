"""A source's shelf as web pages: a statement's own page, a press page, an outlet's live page, plain text."""

import json
from html import escape

from sayso.replay.markup import Place, content, paragraphs
from sayso.replay.shelf import Entry, Shelf
from sayso.replay.tape import Channel

#: Kinds of statement that stand on a live page outside its stream of entries.
SUMMARY = "summary"


def statement_page(channel: Channel, entry: Entry, place: Place) -> bytes:
    """One statement on a page of its own."""
    told = entry.told
    title = told.headline or told.text.split("\n", 1)[0][:90]
    head = [
        f'<link rel="canonical" href="{place.page(channel.name, told.id)}">',
        f'<meta property="og:title" content="{escape(title)}">',
        f'<meta property="og:site_name" content="{escape(channel.title)}">',
        f'<meta property="article:published_time" content="{told.at.isoformat()}">',
        f'<meta property="article:modified_time" content="{entry.changed_at.isoformat()}">',
    ]
    body = f"<main>\n{_article(channel, entry, place, level=1)}\n</main>"
    return _page(channel, title, body, head=head)


def press_page(channel: Channel, shelf: Shelf, place: Place) -> bytes:
    """The newest statement, as a body's press page shows it."""
    if not shelf.entries:
        return _page(channel, channel.title, "<main></main>")
    return statement_page(channel, shelf.entries[0], place)


def live_page(channel: Channel, shelf: Shelf, place: Place) -> bytes:
    """All entries so far, newest first, under the standing summary; with the same as JSON-LD LiveBlogPosting."""
    stream = [e for e in shelf.entries if e.told.kind != SUMMARY]
    standing = [e for e in shelf.entries if e.told.kind == SUMMARY][:1]
    top = "".join(f'<section class="summary">{paragraphs(e.told.text)}</section>\n' for e in standing)
    entries = "\n".join(_article(channel, e, place, level=2) for e in stream)
    body = f'<main>\n<h1>{escape(channel.title)}</h1>\n{top}<div class="stream">\n{entries}\n</div>\n</main>'
    data = json.dumps(_live_blog(channel, shelf, stream, place), ensure_ascii=False).replace("<", "\\u003c")
    return _page(channel, channel.title, body, head=[f'<script type="application/ld+json">{data}</script>'])


def text_page(channel: Channel, shelf: Shelf) -> bytes:
    """All entries so far, newest first, as plain text, each under the time at which it was said."""
    told = [(e.told.at, e.told.headline, e.told.text) for e in shelf.entries]
    blocks = [
        channel.title,
        *("\n".join(filter(None, (f"{at:%Y-%m-%d %H:%M}", head, text))) for at, head, text in told),
    ]
    return ("\n\n".join(blocks) + "\n").encode()


def _live_blog(channel: Channel, shelf: Shelf, stream: list[Entry], place: Place) -> dict[str, object]:
    """The page as schema.org says it."""
    blog: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "headline": channel.title,
        "url": f"{place.base}/{channel.name}",
        "inLanguage": channel.lang,
        "publisher": {"@type": "Organization", "name": channel.title},
        "liveBlogUpdate": [_update(channel, e, place) for e in stream],
    }
    if shelf.changed_at:
        blog["dateModified"] = shelf.changed_at.isoformat()
    return blog


def _update(channel: Channel, entry: Entry, place: Place) -> dict[str, object]:
    told = entry.told
    update: dict[str, object] = {
        "@type": "BlogPosting",
        "@id": f"{place.base}/{channel.name}#{told.id}",
        "url": f"{place.base}/{channel.name}#{told.id}",
        "datePublished": told.at.isoformat(),
        "dateModified": entry.changed_at.isoformat(),
        "articleBody": told.text,
    }
    if told.headline:
        update["headline"] = told.headline
    if told.speaker:
        update["author"] = {"@type": "Organization", "name": told.speaker}
    if told.url:
        update["isBasedOn"] = told.url
    return update


def _article(channel: Channel, entry: Entry, place: Place, *, level: int) -> str:
    """An entry as an article with its headline, time, paragraphs, media and where it was reported."""
    told = entry.told
    when = told.at.strftime("%H:%M, %d %B %Y") if level == 1 else told.at.strftime("%H:%M")
    parts = [
        f'<article id="{escape(told.id)}">',
        f"<h{level}>{escape(told.headline)}</h{level}>" if told.headline else "",
        f'<p class="meta"><time datetime="{told.at.isoformat()}">{when}</time></p>',
        f'<p class="author" rel="author">{escape(told.speaker)}</p>' if told.speaker else "",
        content(told.text, told.media, place),
        _reported(told.url, told.reported_by),
        "</article>",
    ]
    return "\n".join(filter(None, parts))


def _reported(url: str | None, reported_by: str | None) -> str:
    """Where the fact can be checked."""
    if not url:
        return ""
    return f'<footer>Reported by <a rel="via" href="{escape(url)}">{escape(reported_by or url)}</a></footer>'


def _page(channel: Channel, title: str, body: str, *, head: list[str] | None = None) -> bytes:
    lines = [
        "<!doctype html>",
        f'<html lang="{escape(channel.lang)}">',
        f'<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>',
        '<meta name="robots" content="noindex">',
        *(head or []),
        f"</head>\n<body>\n{body}\n</body>\n</html>\n",
    ]
    return "\n".join(lines).encode()
