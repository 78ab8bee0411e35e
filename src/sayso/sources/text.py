"""Plain text files: the outline of the text gives its items."""

import hashlib
from dataclasses import replace
from itertools import groupby

from sayso.model.claim import Part, Span
from sayso.model.statement import Item
from sayso.sources.decoding import decoded
from sayso.sources.context import Context, ParsedItems
from sayso.sources.outline import outline

#: What stands outside of any statement.
OUTSIDE = ("title", "heading", "boiler")


def parse_text(body: bytes, context: Context) -> ParsedItems:
    """One item for each entry, bullet or summary of a plain text; what could not be decoded is said."""
    text, unread = decoded(body, context)
    items = tuple(items_of(text))
    if not items:
        unread = (*unread, "there is no text in it")
    return ParsedItems(items=items, unread=unread)


def items_of(text: str) -> list[Item]:
    """The statements of a text, each with its own lines as parts."""
    parts = [p for p in outline(text) if p.entry_kind not in OUTSIDE]
    return [item_of(text, list(own)) for _, own in groupby(parts, key=lambda p: p.entry)]


def item_of(text: str, parts: list[Part]) -> Item:
    """One statement: its lines joined, with spans of its own; its key is made of its headline or first words."""
    lines = [text[slice(*p.span)] for p in parts]
    own, at = [], 0
    for part, line in zip(parts, lines, strict=True):
        own.append(replace(part, span=Span(at, at + len(line)), entry=0))
        at += len(line) + 1
    title = lines[0] if parts[0].kind == "headline" else None
    first = " ".join((title or lines[0]).split()).casefold()[:120]
    return Item(
        key=hashlib.sha256(first.encode("utf-8", "surrogatepass")).hexdigest()[:24],
        text="\n".join(lines),
        parts=tuple(own),
        title=title,
        entry_kind=parts[0].entry_kind,
    )
