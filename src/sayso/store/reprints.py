"""Reprints of a text: shingles, and the buckets in which a new text finds those like it among a million (R10).

MinHash by one permutation: the hashes of a text's shingles fall into bins, the least of each bin is kept, and rows of
bins make bands. Texts that share a band are looked at word by word. Pure but for the hash function.
"""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from hashlib import blake2b
from struct import pack, unpack
from typing import Final

WORDS: Final = 3  # of a shingle
BANDS: Final = 12
ROWS: Final = 3
BINS: Final = BANDS * ROWS
#: Shingles below which a text is too short to be known by some of its words.
FEWEST: Final = 16
#: The part of the shorter text's shingles that both must share: measured on tests/gold/reprints.toml.
SHARED: Final = 0.8
#: Words that may stand in the place of others, words of a run that both texts share, and letters by which two names
#: are forms of one.
IN_PLACE: Final = 3
HELD: Final = 5
STEM: Final = 4

_WORD: Final = re.compile(r"\w+")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_BORROWED: Final = 0x9E3779B97F4A7C15
_MASK: Final = 2**64 - 1
_BAND: Final = f">{1 + ROWS}Q"  # the number of a band and its bins


def shingles(text: str) -> frozenset[int]:
    """A hash for each run of three words; case and punctuation do not count."""
    words = " ".join(_WORD.findall(text)).casefold().encode("utf-8", "surrogatepass").split(b" ")
    runs = set(map(b" ".join, zip(*(words[n:] for n in range(WORDS)), strict=False)))
    return frozenset(_numbers_of([blake2b(run, digest_size=8).digest() for run in runs]))


def _numbers_of(digests: list[bytes]) -> tuple[int, ...]:
    return unpack(f">{len(digests)}Q", b"".join(digests))


def bands_of(text: str) -> tuple[int, ...]:
    """The buckets of a text, as whole numbers below 2**62; none for one that is too short."""
    found = shingles(text)
    if len(found) < FEWEST:
        return ()
    least = {value % BINS: value // BINS for value in sorted(found, reverse=True)}
    full = [least[i] if i in least else _nearest(least, i) for i in range(BINS)]
    bands = (pack(_BAND, n, *full[n * ROWS : (n + 1) * ROWS]) for n in range(BANDS))
    return tuple(sorted({n >> 2 for n in _numbers_of([blake2b(band, digest_size=8).digest() for band in bands])}))


def _nearest(least: Mapping[int, int], at: int) -> int:
    """The value of a bin that is empty: it borrows from the next that is not, with the distance in it."""
    for step in range(BINS):
        value = least.get((at + step) % BINS)
        if value is not None:
            return (value + step * _BORROWED) & _MASK
    raise ValueError("a text with shingles fills some bin")


def numbers(text: str) -> frozenset[str]:
    """The numbers of a text that are written in digits."""
    return frozenset(_NUMBER.findall(text))


def is_reprint(text: str, of: str) -> bool:
    """Whether two texts are one but for what was cut, put before or changed in a few words.

    Numbers of which each has some that the other lacks make two texts of them: a bulletin that comes daily in the same
    words is no reprint of the one before.
    """
    mine, theirs = numbers(text), numbers(of)
    if not (mine <= theirs or theirs <= mine):
        return False
    return shared(text, of) >= SHARED and not names_another(text, of)


def names_another(text: str, of: str) -> bool:
    """Whether a name or a number stands in one text just where another stands in the other: a word or three in the
    place of as many, between words that both share. Headlines differ, longer runs were written anew, what is only in one
    was put in or cut, and names that begin alike are inflected: none of these makes another text."""
    one, other = _WORD.findall(of), _WORD.findall(text)
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    held = [n for n, (what, a, b, _, _) in enumerate(blocks) if what == "equal" and b - a >= HELD]
    for what, a, b, c, d in blocks[held[0] : held[-1]] if held else ():
        if what == "replace" and max(b - a, d - c) <= IN_PLACE:
            mine, theirs = ([w for w in words if not w.islower()] for words in (one[a:b], other[c:d]))
            if mine and theirs and not any(x[:STEM] == y[:STEM] for x in mine for y in theirs):
                return True
    return False


def shared(text: str, of: str) -> float:
    """The part of the shorter text's shingles that both share, 0.0 to 1.0; 0.0 where one is too short to say."""
    one, other = shingles(text), shingles(of)
    fewest = min(len(one), len(other))
    return len(one & other) / fewest if fewest >= FEWEST else 0.0
