"""Who has what open is told in words, of others only."""

import pytest

from sayso.desk.presence import about, in_words, is_edited


@pytest.mark.parametrize(
    ("path", "thing", "edited"),
    [
        ("s/1a2b", "s/1a2b", False),
        ("s/1a2b/original", "s/1a2b", False),
        ("s/1a2b/c/0", "s/1a2b", True),
        ("s/1a2b/add", "s/1a2b", True),
        ("q/control-holds", "q/control-holds", False),
        ("compose/d1", "compose/d1", True),
        ("compose/d1/preview", "compose/d1", True),
        ("p/p1", "p/p1", False),
        ("summary", "summary", True),
        ("overview/2031-05-06", "overview/2031-05-06", True),
        ("", "", False),
        ("alerts", "alerts", False),
    ],
)
def test_a_page_is_about_something_and_reads_or_edits_it(path: str, thing: str, edited: bool) -> None:
    assert (about(path), is_edited(path)) == (thing, edited)


def test_others_are_named_once_each_and_who_edits_edits() -> None:
    open_ = [("ben", "s/1"), ("ada", "s/1"), ("ada", "s/1/c/0"), ("me", "s/1"), ("cem", "")]
    assert in_words(open_, me="me") == {"s/1": ["ada is editing this", "ben has this open"], "": ["cem has this open"]}
    assert in_words([("me", "s/1"), ("ada", "compose"), ("ben", "paste")], me="me") == {}
