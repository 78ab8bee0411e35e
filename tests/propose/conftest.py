from collections.abc import Iterator

import pytest

from tests.propose.factory import Endpoint, endpoint


@pytest.fixture
def model() -> Iterator[Endpoint]:
    with endpoint() as made:
        yield made
