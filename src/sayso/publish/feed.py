"""Entries -> an Atom feed (RFC 4287) with a tombstone for each deletion (RFC 6721)."""

from datetime import datetime
from typing import Final

from lxml import etree

from sayso.model.page import EntryView, FeedPage, PageFrame
from sayso.publish.clean import clean_html, for_xml, web_address
from sayso.publish.pages import fragment
from sayso.publish.showing import in_english, replay_words
from sayso.publish.titles import card_title

ATOM: Final = "http://www.w3.org/2005/Atom"
TOMBSTONES: Final = "http://purl.org/atompub/tombstones/1.0"
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def atom(page: FeedPage) -> bytes:
    """The feed: one entry a post in its newest version; ids never change, `updated` does on an edit.

    Withdrawn and taken-down posts are deleted entries with the reason. Media and figures claimed for the other side
    stay on the page (H4).
    """
    frame = in_english(page.frame)
    here = f"{frame.base_url}{frame.root}"
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM, "at": TOMBSTONES})
    root.set(LANG, "en")
    text(root, "id", here)
    text(root, "title", marked(frame, frame.coverage.title))
    if frame.checkpoint:
        text(root, "subtitle", f"Ledger checkpoint {frame.checkpoint}")
    text(root, "updated", stamp(max((v.post.updated_at for v in page.entries), default=frame.now)))
    link(root, "self", f"{here}feed.atom", "application/atom+xml")
    link(root, "alternate", here, "text/html")
    text(etree.SubElement(root, f"{{{ATOM}}}author"), "name", "The desk")
    for view in page.entries:
        if view.post.state == "published":
            item(root, frame, view)
        else:
            tombstone(root, frame, view)
    body: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return body


def item(root: etree._Element, frame: PageFrame, view: EntryView) -> None:
    """One post; its title begins with the claimant, after the mark of a replay (H3)."""
    post, here = view.post, address(frame, view)
    entry = etree.SubElement(root, f"{{{ATOM}}}entry")
    text(entry, "id", here)
    text(entry, "title", card_title(view, frame.coverage.conflict) + (" (REPLAY)" if frame.coverage.replay else ""))
    text(entry, "published", stamp(post.at))
    text(entry, "updated", stamp(post.updated_at))
    text(etree.SubElement(entry, f"{{{ATOM}}}author"), "name", view.claimant.name if view.claimant else "The desk")
    link(entry, "alternate", here, "text/html")
    original = web_address(view.statement.url) if view.statement else None
    if original:
        link(entry, "via", original)
    content = etree.SubElement(entry, f"{{{ATOM}}}content", type="html")
    content.text = for_xml(clean_html(fragment("feed_entry", frame, view, here)))


def tombstone(root: etree._Element, frame: PageFrame, view: EntryView) -> None:
    """What stands for a post that is gone: its id, since when, and why."""
    gone = etree.SubElement(
        root, f"{{{TOMBSTONES}}}deleted-entry", ref=address(frame, view), when=stamp(view.post.updated_at)
    )
    etree.SubElement(gone, f"{{{TOMBSTONES}}}comment").text = for_xml(view.post.reason)


def address(frame: PageFrame, view: EntryView) -> str:
    """A post's own address, which is also its id for good."""
    return f"{frame.base_url}{frame.root}p/{view.post.id}/"


def marked(frame: PageFrame, title: str) -> str:
    """The title of a coverage, with what a replay says of itself."""
    words = replay_words(frame.coverage)
    return f"{title} (REPLAY: {words})" if words else title


def stamp(at: datetime) -> str:
    """An aware time as RFC 3339."""
    return at.isoformat(timespec="seconds")


def link(parent: etree._Element, rel: str, href: str, type_: str | None = None) -> None:
    """A link element."""
    made = etree.SubElement(parent, f"{{{ATOM}}}link", rel=rel, href=for_xml(href))
    if type_:
        made.set("type", type_)


def text(parent: etree._Element, tag: str, words: str) -> None:
    """A child element with text."""
    etree.SubElement(parent, f"{{{ATOM}}}{tag}").text = for_xml(words)
