"""Each layer of the reader by itself: sentences, tokens, numbers, dates, groups, frames."""

from datetime import date

import pytest

from sayso.read.text.dates import when_at
from sayso.read.text.frames import frames_of
from sayso.read.text.grouping import group
from sayso.read.text.groups import Np, Vg
from sayso.read.text.names import compile_directory
from sayso.read.text.numbers import HIDDEN, number_at
from sayso.read.text.tokens import sentences, tokenise
from tests.read.factory import DAY, conflict, reader

MATCHER = reader().matchers["en"]


def cells(text: str):  # type: ignore[no-untyped-def]
    return MATCHER.cells(text, 0, len(text))


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text, 0, len(text), MATCHER.abbreviations)]


def test_sentences_end_at_stops_and_not_at_abbreviations_or_initials() -> None:
    assert cut("Gen. A. Holm said so. Two died.") == ["Gen. A. Holm said so.", "Two died."]


def test_a_closing_quotation_mark_stays_with_its_sentence() -> None:
    assert cut("“We hold it.” He left. “ ") == ["“We hold it.”", "He left. “"]


def test_tokens_are_cut_at_possessives_and_keep_their_offsets() -> None:
    text = "Tarskia’s 3,700 men-at-arms"
    tokens = tokenise(text)
    assert [t.low for t in tokens] == ["tarskia", "'s", "3,700", "men-at-arms"]
    assert all(text[t.start : t.end] == t.text for t in tokens)


@pytest.mark.parametrize(
    ("words", "op", "n", "low", "high"),
    [
        ("250", "exact", 250, 250, 250),
        ("more than 250", "more_than", 250, 251, None),
        ("at least three", "at_least", 3, 3, None),
        ("no fewer than nine", "at_least", 9, 9, None),
        ("less than 40", "less_than", 40, None, 39),
        ("up to forty", "up_to", 40, None, 40),
        ("no more than fifty", "up_to", 50, None, 50),
        ("about 80", "about", 80, 80, 80),
        ("nearly 4,000", "nearly", 4000, 4000, 4000),
        ("two hundred and fifty", "exact", 250, 250, 250),
        ("thirty-five", "exact", 35, 35, 35),
        ("2.5 thousand", "exact", 2500, 2500, 2500),
        ("between 40 and 60", "range", None, 40, 60),
        ("260 to 280", "range", None, 260, 280),
        ("thirty or forty", "range", None, 30, 40),
        ("as many as 700 but not fewer than 450", "range", None, 450, 700),
        ("dozens", "dozens", None, 24, 99),
        ("tens of thousands", "tens_of_thousands", None, 20000, 99999),
        ("several", "several", None, 2, None),
        ("20 or more", "at_least", 20, 20, None),
    ],
)
def test_numbers_keep_their_operator_and_bounds(words: str, op: str, n: object, low: object, high: object) -> None:
    found = number_at(cells(words), 0)
    assert found is not None
    num, after = found
    assert (num.op, num.n, num.low, num.high) == (op, n, low, high)
    assert after == len(cells(words))
    assert words[num.start : num.end] == words


@pytest.mark.parametrize("words", ["2\u200b50 dead", "\u202e052 dead", "\uff12\uff15 dead", "25\u2060 dead", "①② dead"])
def test_a_number_with_hidden_characters_is_seen(words: str) -> None:
    assert HIDDEN.search(words)


@pytest.mark.parametrize(
    ("words", "kind", "first"),
    [
        ("December 27", "point", "2032-12-27"),
        ("3 August", "point", "2033-08-03"),
        ("27 September 2020", "point", "2020-09-27"),
        ("yesterday", "point", "2033-08-19"),
        ("overnight", "point", "2033-08-20"),
        ("Monday", "point", "2033-08-15"),
        ("since Tuesday", "since", "2033-08-16"),
        ("since the beginning of the fighting on August 3", "since", "2033-08-03"),
        ("since September 27", "since", "2032-09-27"),
        ("since the new year", "since", "2033-01-01"),
        ("since last October", "since", "2032-10"),
        ("the past day", "period", "2033-08-19"),
        ("10:30", "point", "2033-08-20T10:30"),
        ("four in the morning", "point", "2033-08-20T04:00"),
        ("two years ago", "past", None),
    ],
)
def test_dates_are_resolved_against_the_day_of_publication(words: str, kind: str, first: str | None) -> None:
    found = when_at(cells(words), 0, DAY)
    assert found is not None
    assert (found[0].kind, found[0].first) == (kind, first)


def test_a_date_without_a_day_of_publication_is_left_open() -> None:
    found = when_at(cells("Monday"), 0, None)
    assert found is not None and found[0].first is None


def test_may_is_a_month_only_beside_a_day() -> None:
    assert when_at(cells("May God help them"), 0, date(2033, 8, 20)) is None


def test_noun_groups_hold_their_count_and_what_hangs_on_them() -> None:
    (np, *_) = [
        g for g in group(cells("more than 30 soldiers of the Tarskian army were killed"), DAY) if isinstance(g, Np)
    ]
    assert np.num is not None and np.num.op == "more_than" and np.of is not None
    assert np.people is not None and np.people.unit == "soldiers"


@pytest.mark.parametrize(
    ("text", "passive", "neg"),
    [
        ("Five were killed", True, False),
        ("They have not retreated", False, True),
        ("It had been destroyed", True, False),
    ],
)
def test_verb_groups_say_voice_and_negation(text: str, passive: bool, neg: bool) -> None:
    (vg,) = [g for g in group(cells(text), DAY) if isinstance(g, Vg)]
    assert (vg.passive, vg.neg) == (passive, neg)


def test_two_verbs_share_a_subject() -> None:
    first, second = frames_of(group(cells("The army shelled Lisk and wounded five residents"), DAY))
    assert second.shared and first.subj == second.subj


def test_a_camp_is_that_of_the_day() -> None:
    directory = compile_directory(conflict())
    assert directory.camps == ("AA", "BC")
    assert directory.opposite("AA") == "BC"
    assert directory.opposite("AA", ("CC",)) == "CC"
    assert directory.opposite("BB") == "AA"
    assert directory.all_id == "ALL"
