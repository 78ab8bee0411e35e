"""What came in lately, what happened since, and notes between shifts, as both databases keep them."""

from dataclasses import replace

from sayso.store import Store
from sayso.store.shifts import FORGOTTEN
from tests.store import factory as f


def stated(store: Store, *items: object) -> None:
    with store.write(actor="intake", at=f.at(0)) as w:
        for item in items:
            w.append(item)  # type: ignore[arg-type]


def test_each_source_spoke_when_its_items_say_and_versions_do_not_count(store: Store) -> None:
    first, other = f.statement(1), f.statement(2)
    stated(store, f.Stated(statement=first), f.Stated(statement=other))
    row = store.size()
    again = replace(f.statement(3), key=first.key, version=2)
    stated(store, f.Stated(statement=again), f.Stated(statement=f.statement(4)))
    source = first.source
    assert sorted(store.spoken(newest=9)[source]) == [s.said_at for s in (first, other, f.statement(4))]
    assert len(store.spoken(newest=1)[source]) == 1, "no more than that are looked at"
    assert store.statements_of(source) == 4 and store.statements_of("nobody") == 0
    assert store.came_in(since=f.statement(4).first_seen_at) == {source: 1}
    since = store.since(row, statements=9, posts=9)
    assert (since.kinds["stated"], dict(since.items), dict(since.versions)) == (2, {source: 1}, {source: 1})
    assert store.since(store.size(), statements=9, posts=9).kinds == {}


def test_notes_come_newest_first_and_go_with_their_retention(store: Store) -> None:
    for n in range(4):
        store.add_shift_note("ada", f"note {n}", at=f.at(n))
    assert [n.text for n in store.shift_notes(limit=2)] == ["note 3", "note 2"]
    assert store.purge_shift_notes(before=f.at(2)) == 2
    assert [n.text for n in store.shift_notes(limit=9)] == ["note 3", "note 2"]


def test_acts_are_those_of_one_person_newest_first(store: Store) -> None:
    for n, user in enumerate(("ada", "ben", "ada", "ada")):
        store.note_staff(user, "published", at=f.at(n))
    assert store.acts_of("ada", since=f.at(1), newest=9) == (f.at(3), f.at(2))
    assert store.acts_of("ada", since=f.at(0), newest=1) == (f.at(3),)


def test_a_takedown_erases_the_notes_that_name_what_it_takes(store: Store) -> None:
    it = f.statement(1)
    stated(store, f.Stated(statement=it))
    store.add_shift_note("ada", f"see /s/{it.id} about 100% of it", at=f.at(1))
    store.add_shift_note("ada", "100% sure", at=f.at(2))
    with store.write(actor="desk", at=f.at(3)) as w:
        w.take_down(it.id, reason="a life")
    assert [n.text for n in store.shift_notes(limit=9)] == ["100% sure", FORGOTTEN]
