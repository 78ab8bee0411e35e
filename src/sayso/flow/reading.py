"""A statement's text -> its claims -> the questions that they answer."""

from collections.abc import Mapping
from datetime import date

from sayso.model.claim import Attribution, Reading
from sayso.model.conflict import Body, Conflict
from sayso.model.coverage import Coverage, Source
from sayso.model.event import Read
from sayso.model.setting import Setting
from sayso.model.statement import Statement
from sayso.read import Reader
from sayso.reconcile import questions_of


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
    """The reading of a statement with the ids of the questions that each of its claims answers."""
    reading = reader.read(statement.text, statement.parts, setting_of(coverage, source, statement))
    return Read(statement=statement.id, reading=reading, questions=question_ids(coverage, statement, reading))


def question_ids(coverage: Coverage, statement: Statement, reading: Reading) -> tuple[tuple[str, ...], ...]:
    """For each claim of the reading, in text order, the ids of the questions that it answers."""
    day: date = coverage.local_day(statement.said_at)
    return tuple(
        tuple(key.id for key in questions_of(c, said_at=statement.said_at, conflict=coverage.conflict, day=day))
        for c in reading.claims
    )


def sources_by_name(coverage: Coverage) -> Mapping[str, Source]:
    """The coverage's sources by their names."""
    return {s.name: s for s in coverage.sources}
