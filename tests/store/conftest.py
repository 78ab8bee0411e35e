"""Every test of the store runs on both databases, but for those that speak of one of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.store import Store
from tests.store.factory import at_address, opened


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with nothing in it."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres"))
    return f"sqlite:///{tmp_path / 'sayso.sqlite3'}"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    made = at_address(url)
    yield made
    made.close()


@pytest.fixture
def file_store(tmp_path: Path) -> Iterator[Store]:
    """A store in SQLite's file."""
    made = opened(tmp_path / "sayso.sqlite3")
    yield made
    made.close()
