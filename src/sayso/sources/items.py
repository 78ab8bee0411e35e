"""Making items: text under its headline, parts, keys that stay, and what is doubtful about the lot."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from sayso.model.claim import Part
from sayso.model.statement import Item
from sayso.model.vocabulary import PassageKind
from sayso.sources.context import Context, ParsedItems
from sayso.sources.markup import Block
from sayso.sources.moments import doubt_about
from sayso.sources.outline import lay_out

MAX_ITEMS = 500
TITLE_CHARS = 1_000
TEXT_CHARS = 200_000
CUT = " […]"

PART_KINDS: dict[str, PassageKind] = {"bullet": "bullet"}


def composed(title: str | None, blocks: Iterable[Block]) -> tuple[str | None, str, tuple[Part, ...]]:
    """Headline, text and parts of a statement: the headline first, then a line for each paragraph or bullet.

    A headline that only repeats how the text begins (as channels make them that have none) is left out, so that no
    number is said twice.
    """
    head = shortened(title, TITLE_CHARS) if title else None
    rows: list[tuple[str, PassageKind]] = [(line_of(b), PART_KINDS.get(b.kind, "entry")) for b in blocks]
    if head and rows and repeats(head, rows[0][0]):
        if len(rows[0][0]) <= len(head):
            rows = rows[1:]
        else:
            head = None
    if head:
        rows.insert(0, (head, "headline"))
    text, parts = lay_out(within(rows))
    return head, text, parts


def line_of(block: Block) -> str:
    """A block as a line."""
    return f"• {block.text}" if block.kind == "bullet" else block.text


def repeats(title: str, first: str) -> bool:
    """Whether the first paragraph begins with the headline's words."""
    bare = title.rstrip(" .…").casefold()
    return bool(bare) and first.casefold().startswith(bare)


def within(rows: list[tuple[str, PassageKind]]) -> list[tuple[str, PassageKind]]:
    """The rows up to the longest text that is taken; a mark stands where they were cut."""
    kept, room = [], TEXT_CHARS
    for words, kind in rows:
        if len(words) > room:
            kept.append((shortened(words, max(room, len(CUT) + 1)), kind))
            break
        kept.append((words, kind))
        room -= len(words)
    return kept


def shortened(words: str, limit: int) -> str:
    """The words, cut with a mark where they are too long."""
    return words if len(words) <= limit else words[: limit - len(CUT)] + CUT


def hashed(text: str) -> str:
    """A key for an item that has neither id nor address: a hash of its words, whatever their spacing and case."""
    words = " ".join(text.split()).casefold()
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def collected(found: list[Item], *, total: int, unread: list[str], title: str | None, context: Context) -> ParsedItems:
    """The items that have text, each key once, with a sentence for all that was left out or looks wrong."""
    doubts = list(unread)
    if total > MAX_ITEMS:
        doubts.append(f"it has {total} items; only the first {MAX_ITEMS} were taken: ask its owner for a shorter feed")
    kept: dict[str, Item] = {}
    for item in found:
        if not item.text.strip():
            doubts.append(f"item {item.key[:100]} has no words")
        elif item.key not in kept:
            kept[item.key] = item
        elif kept[item.key].text != item.text:
            doubts.append(f"item {item.key[:100]} stands there twice with different words; the first was taken")
    return ParsedItems(items=tuple(kept.values()), unread=(*doubts, *doubts_about(kept.values(), context)), title=title)


def doubts_about(items: Iterable[Item], context: Context) -> list[str]:
    """A sentence for each item that is cut or has an unlikely time."""
    doubts = []
    for item in items:
        why = doubt_about(item.published_at, context.fetched_at)
        doubts += [f"item {item.key[:100]} {why}"] if why else []
        if item.text.endswith(CUT) or (item.title or "").endswith(CUT):
            doubts.append(f"item {item.key[:100]} is longer than we take; it was cut, the original is kept whole")
    return doubts


def renumbered(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts as those of one statement."""
    return tuple(replace(p, entry=0) for p in parts)
