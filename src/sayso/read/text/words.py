"""Tokens joined into cells: the longest match of the lexicon and the directory at each token, with all its readings."""

from collections.abc import Iterable, Sequence
from typing import Final

from sayso.model.lexicon import Lexeme, Lexicon
from sayso.read.text.features import Readings, flags, flags_of
from sayso.read.text.names import Directory, Form, Name
from sayso.read.text.tokens import Token, tokenise

IS_MONTH: Final = flags("month")
QUIET: Final = flags("quiet")  # a list knows the word, or it ends as common words do: no name by its capital alone
#: Articles of names in other languages, which stay small before the name.
ARTICLES: Final = frozenset(
    ("al", "el", "ul", "ar", "as", "ash", "ad", "adh", "an", "at", "ath", "az", "d", "l", "dell", "de")
)
INITIALS: Final = 3  # letters from which on the initials of a listed name need not be introduced
SHORT: Final = 3  # cells; that few in capitals may be a name or a label
NONE: Final = Readings()
#: Words kept with what they mean; when there are more, all are forgotten and learnt again. A day of live coverage has
#: fewer, and a million statements need no more memory than a thousand.
KEPT: Final = 20_000
LONGEST_KEPT: Final = 40  # characters; longer stretches without a space are addresses and noise, seen once


class Cell:
    """One or more tokens that mean something together: what each reading (`lex`, by part of speech) says of it."""

    __slots__ = ("cap", "end", "flags", "lex", "low", "name", "start", "text")

    def __init__(  # noqa: PLR0913, PLR0917 - made for every word of every text: one call without keywords
        self, start: int, end: int, text: str, low: str, cap: bool, lex: Readings, name: Name | None, flags: int  # noqa: FBT001
    ):  # fmt: skip
        self.start = start
        self.end = end
        self.text = text
        self.low = low
        self.cap = cap
        self.lex = lex
        self.name = name
        self.flags = flags

    def has(self, *pos: str) -> bool:
        """Whether it has a reading as any of these parts of speech."""
        return not self.lex.keys().isdisjoint(pos)

    def one(self, pos: str) -> Lexeme | None:
        """Its first reading as that part of speech."""
        found = self.lex.get(pos)
        return found[0] if found else None

    def classes(self, pos: str) -> frozenset[str]:
        """The classes of its readings as that part of speech."""
        return self.lex.verbs() if pos == "verb" else frozenset(x.cls for x in self.lex.get(pos, ()))

    def __repr__(self) -> str:
        return f"<{self.text}|{','.join(self.lex)}{'|N' if self.name else ''}>"


class Node:
    """A place in the tree of all forms: what the form that ends here means, and the words that can follow it."""

    __slots__ = ("flags", "lex", "low", "name", "next")

    def __init__(self, low: str) -> None:
        self.low = low
        self.lex = Readings()
        self.name: Name | None = None
        self.next: dict[str, Node] = {}
        self.flags = -1  # not yet asked

    def answers(self) -> int:
        """What its form says yes to: found out when it first stands in a text, since most words of a list never do."""
        if self.flags < 0:
            self.flags = flags_of(self.low, self.lex) | (QUIET if self.lex else 0)
        return self.flags


class Word:
    """What a word written in one way means, for all cells that show it; `node` where longer forms begin with it."""

    __slots__ = ("cap", "flags", "lex", "low", "name", "node", "text")

    def __init__(self, text: str, low: str, node: Node | None, stem: Name | None, endings: tuple[str, ...]):
        self.text, self.low, self.cap = text, low, capital(text)
        self.name = allowed(node.name, text) if node else None
        self.lex = node.lex if node and node.lex else NONE
        if not self.lex and self.name is None:
            self.name = stem
        self.flags = (node.answers() if node else flags_of(low, NONE)) | (QUIET if low.endswith(endings) else 0)
        self.node = node if node and node.next else None


