"""Charts as drawn: nothing more exact than it was said, no gap that looks like knowledge, and the table to download."""

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.model.chart import Chart, Figure, Series
from sayso.model.claim import Attribution, Claim, Count, Span
from sayso.model.page import FiguresPage, TallyPage
from sayso.model.question import Claimant, Said
from sayso.publish import pages
from sayso.publish.charts import APART, Drawing, drawings, steps_to
from sayso.publish.table import COLUMNS, figures_csv
from tests.publish.factory import COVERAGE, MOUTHS, REPLAY, SILENT, TOLL, MemoryViews, count

BEGIN = datetime(2031, 5, 3, 9, tzinfo=UTC)


def figure(
    words: str, n: int, operator: str = "exact", *, day: float = 0, low: int | None = None, **more: bool
) -> Figure:
    at = BEGIN + timedelta(days=day)
    claim = replace(TOLL.claim, count=count(words, n, operator))
    said = replace(TOLL, id=f"s.{int(day * 100)}", claim=claim, said_at=at)
    return Figure(said=said, low=n if low is None else low, high=n, **more)


def chart(*lines: tuple[Figure, ...], definition: str | None = None) -> Chart:
    made = tuple(
        Series(
            claimant=replace(MOUTHS["guard"], name=f"Guard {i}"), since="2031-05-03", definition=definition, figures=f
        )
        for i, f in enumerate(lines)
    )
    return Chart(subject="TK", who="military", measure="killed", series=made, missing=None if made else SILENT)


def drawn(*charts: Chart) -> Drawing:
    (found,) = drawings(charts, COVERAGE, COVERAGE_NOW)
    return found


COVERAGE_NOW = BEGIN + timedelta(days=9)


def page(*charts: Chart) -> lxml.html.HtmlElement:
    views = MemoryViews()
    html = pages.tally_page(replace(views.tally_page(), charts=charts))
    return lxml.html.fromstring(html).find_class("charts")[0]


def test_a_higher_figure_stands_higher_and_a_later_one_further_right() -> None:
    (curve,) = drawn(chart((figure("10", 10), figure("30", 30, day=2)))).curves
    first, second = curve.marks
    assert first.x < second.x
    assert first.y > second.y


@pytest.mark.parametrize(
    ("operator", "shape"),
    [("exact", "exact"), ("more_than", "up"), ("at_least", "up"), ("dozens", "up"), ("up_to", "down"),
     ("less_than", "down"), ("about", "about"), ("nearly", "about")],
)  # fmt: skip
def test_no_open_figure_looks_exact(operator: str, shape: str) -> None:
    (curve,) = drawn(chart((figure("30", 30, operator),))).curves
    assert curve.marks[0].shape == shape
    circles = page(chart((figure("30", 30, operator),))).xpath("//*[local-name()='circle'][@class='exact']")
    assert bool(circles) == (operator == "exact")


def test_days_without_a_figure_are_not_joined_by_a_solid_line() -> None:
    (curve,) = drawn(chart((figure("10", 10), figure("12", 12, day=1), figure("30", 30, day=6)))).curves
    assert curve.steps.count("H") == 1
    assert curve.gaps.count("H") == 1
    assert curve.rest.endswith(f"H{drawn(chart((figure('10', 10),))).right}")


def test_labels_of_several_claimants_do_not_stand_on_one_another() -> None:
    lines = [(figure(str(40 + i), 40 + i, day=3),) for i in range(4)]
    heights = sorted(c.label[1] for c in drawn(chart(*lines)).curves)
    assert all(b - a >= APART - 0.2 for a, b in pairwise(heights))
    assert [c.letter for c in drawn(chart(*lines)).curves] == ["A", "B", "C", "D"]


def test_a_party_without_a_figure_is_hatched_and_says_why_never_zero() -> None:
    found = page(chart())
    assert "no figure of its own" in found.text_content()
    assert SILENT.sentence in found.text_content()
    assert not found.xpath("//*[local-name()='circle']")


