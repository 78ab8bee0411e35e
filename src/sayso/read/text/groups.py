"""Cells joined into groups: noun groups with their count and their names, verb groups with voice and negation."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sayso.model.lexicon import Lexeme
from sayso.read.text.dates import TIMELY, TIMELY_FEATURES, when_at
from sayso.read.text.features import SINGLE, flags
from sayso.read.text.lapses import ORDINAL, When
from sayso.read.text.names import Name
from sayso.read.text.numbers import COUNTING, COUNTING_FEATURES, Num, bounded, number_at
from sayso.read.text.verbal import VERBAL, VERBAL_FEATURES, Verbs, is_verb
from sayso.read.text.words import Cell

NOUNS: Final = (
    "noun",
    "victim",
    "toll",
    "weapon",
    "attack",
    "deed",
    "human",
    "sum",
    "body",
    "role",
    "report",
    "account",
    "channel",
    "sideword",
)
MARKS: Final = {
    ",": "comma", ";": "semi", ":": "colon", "-": "dash", "–": "dash", "—": "dash", "―": "dash", "(": "open", ")": "close",
    "[": "open", "]": "close", '"': "quote", "“": "quote", "”": "quote", "«": "quote", "»": "quote", ".": "stop",
    "!": "stop", "?": "stop", "…": "stop", "•": "bullet", "*": "bullet", "/": "slash", "„": "quote", "‘": "quote",
    "'": "quote",
}  # fmt: skip
SIMPLE: Final = ("cite", "according", "quotedby", "incl", "voice", "conj", "rel", "that")

for pos in (
    *NOUNS,
    "both",
    "enemy",
    "other",
    "own",
    "state",
    "ward",
    "span",
    "war",
):  # what `lexeme` and `cell` are asked for
    flags(pos)
# The same questions are asked of every word of a sentence: here of bits, which takes a third of the time.
IS_NOUN: Final = flags(*NOUNS)
NO_WORD: Final = flags("!")
IS_PREP: Final = flags("prep")
IS_CMP: Final = flags("cmp")
IS_SIMPLE: Final = flags(*SIMPLE)
IS_MONTH: Final = flags("month")
SHORT_NUMBER: Final = 3  # characters: a day of a month has fewer
IS_PEOPLE: Final = flags("noun:people")
#: What a number alone may be made of.
IS_COUNTING: Final = flags(
    "num", "vague", "cmp", "cmpafter", "incr", "det", "adv", "conj", "prep", "nobody", "poss", "own"
)
ENDING: Final = [
    "conj",
    "rel",
    "cite",
    "according",
    "quotedby",
    "incl",
    "voice",
    "aux",
    "modal",
    "since",
    "day",
    "ago",
    "aged",
]
ENDS_NOUNS: Final = flags(*ENDING, *(f"={mark}" for mark in MARKS))
BEGINNING: Final = ("det", "poss", "pron", "nobody")
BEGINS_NOUNS: Final = flags(*BEGINNING)
COUNTED: Final = flags(*NOUNS, "num", "incr")
IS_MORE: Final = flags("incr")
IS_NOBODY: Final = flags("nobody")
IS_VAGUE: Final = flags("vague")
IMPLYING: Final = flags("incr", "=a", "=an", "=one")
IS_ADVERB: Final = flags("adv", "hedge", "neg")
IS_AGED: Final = flags("aged")
ADVERBIAL: Final = flags("adv", "that", "neg")
DESCRIBED: Final = flags(*NOUNS, "num", "incr", "own", "hedge", "both")
#: What a group of another kind can begin with: all that `group_at` looks for before it tries a noun group.
OPENING: Final = (*TIMELY_FEATURES, *SIMPLE, *VERBAL_FEATURES, "prep", "aged", "!")
IS_OPENING: Final = flags(*OPENING)
TIMELY_OR_PREP: Final = flags(*TIMELY_FEATURES, "prep")
#: A word without any of these goes on with a noun group: no more is asked of it.
IS_SPECIAL: Final = flags(*OPENING, *ENDING, *BEGINNING, *COUNTING_FEATURES, "adv", "that", "neg", "='s")


class Group:
    """A stretch of cells with a kind: np, vg, time, prep, conj, rel, a mark, a cue, or other."""

    __slots__ = ("cells", "end", "kind", "low", "start", "sub", "when")

    def __init__(self, kind: str, cells: Sequence[Cell], sub: str = "", when: When | None = None):
        self.kind, self.cells, self.sub, self.when = kind, cells, sub, when
        self.start, self.end = cells[0].start, cells[-1].end
        self.low = cells[0].low

    def __repr__(self) -> str:
        return f"{self.kind}:{self.sub}[{' '.join(c.text for c in self.cells)}]"


class Np(Group):
    """A noun group. `of` is the group that an "of" hangs on it, `apposed` one beside it between commas, `also` a
    second name of it in brackets, `alone` whether it is only a number."""

    __slots__ = ("also", "apposed", "first_head", "flags", "incr", "names", "neg", "num", "of", "parts")

    def __init__(self, cells: Sequence[Cell]):
        super().__init__("np", cells)
        self.num: Num | None = None
        self.incr = self.neg = False
        self.of: Np | None = None
        self.apposed: Np | None = None
        self.also: str | None = None
        self.parts: list[Np] | None = None
        self.names: list[tuple[Name, Cell]] = []
        self.first_head: Cell | None = None
        found = 0
        for cell in cells:
            found |= cell.flags
            if cell.name is not None:
                self.names.append((cell.name, cell))
        self.flags = found

    def lexeme(self, pos: str, *classes: str) -> Lexeme | None:
        """The last reading of its words as that part of speech and one of those classes (any, where none is given)."""
        if not self.flags & SINGLE.get(pos, -1):
            return None
        for cell in reversed(self.cells):
            for lexeme in cell.lex.get(pos, ()):
                if not classes or lexeme.cls in classes:
                    return lexeme
        return None

    def cell(self, pos: str, *classes: str) -> Cell | None:
        """The last cell with such a reading."""
        if not self.flags & SINGLE.get(pos, -1):
            return None
        for cell in reversed(self.cells):
            if any(not classes or x.cls in classes for x in cell.lex.get(pos, ())):
                return cell
        return None

    @property
    def head(self) -> Cell:
        """The last noun of the group, else its last cell."""
        found = self.first_head
        if found is None:
            found = self.cells[-1]
            if not found.flags & IS_NOUN and self.flags & IS_NOUN:
                found = next(c for c in reversed(self.cells) if c.flags & IS_NOUN)
            self.first_head = found
        return found

    @property
    def alone(self) -> bool:
        """Whether it is a number with no noun."""
        return (
            self.num is not None
            and not self.names
            and all(c.flags & IS_COUNTING or not (c.lex or c.name or c.low.isalpha()) for c in self.cells)
        )

    @property
    def people(self) -> Lexeme | None:
        """The people that it counts or names, if it does."""
        return self.lexeme("noun", "people") if self.flags & IS_PEOPLE else None

    @property
    def human(self) -> Lexeme | None:
        """The people or holders of an office that it counts or names, if it does."""
        return self.people or self.lexeme("human")

    def chain(self) -> "list[Np]":
        """It and what hangs on it by "of", outermost first: asked for once the groups of its sentence are joined."""
        out = self.parts
        if out is None:
            out, last = [self], self.of
            while last is not None:
                out.append(last)
                last = last.of
            self.parts = out
        return out

    def tail(self) -> "Np":
        """The last of what hangs on it so far, else itself."""
        last = self
        while last.of is not None:
            last = last.of
        return last


class Vg(Group):
    """A verb group: classes of its main verb, voice, negation, mood."""

    __slots__ = ("classes", "feat", "inf", "main", "modal", "neg", "passive", "say")

    def __init__(self, cells: Sequence[Cell], verbs: Verbs):
        super().__init__("vg", cells)
        self.classes, self.say, self.main = verbs.classes, verbs.say, verbs.main
        self.passive, self.neg, self.modal = verbs.passive, verbs.neg, verbs.modal
        self.inf, self.feat = verbs.inf, verbs.feat


def time_group(cells: Sequence[Cell], i: int, published: date | None) -> tuple[Group, int] | None:
    """The date expression that starts at a cell or behind its preposition, and the index after it."""
    cell = cells[i]
    if cell.flags & TIMELY and (found := when_at(cells, i, published)) is not None:
        return Group("time", cells[i : found[1]], when=found[0]), found[1]
    if not cell.flags & IS_PREP or i + 1 >= len(cells):
        return None
    at = i + 1
    after = cells[at]
    if after.low in ("the", "a", "its") and at + 1 < len(cells) and ORDINAL.match(cells[at + 1].low):
        at += 1  # "for the 11th day"
    elif not after.flags & TIMELY:
        return None
    when = when_at(cells, at, published)
    if when is not None and cell.flags & IS_CMP and "T" not in (when[0].first or ""):
        return None  # "around 6 May" may be a number of something; "around 2 a.m." is none
    return (Group("time", cells[i : when[1]], when=when[0]), when[1]) if when is not None else None


def group_at(cells: Sequence[Cell], i: int, published: date | None) -> tuple[Group, int]:
    """The group that starts at a cell, and the index after it."""
    cell = cells[i]
    has = cell.flags
    if not has & IS_OPENING and (noun := noun_group(cells, i)) is not None:
        return noun
    if has & NO_WORD and (mark := MARKS.get(cell.low)):
        return Group(mark, cells[i : i + 1]), i + 1
    if has & TIMELY_OR_PREP and (timed := time_group(cells, i, published)) is not None:
        return timed
    if has & IS_AGED and (after := ages_end(cells, i)) > i + 1:
        return Group("adv", cells[i:after]), after
    if has & IS_SIMPLE and (simple := simple_at(cells, i)) is not None:
        return simple, i + 1
    if has & VERBAL and is_verb(cells, i):
        verbs = Verbs.read(cells, i)
        return Vg(cells[i : verbs.after], verbs), verbs.after
    if has & IS_PREP and (not has & COUNTING or number_at(cells, i) is None):
        word = cell.one("prep")
        return Group("prep", cells[i : i + 1], word.cls if word else ""), i + 1
    if (noun := noun_group(cells, i)) is not None:
        return noun
    return Group("adv" if has & IS_ADVERB else "other", cells[i : i + 1]), i + 1


def simple_at(cells: Sequence[Cell], i: int) -> Group | None:
    """The conjunction, relative pronoun or cue that a cell is by itself."""
    cell = cells[i]
    kind = next(kind for kind in SIMPLE if kind in cell.lex)
    if kind == "rel" and cell.low == "that" and starts_noun(cells, i):
        return None
    word = cell.one(kind)
    return Group(kind, cells[i : i + 1], word.cls if word else "")


def ages_end(cells: Sequence[Cell], i: int) -> int:
    """The index after an age: "aged 14 and 17", "aged between 8 and 12", "at the age of 70"."""
    at = i + 1
    while at < len(cells) and (found := number_at(cells, at)) is not None:
        at = found[1]
        if at + 1 < len(cells) and cells[at].low in ("and", ",", "to", "or") and number_at(cells, at + 1) is not None:
            at += 1
    return at


def starts_noun(cells: Sequence[Cell], i: int) -> bool:
    """Whether "that" is a determiner here ("that village"): the first word, with a noun right behind it."""
    return i == 0 and i + 1 < len(cells) and cells[i + 1].has("noun")


def noun_group(cells: Sequence[Cell], i: int) -> tuple[Np, int] | None:
    """The noun group that starts at a cell."""
    at, num, counted = i, None, False
    seen, noun = 0, False  # what its words say beside the number; whether a noun or a name has been seen
    while at < len(cells):
        cell = cells[at]
        has = cell.flags
        if has & IS_SPECIAL:
            counts = num is None and has & COUNTING and not (at > i and day_of_month(cells, at))
            if counts and (found := number_at(cells, at)) is not None:
                if (noun and cells[at - 1].low != "'s") or (at > i and closes(cells[at - 1])):
                    break
                noun = noun or any(c.flags & IS_NOUN or c.name for c in cells[at : found[1]])
                num, at = found
                counted = True
                continue
            if has & ENDS_NOUNS or (has & IS_PREP and not has & IS_NOUN) or not belongs(cells, i, at, counted=counted):
                break
        seen |= has
        if has & IS_NOUN or cell.name is not None:
            noun = True
        at += 1
    if at == i:
        return None
    made = Np(cells[i:at])
    made.incr, made.neg = bool(seen & IS_MORE), bool(seen & IS_NOBODY)
    made.num = num or implied(made, made.cells)
    return made, at


def day_of_month(cells: Sequence[Cell], at: int) -> bool:
    """Whether a number stands beside the name of its month ("the 16 November murders")."""
    near = (*cells[at - 1 : at], *cells[at + 1 : at + 2])
    return len(cells[at].low) < SHORT_NUMBER and any(c.flags & IS_MONTH for c in near)


def belongs(cells: Sequence[Cell], first: int, at: int, *, counted: bool) -> bool:
    """Whether a cell that does not end noun groups goes on (or begins) the one that began at `first`."""
    cell = cells[at]
    has = cell.flags
    if cell.low == "'s":
        return at > first
    if at > first and cell.name is not None and cell.low.startswith("the ") and cells[at - 1].low != "'s":
        return False  # "how many were in the school the Front does not know"
    if at > first and (
        (has & BEGINS_NOUNS and not has & COUNTED)
        or (has & VERBAL and is_verb(cells, at))
        or (counted and second_number(cell))
    ):
        return False
    if has & ADVERBIAL and not has & DESCRIBED:
        return bool(
            at > first and at + 1 < len(cells) and cells[at + 1].flags & IS_NOUN and not cells[at - 1].flags & IS_NOUN
        )
    return bool(cell.lex or cell.name or cell.low[:1].isalnum())


def closes(cell: Cell) -> bool:
    """Whether a word that no list knows is the noun that a group ends with, so that a number begins the next."""
    if cell.has("hedge") and " " in cell.low:
        return True  # "a first rough tally"
    return not cell.lex and cell.low.isalpha() and not cell.low.endswith(("ing", "ed", "st", "th", "er"))


def second_number(cell: Cell) -> bool:
    """Whether a cell is a second number, which begins a group of its own."""
    return cell.low[:1].isdigit() and not cell.lex


def implied(made: Np, cells: Sequence[Cell]) -> Num | None:
    """The count that an article or a negation says: "a tank" is 1, "no casualties" 0, "heavy losses" many."""
    first = cells[0]
    if made.neg:
        return bounded("none", None, first.start, first.end)
    if made.flags & IS_VAGUE:
        for cell in cells:
            if (vague := cell.one("vague")) is not None:
                return bounded(vague.cls, None, cell.start, cell.end)
    if not first.flags & IMPLYING:
        return None
    if first.has("incr") and first.low in ("another", "a further"):
        singular = any(x.feat == "sg" for c in cells for x in c.lex.get("noun", ()))
        return one(first) if singular else None
    if first.low in ("a", "an", "one"):
        return one(first)
    return None


def one(cell: Cell) -> Num:
    """A count of one that only an article says."""
    return Num("exact", 1, 1, 1, cell.start, cell.end, bare=False)
