"""Numbers as said, in any of the clause grammar's languages: comparator, digits or words, range, what follows."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from sayso.model.lexicon import Profile
from sayso.read.clauses.tagging import Word
from sayso.read.text.numbers import LIMIT, Num, bounded

DIGITS: Final = re.compile(r"(\d+(?:[.,٫٬]\d+)*)(?:[-‑'’ʼ]([^\W\d_]+))?\Z")
GROUPED: Final = re.compile(r"\d{1,3}(?:[.,]\d{3})+\Z", re.ASCII)
AFTER: Final = 4  # words looked through after a number for "at least", "or more"

Value = tuple[float | int, int]


def number_at(words: Sequence[Word], i: int, profile: Profile) -> tuple[Num, int] | None:
    """The number that starts at a word and the index after it, None where none does."""
    at, op = i, "exact"
    ranged = words[i].one("range") is not None
    if ranged and (found := range_of(words, i + 1, i, profile)) is not None:
        return found
    while at < len(words) and (cmp := words[at].one("cmp")) is not None:
        op, at = cmp.cls, at + 1
        while at < len(words) and words[at].has("link"):
            at += 1
    if at >= len(words):
        return None
    vague = words[at].one("vague")
    if vague is not None and (op == "exact" or vague.cls not in ("many", "none")):
        return vague_number(words, i, at)
    value = value_at(words, at, profile)
    if value is None:
        return None
    if op == "exact" and (found := range_of(words, at, i, profile, value)) is not None:
        return found
    n, after = value
    if op == "up_to" and i and words[i - 1].has("rise"):  # "has risen to 45"
        op = "exact"
    elif op == "exact":
        op, after = operator_after(words, after)
    return bounded(op, n, words[i].start, words[after - 1].end), after


def vague_number(words: Sequence[Word], i: int, at: int) -> tuple[Num, int]:
    """ "dozens", "tens of thousands"."""
    vague = words[at].one("vague")
    assert vague is not None
    return bounded(vague.cls, None, words[i].start, words[at].end), at + 1


def operator_after(words: Sequence[Word], at: int) -> tuple[str, int]:
    """What qualifies a number from behind ("100 or more", "9 civilians at least")."""
    for k in range(at, min(len(words), at + AFTER)):
        found = words[k].one("cmpafter")
        if found is not None and not (k == at and k + 1 < len(words) and numeric(words[k + 1])):
            return found.cls, (k + 1 if k == at else at)
        act = words[k].one("act")
        told = act is not None and not act.feat.startswith("n")
        if told or not words[k].word or words[k].has("say", "cmp", "num") or words[k].text[0].isdigit():
            break
    return "exact", at


def range_of(
    words: Sequence[Word], at: int, start: int, profile: Profile, value: Value | None = None
) -> tuple[Num, int] | None:
    """A range "40-60", "from 40 to 60": its bounds; None where no higher number follows."""
    low = value or value_at(words, at, profile)
    if low is None:
        return None
    joint = low[1]
    if joint >= len(words) or not (words[joint].low in ("-", "–", "—") or words[joint].has("to")):
        return None
    spaced = words[joint].start > words[joint - 1].end and not words[joint].has("to")
    high = value_at(words, joint + 1, profile)
    if high is None or spaced or high[0] <= low[0]:
        return None
    return Num("range", None, low[0], high[0], words[start].start, words[high[1] - 1].end), high[1]


def value_at(words: Sequence[Word], i: int, profile: Profile) -> Value | None:
    """A number in digits or words: "3 700", "двести пятьдесят", "2,5 тыс.", "on iki", "خمسة وعشرون"."""
    total: float | int = 0
    current: float | int | None = None
    at = i
    while at < len(words):
        word = words[at]
        if current is None and (value := digits_at(words, at, profile)) is not None:
            current, at = value
            continue
        number = word.one("num")
        if number is None or number.value is None:
            break
        if number.cls == "mult":
            if current is None and total:
                break
            current = (1 if current is None else current) * number.value
            if number.value >= 1000:
                total, current = total + current, None
        elif current is None:
            current = number.value
        elif joins(current, number.value, word):
            current += number.value
        else:
            break
        at += 1
        if at < len(words) and words[at].low == "." and words[at - 1].one("num", "mult"):
            at += 1  # "2,5 тыс. военных"
    if at == i or total + (current or 0) > LIMIT:
        return None
    result = total + (current or 0)
    return (int(result) if result == int(result) else result), at


def joins(current: float | int, value: float, word: Word) -> bool:
    """Whether a number word goes on with the number before it: smaller than its last place, or units before tens."""
    if word.prefix and current < 10 and 20 <= value < 100:
        return True
    return any(current >= place and current % place == 0 and 0 < value < place for place in (1000, 100, 10))


def digits_at(words: Sequence[Word], i: int, profile: Profile) -> Value | None:
    """The value of digits, groups of three joined over spaces; None for ages, ordinals and clock times."""
    found = DIGITS.match(words[i].low)
    if found is None or (found[2] and found[2] not in profile.number_endings):
        return None
    text = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in found[1])
    text = text.replace("٬", ",").replace("٫", ".")
    at = i + 1
    while (
        text.isdigit() and len(words[i].low) <= 3 and at < len(words) and len(words[at].low) == 3
        and words[at].low.isdigit() and words[at].start == words[at - 1].end + 1
    ):  # fmt: skip
        text += words[at].low
        at += 1
    if GROUPED.match(text):
        return int(re.sub(r"[.,]", "", text)), at
    head, _, tail = text.replace(",", ".").rpartition(".")
    return (float(f"{head.replace('.', '')}.{tail}") if head else int(text)), at


def numeric(word: Word) -> bool:
    """Whether a number may start at a word."""
    return word.text[0].isdigit() or word.has("num", "cmp", "vague", "range")
