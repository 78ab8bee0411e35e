"""The quality gate of reprints: pairs of texts labelled by hand, those that come daily in the same words among them."""

import pytest

from tests.gold.measuring import gold_reprints


def test_the_labels_are_whole() -> None:
    pairs = gold_reprints.measure()
    assert len(pairs) >= 38
    assert min(sum(p.same for p in pairs), sum(not p.same for p in pairs)) >= 15


@pytest.mark.parametrize("metric", sorted(gold_reprints.MUST))
def test_reprints_are_told_from_texts_of_their_own(metric: str) -> None:
    assert gold_reprints.figures(gold_reprints.measure())[metric] >= gold_reprints.MUST[metric]
