"""RSS, Atom and JSON Feed -> items. feedparser reads what is in the wild; what it cannot is said in a sentence."""

import calendar
import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import feedparser

from sayso.errors import SourceChanged
from sayso.model.statement import Enclosure, Item
from sayso.sources.context import Context, ParsedItems
from sayso.sources.markup import Body, body_of
from sayso.sources.outline import paragraphs

MAX_ITEMS: Final = 500
#: Publishers' clocks differ: this much ahead of ours is not yet "in the future".
CLOCKS_DIFFER: Final = timedelta(minutes=5)
MEDIA_KINDS: Final = ("image", "video", "audio")


def parse_feed(body: bytes, context: Context) -> ParsedItems:
    """The items of a feed in its order. Raises SourceChanged where it is no feed at all."""
    if body.lstrip()[:1] == b"{":
        return parse_json_feed(body, context)
    headers = {"content-type": context.media_type} if context.media_type else {}
    found = feedparser.parse(body, response_headers=headers, sanitize_html=False, resolve_relative_uris=True)
    if not found.entries and not found.version:
        why = f" ({found.bozo_exception})" if found.get("bozo") else ""
        raise SourceChanged(
            f"this is no RSS, Atom or JSON Feed{why}: look at {context.url} and mend the source's address"
        )
    unread = []
    if found.get("bozo") and not isinstance(found.bozo_exception, feedparser.CharacterEncodingOverride):
        unread.append(
            f"the feed is not well-formed ({found.bozo_exception}); {len(found.entries)} items were still found"
        )
    items = [item_of(entry, context) for entry in found.entries[:MAX_ITEMS]]
    return collected(items, len(found.entries), unread, found.feed.get("title"), context)


def collected(items: list[Item], total: int, unread: list[str], title: str | None, context: Context) -> ParsedItems:
    """The items with all that is to be said of them."""
    if total > MAX_ITEMS:
        unread.append(f"the feed has {total} items; only its first {MAX_ITEMS} were taken")
    for item in items:
        if not item.text.strip():
            unread.append(f"item {item.key} has no text")
        if item.published_at and item.published_at > context.fetched_at + CLOCKS_DIFFER:
            unread.append(f"item {item.key} is dated in the future: {item.published_at:%Y-%m-%d %H:%M} UTC")
    return ParsedItems(items=tuple(i for i in items if i.text.strip()), unread=tuple(unread), title=title)


def item_of(entry: Any, context: Context) -> Item:
    """One item of RSS or Atom."""
    title = body_of(entry.get("title", ""), context.url).line or None
    content = max((c.get("value", "") for c in entry.get("content", [])), key=len, default="")
    body = body_of(content or entry.get("summary", "") or "", context.url)
    text, parts = paragraphs(title, body.text)
    link = entry.get("link") or None
    return Item(
        key=entry.get("id") or link or hashed(title or body.text),
        text=text,
        parts=parts,
        title=title,
        url=via_of(entry) or link,
        published_at=time_of(entry, "published") or time_of(entry, "updated"),
        updated_at=time_of(entry, "updated"),
        lang=(entry.get("title_detail") or {}).get("language") or entry.get("language") or None,
        speaker=entry.get("author") or None,
        credit=credit_of(entry),
        enclosures=enclosures_of(entry, body),
    )


def via_of(entry: Any) -> str | None:
    """Where an item that retells another outlet's report can be checked (Atom `rel=via`, RSS `source`)."""
    via = next((x.get("href") for x in entry.get("links", []) if x.get("rel") == "via"), None)
    return via or (entry.get("source") or {}).get("href") or None


def credit_of(entry: Any) -> str | None:
    """The outlet that an item retells: the title of its `via` link or of its RSS `source`."""
    via = next((x.get("title") for x in entry.get("links", []) if x.get("rel") == "via"), None)
    return via or (entry.get("source") or {}).get("title") or None


def time_of(entry: Any, name: str) -> datetime | None:
    """A time of an item, aware, in UTC; None where it gives none or one that cannot be read."""
    parsed = entry.get(f"{name}_parsed")
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def enclosures_of(entry: Any, body: Body) -> tuple[Enclosure, ...]:
    """Pictures and videos: enclosures, media:content, those in the text; described as the text describes them."""
    shown = {p.url: p for p in body.pictures}
    found: dict[str, Enclosure] = {}
    for medium in (*entry.get("enclosures", []), *entry.get("media_content", [])):
        url = medium.get("href") or medium.get("url")
        kind = (medium.get("type") or medium.get("medium") or "").split("/")[0]
        if url and kind in MEDIA_KINDS:
            found.setdefault(url, shown.get(url) or Enclosure(url=url, kind=kind, alt=medium.get("title") or None))
    for url, picture in shown.items():
        found.setdefault(url, picture)
    return tuple(found.values())


def parse_json_feed(body: bytes, context: Context) -> ParsedItems:
    """The items of a JSON Feed 1.1. Raises SourceChanged where it is none."""
    try:
        found = json.loads(body)
        entries = found["items"]
        if not isinstance(entries, list):
            raise TypeError("items is no list")
    except (ValueError, TypeError, KeyError, RecursionError) as err:
        raise SourceChanged(f"this is no JSON Feed ({err!r}): look at {context.url}") from err
    unread, items = [], []
    for number, entry in enumerate(entries[:MAX_ITEMS], 1):
        try:
            items.append(json_item(entry, context))
        except (TypeError, AttributeError, ValueError) as err:
            unread.append(f"item {number} cannot be read: {err!r}")
    title = found.get("title")
    return collected(items, len(entries), unread, title if isinstance(title, str) else None, context)


def json_item(entry: dict[str, Any], context: Context) -> Item:
    """One item of a JSON Feed."""
    body = body_of(entry.get("content_html") or "", context.url)
    title = " ".join((entry.get("title") or "").split()) or None
    text, parts = paragraphs(title, body.text or entry.get("content_text") or entry.get("summary") or "")
    authors = entry.get("authors") or [entry.get("author") or {}]
    shown = {p.url: p for p in body.pictures}
    for medium in entry.get("attachments") or []:
        kind = (medium.get("mime_type") or "").split("/")[0]
        if kind in MEDIA_KINDS and medium.get("url"):
            alt = medium.get("title") or None
            shown.setdefault(medium["url"], Enclosure(url=medium["url"], kind=kind, alt=alt))
    return Item(
        key=str(entry.get("id") or entry.get("url") or hashed(text)),
        text=text,
        parts=parts,
        title=title,
        url=entry.get("external_url") or entry.get("url") or None,
        published_at=json_time(entry.get("date_published")),
        updated_at=json_time(entry.get("date_modified")),
        lang=entry.get("language") or None,
        speaker=(authors[0] or {}).get("name") or None,
        credit=(entry.get("_sayso") or {}).get("reported_by") or None,
        enclosures=tuple(shown.values()),
    )


def json_time(text: object) -> datetime | None:
    """An RFC 3339 time, in UTC; None where it is none."""
    if not isinstance(text, str):
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def hashed(text: str) -> str:
    """A key for an item that has neither id nor link: its words."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:24]
