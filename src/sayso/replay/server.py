"""HTTP on loopback: each source's feed or page as it stands at the story's time, with conditional GET."""

import errno
import hashlib
import json
import math
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

import structlog

from sayso.errors import BadSetting
from sayso.replay import feeds, pages
from sayso.replay.clock import StoryClock
from sayso.replay.markup import Place, media_type
from sayso.replay.shelf import Shelf, find, shelf
from sayso.replay.state import save, saved
from sayso.replay.tape import Channel, Tape, read_tape

log = structlog.get_logger()

HOST: Final = "127.0.0.1"
#: How often the clock is saved, and how far ahead of the story the saved time is: a save may be late.
SAVE_S, AHEAD_S = 1.0, 2.5
#: How long to wait for the port of a server that is just being stopped.
PORT_S = 6.0

TYPES: Final = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
    "page": "text/html; charset=utf-8",
    "live": "text/html; charset=utf-8",
    "text": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a request is answered with. `changed_at` is the story time of its last change."""

    status: HTTPStatus
    media_type: str
    body: bytes
    changed_at: datetime | None = None


class Player:
    """The story as it is told: its tape, its clock and the file in which the clock is saved. Safe from any thread."""

    def __init__(self, tape: Tape, *, state: Path | None, day_s: float | None, begin: datetime | None) -> None:
        last = saved(state) if state and begin is None else None
        replay = tape.replay
        self._ends_at, self._state, self._lock = replay.ends_at, state, threading.Lock()
        if begin is not None and begin.tzinfo is None:
            begin = begin.replace(tzinfo=replay.begins_at.tzinfo)
        self._clock = StoryClock(
            begins_at=replay.begins_at,
            ends_at=replay.ends_at,
            day_s=day_s or (last.day_s if last else replay.day_s),
            story=begin or (last.story if last else replay.opens_at),
            real_s=time.monotonic(),
        )
        self._until = self._clock.story(time.monotonic())
        self.save_ahead()

    def story(self) -> datetime:
        """The story's time now; it waits where the next save is late."""
        with self._lock:
            return min(self._clock.story(time.monotonic()), self._until)

    def save_ahead(self) -> None:
        """Save the time that the story may reach before the next save."""
        with self._lock:
            until = self._clock.story(time.monotonic() + AHEAD_S)
            if self._state:
                save(self._state, story=until, day_s=self._clock.day_s)
            self._until = until  # only now: what is not saved is not shown

    def save_exactly(self) -> None:
        """Save where the story is: nothing more is shown after it."""
        with self._lock:
            story = min(self._clock.story(time.monotonic()), self._until)
            self._until = story
            if self._state:
                save(self._state, story=story, day_s=self._clock.day_s)

    def set_speed(self, day_s: float) -> None:
        """From now on, a day of the story takes `day_s` seconds."""
        with self._lock:
            self._clock.set_speed(day_s, real_s=time.monotonic())
        self.save_ahead()

    def told_time(self) -> dict[str, object]:
        """What `/clock` says."""
        story = self.story()
        return {"story": story.isoformat(), "day_s": self._clock.day_s, "running": story < self._ends_at}


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD for sources, statements, media and the clock, and POST for the clock's speed."""

    server: "Server"
    protocol_version = "HTTP/1.1"
    server_version = "replay"
    sys_version = ""
    timeout = 30
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave in one packet: in two, the second waits 40 ms for the first's receipt

    def do_GET(self) -> None:
        """Answer with what the path shows at the story's time; 304 where the asker has it already."""
        reply = self.server.reply(self.path.partition("?")[0])
        tag = f'"{hashlib.sha256(reply.body).hexdigest()[:24]}"'
        if reply.status is HTTPStatus.OK and self._has(tag, reply.changed_at):
            reply = Reply(status=HTTPStatus.NOT_MODIFIED, media_type="", body=b"", changed_at=reply.changed_at)
        self._send(reply, tag)

    def do_HEAD(self) -> None:
        """As GET, without the body."""
        self.do_GET()

    def do_POST(self) -> None:
        """Set the clock's speed: `POST /clock {"day_s": 60}`. A page in a browser may not (it sends an Origin)."""
        size = self.headers.get("Content-Length", "0")
        body = self.rfile.read(int(size)) if size.isdigit() and int(size) <= 1024 else b""
        if self.path != "/clock" or self.headers.get("Origin"):
            self._send(_said(HTTPStatus.FORBIDDEN, "only POST /clock, and not from a browser"), "")
            return
        day_s = _speed_in(body)
        if day_s is None:
            self._send(_said(HTTPStatus.BAD_REQUEST, 'write {"day_s": SECONDS}, from 1 to 86400'), "")
            return
        self.server.player.set_speed(day_s)
        self._send(self.server.reply("/clock"), "")

    def log_message(self, format: str, *args: object) -> None:
        """One event at debug: a poller asks every second."""
        log.debug("replay.asked", line=format % args)

    def _has(self, tag: str, changed_at: datetime | None) -> bool:
        """Whether the asker has this very answer (RFC 9110, 13.1: a tag stands over a date)."""
        if (tags := self.headers.get("If-None-Match")) is not None:
            return tags.strip() == "*" or tag in (t.strip().removeprefix("W/") for t in tags.split(","))
        since = self.headers.get("If-Modified-Since")
        try:
            return bool(since and changed_at and changed_at.replace(microsecond=0) <= parsedate_to_datetime(since))
        except (ValueError, TypeError):
            return False

    def _send(self, reply: Reply, tag: str) -> None:
        self.send_response(reply.status)
        if reply.media_type:
            self.send_header("Content-Type", reply.media_type)
        if reply.changed_at:
            self.send_header("Last-Modified", format_datetime(reply.changed_at.astimezone(UTC), usegmt=True))
        if reply.status in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED) and tag:
            self.send_header("ETag", tag)
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Robots-Tag", "noindex")
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)


