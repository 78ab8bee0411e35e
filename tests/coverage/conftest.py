import importlib.metadata
import zoneinfo
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

#: Both look through hundreds of files, and give the same answer each time: each check of a coverage asks them anew.
ZONES: Callable[[], set[str]] = cache(zoneinfo.available_timezones)
ENTRIES: Callable[..., Any] = cache(importlib.metadata.entry_points)


@pytest.fixture(autouse=True)
def looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of checks look through the machine's time zones and packages once."""
    monkeypatch.setattr(zoneinfo, "available_timezones", ZONES)
    monkeypatch.setattr("sayso.coverage.sources.entry_points", ENTRIES)
