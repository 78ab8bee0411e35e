"""What a figure counts, judged by the words beside it: "12 killed and 31 wounded" holds two figures and two deeds (H2).

The reader ties figures to deeds by grammar; this looks at nearness alone, so that one mistake does not hide in both.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from sayso.desk.checklist import Checklist, found
from sayso.desk.figures import DIGITS, inside
from sayso.desk.seen import Risk, Seen
from sayso.model.claim import Span

#: Of claims of these kinds the sub-type is one of the checklist's deeds.
COUNTS_PEOPLE: Final = ("killed", "wounded", "missing", "captured")
#: Between two figures of one list: a noun with its adjective, and "and".
WORDS_OF_A_LIST: Final = 3
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: "103rd", "24.", "15:40", "2031", "T-72": digits that are a name, an order or a time.
_ORDINAL: Final = re.compile(r"(?:st|nd|rd|th|-?(?:й|я|е|го|му|м|ю|ой|ої|ий|ї|у))(?!\w)|:\d")
_YEAR: Final = re.compile(r"(?:1[89]|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure or a deed in a sentence: `what` is the deed, or whether the figure counts people."""

    kind: Literal["figure", "deed"]
    what: str
    span: Span


def counts_other(seen: Seen) -> Iterator[Risk]:
    """The figure stands by another deed than the claim's, or counts kilometres, days or tanks."""
    claim, count = seen.claim, seen.claim.count
    deed = claim.sub if claim.type in ("casualties", "captured", "not_reported") else None
    if seen.words is None or count is None or count.span is None or not inside(seen.text, count.span):
        return
    if deed not in COUNTS_PEOPLE:
        return
    words = seen.text[count.span.start : count.span.end]
    if _counts_no_people(seen.text, count.span, seen.words):
        yield Risk(code="figure_of_other", sentence=f"“{words}” does not count people here.", span=count.span)
        return
    found_near = nearest_deed(seen.text, marks(seen.text, seen.sentence, seen.words), count.span)
    if found_near is None or found_near == deed:
        return
    near = f"stands by a word for {found_near}" if found_near else f"stands by no word for {deed}"
    yield Risk(code="figure_of_other", sentence=f"“{words}” {near}, the claim says {deed}.", span=count.span)


def marks(text: str, within: Span, words: Checklist) -> tuple[Mark, ...]:
    """The figures that can count people, and the deeds, in the order of the text."""
    figures = [s for s in _figures(text, within, words) if not _counts_no_people(text, s, words)]
    deeds = [(deed, s) for deed, pattern in words.deeds.items() for s in found(pattern, text, within)]
    widest = [(d, s) for d, s in deeds if not any(o != s and o.covers(s) for _, o in deeds)]
    both = [Mark("figure", "", s) for s in figures] + [Mark("deed", d, s) for d, s in widest]
    return tuple(sorted(both, key=lambda m: m.span.start))


def nearest_deed(text: str, there: tuple[Mark, ...], figure: Span) -> str | None:
    """The deed that a figure stands by; "" for none although other figures have one; None where nothing can be told.

    In "12 killed and 31 wounded" deeds follow their figures, in "killing 12 and wounding 31" they go before.
    """
    at = next((n for n, m in enumerate(there) if m.kind == "figure" and m.span.meets(figure)), None)
    if at is None:
        return None
    deeds = [(n, m.what) for n, m in enumerate(there) if m.kind == "deed"]
    before = next((what for n, what in deeds if n == at - 1), None)
    after = next((what for n, what in deeds if n == at + 1), None)
    if before and after and before != after:
        return after if there[0].kind == "figure" else before if there[-1].kind == "figure" else None
    if before or after:
        return before or after
    earlier = [what for n, what in deeds if n < at]
    later = [(n, what) for n, what in deeds if n > at]
    if earlier or not later:
        return earlier[-1] if earlier else None
    return later[0][1] if _one_list(text, there[at : later[0][0]]) else ""


def _one_list(text: str, figures: tuple[Mark, ...]) -> bool:
    """Whether figures stand in one list: "two officers and 12 soldiers"."""
    gaps = (text[a.span.end : b.span.start] for a, b in pairwise(figures))
    return all(len(gap.split()) <= WORDS_OF_A_LIST for gap in gaps)


def _figures(text: str, within: Span, words: Checklist) -> Iterator[Span]:
    for match in DIGITS.finditer(text, within.start, within.end):
        yield Span(*match.span())
    for match in _WORD.finditer(text, within.start, within.end):
        parts = match.group().casefold().split("-")
        if all(p in words.numbers and words.numbers[p] > 1 for p in parts):
            yield Span(*match.span())


def _counts_no_people(text: str, figure: Span, words: Checklist) -> bool:
    """Whether a measure, a month, a machine or an ordinal's end stands right behind the figure, or it is a year."""
    if _ORDINAL.match(text, figure.end) or _YEAR.fullmatch(text[figure.start : figure.end].strip()):
        return True
    if figure.start and text[figure.start - 1] in "-:/" and text[figure.start - 2 : figure.start - 1].isalnum():
        return True
    behind = re.match(r"[\s\u00a0-]*(?:\w+\s+)?", text[figure.end :])
    reach = figure.end + (behind.end() if behind else 0)
    first = re.match(r"[\s\u00a0-]*", text[figure.end :])
    start = figure.end + (first.end() if first else 0)
    here = next(found(words.no_people, text, Span(start, min(len(text), reach + 20))), None)
    if here is None:
        return False
    return here.start == start or (here.start == reach and not any(found(_people(words), text, Span(start, reach))))


def _people(words: Checklist) -> "re.Pattern[str]":
    return re.compile("|".join(p.pattern for p in (*words.status.values(), *words.deeds.values())), re.IGNORECASE)
