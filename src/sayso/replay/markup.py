"""Pieces of HTML that feeds and pages share, and the addresses in them."""

import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from sayso.replay.told import Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the server stands: its address without a slash at the end, and the folder of its media."""

    base: str
    folder: Path

    def page(self, channel: str, name: str) -> str:
        """The address of a statement's own page."""
        return f"{self.base}/{channel}/{name}"

    def medium(self, one: Shown) -> str:
        """The address of a picture or video."""
        return f"{self.base}/{one.file}"

    def size_bytes(self, one: Shown) -> int:
        """The size of its file."""
        return (self.folder / one.file).stat().st_size


def media_type(file: str) -> str:
    """The media type that a file's name says."""
    return mimetypes.guess_type(file)[0] or "application/octet-stream"


def paragraphs(text: str) -> str:
    """The text as HTML: a paragraph a line; lines that begin with a bullet are a list."""
    out: list[str] = []
    for line in filter(None, (part.strip() for part in text.split("\n"))):
        bullet = line.startswith("•")
        if not bullet:
            out.append(f"<p>{escape(line)}</p>")
        elif out and out[-1].endswith("</ul>"):
            out[-1] = f"{out[-1].removesuffix('</ul>')}<li>{escape(line[1:].strip())}</li></ul>"
        else:
            out.append(f"<ul><li>{escape(line[1:].strip())}</li></ul>")
    return "\n".join(out)


def content(text: str, media: Iterable[Shown], place: Place) -> str:
    """A statement's paragraphs, then its pictures and videos."""
    return "\n".join((paragraphs(text), *(figure(one, place) for one in media)))


def figure(one: Shown, place: Place) -> str:
    """A picture or video with its caption and credit."""
    url, alt = escape(place.medium(one)), escape(one.alt or "")
    caption = escape(" ".join(filter(None, (one.caption, f"({one.credit})" if one.credit else ""))))
    shown = f'<img src="{url}" alt="{alt}">'
    if one.kind == "video":
        shown = f'<video controls src="{url}" title="{alt}"><source src="{url}" type="{media_type(one.file)}"></video>'
    covered = f' data-sensitive="{escape(one.sensitive)}"' if one.sensitive else ""
    return f"<figure{covered}>{shown}<figcaption>{caption}</figcaption></figure>"
