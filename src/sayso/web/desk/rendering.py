"""What the desk's pages are drawn with, and the headers that all of them carry."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import jinja2
from starlette.background import BackgroundTask
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from sayso.accounts import May, Role, csrf_of, may
from sayso.desk.presence import about
from sayso.flow.shift.presence import Presence
from sayso.model.coverage import Coverage
from sayso.model.outgoing import Outgoing

PAGES: Final = Path(__file__).parent / "pages"
HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # not "no-referrer": browsers would then send "Origin: null" with our own forms
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
DONE: Final = {
    "publish": "Published.", "queued": "On its way out: it can still be undone.", "undo": "Taken back: nothing of it was public.",
    "second": "Noted that you agree.", "hold": "Held.", "reject": "Rejected.", "correct": "Corrected, visibly.", "edit": "Saved.",
    "withdraw": "Withdrawn.", "place": "Done: readers see it there.",
    "renew": "Renewed.", "take-down": "Taken down: its words, pictures and original are erased.",
    "duplicate": "Put away as a duplicate.", "translate": "Saved.", "release": "Done: readers get the page anew.",
    "add": "Added. It counts once somebody who may publish accepts it.",
    "draft": "Draft saved.", "discard": "Thrown away.",
    "paste": "Added. It waits here for a decision.",
    "merge": "Put together: both are one question now.", "keep-apart": "Noted: they are not proposed again.",
    "move": "Moved.", "mark": "Marked: readers see why it cannot be verified.", "take-back": "Taken back.",
    "join": "You have an account: sign in.", "password": "The password is changed. Sign in with the new one.",
    "role": "The role is changed.", "close": "The account is closed.",
    "second-drop": "You sign in without a second factor now.", "sessions-end": "You are signed out everywhere else.",
    "second-first": "Your role needs a second factor on this desk: set it up here first.", "revoke": "The token is revoked.",
}  # fmt: skip
#: What each right is for, as the sentence that refuses it says.
DEEDS: Final[dict[May, str]] = {
    "look": "look at the desk",
    "submit": "submit to the desk",
    "publish": "publish",
    "correct": "correct or take down what is published",
    "administer": "change people or settings",
}


@dataclass(slots=True, kw_only=True)
class Ask:
    """One request after the guard: who asks, in which role, with which form, for which coverage."""

    request: Request
    token: str
    who: str | None = None
    role: Role | None = None
    form: FormData = field(default_factory=FormData)

    @property
    def statement(self) -> str:
        """The statement's id in the address."""
        return str(self.request.path_params["statement"])

    def may(self, what: May) -> bool:
        """Whether whoever asks may do this."""
        return self.role is not None and may(self.role, what)

    def text(self, name: str) -> str:
        """A text field of the form, "" if it is not there."""
        value = self.form.get(name, "")
        return value if isinstance(value, str) else ""


class Pages:
    """Renders the desk's pages for the coverages that it is given, by name."""

    def __init__(self, coverages: Mapping[str, Coverage]) -> None:
        self.coverages = coverages
        self.present: Mapping[str, Presence] = {}  # who has what open, by coverage
        self.going: Mapping[str, Callable[[], Sequence[Outgoing]]] = {}  # what is on its way out, by coverage
        self.templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(PAGES), autoescape=True, undefined=jinja2.StrictUndefined
        )
        self.templates.filters.update(about=about, plain=plain, iso=iso, clock=clock, seconds=seconds, day=day)

    def page(self, ask: Ask, template: str, *, status: int = 200, **values: Any) -> Response:
        """A rendered page."""
        coverage = self.coverages.get(ask.request.path_params.get("coverage", ""))
        going = self.going[coverage.name]() if coverage and ask.who and coverage.name in self.going else ()
        shown = {
            "coverage": coverage,
            **self.beside(ask, coverage),
            "going_out": going,
            "zone": coverage.tz if coverage else ZoneInfo("UTC"),
            "who": ask.who,
            "may": ask.may,
            "csrf": csrf_of(ask.token) if ask.token else "",
            "here": "",
            "refused": "",
            "done": DONE.get(ask.request.query_params.get("done", ""), ""),
            **values,
        }
        html, noting = self.templates.get_template(template).render(shown), None
        if ask.request.method == "GET" and status == 200 and coverage and ask.who and coverage.name in self.present:
            # after the answer, which is not to wait for a writer
            noting = BackgroundTask(self.present[coverage.name].note, ask.who, shown["at"])
        return HTMLResponse(html, status, HEADERS, background=noting)

    def beside(self, ask: Ask, coverage: Coverage | None) -> dict[str, Any]:
        """Where a page is under its coverage's desk, and what others have open."""
        if coverage is None or ask.who is None or coverage.name not in self.present:
            return {"at": "", "present": {}}
        at = ask.request.url.path.removeprefix(f"/desk/c/{coverage.name}/")
        return {"at": at, "present": self.present[coverage.name].others(ask.who)}

    def message(self, ask: Ask, title: str, text: str, *, status: int) -> Response:
        """A page that says one thing."""
        back = "/desk/" if ask.who else "/desk/login"
        return self.page(ask, "message.html", status=status, title=title, text=text, back=back)

    def not_yours(self, ask: Ask, what: May) -> Response:
        """403, with what the account may not do and whom to ask."""
        why = f"Your account is a {ask.role}'s: it may not {DEEDS[what]}. Somebody with more rights can, or give you them."
        return self.message(ask, "Not yours to do", why, status=403)


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
def seconds(context: jinja2.runtime.Context, at: datetime) -> str:
    """Hours, minutes and seconds in the coverage's zone."""
    zone: tzinfo = context["zone"]
    return at.astimezone(zone).strftime("%H:%M:%S")


@jinja2.pass_context
def day(context: jinja2.runtime.Context, at: datetime) -> str:
    """The day in the coverage's zone, without a leading zero."""
    zone: tzinfo = context["zone"]
    local = at.astimezone(zone)
    return f"{local.day} {local:%b %Y}"
