"""What holds of PostgreSQL alone: its schemas, locks, settings, and what is said when it is away or not ours."""

import contextlib
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import LargeBinary, make_url, text
from sqlalchemy.exc import OperationalError, PendingRollbackError

from sayso.errors import BadSetting, Refused, SaysoError, TryLater
from sayso.store import Store
from sayso.store import postgres as backend
from sayso.store.columns import Text
from tests.postgres import Server
from tests.store import factory as f


@pytest.fixture
def store(postgres: str) -> Iterator[Store]:
    made = Store.open(postgres)
    yield made
    made.close()


def asked(store: Store, sql: str) -> list[tuple[object, ...]]:
    with store._connection() as conn:
        return [tuple(row) for row in conn.exec_driver_sql(sql)]


def test_text_sorts_by_code_points_and_numbers_have_64_bits(store: Store) -> None:
    found = asked(
        store,
        "SELECT data_type, collation_name, count(*) FROM information_schema.columns WHERE table_schema = 'sayso' "
        "AND table_name <> 'alembic_version' GROUP BY 1, 2",
    )
    assert {(kind, collation) for kind, collation, _ in found} == {
        ("character varying", "C"), ("text", "C"), ("bigint", None), ("bytea", None), ("boolean", None),
    }  # fmt: skip


def test_the_planner_keeps_no_samples_of_words(store: Store) -> None:
    rows = asked(
        store,
        "SELECT relname, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid "
        "WHERE relnamespace = 'sayso'::regnamespace AND attstattarget = 0",
    )
    words = {
        (table.name, column.name)
        for table in backend.HOLD_WORDS
        for column in table.c
        if isinstance(column.type, Text | LargeBinary)
    }
    named = {("statement", "key"), ("answer", "question"), ("answer", "mouth"), ("correction", "mouth")}
    named |= {("mouth", "question"), ("mouth", "mouth"), ("question", "id")}
    assert (words | named) - set(rows) == set()


def test_every_commit_is_durable_and_every_session_keeps_utc(store: Store, postgres: str) -> None:
    name = make_url(postgres).database
    with store._writing() as conn:
        assert conn.exec_driver_sql("SHOW transaction_isolation").scalar() == "read committed"
        conn.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
        conn.execute(text(f"ALTER DATABASE {name} SET TimeZone = 'Asia/Tokyo'"))
    again = Store.open(postgres)
    try:
        for setting, value in (("synchronous_commit", "on"), ("TimeZone", "UTC"), ("lock_timeout", "15s")):
            assert asked(again, f"SHOW {setting}") == [(value,)]
        assert asked(again, "SHOW transaction_isolation") == [("repeatable read",)]
    finally:
        again.close()
        with store._writing() as conn:
            conn.execute(text(f"ALTER DATABASE {name} RESET ALL"))


def test_two_coverages_share_a_database_and_nothing_in_it(postgres: str) -> None:
    one, two = Store.open(postgres, coverage="north-war"), Store.open(postgres, coverage="south-war")
    try:
        f.published(one, 1)
        assert (one.size(), two.size()) == (4, 0)
        f.published(two, 1)
        assert one.verify() == two.verify() == ()
    finally:
        one.close()
        two.close()


def test_a_schema_is_named_after_its_coverage() -> None:
    assert backend.schema_of("north-war") == "sayso_north_war"
    assert backend.schema_of("") == "sayso"
    first, second = (backend.schema_of("a" * 62 + end) for end in "bc")
    assert first != second
    assert len(first) == len(second) == 63


def test_many_that_start_at_once_make_the_tables_once(postgres: str) -> None:
    opened, failed = list[Store](), list[BaseException]()

    def start() -> None:
        try:
            opened.append(Store.open(postgres, coverage="new"))
        except BaseException as err:  # noqa: BLE001 - told below
            failed.append(err)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    f.published(opened[0], 1)
    assert [s.size() for s in opened] == [4] * 4
    for made in opened:
        made.close()


WRITER = """
import sys
from sayso.store import Store
from tests.store import factory as f
store, first = Store.open(sys.argv[1]), int(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
for n in range(first, first + 12):
    f.published(store, n)
"""


