"""The figures of the tally as a table to download (CSV, RFC 4180): a row a figure, never a figure without who said it."""

import csv
import io
from typing import Final

from sayso.model.page import FiguresPage, PageFrame
from sayso.model.question import Claimant, Said
from sayso.publish.figures import as_said
from sayso.publish.showing import address_of, in_english, replay_words

COLUMNS: Final = (
    "said_at", "about", "status", "measure", "since", "definition", "basis", "claimant", "claimant_side", "losses",
    "figure_as_said", "operator", "n", "low", "high", "relayed_by", "outlet", "checked_by", "words", "replay",
)  # fmt: skip
#: A cell that begins so is a formula to a spreadsheet: what strangers wrote must stay text.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def figures_csv(page: FiguresPage) -> bytes:
    """The table in UTF-8, a line of names first. `said_at` has the coverage's zone; an empty cell means not said.

    `losses` is `own`, `other` (the other side's), `third` or `unnamed`; `checked_by` is `rule` where no editor looked.
    """
    frame, out = in_english(page.frame), io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    rows.writerows(
        [safe(cell) for cell in cells(frame, *found)] for found in page.figures if found[2].claim.count is not None
    )
    return out.getvalue().encode()


def cells(frame: PageFrame, losses: str, claimant: Claimant, said: Said) -> tuple[object, ...]:
    """One row in the order of COLUMNS."""
    claim, count, coverage = said.claim, said.claim.count, frame.coverage
    assert count is not None  # rows are figures
    return (
        said.said_at.astimezone(coverage.tz).isoformat(timespec="seconds"), coverage.conflict.name(claim.subject),
        claim.who, claim.sub, count.since, count.definition, count.basis, claimant.name,
        coverage.conflict.name(claimant.side), losses, as_said(count), count.operator, count.n, count.low, count.high,
        " and ".join(v.org or v.kind or "others" for v in claim.attr.via), said.outlet, said.by,
        frame.base_url + address_of(said.id, frame), replay_words(coverage),
    )  # fmt: skip


def safe(cell: object) -> object:
    """A cell that no spreadsheet runs."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
