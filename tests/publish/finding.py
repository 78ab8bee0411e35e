"""The pages that lead to entries, over the small coverage in memory."""

from collections.abc import Sequence

from sayso.model.finding import FilteredPage
from sayso.model.heading import FilterLink
from sayso.model.page import EntryView, PageFrame

FILTERS = (
    FilterLink(path="", label="All"),
    FilterLink(path="with/key/", label="Key events", count=1),
    FilterLink(path="with/media/", label="Pictures and video", count=2),
    *(FilterLink(path=f"with/party/{i}/", label=n) for i, n in (("OR", "Orland"), ("TK", "Tesk"), ("MN", "Marn"))),
    FilterLink(path="with/party/KU/", label="Kuld"),
)


def filtered(frame: PageFrame, all_: Sequence[EntryView], kind: str, name: str, before: str | None) -> FilteredPage:
    """The entries of a party's channels, or all of them; two pages."""
    shown = [v for v in all_ if kind != "party" or (v.source and v.source.party == name)]
    return FilteredPage(
        frame=frame,
        path=f"with/{kind}/{name}/" if name else f"with/{kind}/",
        title=f"In the words of {frame.coverage.conflict.name(name)}" if kind == "party" else f"Entries: {kind}",
        entries=tuple(shown[1:] if before else shown),
        filters=FILTERS,
        about=("q/", "All questions") if kind == "question" else None,
        before=before,
        next_before=None if before else "2",
    )
