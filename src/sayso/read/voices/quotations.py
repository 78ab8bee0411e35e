"""The stretches of a text in quotation marks, found paragraph by paragraph: a lost mark harms no other paragraph."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

Range = tuple[int, int]
MARK: Final = re.compile("[“”«»„\"]|''|``")
OPEN: Final = frozenset("“«„")
BEFORE_OPENING: Final = frozenset("([{—–-―:/,;")


def quotations(text: str, paragraphs: Sequence[Range]) -> list[Range]:
    """The quotations of the paragraphs, marks included, in order. One that is still open at the end of its paragraph
    ends there: quotations of several paragraphs open each and close only the last."""
    out: list[Range] = []
    for start, end in paragraphs:
        out += in_paragraph(text, start, end)
    return out


def in_paragraph(text: str, start: int, end: int) -> Iterator[Range]:
    """The quotations of one paragraph; a mark that opens twice opens anew, one that closes nothing is passed over."""
    opened: int | None = None
    depth = 0
    nesting = text.count("“", start, end) == text.count("”", start, end)
    for found in MARK.finditer(text, start, end):
        at, after = found.span()
        if opened is None:
            if opens(text, found, start, end):
                opened = at
        elif found.group() in OPEN and opens(text, found, start, end):
            if text[opened] not in OPEN or nesting:
                depth += text[opened] == found.group()  # a quotation in a quotation
            else:
                opened = at
        elif depth:
            depth -= 1
        else:
            yield opened, after
            opened = None
    if opened is not None:
        yield opened, end


def opens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Whether a mark can open a quotation where it stands: words right behind it, none right before."""
    at, after = mark.span()
    fresh = at <= start or text[at - 1].isspace() or text[at - 1] in BEFORE_OPENING
    words = after < end and not text[after].isspace()
    if mark.group() in OPEN:
        return words
    return fresh and words
