"""What staff did: all of it for an admin, one's own for everybody else."""

from datetime import UTC, datetime, timedelta

from starlette.responses import Response

from sayso.errors import Refused
from sayso.flow.shift.staff import STAFF_LOG_KEPT, Staff
from sayso.web.desk.rendering import Ask, Pages
from sayso.web.desk.routing import Way

#: Lines on a page.
SHOWN = 200


def log_ways(staff: Staff, pages: Pages) -> list[Way]:
    """The way to the list of actions."""
    return [Way("GET", "/desk/log", LogDesk(staff, pages).list, "look")]


class LogDesk:
    """The handler. It gets an `Ask` that the guard let through."""

    def __init__(self, staff: Staff, pages: Pages) -> None:
        self._store = staff.store
        self._page = pages.page

    def list(self, ask: Ask) -> Response:
        """The newest actions, by whom, of one kind, up to a day (UTC)."""
        asked = ask.request.query_params
        names, actions = self._store.staff_actions()
        everybodys = ask.may("administer")
        user = (asked.get("who") or None) if everybodys else str(ask.who)
        action, day = asked.get("what") or None, asked.get("day", "")
        notes = self._store.staff_log(limit=SHOWN, user=user, action=action, before=after(day))
        return self._page(
            ask, "log.html", notes=notes, names=names if everybodys else (), actions=actions, user=user, action=action,
            day_asked=day, more=len(notes) == SHOWN, kept=STAFF_LOG_KEPT.days,
        )  # fmt: skip


def after(day: str) -> datetime | None:
    """The end of a day (UTC), None where none is asked for. Raises Refused for something that is no day."""
    if not day:
        return None
    try:
        return datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(days=1)
    except (ValueError, OverflowError):
        raise Refused(f"“{day}” is no day: write it as 2026-05-03.") from None
