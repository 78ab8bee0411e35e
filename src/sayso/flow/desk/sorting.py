"""The inbox in the order in which an editor should look: filtered, searched, and page by page without loss."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple, Self

from sayso.desk import Card, Risk, notices
from sayso.desk.naming import is_own_channel
from sayso.desk.urgency import Line, Place, Urgency, folded, place_of, urgency_of
from sayso.errors import Refused
from sayso.flow.arrival.pasting import source_named
from sayso.flow.desk.carding import Cards
from sayso.flow.desk.foreseeing import Foreseeing
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.paging import paging_pair, paging_token
from sayso.model.coverage import Source
from sayso.model.outgoing import Outgoing
from sayso.model.statement import Statement
from sayso.store import Arrived, Claims, Cursor, Which

#: Statements that are put in order at once: the newest that are asked for; what is older follows on later pages.
WINDOW: Final = 300
#: Statements that one page looks through for those that are asked for, and how many of them at a time.
LOOKED_THROUGH: Final = 2_000
AT_ONCE: Final = WINDOW
#: Lines of a page.
LINES: Final = 50
#: The newest statements among which the first with the same words is looked for.
ORIGINALS: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What an editor asks the inbox for: `which` by what the store knows; a language, words of the text, the address or the
    source's name, all of them, in any case; an urgency, or "amber" for what needs a second look. Empty asks for all."""

    which: Which
    lang: str = ""
    words: str = ""
    flag: str = ""


class Onward(NamedTuple):
    """Where a page of the inbox goes on: inside the statements from `before` (exclusive) down to `down_to` (inclusive),
    after a place in their order; or with those that are older."""

    before: Cursor
    down_to: Cursor | None = None
    after: Place | None = None

    def __str__(self) -> str:
        rank, at, id_ = self.after or (0, 0.0, "")
        inside = "" if self.down_to is None else f"~{paging_token(*self.down_to)}~{rank}~{at!r}~{id_}"
        return paging_token(*self.before) + inside

    @classmethod
    def read(cls, token: str) -> Self:
        """The place of a token. Raises Refused for what is none."""
        first, *rest = token.split("~")
        before = paging_pair(first)
        try:
            if before is None or len(rest) not in (0, 4):
                raise ValueError(token)
            if not rest:
                return cls(before)
            down_to = paging_pair(rest[0])
            if down_to is None:
                raise ValueError(token)
            return cls(before, down_to, (int(rest[1]), float(rest[2]), rest[3]))
        except ValueError:
            raise Refused("This page of the inbox cannot be: begin with the first.") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """A page of the inbox. `seq` is the ledger's last row that it may tell of; `onward` where it goes on, None at the end;
    `looked_through` are the statements that were looked at for it, `older` whether there are others before them."""

    lines: tuple[Line, ...]
    counts: Mapping[str, int]
    seq: int
    onward: Onward | None
    looked_through: int
    older: bool


class Window(NamedTuple):
    """Statements that are put in order together, the latest seen first, and the place at which they end; None for the end."""

    rows: tuple[Arrived, ...]
    looked_through: int
    end: Cursor | None


