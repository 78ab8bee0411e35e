"""Counts as intervals (R2), how two of them compare (R9), and when one revises another (R8)."""

from typing import Final, Literal

from sayso.model.claim import Count

#: Vague words have a floor, for comparing and sorting only, and no upper bound (R2); the words are what is shown.
FLOORS: Final = {
    "several": 2, "many": 2, "dozens": 12, "hundreds": 100, "thousands": 1_000, "tens_of_thousands": 10_000,
    "hundreds_of_thousands": 100_000,
}  # fmt: skip
#: "about" and "nearly" never contradict a figure within a tenth (R9).
APPROXIMATE: Final = ("about", "nearly")
#: What has an upper end of its own; a figure inside it is more precise, not a new one.
CLOSED: Final = ("range", "up_to", "less_than")

OPEN: Final = float("inf")


def interval(count: Count) -> tuple[float, float]:
    """The lowest and highest number that the words allow, both inclusive; infinite where they set no bound (R2)."""
    if count.operator == "none":
        return 0.0, 0.0
    if count.operator in FLOORS:
        return float(FLOORS[count.operator]), OPEN
    if count.operator in APPROXIMATE and count.n is not None:
        return count.n * 9 / 10, count.n * 11 / 10
    low = 0.0 if count.low is None else float(count.low)
    return low, OPEN if count.high is None else float(count.high)


def overlap(a: Count, b: Count) -> bool:
    """Whether one number could satisfy both."""
    (a_low, a_high), (b_low, b_high) = interval(a), interval(b)
    return a_low <= b_high and b_low <= a_high


def size(count: Count) -> float:
    """The number to sort and to see a revision by: the floor, where the words set one, else the upper end (R2)."""
    if count.operator in APPROXIMATE and count.n is not None:
        return float(count.n)
    low, high = interval(count)
    return high if low == 0 and high != OPEN else low


def same(a: Count, b: Count) -> bool:
    """Whether both say the same number in the same way."""
    return (a.operator, a.n, a.low, a.high) == (b.operator, b.n, b.low, b.high)


def revision(before: Count, after: Count) -> Literal["up", "down"] | None:
    """Which way the same claimant's new number goes (R8); None where it says the same, or the same more precisely."""
    (old_low, old_high), (new_low, new_high) = interval(before), interval(after)
    narrower = before.operator in CLOSED and old_low <= new_low and new_high <= old_high
    repeated = before.n is not None and before.n == after.n and overlap(before, after)
    if narrower or repeated or size(before) == size(after):
        return None
    return "down" if size(after) < size(before) else "up"


def in_words(count: Count) -> str:
    """The figure as it was said."""
    if count.words:
        return count.words
    if count.operator == "range" and count.low is not None and count.high is not None:
        return f"{number(count.low)} to {number(count.high)}"
    how = "" if count.operator == "exact" else count.operator.replace("_", " ")
    return f"{how} {number(count.n)}".strip() if count.n is not None and count.operator != "none" else how


def number(value: float) -> str:
    """A number in digits, whole ones without a point."""
    return f"{int(value):,}" if value == int(value) else f"{value:,}"
