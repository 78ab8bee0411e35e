"""Who may sit at the desk of this installation: accounts, sessions and the log of what staff did, kept in the store.

None of it is in the ledger: staff events stand in a log of their own, with a retention, outside every export (H12).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from sayso.accounts import Login, hash_password, hash_token, make_password, sign_in
from sayso.flow.clock import world_now
from sayso.store import Store

log = structlog.get_logger()

#: The one account of a new installation.
EDITOR: Final = "editor"
#: Staff events are forgotten after this.
STAFF_LOG_KEPT: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Staff:
    """The accounts in a store, as `accounts.Book` and as the desk's pages ask for them."""

    store: Store

    def password_hash(self, name: str) -> str | None:
        """The stored hash of an account's password, None if there is no such account."""
        user = self.store.user(name)
        return user.password_hash if user else None

    def failed_logins(self, name: str, *, since: datetime) -> int:
        """How many tries for this name failed since then."""
        return self.store.failed_logins(name, since=since)

    def note_failed_login(self, name: str, *, at: datetime) -> None:
        """Count one try; it is forgotten if it succeeds."""
        self.store.note_failed_login(name, at=at)

    def forget_failed_logins(self, name: str) -> None:
        """Start counting for this name anew: its owner came in."""
        self.store.clear_failed_logins(name)

    def open_session(self, token_hash: str, *, user: str, at: datetime, until: datetime) -> None:
        """Keep a new session."""
        self.store.open_session(token_hash, user=user, created_at=at, expires_at=until)

    def close_session(self, token_hash: str) -> None:
        """Forget a session."""
        self.store.close_session(token_hash)

    def sign_in(self, name: str, password: str, *, old_token: str | None) -> Login:
        """The outcome of one try, written to the staff log without the password and without an address."""
        now = world_now()
        login = sign_in(self, name, password, now=now, old_token=old_token)
        if login.token is not None:
            self.note(name, "signed in")
        else:
            log.warning("desk.sign_in_refused", over_limit=login.wait is not None)
        return login

    def sign_out(self, token: str) -> None:
        """End the session of a token."""
        self.store.close_session(hash_token(token))

    def who(self, token: str | None) -> str | None:
        """The account that a session's token belongs to, None where there is no such session or it has ended."""
        if not token:
            return None
        session = self.store.session(hash_token(token))
        if session is None or session.expires_at <= world_now():
            return None
        return session.user

    def note(self, user: str, action: str, detail: str = "") -> None:
        """Write what somebody did into the staff log."""
        self.store.note_staff(at=world_now(), user=user, action=action, detail=detail)


def first_password(store: Store) -> str | None:
    """The password of the editor's account, made now because there was none; None where one exists already."""
    if store.user(EDITOR) is not None:
        return None
    password = make_password()
    store.add_user(EDITOR, password_hash=hash_password(password), role="editor", created_at=world_now())
    return password


def new_password(store: Store, name: str = EDITOR) -> str:
    """A new password for an account; whoever was signed in with the old one is signed out."""
    password = make_password()
    if store.user(name) is None:
        store.add_user(name, password_hash=hash_password(password), role="editor", created_at=world_now())
    else:
        store.set_password(name, hash_password(password))
    store.clear_failed_logins(name)
    store.close_sessions_of(name)
    return password
