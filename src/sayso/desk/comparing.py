"""Two statements side by side: the words that a version took away or added, or their claims by the question they answer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from sayso.desk.sheet import Card

#: A word, a sign, or the blanks between: joined they are the text again.
WORDS: Final = re.compile(r"\w+|\s+|[^\w\s]")
#: Longer texts are compared line by line: comparing takes as long as the product of their lengths.
MOST_WORDS: Final = 4_000


@dataclass(frozen=True, slots=True)
class Change:
    """Words that two texts share, or that only the one of them has."""

    kind: Literal["same", "removed", "added"]
    text: str


def changes(before: str, after: str) -> tuple[Change, ...]:
    """The later text with what was removed from the earlier one; without "removed" it is the later text, without "added"
    the earlier."""
    one, other = WORDS.findall(before), WORDS.findall(after)
    if max(len(one), len(other)) > MOST_WORDS:
        one, other = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found: list[Change] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Change("same", "".join(one[a:b])))
            continue
        found += [Change("removed", "".join(one[a:b]))] if b > a else []
        found += [Change("added", "".join(other[c:d]))] if d > c else []
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """One question with the claims of each of two statements that answer it, or would."""

    question: str  # its id, "" for claims that answer none
    wording: str
    left: tuple[Card, ...]
    right: tuple[Card, ...]


#: Claims by their id -> the questions that each answers, as id and words.
Asked = Mapping[str, Sequence[tuple[str, str]]]


def aligned(left: Sequence[Card], right: Sequence[Card], asked: Asked) -> tuple[Aligned, ...]:
    """The claims of two statements by question: those that both answer first, then the others, each in text order."""
    words: dict[str, str] = {}
    for card in (*left, *right):
        words.update(asked.get(card.id) or (("", "answers no question"),))
    rows = [
        Aligned(question=q, wording=wording, left=answering(q, left, asked), right=answering(q, right, asked))
        for q, wording in words.items()
    ]
    return tuple(sorted(rows, key=lambda row: (not row.question, not (row.left and row.right))))


def answering(question: str, cards: Sequence[Card], asked: Asked) -> tuple[Card, ...]:
    """The claims that answer a question; for "" those that answer none."""
    return tuple(c for c in cards if question in [q for q, _ in asked.get(c.id) or (("", ""),)])
