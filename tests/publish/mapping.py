"""The map of the small coverage, filled by hand."""

from collections.abc import Sequence
from datetime import date, timedelta

from sayso.model.finding import Answered
from sayso.model.geography import Area, Basemap
from sayso.model.mapping import Held, MapPage, Pin, Town
from sayso.model.page import EntryView, PageFrame
from sayso.model.question import Question

BASEMAP = Basemap(
    box=(20.0, -44.0, 24.0, -41.0),
    credit="Drawn for this test.",
    land=((20.5, -43.5, 23.5, -43.5, 23.5, -41.5, 20.5, -41.5, 20.5, -43.5),),
    lakes=((21.0, -43.0, 22.0, -43.0, 22.0, -42.5, 21.0, -43.0),),
    rivers=((21.0, -41.5, 21.5, -42.6),),
    borders=((20.5, -42.2, 23.5, -42.2),),
)
AREA = Area(
    claimant="OR", since=date(2031, 5, 12), source="https://staff.example/strip", title="The northern strip",
    rings=((22.0, -42.0, 23.0, -42.0, 23.0, -41.6, 22.0, -42.0),),
)  # fmt: skip


def pins(all_: Sequence[EntryView]) -> tuple[Pin, ...]:
    """Two places with a spot beside each other, a region, and one without a position."""
    shown = tuple(v for v in all_ if v.post.state == "published" and v.statement)
    return (
        Pin(number=1, place="ubel", names=("Ubel", "Ubala"), spot=(21.55, -42.25), precision="district", entries=shown),
        Pin(number=2, place="verst", names=("Verst",), spot=(21.56, -42.25), precision="settlement", entries=shown[:1]),
        Pin(number=3, place="lakeland", names=("Lakeland",), spot=None, precision="region", entries=shown[:1]),
        Pin(number=4, place="sorn", names=("سورن",), spot=None, precision="", entries=shown[1:2]),
    )


def held(question: Question) -> Held:
    """A place that two sides are said to hold."""
    return Held(
        place="ubel", name="Ubel", spot=(21.55, -42.25), precision="district", holders=("OR", "TK"), differ=True,
        answers=tuple(Answered(question=question, answer=a) for a in question.answers),
    )  # fmt: skip


def map_page(frame: PageFrame, all_: Sequence[EntryView], question: Question) -> MapPage:
    """The map with something of each kind on it."""
    return MapPage(
        frame=frame, since=frame.now - timedelta(days=1), until=frame.now, pins=pins(all_), held=(held(question),),
        areas=(AREA,), towns=(Town(names=("Ubel", "Ubala"), spot=(21.55, -42.25)), Town(names=("Long Quay",), spot=(23.1, -43.1))),
        days=(date(2031, 5, 11), date(2031, 5, 12), date(2031, 5, 13)),
    )  # fmt: skip
