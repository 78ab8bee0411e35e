"""Names on a map: each where it touches no other, no pin and no town's dot, or not at all."""

from dataclasses import dataclass
from typing import Final

#: Pixels: how far a name reaches above and below the line that it is written on, how wide its letters are at the size in
#: which names are set (12 px, bold), on the safe side, and what stays free round it.
ABOVE, BELOW = 10, 3
WIDE, SLIM, LETTER = 11.5, 4.6, 7.6
WIDE_LETTERS: Final = frozenset("MWmwÆŒШЩЖЮМмшщжюфՄմ@%—…")
SLIM_LETTERS: Final = frozenset("Iiıjl.,:;'’`|!()[]- tfr")
GAP: Final = 2
#: The dot of a town.
DOT: Final = 3.5
#: Longer names are cut: a hostile one would cover the map.
LONGEST: Final = 28

Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """A name where it is written; `anchor` as SVG has it. `said`: something is said of the place."""

    text: str
    x: float
    y: float
    anchor: str
    said: bool


class Labels:
    """The names of one drawing, placed one after the other: who comes first has the choice."""

    def __init__(self, width: int, height: int) -> None:
        self._width, self._height = width, height
        self._taken: list[Rectangle] = []
        self._placed: dict[str, Label] = {}

    @property
    def placed(self) -> tuple[Label, ...]:
        """The names that found a place."""
        return tuple(self._placed.values())

    @property
    def names(self) -> frozenset[str]:
        """What they are called in full."""
        return frozenset(self._placed)

    def keep_free(self, x: float, y: float, reach: float) -> None:
        """Nothing is written there."""
        self.keep_box((x - reach, y - reach, x + reach, y + reach))

    def keep_box(self, box: Rectangle) -> None:
        """Nothing is written in that box (left, top, right, bottom)."""
        self._taken.append(box)

    def town(self, name: str, x: float, y: float) -> None:
        """Write a name beside a dot; nothing where something else stands in the dot's place."""
        dot = (x - DOT, y - DOT, x + DOT, y + DOT)
        if self._free(dot):
            self.name(name, x, y, DOT + 3, said=False)
            if name in self._placed:
                self.keep_box(dot)

    def name(self, name: str, x: float, y: float, away: float, *, said: bool) -> None:
        """Write a name beside a spot, at that distance; on its right, left, above or below. Nothing where none is free."""
        if name in self._placed:
            return
        text = name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"
        wide = width_of(text)
        for anchor, at_x, at_y, left in (
            ("start", x + away, y + 4, x + away),
            ("end", x - away, y + 4, x - away - wide),
            ("middle", x, y - away - 2, x - wide / 2),
            ("middle", x, y + away + 10, x - wide / 2),
        ):
            needed = (left - GAP, at_y - ABOVE - GAP, left + wide + GAP, at_y + BELOW + GAP)
            if self._free(needed):
                self._taken.append(needed)
                self._placed[name] = Label(text, round(at_x, 1), round(at_y, 1), anchor, said)
                return

    def _free(self, needed: Rectangle) -> bool:
        left, top, right, bottom = needed
        if left < 0 or top < 0 or right > self._width or bottom > self._height:
            return False
        return all(right <= x or left >= x2 or bottom <= y or top >= y2 for x, y, x2, y2 in self._taken)


def width_of(text: str) -> float:
    """Pixels that a name takes at most."""
    return sum(WIDE if c in WIDE_LETTERS else SLIM if c in SLIM_LETTERS else LETTER + c.isupper() for c in text)
