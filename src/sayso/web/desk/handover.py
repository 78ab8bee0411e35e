"""Handing over in the browser: what happened since somebody left, what is open, notes from one shift to the next."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.responses import RedirectResponse, Response

from sayso.desk.alerts import WORDS
from sayso.errors import Refused
from sayso.flow.desk.handover import LONGEST_NOTE, Shifts
from sayso.flow.desk.review import Review
from sayso.web.desk.forms import time_of
from sayso.web.desk.rendering import Ask, Pages
from sayso.web.desk.routing import Way, of_coverage

HERE: Final = "/desk/c/{coverage}/handover"


def handover_ways(desks: Mapping[str, Review], pages: Pages) -> list[Way]:
    """The ways to the handover."""
    desk = HandoverDesk(desks, pages)
    return [Way("GET", HERE, desk.page, "look"), Way("POST", HERE, desk.write, "submit")]


class HandoverDesk:
    """The handlers. Each gets an `Ask` that the guard let through."""

    def __init__(self, desks: Mapping[str, Review], pages: Pages) -> None:
        self._desks = {name: Shifts(review) for name, review in desks.items()}
        self._page = pages.page

    def page(self, ask: Ask, *, refused: str = "", status: int = 200) -> Response:
        """What happened since the person who asks left, or since the time that the address names."""
        shifts = self._of(ask)
        try:
            since = time_of(ask.request.query_params.get("since", ""), shifts.room.coverage.tz)
            it = shifts.handover(str(ask.who), since=since)
        except Refused as err:
            it, refused, status = shifts.handover(str(ask.who)), refused or str(err), 409
        values: dict[str, Any] = {"it": it, "kinds": WORDS, "typed": ask.text("text"), "longest": LONGEST_NOTE}
        done = (
            "Your note is kept: the next shift finds it here." if ask.request.query_params.get("done") == "note" else ""
        )
        return self._page(ask, "handover.html", here="handover", status=status, refused=refused, done=done, **values)

    def write(self, ask: Ask) -> Response:
        """Leave a note."""
        shifts = self._of(ask)
        try:
            shifts.write(ask.text("text"), who=str(ask.who))
        except Refused as err:
            return self.page(ask, refused=str(err), status=409)
        return RedirectResponse(f"{ask.request.url.path}?done=note", 303)

    def _of(self, ask: Ask) -> Shifts:
        return of_coverage(self._desks, ask.request)
