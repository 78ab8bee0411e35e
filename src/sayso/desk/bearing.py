"""Whether the desk's own words tell a figure as its claim does: in the same mouth, with its operator and hedge, and of the
same people or things (laws 1 and 2). Pure.

Whether some claim bears the number at all is asked before (R19).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sayso.desk.bullets import figures_at
from sayso.desk.checklist import Checklist, checklist
from sayso.desk.counted import COUNTS_PEOPLE, marks, nearest_deed
from sayso.desk.naming import contains_any, where_named
from sayso.errors import Refused
from sayso.model.claim import Claim, Count, Span
from sayso.model.conflict import Conflict, Group, Party

#: Between an operator and its number.
ARTICLES: Final = frozenset(("", "a", "an", "the", "its"))
_SENTENCE: Final = re.compile(r"(?:(?![.!?…]\s|;).)+", re.DOTALL)
_BEHIND: Final = re.compile(r"[\s\u00a0-]*((?:[^\W\d_]+[\s\u00a0-]+){0,1}[^\W\d_]+)?")
_MONTH: Final = re.compile(
    r"\s*(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """A claim that can bear a figure: every name of who says it, its own words and their language, and the other numbers
    in these words."""

    claim: Claim
    names: tuple[str, ...]
    words: str
    lang: str | None = None
    others: frozenset[float] = frozenset()

    @property
    def counted(self) -> frozenset[float]:
        """The numbers of its count, bounds among them."""
        count = self.claim.count
        values = (count.n, count.low, count.high) if count else ()
        return frozenset(float(v) for v in values if v is not None)

    @property
    def parties(self) -> frozenset[str]:
        """The ids of those whom it tells of."""
        claim = self.claim
        target = (claim.target.actor, claim.target.subject) if claim.target else ()
        told = (claim.subject, claim.actor, *target, *(v.side for v in claim.attr.via))
        return frozenset(p for p in told if p)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One figure in a sentence of the desk's: where it stands, what numbers it can be, and the claims that bear figures of
    that sentence."""

    sentence: str
    span: Span
    values: frozenset[float]
    beside: tuple[Bearer, ...]

    @property
    def words(self) -> str:
        """The figure as it stands there."""
        return self.sentence[self.span.start : self.span.end]


def refuse_retold(part: str, bearers: Sequence[Bearer], conflict: Conflict) -> None:
    """Raise Refused, in words for the editor, for the first figure of a head or paragraph that no claim says so."""
    for figure, able in told_in(part, bearers):
        faults = [fault_of(part, figure, b, conflict) for b in able]
        if faults and all(faults):
            raise Refused(faults[0])


def told_in(part: str, bearers: Sequence[Bearer]) -> Iterator[tuple[Told, tuple[Bearer, ...]]]:
    """Each figure of a text with the claims that bear it: those that count it before those that hold it in their words."""
    for sentence in (m[0] for m in _SENTENCE.finditer(part)):
        found = [(span, values, bearing(sentence, span, values, bearers)) for span, values in figures_at(sentence)]
        beside = tuple({id(b): b for _, _, able in found for b in able}.values())
        for span, values, able in found:
            yield Told(sentence=sentence, span=span, values=values, beside=beside), able


def bearing(sentence: str, span: Span, values: frozenset[float], bearers: Sequence[Bearer]) -> tuple[Bearer, ...]:
    """The claims that bear a figure. A day of a month counts nobody."""
    dated = _MONTH.match(sentence, span.end) is not None
    counting = () if dated else tuple(b for b in bearers if b.counted & values)
    return counting or tuple(b for b in bearers if b.others & values)


