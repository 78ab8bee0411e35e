"""The headings under which entries are found, and the links that filter by them."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

HeadingKind = Literal["key", "pinned", "media", "denial", "party", "place", "question", "source"]


def heading(kind: HeadingKind, name: str = "") -> str:
    """A heading as it is stored. The name is a party's id, a place as a text names it, a question's id or a source's
    name; key events, pinned ones, media and denials have none."""
    return f"{kind} {name}"


@lru_cache(maxsize=20_000)  # the id of every question is made of these, each time that it is asked for
def address_part(text: str) -> str:
    """A text as a part of an address: letters, digits, hyphens and underscores as they are, a dot for all else."""
    return "".join(c if c.isalnum() or c in "-_" else "." for c in text.casefold())


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterLink:
    """One filter of the live page: its address under the coverage's pages ("" for all entries), the name of the party
    that it is called by ("" where the address says all), and how many entries it leaves (None where counting them would take
    long)."""

    path: str
    label: str = ""
    count: int | None = None
