"""Numbers as said: the words, the operator, and the bounds that the scheme gives it (R2: a vague word is no range)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

from sayso.model.vocabulary import Operator
from sayso.read.text.features import flags
from sayso.read.text.words import Cell

DIGITS: Final = re.compile(r"\d+(?:[.,]\d+)*\Z", re.ASCII)
GROUPED: Final = re.compile(r"\d{1,3}(?:[.,]\d{3})+\Z", re.ASCII)
UNSEEN: Final = "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad"
FOREIGN: Final = "\uff10-\uff19\U0001d7ce-\U0001d7ff\u2070\u00b9\u00b2\u00b3\u2074-\u2079\u2080-\u2089\u2460-\u249b"
#: A character that is not seen but changes a number, or a digit of another form: such a number is refused.
HIDDEN: Final = re.compile(rf"[{UNSEEN}][\d.,]|\d[.,]?[{UNSEEN}]|[{FOREIGN}]")
#: Without one of these there is no such number; looked for first because one set is found ten times as fast.
SUSPECT: Final = re.compile(f"[{UNSEEN}{FOREIGN}]")
BOUNDS: Final[dict[str, tuple[int | None, int | None]]] = {
    "dozens": (24, 99),
    "hundreds": (200, 999),
    "thousands": (2000, 9999),
    "tens_of_thousands": (20000, 99999),
    "hundreds_of_thousands": (200000, 999999),
    "several": (2, None),
    "many": (None, None),
    "none": (0, 0),
}
NUMERIC: Final = flags("cmp", "num", "vague", "=between", "=from", "0-9")
#: What a number group can begin with.
COUNTING_FEATURES: Final = ("cmp", "num", "vague", "=between", "=from", "0-9", "-")
IS_CMP: Final = flags("cmp")
COUNTING: Final = flags(*COUNTING_FEATURES)
DIGITS_READ: Final = 30  # of one number; with more it is past the limit, and past what int() takes
LIMIT: Final = 10**12  # no count of anything here is larger; what is, is no count


@dataclass(frozen=True, slots=True)
class Num:
    """A number group: operator, the number as stated, its bounds, and the words that say it."""

    op: Operator
    n: float | int | None
    low: float | int | None
    high: float | int | None
    start: int
    end: int
    bare: bool = True  # said as a number, not only by an article


def hidden_in(text: str) -> re.Match[str] | None:
    """The first number of a text that hidden or unusual characters change."""
    return None if text.isascii() or not SUSPECT.search(text) else HIDDEN.search(text)


def bounded(op: str, n: float | int | None, start: int, end: int) -> Num:
    """The number group of an operator and a stated number."""
    if n is None or op in BOUNDS:
        floor, top = BOUNDS.get(op, (None, None))
        return Num(cast("Operator", op), 0 if op == "none" else None, floor, top, start, end)
    bounds: dict[str, tuple[float | int | None, float | int | None]] = {
        "more_than": (n + 1, None),
        "at_least": (n, None),
        "less_than": (None, n - 1),
        "up_to": (None, n),
    }
    low, high = bounds.get(op, (n, n))
    return Num(cast("Operator", op), n, low, high, start, end)


def number_at(cells: Sequence[Cell], i: int) -> tuple[Num, int] | None:
    """The number group that starts at a cell and the index after it: comparator, number, range, what follows it."""
    first = cells[i]
    if not first.flags & NUMERIC and not (first.flags & COUNTING and hyphenated(first.low)):
        return None
    start, op, at = i, "exact", i
    between = cells[i].low == "between"
    if between or cells[i].low == "from":
        at += 1
    while at < len(cells) and (found := cells[at].one("cmp") if cells[at].flags & IS_CMP else None):
        op, at = found.cls, at + 1
        if at < len(cells) and cells[at].low in ("a", "of"):
            at += 1
    vague = cells[at].one("vague") if at < len(cells) else None
    if vague and vague.cls != "many" and at >= i:
        return bounded(vague.cls, None, cells[start].start, cells[at].end), at + 1
    value = value_at(cells, at)
    if value is None:
        return None
    n, after = value
    ranged = None if raised(cells, i) else range_end(cells, after, between=between)
    if ranged is not None and ranged[0] > n and cells[i].low != "from":
        high, after = ranged
        return Num("range", None, n, high, cells[start].start, cells[after - 1].end), after
    if between or cells[i].low == "from":
        return None
    if op == "up_to" and (lower := lower_end(cells, after)) is not None and lower[0] < n:
        return Num("range", None, lower[0], n, cells[start].start, cells[lower[1] - 1].end), lower[1]
    if op == "exact" and after < len(cells) and (found := cells[after].one("cmpafter")) and qualifies(cells, after):
        op, after = found.cls, after + 1
    return bounded(op, n, cells[start].start, cells[after - 1].end), after


def raised(cells: Sequence[Cell], i: int) -> bool:
    """Whether "from" stands before a number: what "to" gives is then the new figure and no upper end."""
    return i > 0 and cells[i - 1].low == "from"


def qualifies(cells: Sequence[Cell], at: int) -> bool:
    """Whether "at least", "approximately" after a number belong to it and not to the number that comes next."""
    return at + 1 >= len(cells) or value_at(cells, at + 1) is None


def value_at(cells: Sequence[Cell], i: int) -> tuple[float | int, int] | None:  # noqa: PLR0912 - a grammar
    """A number in digits or words without its operator: "3,700", "two hundred and fifty", "2.5 thousand"."""
    total: float | int = 0
    current: float | int | None = None
    at = i
    while at < len(cells):
        cell = cells[at]
        if DIGITS.match(cell.low) and cell.low.isascii() and len(cell.low) < DIGITS_READ:
            if current is not None:
                break
            current = digits(cell.low)
        elif (word := cell.one("num")) is not None and word.value is not None and not cell.has("neg_num"):
            if word.cls == "mult":
                if current is None:
                    break
                current = current * word.value
                if word.value >= 1000:
                    total, current = total + current, 0
            elif (
                current is None
                or (current >= 20 and word.value < 10)
                or (current >= 100 and word.value < 100)
                or current == 0
            ):
                current = (current or 0) + word.value
            else:
                break
        elif (
            cell.low == "and"
            and current is not None
            and current >= 100
            and at + 1 < len(cells)
            and small(cells[at + 1])
        ) or (
            cell.low == "-"
            and current is not None
            and at + 1 < len(cells)
            and small(cells[at + 1])
            and cells[at - 1].has("num")
        ):
            pass
        else:
            compound = hyphenated(cell.low) if current is None else None
            if compound is None:
                break
            current = compound
        at += 1
    if current is None or at == i or total + current > LIMIT:
        return None
    value = total + current
    return (int(value) if value == int(value) else value), at


UNITS: Final = {
    w: n for n, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])
}
TENS: Final = {
    w: 10 * n for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}


def hyphenated(word: str) -> int | None:
    """The number of "thirty-five", else None."""
    tens, dash, unit = word.partition("-")
    return TENS[tens] + UNITS[unit] if dash and tens in TENS and unit in UNITS else None


def small(cell: Cell) -> bool:
    """Whether a cell is a number word below a hundred: what may follow "hundred and"."""
    word = cell.one("num")
    return bool(word and word.value is not None and word.cls in ("unit", "tens")) or hyphenated(cell.low) is not None


def digits(word: str) -> float | int:
    """The value of a number in digits; a point or comma before three digits groups, else it is decimal."""
    if GROUPED.match(word):
        return int(re.sub(r"[.,]", "", word))
    plain = word.replace(",", ".")
    head, _, tail = plain.rpartition(".")
    if head:
        return float(f"{head.replace('.', '')}.{tail}")
    return int(word)


def range_end(cells: Sequence[Cell], i: int, *, between: bool) -> tuple[float | int, int] | None:
    """The upper end of a range whose lower end stands before cell `i`: "to 280", "-280", "and 280", "or forty"."""
    if i >= len(cells):
        return None
    joint = cells[i].low
    if joint in ("to", "-", "–", "or") or (between and joint == "and"):
        return value_at(cells, i + 1)
    return None


def lower_end(cells: Sequence[Cell], i: int) -> tuple[float | int, int] | None:
    """The lower end in "as many as 700 but not fewer than 450"."""
    if i + 2 < len(cells) and cells[i].low in ("but", "and") and (c := cells[i + 1].one("cmp")) and c.cls == "at_least":
        return value_at(cells, i + 2)
    return None
