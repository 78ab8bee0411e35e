"""The table of kinds of source. A new kind is one file here and one line below; other packages join by entry point."""

from collections.abc import Callable
from functools import cache
from importlib.metadata import entry_points
from typing import Final

from sayso.sources.context import Context, ParsedItems
from sayso.sources.feed import parse_feed
from sayso.sources.json_feed import parse_json
from sayso.sources.live_page import parse_live_page
from sayso.sources.page import parse_page
from sayso.sources.text import parse_text

Parse = Callable[[bytes, Context], ParsedItems]

KINDS: Final[dict[str, Parse]] = {
    "feed": parse_feed,
    "json": parse_json,
    "page": parse_page,
    "live_page": parse_live_page,
    "text": parse_text,
}


@cache
def all_kinds() -> dict[str, Parse]:
    """Our own kinds and those of installed packages (entry points of the group "sayso.sources")."""
    outside: dict[str, Parse] = {point.name: point.load() for point in entry_points(group="sayso.sources")}
    return {**outside, **KINDS}
