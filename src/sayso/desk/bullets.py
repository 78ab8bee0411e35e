"""An overview or a summary as an editor types it: one bullet a line, the numbers of its claims in brackets at its end."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sayso.desk.checklist import Checklist, checklist
from sayso.desk.figures import DIGITS, numbers_in
from sayso.errors import Refused
from sayso.model.claim import Span
from sayso.model.post import Line

#: What a line of the desk's own words begins with.
OWN: Final = "Desk:"
CITES: Final = re.compile(r"\s*\[(\d{1,4}(?:\s*,\s*\d{1,4})*)\]\s*$")
LONGEST: Final = 1_000
#: "one" and "no" that count nobody.
NO_FIGURE: Final = re.compile(
    r"\bno (?:one|news|word|answer|comment|reply|access|sign|reason|doubt|longer)\b|\bone (?:of|another|side|day)\b"
    r"|\b(?:the|this|that) one\b",
    re.IGNORECASE,
)
#: Numbers in one sign that are no digit: "Ⅻ", "½", "⑫".
ONE_SIGN: Final = re.compile("[¼-¾\u2150-\u218b\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3220-\u3229\u3280-\u3289]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """One typed line: its number in the form (from 1), its text, the ids of the claims it cites, and whether its words
    are the desk's own."""

    number: int
    text: str
    cites: tuple[str, ...]
    hand: bool = False


def as_text(lines: Iterable[Line], claims: Sequence[str]) -> str:
    """The lines as an editor sees them; `claims` are the ids of the claims that the form lists, in its order."""
    return "\n".join(
        f"{f'{OWN} ' if x.hand else ''}{x.text} {''.join(f'[{claims.index(c) + 1}]' for c in x.cites)}".rstrip()
        for x in lines
    )


def typed_lines(text: str, claims: Sequence[str]) -> tuple[Typed, ...]:
    """The lines as typed, empty ones left out. Raises Refused for a line that cites no claim and is not marked as the
    desk's own, that cites one which is not in the list, or that is too long."""
    found = (typed_line(n, line, claims) for n, line in enumerate(text.splitlines(), 1) if line.strip())
    return tuple(found)


def typed_line(number: int, line: str, claims: Sequence[str]) -> Typed:
    """One line of the form."""
    rest, cited = line.strip().removeprefix("•").strip(), list[int]()
    while found := CITES.search(rest):
        cited[:0] = [int(n) for n in found[1].split(",")]
        rest = rest[: found.start()]
    hand = rest.startswith(OWN)
    rest = " ".join(rest.removeprefix(OWN).split())
    if not rest:
        raise Refused(f"Line {number} has no words.")
    if len(rest) > LONGEST:
        raise Refused(f"Line {number} is longer than {LONGEST} characters: make two bullets of it.")
    unknown = [n for n in cited if not 0 < n <= len(claims)]
    if unknown:
        raise Refused(f"Line {number} cites [{unknown[0]}], but the list of claims ends with [{len(claims)}].")
    if not cited and not hand:
        raise Refused(
            f"Line {number} cites no claim: put the number of a claim in brackets at its end, or begin the line with "
            f"“{OWN}” if these are the desk's own words."
        )
    return Typed(number=number, text=rest, cites=tuple(dict.fromkeys(claims[n - 1] for n in cited)), hand=hand)


def unborne(text: str, numbers: Iterable[float]) -> str | None:
    """The first figure of a text, in digits or in words, that is none of these numbers; None if each of them is."""
    allowed = set(numbers)
    for words, values in figures_in(text):
        if values and not values & allowed:
            return words
    return None


def figures_in(text: str) -> Iterator[tuple[str, frozenset[float]]]:
    """Every figure of a text as it stands there, with the numbers that it can be read as."""
    for span, values in figures_at(text):
        yield text[span.start : span.end], values


def figures_at(text: str) -> Iterator[tuple[Span, frozenset[float]]]:
    """Where every figure of a text stands, with the numbers that it can be read as; those in digits first."""
    plain = NO_FIGURE.sub(lambda m: " " * len(m[0]), text)
    known = checklist("en")
    for found in DIGITS.finditer(plain):
        after = re.match(r"[\s-]*[^\W\d_]+", plain[found.end() :])
        yield Span(*found.span()), frozenset(numbers_in(found[0] + (after[0] if after else ""), known))
    for found in ONE_SIGN.finditer(plain):
        yield Span(*found.span()), frozenset((unicodedata.numeric(found[0]),))
    if known is not None:
        for found in runs(known).finditer(plain):
            yield Span(*found.span()), frozenset(numbers_in(found[0], known))


def runs(known: Checklist) -> "re.Pattern[str]":
    """Number words that stand together: "two hundred and five"; an article alone is none."""
    numbers = "|".join(
        sorted((*known.numbers, *(m for m in known.multipliers if known.multipliers[m] > 1)), key=len)[::-1]
    )
    return re.compile(rf"(?<![\w-])(?:{numbers})(?:(?:-|\s+|\s+and\s+)(?:{numbers}))*(?!\w)", re.IGNORECASE)
