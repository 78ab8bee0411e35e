"""The desk's own text of an entry: Markdown -> the few elements that pages and feeds show, or plain words.

Of CommonMark only paragraphs, emphasis, lists, quotations and links are read; everything else, HTML and pictures among it,
stays the text that was typed. What comes out is cleaned once more like any markup from outside.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from sayso.publish.clean import clean_html, web_address

#: What a paragraph of the desk's own words begins with.
OWN: Final = "Desk:"
#: The rules of CommonMark that are on.
READ: Final = ("paragraph", "list", "blockquote", "emphasis", "balance_pairs", "fragments_join", "link", "escape", "newline",
               "entity")  # fmt: skip
LONGEST: Final = 20_000
_BLANKS: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, list or quotation of a note: its markup, its words, and whether it is the desk's own (`Desk:`)."""

    html: Markup
    words: str
    own: bool = False


@lru_cache(maxsize=256)  # the same entries are drawn again and again; drafts are drawn, too
def note_blocks(note: str) -> tuple[Block, ...]:
    """The blocks of a note, in order; none of an empty one."""
    tokens, found, start = reader().parse(note[:LONGEST]), list[Block](), 0
    for n, token in enumerate(tokens, 1):
        if token.level == 0 and token.nesting <= 0:
            found.append(_block(tokens[start:n]))
            start = n
    return tuple(block for block in found if block.words)


def note_words(note: str) -> str:
    """A note as plain words, for readers that take no markup and for searching."""
    return " ".join(block.words for block in note_blocks(note))


@cache
def reader() -> MarkdownIt:
    """The reader of notes."""
    made = MarkdownIt("zero", {"html": False, "linkify": False, "typographer": False}).enable(list(READ))
    made.validateLink = lambda url: web_address(url) is not None  # type: ignore[method-assign]  # its way to be told
    return made


def _block(tokens: Sequence[Token]) -> Block:
    inline = [child for token in tokens if token.type == "inline" for child in token.children or ()]
    texts = [child for child in inline if child.type == "text"]
    own = tokens[0].type == "paragraph_open" and bool(texts) and texts[0].content.startswith(OWN)
    if own:
        texts[0].content = texts[0].content.removeprefix(OWN).lstrip()
    _keep_numbers(tokens)
    html = reader().renderer.render(tokens, reader().options, {})
    words = _BLANKS.sub(" ", " ".join(_words(token) for token in tokens)).strip()
    return Block(html=Markup(clean_html(html).strip()), words=words, own=own)  # noqa: S704 - cleaned


def _keep_numbers(tokens: Sequence[Token]) -> None:
    """Let each item of a list that does not count from one keep the number that was typed: "30. soldiers fell" is a figure."""
    for n, token in enumerate(tokens):
        if token.type == "ordered_list_open":
            end = next(
                e for e, t in enumerate(tokens[n:], n) if t.type == "ordered_list_close" and t.level == token.level
            )
            items = [t for t in tokens[n:end] if t.type == "list_item_open" and t.level == token.level + 1]
            numbers = [int(item.info) for item in items]
            if numbers != list(range(1, len(items) + 1)):
                for item, number in zip(items, numbers, strict=True):
                    item.attrSet("value", str(number))


def _words(token: Token) -> str:
    """The words of a paragraph, without its marks, or the number that an item of a list keeps."""
    if token.type == "list_item_open":
        return str(token.attrGet("value") or "")
    if token.type != "inline":
        return ""
    return "".join(" " if c.type in ("softbreak", "hardbreak") else c.content for c in token.children or ())
