"""A coverage's folder as the replay needs it: its channels with their formats, its hours, its statements.

The room reads these few fields itself: it is a process of its own and shares no code with the desk that polls it.
"""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sayso.errors import BadSetting
from sayso.model.coverage import Replay
from sayso.model.mistake import Mistake
from sayso.replay.told import Told, load_statements, read_statements

FORMATS: Final = ("rss", "atom", "json", "page", "live", "text")
#: A source's kind -> its format where `replay/formats.toml` names none.
USUAL: Final = {"feed": "rss", "page": "page", "live_page": "live", "text": "text", "json": "json"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One source as the server shows it."""

    name: str
    title: str
    format: str
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tape:
    """All that is told again, in the order of the story."""

    title: str
    replay: Replay
    channels: tuple[Channel, ...]
    told: tuple[Told, ...]

    @property
    def folder(self) -> Path:
        """Where the statements and their media lie."""
        return self.replay.statements.parent


def read_tape(folder: Path) -> Tape:
    """The replay of a coverage. Raises BadSetting where its files have mistakes."""
    coverage, channels, replay = _setup(folder)
    told = load_statements(replay.statements, sources={c.name for c in channels}, quotes=replay.quotes)
    return Tape(title=str(coverage.get("title", folder.name)), replay=replay, channels=channels, told=told)


def check(folder: Path) -> tuple[Mistake, ...]:
    """Every mistake in the statements and formats of a coverage's replay; none where it has no replay.

    The coverage's own files are checked elsewhere: where they cannot be read, there is nothing to say here.
    """
    try:
        _, channels, replay = _setup(folder)
    except BadSetting:
        return ()
    names = {c.name for c in channels}
    _, mistakes = read_statements(replay.statements, sources=names, quotes=replay.quotes)
    return (*mistakes, *_format_mistakes(replay.statements.with_name("formats.toml"), names))


def _setup(folder: Path) -> tuple[dict[str, Any], tuple[Channel, ...], Replay]:
    """The coverage's main table, its channels and its replay."""
    advice = f"run: sayso coverage check {folder}"
    coverage = _toml(folder / "coverage.toml")
    if "replay" not in coverage:
        raise BadSetting(f"{folder / 'coverage.toml'}: there is no [replay] in it; {advice}")
    try:
        replay = _replay(folder, coverage["replay"])
        formats = _formats(replay.statements.with_name("formats.toml"))
        lang = (coverage.get("languages") or ["en"])[0]
        sources = _toml(folder / "sources.toml")["source"]
        channels = tuple(_channel(s, formats, lang) for s in sources)
    except (KeyError, TypeError, AttributeError, ValueError) as err:
        raise BadSetting(f"{folder}: the replay cannot be told ({err!r}); {advice}") from err
    return coverage, channels, replay


def _replay(folder: Path, table: dict[str, Any]) -> Replay:
    """The `[replay]` of a coverage."""
    begins_at, opens_at, ends_at = (_aware(table[k]) for k in ("begins_at", "opens_at", "ends_at"))
    return Replay(
        statements=folder / table.get("statements", "replay/statements.jsonl"),
        port=table.get("port", 8907),
        begins_at=begins_at,
        opens_at=opens_at,
        ends_at=ends_at,
        day_s=table.get("day_s", 120.0),
        quotes=table.get("quotes", "free"),
    )


def _aware(at: datetime) -> datetime:
    """The time, refused where it has no offset."""
    if at.tzinfo is None:
        raise ValueError(f"{at} has no offset")
    return at


def _channel(source: dict[str, Any], formats: dict[str, str], lang: str) -> Channel:
    name = source["name"]
    form = formats.get(name) or USUAL[source["kind"]]
    if form not in FORMATS:
        raise ValueError(f"the format {form} of {name} is not known: write one of {', '.join(FORMATS)}")
    return Channel(name=name, title=source["title"], format=form, lang=source.get("lang") or lang)


def _formats(path: Path) -> dict[str, str]:
    """Source -> format, as the file says; empty where there is none."""
    return _toml(path) if path.exists() else {}


def _format_mistakes(path: Path, names: set[str]) -> tuple[Mistake, ...]:
    """Every line of `formats.toml` that names no source."""
    if not path.exists():
        return ()
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(
        Mistake(
            file=path, line=number, what=f'"{key}" is no source in sources.toml', write_instead="leave the line out"
        )
        for number, line in enumerate(lines, 1)
        if (key := line.partition("=")[0].strip().strip('"')) and "=" in line and not key.startswith("#")
        if key not in names
    )


def _toml(path: Path) -> dict[str, Any]:
    """The file's values. Raises BadSetting where it is not there or not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as err:
        raise BadSetting(f"{path}: {err}; run: sayso coverage check {path.parent}") from err
