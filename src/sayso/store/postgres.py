"""Everything that only PostgreSQL needs: its settings, its write lock, its check at start, and the scrubbing.

The functions are those of `sqlite` (`backends.Backend`). Each coverage has a schema of its own, so that one database
serves several.
"""

import hashlib
import re
import time
from collections.abc import Mapping
from typing import Any, Final

import psycopg
from psycopg import sql
from sqlalchemy import Connection, Engine, Table, create_engine, delete, event, make_url, select, text, type_coerce
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool
from sqlalchemy.types import NULLTYPE

from sayso.errors import BadSetting, Refused, SaysoError, TryLater
from sayso.store import operational
from sayso.store import tables as t
from sayso.store.rebuild import Progress, replay
from sayso.store.sqlite import projections_aside

#: The oldest server that is looked after by its makers.
OLDEST: Final = 14

#: Set on every connection, for its whole life: a pooler between must give whole sessions, not transactions.
SESSION: Final = {
    "TimeZone": "UTC",
    "lock_timeout": "15s",  # as long as SQLite is waited for
    "statement_timeout": "5min",
}
#: How long a writer may lie still: a machine that fell asleep must not keep the write lock. Readers may: `verify` reads
#: a whole archive between two questions.
LONGEST_STILL: Final = "10min"

#: libpq's own settings; what the address says stands over them. A dead line is noticed within a minute.
LINE: Final = {
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
    "fallback_application_name": "sayso",
}

#: One moment for all that a block reads, as SQLite gives it.
READS: Final[dict[str, Any]] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
#: Not so a writer: its snapshot would be of before it had the lock. While it has it, nothing changes beside it.
WRITES: Final[dict[str, Any]] = {"isolation_level": "READ COMMITTED", "postgresql_readonly": False}

#: What the desk writes may quote.
_DESK: Final = (operational.staff_log, operational.shift_note, operational.draft, operational.outgoing)
#: Where words of a statement may stand: its contents, all that is made of them, and what the desk wrote about them.
HOLD_WORDS: Final = (t.content, *_DESK, *t.PROJECTIONS)

#: Rows that a rebuild reads at once to copy them.
AT_ONCE: Final = 1_000

#: How long a scrub waits for whoever still sees what was deleted.
OLDER_S: Final = 5.0

LONGEST_NAME: Final = 63  # PostgreSQL cuts longer ones without a word


def make_engine(url: str, *, coverage: str) -> Engine:
    """An engine over the coverage's schema in the database at `url`. Raises BadSetting where it cannot be one.

    `postgresql://` and `postgres://` are the same; what libpq knows (`~/.pgpass`, PGHOST, `?sslmode=...`) counts.
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as err:
        raise BadSetting(f"the database's address is not one of PostgreSQL: {_WRITE}") from err
    if address.drivername not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise BadSetting(f"the database is at {address.drivername}: leave the driver out; {_WRITE}")
    engine = create_engine(
        address.set(drivername="postgresql+psycopg"),
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=24,
        pool_timeout=30,
        pool_pre_ping=True,
        hide_parameters=True,  # an error goes into the log: H11, H12
        connect_args={k: v for k, v in LINE.items() if k not in address.query},
    ).execution_options(sayso_schema=schema_of(coverage))
    event.listen(engine, "connect", lambda connection, _: _set_up(connection, schema_of(coverage)))
    event.listen(engine, "handle_error", _without_values)
    return engine


def _without_values(context: ExceptionContext) -> None:
    """Keep of an error what it is: the server adds the row that it is about, with names and words of the desk."""
    for err in (context.original_exception, context.sqlalchemy_exception):
        if err is not None:
            err.args = tuple(_VALUES.sub("", arg) if isinstance(arg, str) else arg for arg in err.args)


#: The server's line with a row's values, in every language that it speaks.
_VALUES: Final = re.compile(r"^\w+: {2}.*\n?", re.MULTILINE)


_WRITE: Final = "write postgresql://NAME@HOST/DATABASE"


def schema_of(coverage: str) -> str:
    """The schema of a coverage: `sayso_` and its name, with underscores for hyphens; needs no quoting."""
    name = f"sayso_{coverage.replace('-', '_')}" if coverage else "sayso"
    if len(name) <= LONGEST_NAME:
        return name
    return f"{name[: LONGEST_NAME - 9]}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _set_up(connection: Any, schema: str) -> None:
    """Give a fresh driver connection the settings that every one of ours has; durable at each commit, if it was not."""
    settings = {**SESSION, "search_path": schema}
    calls = ", ".join("set_config(%s, %s, false)" for _ in settings)
    durable = "CASE WHEN current_setting('synchronous_commit') IN ('off', 'local') THEN 'on' END"
    asked = f"SELECT {calls}, set_config('synchronous_commit', coalesce({durable}, current_setting('synchronous_commit')), false)"
    connection.autocommit = True
    connection.execute(asked, [part for pair in settings.items() for part in pair])
    connection.autocommit = False


def check(engine: Engine) -> str:
    """The server's name, version and our schema. Raises BadSetting where it cannot be used, TryLater where not now."""
    asked = "current_setting('server_version_num')::int, current_setting('server_version'), "
    asked += "current_setting('server_encoding'), current_setting('fsync'), pg_is_in_recovery()"
    try:
        with engine.connect() as conn:
            number, version, encoding, fsync, standby = conn.exec_driver_sql(f"SELECT {asked}").one()
    except DBAPIError as err:
        raise _not_let_in(engine, err) or fault(engine, err) or err from err
    where = _where(engine)
    if number < OLDEST * 10_000:
        raise BadSetting(f"{where}: PostgreSQL {version} is too old; {OLDEST} and newer are supported")
    if encoding != "UTF8":
        raise BadSetting(f"{where}: the database keeps text as {encoding}; make one with ENCODING 'UTF8'")
    if fsync != "on":
        raise BadSetting(f"{where}: a power cut would lose what was acknowledged; set fsync = on on the server")
    if standby:
        raise BadSetting(f"{where}: this server is a standby and takes no writes; name the primary")
    return f"PostgreSQL {version.split()[0]}, schema {_schema(engine)}"


