"""Charts: a party's own totals over time and nothing else; what counts something else is another line."""

from sayso.model.chart import Chart
from sayso.model.question import Said
from sayso.reconcile import charts, figures_told, tally

from .factory import WAR, claim, count, looked, said, toll


def drawn(*heard: Said, **complete: bool) -> dict[tuple[str, str, str], Chart]:
    found = charts(tally(heard, conflict=WAR, checked=looked(**complete)), heard, conflict=WAR)
    return {(c.subject, c.who, c.measure): c for c in found}


ARL = ("AR", "military", "killed")


def ids(chart: Chart) -> list[list[str]]:
    return [[f.said.id for f in s.figures] for s in chart.series]


def test_a_claimants_figures_stand_in_the_order_in_which_they_were_said() -> None:
    late, early = said("b", toll("AR army", "AR", "58"), hours=5), said("a", toll("AR army", "AR", "40"))
    assert ids(drawn(late, early)[ARL]) == [["a", "b"]]


def test_losses_told_by_the_other_side_a_third_or_an_ally_are_in_no_chart() -> None:
    found = drawn(
        said("enemy", toll("CO army", "AR", "900")), said("third", toll("UM ngo", "AR", "60")),
        said("ally", toll("BN army", "AR", "45")), said("outlet", toll("- outlet", "AR", "55")),
        said("all", toll("CO army", "BOTH", "300")),
    )  # fmt: skip
    assert [s for c in found.values() for s in c.series] == []


def test_a_lowered_figure_is_marked_and_a_repeated_one_is_not() -> None:
    heard = [said(n, toll("AR army", "AR", figure), hours=h) for h, (n, figure) in enumerate(
        [("a", "104"), ("b", "80"), ("c", "80"), ("d", "97")])]  # fmt: skip
    assert [f.lowered for f in drawn(*heard)[ARL].series[0].figures] == [False, True, False, False]


def test_another_definition_is_another_line_and_so_is_another_claimant() -> None:
    found = drawn(
        said("a", toll("AR army", "AR", "40")),
        said("b", toll("AR army", "AR", None, count=count("30", definition="identified")), hours=1),
        said("c", toll("AR defence_ministry", "AR", "41"), hours=2),
    )  # fmt: skip
    assert sorted(map(tuple, ids(found[ARL]))) == [("a",), ("b",), ("c",)]


def test_killed_and_killed_or_wounded_are_two_charts() -> None:
    found = drawn(
        said("a", toll("AR army", "AR", "40")), said("b", toll("AR army", "AR", "90", sub="casualties"), hours=1)
    )
    assert ids(found[ARL]) == [["a"]]
    assert ids(found["AR", "military", "casualties"]) == [["b"]]


def test_a_party_without_a_figure_has_a_chart_that_says_why() -> None:
    found = drawn(said("a", toll("AR army", "AR", "40")), AR=True, CO=True)
    silent = found["CO", "military", "killed"]
    assert silent.series == ()
    assert silent.missing is not None
    assert silent.missing.kind == "not_found_by_us"
    assert found[ARL].missing is None


def test_a_withdrawn_figure_is_in_no_chart() -> None:
    found = drawn(
        said("a", toll("AR army", "AR", "40")), said("b", toll("AR army", "AR", "400"), hours=1, withdrawn=True)
    )
    assert ids(found[ARL]) == [["a"]]


def test_a_range_has_a_length_and_an_open_end_has_none() -> None:
    found = drawn(
        said("a", toll("AR army", "AR", "more_than 250")), said("b", toll("AR army", "AR", "range 260 280"), hours=1)
    )
    (open_, between) = found[ARL].series[0].figures
    assert open_.low == open_.high
    assert (between.low, between.high) == (260, 280)


def test_the_order_is_that_of_the_coverage_whichever_side_spoke_first() -> None:
    heard = (said("a", toll("CO army", "CO", "7")), said("b", toll("AR army", "AR", "9"), hours=1))
    assert [subject for (subject, _, _), c in drawn(*heard).items() if c.series] == ["AR", "CO"]


def test_every_total_can_be_downloaded_with_whose_losses_it_tells_of() -> None:
    heard = (
        said("own", toll("AR army", "AR", "40")), said("enemy", toll("CO army", "AR", "110"), hours=1),
        said("third", toll("UM ngo", "AR", "60"), hours=2), said("outlet", toll("- outlet", "AR", "55"), hours=3),
        said("event", claim("casualties.killed", subject="AR", count=count("5", scope="incident")), hours=4),
        said("gone", toll("AR army", "AR", "41"), hours=5, withdrawn=True),
    )  # fmt: skip
    told = [(kind, s.id) for kind, _, s in figures_told(heard, WAR)]
    assert told == [("own", "own"), ("other", "enemy"), ("third", "third"), ("unnamed", "outlet")]
