"""Short names that a text gives itself: "the Lake People's Army (LPA)" is "the LPA" from then on, and so is a listed body
whose name it has written out."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

from sayso.model.conflict import Body
from sayso.read.scene import Scene
from sayso.read.text.features import flags_of
from sayso.read.text.names import Directory, Name
from sayso.read.text.words import NONE, Cell
from sayso.read.voices.speakers import source_of

#: A short name: two to eight letters with a capital first and one more behind it, or a word that no list knows.
SHORT: Final = re.compile(r"[^\W\d_a-z][\w.-]{1,9}")
OPENS: Final = frozenset("([")
CLOSES: Final = frozenset(")],;")
MARKED: Final = frozenset("“”\"'‘’")
SPACE: Final = 2  # words before a bracket that are looked at for each letter of the short name
SHORTEST: Final = 2  # letters
TRAILING: Final = 1  # words behind those that are spelt: "Lake Army movement (LA)"


def name_short_forms(
    cells: Sequence[Sequence[Cell]], directory: Directory, scene_of: Callable[[int], Scene]
) -> set[int]:
    """Give each short name that the sentences introduce the meaning of its long form, wherever it stands from then on, and
    each two capitals the listed name written out before whose initials they are. The indices of the sentences changed."""
    given: dict[str, Name] = {}
    written: set[int] = set()
    changed: set[int] = set()
    for i, sentence in enumerate(cells):
        for short, name in introduced(sentence, partial(scene_of, i)):
            given.setdefault(short, name)
        for cell in sentence:
            if cell.name is not None:
                written.add(id(cell.name.body or cell.name.party))
            elif cell.cap and (found := given.get(cell.text) or initials_of(cell, directory, written)) is not None:
                cell.name, cell.lex, cell.flags = found, NONE, flags_of(cell.low, NONE)
                changed.add(i)
    return changed


def initials_of(cell: Cell, directory: Directory, written: set[int]) -> Name | None:
    """The listed name, written out before, whose two initials a word is."""
    found = directory.initials.get(cell.text) if cell.text.isupper() and not cell.lex else None
    return found if found is not None and id(found.body or found.party) in written else None


def introduced(cells: Sequence[Cell], scene: Callable[[], Scene]) -> Iterator[tuple[str, Name]]:
    """The short names that a sentence gives in brackets, and the long one beside each: "Lake Army (LA)", "LA (Lake Army)"."""
    for at in range(1, len(cells) - 2):
        if cells[at].low not in OPENS:
            continue
        inside = at + 1 + (cells[at + 1].text in MARKED)
        after = inside + 1
        after += after < len(cells) and cells[after].text in MARKED
        if after >= len(cells):
            continue
        before = cells[at - 1]
        if cells[after].low in CLOSES and shortens(cells[inside]):
            long = long_form(cells, at, cells[inside].text)
            name = meaning(cells[long:at], scene()) if long is not None else None
            if name is not None:
                yield cells[inside].text, name
        else:
            listed = cells[inside].name
            if listed is not None and shortens(before) and spells(before.text, cells[inside].low.split()):
                yield before.text, listed


def shortens(cell: Cell) -> bool:
    """Whether a word can be a short name: capitals, with no meaning of its own unless it is all in capitals."""
    if cell.name is not None or not SHORT.fullmatch(cell.text):
        return False
    return cell.text.isupper() or not cell.lex


def long_form(cells: Sequence[Cell], at: int, short: str) -> int | None:
    """The index of the first word before a bracket at `at` from which on the words spell the short name."""
    letters = [c for c in short.lower() if c.isalpha()]
    for first in range(at - 1, max(-1, at - 1 - SPACE * len(letters)), -1):
        if not cells[first].low[:1].isalpha():
            return None
        words = [w for c in cells[first:at] for w in c.low.replace("-", " ").split()]
        if cells[first].cap and spells(short, words):
            return first
    return None


def spells(short: str, words: Sequence[str]) -> bool:
    """Whether the letters of a short name stand in this order in some words: the first begins the first word, and each
    later one begins a word or goes on in one that has begun."""
    letters = [c for c in short.lower() if c.isalpha()]
    words = words[1:] if words and words[0] == "the" else words
    if not words or len(letters) < SHORTEST or words[0][0] != letters[0]:
        return False
    reached = {(0, 1)}  # the word and how many of its letters are spelt
    for letter in letters[1:]:
        further = {(w, n + 1) for w, n in reached if words[w][n : n + 1] == letter}
        further |= {(w, 1) for v, _ in reached for w in range(v + 1, len(words)) if words[w][0] == letter}
        reached = further
    return any(w >= len(words) - 1 - TRAILING for w, _ in reached)


def meaning(long: Sequence[Cell], scene: Scene) -> Name | None:
    """What a written-out name means: the listed name that it is, else the source that its words name."""
    named = [c for c in long if c.name is not None]
    if len(long) == 1 and named:
        return named[0].name
    np = next((n for n in scene.nps() if n.start <= long[0].start and long[0].end <= n.end), None)
    attr = source_of(np, scene) if np is not None else None
    if attr is None or attr.inferred or attr.kind in ("outlet", "unknown", "eyewitness"):
        return None
    words = scene.text[long[0].start : long[-1].end]
    return Name(body=Body(names=(words,), kind=attr.kind, side=attr.side), display=words)
