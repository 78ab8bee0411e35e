"""The words that an editor's eye stops at, per language: a second pair of eyes beside the reader's own lexicons."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sayso.model.claim import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """One language's words. Keys of `operators`, `vague` and `hedges` are those of the claim scheme."""

    lang: str
    operators: Mapping[str, "re.Pattern[str]"]
    operators_after: Mapping[str, "re.Pattern[str]"]
    vague: Mapping[str, "re.Pattern[str]"]
    hedges: Mapping[str, "re.Pattern[str]"]
    not_yet: "re.Pattern[str]"
    negations: "re.Pattern[str]"
    not_negations: "re.Pattern[str]"
    relays: "re.Pattern[str]"
    enemy: "re.Pattern[str]"
    status: Mapping[str, "re.Pattern[str]"]
    deeds: Mapping[str, "re.Pattern[str]"]
    no_people: "re.Pattern[str]"
    own: "re.Pattern[str]"
    itself: "re.Pattern[str]"
    lost: "re.Pattern[str]"
    shelter: "re.Pattern[str]"
    numbers: Mapping[str, int]
    articles: frozenset[str]
    multipliers: Mapping[str, int]


@cache
def checklist(lang: str | None) -> Checklist | None:
    """The checklist of a language (its primary subtag), None where nobody has written one: then a risk says so."""
    name = (lang or "en").split("-")[0].casefold()
    if not name.isalpha():
        return None
    file = files("sayso.desk") / "words" / f"{name}.toml"
    if not file.is_file():
        return None
    return _built(name, tomllib.loads(file.read_text("utf-8")))


def _built(lang: str, data: Mapping[str, Mapping[str, list[str]]]) -> Checklist:
    return Checklist(
        lang=lang,
        operators={k: any_of(v) for k, v in data["operators"].items()},
        operators_after={k: any_of(v) for k, v in data["operators_after"].items()},
        vague={k: any_of(v) for k, v in data["vague"].items()},
        hedges={k: any_of(v) for k, v in data["hedges"].items()},
        not_yet=any_of(data["not_yet"]["words"]),
        negations=any_of(data["negations"]["words"]),
        not_negations=any_of(data["negations"]["except"]),
        relays=any_of(data["relays"]["words"]),
        enemy=any_of(data["enemy"]["words"]),
        status={k: any_of(v) for k, v in data["status"].items()},
        deeds={k: any_of(v) for k, v in data["deeds"].items()},
        no_people=any_of(data["no_people"]["words"]),
        own=any_of(data["own"]["possessives"]),
        itself=any_of(data["own"]["pronouns"]),
        lost=any_of(data["own"]["lost"]),
        shelter=any_of(data["shelter"]["words"]),
        numbers={k: int(str(v)) for k, v in data["numbers"].items()},
        articles=frozenset(data["articles"]["words"]),
        multipliers={k: int(str(v)) for k, v in data["multipliers"].items()},
    )


def any_of(words: Iterable[str]) -> "re.Pattern[str]":
    """A pattern that finds any of the words whole, in any case, the longest first; `*` at an end stands for any letters.

    No words at all are never found.
    """
    longest_first = sorted(words, key=len, reverse=True)
    inner = "|".join(re.escape(w).replace(r"\ ", r"\s+").replace(r"\*", r"\w*") for w in longest_first) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{inner})(?!\w)", re.IGNORECASE)


def found(pattern: "re.Pattern[str]", text: str, within: Span) -> Iterator[Span]:
    """Where the words stand inside `within`, as spans of `text`."""
    for match in pattern.finditer(text, within.start, within.end):
        yield Span(*match.span())
