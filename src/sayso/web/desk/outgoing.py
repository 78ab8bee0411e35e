"""What is on its way out: seen on every page of the desk, taken back or agreed to with one button, without script too."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.responses import RedirectResponse, Response

from sayso.errors import Refused
from sayso.flow.press.agreeing import told
from sayso.flow.press.outgoing import WayOut
from sayso.web.desk.guard import Handler
from sayso.web.desk.rendering import Ask, Pages
from sayso.web.desk.routing import Way, of_coverage

OUT: Final = "/desk/c/{coverage}/out"
ONE_OUT: Final = OUT + "/{outgoing}"


def outgoing_ways(ways_out: Mapping[str, WayOut], pages: Pages) -> list[Way]:
    """The ways to the queue."""
    desk = OutgoingDesk(ways_out, pages)
    return [
        Way("GET", OUT, desk.queue, "look"),
        Way("POST", ONE_OUT + "/undo", desk.acting("undo"), "publish"),
        Way("POST", ONE_OUT + "/second", desk.acting("second"), "publish"),
    ]


class OutgoingDesk:
    """The handlers. Each gets an `Ask` that the guard let through."""

    def __init__(self, ways_out: Mapping[str, WayOut], pages: Pages) -> None:
        self._ways_out = ways_out
        self._page = pages.page

    def queue(self, ask: Ask, *, refused: str = "", status: int = 200) -> Response:
        """Everything that waits to go out, and what did not go out."""
        way_out = self._of(ask)
        waiting = way_out.waiting()
        does = {it.id: told(way_out.review, it.deed) for it in waiting}
        values: dict[str, Any] = {"waiting": waiting, "does": does}
        return self._page(ask, "outgoing.html", status=status, here="out", refused=refused, **values)

    def acting(self, act: str) -> Handler:
        """The handler of one of the buttons."""

        def handler(ask: Ask) -> Response:
            way_out, outgoing = self._of(ask), str(ask.request.path_params["outgoing"])
            try:
                if act == "undo":
                    way_out.undo(outgoing, who=str(ask.who))
                else:
                    way_out.second(outgoing, who=str(ask.who))
            except Refused as err:
                return self.queue(ask, refused=str(err), status=409)
            return RedirectResponse(f"/desk/c/{way_out.coverage.name}/out?done={act}", 303)

        return handler

    def _of(self, ask: Ask) -> WayOut:
        return of_coverage(self._ways_out, ask.request)
