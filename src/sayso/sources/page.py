"""A web page -> its main text as one item: a press release, an article, a ministry's newest bulletin."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from resiliparse.extract.html2text import extract_plain_text
from selectolax.lexbor import LexborHTMLParser

from sayso.model.statement import Item
from sayso.sources.decoding import decoded
from sayso.sources.context import Context, ParsedItems
from sayso.sources.markup import body_of, pictures_in, tidy
from sayso.sources.outline import paragraphs

#: Where a page says when it was published, the most explicit first.
TIMES: Final = (
    ("meta[property='article:published_time']", "content"), ("meta[itemprop=datePublished]", "content"),
    ("[itemprop=datePublished][datetime]", "datetime"), ("article time[datetime]", "datetime"),
    ("time[datetime]", "datetime"),
)  # fmt: skip
MAIN: Final = ("[itemprop=articleBody]", "article", "main")
#: Shorter than this, what looks like the main part is not.
SHORTEST: Final = 40


def parse_page(body: bytes, context: Context) -> ParsedItems:
    """The page's main text as one item; its key is the page's own address where it names one, so that a page that
    changes is a new version, and a page that shows another text each day is another statement."""
    text, unread = decoded(body, context)
    tree = LexborHTMLParser(text)
    title = title_of(tree)
    main = main_text(tree, text, title)
    if not main:
        return ParsedItems(items=(), unread=(*unread, "no main text was found on the page"), title=title)
    full, parts = paragraphs(title, main)
    item = Item(
        key=key_of(tree, context, title or main[:120]),
        text=full,
        parts=parts,
        title=title,
        url=canonical(tree, context),
        published_at=published(tree, context),
        lang=(tree.root.attributes.get("lang") if tree.root is not None else None) or None,
        enclosures=tuple(pictures_in(LexborHTMLParser(main_markup(tree)), context.url)),
    )
    return ParsedItems(items=(item,), unread=unread, title=title)


def title_of(tree: LexborHTMLParser) -> str | None:
    """The headline: the main heading, else what the page calls itself."""
    for selector, attribute in (
        ("article h1, main h1, h1", None),
        ("meta[property='og:title']", "content"),
        ("title", None),
    ):
        node = tree.css_first(selector)
        found = (node.attributes.get(attribute) if attribute else node.text()) if node is not None else None
        if found and found.strip():
            return " ".join(found.split())
    return None


def main_markup(tree: LexborHTMLParser) -> str:
    """The markup of the main part, the whole page where it marks none."""
    for selector in MAIN:
        node = tree.css_first(selector)
        if node is not None and len(node.text().strip()) >= SHORTEST:
            return node.html or ""
    return tree.html or ""


def main_text(tree: LexborHTMLParser, markup: str, title: str | None) -> str:
    """The paragraphs of the main part, without its headline: as the page marks it, else as it is usually laid out."""
    marked = next((n for s in MAIN if (n := tree.css_first(s)) is not None), None)
    text = body_of(marked.html or "", "").text if marked is not None else ""
    if len(text) < SHORTEST:
        text = tidy(extract_plain_text(markup, main_content=True, alt_texts=False, links=False, form_fields=False))
    lines = [line for line in text.split("\n") if line.strip()]
    if title:
        lines = [line for line in lines if line.removeprefix("• ") != title]
    return "\n".join(lines)


def canonical(tree: LexborHTMLParser, context: Context) -> str:
    """The page's own address, else the one it was fetched from."""
    node = tree.css_first("link[rel=canonical]")
    href = (node.attributes.get("href") or "") if node is not None else ""
    return urljoin(context.url, href) if href else context.url


def key_of(tree: LexborHTMLParser, context: Context, words: str) -> str:
    """What stays the same while a page is edited: its canonical address, and its headline where one address shows
    another text each day."""
    own = canonical(tree, context)
    return own if own != context.url else f"{own}#{' '.join(words.split()).casefold()[:120]}"


def published(tree: LexborHTMLParser, context: Context) -> datetime | None:
    """When the page says it was published, aware, in UTC; a time without an offset is of the coverage's zone."""
    return next((at for text in stamps(tree) if (at := moment(text, context)) is not None), None)


def stamps(tree: LexborHTMLParser) -> Iterator[str]:
    """Every publication time that the page states, as text."""
    yield from ld_times(tree)
    for selector, attribute in TIMES:
        node = tree.css_first(selector)
        if node is not None and node.attributes.get(attribute):
            yield node.attributes[attribute] or ""


def ld_times(tree: LexborHTMLParser) -> Iterator[str]:
    """`datePublished` of the page's JSON-LD."""
    for node in tree.css("script[type='application/ld+json']"):
        try:
            data: Any = json.loads(node.text())
        except (ValueError, RecursionError):
            continue
        graph = data.get("@graph", [data]) if isinstance(data, dict) else data
        for thing in graph if isinstance(graph, list) else ():
            if isinstance(thing, dict) and isinstance(thing.get("datePublished"), str):
                yield thing["datePublished"]


def moment(text: str, context: Context) -> datetime | None:
    """An ISO 8601 time in UTC; None where it is none."""
    try:
        at = datetime.fromisoformat(re.sub(r"\s+", "T", text.strip(), count=1))
    except ValueError:
        return None
    try:
        return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(context.zone))).astimezone(UTC)
    except (OverflowError, ValueError):
        return None
