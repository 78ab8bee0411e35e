"""What a row of the ledger costs does not grow with the ledger, nor what is looked up by its name: counted in SQLite's own
steps, never in time."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event as on

from sayso.model.event import (
    EVENTS,
    KIND_OF,
    Attached,
    Captured,
    Configured,
    Corrected,
    Decided,
    Event,
    Gone,
    KeptApart,
    Looked,
    Marked,
    Merged,
    Moved,
    Parsed,
    Posted,
    Read,
    Related,
    Released,
    TakenBack,
    Translated,
    Withdrawn,
)
from sayso.model.heading import heading
from sayso.model.question import Checked, Key
from sayso.store import Store, Writer
from sayso.store import writer as writing
from sayso.store.tables import PROJECTIONS
from tests.store import factory as f

#: Statements that were published before, and ten times as many.
FEW, MANY = 20, 200
SHARED = Key(type="casualties", measure="killed", subject="south", scope="total")
ONE, TWO = (Key(type="attack", measure="shelling", place=place, day="2031-04-01") for place in ("ubel", "verst"))


def everyday(w: Writer, n: int, *, asked: tuple[Key, ...] = ()) -> None:
    """One statement as it comes in and goes out; its second claim answers a question that all others answer too."""
    w.append(Captured(capture=f.capture(n)))
    w.append(Parsed(capture=f"c{n}", items=1, unread=("half a line",)))
    claims = (f.claim(f"{n} soldiers", n=n), f.claim(n=n, start=40))
    own = tuple(k.id for k in asked) or (f"q{n}",)
    f.told(w, f.statement(n, capture=f"c{n}"), *claims, questions=(own, (SHARED.id,)))
    w.append(Attached(statement=f"s{n}", media=(f.media(f"{n:064x}", f"{n}.webp"),)))
    f.accepted(w, f"s{n}", 0, 1)
    w.append(Posted(post=f.post(n)))
    w.append(Looked(checked=(Checked(party="north", channels=1, complete=True, until=f.at(n)),)))


def all_kinds(w: Writer) -> None:
    """A story in which each kind of event is appended, and what depends on what went before with it."""
    for n, key in ((9001, ONE), (9002, TWO), (9003, ONE)):
        everyday(w, n, asked=(key,))
    w.append(Configured(lines=("a party more",)))
    w.append(Posted(post=f.overview("s9001.0", "s9002.0", n=9090)))
    again = f.reading(f.claim("9001 soldiers", n=9001), text=f.statement(9001).text)
    w.append(Read(statement="s9001", reading=again, questions=((ONE.id,),)))
    right = ((0, f.claim("9001 soldiers", n=9000)),)
    w.append(Decided(statement="s9001", decision="accept", by="editor", accepted=(0,), corrected=right))
    w.append(Corrected(post=f.post(9001, version=2, note="More.")))
    f.told(w, f.statement(9004, key="item-9002", version=2, replaces="s9002"), f.claim(), questions=((TWO.id,),))
    f.accepted(w, "s9004", 0)
    w.append(Related(statement="s9001", posts=("p9001",)))
    w.append(Translated(statement="s9001", lang="fr", text="9001 soldats", shown=True))
    w.append(Released(statement="s9001", reason="Nobody can be known in it."))
    span = f.claim("9003 soldiers").span
    this = {"type": "casualties", "span": span, "figure": span}
    w.append(Marked(statement="s9003", question=ONE, reason="No way to know.", posts=("p9003",), **this))  # type: ignore[arg-type]
    row = w.append(Moved(statement="s9003", question=ONE, into=TWO, reason="There.", posts=("p9003",), **this))  # type: ignore[arg-type]
    w.append(TakenBack(decision=row, statement="s9003", reason="No.", posts=("p9003",)))
    w.append(KeptApart(question=ONE, into=SHARED, reason="Two things."))
    w.append(Merged(question=ONE, into=TWO, reason="One thing.", posts=("p9001",)))
    w.append(Gone(statement="s9003", last_seen_at=f.at(9005)))
    w.append(Withdrawn(post=f.post(9003, version=2, state="withdrawn", reason="wrong")))
    w.take_down("s9002", reason="asked for", captures=("c9002",))  # else all later captures of the source go, too


@contextmanager
def appending(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The kind of the event that is being appended, and nothing between two of them."""
    now: list[str] = []
    apply = writing.apply

    def applied(conn: Any, seq: int, at: Any, event: Event) -> None:
        now.append(KIND_OF[type(event)])
        try:
            apply(conn, seq, at, event)
        finally:
            now.clear()

    with monkeypatch.context() as patch:
        patch.setattr(writing, "apply", applied)
        yield now


