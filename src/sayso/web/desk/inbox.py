"""The inbox: what cannot wait first, filters, search, and every state that a statement can be in."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from starlette.responses import Response

from sayso.desk.rules import WAITS_ANYWAY
from sayso.desk.urgency import WORDS, Line
from sayso.flow.desk.lowering import Lowering
from sayso.flow.desk.review import Review
from sayso.flow.desk.sorting import Onward, Sorting, Sought
from sayso.model.coverage import Coverage
from sayso.model.foreseen import Foresight
from sayso.store import Store, Which
from sayso.web.desk.rendering import Ask, Pages
from sayso.web.desk.routing import Way, of_coverage

INBOX: Final = "/desk/c/{coverage}/"
#: What waits for a decision.
WAITING: Final = ("new", "held")
#: What can be asked for by state: value in the address, words, the store's states.
BY_STATE: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "waiting": ("waiting", WAITING),
    "new": ("new, not looked at by any rule", ("new",)),
    "held": ("held", ("held",)),
    "accepted": ("on the page", ("accepted",)),
    "rejected": ("rejected", ("rejected",)),
    "duplicate": ("duplicate", ("duplicate",)),
    "superseded": ("replaced by a newer version", ("superseded",)),
    "gone": ("gone from its source", ("gone",)),
}
#: What a state is called on a line; "held" depends on who held it.
SHOWN_AS: Final = {
    "accepted": "on the page",
    "superseded": "replaced by a newer version",
    "gone": "gone from its source",
}
#: What can be asked for that no state tells.
SPECIAL: Final = {
    "mine": "what awaits me",
    "going": "going out",
    "changed": "changed at its source",
    "unverifiable": "cannot be verified",
    "all": "everything",
}
FLAGS: Final[Mapping[str, str]] = {
    **{value: words for value, words in WORDS.items() if value != "other"},
    "amber": "to look at twice",
    "clipped": "clipped by hand",
}
#: What an address of the inbox may hold.
ASKED: Final = ("state", "source", "party", "lang", "flag", "words", "from")
#: What is told of on a line of the inbox; the rest stands on the statement's page.
TOLD: Final[tuple[Foresight, ...]] = ("contradicts", "denied", "denies", "lower", "place", "higher")
MOST_TOLD: Final = 3
#: Statements held by hand that are looked for as what awaits somebody.
HELD_BY_HAND: Final = 500


def inbox_ways(desks: Mapping[str, Review], pages: Pages) -> list[Way]:
    """The way to the inbox."""
    return [Way("GET", INBOX, InboxDesk(desks, pages).inbox, "look")]


class InboxDesk:
    """The handler. It gets an `Ask` that the guard let through."""

    def __init__(self, desks: Mapping[str, Review], pages: Pages) -> None:
        self._page = pages.page
        self._desks = desks
        self._sorting = {name: Sorting(r.room, r.foreseeing, r.cards) for name, r in desks.items()}
        self._lowering = {name: Lowering(r.room) for name, r in desks.items()}

    def inbox(self, ask: Ask) -> Response:
        """A page of what is asked for, the most urgent first."""
        review = of_coverage(self._desks, ask.request)
        name, asked = review.coverage.name, {k: ask.request.query_params.get(k, "") for k in ASKED}
        which = which_of(ask, review.room.store, review.coverage)
        sought = Sought(which=which, lang=asked["lang"], words=asked["words"], flag=asked["flag"])
        onward = Onward.read(asked["from"]) if asked["from"] else None
        found = self._sorting[name].look(sought, onward)
        values: dict[str, Any] = {
            "found": found,
            "state": asked["state"] or "waiting",
            "asked": asked,
            "drafts": len(review.room.store.drafts(ask.who)) if asked["state"] == "mine" else 0,
            "states": states_of(found.counts),
            "flags": FLAGS,
            "urgencies": WORDS,
            "state_words": state_words,
            "told": told,
            "why": why,
            "side": review.coverage.conflict.name,
            "onward": address_of(asked, found.onward) if found.onward else None,
            "back": address_of(asked, None),
            "first_page": onward is None,
            "lowered": self._lowering[name].now(),
        }
        return self._page(ask, "inbox.html", here="inbox", **values)


def which_of(ask: Ask, store: Store, coverage: Coverage) -> Which:
    """What the store is asked for. A state that is none asks for what waits."""
    asked = ask.request.query_params
    sources = sources_of(asked.get("source", ""), asked.get("party", ""), coverage)
    match asked.get("state", "waiting"):
        case "mine":
            return Which(ids=awaits(ask, store), sources=sources)
        case "going":
            return Which(ids=frozenset(it.about for it in store.outgoing()), sources=sources)
        case "changed":
            return Which(changed=True, sources=sources)
        case "unverifiable":
            return Which(ids=frozenset(store.grouping().marks), sources=sources)
        case "all":
            return Which(sources=sources)
        case state:
            return Which(states=BY_STATE.get(state, BY_STATE["waiting"])[1], sources=sources)


def sources_of(source: str, party: str, coverage: Coverage) -> frozenset[str] | None:
    """The names of the sources that are asked for: that one, or all of a party ("-": of none); None for all."""
    if source:
        return frozenset({source})
    if party:
        return frozenset(s.name for s in coverage.sources if (s.party or "-") == party)
    return None


def awaits(ask: Ask, store: Store) -> frozenset[str]:
    """The statements that await whoever asks: those in their drafts, what of theirs did not go out, and for who may publish
    what needs a second pair of eyes and what somebody held by hand."""
    queue = store.outgoing()
    mine = {it.about for it in queue if it.failed and it.user == ask.who}
    mine |= {id_ for draft in store.drafts(ask.who) for id_ in draft.composed.statements}
    if not ask.may("publish"):
        return frozenset(mine)
    second = {it.about for it in queue if it.waits_for_second and it.user != ask.who and not it.failed}
    held = store.arrived(Which(states=("held",), decided_by="editor"), limit=HELD_BY_HAND)
    return frozenset(mine | second | {row.statement.id for row in held})


def states_of(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """What can be asked for, each with its words and, where it is a state, how many there are."""
    waiting, *others = [
        (value, f"{words} ({sum(counts.get(s, 0) for s in names)})") for value, (words, names) in BY_STATE.items()
    ]
    mine, going, *special = SPECIAL.items()
    return [waiting, mine, going, *others, *special]


def state_words(line: Line) -> str:
    """The state of a line in words."""
    if line.state == "held":
        return "held at the desk" if line.by_editor else "waits"
    return SHOWN_AS.get(line.state, line.state.replace("_", " "))


def why(line: Line) -> str:
    """Why a line waits or was put away, where that says more than its source does anyway."""
    return line.reason if line.state in ("held", "rejected") and line.reason != WAITS_ANYWAY else ""


def told(line: Line) -> list[str]:
    """What a line tells of what its claims would change, each sentence once; the gravest first."""
    ordered = sorted((f for f in line.foreseen if f.kind in TOLD), key=lambda f: TOLD.index(f.kind))
    return list(dict.fromkeys(f.sentence for f in ordered))[:MOST_TOLD]


def address_of(asked: Mapping[str, str], onward: Onward | None) -> str:
    """The query of the page that goes on there, or of the first one."""
    kept = {k: v for k, v in asked.items() if k != "from" and v}
    return urlencode(kept if onward is None else {**kept, "from": str(onward)})
