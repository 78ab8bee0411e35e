"""Pages -> schema.org in JSON-LD: a LiveBlogPosting, its posts with their own dates, a Claim for each claim.

A Claim is no verdict: no ClaimReview is ever made by machine. A claim's own author is its claimant, never the desk.
Figures claimed for the other side stay on the page (H4). A replay has no markup: it must not be taken for news.
"""

import json
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, Final

from markupsafe import Markup

from sayso.model.page import ClaimView, EntryView, LivePage, PageFrame
from sayso.publish.assets import static_path
from sayso.publish.clean import web_address
from sayso.publish.notes import note_words
from sayso.publish.once import apart
from sayso.publish.showing import address_of, own_and_enemy, sentence
from sayso.publish.titles import card_title

CONTEXT: Final = "https://schema.org"
#: What could end the element that holds the data, or a line of a script, is written as an escape (JSON-LD 1.1, 7.2).
ESCAPED: Final = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
PEOPLE: Final = ("eyewitness", "expert")

Node = dict[str, Any]


def element(node: Node) -> Markup:
    """The data as an element of a page's head; it is no script and runs nothing."""
    packed = json.dumps(node, ensure_ascii=False, separators=(",", ":")).translate(ESCAPED)
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(packed))  # noqa: S704 - nothing in it can end the element


def live_markup(page: LivePage) -> Markup:
    """The live page with the entries that stand on it; empty for a replay, a page as it stood and older pages."""
    frame = page.frame
    if not marked_up(frame) or not page.newest:
        return Markup()
    here, coverage = home(frame), frame.coverage
    begin = datetime.combine(coverage.start, time(), coverage.tz)
    shown = [v for v in page.entries if v.post.state == "published"]
    return element({
        "@context": CONTEXT,
        "@type": "LiveBlogPosting",
        "@id": here, "url": here, "mainEntityOfPage": here,
        "headline": coverage.title,
        **filled(description=coverage.description),
        "inLanguage": "en",
        "author": desk(frame), "publisher": desk(frame),
        "datePublished": stamp(begin), "dateModified": stamp(max((v.post.updated_at for v in shown), default=frame.now)),
        "coverageStartTime": stamp(begin),
        "about": {"@type": "Event", "name": coverage.title, "startDate": coverage.start.isoformat()},
        "liveBlogUpdate": [posting(v, frame) for v in shown],
    })  # fmt: skip


def post_markup(view: EntryView, frame: PageFrame) -> Markup:
    """One post with its claims; empty for a replay, a page as it stood, and what was withdrawn or taken down."""
    if not marked_up(frame) or view.post.state != "published":
        return Markup()
    own = told_in_full(view, frame)
    return element({
        "@context": CONTEXT,
        **posting(view, frame),
        "isPartOf": {"@type": "LiveBlogPosting", "@id": home(frame), "url": home(frame), "headline": frame.coverage.title},
        "publisher": desk(frame),
        "mentions": [claim_node(c, view, frame) for c in own],
    })  # fmt: skip


def marked_up(frame: PageFrame) -> bool:
    """Whether a page may be found and quoted by machine."""
    return frame.coverage.replay is None and frame.as_of is None


def posting(view: EntryView, frame: PageFrame) -> Node:
    """One post: its own address, dates, claimant and source."""
    post, here = view.post, f"{home(frame)}p/{view.post.id}/"
    source = web_address(view.statement.url) if view.statement else None
    return {
        "@type": "BlogPosting",
        "@id": here, "url": here, "mainEntityOfPage": here,
        "headline": card_title(view, frame.coverage.conflict),
        "datePublished": stamp(post.at), "dateModified": stamp(post.updated_at),
        "author": author(view, frame),
        **filled(
            articleBody=body(view, frame), citation=source, inLanguage="en", image=pictures(view, frame),
            correction=[{"@type": "CorrectionComment", "text": c.text, "datePublished": stamp(c.at)} for c in post.corrections],
        ),
    }  # fmt: skip


def claim_node(claim: ClaimView, view: EntryView, frame: PageFrame) -> Node:
    """One claim: who makes it, when, and where it appeared."""
    where = web_address(view.statement.url) if view.statement else None
    return {
        "@type": "Claim",
        "@id": frame.base_url + address_of(claim.said.id, frame),
        "text": sentence(claim.said, claim.claimant.name, frame.coverage, claim.words),
        "author": named(claim.claimant.name, claim.claimant.kind),
        "datePublished": stamp(claim.said.said_at),
        **filled(appearance={"@type": "CreativeWork", "url": where} if where else None),
    }


def body(view: EntryView, frame: PageFrame) -> str:
    """A post as plain text: the desk's note, its lines, and each claim as a sentence with its claimant."""
    own = told_in_full(view, frame)
    told = [sentence(c.said, c.claimant.name, frame.coverage, c.words) for c in own]
    lines = [line.text for line in view.post.lines if not line.enemy]
    return " ".join((*([note_words(view.post.note)] if view.post.note else ()), *lines, *told))


def told_in_full(view: EntryView, frame: PageFrame) -> list[ClaimView]:
    """The claims of a post that are not folded (H4), each once."""
    own, _ = apart(view, frame.coverage)
    further, _ = own_and_enemy([c for part in view.further for c in part.claims], frame.coverage)
    return [*own, *further]


def pictures(view: EntryView, frame: PageFrame) -> Sequence[str]:
    """The widest public copy of each picture that needs no cover: what is covered is never a preview."""
    media = (*view.post.media, *(view.statement.media if view.statement else ()))
    found = [[r for r in m.renditions if r.role == "picture"] for m in media if m.kind == "image" and not m.sensitive]
    return [f"{home(frame)}media/{max(r, key=lambda x: x.width).name}" for r in found if r]


def author(view: EntryView, frame: PageFrame) -> Node:
    """Whose words a post gives."""
    return named(view.claimant.name, view.claimant.kind) if view.claimant else desk(frame)


def named(name: str, kind: str) -> Node:
    """A claimant."""
    return {"@type": "Person" if kind in PEOPLE else "Organization", "name": name}


def desk(frame: PageFrame) -> Node:
    """Who publishes the page."""
    logo = {"@type": "ImageObject", "url": frame.base_url + static_path("icon.svg")}
    return {"@type": "Organization", "name": "The desk", "url": home(frame), "logo": logo}


def home(frame: PageFrame) -> str:
    """The live page's address."""
    return frame.base_url + frame.root


def stamp(at: datetime) -> str:
    """An aware time as ISO 8601 with its zone."""
    return at.isoformat(timespec="seconds")


def filled(**fields: Any) -> Node:
    """The fields that hold something."""
    return {k: v for k, v in fields.items() if v}
