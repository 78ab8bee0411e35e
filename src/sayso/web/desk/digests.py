"""The overview of a day and the standing summary in the browser: a text to edit, the claims to cite, one button."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from starlette.responses import RedirectResponse, Response

from sayso.errors import Refused
from sayso.flow.press.digests import ANOTHER_TEXT, Digests, Kind, Written
from sayso.flow.press.outgoing import WayOut
from sayso.web.desk.rendering import Ask, Pages
from sayso.web.desk.routing import Way, of_coverage

SUMMARY: Final = "/desk/c/{coverage}/summary"
OVERVIEW: Final = "/desk/c/{coverage}/overview"
DAY: Final = OVERVIEW + "/{day}"


def digest_ways(ways_out: Mapping[str, WayOut], pages: Pages) -> list[Way]:
    """The ways to overview and summary."""
    desk = DigestDesk(ways_out, pages)
    return [
        Way("GET", OVERVIEW, desk.today, "look"),
        *(
            way
            for path in (SUMMARY, DAY)
            for way in (
                Way("GET", path, desk.form, "look"),
                Way("POST", path, desk.save, "publish"),
                Way("POST", f"{path}/renew", desk.renew, "publish"),
            )
        ),
    ]


class DigestDesk:
    """The handlers. Each gets an `Ask` that the guard let through."""

    def __init__(self, ways_out: Mapping[str, WayOut], pages: Pages) -> None:
        self._ways_out = ways_out
        self._desks = {name: Digests(way_out.room) for name, way_out in ways_out.items()}
        self._page, self._not_yours = pages.page, pages.not_yours

    def today(self, ask: Ask) -> Response:
        """To the overview of the coverage's today."""
        digests = self._of(ask)
        return RedirectResponse(f"/desk/c/{digests.coverage.name}/overview/{digests.today}", 303)

    def form(self, ask: Ask, *, refused: str = "", status: int = 200) -> Response:
        """The text with the claims that it may cite; what was typed where it was refused, beside what somebody else
        published meanwhile."""
        digests = self._of(ask)
        kind, day = self._which(ask, digests)
        sheet = digests.sheet(kind, day, anew="anew" in ask.request.query_params)
        # the numbers in a refused text are those of the list that its editor saw
        typed = numbered_anew(ask.text("text"), listed(ask), [c.said.id for c in sheet.claims])
        text = typed if refused and typed else sheet.text
        values = {
            "sheet": sheet,
            "text": text,
            "theirs": sheet.text if typed and sheet.post and refused == ANOTHER_TEXT else "",
            "wrong": ask.text("wrong"),
            "at": ask.request.url.path.removesuffix("/renew"),
        }
        return self._page(ask, "digest.html", status=status, here=kind, refused=refused, **values)

    def save(self, ask: Ask) -> Response:
        """Publish the text."""
        digests = self._of(ask)
        kind, day = self._which(ask, digests)
        if ask.text("wrong").strip() and not ask.may("correct"):
            return self._not_yours(ask, "correct")
        written = Written(
            stamp=ask.text("stamp"), text=ask.text("text"), claims=tuple(listed(ask)), wrong=ask.text("wrong")
        )
        try:
            queued = self._ways_out[digests.coverage.name].digest(kind, day, written, who=str(ask.who))
        except Refused as err:
            return self.form(ask, refused=str(err), status=409)
        return RedirectResponse(f"{ask.request.url.path}?done={'queued' if queued else 'publish'}", 303)

    def renew(self, ask: Ask) -> Response:
        """Take the drafted line."""
        digests = self._of(ask)
        kind, day = self._which(ask, digests)
        line = ask.text("line")
        try:
            if not line.isdecimal():
                raise Refused("Say which line is meant.")
            way_out, cited, stamp = self._ways_out[digests.coverage.name], ask.text("cited"), ask.text("stamp")
            queued = way_out.renew(kind, day, int(line[:4]), cited, stamp=stamp, who=str(ask.who))
        except Refused as err:
            return self.form(ask, refused=str(err), status=409)
        return RedirectResponse(
            f"{ask.request.url.path.removesuffix('/renew')}?done={'queued' if queued else 'renew'}", 303
        )

    def _of(self, ask: Ask) -> Digests:
        return of_coverage(self._desks, ask.request)

    def _which(self, ask: Ask, digests: Digests) -> tuple[Kind, date]:
        day = ask.request.path_params.get("day")
        if day is None:
            return "summary", digests.today
        try:
            return "overview", date.fromisoformat(day)
        except ValueError:
            raise Refused(f"“{day}” is no day: write it as 2026-05-03.") from None


def listed(ask: Ask) -> list[str]:
    """The ids of the claims that the form listed, in its order."""
    return [v for v in ask.form.getlist("claim") if isinstance(v, str)]


def numbered_anew(text: str, was: list[str], now: list[str]) -> str:
    """A typed text with the numbers of its claims as the list has them now; a claim that is gone keeps its number."""
    new = {str(n): str(now.index(c) + 1) for n, c in enumerate(was, 1) if c in now}
    inner = re.compile(r"\[[\d, ]+\]")
    return inner.sub(lambda m: re.sub(r"\d+", lambda n: new.get(n[0], n[0]), m[0]), text)
