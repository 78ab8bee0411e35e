"""Signing in and out, and the list of the coverages of this server."""

from collections.abc import Mapping

from starlette.responses import RedirectResponse, Response

from sayso.accounts import SESSION_LASTS, Login, cookie_name
from sayso.flow.desk.review import Review
from sayso.flow.shift.staff import EDITOR, Staff
from sayso.web.desk.guard import SESSION, set_cookie
from sayso.web.desk.rendering import Ask, Pages
from sayso.web.desk.routing import Way


def signing_ways(desks: Mapping[str, Review], staff: Staff, pages: Pages) -> list[Way]:
    """The ways in and out."""
    door = FrontDoor(desks, staff, pages)
    return [
        Way("GET", "/desk/login", door.login_page, "anyone"),
        Way("POST", "/desk/login", door.login, "anyone"),
        Way("GET", "/desk/login/code", door.code_page, "anyone"),
        Way("POST", "/desk/login/code", door.code, "anyone"),
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
        """The sign-in form; the name of the first account is there as long as it is alone."""
        alone = len(self.accounts.store.users()) < 2
        return self.page(ask, "login.html", name=EDITOR if alone else "")

    def login(self, ask: Ask) -> Response:
        """To the desk with a new session, or to the form for the code; or the form again with one answer for everything
        that is wrong (P17)."""
        login = self.accounts.sign_in(ask.text("name"), ask.text("password"), old_token=session_of(ask))
        if login.token is None:
            status, why = refusal(login, "Name or password is wrong.")
            return self.page(ask, "login.html", status=status, refused=why, name=ask.text("name"))
        return entering(ask, login, to="/desk/login/code" if login.waits else "/desk/")

    def code_page(self, ask: Ask) -> Response:
        """The form for the code of the second factor, for whoever gave the right password just now."""
        if not self.accounts.waits(session_of(ask)):
            return RedirectResponse("/desk/login", 303)
        return self.page(ask, "code.html")

    def code(self, ask: Ask) -> Response:
        """To the desk with a new session, or the form again."""
        login = self.accounts.give_second(session_of(ask), ask.text("code"))
        if login is None:
            return RedirectResponse("/desk/login", 303)
        if login.token is None:
            status, why = refusal(login, "That is not the code of now, or it was used already. Wait for the next one.")
            return self.page(ask, "code.html", status=status, refused=why)
        return entering(ask, login, to="/desk/")

    def logout(self, ask: Ask) -> Response:
        """To the sign-in page; the session is over."""
        self.accounts.sign_out(ask.token, who=str(ask.who))
        answer = RedirectResponse("/desk/login", 303)
        answer.delete_cookie(cookie_name(SESSION, scheme=ask.request.url.scheme), path="/")
        return answer

    def index(self, ask: Ask) -> Response:
        """The coverages of this server; straight to the inbox where there is one only."""
        if len(self.desks) == 1:
            return RedirectResponse(f"/desk/c/{next(iter(self.desks))}/", 303)
        return self.page(ask, "desks.html", coverages=[r.coverage for r in self.desks.values()])


def session_of(ask: Ask) -> str:
    """The session's token that the browser sent, "" if none."""
    return ask.request.cookies.get(cookie_name(SESSION, scheme=ask.request.url.scheme), "")


def refusal(login: Login, wrong: str) -> tuple[int, str]:
    """The status and the sentence of a try that failed."""
    if login.wait is None:
        return 403, wrong
    return 429, f"Too many tries. Wait {login.wait.seconds // 60} minutes, then try again."


def entering(ask: Ask, login: Login, *, to: str) -> Response:
    """To another page, with the cookie of the new session."""
    answer = RedirectResponse(to, 303)
    assert login.token is not None
    name = cookie_name(SESSION, scheme=ask.request.url.scheme)
    set_cookie(answer, ask.request, name, login.token.value, lasts_s=int(SESSION_LASTS.total_seconds()))
    return answer
