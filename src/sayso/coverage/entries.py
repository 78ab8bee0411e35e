"""One `[[entry]]` of a coverage's file changed, added or taken out, with every other byte of the file as it was.

Comments, order and the way in which other values are written stay. A comment right above an entry goes with it, unless it is
the first entry of its kind in the file: there it tells of the kind.
"""

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sayso.coverage.positions import Mark, Path, marks

_COMMENTS = re.compile(r"(?:[ \t]*#[^\n]*(?:\n|\Z))*")
_BARE = re.compile(r"[+-]?\d+(?:\.\d+)?|\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The `[[table]]` of that number among its like. `start` and `end` are the offsets of its lines in the text, its own
    comments included; `header` is the end of its header's line."""

    table: str
    number: int
    start: int
    header: int
    end: int
    values: dict[str, Any]
    keys: dict[str, Mark]

    def text(self, whole: str) -> str:
        """Its lines."""
        return whole[self.start : self.end]


def entries(text: str) -> tuple[Entry, ...]:
    """Every `[[table]]` of a text in its order; none where the text is no TOML."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return ()
    found = list(marks(text))
    headers = [m for m in found if m.value == m.start < m.end]
    keys: dict[Path, dict[str, Mark]] = defaultdict(dict)
    for mark in found:
        if len(mark.path) == 3 and mark.end > mark.start:
            keys[mark.path[:2]][str(mark.path[2])] = mark
    stops = [*(m.start for m in headers[1:]), len(text)]
    return tuple(
        _entry(text, header, stop, keys[header.path], values)
        for header, stop in zip(headers, stops, strict=False)
        if len(header.path) == 2 and isinstance(header.path[1], int)
    )


def _entry(text: str, header: Mark, stop: int, keys: dict[str, Mark], values: Mapping[str, Any]) -> Entry:
    """The entry of a header; the next header stands at `stop`."""
    table, number = str(header.path[0]), int(header.path[1])
    last = max(_line_end(text, m.end) for m in (header, *keys.values()))
    after = _COMMENTS.match(text, last, stop)
    ends = after.end() if after else last
    return Entry(
        table=table,
        number=number,
        start=_comments_above(text, header.start) if number else header.start,
        header=_line_end(text, header.end),
        end=last if ends == stop < len(text) else ends,  # what runs into the next header is that one's
        values=values[table][number],
        keys=keys,
    )


def changed(text: str, entry: Entry, values: Mapping[str, str | None], order: Sequence[str]) -> str:
    """The text with these keys of an entry set to values in TOML, or taken out where they are None; a new key stands after
    the keys that come before it in `order`. A value that says the same as before stays as it was written."""
    found = (_edit(text, entry, key, values[key], order) for key in order if key in values)
    edits = [(start, end, n, new) for n, (start, end, new) in enumerate(e for e in found if e)]
    for start, end, _, new in sorted(edits, reverse=True):  # from the end, so that offsets hold
        text = text[:start] + new + text[end:]
    return text


def _edit(text: str, entry: Entry, key: str, value: str | None, order: Sequence[str]) -> tuple[int, int, str] | None:
    """What stands from where to where instead; None where nothing changes."""
    mark = entry.keys.get(key)
    if mark is None:
        if value is None:
            return None
        before = [entry.keys[k] for k in order[: order.index(key)] if k in entry.keys]
        at = max((_line_end(text, m.end) for m in before), default=entry.header)
        return at, at, f"{'' if text[:at].endswith(chr(10)) else chr(10)}{key} = {value}\n"
    if value is None:
        return text.rfind("\n", 0, mark.start) + 1, _line_end(text, mark.end), ""
    if parsed(value) == entry.values[key]:
        return None
    return mark.value, mark.end, f" {value}"


def added(text: str, table: str, values: Mapping[str, str | None]) -> str:
    """The text with one more entry, after the last one of its kind, else at the end."""
    lines = [f"[[{table}]]", *(f"{key} = {value}" for key, value in values.items() if value is not None)]
    new = "\n".join(lines) + "\n"
    same = [e for e in entries(text) if e.table == table]
    if not same:
        return f"{text.rstrip()}\n\n{new}" if text.strip() else new
    at = same[-1].end
    before, after = text[:at], text[at:]
    return f"{before}{'' if before.endswith(chr(10)) else chr(10)}\n{new}{after}"


def without(text: str, entry: Entry) -> str:
    """The text without an entry and without the blank line that it leaves."""
    before, after = text[: entry.start], text[entry.end :]
    if not after.strip():
        return f"{before.rstrip()}\n"
    return before + after.lstrip("\n") if before.endswith("\n\n") or not before else before + after


def parsed(value: str) -> Any:
    """The value that TOML's words for it mean."""
    return tomllib.loads(f"it = {value}")["it"]


def quoted(words: str) -> str:
    """Words as a string of TOML on one line."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def bare(words: str) -> str:
    """A number or day as TOML writes it; anything else as a string, of which `check` then says what is wrong."""
    if _BARE.fullmatch(words) is None:
        return quoted(words)
    try:
        return str(date.fromisoformat(words)) if words.count("-") == 2 else str(parsed(words))
    except (ValueError, tomllib.TOMLDecodeError):  # 2031-02-30, 007
        return quoted(words)


def listed(items: Sequence[str]) -> str:
    """Values in TOML as a list of them."""
    return f"[{', '.join(items)}]"


def _comments_above(text: str, start: int) -> int:
    """The offset of the first of the lines of comment right above a line."""
    while start and text[(above := text.rfind("\n", 0, start - 1) + 1) : start].lstrip().startswith("#"):
        start = above
    return start


def _line_end(text: str, at: int) -> int:
    """The offset after the line that holds `at`."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1
