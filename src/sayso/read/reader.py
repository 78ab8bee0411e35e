"""The reader: a text in parts becomes passages with claims. Compiled once for a conflict, then pure and linear in time."""

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, TypeVar

from sayso.model.claim import Attribution, Claim, Part, Passage, Reading, Span, Telling, Unread
from sayso.model.conflict import Conflict
from sayso.model.lexicon import Lexicon
from sayso.model.setting import Setting
from sayso.read.clauses import Grammar, read_entry, sentences_of
from sayso.read.entries import Plan, plan_of, pointed_source, resolved, scene_for, sourceless
from sayso.read.merging import claims_of
from sayso.read.remembering import first_memory, list_source, remember, tellings_of
from sayso.read.rules import drafts
from sayso.read.scene import Memory, Scene
from sayso.read.text.names import Directory, compile_directory
from sayso.read.text.numbers import hidden_in
from sayso.read.text.tokens import LONGEST, sentences
from sayso.read.text.words import Matcher

T = TypeVar("T")
CODE: Final = "3"  # raised with every change of the rules that can change a reading
SILENT_KINDS: Final = frozenset(("title", "heading", "boiler"))


#: What comes after the rules of a sentence: its claims as they stand from then on.
Look = Callable[[Scene, tuple[Claim, ...]], tuple[Claim, ...]]


