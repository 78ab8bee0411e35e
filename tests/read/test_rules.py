"""What a rule is said to need is all that it needs: shown every sentence, no rule finds more than it does now."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.model.claim import Claim
from sayso.read.text.needs import Needs
from tests.read.factory import claims

GOLDEN = Path(__file__).parents[1] / "golden" / "read"
CASES = [c for file in sorted(GOLDEN.glob("*.toml")) for c in tomllib.loads(file.read_text(encoding="utf-8"))["case"]]
WORDS = sorted({w for case in CASES for w in case["text"].split()})


@contextmanager
def shown_every_sentence() -> Iterator[None]:
    """All rules and their parts without their needs."""
    kept = Needs.met
    Needs.met = lambda self, sentence: True  # type: ignore[method-assign]
    try:
        yield
    finally:
        Needs.met = kept  # type: ignore[method-assign]


def missed(text: str, kind: str = "entry") -> list[Claim]:
    """The claims that are only found by rules that are shown every sentence."""
    found = claims(text, kind)
    with shown_every_sentence():
        return [c for c in claims(text, kind) if c not in found]


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_rules_name_all_that_they_need(case: dict[str, str]) -> None:
    extra = missed(case["text"].strip("\n"), case.get("kind", "entry"))
    assert not extra, f"name the words that these rules look for (`needs`): {[c.rule for c in extra]}"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_rules_name_all_that_they_need_in_any_order_of_words(text: str) -> None:
    assert not missed(text or "x")
