"""A statement's page: its words and claims, and what can be done about it; pasting one. Plain forms."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, get_args

from starlette.datastructures import UploadFile
from starlette.responses import FileResponse, RedirectResponse, Response

from sayso.accounts import May
from sayso.desk import Sheet, refuse_undecided
from sayso.errors import Refused
from sayso.flow.arrival.pasting import source_named
from sayso.flow.desk.kin import kin_of, mark_duplicate
from sayso.flow.desk.questions import Questions
from sayso.flow.desk.regrouping import Regrouping
from sayso.flow.desk.review import Review
from sayso.flow.desk.translating import Typed, is_another, translate
from sayso.flow.pages.standing import Standing
from sayso.flow.pages.telling import held_back
from sayso.flow.press.outgoing import WayOut
from sayso.model.foreseen import Foreseen
from sayso.model.outgoing import Outgoing
from sayso.model.post import Placing
from sayso.model.question import Said
from sayso.model.statement import Statement
from sayso.model.vocabulary import CHANNELS
from sayso.web.desk.forms import numbers, pasted_of
from sayso.web.desk.guard import Handler
from sayso.web.desk.rendering import Ask, Pages
from sayso.web.desk.routing import Way, of_coverage

ONE: Final = "/desk/c/{coverage}"
#: What the form of a card sends for a question of the claim's own.
APART: Final = "apart"
#: Claims for which other questions are looked for; the question's own page has the rest.
CARDS: Final = 4
SHEET: Final = ONE + "/s/{statement}"
#: What can be done on a statement's page, and the right that it asks for.
ACTS: Final[Mapping[str, May]] = {
    "publish": "publish", "place": "publish", "hold": "submit", "reject": "publish",
    "correct": "correct", "withdraw": "correct", "take-down": "correct", "translate": "submit", "release": "correct",
    "duplicate": "publish", "move": "publish", "mark": "publish",
}  # fmt: skip


def statement_ways(desks: Mapping[str, Review], ways_out: Mapping[str, WayOut], pages: Pages) -> list[Way]:
    """The ways to statements and pasting."""
    desk = StatementDesk(desks, ways_out, pages)
    return [
        Way("GET", ONE + "/paste", desk.paste_page, "submit"),
        Way("POST", ONE + "/paste", desk.paste, "submit"),
        Way("GET", ONE + "/media/{name}", desk.medium, "look"),
        Way("GET", SHEET, desk.sheet, "look"),
        Way("GET", SHEET + "/original", desk.original, "look"),
        *(Way("POST", f"{SHEET}/{act}", desk.acting(act), right) for act, right in ACTS.items()),
    ]


class StatementDesk:
    """The handlers. Each gets an `Ask` that the guard let through."""

    def __init__(self, desks: Mapping[str, Review], ways_out: Mapping[str, WayOut], pages: Pages) -> None:
        self.desks = desks
        self.ways_out = ways_out
        self.page = pages.page

    def review(self, ask: Ask) -> Review:
        """The desk of the coverage in the address. Raises Refused where there is none."""
        return of_coverage(self.desks, ask.request)

    def way_out(self, review: Review) -> WayOut:
        """The queue of a coverage."""
        return self.ways_out[review.coverage.name]

    def sheet(self, ask: Ask, *, refused: str = "", status: int = 200) -> Response:
        """One statement with marked words and claims."""
        review = self.review(ask)
        sheet = review.sheet(ask.statement)
        asked = review.questions_of(sheet)
        values: dict[str, Any] = {
            "sheet": sheet,
            "asked": asked,
            "foreseen": by_number(review.foreseeing.of(ask.statement)),
            "archived": review.archived(sheet.statement),
            **beside_words(review, sheet.statement),
            **nearby(review, sheet, asked, may_publish=ask.may("publish")),
            "typed": {k: v for k, v in ask.form.items() if isinstance(v, str)} if refused else {},
        }
        return self.page(ask, "sheet.html", status=status, refused=refused, **values)

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
                queued = getattr(self, f"do_{act.replace('-', '_')}")(review, ask)
            except Refused as err:
                return self.sheet(ask, refused=str(err), status=409)
            stays = act not in ("publish", "hold", "reject", "take-down", "duplicate")
            to = f"/desk/c/{review.coverage.name}/{f's/{ask.statement}' if stays else ''}"
            return RedirectResponse(f"{to}?done={'queued' if queued else act}", 303)

        return handler

    def do_publish(self, review: Review, ask: Ask) -> Outgoing | None:
        """Publish with the claims that were ticked and seen; what then is on its way out."""
        seen = {v for v in ask.form.getlist("seen") if isinstance(v, str)}
        accepted, left = numbers(ask.form.getlist("accept")), numbers(ask.form.getlist("leave"))
        refuse_undecided(review.sheet(ask.statement), accepted, left)
        return self.way_out(review).publish(
            ask.statement, accepted=accepted, seen=seen, who=str(ask.who), stamp=ask.text("stamp")
        )

    def do_hold(self, review: Review, ask: Ask) -> None:
        """Hold, with the reason if one was given."""
        review.hold(ask.statement, reason=ask.text("reason"), who=str(ask.who), stamp=ask.text("stamp"))

    def do_reject(self, review: Review, ask: Ask) -> None:
        """Reject, with the reason if one was given."""
        review.reject(ask.statement, reason=ask.text("reason"), who=str(ask.who), stamp=ask.text("stamp"))

    def do_correct(self, review: Review, ask: Ask) -> Outgoing | None:
        """Correct the post visibly; what then is on its way out."""
        stamp, who, left = ask.text("stamp"), str(ask.who), numbers(ask.form.getlist("left"))
        return self.way_out(review).correct(ask.statement, wrong=ask.text("wrong"), left=left, who=who, stamp=stamp)

    def do_withdraw(self, review: Review, ask: Ask) -> None:
        """Withdraw the post."""
        review.withdraw(ask.statement, reason=ask.text("reason"), who=str(ask.who), stamp=ask.text("stamp"))

    def do_translate(self, review: Review, ask: Ask) -> Outgoing | None:
        """Keep the translation; readers see it where whoever saves it may publish. What then is on its way out."""
        typed = Typed(
            lang=ask.text("lang"),
            text=ask.text("translation"),
            before=ask.text("before"),
            checked=ask.text("checked") == "yes",
            wrong=ask.text("wrong"),
        )
        if not ask.may("publish"):
            translate(review, ask.statement, typed, shown=False, who=str(ask.who))
            return None
        if is_another(review, ask.statement, typed) and not ask.may("correct"):
            raise Refused("Readers see the translation already: a chief changes it and says what was wrong.")
        return self.way_out(review).translate(ask.statement, typed, who=str(ask.who))

    def do_release(self, review: Review, ask: Ask) -> Outgoing | None:
        """Let readers see withheld pictures, or no longer; what then is on its way out."""
        reason, shown = ask.text("reason"), ask.text("shown") == "yes"
        return self.way_out(review).release(ask.statement, reason=reason, shown=shown, who=str(ask.who))

    def do_duplicate(self, review: Review, ask: Ask) -> None:
        """Put it away as one that repeats another, by its id or its address here."""
        of = ask.text("of").strip().rstrip("/").rpartition("/")[2]
        reason, stamp = ask.text("reason"), ask.text("stamp")
        mark_duplicate(review, ask.statement, of, reason=reason, who=str(ask.who), stamp=stamp)

    def do_move(self, review: Review, ask: Ask) -> None:
        """Let a claim answer another question, or one of its own."""
        claim, question, into = self._claim(ask), ask.text("question"), ask.text("into")
        if not into:
            raise Refused("Say which question it answers.")
        reason, apart = ask.text("reason"), into == APART
        Regrouping(review.room).move(
            claim, question=question, into=None if apart else into, reason=reason, who=str(ask.who)
        )

    def do_mark(self, review: Review, ask: Ask) -> None:
        """Mark a claim as one that nobody can verify."""
        reason, question = ask.text("reason"), ask.text("question")
        Regrouping(review.room).mark(self._claim(ask), question=question, reason=reason, who=str(ask.who))

    def _claim(self, ask: Ask) -> str:
        """The id of the claim that a form of a card is about."""
        (number,) = numbers([ask.text("number")])
        return f"{ask.statement}.{number}"

    def do_place(self, review: Review, ask: Ask) -> None:
        """Put the post among the key events or on top, or take it from there."""
        placing = next((p for p in get_args(Placing) if p == ask.text("placing")), None)
        if placing is None:
            raise Refused("The form names no place where a post can stand.")
        review.place(ask.statement, placing, who=str(ask.who), stamp=ask.text("stamp"))

    def do_take_down(self, review: Review, ask: Ask) -> None:
        """Take the statement down, once the box is ticked."""
        if ask.text("confirm") != "yes":
            raise Refused("Tick the box to confirm: a takedown cannot be undone.")
        review.take_down(ask.statement, reason=ask.text("reason"), who=str(ask.who))

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


def beside_words(review: Review, statement: Statement) -> dict[str, Any]:
    """What stands beside a statement's words: translations, and whether its pictures are withheld."""
    store = review.room.store
    return {
        "translation": store.translation(statement.id, shown=False),
        "public": store.translation(statement.id, shown=True),
        "withheld": held_back(store, review.coverage, statement),
        "released": store.released(statement.id),
    }


