"""Passwords, sessions, limits on guessing and the origin of requests."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from sayso.accounts import (
    MAX_TRIES,
    comes_from_here,
    cookie_name,
    csrf_matches,
    csrf_of,
    hash_password,
    hash_token,
    make_password,
    make_token,
    sign_in,
    verify_password,
)  # fmt: skip

NOW = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)
STORED = hash_password("right")


@dataclass
class MemoryBook:
    """Accounts in memory."""

    hashes: dict[str, str] = field(default_factory=lambda: {"editor": STORED})
    failed: list[tuple[str, datetime]] = field(default_factory=list)
    sessions: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, bytes] = field(default_factory=dict)
    steps: dict[str, int] = field(default_factory=dict)

    def second_secret(self, name: str) -> bytes | None:
        return self.secrets.get(name)

    def take_step(self, name: str, step: int) -> bool:
        fresh = step > self.steps.get(name, 0)
        self.steps[name] = max(step, self.steps.get(name, 0))
        return fresh

    def take_recovery_code(self, name: str, code_hash: str) -> bool:
        return False

    def password_hash(self, name: str) -> str | None:
        return self.hashes.get(name)

    def failed_logins(self, name: str, *, since: datetime) -> int:
        return sum(n == name and at >= since for n, at in self.failed)

    def note_failed_login(self, name: str, *, at: datetime) -> None:
        self.failed.append((name, at))

    def forget_failed_logins(self, name: str) -> None:
        self.failed = [f for f in self.failed if f[0] != name]

    def open_session(self, token_hash: str, *, user: str, at: datetime, until: datetime, waits: bool = False) -> None:
        self.sessions[token_hash] = user

    def close_session(self, token_hash: str) -> None:
        self.sessions.pop(token_hash, None)


def test_a_made_password_is_long_and_never_the_same() -> None:
    made = {make_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(p) == 23 and p.count("-") == 3 for p in made)


def test_only_the_right_password_verifies() -> None:
    assert STORED.startswith("$argon2id$")
    assert verify_password(STORED, "right")
    assert not verify_password(STORED, "wrong")
    assert not verify_password(None, "right")
    assert not verify_password("not a hash", "right")


def test_the_session_token_itself_is_stored_nowhere() -> None:
    book = MemoryBook()
    login = sign_in(book, "editor", "right", now=NOW)
    assert login.token is not None
    assert len(login.token.value) >= 43
    assert book.sessions == {hash_token(login.token.value): "editor"}


def test_the_session_is_rotated_at_sign_in() -> None:
    book, planted = MemoryBook(), make_token()
    book.sessions[planted.hash] = "editor"
    sign_in(book, "editor", "right", now=NOW, old_token=planted.value)
    assert planted.hash not in book.sessions


@pytest.mark.parametrize("name", ["editor", "nobody"])
def test_ten_tries_and_no_more_right_or_wrong(name: str) -> None:
    book = MemoryBook(hashes={"editor": hash_password("x")})
    book.failed = [(name, NOW)] * (MAX_TRIES - 1)
    assert sign_in(book, name, "wrong", now=NOW).wait is None
    assert sign_in(book, name, "x", now=NOW).wait is not None
    assert sign_in(book, name, "x", now=NOW + timedelta(minutes=16)).wait is None


def test_a_burst_of_tries_at_once_is_counted_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.accounts.signing_in.verify_password", lambda *_: bool(time.sleep(0.01)))
    book = MemoryBook()
    with ThreadPoolExecutor(20) as pool:
        logins = list(pool.map(lambda _: sign_in(book, "editor", "wrong", now=NOW), range(40)))
    assert sum(login.wait is None for login in logins) == MAX_TRIES


@pytest.mark.slow
def test_an_unknown_name_takes_as_long_as_a_known_one() -> None:
    def median(name: str) -> float:
        times = []
        for _ in range(7):
            begin = time.perf_counter()
            sign_in(MemoryBook(), name, "wrong", now=NOW)
            times.append(time.perf_counter() - begin)
        return statistics.median(times)

    verify_password(None, "warm up")
    known, unknown = median("editor"), median("nobody")
    assert 0.6 < known / unknown < 1.6  # measured within a few per cent; the width is for a busy machine


def test_a_form_token_belongs_to_one_session() -> None:
    one, two = make_token().value, make_token().value
    assert csrf_matches(one, csrf_of(one))
    assert not csrf_matches(two, csrf_of(one))
    assert not csrf_matches(one, "")
    assert csrf_of(one) != hash_token(one)


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"sec-fetch-site": "same-origin", "origin": "http://desk.example:8900"}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"origin": "http://desk.example:8900"}, True),
        ({"referer": "http://desk.example:8900/desk/login"}, True),
        ({"sec-fetch-site": "same-site", "origin": "http://desk.example:8900"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"sec-fetch-site": "same-origin", "origin": "http://evil.example"}, False),
        ({"origin": "null"}, False),
        ({"origin": "http://desk.example"}, False),
        ({"origin": "http://[bad"}, False),
        ({"referer": "http://evil.example/desk.example:8900"}, False),
        ({}, False),
    ],
)
def test_only_our_own_pages_may_change_anything(headers: dict[str, str], ours: bool) -> None:
    assert comes_from_here(headers, host="desk.example:8900") is ours


def test_the_cookie_is_tied_to_the_host_under_https() -> None:
    assert cookie_name("s", scheme="https") == "__Host-s"
    assert cookie_name("s", scheme="http") == "s"
