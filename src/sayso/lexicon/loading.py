"""Lexicons from the data files of the package: one folder a language, any number of TOML files in it.

Each file is a list of `[[entry]]` tables: `pos`, `cls`, `words`, and where they apply `unit`, `who`, `value`, `feat`.
A word may be several words ("shoot down"); `first` and `second` give one for each pair ("health" with "committee").
`values` maps words to numbers. A language whose forms follow rules has an
inflector in `inflecting`; in any other the files list every form, or stems and sets of endings (see `read.clauses`).
`language.toml` is the language's profile and holds no words.
"""

import hashlib
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from sayso.errors import BadSetting
from sayso.lexicon.inflecting import INFLECTORS, Inflector
from sayso.model.lexicon import Lexeme, Lexicon, Profile

PROFILE = "language.toml"
KEYS = frozenset(("pos", "cls", "words", "first", "second", "unit", "who", "value", "values", "feat", "fixed"))
LISTS = (("words",), ("values",), ("first", "second"))  # an entry needs one of these


def load_lexicons() -> Mapping[str, Lexicon]:
    """Every language that the package has word lists for, by language code."""
    return {folder.name: load_lexicon(folder.name) for folder in data_folders()}


def data_folders() -> list[Traversable]:
    """The folders of the languages, in order of their names."""
    root = files("sayso.lexicon") / "data"
    return sorted((f for f in root.iterdir() if f.is_dir() and not f.name.startswith("_")), key=lambda f: f.name)


@lru_cache(maxsize=32)
def load_lexicon(lang: str) -> Lexicon:
    """The lexicon of one language. Raises BadSetting where there is none or a file of it is wrong."""
    folder = files("sayso.lexicon") / "data" / lang
    if not folder.is_dir():
        raise BadSetting(f"no lexicon for {lang!r}; put one into lexicon/data/{lang}/ as TOML files")
    digest, lists, profile = hashlib.sha256(), dict[str, bytes](), Profile(name=lang)
    for file in sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name):
        body = file.read_bytes()
        digest.update(body)
        if file.name == PROFILE:
            profile = profile_of(body, f"{lang}/{file.name}")
        else:
            lists[f"{lang}/{file.name}"] = body
    return Lexicon(
        lang=lang, version=digest.hexdigest()[:12], words=words_of(lists, INFLECTORS.get(lang)), profile=profile
    )


def words_of(lists: Mapping[str, bytes], inflect: Inflector | None) -> Callable[[], tuple[Lexeme, ...]]:
    """A function that parses the lists of a language when it is first called, and then keeps what it found."""

    @cache
    def words() -> tuple[Lexeme, ...]:
        return tuple(dict.fromkeys(x for name, body in lists.items() for x in lexemes_of(body, name, inflect)))

    return words


def profile_of(body: bytes, name: str) -> Profile:
    """The profile of a language. Raises BadSetting that names the file and the key."""
    try:
        data = tomllib.loads(body.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as err:
        raise BadSetting(f"lexicon {name}: not readable as TOML: {err}") from err
    unknown = set(data) - {f.name for f in fields(Profile)}
    if unknown:
        raise BadSetting(f"lexicon {name}: unknown: {sorted(unknown)}")
    cases = {ending: case for case, endings in data.pop("cases", {}).items() for ending in endings}
    endings = {key: tuple(value) for key, value in data.pop("endings", {}).items()}
    plain: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    return Profile(**plain, endings=endings, cases=tuple(sorted(cases.items(), key=lambda c: -len(c[0]))))


def lexemes_of(body: bytes, name: str, inflect: Inflector | None) -> Iterator[Lexeme]:
    """The lexemes of one file. Raises BadSetting that names the file and the entry."""
    try:
        data = tomllib.loads(body.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as err:
        raise BadSetting(f"lexicon {name}: not readable as TOML: {err}") from err
    for number, entry in enumerate(data.get("entry", ()), 1):
        unknown = set(entry) - KEYS
        if unknown or "pos" not in entry or not any(all(entry.get(key) for key in keys) for keys in LISTS):
            raise BadSetting(
                f"lexicon {name}, entry {number}: needs pos and words (or values, or first and second); "
                f"unknown: {sorted(unknown)}"
            )
        yield from entry_lexemes(entry, inflect)


def entry_lexemes(entry: Mapping[str, Any], inflect: Inflector | None) -> Iterator[Lexeme]:
    """All forms of all words of one entry."""
    values: Mapping[str, float] = entry.get("values", {})
    pairs = (f"{a} {b}" for a in entry.get("first", ()) for b in entry.get("second", ()))
    for word in (*entry.get("words", ()), *pairs, *values):
        forms: Iterator[tuple[str, str]] = iter([(word, entry.get("feat", ""))])
        if inflect is not None and not entry.get("fixed"):
            forms = inflect(word, entry["pos"]) or forms
        for form, feat in forms:
            yield Lexeme(
                form=tuple(form.casefold().replace("'s", " 's").replace("s' ", "s 's ").split()),
                pos=entry["pos"],
                cls=entry.get("cls", ""),
                feat=entry.get("feat") or feat,
                unit=entry.get("unit"),
                who=entry.get("who"),
                value=values.get(word, entry.get("value")),
                lemma=word,
            )
