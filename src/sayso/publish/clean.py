"""Markup that may come from outside -> the few elements that we let through (nh3). Text is escaped instead."""

from typing import Final

import nh3

#: No style, class, id, image, frame or form from anywhere: media come from our own store only.
TAGS: Final = {"p", "br", "strong", "em", "b", "i", "blockquote", "ul", "ol", "li", "a"}
ATTRIBUTES: Final = {"a": {"href"}, "li": {"value"}}
SCHEMES: Final = {"http", "https"}
#: What goes with its content: the text inside is not meant to be read.
GONE: Final = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "textarea", "title", "xmp"}


def clean_html(html: str) -> str:
    """The markup with nothing left but paragraphs, emphasis, lists with their numbers, quotations and links to the web."""
    return nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=GONE,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )


def web_address(url: str | None) -> str | None:
    """The address if it is one of the web, else None: "javascript:" and its kin never become a link."""
    if url is None:
        return None
    address = url.strip()
    plain = "".join(c for c in address if c.isprintable() and not c.isspace())
    return address if plain == address and address.casefold().startswith(("http://", "https://")) else None


def for_xml(text: str) -> str:
    """The text without the characters that XML forbids."""
    return "".join(
        c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )
