"""What the page of the tally and its table are drawn from: every total of the questions that the lines belong to."""

from collections.abc import Iterable
from typing import Final

from sayso.flow.pages.comparing import Comparison
from sayso.model.page import FiguresPage, PageFrame, TallyPage
from sayso.model.question import Said, TallyLine
from sayso.reconcile import charts, figures_told
from sayso.store import Store

#: Totals of one question in a chart and in the table: the newest.
MOST_TOLD: Final = 2_000


def tally_page_of(frame: PageFrame, store: Store, compared: Comparison) -> TallyPage:
    """Every cumulative figure, and each party's own over time."""
    tally = compared.tally
    told = told_in(tally.own, store, compared)
    return TallyPage(frame=frame, tally=tally, charts=charts(tally, told, conflict=frame.coverage.conflict))


def figures_page_of(frame: PageFrame, store: Store, compared: Comparison) -> FiguresPage:
    """Every figure that stood in the tally, in the order in which they were said."""
    tally = compared.tally
    told = told_in((*tally.own, *tally.enemy, *tally.third, *tally.unnamed), store, compared)
    return FiguresPage(frame=frame, figures=tuple(figures_told(told, frame.coverage.conflict)))


def told_in(lines: Iterable[TallyLine], store: Store, compared: Comparison) -> tuple[Said, ...]:
    """The claims of the questions of some lines of the tally, each once."""
    asked = dict.fromkeys(t.question for t in lines)
    told = (s for q in asked for s in store.every_answer(q, newest=MOST_TOLD))
    return compared.titled({s.id: s for s in told}.values())