def lock_for_writing(conn: Connection) -> None:
    """Wait for the coverage's one writer to end, in whatever process, and be it until this transaction ends.

    So sequence numbers have no gap and commit in order (design: the ledger).
    """
    asked = "SELECT pg_advisory_xact_lock(:key), set_config('idle_in_transaction_session_timeout', :still, true)"
    conn.execute(text(asked), {"key": _lock_of(_schema(conn.engine)), "still": LONGEST_STILL})


def make_room(conn: Connection) -> None:
    """Make the schema, where there is none yet. Raises BadSetting where the account may not."""
    schema = _schema(conn.engine)
    conn.exec_driver_sql("SET LOCAL statement_timeout = 0")  # a step may have to rewrite a large table
    asked = "SELECT to_regnamespace(:schema) IS NOT NULL, has_database_privilege(current_database(), 'CREATE')"
    exists, may_create = conn.execute(text(asked), {"schema": schema}).one()
    if not exists and not may_create:
        make = f"CREATE SCHEMA {schema} AUTHORIZATION {conn.engine.url.username or 'NAME'}"
        raise BadSetting(f"{_where(conn.engine)}: this account may not make the schema; an administrator can: {make}")
    if not exists:
        conn.exec_driver_sql(f"CREATE SCHEMA {schema}")


def tell_planner(conn: Connection) -> None:
    """Nothing to do: the server counts by itself."""


def rebuild(conn: Connection, progress: Progress | None = None) -> int:
    """Make all projections anew aside, where a question takes no way over a line, and copy them into the server."""
    with projections_aside() as aside:
        applied = replay(conn, aside, progress)
        for table in t.PROJECTIONS:
            conn.execute(delete(table))
            _copy(table, aside, conn)
    return applied


def _copy(table: Table, aside: Connection, conn: Connection) -> None:
    """Add a table's rows to that of the server; SQLite holds times and numbers in the words that PostgreSQL reads."""
    driver = conn.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    names = sql.SQL(", ").join(sql.Identifier(column.name) for column in table.c)
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), names)
    as_stored = select(*(type_coerce(column, NULLTYPE) for column in table.c)).execution_options(yield_per=AT_ONCE)
    with driver.cursor() as cursor, cursor.copy(into) as copy:
        for row in aside.execute(as_stored):
            copy.write_row(row)


def scrub(engine: Engine) -> None:
    """Leave no byte of what was deleted in the database's files: rewrite each table that held words, as a new file.

    What the server writes beside them (its write-ahead log, backups, replicas) is the operator's: docs/postgresql.md.
    Waits OLDER_S seconds for transactions that still see the old rows: pages being read, the server's own analysis.
    Raises TryLater where one is still open then.
    """
    schema = _schema(engine)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.detach()  # it is closed afterwards, and the lock and the settings with it
        since = {"since": conn.exec_driver_sql("SELECT pg_current_xact_id()::text").scalar_one()}
        if not _become_none(conn, _OLDER_READERS, since):
            raise TryLater(_STILL_THERE)
        conn.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _lock_of(schema)})
        # as long as the tables need; but readers queue behind us while we wait for one of them
        conn.exec_driver_sql(
            "SELECT set_config('statement_timeout', '0', false), set_config('lock_timeout', '1s', false)"
        )
        for table in HOLD_WORDS:
            conn.exec_driver_sql(f"VACUUM (FULL) {schema}.{table.name}")
        names = [f"{schema}.{table.name}" for table in HOLD_WORDS]
        if conn.execute(text(_KEPT_FOR_OLDER), {**since, "names": names}).scalar_one():
            raise TryLater(_STILL_THERE)


