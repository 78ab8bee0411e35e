from datetime import timedelta

import pytest

from sayso.errors import Refused
from sayso.store import Store
from tests.store import factory as f


def test_a_failure_keeps_the_last_success(store: Store) -> None:
    assert store.fetch_state("harbour").ok_at is None
    store.note_fetch("harbour", at=f.at(1), ok=True, etag='"a"', last_modified="yesterday")
    store.note_fetch("harbour", at=f.at(2), ok=False, error="no route")
    store.note_fetch("harbour", at=f.at(3), ok=False, error="still no route")
    known = store.fetch_state("harbour")
    assert (known.ok_at, known.asked_at, known.failures, known.error) == (f.at(1), f.at(3), 2, "still no route")
    assert (known.etag, known.last_modified) == ('"a"', "yesterday")
    store.note_fetch("harbour", at=f.at(4), ok=True)
    assert store.health()[0].error is None
    assert store.health()[0].failures == 0
    store.note_fetch("fort", at=f.at(5), ok=False, error="gone")
    assert [(h.source, h.ok_at, h.failures) for h in store.health()] == [("fort", None, 1), ("harbour", f.at(4), 0)]


def test_operations_leave_the_ledger_alone(store: Store) -> None:
    store.note_fetch("harbour", at=f.at(1), ok=True)
    store.add_user("editor", password_hash="x", role="editor", at=f.at(1))
    store.note_staff("editor", "login", at=f.at(1))
    assert store.size() == 0
    assert store.rows() == ()


def test_an_account_signs_in_until_its_session_ends(store: Store) -> None:
    store.add_user("editor", password_hash="hash", role="editor", at=f.at(0))
    with pytest.raises(Refused, match="already"):
        store.add_user("editor", password_hash="other", role="editor", at=f.at(0))
    assert store.password_hash("editor") == "hash"
    assert store.password_hash("nobody") is None
    store.open_session("t1", user="editor", at=f.at(0), until=f.at(60))
    found = store.session("t1", at=f.at(59))
    assert found is not None
    assert found.user == "editor"
    assert store.session("t1", at=f.at(60)) is None
    store.open_session("t2", user="editor", at=f.at(61), until=f.at(90))
    store.set_password("editor", password_hash="new")
    assert store.session("t2", at=f.at(62)) is None
    with pytest.raises(Refused, match="no account"):
        store.set_password("nobody", password_hash="new")
    store.open_session("t3", user="editor", at=f.at(61), until=f.at(90))
    store.close_session("t3")
    assert store.session("t3", at=f.at(62)) is None


def test_failed_tries_are_counted_also_for_names_that_do_not_exist(store: Store) -> None:
    for n in range(3):
        store.note_failed_login("nobody", at=f.at(n))
    assert store.failed_logins("nobody", since=f.at(1)) == 2
    assert store.purge_failed_logins(before=f.at(2)) == 2
    assert store.failed_logins("nobody", since=f.at(0)) == 1
    store.forget_failed_logins("nobody")
    assert store.failed_logins("nobody", since=f.at(0)) == 0


def test_the_staff_log_is_erased_when_its_time_is_over(store: Store) -> None:
    for n in range(4):
        store.note_staff("editor", "publish", at=f.at(n), detail=f"s{n}")
    assert [note.detail for note in store.staff_log(limit=2)] == ["s3", "s2"]
    assert store.purge_staff(before=f.at(2)) == 2
    assert [note.at for note in store.staff_log(limit=9)] == [f.at(3), f.at(3) - timedelta(minutes=1)]


def test_a_setting_is_kept(store: Store) -> None:
    assert store.setting("zone") is None
    store.set_setting("zone", b"one")
    store.set_setting("zone", b"two")
    assert store.setting("zone") == b"two"
