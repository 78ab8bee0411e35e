"""What somebody's programs sign in with: made, shown once, revoked."""

from typing import Any

from starlette.responses import RedirectResponse, Response

from sayso.errors import Refused
from sayso.flow.clock import world_now
from sayso.flow.shift.staff import Person, Staff
from sayso.flow.shift.tokens import DAYS, NEEDS, SCOPES, Tokens
from sayso.web.desk.rendering import Ask, Pages
from sayso.web.desk.routing import Way

TOKENS = "/desk/tokens"


def token_ways(staff: Staff, pages: Pages) -> list[Way]:
    """The ways of the page about tokens."""
    desk = TokenDesk(staff, pages)
    return [
        Way("GET", TOKENS, desk.list, "look"),
        Way("POST", TOKENS, desk.make, "look"),
        Way("POST", f"{TOKENS}/revoke", desk.revoke, "look"),
    ]


class TokenDesk:
    """The handlers. Each gets an `Ask` that the guard let through."""

    def __init__(self, staff: Staff, pages: Pages) -> None:
        self._tokens = Tokens(staff)
        self._page = pages.page

    def list(self, ask: Ask, *, refused: str = "", status: int = 200) -> Response:
        """One's own tokens, and the form for another; an admin sees everybody's."""
        who = person_of(ask)
        values: dict[str, Any] = {
            "tokens": self._tokens.store.tokens() if who.may("administer") else self._tokens.of(who.name),
            "scopes": [s for s in SCOPES if who.may(NEEDS[s])],
            "days": DAYS,
            "now": world_now(),
            "typed": {k: v for k, v in ask.form.items() if isinstance(v, str)},
        }
        return self._page(ask, "tokens.html", status=status, refused=refused, **values)

    def make(self, ask: Ask) -> Response:
        """The new token, shown this once."""
        scopes = [v for v in ask.form.getlist("scope") if isinstance(v, str)]
        days = ask.text("days")
        try:
            token = self._tokens.make(
                ask.text("name"), scopes, days=int(days) if days.isdecimal() else 0, who=person_of(ask)
            )
        except Refused as err:
            return self.list(ask, refused=str(err), status=409)
        return self._page(ask, "token.html", token=token)

    def revoke(self, ask: Ask) -> Response:
        """End a token."""
        try:
            self._tokens.revoke(ask.text("token"), who=person_of(ask))
        except Refused as err:
            return self.list(ask, refused=str(err), status=409)
        return RedirectResponse(f"{TOKENS}?done=revoke", 303)


def person_of(ask: Ask) -> Person:
    """Who asks, after the guard."""
    assert ask.who is not None and ask.role is not None
    return Person(name=ask.who, role=ask.role)
