"""One entry at the desk: changed, placed, withdrawn, taken down."""

from collections.abc import Mapping
from typing import Final, get_args

from starlette.responses import RedirectResponse, Response

from sayso.accounts import May
from sayso.errors import Refused
from sayso.flow.desk.review import Review
from sayso.flow.press.entries import Entries
from sayso.model.post import Placing
from sayso.web.desk.guard import Handler
from sayso.web.desk.rendering import Ask, Pages
from sayso.web.desk.routing import Way, of_coverage

ENTRY: Final = "/desk/c/{coverage}/p/{post}"
ACTS: Final[Mapping[str, May]] = {"place": "publish", "withdraw": "correct", "take-down": "correct"}


def entry_ways(desks: Mapping[str, Review], pages: Pages) -> list[Way]:
    """The ways to entries."""
    desk = EntryDesk(desks, pages)
    return [
        Way("GET", ENTRY, desk.page, "look"),
        *(Way("POST", f"{ENTRY}/{act}", desk.acting(act), right) for act, right in ACTS.items()),
    ]


class EntryDesk:
    """The handlers. Each gets an `Ask` that the guard let through."""

    def __init__(self, desks: Mapping[str, Review], pages: Pages) -> None:
        self._entries = {name: Entries(review) for name, review in desks.items()}
        self._page = pages.page

    def page(self, ask: Ask, *, refused: str = "", status: int = 200) -> Response:
        """The entry with what can be done about it."""
        post = self._of(ask).entry(str(ask.request.path_params["post"]))
        return self._page(ask, "post.html", status=status, here="drafts", post=post, refused=refused)

    def acting(self, act: str) -> Handler:
        """The handler of one of the forms."""

        def handler(ask: Ask) -> Response:
            entries, post = self._of(ask), str(ask.request.path_params["post"])
            try:
                self._do(act, entries, post, ask)
            except Refused as err:
                return self.page(ask, refused=str(err), status=409)
            return RedirectResponse(f"/desk/c/{entries.review.coverage.name}/p/{post}?done={act}", 303)

        return handler

    def _do(self, act: str, entries: Entries, post: str, ask: Ask) -> None:
        who, reason, version = str(ask.who), ask.text("reason"), ask.text("version")
        seen = int(version[:9]) if version.isdecimal() else 0
        match act:
            case "place":
                placing = next((p for p in get_args(Placing) if p == ask.text("placing")), None)
                if placing is None:
                    raise Refused("The form names no place where an entry can stand.")
                entries.place(post, placing, who=who, version=seen)
            case "withdraw":
                entries.withdraw(post, reason=reason, who=who, version=seen)
            case _:
                if ask.text("confirm") != "yes":
                    raise Refused("Tick the box to confirm: a takedown cannot be undone.")
                entries.take_down(post, reason=reason, who=who)

    def _of(self, ask: Ask) -> Entries:
        return of_coverage(self._entries, ask.request)
