"""The page behind an address that works once: to join the desk, or to choose a new password."""

from starlette.responses import RedirectResponse, Response

from sayso.errors import Refused
from sayso.flow.shift.people import People
from sayso.flow.shift.staff import Staff
from sayso.web.desk.rendering import Ask, Pages
from sayso.web.desk.routing import Way

JOIN = "/desk/join/{token}"


def joining_ways(staff: Staff, pages: Pages) -> list[Way]:
    """The ways for people who hold an address."""
    desk = JoiningDesk(staff, pages)
    return [Way("GET", JOIN, desk.form, "anyone"), Way("POST", JOIN, desk.join, "anyone")]


class JoiningDesk:
    """The handlers. Each gets an `Ask` that the guard let through."""

    def __init__(self, staff: Staff, pages: Pages) -> None:
        self._people = People(staff)
        self._page = pages.page

    def form(self, ask: Ask, *, refused: str = "", status: int = 200) -> Response:
        """Name and password; the name is given where it is a new password only. Opening it uses nothing up."""
        found = self._people.invited(str(ask.request.path_params["token"]))
        at = ask.request.url.path
        return self._page(
            ask, "join.html", status=status, refused=refused, invitation=found, at=at, name=ask.text("name")
        )

    def join(self, ask: Ask) -> Response:
        """To the sign-in page."""
        token = str(ask.request.path_params["token"])
        try:
            if ask.text("password") != ask.text("again"):
                raise Refused("The two passwords differ: type them again.")
            self._people.join(token, name=ask.text("name"), password=ask.text("password"))
        except Refused as err:
            return self.form(ask, refused=str(err), status=409)
        return RedirectResponse("/desk/login?done=join", 303)
