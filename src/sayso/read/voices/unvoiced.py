"""Quotations that no verb of saying hands over to: somebody's words all the same, by the verb beside them or by the voice
before them. A few words in marks (an odd word, the title of a work) are not."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from sayso.model.claim import Attribution, Span, Telling
from sayso.read.scene import Scene
from sayso.read.text.groups import Group, Np, Vg
from sayso.read.voices.phrases import MINDED, OBJECTS, Range, apposed_end, past
from sayso.read.voices.speakers import source_of

WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
ENDING: Final = re.compile(r"[.,?!…—–-]['’ ]*(?:[”\"»“]|''|``)\s*$")
LONG: Final = 7  # words from which a stretch in marks is a quotation whatever it begins with
SHORT: Final = 3  # words from which it is one if it reads as a sentence
#: Words that have no capital in a title.
SMALL: Final = frozenset(
    ("a", "an", "the", "of", "and", "or", "to", "in", "on", "for", "at", "by", "with", "from", "as", "but")
)
REACH: Final = 8  # groups of a name with its offices between a quotation and the verb
BESIDE: Final = ("np", "prep", "comma", "open", "close", "adv", "time", "other")


def speech(text: str, quote: Range) -> bool:
    """Whether a stretch in quotation marks is what someone said rather than an odd word or a title: long, or a sentence
    with its first letter and its last mark."""
    inner = text[slice(*quote)]
    words = WORD.findall(inner)
    if len(words) >= LONG:
        return True
    whole = len(words) >= SHORT and words[0][:1].isupper() and bool(ENDING.search(inner))
    return whole and not titled(words)


def titled(words: Sequence[str]) -> bool:
    """Whether every word but the small ones has a capital, as in the title of a work."""
    return all(w[0].isupper() or w[0].isdigit() or w in SMALL for w in words)


def spoken(scene: Scene, a: int, b: int, quotes: Sequence[Range], found: Sequence[Telling]) -> Iterator[Telling]:
    """The quotations of a segment that are the object of some other verb: "“...,” Ann Roe sang", "he had to answer: “...”"."""
    for quote in quotes:
        if any(s.start < quote[1] and quote[0] < s.end for t in found for s in t.content):
            continue
        made = behind(scene, a, b, quote) or before(scene, a, b, quote)
        if made is not None:
            np, source, vg = made
            attr = source_of(np, scene) or Attribution(kind="unknown")
            yield Telling(attr=attr, source=(source,), cue=Span(vg.start, vg.end), content=(Span(*quote),))


def behind(scene: Scene, a: int, b: int, quote: Range) -> tuple[Np, Span, Vg] | None:
    """Who is named with a verb right behind a quotation that ends like a fronted object: with a comma, "?" or "!"."""
    groups = scene.groups
    at = bisect_left(groups, quote[1], a, b, key=lambda g: g.start)
    if at < 2 or groups[at - 1].kind != "quote" or groups[at - 2].kind not in ("comma", "stop"):
        return None
    first = past(groups, at, b, ("adv",))
    fronted = groups[a].start >= quote[0] and not titled(WORD.findall(scene.text[slice(*quote)]))
    if first >= b or not (fronted or speech(scene.text, quote)):
        return None
    if isinstance(vg := groups[first], Vg):
        named = groups[first + 1] if first + 1 < b else None
        someone = isinstance(named, Np) and (
            named.names or named.flags & MINDED or named.cells[-1].cap or named.head.has("report", "account")
        )
        if not acts(vg) or not isinstance(named, Np) or not someone:
            return None
        return named, Span(named.start, groups[apposed_end(groups, first + 1, b)].end), vg
    if not isinstance(np := groups[first], Np) or np.low in OBJECTS:
        return None
    verb = next((i for i in range(first + 1, min(b, first + REACH)) if groups[i].kind not in BESIDE), b)
    if verb >= b or not isinstance(vg := groups[verb], Vg) or not acts(vg):
        return None
    return np, Span(np.start, last_name(groups, first, verb).end), vg


def acts(vg: Vg) -> bool:
    """Whether a verb group is a finite active verb."""
    return not (vg.passive or vg.inf or vg.feat == "ing")


def last_name(groups: Sequence[Group], first: int, verb: int) -> Group:
    """The last noun group, or closing bracket, between a subject and its verb."""
    return next(
        groups[i] for i in range(verb - 1, first - 1, -1) if isinstance(groups[i], Np) or groups[i].kind == "close"
    )


def before(scene: Scene, a: int, b: int, quote: Range) -> tuple[Np, Span, Vg] | None:
    """Who is the subject of the last verb before a quotation that a comma or a colon sets off."""
    groups = scene.groups
    at = bisect_left(groups, quote[0], a, b, key=lambda g: g.start)
    if at >= b or at == a or groups[at - 1].kind not in ("comma", "colon") or not speech(scene.text, quote):
        return None
    fit = (f for f in reversed(scene.frames) if a <= f.at < at and f.subj and f.subj[0].low not in OBJECTS)
    frame = next(fit, None)
    if frame is None:
        return None
    np = frame.subj[0]
    return np, Span(np.start, np.end), frame.vg


def of_voice(quote: Range, attr: Attribution | None) -> Telling:
    """The record of a quotation without any verb: given to the voice before it, which is an inference."""
    carried = (
        replace(attr, inferred=True, span=None, cue_span=None) if attr is not None else Attribution(kind="unknown")
    )
    return Telling(attr=carried, source=(), cue=None, content=(Span(*quote),))
