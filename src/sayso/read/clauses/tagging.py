"""The lexicon and the directory of a conflict as one trie over words and stems; a sentence as tagged words."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Final

from sayso.model.lexicon import Lexeme, Lexicon, Profile
from sayso.read.clauses.forms import Token, fold, tokens_of
from sayso.read.text.names import Directory, Name

STEM: Final = "*"
LONGEST_STEM: Final = 24
Reading = tuple[str, str]  # an element of a form (a word, or a stem with its mark), and the proclitic before it
UNMARKED: Final = re.compile(r"[^-'’ʼ]*")  # a token up to the mark before its ending
NOTHING: Final[Mapping[str, tuple[Lexeme, ...]]] = {}


@dataclass(slots=True)
class Node:
    """A point of the trie: what may come next, and what ends here."""

    next: dict[str, "Node"] = field(default_factory=dict)
    lexemes: list[Lexeme] = field(default_factory=list)
    name: Name | None = None


@dataclass(slots=True)
class Word:
    """One or more tokens that mean something together. `lex` by part of speech, `name` from the directory."""

    text: str
    low: str
    start: int
    end: int
    size: int = 1
    lex: Mapping[str, tuple[Lexeme, ...]] = field(default_factory=lambda: NOTHING)
    name: Name | None = None
    case: str = ""
    prefix: str = ""

    @property
    def cap(self) -> bool:
        """Whether it is written with a capital."""
        return self.text[0].isupper()

    def has(self, *pos: str) -> bool:
        """Whether it has a reading as any of these parts of speech."""
        return any(p in self.lex for p in pos)

    def one(self, pos: str, *classes: str) -> Lexeme | None:
        """Its first reading as that part of speech (of one of the classes, if any are given)."""
        return next((x for x in self.lex.get(pos, ()) if not classes or x.cls in classes), None)

    @property
    def word(self) -> bool:
        """Whether it is a word and no sign."""
        return self.text[0].isalnum()


class Grammar:
    """A language's words and a conflict's names, compiled together."""

    def __init__(self, lexicon: Lexicon, directory: Directory):
        self.lang, self.profile, self.directory = lexicon.lang, lexicon.profile, directory
        self.root = Node()
        self.elements: set[str] = set()
        self.marks = "'-" if self.profile.source == "before" else "'"  # what stands before the ending of a name
        self.abbreviations = frozenset(x.form[0].rstrip(".") for x in lexicon.lexemes if x.pos == "abbrev")
        for lexeme in lexicon.lexemes:
            for form in spellings(lexeme.form, self.profile):
                self.node(form).lexemes.append(lexeme)
        for spelling, name in names_in(directory):
            self.add_name(spelling, name)

    def add_name(self, spelling: str, name: Name) -> None:
        """Enter a name; a name that is a stem, or that the language inflects, under its stem."""
        form = [e for part in spelling.split() for e in elements(part, self.profile)]
        if not form:
            return
        node = self.node(tuple(form))
        node.name = node.name.merged(name) if node.name else name
        inflected = (
            name.body is not None or not self.profile.apostrophe
        )  # names of their own take endings behind a mark
        if inflected and len(form[-1]) > 3 and not form[-1].endswith(STEM) and not name.upper:
            for ending in self.profile.name_endings:
                ended = self.node((*form[:-1], form[-1] + ending))
                ended.name = ended.name or name

    def node(self, form: tuple[str, ...]) -> Node:
        """The node of a form, made where there is none."""
        at = self.root
        for element in form:
            self.elements.add(element)
            at = at.next.setdefault(element, Node())
        return at

    def words(self, text: str, start: int, end: int) -> list[Word]:
        """The words of a stretch, the longest match first at each token."""
        tokens = list(tokens_of(text, start, end))
        readings = [tuple(self.readings(t.low)) for t in tokens]
        out, at = [], 0
        while at < len(tokens):
            word = self.match(text, tokens, readings, at)
            out.append(word)
            at += word.size
        return out

    def readings(self, low: str) -> Iterator[Reading]:
        """What a token may be in the trie: itself, its stems, the same without proclitics; the longest first."""
        for prefix, rest in self.bases(low):
            if rest in self.elements:
                yield rest, prefix
            for k in range(min(len(rest), LONGEST_STEM), 0, -1):
                if (stem := rest[:k] + STEM) in self.elements:
                    yield stem, prefix
            for mark in self.marks:
                plain, marked_off, _ = rest.partition(mark)
                if marked_off and plain in self.elements:
                    yield plain, prefix

    def bases(self, low: str) -> Iterator[tuple[str, str]]:
        """A token without its proclitics and article, with what was taken off."""
        article = self.profile.article
        yield "", without(low, article)
        for clitic in self.profile.proclitics:
            if low.startswith(clitic) and len(low) >= len(clitic) + 2:
                yield clitic, without(low[len(clitic) :], article)

    def match(self, text: str, tokens: list[Token], readings: list[tuple[Reading, ...]], at: int) -> Word:
        """The word that starts at a token: the longest match; what shorter stems of the same words say is kept too."""
        found: list[tuple[tuple[int, int, int], Node, str]] = []
        todo = [(self.root, at, 0, "", 0)]
        while todo:
            node, i, letters, prefix, exact = todo.pop()
            if i > at and (node.lexemes or self.fits_name(node, tokens[at])):
                # the longest match wins; of equal ones that without a proclitic, then the longer stem
                found.append(((i - at, letters - 3 * len(prefix), exact), node, prefix))
            if i < len(tokens) and node.next:
                for element, clitic in readings[i]:
                    if (following := node.next.get(element)) is not None and (not clitic or i == at):
                        size = len(element) - element.endswith(STEM)
                        todo.append((following, i + 1, letters + size, clitic or prefix, exact + (STEM not in element)))
        first = tokens[at]
        if not found:
            return Word(first.text, first.low, first.start, first.end, case=self.case(first.low))
        found.sort(key=lambda f: f[0], reverse=True)
        size, prefix = found[0][0][0], found[0][2]
        lex: dict[str, tuple[Lexeme, ...]] = {}
        name: Name | None = None
        for rank, node, clitic in found:
            if rank[0] < size or clitic != prefix:
                continue
            new: dict[str, tuple[Lexeme, ...]] = {}
            for lexeme in sorted(node.lexemes, key=lambda x: x.feat != "sg"):
                if lexeme.pos not in lex:
                    new[lexeme.pos] = (*new.get(lexeme.pos, ()), lexeme)
            lex.update(new)
            if node.name is not None and self.fits_name(node, first):
                name = name.merged(node.name) if name is not None else node.name
        last = tokens[at + size - 1]
        low = " ".join(t.low for t in tokens[at : at + size])
        plain = name is not None and found[0][0][2] == size  # written as the directory has it: its base form
        case = "" if plain else self.case(last.low)
        return Word(text[first.start : last.end], low, first.start, last.end, size, lex, name, case, prefix)

    @staticmethod
    def fits_name(node: Node, first: Token) -> bool:
        """Whether the capitals of a name are as they must be."""
        if node.name is None:
            return False
        if node.name.upper and not UNMARKED.match(first.text).group().isupper():  # type: ignore[union-attr]
            return False
        return not (node.name.person and first.text[0].islower())

    def case(self, low: str) -> str:
        """The case that the ending of a word tells, "" where it tells none."""
        return next((case for ending, case in self.profile.cases if low.endswith(ending)), "")


def without(low: str, article: str) -> str:
    """A word without the article that is glued to it."""
    return low[len(article) :] if article and low.startswith(article) and len(low) >= len(article) + 2 else low


def elements(part: str, profile: Profile) -> list[str]:
    """The elements of one written word of a form: its tokens, the last with the mark of a stem."""
    stem = part.endswith(STEM)
    found = [without(t.low, profile.article) for t in tokens_of(part.rstrip(STEM), 0, len(part.rstrip(STEM)))]
    if stem and found:
        found[-1] += STEM
    return found


def spellings(form: tuple[str, ...], profile: Profile) -> Iterator[tuple[str, ...]]:
    """The forms that a lexicon entry stands for: `word/set` with each ending of the set, `word{,a,b}` likewise."""
    options = [list(variants(part, profile)) for part in form]
    for chosen in product(*options):
        yield tuple(e for part in chosen for e in elements(part, profile))


def variants(part: str, profile: Profile) -> Iterator[str]:
    """The spellings of one word of an entry."""
    head, slash, key = part.partition("/")
    if slash and key in profile.endings:
        for ending in profile.endings[key]:
            yield fold(head) + ending
        return
    head, brace, rest = part.partition("{")
    inside, closed, tail = rest.partition("}")
    if not (brace and closed):
        yield part
        return
    for ending in inside.split(","):
        yield from variants(head + ending + tail, profile)


def names_in(directory: Directory) -> Iterator[tuple[str, Name]]:
    """Every spelling of every name of a conflict, with what it stands for."""
    conflict = directory.conflict
    for party in (*conflict.parties, *conflict.third):
        third = party in conflict.third
        yield from marked(party.names, Name(party=party.id, third=third, display=party.name))
    for group in conflict.groups:
        yield from marked(group.names, Name(party=group.id, display=group.name))
    for body in conflict.bodies:
        yield from marked(body.names, Name(body=body, display=body.name))
    for person in conflict.people:
        yield from marked((person.name, *person.names), Name(people=(person,), display=person.name))
    for place in conflict.places:
        yield from marked(place.names, Name(place=place, display=place.name))


def marked(spellings_: Iterable[str], name: Name) -> Iterator[tuple[str, Name]]:
    """A name under its spellings; one all in capitals of an alphabet that has them counts only so."""
    for spelling in spellings_:
        upper = spelling.isupper() and len(spelling.strip(STEM)) > 1
        yield spelling, replace(name, upper=upper, display=spelling)