def fault_of(part: str, figure: Told, bearer: Bearer, conflict: Conflict) -> str:
    """Why a figure is not told as this claim tells it, in a sentence; "" where it is."""
    who = bearer.names[0] if bearer.names else "who says it"
    if not contains_any(part, bearer.names):
        return (
            f"“{figure.words}” stands without the name of who says it: write “{who}” into the same head or paragraph."
        )
    if not nearest_mouth(figure, bearer):
        return f"“{figure.words}” is what {who} says: put that name before it, or make a sentence of its own."
    stranger = stranger_in(figure, conflict)
    if stranger:
        return f"The claim with “{figure.words}” by {who} does not speak of “{stranger}”: take the name out of that sentence."
    english = checklist("en")
    if english is None or not bearer.counted & figure.values:
        return ""
    return certainty_fault(figure, bearer, english) or counted_fault(figure, bearer, english, conflict)


def nearest_mouth(figure: Told, bearer: Bearer) -> bool:
    """Whether of those who say figures of the sentence the one named last before this figure says it, else the one named
    first behind; true where none is named in the sentence."""
    whole = Span(0, len(figure.sentence))
    named = [(span, b) for b in figure.beside for span in where_named(figure.sentence, b.names, whole)]
    before = [n for n in named if n[0].end <= figure.span.start]
    behind = [n for n in named if n[0].start >= figure.span.end]
    at = max(n[0].end for n in before) if before else min((n[0].end for n in behind), default=0)
    there = [b.names for span, b in named if span.end == at]
    return not there or any(set(names) & set(bearer.names) for names in there)


def stranger_in(figure: Told, conflict: Conflict) -> str:
    """A party, camp, body or person of the coverage that the sentence names and no claim of its figures does; "" for none."""
    own = [n for b in figure.beside for n in b.names]
    left = without(figure.sentence, (*own, *place_names(conflict)))
    told = frozenset(p for b in figure.beside for p in b.parties)
    said = " \n".join(without(b.words, b.names) for b in figure.beside)
    for ids, names in listed(conflict):
        known = any(conflict.overlap(i, p) or i == p for i in ids for p in told)
        if not known and contains_any(left, names) and not contains_any(said, names):
            return next(left[s.start : s.end] for s in where_named(left, names, Span(0, len(left))))
    return ""


def listed(conflict: Conflict) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Everybody whom a coverage names: the ids by which claims know them (none for bodies and people), and the names."""
    for party in sides(conflict):
        yield (party.id,), party.names
    for body in conflict.bodies:
        yield (), body.names
    for person in conflict.people:
        yield (), (person.name, *person.names)


def sides(conflict: Conflict) -> tuple[Party | Group, ...]:
    """Every party, third party and camp."""
    return (*conflict.parties, *conflict.third, *conflict.groups)


def place_names(conflict: Conflict) -> tuple[str, ...]:
    """The names of places that are nobody's name."""
    parties = {n.casefold() for _, names in listed(conflict) for n in names}
    return tuple(n for p in conflict.places for n in p.names if n.casefold() not in parties)


def without(text: str, names: Iterable[str]) -> str:
    """The text with blanks in the place of names, the longest first."""
    for name in sorted({n for n in names if n}, key=len, reverse=True):
        for span in where_named(text, (name,), Span(0, len(text))):
            text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def certainty_fault(figure: Told, bearer: Bearer, english: Checklist) -> str:
    """Why a figure is told as more certain, or less, than its claim says (law 2): operator, range, hedge, denial."""
    claim, count = bearer.claim, bearer.claim.count
    if count is None:
        return ""
    fault = operator_fault(figure, bearer, count, english)
    if fault:
        return fault
    hedge = claim.attr.hedge
    if hedge and not english.hedges[hedge].search(figure.sentence):
        return f"The claim says “{figure.words}” with a reservation ({hedge}): say so in the same sentence."
    bare = english.not_negations.sub(" ", figure.sentence)
    if claim.polarity == "negated" and count.n != 0 and not english.negations.search(bare):
        return f"The claim denies “{figure.words}”: say so in the same sentence."
    return ""


