"""One file of a coverage, and reading its tables so that every mistake in them is found, each with its line."""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sayso.coverage.positions import Path as Keys
from sayso.coverage.positions import read_toml
from sayso.model.mistake import Mistake


@dataclass(slots=True, kw_only=True)
class Sheet:
    """A TOML file with its values, its lines and the mistakes found in it so far.

    `whole` is False where a part of it could not be read: then what it does not name may stand in that part.
    """

    path: Path
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[Keys, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    whole: bool = True

    def line(self, *keys: str | int) -> int:
        """The line of a path, or of the nearest table around it; 1 where there is none."""
        for end in range(len(keys), 0, -1):
            if keys[:end] in self.lines:
                return self.lines[keys[:end]]
        return 1

    def wrong(self, line: int, what: str, write_instead: str = "") -> None:
        """Note a mistake."""
        self.mistakes.append(Mistake(file=self.path, line=line, what=what, write_instead=write_instead))

    def tables(self, name: str) -> "Iterator[Table]":
        """Each `[[name]]` in order."""
        found = self.values.pop(name, [])
        if not isinstance(found, list) or not all(isinstance(t, dict) for t in found):
            self.wrong(self.line(name), f"{name} is not a list of tables", f"write each as [[{name}]]")
            return
        for i, values in enumerate(found):
            yield Table(sheet=self, keys=(name, i), values=dict(values))

    def table(self, name: str) -> "Table | None":
        """The table `[name]`, None where there is none."""
        values = self.values.pop(name, None)
        if values is None or isinstance(values, dict):
            return None if values is None else Table(sheet=self, keys=(name,), values=dict(values))
        self.wrong(self.line(name), f"{name} is not a table", f"write [{name}] on a line of its own")
        return None

    def root(self) -> "Table":
        """The keys above the first table."""
        plain = {k: v for k, v in self.values.items() if not _is_tables(v)}
        for key in plain:
            del self.values[key]
        return Table(sheet=self, keys=(), values=plain)

    def nothing_else(self, *allowed: str) -> None:
        """Note every table or key that nobody asked for."""
        for name in self.values:
            line = next((n for k, n in self.lines.items() if k[:1] == (name,)), 1)
            self.wrong(line, f'"{name}" is not known here', did_you_mean(name, allowed))


def read_sheet(path: Path, *, hint: str) -> Sheet:
    """The file, with a mistake for what keeps it from being read; `hint` says what belongs into it."""
    sheet = Sheet(path=path)
    if (text := _text(sheet, hint)) is None:
        sheet.whole = False
        return sheet
    sheet.values, sheet.lines, errors = read_toml(text)
    sheet.whole = not errors
    for line, why in errors:
        sheet.wrong(line, f"this is not TOML: {why[:1].lower()}{why[1:]}", _syntax_advice(text, line))
    return sheet


def _text(sheet: Sheet, hint: str) -> str | None:
    """The file's text; None with a mistake where it is missing, empty or not UTF-8."""
    try:
        raw = sheet.path.read_bytes()
    except FileNotFoundError:
        sheet.wrong(1, "the file is missing", hint)
        return None
    except OSError as err:
        sheet.wrong(1, f"the file cannot be read ({err.strerror})", "make it a plain file that sayso may read")
        return None
    if not raw.strip():
        sheet.wrong(1, "the file is empty", hint)
        return None
    return _decoded(sheet, raw)


def _decoded(sheet: Sheet, raw: bytes) -> str | None:
    """The bytes as UTF-8 text with plain line ends; None with a mistake that names the first line that is not."""
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as err:
        utf16 = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
        line = 1 if utf16 else raw.count(b"\n", 0, err.start) + 1
        sheet.wrong(line, "these letters are not UTF-8", "save the file in the encoding UTF-8")
        return None


def _syntax_advice(text: str, line: int) -> str:
    """What to write instead of a line that TOML does not allow; a guess from the commonest slips."""
    words = text.splitlines()[line - 1].strip() if line <= text.count("\n") + 1 and text.splitlines() else ""
    if words.count('"') % 2:
        return "close the quotation mark"
    if words.count("[") > words.count("]"):
        return "close the bracket"
    if "=" in words and '"' not in words and "'" not in words:
        return 'put text between quotation marks: key = "text"'
    return 'write key = "text", key = 12, key = ["a", "b"], [table] or [[table]]'


def _is_tables(value: object) -> bool:
    """Whether a top-level value is a table or a list of tables."""
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(v, dict) for v in value))


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    """Advice: the allowed word that is nearest to `word`, else all of them."""
    known = {a.casefold(): a for a in allowed}
    near = difflib.get_close_matches(word.casefold(), known, n=1, cutoff=0.7)
    if near:
        return f'did you mean "{known[near[0]]}"?'
    return f"write one of: {', '.join(known.values())}" if known else "leave it out"


