"""Who can speak: phrases of roles, bodies, people and parties, resolved to an attribution."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from sayso.model.claim import Attribution, Span
from sayso.model.conflict import Person
from sayso.read.clauses.sentence import Sentence
from sayso.read.clauses.sides import base_form, behind_place, enemy_of, place_side
from sayso.read.clauses.tagging import STEM, Word

SIDELESS: Final = frozenset(
    ("expert", "eyewitness", "ngo", "company", "international_org", "court", "media", "unknown")
)
#: Kinds whose side a place near them tells: who governs there speaks for it.
LOCAL: Final = frozenset(("local_authority", "official", "emergency_service", "prosecutor", "medics"))
SPOKES: Final = "spokes"
SAME: Final = "same"
LONGEST: Final = 9


@dataclass(frozen=True, slots=True)
class Source:
    """Words `[i, j)` that name a source. A bare party is a weak one: it speaks only beside a verb of saying."""

    i: int
    j: int
    attr: Attribution
    weak: bool = False
    inside: bool = False  # "in Kiev they said"


def sources_in(s: Sentence) -> list[Source]:
    """Every phrase of a sentence that can name a source, in order."""
    out, at = [], 0
    while at < len(s.words):
        found = source_at(s, at)
        if found is not None:
            out.append(found)
            at = found.j
        else:
            at += 1
    return out


def source_at(s: Sentence, i: int) -> Source | None:
    """The source phrase that starts at a word."""
    if (
        not piece(s.words[i])
        or i in s.timed
        or any(c.i <= i < c.j and c.num is not None and c.num.bare for c in s.counts)
    ):
        return None
    j, gap = i, 0
    pieces: list[int] = []
    while j < len(s.words) and j - i < LONGEST:
        word = s.words[j]
        if piece(word):
            if pieces and breaks(s, pieces, j):
                break
            pieces.append(j)
            gap = 0
        elif attached(s, j, pieces):
            gap = 0
        elif word.word and word.text[0].islower() and not word.lex and gap < 1 and s.words[pieces[0]].has("role"):
            gap += 1
        elif word.low in '«»“”"' and pieces and gap == 0:
            gap = 0
        else:
            break
        j += 1
    end = pieces[-1] + 1
    while end < j and attached(s, end, pieces):
        end += 1
    attr = attribution_of(s, pieces, i, end)
    if attr is None:
        return None
    weak = not any(strong(s.words[k]) for k in pieces)
    return Source(i, end, attr, weak, inside=weak and behind_place(s, i))


def piece(word: Word) -> bool:
    """Whether a word can be part of what names a source."""
    name = word.name
    listed = name is not None and (name.party or name.body or name.person or name.place)
    enemy = word.one("enemy")
    return (
        bool(listed)
        or word.has("role", "body", "sideword", "both", "pron")
        or (enemy is not None and enemy.feat in ("", "nom"))
    )


def strong(word: Word) -> bool:
    """Whether a word names a source by itself."""
    return word.has("role", "body", "sideword", "both", "pron") or bool(
        word.name is not None and (word.name.body or word.name.person)
    )


def breaks(s: Sentence, pieces: list[int], j: int) -> bool:
    """Whether a piece begins another phrase: a second body or person after the first."""
    word = s.words[j]
    if word.has("pron") or s.words[pieces[-1]].has("pron") or word.has("enemy"):
        return True
    had_body = any(s.words[k].name is not None and s.words[k].name.body for k in pieces)  # type: ignore[union-attr]
    had_person = any(s.words[k].name is not None and s.words[k].name.person for k in pieces)  # type: ignore[union-attr]
    if place_only(word) and misplaced(s, pieces):
        return True
    if word.name is not None and word.name.person:
        return had_person
    return bool(word.name is not None and word.name.body and had_body)


def place_only(word: Word) -> bool:
    """Whether a word names a place and nothing that could speak."""
    name = word.name
    return name is not None and bool(name.place) and not (name.party or name.body or name.person) and not word.lex


def misplaced(s: Sentence, pieces: list[int]) -> bool:
    """Whether a place here is no part of the phrase: behind a body whose side is named, or on the wrong side of it."""
    if s.grammar.profile.verb == "final":
        return any(strong(s.words[k]) for k in pieces)
    return any(n is not None and (n.party or n.body) for n in (s.words[k].name for k in pieces))


def attached(s: Sentence, j: int, pieces: list[int]) -> bool:
    """Whether a word is an unlisted name in capitals beside a role ("mayor Ivan Petrov")."""
    word = s.words[j]
    if not pieces or word.lex or word.name is not None or not word.word or j in s.timed:
        return False
    cased = word.text[0].isupper() and not word.text.isupper()
    return cased and word.case in ("", "nom", "ins") and any(s.words[k].has("role") for k in pieces)


def attribution_of(s: Sentence, pieces: list[int], i: int, j: int) -> Attribution | None:
    """The attribution that the pieces of a phrase make."""
    words = [s.words[k] for k in pieces]
    if any(w.has("pron") or w.one("body", SAME) for w in words) and not any(w.name for w in words):
        return carried(s, next((w for w in words if w.one("body", SAME)), None))
    person = next((p for w in words if w.name is not None and (p := s.scene.directory.holder(w.name))), None)
    body = next((w for w in words if w.name is not None and w.name.body), None)
    role = next((w for w in words if w.has("role")), None)
    common = next((w for w in words if w.has("body")), None)
    span = Span(s.words[i].start, s.words[j - 1].end)
    made: Attribution | None
    if person is not None:
        org = None if person.kind in ("head_of_state", "local_authority") else person.body
        made = Attribution(
            kind=person.kind or "unknown",
            speaker=written(words, person),
            role=person.role,
            org=org,
            side=person.side,
            span=span,
        )
    elif body is not None and body.name is not None and body.name.body is not None:
        listed = body.name.body
        party = named_side(s, pieces)
        made = Attribution(
            kind=listed.kind, side=listed.side or party, org=phrase(s, [k for k in pieces if s.words[k] is body]),
            role=role.text if role else None, span=span,
        )  # fmt: skip
        role_kind = role.one("role") if role else None
        if role_kind is not None and role_kind.cls not in (SPOKES, "role") and listed.kind in ("government",):
            made = replace(made, kind=role_kind.cls)
    elif role is not None:
        office = next((w for w in words if (r := w.one("role")) and r.cls not in (SPOKES, "role")), None)
        made = of_role(s, role, common, pieces, span)  # "press service of the governor": the governor's kind
        if office is not None and made.kind in ("official", "government"):
            made = replace(made, kind=office.lex["role"][0].cls, side=made.side or local_side(s))
    elif common is not None:
        made = of_common(s, common, pieces, span)
    else:
        made = of_party(s, words, pieces, span)
    names = [s.words[k].text for k in range(i, j) if attached(s, k, pieces) and k not in pieces]
    if made is not None and names and person is None and role is not None:
        made = replace(made, speaker=" ".join(names))
    return made


def written(words: list[Word], person: Person) -> str:
    """A person's name as this text has it: in its letters and, where the directory lists one, in its base form."""
    word = next(w for w in words if w.name is not None and person.name in {p.name for p in w.name.people})
    known = (n for n in (person.name, *person.names) if not n.endswith(STEM) and n[:2] == word.text[:2])
    return max(known, key=len, default=person.name if person.name.isascii() == word.text.isascii() else word.text)


