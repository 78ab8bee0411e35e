"""HTML to lines: paragraphs and list items in order, with the pictures and videos between them.

Walked with a stack of our own, not by recursion: a page may nest a hundred thousand elements.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sayso.model.statement import Enclosure
from sayso.sources.decoding import visible

BlockKind = Literal["paragraph", "bullet", "heading"]

SKIPPED = frozenset(
    ["script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "head", "title", "button",
     "select", "option", "textarea", "input", "form", "nav", "footer", "aside", "audio"]
)  # fmt: skip
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
INLINE = frozenset(
    ["a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
     "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
     "time", "tt", "u", "var", "wbr"]
)  # fmt: skip
SPACES = re.compile(r"[\s\u00a0]+")
#: Pictures that are no pictures: counters, spacers, smileys.
TRIFLES = re.compile(r"(?:pixel|spacer|blank|1x1|emoji|smiley|icon|avatar|logo|tracking|/stat)", re.IGNORECASE)
VIDEO_ENDS, AUDIO_ENDS = (".mp4", ".webm", ".mov", ".m4v", ".ogv"), (".mp3", ".ogg", ".m4a", ".wav", ".aac")
IMAGE_ENDS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".bmp", ".tif", ".tiff")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, bullet or heading."""

    text: str
    kind: BlockKind = "paragraph"


@dataclass(frozen=True, slots=True)
class Content:
    """What an element shows: its blocks and media, in order."""

    blocks: tuple[Block, ...] = ()
    media: tuple[Enclosure, ...] = ()


def parse_html(html: str) -> LexborHTMLParser:
    """The document tree."""
    return LexborHTMLParser(html)


def content_of_html(html: str, base: str) -> Content:
    """The blocks and media of a piece of HTML (or of plain text)."""
    if "<" not in html and "&" not in html:
        return Content(tuple(Block(line) for line in map(tidy, html.split("\n")) if line))
    body = parse_html(html).body
    return content_of([body], base) if body else Content()


def content_of(nodes: list[LexborNode], base: str) -> Content:
    """The blocks and media of some elements, one after the other."""
    gatherer = Gatherer(base)
    for node in nodes:
        for event, element in walk(node):
            gatherer.take(event, element)
        gatherer.end_block()
    return Content(tuple(gatherer.blocks), tuple({m.url: m for m in reversed(gatherer.media)}.values())[::-1])


def walk(root: LexborNode) -> Iterator[tuple[str, LexborNode]]:
    """Enter and leave events of every node below and with `root`, in document order; skipped elements not at all."""
    stack: list[tuple[str, LexborNode]] = [("enter", root)]
    while stack:
        event, node = stack.pop()
        if event == "enter" and node.tag in SKIPPED:
            continue
        yield event, node
        if event == "enter" and node.tag != "-text":
            stack.append(("leave", node))
            stack.extend(("enter", child) for child in reversed(list(node.iter(include_text=True))))


def tidy(text: str) -> str:
    """Words as one line with single spaces, with nothing invisible in it."""
    return SPACES.sub(" ", visible(text)).strip()


class Gatherer:
    """Collects blocks and media from the events of a walk."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.blocks: list[Block] = []
        self.media: list[Enclosure] = []
        self.words: list[str] = []
        self.kind: BlockKind = "paragraph"
        self.figures: list[int] = []  # where the media of each open figure begin

    def take(self, event: str, node: LexborNode) -> None:
        """Goes one event further."""
        tag = node.tag or ""
        if tag == "-text":
            self.words.append(node.text_content or "")
        elif tag == "figure":
            self._figure(event, node)
        elif tag == "figcaption":
            self._caption(event)
        elif tag in ("img", "video", "source"):
            self._medium(event, node)
        elif tag not in INLINE:
            self._block(event, tag)

    def _block(self, event: str, tag: str) -> None:
        if tag == "p" and self.kind == "bullet" and not self.words:
            return  # <li><p>: still the bullet
        self.end_block()
        if event == "enter":
            self.kind = "bullet" if tag == "li" else "heading" if tag in HEADINGS else "paragraph"

    def end_block(self) -> None:
        """Puts away the words so far as a block."""
        words = tidy("".join(self.words))
        self.words.clear()
        if words:
            self.blocks.append(Block(words, self.kind))
        if words or self.kind != "bullet":
            self.kind = "paragraph"

    def _figure(self, event: str, node: LexborNode) -> None:
        self.end_block()
        if event == "enter":
            self.figures.append(len(self.media))
        elif self.figures:
            begin, why = self.figures.pop(), tidy(node.attributes.get("data-sensitive") or "")
            self.media[begin:] = [replace(m, sensitive=why or m.sensitive) for m in self.media[begin:]]

    def _caption(self, event: str) -> None:
        """The words of a caption go to the pictures of its figure and are no paragraph."""
        if event == "enter":
            self.end_block()
            return
        words = tidy("".join(self.words))
        self.words.clear()
        begin = self.figures[-1] if self.figures else len(self.media)
        self.media[begin:] = [replace(m, caption=words or None) for m in self.media[begin:]]

    def _medium(self, event: str, node: LexborNode) -> None:
        attributes = node.attributes
        raw = attributes.get("src") or attributes.get("data-src") or ""
        address = web_address(raw, self.base)
        if event != "enter" or address is None or is_trifle(address, attributes):
            return
        kind = "image" if node.tag == "img" else kind_of(address, attributes.get("type") or "video/")
        alt = tidy(attributes.get("alt") or attributes.get("title") or "") or None
        self.media.append(Enclosure(url=address, kind=kind, alt=alt))


def is_trifle(address: str, attributes: dict[str, str | None]) -> bool:
    """Whether a picture is a counter, spacer or sign."""
    sizes = (attributes.get("width") or "", attributes.get("height") or "")
    return any(s.isdigit() and int(s) < 40 for s in sizes) or bool(TRIFLES.search(urlsplit(address).path))


def web_address(raw: str | None, base: str) -> str | None:
    """The absolute http(s) address, None for anything else (javascript:, data:, what is no address at all)."""
    try:
        address = urljoin(base, visible(raw or "").strip())
        parts = urlsplit(address)
    except ValueError:
        return None
    if not raw or parts.scheme not in ("http", "https") or not parts.netloc or len(address) > 4000:
        return None
    return address


def kind_of(address: str, media_type: str = "") -> str:
    """The kind of a medium by its type, else by its name."""
    by_type = {"image": "image", "video": "video", "audio": "audio"}.get(media_type.partition("/")[0].strip().lower())
    path = urlsplit(address).path.lower()
    by_name = {VIDEO_ENDS: "video", AUDIO_ENDS: "audio", IMAGE_ENDS: "image"}
    return by_type or next((kind for ends, kind in by_name.items() if path.endswith(ends)), "other")
