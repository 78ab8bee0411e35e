"""The words of one language as the reader is given them: data, loaded once and passed in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple


class Lexeme(NamedTuple):
    """One form of one word, as tokens in lower case, and what it means to the reader.

    `pos` is what it can be (verb, noun, num, cmp, say...), `cls` its class (kill, people, armour...), `feat` the form
    (verbs: base, s, past, part, ing; nouns: sg, pl). `unit` and `who` are what a count of it counts; `value` is a
    number word's number, a month's or weekday's index. `lemma` is the dictionary form.
    """

    form: tuple[str, ...]
    pos: str
    cls: str
    feat: str = ""
    unit: str | None = None
    who: str | None = None
    value: float | None = None
    lemma: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How a language is written and ordered: the `language.toml` of its folder.

    `draft`: no native speaker has reviewed its words; what is read with them is marked and counts only when an editor
    accepts it. `grammar`: the chunk grammar of English, or the clause grammar. `source`: on which side of "according
    to" the source stands. `verb`: where the verb of a main clause stands. `proclitics` and `article` are glued before
    a word; `endings` are named sets of endings for `word/set`; `cases` gives the case that an ending tells, longest
    first; `name_endings` and `number_endings` may follow a name without a stem mark, and digits. `letters` are written
    in no other language of its script; `month_first`: "August 3" and not "3 August";
    `apostrophe`: endings of names stand behind one; `stops` end a sentence where the full stop does not.
    """

    name: str = ""
    draft: bool = False
    grammar: Literal["groups", "clauses"] = "groups"
    source: Literal["after", "before"] = "after"
    verb: Literal["first", "middle", "final"] = "middle"
    proclitics: tuple[str, ...] = ()
    article: str = ""
    endings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cases: tuple[tuple[str, str], ...] = ()
    name_endings: tuple[str, ...] = ()
    number_endings: tuple[str, ...] = ()
    letters: str = ""
    month_first: bool = False
    apostrophe: bool = False
    stops: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All lexemes of a language, and the hash of the files that they came from. `words` gives them when they are first
    asked for: a text in one language need not wait for the lists of the others."""

    lang: str
    version: str
    words: Callable[[], tuple[Lexeme, ...]]
    profile: Profile = field(default_factory=Profile)

    @property
    def lexemes(self) -> tuple[Lexeme, ...]:
        """Every lexeme. Raises BadSetting where a file of them is wrong."""
        return self.words()
