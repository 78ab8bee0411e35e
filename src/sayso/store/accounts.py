"""Accounts, their roles and second factors, and addresses that work once. Outside the ledger and its exports (H12)."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from sayso.errors import Refused
from sayso.store import operational as t
from sayso.store.operations import Operates
from sayso.store.records import Invitation, User


class AccountOperations(Operates):
    """Who may sit at the desk, and in which role."""

    def add_user(self, name: str, *, password_hash: str, role: str, at: datetime) -> None:
        """Add an account. Raises Refused where the name is taken or was somebody's who left, in large or small letters."""
        with self._writing() as conn:
            _add_user(conn, name, password_hash=password_hash, role=role, at=at)

    def user(self, name: str) -> User | None:
        """The account with that name."""
        with self._connection() as conn:
            row = conn.execute(select(t.users).where(t.users.c.name == name)).mappings().one_or_none()
        return None if row is None else User(**row)

    def users(self) -> tuple[User, ...]:
        """All accounts by name, also those that are closed."""
        with self._connection() as conn:
            rows = conn.execute(select(t.users).order_by(t.users.c.closed, t.users.c.name)).mappings().all()
        return tuple(User(**row) for row in rows)

    def password_hash(self, name: str) -> str | None:
        """The stored hash of an account's password, None if there is no such account or it is closed."""
        found = self.user(name)
        return None if found is None or found.closed else found.password_hash

    def second_secret(self, name: str) -> bytes | None:
        """The secret of an account's second factor, None where it has none."""
        found = self.user(name)
        return None if found is None else found.second

    def set_password(self, name: str, *, password_hash: str, programs: bool = False) -> None:
        """Give an account another password and end all its sessions; with `programs` also its tokens, and the addresses
        that it made: whoever knew the old one may have them. Raises Refused for an unknown name."""
        with self._writing() as conn:
            _set_password(conn, name, password_hash)
            if programs:
                conn.execute(delete(t.api_token).where(t.api_token.c.user == name))
                conn.execute(delete(t.invitation).where(t.invitation.c.invited_by == name))

    def change_role(self, name: str, role: str) -> None:
        """Give an open account another role; addresses that it made as an admin end where it is none any more. Raises
        Refused for the last admin, and where there is no such account."""
        with self._writing() as conn:
            _open_account(conn, name)
            if role != "admin":
                _keep_an_admin(conn, name)
                conn.execute(delete(t.invitation).where(t.invitation.c.invited_by == name))
            conn.execute(update(t.users).where(t.users.c.name == name).values(role=role))

    def close_user(self, name: str) -> None:
        """Close an account: its sessions, tokens, codes and addresses end, its name is never given again. Raises
        Refused for the last admin, and where there is no such account."""
        with self._writing() as conn:
            _open_account(conn, name)
            _keep_an_admin(conn, name)
            conn.execute(update(t.users).where(t.users.c.name == name).values(closed=True, second=None))
            for table in (t.web_session, t.api_token, t.recovery_code, t.invitation):
                conn.execute(delete(table).where(table.c.user == name))
            conn.execute(delete(t.invitation).where(t.invitation.c.invited_by == name))

    # the second factor

    def set_second(self, name: str, secret: bytes | None, *, codes: Iterable[str] = ()) -> None:
        """Give an account a second factor, or take it away (None); `codes` are the hashes that stand in for it."""
        with self._writing() as conn:
            _set_second(conn, name, secret, codes)

    def take_step(self, name: str, step: int) -> bool:
        """Whether no code of this step or a later one was taken before; it is taken now."""
        fresh = t.users.c.second_step.is_(None) | (t.users.c.second_step < step)
        with self._writing() as conn:
            return bool(
                conn.execute(update(t.users).where(t.users.c.name == name, fresh).values(second_step=step)).rowcount
            )

    def take_recovery_code(self, name: str, code_hash: str) -> bool:
        """Whether that code was one of the account's; it is gone now."""
        this = (t.recovery_code.c.user == name, t.recovery_code.c.code_hash == code_hash)
        with self._writing() as conn:
            return bool(conn.execute(delete(t.recovery_code).where(*this)).rowcount)

    def recovery_codes_left(self, name: str) -> int:
        """How many codes an account has left."""
        query = select(func.count()).select_from(t.recovery_code).where(t.recovery_code.c.user == name)
        with self._connection() as conn:
            return conn.execute(query).scalar_one()

    # addresses that work once

    def invite(self, invitation: Invitation) -> None:
        """Keep an invitation; an older one of the same account ends, and so do those that are over."""
        over = t.invitation.c.until <= invitation.at
        if invitation.user is not None:
            over |= t.invitation.c.user == invitation.user
        with self._writing() as conn:
            conn.execute(delete(t.invitation).where(over))
            conn.execute(insert(t.invitation), asdict(invitation))

    def invitations(self, *, at: datetime) -> tuple[Invitation, ...]:
        """Those that can still be taken, the newest first."""
        query = select(t.invitation).where(t.invitation.c.until > at).order_by(t.invitation.c.at.desc())
        with self._connection() as conn:
            return tuple(Invitation(**row) for row in conn.execute(query).mappings())

    def take_back_invitation(self, token_hash: str) -> bool:
        """Whether there was that invitation; it is gone now."""
        with self._writing() as conn:
            return bool(conn.execute(delete(t.invitation).where(t.invitation.c.token_hash == token_hash)).rowcount)

    def take_invitation(self, token_hash: str, *, name: str, password_hash: str, at: datetime) -> Invitation:
        """Use an address: its account gets this password, or a new account of this name is opened. Raises Refused where
        it was used, has ended or never was, and where the name is taken (then it can still be used)."""
        this = (t.invitation.c.token_hash == token_hash, t.invitation.c.until > at)
        with self._writing() as conn:
            row = conn.execute(select(t.invitation).where(*this)).mappings().one_or_none()
            if row is None:
                raise Refused("This address was used already, or its time is over. Ask for another one.")
            found = Invitation(**row)
            if found.user is None:
                _add_user(conn, name, password_hash=password_hash, role=found.role, at=at)
            else:
                _set_password(conn, found.user, password_hash)
            conn.execute(delete(t.invitation).where(t.invitation.c.token_hash == token_hash))
        return found


