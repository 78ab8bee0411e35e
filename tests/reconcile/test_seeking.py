"""What a reader types: words without case and accents, names in every spelling; where they stand in a text."""

from hypothesis import given
from hypothesis import strategies as st

from sayso.model.conflict import Conflict, Party, Place
from sayso.model.seeking import LONGEST_WORD, MOST_BYTES, Spelling, found_in, index_words, words_of, words_with_places
from sayso.reconcile import wanted

CONFLICT = Conflict(
    id="x",
    parties=(Party(id="OR", names=("Orland", "Orlandish*")),),
    places=(Place(names=("Qarashen", "Karaşen", "Карашен*")), Place(names=("Old Harbour", "Altenhafen"))),
)


def texts(query: str) -> list[set[str]]:
    return [{" ".join(s.words) + "*" * s.open for s in group} for group in wanted(query, CONFLICT)]


def test_a_plain_word_is_itself_and_a_name_all_its_spellings() -> None:
    assert texts("Ferry karashen") == [{"ferry"}, {"karashen", "qarashen", "karasen", "карашен*"}]
    assert texts("OLD HARBOUR boats") == [{"old harbour", "altenhafen"}, {"boats"}]
    assert texts("Карашена") == [{"карашена", "qarashen", "karasen", "карашен*"}]
    assert texts("?!") == []


def test_a_capital_that_stands_for_its_side_is_sought_as_the_town() -> None:
    conflict = Conflict(
        id="x", parties=(Party(id="OR", names=("Orland", "Orl City")),), places=(Place(names=("Orl City", "Orlstadt")),)
    )
    (town,), (side,) = wanted("Orl City", conflict), wanted("Orland", conflict)
    assert {" ".join(s.words) for s in town} == {"orl city", "orlstadt"}
    assert {" ".join(s.words) for s in side} == {"orland", "orl city"}


def test_short_names_are_no_other_spelling_of_anything() -> None:
    conflict = Conflict(id="x", places=(Place(names=("Aja",)),))
    assert [len(group) for group in wanted("aya", conflict)] == [1]
    assert [len(group) for group in wanted("AJA", conflict)] == [1]


def test_words_carry_neither_case_nor_accents_and_know_their_place() -> None:
    text = "Ël ŁÓDŹ İstanbul, Qarabağ’da e\u0301tat"
    assert words_of(text) == ["el", "lodz", "istanbul", "qarabag", "da", "etat"]
    assert [text[a:b] for _, a, b in words_with_places(text)][:2] == ["Ël", "ŁÓDŹ"]


@given(st.text())
def test_both_ways_of_taking_words_agree_and_lie_inside_the_text(text: str) -> None:
    placed = words_with_places(text)
    assert [w for w, _, _ in placed] == words_of(text)
    assert all(0 <= a < b <= len(text) and 0 < len(w) <= LONGEST_WORD for w, a, b in placed)


@given(st.text(min_size=1))
def test_whatever_is_indexed_is_found_in_its_text(text: str) -> None:
    for word in index_words([text]).split():
        assert found_in(((Spelling((word,)),),), words_with_places(text))


def test_an_index_has_an_end() -> None:
    assert len(index_words([" ".join(f"w{n}" for n in range(200_000))]).encode()) <= MOST_BYTES


def test_all_that_is_sought_must_be_there() -> None:
    words = words_with_places("The old harbour is full.")
    full, old, empty = (Spelling((w,)) for w in ("full", "old", "empty"))
    assert found_in(((old,), (full,)), words) == [(4, 7), (19, 23)]
    assert found_in(((old,), (empty,)), words) is None
    assert found_in(((Spelling(("old", "harb"), True),),), words) == [(4, 15)]
    assert found_in(((Spelling(("harbour", "old")),),), words) is None
