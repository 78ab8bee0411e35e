"""Tokens joined into cells: the longest match of the lexicon and the directory at each token, with all its readings."""

from collections.abc import Iterable, Mapping
from typing import Final

from sayso.model.lexicon import Lexeme, Lexicon
from sayso.read.names import Directory, Form, Name
from sayso.read.tokens import Token

NONE: Final[Mapping[str, tuple[Lexeme, ...]]] = {}


class Cell:
    """One or more tokens that mean something together: what each reading (`lex`, by part of speech) says of it."""

    __slots__ = ("cap", "end", "lex", "low", "name", "start", "text", "tokens")

    def __init__(self, tokens: tuple[Token, ...], text: str, lex: Mapping[str, tuple[Lexeme, ...]], name: Name | None):
        first = tokens[0]
        self.tokens = len(tokens)
        self.start, self.end = first.start, tokens[-1].end
        self.text = text
        self.low = first.low if len(tokens) == 1 else " ".join(t.low for t in tokens)
        self.lex = lex
        self.name = name
        self.cap = first.text[0].isupper()

    def has(self, *pos: str) -> bool:
        """Whether it has a reading as any of these parts of speech."""
        return not self.lex.keys().isdisjoint(pos)

    def one(self, pos: str) -> Lexeme | None:
        """Its first reading as that part of speech."""
        found = self.lex.get(pos)
        return found[0] if found else None

    def classes(self, pos: str) -> frozenset[str]:
        """The classes of its readings as that part of speech."""
        return frozenset(x.cls for x in self.lex.get(pos, ()))

    def __repr__(self) -> str:
        return f"<{self.text}|{','.join(self.lex)}{'|N' if self.name else ''}>"


class Matcher:
    """The lexicon and the directory, compiled together; the longer match wins, and both readings stay if equal."""

    def __init__(self, lexicon: Lexicon, directory: Directory):
        self.words: dict[Form, dict[str, tuple[Lexeme, ...]]] = {}
        for lexeme in lexicon.lexemes:
            by_pos = self.words.setdefault(lexeme.form, {})
            by_pos[lexeme.pos] = (*by_pos.get(lexeme.pos, ()), lexeme)
        self.names = directory.names
        self.longest: dict[str, int] = {}
        for form in (*self.words, *self.names):
            self.longest[form[0]] = max(self.longest.get(form[0], 0), len(form))
        self.stems = stems_by_letters(directory.stems)
        self.abbreviations = frozenset(x.form[0] for x in lexicon.lexemes if x.pos == "abbrev")

    def cells(self, text: str, tokens: list[Token]) -> list[Cell]:
        """The cells of a sentence, in order."""
        lows = [t.low for t in tokens]
        out, at = [], 0
        while at < len(tokens):
            cell = self.match(text, tokens, lows, at)
            out.append(cell)
            at += cell.tokens
        return out

    def match(self, text: str, tokens: list[Token], lows: list[str], at: int) -> Cell:
        """The cell that starts at a token."""
        for size in range(min(self.longest.get(lows[at], 1), len(tokens) - at), 0, -1):
            form = tuple(lows[at : at + size])
            lex, name = self.words.get(form), self.name(form, tokens, at)
            if lex or name:
                span = tuple(tokens[at : at + size])
                return Cell(span, text[span[0].start : span[-1].end], lex or NONE, name)
        token = tokens[at]
        return Cell((token,), token.text, NONE, self.stem(token))

    def name(self, form: Form, tokens: list[Token], at: int) -> Name | None:
        """The directory's name of that form, where its capitals are as they must be."""
        name = self.names.get(form)
        if name is None:
            return None
        first = tokens[at].text
        if name.upper and not first.isupper():
            return None
        if not name.body and not first[0].isupper() and name.person:
            return None
        return name

    def stem(self, token: Token) -> Name | None:
        """The directory's stem that a token begins with, the longest."""
        if not self.stems:
            return None
        for stem, name in self.stems.get(token.low[:3], ()):
            if token.low.startswith(stem):
                return name
        return None


def stems_by_letters(stems: Iterable[tuple[Form, Name]]) -> dict[str, list[tuple[str, Name]]]:
    """Stems of one token by their first three letters, longest first."""
    out: dict[str, list[tuple[str, Name]]] = {}
    for form, name in sorted(stems, key=lambda s: -len(s[0][0])):
        if len(form) == 1 and len(form[0]) > 2:
            out.setdefault(form[0][:3], []).append((form[0], name))
    return out
