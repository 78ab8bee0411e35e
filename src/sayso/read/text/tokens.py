"""Text cut into tokens and sentences, each with its code-point offsets. Nothing is normalised away."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

#: Word, number, clock time, ordinal, or any single other character. Every branch is linear.
TOKEN: Final = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # a.m., e.g.
    r"|\d{1,2}:\d{2}(?!\d)"
    r"|\d+(?:st|nd|rd|th|d|ST|ND|RD|TH|D)\b"
    r"|\d+(?:-[^\W\d_]{2,})+"  # 20-year-old, 122-mm: a property, never a count
    r"|\d+(?:[.,]\d+)*"
    r"|[^\W\d_]+(?:[-’'‑][^\W_]+)*[\d]*"
    r"|\S"
)
#: Letters with stops between them, the last stop not included: "n.r", "a".
INITIALS: Final = re.compile(r"[^\W\d_](?:\.[^\W\d_])*")
#: Words that hardly ever follow initials inside a name.
STARTERS: Final = frozenset(("The", "A", "An", "It", "He", "She", "They", "We", "In", "On", "At", "But", "And", "This"))
APOSTROPHES: Final = str.maketrans("’‑", "'-")
DASHES: Final = frozenset("-–—―")
OPENING: Final = frozenset("“«„‘")
CLOSING: Final = frozenset("”»’")
LONGEST: Final = 4000  # characters of one sentence that are read; longer ones are no sentences
#: A stop, closing marks, then white space. It begins where a run of stops begins and gives none of them back (`++`), so
#: that ten megabytes of full stops are looked at once.
STOP: Final = re.compile(r"(?<![.!?…։؟۔])[.!?…։؟۔]++(?:[\"”»’)\]]*+(?=\s)|[”»](?=\S))")


class Token(NamedTuple):
    """One token: its text, the same in lower case with plain apostrophes, and `[start, end)`."""

    text: str
    low: str
    start: int
    end: int


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of `text[start:end]` with offsets into `text`; a possessive 's is a token of its own."""
    out: list[Token] = []
    for m in TOKEN.finditer(text, start, len(text) if end is None else end):
        word, a, b = m.group(), m.start(), m.end()
        low = word.lower().translate(APOSTROPHES) if len(word) > 1 or word.isupper() else word
        if len(low) == len(word) > 2 and low.endswith("'s"):
            out.append(Token(word[:-2], low[:-2], a, b - 2))
            out.append(Token(word[-2:], "'s", b - 2, b))
        else:
            out.append(Token(word, low, a, b))
    return out


def sentences(text: str, start: int, end: int, abbreviations: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The sentences of `text[start:end]` as spans without surrounding white space, in order; they never overlap."""
    at = start
    for m in STOP.finditer(text, start, end):
        if ends_sentence(text, m, end, abbreviations):
            yield from stripped(text, at, m.end())
            at = m.end()
    yield from stripped(text, at, end)


def ends_sentence(text: str, stop: re.Match[str], end: int, abbreviations: frozenset[str]) -> bool:
    """Whether a stop ends a sentence: not after an abbreviation or initial, and before something that can start one."""
    rest = text[stop.end() : min(end, stop.end() + 6)].lstrip()
    if not rest or not (
        rest[0].isalnum() or any(c.isalnum() for c in rest[1:3])
    ):  # a stray quotation mark stays with its sentence
        return False
    if rest[0].islower() or (rest[0] in DASHES and stop.group()[-1] in '"”»’'):  # "“...” - Ann Roe"
        return False
    before = text[max(0, stop.start() - 12) : stop.start()].split()
    word = before[-1].lstrip("(“\"'«").lower() if before else ""
    if stop.group() != ".":
        return True
    if INITIALS.fullmatch(word):  # "Ann B. Roe", "A.B. Roe"; "in the N.R. The army" ends one
        return len(word) > 1 and rest.split()[0] in STARTERS
    return word not in abbreviations


def stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span without white space at its ends, if anything is left of it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
