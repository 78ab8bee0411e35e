"""Another outlet's live page, split into its entries and bullets: each is a statement of its own.

Where the page carries schema.org's LiveBlogPosting, that names entries and full times, and the elements of the page
give paragraphs and media. Else the page's own structure is read (`structure`), at last its lines (`outline`).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from sayso.model.statement import Item
from sayso.sources.context import Context, ParsedItems
from sayso.sources.decoding import decode
from sayso.sources.items import collected, composed, hashed
from sayso.sources.markup import Block, Content, content_of, parse_html, tidy, web_address
from sayso.sources.metadata import is_a, language_of, own_address, things, title_of, words
from sayso.sources.moments import moment
from sayso.sources.structure import Entry, entries_of, entry_of, standing_summary
from sayso.sources.text import items_of

#: So many entries or bullets make a page of plain lines a live page.
FEWEST_ENTRIES: Final = 2


def parse_live_page(body: bytes, context: Context) -> ParsedItems:
    """The standing summary, entries and bullets of a live page, in its order; no items where it has no entries."""
    decoded = decode(body, context.header("content-type") or context.media_type)
    tree = parse_html(decoded.text)
    unread = [f"the page: {doubt}" for doubt in decoded.doubts]
    title, url, lang = title_of(tree), own_address(tree, context), language_of(tree)
    entries = announced(tree, context) or entries_of(tree, context)
    items = [item for entry in entries for item in statements_of(entry, url)]
    items = [*summary_items(tree, context, url), *items] if items else list(lined_items(tree, context))
    if not items:
        unread.append("no entries were found on the page; if it is one article, give its source the kind page")
    items = [replace(item, lang=lang) for item in items]
    return collected(items, total=len(items), unread=unread, title=title, context=context)


def announced(tree: LexborHTMLParser, context: Context) -> list[Entry]:
    """The entries that the page's LiveBlogPosting lists, completed from the elements that show them."""
    found: list[Entry] = []
    for blog in things(tree):
        if is_a(blog, "LiveBlogPosting"):
            updates = blog.get("liveBlogUpdate")
            listed = updates if isinstance(updates, list) else [updates]
            found += [entry_from(update, tree, context) for update in listed if isinstance(update, dict)]
    return [entry for entry in found if entry.content.blocks or entry.headline]


def entry_from(update: dict[str, Any], tree: LexborHTMLParser, context: Context) -> Entry:
    """One update as an entry."""
    address = web_address(words(update.get("url")) or words(update.get("@id")), context.url)
    shown = element_of(address or str(update.get("@id") or ""), tree, context)
    said = lines_in(update.get("articleBody") or update.get("text"))
    headline = words(update.get("headline")) or (shown.headline if shown else None)
    return Entry(
        headline=headline,
        content=Content(
            blocks=fuller(said, shown.content.blocks if shown else (), headline),
            media=(shown.content.media if shown else ()) or media_of(update, context),
        ),
        at=moment(update.get("datePublished"), context.tz),
        updated_at=moment(update.get("dateModified"), context.tz),
        own=str(update.get("@id") or address or "") or None,
        url=address,
        via=web_address(words(update.get("isBasedOn")), context.url) or (shown.via if shown else None),
        credit=shown.credit if shown else None,
        speaker=organisation(update.get("author")),
    )


def element_of(address: str, tree: LexborHTMLParser, context: Context) -> Entry | None:
    """What the element shows that an update's address points into the page with."""
    name = address.rpartition("#")[2] if "#" in address else ""
    if not name or any(c in name for c in '"\\\n'):
        return None
    node = tree.css_first(f'[id="{name}"]')
    return entry_of([node], context) if node is not None else None


def lines_in(value: Any) -> tuple[Block, ...]:
    """The paragraphs of a text field."""
    lines = map(tidy, value.split("\n")) if isinstance(value, str) else ()
    return tuple(bullet_or_paragraph(line) for line in lines if line)


def bullet_or_paragraph(line: str) -> Block:
    """A line as a block."""
    bare = line.removeprefix("•").strip()
    return Block(bare, "bullet") if bare != line and bare else Block(line)


