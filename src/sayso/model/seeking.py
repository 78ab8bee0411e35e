"""What readers search for: words without case and accents, and names in every spelling."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

WORD: Final = re.compile(r"[^\W_]+")
#: What is left of a longer word, and what an index keeps of one text, in bytes: a database takes a megabyte.
LONGEST_WORD: Final = 64
MOST_BYTES: Final = 400_000
#: Letters that no decomposition makes plain.
PLAIN: Final = str.maketrans({"ı": "i", "ə": "a", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe"})


@dataclass(frozen=True, slots=True)
class Spelling:
    """Words that must stand beside each other; `open`: any letters may follow the last."""

    words: tuple[str, ...]
    open: bool = False


#: What is sought: of each group, in any order, one spelling.
Wanted = tuple[tuple[Spelling, ...], ...]
#: A word without case and accents, and where it stands in its text.
Word = tuple[str, int, int]


@lru_cache(maxsize=10_000)
def folded_letter(letter: str) -> str:
    """A letter without case and accents; none for a mark that belongs to the letter before it."""
    plain = unicodedata.normalize("NFKD", letter.casefold().translate(PLAIN))
    return "".join(c for c in plain if not unicodedata.combining(c))


def words_with_places(text: str) -> list[Word]:
    """Every word of a text, in order, with where it begins and ends in code points. Takes as long as the text is."""
    letters, places = [], []
    for n, letter in enumerate(text):
        plain = folded_letter(letter)
        letters.append(plain)
        places += [n] * len(plain)
    plain_text = "".join(letters)
    return [(m.group()[:LONGEST_WORD], places[m.start()], places[m.end() - 1] + 1) for m in WORD.finditer(plain_text)]


def words_of(text: str) -> list[str]:
    """Every word of a text without case and accents, in order."""
    if text.isascii():
        return [w[:LONGEST_WORD] for w in WORD.findall(text.lower())]
    return [w for w, _, _ in words_with_places(text)]


def index_words(texts: Iterable[str]) -> str:
    """The words of texts, each once, in order, as an index keeps them: divided by blanks."""
    kept, left = set[str](), MOST_BYTES
    for word in (w for text in texts for w in words_of(text)):
        if word not in kept:
            left -= len(word.encode()) + 1
            if left < 0:
                break
            kept.add(word)
    return " ".join(sorted(kept))


def found_in(wanted: Wanted, words: Sequence[Word]) -> list[tuple[int, int]] | None:
    """Where the words of a text are what is sought, begin and end, in order; None where something of it is missing."""
    places: dict[str, list[int]] = {}
    for n, (word, _, _) in enumerate(words):
        places.setdefault(word, []).append(n)
    found: set[tuple[int, int]] = set()
    for group in wanted:
        here = {span for spelling in group for span in stands(spelling, words, places)}
        if not here:
            return None
        found |= here
    return sorted(found)


def stands(spelling: Spelling, words: Sequence[Word], places: dict[str, list[int]]) -> Iterable[tuple[int, int]]:
    """Where a spelling stands among the words of a text, begin and end."""
    first, last = spelling.words[0], spelling.words[-1]
    size = len(spelling.words)
    begins = places.get(first, ())
    if size == 1 and spelling.open:
        begins = [n for word, at in places.items() if word.startswith(last) for n in at]
    for n in begins:
        here = [w for w, _, _ in words[n : n + size]]
        ends = here[-1].startswith(last) if spelling.open else here[-1] == last
        if len(here) == size and ends and tuple(here[:-1]) == spelling.words[:-1]:
            yield words[n][1], words[n + size - 1][2]