def test_two_processes_that_write_at_once_leave_no_gap(store: Store, postgres: str) -> None:
    command = [sys.executable, "-c", WRITER, postgres]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    writers = [subprocess.Popen([*command, first], **pipes) for first in ("100", "200")]  # type: ignore[call-overload]
    for writer in writers:
        assert writer.stdout.readline() == b"ready\n"
    for writer in writers:
        writer.communicate(b"go\n", timeout=60)
        assert writer.returncode == 0
    assert [row.seq for row in store.rows()] == list(range(1, 97))
    assert [c.n for c in store.changes(0, 1000)] == list(range(1, 49))
    assert store.verify() == ()


def test_a_reader_sees_one_moment(store: Store) -> None:
    f.published(store, 1)
    with store._connection() as conn:
        before = conn.execute(text("SELECT count(*) FROM ledger")).scalar()
        f.published(store, 2)
        assert conn.execute(text("SELECT count(*) FROM ledger")).scalar() == before == 4
    assert store.size() == 8


@contextlib.contextmanager
def impatient(postgres: str, monkeypatch: pytest.MonkeyPatch, setting: str) -> Iterator[Store]:
    monkeypatch.setitem(backend.SESSION, setting, "1s")
    other = Store.open(postgres)
    try:
        yield other
    finally:
        other.close()


def test_a_writer_that_waits_for_too_long_may_try_later(
    store: Store, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with impatient(postgres, monkeypatch, "lock_timeout") as other:
        with store.write(actor="desk", at=f.at(1)) as w:
            f.told(w, f.statement(1), f.claim())
            with pytest.raises(TryLater, match="another process"):
                f.published(other, 2)
        f.published(other, 2)
    assert store.verify() == ()


def test_a_question_that_takes_too_long_is_stopped(postgres: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with impatient(postgres, monkeypatch, "statement_timeout") as other:
        with pytest.raises(TryLater, match="took too long"), other._connection() as conn:
            conn.execute(text("SELECT pg_sleep(20)"))
        f.published(other, 1)


def test_a_step_that_lies_still_gives_the_write_lock_back(
    store: Store, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with contextlib.closing(Store.open(postgres)) as other, monkeypatch.context() as patch:
        patch.setattr(backend, "LONGEST_STILL", "300ms")
        with pytest.raises((TryLater, PendingRollbackError)), other.write(actor="asleep", at=f.at(1)) as w:
            f.told(w, f.statement(1), f.claim())
            time.sleep(0.6)
            f.accepted(w, "s1", 0)
    f.published(store, 2)
    assert store.statement("s1") is None


def end_sessions(postgres: str) -> None:
    with psycopg.connect(postgres, autocommit=True) as conn:
        conn.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'sayso'")


def test_a_connection_that_broke_in_between_is_made_anew(store: Store, postgres: str) -> None:
    f.published(store, 1)
    end_sessions(postgres)
    f.published(store, 2)
    assert store.size() == 8


def test_a_connection_that_breaks_in_the_middle_stores_nothing(store: Store, postgres: str) -> None:
    with pytest.raises(TryLater, match="connection broke"), store.write(actor="intake", at=f.at(1)) as w:
        f.told(w, f.statement(1), f.claim())
        end_sessions(postgres)
        f.accepted(w, "s1", 0)
    assert store.size() == 0
    f.published(store, 1)
    assert store.verify() == ()


def test_a_scrub_tells_of_those_who_still_read_the_old_rows(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backend, "OLDER_S", 0.1)
    f.published(store, 1)
    with store._connection() as reader:
        reader.execute(text("SELECT 1"))
        with store.write(actor="desk", at=f.at(2)) as w:
            w.take_down("s1", reason="r")
        with pytest.raises(TryLater, match="as of before"):
            store.scrub()
        monkeypatch.setattr(backend, "_OLDER_READERS", "SELECT 0")  # as for another account, which we cannot look at
        with pytest.raises(TryLater, match="as of before"):
            store.scrub()
    store.scrub()
    f.published(store, 2)
    assert store.verify() == ()


@pytest.mark.parametrize("where", ["this database", "another database"])
def test_a_scrub_waits_for_those_who_soon_have_read(store: Store, postgres: str, where: str) -> None:
    f.published(store, 1)
    address = (
        postgres if where == "this database" else make_url(postgres).set(database="postgres").render_as_string(False)
    )
    with psycopg.connect(address) as other:
        other.execute("SELECT pg_current_xact_id()")
        with store.write(actor="desk", at=f.at(2)) as w:
            w.take_down("s1", reason="r")
        ending = threading.Timer(0.3, other.rollback)
        ending.start()
        store.scrub()
        ending.join()
    assert store.verify() == ()


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"database": "nowhere"}, BadSetting, 'database "nowhere" does not exist'),
        ({"username": "nobody-at-all"}, BadSetting, "check the account"),
        ({"query": {"host": "/nowhere/at/all"}}, TryLater, "cannot be reached"),
        ({"query": {}, "host": "127.0.0.1", "port": 1}, TryLater, "cannot be reached"),
        ({"query": {}, "host": "no-such-host.invalid"}, TryLater, "cannot be reached"),
    ],
)
def test_a_server_that_is_not_there_says_what_to_do(
    server: Server, changes: dict[str, object], kind: type[SaysoError], words: str
) -> None:
    address = make_url(server.url("postgres")).set(**{"password": "not-told", **changes})  # type: ignore[arg-type]
    with pytest.raises(kind, match=words) as err:
        Store.open(address.render_as_string(hide_password=False))
    assert "not-told" not in str(err.value)


