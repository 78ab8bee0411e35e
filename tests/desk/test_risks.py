"""Readings with a planted fault must be amber; right ones must not cry wolf (H2)."""

from dataclasses import replace
from typing import Any

import pytest

from sayso.desk import card_of, notices, risks
from sayso.model.claim import Attribution, Claim, Count, Span, Target, Via
from sayso.model.coverage import Source
from tests.desk.factory import CONFLICT, GUARD, NOW, POST, at, claim, count, statement
from tests.desk.planted import GUARDS, STAFF, Planted, dead, said
from tests.desk.planted import planted as forty

MORE = "The Tesk Guard said more than 12 soldiers were killed near Ubel."
PLAIN = "The Tesk Guard said 12 of its soldiers were killed near Ubel."
ORLAND = "Orland lost 30 tanks overnight, the Tesk Guard said."


def attr(text: str, **changes: Any) -> Attribution:
    """The attribution of `claim`, changed."""
    return replace(claim(text).attr, **changes)


def planted() -> list[tuple[str, str, Claim, Source]]:
    """(code that must show, text, faulty claim, source)"""
    some = "The Tesk Guard said that, by early counts, 7 soldiers may have been killed at Ubel."
    staff = "The Orland General Staff said 9 soldiers of Tesk were killed."
    civil = "The Tesk Guard said 4 villagers were killed in Ubel."
    none = "The Tesk Guard said that 5 soldiers were not killed at Ubel."
    relay = "Marnian papers, citing the Tesk Guard, report 41 soldiers killed."
    plan = "The Tesk Guard said it will take Verst."
    denial = "The Tesk Guard denied the loss of Ubel."
    total = "The Tesk Guard said 410 soldiers have died since the war began."
    hidden = "The Tesk Guard said 1\u200b2 soldiers were killed."
    unnamed = "At Ubel 6 soldiers were killed."
    spelled = "The Tesk Guard said twenty-three soldiers were killed."
    ranged = "The Tesk Guard said 20 to 30 soldiers were killed."
    guns = "The Guard said its shells hit Verst."
    bare = "The Tesk Guard said soldiers were killed."
    took = Claim(type="control", sub="taken", attr=attr(plan), span=Span(0, len(plan)), rule="t", actor="TK")
    hit = Claim(type="attack", sub="shelling", attr=attr(PLAIN, span=at(guns, "Guard")), span=Span(0, 30), rule="t")
    of_orland = Attribution(kind="army", org="General Staff", side="OR")
    outlet = Attribution(kind="outlet")

    def span_of(low: int, high: int) -> Count:
        return count(ranged, "20 to 30", operator="range", low=low, high=high)

    def denies(text: str, **changes: Any) -> Claim:
        made = Claim(type="denial", sub="denies", attr=attr(text), span=Span(0, len(text)), rule="t")
        return replace(made, **changes)

    enemy = "The Tesk Guard said 21 enemy soldiers were killed."
    return [
        ("enemy_lost", enemy, claim(enemy, count=count(enemy, "21", 21)), POST),
        ("operator_lost", MORE, claim(MORE, count=count(MORE, "12", 12)), POST),
        ("operator_lost", MORE, claim(MORE, count=count(MORE, "more than 12", 12, operator="at_least")), POST),
        ("number_not_in_text", PLAIN, claim(PLAIN, count=count(PLAIN, "12", 21)), POST),
        ("number_not_in_text", PLAIN, claim(PLAIN, count=replace(count(PLAIN, "12", 12), span=Span(0, 2))), POST),
        ("number_not_in_text", PLAIN, claim(PLAIN, count=replace(count(PLAIN, "12", 12), words="13", n=13)), POST),
        ("number_not_in_text", spelled, claim(spelled, count=count(spelled, "twenty-three", 20)), POST),
        ("number_not_in_text", bare, claim(bare, count=Count(operator="exact", n=8, low=8, high=8)), POST),
        ("number_not_in_text", ranged, claim(ranged, count=span_of(20, 300)), POST),
        ("range_upside_down", ranged, claim(ranged, count=span_of(30, 20)), POST),
        ("hedge_lost", some, claim(some, count=count(some, "7", 7)), POST),
        ("side_unlike_source", staff, claim(staff, attr=of_orland), GUARD),
        ("side_unlike_body", PLAIN, claim(PLAIN, attr=attr(PLAIN, side="OR")), POST),
        ("kind_unlike_body", PLAIN, claim(PLAIN, attr=attr(PLAIN, kind="foreign_ministry")), POST),
        ("speaker_inferred", PLAIN, claim(PLAIN, attr=attr(PLAIN, span=None, inferred=True)), POST),
        ("speaker_unlike_words", PLAIN, claim(PLAIN, attr=attr(PLAIN, span=at(PLAIN, "near Ubel"))), POST),
        ("speaker_without_words", PLAIN, claim(PLAIN, attr=attr(PLAIN, span=None)), POST),
        ("no_source_named", unnamed, claim(unnamed, attr=outlet, count=count(unnamed, "6", 6)), POST),
        ("relay_lost", relay, claim(relay, count=count(relay, "41", 41)), POST),
        ("quotation_without_marks", PLAIN, claim(PLAIN, attr=attr(PLAIN, quote="direct")), POST),
        ("negation_lost", none, claim(none, count=count(none, "5", 5)), POST),
        ("not_yet_lost", plan, took, POST),
        ("denial_of_what", denial, denies(denial, polarity="negated"), POST),
        ("denial_asserted", denial, denies(denial, target=Target(type="control")), POST),
        ("subject_missing", PLAIN, claim(PLAIN, subject=None, count=count(PLAIN, "12", 12)), POST),
        ("subject_unlike_words", PLAIN, claim(PLAIN, subject="OR", count=count(PLAIN, "12", 12)), POST),
        ("actor_missing", guns, hit, POST),
        ("party_unknown", PLAIN, claim(PLAIN, subject="ZZ"), POST),
        ("status_unlike_words", civil, claim(civil, who="military", count=count(civil, "4", 4)), POST),
        ("place_not_in_text", PLAIN, claim(PLAIN, places=("Uvel",)), POST),
        ("date_in_future", PLAIN, claim(PLAIN, start="2031-06-01"), POST),
        ("since_missing", total, claim(total, count=count(total, "410", 410, scope="cumulative")), POST),
        ("scope_missing", PLAIN, claim(PLAIN, count=count(PLAIN, "12", 12, scope=None)), POST),
        ("hidden_character", hidden, claim(hidden, count=count(hidden, "1\u200b2", 12)), POST),
        ("span_outside", PLAIN, claim(PLAIN, span=Span(10, 900)), POST),
        ("span_outside", PLAIN, claim(PLAIN, attr=attr(PLAIN, span=Span(800, 810))), POST),
    ]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "faulty", "source"), planted(), ids=lambda v: v if isinstance(v, str) else "")
