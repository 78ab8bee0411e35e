"""Two statements side by side in the browser."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.responses import Response

from sayso.desk import Sheet, aligned, changes
from sayso.flow.desk.review import Review
from sayso.web.desk.rendering import Ask, Pages
from sayso.web.desk.routing import Way, of_coverage

PATH: Final = "/desk/c/{coverage}/s/{statement}/compare/{other}"


def comparing_ways(desks: Mapping[str, Review], pages: Pages) -> list[Way]:
    """The way to two statements side by side."""

    def compare(ask: Ask) -> Response:
        """Versions of one item with the words that changed; others with their claims by question."""
        review = of_coverage(desks, ask.request)
        sheets = [review.sheet(ask.statement), review.sheet(str(ask.request.path_params["other"]))]
        versions = len({(s.statement.source, s.statement.key) for s in sheets}) == 1
        if versions:
            sheets.sort(key=lambda s: s.statement.version)
        left, right = sheets
        values: dict[str, Any] = {
            "sheets": sheets,
            "versions": versions,
            "changes": changes(left.statement.text, right.statement.text) if versions else (),
            "rows": aligned(left.cards, right.cards, questions_of(review, left, right)),
        }
        return pages.page(ask, "compare.html", **values)

    return [Way("GET", PATH, compare, "look")]


def questions_of(review: Review, *sheets: Sheet) -> dict[str, tuple[tuple[str, str], ...]]:
    """The questions of each claim of the statements."""
    return {claim: asked for sheet in sheets for claim, asked in review.questions_of(sheet).items()}
