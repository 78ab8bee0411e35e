"""Two names of places that may be one: how they are spelt, whatever the script and whoever transcribed them."""

import unicodedata
from functools import lru_cache
from typing import Final

#: Letters of other scripts as they are commonly transcribed.
LETTERS: Final = str.maketrans(
    "абвгґдеєжзиіїйклмнопрстуфхцчшщыэюяաբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆაბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰıəøłđæ",
    "abvggdeejziiiiklmnoprstufhccssieuaabgdezeetjilhckhcgcminsocpjrsvtrcvpkofabgdevztiklmnopjrstupkgksccccchjhiaolde",
)
#: Groups of letters that transcriptions use for one another, in this order.
SOUNDS: Final = (
    ("dzh", "j"), ("tch", "c"), ("shch", "s"), ("kh", "h"), ("gh", "g"), ("zh", "j"), ("dj", "j"), ("ch", "c"),
    ("sh", "s"), ("ts", "c"), ("tz", "c"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i"),
    ("ya", "a"), ("yu", "u"), ("yo", "o"), ("ia", "a"), ("iu", "u"), ("io", "o"), ("w", "v"), ("x", "h"), ("q", "k"),
    ("y", "i"),
)  # fmt: skip
#: Words that say that a place is an area round others, and all that say what a place is and not which.
AREAS: Final = frozenset(
    ("district", "region", "province", "governorate", "county", "raion", "rayon", "oblast", "area", "район", "область")
)
KINDS: Final = AREAS | {"city", "town", "village", "settlement", "the", "of", "город", "село"}
#: Letters that two names of at least so many may differ in.
SLIPS: Final = ((9, 2), (5, 1))


def spelt_alike(one: str, other: str) -> str:
    """Why two different names may be of one place, as the end of a sentence about them; empty where nothing says so."""
    a, b = words(one), words(other)
    if not a or not b:
        return ""
    mine, theirs = "".join(a), "".join(b)
    if set(a) < set(b) or set(b) < set(a) or (mine == theirs and kinds(one) != kinds(other)):
        return "share a name: one place told more closely, or a district and its town"
    if mine == theirs:
        return "are one name in two spellings"
    allowed = next((n for least, n in SLIPS if min(len(mine), len(theirs)) >= least), 0)
    if allowed and (apart := distance(mine, theirs, at_most=allowed)) <= allowed:
        return f"differ in {'one letter' if apart == 1 else f'{apart} letters'}"
    return ""


@lru_cache(maxsize=20_000)
def words(name: str) -> tuple[str, ...]:
    """The words of a name without those that only say what it is, each as it sounds."""
    return tuple(w for w in map(sound, parts(name)) if w)


def kinds(name: str) -> frozenset[str]:
    """The words of a name that only say what it is."""
    return KINDS.intersection(name.casefold().split())


def names_area(name: str) -> bool:
    """Whether a name says that the place is an area round others."""
    return not AREAS.isdisjoint(name.casefold().split())


def parts(name: str) -> list[str]:
    """The words of a name without those that only say what it is, as written."""
    return [w for w in name.casefold().replace("-", " ").replace(".", " ").split() if w not in KINDS]


def sound(word: str) -> str:
    """A word in plain letters, with one letter for each group that transcriptions vary in, and none doubled."""
    plain = unicodedata.normalize("NFC", word.casefold()).translate(LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if c.isalpha())
    for group, letter in SOUNDS:
        plain = plain.replace(group, letter)
    return "".join(c for c, before in zip(plain, " " + plain, strict=False) if c != before)


def distance(one: str, other: str, *, at_most: int) -> int:
    """How many letters must be changed, added or left out; `at_most` + 1 for more than that."""
    if abs(len(one) - len(other)) > at_most:
        return at_most + 1
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
        if min(row) > at_most:
            return at_most + 1
    return row[-1]
