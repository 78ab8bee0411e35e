"""The guard before every route of the desk: who is signed in, where a request comes from, and its form token (P16)."""

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.accounts import May, comes_from_here, cookie_name, csrf_matches, make_token
from sayso.errors import Refused, TryLater
from sayso.flow.shift.staff import Person, Staff
from sayso.sources.decoding import visible
from sayso.web.desk.rendering import HEADERS, Ask, Pages

SESSION: Final = "sayso_desk"
#: Before anybody is signed in, the sign-in form is bound to this cookie instead of a session.
VISIT: Final = "sayso_visit"
#: Somebody's own page; all that is open to who lacks the second factor that the role needs, but for signing out.
OWN: Final = "/desk/me"
LARGEST_FORM: Final = 25 * 2**20

Handler = Callable[[Ask], Response]


class Guard:
    """Lets a request through to its handler, which runs in a worker thread, or answers in its place."""

    def __init__(self, accounts: Staff, pages: Pages) -> None:
        self.accounts = accounts
        self.pages = pages

    def staff_only(self, handler: Handler, what: May) -> Callable[[Request], Awaitable[Response]]:
        """The handler for signed-in staff whose role may do this: others are sent to the sign-in page, or refused where
        they would change something; a change also needs our own page as its origin and the session's form token."""

        async def guarded(request: Request) -> Response:
            token = request.cookies.get(cookie_name(SESSION, scheme=request.url.scheme), "")
            who = await run_in_threadpool(self.accounts.who, token)
            if who is None:
                return self.not_signed_in(request)
            if not who.may(what):
                return self.pages.not_yours(asked_by(request, token=token, who=who), what)
            if who.lacks_second and not f"{request.url.path}/".startswith((f"{OWN}/", "/desk/logout/")):
                return self.second_first(request, who, token=token)
            return await self.answer(request, handler, token=token, who=who)

        return guarded

    def anyone(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        """The handler for people who are not signed in yet; changes need our own page and the visit's form token."""

        async def guarded(request: Request) -> Response:
            name = cookie_name(VISIT, scheme=request.url.scheme)
            token = request.cookies.get(name) or make_token().value
            answer = await self.answer(request, handler, token=token, who=None)
            if request.cookies.get(name) != token:
                set_cookie(answer, request, name, token, lasts_s=3600)
            return answer

        return guarded

    async def answer(self, request: Request, handler: Handler, *, token: str, who: Person | None) -> Response:
        """What the handler answers, with the desk's headers; a change that is not proven ours is refused with 403."""
        ask = asked_by(request, token=token, who=who)
        if request.method not in ("GET", "HEAD"):
            refused = await self.take_form(ask)
            if refused is not None:
                return refused
        try:
            response = await run_in_threadpool(handler, ask)
        except Refused as err:
            response = self.pages.message(ask, "That cannot be done", str(err), status=404)
        except TryLater as err:
            response = self.pages.message(ask, "Try again in a moment", str(err), status=503)
        finally:
            await ask.form.close()  # an uploaded picture lies in a temporary file
        response.headers.update({k: v for k, v in HEADERS.items() if k not in response.headers})
        return response

    async def take_form(self, ask: Ask) -> Response | None:
        """Read the form into the ask; an answer instead where the request may not change anything."""
        request = ask.request
        if not comes_from_here(request.headers, host=request.headers.get("host", "")):
            return self.pages.message(ask, "Not from this page", "The request came from another page.", status=403)
        length = request.headers.get("content-length", "")
        if not length.isdigit() or int(length) > LARGEST_FORM:
            limit = f"A form may hold {LARGEST_FORM // 2**20} MB: make the picture smaller."
            return self.pages.message(ask, "Too large", limit, status=413)
        ask.form = readable(await request.form(max_files=1, max_fields=2_000, max_part_size=2**20))
        if not csrf_matches(ask.token, ask.text("csrf")):
            why = "The form was older than your session. Go back, load the page again and repeat it."
            return self.pages.message(ask, "Load the page again", why, status=403)
        return None

    def second_first(self, request: Request, who: Person, *, token: str) -> Response:
        """To one's own page, where the second factor is set up; or 403 for a request that would change something."""
        if request.method in ("GET", "HEAD"):
            return RedirectResponse(f"{OWN}?done=second-first", 303, HEADERS)
        why = f"A {who.role} of this desk needs a second factor. Set it up on your own page, then repeat it."
        return self.pages.message(asked_by(request, token=token, who=who), "Not yet", why, status=403)

    def not_signed_in(self, request: Request) -> Response:
        """To the sign-in page, or 401 for a request that would change something."""
        if request.method in ("GET", "HEAD"):
            return RedirectResponse("/desk/login", 303, HEADERS)
        ask = Ask(request=request, token="")
        return self.pages.message(ask, "Sign in first", "Your session has ended. Sign in and repeat it.", status=401)


def readable(form: FormData) -> FormData:
    """A form whose texts hold nothing that only programs see: no NUL, which a database refuses, nothing that turns the
    direction of writing round."""
    return FormData([(name, visible(value) if isinstance(value, str) else value) for name, value in form.multi_items()])


def asked_by(request: Request, *, token: str, who: Person | None) -> Ask:
    """The ask of a person, or of somebody who is not signed in."""
    return Ask(request=request, token=token, who=who.name if who else None, role=who.role if who else None)


def set_cookie(answer: Response, request: Request, name: str, value: str, *, lasts_s: int) -> None:
    """Give the browser a cookie that no script can read and no other site can send along."""
    secure = request.url.scheme == "https"
    answer.set_cookie(name, value, max_age=lasts_s, path="/", secure=secure, httponly=True, samesite="lax")
