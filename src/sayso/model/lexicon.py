"""The words of one language as the reader is given them: data, loaded once and passed in."""

from dataclasses import dataclass
from typing import NamedTuple


class Lexeme(NamedTuple):
    """One form of one word, as tokens in lower case, and what it means to the reader.

    `pos` is what it can be (verb, noun, num, cmp, say...), `cls` its class (kill, people, armour...), `feat` the form
    (verbs: base, s, past, part, ing; nouns: sg, pl). `unit` and `who` are what a count of it counts; `value` is a
    number word's number, a month's or weekday's index. `lemma` is the dictionary form.
    """

    form: tuple[str, ...]
    pos: str
    cls: str
    feat: str = ""
    unit: str | None = None
    who: str | None = None
    value: float | None = None
    lemma: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All lexemes of a language, and the hash of the files that they came from."""

    lang: str
    version: str
    lexemes: tuple[Lexeme, ...]
