"""Signing in: at most ten tries per account in a quarter of an hour, and one answer for everything that is wrong."""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from sayso.accounts.passwords import verify_password
from sayso.accounts.sessions import SESSION_LASTS, Token, hash_token, make_token

MAX_TRIES: Final = 10
TRIES_WITHIN: Final = timedelta(minutes=15)

#: Checking and counting are one step: a hundred tries at once are a hundred tries, not one.
_COUNTING = threading.Lock()


class Book(Protocol):
    """What signing in asks of the store; names that do not exist are counted like those that do."""

    def password_hash(self, name: str) -> str | None:
        """The stored hash of an account's password, None if there is no such account."""
        ...

    def failed_logins(self, name: str, *, since: datetime) -> int:
        """How many tries for this name failed since then."""
        ...

    def note_failed_login(self, name: str, *, at: datetime) -> None:
        """Count one try; it is forgotten if it succeeds."""
        ...

    def forget_failed_logins(self, name: str) -> None:
        """Start counting for this name anew: its owner came in."""
        ...

    def open_session(self, token_hash: str, *, user: str, at: datetime, until: datetime) -> None:
        """Keep a new session."""
        ...

    def close_session(self, token_hash: str) -> None:
        """Forget a session."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """How a try ended: the new session's token, or None and, after too many tries, when to come back."""

    token: Token | None = None
    wait: timedelta | None = None


def sign_in(book: Book, name: str, password: str, *, now: datetime, old_token: str | None = None) -> Login:
    """The outcome of one try (promise P17).

    The session that the browser had before is closed and a new token made, so that a token that somebody planted is
    worth nothing. A try over the limit is refused without looking at the password, right or wrong alike.
    """
    name = name.strip()[:200]
    with _COUNTING:
        if book.failed_logins(name, since=now - TRIES_WITHIN) >= MAX_TRIES:
            return Login(wait=TRIES_WITHIN)
        book.note_failed_login(name, at=now)
    if not verify_password(book.password_hash(name), password[:1000]):
        return Login()
    book.forget_failed_logins(name)
    if old_token is not None:
        book.close_session(hash_token(old_token))
    token = make_token()
    book.open_session(token.hash, user=name, at=now, until=now + SESSION_LASTS)
    return Login(token=token)
