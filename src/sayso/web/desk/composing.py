"""Writing an entry: head, text, statements, pictures and pages, a preview, and the way out. Plain forms."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

from starlette.datastructures import FormData, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sayso.accounts import May
from sayso.errors import Refused
from sayso.flow.press.composing import Composing, Stale
from sayso.flow.press.outgoing import WayOut
from sayso.model.draft import Composed, Draft
from sayso.model.outgoing import Outgoing
from sayso.publish import pages as public
from sayso.web.desk.forms import picture_of, text_of, time_of
from sayso.web.desk.rendering import Ask, Pages
from sayso.web.desk.routing import Way, of_coverage
from sayso.web.headers import guarded

ONE: Final = "/desk/c/{coverage}"
NEW: Final = ONE + "/compose"
DRAFT: Final = NEW + "/{draft}"


def composing_ways(ways_out: Mapping[str, WayOut], pages: Pages) -> list[Way]:
    """The ways to drafts. What a form's button does may ask for more than `submit`: publishing, changing what is out."""
    desk = ComposingDesk(ways_out, pages)
    return [
        Way("GET", ONE + "/drafts", desk.drafts, "look"),
        Way("GET", NEW, desk.begin, "submit"),
        Way("POST", NEW, desk.first_save, "submit"),
        Way("GET", DRAFT, desk.form, "submit"),
        Way("POST", DRAFT, desk.save, "submit"),
        Way("GET", DRAFT + "/preview", desk.preview, "submit"),
    ]


class ComposingDesk:
    """The handlers. Each gets an `Ask` that the guard let through."""

    def __init__(self, ways_out: Mapping[str, WayOut], pages: Pages) -> None:
        self._desks = {name: Composing(way_out) for name, way_out in ways_out.items()}
        self._page, self._not_yours = pages.page, pages.not_yours

    def drafts(self, ask: Ask) -> Response:
        """One's own drafts, or everybody's; and the newest entries, which can be changed."""
        desk = self._of(ask)
        everybody = "all" in ask.request.query_params
        kept = desk.room.store.drafts(None if everybody else ask.who)
        entries = desk.room.store.posts(limit=30, kinds=("update",))
        return self._page(ask, "drafts.html", here="drafts", drafts=kept, everybody=everybody, entries=entries)

    def begin(self, ask: Ask) -> Response:
        """An empty form, one with a statement (`with`), or one with the text of an entry (`post`). Nothing is kept yet."""
        desk, query = self._of(ask), ask.request.query_params
        composed = Composed()
        if query.get("post"):
            composed = desk.of_post(query["post"])
        elif query.get("with"):
            composed = desk.of_statement(query["with"])
        return self._shown(ask, desk, None, composed)

    def first_save(self, ask: Ask) -> Response:
        """Keep what was typed as a new draft, then do what the button says."""
        desk = self._of(ask)
        post, statement = ask.text("post"), ask.text("with")
        composed = desk.of_post(post) if post else desk.of_statement(statement) if statement else Composed()
        composed = typed_over(composed, ask.form, desk)
        return self._act(ask, desk, desk.begin(composed, who=str(ask.who)))

    def form(self, ask: Ask) -> Response:
        """A draft."""
        desk = self._of(ask)
        draft = desk.draft(str(ask.request.path_params["draft"]))
        return self._shown(ask, desk, draft, draft.composed)

    def save(self, ask: Ask) -> Response:
        """Keep what was typed, then do what the button says; both texts where somebody else saved meanwhile."""
        desk = self._of(ask)
        draft_id, version = str(ask.request.path_params["draft"]), ask.text("version")
        composed = typed_over(desk.draft(draft_id).composed, ask.form, desk)
        try:
            if not version.isdecimal():
                raise Refused("The form does not say which version it changes.")
            draft = desk.save(draft_id, int(version[:9]), composed, who=str(ask.who))
        except Stale as err:
            theirs = err.theirs
            return self._shown(ask, desk, theirs, composed, theirs=theirs, refused=str(err), status=409)
        except Refused as err:
            return self._shown(ask, desk, desk.draft(draft_id), composed, refused=str(err), status=409)
        return self._act(ask, desk, draft)

    def preview(self, ask: Ask) -> Response:
        """The draft as readers would see it: the public page, which nobody else can open."""
        desk = self._of(ask)
        page = desk.preview(desk.draft(str(ask.request.path_params["draft"])))
        return guarded(HTMLResponse(public.post_page(page)), cache="no-store")

    # parts of the above

    def _act(self, ask: Ask, desk: Composing, draft: Draft) -> Response:
        """What the button says, on a draft that is saved. Whatever it says, what was chosen and pasted is kept first."""
        act, _, what = ask.text("do").partition(":")
        at = f"/desk/c/{desk.coverage.name}/compose/{draft.id}"
        try:
            if act == "discard":
                desk.drop(draft.id, who=str(ask.who))
                return RedirectResponse(f"/desk/c/{desk.coverage.name}/drafts?done=discard", 303)
            draft = self._kept(ask, desk, draft, with_chosen(draft.composed, ask, desk))
            draft = self._kept(ask, desk, draft, changed(draft.composed, act, what, desk))
            if act == "publish":
                return self._publish(ask, desk, draft)
            if act == "preview":
                return RedirectResponse(f"{at}/preview", 303)
        except Refused as err:
            return self._shown(ask, desk, draft, draft.composed, refused=str(err), status=409)
        found = urlencode({"words": ask.text("words")}) if act == "find" else ""
        return RedirectResponse(f"{at}?done=draft&{found}#found" if found else f"{at}?done=draft", 303)

    def _kept(self, ask: Ask, desk: Composing, draft: Draft, composed: Composed) -> Draft:
        """The draft with this text, saved where it is another one."""
        if composed == draft.composed:
            return draft
        return desk.save(draft.id, draft.version, composed, who=str(ask.who))

    def _publish(self, ask: Ask, desk: Composing, draft: Draft) -> Response:
        right: May = "correct" if draft.composed.post else "publish"
        if not ask.may(right):
            return self._not_yours(ask, right)
        queued: Outgoing | None = desk.publish(draft, who=str(ask.who), chief=ask.may("correct"))
        return RedirectResponse(f"/desk/c/{desk.coverage.name}/drafts?done={'queued' if queued else 'publish'}", 303)

    def _shown(  # noqa: PLR0913 - a form, and all that can be said about it
        self,
        ask: Ask,
        desk: Composing,
        draft: Draft | None,
        composed: Composed,
        *,
        theirs: Draft | None = None,
        refused: str = "",
        status: int = 200,
    ) -> Response:
        words = ask.text("words") or ask.request.query_params.get("words", "")
        values: dict[str, Any] = {
            "draft": draft,
            "it": composed,
            "theirs": theirs,
            "sheets": desk.sheets(composed),
            "found": desk.find(words),
            "words": words,
            "standing": desk.standing(composed),
            "will": desk.will_change(composed),
            "fault": desk.fault(draft) if draft and not theirs and not refused else "",
            "at": composed.at.astimezone(desk.coverage.tz).strftime("%Y-%m-%dT%H:%M") if composed.at else "",
        }
        return self._page(ask, "compose.html", status=status, here="compose", refused=refused, **values)

    def _of(self, ask: Ask) -> Composing:
        return of_coverage(self._desks, ask.request)


