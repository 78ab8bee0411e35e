"""What every test may use: where the project and the shared data lie, and whether a browser is here."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

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
    if found:
        return found
    reason = "Chromium is missing: browser tests are skipped; to run them: apt-get install chromium"
    if os.environ.get("SAYSO_NOTHING_OPTIONAL"):
        pytest.fail(reason)
    pytest.skip(reason)
