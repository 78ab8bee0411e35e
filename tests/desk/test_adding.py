"""A claim that an editor adds is held to the archived text, like the machine's reading."""

import pytest

from sayso.desk import Addition, Edit, added, card_of, quoted_at
from sayso.errors import Refused
from sayso.model.claim import Span
from tests.desk.factory import CONFLICT, POST, at, statement

TEXT = "The Tesk Guard said more than 12 soldiers were killed near Ubel.\nNear Verst, 3 tanks burned near Ubel."


def killed(**changes: object) -> Addition:
    fields = {"what": "casualties.killed", "quote": "more than 12 soldiers were killed near Ubel", "says": "Tesk Guard"}
    return Addition(**{**fields, **changes})  # type: ignore[arg-type]


def test_a_claim_is_made_of_marked_words_with_its_speaker_and_figure() -> None:
    typed = killed(
        edit=Edit(figure="12", operator="more_than", subject="TK", who="military"), place="Ubel", scope="incident"
    )
    it = added(statement(TEXT), typed, CONFLICT)
    assert (it.type, it.sub, it.subject, it.who, it.places) == ("casualties", "killed", "TK", "military", ("Ubel",))
    assert (it.attr.org, it.attr.kind, it.attr.side, it.attr.span) == (
        "Tesk Guard",
        "army",
        "TK",
        at(TEXT, "Tesk Guard"),
    )
    assert it.count is not None
    assert (it.count.n, it.count.low, it.count.high, it.count.span) == (12, 13, None, at(TEXT, "12"))
    assert TEXT[slice(*it.span)] == typed.quote
    assert it.rule == "desk.added"


def test_a_right_addition_is_not_amber_and_yet_needs_a_tick_of_its_own() -> None:
    typed = killed(edit=Edit(figure="12", operator="more_than", subject="TK", who="military"), scope="incident")
    card = card_of(10_000, added(statement(TEXT), typed, CONFLICT), statement(TEXT), POST, CONFLICT)
    assert card.risks == ()
    assert (card.label, card.added, card.by_one_key) == ("E1", True, False)


def test_an_addition_with_a_lost_operator_is_amber() -> None:
    typed = killed(edit=Edit(figure="12", subject="TK"))
    card = card_of(10_000, added(statement(TEXT), typed, CONFLICT), statement(TEXT), POST, CONFLICT)
    assert "operator_lost" in {r.code for r in card.risks}


def test_words_that_nobody_said_are_refused() -> None:
    with pytest.raises(Refused, match="do not stand in the archived text"):
        added(statement(TEXT), killed(quote="more than 21 soldiers"), CONFLICT)


def test_a_figure_that_nobody_said_is_refused() -> None:
    with pytest.raises(Refused, match="does not stand in the archived text"):
        added(statement(TEXT), killed(edit=Edit(figure="250")), CONFLICT)


def test_without_words_a_typed_reason_is_demanded_and_the_card_is_amber() -> None:
    with pytest.raises(Refused, match="type how you know"):
        added(statement(TEXT), killed(quote=" "), CONFLICT)
    it = added(statement(TEXT), killed(quote="", reason="The table in the picture says so."), CONFLICT)
    card = card_of(10_000, it, statement(TEXT), POST, CONFLICT)
    assert it.span == Span(0, len(TEXT))
    assert "The table in the picture says so." in it.why
    assert "without_words" in {r.code for r in card.risks}
    assert not card.refused


def test_an_unknown_type_party_day_or_kind_of_speaker_is_refused() -> None:
    for wrong in (
        killed(what="casualties.sunk"), killed(edit=Edit(subject="XX")), killed(day="yesterday"), killed(kind="king"),
    ):  # fmt: skip
        with pytest.raises(Refused):
            added(statement(TEXT), wrong, CONFLICT)


def test_the_words_that_name_the_speaker_can_be_told_where_they_are_others() -> None:
    text = "Гвардия Теска: 12 soldiers were killed near Ubel."
    it = added(statement(text), killed(quote="12 soldiers were killed", named="Гвардия Теска"), CONFLICT)
    assert (it.attr.org, it.attr.span) == ("Tesk Guard", at(text, "Гвардия Теска"))
    with pytest.raises(Refused, match="do not stand in the archived text"):
        added(statement(text), killed(quote="12 soldiers were killed", named="the Guard of Tesk"), CONFLICT)


def test_words_that_stand_twice_need_their_place() -> None:
    assert quoted_at(TEXT, "Near Verst, 3 tanks burned near Ubel") == at(TEXT, "Near Verst, 3 tanks burned near Ubel")
    with pytest.raises(Refused, match="2 times"):
        quoted_at(TEXT, "near Ubel")
    second = TEXT.rindex("near Ubel")
    assert quoted_at(TEXT, "near Ubel", second) == Span(second, second + 9)


def test_first_and_last_words_stand_for_all_between_whatever_the_blanks() -> None:
    found = quoted_at(TEXT, "more  than ... killed")
    assert TEXT[slice(*found)] == "more than 12 soldiers were killed"
    assert quoted_at(TEXT, "Ubel.\r\nNear Verst") == at(TEXT, "Ubel.\nNear Verst")


def test_a_denial_says_what_it_denies_and_is_negated() -> None:
    with pytest.raises(Refused):
        added(statement(TEXT), killed(what="denial.denies"), CONFLICT)
    it = added(statement(TEXT), killed(what="denial.denies", denied="control.taken", edit=Edit(actor="OR")), CONFLICT)
    assert (it.polarity, it.actor) == ("negated", "TK")
    assert it.target is not None
    assert (it.target.type, it.target.sub, it.target.actor) == ("control", "taken", "OR")


def test_a_claim_without_a_named_source_is_the_outlets() -> None:
    it = added(statement(TEXT), killed(says=""), CONFLICT)
    assert it.attr.names_no_source
