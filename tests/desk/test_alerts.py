"""The desk is warned once of each thing, and the same thing is the same warning after a reload."""

from dataclasses import replace
from datetime import timedelta

from sayso.desk.alerts import alerts_of
from sayso.desk.urgency import Line
from sayso.model.foreseen import Foreseen, Foresight
from tests.desk.factory import GUARD, NOW, statement


def line(*found: tuple[Foresight, str], **more: object) -> Line:
    foreseen = tuple(
        Foreseen(kind=kind, sentence=f"{kind} {n}", question=q, wording="Who?", number=n)
        for n, (kind, q) in enumerate(found)
    )
    made = Line(statement=statement("The road is open"), source=GUARD, state="held", urgency="other", foreseen=foreseen)
    return replace(made, **more)  # type: ignore[arg-type]


def test_contradictions_lowered_figures_and_places_warn_and_what_only_rises_does_not() -> None:
    found = alerts_of(line(("contradicts", "a"), ("lower", "b"), ("place", "c"), ("higher", "d"), ("tally", "e")))
    assert [(a.kind, a.sentence) for a in found] == [
        ("contradiction", "contradicts 0"), ("lowered", "lower 1"), ("place", "place 2"),
    ]  # fmt: skip


def test_one_question_warns_once_of_one_kind() -> None:
    found = list(alerts_of(line(("denied", "a"), ("contradicts", "a"), ("contradicts", "b"), ("lower", "a"))))
    assert [(a.kind, a.sentence) for a in found] == [
        ("contradiction", "denied 0"), ("contradiction", "contradicts 2"), ("lowered", "lower 3"),
    ]  # fmt: skip
    assert len({a.id for a in found}) == 3


def test_the_same_words_again_warn_of_nothing_new() -> None:
    assert list(alerts_of(line(("contradicts", "a"), urgency="reprint"))) == []


def test_what_its_source_changed_or_removed_warns_at_its_own_time() -> None:
    gone = line(gone_at=NOW + timedelta(hours=1), statement=statement("The road is open", version=2))
    assert [(a.kind, a.at, a.path) for a in alerts_of(gone)] == [
        ("changed", NOW, "s/s1"), ("gone", NOW + timedelta(hours=1), "s/s1"),
    ]  # fmt: skip
    assert list(alerts_of(line())) == []


def test_the_same_thing_is_the_same_warning_and_its_id_tells_no_word() -> None:
    one, again = list(alerts_of(line(("lower", "q")))), list(alerts_of(line(("lower", "q"), state="accepted")))
    assert one == again
    assert "road" not in one[0].id
