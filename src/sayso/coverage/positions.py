"""TOML with the line of every key and list element: what a message needs to point at a mistake.

`tomllib` gives the values; a small scanner over the same text gives the lines. A path is made of table names, keys and
numbers: `("party", 1, "names", 0)` is the first name of the second `[[party]]`.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Path = tuple[str | int, ...]

_HEADER = re.compile(r"[ \t]*\[(\[?)[ \t]*([^\[\]\r\n]+?)[ \t]*\]\]?")
_KEY = re.compile(
    r"""[ \t]*((?:"[^"\r\n]*"|'[^'\r\n]*'|[\w-]+)(?:[ \t]*\.[ \t]*(?:"[^"\r\n]*"|'[^'\r\n]*'|[\w-]+))*)[ \t]*="""
)
_STRING = re.compile(r'"""(?:\\.|[^\\])*?"{3,5}' r"|'''.*?'{3,5}" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'", re.DOTALL)
_AT = re.compile(r" \(at line (\d+), column \d+\)$")
_AT_END = " (at end of document)"
_CUT = re.compile(r"^[ \t]*\[\[?[ \t]*[\w\"'.-]+[ \t]*\]\]?[ \t]*(?:#.*)?\r?$", re.MULTILINE)


def read_toml(text: str) -> tuple[dict[str, Any], dict[Path, int], list[tuple[int, str]]]:
    """The values, the line of each path, and the syntax errors as (line, what tomllib says).

    A syntax error hides only the table that it stands in, so that the mistakes in the others are found as well.
    """
    try:
        return tomllib.loads(text), dict(positions(text)), []
    except tomllib.TOMLDecodeError:
        return _piecewise(text)


def _piecewise(text: str) -> tuple[dict[str, Any], dict[Path, int], list[tuple[int, str]]]:
    """As `read_toml`, one table at a time."""
    cuts = [0, *(m.start() for m in _CUT.finditer(text) if m.start()), len(text)]
    good, errors = [], []
    for start, end in pairwise(cuts):
        padded = "\n" * text.count("\n", 0, start) + text[start:end]
        try:
            tomllib.loads(padded)
        except tomllib.TOMLDecodeError as err:
            errors.append(_where(err, padded))
            good.append("\n" * text[start:end].count("\n"))
        else:
            good.append(text[start:end])
    rest = "".join(good)
    try:
        return tomllib.loads(rest), dict(positions(rest)), errors
    except tomllib.TOMLDecodeError as err:  # a table that is defined twice shows only in the whole
        return {}, {}, [*errors, _where(err, rest)]


def _where(err: tomllib.TOMLDecodeError, text: str) -> tuple[int, str]:
    """The line of a syntax error and its reason; an error "at the end" is put at the key that was left open."""
    said = str(err)
    if (found := _AT.search(said)) is not None:
        return int(found[1]), said[: found.start()]
    last = max((m.start() for m in re.finditer(rf"^{_KEY.pattern}", text, re.MULTILINE)), default=len(text))
    return text.count("\n", 0, last) + 1, said.removesuffix(_AT_END)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a header, a key with its value, or a list's element stands: `start` and `end` are offsets in the text, the end
    exclusive and before a comment; `value` is where the value begins (of a header and an element: its start)."""

    path: Path
    start: int
    end: int
    value: int


def positions(text: str) -> Iterator[tuple[Path, int]]:
    """Each path of a TOML text that parses, with the line on which it begins."""
    return ((mark.path, _line(text, mark.start)) for mark in marks(text))


def marks(text: str) -> Iterator[Mark]:
    """Each path of a TOML text that parses, with its place in the text; a key comes before the elements of its list."""
    table: Path = ()
    seen: dict[str, int] = defaultdict(int)
    at = 0
    while at < len(text):
        if (header := _HEADER.match(text, at)) is not None:
            table = _table(header[2], seen) if header[1] else tuple(_names(header[2]))
            yield Mark(table, header.start(), header.end(), header.start())
            at = header.end()
        elif (key := _KEY.match(text, at)) is not None:
            path = (*table, *_names(key[1]))
            end, at, elements = _value(text, key.end(), path)
            yield Mark(path, key.start(1), end, key.end())
            yield from elements
        at = _next_line(text, at)


def _value(text: str, at: int, path: Path) -> tuple[int, int, list[Mark]]:
    """Where the value that begins at `at` ends, without and with what follows on its line, and its elements."""
    depth, number, fresh, end = 0, 0, False, at
    elements: list[Mark] = []
    while at < len(text):
        char = text[at]
        if char == "#":
            at = text.find("\n", at) if "\n" in text[at:] else len(text)
            continue
        if char == "\n" and depth == 0:
            break
        if fresh and not char.isspace() and char not in ",]":
            elements.append(Mark((*path, number), at, at, at))
            fresh = False
        depth += (char in "[{") - (char in "]}")
        if depth == 1 and char in "[,":
            number, fresh = number + (char == ","), True
        string = _STRING.match(text, at) if char in "\"'" else None
        at = string.end() if string else at + 1
        end = end if char.isspace() else at
    return end, at, elements


def _table(name: str, seen: dict[str, int]) -> Path:
    """The path of the next `[[name]]`."""
    seen[name] += 1
    return (name, seen[name] - 1)


def _names(key: str) -> list[str]:
    """The parts of a dotted key, unquoted."""
    return [part.strip().strip("\"'") for part in key.split(".")]


def _line(text: str, at: int) -> int:
    """The line, from 1, of an offset."""
    return text.count("\n", 0, at) + 1


def _next_line(text: str, at: int) -> int:
    """The offset of the line after the one that holds `at`; never before `at`."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1
