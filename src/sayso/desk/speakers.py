"""Who says a text that an editor pasted: a listed body or person, somebody else, or one whose name is withheld."""

from dataclasses import dataclass

from sayso.desk.naming import body_of
from sayso.model.claim import Attribution
from sayso.model.conflict import Conflict, Person
from sayso.model.coverage import Source
from sayso.model.statement import Statement

#: The source under which pasted statements stand; no coverage may list one of this name.
TYPED = "desk"
#: Shown where the name is nowhere stored (H11).
WITHHELD = "A person whose name is withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """The name as shown, and the attribution that the reader starts from. `body` is set for a listed body."""

    name: str
    attr: Attribution
    body: str | None = None


def speaker_named(name: str, conflict: Conflict, *, channel: str | None = None) -> Speaker:
    """The listed body or person of that name, else somebody with a name whom the coverage does not know."""
    body = body_of(conflict, name)
    if body is not None:
        attr = Attribution(kind=body.kind, org=body.name, side=body.side, channel=channel, quote="direct")
        return Speaker(name=body.name, attr=attr, body=body.name)
    person = _person_of(conflict, name)
    if person is not None:
        return Speaker(name=person.name, attr=_attribution_of(person, conflict, channel))
    return Speaker(name=name, attr=Attribution(kind="eyewitness", speaker=name, channel=channel, quote="direct"))


def withheld(*, channel: str | None = None) -> Speaker:
    """Somebody whose name is stored nowhere (H11)."""
    return Speaker(name=WITHHELD, attr=Attribution(kind="eyewitness", channel=channel, quote="direct"))


def speaker_of(statement: Statement, conflict: Conflict) -> Speaker:
    """The speaker of a pasted statement, from what the statement keeps."""
    if statement.speaker is None:
        return withheld(channel=statement.channel)
    return speaker_named(statement.speaker, conflict, channel=statement.channel)


def source_of(statement: Statement, conflict: Conflict) -> Source:
    """A source for a pasted statement: its speaker as owner, so that heads and pages name who says it."""
    speaker = speaker_of(statement, conflict)
    return Source(
        name=TYPED,
        title=speaker.name,
        kind="typed",
        url=statement.url or "",
        body=speaker.body,
        party=speaker.attr.side,
        lang=statement.lang,
        channel=statement.channel,
    )


def _person_of(conflict: Conflict, name: str) -> Person | None:
    folded = name.casefold()
    return next((p for p in conflict.people if folded in (n.casefold() for n in (p.name, *p.names))), None)


def _attribution_of(person: Person, conflict: Conflict, channel: str | None) -> Attribution:
    body = body_of(conflict, person.body)
    return Attribution(
        kind=person.kind or (body.kind if body else "official"),
        speaker=person.name,
        role=person.role,
        org=body.name if body else None,
        side=person.side or (body.side if body else None),
        channel=channel,
        quote="direct",
    )
