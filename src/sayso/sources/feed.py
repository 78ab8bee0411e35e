"""RSS, Atom and JSON Feed to items. feedparser reads what is in the wild; what it cannot is said in a sentence."""

import calendar
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

import feedparser

from sayso.errors import SourceChanged
from sayso.model.statement import Enclosure, Item
from sayso.sources.context import Context, ParsedItems
from sayso.sources.decoding import decode, visible
from sayso.sources.items import MAX_ITEMS, collected, composed, hashed
from sayso.sources.json_feed import parse_json_feed
from sayso.sources.markup import content_of_html, kind_of, tidy, web_address
from sayso.sources.media_rss import Described, lift
from sayso.sources.moments import moment

XML_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>", re.DOTALL)
CLOSING: Final = re.compile(r"</\s*(?:rss|feed|(?:\w+:)?rdf|channel)\s*>", re.IGNORECASE)
#: "someone@host.example (Name)" and "Name <someone@host.example>", as RSS writes authors.
MAIL_FIRST: Final = re.compile(r"[^\s()]+@[^\s()]+\s*\((.*)\)")
MAIL_LAST: Final = re.compile(r"(.*?)\s*<[^<>\s]+@[^<>\s]+>")


def parse_feed(body: bytes, context: Context) -> ParsedItems:
    """The items of a feed, in its order. Raises SourceChanged where it is no feed at all."""
    decoded = decode(body, context.header("content-type") or context.media_type)
    if decoded.text.lstrip()[:1] in ("{", "["):
        return parse_json_feed(decoded, context)
    text, described = lift(decoded.text)
    found = read(text, context)
    if not found.entries and (not found.version or is_cut_off(found, text)):
        raise SourceChanged(
            f"{context.url} answers with something that is no RSS, Atom or JSON Feed{reason(found)}; "
            "open it in a browser and mend the source's address or kind"
        )
    unread = [f"the feed: {doubt}" for doubt in decoded.doubts]
    if is_broken(found):
        unread.append(f"the feed is not well-formed{reason(found)}; {len(found.entries)} items were found in it")
    items = [item_of(entry, context, described, unread) for entry in found.entries[:MAX_ITEMS]]
    title = tidy(found.feed.get("title") or "") or None
    return collected(items, total=len(found.entries), unread=unread, title=title, context=context)


def read(text: str, context: Context) -> Any:
    """What feedparser makes of the decoded text; it neither fetches nor cleans, which are our own doors' work."""
    text = XML_DECLARATION.sub("", text, count=1)
    return feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={
            "content-type": "application/xml; charset=utf-8",
            "content-location": web_address(context.header("content-location"), context.url) or context.url,
        },
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def is_broken(found: Any) -> bool:
    """Whether the XML is not well-formed."""
    return bool(found.get("bozo")) and not isinstance(found.bozo_exception, feedparser.CharacterEncodingOverride)


def is_cut_off(found: Any, text: str) -> bool:
    """Whether the feed ends before its end."""
    return is_broken(found) and not CLOSING.search(text, max(len(text) - 2_000, 0))


def reason(found: Any) -> str:
    """Why feedparser is not content, in brackets."""
    why = str(found.get("bozo_exception") or "").strip()
    return f" ({why[:200]})" if why else ""


def item_of(entry: Any, context: Context, described: Mapping[str, Described], unread: list[str]) -> Item:
    """One item of RSS or Atom."""
    base = base_of(entry, context)
    content = content_of_html(longest_content(entry), base)
    title, text, parts = composed(tidy_title(entry.get("title") or ""), content.blocks)
    link = web_address(entry.get("link"), base)
    key = tidy(str(entry.get("id") or "")) or link or hashed(text)
    published = time_of(entry, ("published", "updated"), context)
    stated = given(entry, "published") or given(entry, "updated")
    if published is None and stated:
        unread.append(f"item {key[:100]} has a date that cannot be read ({stated!s:.60})")
    return Item(
        key=key[:1000],
        text=text,
        parts=parts,
        title=title,
        url=web_address(via_of(entry, "href"), base) or link,
        published_at=published,
        updated_at=time_of(entry, ("updated",), context),
        speaker=author_of(entry),
        credit=tidy(via_of(entry, "title") or "") or None,
        enclosures=tuple(with_words(m, described.get(m.url)) for m in enclosures_of(entry, content.media, base)),
    )


def base_of(entry: Any, context: Context) -> str:
    """The address that an item's relative addresses are relative to."""
    base = (entry.get("summary_detail") or {}).get("base") or (entry.get("title_detail") or {}).get("base")
    return web_address(base, context.url) or context.url


def longest_content(entry: Any) -> str:
    """The fullest text that an item has: content, else its description."""
    texts = [str(c.get("value") or "") for c in entry.get("content", ())] + [str(entry.get("summary") or "")]
    return max(texts, key=len)


def tidy_title(raw: str) -> str | None:
    """A title as one line, its tags taken off."""
    return " ".join(b.text for b in content_of_html(raw, "").blocks) or None


def given(entry: Any, name: str) -> Any:
    """The field itself: feedparser would hand out `published` for an `updated` that is not there."""
    return entry[name] if name in entry else None  # noqa: SIM401 - get() does just that


def time_of(entry: Any, names: Iterable[str], context: Context) -> datetime | None:
    """The first of an item's times that can be read, with the publisher's own offset where it is given."""
    for name in names:
        at = moment(given(entry, name), context.tz)
        parsed = given(entry, f"{name}_parsed")
        if at is None and parsed is not None:
            try:
                at = datetime.fromtimestamp(calendar.timegm(parsed), UTC)
            except (ValueError, OverflowError, TypeError, OSError):
                at = None
        if at is not None:
            return at
    return None


def author_of(entry: Any) -> str | None:
    """Who the feed says speaks; a mail address is no name."""
    author = tidy(str(entry.get("author") or ""))
    for form in (MAIL_FIRST, MAIL_LAST):
        found = form.fullmatch(author)
        author = tidy(found[1]) if found else author
    return None if "@" in author or not author else author[:200]


def via_of(entry: Any, field: str) -> str | None:
    """Where an item that tells again what another outlet reported can be checked: Atom's `rel=via`, RSS's `source`."""
    links = (x for x in entry.get("links", ()) if x.get("rel") == "via")
    via = next((x.get(field) for x in links), None)
    return via or (entry.get("source") or {}).get(field) or None


def enclosures_of(entry: Any, shown: tuple[Enclosure, ...], base: str) -> tuple[Enclosure, ...]:
    """Pictures and videos: enclosures, Media RSS, and those in the text; with the words that the item gives them."""
    found = {medium.url: medium for medium in shown}
    media = [(m.get("href"), m.get("type") or "", m) for m in entry.get("enclosures", ())]
    media += [(m.get("url"), m.get("type") or m.get("medium") or "", m) for m in entry.get("media_content", ())]
    if not media and not found:
        media += [(m.get("url"), "image", m) for m in entry.get("media_thumbnail", ())]
    for raw, media_type, medium in media:
        address = web_address(raw, base)
        if address and address not in found:
            alt = tidy(visible(str(medium.get("title") or ""))) or None
            found[address] = Enclosure(url=address, kind=kind_of(address, media_type), alt=alt)
    return tuple(found.values())


def with_words(medium: Enclosure, described: Described | None) -> Enclosure:
    """The medium with what Media RSS says about it; its caption there has the credit apart."""
    if described is None:
        return medium
    return replace(
        medium,
        caption=described.caption or medium.caption,
        credit=described.credit or medium.credit,
        sensitive=described.sensitive or medium.sensitive,
    )
