import threading
from datetime import datetime

import pytest

from sayso.errors import BadSetting
from sayso.model.event import Attached, Captured, Corrected, Decided, Gone, Parsed, Posted, Read, Related, Stated
from sayso.store import Store
from tests.store import factory as f


def test_what_was_acknowledged_is_there_after_a_new_start(store: Store, url: str) -> None:
    f.kept(store)
    it = f.published(store, 2)
    store.close()
    again = Store.open(url)
    try:
        assert again.statement("s2") == it
        assert again.size() == 5
        assert again.verify() == ()
    finally:
        again.close()


def test_a_block_that_raises_leaves_no_trace(store: Store) -> None:
    f.published(store, 1)
    with pytest.raises(RuntimeError), store.write(actor="intake", at=f.at(2)) as w:
        f.told(w, f.statement(2), f.claim())
        assert w.statement("s2") is not None
        assert w.size() == 6
        raise RuntimeError("killed")
    assert store.statement("s2") is None
    assert store.size() == 4
    assert store.verify() == ()


def test_numbers_have_no_gap_after_a_block_that_raised(store: Store) -> None:
    with pytest.raises(RuntimeError), store.write(actor="intake", at=f.at(1)) as w:
        w.append(Stated(statement=f.statement(1)))
        raise RuntimeError("killed")
    f.published(store, 2)
    assert [row.seq for row in store.rows()] == [1, 2, 3, 4]


def test_many_threads_write_one_after_the_other(store: Store) -> None:
    def work(k: int) -> None:
        for n in range(5):
            f.published(store, k * 10 + n)

    threads = [threading.Thread(target=work, args=(k,)) for k in range(1, 7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [row.seq for row in store.rows()] == list(range(1, 121))
    assert [c.n for c in store.changes(0, 1000)] == list(range(1, 61))
    assert store.verify() == ()


def test_times_never_step_back_where_a_writer_had_to_wait(store: Store, url: str) -> None:
    other, began = Store.open(url), threading.Event()

    def late() -> None:
        began.set()
        with other.write(actor="intake", at=f.at(1)) as w:  # it looked at its clock, then waited for the lock
            w.append(Captured(capture=f.capture(1)))

    waiting = threading.Thread(target=late)
    with store.write(actor="desk", at=f.at(2)) as w:
        waiting.start()
        assert began.wait(10)
        w.append(Captured(capture=f.capture(2)))
    waiting.join()
    f.kept(store, 3)
    other.close()
    assert [row.at for row in store.rows()] == [f.at(2), f.at(2), f.at(3)]
    assert [store.size_at(f.at(n)) for n in (1, 2, 3)] == [0, 2, 3]
    assert store.verify() == ()


def test_two_processes_share_one_ledger(store: Store, url: str) -> None:
    other = Store.open(url)
    try:
        f.published(store, 1)
        f.published(other, 2)
        f.published(store, 3)
        assert other.size() == store.size() == 12
        assert store.verify() == ()
    finally:
        other.close()


def test_a_write_inside_a_write_is_a_bug_and_not_a_deadlock(store: Store) -> None:
    with (
        pytest.raises(ValueError, match="writing already"),
        store.write(actor="a", at=f.at(1)),
        store.write(actor="b", at=f.at(1)),
    ):
        pass
    f.published(store, 1)


def test_a_statement_comes_in_once(store: Store) -> None:
    f.published(store, 1)
    with pytest.raises(Exception, match=r"UNIQUE|unique"), store.write(actor="intake", at=f.at(2)) as w:
        w.append(Stated(statement=f.statement(1)))
    assert store.verify() == ()


def test_an_event_about_nothing_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="no statement s7"), store.write(actor="desk", at=f.at(1)) as w:
        w.append(Decided(statement="s7", decision="hold", by="editor"))
    with pytest.raises(ValueError, match="has no claim 4"), store.write(actor="desk", at=f.at(1)) as w:
        f.told(w, f.statement(1), f.claim())
        f.accepted(w, "s1", 4)
    assert store.size() == 0


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    naive = datetime(2031, 4, 1)
    with pytest.raises(Exception, match="without a zone"), store.write(actor="desk", at=naive) as w:
        w.append(Captured(capture=f.capture()))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("nonsense", "not an address"),
        ("mysql://host/db", "not supported"),
        ("postgresql://host:port/db", "not an address"),
        ("postgresql+psycopg2://host/db", "leave the driver out"),
        ("sqlite://", "name a file"),
        ("sqlite:////nowhere/at/all/x.sqlite3", "does not exist"),
    ],
)
def test_a_wrong_address_says_what_to_write(address: str, words: str) -> None:
    with pytest.raises(BadSetting, match=words):
        Store.open(address)


def test_a_wrong_address_is_not_told_with_its_password() -> None:
    for address in (
        "postgresql://me:secret@host:port/db",
        "mysql://me:secret@host/db",
        "postgresql+pg8000://me:secret@h/d",
    ):
        with pytest.raises(BadSetting) as err:
            Store.open(address)
        assert "secret" not in str(err.value)


def test_a_nul_in_a_key_is_stored_and_found_again(store: Store) -> None:
    it = f.statement(1, key="a\0b", text="The fleet says that\0it sails.")
    f.published(store, 1, it=it)
    assert store.latest("harbour", "a\0b") == it
    assert store.statement("s1") == it
    assert store.verify() == ()


def test_ids_sort_by_code_points(store: Store) -> None:
    names = ["Z", "a", "B", "é", "y", "_", "1", "я", "a-b", "ab", "aC"]
    for name in names:
        store.add_user(name, password_hash="x", role="editor", at=f.at(1))
    assert [u.name for u in store.users()] == sorted(names)


def test_every_kind_of_event_comes_back_from_the_ledger_as_it_went_in(store: Store) -> None:
    from sayso.store.coding import decode_event

    it = f.statement(1, enclosures=(f.enclosure(),))
    events = [
        Captured(capture=f.capture()),
        Parsed(capture="c1", items=1, unread=("half a line",)),
        Stated(statement=it),
        Read(statement="s1", reading=f.reading(f.claim(), text=it.text), questions=(("q1", "q2"),)),
        Decided(statement="s1", decision="accept", by="editor", accepted=(0,), corrected=((0, f.claim(n=13)),)),
        Posted(post=f.post(1)),
        Attached(statement="s1", media=(f.media(),), failed=("a video: too long",)),
        Related(statement="s1", posts=("p1",)),
        Corrected(post=f.post(1, version=2)),
        Gone(statement="s1", last_seen_at=f.at(9)),
    ]
    with store.write(actor="all", at=f.at(1)) as w:
        for event in events:
            w.append(event)
    assert [decode_event(row.kind, row.content or b"") for row in store.rows()] == events
