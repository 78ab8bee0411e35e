"""Salted hashes that recognise what was taken down without holding a word of it."""

import hashlib
from collections.abc import Iterable

from sayso.store.coding import origin_of

#: A text with fewer letters than this is too common to be recognised by its words ("No comment").
SHORTEST_TEXT = 24


def make_guards(salt: str, *, source: str, key: str, texts: Iterable[str]) -> tuple[str, ...]:
    """The guards of an item: one for its key in its source, one for each text that is long enough to be its own."""
    words = (_guard(salt, "text", origin_of(text)) for text in texts if _long_enough(text))
    return tuple(sorted({_guard(salt, "key", source, key), *words}))


def guards_match(salt: str, guards: Iterable[str], *, source: str, key: str, text: str) -> bool:
    """Whether an item has the key, in that source, or the words that the guards were made of."""
    known = set(guards)
    if _guard(salt, "key", source, key) in known:
        return True
    return _long_enough(text) and _guard(salt, "text", origin_of(text)) in known


def question_guard(salt: str, question: str) -> str:
    """What recognises a question, by its id, of which an answer was taken down."""
    return _guard(salt, "question", question)


def _long_enough(text: str) -> bool:
    return sum(c.isalnum() for c in text) >= SHORTEST_TEXT


def _guard(*fields: str) -> str:
    digest = hashlib.sha256()
    for field in fields:
        digest.update(field.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()
