"""Questions in the browser: what looks like one, put together, set apart, moved, marked, taken back. Plain forms."""

from collections.abc import Callable, Mapping
from typing import Final

from starlette.responses import RedirectResponse, Response

from sayso.errors import Refused
from sayso.flow.desk.questions import Questions
from sayso.flow.desk.regrouping import Regrouping
from sayso.flow.desk.review import Review
from sayso.web.desk.rendering import Ask, Pages
from sayso.web.desk.routing import Way, of_coverage

ALL: Final = "/desk/c/{coverage}/q"
ONE: Final = ALL + "/{question}"


def question_ways(desks: Mapping[str, Review], pages: Pages) -> list[Way]:
    """The ways to the pages about questions."""
    desk = QuestionDesk(desks, pages)
    acts = ("merge", "keep-apart", "move", "mark")
    return [
        Way("GET", ALL, desk.questions, "look"),
        Way("GET", ONE, desk.question, "look"),
        *(Way("POST", f"{ONE}/{act}", desk.acting(act), "publish") for act in acts),
        Way("POST", ALL + "/decided/{number:int}/take-back", desk.take_back, "publish"),
    ]


class QuestionDesk:
    """The handlers. Each gets an `Ask` that the guard let through."""

    def __init__(self, desks: Mapping[str, Review], pages: Pages) -> None:
        self._desks = {name: (Questions(review.room), Regrouping(review.room)) for name, review in desks.items()}
        self._page = pages.page

    def questions(self, ask: Ask, *, refused: str = "", status: int = 200) -> Response:
        """What looks like one, the newest questions, and what was decided."""
        find = ask.request.query_params.get("find", "")
        desk = self._of(ask)[0].page(find=find)
        return self._page(ask, "questions.html", status=status, here="questions", desk=desk, find=find, refused=refused)

    def question(self, ask: Ask, *, refused: str = "", status: int = 200) -> Response:
        """One question with its answers and what can be done about them."""
        sheet = self._of(ask)[0].sheet(str(ask.request.path_params["question"]))
        typed = {k: v for k, v in ask.form.items() if isinstance(v, str)}
        return self._page(
            ask, "question.html", status=status, here="questions", sheet=sheet, typed=typed, refused=refused
        )

    def acting(self, act: str) -> Callable[[Ask], Response]:
        """The handler of one of the forms about a question."""

        def handler(ask: Ask) -> Response:
            acting, question = self._of(ask)[1], str(ask.request.path_params["question"])
            reason, who, into = ask.text("reason"), str(ask.who), ask.text("into").strip()
            try:
                if act == "move":
                    acting.move(ask.text("claim"), question=question, into=into or None, reason=reason, who=who)
                elif act == "mark":
                    acting.mark(ask.text("claim"), question=question, reason=reason, who=who)
                elif not into:
                    raise Refused("Say which question is meant.")
                elif act == "merge":
                    acting.merge(question, into, reason=reason, who=who)
                else:
                    acting.keep_apart(question, into, reason=reason, who=who)
            except Refused as err:
                return self._again(ask, str(err))
            to = "" if act == "keep-apart" else f"/{into or question}"
            return RedirectResponse(f"{self._base(ask)}{to}?done={act}", 303)

        return handler

    def take_back(self, ask: Ask) -> Response:
        """Take back one decision."""
        number = int(ask.request.path_params["number"])
        try:
            self._of(ask)[1].take_back(number, reason=ask.text("reason"), who=str(ask.who))
        except Refused as err:
            return self.questions(ask, refused=str(err), status=409)
        return RedirectResponse(f"{self._base(ask)}?done=take-back", 303)

    def _again(self, ask: Ask, why: str) -> Response:
        """The question's page with the reason why it was not done; all questions where it is gone."""
        try:
            return self.question(ask, refused=why, status=409)
        except Refused:
            return self.questions(ask, refused=why, status=409)

    def _base(self, ask: Ask) -> str:
        return f"/desk/c/{ask.request.path_params['coverage']}/q"

    def _of(self, ask: Ask) -> tuple[Questions, Regrouping]:
        """What is shown of the coverage in the address, and what can be done. Raises Refused where there is none."""
        return of_coverage(self._desks, ask.request)
