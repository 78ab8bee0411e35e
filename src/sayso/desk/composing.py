"""What the desk's own head and text may say, and what a later edit of them may change unseen. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from sayso.desk.bearing import Told, operators_beside
from sayso.desk.bullets import figures_at, figures_in
from sayso.desk.checklist import checklist
from sayso.desk.naming import where_named
from sayso.errors import Refused
from sayso.model.claim import Span

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
#: Words of a direction: one in the place of another tells of another place.
DIRECTIONS: Final = frozenset((
    "north", "south", "east", "west", "northern", "southern", "eastern", "western", "left", "right", "before", "after", "day",
    "night",
))  # fmt: skip
#: Words that begin a sentence with a capital and are no name.
LITTLE: Final = frozenset((
    "the", "a", "an", "it", "its", "he", "she", "they", "we", "this", "that", "these", "those", "there", "in", "on", "at",
    "of", "to", "from", "by", "and", "but", "or", "as", "for", "with", "both", "each", "all", "some", "more", "then", "so",
))  # fmt: skip
#: From so many letters on a word is hardly another one with one letter changed. [ours]
LONG_WORD: Final = 7
_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])\s+|\s*\n\s*")


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
    """What an edit changes that readers must be told of: "a figure", "a name or place", "the meaning", or "" for none of them.

    Figures stand in an order, each with its operator and among the names; sentences that were only added turn nothing round.
    """
    names = tuple(names)
    was, now = tuple(marked(before, names)), tuple(marked(after, names))
    if [m for m in was if not isinstance(m, str)] != [m for m in now if not isinstance(m, str)]:
        return "a figure"
    if [m for m in was if isinstance(m, str)] != [m for m in now if isinstance(m, str)]:
        return "a name or place"
    if was != now:
        return "a figure"
    changes = tuple(changes_in(before, after))
    if any(is_name_change(old, new) for old, new in changes):
        return "a name or place"
    return "the meaning" if any(turns(old, new) for old, new in changes) else ""


def marked(text: str, names: Iterable[str]) -> Iterator[str | tuple[frozenset[float], frozenset[str]]]:
    """The figures of a text, each with its operators, and the words of its names in small letters, in the order of the text.
    A name is known, or begins with a capital inside a sentence."""
    english = checklist("en")
    for sentence in sentences(without_addresses(text)):
        whole = Span(0, len(sentence))
        known = tuple(where_named(sentence, names, whole))
        found: list[tuple[int, str | tuple[frozenset[float], frozenset[str]]]] = []
        for n, word in enumerate(WORD.finditer(sentence)):
            if (n and word[0][0].isupper()) or any(Span(*word.span()).meets(k) for k in known):
                found.append((word.start(), word[0].casefold()))
        for span, values in figures_at(sentence):
            if values and english:
                figure = Told(sentence=sentence, span=span, values=values, beside=())
                found.append((span.start, (values, operators_beside(figure, english))))
        yield from (what for _, what in sorted(found, key=lambda f: f[0]))


def changes_in(before: str, after: str) -> Iterator[tuple[list[str], list[str]]]:
    """The words that an edit takes out of sentences, and those that it puts in their place; none for a sentence that is only
    added, and none for the spelling of a word."""
    was, now = sentences(before), sentences(after)
    for kind, a, b, c, d in SequenceMatcher(a=was, b=now, autojunk=False).get_opcodes():
        if kind not in ("equal", "insert"):
            yield from words_changed(" ".join(was[a:b]), " ".join(now[c:d]))


def words_changed(before: str, after: str) -> Iterator[tuple[list[str], list[str]]]:
    """The words that differ between two texts, as they stand there, without those that differ in spelling alone."""
    old, new = WORD.findall(before), WORD.findall(after)
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind != "equal" and not is_spelling(old[a:b], new[c:d], (old[max(a - 1, 0) : a], old[b : b + 1])):
            yield old[a:b], new[c:d]


def sentences(text: str) -> list[str]:
    """The sentences and lines of a text."""
    return [s for s in _SENTENCE_END.split(text) if s.strip()]


def is_name_change(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether one word with a capital takes the place of another; at the beginning of a sentence nobody can tell a name."""
    one, other = ([w for w in words if w[0].isupper() and w.casefold() not in LITTLE] for words in (old, new))
    return bool(one and other and one != other)


def turns(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether words that take the place of others turn round what is said: a denial, a reservation, a deed, whom it
    befell, a direction, or the opposite of a word."""
    pairs = ((a.casefold(), b.casefold()) for a in old for b in new)
    opposite = any(a != b and (a.endswith(b) or b.endswith(a)) for a, b in pairs)
    return opposite or weighty(old) != weighty(new)


def weighty(words: Sequence[str]) -> Counter[str]:
    """The words among these that decide what is said, by what they say."""
    english, text = checklist("en"), " ".join(words)
    found = turning(w.casefold() for w in words) + Counter(w.casefold() for w in words if w.casefold() in DIRECTIONS)
    if english is not None:
        for said in (english.status, english.deeds, english.hedges):
            found.update({name: sum(1 for _ in pattern.finditer(text)) for name, pattern in said.items()})
    return +found


def typo_fault(before: str, after: str, names: Iterable[str]) -> str:
    """The sentence that says why an edit is more than the spelling of a word, "" where it is not."""
    touched = touches(before, after, names)
    if touched:
        return f"It changes {touched}: that is no typo. Say what was wrong."
    changed = next((" ".join(new or old) for old, new in words_changed(before, after)), "")
    return f"It changes more than spelling (“{changed}”): leave “typo” unticked." if changed else ""


def turning(words: Iterable[str]) -> Counter[str]:
    """The words among these that turn what is said round."""
    return Counter(
        "not" if w.endswith(("n't", "n’t")) else w for w in words if w in TURNING or w.endswith(("n't", "n’t"))
    )


def is_spelling(old: Sequence[str], new: Sequence[str], around: Sequence[Sequence[str]]) -> bool:
    """Whether words differ in spelling alone: one of them misspelt, two written as one, or a word that stood twice; `around`
    are the words before and after the old ones. Names and numbers have no slips of the pen."""
    if not new:
        return list(old) in [list(words) for words in around]
    if has_figure(" ".join(old)) or has_figure(" ".join(new)) or turning(old) != turning(new):
        return False
    if any(not w.isalpha() or w != w.casefold() for w in (*old, *new)):
        return "".join(old) == "".join(new)
    if len(old) == len(new):
        return all(a == b or is_slip(a, b) for a, b in zip(old, new, strict=True))
    return "".join(old) == "".join(new)


def is_slip(one: str, other: str) -> bool:
    """Whether a single slip of the pen makes one word of another: two neighbours changed places, a letter inside is missing
    or doubled, or in a long word a vowel stands for another. What stands before a word, or at its end, has a meaning."""
    short, long = sorted((one, other), key=len)
    n = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) == len(long):
        swapped = short[:n] + short[n : n + 2][::-1] + short[n + 2 :]
        vowel = len(short) >= LONG_WORD and 0 < n < len(short) - 1 and {short[n], long[n]} <= set("aeiou")
        return swapped == long or (vowel and short[n + 1 :] == long[n + 1 :])
    if len(long) - len(short) != 1 or long[:n] + long[n + 1 :] != short or n == 0:
        return False
    doubled = long[n] == long[n - 1]
    return doubled or (len(short) >= LONG_WORD and n < len(short))
