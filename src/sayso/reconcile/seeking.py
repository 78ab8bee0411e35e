"""What a reader types -> what is sought: a name in any configured spelling stands for all of them."""

from collections.abc import Iterable
from typing import Final

from sayso.model.conflict import Conflict
from sayso.model.seeking import Spelling, Wanted, words_of
from sayso.reconcile.names import matches
from sayso.reconcile.spelling import sound

#: Words of a query that count, and of a name; spellings of one name that are looked for.
MOST_WORDS: Final = 8
LONGEST_NAME: Final = 5
MOST_SPELLINGS: Final = 40
#: Shorter names than this are no other spelling of anything.
SHORTEST_SOUND: Final = 4


def wanted(query: str, conflict: Conflict) -> Wanted:
    """What is sought, one group for each word or name of a query, in its order; none where it holds no word."""
    words, groups = words_of(query)[:MOST_WORDS], list[tuple[Spelling, ...]]()
    known = (particular(conflict), general(conflict))
    while words:
        for size in range(min(LONGEST_NAME, len(words)), 0, -1):
            typed = tuple(words[:size])
            meant = ([s for of_one in names if stand_for(typed, of_one) for s in of_one] for names in known)
            spellings = next(filter(None, meant), [])
            if spellings or size == 1:
                as_typed = Spelling(typed)
                found = dict.fromkeys((as_typed, *(s for name in spellings if (s := spelling(name)) is not None)))
                groups.append(tuple(found)[:MOST_SPELLINGS])
                words = words[size:]
                break
    return tuple(groups)


def particular(conflict: Conflict) -> list[tuple[str, ...]]:
    """The names of each configured person and place. They go first: a capital that stands for its side is a town here."""
    return [*((p.name, *p.names) for p in conflict.people), *(p.names for p in conflict.places)]


def general(conflict: Conflict) -> list[tuple[str, ...]]:
    """The names of each configured party, camp and body."""
    parties = [p.names for p in (*conflict.parties, *conflict.third)]
    return [*parties, *(b.names for b in conflict.bodies), *(g.names for g in conflict.groups)]


def stand_for(typed: tuple[str, ...], names: Iterable[str]) -> bool:
    """Whether typed words are one of the names, in whatever spelling or script."""
    said, heard = " ".join(typed), tuple(map(sound, typed))
    long = len("".join(heard)) >= SHORTEST_SOUND
    for name in names:
        words = tuple(words_of(name))
        if words == typed or matches(name.casefold(), said) or (long and tuple(map(sound, words)) == heard):
            return True
    return False


def spelling(name: str) -> Spelling | None:
    """A configured name as it is looked for; None where it holds no word."""
    words = tuple(words_of(name))
    return Spelling(words, name.endswith("*")) if words else None
