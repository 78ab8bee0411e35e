"""Words as the clause grammar compares them: cut with their marks and suffixes, folded to one spelling."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

#: A clock time, a number with what is glued to it, a word with its marks (Arabic vowel signs, apostrophes), or any sign.
TOKEN: Final = re.compile(
    r"[وفبلك](?=\d)|\d{1,2}:\d{2}(?!\d)"
    r"|\d+(?:[.,٫٬]\d+)*(?:[-‑'’ʼ][^\W\d_]+)?"
    r"|[^\W\d_](?:[^\W_]|[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u055b-\u055e]"
    r"|[’'ʼ‘`](?=[^\W\d_])|[-‑](?=[^\W_]))*"
    r"|\S"
)
VOWEL_SIGNS: Final = (*range(0x0300, 0x0370), *range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, 0x0640)
#: Letters that writers interchange.
SPELLINGS: Final = {
            "’": "'", "ʼ": "'", "‘": "'", "`": "'", "‑": "-", "ё": "е", "ı": "i", "أ": "ا", "إ": "ا", "آ": "ا",
            "ٱ": "ا", "ى": "ي", "ة": "ه", "և": "եւ", "â": "a", "î": "i", "û": "u",
        }  # fmt: skip
#: The same by code point, and the signs that only show how a word is spoken.
FOLD: Final[dict[int, str | None]] = {
    **dict.fromkeys((*VOWEL_SIGNS, *range(0x055B, 0x055F))),
    **{ord(k): v for k, v in SPELLINGS.items()},
}  # fmt: skip


HAMZA_LAM: Final = ("أل", "إل", "آل")


class Token(NamedTuple):
    """One token: as written, folded, and `[start, end)` in code points."""

    text: str
    low: str
    start: int
    end: int


def fold(word: str) -> str:
    """A word in lower case without what is only spelling: accents of speech, forms of alef, dotted and dotless i."""
    if word.isascii():
        return word.lower()
    composed = unicodedata.normalize("NFC", word)
    if composed[:2] in HAMZA_LAM:  # no article begins so
        composed = "ء" + composed[1:]
    return composed.lower().translate(FOLD)


def tokens_of(text: str, start: int, end: int) -> Iterator[Token]:
    """The tokens of `text[start:end]` with offsets into `text`."""
    for m in TOKEN.finditer(text, start, end):
        yield Token(m.group(), fold(m.group()), m.start(), m.end())
