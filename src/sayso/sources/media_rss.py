"""What Media RSS says about a picture or video, lifted out of a feed before feedparser reads it.

feedparser takes the `media:title` of an item that has no title for the item's own headline: a caption would become
something that the speaker said. Only words inside `media:content` are lifted; a video channel's own `media:description`
stands outside and stays.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from sayso.sources.markup import tidy

NAMESPACE = re.compile(r"""xmlns:([A-Za-z_][\w.-]*)\s*=\s*["']https?://search\.yahoo\.com/mrss/?["']""")
ADDRESS = re.compile(r"""\burl\s*=\s*(?:"([^"]*)"|'([^']*)')""")
CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
TAGS = re.compile(r"<[^>]*>")
WORDS = ("title", "description", "credit", "rating", "text")
#: Ratings that are no warning.
HARMLESS = ("nonadult", "general", "")


@dataclass(slots=True)
class Described:
    """The words about one medium, by the element that they stood in."""

    words: dict[str, str] = field(default_factory=dict)

    @property
    def caption(self) -> str | None:
        """What it shows, as the feed says."""
        return self.words.get("title") or self.words.get("description") or self.words.get("text")

    @property
    def credit(self) -> str | None:
        """Who made it."""
        return self.words.get("credit")

    @property
    def sensitive(self) -> str | None:
        """Why it must be covered."""
        rating = self.words.get("rating", "")
        return None if rating in HARMLESS else "marked as not for all by its source" if rating == "adult" else rating


def lift(text: str) -> tuple[str, dict[str, Described]]:
    """The feed without the words inside its `media:content` elements, and these words by the medium's address."""
    found: dict[str, Described] = {}
    declared = NAMESPACE.search(text)
    if declared is None:
        return text, found
    kept, at = [], 0
    for address, name, start, end, words in described(text, re.escape(declared[1])):
        found.setdefault(address, Described()).words.setdefault(name, words)
        kept.append(text[at:start])
        at = end
    return "".join([*kept, text[at:]]), found


def described(text: str, prefix: str) -> Iterator[tuple[str, str, int, int, str]]:
    """Address, element, its place in the text and its words, for each descriptive element inside a `content`."""
    address, open_name, open_at, inside = "", "", 0, 0
    for tag in re.finditer(rf"<(/?){prefix}:(content|{'|'.join(WORDS)})\b([^<>]*)>", text):
        closing, name, rest = tag.groups()
        if name == "content":
            if not closing and not rest.endswith("/"):
                raw = ADDRESS.search(rest)
                address, open_name = unescape((raw[1] or raw[2] or "") if raw else ""), ""
            else:
                address = "" if closing else address
        elif address and not closing and not rest.endswith("/") and not open_name:
            open_name, open_at, inside = name, tag.start(), tag.end()
        elif address and closing and name == open_name:
            yield address, name, open_at, tag.end(), plain(text[inside : tag.start()])
            open_name = ""


def plain(words: str) -> str:
    """The words of an element, its escapes and tags undone."""
    return tidy(TAGS.sub(" ", unescape(CDATA.sub(r"\1", words))))
