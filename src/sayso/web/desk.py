"""The desk in the browser: server-rendered forms that work without JavaScript, behind one guard for every route.

The guard stands in one place: who is signed in, where the request comes from, and the form's token, before any handler
sees it (P16). Nothing of the desk is ever cached.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import jinja2
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from sayso.accounts import SESSION_LASTS, comes_from_here, cookie_name, csrf_matches, csrf_of, make_token
from sayso.errors import Refused
from sayso.flow.review import Review
from sayso.flow.staff import EDITOR, Staff
from sayso.model.vocabulary import CHANNELS
from sayso.web.desk_forms import STATES, edit_of, fields_of_edit, numbers, pasted_of, states_named

PAGES: Final = Path(__file__).parent / "desk_pages"
SESSION: Final = "sayso_desk"
#: Before anybody is signed in, the sign-in form is bound to this cookie instead of a session.
VISIT: Final = "sayso_visit"
LARGEST_FORM: Final = 25 * 2**20
FILES: Final = {"desk.css": "text/css", "desk.js": "text/javascript"}
HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # not "no-referrer": browsers would then send "Origin: null" with our own forms
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
DONE: Final = {
    "publish": "Published.", "hold": "Held.", "reject": "Rejected.", "correct": "Corrected, visibly.", "edit": "Saved.",
    "withdraw": "Withdrawn.", "take-down": "Taken down: its words, pictures and original are erased.",
    "paste": "Added. It waits here for a decision.",
}  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Ask:
    """One request after the guard: who asks, with which form, for which coverage."""

    request: Request
    token: str
    who: str | None = None
    form: FormData = field(default_factory=FormData)

    @property
    def statement(self) -> str:
        """The statement's id in the address."""
        return str(self.request.path_params["statement"])

    def text(self, name: str) -> str:
        """A text field of the form, "" if it is not there."""
        value = self.form.get(name, "")
        return value if isinstance(value, str) else ""


Handler = Callable[["Ask"], Response]


def desk_routes(desks: Mapping[str, Review], staff: Staff) -> list[Route]:
    """Every route of the desk; `desks` are the coverages by name, `staff` the accounts of this installation."""
    desk = Desk(desks, staff)
    one = "/desk/c/{coverage}"
    sheet = one + "/s/{statement}"
    acts = ("publish", "hold", "reject", "correct", "withdraw", "take-down")
    return [
        Route("/desk/files/{name}", desk_file, methods=["GET"]),
        Route("/desk/login", desk.anyone(desk.login_page), methods=["GET"]),
        Route("/desk/login", desk.anyone(desk.login), methods=["POST"]),
        Route("/desk/logout", desk.staff_only(desk.logout), methods=["POST"]),
        Route("/desk/", desk.staff_only(desk.index), methods=["GET"]),
        Route("/desk", lambda _: RedirectResponse("/desk/", 308, HEADERS), methods=["GET"]),
        Route(one + "/", desk.staff_only(desk.inbox), methods=["GET"]),
        Route(one + "/paste", desk.staff_only(desk.paste_page), methods=["GET"]),
        Route(one + "/paste", desk.staff_only(desk.paste), methods=["POST"]),
        Route(one + "/media/{name}", desk.staff_only(desk.medium), methods=["GET"]),
        Route(sheet, desk.staff_only(desk.sheet), methods=["GET"]),
        Route(sheet + "/original", desk.staff_only(desk.original), methods=["GET"]),
        Route(sheet + "/c/{number:int}", desk.staff_only(desk.edit_page), methods=["GET"]),
        Route(sheet + "/c/{number:int}", desk.staff_only(desk.edit), methods=["POST"]),
        *(Route(f"{sheet}/{act}", desk.staff_only(desk.acting(act)), methods=["POST"]) for act in acts),
    ]


