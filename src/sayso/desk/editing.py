"""An editor's correction of a reading: a claim beside the machine's, held to the same archived text (R19)."""

from dataclasses import dataclass, replace
from typing import Final, cast, get_args

from sayso.desk.checklist import checklist
from sayso.desk.figures import figure_fault, numbers_in
from sayso.desk.naming import body_of
from sayso.errors import Refused
from sayso.model.claim import Attribution, Claim, Count, Span
from sayso.model.conflict import Conflict
from sayso.model.statement import Statement
from sayso.model.vocabulary import Operator, Polarity, Who

#: The rule that a corrected claim carries instead of the reader's.
BY_HAND: Final = "desk.corrected"
#: The rules of claims that an editor added: from words of the text, or without any, for a reason.
FROM_WORDS: Final = "desk.added"
WITHOUT_WORDS: Final = "desk.added_without_words"
ADDED: Final = (FROM_WORDS, WITHOUT_WORDS)

#: Operators with which one number can be said, and what they make of it: both ends inclusive (R2).
_ONE_NUMBER = ("exact", "more_than", "at_least", "less_than", "up_to", "about", "nearly", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What an editor typed: empty means as it was read; "-" takes the value away."""

    org: str = ""
    side: str = ""
    subject: str = ""
    actor: str = ""
    who: str = ""
    figure: str = ""  # the words of the text that say the number
    operator: str = ""
    polarity: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was typed at all."""
        return not any(getattr(self, name) for name in self.__slots__)


def edited(statement: Statement, claim: Claim, edit: Edit, conflict: Conflict) -> Claim:
    """The claim as the editor says that it must be read; one that an editor added stays marked as added.

    Raises Refused, in words for the editor, where nothing was typed and as `applied` does.
    """
    if edit.empty:
        raise Refused("Nothing was changed: fill in what the reading got wrong.")
    new = applied(statement, claim, edit, conflict)
    if claim.rule in ADDED:
        return new
    return replace(new, rule=BY_HAND, why=f"Corrected at the desk; the machine read it by {claim.rule}.")


def applied(statement: Statement, claim: Claim, edit: Edit, conflict: Conflict) -> Claim:
    """The claim with the fields that were typed.

    Raises Refused, in words for the editor, for a party that the coverage does not list and for a figure whose words
    do not stand in the archived text.
    """
    new = replace(
        claim,
        attr=_attribution(claim.attr, edit, conflict),
        subject=_party(edit.subject, claim.subject, conflict),
        actor=_party(edit.actor, claim.actor, conflict),
        who=cast(Who | None, choice(edit.who, claim.who, get_args(Who), "status")),
        polarity=cast(Polarity, choice(edit.polarity, claim.polarity, get_args(Polarity), "polarity")),
        count=_count(statement, claim, edit),
    )
    fault = figure_fault(statement.text, new, lang=statement.lang)
    if fault is not None:
        raise Refused(f"{fault} A figure must stand in the archived text.")
    return new


def _attribution(attr: Attribution, edit: Edit, conflict: Conflict) -> Attribution:
    side = _party(edit.side, attr.side, conflict)
    if not edit.org:
        return replace(attr, side=side)
    body = body_of(conflict, edit.org)
    if body is None:
        return replace(attr, org=_or_none(edit.org), side=side, inferred=False)
    return replace(attr, org=body.name, kind=body.kind, side=side if edit.side else body.side, inferred=False)


def _or_none(typed: str) -> str | None:
    return None if typed == "-" else typed


def _party(typed: str, before: str | None, conflict: Conflict) -> str | None:
    if not typed:
        return before
    if typed not in {"-", "BOTH"} and typed not in conflict.names:
        raise Refused(f"The coverage lists no party “{typed}”. Use one of: {', '.join(conflict.names)}.")
    return _or_none(typed)


def choice(typed: str, before: str | None, allowed: tuple[str, ...], what: str) -> str | None:
    """What was chosen; as before where nothing was. Raises Refused for what is not allowed."""
    if not typed:
        return before
    if typed != "-" and typed not in allowed:
        raise Refused(f"“{typed}” is no {what}. Use one of: {', '.join(allowed)}.")
    return _or_none(typed)


def _count(statement: Statement, claim: Claim, edit: Edit) -> Count | None:
    if edit.figure == "-":
        return None
    if not edit.figure and not edit.operator:
        return claim.count
    before = claim.count or Count(operator="exact")
    span = _find(statement.text, edit.figure, claim.span) if edit.figure else before.span
    words = statement.text[span.start : span.end] if span else before.words
    operator = cast(Operator, choice(edit.operator, before.operator, get_args(Operator), "operator"))
    if not edit.figure and operator == before.operator:
        return before
    return _counted(before, words, span, operator, statement.lang)


def _counted(before: Count, words: str | None, span: Span | None, operator: Operator, lang: str | None) -> Count:
    """A count of these very words. Words that say no number that we can read keep their operator and no number."""
    numbers = tuple(dict.fromkeys(numbers_in(words or "", checklist(lang)))) if words else ()
    if operator == "range" and len(numbers) >= 2:
        return replace(before, operator=operator, n=None, low=min(numbers), high=max(numbers), words=words, span=span)
    n = numbers[0] if numbers else before.n
    if operator not in _ONE_NUMBER or n is None:
        return replace(before, operator=operator, n=None, low=None, high=None, words=words, span=span)
    low, high = bounds(operator, n)
    return replace(before, operator=operator, n=n, low=low, high=high, words=words, span=span)


def bounds(operator: Operator, n: float | int) -> tuple[float | int | None, float | int | None]:
    """The lowest and highest number that an operator with one number allows; None is an open end (R2)."""
    match operator:
        case "exact" | "about" | "nearly":
            return n, n
        case "more_than":
            return n + 1, None
        case "at_least":
            return n, None
        case "less_than":
            return None, n - 1
        case "up_to":
            return None, n
        case "none":
            return 0, 0
        case _:
            raise ValueError(f"{operator} does not go with one number")


def _find(text: str, words: str, near: Span) -> Span:
    """Where the words stand: inside the claim's own words if they do, else the place nearest to them."""
    places = []
    at = text.find(words)
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1)
    if not places:
        raise Refused(
            f"“{words}” does not stand in the archived text: copy the figure's words exactly as they are there."
        )
    inside = [p for p in places if near.start <= p and p + len(words) <= near.end]
    start = inside[0] if inside else min(places, key=lambda p: abs(p - near.start))
    return Span(start, start + len(words))