class Matcher:
    """The lexicon and the directory, compiled together; the longer match wins, and both readings stay if equal."""

    def __init__(self, lexicon: Lexicon, directory: Directory):
        self.roots: dict[str, Node] = {}
        for lexeme in lexicon.lexemes:
            lex = self.entered(lexeme.form).lex
            lex[lexeme.pos] = (*lex.get(lexeme.pos, ()), lexeme)
        for form, name in directory.names.items():
            node = self.entered(form)
            if name.listed or not node.lex:  # a settlement that nobody listed is taken as the word that it also is
                node.name = name
        self.endings = tuple(x.form[0] for x in lexicon.lexemes if x.pos == "ending")
        self.stems = stems_by_letters(directory.stems)
        self.abbreviations = frozenset(x.form[0] for x in lexicon.lexemes if x.pos == "abbrev")
        self.initials = directory.initials
        self.words: dict[tuple[str, str], Word] = {}
        self.chunks: dict[str, tuple[tuple[Word, int, int], ...]] = {}

    def entered(self, form: Form) -> Node:
        """The node of a form."""
        node = self.roots.setdefault(form[0], Node(form[0]))
        for part in form[1:]:
            node = node.next.setdefault(part, Node(f"{node.low} {part}"))
        return node

    def cells(self, text: str, start: int, end: int) -> list[Cell]:
        """The cells of a sentence, in order."""
        single, beginning = self.read(text, start, end)
        out: list[Cell] = []
        done = 0
        for at, node in beginning:
            if at >= done and (longest := longer(text, node, single, at)) is not None:
                out += single[done:at]
                out.append(longest[0])
                done = longest[1]
        out += single[done:]
        if len(out) > SHORT and text[start:end].isupper():
            quieten(out)
        return out

    def read(self, text: str, start: int, end: int) -> tuple[list[Cell], list[tuple[int, Node]]]:
        """The words of `text[start:end]`, each a cell, and the indices of those whose next word goes on with a longer form.
        What stands between two spaces is cut once and kept."""
        cells: list[Cell] = []
        beginning: list[tuple[int, Node]] = []
        node: Node | None = None
        at, chunks = start, self.chunks
        for chunk in text[start:end].split():
            at = text.find(chunk, at)
            for word, offset, length in chunks.get(chunk) or self.learnt(chunk):
                if node is not None and word.low in node.next:
                    beginning.append((len(cells) - 1, node))
                node = word.node
                first = at + offset
                cells.append(
                    Cell(first, first + length, word.text, word.low, word.cap, word.lex, word.name, word.flags)
                )
            at += len(chunk)
        return cells, beginning

    def learnt(self, chunk: str) -> tuple[tuple[Word, int, int], ...]:
        """The words of a stretch without spaces, each with where it begins and how long it is, kept for the next time."""
        if len(self.chunks) >= KEPT or len(self.words) >= KEPT:
            self.chunks.clear()
            self.words.clear()
        found = tuple(
            (self.word(t.text, t.low), t.start, len(t.text)) for t in shortened(tokenise(chunk), self.abbreviations)
        )
        if len(chunk) <= LONGEST_KEPT:
            self.chunks[chunk] = found
        return found

    def word(self, text: str, low: str) -> Word:
        """What one token means by itself."""
        known = self.words.get((text, low))
        if known is None:
            node = self.roots.get(low)
            if node is None and "." in low and (plain := low.replace(".", "")) in self.roots:
                low, node = plain, self.roots[plain]  # capitals with stops
            name = self.initials.get(text) if node is None and len(text) >= INITIALS else None
            known = Word(text, low, node, name or self.stem(low), self.endings)
            if len(text) <= LONGEST_KEPT:
                self.words[text, low] = known
        return known

    def stem(self, low: str) -> Name | None:
        """The directory's stem that a token begins with, the longest."""
        for stem, name in self.stems.get(low[:3], ()):
            if low.startswith(stem):
                return name
        return None


def quieten(cells: Sequence[Cell]) -> None:
    """Undo the capitals of a sentence that has no small letter: there they mark neither a name nor a month.

    A word counts as a name where no list knows it and it does not end as common words do.
    """
    for i, cell in enumerate(cells):
        if cell.name is not None and cell.name.upper and cell.lex:
            cell.name = None  # a name in capitals may be a plain word here
        if cell.flags & IS_MONTH:
            beside = (*cells[max(0, i - 1) : i], *cells[i + 1 : i + 2])
            cell.cap = len(cell.lex) == 1 or any(c.low[0].isdigit() for c in beside)
        else:
            cell.cap = not cell.flags & QUIET or cell.name is not None


def longer(text: str, node: Node, words: Sequence[Cell], at: int) -> tuple[Cell, int] | None:
    """The longest form of several words that begins at one, as a cell, and the index after it."""
    ends: list[tuple[Node, int]] = []
    after = at + 1
    while after < len(words) and (found := node.next.get(words[after].low)) is not None:
        node, after = found, after + 1
        if node.lex or node.name is not None:
            ends.append((node, after))
    first = words[at]
    for node, after in reversed(ends):
        name = allowed(node.name, first.text)
        if node.lex or name is not None:
            a, b = first.start, words[after - 1].end
            return Cell(a, b, text[a:b], node.low, first.cap, node.lex or NONE, name, node.answers()), after
    return None


def capital(text: str) -> bool:
    """Whether a word has a capital at its start, or behind the article of a name ("al-Hadi", "d'Arbel")."""
    if text[0].isupper():
        return True
    article, mark, rest = text.partition("-") if "-" in text else text.replace("’", "'").partition("'")
    return bool(mark) and rest[:1].isupper() and article in ARTICLES


def allowed(name: Name | None, first: str) -> Name | None:
    """A name of the directory, where its first word has the capitals that it must have."""
    if name is None or (name.upper and not first.isupper()):
        return None
    small = first[0].islower() if not name.listed else not first[0].isupper()  # some scripts have no capitals
    small = small and not capital(first)
    return None if small and not name.body and (name.person or not name.listed) else name


def together(cells: Iterable[Cell]) -> int:
    """What the words of some cells say yes to, taken together."""
    found = 0
    for cell in cells:
        found |= cell.flags
    return found


def shortened(tokens: list[Token], abbreviations: frozenset[str]) -> list[Token]:
    """Tokens of a stretch without spaces, the full stop of an abbreviation ("Gen.") or initial as a part of its word (it
    ends no clause), the mark behind a plural as a possessive."""
    out = tokens[:1]
    for token in tokens[1:]:
        last = out[-1]
        if token.text in "’'" and last.low.endswith("s") and token is tokens[-1] and tokens[0].text not in "‘'":
            out.append(Token(token.text, "'s", token.start, token.end))  # "the observers' chief"
        elif token.text == "." and (last.low in abbreviations or (len(last.text) == 1 and last.text.isupper())):
            out[-1] = Token(last.text + ".", last.low, last.start, token.end)
        else:
            out.append(token)
    return out


def stems_by_letters(stems: Iterable[tuple[Form, Name]]) -> dict[str, list[tuple[str, Name]]]:
    """Stems of one token by their first three letters, longest first."""
    out: dict[str, list[tuple[str, Name]]] = {}
    for form, name in sorted(stems, key=lambda s: -len(s[0][0])):
        if len(form) == 1 and len(form[0]) > 2:
            out.setdefault(form[0][:3], []).append((form[0], name))
    return out