def filled(folder: Path, n: int) -> Store:
    store = f.opened(folder / f"{n}.sqlite3")
    with store.write(actor="intake", at=f.at(0)) as w:
        for i in range(1, n + 1):
            everyday(w, i)
    return store


def appended(store: Store, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Steps of SQLite's machine in the appends of the story, by the kind of the event."""
    steps: Counter[str] = Counter()
    with appending(monkeypatch) as now, store.write(actor="desk", at=f.at(9999)) as w:
        driver = w._conn.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_progress_handler(lambda: steps.update(now), 1)
        all_kinds(w)
        driver.set_progress_handler(None, 1)
    return steps


def looked_up(store: Store) -> Counter[str]:
    """The same for what pages and the desk look up."""
    reads: dict[str, Callable[[], object]] = {
        "claims of a statement": lambda: store.said(statement="s3"),
        "newest claims": lambda: store.said(newest=5),
        "answers": lambda: store.answers(SHARED.id, of_each=3, mouths=3),
        "posts by id": lambda: store.posts_by_id(["p3", "p4"]),
        "posts of a statement": lambda: (store.posts_of("s3"), store.posts_citing("s3")),
        "newest posts": lambda: store.posts(limit=5),
        "posts of a heading": lambda: store.filed_under((heading("party", "north"),), limit=5),
        "inbox": lambda: store.inbox(states=["accepted"], limit=5),
    }
    steps: Counter[str] = Counter()
    now: list[str] = []
    on.listen(store._engine, "checkout", lambda driver, *_: driver.set_progress_handler(lambda: steps.update(now), 1))
    for name, read in reads.items():
        now[:] = [name]
        assert read()
    return steps


def grown(few: Counter[str], many: Counter[str]) -> dict[str, tuple[int, int]]:
    """What takes more steps, but for those of a higher tree, and of the index of words, which now and then puts parts of it
    together: half as many more at most, where a walk would take ten times as many."""
    return {name: (few[name], many[name]) for name in few if many[name] > 1.5 * few[name]}


def test_an_append_takes_no_more_steps_in_a_ledger_ten_times_as_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few, many = (appended(filled(tmp_path, n), monkeypatch) for n in (FEW, MANY))
    assert set(few) == set(EVENTS) - {"configured"}  # which touches no table
    assert grown(few, many) == {}


@pytest.mark.parametrize("rebuilt", [False, True])
def test_what_is_looked_up_takes_no_more_steps_in_a_ledger_ten_times_as_long(tmp_path: Path, rebuilt: bool) -> None:
    stores = [filled(tmp_path, n) for n in (FEW, MANY)]
    if rebuilt:
        for store in stores:
            store.rebuild()
    few, many = map(looked_up, stores)
    assert len(few) > 5 and grown(few, many) == {}


def test_an_append_goes_through_no_whole_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, plans = filled(tmp_path, 5), set[tuple[str, str]]()

    def explain(_conn: Any, cursor: sqlite3.Cursor, statement: str, given: Any, _context: Any, many: bool) -> None:
        if now and not statement.startswith(("PRAGMA", "BEGIN")):
            rows = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", given[0] if many else given).fetchall()
            plans.update((statement, row[3]) for row in rows)

    on.listen(store._engine, "before_cursor_execute", explain)
    with appending(monkeypatch) as now, store.write(actor="desk", at=f.at(9999)) as w:
        all_kinds(w)
    assert any("UPDATE mouth" in statement for statement, _ in plans)  # an answer ended
    names = {table.name for table in PROJECTIONS}
    assert [plan for plan in plans if plan[1].startswith("SCAN") and plan[1].split()[1] in names] == []
