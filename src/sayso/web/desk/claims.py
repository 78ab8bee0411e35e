"""One claim of a statement in the browser: corrected, or added from words of the text. Plain forms."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.responses import RedirectResponse, Response

from sayso.desk import Sheet, label_of
from sayso.errors import Refused
from sayso.flow.desk.adding import add_claim
from sayso.flow.desk.review import Review
from sayso.flow.press.outgoing import WayOut
from sayso.web.desk.forms import (
    TYPES_IN_WORDS,
    Field,
    added_fields,
    addition_of,
    edit_of,
    fields_of_edit,
)
from sayso.web.desk.rendering import Ask, Pages
from sayso.web.desk.routing import Way, of_coverage

SHEET: Final = "/desk/c/{coverage}/s/{statement}"


def claim_ways(desks: Mapping[str, Review], ways_out: Mapping[str, WayOut], pages: Pages) -> list[Way]:
    """The ways to the forms about one claim."""
    desk = ClaimDesk(desks, ways_out, pages)
    return [
        Way("GET", SHEET + "/add", desk.add_page, "submit"),
        Way("POST", SHEET + "/add", desk.add, "submit"),
        Way("GET", SHEET + "/c/{number:int}", desk.edit_page, "submit"),
        Way("POST", SHEET + "/c/{number:int}", desk.edit, "submit"),
    ]


class ClaimDesk:
    """The handlers. Each gets an `Ask` that the guard let through."""

    def __init__(self, desks: Mapping[str, Review], ways_out: Mapping[str, WayOut], pages: Pages) -> None:
        self.desks, self.ways_out = desks, ways_out
        self.page, self.not_yours = pages.page, pages.not_yours

    def add_page(self, ask: Ask, *, refused: str = "", status: int = 200) -> Response:
        """The form for a claim that the machine did not read; words that were marked in the text stand in it."""
        review = self._review(ask)
        sheet = review.sheet(ask.statement)
        typed = typed_in(ask) or marked(ask, sheet.statement.text)
        fields = added_fields(review.coverage.conflict)
        values: dict[str, Any] = {"sheet": sheet, "fields": fields, "typed": typed, "types": TYPES_IN_WORDS}
        return self.page(ask, "add.html", status=status, refused=refused, **values)

    def add(self, ask: Ask) -> Response:
        """Keep the new claim."""
        review = self._review(ask)
        try:
            number = add_claim(review, ask.statement, addition_of(ask.form), who=str(ask.who), stamp=ask.text("stamp"))
        except Refused as err:
            return self.add_page(ask, refused=str(err), status=409)
        return RedirectResponse(f"/desk/c/{review.coverage.name}/s/{ask.statement}?done=add#c{number}", 303)

    def edit_page(self, ask: Ask, *, refused: str = "", status: int = 200) -> Response:
        """The form that corrects one claim. After a refusal it shows what was typed beside what stands there now."""
        review = self._review(ask)
        sheet, number = review.sheet(ask.statement), int(ask.request.path_params["number"])
        card = sheet.card(number)
        if card is None:
            raise Refused(f"The statement has no claim {label_of(number)}.")
        fields, typed = fields_of_edit(card.claim, review.coverage.conflict), typed_in(ask)
        values: dict[str, Any] = {"sheet": sheet, "card": card, "fields": fields, "typed": typed}
        changed = changed_since(fields, typed) if refused else ()
        return self.page(ask, "edit.html", status=status, refused=refused, changed=changed, **values)

    def edit(self, ask: Ask) -> Response:
        """Save the corrected claim; once the statement is out, as a correction that readers see."""
        review, number = self._review(ask), int(ask.request.path_params["number"])
        edit, who, stamp = edit_of(ask.form), str(ask.who), ask.text("stamp")
        out = is_out(review.sheet(ask.statement))
        if out and not ask.may("correct"):
            return self.not_yours(ask, "correct")
        try:
            queued = None
            if out:
                wrong, way_out = ask.text("wrong"), self.ways_out[review.coverage.name]
                queued = way_out.correct(ask.statement, wrong=wrong, edits={number: edit}, who=who, stamp=stamp)
            else:
                review.edit(ask.statement, number, edit, who=who, stamp=stamp)
        except Refused as err:
            return self.edit_page(ask, refused=str(err), status=409)
        done = "queued" if queued else "edit"
        return RedirectResponse(f"/desk/c/{review.coverage.name}/s/{ask.statement}?done={done}#c{number}", 303)

    def _review(self, ask: Ask) -> Review:
        return of_coverage(self.desks, ask.request)


def is_out(sheet: Sheet) -> bool:
    """Whether readers see the statement now."""
    return sheet.post is not None and sheet.post.state == "published"


def typed_in(ask: Ask) -> dict[str, str]:
    """What was typed into a form that comes back, by field."""
    return {k: v for k, v in ask.form.items() if isinstance(v, str)}


def marked(ask: Ask, text: str) -> dict[str, str]:
    """The words of the text between the offsets in the address, `[start, end)` in code points: the address itself holds
    no word of a statement."""
    start, end = (ask.request.query_params.get(name, "") for name in ("start", "end"))
    if not (start.isdecimal() and end.isdecimal() and max(len(start), len(end)) < 9):
        return {}
    words = text[int(start) : int(end)]
    lead = len(words) - len(words.lstrip())
    return {"quote": words.strip(), "start": str(int(start) + lead)} if words.strip() else {}


def changed_since(fields: tuple[Field, ...], typed: Mapping[str, str]) -> tuple[tuple[str, str, str, str], ...]:
    """Of each field that somebody else changed since the form was opened: label, value then, now, and what was typed."""
    before = {name: typed.get(f"was_{name}") for name, _, _, _ in fields}
    return tuple(
        (label, str(before[name]), now, typed.get(name, ""))
        for name, label, now, _ in fields
        if before[name] is not None and before[name] != now
    )
