"""The child process of `sandbox`: reads tasks from its standard input, answers on its standard output."""

import os
import resource
import sys
from typing import BinaryIO, Final

import msgspec

from sayso.errors import SourceChanged
from sayso.sources.context import Context
from sayso.sources.kinds import all_kinds
from sayso.sources.sandbox import LENGTH, WALL_S, Outcome, Task

#: Address space beyond what the loaded libraries take; measured: 41 hostile feeds stay under 256 MiB resident.
WORKING_BYTES: Final = 256 * 2**20
#: Processor seconds of one task; the parent's clock ends it at about the same time.
CPU_S: Final = int(WALL_S) + 1


def main() -> None:
    """Answers tasks until the input ends."""
    tasks, answers = take_over_pipes()
    all_kinds()
    lock_down()
    answers.write(b"!")  # ready
    answers.flush()
    while len(length := tasks.read(LENGTH.size)) == LENGTH.size:
        task = msgspec.msgpack.decode(tasks.read(LENGTH.unpack(length)[0]), type=Task)
        answer = msgspec.json.encode(outcome_of(task.kind, task.body, task.context))
        answers.write(LENGTH.pack(len(answer)) + answer)
        answers.flush()


def take_over_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes, out of reach of any parser that prints."""
    answers = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    return sys.stdin.buffer, answers


def lock_down() -> None:
    """Sets the limits that the system enforces: memory, no files to write, no new processes' dumps."""
    size = address_space() + WORKING_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def address_space() -> int:
    """Bytes of address space that the process has now."""
    with open("/proc/self/statm", encoding="ascii") as pages:  # noqa: PTH123 - one read of the kernel's own file
        return int(pages.read().split()[0]) * resource.getpagesize()


def outcome_of(kind: str, body: bytes, context: Context) -> Outcome:
    """What the kind's parser makes of the bytes; any fault of a parser is a reason, never our end."""
    limit_processor()
    parse = all_kinds().get(kind)
    if parse is None:
        return Outcome(why=f"no kind of source is called {kind!r}; known are {', '.join(sorted(all_kinds()))}")
    try:
        return Outcome(found=parse(body, context))
    except SourceChanged as err:
        return Outcome(why=str(err))
    except MemoryError:
        return Outcome(why=f"{context.url} needs more memory to be read as a {kind} than is allowed")
    except RecursionError:
        return Outcome(why=f"{context.url} is nested too deeply to be read as a {kind}")
    except Exception as err:  # noqa: BLE001 - hostile bytes in other people's parsers: the reason goes to the desk
        return Outcome(why=f"{context.url} cannot be read as a {kind}: {type(err).__name__}: {str(err)[:200]}")


def limit_processor() -> None:
    """Lets this task have its share of processor time, counted from now."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + CPU_S
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main()
