"""Whether words of a text name a party, a body or a speaker of the coverage. Asked again for the risks only."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from sayso.model.claim import Attribution, Span
from sayso.model.conflict import Body, Conflict
from sayso.model.coverage import Source
from sayso.model.seeking import words_of


def body_of(conflict: Conflict, name: str | None) -> Body | None:
    """The body of that name in any of its spellings, None if the coverage lists none."""
    if name is None:
        return None
    folded = name.casefold()
    return next((b for b in conflict.bodies if any(n.casefold() == folded for n in b.names)), None)


#: Shorter parts of a name are common words and particles.
TELLING: Final = 4


def part_of_name_in(name: str, texts: Iterable[str]) -> str:
    """The part of a name that a text gives away, folded, "" where none does (H11): the whole name, or one of its words of
    TELLING letters or more, whatever ending a language puts to it."""
    words = words_of(name)
    telling = [w for w in words if len(w) >= TELLING]
    for found in map(words_of, texts):
        if words and f" {' '.join(words)} " in f" {' '.join(found)} ":
            return " ".join(words)
        for part in telling:
            if any(w.startswith(part) for w in found):
                return part
    return ""


def is_own_channel(source: Source, conflict: Conflict) -> bool:
    """Whether a channel's owner is the speaker of what it publishes: a body's, unless that body is an outlet."""
    body = body_of(conflict, source.body)
    return source.body is not None and (body is None or body.kind not in ("media", "outlet"))


def side_of_source(source: Source, conflict: Conflict) -> str | None:
    """For whom a channel speaks: its body's side, else its party; None for an outlet that tells what others say."""
    if source.body is None:
        return None
    body = body_of(conflict, source.body)
    return (body.side if body else None) or source.party


def mentions_party(text: str, party: str, conflict: Conflict) -> bool:
    """Whether the text names a party, or one of its bodies, people or places."""
    names = [*names_of_party(party, conflict)]
    names += [n for p in conflict.people if p.side == party for n in (p.name, *p.names)]
    names += [n for p in conflict.places if p.side == party for n in p.names]
    return contains_any(text, names)


def names_of_party(party: str, conflict: Conflict) -> Iterator[str]:
    """Every name of a party and of its bodies."""
    yield from (n for p in conflict.parties if p.id == party for n in p.names)
    yield from (n for b in conflict.bodies if b.side == party for n in b.names)


def where_named(text: str, names: Iterable[str], within: Span) -> Iterator[Span]:
    """Where any of the names stands inside `within`, as spans of `text`."""
    for name in names:
        if name:
            yield from (Span(*m.span()) for m in _pattern(name).finditer(text, within.start, within.end))


def names_in(text: str, attr: Attribution, conflict: Conflict) -> bool:
    """Whether the words name the speaker, the body or, for a bare side, the party that the claim gives.

    The speaker's own names in the text count, and any spelling that the coverage lists; a role or a general word
    ("the ministry") counts where it shares a word with the body's names.
    """
    names: list[str] = [n for n in (attr.speaker, attr.org, attr.role) if n]
    body = body_of(conflict, attr.org)
    names += body.names if body else ()
    names += [n for p in conflict.people if attr.speaker in (p.name, *p.names) for n in (p.name, *p.names)]
    if attr.side is not None:
        names += [n for p in (*conflict.parties, *conflict.third) if p.id == attr.side for n in p.names]
        names += [n for g in conflict.groups if g.id == attr.side for n in g.names]
    if not names:
        return True
    return contains_any(text, names) or _shares_a_word(text, names)


def contains_any(text: str, names: Iterable[str]) -> bool:
    """Whether any of the names stands in the text, as whole words; `*` at the end stands for any letters."""
    return any(_pattern(name).search(text) for name in names if name)


@lru_cache(maxsize=8192)
def _pattern(name: str) -> "re.Pattern[str]":
    stem = name.endswith("*")
    words = re.escape(name.rstrip("*")).replace(r"\ ", r"\s+")
    flags = re.NOFLAG if name.isupper() else re.IGNORECASE  # case counts only for a name all in capitals
    end = "" if stem else r"(?!\w)"
    return re.compile(rf"(?<!\w){words}{end}", flags)


def _shares_a_word(text: str, names: Iterable[str]) -> bool:
    """Whether a word of five letters or more is in both."""
    ours = {w.casefold()[:7] for w in re.findall(r"\w{5,}", text)}
    return any(w.casefold()[:7] in ours for name in names for w in re.findall(r"\w{5,}", name))