async def desk_file(request: Request) -> Response:
    """The desk's own style and script."""
    name = request.path_params["name"]
    if name not in FILES:
        raise HTTPException(404)
    return FileResponse(PAGES / name, media_type=FILES[name], headers={**HEADERS, "Cache-Control": "no-cache"})


class Desk:
    """The handlers. Each gets an `Ask` that the guard let through and runs in a worker thread."""

    def __init__(self, desks: Mapping[str, Review], staff: Staff) -> None:
        self.desks = desks
        self.accounts = staff
        self.pages = jinja2.Environment(
            loader=jinja2.FileSystemLoader(PAGES), autoescape=True, undefined=jinja2.StrictUndefined
        )
        self.pages.filters.update(plain=plain, iso=iso, clock=clock, day=day)

    # the guard

    def staff_only(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        """The handler for signed-in staff: others are sent to the sign-in page, or refused where they would change
        something; a change also needs our own page as its origin and the session's form token."""

        async def guarded(request: Request) -> Response:
            token = request.cookies.get(cookie_name(SESSION, scheme=request.url.scheme), "")
            who = await run_in_threadpool(self.accounts.who, token)
            if who is None:
                return self.not_signed_in(request)
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

    async def answer(self, request: Request, handler: Handler, *, token: str, who: str | None) -> Response:
        """What the handler answers, with the desk's headers; a change that is not proven ours is refused with 403."""
        ask = Ask(request=request, token=token, who=who)
        if request.method not in ("GET", "HEAD"):
            refused = await self.take_form(ask)
            if refused is not None:
                return refused
        try:
            response = await run_in_threadpool(handler, ask)
        except Refused as err:
            response = self.message(ask, "That cannot be done", str(err), status=404)
        response.headers.update({k: v for k, v in HEADERS.items() if k not in response.headers})
        return response

    async def take_form(self, ask: Ask) -> Response | None:
        """Read the form into the ask; an answer instead where the request may not change anything."""
        request = ask.request
        if not comes_from_here(request.headers, host=request.headers.get("host", "")):
            return self.message(ask, "Not from this page", "The request came from another page.", status=403)
        length = request.headers.get("content-length", "")
        if not length.isdigit() or int(length) > LARGEST_FORM:
            limit = f"A form may hold {LARGEST_FORM // 2**20} MB: make the picture smaller."
            return self.message(ask, "Too large", limit, status=413)
        ask.form = await request.form(max_files=1, max_fields=2_000, max_part_size=2**20)
        if not csrf_matches(ask.token, ask.text("csrf")):
            why = "The form was older than your session. Go back, load the page again and repeat it."
            return self.message(ask, "Load the page again", why, status=403)
        return None

    def not_signed_in(self, request: Request) -> Response:
        """To the sign-in page, or 401 for a request that would change something."""
        if request.method in ("GET", "HEAD"):
            return RedirectResponse("/desk/login", 303, HEADERS)
        ask = Ask(request=request, token="")
        return self.message(ask, "Sign in first", "Your session has ended. Sign in and repeat it.", status=401)

    # pages

    def page(self, ask: Ask, template: str, *, status: int = 200, **values: Any) -> Response:
        """A rendered page."""
        review = self.desks.get(ask.request.path_params.get("coverage", ""))
        coverage = review.coverage if review else None
        shown = {
            "coverage": coverage,
            "zone": coverage.tz if coverage else ZoneInfo("UTC"),
            "who": ask.who,
            "csrf": csrf_of(ask.token) if ask.token else "",
            "here": "",
            "refused": "",
            "done": DONE.get(ask.request.query_params.get("done", ""), ""),
            **values,
        }
        return HTMLResponse(self.pages.get_template(template).render(shown), status, HEADERS)

    def message(self, ask: Ask, title: str, text: str, *, status: int) -> Response:
        """A page that says one thing."""
        back = "/desk/" if ask.who else "/desk/login"
        return self.page(ask, "message.html", status=status, title=title, text=text, back=back)

    def review(self, ask: Ask) -> Review:
        """The desk of the coverage in the address. Raises Refused where there is none."""
        review = self.desks.get(str(ask.request.path_params["coverage"]))
        if review is None:
            raise Refused("This server has no such coverage.")
        return review

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

    def inbox(self, ask: Ask) -> Response:
        """What waits, or what is in the state asked for."""
        review = self.review(ask)
        state = ask.request.query_params.get("state", "waiting")
        source = ask.request.query_params.get("source") or None
        inbox = review.inbox(states=states_named(state), source=source, limit=50)
        states = [(v, label, sum(inbox.counts.get(s, 0) for s in names)) for v, label, names in STATES]
        lines = [
            {"side": review.coverage.conflict.name(line.source.party), **{k: getattr(line, k) for k in SHOWN}}
            for line in inbox.lines
        ]
        values: dict[str, Any] = {
            "lines": lines,
            "states": states,
            "state": state,
            "source": source,
            "more": len(lines) == 50,
        }
        return self.page(ask, "inbox.html", here="inbox", **values)

    def sheet(self, ask: Ask, *, refused: str = "", status: int = 200) -> Response:
        """One statement with marked words and claims."""
        sheet = self.review(ask).sheet(ask.statement)
        return self.page(ask, "sheet.html", status=status, sheet=sheet, refused=refused)

    def original(self, ask: Ask) -> Response:
        """The archived bytes, as a file to save: never shown in our own pages."""
        body = self.review(ask).original(ask.statement)
        if body is None:
            raise Refused("There is no archived original of this statement.")
        name = f'attachment; filename="{ask.statement}.bin"'
        return Response(body, headers={"Content-Disposition": name}, media_type="application/octet-stream")

    def medium(self, ask: Ask) -> Response:
        """The re-encoded copy of a picture, also of a statement that is not out."""
        path = self.review(ask).medium(str(ask.request.path_params["name"]))
        if path is None:
            raise Refused("There is no such picture.")
        return FileResponse(path)

    # acts

    def acting(self, act: str) -> Handler:
        """The handler of one of the forms on a statement's page."""

        def handler(ask: Ask) -> Response:
            review = self.review(ask)
            try:
                getattr(self, f"do_{act.replace('-', '_')}")(review, ask)
            except Refused as err:
                return self.sheet(ask, refused=str(err), status=409)
            stays = act in ("correct", "withdraw")
            to = f"/desk/c/{review.coverage.name}/{f's/{ask.statement}' if stays else ''}"
            return RedirectResponse(f"{to}?done={act}", 303)

        return handler

    def do_publish(self, review: Review, ask: Ask) -> None:
        """Publish with the claims that were ticked and seen."""
        seen = {v for v in ask.form.getlist("seen") if isinstance(v, str)}
        accepted = numbers(ask.form.getlist("accept"))
        review.publish(ask.statement, accepted=accepted, seen=seen, who=str(ask.who), stamp=ask.text("stamp"))

    def do_hold(self, review: Review, ask: Ask) -> None:
        """Hold, with the reason if one was given."""
        review.hold(ask.statement, reason=ask.text("reason"), who=str(ask.who), stamp=ask.text("stamp"))

    def do_reject(self, review: Review, ask: Ask) -> None:
        """Reject, with the reason if one was given."""
        review.reject(ask.statement, reason=ask.text("reason"), who=str(ask.who), stamp=ask.text("stamp"))

    def do_correct(self, review: Review, ask: Ask) -> None:
        """Correct the post visibly."""
        review.correct(ask.statement, wrong=ask.text("wrong"), who=str(ask.who), stamp=ask.text("stamp"))

    def do_withdraw(self, review: Review, ask: Ask) -> None:
        """Withdraw the post."""
        review.withdraw(ask.statement, reason=ask.text("reason"), who=str(ask.who), stamp=ask.text("stamp"))

    def do_take_down(self, review: Review, ask: Ask) -> None:
        """Take the statement down, once the box is ticked."""
        if ask.text("confirm") != "yes":
            raise Refused("Tick the box to confirm: a takedown cannot be undone.")
        review.take_down(ask.statement, reason=ask.text("reason"), who=str(ask.who))

    def edit_page(self, ask: Ask, *, refused: str = "", status: int = 200) -> Response:
        """The form that corrects one claim."""
        review = self.review(ask)
        sheet, number = review.sheet(ask.statement), int(ask.request.path_params["number"])
        if number >= len(sheet.cards):
            raise Refused(f"The statement has no claim {number + 1}.")
        fields = fields_of_edit(sheet.cards[number].claim, review.coverage.conflict)
        typed = {k: v for k, v in ask.form.items() if isinstance(v, str)}
        values: dict[str, Any] = {"sheet": sheet, "card": sheet.cards[number], "fields": fields, "typed": typed}
        return self.page(ask, "edit.html", status=status, refused=refused, **values)

    def edit(self, ask: Ask) -> Response:
        """Save the corrected claim; once the statement is out, as a correction that readers see."""
        review, number = self.review(ask), int(ask.request.path_params["number"])
        edit, who, stamp = edit_of(ask.form), str(ask.who), ask.text("stamp")
        post = review.sheet(ask.statement).post
        try:
            if post is not None and post.state == "published":
                review.correct(ask.statement, wrong=ask.text("wrong"), edits={number: edit}, who=who, stamp=stamp)
            else:
                review.edit(ask.statement, number, edit, who=who, stamp=stamp)
        except Refused as err:
            return self.edit_page(ask, refused=str(err), status=409)
        return RedirectResponse(f"/desk/c/{review.coverage.name}/s/{ask.statement}?done=edit#c{number}", 303)

    def paste_page(self, ask: Ask, *, refused: str = "", status: int = 200) -> Response:
        """The form for a post from elsewhere."""
        typed = {k: v for k, v in ask.form.items() if isinstance(v, str)}
        self.review(ask)
        return self.page(
            ask, "paste.html", status=status, refused=refused, here="paste", typed=typed, channels=CHANNELS
        )

    def paste(self, ask: Ask) -> Response:
        """The pasted post's own page."""
        review = self.review(ask)
        upload = ask.form.get("picture")
        body = upload.file.read() if isinstance(upload, UploadFile) else b""
        try:
            statement = review.paste(pasted_of(ask.form, body, zone=review.coverage.tz), who=str(ask.who))
        except Refused as err:
            return self.paste_page(ask, refused=str(err), status=409)
        return RedirectResponse(f"/desk/c/{review.coverage.name}/s/{statement.id}?done=paste", 303)


def plain(word: str) -> str:
    """A name of ours as words."""
    return word.replace("_", " ")


def iso(at: datetime) -> str:
    """A time as machines read it, to the second."""
    return at.isoformat(timespec="seconds")


@jinja2.pass_context
def clock(context: jinja2.runtime.Context, at: datetime) -> str:
    """Hours and minutes in the coverage's zone."""
    zone: tzinfo = context["zone"]
    return at.astimezone(zone).strftime("%H:%M")


@jinja2.pass_context
def day(context: jinja2.runtime.Context, at: datetime) -> str:
    """The day in the coverage's zone, without a leading zero."""
    zone: tzinfo = context["zone"]
    local = at.astimezone(zone)
    return f"{local.day} {local:%b %Y}"


SHOWN: Final = ("statement", "source", "state", "cards", "first", "amber", "pictures")


def set_cookie(answer: Response, request: Request, name: str, value: str, *, lasts_s: int) -> None:
    """Give the browser a cookie that no script can read and no other site can send along."""
    secure = request.url.scheme == "https"
    answer.set_cookie(name, value, max_age=lasts_s, path="/", secure=secure, httponly=True, samesite="lax")
