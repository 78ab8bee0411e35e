"""A name that is to be withheld is found in whatever form it would slip in (H11)."""

import pytest

from sayso.desk.naming import part_of_name_in

NAME = "Quillara de Vennstrom"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("I am QUILLARA  de Vennstrom.", "quillara de vennstrom"),
        ("Vennström was there.", "vennstrom"),
        ("the Vennstroms of Ubel", "vennstrom"),
        ("Quillarain turns", "quillara"),
        ("We drove de facto to Ubel.", ""),
        ("I saw it.", ""),
    ],
)
def test_a_word_of_a_name_gives_it_away_in_any_ending(text: str, part: str) -> None:
    assert part_of_name_in(NAME, ["Nothing.", text]) == part


def test_a_short_name_is_found_as_a_whole() -> None:
    assert part_of_name_in("Li Wu", ["Li Wu said so"]) == "li wu"
    assert part_of_name_in("Li Wu", ["Li left, Wu came"]) == ""
    assert part_of_name_in("", ["Li Wu said so"]) == ""