def test_a_planted_fault_is_amber(code: str, text: str, faulty: Claim, source: Source) -> None:
    found = risks(statement(text, source), faulty, CONFLICT, source)
    assert code in {r.code for r in found}
    assert all(r.sentence.endswith((".", "!")) for r in found)


def test_none_of_the_planted_faults_is_taken_along_by_one_key() -> None:
    cards = [card_of(0, faulty, statement(text, source), source, CONFLICT) for _, text, faulty, source in planted()]
    cards += [card_of(0, p.claim, statement(p.text, p.source, lang=p.lang), p.source, CONFLICT) for p in forty()]
    assert len(cards) >= 40 + len(planted())
    assert [c.title for c in cards if c.by_one_key] == []


def test_more_than_twenty_kinds_of_fault_are_planted() -> None:
    assert len({p[0] for p in planted()}) >= 25


RIGHT = [
    (MORE, claim(MORE, count=count(MORE, "12", 12, operator="more_than", low=13, high=None), places=("Ubel",)), POST),
    (PLAIN, claim(PLAIN, count=count(PLAIN, "12", 12), places=("Ubel",)), POST),
    (ORLAND, Claim(type="equipment_loss", sub="destroyed", attr=attr(ORLAND), span=Span(0, len(ORLAND)), rule="t",
                   subject="OR", count=count(ORLAND, "30", 30)), POST),
    ("Our Tesk Guard lost 3 soldiers.", claim("Our Tesk Guard lost 3 soldiers.",
     count=count("Our Tesk Guard lost 3 soldiers.", "3", 3)), GUARD),
]  # fmt: skip


@pytest.mark.parametrize(("text", "right", "source"), RIGHT)
def test_a_right_reading_is_not_amber(text: str, right: Claim, source: Source) -> None:
    assert risks(statement(text, source), right, CONFLICT, source) == ()


#: What must be said of each kind of fault: not anything, but this.
SAID = {
    "wrong side": {
        "subject_unlike_noun", "subject_unlike_names", "actor_unlike_names", "own_lost", "enemy_lost",
        "side_unlike_body", "side_unlike_source", "negation_lost",
    },
    "lost hedge": {"hedge_lost", "operator_lost", "not_yet_lost", "negation_lost", "denial_asserted"},
    "swapped figure": {"figure_of_other", "number_not_in_text"},
}  # fmt: skip


