"""How much of a statement the public may see (H13), cut at its claims so that each can be marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from sayso.model.claim import Claim, Span
from sayso.model.coverage import Source
from sayso.model.statement import Statement

#: What an excerpt holds at most, in code points; the desk has the whole.
BEGINNING: Final = 400
EXCERPT: Final = 900
LEFT_OUT: Final = "[…]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words of a statement with the numbers of the claims that rest on them; `key` words are what the rule matched."""

    text: str
    claims: tuple[int, ...] = ()
    key: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """The paragraphs that may be shown; `cut` if there is more at the source."""

    paragraphs: tuple[tuple[Piece, ...], ...]
    cut: bool


def excerpt(statement: Statement, source: Source | None, claims: Sequence[tuple[int, Claim]] = ()) -> Excerpt:
    """What the source lets us show: nothing, its beginning with the words of the claims, or all (H13).

    `claims` are the accepted claims with their numbers. A source that the coverage no longer lists shows nothing.
    """
    rehost = source.rehost if source else "none"
    text = statement.text
    if rehost == "none":
        return Excerpt(paragraphs=(), cut=bool(text.strip()))
    ranges = [Span(0, len(text))] if rehost == "full" else excerpt_ranges(text, [c.span for _, c in claims])
    paragraphs: list[tuple[Piece, ...]] = []
    for n, shown in enumerate(ranges):
        if n or shown.start:
            paragraphs.append((Piece(text=LEFT_OUT),))
        paragraphs += paragraphs_of(text, shown, claims)
    return Excerpt(paragraphs=tuple(paragraphs), cut=sum(r.end - r.start for r in ranges) < len(text.rstrip()))


def translated(text: str, source: Source | None) -> tuple[str, ...]:
    """The paragraphs of a translation that the public may see: as much as of the words themselves (H13)."""
    rehost = source.rehost if source else "none"
    if rehost == "none":
        return ()
    end = len(text) if rehost == "full" else word_end(text, EXCERPT)
    shown = text[:end] + (f" {LEFT_OUT}" if end < len(text) else "")
    return tuple(line for line in shown.splitlines() if line.strip())


def excerpt_ranges(text: str, spans: Iterable[Span]) -> list[Span]:
    """The beginning of a text, then the words of its claims, as far as an excerpt goes; in order, not overlapping."""
    chosen = [Span(0, word_end(text, BEGINNING))]
    left = EXCERPT - chosen[0].end
    for span in sorted(set(spans)):
        new = span.end - max(span.start, max((c.end for c in chosen if c.start <= span.start), default=0))
        if 0 < new <= left:
            chosen.append(span)
            left -= new
    return merged(chosen, text)


def merged(spans: Iterable[Span], text: str) -> list[Span]:
    """The spans in order, joined where only blanks lie between them."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and (span.start <= out[-1].end or not text[out[-1].end : span.start].strip()):
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def word_end(text: str, limit: int) -> int:
    """The end of the last whole sentence or word before `limit`."""
    if len(text) <= limit:
        return len(text)
    for mark in (". ", ".\n", "\n", " "):
        at = text.rfind(mark, limit // 2, limit)
        if at > 0:
            return at + len(mark.rstrip(" \n"))
    return limit


def paragraphs_of(text: str, shown: Span, claims: Sequence[tuple[int, Claim]]) -> list[tuple[Piece, ...]]:
    """The paragraphs of a range, each as pieces."""
    out, start = [], shown.start
    for line in text[shown.start : shown.end].split("\n"):
        if line.strip():
            out.append(tuple(pieces_of(text, Span(start, start + len(line)), claims)))
        start += len(line) + 1
    return out


def pieces_of(text: str, within: Span, claims: Sequence[tuple[int, Claim]]) -> Iterable[Piece]:
    """The words of a range, cut wherever a claim or its key words begin or end."""
    marks = [s for _, c in claims for s in (c.span, *c.evidence)]
    edges = {within.start, within.end} | {e for s in marks for e in s if within.start < e < within.end}
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        piece = Span(start, end)
        on = tuple(n for n, c in claims if c.span.covers(piece))
        yield Piece(text=text[start:end], claims=on, key=any(e.covers(piece) for _, c in claims for e in c.evidence))