def operator_fault(figure: Told, bearer: Bearer, count: Count, english: Checklist) -> str:
    """Why a figure has not the operator of its claim."""
    said = operators_beside(figure, english)
    if count.operator == "range":
        all_ = {n for _, values in figures_at(figure.sentence) for n in values}
        return "" if {count.low, count.high} <= all_ else f"The claim gives a range, “{count.words}”: give both ends."
    if count.n is not None and float(count.n) not in figure.values:
        return f"The claim says “{count.words}”, not “{figure.words}”."
    if count.operator in english.operators and count.operator not in said:
        operator = count.operator.replace("_", " ")
        return f"The claim says “{operator}” of “{figure.words}”: write it before the figure."
    wrong = said - {count.operator}
    if wrong and not any(english.operators[o].search(bearer.words) for o in wrong):
        return (
            f"The claim does not say “{min(wrong).replace('_', ' ')}” of “{figure.words}”: give the figure as it does."
        )
    return ""


def operators_beside(figure: Told, english: Checklist) -> frozenset[str]:
    """The operators that stand right before or behind a figure; of two that overlap the longer."""
    text, span = figure.sentence, figure.span
    found = [
        (m.end() - m.start(), name)
        for name, pattern in english.operators.items()
        for m in pattern.finditer(text, 0, span.start)
        if text[m.end() : span.start].strip().casefold() in ARTICLES
    ]
    longest = max((length for length, _ in found), default=0)
    before = {name for length, name in found if length == longest}
    behind = {
        name
        for name, pattern in english.operators_after.items()
        for m in pattern.finditer(text, span.end)
        if len(text[span.end : m.start()].split()) <= 1
    }
    return frozenset(before | behind)


def counted_fault(figure: Told, bearer: Bearer, english: Checklist, conflict: Conflict) -> str:
    """Why a figure counts others, or something else, than its claim does."""
    claim, text, span = bearer.claim, figure.sentence, figure.span
    deed = claim.sub if claim.type in ("casualties", "captured", "not_reported") else None
    near = nearest_deed(text, marks(text, Span(0, len(text)), english), span) if deed in COUNTS_PEOPLE else None
    if near and near != deed:
        return f"“{figure.words}” stands by a word for {near}, the claim says {deed}."
    match = _BEHIND.match(text, span.end)
    noun = (match[1] or "") if match else ""
    things = english.no_people.search(noun)
    if things and not same_noun(things[0], bearer, people=deed is not None):
        return f"The claim with “{figure.words}” does not count “{things[0]}”."
    for status, pattern in english.status.items():
        people = pattern.search(noun)
        if people and claim.who not in (status, "both") and not same_noun(people[0], bearer, people=False):
            return f"The claim with “{figure.words}” does not speak of “{people[0]}”."
        if people and deed is None and not same_noun(people[0], bearer, people=True):
            return f"The claim with “{figure.words}” does not count people."
    return loser_fault(figure, bearer, english, conflict)


def same_noun(noun: str, bearer: Bearer, *, people: bool) -> bool:
    """Whether the claim's words or its unit hold the noun, in one number or the other. Of words in a language that we do not
    check, only that people are no things is known."""
    if checklist(bearer.lang) is not checklist("en"):
        return not people
    unit = (bearer.claim.count.unit or "") if bearer.claim.count else ""
    return noun.casefold().rstrip("s") in f"{bearer.words} {unit}".casefold()


def loser_fault(figure: Told, bearer: Bearer, english: Checklist, conflict: Conflict) -> str:
    """Why "Orland lost 12" is not what the claim says: it counts another's losses."""
    subject, text = bearer.claim.subject, figure.sentence
    lost = [m for m in english.lost.finditer(text, 0, figure.span.start)]
    if not subject or not lost:
        return ""
    for party in sides(conflict):
        for span in where_named(text, party.names, Span(0, lost[-1].start())):
            close = len(text[span.end : lost[-1].start()].split()) <= 1
            if close and not conflict.overlap(party.id, subject):
                return f"“{figure.words}” is not what the claim says that {party.name} lost."
    return ""
