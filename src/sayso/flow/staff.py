"""Who may sit at the desk of this installation: accounts, sessions and the log of what staff did, kept in the store.

None of it is in the ledger: staff events stand in a log of their own, with a retention, outside every export (H12).
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from sayso.accounts import Login, May, Role, hash_password, hash_token, make_password, may, role_named, sign_in
from sayso.flow.clock import world_now
from sayso.store import Store

log = structlog.get_logger()

#: The one account of a new installation.
EDITOR: Final = "editor"
#: Staff events are forgotten after this.
STAFF_LOG_KEPT: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who is signed in."""

    name: str
    role: Role

    def may(self, what: May) -> bool:
        """Whether the role may do this."""
        return may(self.role, what)


@dataclass(frozen=True, slots=True)
class Staff:
    """The accounts in a store, as the desk's pages ask for them."""

    store: Store

    def sign_in(self, name: str, password: str, *, old_token: str | None) -> Login:
        """The outcome of one try, written to the staff log without the password and without an address."""
        now = world_now()
        login = sign_in(self.store, name, password, now=now, old_token=old_token)
        self.store.purge_staff(before=now - STAFF_LOG_KEPT)
        if login.token is not None:
            self.note(name, "signed in")
        else:
            log.warning("desk.sign_in_refused", over_limit=login.wait is not None)
        return login

    def sign_out(self, token: str) -> None:
        """End the session of a token."""
        self.store.close_session(hash_token(token))

    def who(self, token: str | None) -> Person | None:
        """Whom a session's token belongs to, None where there is no such session or it has ended."""
        session = self.store.session(hash_token(token), at=world_now()) if token else None
        user = self.store.user(session.user) if session else None
        return Person(name=user.name, role=role_named(user.role)) if user and not user.closed else None

    def note(self, user: str, action: str, detail: str = "") -> None:
        """Write what somebody did into the staff log."""
        self.store.note_staff(user, action, at=world_now(), detail=detail)


def first_password(store: Store) -> str | None:
    """The password of the editor's account, made now because there was none; None where one exists already."""
    if store.user(EDITOR) is not None:
        return None
    password = make_password()
    store.add_user(EDITOR, password_hash=hash_password(password), role="admin", at=world_now())
    return password


def new_password(store: Store, name: str = EDITOR) -> str:
    """A new password for an account; whoever was signed in with the old one is signed out, and tries count anew."""
    password = make_password()
    if store.user(name) is None:
        store.add_user(name, password_hash=hash_password(password), role="admin", at=world_now())
    else:
        store.set_password(name, password_hash=hash_password(password))
    store.forget_failed_logins(name)
    return password
