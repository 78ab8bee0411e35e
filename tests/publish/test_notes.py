"""The desk's own text: what is read of Markdown, and that nothing else comes out of it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.publish.clean import clean_html
from sayso.publish.notes import note_blocks, note_words


def drawn(note: str) -> str:
    return "".join(str(b.html) for b in note_blocks(note))


@pytest.mark.parametrize(("note", "html"), [
    ("The guard says **nothing**.", "<p>The guard says <strong>nothing</strong>.</p>"),
    ("One\n\nTwo", "<p>One</p><p>Two</p>"),
    ("- one\n- _two_", "<ul>\n<li>one</li>\n<li><em>two</em></li>\n</ul>"),
    ("> said so", "<blockquote>\n<p>said so</p>\n</blockquote>"),
    ("1. one\n2. two", "<ol>\n<li>one</li>\n<li>two</li>\n</ol>"),
    ("30. Tesk soldiers fell", '<ol>\n<li value="30">Tesk soldiers fell</li>\n</ol>'),
    ("1. one\n5. two", '<ol>\n<li value="1">one</li>\n<li value="5">two</li>\n</ol>'),
    ("[a map](https://maps.example/x)",
     '<p><a href="https://maps.example/x" rel="noopener noreferrer nofollow">a map</a></p>'),
])  # fmt: skip
def test_paragraphs_emphasis_lists_quotations_and_links_are_read(note: str, html: str) -> None:
    assert drawn(note) == html


@pytest.mark.parametrize("note", [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "![map](https://other.example/spy.png)",
    "[x](javascript:alert(1))", "[x](data:text/html,hi)", "<iframe src=//a.example></iframe>", "# Head",
    "| a | b |\n|---|---|", "```\ncode\n```", "[x]: javascript:alert(1)\n\n[x]", "&#60;script&#62;",
])  # fmt: skip
def test_nothing_else_becomes_markup(note: str) -> None:
    html = drawn(note)
    assert not re.search(r"<(?!/?(?:p|a|br)\b)", html)
    assert not re.search(r'href="(?!https?://)', html)
    assert "<img" not in html


PIECES = st.sampled_from([*"ab *_[]()<>!#>-`\n\"'&;:/.x1", "javascript:", "https://a.example", "](", "<b>", "Desk:"])


@given(st.lists(PIECES, max_size=40).map("".join))
def test_whatever_is_typed_comes_out_clean(note: str) -> None:
    for block in note_blocks(note):
        assert clean_html(str(block.html)) == str(block.html)
        assert "<img" not in block.html
        assert 'href="javascript' not in block.html


def test_a_paragraph_of_the_desks_own_words_is_marked_and_loses_the_mark_in_its_words() -> None:
    first, own = note_blocks("The guard says 12.\n\nDesk: We counted 13 graves.")
    assert (first.own, own.own, own.words) == (False, True, "We counted 13 graves.")
    assert "Desk:" not in own.html


def test_plain_words_lose_their_marks_and_addresses() -> None:
    assert note_words("The **guard** says\n\n- [so](https://a.example/1)\n- no") == "The guard says so no"


def test_the_number_of_a_list_that_does_not_count_from_one_is_one_of_its_words() -> None:
    assert note_words("30. Tesk soldiers fell") == "30 Tesk soldiers fell"
    assert note_words("1. one\n2. two\n   1. three\n   9. four") == "one two 1 three 9 four"
