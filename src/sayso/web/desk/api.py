"""The desk for programs of staff: what waits and what was read in it, and a way to submit a statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

import msgspec
from starlette.routing import Route

from sayso.desk import Card, Waiting
from sayso.errors import Refused
from sayso.flow.arrival.pasting import Pasted
from sayso.flow.desk.review import Review
from sayso.flow.shift.staff import Staff
from sayso.flow.shift.tokens import Scope, Tokens
from sayso.web.desk.bearing import BearerGuard, Call, Handler, Pace
from sayso.web.desk.routing import of_coverage

ROOT: Final = "/desk/api/v1/c/{coverage}"
MOST_LINES: Final = 200
#: What can be asked for by state, beside what waits.
STATES: Final = ("new", "held", "accepted", "rejected", "duplicate", "superseded", "gone", "taken_down")


@dataclass(frozen=True, slots=True)
class ApiWay:
    """One method of one path, and the scope that a token must have."""

    method: Literal["GET", "POST"]
    path: str
    handler: Handler
    scope: Scope


class Submitted(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A statement as a program sends it; `said_at` names its zone. The speaker's name, or `withheld`, must be there."""

    text: str
    says: str | None = None
    withheld: bool = False
    url: str | None = None
    channel: str | None = None
    said_at: datetime | None = None


def api_ways(desks: Mapping[str, Review]) -> list[ApiWay]:
    """The ways of programs."""
    api = Api(desks)
    return [
        ApiWay("GET", f"{ROOT}/inbox", api.inbox, "read"),
        ApiWay("GET", f"{ROOT}/statements/{{statement}}", api.statement, "read"),
        ApiWay("POST", f"{ROOT}/statements", api.submit, "submit"),
    ]


def api_routes(desks: Mapping[str, Review], staff: Staff) -> list[Route]:
    """The routes of programs, each behind the guard for tokens."""
    guard = BearerGuard(Tokens(staff), Pace())
    return [Route(w.path, guard.only(w.handler, w.scope), methods=[w.method]) for w in api_ways(desks)]


class Api:
    """The handlers. Each gets a `Call` that the guard let through."""

    def __init__(self, desks: Mapping[str, Review]) -> None:
        self._desks = desks

    def inbox(self, call: Call) -> Any:
        """What waits, or is in the state asked for, newest first: `?state=`, `?source=`, `?limit=`."""
        asked = call.request.query_params
        typed = asked.get("limit", "50")
        limit = int(typed) if typed.isdecimal() and len(typed) < 5 else 0
        if not 1 <= limit <= MOST_LINES:
            raise Refused(f"limit is a number from 1 to {MOST_LINES}.")
        state = asked.get("state", "waiting")
        if state not in ("waiting", *STATES):
            raise Refused(f"state is waiting, or one of {', '.join(STATES)}.")
        states = ("new", "held") if state == "waiting" else (state,)
        found = self._review(call).inbox(states=states, source=asked.get("source"), limit=limit)
        return {"counts": dict(found.counts), "statements": [line_of(line) for line in found.lines]}

    def statement(self, call: Call) -> Any:
        """One statement: its words, where it stands, its claims with their place in the words."""
        sheet = self._review(call).sheet(str(call.request.path_params["statement"]))
        it = sheet.statement
        return {
            "id": it.id,
            "state": sheet.state,
            "source": it.source,
            "said_at": it.said_at.isoformat(),
            "language": it.lang,
            "url": it.url,
            "version": it.version,
            "clipped": it.clipped,
            "text": it.text,
            "reader": sheet.reader,
            "claims": [claim_of(card) for card in sheet.cards],
        }

    def submit(self, call: Call) -> Any:
        """The id of a statement that is held for an editor, as if it had been pasted at the desk."""
        try:
            sent = msgspec.json.decode(call.body, type=Submitted)
        except msgspec.MsgspecError as err:
            raise Refused(f"The JSON is not a statement: {err}.") from None
        if sent.withheld is (sent.says is not None):
            raise Refused('Send either "says", who says it, or "withheld": true.')
        if sent.said_at is not None and sent.said_at.tzinfo is None:
            raise Refused('"said_at" names no zone: write it as 2026-05-03T14:20:00Z.')
        pasted = Pasted(text=sent.text, says=sent.says, url=sent.url, channel=sent.channel, said_at=sent.said_at)
        review = self._review(call)
        statement = review.paste(pasted, who=call.who)
        return {"id": statement.id, "state": review.room.store.statement_state(statement.id)}

    def _review(self, call: Call) -> Review:
        return of_coverage(self._desks, call.request)


def line_of(line: Waiting) -> dict[str, Any]:
    """One statement of the inbox."""
    it = line.statement
    return {
        "id": it.id,
        "state": line.state,
        "source": it.source,
        "said_at": it.said_at.isoformat(),
        "language": it.lang,
        "first": line.first,
        "look_twice": line.amber,
        "same_words_as": line.reprints.id if line.reprints else None,
        "claims": [claim_of(card) for card in line.cards],
    }


def claim_of(card: Card) -> dict[str, Any]:
    """One claim as the desk shows it; `span` counts characters of the text, its end not included."""
    return {
        "number": card.number + 1,
        "title": card.title,
        "figure": card.figure,
        "fields": [list(pair) for pair in card.fields],
        "span": [card.claim.span.start, card.claim.span.end],
        "rule": card.claim.rule,
        "counts": card.accepted,
        "corrected": card.corrected,
        "look_twice": [risk.sentence for risk in card.risks],
    }