def nearby(review: Review, sheet: Sheet, asked: Mapping[str, Any], *, may_publish: bool) -> dict[str, Any]:
    """What may tell of the same: other statements, and for whoever may publish other questions for each claim."""
    decision, store = review.room.store.last_decision(sheet.statement.id), review.room.store
    same_as = store.statement(decision.same_as) if decision and decision.same_as else None
    questions = Questions(review.room)
    return {
        "kin": kin_of(review, sheet, asked),
        "same_as": same_as and (same_as, source_named(review.coverage, same_as)),
        "others": {c.id: questions.others(c.id) for c in sheet.cards[:CARDS]} if may_publish else {},
        "marks": {m.id: m.unverifiable for m in unverifiable(review, sheet)},
    }


def unverifiable(review: Review, sheet: Sheet) -> Iterable[Said]:
    """The claims of a statement as an editor marked them."""
    said = (review.room.store.claim(card.id) for card in sheet.cards)
    return Standing(review.room.store, review.coverage).titled([s for s in said if s is not None])


def by_number(found: Iterable[Foreseen]) -> dict[int, list[Foreseen]]:
    """What accepting each claim would change, by the claim's number."""
    told: dict[int, list[Foreseen]] = {}
    for one in found:
        told.setdefault(one.number, []).append(one)
    return told
