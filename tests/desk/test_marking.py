"""A text cut into marked pieces is still the text."""

from hypothesis import given
from hypothesis import strategies as st

from sayso.desk import segments
from sayso.model.claim import Attribution, Claim, Span
from tests.desk.factory import claim, count

TEXT = "The Tesk Guard said 12 soldiers were killed."


def test_the_figure_and_the_speaker_are_marked_as_such() -> None:
    pieces = segments(TEXT, {3: claim(TEXT, count=count(TEXT, "12", 12))})
    assert {p.text: p.roles for p in pieces if p.roles} == {"Tesk Guard": ("speaker",), "12": ("figure",)}
    assert pieces[0].first_of == (3,)
    assert (pieces[0].to, pieces[0].kind) == (3, "casualties")


@given(st.lists(st.tuples(st.integers(-3, 60), st.integers(-3, 60)), max_size=6))
def test_pieces_join_to_the_very_text(spans: list[tuple[int, int]]) -> None:
    attr = Attribution(kind="outlet")
    claims = tuple(Claim(type="other", sub="other", attr=attr, span=Span(*s), rule="t") for s in spans)
    assert "".join(p.text for p in segments(TEXT, dict(enumerate(claims)))) == TEXT
