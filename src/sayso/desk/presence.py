"""Who has what open, in words."""

import re
from collections.abc import Iterable
from typing import Final

#: A statement or draft, and what is open of it: the statement itself, or one of its forms.
ABOUT: Final = re.compile(r"(s|p|d|q)/[\w.-]+")
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
        if user != me:
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
        return path == "summary" or path.startswith(("overview", "compose"))
    return path[thing.end() :] not in LOOKS or thing[1] == "d"
