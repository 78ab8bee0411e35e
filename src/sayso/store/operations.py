"""Operational tables, outside the ledger: health of sources, settings, accounts, sessions, the staff log (H12)."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from sayso.errors import Refused
from sayso.store import operational as t
from sayso.store.records import SourceHealth, StaffNote, User, WebSession


class Operates(Protocol):
    """Something that lends connections to read and to write with."""

    def _connection(self) -> AbstractContextManager[Connection]:
        """A connection to read from."""
        ...

    def _writing(self) -> AbstractContextManager[Connection]:
        """A connection that holds the write lock; commits at the end of the block."""
        ...


class HealthOperations(Operates):
    """How the fetching of each source does, and small settings."""

    def note_fetch(
        self,
        source: str,
        *,
        at: datetime,
        ok: bool,
        error: str | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> None:
        """Record how a fetch went. A failure keeps the validators of the last success."""
        with self._writing() as conn:
            if ok:
                values = {"ok_at": at, "failures": 0, "error": None, "etag": etag, "last_modified": last_modified}
            else:
                values = {"failures": t.health.c.failures + 1, "error": error or "no answer"}
            this = t.health.c.source == source
            if conn.execute(update(t.health).where(this).values(asked_at=at, **values)).rowcount:
                return
            first = {"ok_at": None, "etag": None, "last_modified": None, **values, "failures": 0 if ok else 1}
            conn.execute(insert(t.health), {"source": source, "asked_at": at, **first})

    def fetch_state(self, source: str) -> SourceHealth:
        """How the fetching of a source does; all blank for one that was never asked."""
        query = select(t.health).where(t.health.c.source == source)
        with self._connection() as conn:
            row = conn.execute(query).mappings().one_or_none()
        return SourceHealth(source=source) if row is None else SourceHealth(**row)

    def health(self) -> tuple[SourceHealth, ...]:
        """Every source that was ever asked, by name."""
        with self._connection() as conn:
            rows = conn.execute(select(t.health).order_by(t.health.c.source)).mappings().all()
        return tuple(SourceHealth(**row) for row in rows)

    def setting(self, key: str) -> bytes | None:
        """A small value kept beside the ledger, None if it was never set."""
        with self._connection() as conn:
            found: bytes | None = conn.execute(select(t.setting.c.value).where(t.setting.c.key == key)).scalar()
        return found

    def set_setting(self, key: str, value: bytes) -> None:
        """Keep a small value."""
        with self._writing() as conn:
            _put(conn, t.setting, {"key": key}, {"value": value})


class AccountOperations(Operates):
    """Who may sit at the desk, their sessions, and what they did."""

    def add_user(self, name: str, *, password_hash: str, role: str, at: datetime) -> None:
        """Add an account. Raises Refused where the name is taken."""
        with self._writing() as conn:
            if conn.execute(select(t.users.c.name).where(t.users.c.name == name)).scalar() is not None:
                raise Refused(f"there is an account {name!r} already; choose another name or set its password")
            values = {"name": name, "password_hash": password_hash, "role": role, "created_at": at}
            conn.execute(insert(t.users), values)

    def user(self, name: str) -> User | None:
        """The account with that name."""
        with self._connection() as conn:
            row = conn.execute(select(t.users).where(t.users.c.name == name)).mappings().one_or_none()
        return None if row is None else User(**row)

    def user_names(self) -> tuple[str, ...]:
        """The names of all accounts."""
        with self._connection() as conn:
            return tuple(conn.execute(select(t.users.c.name).order_by(t.users.c.name)).scalars())

    def password_hash(self, name: str) -> str | None:
        """The stored hash of an account's password, None if there is no such account."""
        found = self.user(name)
        return None if found is None else found.password_hash

    def set_password(self, name: str, *, password_hash: str) -> None:
        """Give an account another password and end all its sessions. Raises Refused for an unknown name."""
        with self._writing() as conn:
            this = t.users.c.name == name
            if not conn.execute(update(t.users).where(this).values(password_hash=password_hash)).rowcount:
                raise Refused(f"there is no account {name!r}")
            conn.execute(delete(t.web_session).where(t.web_session.c.user == name))

    def open_session(self, token_hash: str, *, user: str, at: datetime, until: datetime) -> None:
        """Keep a new session; those that ended are forgotten."""
        with self._writing() as conn:
            conn.execute(delete(t.web_session).where(t.web_session.c.expires_at <= at))
            values = {"token_hash": token_hash, "user": user, "created_at": at, "expires_at": until}
            conn.execute(insert(t.web_session), values)

    def session(self, token_hash: str, *, at: datetime) -> WebSession | None:
        """The session with that token's hash, None if there is none or it has ended by `at`."""
        this = (t.web_session.c.token_hash == token_hash, t.web_session.c.expires_at > at)
        with self._connection() as conn:
            row = conn.execute(select(t.web_session).where(*this)).mappings().one_or_none()
        return None if row is None else WebSession(**row)

    def close_session(self, token_hash: str) -> None:
        """Forget a session."""
        with self._writing() as conn:
            conn.execute(delete(t.web_session).where(t.web_session.c.token_hash == token_hash))

    def failed_logins(self, name: str, *, since: datetime) -> int:
        """How many tries for this name failed since then; names that do not exist are counted like those that do."""
        this = (t.login_failure.c.name == name, t.login_failure.c.at >= since)
        with self._connection() as conn:
            return conn.execute(select(func.count()).select_from(t.login_failure).where(*this)).scalar_one()

    def note_failed_login(self, name: str, *, at: datetime) -> None:
        """Count one try."""
        with self._writing() as conn:
            conn.execute(insert(t.login_failure), {"name": name, "at": at})

    def forget_failed_logins(self, name: str) -> None:
        """Start counting for this name anew."""
        with self._writing() as conn:
            conn.execute(delete(t.login_failure).where(t.login_failure.c.name == name))

    def note_staff(self, user: str, action: str, *, at: datetime, detail: str = "") -> None:
        """Write a line into the staff log."""
        with self._writing() as conn:
            conn.execute(insert(t.staff_log), {"at": at, "user": user, "action": action, "detail": detail})

    def staff_log(self, *, limit: int) -> tuple[StaffNote, ...]:
        """The newest lines of the staff log, newest first."""
        columns = (t.staff_log.c.at, t.staff_log.c.user, t.staff_log.c.action, t.staff_log.c.detail)
        query = select(*columns).order_by(t.staff_log.c.id.desc()).limit(limit)
        with self._connection() as conn:
            return tuple(StaffNote(**row) for row in conn.execute(query).mappings())

    def purge_staff(self, *, before: datetime) -> int:
        """How many lines of the staff log and failed tries from before then were erased: its retention."""
        with self._writing() as conn:
            notes = conn.execute(delete(t.staff_log).where(t.staff_log.c.at < before)).rowcount
            tries = conn.execute(delete(t.login_failure).where(t.login_failure.c.at < before)).rowcount
        return notes + tries


def _put(conn: Connection, table: Table, key: dict[str, Any], values: dict[str, Any]) -> None:
    """Set the row with that key, whether it is there or not."""
    this = [table.c[name] == value for name, value in key.items()]
    if not conn.execute(update(table).where(*this).values(values)).rowcount:
        conn.execute(insert(table), {**key, **values})
