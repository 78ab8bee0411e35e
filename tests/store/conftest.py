from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.store import Store
from tests.store.factory import opened


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'sayso.sqlite3'}"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = opened(tmp_path / "sayso.sqlite3")
    yield made
    made.close()
