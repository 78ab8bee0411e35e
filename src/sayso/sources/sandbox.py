"""Parsing in a child process with limits on memory, processor and wall time: hostile bytes can only hurt the child.

Children are started when first needed and kept; one that hangs, dies or outgrows its limits is killed and replaced.
"""

import contextlib
import os
import queue
import select
import struct
import subprocess
import sys
import time
from typing import Final

import msgspec
import structlog

from sayso.errors import SourceChanged
from sayso.sources.context import Context, ParsedItems

log = structlog.get_logger()

WALL_S: Final = 10.0
START_S: Final = 30.0
CHILDREN: Final = 2
FEED_BYTES: Final = 2 * 2**20
PAGE_BYTES: Final = 5 * 2**20
MAX_BYTES: Final = {"feed": FEED_BYTES, "json": FEED_BYTES}
LENGTH: Final = struct.Struct(">I")


class Task(msgspec.Struct, frozen=True):
    """What a child is asked."""

    kind: str
    body: bytes
    context: Context


class Outcome(msgspec.Struct, frozen=True):
    """What a child answers: what it found, or why it could not."""

    found: ParsedItems | None = None
    why: str = ""


class Parser:
    """A few child processes that parse, one task at a time each. Safe from several threads."""

    def __init__(self, *, children: int = CHILDREN, wall_s: float = WALL_S) -> None:
        self.wall_s = wall_s
        # a stack: the child that worked last is warm and works next; the others may never be started
        self._idle: queue.LifoQueue[Child] = queue.LifoQueue()
        self._all = [Child() for _ in range(children)]
        for child in self._all:
            self._idle.put(child)

    def parse(self, kind: str, body: bytes, context: Context) -> ParsedItems:
        """What the bytes hold. Raises SourceChanged with the reason where they cannot be read."""
        most = MAX_BYTES.get(kind, PAGE_BYTES)
        if len(body) > most:
            raise SourceChanged(f"{context.url} is {len(body) / 2**20:.1f} MB; a {kind} may have {most // 2**20} MB")
        if not body.strip(b" \t\r\n\0"):
            raise SourceChanged(f"{context.url} answers with an empty file; if that lasts, check the source's address")
        child = self._idle.get()
        try:
            answer = child.ask(msgspec.msgpack.encode(Task(kind, body, context)), wall_s=self.wall_s)
        except Stopped as err:
            log.warning("sources.parser_killed", source=context.source, kind=kind, why=str(err))
            raise SourceChanged(f"{context.url} could not be read as a {kind}: {err}") from err
        finally:
            self._idle.put(child)
        outcome = msgspec.json.decode(answer, type=Outcome)  # JSON: times keep their offsets
        if outcome.found is None:
            raise SourceChanged(outcome.why)
        return outcome.found

    def close(self) -> None:
        """Ends the children."""
        for child in self._all:
            child.stop()


class Stopped(Exception):
    """The child was ended before it answered; the text says why."""


class Child:
    """One child process and the pipes to it; started anew after each end."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, task: bytes, *, wall_s: float) -> bytes:
        """The answer to a task. Raises Stopped when the child took too long or died; it is then gone."""
        process = self._running()
        assert process.stdin and process.stdout
        until = time.monotonic() + wall_s
        try:
            send(process.stdin.fileno(), LENGTH.pack(len(task)) + task, until)
            length = LENGTH.unpack(receive(process.stdout.fileno(), LENGTH.size, until))[0]
            return receive(process.stdout.fileno(), length, until)
        except TimeoutError as err:
            self.stop()
            raise Stopped(f"it took longer than {wall_s:g} seconds") from err
        except (EOFError, BrokenPipeError) as err:
            self.stop()
            raise Stopped("it needed more memory or processor time than is allowed") from err
        except BaseException:
            self.stop()  # half an answer in the pipe would be taken for the next one
            raise

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "sayso.sources.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={k: v for k, v in os.environ.items() if k in ("PATH", "PYTHONPATH", "LANG", "LC_ALL")},
            )
            self._wait_until_ready(self._process)
        return self._process

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout
        try:
            receive(process.stdout.fileno(), 1, time.monotonic() + START_S)
        except (TimeoutError, EOFError) as err:
            self.stop()
            raise Stopped("the parser could not be started") from err

    def stop(self) -> None:
        """Kills the process, if there is one."""
        if self._process is None:
            return
        process, self._process = self._process, None
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()


def send(handle: int, data: bytes, until: float) -> None:
    """Writes all bytes to a pipe. Raises TimeoutError, BrokenPipeError."""
    os.set_blocking(handle, False)
    left = memoryview(data)
    while left:
        wait_for([], [handle], until)
        with contextlib.suppress(BlockingIOError):
            left = left[os.write(handle, left) :]


def receive(handle: int, size: int, until: float) -> bytes:
    """That many bytes from a pipe. Raises TimeoutError, EOFError."""
    found = bytearray()
    while len(found) < size:
        wait_for([handle], [], until)
        chunk = os.read(handle, min(size - len(found), 1 << 20))
        if not chunk:
            raise EOFError
        found += chunk
    return bytes(found)


def wait_for(readable: list[int], writable: list[int], until: float) -> None:
    """Returns when the pipe is ready. Raises TimeoutError."""
    left = until - time.monotonic()
    poll = select.poll()  # not select(): a server with many readers has handles above 1024
    for handle in readable:
        poll.register(handle, select.POLLIN)
    for handle in writable:
        poll.register(handle, select.POLLOUT)
    if left <= 0 or not poll.poll(left * 1000):
        raise TimeoutError