def typed_over(composed: Composed, form: FormData, desk: Composing) -> Composed:
    """A text with what was typed in its form; what it is made of else stays."""
    stamps = [v.partition(":") for v in form.getlist("stamp") if isinstance(v, str)]
    seen = {s: stamp for s, _, stamp in stamps}
    based_on = text_of(form, "based_on")
    return replace(
        composed,
        head=" ".join(text_of(form, "head").split()),
        text=text_of(form, "text").replace("\r\n", "\n"),
        accepted=tuple(sorted({v for v in form.getlist("accept") if isinstance(v, str)})),
        seen=tuple(sorted({v for v in form.getlist("seen") if isinstance(v, str)})),
        stamps=tuple((s, seen.get(s, stamp)) for s, stamp in composed.stamps),
        pinned=text_of(form, "pinned") == "yes",
        key_event=text_of(form, "key_event") == "yes",
        at=time_of(text_of(form, "at"), desk.coverage.tz),
        wrong=text_of(form, "wrong"),
        typo=text_of(form, "typo") == "yes",
        based_on=int(based_on[:9]) if based_on.isdecimal() else composed.based_on,
    )


def with_chosen(composed: Composed, ask: Ask, desk: Composing) -> Composed:
    """A text with the picture that its form sends, and a card for each line that is an address. Raises Refused for a picture
    without what it needs."""
    upload = ask.form.get("picture")
    body = upload.file.read() if isinstance(upload, UploadFile) else b""
    if body:
        composed = desk.add_picture(composed, picture_of(ask.form, body), caption=text_of(ask.form, "caption"))
    return desk.with_cards(composed)


def changed(composed: Composed, act: str, what: str, desk: Composing) -> Composed:
    """A text after one of the buttons that change what it is made of. Raises Refused where it cannot be."""
    match act:
        case "attach":
            return desk.attach(composed, what)
        case "detach":
            left = tuple(s for s in composed.statements if s != what)
            accepted = tuple(c for c in composed.accepted if c.rpartition(".")[0] != what)
            stamps = tuple((s, stamp) for s, stamp in composed.stamps if s != what)
            return replace(composed, statements=left, accepted=accepted, stamps=stamps)
        case "drop-picture":
            return replace(composed, media=tuple(m for m in composed.media if m.original != what))
        case "drop-page":
            return replace(composed, links=tuple(x for x in composed.links if x.url != what))
    return composed
