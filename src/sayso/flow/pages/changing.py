"""What changed among the answers between two times."""

from datetime import datetime
from typing import Final

from sayso.flow.pages.comparing import Comparison
from sayso.model.page import ChangedPage, PageFrame
from sayso.model.question import Changed, Question
from sayso.reconcile import changes

#: Questions that are listed: those that moved last.
MOST_MOVED: Final = 100


def changed_page_of(
    frame: PageFrame, since: datetime, before: Comparison, after: Comparison, *, rows: tuple[int, int]
) -> ChangedPage:
    """What changed from one comparison to the other, question by question; `rows` are the last ones of the ledger at
    both times."""
    ids = (*after.moved_between(*rows, newest=MOST_MOVED + 1), *after.denied_between(*rows))
    asked = tuple(dict.fromkeys(after.grouping.root(id_) for id_ in ids))
    moved: tuple[list[tuple[Question, tuple[Changed, ...]]], ...] = ([], [])
    for id_ in asked[:MOST_MOVED]:
        was, is_ = before.question(id_), after.question(id_)
        found, shown = changes(was, is_), is_ or was
        for part, wanted in zip(moved, (False, True), strict=True):
            mine = tuple(c for c in found if came_late(c, since) is wanted)
            if shown is not None and mine:
                part.append((shown, mine))
    more = len(ids) > MOST_MOVED
    return ChangedPage(frame=frame, since=since, moved=tuple(moved[0]), late=tuple(moved[1]), more=more)


def came_late(change: Changed, since: datetime) -> bool:
    """Whether an answer is new to us only: it was given before that time."""
    return change.before is None and change.after is not None and change.after.latest.said_at < since
