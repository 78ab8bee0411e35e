import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.flow.newsroom import Newsroom
from sayso.sources.sandbox import Parser
from tests.flow.factory import newsroom


@pytest.fixture(scope="session")
def parser() -> Iterator[Parser]:
    made = Parser(children=1)
    yield made
    made.close()


@pytest.fixture
def room(tmp_path: Path, parser: Parser) -> Iterator[Newsroom]:
    made = newsroom(tmp_path, parser)
    yield made
    made.store.close()


@pytest.fixture(autouse=True)
def no_loop_left_open() -> Iterator[None]:
    """`asyncio.run` closes its own loops; none may be left for the next test."""
    yield
    asyncio.set_event_loop(None)
