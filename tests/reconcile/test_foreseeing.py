"""What a suggested claim would change is told before an editor decides: in plain words, against what counts (R8, R9)."""

from dataclasses import replace
from typing import Any

import pytest

from sayso.model.claim import Claim
from sayso.model.foreseen import Foreseen
from sayso.model.question import Said
from sayso.reconcile import foreseen, questions_of
from tests.reconcile.factory import NOON, WAR, claim, denial, said, toll


def told(new: Claim, *before: Said, hours: float = 10, pointing: tuple[Said, ...] = (), **more: Any) -> list[Foreseen]:
    it = said("new.2", new, hours=hours, **{"statement": "new", **more})
    key = questions_of(new, said_at=it.said_at, conflict=WAR, day=it.said_at.date())[0]
    return list(foreseen(it, key, before, pointing=pointing, conflict=WAR))


def kinds(found: list[Foreseen]) -> list[str]:
    return [f.kind for f in found]


def test_a_lower_total_names_both_figures_and_when_the_other_was_said() -> None:
    found = told(toll("BN army", "BN", "13"), said("a.0", toll("BN army", "BN", "31"), hours=-2))
    assert kinds(found) == ["lower"]
    assert found[0].sentence == "Lower than the figure before: 31 → 13, said 4 May 10:00 (Bey Army)."
    assert (found[0].number, found[0].against) == (2, "a.0")
    assert "Bey" in found[0].wording


def test_a_higher_total_is_told_too_and_the_same_one_as_the_same() -> None:
    before = said("a.0", toll("BN army", "BN", "31"))
    assert kinds(told(toll("BN army", "BN", "40"), before)) == ["higher"]
    assert kinds(told(toll("BN army", "BN", "31"), before)) == ["same"]


def test_a_first_total_opens_a_question_and_gives_the_tally_a_row() -> None:
    found = told(toll("BN army", "BN", "13"))
    assert kinds(found) == ["new_question", "tally"]
    assert found[1].sentence == "The tally gets a row: Bey Army."
    beside = told(toll("AR army", "BN", "13"), said("a.0", toll("BN army", "BN", "12"), hours=9))
    assert kinds(beside) == ["contradicts", "tally"]


def test_a_figure_that_cannot_be_so_beside_anothers_contradicts_the_newest_and_counts_the_rest() -> None:
    before = (
        said("a.0", toll("BN army", "BN", "31"), hours=8),
        said("b.0", toll("UM international_org", "BN", "40"), hours=9),
    )
    found = told(toll("AR army", "BN", "200"), *before)
    assert found[0].kind == "contradicts"
    assert "4 May 21:00 (and 1 other)" in found[0].sentence
    assert "“200” and “40” cannot both be so." in found[0].sentence
    assert found[0].against == "b.0"


def test_figures_that_hold_for_different_days_contradict_nothing() -> None:
    found = told(toll("AR army", "BN", "200"), said("a.0", toll("BN army", "BN", "31"), hours=-48))
    assert "contradicts" not in kinds(found)


def test_a_place_that_another_side_held_changes_hands() -> None:
    held = said("a.0", claim("control.held", "AR army", actor="AR", places=("Oldham",)), hours=-40)
    found = told(claim("control.taken", "CO army", actor="CO", places=("Altheim",)), held)
    assert kinds(found) == ["place"]
    assert found[0].sentence == (
        "Oldham changes hands: Cor is said to hold it; Arl Army said that Arl does, 2 May 20:00."
    )
    again = told(claim("control.held", "AR army", actor="AR", places=("Oldham",)), held)
    assert kinds(again) == []


def test_the_first_to_say_that_a_place_was_taken_tells_that_it_changes_hands() -> None:
    assert "place" in kinds(told(claim("control.taken", "CO army", actor="CO", places=("Oldham",))))
    assert "place" not in kinds(told(claim("control.held", "CO army", actor="CO", places=("Oldham",))))


def test_two_holders_of_one_day_contradict_each_other() -> None:
    taken = said("a.0", claim("control.taken", "CO army", actor="CO", places=("Oldham",)), hours=9)
    found = told(claim("control.held", "AR army", actor="AR", places=("Oldham",)), taken)
    assert kinds(found) == ["contradicts", "place"]
    assert found[0].sentence == "Contradicts Cor Army, 4 May 21:00. Arl and Cor cannot both hold it."


def test_a_standing_denial_and_what_a_denial_denies_are_named() -> None:
    taken = claim("control.taken", "CO army", actor="CO", places=("Oldham",))
    no = denial("AR defence_ministry", "control.taken", actor="CO", places=("Oldham",))
    assert told(taken, pointing=(said("d.0", no, hours=9),))[0] == Foreseen(
        kind="denied", sentence="Arl Defence Ministry denied it, 4 May 21:00.", number=2, against="d.0",
        question="control-holds-_-_-_-_-_-oldham-_", wording=told(taken)[0].wording,
    )  # fmt: skip
    found = told(no, said("a.0", taken, hours=9), pointing=(said("a.0", taken, hours=9),))
    assert (found[0].kind, found[0].sentence) == ("denies", "Denies what Cor Army said, 4 May 21:00.")


def test_what_is_older_than_its_claimants_word_changes_nothing() -> None:
    found = told(toll("BN army", "BN", "13"), said("a.0", toll("BN army", "BN", "31"), hours=20))
    assert kinds(found) == ["late"]
    assert "Bey Army says something newer, 5 May 08:00" in found[0].sentence


def test_what_is_gone_from_its_source_changes_nothing_and_hides_nobodys_word() -> None:
    gone = replace(said("a.0", toll("BN army", "BN", "31")), withdrawn=True)
    assert kinds(told(toll("BN army", "BN", "13"), withdrawn=True)) == []
    assert kinds(told(toll("AR army", "BN", "13"), gone)) == ["new_question", "tally"]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_of_arrival_does_not_matter(order: tuple[int, ...]) -> None:
    before = (
        said("a.0", toll("BN army", "BN", "31"), hours=1),
        said("b.0", toll("BN army", "BN", "40"), hours=2),
        said("c.0", toll("UM international_org", "BN", "44"), hours=3),
    )
    new = toll("BN army", "BN", "13")
    assert told(new, *(before[n] for n in order)) == told(new, *before)
    assert NOON.day == 4
