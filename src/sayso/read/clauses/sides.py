"""Whose, who, where: parties and places in a sentence by name, case, preposition and position."""

from collections.abc import Iterable, Iterator
from typing import Final

from sayso.model.conflict import Place
from sayso.read.clauses.sentence import Sentence
from sayso.read.clauses.tagging import STEM, Word

DOERS: Final = frozenset(("", "nom", "ins"))


def party_at(s: Sentence, k: int) -> str | None:
    """The party that a word names or points at, None where it is none (a place behind a preposition is a place)."""
    word = s.words[k]
    if (enemy := word.one("enemy")) is not None:
        return enemy_of(s, word.start) if enemy.cls != "own" else s.scene.speaking_side(word.start) or speaking(s)
    name = word.name
    if name is None:
        return s.scene.directory.all_id if word.has("both") else None
    if name.party and not (name.place is not None and behind_place(s, k)):
        return name.party
    if name.body is not None and name.body.side and name.body.kind != "media":
        return name.body.side
    person = s.scene.directory.holder(name)
    return person.side if person is not None else None


def speaking(s: Sentence) -> str | None:
    """The side of the entry's last source."""
    return s.scene.speaking_memory()


def enemy_of(s: Sentence, at: int) -> str | None:
    """Who "the enemy" is in the mouth that speaks at an offset."""
    own = s.scene.speaking_side(at) or speaking(s) or s.scene.memory.place_side
    if own is None:
        own = next((p.side for _, p in places_in(s, range(len(s.words))) if p is not None and p.side), None)
    return opposite(s, own)


def opposite(s: Sentence, side: str | None) -> str | None:
    """The side that faces another; where its camp has several members, the one that the sentence or entry names."""
    named = tuple(p for p in (plain_party(w) for w in s.words) if p)
    return s.scene.directory.opposite(side, named or tuple(s.scene.memory.parties))


def plain_party(word: Word) -> str | None:
    """The party that a word names outright."""
    return word.name.party if word.name is not None and not word.name.place else None


def behind_place(s: Sentence, k: int) -> bool:
    """Whether a place's preposition or ending stands at a word: "в Киеве", "Bakü'de"."""
    if s.words[k].case == "loc" and s.grammar.profile.source == "before":
        return True
    if s.words[k].prefix and s.words[k].prefix[-1] in "بل":
        return True
    prep = preposition(s, k)
    return prep is not None and s.words[prep].one("prep", "in", "to", "near", "from") is not None


def preposition(s: Sentence, k: int) -> int | None:
    """The preposition that governs a word, over adjectives and class nouns ("in the town of X")."""
    for m in range(k - 1, max(-1, k - 4), -1):
        word = s.words[m]
        if word.has("prep"):
            return m
        if not word.word or word.has("act", "say", "conj", "num") or (word.name is not None and m < k - 2):
            return None
    return None


def parties_in(s: Sentence, where: Iterable[int]) -> Iterator[tuple[int, str]]:
    """The parties named in a stretch, outside of what names sources."""
    for k in where:
        if k not in s.sourced and (found := party_at(s, k)) is not None:
            yield k, found


def places_in(s: Sentence, where: Iterable[int]) -> Iterator[tuple[int, Place | None]]:
    """The places of a stretch: listed ones, and unknown names where the words before say that a place follows."""
    for k in where:
        word = s.words[k]
        if k in s.sourced:
            continue
        if word.name is not None:
            place = word.name.place
            if place is not None and (not word.name.party or behind_place(s, k) or not doing(s, k)):
                yield k, place
        elif unknown_place(s, k):
            yield k, None


def doing(s: Sentence, k: int) -> bool:
    """Whether a capital's name stands as the one who does something."""
    return s.words[k].case in DOERS and preposition(s, k) is None


def unknown_place(s: Sentence, k: int) -> bool:
    """Whether an unlisted name follows "the village of", or "in" and is no role or body."""
    word = s.words[k]
    if not word.word or word.lex or word.text[0].isdigit() or k in s.timed:
        return False
    before = s.words[k - 1] if k else None
    if before is None:
        return False
    named = word.cap or not any(c.isupper() or c.islower() for c in word.text[:1])
    if before.has("settle", "spot") and named:
        return True
    after = s.words[k + 1] if k + 1 < len(s.words) else None
    if word.cap and after is not None and after.has("settle", "spot") and s.grammar.profile.source == "before":
        return True
    return word.cap and k > 1 and before.one("prep", "in", "to", "near") is not None


def place_name(s: Sentence, k: int) -> str:
    """A place as written, with its base form behind a bar where the language inflects it."""
    word = s.words[k]
    base = base_form(s, word)
    before = s.words[k - 1] if k else None
    spot = f"{before.text} {word.text}|" if before is not None and before.has("spot") else ""
    return f"{spot}{word.text}|{base}" if base and base != word.text else f"{spot}{word.text}"


def base_form(s: Sentence, word: Word) -> str | None:
    """The name of the directory that a written form is a case of: in its alphabet, with the most letters in common."""
    place = word.name.place if word.name is not None else None
    if place is None or word.text in place.names:
        return None
    own = s.grammar.profile.letters
    best, found = (1, False, -99), None
    for name in place.names:
        if name.endswith(STEM):
            continue
        shared = next((n for n, (a, b) in enumerate(zip(word.text, name, strict=False)) if a != b), 0) or min(
            len(word.text), len(name)
        )
        if name[:1] != word.text[:1]:
            continue
        rank = (shared, any(c in own for c in name.lower()), -abs(len(name) - len(word.text)))
        if rank > best:
            best, found = rank, name
    return found


def place_side(s: Sentence, where: Iterable[int]) -> str | None:
    """Whose place is named in a stretch."""
    return next((p.side for _, p in places_in(s, where) if p is not None and p.side), None)
