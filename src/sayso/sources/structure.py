"""The entries of a live page by its structure: where the times stand, and what belongs to each.

Times are the anchors: `<time>` elements and short texts that are nothing but a clock time. The largest element that
holds one anchor alone is its entry; where that holds hardly more than the time, the entries lie flat, and the
siblings up to the next anchor (or rule) belong to it. A page without times is read by its `<article>` elements.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sayso.sources.context import Context
from sayso.sources.forms import form_of, is_headline
from sayso.sources.markup import SKIPPED, Block, Content, content_of, tidy, web_address
from sayso.sources.metadata import modified_at, published_at
from sayso.sources.moments import CLOCKS_DIFFER, moment

ANCHORS: Final = "time, b, strong, span, p, div, dt, td, a, h2, h3, h4, h5, em, small"
LONGEST_TIME: Final = 40
#: An element with fewer characters than this beside its time holds no entry.
SHORTEST: Final = 20
MOST_ANCHORS: Final = 2_000
FEWEST: Final = 2
SHORTEST_SUMMARY: Final = 40
#: A page that was published longer ago than this is no longer being written.
LONGEST_PAGE: Final = timedelta(hours=36)
#: Lines in an entry that are about it and not part of it.
ABOUT: Final = ("time", "date", "boiler", "rule")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry as a page shows it. `own` is what the page itself calls it, None where it has no name."""

    headline: str | None
    content: Content
    at: datetime | None = None
    updated_at: datetime | None = None
    own: str | None = None
    url: str | None = None
    via: str | None = None
    credit: str | None = None
    speaker: str | None = None


def entries_of(tree: LexborHTMLParser, context: Context) -> list[Entry]:
    """The entries that the page's structure shows, in its order; none for a page that is no live page."""
    groups = [nodes for _, nodes in timed_groups(tree)] or articles(tree)
    if len(groups) < FEWEST:
        return []
    entries = [entry_of(nodes, context) for nodes in groups]
    clocks = [clock_of(nodes) for nodes in groups]
    dated = with_dates(entries, clocks, newest_moment(tree, context), context)
    return [e for e in dated if e.content.blocks or e.headline]


def timed_groups(tree: LexborHTMLParser) -> list[tuple[LexborNode, list[LexborNode]]]:
    """Each anchor with the elements of its entry."""
    anchors = list(anchors_in(tree))[:MOST_ANCHORS]
    if len(anchors) < FEWEST:
        return []
    held = Counter(node.mem_id for anchor in anchors for node in upwards(anchor))
    blocks = [(anchor, block_of(anchor, held)) for anchor in anchors]
    heads = {block.mem_id for _, block in blocks}
    groups = [(anchor, [block, *followers(anchor, block, heads, held)]) for anchor, block in blocks]
    return [(anchor, nodes) for anchor, nodes in groups if not any(is_page_head(node) for node in nodes)]


