"""A reader's words -> the entries that hold them in what the public may see, the newest first. Nothing of it is kept."""

from collections.abc import Callable
from typing import Final

from sayso.model.finding import Hit, SearchPage
from sayso.model.page import EntryView, PageFrame
from sayso.publish import hit_in
from sayso.reconcile import wanted
from sayso.store import Store

#: What is read of a query, in code points.
LONGEST_QUERY: Final = 200
HITS_A_PAGE: Final = 20
#: Posts that one page looks through at once, and how often: words that a source lets nobody see find nothing (H13).
LOOKED_THROUGH: Final = 40
ROUNDS: Final = 5


def search_page_of(
    frame: PageFrame, store: Store, query: str, before: str | None, entry: Callable[[str], EntryView | None]
) -> SearchPage | None:
    """The newest entries with the words of a query, or those before a paging token; None for a token that we did not give.

    A page may hold few or no entries although another one follows.
    """
    if before is not None and not (before.isascii() and before.isdecimal() and len(before) < 19):
        return None
    query = " ".join(query[:LONGEST_QUERY].replace("\0", " ").split())
    sought = wanted(query, frame.coverage.conflict)
    hits: list[Hit] = []
    last, more = None if before is None else int(before), bool(sought)
    for _ in range(ROUNDS):
        rows = store.sought(sought, limit=LOOKED_THROUGH, before=last)
        more = len(rows) == LOOKED_THROUGH
        for number, post in rows:
            last = number
            found = hit_in(view, sought, frame.coverage.conflict) if (view := entry(post)) is not None else None
            hits += [found] if found is not None else []
            if len(hits) == HITS_A_PAGE:
                more = more or number != rows[-1][0]
                break
        if len(hits) == HITS_A_PAGE or not more:
            break
    return SearchPage(
        frame=frame, query=query, hits=tuple(hits), before=before, next_before=str(last) if more else None
    )
