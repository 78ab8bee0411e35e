"""What is asked of every word, answered once a word: a question is a bit, and a word carries the bits it says yes to."""

from collections.abc import Iterator
from typing import Final

from sayso.model.lexicon import Lexeme


class Readings(dict[str, tuple[Lexeme, ...]]):
    """What a word can mean: its lexemes by part of speech. What verbs are asked for again and again is kept beside them,
    once all lexemes are entered."""

    __slots__ = ("verb_classes", "verb_forms")

    def __init__(self) -> None:
        self.verb_classes: frozenset[str] | None = None
        self.verb_forms: tuple[str, ...] | None = None

    def verbs(self) -> frozenset[str]:
        """The classes of its verbs."""
        if self.verb_classes is None:
            self.verb_classes = frozenset(x.cls for x in self.get("verb", ()))
        return self.verb_classes

    def forms(self) -> tuple[str, ...]:
        """The forms that its verbs stand in, those of saying last."""
        if self.verb_forms is None:
            self.verb_forms = tuple(x.feat for pos in ("verb", "say") for x in self.get(pos, ()))
        return self.verb_forms


#: Of one feature, the bit of the question for it alone.
SINGLE: Final[dict[str, int]] = {}
QUESTIONS: Final[dict[tuple[str, ...], int]] = {}
#: Of one feature, the bits of all questions that it answers with yes; apart, those that are no look-up ("^", "*").
ANSWERS: Final[dict[str, int]] = {}
PATTERNS: Final[dict[str, int]] = {}


def flags(*features: str) -> int:
    """The bit of the question whether a word has any of these features.

    `cell.flags & flags("noun", "verb")` asks what `cell.has("noun", "verb")` asks, at a tenth of its cost. Features:
    "noun" a part of speech, "noun:truce" one of its classes, "noun:people:fighters" a class with its unit, "=from" the whole
    form, "~from" one of the words of the form, "^sign" how it begins, "*provok" what it contains, "0-9" a digit at the
    beginning, "-" a hyphen inside, "!" no letter or digit at the beginning, "?verb" a word that no list knows and that
    ends as verbs do.
    Questions are asked when a module is imported, before any text is read.
    """
    asked = tuple(sorted(set(features)))
    bit = QUESTIONS.get(asked)
    if bit is None:
        bit = QUESTIONS[asked] = 1 << len(QUESTIONS)
        for feature in asked:
            known = PATTERNS if feature[0] in "^*" and len(feature) > 1 else ANSWERS
            known[feature] = known.get(feature, 0) | bit
        if len(asked) == 1:
            SINGLE[asked[0]] = bit
    return bit


def flags_of(low: str, lex: Readings) -> int:
    """The bits of all questions that a word in lower case with these readings says yes to."""
    found = 0
    for feature in features_of(low, lex):
        found |= ANSWERS.get(feature, 0)
    for feature, bits in PATTERNS.items():
        if low.startswith(feature[1:]) if feature[0] == "^" else feature[1:] in low:
            found |= bits
    return found


def features_of(low: str, lex: Readings) -> Iterator[str]:
    """The features of a word by its form and readings."""
    yield f"={low}"
    yield from (f"~{part}" for part in low.split())
    if low[0].isdigit():
        yield "0-9"
    if not low[0].isalnum():
        yield "!"
    if "-" in low[1:]:
        yield "-"
    if not lex and low.endswith(("ed", "s")):
        yield "?verb"
    for pos, lexemes in lex.items():
        yield pos
        yield from (f"{pos}:{x.cls}" for x in lexemes)
        yield from (f"{pos}:{x.cls}:{x.unit}" for x in lexemes if x.unit)