def test_a_wrong_password_says_what_to_do(server: Server) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as conn:
        conn.execute("CREATE ROLE keeper LOGIN PASSWORD 'right'")
    rules = server.data / "pg_hba.conf"
    open_to_all = rules.read_text()
    try:
        rules.write_text(f"local all keeper scram-sha-256\n{open_to_all}")
        with psycopg.connect(server.url("postgres"), autocommit=True) as conn:
            conn.execute("SELECT pg_reload_conf()")
        with pytest.raises(BadSetting, match=r"password authentication failed.*check the account") as err:
            Store.open(server.url("postgres", user="keeper", password="wrong"))
        assert "wrong" not in str(err.value)
    finally:
        rules.write_text(open_to_all)
        with psycopg.connect(server.url("postgres"), autocommit=True) as conn:
            conn.execute("SELECT pg_reload_conf()")
            conn.execute("DROP ROLE keeper")


def test_an_account_that_may_not_make_the_schema_says_who_can(server: Server) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as conn:
        conn.execute("CREATE ROLE reporter LOGIN")
    try:
        with pytest.raises(BadSetting, match="CREATE SCHEMA sayso_fjord AUTHORIZATION reporter"):
            Store.open(server.url("postgres", user="reporter"), coverage="fjord")
    finally:
        with psycopg.connect(server.url("postgres"), autocommit=True) as conn:
            conn.execute("DROP ROLE reporter")


def test_an_old_server_is_refused(postgres: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backend, "OLDEST", 99)
    with pytest.raises(BadSetting, match="is too old; 99 and newer"):
        Store.open(postgres)


def test_a_database_that_cannot_hold_every_script_is_refused(server: Server) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as conn:
        conn.execute("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    with pytest.raises(BadSetting, match=r"LATIN1.*UTF8"):
        Store.open(server.url("latin"))


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (psycopg.errors.DiskFull, Refused, "disk is full"),
        (psycopg.errors.TooManyConnections, TryLater, "max_connections"),
        (psycopg.errors.ReadOnlySqlTransaction, TryLater, "standby"),
        (psycopg.errors.DeadlockDetected, TryLater, "repeat it"),
        (psycopg.errors.DataCorrupted, BadSetting, "damaged"),
        (psycopg.errors.InsufficientPrivilege, BadSetting, "account"),
    ],
)
def test_what_the_server_complains_of_says_what_to_do(
    store: Store, error: type[psycopg.Error], kind: type[SaysoError], words: str
) -> None:
    with pytest.raises(kind, match=words), store._connection():
        raise OperationalError("SELECT", None, error())


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_usual_form_of_the_address_is_taken(postgres: str, scheme: str) -> None:
    made = Store.open(postgres.replace("postgresql", scheme, 1))
    f.published(made, 1)
    assert made.size() == 4
    made.close()
