"""Sessions: a random token in the browser, only its hash with us, and the form token that belongs to it."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

#: A shift and a night: after that the editor signs in anew.
SESSION_LASTS: Final = timedelta(hours=16)
#: A session that nobody used for so long is over: a browser that was closed without signing out, or lost. A page of the
#: desk that is open and listens is use: somebody waits for alerts.
SESSION_IDLE: Final = timedelta(hours=2)
#: How often the end of a session in use is moved: not with each request.
PROLONGED_EVERY: Final = timedelta(minutes=5)
#: How long a session waits for the code of the second factor.
CODE_WITHIN: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A session token: `value` goes into the cookie and nowhere else, `hash` is what the store keeps."""

    value: str
    hash: str


def make_token() -> Token:
    """A new random token of 256 bits."""
    value = secrets.token_urlsafe(32)
    return Token(value=value, hash=hash_token(value))


def hash_token(value: str) -> str:
    """The hex SHA-256 of a token. No salt is needed: the token itself is random."""
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()


def ends_at(opened: datetime, *, now: datetime) -> datetime:
    """When a session ends that was opened then and is used now."""
    return min(opened + SESSION_LASTS, now + SESSION_IDLE)


def csrf_of(value: str) -> str:
    """The form token of a session: bound to it, and of no use for finding the session's own token."""
    return hmac.new(value.encode("utf-8", "surrogatepass"), b"sayso form", hashlib.sha256).hexdigest()


def csrf_matches(value: str, sent: str) -> bool:
    """Whether a form came with the token of this very session, compared in equal time."""
    return hmac.compare_digest(csrf_of(value).encode(), sent.encode("utf-8", "surrogatepass"))


def cookie_name(name: str, *, scheme: str) -> str:
    """The cookie's name: under https with the prefix that ties it to this host and path (RFC 6265bis, __Host-)."""
    return f"__Host-{name}" if scheme == "https" else name
