"""Whatever happens in whatever order: a rebuild gives the very tables that pages are drawn from."""

import itertools
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.model.event import (
    Attached,
    Captured,
    Corrected,
    Decided,
    Gone,
    Parsed,
    Posted,
    Read,
    Related,
    Released,
    Translated,
)  # fmt: skip
from sayso.model.seeking import Spelling
from sayso.model.statement import Statement
from sayso.store import Store, Writer
from sayso.store.project import apply
from tests.store import factory as f
from tests.store.snapshot import projections

STEPS = (
    "capture", "parse", "state", "edit", "reread", "accept", "hold", "correct", "post", "again", "overview", "gone",
    "attach", "relate", "note", "down",
)  # fmt: skip
NUMBERS = itertools.count()


class Newsroom:
    """Does one random step after the other, each only where it makes sense."""

    def __init__(self, store: Store) -> None:
        self.store, self.n = store, 0

    def step(self, name: str, pick: int) -> None:
        self.n += 1
        with self.store.write(actor=name, at=f.at(self.n)) as w:
            if name in ("capture", "state"):
                getattr(self, name)(w)
                return
            pending, known = w.pending_captures(), self.known(w)
            if name == "parse" and pending:
                w.append(Parsed(capture=pending[0].id, items=1, unread=("half a line",) * (pick % 3)))
            elif name != "parse" and known:
                getattr(self, name)(w, known[pick % len(known)])

    def known(self, w: Writer) -> list[Statement]:
        states = ["new", "held", "accepted", "superseded", "gone"]
        return [row.statement for row in w.inbox(states=states, limit=50)]

    def capture(self, w: Writer) -> None:
        w.append(Captured(capture=f.capture(self.n)))

    def state(self, w: Writer) -> None:
        last = w.last_capture("harbour")
        it = f.statement(self.n, capture=last.id if last else None, enclosures=(f.enclosure(),) * (self.n % 2))
        f.told(w, it, f.claim(n=self.n), f.claim(n=self.n + 1, start=40))

    def edit(self, w: Writer, it: Statement) -> None:
        now = w.latest(it.source, it.key)
        assert now is not None
        f.told(w, f.statement(self.n, key=it.key, version=now.version + 1, replaces=now.id), f.claim(n=self.n))

    def reread(self, w: Writer, it: Statement) -> None:
        claims = [f.claim(n=7, start=2 * i) for i in range(self.n % 4)]
        w.append(
            Read(statement=it.id, reading=f.reading(*claims), questions=tuple((f"r{i}",) for i in range(len(claims))))
        )

    def accept(self, w: Writer, it: Statement) -> None:
        numbers = [int(s.id.rpartition(".")[2]) for s in (*w.suggested(it.id), *w.said(statement=it.id))]
        f.accepted(w, it.id, *sorted(numbers)[: 1 + self.n % 2])

    def hold(self, w: Writer, it: Statement) -> None:
        w.append(Decided(statement=it.id, decision="hold", by="editor", reason="wait"))

    def correct(self, w: Writer, it: Statement) -> None:
        reading = w.reading(it.id)
        if reading and reading.claims:
            right = ((0, replace(reading.claims[0], subject="west")),)
            w.append(Decided(statement=it.id, decision="accept", by="editor", accepted=(0,), corrected=right))

    def post(self, w: Writer, it: Statement) -> None:
        if not w.posts_of(it.id):
            w.append(Posted(post=f.post(self.n, statements=(it.id,))))

    def again(self, w: Writer, it: Statement) -> None:
        for now in w.posts_of(it.id):
            w.append(Corrected(post=replace(now, version=now.version + 1, note=f"again {self.n}")))

    def overview(self, w: Writer, it: Statement) -> None:
        cites = sorted({s.id for s in w.said() if s.statement == it.id or self.n % 2})
        if cites:
            w.append(Posted(post=f.overview(*cites, n=self.n, kind="summary" if self.n % 3 else "overview")))

    def gone(self, w: Writer, it: Statement) -> None:
        w.append(Gone(statement=it.id, last_seen_at=f.at(self.n)))

    def attach(self, w: Writer, it: Statement) -> None:
        w.append(
            Attached(statement=it.id, media=(f.media("a" * 64, f"{self.n % 2}.webp"),), failed=("x",) * (self.n % 2))
        )

    def note(self, w: Writer, it: Statement) -> None:
        w.append(Translated(statement=it.id, lang="en", text=f"So {self.n}.", shown=bool(self.n % 2)))
        w.append(Released(statement=it.id, reason="the family asked", shown=bool(self.n % 3)))

    def relate(self, w: Writer, it: Statement) -> None:
        w.append(Related(statement=it.id, posts=w.posts_answering(("q0", "q1", "r0"))))

    def down(self, w: Writer, it: Statement) -> None:
        w.take_down(it.id, reason="asked for")