def fuller(said: tuple[Block, ...], shown: tuple[Block, ...], headline: str | None) -> tuple[Block, ...]:
    """The blocks as announced; as shown where these are the same words in paragraphs, or where nothing is announced."""
    rest = tuple(b for b in shown if b.text != headline)
    if not said or (len(rest) > len(said) and squeezed(said) in squeezed(rest)):
        return rest
    return said


def squeezed(blocks: Iterable[Block]) -> str:
    """All letters and digits of the blocks, to compare words whatever the layout."""
    return "".join(c for b in blocks for c in b.text if c.isalnum())


def media_of(update: dict[str, Any], context: Context) -> tuple[Any, ...]:
    """The pictures and videos that an update names."""
    markup = []
    for field, tag in (("image", "img"), ("video", "video")):
        values = update.get(field)
        for value in values if isinstance(values, list) else [values]:
            raw = value.get("contentUrl") or value.get("url") if isinstance(value, dict) else value
            address = web_address(raw if isinstance(raw, str) else None, context.url)
            if address:
                markup.append(f'<{tag} src="{address.replace(chr(34), "%22")}"></{tag}>')
    body = parse_html("".join(markup)).body if markup else None
    return content_of([body], context.url).media if body else ()


def organisation(author: Any) -> str | None:
    """The author, if it is a body: a person who signs an outlet's entry is its reporter and says nothing in it."""
    one = author[0] if isinstance(author, list) and author else author
    return words(one) if isinstance(one, dict) and is_a(one, "Organization", "GovernmentOrganization") else None


def statements_of(entry: Entry, page: str) -> list[Item]:
    """The entry as one statement; a list under a heading as one for each bullet."""
    bullets = [b for b in entry.content.blocks if b.kind == "bullet"]
    if len(bullets) > 1 and len(bullets) == len(entry.content.blocks):
        return [bullet_item(b, entry, page) for b in bullets]
    title, text, parts = composed(entry.headline, entry.content.blocks)
    if not text:
        return []
    first = title or " ".join(text.split()[:8])
    return [
        Item(
            key=entry.own or hashed(first),
            text=text,
            parts=parts,
            title=title,
            url=entry.via or entry.url or page,
            published_at=entry.at,
            updated_at=entry.updated_at,
            speaker=entry.speaker,
            credit=entry.credit,
            enclosures=entry.content.media,
        )
    ]


def bullet_item(bullet: Block, entry: Entry, page: str) -> Item:
    """One bullet of a list as a statement."""
    _, text, parts = composed(None, [bullet])
    return Item(
        key=f"{entry.own or hashed(entry.headline or '')}/{hashed(' '.join(bullet.text.split()[:8]))}",
        text=text,
        parts=tuple(replace(p, entry_kind="bullet") for p in parts),
        url=entry.via or entry.url or page,
        published_at=entry.at,
        entry_kind="bullet",
    )


def summary_items(tree: LexborHTMLParser, context: Context, url: str) -> list[Item]:
    """The standing summary over the entries, none where there is none."""
    blocks = standing_summary(tree, context)
    if not blocks:
        return []
    _, text, parts = composed(None, blocks)
    whole = tuple(replace(p, entry_kind="summary", kind="standfirst") for p in parts)
    return [
        Item(key="summary", text=text, parts=whole, url=url, entry_kind="summary", published_at=stamp(tree, context))
    ]


def stamp(tree: LexborHTMLParser, context: Context) -> datetime | None:
    """When the page as a whole was changed; the summary has no time of its own."""
    blogs = (t for t in things(tree) if is_a(t, "LiveBlogPosting"))
    return next((at for b in blogs if (at := moment(b.get("dateModified"), context.tz)) is not None), None)


def lined_items(tree: LexborHTMLParser, context: Context) -> Iterable[Item]:
    """The statements of a page that has no structure but its lines; none where the lines show no entries."""
    main = tree.css_first("main") or tree.css_first("article") or tree.body
    blocks = content_of([main], context.url).blocks if main is not None else ()
    text = "\n".join(f"• {b.text}" if b.kind == "bullet" else b.text for b in blocks)
    items = list(items_of(text, context))
    return items if sum(i.entry_kind in ("entry", "bullet") for i in items) >= FEWEST_ENTRIES else []
