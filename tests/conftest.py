"""What every test may use: where the project and the shared data lie, whether a browser is here, and a PostgreSQL."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest
from hypothesis import settings

from tests.postgres import Server, empty_database, own_or_skipped

# The same examples in each run, so that a red run is a change of ours; `--hypothesis-profile=default` looks further.
settings.register_profile("same", derandomize=True)
settings.load_profile("same")

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The development data beside the project; the test is skipped with one line where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("development data is not beside the project (../shared)")
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium; where it must be here (SAYSO_NOTHING_OPTIONAL) its absence is a failure."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return found or absent("Chromium is missing: browser tests are skipped; to run them: apt-get install chromium")


@pytest.fixture(scope="session")
def nginx() -> str:
    """The path of nginx; where it must be here (SAYSO_NOTHING_OPTIONAL) its absence is a failure."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    return found or absent(
        "nginx is missing: tests behind caches are skipped; to run them: apt-get install nginx-light"
    )


def absent(reason: str) -> NoReturn:
    """Skip the test, or fail it where nothing is optional."""
    if os.environ.get("SAYSO_NOTHING_OPTIONAL"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL of this test process's own, whose files can be looked into."""
    with own_or_skipped() as made:
        yield made


@pytest.fixture(scope="session")
def postgres_server(request: pytest.FixtureRequest) -> str:
    """The address of the server that SAYSO_TEST_PG names, else of ours."""
    return os.environ.get("SAYSO_TEST_PG") or request.getfixturevalue("server").url("postgres")


@pytest.fixture(scope="session")
def postgres_database(postgres_server: str) -> Iterator[str]:
    """The address of a database of this test process's own."""
    with empty_database(postgres_server) as address:
        yield address


@pytest.fixture
def postgres(postgres_database: str) -> str:
    """The address of that database with nothing in it."""
    with psycopg.connect(postgres_database) as conn:
        schemas = conn.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'sayso%'").fetchall()
        for (schema,) in schemas:
            conn.execute(f"DROP SCHEMA {schema} CASCADE")
    return postgres_database
