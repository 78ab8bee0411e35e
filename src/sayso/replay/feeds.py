"""A source's shelf as RSS 2.0, Atom (RFC 4287) or JSON Feed 1.1."""

import json
import xml.etree.ElementTree as ET
from email.utils import format_datetime
from typing import Any

from sayso.replay.markup import Place, content, media_type
from sayso.replay.shelf import Entry, Shelf
from sayso.replay.tape import Channel
from sayso.replay.told import Shown

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
for _prefix, _space in (("", ATOM), ("dc", DC), ("media", MEDIA)):
    ET.register_namespace(_prefix, _space)


def rss(channel: Channel, shelf: Shelf, place: Place) -> bytes:
    """The shelf as RSS 2.0."""
    root = ET.Element("rss", version="2.0")
    top = ET.SubElement(root, "channel")
    _add(top, "title", channel.title)
    _add(top, "link", f"{place.base}/{channel.name}")
    _add(top, "description", f"Statements of {channel.title}, told again")
    _add(top, "language", channel.lang)
    if shelf.changed_at:
        _add(top, "lastBuildDate", format_datetime(shelf.changed_at))
    for entry in shelf.entries:
        _rss_item(ET.SubElement(top, "item"), channel, entry, place)
    return _bytes(root)


def _rss_item(item: ET.Element, channel: Channel, entry: Entry, place: Place) -> None:
    told = entry.told
    if told.headline:
        _add(item, "title", told.headline)
    _add(item, "link", place.page(channel.name, told.id))
    _add(item, "guid", f"{channel.name}:{told.id}", isPermaLink="false")
    _add(item, "pubDate", format_datetime(told.at))
    if told.speaker:
        _add(item, f"{{{DC}}}creator", told.speaker)
    _add(item, "category", told.kind)
    _add(item, "description", content(told.text, told.media, place))
    if told.url and told.reported_by:
        _add(item, "source", told.reported_by, url=told.url)
    for one in told.media:
        where = {"url": place.medium(one), "type": media_type(one.file)}
        ET.SubElement(item, "enclosure", where | {"length": str(place.size_bytes(one))})
        _add_medium(item, one, where)


def atom(channel: Channel, shelf: Shelf, place: Place) -> bytes:
    """The shelf as Atom."""
    root = ET.Element(f"{{{ATOM}}}feed")
    _add(root, f"{{{ATOM}}}title", channel.title)
    _add(root, f"{{{ATOM}}}id", f"tag:replay.invalid,2031:{channel.name}")
    _link(root, rel="self", href=f"{place.base}/{channel.name}.xml")
    _link(root, rel="alternate", href=f"{place.base}/{channel.name}")
    _add(root, f"{{{ATOM}}}updated", shelf.changed_at.isoformat() if shelf.changed_at else "1970-01-01T00:00:00Z")
    for entry in shelf.entries:
        _atom_entry(ET.SubElement(root, f"{{{ATOM}}}entry"), channel, entry, place)
    return _bytes(root)


def _atom_entry(item: ET.Element, channel: Channel, entry: Entry, place: Place) -> None:
    told = entry.told
    _add(item, f"{{{ATOM}}}title", told.headline or "")
    _add(item, f"{{{ATOM}}}id", f"tag:replay.invalid,2031:{channel.name}:{told.id}")
    _link(item, rel="alternate", href=place.page(channel.name, told.id), type="text/html")
    _add(item, f"{{{ATOM}}}published", told.at.isoformat())
    _add(item, f"{{{ATOM}}}updated", entry.changed_at.isoformat())
    if told.speaker:
        _add(ET.SubElement(item, f"{{{ATOM}}}author"), f"{{{ATOM}}}name", told.speaker)
    ET.SubElement(item, f"{{{ATOM}}}category", term=told.kind)
    _add(item, f"{{{ATOM}}}content", content(told.text, told.media, place), type="html")
    if told.url:
        _link(item, rel="via", href=told.url, title=told.reported_by or "")
    for one in told.media:
        kind, href = media_type(one.file), place.medium(one)
        _link(item, rel="enclosure", href=href, type=kind, length=str(place.size_bytes(one)), title=one.alt or "")
        _add_medium(item, one, {"url": href, "type": kind})


def json_feed(channel: Channel, shelf: Shelf, place: Place) -> bytes:
    """The shelf as JSON Feed; what the format has no field for stands in `_sayso`."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": f"{place.base}/{channel.name}",
        "feed_url": f"{place.base}/{channel.name}.json",
        "language": channel.lang,
        "items": [_json_item(channel, entry, place) for entry in shelf.entries],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _json_item(channel: Channel, entry: Entry, place: Place) -> dict[str, Any]:
    told = entry.told
    item = {
        "id": f"{channel.name}:{told.id}",
        "url": place.page(channel.name, told.id),
        "external_url": told.url,
        "title": told.headline,
        "content_html": content(told.text, told.media, place),
        "date_published": told.at.isoformat(),
        "date_modified": entry.changed_at.isoformat() if entry.changed_at != told.at else None,
        "authors": [{"name": told.speaker}] if told.speaker else None,
        "tags": [told.kind],
        "attachments": [_attachment(one, place) for one in told.media] or None,
        "_sayso": {"reported_by": told.reported_by} if told.reported_by else None,
    }
    return {k: v for k, v in item.items() if v is not None}


def _attachment(one: Shown, place: Place) -> dict[str, Any]:
    more = {"alt": one.alt, "caption": one.caption, "credit": one.credit, "sensitive": one.sensitive}
    return {
        "url": place.medium(one),
        "mime_type": media_type(one.file),
        "title": one.alt or one.caption or "",
        "size_in_bytes": place.size_bytes(one),
        "_sayso": {k: v for k, v in more.items() if v},
    }


def _add_medium(item: ET.Element, one: Shown, where: dict[str, str]) -> None:
    """What is said about a picture or video, as Media RSS; its alt text stands in the content's `img`."""
    medium = ET.SubElement(item, f"{{{MEDIA}}}content", where | {"medium": one.kind})
    if one.caption:
        _add(medium, f"{{{MEDIA}}}title", one.caption, type="plain")
    if one.credit:
        _add(medium, f"{{{MEDIA}}}credit", one.credit)
    if one.sensitive:
        _add(medium, f"{{{MEDIA}}}rating", one.sensitive, scheme="urn:sayso:sensitive")


def _add(parent: ET.Element, tag: str, text: str, /, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = text


def _link(parent: ET.Element, /, **attributes: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}link", {k: v for k, v in attributes.items() if v})


def _bytes(root: ET.Element) -> bytes:
    ET.indent(root)
    return b"<?xml version='1.0' encoding='utf-8'?>\n" + ET.tostring(root, encoding="unicode").encode()
