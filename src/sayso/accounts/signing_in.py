"""Signing in: at most ten tries per account in a quarter of an hour, passwords and codes alike, and one answer for
everything that is wrong."""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from sayso.accounts.passwords import verify_password
from sayso.accounts.second import hash_recovery_code, step_of
from sayso.accounts.sessions import CODE_WITHIN, Token, ends_at, hash_token, make_token

MAX_TRIES: Final = 10
TRIES_WITHIN: Final = timedelta(minutes=15)

#: Checking and counting are one step: a hundred tries at once are a hundred tries, not one.
_COUNTING = threading.Lock()


class Book(Protocol):
    """What signing in asks of the store; names that do not exist are counted like those that do."""

    def password_hash(self, name: str) -> str | None:
        """The stored hash of an account's password, None if there is no such account or it is closed."""
        ...

    def second_secret(self, name: str) -> bytes | None:
        """The secret of an account's second factor, None where it has none."""
        ...

    def take_step(self, name: str, step: int) -> bool:
        """Whether no code of this step or a later one was taken before; it is taken now."""
        ...

    def take_recovery_code(self, name: str, code_hash: str) -> bool:
        """Whether that code was one of the account's; it is gone now."""
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

    def open_session(self, token_hash: str, *, user: str, at: datetime, until: datetime, waits: bool = False) -> None:
        """Keep a new session, which counts unless it waits for the second factor."""
        ...

    def close_session(self, token_hash: str) -> None:
        """Forget a session."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """How a try ended: the new session's token, which may still wait for the second factor; or None and, after too many
    tries, when to come back. `name` is the account that was meant."""

    name: str
    token: Token | None = None
    waits: bool = False
    wait: timedelta | None = None


def sign_in(book: Book, name: str, password: str, *, now: datetime, old_token: str | None = None) -> Login:
    """The outcome of one try (promise P17).

    The session that the browser had before is closed and a new token made, so that a token that somebody planted is
    worth nothing. A try over the limit is refused without looking at the password, right or wrong alike. Where there is a
    second factor, tries are forgotten only once it was given: whoever has the password cannot guess codes for ever.
    """
    name = name.strip()[:200]
    if not may_try(book, name, now=now):
        return Login(name=name, wait=TRIES_WITHIN)
    if not verify_password(book.password_hash(name), password[:1000]):
        return Login(name=name)
    waits = book.second_secret(name) is not None
    if not waits:
        book.forget_failed_logins(name)
    if old_token is not None:
        book.close_session(hash_token(old_token))
    token = make_token()
    until = now + CODE_WITHIN if waits else ends_at(now, now=now)
    book.open_session(token.hash, user=name, at=now, until=until, waits=waits)
    return Login(name=name, token=token, waits=waits)


def give_second(book: Book, name: str, code: str, *, now: datetime, waiting: str) -> Login:
    """The outcome of one try of a code, for somebody whose password was right: `waiting` is the token of that session, in
    whose place a new one comes."""
    if not may_try(book, name, now=now):
        return Login(name=name, wait=TRIES_WITHIN)
    if not takes_code(book, name, code, now=now):
        return Login(name=name)
    book.forget_failed_logins(name)
    book.close_session(hash_token(waiting))
    token = make_token()
    book.open_session(token.hash, user=name, at=now, until=ends_at(now, now=now))
    return Login(name=name, token=token)


def takes_code(book: Book, name: str, code: str, *, now: datetime) -> bool:
    """Whether a code is the app's of now or one of those kept for a lost phone; it is used up by that."""
    secret = book.second_secret(name)
    if secret is None:
        return False
    step = step_of(secret, code[:100], now=now)
    if step is not None:
        return book.take_step(name, step)
    return book.take_recovery_code(name, hash_recovery_code(code[:100]))


def may_try(book: Book, name: str, *, now: datetime) -> bool:
    """Whether this name has a try left; it is counted by that."""
    with _COUNTING:
        if book.failed_logins(name, since=now - TRIES_WITHIN) >= MAX_TRIES:
            return False
        book.note_failed_login(name, at=now)
    return True
