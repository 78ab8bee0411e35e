"""The database's form, step by step: one file in `versions` a step, run when a store is opened."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import Connection, inspect, text

from sayso.errors import BadSetting
from sayso.store.backends import BACKENDS

#: The newest step. A test holds that it is the last file in `versions`.
HEAD: Final = "0012"


def migrate(conn: Connection) -> None:
    """Bring the database to the form that this version of sayso works with, in the transaction that is open, and make what
    the ledger can tell anew.

    Raises BadSetting where a newer version made it.
    """
    if _revision(conn) == HEAD:
        return
    try:
        command.upgrade(config_for(conn), HEAD)
        BACKENDS[conn.dialect.name].rebuild(conn)
    except CommandError as err:
        what = f"made by a newer version of sayso ({_revision(conn)}); use that version"
        raise BadSetting(f"{conn.engine.url.database}: {what}") from err


def config_for(conn: Connection) -> Config:
    """Alembic's settings for an open connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = conn
    return config


def _revision(conn: Connection) -> str | None:
    if not inspect(conn).has_table("alembic_version"):
        return None
    found: str | None = conn.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found
