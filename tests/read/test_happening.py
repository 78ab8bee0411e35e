"""An event is kept inside its entry, and never told of another one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.model.claim import Claim, Part, Span
from sayso.model.setting import Setting
from tests.read.factory import DAY
from tests.read.test_golden_camps import reader

BLOW = "Shells fell on Ketta on Monday."
OUTCOMES = ("Two houses burned down.", "Four people were killed.", "Nine people were wounded.", "Nobody was killed.")


def entries(*texts: str) -> list[tuple[Claim, ...]]:
    """The claims of texts that follow each other, each an entry of one part."""
    whole = "\n".join(texts)
    parts, at = [], 0
    for n, text in enumerate(texts):
        parts.append(Part(span=Span(at, at + len(text)), entry=n))
        at += len(text) + 1
    passages = reader().read(whole, parts, Setting(published=DAY, outlet="Harbour Wire")).passages
    return [tuple(c for p in passages if p.entry == n for c in p.claims) for n in range(len(texts))]


@given(st.lists(st.sampled_from(OUTCOMES), min_size=1, max_size=4, unique=True))
@settings(max_examples=30, deadline=None)
def test_what_came_of_a_blow_is_of_its_place_and_day(outcomes: list[str]) -> None:
    [(blow, *rest)] = entries(" ".join((BLOW, *outcomes)))
    assert blow.carried == ()
    assert [c.places for c in rest] == [("Ketta",)] * len(outcomes)
    assert {(c.start, c.end) for c in rest} == {(blow.start, blow.end)}
    assert all(c.carried == ("places", "dates") and "told before" in c.why for c in rest)


@given(st.lists(st.sampled_from(OUTCOMES), min_size=1, max_size=4, unique=True))
@settings(max_examples=30, deadline=None)
def test_nothing_is_carried_from_one_entry_into_the_next(outcomes: list[str]) -> None:
    _, after = entries(BLOW, " ".join(outcomes))
    assert len(after) == len(outcomes)
    assert all(c.places == () and c.start is None and c.carried == () for c in after)
