"""Who has what open, in words."""

import re
from collections.abc import Iterable
from typing import Final

#: A statement, an entry, a question or a draft.
ABOUT: Final = re.compile(r"(s|p|q|compose)/[\w.-]+")
#: Where something begins that is nobody's yet.
BEGINS: Final = ("compose", "paste")
#: Paths below a statement that change nothing.
LOOKS: Final = ("", "/original", "/compare")


def about(path: str) -> str:
    """What a page is about, by its path under the coverage's desk: the statement, whatever of it is open; else the page."""
    found = ABOUT.match(path)
    return found[0] if found else path


def in_words(open_: Iterable[tuple[str, str]], *, me: str | None) -> dict[str, list[str]]:
    """For each thing that somebody else than `me` has open (pairs of user and path) the sentences that say so, by name."""
    found: dict[str, dict[str, bool]] = {}
    for user, path in open_:
        if user != me and path not in BEGINS:
            thing = about(path)
            edits = is_edited(path)
            found.setdefault(thing, {})[user] = edits or found.get(thing, {}).get(user, False)
    return {
        thing: [
            f"{user} is editing this" if edits else f"{user} has this open" for user, edits in sorted(people.items())
        ]
        for thing, people in found.items()
    }


def is_edited(path: str) -> bool:
    """Whether what is open there is a form that changes something."""
    thing = ABOUT.match(path)
    if thing is None:
        return path == "summary" or path.startswith("overview")
    return path[thing.end() :] not in LOOKS or thing[1] == "compose"
