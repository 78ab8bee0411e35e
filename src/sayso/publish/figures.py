"""Counts in words: the operator always stands with its number (law 2), and a number never stands alone."""

import re
from datetime import date
from typing import Final

from sayso.model.claim import Count
from sayso.publish.own_voice import own_voice, word_lists

OPERATORS: Final = {
    "exact": "", "more_than": "more than ", "at_least": "at least ", "less_than": "fewer than ", "up_to": "up to ",
    "about": "about ", "nearly": "nearly ",
}  # fmt: skip
VAGUE: Final = {
    "dozens": "dozens of", "hundreds": "hundreds of", "thousands": "thousands of",
    "tens_of_thousands": "tens of thousands of", "hundreds_of_thousands": "hundreds of thousands of",
    "several": "several", "many": "many", "none": "no",
}  # fmt: skip
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip
IRREGULAR: Final = {
    "people": "person", "children": "child", "men": "man", "women": "woman", "aircraft": "aircraft",
    "military personnel": "member of the military", "personnel": "member of the personnel",
    "pieces of equipment": "piece of equipment",
}  # fmt: skip
UNITS: Final = {
    "ifvs": "infantry fighting vehicles", "apcs": "armoured personnel carriers", "uavs": "drones",
    "mlrs": "multiple rocket launchers", "ifv": "infantry fighting vehicles",
}  # fmt: skip
FURTHER: Final = re.compile(r"another|further|additional|\d more$", re.IGNORECASE)
PIECE: Final = re.compile(r"[a-z]+(?:-[a-z]+)*|\d[\d,.]*", re.IGNORECASE)


def number(value: float) -> str:
    """A number with a comma at each thousand."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"


def how_many(count: Count) -> str:
    """The figure in plain English without its noun: "more than 250", "between 260 and 280", "dozens of"."""
    if count.operator in VAGUE:
        return VAGUE[count.operator]
    if count.operator == "range" or count.n is None:
        low, high = count.low, count.high
        if low is not None and high is not None:
            return f"between {number(low)} and {number(high)}"
        return f"at least {number(low)}" if low is not None else f"up to {number(high or 0)}"
    return OPERATORS[count.operator] + number(count.n)


def as_said(count: Count) -> str:
    """The figure in the source's own English words where they hold nothing but the figure, else in ours (R2).

    The operator is never lost: words that do not carry it are replaced by ours.
    """
    words = " ".join((count.words or "").split())
    known = set(word_lists()["numbers"]["words"])
    pieces = [p.casefold() for p in PIECE.findall(words)]
    plain = all(p[0].isdigit() or all(q in known for q in p.split("-")) for p in pieces)
    if not pieces or not plain or count.operator == "none" or PIECE.sub("", words).strip(" ,.-–'’"):
        return how_many(count)
    if count.operator != "exact" and all(p[0].isdigit() for p in pieces):
        return how_many(count)
    words = words[0].lower() + words[1:]  # it stood at the beginning of a sentence
    return f"{words} of" if pieces[-1] in ("dozens", "hundreds", "thousands") else words


def counted(count: Count, noun: str) -> str:
    """The figure with its noun in the right number: "1 soldier", "more than 250 soldiers"."""
    figure = as_said(count)
    if (
        count.scope == "increment"
        and count.operator not in ("none", "several", "many")
        and "more" not in figure.split()
    ):
        figure = f"a further {figure}" if count.operator in ("exact", "about") else f"{figure} further"
    return f"{figure} {singular(noun) if is_one(count) else noun}"


def is_one(count: Count) -> bool:
    """Whether exactly one is meant, so that its verb is singular."""
    return count.operator == "exact" and count.n == 1


def singular(noun: str) -> str:
    """One of them."""
    first, plus, rest = noun.partition(" and ")
    if plus:
        return f"{singular(first)} or {singular(rest)}"
    if noun in IRREGULAR:
        return IRREGULAR[noun]
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    return noun.removesuffix("s")


def noun_of(unit: str | None, fallback: str) -> str:
    """The noun that a unit stands for ("tanks+guns" is "tanks and guns"), never a word that takes sides (H6)."""
    noun = " and ".join(UNITS.get(u, u) for u in (unit or fallback).split("+")).replace("_", " ")
    return fallback if own_voice(noun) else noun


def day_words(day: str) -> str:
    """An ISO date (or date and time) as "4 October"."""
    d = date.fromisoformat(day[:10])
    return f"{d.day} {MONTHS[d.month - 1]}"
