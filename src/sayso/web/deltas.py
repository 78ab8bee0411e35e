"""What changed, for pages without a stream: numbers in files that any cache may keep, words at addresses of their own.

`live/head.json` tells the newest number and the changes since the last whole segment; `live/FIRST-LAST.json` is a whole
segment. Both name posts and versions only, so that a segment may be kept for ever and still hold nothing that could have
to be taken back. The words of a post stand at `live/post/ID/N`, those of the other parts of the page at `live/parts/N`:
kept for a moment only, and whatever N is asked for, the newest version is the answer (H14).
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from sayso.model.page import LivePage
from sayso.model.post import Change
from sayso.model.views import Views
from sayso.publish import pages
from sayso.web.headers import FOREVER, PAGE_CACHE
from sayso.web.live import Hub
from sayso.web.shelf import Drawn

#: Changes in a segment.
SEGMENT: Final = 20
#: A page that missed more than this loads anew.
MOST_CHANGES: Final = 200
#: Kinds of change that are told as parts of the live page.
PARTS: Final = ("tally", "summary")
JSON: Final = "application/json"
FRAGMENT: Final = "text/html; charset=utf-8"


def head(views: Views, *, interval_s: float) -> Drawn:
    """The newest number, when to ask again, and the changes that no whole segment holds."""
    n = views.n()
    return document({
        "n": n, "interval_s": interval_s, "segment": SEGMENT, "most": MOST_CHANGES,
        "changes": [told(c) for c in views.changes(n - n % SEGMENT) if c.n <= n],
    })  # fmt: skip


def segment(views: Views, first: int, last: int) -> Drawn | None:
    """The changes from `first` to `last`, both included; None unless they are one whole segment."""
    if last - first != SEGMENT - 1 or last % SEGMENT or last > views.n():
        return None
    return document([told(c) for c in views.changes(first - 1) if c.n <= last], cache=FOREVER)


def told(change: Change) -> list[Any]:
    """A change without a word of what it says: its number, kind, post (none for parts of the page) and version."""
    post_id = about(change)
    return [change.n, change.kind, post_id, change.version if post_id else None]


def post(views: Views, post_id: str) -> Drawn | None:
    """The newest version of a post as it stands in the stream, or its tombstone; None if there never was one."""
    entry = views.entry(post_id)
    return None if entry is None else Drawn(body=pages.entry_html(entry, views.frame()).encode(), type=FRAGMENT)


def parts(views: Views) -> Drawn:
    """The insides of the parts of the live page that count, by element id."""
    return document(parts_of(views))


def document(value: Any, *, cache: str = PAGE_CACHE) -> Drawn:
    """A value as compact JSON."""
    return Drawn(body=json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), type=JSON, cache=cache)


def payload(views: Views, change: Change) -> dict[str, Any]:
    """What goes with a change on a stream: the post's newest version (or its tombstone) as it stands in the stream, ""
    if nothing is left of it; or the inside of the parts of the page that changed, by element id."""
    id_ = about(change)
    if id_ is None:
        return {"parts": parts_of(views)}
    entry = views.entry(id_)
    return {"post": id_, "html": pages.entry_html(entry, views.frame()) if entry else ""}


def about(change: Change) -> str | None:
    """The post that a change is about; None for the parts of the page that count, which are always told together."""
    return None if change.kind in PARTS else change.post


def superseded(changes: Sequence[Change]) -> frozenset[int]:
    """The numbers of those changes that a later one of them tells again."""
    last = {about(c): c.n for c in changes}
    return frozenset(c.n for c in changes if last[about(c)] != c.n)


async def tell(hub: Hub, changes: Sequence[Change], draw: Callable[[Change], Awaitable[Mapping[str, Any]]]) -> None:
    """Send changes to all open pages, each drawn once; of those that a later one tells again, the number only."""
    again = superseded(changes)
    for change in changes:
        if change.kind == "drop":
            hub.forget_all()
        if change.n in again:
            hub.skip(change.n, change.kind, about(change))
        else:
            hub.publish(change.n, change.kind, await draw(change))


def parts_of(views: Views) -> dict[str, str]:
    """Element id -> its new inside: what counts is told in all of these."""
    page: LivePage | None = views.live_page()
    if page is None:
        return {}
    return {
        "tally": pages.tally_short_html(page),
        "ground": pages.ground_html(page),
        "standing": pages.standing_html(page),
        "summary": pages.summary_html(page),
        "overview": pages.overview_html(page),
    }
