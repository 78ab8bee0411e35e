"""Every public byte of a newsroom: what a reader can get by following links from the live page."""

import html
import re
from typing import Any, cast
from urllib.parse import urldefrag, urljoin, urlsplit

from sayso.flow.newsroom import Newsroom
from sayso.web.app import make_app
from tests.web.desk_room import Client

LINK = re.compile(
    r"""(?:href|src|poster|action|data-[a-z]+)=["']?([^"'\s>]+)|<(?:uri|id|link)>([^<]+)<|"(https?://[^"]+|/c/[^"]+)\""""
)
#: What no page links to: the poll of pages without a stream, and mistaken addresses with their error pages.
UNLINKED = ("live/head.json", "live/parts/1", "p/none/", "s/none/", "q/none/", "search?q=soldiers")


def public_bytes(room: Newsroom, *, most: int = 1_200) -> dict[str, bytes]:
    """The body at every address, without the desk's; fails where there are more addresses than `most`."""
    app, _, _ = make_app(room, feeds=False)
    client, base = Client(cast(Any, app)), f"/c/{room.coverage.name}/"
    found: dict[str, bytes] = {}
    waiting = [base, *(base + path for path in UNLINKED)]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        answer = client.request("GET", path)
        found[path] = answer.content + repr(sorted(dict(answer.headers).items())).encode()
        assert len(found) <= most, "the crawl does not end"
        waiting += [p for p in links(answer.text, path) if p not in found]
    return found


def links(text: str, at: str) -> list[str]:
    """The addresses on this server that a body names, without the desk's and without the stream, which does not end."""
    named = {html.unescape(a or b or c) for a, b, c in LINK.findall(text)}
    whole = {urldefrag(urljoin(f"http://desk.example:8900{at}", n)).url for n in named}
    paths = {
        (p.path + (f"?{p.query}" if p.query else "")) for p in map(urlsplit, whole) if p.hostname == "desk.example"
    }
    return sorted(p for p in paths if not p.startswith("/desk") and not p.endswith(("/live", "/events", "/stream")))