def as_read(_: Scene, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The claims as the rules read them."""
    return claims


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of a part, before it is read."""

    part: Part
    span: Span


@contextmanager
def made_to_last() -> Iterator[None]:
    """Keep the garbage collector away from what is made inside, now and later: a compiled lexicon is a hundred thousand
    small objects without a cycle that live as long as their reader, and looking through them takes a third of the time
    of compiling and a tenth of that of reading."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


class Compiled(Mapping[str, T]):
    """The lexicons of some languages, each compiled with the directory when a text in it is first read."""

    def __init__(self, make: Callable[[Lexicon, Directory], T], lexicons: Mapping[str, Lexicon], directory: Directory):
        self.make, self.lexicons, self.directory = make, lexicons, directory
        self.made: dict[str, T] = {}

    def __getitem__(self, lang: str) -> T:
        found = self.made.get(lang)
        if found is None:
            with made_to_last():
                found = self.made.setdefault(lang, self.make(self.lexicons[lang], self.directory))
        return found

    def __contains__(self, lang: object) -> bool:
        return lang in self.lexicons

    def __iter__(self) -> Iterator[str]:
        return iter(self.lexicons)

    def __len__(self) -> int:
        return len(self.lexicons)


class Reader:
    """Reads texts about one conflict. The directory of its parties, bodies, people and places is compiled once."""

    def __init__(
        self, *, lexicons: Mapping[str, Lexicon], conflict: Conflict, language_of: Callable[[str], str]
    ) -> None:
        self.directory = compile_directory(conflict)
        chunked = {k: x for k, x in lexicons.items() if x.profile.grammar == "groups"}
        self.matchers = Compiled(Matcher, chunked, self.directory)
        self.grammars = Compiled(Grammar, {k: x for k, x in lexicons.items() if k not in chunked}, self.directory)
        self.language_of = language_of
        self.version = version_of(lexicons, conflict)
        self.look: Look = as_read

    def looking(self, look: Look, *, mark: str = "") -> "Reader":
        """The same reader with one more look, its version marked by it. A look sees each sentence of a language that is
        read by groups once the rules have read it, with their claims, and says how these stand from then on."""
        first, other = self.look, copy(self)
        other.look = lambda scene, claims: look(scene, first(scene, claims))
        other.version = f"{self.version}{mark}"
        return other

    def read(self, text: str, parts: Sequence[Part], setting: Setting) -> Reading:
        """The passages of a text in order, one a sentence, with absolute spans. Sources carry over inside one entry."""
        passages: list[Passage] = []
        heading: Attribution | None = None
        for _, together in groupby(parts, key=lambda p: p.entry):
            entry = list(together)
            made, heading = self.read_entry(text, entry, setting, heading)
            passages += made
        return Reading(passages=tuple(passages), reader=self.version, places_unknown=self.unknown_places(passages))

    def unknown_places(self, passages: Iterable[Passage]) -> tuple[str, ...]:
        """The named places of the claims that neither the coverage nor its gazetteer lists, each once, as written."""
        named = dict.fromkeys(p for passage in passages for c in passage.claims for p in c.places)
        return tuple(p for p in named if p[:1].isupper() and not self.directory.knows_place(p))

    def read_row(self, text: str, setting: Setting, context: Mapping[str, str] | None) -> list[Passage]:
        """The passages of a single row, with what its page establishes around it."""
        known = {k: v for k, v in (context or {}).items() if k in CONTEXT}
        kind = known.pop("kind", "entry")
        part = Part(span=Span(0, len(text)), kind=kind)  # type: ignore[arg-type]
        return list(self.read(text, (part,), replace(setting, **known) if known else setting).passages)  # type: ignore[arg-type]

    def attributions(self, text: str, parts: Sequence[Part], setting: Setting) -> list[Telling]:
        """Who says what in a text, whether or not it is a claim, in text order of the cues."""
        out: list[Telling] = []
        for _, together in groupby(parts, key=lambda p: p.entry):
            entry = list(together)
            body = text[entry[0].span.start : entry[-1].span.end]
            lang = setting.lang if setting.lang and setting.lang in self.matchers else self.language_of(body)
            matcher = self.matchers.get(lang)
            if matcher is None:
                continue
            pieces = [Piece(p, Span(*s)) for p in entry for s in self.sentences(text, p, matcher)]
            plan = plan_of(
                matcher, self.directory.at(setting.published), text, [(p.span, p.part) for p in pieces], setting
            )
            out += tellings_of(plan)
        return out

    def read_entry(
        self, text: str, entry: Sequence[Part], setting: Setting, heading: Attribution | None
    ) -> tuple[list[Passage], Attribution | None]:
        """The passages of one entry, and the source that a list's heading gives to the bullets under it."""
        body = text[entry[0].span.start : entry[-1].span.end]
        stated = (setting.lang or "").partition("-")[0].lower()
        lang = stated if stated in self.matchers or stated in self.grammars else self.language_of(body)
        matcher, grammar = self.matchers.get(lang), self.grammars.get(lang)
        pieces = [Piece(p, Span(*s)) for p in entry for s in self.sentences(text, p, matcher or grammar)]
        if grammar is not None:
            return self.read_clauses(text, pieces, grammar, setting, heading)
        if matcher is None:
            return [unread(text, piece, lang, f"no reader for language {lang}") for piece in pieces], heading
        kind = entry[0].entry_kind
        plan = plan_of(matcher, self.directory.at(setting.published), text, [(p.span, p.part) for p in pieces], setting)
        memory = first_memory(plan, setting, heading if kind == "bullet" else None)
        memory.single = len(entry) == 1
        made = [self.read_piece(text, piece, lang, plan, memory, i) for i, piece in enumerate(pieces)]
        if kind == "heading":
            heading = list_source(plan, memory, text, [p.span for p in pieces])
        elif kind in ("entry", "title", "summary"):
            heading = None
        return after_fact(made, plan), heading

    def read_clauses(
        self, text: str, pieces: Sequence[Piece], grammar: Grammar, setting: Setting, heading: Attribution | None
    ) -> tuple[list[Passage], Attribution | None]:
        """The passages of one entry in a language of the clause grammar."""
        gaps = [unreadable(text, piece) for piece in pieces]
        known = [p for p, gap in zip(pieces, gaps, strict=True) if gap is None]
        listed = heading if pieces and pieces[0].part.entry_kind == "bullet" else None
        claims, found = read_entry(grammar, text, [(p.span, p.part) for p in known], setting, listed)
        read = dict(zip((id(p) for p in known), claims, strict=True))
        made = [
            passage(text, p, grammar.lang, () if silent(p) else read.get(id(p), ()), () if gap is None else (gap,))
            for p, gap in zip(pieces, gaps, strict=True)
        ]
        if grammar.profile.draft:
            made = [replace(p, draft=True, claims=tuple(replace(c, draft=True) for c in p.claims)) for p in made]
        kind = pieces[0].part.entry_kind if pieces else "entry"
        return made, found if kind == "heading" else heading if kind == "bullet" else None

    def sentences(self, text: str, part: Part, matcher: Matcher | Grammar | None) -> Iterable[tuple[int, int]]:
        """The sentences of a part."""
        if isinstance(matcher, Grammar):
            return sentences_of(text, part.span.start, min(part.span.end, len(text)), matcher)
        abbreviations = matcher.abbreviations if matcher else frozenset()
        return sentences(text, part.span.start, min(part.span.end, len(text)), abbreviations)

    def read_piece(self, text: str, piece: Piece, lang: str, plan: Plan, memory: Memory, i: int) -> Passage:
        """One sentence read."""
        if (gap := unreadable(text, piece)) is not None:
            return passage(text, piece, lang, (), (gap,))
        if silent(piece):
            return passage(text, piece, lang, (), ())
        if not memory.single:
            memory.event = None
        scene = scene_for(plan, memory, i, "standfirst" if piece.part.entry_kind == "summary" else piece.part.kind)
        scene.lang = lang
        claims = self.look(scene, claims_of(scene, drafts(scene), plan.quotes[i]))
        if not claims and (attr := pointed_source(scene)) is not None:
            plan.afterwards[i] = memory.source = attr
        remember(scene, memory, claims)
        plan.voiced[i] = bool(scene.voices)
        return passage(text, piece, lang, claims, ())


CONTEXT: Final = frozenset(("heading", "list_heading", "previous", "last_source", "topic", "town", "next", "kind"))


def passage(text: str, piece: Piece, lang: str, claims: tuple[Claim, ...], gaps: tuple[Unread, ...]) -> Passage:
    """A passage of a sentence."""
    part = piece.part
    return Passage(
        span=piece.span, text=text[slice(*piece.span)], entry=part.entry, entry_kind=part.entry_kind, kind=part.kind,
        lang=lang, claims=claims, unread=gaps,
    )  # fmt: skip


def silent(piece: Piece) -> bool:
    """Whether a piece claims nothing by its place on the page: titles, headings, boiler."""
    return piece.part.entry_kind in SILENT_KINDS or piece.part.kind == "boiler"


def unreadable(text: str, piece: Piece) -> Unread | None:
    """Why a sentence is not read at all, None where it is."""
    words = text[slice(*piece.span)]
    if (hidden := hidden_in(words)) is not None:
        at = Span(piece.span.start + hidden.start(), piece.span.start + hidden.end())
        return Unread(
            span=at, why="a number with hidden or unusual characters is not read; compare it with the original"
        )
    return Unread(span=piece.span, why="too long for one sentence") if len(words) > LONGEST else None


def unread(text: str, piece: Piece, lang: str, why: str) -> Passage:
    """A passage that could not be read at all."""
    return passage(text, piece, lang, (), (Unread(span=piece.span, why=why),))


def after_fact(made: list[Passage], plan: Plan) -> list[Passage]:
    """Passages with a source that was only named after them ("Such are the figures of the ministry")."""
    waiting: list[int] = []
    seen = 0
    for (
        at,
        attr,
    ) in plan.afterwards.items():  # in text order, so that no passage is looked at again once it has a source
        waiting += (i for i in range(seen, at) if not plan.voiced[i])
        seen = at
        for i in waiting:
            made[i] = replace(made[i], claims=tuple(resolved(c, attr) for c in made[i].claims))
        waiting = [i for i in waiting if any(sourceless(c) for c in made[i].claims)]
    return made


def version_of(lexicons: Mapping[str, Lexicon], conflict: Conflict) -> str:
    """The version of code, lexicons and conflict together."""
    digest = hashlib.sha256(
        repr(
            (conflict.parties, conflict.groups, conflict.third, conflict.bodies, conflict.people, conflict.places)
        ).encode()
    )
    digest.update(repr([p.names for p in conflict.gazetteer]).encode())
    for lang in sorted(lexicons):
        digest.update(f"{lang}:{lexicons[lang].version}".encode())
    return f"{CODE}-{digest.hexdigest()[:12]}"
