"""Entries -> a JSON Feed 1.1 (jsonfeed.org): the same posts as the Atom feed, and their claims as data under `_sayso`."""

import json
from typing import Any, Final

from sayso.model.page import ClaimView, EntryView, FeedPage, PageFrame
from sayso.publish.clean import clean_html, web_address
from sayso.publish.figures import as_said
from sayso.publish.pages import fragment
from sayso.publish.showing import address_of, in_english, own_and_enemy, sentence
from sayso.publish.titles import card_title

VERSION: Final = "https://jsonfeed.org/version/1.1"
ABOUT: Final = "https://schema.org/Claim"


def json_feed(page: FeedPage) -> bytes:
    """The feed in UTF-8: one item a post in its newest version, ids as in the Atom feed.

    JSON Feed knows no deletions: what was withdrawn or taken down stands in `_sayso.gone` with its reason, without a word of
    it. Figures claimed for the other side stay on the page (H4).
    """
    frame, home = in_english(page.frame), page.frame.base_url + page.frame.root
    shown = [v for v in page.entries if v.post.state == "published"]
    gone = [v for v in page.entries if v.post.state != "published"]
    feed = {
        "version": VERSION,
        "title": frame.coverage.title + (" (REPLAY)" if frame.coverage.replay else ""),
        "home_page_url": home,
        "feed_url": f"{home}feed.json",
        **({"description": frame.coverage.description} if frame.coverage.description else {}),
        "language": "en",
        "authors": [{"name": "The desk"}],
        "items": [item(v, frame) for v in shown],
        "_sayso": {
            "about": ABOUT,
            "n": frame.n,
            "checkpoint": frame.checkpoint,
            "gone": [
                {"id": address(v, frame), "at": v.post.updated_at.isoformat(), "why": v.post.reason} for v in gone
            ],
        },
    }
    return json.dumps(feed, ensure_ascii=False).encode()


def item(view: EntryView, frame: PageFrame) -> dict[str, Any]:
    """One post; its title begins with the claimant, after the mark of a replay (H3)."""
    post, here = view.post, address(view, frame)
    original = web_address(view.statement.url) if view.statement else None
    own, _ = own_and_enemy(view.claims, frame.coverage)
    return {
        "id": here,
        "url": here,
        **({"external_url": original} if original else {}),
        "title": card_title(view, frame.coverage.conflict) + (" (REPLAY)" if frame.coverage.replay else ""),
        "content_html": clean_html(fragment("feed_entry", frame, view, here)),
        "date_published": post.at.isoformat(timespec="seconds"),
        "date_modified": post.updated_at.isoformat(timespec="seconds"),
        "authors": [{"name": view.claimant.name if view.claimant else "The desk"}],
        "_sayso": {"version": post.version, "claims": [claim(c, frame) for c in own]},
    }


def claim(view: ClaimView, frame: PageFrame) -> dict[str, Any]:
    """One claim as data: who says what, the figure as said and as an interval, where it can be read."""
    made, count = view.said.claim, view.said.claim.count
    figure = count and {"as_said": as_said(count), "operator": count.operator, "low": count.low, "high": count.high}
    return {
        "claimant": view.claimant.name, "side": view.claimant.side, "type": f"{made.type}.{made.sub}",
        "sentence": sentence(view.said, view.claimant.name, frame.coverage, view.words), "figure": figure or None,
        "places": list(made.places), "said_at": view.said.said_at.isoformat(), "checked_by": view.said.by,
        "words": frame.base_url + address_of(view.said.id, frame),
    }  # fmt: skip


def address(view: EntryView, frame: PageFrame) -> str:
    """A post's own address, which is also its id for good."""
    return f"{frame.base_url}{frame.root}p/{view.post.id}/"
