import pytest
from argon2 import PasswordHasher

from sayso.accounts import passwords

#: A hash in a millisecond instead of a third of a second: how strong it really is, tests/accounts holds.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
NOBODYS = QUICK.hash("nobody has this password")


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk's pages are tested, not the hash: it is made weak for them alone."""
    monkeypatch.setattr(passwords, "_hasher", QUICK)
    monkeypatch.setattr(passwords, "_nobodys_hash", lambda: NOBODYS)