def test_every_mark_leads_to_its_words_and_says_who_said_it() -> None:
    found = page(chart((figure("10", 10), figure("8", 8, day=2, lowered=True))))
    marks = found.xpath(".//*[local-name()='svg']//*[local-name()='a']")
    assert len(marks) == 2
    assert all(re.match(r"/c/tesk/s/s/#c\d+", m.get("href")) for m in marks)
    titles = [m.xpath("*[local-name()='title']")[0].text for m in marks]
    assert all(t.startswith("Guard 0, ") for t in titles)
    assert titles[1].endswith("8 (lowered)")
    assert len(found.xpath(".//tbody/tr")) == 2


def test_a_hostile_name_stays_text() -> None:
    evil = '</title><script>alert(1)</script>"><svg onload=alert(1)>'
    made = chart((figure("10", 10),), (figure("11", 11, day=1),), definition=evil)
    made = replace(made, series=tuple(replace(s, claimant=replace(s.claimant, name=evil)) for s in made.series))
    html = lxml.html.tostring(page(made), encoding="unicode")
    assert "<script" not in html
    assert not re.search(r"<[^>]*\sonload=", html)


@given(st.floats(min_value=0, max_value=1e9))
def test_the_axis_begins_at_zero_and_holds_the_highest_figure(highest: float) -> None:
    ticks = steps_to(highest)
    assert ticks[0] == 0
    assert ticks[-1] >= highest
    assert 2 <= len(ticks) <= 7


@given(st.lists(st.tuples(st.integers(0, 10**6), st.floats(-3, 400, allow_nan=False)), min_size=1, max_size=12))
def test_every_mark_stands_inside_its_drawing(points: list[tuple[int, float]]) -> None:
    made = drawn(chart(tuple(figure(str(n), n, day=day) for n, day in sorted(points, key=lambda p: p[1]))))
    for mark in made.curves[0].marks:
        assert made.left <= mark.x <= made.right
        assert 0 <= mark.top <= mark.y <= made.base


def told(name: str, words: str) -> tuple[str, Claimant, Said]:
    attr = Attribution(kind="army", side="TK", org=name)
    figure_ = Count(operator="more_than", n=250, low=251, words=words, scope="cumulative")
    claim = Claim(
        type="casualties",
        sub="killed",
        subject="TK",
        who="military",
        span=Span(0, 1),
        rule="r",
        attr=attr,
        count=figure_,
    )
    return "own", Claimant(id="x", name=name, side="TK", kind="army"), replace(TOLL, claim=claim)


def rows(*figures: tuple[str, Claimant, Said], replay: bool = False) -> list[dict[str, str]]:
    frame = MemoryViews(coverage=replace(COVERAGE, replay=REPLAY)).frame() if replay else MemoryViews().frame()
    body = figures_csv(FiguresPage(frame=frame, figures=figures)).decode()
    return list(csv.DictReader(io.StringIO(body)))


def test_a_row_of_the_table_holds_the_figure_as_said_and_who_said_it() -> None:
    (row,) = rows(told("Tesk Guard", "more than 250"))
    assert tuple(row) == COLUMNS
    assert (row["claimant"], row["claimant_side"], row["about"], row["losses"]) == ("Tesk Guard", "Tesk", "Tesk", "own")
    assert (row["figure_as_said"], row["operator"], row["n"], row["high"]) == ("more than 250", "more_than", "250", "")
    assert row["words"].startswith("http") and "/s/" in row["words"]
    assert row["replay"] == ""


def test_a_table_of_a_replay_says_so_in_every_row() -> None:
    assert all("demonstration" in r["replay"] for r in rows(told("Tesk Guard", "250"), replay=True))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_is_a_formula_to_a_spreadsheet(start: str) -> None:
    (row,) = rows(told(f"{start}HYPERLINK(1)", "250"))
    assert row["claimant"].startswith("'")


def test_a_page_without_charts_has_none() -> None:
    html = pages.tally_page(TallyPage(frame=MemoryViews().frame(), tally=MemoryViews().tally_page().tally))
    assert 'class="charts"' not in html