def anchors_in(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    """The elements that are a clock time and nothing else, outermost first, none inside another."""
    seen: set[int] = set()
    for node in tree.css(ANCHORS):
        if node.tag != "time" and not may_be_time(node):
            continue
        words = tidy(node.text())
        if node.tag == "time" and not (node.attributes.get("datetime") or form_of(words or "-") == "time"):
            continue
        if any(up.mem_id in seen or up.tag in SKIPPED for up in upwards(node)):
            continue
        seen.add(node.mem_id)
        yield node


def may_be_time(node: LexborNode) -> bool:
    """Whether an element's words are a clock time; a `<time>` inside it is the better anchor."""
    text = node.text(deep=True) if node.child is None or node.child.next is None else ""
    words = tidy(text[: LONGEST_TIME * 3])
    return 0 < len(words) <= LONGEST_TIME and form_of(words) == "time" and node.css_first("time") is None


def upwards(node: LexborNode) -> Iterator[LexborNode]:
    """The node and its ancestors below `body`."""
    here: LexborNode | None = node
    while here is not None and here.tag not in ("body", "html", "-undef"):
        yield here
        here = here.parent


def block_of(anchor: LexborNode, held: Counter[int]) -> LexborNode:
    """The largest element that holds this anchor alone."""
    block = anchor
    for up in upwards(anchor):
        if held[up.mem_id] > 1 or up.tag in ("main", "body"):
            break
        block = up
    return block


def followers(anchor: LexborNode, block: LexborNode, heads: set[int], held: Counter[int]) -> list[LexborNode]:
    """The siblings that belong to an entry that lies flat; none where its own element holds it."""
    if len(tidy(block.text(separator=" "))) - len(tidy(anchor.text())) >= SHORTEST:
        return []
    found, node = [], block.next
    while node is not None and node.tag != "hr" and node.mem_id not in heads and not held[node.mem_id]:
        found.append(node)
        node = node.next
    return found


def is_page_head(node: LexborNode) -> bool:
    """Whether the element belongs to the page's head: the time there is that of the page."""
    return node.tag == "h1" or (node.tag not in ("-text", "-comment") and node.css_first("h1") is not None)


def articles(tree: LexborHTMLParser) -> list[list[LexborNode]]:
    """Each innermost `<article>`, for pages that give no times."""
    return [[node] for node in tree.css("article") if len(node.css("article")) == 1]


def entry_of(nodes: list[LexborNode], context: Context) -> Entry:
    """What some elements show as one entry."""
    elements = [n for n in nodes if n.tag not in ("-text", "-comment")]
    content = content_of(nodes, context.url)
    authors = {tidy(n.text()) for n in within(elements, "[rel=author], .author, .byline")}
    blocks = [b for b in map(without_time, content.blocks) if is_news(b) and b.text not in authors]
    headline, rest = split_headline(blocks, {tidy(n.text()) for n in within(elements, "b, strong")})
    name = next((str(n.id) for n in elements if n.id), None)
    via = next(within(elements, "a[rel=via]"), None)
    return Entry(
        headline=headline,
        content=replace(content, blocks=tuple(rest)),
        own=name,
        url=web_address(f"#{name}", context.url) if name else None,
        via=web_address(via.attributes.get("href"), context.url) if via is not None else None,
        credit=(tidy(via.text()) or None) if via is not None else None,
    )


def within(elements: list[LexborNode], selector: str) -> Iterator[LexborNode]:
    """What matches inside the elements, and themselves where they match."""
    for element in elements:
        yield from element.css(selector)


def is_news(block: Block) -> bool:
    """Whether a block is part of what an entry tells."""
    return bool(block.text) and form_of(block.text) not in ABOUT


def without_time(block: Block) -> Block:
    """The block without a clock time at its head, as flat pages run it into the headline."""
    first, _, rest = block.text.partition(" ")
    return replace(block, text=rest.lstrip("-–—|: ")) if rest and form_of(first.rstrip(".,:")) == "time" else block


def split_headline(blocks: list[Block], bold: set[str]) -> tuple[str | None, list[Block]]:
    """The headline and the other blocks: a heading, or a first line that has a headline's form and is bold or has text
    below it."""
    if not blocks:
        return None, []
    first = blocks[0]
    formed = first.kind == "paragraph" and is_headline(first.text) and (first.text in bold or len(blocks) > 1)
    return (first.text, blocks[1:]) if first.kind == "heading" or formed else (None, blocks)


# -- times


def clock_of(nodes: list[LexborNode]) -> str:
    """The time that an entry shows or declares."""
    for node in nodes:
        for mark in node.css("time") if node.tag != "-text" else ():
            return mark.attributes.get("datetime") or tidy(mark.text())
    return next((b for n in nodes if n.tag != "-text" for b in times_in(n)), "")


def times_in(node: LexborNode) -> Iterator[str]:
    """Texts in an element that are clock times."""
    for inner in [node, *node.css(ANCHORS)]:
        words = tidy(inner.text()) if inner.child is not None and inner.child.next is None else ""
        if words and len(words) <= LONGEST_TIME and form_of(words) == "time":
            yield words
    lead = tidy(node.text(separator=" ")).partition(" ")[0].rstrip(".,:")
    if lead and form_of(lead) == "time":
        yield lead


def newest_moment(tree: LexborHTMLParser, context: Context) -> datetime:
    """The moment that no bare time on the page is after: when it was changed, the end of the day on which it was
    published where that is long past, else when it was fetched."""
    modified, published = modified_at(tree, context), published_at(tree, context)
    if modified is not None:
        return modified.astimezone(context.tz)
    if published is not None and context.fetched_at - published > LONGEST_PAGE:
        return datetime.combine(published.astimezone(context.tz).date(), time.max, context.tz)
    return context.fetched_at.astimezone(context.tz)


def with_dates(entries: list[Entry], clocks: list[str], newest: datetime, context: Context) -> list[Entry]:
    """The entries with their times. A bare "19:10" takes its day from the page; where the clock jumps back over
    midnight in the page's order, it is the day before (newest first) or after."""
    bare = [bare_time(c) for c in clocks]
    upwards_in_time = [b >= a for a, b in pairwise(t for t in bare if t is not None)]
    if sum(upwards_in_time) * 2 > len(upwards_in_time):  # oldest first: the same from the other end
        turned = with_dates(entries[::-1], clocks[::-1], newest, context)
        return turned[::-1]
    dated: list[Entry] = []
    before = newest + CLOCKS_DIFFER
    for entry, clock, at in zip(entries, clocks, bare, strict=True):
        full = moment(clock, context.tz)
        if full is None and at is not None:
            full = datetime.combine(before.date(), at, context.tz)
            full -= timedelta(days=1) if full > before else timedelta()
        before = full.astimezone(context.tz) if full else before
        dated.append(replace(entry, at=full))
    return dated


def bare_time(text: str) -> time | None:
    """The clock time in a text that states no date."""
    for word in text.replace(".", ":").split():
        hours, _, minutes = word.strip("[]()|,:-–").partition(":")
        if hours.isdigit() and minutes[:2].isdigit() and int(hours) < 24 and int(minutes[:2]) < 60:
            later = 12 if "p" in text.lower().split(word.lower())[-1][:4] and int(hours) < 12 else 0
            return time(int(hours) + later, int(minutes[:2]))
    return None


# -- the top of the page


def standing_summary(tree: LexborHTMLParser, context: Context) -> list[Block]:
    """The paragraphs between the page's headline and its first entry."""
    groups = [nodes for _, nodes in timed_groups(tree)] or articles(tree)
    if not groups:
        return []
    found: list[Block] = []
    for up in upwards(groups[0][0]):
        above, node = [], up.prev
        while node is not None:
            above.append(node)
            node = node.prev
        found = [*content_of(above[::-1], context.url).blocks, *found]
    paragraphs = [b for b in found if b.kind == "paragraph" and form_of(b.text) == "paragraph"]
    return paragraphs if sum(len(b.text) for b in paragraphs) >= SHORTEST_SUMMARY else []
