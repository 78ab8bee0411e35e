"""Passwords: made at random, stored as argon2id, checked in equal time whether the account exists or not."""

import secrets
import threading
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

#: Letters and digits that cannot be taken for one another when read from a terminal.
ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LENGTH = 4, 5  # 20 letters of 31: 99 bits

#: What somebody chooses: no shorter, no longer.
SHORTEST, LONGEST = 12, 1000

#: Each check takes 64 MiB and a third of a second of four threads: more at once would starve the live page.
_ONE_AT_A_TIME = threading.BoundedSemaphore(2)
_hasher = PasswordHasher()


def make_password() -> str:
    """A random password of 99 bits in four groups, easy to type from a terminal."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def fault_of_password(password: str, *, name: str) -> str | None:
    """What is wrong with a password that somebody chose, as a sentence; None where nothing is (NIST SP 800-63B, 3.1.1:
    long, and no rules about kinds of letters)."""
    if len(password) < SHORTEST:
        return f"A password has at least {SHORTEST} characters: four words are easier to keep than signs."
    if len(password) > LONGEST:
        return f"A password has at most {LONGEST} characters."
    if name.casefold() in password.casefold() and len(password) < SHORTEST + len(name):
        return "The password is little more than your name: choose another."
    if len(set(password)) < 5:
        return "The password says the same letters again and again: choose another."
    return None


def hash_password(password: str) -> str:
    """The argon2id hash to store, with its parameters and a fresh salt inside."""
    with _ONE_AT_A_TIME:
        return _hasher.hash(password)


def verify_password(stored: str | None, password: str) -> bool:
    """Whether the password belongs to the stored hash; None (no such account) costs the same time and is False."""
    with _ONE_AT_A_TIME:
        try:
            matches = _hasher.verify(stored or _nobodys_hash(), password)
        except (VerificationError, InvalidHashError):
            return False
    return matches and stored is not None


@cache
def _nobodys_hash() -> str:
    """A hash of nobody's password: so that a name that does not exist takes as long to refuse as one that does."""
    return _hasher.hash(secrets.token_urlsafe(32))
