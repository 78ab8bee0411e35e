"""A web page to its main text as one item: a press release, an article, a ministry's newest bulletin."""

from dataclasses import replace
from typing import Final

from resiliparse.extract.html2text import extract_plain_text
from selectolax.lexbor import LexborHTMLParser

from sayso.model.statement import Enclosure, Item
from sayso.sources.context import Context, ParsedItems
from sayso.sources.decoding import decode
from sayso.sources.forms import form_of
from sayso.sources.items import collected, composed
from sayso.sources.markup import Block, Content, content_of, parse_html, tidy, web_address
from sayso.sources.metadata import language_of, modified_at, own_address, published_at, title_of

MAIN: Final = ("[itemprop=articleBody]", "article", "main", "[role=main]")
#: Less text than this is not the main part of anything.
SHORTEST: Final = 40
#: Page furniture inside the main part.
FURNITURE: Final = "header time, .meta, .byline, .author, [rel=author], .share, .social, .related, .tags, .comments"


def parse_page(body: bytes, context: Context) -> ParsedItems:
    """The page's main text as one item.

    Its key is the page's own address where it names another than was asked for, so that a changed page is a new
    version; else address and headline, so that a page that shows another text each day is another statement.
    """
    decoded = decode(body, context.header("content-type") or context.media_type)
    tree = parse_html(decoded.text)
    unread = [f"the page: {doubt}" for doubt in decoded.doubts]
    headline = title_of(tree)
    published, updated = published_at(tree, context), modified_at(tree, context)
    via = tree.css_first("a[rel=via]")
    reported_at = web_address(via.attributes.get("href"), context.url) if via is not None else None
    credit = tidy(via.text()) or None if via is not None else None
    content = main_content(tree, decoded.text, headline, context)
    if not content.blocks:
        return ParsedItems(unread=(*unread, "no main text was found on the page"), title=headline)
    title, text, parts = composed(headline, content.blocks)
    own = own_address(tree, context)
    item = Item(
        key=(own if own != context.url else f"{own}#{(headline or content.blocks[0].text).casefold()[:120]}")[:1000],
        text=text,
        parts=parts,
        title=title,
        url=reported_at or own,
        published_at=published,
        updated_at=updated,
        lang=language_of(tree),
        credit=credit,
        enclosures=content.media or picture_of(tree, context),
    )
    return collected([item], total=1, unread=unread, title=headline, context=context)


def main_content(tree: LexborHTMLParser, markup: str, headline: str | None, context: Context) -> Content:
    """Paragraphs and media of the main part: as the page marks it, else as pages are usually laid out."""
    for node in tree.css(FURNITURE):
        node.decompose()
    for selector in MAIN:
        nodes = tree.css(selector)
        if len(nodes) == 1:
            content = told(content_of(nodes, context.url), headline)
            if sum(len(b.text) for b in content.blocks) >= SHORTEST:
                return content
    plain = extract_plain_text(markup, main_content=True, alt_texts=False, links=False, form_fields=False)
    blocks = tuple(plain_block(line) for line in plain.split("\n") if tidy(line))
    return told(Content(blocks), headline)


def plain_block(line: str) -> Block:
    """A line of extracted text as a block; the extractor writes bullets with a sign."""
    words = tidy(line)
    bare = words.removeprefix("•").strip()
    return Block(bare, "bullet") if bare != words else Block(words)


def told(content: Content, headline: str | None) -> Content:
    """The content without its headline, times and boilerplate."""
    news = (b for b in content.blocks if form_of(b.text) not in ("time", "date", "boiler", "rule"))
    return replace(content, blocks=tuple(b for b in news if b.text != headline))


def picture_of(tree: LexborHTMLParser, context: Context) -> tuple[Enclosure, ...]:
    """The picture that the page wants to be shared with."""
    node = tree.css_first("meta[property='og:image']")
    address = web_address(node.attributes.get("content") if node else None, context.url)
    return (Enclosure(url=address, kind="image"),) if address else ()
