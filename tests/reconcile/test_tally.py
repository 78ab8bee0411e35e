"""The tally: latest totals, own and enemy apart, nothing added, no silence taken for a zero."""

import pytest

from sayso.model.claim import Claim
from sayso.model.question import Said, Tally
from sayso.reconcile import tally

from .factory import WAR, claim, count, looked, said, toll


def told(*heard: Said, **more: bool) -> Tally:
    return tally(heard, conflict=WAR, checked=looked(**more))


def figures(lines: tuple) -> list[str]:
    return [x.said.claim.count.words for x in lines]


def test_the_latest_total_of_each_claimant_stands_with_the_one_that_it_replaced() -> None:
    found = told(said("a", toll("AR army", "AR", "more_than 250")), said("b", toll("AR army", "AR", "280"), hours=9))
    assert figures(found.own) == ["280"]
    assert found.own[0].change is not None
    assert found.own[0].change.id == "a"


def test_the_same_figure_in_other_words_is_no_change() -> None:
    again = toll("AR army", "AR", None, count=count("280", unit="men"))
    found = told(said("a", toll("AR army", "AR", "280")), said("b", again, hours=9))
    assert (figures(found.own), found.own[0].change) == (["280"], None)


def test_what_an_editor_marked_is_flagged_and_keeps_its_state() -> None:
    found = told(
        said("a", toll("AR army", "AR", "40"), unverifiable="Nobody was let in."),
        said("c", toll("CO army", "AR", "90")),
    )
    (own,), (theirs,) = found.own, found.enemy
    assert "unverifiable" in own.flags
    assert "unverifiable" not in theirs.flags
    assert own.state == theirs.state == "contradicted"


@pytest.mark.parametrize(
    "what",
    [
        toll("AR army", "AR", None, count=count("5", scope="incident"), places=("Oldham",)),
        toll("AR army", "AR", None, count=count("5", scope="increment")),
        toll("AR army", "AR", None, count=count("5", scope="period")),
        toll("AR army", "AR", None, count=count("5", scope=None)),
        toll("AR army", "AR", None, count=count("none", scope=None)),
        toll("AR army", "AR", "5", part_of=0), toll("AR army", "AR", "5", places=("Oldham",)),
        toll("AR army", "AR", "5", polarity="negated"), toll("AR army", "AR", "5", modality="plan"),
        toll("AR army", "AR", "5", polarity="unknown"), claim("casualties.killed", subject=None, count=count("5")),
    ],
)  # fmt: skip
def test_only_totals_of_a_whole_side_are_in_the_tally(what: Claim) -> None:
    found = told(said("a", what))
    assert not (found.own or found.enemy or found.third or found.unnamed)


def test_an_incident_changes_no_total() -> None:
    total = said("a", toll("AR army", "AR", "40"))
    more = said("b", toll("AR army", "AR", None, count=count("5", scope="increment")), hours=2)
    assert figures(told(total, more).own) == ["40"]


def test_own_and_enemy_losses_never_share_a_table() -> None:
    found = told(
        said("own", toll("AR army", "AR", "40")), said("enemy", toll("CO army", "AR", "110")),
        said("ally", toll("BN army", "AR", "45")), said("third", toll("UM ngo", "AR", "60")),
        said("media", toll("AR media", "AR", "50")), said("outlet", toll("- outlet", "AR", "55")),
        said("all", toll("CO army", "BOTH", "300")),
    )  # fmt: skip
    assert [x.said.id for x in found.own] == ["own"]
    assert {x.said.id for x in found.enemy} == {"enemy", "all"}
    assert {x.said.id for x in found.third} == {"ally", "third", "media"}
    assert [x.said.id for x in found.unnamed] == ["outlet"]


def test_a_changed_camp_changes_whose_enemy_a_party_is() -> None:
    assert told(said("a", toll("AR army", "DU", "9"))).enemy
    assert told(said("a", toll("AR army", "DU", "9"), hours=96)).third


def test_killed_or_wounded_stays_one_measure() -> None:
    found = told(said("a", toll("AR army", "AR", "700", sub="casualties")))
    assert [(x.measure, x.said.id) for x in found.own] == [("casualties", "a")]


def test_a_group_s_figure_is_never_folded_into_a_member_s() -> None:
    found = told(said("a", toll("AR army", "AR", "40")), said("n", toll("AR army", "NORTH", "55")))
    assert [(x.subject, x.said.id) for x in found.own] == [("AR", "a"), ("NORTH", "n")]


def test_a_rival_s_replaced_figure_contradicts_nothing() -> None:
    found = told(
        said("a", toll("AR army", "AR", "40")), said("c1", toll("CO army", "AR", "110")),
        said("c2", toll("CO army", "AR", "40"), hours=3),
    )  # fmt: skip
    assert found.own[0].state == "admitted"


def test_better_founded_figures_come_first() -> None:
    asserted, listed = (
        toll("AR army", "AR", "40"),
        toll("AR defence_ministry", "AR", None, count=count("30", basis="named_list")),
    )
    assert [x.said.id for x in told(said("a", asserted), said("b", listed, hours=-5)).own] == ["b", "a"]


def test_other_definitions_and_other_first_days_stand_on_lines_of_their_own() -> None:
    counts = count("40"), count("50", definition="with the missing"), count("30", since="2031-05-03")
    found = told(*(said(str(n), toll("AR army", "AR", None, count=c)) for n, c in enumerate(counts)))
    assert {x.said.id for x in found.own} == {"0", "1", "2"}


def missing(found: Tally) -> dict[tuple[str, str, str], str]:
    return {(p, who, measure): why.kind for p, who, measure, why in found.missing}


def test_each_party_without_a_total_of_its_own_is_listed_with_the_reason() -> None:
    quiet = claim("not_reported.killed", "- outlet", subject="CO", who="military", polarity="unknown")
    found = missing(told(said("a", toll("AR army", "AR", "40")), said("q", quiet), BN=True, CO=True))
    assert ("AR", "military", "killed") not in found
    assert found["AR", "civilian", "killed"] == "could_not_check"
    assert found["BN", "military", "killed"] == "not_found_by_us"
    assert found["CO", "military", "killed"] == "does_not_publish"
    assert found["DU", "military", "killed"] == "could_not_check"


def test_an_ally_s_word_for_both_is_not_a_party_s_own() -> None:
    found = missing(told(said("n", toll("AR army", "NORTH", "55"))))
    assert ("AR", "military", "killed") not in found
    assert ("BN", "military", "killed") in found


def test_wounded_that_are_said_to_be_unreported_are_listed() -> None:
    quiet = claim("not_reported.wounded", "- outlet", subject="NORTH", who="military", polarity="unknown")
    found = missing(told(said("q", quiet)))
    assert {k: v for k, v in found.items() if k[2] == "wounded"} == {
        ("AR", "military", "wounded"): "does_not_publish", ("BN", "military", "wounded"): "does_not_publish",
    }  # fmt: skip


def test_a_party_that_tells_of_single_events_is_not_called_silent() -> None:
    event = toll("AR army", "AR", None, count=count("5", scope="incident"), places=("Oldham",))
    why = next(w for p, who, _, w in told(said("a", event), AR=True).missing if (p, who) == ("AR", "military"))
    assert why.sentence.startswith("Figures of single events only; a total was not found by us in Arl's 2 channels")
