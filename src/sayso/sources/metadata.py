"""What a page says about itself for machines: JSON-LD, meta elements, its own address."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from sayso.sources.context import Context
from sayso.sources.markup import tidy, web_address
from sayso.sources.moments import moment

#: Where a page says when it was published, the most explicit first: selector and attribute.
PUBLISHED: Final = (
    ("meta[property='article:published_time']", "content"),
    ("meta[itemprop=datePublished]", "content"),
    ("[itemprop=datePublished][datetime]", "datetime"),
    ("meta[name=date]", "content"),
    ("meta[name='DC.date.issued']", "content"),
    ("article time[datetime]", "datetime"),
    ("main time[datetime]", "datetime"),
    ("time[datetime]", "datetime"),
)
MODIFIED: Final = (
    ("meta[property='article:modified_time']", "content"),
    ("meta[property='og:updated_time']", "content"),
    ("meta[itemprop=dateModified]", "content"),
    ("[itemprop=dateModified][datetime]", "datetime"),
)
TITLES: Final = (("h1", None), ("meta[property='og:title']", "content"), ("title", None))
#: More things than this in one page's JSON-LD are not looked at.
MOST_THINGS: Final = 5_000


def things(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """Every record of the page's JSON-LD, those inside `@graph` and `mainEntity` too."""
    left: list[Any] = []
    for script in tree.css("script[type='application/ld+json']"):
        try:
            left.append(json.loads(script.text(), strict=False))
        except (ValueError, RecursionError):
            continue
    for _ in range(MOST_THINGS):
        if not left:
            return
        thing = left.pop(0)
        if isinstance(thing, list):
            left.extend(thing)
        elif isinstance(thing, dict):
            yield thing
            left.extend(thing[name] for name in ("@graph", "mainEntity") if name in thing)


def is_a(thing: dict[str, Any], *types: str) -> bool:
    """Whether the record is of one of the types."""
    declared = thing.get("@type")
    names = declared if isinstance(declared, list) else [declared]
    return any(str(name).rpartition("/")[2] in types for name in names)


def words(value: Any) -> str | None:
    """A field's words as one line; of a record its name, of a list its first."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id") or value.get("url")
    return (tidy(value) or None) if isinstance(value, str) else None


def title_of(tree: LexborHTMLParser) -> str | None:
    """The page's headline: the main heading, else what the page calls itself."""
    for selector, attribute in TITLES:
        node = tree.css_first(selector)
        found = None if node is None else node.attributes.get(attribute) if attribute else node.text(separator=" ")
        if found and tidy(found):
            return tidy(found)
    return None


def own_address(tree: LexborHTMLParser, context: Context) -> str:
    """The page's canonical address, else the one it was fetched from."""
    node = tree.css_first("link[rel=canonical]")
    return web_address(node.attributes.get("href") if node else None, context.url) or context.url


def language_of(tree: LexborHTMLParser) -> str | None:
    """The language that the page declares."""
    node = tree.css_first("html")
    return (node.attributes.get("lang") or None) if node else None


def published_at(tree: LexborHTMLParser, context: Context) -> datetime | None:
    """When the page says that it was published."""
    return first_time(tree, "datePublished", PUBLISHED, context)


def modified_at(tree: LexborHTMLParser, context: Context) -> datetime | None:
    """When the page says that it was last changed."""
    return first_time(tree, "dateModified", MODIFIED, context)


def first_time(
    tree: LexborHTMLParser, field: str, places: tuple[tuple[str, str], ...], context: Context
) -> datetime | None:
    """The first time that can be read of the JSON-LD field and the elements."""
    stated = [thing[field] for thing in things(tree) if isinstance(thing.get(field), str)]
    for selector, attribute in places:
        node = tree.css_first(selector)
        stated += [node.attributes.get(attribute)] if node else []
    return next((at for text in stated if (at := moment(text, context.tz)) is not None), None)
