"""Parsing in a child process with limits on memory, processor and wall time: hostile bytes can only hurt the child.

The child is started once and kept; one that dies, hangs or outgrows its limits is killed and replaced.
"""

import multiprocessing
import resource
import threading
from multiprocessing.connection import Connection
from typing import Final

import msgspec
import structlog

from sayso.errors import SourceChanged
from sayso.sources.context import Context, ParsedItems

log = structlog.get_logger()

WALL_S: Final = 10.0
CPU_S: Final = 3600  # of a child's whole life; one parse is bounded by WALL_S
MEMORY_BYTES: Final = 768 * 2**20
MAX_BYTES: Final = {"feed": 2 * 2**20, "json": 2 * 2**20, "page": 5 * 2**20, "live_page": 5 * 2**20, "text": 5 * 2**20}


class Answered(msgspec.Struct, frozen=True):
    """What the child sends back: the items, or why there are none."""

    found: ParsedItems | None = None
    changed: str | None = None


class Parser:
    """A child process that parses. Safe from several threads: one at a time."""

    def __init__(self, *, wall_s: float = WALL_S) -> None:
        self._wall_s = wall_s
        self._lock = threading.Lock()
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None

    def parse(self, kind: str, body: bytes, context: Context) -> ParsedItems:
        """The items in the bytes. Raises SourceChanged with the reason where they cannot be read."""
        cap = MAX_BYTES.get(kind, 5 * 2**20)
        if len(body) > cap:
            raise SourceChanged(f"{len(body) / 2**20:.1f} MB is more than a {kind} may have ({cap // 2**20} MB)")
        if not body.strip():
            raise SourceChanged("the file is empty")
        with self._lock:
            raw = self._ask(msgspec.msgpack.encode((kind, body, context)), kind)
        answer = msgspec.msgpack.decode(raw, type=Answered)
        if answer.found is None:
            raise SourceChanged(answer.changed or "it could not be read")
        return answer.found

    def _ask(self, question: bytes, kind: str) -> bytes:
        pipe = self._started()
        try:
            pipe.send_bytes(question)
            if not pipe.poll(self._wall_s):
                self._stop()
                raise SourceChanged(f"it took longer than {self._wall_s:g} s to read as a {kind}")
            return pipe.recv_bytes()
        except (EOFError, BrokenPipeError, ConnectionResetError) as err:
            self._stop()
            raise SourceChanged(f"reading it as a {kind} needed more memory or time than is allowed") from err

    def _started(self) -> Connection:
        if self._pipe is None or self._process is None or not self._process.is_alive():
            self._stop()
            spawn = multiprocessing.get_context("spawn")
            self._pipe, theirs = spawn.Pipe()
            self._process = spawn.Process(target=serve, args=(theirs,), daemon=True, name="sayso-parser")
            self._process.start()
            theirs.close()
        return self._pipe

    def _stop(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._pipe = self._process = None

    def close(self) -> None:
        """Stop the child."""
        with self._lock:
            self._stop()


def serve(pipe: Connection) -> None:
    """The child: parse what comes through the pipe until it is closed."""
    from sayso.sources.kinds import all_kinds  # noqa: PLC0415 - only the child needs the parsers

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    kinds = all_kinds()
    while True:
        try:
            question = pipe.recv_bytes()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        kind, body, context = msgspec.msgpack.decode(question, type=tuple[str, bytes, Context])
        pipe.send_bytes(msgspec.msgpack.encode(answer(kinds, kind, body, context)))


def answer(kinds: dict[str, object], kind: str, body: bytes, context: Context) -> Answered:
    """What the parser of that kind makes of the bytes. Any fault of a parser is the bytes' reason, never our end."""
    parse = kinds.get(kind)
    if parse is None:
        return Answered(changed=f"no kind of source is called {kind!r}")
    try:
        return Answered(found=parse(body, context))  # type: ignore[operator]
    except SourceChanged as err:
        return Answered(changed=str(err))
    except MemoryError:
        return Answered(changed="reading it needed more memory than is allowed")
    except Exception as err:  # noqa: BLE001 - parsers of other people, on hostile bytes, in a child
        return Answered(changed=f"it cannot be read as a {kind}: {type(err).__name__}: {err}")
