"""Counts as intervals (R2), and how two of them compare (R9)."""

from typing import Final

from sayso.model.claim import Count

#: Vague words have a floor and no upper bound when compared (R2); "about" and "nearly" within a tenth (R9).
VAGUE: Final = (
    "dozens", "hundreds", "thousands", "tens_of_thousands", "hundreds_of_thousands", "several", "many",
)  # fmt: skip
APPROXIMATE: Final = ("about", "nearly")
TOLERANCE: Final = 0.1


def interval(count: Count) -> tuple[float, float]:
    """The lowest and highest number that the words allow, both inclusive; infinite where they set no bound."""
    if count.operator == "none":
        return 0.0, 0.0
    low = 0.0 if count.low is None else float(count.low)
    high = float("inf") if count.high is None or count.operator in VAGUE else float(count.high)
    if count.operator in APPROXIMATE and count.n is not None:
        return float(count.n) * (1 - TOLERANCE), float(count.n) * (1 + TOLERANCE)
    return low, high


def overlap(a: Count, b: Count) -> bool:
    """Whether one number could satisfy both."""
    (a_low, a_high), (b_low, b_high) = interval(a), interval(b)
    return a_low <= b_high and b_low <= a_high


def size(count: Count) -> float:
    """The number to sort and to see a revision by: as stated, else the floor, else the upper end (R2)."""
    for value in (count.n, count.low, count.high):
        if value is not None:
            return float(value)
    return 0.0


def same(a: Count, b: Count) -> bool:
    """Whether both say the same number in the same way."""
    return (a.operator, a.n, a.low, a.high) == (b.operator, b.n, b.low, b.high)


def in_words(count: Count) -> str:
    """The figure as it was said."""
    if count.words:
        return count.words
    if count.n is not None:
        return f"{count.operator.replace('_', ' ')} {count.n:g}" if count.operator != "exact" else f"{count.n:g}"
    return count.operator.replace("_", " ")