def of_role(s: Sentence, role: Word, common: Word | None, pieces: list[int], span: Span) -> Attribution:
    """Someone by office: a spokesman has the kind of the body spoken for, if one is named."""
    lexeme = role.one("role")
    assert lexeme is not None
    kind = lexeme.cls
    if kind in (SPOKES, "role"):
        body = common.one("body") if common else None
        kind = body.cls if body and body.cls != SAME else "official"
    side = named_side(s, pieces)
    if kind == "official" and side is not None and lexeme.cls == SPOKES:
        kind = "government"
    side = side if side is not None or kind not in LOCAL else local_side(s)
    org = phrase(s, [k for k in pieces if s.words[k] is not role]) or None
    return Attribution(kind=kind, role=role.text, org=org, side=side, span=span)


def of_common(s: Sentence, common: Word, pieces: list[int], span: Span) -> Attribution:
    """A body by a common noun, with the party that is named beside it; one without a party may be known from before."""
    lexeme = common.one("body")
    assert lexeme is not None
    kind, side = lexeme.cls, named_side(s, pieces)
    if side is None and kind not in SIDELESS:
        known = next((a for a in reversed(s.scene.memory.sources) if a.kind == kind and a.side), None)
        if known is not None:
            return replace(known, inferred=False, span=span, cue=None, cue_span=None, quote="indirect")
    if side is None and kind not in SIDELESS:
        side = local_side(s)
    return Attribution(kind=kind, org=phrase(s, pieces), side=side, span=span)


def of_party(s: Sentence, words: list[Word], pieces: list[int], span: Span) -> Attribution | None:
    """A bare party: its government, unless the party is itself an army."""
    directory = s.scene.directory
    if any(w.has("both") for w in words) and not any(w.name for w in words):
        return Attribution(kind="government", side=directory.all_id, org=phrase(s, pieces), span=span)
    if any(w.has("enemy") for w in words):
        own = any(w.one("enemy", "own") for w in words)
        side = None if own else enemy_of(s, span.start)
        return None if side is None else Attribution(kind=directory.kind_of_party(side), side=side, org=None, span=span)
    named = next(((w, w.name.party) for w in words if w.name is not None and w.name.party), None)
    if named is None:
        return None
    word, party = named
    return Attribution(
        kind=directory.kind_of_party(party), side=party, org=base_form(s, word) or phrase(s, pieces), span=span
    )


def named_side(s: Sentence, pieces: list[int]) -> str | None:
    """The side that a phrase names, by party, body or place."""
    for k in pieces:
        name = s.words[k].name
        if name is not None and (name.party or (name.body and name.body.side)):
            return name.party or (name.body.side if name.body else None)
    for k in pieces:
        name = s.words[k].name
        if name is not None and name.place is not None and name.place.side:
            return name.place.side
    return None


def local_side(s: Sentence) -> str | None:
    """The side of an authority that is named without one: that of the place told of, here or before."""
    side = place_side(s, range(len(s.words)))
    if side is not None:
        return side
    named = {w.name.party for w in s.words if w.name is not None and w.name.party and not w.name.third}
    return named.pop() if len(named) == 1 else s.scene.memory.place_side


def carried(s: Sentence, body: Word | None = None) -> Attribution | None:
    """The entry's last source, marked as inferred; "the ministry" the last one that is such a body."""
    memory = s.scene.memory
    found = memory.source or memory.heading or memory.owner or memory.listed
    if found is None:
        return None
    made = replace(found, inferred=True, span=None, cue_span=None, cue=None, hedge=None)
    return replace(made, inferred=False) if body is not None else made


def phrase(s: Sentence, pieces: list[int]) -> str:
    """The words of pieces as written."""
    if not pieces:
        return ""
    first, last = s.words[pieces[0]], s.words[pieces[-1]]
    return s.scene.text[first.start : last.end]


def relays(sources: list[Source]) -> Iterator[Source]:
    """The press among sources."""
    return (x for x in sources if x.attr.kind == "media")
