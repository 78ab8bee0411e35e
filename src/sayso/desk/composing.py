"""What the desk's own head and text may say, and what a later edit of them may change unseen. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Final

from sayso.desk.bullets import figures_in
from sayso.errors import Refused

LONGEST_HEAD: Final = 160
#: What the head of an entry begins with that only the desk vouches for.
DESK: Final = "The desk"
WEB: Final = re.compile(r"https?://\S+")
WORD: Final = re.compile(r"\w+(?:['’-]\w+)*")
#: Words that turn what is said round: none of them comes or goes by a slip of the pen.
TURNING: Final = frozenset((
    "not", "no", "nor", "never", "none", "nobody", "nothing", "neither", "without", "deny", "denies", "denied", "refute",
    "refutes", "refuted", "false",
))  # fmt: skip
#: How much of its letters a misspelled word shares with the right one.
ALIKE: Final = 0.7


def refuse_head(head: str, claimants: Sequence[str]) -> None:
    """Raise Refused, in words for the editor, unless the head begins with who says it (H3): one of the claimants, or where
    there is none the desk itself."""
    if not head.strip():
        raise Refused("Write a head.")
    if len(head) > LONGEST_HEAD:
        raise Refused(f"The head is longer than {LONGEST_HEAD} characters: shorten it.")
    begin = plain_beginning(head)
    names = claimants or (DESK,)
    if not any(re.match(rf"{re.escape(plain_beginning(name))}(?!\w)", begin) for name in names):
        who = f"“{names[0]}”" if claimants else f"“{DESK}”, since no statement is attached"
        raise Refused(f"Begin the head with who says it: {who}.")


def plain_beginning(text: str) -> str:
    """A text without the article and marks that it may begin with, in small letters."""
    return text.strip().lstrip("“\"'‘«").casefold().removeprefix("the ")


def has_figure(text: str) -> bool:
    """Whether a text says a number, in digits or in words; addresses say none."""
    return any(values for _, values in figures_in(without_addresses(text)))


def without_addresses(text: str) -> str:
    """The text without the addresses in it."""
    return WEB.sub(" ", text)


def touches(before: str, after: str, names: Iterable[str]) -> str:
    """What an edit changes that readers must be told of: "a figure", "a name or place", or "" for neither."""
    if figures_of(before) != figures_of(after):
        return "a figure"
    return "a name or place" if names_of(before, names := tuple(names)) != names_of(after, names) else ""


def figures_of(text: str) -> Counter[frozenset[float]]:
    """The figures of a text, whatever their order."""
    return Counter(values for _, values in figures_in(without_addresses(text)) if values)


def names_of(text: str, names: Iterable[str]) -> Counter[str]:
    """How often each known name stands in a text; a stem ends with "*"."""
    found = Counter[str]()
    for name in names:
        stem = name.removesuffix("*")
        open_ = r"\w*" if name.endswith("*") else ""
        found[name] = len(re.findall(rf"(?<!\w){re.escape(stem)}{open_}(?!\w)", text, re.IGNORECASE)) if stem else 0
    return +found


def typo_fault(before: str, after: str, names: Iterable[str]) -> str:
    """The sentence that says why an edit is more than the spelling of a word, "" where it is not.

    No figure and no known name may change, no word may come or go that turns the meaning round, and each changed word
    must be spelt much like the one that it replaces.
    """
    touched = touches(before, after, names)
    if touched:
        return f"It changes {touched}: that is no typo. Say what was wrong."
    old, new = WORD.findall(before.casefold()), WORD.findall(after.casefold())
    if turning(old) != turning(new):
        return "It turns the meaning round: that is no typo. Say what was wrong."
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind != "equal" and not is_spelling(old[a:b], new[c:d], (old[max(a - 1, 0) : a], old[b : b + 1])):
            words = " ".join(new[c:d] or old[a:b])
            return f"It changes more than spelling (“{words}”): leave “typo” unticked."
    return ""


def turning(words: Iterable[str]) -> Counter[str]:
    """The words among these that turn what is said round."""
    return Counter(
        "not" if w.endswith(("n't", "n’t")) else w for w in words if w in TURNING or w.endswith(("n't", "n’t"))
    )


def is_spelling(old: Sequence[str], new: Sequence[str], around: Sequence[Sequence[str]]) -> bool:
    """Whether words differ in spelling alone: nearly the same letters, or a word that stood twice; `around` are the words
    before and after the old ones."""
    if not new:
        return list(old) in [list(words) for words in around]
    one, other = "".join(old), "".join(new)
    return sorted(one) == sorted(other) or SequenceMatcher(a=one, b=other, autojunk=False).ratio() >= ALIKE
