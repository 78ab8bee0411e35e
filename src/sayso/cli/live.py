"""`sayso live`: one process that polls, reads, and shows the page and the desk."""

import asyncio
import contextlib
import logging
import resource
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import click
import structlog
import uvicorn

from sayso.coverage import load_settings
from sayso.errors import BadSetting
from sayso.flow.arrival.proposing import proposing_for
from sayso.flow.live import replay_server, run
from sayso.flow.newsroom import Newsroom, open_newsroom
from sayso.flow.setup.configuring import note_configuration
from sayso.flow.shift.staff import first_password
from sayso.model.settings import Settings
from sayso.web.app import make_app

#: What the kernel may hold for one reader who does not take it (it would go up to megabytes).
SEND_BUFFER_BYTES: Final = 262_144
GONE_AFTER_MS: Final = 60_000
#: Open files that are not for readers' streams: the database, sources, pages that are being loaded.
OTHER_FILES: Final = 256


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--day-s", type=click.FloatRange(min=1), help="Replay: seconds that a day of the story takes.")
@click.option(
    "--from",
    "begin",
    metavar="TIME",
    help="Replay: begin anew at this time of the story, as 2020-10-05 or 2020-10-05T06:00+04:00.",
)
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the pages (else as in sayso.toml, else 8900).")
@click.option("--feeds", is_flag=True, help="Serve feeds of a REPLAY too; they say REPLAY in every entry.")
@click.option("--quiet", is_flag=True, help="Log warnings only.")
def live(folder: Path, day_s: float | None, begin: str | None, port: int | None, *, feeds: bool, quiet: bool) -> None:
    """Run the coverage in FOLDER until Ctrl-C: poll its sources, read what they say, serve the page and the desk.

    Run again, it goes on where it was.
    """
    set_up_logs(quiet=quiet)
    settings = load_settings(folder)
    settings = replace(settings, most_readers=min(settings.most_readers, max(0, open_files() - OTHER_FILES)))
    if port is not None:
        own = f":{settings.port}"  # an address that the operator did not set follows the port
        base_url = (
            settings.base_url.removesuffix(own) + f":{port}" if settings.base_url.endswith(own) else settings.base_url
        )
        settings = replace(settings, port=port, base_url=base_url)
    room = open_newsroom(folder, settings=settings)
    try:
        note_configuration(room)
        proposing = proposing_for(room)  # first, so that what is missing for it is said before anything starts
        with listening(settings) as sock, sources_of(room, day_s=day_s, begin=begin):
            app, broadcast, hub = make_app(room, feeds=feeds)
            config = uvicorn.Config(
                app, loop="uvloop", http="httptools", log_level="warning", access_log=False, timeout_graceful_shutdown=2
            )
            announce(room, first_password(room.store))
            with contextlib.suppress(KeyboardInterrupt):  # Ctrl-C: all is stopped and told by then
                server = Server(config, sock, on_stop=room.leave)
                asyncio.run(run(room, server, broadcast=broadcast, pump=hub.run, proposing=proposing))
    finally:
        room.close()
    click.echo("\nStopped. Run the same command again to go on.", err=True)


class Server(uvicorn.Server):
    """uvicorn on a socket that is already bound, so that a taken port is said before anything starts.

    `on_stop` ends the open streams first: they would never end by themselves.
    """

    def __init__(self, config: uvicorn.Config, sock: socket.socket, *, on_stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._sock = sock
        self._on_stop = on_stop

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until told to stop."""
        await super().serve(sockets or [self._sock])

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, then what uvicorn ends."""
        self._on_stop()
        await super().shutdown(sockets)


def open_files() -> int:
    """How many files this process may have open from now on: as many as it can be allowed."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most if most != resource.RLIM_INFINITY else sys.maxsize


@contextlib.contextmanager
def listening(settings: Settings) -> Iterator[socket.socket]:
    """A socket bound to the settings' host and port. Raises BadSetting with what to do where the port is taken."""
    sock = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)  # of every reader's line, too
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux: who takes nothing for so long is gone
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, GONE_AFTER_MS)
    try:
        sock.bind((settings.host, settings.port))
    except OSError as err:
        sock.close()
        raise BadSetting(
            f"{settings.host}:{settings.port} cannot be used ({err.strerror}): "
            "stop what runs there, or choose another with --port"
        ) from err
    with sock:
        yield sock


def sources_of(room: Newsroom, *, day_s: float | None, begin: str | None) -> contextlib.AbstractContextManager[object]:
    """The replay's source server for as long as the block lasts; nothing for a coverage of the world."""
    replay = room.coverage.replay
    if replay is None:
        if day_s is not None or begin is not None:
            raise BadSetting("--day-s and --from are for a replay; this coverage has no [replay] in coverage.toml")
        return contextlib.nullcontext()
    data = room.settings.data / room.coverage.name
    return replay_server(room.coverage.folder, replay, data=data, day_s=day_s, begin=begin)


def announce(room: Newsroom, password: str | None) -> None:
    """Say where to look and what is happening."""
    base = (
        f"http://{'127.0.0.1' if room.settings.host in ('0.0.0.0', '::') else room.settings.host}:{room.settings.port}"  # noqa: S104 - compared, not bound
    )
    coverage = room.coverage
    click.echo(f"\n  {coverage.title}")
    if coverage.replay:
        click.echo("  REPLAY: told again from public reports; nothing here is happening now")
    click.echo(f"\n  page  {base}/c/{coverage.name}/")
    click.echo(f"  desk  {base}/desk/")
    if password:
        click.echo(f"        password (shown this once): {password}")
    click.echo(
        f"\n  polling {len(coverage.sources)} sources; data in {room.settings.data / coverage.name}; Ctrl-C stops\n"
    )


def set_up_logs(*, quiet: bool) -> None:
    """Logs as events with keys on standard error."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING if quiet else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
