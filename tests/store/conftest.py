"""Every test of the store runs on both databases, but for those that speak of one of them."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.store import Store
from tests.postgres import empty_database
from tests.store.factory import at_address, opened

BOTH = ["sqlite", "postgresql"]


@pytest.fixture(params=BOTH)
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


@pytest.fixture(scope="module", params=BOTH)
def lasting(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store for all tests of a module that leave it as they find it; tests that change one take `store`."""
    with contextlib.ExitStack() as stack:
        if request.param == "postgresql":
            address = stack.enter_context(empty_database(request.getfixturevalue("postgres_server")))
        else:
            address = f"sqlite:///{tmp_path_factory.mktemp('lasting') / 'sayso.sqlite3'}"
        yield stack.enter_context(contextlib.closing(at_address(address)))


@pytest.fixture
def file_store(tmp_path: Path) -> Iterator[Store]:
    """A store in SQLite's file."""
    made = opened(tmp_path / "sayso.sqlite3")
    yield made
    made.close()
