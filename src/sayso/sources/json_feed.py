"""JSON Feed, and plain lists of records as JSON or JSON Lines, to items."""

import json
from typing import Any, Final

from sayso.errors import SourceChanged
from sayso.model.statement import Enclosure, Item
from sayso.sources.context import Context, ParsedItems
from sayso.sources.decoding import Decoded, decode
from sayso.sources.items import MAX_ITEMS, collected, composed, hashed
from sayso.sources.markup import Content, content_of_html, kind_of, tidy, web_address
from sayso.sources.moments import moment

#: Names that records use for one and the same thing, the standard's first.
KEYS: Final = ("id", "guid", "key", "_id")
LINKS: Final = ("url", "link", "permalink", "href")
TEXTS: Final = ("content_text", "text", "body", "message", "content", "summary", "description")
PUBLISHED: Final = ("date_published", "published_at", "published", "pubDate", "created_at", "date", "time")
UPDATED: Final = ("date_modified", "updated_at", "updated", "edited_at")
LISTS: Final = ("items", "entries", "posts", "statements", "results", "data")


def parse_json(body: bytes, context: Context) -> ParsedItems:
    """The items of a JSON document."""
    return parse_json_feed(decode(body, context.header("content-type") or context.media_type), context)


def parse_json_feed(decoded: Decoded, context: Context) -> ParsedItems:
    """The items of a JSON Feed, a list of records, or records a line. Raises SourceChanged where it is none of them."""
    found = loaded(decoded.text, context)
    records = records_in(found)
    if records is None:
        raise SourceChanged(f"{context.url} answers with JSON that has no list of items; mend the source's address")
    unread = [f"the feed: {doubt}" for doubt in decoded.doubts]
    items = []
    for number, record in enumerate(records[:MAX_ITEMS], 1):
        if isinstance(record, dict):
            items.append(item_of(record, context))
        else:
            unread.append(f"item {number} is no record but {type(record).__name__}")
    title = first(found, ("title",)) if isinstance(found, dict) else None
    return collected(items, total=len(records), unread=unread, title=title, context=context)


def loaded(text: str, context: Context) -> Any:
    """The document; a list of its lines where each is a document. Raises SourceChanged."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as err:
        try:
            return [json.loads(line) for line in text.splitlines() if line.strip()]
        except (ValueError, RecursionError):
            raise SourceChanged(f"{context.url} answers with something that is no JSON: {err}") from err


def records_in(found: Any) -> list[Any] | None:
    """The list of records in a document."""
    if isinstance(found, list):
        return found
    if isinstance(found, dict):
        return next((found[name] for name in LISTS if isinstance(found.get(name), list)), None)
    return None


def first(record: dict[str, Any], names: tuple[str, ...]) -> str | None:
    """The first of the fields that has words (or a number), as one line."""
    values = (record.get(name) for name in names)
    texts = (str(v) for v in values if isinstance(v, str | int) and not isinstance(v, bool))
    return next((t for t in map(tidy, texts) if t), None)


def item_of(record: dict[str, Any], context: Context) -> Item:
    """One record as an item."""
    content = content_in(record, context)
    title, text, parts = composed(first(record, ("title", "headline")), content.blocks)
    link = web_address(first(record, LINKS), context.url)
    return Item(
        key=(first(record, KEYS) or link or hashed(text))[:1000],
        text=text,
        parts=parts,
        title=title,
        url=web_address(first(record, ("external_url",)), context.url) or link,
        published_at=moment(first(record, PUBLISHED), context.tz),
        updated_at=moment(first(record, UPDATED), context.tz),
        lang=first(record, ("language", "lang")),
        speaker=author_of(record),
        credit=first(fields_of(record.get("_sayso")), ("reported_by",)) or first(record, ("credit", "reported_by")),
        enclosures=enclosures_of(record, content, context),
    )


def content_in(record: dict[str, Any], context: Context) -> Content:
    """The record's text: HTML where it is given, else its lines."""
    markup = record.get("content_html")
    if isinstance(markup, str) and markup.strip():
        return content_of_html(markup, context.url)
    plain = next((v for n in TEXTS if isinstance(v := record.get(n), str) and v.strip()), "")
    return content_of_html(plain.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>"), context.url)


def fields_of(value: Any) -> dict[str, Any]:
    """The value, if it is a record."""
    return value if isinstance(value, dict) else {}


def author_of(record: dict[str, Any]) -> str | None:
    """The first author's name."""
    authors = record.get("authors")
    author = authors[0] if isinstance(authors, list) and authors else record.get("author")
    return first(fields_of(author), ("name",)) or (
        tidy(author) or None if isinstance(author, str) else first(record, ("speaker",))
    )


def enclosures_of(record: dict[str, Any], content: Content, context: Context) -> tuple[Enclosure, ...]:
    """The media in the text and those attached, with what is said about them."""
    found = {m.url: m for m in content.media}
    attached = record.get("attachments")
    for medium in map(fields_of, attached if isinstance(attached, list) else ()):
        address = web_address(first(medium, ("url",)), context.url)
        if address is None:
            continue
        more = fields_of(medium.get("_sayso"))
        shown = found.get(address)
        found[address] = Enclosure(
            url=address,
            kind=kind_of(address, first(medium, ("mime_type",)) or ""),
            alt=first(more, ("alt",)) or (shown.alt if shown else None) or first(medium, ("title",)),
            caption=first(more, ("caption",)) or (shown.caption if shown else None),
            credit=first(more, ("credit",)),
            sensitive=first(more, ("sensitive",)) or (shown.sensitive if shown else None),
        )
    picture = web_address(first(record, ("image", "banner_image")), context.url)
    if picture and not found:
        found[picture] = Enclosure(url=picture, kind="image")
    return tuple(found.values())
