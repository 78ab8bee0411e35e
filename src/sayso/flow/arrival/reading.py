"""A statement's text -> its claims -> the questions that they answer."""

from collections.abc import Mapping

import structlog

from sayso.model.claim import Attribution, Passage, Reading, Span, Unread
from sayso.model.conflict import Body, Conflict
from sayso.model.coverage import Coverage, Source
from sayso.model.event import Read
from sayso.model.question import Said
from sayso.model.setting import Setting
from sayso.model.statement import Statement
from sayso.read import Reader
from sayso.reconcile import claimant_of, questions_of
from sayso.store import origin_of

log = structlog.get_logger()


def body_named(conflict: Conflict, name: str | None) -> Body | None:
    """The body of that name, None if the coverage lists none."""
    return next((b for b in conflict.bodies if name in b.names), None) if name else None


def owner_of(coverage: Coverage, source: Source) -> Attribution | None:
    """The speaker of a body's own channel, None for an outlet (its texts tell what others say)."""
    body = body_named(coverage.conflict, source.body)
    if body is None or body.kind == "media":
        return None
    return Attribution(kind=body.kind, org=body.name, side=body.side, channel=source.channel, quote="direct")


def setting_of(coverage: Coverage, source: Source, statement: Statement) -> Setting:
    """What the reader is told about a statement beside its text."""
    return Setting(
        published=statement.said_at.astimezone(coverage.tz),
        outlet=source.title,
        lang=statement.lang or source.lang,
        owner=owner_of(coverage, source),
    )


def read_statement(reader: Reader, coverage: Coverage, source: Source, statement: Statement) -> Read:
    """The reading of a statement with the ids of the questions that each of its claims answers.

    A fault of ours in reading one text must not keep its words back, nor those of others: it is noted as unread.
    """
    try:
        reading = reader.read(statement.text, statement.parts, setting_of(coverage, source, statement))
        return read_as(coverage, statement, reading)
    except Exception as err:
        log.exception("reading.broke_us", statement=statement.id)
        why = f"a fault in sayso: {err!r}; read it yourself"
        return Read(statement=statement.id, reading=unread(reader, statement, why), questions=())


def unread(reader: Reader, statement: Statement, why: str) -> Reading:
    """The reading of a text of which nothing could be read."""
    whole = Span(0, len(statement.text))
    gap = Unread(span=whole, why=why)
    return Reading(passages=(Passage(span=whole, text=statement.text, unread=(gap,)),), reader=reader.version)


def read_as(coverage: Coverage, statement: Statement, reading: Reading, *, origin: str = "") -> Read:
    """The reading with the ids of the questions that each claim answers, and of its claimant.

    `origin` is that of what the statement reprints: a witness without a name is the same one there.
    """
    day, outlet = coverage.local_day(statement.said_at), outlet_of(coverage, statement.source)
    origin, questions, mouths = origin or origin_of(statement.text), [], []
    for n, claim in enumerate(reading.claims):
        keys = questions_of(claim, said_at=statement.said_at, conflict=coverage.conflict, day=day)
        said = Said(
            id=f"{statement.id}.{n}", claim=claim, statement=statement.id, source=statement.source, outlet=outlet,
            said_at=statement.said_at, seen_at=statement.first_seen_at, origin=origin, by="none",
        )  # fmt: skip
        questions.append(tuple(key.id for key in keys))
        mouths.append(claimant_of(said, coverage.conflict).id)
    return Read(statement=statement.id, reading=reading, questions=tuple(questions), mouths=tuple(mouths))


def outlet_of(coverage: Coverage, source: str) -> str:
    """The title of the outlet behind a source's name; the name where the coverage lists it no longer."""
    found = coverage.source(source)
    return found.title if found else source


def sources_by_name(coverage: Coverage) -> Mapping[str, Source]:
    """The coverage's sources by their names."""
    return {s.name: s for s in coverage.sources}
