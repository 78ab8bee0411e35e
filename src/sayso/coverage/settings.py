"""`sayso.toml` and the environment over it: what an operator sets for a machine."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from sayso.coverage.sheet import Sheet, Table, fault_of_address, read_sheet
from sayso.errors import BadSetting
from sayso.model.mistake import Mistake
from sayso.model.roles import ROLES, Role
from sayso.model.settings import Settings

HINT = 'write settings as port = 8900 or data = "data", or delete the file: every setting has a default'
PORT = 8900
STAMPING = ("timestamp_url", "timestamp_root", "timestamp_minutes")
WHOLE = ("port", "timestamp_minutes", "most_readers", "poll_s")
READERS = ("most_readers", "poll_s")
LISTS = ("allow", "second_factor")
#: Environment variable -> setting. `SAYSO_ALLOW` and `SAYSO_SECOND_FACTOR` are lists with commas.
VARIABLES = {
    f"SAYSO_{key.upper()}": key
    for key in ("base_url", "host", "port", "data", "database", *LISTS, "user_agent", "proxy", *STAMPING, *READERS)
}


def load_settings(where: Path, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings in `where` (a coverage's folder, or a settings file) with the environment's variables over them.

    A missing file means the defaults. A relative `data` is a folder beside the file. Raises BadSetting with every
    mistake, one a line.
    """
    path = where / "sayso.toml" if where.is_dir() else where
    sheet = _sheet(path)
    environ = os.environ if environ is None else environ
    settings = _settings(sheet.root(), path.parent, environ)
    sheet.nothing_else()
    if sheet.mistakes:
        over = ", ".join(v for v in VARIABLES if environ.get(v))
        head = f"the settings are wrong (the environment sets {over}):" if over else "the settings are wrong:"
        raise BadSetting("\n".join([head, *map(str, sheet.mistakes)]))
    return settings


def settings_mistakes(path: Path) -> tuple[Mistake, ...]:
    """Every mistake in the settings file; none where there is no such file."""
    sheet = _sheet(path)
    _settings(sheet.root(), path.parent, {})
    sheet.nothing_else()
    return tuple(sheet.mistakes)


def _sheet(path: Path) -> Sheet:
    """The file, or an empty sheet where there is none."""
    return read_sheet(path, hint=HINT) if path.exists() else Sheet(path=path)


def _settings(table: Table, folder: Path, environ: Mapping[str, str]) -> Settings:
    """What the table says, the environment first."""
    for variable, key in VARIABLES.items():
        if environ.get(variable):
            table.values[key] = _from_environment(key, environ[variable])
    host = table.text("host", "127.0.0.1")
    port = table.whole("port", 1, 65_535, PORT)
    data = Path(table.text("data", "data")).expanduser()
    settings = Settings(
        data=data if data.is_absolute() else folder / data,
        host=host,
        port=port,
        base_url=table.address("base_url").rstrip("/") or _own_address(host, port),
        database=_database(table),
        allow=_allowed(table),
        user_agent=table.text("user_agent"),
        proxy=table.address("proxy") or None,
        timestamp_url=table.address("timestamp_url"),
        timestamp_root=folder / root if (root := table.text("timestamp_root")) else None,
        timestamp_minutes=table.whole("timestamp_minutes", 1, 10_080, 60),
        most_readers=table.whole("most_readers", 0, 1_000_000, 10_000),
        poll_s=table.whole("poll_s", 2, 3_600, 10),
        second_factor=_roles(table),
    )
    table.done()
    return settings


def _from_environment(key: str, value: str) -> object:
    """A variable as TOML would give it."""
    if key in LISTS:
        return [part.strip() for part in value.split(",") if part.strip()]
    return int(value) if key in WHOLE and value.isascii() and value.isdigit() else value


def _own_address(host: str, port: int) -> str:
    """Where this machine reaches its own pages."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host  # noqa: S104 - compared
    return f"http://{shown}:{port}"


def _database(table: Table) -> str:
    """The database's address; empty for SQLite in the data folder."""
    url = table.text("database")
    if url and not url.startswith(("sqlite:", "postgresql:", "postgres:", "postgresql+psycopg:")):
        what = f'database = "{url.rpartition("@")[2]}" is not an address of SQLite or PostgreSQL'
        table.wrong("database", what, 'write "postgresql://HOST/NAME" or "sqlite:////PATH", or leave it out')
    return url


def _roles(table: Table) -> tuple[Role, ...]:
    """The roles that need a second factor."""
    named = table.texts("second_factor")
    for i, name in enumerate(named):
        if name not in ROLES:
            what = f'second_factor = "{name}" is no role'
            table.sheet.wrong(table.line("second_factor", i), what, f"write one of {', '.join(ROLES)}")
    return tuple(role for role in ROLES if role in named)


def _allowed(table: Table) -> tuple[str, ...]:
    """The private hosts that may be fetched, each with its port."""
    pairs = table.texts("allow")
    for i, pair in enumerate(pairs):
        if (
            fault_of_address(f"http://{pair}")
            or urlsplit(f"http://{pair}").netloc != pair
            or not urlsplit(f"http://{pair}").port
        ):
            what = f'allow = "{pair}" is not a host with a port'
            table.sheet.wrong(table.line("allow", i), what, 'write "HOST:PORT", as "127.0.0.1:8907"')
    return pairs
