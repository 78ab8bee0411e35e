"""Who may sit at the desk of this installation: accounts, sessions and the log of what staff did, kept in the store.

None of it is in the ledger: staff events stand in a log of their own, with a retention, outside every export (H12).
"""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from sayso.accounts import (
    PROLONGED_EVERY,
    TRIES_WITHIN,
    Login,
    May,
    Role,
    ends_at,
    give_second,
    hash_password,
    hash_token,
    make_password,
    may,
    role_named,
    sign_in,
)
from sayso.errors import Refused, TryLater
from sayso.flow.clock import world_now
from sayso.store import Store, User, WebSession

log = structlog.get_logger()

#: The one account of a new installation.
EDITOR: Final = "editor"
#: Who acts where somebody works at the machine itself; no account can have this name.
TERMINAL: Final = "(terminal)"
#: Staff events are forgotten after this.
STAFF_LOG_KEPT: Final = timedelta(days=90)
#: How often a running server looks what of it is that old.
FORGET_S: Final = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who is signed in. `lacks_second`: the coverage asks this role for a second factor, and there is none."""

    name: str
    role: Role
    lacks_second: bool = False

    def may(self, what: May) -> bool:
        """Whether the role may do this."""
        return may(self.role, what)


@dataclass(frozen=True, slots=True)
class Staff:
    """The accounts in a store, as the desk's pages ask for them. Roles in `second_for` need a second factor; `address` is
    where this server is reached from elsewhere, "" where the operator set none."""

    store: Store
    second_for: Collection[str] = ()
    address: str = ""

    def sign_in(self, name: str, password: str, *, old_token: str | None) -> Login:
        """The outcome of one try, written to the staff log without the password and without an address."""
        now = world_now()
        login = sign_in(self.store, name, password, now=now, old_token=old_token)
        forget_old(self.store, now=now)
        return self._noted(login)

    def give_second(self, token: str, code: str) -> Login | None:
        """The outcome of one try of a code by whoever gave the right password before; None where nobody did lately."""
        session = self._session(token, waits=True)
        if session is None:
            return None
        return self._noted(give_second(self.store, session.user, code, now=world_now(), waiting=token))

    def waits(self, token: str) -> bool:
        """Whether a session's token still waits for the second factor."""
        return self._session(token, waits=True) is not None

    def sign_out(self, token: str, *, who: str) -> None:
        """End the session of a token."""
        self.store.close_session(hash_token(token))
        self.note(who, "signed out")

    def who(self, token: str | None) -> Person | None:
        """Whom a session's token belongs to, None where there is no such session, it has ended, or it still waits for the
        second factor. A session in use is prolonged."""
        session = self._session(token, waits=False)
        user = self.store.user(session.user) if session else None
        if session is None or user is None or user.closed:
            return None
        self._prolong(session, now=world_now())
        return self.person(user)

    def person(self, user: User) -> Person:
        """The account as somebody who acts."""
        lacks = user.second is None and user.role in self.second_for
        return Person(name=user.name, role=role_named(user.role), lacks_second=lacks)

    def note(self, user: str, action: str, detail: str = "") -> None:
        """Write what somebody did into the staff log."""
        self.store.note_staff(user, action, at=world_now(), detail=detail)

    def _noted(self, login: Login) -> Login:
        if login.token is None:
            log.warning("desk.sign_in_refused", over_limit=login.wait is not None)
        elif not login.waits:
            self.note(login.name, "signed in")
        return login

    def _session(self, token: str | None, *, waits: bool) -> WebSession | None:
        session = self.store.session(hash_token(token), at=world_now()) if token else None
        return session if session is not None and session.waits is waits else None

    def _prolong(self, session: WebSession, *, now: datetime) -> None:
        until = ends_at(session.created_at, now=now)
        if until - session.expires_at >= PROLONGED_EVERY:
            self.store.prolong_session(session.token_hash, until=until)


def forget_old(store: Store, *, now: datetime) -> None:
    """Forget what staff did, and tries to sign in, from before their time."""
    store.purge_staff(before=now - STAFF_LOG_KEPT)
    store.purge_failed_logins(before=now - TRIES_WITHIN)


async def forget_for_ever(store: Store) -> None:
    """Forget what is old at once and then each day, until cancelled: nobody may sign in for months."""
    while True:
        try:
            await asyncio.to_thread(forget_old, store, now=world_now())
        except (TryLater, Refused) as err:  # a busy database, a full disk: tomorrow is soon enough
            log.error("desk.log_not_forgotten", error=str(err))
        await asyncio.sleep(FORGET_S)


def first_password(store: Store) -> str | None:
    """The password of the editor's account, made now because there was none; None where one exists already."""
    if store.user(EDITOR) is not None:
        return None
    password = make_password()
    store.add_user(EDITOR, password_hash=hash_password(password), role="admin", at=world_now())
    return password


def new_password(store: Store, name: str = EDITOR) -> str:
    """A new password for an account; whoever was signed in with the old one is signed out, its tokens end, tries count anew. Raises
    Refused for an account that is closed."""
    password = make_password()
    if store.user(name) is None:
        store.add_user(name, password_hash=hash_password(password), role="admin", at=world_now())
    else:
        store.set_password(name, password_hash=hash_password(password), programs=True)
    store.forget_failed_logins(name)
    return password