def _add_user(conn: Connection, name: str, *, password_hash: str, role: str, at: datetime) -> None:
    """A new account. Raises Refused where the name is or was somebody's."""
    if name.casefold() in {n.casefold() for n in conn.execute(select(t.users.c.name)).scalars()}:
        raise Refused(f"there is or was an account {name!r} already; choose another name")
    values = {"name": name, "password_hash": password_hash, "role": role, "created_at": at}
    conn.execute(insert(t.users), values)


def _open_account(conn: Connection, name: str) -> None:
    """Raise Refused where there is no such account, or it is closed."""
    this = (t.users.c.name == name, ~t.users.c.closed)
    if conn.execute(select(t.users.c.name).where(*this)).scalar() is None:
        raise Refused(f"there is no account {name!r} (any more)")


def _keep_an_admin(conn: Connection, name: str) -> None:
    """Raise Refused where nobody could change people any more if this account could not."""
    others = (t.users.c.role == "admin", ~t.users.c.closed, t.users.c.name != name)
    role = conn.execute(select(t.users.c.role).where(t.users.c.name == name)).scalar()
    if role == "admin" and not conn.execute(select(func.count()).select_from(t.users).where(*others)).scalar_one():
        raise Refused(f"{name!r} is the last admin: make somebody else an admin first")


def _set_password(conn: Connection, name: str, password_hash: str) -> None:
    """Another password, no session. Raises Refused where there is no such account, or it is closed."""
    _open_account(conn, name)
    conn.execute(update(t.users).where(t.users.c.name == name).values(password_hash=password_hash))
    conn.execute(delete(t.web_session).where(t.web_session.c.user == name))


def _set_second(conn: Connection, name: str, secret: bytes | None, codes: Iterable[str]) -> None:
    """Another second factor or none; the codes of before are gone."""
    conn.execute(update(t.users).where(t.users.c.name == name).values(second=secret, second_step=None))
    conn.execute(delete(t.recovery_code).where(t.recovery_code.c.user == name))
    if rows := [{"user": name, "code_hash": code} for code in codes]:
        conn.execute(insert(t.recovery_code), rows)
