"""The pages that lead to entries, over the small coverage in memory."""

from collections.abc import Sequence
from datetime import date
from typing import cast

from sayso.model.conflict import Membership
from sayso.model.finding import Answered, FilteredPage, PartyPage, PlacePage, PlacesPage, Revised, SearchPage
from sayso.model.heading import FilterLink, HeadingKind
from sayso.model.page import EntryView, PageFrame, SourceHealth
from sayso.model.question import Checked, Question
from sayso.publish import hit_in
from sayso.reconcile import wanted

FILTERS = (
    FilterLink(path=""),
    FilterLink(path="with/key/", count=1),
    FilterLink(path="with/media/", count=2),
    FilterLink(path="with/denial/", count=1),
    *(FilterLink(path=f"with/party/{i}/", label=n) for i, n in (("OR", "Orland"), ("TK", "Tesk"), ("MN", "Marn"))),
    FilterLink(path="with/party/KU/", label="Kuld"),
    FilterLink(path="place/"),
)


def filtered(frame: PageFrame, all_: Sequence[EntryView], kind: str, name: str, before: str | None) -> FilteredPage:
    """The entries of a party's channels, or all of them; two pages."""
    shown = [v for v in all_ if kind != "party" or (v.source and v.source.party == name)]
    return FilteredPage(
        frame=frame,
        path=f"with/{kind}/{name}/" if name else f"with/{kind}/",
        kind=cast(HeadingKind, kind),
        name=frame.coverage.conflict.name(name) if kind == "party" else name,
        entries=tuple(shown[1:] if before else shown),
        filters=FILTERS,
        about="q/" if kind == "question" else None,
        before=before,
        next_before=None if before else "2",
    )


def party(
    frame: PageFrame, all_: Sequence[EntryView], questions: Sequence[Question], id_: str, before: str | None
) -> PartyPage | None:
    """What a party of the small coverage says: one page."""
    conflict = frame.coverage.conflict
    if id_ not in conflict.names or before:
        return None
    told = [(q, a) for q in questions for a in q.answers if a.claimant.side == id_]
    counted = [(q, a) for q, a in told if a.latest.claim.count]
    return PartyPage(
        frame=frame,
        party=id_,
        names=(conflict.name(id_), "the other name"),
        camps=(("LEAGUE", Membership(party=id_, since=date(2031, 5, 7))),),
        channels=tuple(
            SourceHealth(source=s, sentence="Fetched at 15:19; 42 statements.")
            for s in frame.coverage.sources
            if s.party == id_
        ),
        checked=Checked(party=id_, channels=1, until=frame.now, complete=True, until_words="13 May 15:20"),
        answers=tuple(Answered(question=q, answer=a) for q, a in told),
        revised=tuple(
            Revised(question=q, claimant=a.claimant, figures=((a.latest, "down"), (a.latest, ""))) for q, a in counted
        ),
        days=((date(2031, 5, 13), tuple(v for v in all_ if v.source and v.source.party == id_)),),
    )


def place(
    frame: PageFrame, all_: Sequence[EntryView], holds: Question, part: str, before: str | None
) -> PlacePage | None:
    """The page of the small coverage's one place."""
    if part != "ubel" or before:
        return None
    return PlacePage(
        frame=frame,
        place=part,
        names=("Ubel", "Ubala"),
        holds=holds,
        attacks=(("2031-05-12", (holds,)), ("", (holds,))),
        others=(holds,),
        days=((date(2031, 5, 13), tuple(v for v in all_ if v.post.state == "published")),),
    )


def places(frame: PageFrame) -> PlacesPage:
    """Two places."""
    return PlacesPage(frame=frame, places=(("ubel", ("Ubel", "Ubala")), ("verst", ("Verst",))))


def search(frame: PageFrame, all_: Sequence[EntryView], query: str, before: str | None) -> SearchPage:
    """The entries that hold the words, on one page that another follows."""
    conflict = frame.coverage.conflict
    sought = wanted(query, conflict)
    hits = tuple(h for v in all_ if sought and (h := hit_in(v, sought, conflict)) is not None)
    return SearchPage(frame=frame, query=query, hits=hits, before=before, next_before=None if before else "2")
