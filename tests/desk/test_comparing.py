"""Two statements side by side."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sayso.desk import aligned, card_of, changes
from tests.desk.factory import CONFLICT, POST, claim, statement

OLD = "The Tesk Guard said 12 soldiers were killed near Ubel."
NEW = "The Tesk Guard said more than 13 soldiers were killed."


def test_words_that_a_version_took_away_or_added_are_marked() -> None:
    found = [(c.kind, c.text.strip()) for c in changes(OLD, NEW)]
    assert ("removed", "12") in found
    assert ("added", "more than 13") in found
    assert ("removed", "near Ubel") in found


@given(st.text("ab ,.\n", max_size=60), st.text("ab ,.\n", max_size=60))
def test_both_texts_can_be_put_together_again(before: str, after: str) -> None:
    found = changes(before, after)
    assert "".join(c.text for c in found if c.kind != "added") == before
    assert "".join(c.text for c in found if c.kind != "removed") == after


def test_long_texts_are_compared_by_lines() -> None:
    before = "The road is open.\n" * 3_000
    assert [c.kind for c in changes(before, before + "It is closed.\n")] == ["same", "added"]


def test_claims_stand_beside_each_other_by_their_question_those_in_common_first() -> None:
    one, other = statement(OLD), statement(NEW, id="s2")
    left = [card_of(n, claim(OLD), one, POST, CONFLICT) for n in (0, 1)]
    right = [replace(card_of(0, claim(NEW), other, POST, CONFLICT))]
    asked = {"s1.0": [("q-own", "Alone?")], "s1.1": [("q-both", "How many?")], "s2.0": [("q-both", "How many?")]}
    rows = [(r.question, [c.id for c in r.left], [c.id for c in r.right]) for r in aligned(left, right, asked)]
    assert rows == [("q-both", ["s1.1"], ["s2.0"]), ("q-own", ["s1.0"], [])]
