"""The types of our columns, so that text sorts, numbers grow and times read the same on every database."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine


class String(TypeDecorator[str]):
    """Text that sorts by code points. A NUL, which PostgreSQL cannot hold in text, stands there as U+FFFD, as in HTML;
    bodies are bytes and keep it."""

    impl = sa.String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The database's own type."""
        return by_code_points(self.impl_instance, dialect)

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], str | None]:
        """What makes a text as it is stored and looked for: in one call, since a statement has a hundred of them."""
        return without_nul


def without_nul(text: str | None) -> str | None:
    """The text with U+FFFD for each NUL."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}") if text and "\0" in text else text


class Text(String):
    """Text of any length, sorted likewise."""

    impl = sa.Text
    cache_ok = True


class Utc(TypeDecorator[datetime]):
    """An aware time as ISO text in UTC with microseconds: sorts as text, the same on every database."""

    impl = sa.String(32)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The database's own type."""
        return by_code_points(self.impl_instance, dialect)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """The text of an aware time."""
        return None if value is None else iso(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """The aware time of a text."""
        return None if value is None else datetime.fromisoformat(value)


class Integer(TypeDecorator[int]):
    """A whole number of 64 bits; SQLite's INTEGER has them already, and only that word numbers rows by itself."""

    impl = sa.Integer
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The database's own type."""
        return sa.BigInteger() if dialect.name == "postgresql" else self.impl_instance


def by_code_points(kind: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    """The text type; where a database would sort by the rules of a language, with the collation that does not."""
    if dialect.name == "postgresql" and isinstance(kind, sa.String):
        kind = type(kind)(kind.length, collation="C")
    return kind


@lru_cache(maxsize=4_096)  # one row of the ledger writes the same few times into many tables
def iso(at: datetime) -> str:
    """An aware time as text in UTC, always with microseconds. Raises ValueError for a naive time."""
    if at.tzinfo is None:
        raise ValueError(f"a time without a zone cannot be stored: {at}")
    return at.astimezone(UTC).isoformat(timespec="microseconds")
