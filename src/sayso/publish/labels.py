"""Names on a map: each where it covers no other and no pin, or not at all."""

from dataclasses import dataclass
from typing import Final

#: Pixels: the height of a name and the width of a letter at the size in which names are set (12 px), on the safe side.
HIGH: Final = 14
LETTER: Final = 6.8
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
        self._taken.append((x - reach, y - reach, x + reach, y + reach))

    def name(self, name: str, x: float, y: float, away: float, *, said: bool) -> None:
        """Write a name beside a spot, at that distance; on its right, left, above or below. Nothing where none is free."""
        if name in self._placed:
            return
        text = name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"
        wide = len(text) * LETTER
        for anchor, at_x, at_y, left in (
            ("start", x + away, y + 4, x + away),
            ("end", x - away, y + 4, x - away - wide),
            ("middle", x, y - away - 2, x - wide / 2),
            ("middle", x, y + away + 10, x - wide / 2),
        ):
            needed = (left, at_y - HIGH + 3, left + wide, at_y + 3)
            if self._free(needed):
                self._taken.append(needed)
                self._placed[name] = Label(text, round(at_x, 1), round(at_y, 1), anchor, said)
                return

    def _free(self, needed: Rectangle) -> bool:
        left, top, right, bottom = needed
        if left < 0 or top < 0 or right > self._width or bottom > self._height:
            return False
        return all(right <= x or left >= x2 or bottom <= y or top >= y2 for x, y, x2, y2 in self._taken)