def _become_none(conn: Connection, count: str, values: Mapping[str, str]) -> bool:
    """Whether what a query counts has come to nothing within OLDER_S seconds."""
    end = time.monotonic() + OLDER_S
    while conn.execute(text(count), dict(values)).scalar_one():
        if time.monotonic() > end:
            return False
        time.sleep(OLDER_S / 50)
    return True


_STILL_THERE: Final = (
    "the erased words are still in the database's files, since something (a dump?) reads as of before; once it has ended, "
    "the running server erases them within a minute or two, else the next desk command or start"
)

#: Transactions of accounts that we may look at which see rows deleted before :since; and whether one that began before
#: it still runs in any database of the server, since whoever begins to look meanwhile sees as of then.
_OLDER_READERS: Final = (
    "SELECT count(*) + CAST(pg_snapshot_xmin(pg_current_snapshot()) < CAST(:since AS xid8) AS int) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND age(backend_xmin) > age(CAST(CAST(:since AS xid8) AS xid))"
)
#: A rewritten table knows the oldest transaction that it was still kept for, whoever's that is.
_KEPT_FOR_OLDER: Final = (
    "SELECT count(*) FROM pg_class WHERE oid = ANY(CAST(:names AS regclass[]))"
    " AND age(relfrozenxid) > age(CAST(CAST(:since AS xid8) AS xid))"
)


def fault(engine: Engine, err: SQLAlchemyError) -> SaysoError | None:
    """The server's error as one of ours; None where it is none that somebody can do something about."""
    if isinstance(err, PoolTimeout):
        return TryLater(f"{_where(engine)}: all connections are in use; try again in a moment")
    if not isinstance(err, DBAPIError):
        return None
    state, where = getattr(err.orig, "sqlstate", None) or "", _where(engine)
    for start, kind, sentence in _FAULTS:
        if state.startswith(start):
            return kind(f"{where}: {sentence}")
    if err.connection_invalidated or state.startswith("08"):
        return TryLater(f"{where}: {_BROKE}")
    if not state and isinstance(err, OperationalError):
        return TryLater(f"{where}: the server cannot be reached ({_said(err)}); start it, or check host and port")
    return None


_BROKE: Final = "the connection broke; see whether the last step was stored, and repeat it if not"

#: The beginning of an SQLSTATE, and what it means for whoever asked. The longer ones come first.
_FAULTS: Final[tuple[tuple[str, type[SaysoError], str], ...]] = (
    ("55P03", TryLater, "another process keeps the database locked; try again"),
    ("57014", TryLater, "the server took too long and was stopped; nothing of this step was stored; try again"),
    ("57P", TryLater, _BROKE),
    ("25P03", TryLater, "this step lay still for too long and was given up; nothing of it was stored; repeat it"),
    ("25006", TryLater, "the server takes no writes now; is it a standby? name the primary"),
    ("40", TryLater, "two processes were in each other's way; nothing of this step was stored; repeat it"),
    ("53100", Refused, "the server's disk is full; nothing of this step was stored: free some space and repeat it"),
    ("53", TryLater, "the server has no room for this; raise max_connections or its memory, and try again"),
    ("42501", BadSetting, "this account may not use the tables; give it the schema, or use the account that made it"),
    ("XX001", BadSetting, "the database is damaged; put back the last backup"),
    ("XX002", BadSetting, "an index of the database is damaged; run REINDEX SCHEMA, or put back the last backup"),
)

#: What libpq or a server that is starting says, where the account has nothing to do with it; there is no code for it.
_NOT_NOW: Final = (
    "Connection refused", "No such file", "could not translate", "failed to resolve", "timeout", "timed out", "No route",
    "unreachable", "closed the connection", "starting up", "shutting down", "too many clients", "remaining connection",
)  # fmt: skip


def _not_let_in(engine: Engine, err: DBAPIError) -> BadSetting | None:
    """That the server turned us away, in its words; None where it is something else."""
    if getattr(err.orig, "sqlstate", None) or any(words in str(err.orig) for words in _NOT_NOW):
        return None
    what = "check the account, its password (in ~/.pgpass or SAYSO_DATABASE) and the database's name"
    return BadSetting(f"{_where(engine)}: the server does not let us in ({_said(err)}); {what}")


def _said(err: DBAPIError) -> str:
    """The last line of the server's words or the driver's, without what stands before them."""
    lines = str(err.orig).strip().splitlines() or ["no reason given"]
    return lines[-1].rpartition("failed: ")[2].removeprefix("FATAL:").strip()


def _lock_of(schema: str) -> int:
    """The number of a schema's write lock: 64 bits of a hash, since other programs may lock in the same database."""
    return int.from_bytes(hashlib.sha256(f"sayso {schema}".encode()).digest()[:8], "big", signed=True)


def _schema(engine: Engine) -> str:
    found: str = engine.get_execution_options()["sayso_schema"]
    return found


def _where(engine: Engine) -> str:
    """The address, with no password in it: not where one stands, and not in what follows the "?"."""
    return engine.url.set(drivername="postgresql", query={}).render_as_string(hide_password=True)
