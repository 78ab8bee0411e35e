"""What an operator sets for a machine, as read from `sayso.toml` and the environment."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sayso.model.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The operator's settings. An empty `database` is SQLite inside the data folder of the coverage; on PostgreSQL
    each coverage has a schema of its own.

    `base_url` is the address that readers use, without a slash at its end. `allow` names the private hosts that may
    be fetched, each as "HOST:PORT"; everything else that is private is refused. An empty `user_agent` is our own.
    `timestamp_url` is an RFC 3161 authority, `timestamp_root` the PEM file of its root; it is asked at most once in so many
    minutes. `most_readers` is how many open pages hear of changes on a stream; the others, and those whose stream broke, ask
    every `poll_s` seconds. `second_factor` names the roles that sign in with a second factor only.
    """

    data: Path
    base_url: str = "http://127.0.0.1:8900"
    host: str = "127.0.0.1"
    port: int = 8900
    database: str = ""
    allow: tuple[str, ...] = ()
    user_agent: str = ""
    proxy: str | None = None
    timestamp_url: str = ""
    timestamp_root: Path | None = None
    timestamp_minutes: int = 60
    most_readers: int = 10_000
    poll_s: int = 10
    second_factor: tuple[Role, ...] = ()

    @property
    def public_address(self) -> str:
        """`base_url` where the operator set one that others can use, "" where it leads to this machine only."""
        return "" if urlsplit(self.base_url).hostname in ("127.0.0.1", "::1", "localhost") else self.base_url
