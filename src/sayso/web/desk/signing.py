"""Signing in and out, and the list of the coverages of this server."""

from collections.abc import Mapping

from starlette.responses import RedirectResponse, Response

from sayso.accounts import SESSION_LASTS, cookie_name
from sayso.flow.review import Review
from sayso.flow.staff import EDITOR, Staff
from sayso.web.desk.guard import SESSION, set_cookie
from sayso.web.desk.rendering import Ask, Pages
from sayso.web.desk.routing import Way


def signing_ways(desks: Mapping[str, Review], staff: Staff, pages: Pages) -> list[Way]:
    """The ways in and out."""
    door = FrontDoor(desks, staff, pages)
    return [
        Way("GET", "/desk/login", door.login_page, "anyone"),
        Way("POST", "/desk/login", door.login, "anyone"),
        Way("POST", "/desk/logout", door.logout, "look"),
        Way("GET", "/desk/", door.index, "look"),
    ]


class FrontDoor:
    """The handlers. Each gets an `Ask` that the guard let through."""

    def __init__(self, desks: Mapping[str, Review], accounts: Staff, pages: Pages) -> None:
        self.desks = desks
        self.accounts = accounts
        self.page = pages.page

    def login_page(self, ask: Ask) -> Response:
        """The sign-in form."""
        return self.page(ask, "login.html", name=EDITOR)

    def login(self, ask: Ask) -> Response:
        """To the desk with a new session, or the form again with one answer for everything that is wrong (P17)."""
        name = cookie_name(SESSION, scheme=ask.request.url.scheme)
        old = ask.request.cookies.get(name)
        login = self.accounts.sign_in(ask.text("name"), ask.text("password"), old_token=old)
        if login.token is None:
            why = "Name or password is wrong."
            if login.wait is not None:
                why = f"Too many tries. Wait {login.wait.seconds // 60} minutes, then try again."
            status = 429 if login.wait else 403
            return self.page(ask, "login.html", status=status, refused=why, name=ask.text("name"))
        answer = RedirectResponse("/desk/", 303)
        set_cookie(answer, ask.request, name, login.token.value, lasts_s=int(SESSION_LASTS.total_seconds()))
        return answer

    def logout(self, ask: Ask) -> Response:
        """To the sign-in page; the session is over."""
        self.accounts.sign_out(ask.token)
        answer = RedirectResponse("/desk/login", 303)
        answer.delete_cookie(cookie_name(SESSION, scheme=ask.request.url.scheme), path="/")
        return answer

    def index(self, ask: Ask) -> Response:
        """The coverages of this server; straight to the inbox where there is one only."""
        if len(self.desks) == 1:
            return RedirectResponse(f"/desk/c/{next(iter(self.desks))}/", 303)
        return self.page(ask, "desks.html", coverages=[r.coverage for r in self.desks.values()])