@pytest.mark.parametrize("one", list(forty()), ids=lambda p: p.text)
def test_a_wrong_side_a_lost_hedge_and_a_swapped_figure_are_amber(one: Planted) -> None:
    found = risks(statement(one.text, one.source, lang=one.lang), one.claim, CONFLICT, one.source)
    assert SAID[one.fault] & {r.code for r in found}


def test_there_are_forty_such_statements_of_three_kinds() -> None:
    kinds = [p.fault for p in forty()]
    assert len(kinds) == len({p.text for p in forty()}) == 40
    assert set(kinds) == set(SAID)


#: The same sentences read right: text, whose words, the words that name them, figure, number, whose losses, which deed.
READ_RIGHT = [
    ("The Tesk Guard said 30 Orland soldiers were killed at Ubel.", GUARDS, "Tesk Guard", "30", 30, "OR", "killed"),
    ("The Tesk Guard said it had killed 14 Orlandish servicemen.", GUARDS, "Tesk Guard", "14", 14, "OR", "killed"),
    ("The Orland General Staff said 9 of its soldiers were killed by Teskan fire.", STAFF, "Orland General Staff",
     "9", 9, "OR", "killed"),
    ("Teskan losses stand at 52 soldiers killed, the Orland General Staff said.", STAFF, "Orland General Staff",
     "52", 52, "TK", "killed"),
    ("The Tesk Guard said 12 soldiers were killed and 31 wounded near Ubel.", GUARDS, "Tesk Guard", "12", 12, "TK",
     "killed"),
    ("The Tesk Guard said 12 soldiers were killed and 31 wounded near Ubel.", GUARDS, "Tesk Guard", "31", 31, "TK",
     "wounded"),
    ("The Tesk Guard said a shell hit the post, killing 5 of its soldiers and wounding 17.", GUARDS, "Tesk Guard",
     "17", 17, "TK", "wounded"),
    ("The Tesk Guard said a shell hit the post, killing 5 of its soldiers and wounding 17.", GUARDS, "Tesk Guard",
     "5", 5, "TK", "killed"),
    ("The Tesk Guard said two officers and 12 soldiers were killed.", GUARDS, "Tesk Guard", "two", 2, "TK", "killed"),
    ("The Tesk Guard said 4 soldiers were killed and 15 tanks were destroyed.", GUARDS, "Tesk Guard", "4", 4, "TK",
     "killed"),
    ("The Tesk Guard said 5 soldiers were killed 17 kilometres from Ubel.", GUARDS, "Tesk Guard", "5", 5, "TK",
     "killed"),
    ("The Tesk Guard put the number of soldiers killed on 24 April at 45.", GUARDS, "Tesk Guard", "45", 45, "TK",
     "killed"),
]  # fmt: skip


@pytest.mark.parametrize("row", READ_RIGHT, ids=lambda r: f"{r[0]} {r[3]}")
def test_the_same_sentences_read_right_are_not_amber(row: Any) -> None:
    text, body, words, figure, n, subject, deed = row
    right = dead(text, said(text, body, words), count(text, figure, n), subject, sub=deed)
    assert risks(statement(text), right, CONFLICT, POST) == ()


def test_no_fewer_than_is_neither_a_negation_nor_a_lost_operator() -> None:
    text = "The Tesk Guard said no fewer than 12 soldiers were killed."
    right = claim(text, count=count(text, "12", 12, operator="at_least", high=None))
    assert risks(statement(text), right, CONFLICT, POST) == ()


def test_a_relay_that_the_claim_names_is_no_risk() -> None:
    text = "Marnian papers, citing the Tesk Guard, report 41 soldiers killed."
    right = claim(text, attr=replace(claim(text).attr, via=(Via(org="Marnian papers"),)), count=count(text, "41", 41))
    assert "relay_lost" not in {r.code for r in risks(statement(text), right, CONFLICT, POST)}


def test_a_clipped_statement_and_an_unchecked_language_are_said_once_for_the_whole_statement() -> None:
    codes = [r.code for r in notices(statement("Ubel yakınında çatışma.", clipped=True, lang="tr", first_seen_at=NOW))]
    assert codes == ["clipped", "language_unchecked"]


def test_swapping_the_parties_swaps_nothing_in_the_risks() -> None:
    text = "The Tesk Guard said 12 Orland soldiers were killed."
    other = "The Orland General Staff said 12 Tesk soldiers were killed."
    one = claim(text, subject="MN", count=count(text, "12", 12))
    two = claim(
        other,
        attr=Attribution(kind="army", org="Orland General Staff", side="OR", span=at(other, "Orland General Staff")),
        subject="KU",
        count=count(other, "12", 12),
    )
    found = [risks(statement(t), c, CONFLICT, POST) for t, c in ((text, one), (other, two))]
    assert [r.code for r in found[0]] == [r.code for r in found[1]] == ["subject_unlike_noun"]
