"""Whether a figure stands in the archived text that it cites (R19): a number that is not there is refused."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from sayso.desk.checklist import Checklist, checklist
from sayso.model.claim import Claim, Count, Span

DIGITS: Final = re.compile(r"\d(?:[\d.,\u0020\u00a0\u2009\u202f'’]*\d)?")
_WORD: Final = re.compile(r"[^\W\d_]+")
#: Marks that turn or hide digits for the eye: bidi controls, zero-width characters, soft hyphen (threat 11).
HIDDEN: Final = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
#: "3 thousand": what a word after digits may multiply by where the language has no checklist.
_ANY_MULTIPLIER: Final = (1, 1_000, 1_000_000, 1_000_000_000)


def figure_fault(text: str, claim: Claim, *, lang: str | None = None) -> str | None:
    """The sentence that says why a claim's figure may not go out, None if it stands in the text as said.

    The words must stand in the text at their span, and the number must be what the words say. Number words are
    judged where the language has a checklist; a noun that says one by itself ("a tank") needs no number words.
    """
    count = claim.count
    if count is None:
        return None
    if count.span is None or count.words is None:
        return _bare_noun_fault(text, claim, count)
    if not inside(text, count.span) or text[count.span.start : count.span.end] != count.words:
        return f"The words “{count.words}” do not stand in the archived text where the claim says."
    if HIDDEN.search(count.words):
        return f"The figure “{count.words}” holds hidden characters that can turn or split digits."
    stated = [n for n in (count.n, count.low, count.high) if n is not None] if count.n is None else [count.n]
    said = tuple(numbers_in(count.words, checklist(lang)))
    if said and count.operator not in _VAGUE and count.n is not None and count.n not in said:
        return f"The claim says {_plain(count.n)}, but the text says “{count.words}”."
    if said and count.operator == "range" and not set(stated) <= set(said):
        return f"The claim's range is not what the text says: “{count.words}”."
    return None


_VAGUE: Final = ("dozens", "hundreds", "thousands", "tens_of_thousands", "hundreds_of_thousands", "several", "many")


def inside(text: str, span: Span) -> bool:
    """Whether a span lies inside the text and holds something."""
    return 0 <= span.start < span.end <= len(text)


def _bare_noun_fault(text: str, claim: Claim, count: Count) -> str | None:
    """A count without number words stands on its noun: it is one, or none, and its claim's span is in the text."""
    if not inside(text, claim.span):
        return "The claim points at words that are not in the archived text."
    if count.n in (0, 1, None) and (count.n is not None or count.operator in (*_VAGUE, "none")):
        return None
    return f"The claim says {_plain(count.n if count.n is not None else count.low)}, but no words of the text say so."


def numbers_in(words: str, known: Checklist | None) -> Iterator[int | float]:
    """Every number that the words can stand for, digits first; none where no digit or known number word is there."""
    plain = unicodedata.normalize("NFKC", words)
    for match in DIGITS.finditer(plain):
        multipliers = _multipliers_after(plain, match.end(), known)
        for value in _readings(match.group()):
            yield from (_whole(value * m) for m in multipliers)
    if known is not None:
        yield from _spelled(plain, known)


def unsaid_figures(text: str, lang: str, original: str, original_lang: str | None) -> tuple[str, ...]:
    """The figures in digits, as written, of a translation that its original says neither in digits nor in number words
    that we know."""
    said, known = set(numbers_in(original, checklist(original_lang))), checklist(lang)
    plain = unicodedata.normalize("NFKC", text)
    found = {
        m.group(): {_whole(v * by) for v in _readings(m.group()) for by in _multipliers_after(plain, m.end(), known)}
        for m in DIGITS.finditer(plain)
    }
    return tuple(figure for figure, values in found.items() if not values & said)


def numbers_in_english(words: str) -> Iterator[int | float]:
    """The same for words of ours, which are English."""
    yield from numbers_in(words, checklist("en"))


def _multipliers_after(words: str, at: int, known: Checklist | None) -> tuple[int, ...]:
    """By what the word after digits multiplies them: exactly, if the language's words are known."""
    follows = _WORD.match(words, len(words) - len(words[at:].lstrip(" -\u00a0")))
    if follows is None:
        return (1,)
    if known is None:
        return _ANY_MULTIPLIER
    return (known.multipliers.get(follows.group().casefold().removesuffix("s"), 1),)


def _readings(digits: str) -> Iterator[float]:
    """A run of digits with marks inside can be one number with thousands set apart, a decimal, or several numbers."""
    joined = re.sub(r"\D", "", digits)
    groups = re.split(r"\D+", digits)
    if len(groups) == 1 or all(len(g) == 3 for g in groups[1:]):
        yield float(joined)
    if len(groups) == 2:
        yield float(".".join(groups))
    if len(groups) > 1:
        yield from (float(g) for g in groups)


def _spelled(words: str, known: Checklist) -> Iterator[int]:
    """Numbers in words: "twenty-three", "two hundred and five", "a dozen"; each run is read as one number."""
    run: list[str] = []
    for word in [m.group().casefold() for m in _WORD.finditer(words)]:
        singular = word.removesuffix("s")
        if word in known.numbers or word in known.multipliers or word in known.articles:
            run.append(word)
        elif singular in known.multipliers and run:  # "two millions"; "dozens" alone says no number
            run.append(singular)
        elif word != "and":
            yield from _value(run, known)
            run = []
    yield from _value(run, known)


def _value(run: list[str], known: Checklist) -> Iterator[int]:
    """The number that a run of number words says; an article alone says one; nothing for an empty run."""
    total, current = 0, 0
    for word in run:
        times = known.multipliers.get(word)
        if times is None:
            current += known.numbers.get(word, 0)
        elif times < 1_000:
            current = max(current, 1) * times
        else:
            total, current = total + max(current, 1) * times, 0
    if run:
        yield 1 if all(w in known.articles for w in run) else total + current


def _whole(value: float) -> int | float:
    return int(value) if value == int(value) else value


def _plain(number: float | int | None) -> str:
    return "a number" if number is None else f"{number:,}"