class Sorting:
    """The inbox of one coverage."""

    def __init__(self, room: Newsroom, foreseeing: Foreseeing, cards: Cards | None = None) -> None:
        self._room = room
        self._store = room.store
        self._coverage = room.coverage
        self._foreseeing = foreseeing
        self._made = cards or Cards()

    def look(self, sought: Sought, onward: Onward | None = None) -> Sorted:
        """A page of what is asked for, the most urgent first.

        Nothing is passed over while others decide: a page goes on after a place in the order of the same statements. What
        grows more urgent meanwhile stands on the first page, not where one was.
        """
        seq = self._store.size()
        window = self._window(sought, onward)
        lines = self._in_order(window.rows, sought)
        if onward is not None and (after := onward.after) is not None:
            lines = [line for line in lines if place_of(line.urgency, line.statement) > after]
        page = lines[:LINES]
        return Sorted(
            lines=tuple(self._with_cards(page)),
            counts=self._store.counts_by_state(),
            seq=seq,
            onward=self._onward(window, onward, page[-1] if len(lines) > LINES else None),
            looked_through=window.looked_through,
            older=window.end is not None,
        )

    def lines(self, rows: Sequence[Arrived]) -> tuple[Line, ...]:
        """These statements as lines without their cards, the most urgent first; the same words once."""
        return tuple(self._in_order(rows, Sought(which=Which())))

    # the statements that are put in order together

    def _window(self, sought: Sought, onward: Onward | None) -> Window:
        before, down_to = (None, None) if onward is None else (onward.before, onward.down_to)
        rows: list[Arrived] = []
        looked = 0
        while looked < LOOKED_THROUGH and (len(rows) < WINDOW or down_to is not None):
            found = self._store.arrived(sought.which, before=before, down_to=down_to, limit=AT_ONCE)
            rows += [row for row in found if self._is_sought(row.statement, sought)]
            looked += len(found)
            if len(found) < AT_ONCE:
                return Window(
                    tuple(rows), looked, down_to if down_to is not None and self._goes_on(sought, down_to) else None
                )
            before = found[-1].cursor
        return Window(tuple(rows), looked, before)

    def _goes_on(self, sought: Sought, end: Cursor) -> bool:
        return bool(self._store.arrived(sought.which, before=end, limit=1))

    def _is_sought(self, statement: Statement, sought: Sought) -> bool:
        if sought.lang and (statement.lang or "und") != sought.lang:
            return False
        if not sought.words:
            return True
        title = source_named(self._coverage, statement).title
        text = "\n".join((statement.text, statement.title or "", statement.url or "", title)).casefold()
        return all(word in text for word in sought.words.casefold().split())

    def _onward(self, window: Window, onward: Onward | None, last: Line | None) -> Onward | None:
        if last is not None:
            begin = onward.before if onward is not None else just_before(window.rows[0])
            end = window.end or window.rows[-1].cursor
            return Onward(begin, end, place_of(last.urgency, last.statement))
        return None if window.end is None else Onward(window.end)

    # their order

    def _in_order(self, rows: Sequence[Arrived], sought: Sought) -> list[Line]:
        claims = self._store.claims_each(rows)
        foreseen = self._foreseeing.each({id_: found.said for id_, found in claims.items()})
        same = folded([(row.statement, row.origin) for row in rows])
        firsts = self._store.originals({row.origin for row in rows}, newest=ORIGINALS)
        marks, going = self._store.grouping().marks, {it.about: it for it in self._store.outgoing()}
        lines = []
        for row in rows:
            it = row.statement
            if it.id not in same:
                continue
            source = source_named(self._coverage, it)
            first = firsts.get(row.origin)
            elsewhere = None if first is None or first.id == it.id or first.said_at > it.said_at else first
            own = source.party is not None and is_own_channel(source, self._coverage.conflict)
            weight = urgency_of(foreseen[it.id], (s.claim for s in claims[it.id].said), own_channel=own)
            urgency: Urgency = weight if elsewhere is None else "reprint"
            lines.append(
                Line(
                    statement=it, source=source, state=row.state, urgency=urgency, reason=row.reason,
                    by_editor=row.decided_by == "editor", gone_at=row.gone_at, foreseen=foreseen[it.id],
                    flags=tuple(flags_of(row, marked=it.id in marks, going=going.get(it.id))), again=same[it.id],
                    first=(elsewhere.id, elsewhere.said_at) if elsewhere else None,
                    cards=self._cards(it, source, claims[it.id]) if sought.flag == "amber" else (),
                )
            )  # fmt: skip
        kept = (line for line in lines if not sought.flag or raises(line, sought.flag))
        return sorted(kept, key=lambda line: place_of(line.urgency, line.statement))

    def _with_cards(self, lines: Sequence[Line]) -> Iterator[Line]:
        ids = {line.statement.id for line in lines}
        rows = self._store.arrived(Which(ids=ids), limit=len(ids)) if ids else ()
        claims = self._store.claims_each(rows)
        for line in lines:
            found = claims.get(line.statement.id, Claims())
            yield replace(line, cards=self._cards(line.statement, line.source, found))

    def _cards(self, statement: Statement, source: Source, claims: Claims) -> tuple[Card, ...]:
        """A card for each claim, as corrected where an editor did, and whether it counts."""
        conflict = self._coverage.conflict
        numbered = ((int(s.id.rpartition(".")[2]), s) for s in claims.said)
        return tuple(
            replace(
                self._made.of(n, s.claim, statement, source, conflict),
                accepted=s.by != "none",
                corrected=n in claims.corrected,
            )
            for n, s in numbered
        )


def flags_of(row: Arrived, *, marked: bool, going: Outgoing | None) -> Iterator[Risk]:
    """What is special about a statement, each with a sentence."""
    it = row.statement
    if going is not None and going.failed:
        yield Risk(code="stuck", sentence=f"It did not go out: {going.failed}")
    elif going is not None:
        waits = (
            "It waits for somebody else to look, then goes out." if going.waits_for_second else "It is on its way out."
        )
        yield Risk(code="going", sentence=waits)
    if it.version > 1:
        yield Risk(code="changed", sentence=f"Changed at its source: this is version {it.version}.")
    if row.gone_at is not None:
        yield Risk(code="gone", sentence="Its source shows it no more.")
    if marked:
        yield Risk(code="unverifiable", sentence="An editor marked a claim of it as one that cannot be verified.")
    yield from notices(it)


def raises(line: Line, flag: str) -> bool:
    """Whether a line has what is asked for: an urgency, "amber", or a flag's code."""
    if flag == "amber":
        return line.amber > 0
    return flag == line.urgency or flag in {f.code for f in line.flags}


def just_before(row: Arrived) -> Cursor:
    """The place before a statement, so that what begins after it begins with the statement."""
    at, id_ = row.cursor
    return at, id_ + "z"
