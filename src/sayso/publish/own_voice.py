"""Words that the page never says in its own voice (H6): a list per language, and more per coverage."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

#: Inside quotation marks it is not our voice. A mark that is never closed shields nothing.
QUOTED: Final = re.compile(r"“[^“”]*”|«[^«»]*»|„[^„“”]*[“”]|\"[^\"]*\"")


@dataclass(frozen=True, slots=True)
class Finding:
    """A word that our own voice may not use, and where in the text it stands."""

    word: str
    start: int
    end: int


@cache
def word_lists(lang: str = "en") -> Mapping[str, Any]:
    """The word lists of a language."""
    return tomllib.loads((files("sayso.publish.words") / f"{lang}.toml").read_text("utf-8"))


def own_voice(
    text: str, never: Iterable[str] = (), *, names: Iterable[str] = (), lang: str = "en"
) -> tuple[Finding, ...]:
    """Every forbidden word outside quotation marks, in order (H6).

    `never` are the coverage's own words beside the list. `names` are proper names of the coverage, which a party or
    body chose for itself; what stands inside one of them is not our word.
    """
    hidden = text
    for shield in (QUOTED, _names(tuple(names))):
        hidden = shield.sub(lambda m: " " * len(m[0]), hidden) if shield else hidden
    found = _pattern(lang, tuple(never)).finditer(hidden)
    return tuple(Finding(m[0], m.start(), m.end()) for m in found)


@cache
def _pattern(lang: str, more: tuple[str, ...]) -> "re.Pattern[str]":
    words = sorted((*word_lists(lang)["never"], *more), key=len, reverse=True)
    inner = "|".join(re.escape(w.removesuffix("*")) + (r"\w*" if w.endswith("*") else "") for w in words)
    return re.compile(rf"(?<!\w)(?:{inner})(?!\w)", re.IGNORECASE)


@cache
def _names(names: tuple[str, ...]) -> "re.Pattern[str] | None":
    whole = sorted((n for n in names if n and not n.endswith("*")), key=len, reverse=True)
    return re.compile("|".join(re.escape(n) for n in whole), re.IGNORECASE) if whole else None
