"""The desk's forms -> what flow is asked to do; and the choices that the forms offer."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, get_args
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData

from sayso.desk import Addition, Edit
from sayso.desk.naming import part_of_name_in
from sayso.errors import Refused
from sayso.flow.arrival.pasting import Pasted, Picture
from sayso.model.claim import Claim
from sayso.model.conflict import Conflict
from sayso.model.vocabulary import KINDS, TYPES, Operator, Polarity, Scope, Who

#: Every type of claim: value and words.
TYPES_IN_WORDS: Final = tuple(
    (f"{kind}.{sub}", f"{kind}: {sub}".replace("_", " ")) for kind, subs in TYPES.items() for sub in subs
)
#: One field of the edit form: name, label, value as read, and what can be chosen (a string names suggestions).
Field = tuple[str, str, str, str | tuple[tuple[str, str], ...]]


def numbers(values: Sequence[Any]) -> frozenset[int]:
    """The claim numbers that a form names. Raises Refused for something that is no number."""
    if not all(isinstance(v, str) and v.isdecimal() and len(v) < 6 for v in values):
        raise Refused("The form names a claim that cannot be.")
    return frozenset(int(v) for v in values)


def fields_of_edit(claim: Claim, conflict: Conflict) -> tuple[Field, ...]:
    """The fields with which a claim is corrected."""
    attr, count = claim.attr, claim.count
    parties = tuple((k, v) for k, v in conflict.names.items())
    with_both = (*parties, ("BOTH", "both sides"))
    return (
        ("org", "Who says it", ", ".join(p for p in (attr.speaker, attr.org) if p), "bodies"),
        ("side", "Of which side", conflict.name(attr.side), parties),
        ("figure", "The figure's words in the text", (count.words or "") if count else "", ()),
        ("operator", "Said as", count.operator.replace("_", " ") if count else "", words_of(get_args(Operator))),
        ("subject", "Whose (who suffered it)", conflict.name(claim.subject), with_both),
        ("actor", "By whom (who did it)", conflict.name(claim.actor), with_both),
        ("who", "Military or civilian", claim.who or "", words_of(get_args(Who))),
        ("polarity", "Said, denied or not known", claim.polarity, words_of(get_args(Polarity))),
    )


def added_fields(conflict: Conflict) -> tuple[Field, ...]:
    """The fields of a claim that an editor adds, beside its words and its type."""
    parties = tuple(conflict.names.items())
    with_both = (*parties, ("BOTH", "both sides"))
    return (
        ("says", "Who says it (empty: the outlet, naming nobody)", "", "bodies"),
        ("named", "The words that name them, if the text names them otherwise", "", ()),
        ("kind", "What they are, if the coverage does not list them", "", words_of(KINDS)),
        ("side", "Of which side, if not listed", "", parties),
        ("figure", "The figure’s words in the text", "", ()),
        ("operator", "Said as", "", words_of(get_args(Operator))),
        ("unit", "Of what (tanks, houses; empty: people)", "", ()),
        ("scope", "Of what span of time", "", words_of(get_args(Scope))),
        ("subject", "Whose (who suffered it)", "", with_both),
        ("actor", "By whom (who did it)", "", with_both),
        ("who", "Military or civilian", "", words_of(get_args(Who))),
        ("place", "Place, as the text writes it", "", ()),
        ("day", "Day, if the text says it", "", "date"),
        ("polarity", "Said, denied or not known", "", words_of(get_args(Polarity))),
        ("denied", "Of a denial: what is denied", "", TYPES_IN_WORDS),
    )


def words_of(values: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Values with the words that show them."""
    return tuple((v, v.replace("_", " ")) for v in values)


def edit_of(form: FormData) -> Edit:
    """What an editor typed about one claim."""
    names = ("org", "side", "subject", "actor", "who", "figure", "operator", "polarity")
    return Edit(**{name: text_of(form, name) for name in names})


def addition_of(form: FormData) -> Addition:
    """What an editor typed about a claim to be added."""
    names = ("what", "quote", "reason", "says", "named", "kind", "denied", "place", "day", "unit", "scope")
    edit = Edit(**{n: text_of(form, n) for n in ("side", "subject", "actor", "who", "figure", "operator", "polarity")})
    start = text_of(form, "start")
    at = int(start) if start.isdecimal() and len(start) < 9 else None
    return Addition(**{n: text_of(form, n) for n in names}, start=at, edit=edit)


def pasted_of(form: FormData, picture: bytes, *, zone: ZoneInfo) -> Pasted:
    """A pasted post. Where the name is withheld, what stands in its field goes no further (H11)."""
    withheld = text_of(form, "withheld") == "yes"
    says = text_of(form, "says")
    if withheld:
        _refuse_name(says, [text_of(form, name) for name in ("text", "url", "alt", "credit", "sensitive")])
    return Pasted(
        text=text_of(form, "text"),
        says=None if withheld else says,
        url=text_of(form, "url") or None,
        channel=text_of(form, "channel") or None,
        said_at=time_of(text_of(form, "when"), zone),
        picture=picture_of(form, picture) if picture else None,
    )


def _refuse_name(says: str, texts: Sequence[str]) -> None:
    """Raise Refused where something that would be kept holds a part of a name that is to be withheld."""
    part = part_of_name_in(says, texts)
    if part:
        raise Refused(
            f"“{part}” of the name that is to be withheld stands in the words or beside the picture: take it out."
        )


def picture_of(form: FormData, body: bytes) -> Picture:
    """The picture that came with a form."""
    sensitive = text_of(form, "sensitive") or None
    return Picture(body=body, alt=text_of(form, "alt"), credit=text_of(form, "credit"), sensitive=sensitive)


def time_of(typed: str, zone: ZoneInfo) -> datetime | None:
    """A time as a browser's form sends it, in the coverage's zone. Raises Refused for anything else."""
    if not typed:
        return None
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=zone)
    except ValueError:
        raise Refused(f"“{typed}” is no date and time: write it as 2026-05-03T14:20.") from None


def text_of(form: FormData | Mapping[str, Any], name: str) -> str:
    """A text field, trimmed; "" where it is missing or is a file."""
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""
