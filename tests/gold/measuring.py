"""The measuring tool beside the project (`tools/`), importable by the tests."""

import sys
from pathlib import Path

TOOLS = Path(__file__).parents[2] / "tools"
sys.path.insert(0, str(TOOLS))

import gold_pairs  # noqa: E402 - likewise
import gold_reprints  # noqa: E402 - likewise
import gold_sets  # noqa: E402 - likewise

import gold  # noqa: E402 - the path must be known first

__all__ = ["gold", "gold_pairs", "gold_reprints", "gold_sets"]
