"""Who is signed in, what programs sign in with, how often somebody tried, and what staff did (H12)."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from sayso.store import operational as t
from sayso.store.operations import Operates
from sayso.store.records import ApiToken, StaffNote, WebSession


class SessionOperations(Operates):
    """Sessions, tokens, tries and the staff log."""

    def open_session(self, token_hash: str, *, user: str, at: datetime, until: datetime, waits: bool = False) -> None:
        """Keep a new session, which counts unless it waits for the second factor; those that ended are forgotten."""
        with self._writing() as conn:
            conn.execute(delete(t.web_session).where(t.web_session.c.expires_at <= at))
            values = {"token_hash": token_hash, "user": user, "created_at": at, "expires_at": until, "waits": waits}
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

    def prolong_session(self, token_hash: str, *, until: datetime) -> None:
        """Let a session last longer: it is in use."""
        with self._writing() as conn:
            this = t.web_session.c.token_hash == token_hash
            conn.execute(update(t.web_session).where(this).values(expires_at=until))

    def sessions_of(self, user: str, *, at: datetime) -> tuple[WebSession, ...]:
        """Where somebody is signed in, the newest first."""
        this = (t.web_session.c.user == user, t.web_session.c.expires_at > at, ~t.web_session.c.waits)
        query = select(t.web_session).where(*this).order_by(t.web_session.c.created_at.desc())
        with self._connection() as conn:
            return tuple(WebSession(**row) for row in conn.execute(query).mappings())

    def close_sessions(self, user: str, *, but: str = "") -> int:
        """How many sessions of somebody were ended: all but the one with that token's hash."""
        this = (t.web_session.c.user == user, t.web_session.c.token_hash != but)
        with self._writing() as conn:
            return conn.execute(delete(t.web_session).where(*this)).rowcount

    # tokens of programs

    def add_token(self, token: ApiToken) -> None:
        """Keep a new token."""
        with self._writing() as conn:
            conn.execute(insert(t.api_token), asdict(token))

    def token(self, token_hash: str) -> ApiToken | None:
        """The token with that hash, whether or not its time is over."""
        with self._connection() as conn:
            row = (
                conn.execute(select(t.api_token).where(t.api_token.c.token_hash == token_hash)).mappings().one_or_none()
            )
        return None if row is None else ApiToken(**row)

    def tokens(self, user: str | None = None) -> tuple[ApiToken, ...]:
        """The tokens of one account or of all, the newest first."""
        query = select(t.api_token).order_by(t.api_token.c.at.desc())
        with self._connection() as conn:
            rows = conn.execute(query if user is None else query.where(t.api_token.c.user == user)).mappings().all()
        return tuple(ApiToken(**row) for row in rows)

    def note_token_used(self, token_hash: str, *, at: datetime) -> None:
        """Keep when a token was used last."""
        with self._writing() as conn:
            conn.execute(update(t.api_token).where(t.api_token.c.token_hash == token_hash).values(used_at=at))

    def revoke_token(self, token_hash: str) -> bool:
        """Whether there was that token; it is gone now."""
        with self._writing() as conn:
            return bool(conn.execute(delete(t.api_token).where(t.api_token.c.token_hash == token_hash)).rowcount)

    # tries, and what was done

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

    def staff_log(
        self, *, limit: int, user: str | None = None, action: str | None = None, before: datetime | None = None
    ) -> tuple[StaffNote, ...]:
        """The newest lines of the staff log, newest first: of somebody, of one action, from before a moment."""
        columns = (t.staff_log.c.at, t.staff_log.c.user, t.staff_log.c.action, t.staff_log.c.detail)
        query = select(*columns).order_by(t.staff_log.c.id.desc()).limit(limit)
        for column, value in ((t.staff_log.c.user, user), (t.staff_log.c.action, action)):
            query = query if value is None else query.where(column == value)
        query = query if before is None else query.where(t.staff_log.c.at < before)
        with self._connection() as conn:
            return tuple(StaffNote(**row) for row in conn.execute(query).mappings())

    def staff_actions(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names and the actions that stand in the staff log, each sorted."""
        with self._connection() as conn:
            names = conn.execute(select(t.staff_log.c.user).distinct()).scalars().all()
            actions = conn.execute(select(t.staff_log.c.action).distinct()).scalars().all()
        return tuple(sorted(names)), tuple(sorted(actions))

    def purge_staff(self, *, before: datetime) -> int:
        """How many lines of the staff log from before then were erased: its retention."""
        with self._writing() as conn:
            return conn.execute(delete(t.staff_log).where(t.staff_log.c.at < before)).rowcount

    def purge_failed_logins(self, *, before: datetime) -> int:
        """How many tries from before then were erased: what is typed as a name may be a password."""
        with self._writing() as conn:
            return conn.execute(delete(t.login_failure).where(t.login_failure.c.at < before)).rowcount
