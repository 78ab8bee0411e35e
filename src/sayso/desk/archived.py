"""The archived copy of a statement as it came, for an eye that compares: its text round the statement's own words."""

import re
from typing import Final

#: So much of a large original is shown, in code points: the whole can be saved.
SHOWN: Final = 6_000
BEFORE: Final = 600
LEFT_OUT: Final = "[…]"
#: Between two words of a line: blanks, signs and tags, bounded so that no original can keep us busy.
BETWEEN: Final = r"(?:<[^<>]{0,80}>|\W){1,12}"


def as_archived(whole: str, text: str) -> str:
    """The part of an archived text that holds the statement's words, or its beginning where they are not found as they
    are; what is left out at either end is marked."""
    if len(whole) <= SHOWN:
        return whole
    start = max(0, _where(whole, text) - BEFORE)
    end = start + SHOWN
    return f"{LEFT_OUT if start else ''}{whole[start:end]}{LEFT_OUT if end < len(whole) else ''}"


def _where(whole: str, text: str) -> int:
    """Where the first of the statement's lines begins whose opening words stand in the original; 0 where none does."""
    for line in text.splitlines():
        words = re.findall(r"\w+", line)[:6]
        found = re.search(BETWEEN.join(map(re.escape, words)), whole) if len(words) > 2 else None
        if found is not None:
            return found.start()
    return 0
