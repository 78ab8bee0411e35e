"""The archived copy is shown as it came, round the statement's own words."""

from sayso.desk import as_archived

WORDS = "The Guard said that 12 fell."


def test_a_small_original_is_shown_whole() -> None:
    assert as_archived(f"<item>{WORDS}</item>", WORDS) == f"<item>{WORDS}</item>"


def test_of_a_large_one_the_part_with_the_words_and_what_is_left_out_is_marked() -> None:
    shown = as_archived("<a>x</a>" * 9_000 + "<b>The Guard</b> said that 12 fell.\n" + "y" * 20_000, f"\n{WORDS}")
    assert "<b>The Guard</b> said that 12 fell." in shown
    assert shown.startswith("[…]")
    assert shown.endswith("[…]")
    assert len(shown) < 7_000


def test_where_the_words_are_not_found_its_beginning_is_shown() -> None:
    assert as_archived("begin" + "z" * 20_000, WORDS).startswith("begin")
