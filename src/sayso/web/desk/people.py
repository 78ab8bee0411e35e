"""The accounts of this desk, for its admins: invited, given another role, reset, closed."""

from collections.abc import Callable
from typing import Any

from starlette.responses import RedirectResponse, Response

from sayso.accounts import ROLES
from sayso.errors import Refused
from sayso.flow.shift.people import People
from sayso.flow.shift.staff import Staff
from sayso.web.desk.rendering import Ask, Pages
from sayso.web.desk.routing import Way

PEOPLE = "/desk/people"


def people_ways(staff: Staff, pages: Pages) -> list[Way]:
    """The ways of the page about people."""
    desk = PeopleDesk(staff, pages)
    acts = {"role": desk.role, "close": desk.close, "take-back": desk.take_back}
    return [
        Way("GET", PEOPLE, desk.list, "administer"),
        Way("POST", f"{PEOPLE}/invite", desk.invite, "administer"),
        Way("POST", f"{PEOPLE}/reset", desk.reset, "administer"),
        *(Way("POST", f"{PEOPLE}/{name}", desk.acting(name, act), "administer") for name, act in acts.items()),
    ]


class PeopleDesk:
    """The handlers. Each gets an `Ask` that the guard let through."""

    def __init__(self, staff: Staff, pages: Pages) -> None:
        self._people = People(staff)
        self._page = pages.page

    def list(self, ask: Ask, *, refused: str = "", status: int = 200) -> Response:
        """Who has an account, and which addresses wait to be used."""
        values: dict[str, Any] = {
            "people": self._people.all(),
            "invitations": self._people.invitations(),
            "roles": ROLES,
            "needed": [r for r in ROLES if r in self._people.staff.second_for],
        }
        return self._page(ask, "people.html", status=status, refused=refused, **values)

    def invite(self, ask: Ask) -> Response:
        """The address with which somebody joins, shown this once."""
        try:
            token = self._people.invite(ask.text("role"), who=str(ask.who))
        except Refused as err:
            return self.list(ask, refused=str(err), status=409)
        return self._address(ask, token, title="An address to join with")

    def reset(self, ask: Ask) -> Response:
        """The address with which somebody chooses a new password, shown this once."""
        name = ask.text("name")
        try:
            token = self._people.reset(name, second=ask.text("second") == "yes", who=str(ask.who))
        except Refused as err:
            return self.list(ask, refused=str(err), status=409)
        return self._address(ask, token, title=f"An address for {name} to choose a new password")

    def acting(self, done: str, act: Callable[[Ask], None]) -> Callable[[Ask], Response]:
        """The handler of a form after which the list is shown again."""

        def handler(ask: Ask) -> Response:
            try:
                act(ask)
            except Refused as err:
                return self.list(ask, refused=str(err), status=409)
            return RedirectResponse(f"{PEOPLE}?done={done}", 303)

        return handler

    def role(self, ask: Ask) -> None:
        """Give somebody another role."""
        self._people.change_role(ask.text("name"), ask.text("role"), who=str(ask.who))

    def close(self, ask: Ask) -> None:
        """Close an account, once the box is ticked."""
        if ask.text("confirm") != "yes":
            raise Refused("Tick the box to confirm: an account is closed for good.")
        self._people.close(ask.text("name"), who=str(ask.who))

    def take_back(self, ask: Ask) -> None:
        """Make an address useless."""
        self._people.take_back(ask.text("address"), who=str(ask.who))

    def _address(self, ask: Ask, token: str, *, title: str) -> Response:
        here = self._people.staff.address or str(ask.request.base_url).rstrip(
            "/"
        )  # what a request names can be made up
        return self._page(ask, "address.html", title=title, address=f"{here}/desk/join/{token}")