STORIES = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 5)), min_size=4, max_size=40)
SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(STORIES, st.sampled_from([(2_000, 5_000), (1, 3)]))
def test_a_rebuild_equals_the_live_tables_however_little_it_remembers(
    steps: list[tuple[str, int]], memory: tuple[int, int]
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("sayso.store.recalling.MOST", memory[0])
        patch.setattr("sayso.store.batching.MOST_KEPT", memory[1])
        store = f.opened(Path(folder) / "x.sqlite3")
        try:
            assert_rebuild_equals(store, steps)
        finally:
            store.close()


@settings(max_examples=6, deadline=None, suppress_health_check=SLOW)
@given(STORIES)
def test_a_rebuild_equals_the_live_tables_on_a_server(postgres: str, steps: list[tuple[str, int]]) -> None:
    store = Store.open(postgres, coverage=f"story-{next(NUMBERS)}")
    try:
        assert_rebuild_equals(store, steps)
    finally:
        store.close()


def assert_rebuild_equals(store: Store, steps: list[tuple[str, int]]) -> None:
    room = Newsroom(store)
    for name, pick in steps:
        room.step(name, pick)
    before = projections(store)
    assert store.verify(has_blob=lambda b: b not in store.blobs_to_erase()[0]) == ()
    assert store.rebuild() == store.size()
    assert projections(store) == before
    numbers = [c.n for c in store.changes(0, 10_000)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_rebuild_keeps_every_letter(store: Store) -> None:
    hostile = "a\tb\nc\rd\\N \\. \0 \" ' , {x} \N{CIRCLED DIGIT ONE}\U0001f30a"
    with store.write(actor="desk", at=f.at(1)) as w:
        it = f.statement(1, key=hostile, text=f"{f.statement(1).text} {hostile}")
        f.told(w, it, replace(f.claim(), subject=hostile))
        f.accepted(w, it.id, 0)
        w.append(Decided(statement=it.id, decision="accept", by="editor", accepted=(0,), reason=hostile))
    before = projections(store)
    store.rebuild()
    assert projections(store) == before


def test_a_rebuild_that_stops_in_the_middle_leaves_all_as_it_was(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(1, 6):
        f.published(store, n)
    before = projections(store)

    def stop(*row: Any) -> None:
        if row[1] == store_size - 1:
            raise ValueError("stopped")
        apply(*row)

    store_size = store.size()
    monkeypatch.setattr("sayso.store.rebuild.apply", stop)
    with pytest.raises(ValueError, match="stopped"):
        store.rebuild()
    assert projections(store) == before
    monkeypatch.undo()
    f.published(store, 6)
    assert [post for _, post in store.sought(((Spelling(("northern",)),),), limit=1)] == ["p6"]


def test_a_rebuild_tells_how_far_it_is(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(1, 4):
        f.published(store, n)
    monkeypatch.setattr("sayso.store.rebuild.TOLD_AFTER", 5)
    told: list[int] = []
    assert store.rebuild(told.append) == 12
    assert told == [5, 10]
