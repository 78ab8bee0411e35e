"""What may go out without an editor."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sayso.desk import accepts_by_rule, figures_refused, may_go_out, risks
from sayso.model.claim import Attribution, Claim, Span
from sayso.model.coverage import Coverage, Replay, Source
from sayso.model.statement import Enclosure, Statement
from tests.desk.factory import GUARD, NOW, POST, claim, count, coverage, reading, statement

TEXT = "The Tesk Guard lost 12 soldiers near Ubel."
AUTO = replace(GUARD, go_out="auto")
RIGHT = claim(TEXT, count=count(TEXT, "12", 12))
REPLAY = Replay(statements=Path("x"), port=1, begins_at=NOW, opens_at=NOW, ends_at=NOW + timedelta(days=1))


def goes_out(it: Statement, source: Source, *claims: Claim, cover: Coverage | None = None) -> bool:
    return may_go_out(it, source, reading(it.text, *claims), cover or coverage(), now=NOW).goes_out


def test_the_owners_own_words_go_out_where_the_source_says_so() -> None:
    assert goes_out(statement(TEXT, AUTO), AUTO, RIGHT)


def test_without_the_sources_leave_nothing_goes_out() -> None:
    decision = may_go_out(statement(TEXT, GUARD), GUARD, reading(TEXT, RIGHT), coverage(), now=NOW)
    assert not decision.goes_out
    assert "waits for an editor" in decision.reason


@pytest.mark.parametrize("source", [replace(POST, go_out="auto"), replace(POST, go_out="auto", body=None)])
def test_an_outlet_that_tells_what_others_say_never_goes_out_by_itself(source: Source) -> None:
    assert not goes_out(statement(TEXT, source), source, RIGHT)


@pytest.mark.parametrize("changes", [{"credit": "Lake Post"}, {"speaker": "Orland General Staff"}])
def test_words_that_the_owner_only_passes_on_wait(changes: dict[str, str]) -> None:
    assert not goes_out(statement(TEXT, AUTO, **changes), AUTO, RIGHT)


def test_a_figure_that_is_not_in_the_text_is_refused_even_in_a_replay() -> None:
    wrong = claim(TEXT, count=count(TEXT, "12", 120))
    assert not goes_out(statement(TEXT, AUTO), AUTO, wrong)
    assert not goes_out(statement(TEXT, AUTO), AUTO, wrong, cover=coverage(replay=REPLAY))
    assert figures_refused(statement(TEXT), (RIGHT, wrong)) == ("The claim says 120, but the text says “12”.",)


def test_a_statement_from_the_future_is_held_with_the_reason() -> None:
    late = statement(TEXT, AUTO, published_at=NOW + timedelta(hours=3))
    decision = may_go_out(late, AUTO, reading(TEXT, RIGHT), coverage(), now=NOW)
    assert not decision.goes_out
    assert "future" in decision.reason
    assert goes_out(statement(TEXT, AUTO, published_at=NOW + timedelta(seconds=30)), AUTO, RIGHT)


@pytest.mark.parametrize("held", ["movement", "corridor", "displacement"])
def test_positions_and_escape_roads_never_go_out_by_rule(held: str) -> None:
    sub = {"movement": "advance", "corridor": "opened", "displacement": "evacuated"}[held]
    told = Claim(type=held, sub=sub, attr=RIGHT.attr, span=Span(0, 5), rule="t")
    assert not goes_out(statement(TEXT, AUTO), AUTO, told)
    assert not goes_out(statement(TEXT, AUTO), AUTO, told, cover=coverage(replay=REPLAY))
    assert not accepts_by_rule(coverage(readings="by_rule"), told)


def test_a_named_shelter_waits_also_where_no_claim_was_read() -> None:
    text = "Residents are in the shelter under the school."
    assert not goes_out(statement(text, AUTO), AUTO)


@pytest.mark.parametrize(
    "position",
    [
        "41.43217, 12.34567", "41.43217 N 12.34567 E",
        "41,43217; 12,34567", "-41.4321/12.3456", "41.432N, 12.345E", "41°25'55.8\"N 12°20'44.4\"E",
        "41° 25.93′", "33T UG 12345 67890", "33TUG123678", "41.4321° N, 12.3456° E",
    ],
)  # fmt: skip
def test_a_position_in_figures_waits_wherever_it_stands(position: str) -> None:
    assert not goes_out(statement(f"The battery stood at {position} until noon.", AUTO), AUTO)
    assert not goes_out(statement("The battery moved.", AUTO, title=f"Seen at {position}"), AUTO)
    assert goes_out(statement(f"The battery stood at {position}.", AUTO), AUTO, cover=coverage(replay=REPLAY))


def test_an_address_that_leads_to_a_spot_on_a_map_waits() -> None:
    assert not goes_out(statement("Seen here.", AUTO, url="https://map.example/@41.43217,12.34567,17z"), AUTO)


@pytest.mark.parametrize(
    "text", ["Losses: 1.250, 3.400 and 12.", "Between 3,400 and 12,300 people left.", "At 41.4 and 12.3 degrees it is warm.",
             "On 12.05.2031, 14.05.2031 it rained.", "They fired 122mm and 152mm shells 5 000 times.", "1,234,567 and 2,345,678."],
)  # fmt: skip
def test_other_numbers_are_no_position(text: str) -> None:
    assert goes_out(statement(text, AUTO), AUTO)


def test_a_coverage_can_hold_a_sub_type() -> None:
    told = Claim(type="destruction", sub="medical", attr=RIGHT.attr, span=Span(0, 5), rule="t")
    assert goes_out(statement(TEXT, AUTO), AUTO, told)
    assert not goes_out(statement(TEXT, AUTO), AUTO, told, cover=coverage(held_types=("destruction.medical",)))


def test_pictures_of_captured_persons_wait() -> None:
    told = Claim(type="captured", sub="captured", attr=RIGHT.attr, span=Span(0, 5), rule="t")
    picture = (Enclosure(url="https://guard.example/1.jpg", kind="image"),)
    assert goes_out(statement(TEXT, AUTO), AUTO, told)
    assert not goes_out(statement(TEXT, AUTO, enclosures=picture), AUTO, told)


def test_a_clipped_text_waits() -> None:
    assert not goes_out(statement(TEXT, AUTO, clipped=True), AUTO, RIGHT)


def test_a_replay_goes_out_and_its_readings_count_by_rule_only_if_the_coverage_says_so() -> None:
    assert goes_out(statement(TEXT), POST, RIGHT, cover=coverage(replay=REPLAY))
    assert accepts_by_rule(coverage(readings="by_rule"), RIGHT)
    assert not accepts_by_rule(coverage(readings="reviewed"), RIGHT)


def test_another_side_is_held_to_the_same_rules() -> None:
    other = Attribution(kind="army", org="Orland General Staff", side="OR")
    source = Source(name="staff", title="Staff", kind="feed", url="u", body="General Staff", party="OR", go_out="auto")
    assert goes_out(statement(TEXT, source), source, replace(RIGHT, attr=other))


def test_what_a_language_model_proposed_never_counts_by_rule() -> None:
    counting = coverage(readings="by_rule")
    assert accepts_by_rule(counting, RIGHT)
    assert not accepts_by_rule(counting, replace(RIGHT, rule="model.proposed"))
    assert not accepts_by_rule(counting, replace(RIGHT, rule="model.anything_later"))


def test_what_was_read_in_a_draft_language_is_amber_and_never_counts_by_rule() -> None:
    drafted = replace(RIGHT, draft=True)
    assert not accepts_by_rule(coverage(readings="by_rule"), drafted)
    found = risks(statement(TEXT, AUTO), drafted, coverage().conflict, AUTO)
    assert "draft_language" in {risk.code for risk in found}


def test_what_a_language_model_proposed_is_amber_until_an_editor_has_looked() -> None:
    proposed = replace(RIGHT, rule="model.proposed")
    assert "proposed" in {r.code for r in risks(statement(TEXT, AUTO), proposed, coverage().conflict, AUTO)}
    assert "proposed" not in {r.code for r in risks(statement(TEXT, AUTO), RIGHT, coverage().conflict, AUTO)}


def test_a_speaker_that_a_parser_found_is_amber() -> None:
    repaired = replace(RIGHT, rule=f"{RIGHT.rule}.speaker_by_parser")
    assert "speaker_by_parser" in {r.code for r in risks(statement(TEXT, AUTO), repaired, coverage().conflict, AUTO)}
