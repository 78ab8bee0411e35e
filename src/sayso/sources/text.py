"""Plain text files: the outline of the text gives its items."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Final

from sayso.model.claim import Part, Span
from sayso.model.statement import Item
from sayso.sources.context import Context, ParsedItems
from sayso.sources.decoding import decode
from sayso.sources.items import collected, hashed
from sayso.sources.moments import moment
from sayso.sources.outline import outline

#: What stands outside of any statement.
OUTSIDE: Final = ("title", "heading", "boiler")
STAMP_CHARS: Final = 200


def parse_text(body: bytes, context: Context) -> ParsedItems:
    """One item for the summary, and each entry and bullet, of a plain text."""
    decoded = decode(body, context.header("content-type") or context.media_type)
    unread = [f"the text: {doubt}" for doubt in decoded.doubts]
    items = list(items_of(decoded.text, context))
    if not items:
        unread.append("there is no text in it")
    title = next((decoded.text[slice(*p.span)] for p in outline(decoded.text) if p.kind == "headline"), None)
    return collected(items, total=0, unread=unread, title=title, context=context)


def items_of(text: str, context: Context) -> Iterator[Item]:
    """The statements of a text, each with its own lines as parts, and the full date and time above it, if any."""
    inside = [p for p in outline(text) if p.entry_kind not in OUTSIDE]
    for _, own in groupby(sorted(inside, key=lambda p: (p.entry, p.span)), key=lambda p: p.entry):
        parts = list(own)
        item = item_of(text, parts, context.url)
        yield replace(item, published_at=stamp_above(text[: parts[0].span.start], context))


def stamp_above(text: str, context: Context) -> datetime | None:
    """The date and time in the line right above; a clock time alone says no day and is left to the desk."""
    lines = text[-STAMP_CHARS:].rstrip().rsplit("\n", 1)
    return moment(lines[-1].strip(" []()|–—-"), context.tz) if lines[-1].strip() else None


def item_of(text: str, parts: list[Part], url: str) -> Item:
    """One statement: its lines, with spans of their own.

    Its key is made of its headline (of its first words where it has none), so that a corrected figure further down is
    a new version of it.
    """
    lines = [text[slice(*p.span)] for p in parts]
    own, at = [], 0
    for part, line in zip(parts, lines, strict=True):
        own.append(replace(part, span=Span(at, at + len(line)), entry=0))
        at += len(line) + 1
    title = lines[0] if parts[0].kind == "headline" else None
    first = title or " ".join(lines[0].split()[:8])
    return Item(
        key=hashed(f"{parts[0].entry_kind} {'' if parts[0].entry_kind == 'summary' else first}"),
        text="\n".join(lines),
        parts=tuple(own),
        title=title,
        url=url or None,
        entry_kind=parts[0].entry_kind,
    )
