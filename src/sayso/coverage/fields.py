"""The fields with which an entry of parties.toml, places.toml or sources.toml is edited, and what is typed as TOML.

Nothing is judged here: what does not fit is written as it was typed, and the check of the whole file says what is wrong.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from sayso.coverage.entries import bare, listed, quoted
from sayso.coverage.places import PRECISIONS
from sayso.coverage.sources import GO_OUT, REHOST
from sayso.model.coverage import SOURCE_KINDS
from sayso.model.vocabulary import CHANNELS, KINDS

#: words: one line. lines: a list, one a line. bare: a number or day. members: of a camp. party, body: one that the files name.
Form = Literal["words", "lines", "bare", "members", "party", "body", "choice"]
MEMBER: Final = re.compile(r"(\S+)(?:\s+since\s+(\S+))?(?:\s+until\s+(\S+))?")


@dataclass(frozen=True, slots=True)
class Field:
    """One key of an entry: what it is called in the form, how it is typed, what it may say."""

    key: str
    label: str
    form: Form = "words"
    hint: str = ""
    options: tuple[str, ...] = ()
    needed: bool = False
    fixed: bool = False  # what was read refers to it: given once


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry: its table, what one and many are called, its fields in the file's order; the first one names it."""

    table: str
    title: str
    plural: str
    fields: tuple[Field, ...]

    @property
    def names(self) -> str:
        """The key that tells one entry of the kind from the others."""
        return self.fields[0].key

    @property
    def order(self) -> tuple[str, ...]:
        """The keys in their order."""
        return tuple(f.key for f in self.fields)

    def name_of(self, values: Mapping[str, Any]) -> str:
        """What an entry is known by: its name or id, or the first of its names; empty where it has none."""
        given = values.get(self.names)
        first = given[0] if isinstance(given, list) and given else given
        return first if isinstance(first, str) else ""


_NAMES_HINT: Final = (
    "One a line. The first is shown, the others are what texts also use; a name that ends in * is a stem."
)
_ID_HINT: Final = "Short, plain letters and digits. What is read refers to it, so that it cannot be changed here later."
_ID: Final = Field("id", "Id", hint=_ID_HINT, needed=True, fixed=True)
_NAMES: Final = Field("names", "Names", "lines", _NAMES_HINT, needed=True)
_SINCE: Final = (Field("since", "Since", "bare", "A day, as 2031-05-02."), Field("until", "Until", "bare"))

SOURCE: Final = Kind("source", "source", "Sources", (
    Field("name", "Name in addresses", hint="Small letters, digits, hyphens; given once.", needed=True, fixed=True),
    Field("title", "Title", hint="What readers see.", needed=True),
    Field("kind", "Kind", "choice", "feed: RSS, Atom, JSON Feed. live_page: an outlet's live page.", SOURCE_KINDS, needed=True),
    Field("url", "Address that is asked", needed=True),
    Field("body", "Own channel of", "body", "Only for a body's own channel: then it is the speaker. An outlet has none."),
    Field("party", "Speaks for", "party"),
    Field("lang", "Language", hint="As en; without it the language of each text is found out."),
    Field("interval_s", "Seconds between two polls", "bare", "60 where nothing is given."),
    Field("go_out", "Goes out", "choice", "hold: waits for an editor. auto: the owner's own words go out at once.", GO_OUT),
    Field("rehost", "How much readers see", "choice", "excerpt where nothing is given.", REHOST),
    Field("channel", "Kind of channel", "choice", options=CHANNELS),
))  # fmt: skip
PARTY: Final = Kind("party", "side", "Sides", (_ID, _NAMES))
THIRD: Final = Kind("third", "third party", "Named, but no side", (_ID, _NAMES))
GROUP: Final = Kind("group", "camp", "Camps", (
    _ID, _NAMES,
    Field("members", "Members", "members", "One id a line, with days where it joins or leaves: SE since 2031-05-06.", needed=True),
))  # fmt: skip
BODY: Final = Kind("body", "body", "Bodies that speak", (
    _NAMES, Field("kind", "Kind", "choice", options=KINDS, needed=True),
    Field("side", "Speaks for", "party", "Leave it out for one that speaks for nobody."),
))  # fmt: skip
PERSON: Final = Kind("person", "person", "People", (
    Field("name", "Name", needed=True),
    Field("names", "Other names", "lines", "One a line."),
    Field("role", "Role", hint="As spokeswoman."),
    Field("body", "Speaks for the body", "body"),
    Field("kind", "Kind", "choice", "The body's, unless given.", KINDS),
    Field("side", "Side", "party", "The body's, unless given."),
    *_SINCE,
))  # fmt: skip
PLACE: Final = Kind("place", "place", "Places", (
    _NAMES,
    Field("side", "Whose people stand there", "party", "When the war starts. It never says who holds the place now."),
    Field("lat", "Latitude", "bare", "Degrees; both or neither."), Field("lon", "Longitude", "bare"),
    Field("precision", "Shown as exactly as", "choice", "district where nothing is given.", PRECISIONS),
))  # fmt: skip

#: The files that are edited in forms, and the kinds of their entries.
FILES: Final[Mapping[str, tuple[Kind, ...]]] = {
    "sources": (SOURCE,),
    "parties": (PARTY, THIRD, GROUP, BODY, PERSON),
    "places": (PLACE,),
}


def as_typed(field: Field, value: Any) -> str:
    """A value of the file as it stands in the form; empty for none."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(_member_typed(v) for v in value)
    return str(value)


def _member_typed(member: Any) -> str:
    """An element of a list as one line; a member of a camp with its days."""
    if not isinstance(member, dict):
        return str(member)
    days = (f"{key} {member[key]}" for key in ("since", "until") if key in member)
    return " ".join([str(member.get("party", "")), *days])


def as_toml(field: Field, typed: str) -> str | None:
    """What was typed, as TOML; None where it is empty, so that the key is left out."""
    if field.form in ("lines", "members"):
        lines = [line.strip() for line in typed.splitlines() if line.strip()]
        return (
            listed([_member_toml(line) if field.form == "members" else quoted(line) for line in lines])
            if lines
            else None
        )
    words = " ".join(typed.split())
    if not words:
        return None
    return bare(words) if field.form == "bare" else quoted(words)


def _member_toml(line: str) -> str:
    """One line of a camp's members as TOML; what has not the form of one as words, for the check to name."""
    found = MEMBER.fullmatch(line)
    if found is None:
        return quoted(line)
    party, *days = found.groups()
    given = [f"{key} = {bare(day)}" for key, day in zip(("since", "until"), days, strict=True) if day]
    return f"{{{', '.join([f'party = {quoted(party)}', *given])}}}" if given else quoted(party)
