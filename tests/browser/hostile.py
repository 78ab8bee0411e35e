"""Every page kind with hostile words in place of each word that may have come from outside, and what of them came to life."""

import itertools
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from sayso.model.page import PostPage
from sayso.publish import pages
from tests.publish.factory import HOW_MANY, WHO_HOLDS, MemoryViews

#: Ours and the operator's: ids, addresses that we make, words of our own vocabulary, the coverage's files.
KEPT = {
    "frame", "filters", "path", "before", "next_before", "next_after", "here", "key", "id", "rule", "coverage",
    "state", "flags", "kind", "type", "sub", "who", "measure", "subject", "actor", "side", "operator", "scope", "since",
    "start", "end", "as_of", "polarity", "modality", "quote", "hedge", "by", "party", "checked", "camps", "channels",
    "renditions", "colour", "rehost", "cites", "entry_kind", "dated", "cue", "body", "charts",
}  # fmt: skip
#: Rows whose bare words are of our own vocabulary: whose loss and of what kind, whether a figure rose, a day.
ROWS = {"missing", "figures", "attacks"}
#: What runs in a page tells of itself here; what a payload would do with a real window is done to these.
TRAP = """
window.__ran = 0;
for (const f of ["alert", "confirm", "prompt", "print", "open", "write", "fuzz", "pass", "xss", "javascript"])
  window[f] = () => { window.__ran += 1; };
"""
#: Everything that can be touched is touched, and each handler that an element was given is called. A form may hide its own
#: properties behind its fields, so that they are asked of the prototypes.
TOUCH = """() => {
  const all = (what) => Document.prototype.querySelectorAll.call(document, what);
  const send = (el, event) => EventTarget.prototype.dispatchEvent.call(el, event);
  for (const el of all("*"))
    for (const name of Element.prototype.getAttributeNames.call(el))
      if (name.startsWith("on")) send(el, new Event(name.slice(2)));
  for (const el of all("[href^='javascript:' i], [formaction^='javascript:' i], math"))
    send(el, new MouseEvent("click", { bubbles: true, cancelable: true }));
}"""
#: Each element with each of its attributes, and the scheme of each address.
SHAPES = """() => [...new Set([...document.querySelectorAll("*")].flatMap((el) => [el.tagName.toLowerCase(),
  ...[...el.attributes].map((a) => `${el.tagName.toLowerCase()} ${a.name}` +
    (/^(href|src|action|formaction|poster|data|xlink:href|srcdoc)$/.test(a.name) ?
      " " + (/^[a-z][a-z0-9+.-]*:/i.exec(a.value.trim())?.[0].toLowerCase() ?? "/") : ""))]))]"""
#: What only some words bring: a number in them, lines of their own, a text of several paragraphs, an address of the web; and
#: what the desk's own text may hold, which is Markdown.
WORDS_MAY = {
    "bdi", "bdi dir", "p", "br", "a", "a href http:", "a href https:", "a rel", "mark", "mark class", "details", "summary",
    "blockquote", "blockquote class", "blockquote data-said", "blockquote lang", "blockquote dir", "p class",
    "strong", "em", "ul", "ol", "li", "li value",
}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """A kind of page: what it is drawn from, and by what."""

    page: Callable[[MemoryViews], Any]
    draw: Callable[[Any], str]


KINDS = {
    "live": Kind(lambda v: v.live_page(), pages.live_page),
    "filtered": Kind(lambda v: v.filtered_page("party", "TK"), pages.filtered_page),
    "day": Kind(lambda v: v.day_page(11), pages.day_page),
    "post": Kind(lambda v: PostPage(frame=v.frame(), entry=v.all[1]), pages.post_page),
    "statement": Kind(lambda v: v.statement_page("guard1"), pages.statement_page),
    "tally": Kind(lambda v: v.tally_page(), pages.tally_page),
    "questions": Kind(lambda v: v.questions_page(), pages.questions_page),
    "question": Kind(lambda v: v.question_page(WHO_HOLDS.id), pages.question_page),
    "answers": Kind(lambda v: v.answers_page(HOW_MANY.id), pages.answers_page),
    "changed": Kind(lambda v: v.changed_page(None), pages.changed_page),
    "corrections": Kind(lambda v: v.corrections_page(), pages.corrections_page),
    "party": Kind(lambda v: v.party_page("TK"), pages.party_page),
    "place": Kind(lambda v: v.place_page("ubel"), pages.place_page),
    "map": Kind(lambda v: v.map_page(), pages.map_page),
    "around": Kind(lambda v: v.page_around("p3"), pages.live_page),
    "places": Kind(lambda v: v.places_page(), pages.places_page),
    "search": Kind(lambda v: v.search_page("ubel"), pages.search_page),
    "method": Kind(lambda v: v.method_page(), pages.method_page),
}


def payloads(shared: Path, count: int | None) -> list[str]:
    """The collected payloads, evenly chosen down to so many."""
    rows = [json.loads(row) for row in (shared / "corpora/xss/payloads.jsonl").read_text("utf-8").splitlines()]
    return [r["html"] for r in (rows if count is None else rows[:: max(len(rows) // count, 1)][:count])]


def poisoned(value: Any, take: Callable[[], str], name: str = "") -> Any:
    """The record with each word that may come from outside replaced by what `take` gives; a text keeps at least its length,
    since spans point into it."""
    if name in KEPT:
        return value
    if isinstance(value, str):
        return take().ljust(len(value)) if name == "text" else take()
    if is_dataclass(value) and not isinstance(value, type):
        changes = {f.name: poisoned(getattr(value, f.name), take, f.name) for f in fields(value) if f.init}
        return replace(value, **{k: v for k, v in changes.items() if v is not getattr(value, k)})
    if type(value) is tuple:
        return tuple(v if name in ROWS and isinstance(v, str) else poisoned(v, take, name) for v in value)
    if type(value) is dict:
        return {k: poisoned(v, take, name) for k, v in value.items()}
    return value


def drawn(kind: Kind, words: Sequence[str] = ()) -> str:
    """A page of the kind; with words, all of them stand wherever one may come from outside, each time in another order."""
    page, turn = kind.page(MemoryViews()), itertools.count()

    def take() -> str:
        first = 7 * next(turn) % len(words)
        return "\n".join((*words[first:], *words[:first]))

    return kind.draw(poisoned(page, take) if words else page)