@dataclass(slots=True, kw_only=True)
class Table:
    """One table while it is read: every question takes its key out; what is left in the end is unknown.

    `at` is the line of a table that is written inside a list, where its keys have no lines of their own.
    Each question notes a mistake where the value is not of its kind, and then answers as if the key were missing.
    """

    sheet: Sheet
    keys: Keys
    values: dict[str, Any]
    at: int | None = None
    asked: list[str] = field(default_factory=list)

    def line(self, *keys: str | int) -> int:
        """The line of a key of this table, or of the table."""
        return self.at or self.sheet.line(*self.keys, *keys)

    @property
    def title(self) -> str:
        """The table as a message calls it."""
        if self.at is not None:
            return "{...}"
        if not self.keys:
            return "the file"
        if any(isinstance(key, int) for key in self.keys):
            return f"[[{self.keys[0]}]]"
        return f"[{'.'.join(map(str, self.keys))}]"

    def wrong(self, key: str, what: str, write_instead: str = "") -> None:
        """Note a mistake in a key."""
        self.sheet.wrong(self.line(key), what, write_instead)

    def _take(self, key: str) -> Any:
        self.asked.append(key)
        return self.values.pop(key, None)

    def must(self, key: str, example: str) -> None:
        """Note a mistake where the key is missing, unless it may stand in a part of the file that could not be read."""
        if key not in self.values and (self.keys or self.sheet.whole):
            self.sheet.wrong(self.line(), f"{self.title} has no {key}", f"write {key} = {example}")

    def text(self, key: str, default: str = "") -> str:
        """A text that is not empty."""
        value = self._take(key)
        if value is None:
            return default
        if not isinstance(value, str) or not value.strip():
            self.wrong(key, f"{key} is not a text", f'write {key} = "..."')
            return default
        return value.strip()

    def maybe(self, key: str) -> str | None:
        """A text, None where the key is missing."""
        return self.text(key) or None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a mistake for each element that is none, and for one that stands in it twice."""
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.wrong(key, f"{key} is not a list", f'write {key} = ["...", "..."]')
            return ()
        good: list[str] = []
        for i, text in enumerate(value):
            if not isinstance(text, str) or not text.strip():
                self.sheet.wrong(self.line(key, i), f"{key} holds something that is not a text", 'write "..."')
            elif text.strip() in good:
                self.sheet.wrong(self.line(key, i), f'"{text}" stands twice in {key}', "leave the second one out")
            else:
                good.append(text.strip())
        return tuple(good)

    def one_of(self, key: str, allowed: Sequence[str], default: str | None = None) -> str | None:
        """One of the allowed words."""
        value = self.maybe(key)
        if value is None or value in allowed:
            return value or default
        self.wrong(key, f'{key} = "{value}" is not allowed', did_you_mean(value, allowed))
        return default

    def day(self, key: str) -> date | None:
        """A date without a time."""
        value = self._take(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.wrong(key, f"{key} is not a date", f"write {key} = {_day_like(value)}, without quotation marks or a time")
        return None

    def time(self, key: str) -> datetime | None:
        """A time with its offset from UTC."""
        value = self._take(key)
        if value is None or (isinstance(value, datetime) and value.tzinfo is not None):
            return value
        self.wrong(
            key, f"{key} is not a time with its offset", f"write {key} = {_day_like(value)}T06:00:00+00:00, unquoted"
        )
        return None

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float | None:
        """A number between `low` and `high`, both inclusive."""
        value = self._take(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            self.wrong(
                key,
                f"{key} = {_shown(value)} is not a number from {low:g} to {high:g}",
                f"write {key} = {default if default is not None else low:g}",
            )
            return default
        return value

    def yes(self, key: str) -> bool:
        """Whether the key is true; False where it is missing."""
        value = self._take(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.wrong(key, f"{key} = {_shown(value)} is neither true nor false", f"write {key} = true, unquoted")
        return False

    def table(self, name: str) -> "Table | None":
        """The table `[... name]` inside this one, None where there is none."""
        value = self.values.pop(name, None)  # no key: its own keys are asked of it
        if value is None or isinstance(value, dict):
            return None if value is None else Table(sheet=self.sheet, keys=(*self.keys, name), values=dict(value))
        self.wrong(name, f"{name} is not a table", f"write {self.title[:-1]}.{name}] on a line of its own")
        return None

    def whole(self, key: str, low: int, high: int, default: int) -> int:
        """A whole number between `low` and `high`, both inclusive."""
        value = self.number(key, low, high, default)
        if not isinstance(value, int):
            self.wrong(key, f"{key} = {value} is not a whole number", f"write {key} = {default}")
            return default
        return value

    def address(self, key: str) -> str:
        """A web address without a name and password in it."""
        value = self.text(key)
        if value and (why := fault_of_address(value)):
            self.wrong(key, f'{key} = "{value}" {why}', 'write "https://HOST/PATH"')
            return ""
        return value

    def raw(self, key: str) -> Any:
        """The value as it stands, for whoever checks it elsewhere."""
        return self._take(key)

    def done(self) -> None:
        """Note each key that nobody asked for."""
        for key in self.values:
            self.wrong(key, f'"{key}" is not known here', did_you_mean(key, self.asked))


def fault_of_address(url: str) -> str:
    """What is wrong with a web address, as the end of a sentence; empty where nothing is."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "is not a web address"
    if parts.scheme not in ("http", "https") or not parts.hostname or any(c.isspace() for c in url) or port == 0:
        return "is not a web address"
    return "holds a name or password" if parts.username or parts.password else ""


def _day_like(value: object) -> str:
    """The date in a value if it has one, else an example."""
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        return "2031-05-02"


def _shown(value: object) -> str:
    """A value as it may stand in a message."""
    return f'"{value}"' if isinstance(value, str) else str(value)