class Server(ThreadingHTTPServer):
    """The source server of one tape."""

    daemon_threads = True
    allow_reuse_address = True

    player: Player

    def __init__(self, port: int, tape: Tape) -> None:
        super().__init__((HOST, port), Handler)
        self._tape = tape
        self._place = Place(base=f"http://{HOST}:{self.server_address[1]}", folder=tape.folder)
        self._channels = {c.name: c for c in tape.channels}
        self._media = {m.file for t in tape.told for m in t.media}

    def reply(self, path: str) -> Reply:
        """What a path shows now."""
        parts = path.strip("/").split("/")
        if parts == ["clock"]:
            return Reply(
                status=HTTPStatus.OK, media_type="application/json", body=json.dumps(self.player.told_time()).encode()
            )
        if len(parts) == 2 and path.strip("/") in self._media:
            body = (self._tape.folder / path.strip("/")).read_bytes()
            return Reply(status=HTTPStatus.OK, media_type=media_type(parts[1]), body=body)
        channel = self._channels.get(parts[0].partition(".")[0])
        if channel is None or len(parts) > 2:
            return _said(HTTPStatus.NOT_FOUND, f"there is no source at /{'/'.join(parts)}")
        return self._statement(channel, parts[1]) if len(parts) == 2 else self._source(channel)

    def _source(self, channel: Channel) -> Reply:
        """The feed or page of a source."""
        shown = shelf(self._tape.told, channel.name, story=self.player.story())
        body = drawn(channel, shown, self._place)
        return Reply(status=HTTPStatus.OK, media_type=TYPES[channel.format], body=body, changed_at=shown.changed_at)

    def _statement(self, channel: Channel, name: str) -> Reply:
        """The page of one statement; 404 before it is said and after it was taken away."""
        entry = find(self._tape.told, channel.name, name, story=self.player.story())
        if entry is None:
            return _said(HTTPStatus.NOT_FOUND, "there is no such statement here")
        body = pages.statement_page(channel, entry, self._place)
        return Reply(status=HTTPStatus.OK, media_type=TYPES["page"], body=body, changed_at=entry.changed_at)


def drawn(channel: Channel, shown: Shelf, place: Place) -> bytes:
    """A source's shelf in the source's format."""
    match channel.format:
        case "rss":
            return feeds.rss(channel, shown, place)
        case "atom":
            return feeds.atom(channel, shown, place)
        case "json":
            return feeds.json_feed(channel, shown, place)
        case "page":
            return pages.press_page(channel, shown, place)
        case "live":
            return pages.live_page(channel, shown, place)
        case "text":
            return pages.text_page(channel, shown)
        case unknown:
            raise ValueError(f"no such format: {unknown}")


def serve(
    folder: Path,
    *,
    port: int | None = None,
    day_s: float | None = None,
    state: Path | None = None,
    begin: datetime | None = None,
    ready: Callable[[int], None] | None = None,
) -> None:
    """Tell the coverage in `folder` again until SIGTERM, Ctrl-C or the end of the process that started this one.

    `port` 0 takes any free port; `ready` is told which. `begin` starts the story anew at that time (without an offset
    it has that of `begins_at`); else it goes on where `state` says, or opens where the coverage says.
    Raises BadSetting for mistakes in the folder or a taken port.
    """
    tape = read_tape(folder)
    server = _bound(tape.replay.port if port is None else port, tape)
    # only now, with the port ours: whoever had it before has saved its clock
    player = server.player = Player(tape, state=state, day_s=day_s, begin=begin)
    stop = threading.Event()
    if threading.current_thread() is threading.main_thread():
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    log.info(
        "replay.tells", title=tape.title, port=server.server_address[1], statements=len(tape.told), **player.told_time()
    )
    if ready:
        ready(server.server_address[1])
    _keep_time(player, stop)
    server.shutdown()
    player.save_exactly()
    server.server_close()
    log.info("replay.stopped", story=player.story().isoformat())


def _keep_time(player: Player, stop: threading.Event) -> None:
    """Save the clock each second until told to stop, or until the process that started this one has ended."""
    parent = os.getppid()
    while not stop.wait(SAVE_S):
        if os.getppid() != parent:
            return  # killed without a word: its port and its state are wanted by the next one
        player.save_ahead()


def _bound(port: int, tape: Tape) -> Server:
    """The server on its port; waits a little for a port whose server is just being stopped."""
    tries = math.ceil(PORT_S / 0.2)
    for left in reversed(range(tries)):
        try:
            return Server(port, tape)
        except OSError as err:
            if err.errno != errno.EADDRINUSE or left == 0:
                advice = "stop what runs there, or write another port under [replay] in coverage.toml"
                raise BadSetting(f"{HOST}:{port} cannot be used ({err.strerror}): {advice}") from err
            time.sleep(0.2)
    raise AssertionError("the last try returns or raises")


def _speed_in(body: bytes) -> float | None:
    """The seconds of a day that a request asks for, None where it does not."""
    try:
        day_s = float(json.loads(body)["day_s"])
    except (ValueError, KeyError, TypeError):
        return None
    return day_s if 1 <= day_s <= 86_400 else None


def _said(status: HTTPStatus, words: str) -> Reply:
    return Reply(status=status, media_type="text/plain; charset=utf-8", body=f"{words}\n".encode())
