"""The statements of a replay as their file tells them, one JSON object a line; and every mistake, with its line."""

import difflib
import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sayso.errors import BadSetting
from sayso.model.mistake import Mistake

#: Key -> the types that it may have.
KEYS: Final[dict[str, tuple[type, ...]]] = {
    "id": (str,), "at": (str,), "source": (str,), "headline": (str, type(None)), "text": (str,), "kind": (str,),
    "speaker": (str, type(None)), "url": (str, type(None)), "reported_by": (str, type(None)), "facts": (list,),
    "media": (list,), "then": (dict, list, type(None)),
}  # fmt: skip
MUST: Final = ("id", "at", "source", "text", "kind")
MEDIA_KEYS: Final = ("kind", "file", "alt", "caption", "credit", "sensitive")
THEN_KEYS: Final = ("at", "headline", "text", "gone")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}")
#: Marks that put words into somebody's mouth. An apostrophe is none.
_QUOTES = re.compile(r"[\"“”„‟«»‹›「」『』]|(?<!\w)[‘‚'](?=\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture or video of a statement: its file beside the statements, and what is said about it."""

    kind: str  # "image" | "video"
    file: str
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None
    sensitive: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """What the source does to a statement later: new words without a notice, or it takes it away."""

    at: datetime
    headline: str | None = None
    text: str | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One statement of the story. `url` is where the fact can be checked, `reported_by` who reported it."""

    id: str
    at: datetime
    source: str
    text: str
    kind: str
    headline: str | None = None
    speaker: str | None = None
    url: str | None = None
    reported_by: str | None = None
    facts: tuple[str, ...] = ()
    media: tuple[Shown, ...] = ()
    then: tuple[Then, ...] = ()


def load_statements(path: Path, *, sources: Collection[str] = (), quotes: str = "free") -> tuple[Told, ...]:
    """The statements in the order of their times. Raises BadSetting with every mistake, one a line.

    `sources` are the names that may speak (none given: any may); `quotes` "none" refuses quotation marks.
    """
    told, mistakes = read_statements(path, sources=sources, quotes=quotes)
    if mistakes:
        raise BadSetting("\n".join(["the statements of the replay have mistakes:", *map(str, mistakes)]))
    return told


def read_statements(
    path: Path, *, sources: Collection[str] = (), quotes: str = "free"
) -> tuple[tuple[Told, ...], tuple[Mistake, ...]]:
    """The statements without a mistake, in the order of their times, and every mistake in the others."""
    told: list[Told] = []
    mistakes: list[Mistake] = []
    seen: dict[str, int] = {}
    for number, line in _lines(path, mistakes):
        found = list(_check_line(line, path.parent, seen, number, sources=sources, quotes=quotes))
        mistakes += [Mistake(file=path, line=number, what=what, write_instead=advice) for what, advice in found]
        if not found:
            told.append(_told(json.loads(line)))
    return tuple(sorted(told, key=lambda t: (t.at, t.id))), tuple(mistakes)


Fault = tuple[str, str]


def _lines(path: Path, mistakes: list[Mistake]) -> Iterator[tuple[int, str]]:
    """Each line that holds something, with its number."""
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as err:
        mistakes.append(Mistake(file=path, line=1, what=f"the statements cannot be read ({err.strerror})"))
        return
    except UnicodeDecodeError as err:
        number = raw.count(b"\n", 0, err.start) + 1
        mistakes.append(
            Mistake(file=path, line=number, what="these letters are not UTF-8", write_instead="save it as UTF-8")
        )
        return
    if not text.strip():
        mistakes.append(
            Mistake(file=path, line=1, what="the file is empty", write_instead="write one statement a line")
        )
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line


def _check_line(
    line: str, folder: Path, seen: dict[str, int], number: int, *, sources: Collection[str], quotes: str
) -> Iterator[Fault]:
    """Every fault of one line."""
    try:
        row = json.loads(line)
    except json.JSONDecodeError as err:
        yield f"this is not JSON: {err.msg} at column {err.colno}", "write one object a line"
        return
    if not isinstance(row, dict):
        yield "this is not an object", 'write {"id": ..., "at": ..., "source": ..., "text": ..., "kind": ...}'
        return
    faults = list(_check_keys(row, KEYS, MUST))
    yield from faults
    if faults:
        return
    yield from _check_fields(row, seen, number, sources)
    yield from _check_media(row.get("media") or [], folder)
    yield from _check_then(row)
    if quotes == "none":
        yield from _check_quotes(row)


def _check_keys(row: dict[str, Any], keys: dict[str, tuple[type, ...]], must: tuple[str, ...]) -> Iterator[Fault]:
    for key in must:
        if key not in row:
            yield f"the statement has no {key}", f'write "{key}": ...'
    for key, value in row.items():
        if key not in keys:
            yield f'"{key}" is not known here', _nearest(key, keys)
        elif not isinstance(value, keys[key]) or (key in must and value == ""):
            yield f"{key} is not {_kind_of(keys[key])}", f'write "{key}": {_example(keys[key])}'


def _check_fields(row: dict[str, Any], seen: dict[str, int], number: int, sources: Collection[str]) -> Iterator[Fault]:
    name = row["id"]
    if not _ID.fullmatch(name):
        yield f'id = "{name}" cannot stand in an address', "write letters, digits, hyphens and dots"
    if name in seen:
        yield f'the id "{name}" is given twice, first in line {seen[name]}', "give one another id"
    seen.setdefault(name, number)
    if _time(row["at"]) is None:
        yield f'at = "{row["at"]}" is not a time with its offset', 'write "2031-05-02T09:10:00+04:00"'
    if sources and row["source"] not in sources:
        yield f'"{row["source"]}" is no source in sources.toml', _nearest(row["source"], sources)
    if row.get("url") and not re.match(r"https?://[^\s/?#]", row["url"]):
        yield f'url = "{row["url"]}" is not a web address', 'write "https://..." or null'
    if not all(isinstance(f, str) for f in row.get("facts") or []):
        yield "facts holds something that is not a text", 'write ["id", "id"]'


def _check_media(media: list[Any], folder: Path) -> Iterator[Fault]:
    """A medium must be a picture or video, lie in `media/` beside the statements, and be there."""
    for one in media:
        if not isinstance(one, dict) or not isinstance(one.get("file"), str):
            yield (
                "media holds something without a file",
                'write {"kind": "image", "file": "media/NAME.png", "alt": "..."}',
            )
            continue
        yield from _check_words(one, MEDIA_KEYS, "media")
        if one.get("kind") not in ("image", "video"):
            yield f"the kind of {one['file']} is not known", 'write "image" or "video"'
        if not re.fullmatch(r"media/[A-Za-z0-9][A-Za-z0-9._-]*", one["file"]):
            yield f'"{one["file"]}" is not a file in media/', 'write "media/NAME.png"'
        elif not (folder / one["file"]).is_file():
            yield f"there is no file {folder / one['file']}", "draw it, or leave the picture out"


def _check_words(inner: dict[str, Any], known: tuple[str, ...], name: str) -> Iterator[Fault]:
    """A small object holds known keys only, and texts in them (`gone` is the one that is true)."""
    for key, value in inner.items():
        if key not in known:
            yield f'"{key}" is not known in {name}', _nearest(key, known)
        elif key != "gone" and not isinstance(value, str | None):
            yield f"{key} in {name} is not a text", f'write "{key}": "..."'


def _check_then(row: dict[str, Any]) -> Iterator[Fault]:
    """What happens later must have a time after the statement's and do something."""
    at = _time(row["at"])
    for later in _list(row.get("then")):
        if not isinstance(later, dict):
            yield "then is not an object", 'write {"at": "...", "text": "..."} or {"at": "...", "gone": true}'
            continue
        yield from _check_words(later, THEN_KEYS, "then")
        when = _time(later.get("at"))
        if when is None or (at is not None and when <= at):
            yield "then has no time after the statement's own", 'write "at": "2031-05-02T12:00:00+04:00"'
        if not (later.get("gone") is True or later.get("text") or later.get("headline")):
            yield "then changes nothing", 'write "text", "headline" or "gone": true'


def _check_quotes(row: dict[str, Any]) -> Iterator[Fault]:
    """A retold statement puts no words into anybody's mouth."""
    texts = [row.get("headline"), row["text"]]
    texts += [m.get(k) for m in row.get("media") or [] if isinstance(m, dict) for k in ("alt", "caption")]
    texts += [t.get(k) for t in _list(row.get("then")) if isinstance(t, dict) for k in ("headline", "text")]
    for text in texts:
        if isinstance(text, str) and (mark := _QUOTES.search(text)):
            near = " ".join(text[max(0, mark.start() - 12) : mark.end() + 12].split())
            yield f"a quotation mark stands in ({near}), but these statements are retold", "say it in words of your own"


def _told(row: dict[str, Any]) -> Told:
    """The record of a row without a fault."""
    plain = {k: row.get(k) for k in ("headline", "speaker", "url", "reported_by")}
    return Told(
        id=row["id"],
        at=datetime.fromisoformat(row["at"]),
        source=row["source"],
        text=row["text"].strip(),
        kind=row["kind"],
        facts=tuple(row.get("facts") or ()),
        media=tuple(Shown(**m) for m in row.get("media") or ()),
        then=tuple(sorted((_then(t) for t in _list(row.get("then"))), key=lambda t: t.at)),
        **plain,
    )


def _then(row: dict[str, Any]) -> Then:
    at = datetime.fromisoformat(row["at"])
    return Then(at=at, headline=row.get("headline"), text=row.get("text"), gone=row.get("gone") is True)


def _list(value: Any) -> list[Any]:
    """One or several, as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _time(text: object) -> datetime | None:
    """An aware time, None where the text is none."""
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def _nearest(word: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1)
    return f'did you mean "{near[0]}"?' if near else f"write one of: {', '.join(sorted(known))}"


def _kind_of(types: tuple[type, ...]) -> str:
    names = {str: "a text", list: "a list", dict: "an object", type(None): "null"}
    return " or ".join(names[t] for t in types)


def _example(types: tuple[type, ...]) -> str:
    examples: dict[type, str] = {str: '"..."', list: "[]", dict: "{...}"}
    return examples[types[0]]
