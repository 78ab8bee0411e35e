"""Sources, parties and places in the browser: lists with the health of sources, forms, whole files as text. Plain forms."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from sayso.accounts import May
from sayso.coverage.fields import FILES, Field, Kind
from sayso.errors import Refused
from sayso.flow.arrival.listening import sources_now
from sayso.flow.arrival.pausing import ask_now, pause, resume_source
from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from sayso.flow.setup.arranging import Arranging, NotClean, Overtaken, kind_named
from sayso.flow.setup.depending import depending_on
from sayso.flow.setup.places import unlisted_lately
from sayso.flow.setup.rearranging import LATER, Later
from sayso.model.conflict import Conflict
from sayso.web.desk.guard import Handler
from sayso.web.desk.rendering import Ask, Pages
from sayso.web.desk.routing import Way, of_coverage

ONE: Final = "/desk/c/{coverage}"
#: What a field of an entry is called in a form, so that it is never taken for one of the form's own.
TYPED: Final = "v-"
#: What can be done about one source, and the right that it asks for.
ABOUT_SOURCE: Final[Mapping[str, tuple[Callable[..., None], May]]] = {
    "pause": (pause, "administer"), "resume": (resume_source, "administer"), "ask": (ask_now, "submit"),
}  # fmt: skip
SAID: Final = {
    "written": "Written to the file, and taken over.", "same": "Nothing was changed: the file says so already.",
    "removed": "Taken out of the file.", "pause": "Paused: it is not asked until you resume it.",
    "resume": "Resumed: it is asked now.", "ask": "It is asked now: look again in a moment.",
}  # fmt: skip


def arranging_ways(desks: Mapping[str, Review], pages: Pages) -> list[Way]:
    """The ways to sources, parties and places."""
    desk = ArrangingDesk(desks, pages)
    ways = [Way("POST", f"{ONE}/sources/{act}", desk.about_source(act), may) for act, (_, may) in ABOUT_SOURCE.items()]
    for file in FILES:
        at, of = f"{ONE}/{file}", desk.of
        ways += [
            Way("GET", at, of(file, desk.listed), "look"),
            Way("GET", f"{at}/entry", of(file, desk.entry), "look"),
            Way("POST", f"{at}/entry", of(file, desk.save), "administer"),
            Way("GET", f"{at}/remove", of(file, desk.removing), "administer"),
            Way("POST", f"{at}/remove", of(file, desk.remove), "administer"),
            Way("GET", f"{at}/text", of(file, desk.text), "look"),
            Way("POST", f"{at}/text", of(file, desk.write), "administer"),
        ]
    return ways


class ArrangingDesk:
    """The handlers. Each gets an `Ask` that the guard let through, and the name of a file."""

    def __init__(self, desks: Mapping[str, Review], pages: Pages) -> None:
        self._desks = {name: (review.room, Arranging(review.room)) for name, review in desks.items()}
        self._pages = pages

    def of(self, file: str, handler: Callable[..., Response]) -> Handler:
        """The handler for one of the files."""
        return lambda ask: handler(ask, file)

    # lists

    def listed(self, ask: Ask, file: str, **shown: Any) -> Response:
        """The entries of a file: sources with their health, places with those that are named and not listed."""
        room, desk = self._of(ask)
        values: dict[str, Any] = {"kinds": FILES[file], "mistakes": desk.mistakes(), **shown}
        if file == "sources":
            found = sources_now(room, now=room.clock.now())
            values["sources"] = sorted(
                found, key=lambda s: TROUBLE.index(s.state) if s.state in TROUBLE else len(TROUBLE)
            )
            values["counts"] = [(n, state) for state in TROUBLE if (n := sum(s.state == state for s in found))]
            return self._page(ask, file, "sources.html", **values)
        values["entries"] = desk.listed(file)
        values["unlisted"] = (
            [(u, self._as_entry(u)) for u in unlisted_lately(room)[:UNLISTED]] if file == "places" else []
        )
        return self._page(ask, file, "entries.html", **values)

    def _as_entry(self, unlisted: Any) -> str:
        """The query that fills the form of a place with what is known of one that is not listed."""
        place, names = unlisted.found, unlisted.name.split("|")
        if place is None:
            return urlencode({"table": "place", f"{TYPED}names": "\n".join(names)})
        names = dict.fromkeys([*names, *place.names[:1]])
        known = {"names": "\n".join(names), "lat": place.lat, "lon": place.lon, "precision": "settlement"}
        return urlencode({"table": "place", **{TYPED + k: v for k, v in known.items()}})

    def about_source(self, act: str) -> Handler:
        """The handler that pauses a source, resumes it, or has it asked now."""
        do, _ = ABOUT_SOURCE[act]

        def handler(ask: Ask) -> Response:
            room, _ = self._of(ask)
            try:
                do(room, ask.text("source"), who=str(ask.who))
            except Refused as err:
                return self.listed(ask, "sources", refused=str(err), status=409)
            return RedirectResponse(f"/desk/c/{room.coverage.name}/sources?done={act}", 303)

        return handler

    # one entry

    def entry(self, ask: Ask, file: str) -> Response:
        """The form of an entry, or of a new one, filled in with what the address says of it."""
        kind, called = asked_for(ask, file)
        typed = {f.key: ask.request.query_params.get(TYPED + f.key, "") for f in kind.fields}
        return self._form(ask, file, typed=None if called else typed)

    def save(self, ask: Ask, file: str) -> Response:
        """Add or change the entry."""
        kind, called = asked_for(ask, file)
        typed = {f.key: ask.text(TYPED + f.key) for f in kind.fields}
        _, desk = self._of(ask)
        size, who = desk.file(file).stamp, str(ask.who)
        try:
            if called:
                later = desk.save(file, kind.table, called, typed, stamp=ask.text("stamp"), who=who)
            else:
                later = desk.add(file, kind.table, typed, who=who)
        except NotClean as err:
            return self._form(ask, file, typed=typed, refusal=err, stamp=ask.text("stamp"))
        except Overtaken as err:
            return self._form(ask, file, typed=typed, refusal=err)
        except Refused as err:
            return self.listed(ask, file, refused=str(err), status=409)
        return self._done(ask, file, "same" if desk.file(file).stamp == size else "written", later)

    def _form(
        self, ask: Ask, file: str, *, typed: Mapping[str, str] | None, refusal: Refused | None = None, stamp: str = ""
    ) -> Response:
        """The form; with `typed`, or else what the file says."""
        room, desk = self._of(ask)
        kind, called = asked_for(ask, file)
        it = desk.one(file, kind.table, called) if called else None
        given = {f.key: it.typed[f.key] for f in kind.fields if it and f.fixed}
        shown = {**(typed if typed is not None else it.typed if it else {}), **given}
        states = sources_now(room, now=room.clock.now()) if file == "sources" and called else ()
        values: dict[str, Any] = {
            "kind": kind, "called": called, "typed": shown, "now": it, "stamp": stamp or (it.stamp if it else ""),
            "options": {f.key: options(f, shown.get(f.key, ""), room.coverage.conflict) for f in kind.fields},
            "health": next((s for s in states if s.source.name == called), None),
            "beside": getattr(refusal, "beside", {}), "others": getattr(refusal, "others", ()),
            "theirs": getattr(refusal, "theirs", None),
        }  # fmt: skip
        why = {"refused": str(refusal), "status": 409} if refusal else {}
        return self._page(ask, file, "entry.html", **values, **why)

    def removing(self, ask: Ask, file: str, **shown: Any) -> Response:
        """What would be taken out, and what depends on it."""
        room, desk = self._of(ask)
        kind, called = asked_for(ask, file)
        now = desk.one(file, kind.table, called)
        values = {"now": now, "depending": depending_on(room, kind.table, called), "others": ()}
        return self._page(ask, file, "removing.html", **{**values, **shown})

    def remove(self, ask: Ask, file: str) -> Response:
        """Take the entry out."""
        _, desk = self._of(ask)
        kind, called = asked_for(ask, file)
        try:
            later = desk.remove(file, kind.table, called, stamp=ask.text("stamp"), who=str(ask.who))
        except (NotClean, Overtaken) as err:
            others = getattr(err, "others", ())
            return self.removing(ask, file, refused=str(err), status=409, others=others)
        except Refused as err:
            return self.listed(ask, file, refused=str(err), status=409)
        return self._done(ask, file, "removed", later)

    # a whole file

    def text(self, ask: Ask, file: str, **shown: Any) -> Response:
        """A file as text."""
        _, desk = self._of(ask)
        now = desk.file(file)
        values = {"text": now.text, "stamp": now.stamp, "others": (), "theirs": None}
        return self._page(ask, file, "filetext.html", **{**values, **shown})

    def write(self, ask: Ask, file: str) -> Response:
        """Write a file's text."""
        _, desk = self._of(ask)
        typed, stamp, size = ask.text("text"), ask.text("stamp"), desk.file(file).stamp
        try:
            later = desk.write(file, typed, stamp=stamp, who=str(ask.who))
        except NotClean as err:
            return self.text(ask, file, text=typed, stamp=stamp, others=err.others, refused=str(err), status=409)
        except Overtaken as err:
            return self.text(ask, file, text=typed, theirs=err.theirs, refused=str(err), status=409)
        return self._done(ask, file, "same" if desk.file(file).stamp == size else "written", later)

    # parts of the above

    def _of(self, ask: Ask) -> tuple[Newsroom, Arranging]:
        """The coverage in the address. Raises Refused where there is none."""
        return of_coverage(self._desks, ask.request)

    def _done(self, ask: Ask, file: str, said: str, later: tuple[Later, ...]) -> Response:
        query = urlencode([("done", said), *(("later", word) for word in later)])
        return RedirectResponse(f"/desk/c/{ask.request.path_params['coverage']}/{file}?{query}", 303)

    def _page(self, ask: Ask, file: str, template: str, **values: Any) -> Response:
        query = ask.request.query_params
        later = [words for word, words in LATER.items() if word in query.getlist("later")]
        done = " ".join([SAID[query["done"]], *later]) if query.get("done") in SAID else ""
        at = f"/desk/c/{ask.request.path_params['coverage']}/{file}"
        return self._pages.page(ask, template, **{"here": file, "file": file, "at": at, "done": done, **values})


#: The states of sources that somebody should see to, the worst first.
TROUBLE: Final = ("failing", "silent", "paused")
#: Places that are named and not listed, of which the newest statements hold the most.
UNLISTED: Final = 40


def asked_for(ask: Ask, file: str) -> tuple[Kind, str]:
    """The kind and name of the entry that a form or an address is about; no name for a new one."""
    given: Any = ask.form if ask.request.method == "POST" else ask.request.query_params
    return kind_named(file, given.get("table", "")), given.get("called", "")


def options(field: Field, now: str, conflict: Conflict) -> tuple[tuple[str, str], ...]:
    """What can be chosen in a field, as value and words; none for one that is typed. What stands there now is always
    among them."""
    if field.form == "party":
        found = [(party, f"{name} ({party})") for party, name in conflict.names.items()]
    elif field.form == "body":
        found = [(b.name, b.name) for b in conflict.bodies]
    elif field.form == "choice":
        found = [(word, word.replace("_", " ")) for word in field.options]
    else:
        return ()
    return tuple(found if not now or now in dict(found) else [*found, (now, now)])
