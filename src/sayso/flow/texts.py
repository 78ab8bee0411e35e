"""Any text, file or address -> the claims in it: what `sayso read` prints and what a program gets."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sayso import __version__
from sayso.errors import BadSetting, Refused
from sayso.lexicon import language_identifier, load_lexicons, sentence_parser
from sayso.model.claim import Part, Passage
from sayso.model.conflict import Conflict
from sayso.model.coverage import Coverage
from sayso.model.rows import claim_to_row, conflict_from_parties_json
from sayso.model.setting import Setting
from sayso.read import Reader
from sayso.read.models.repairing import repairing
from sayso.sources.outline import outline

# Door, parsers and coverage files are imported where they are used: reading a string need not wait for them (0.3 s).

FIRST_LANGUAGE = "en"  # of a text too short to tell
MAX_BYTES = 10 * 2**20  # of a file or page


def make_reader(conflict: Conflict, languages: tuple[str, ...] = ()) -> Reader:
    """A reader for a conflict, of every language that there are word lists for unless some are named; an empty
    `Conflict(id="")` reads without sides."""
    lexicons = load_lexicons()
    wanted = languages or tuple(sorted(lexicons, key=lambda code: (code != FIRST_LANGUAGE, code)))
    return Reader(lexicons=lexicons, conflict=conflict, language_of=language_identifier(wanted))


def repaired_by_parser(reader: Reader, coverage: Coverage) -> Reader:
    """The reader with its speakers repaired by a parser, where the coverage asks for one.

    Raises BadSetting where none is installed.
    """
    return reader.looking(repairing(sentence_parser()), mark="+parser") if coverage.parser else reader


def reader_of(folder: Path) -> Reader:
    """The reader that the coverage in a folder asks for. Raises BadSetting."""
    from sayso.coverage import load  # noqa: PLC0415 - see above

    coverage = load(folder)
    return repaired_by_parser(make_reader(coverage.conflict), coverage)


def conflict_of(folder: Path) -> Conflict:
    """The conflict of a coverage's folder. Raises BadSetting."""
    from sayso.coverage import load  # noqa: PLC0415 - see above

    return load(folder).conflict


def conflicts_in(parties: Path) -> dict[str, Conflict]:
    """Every conflict of a parties file (JSON, one object a conflict id). Raises BadSetting."""
    try:
        data = json.loads(parties.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as err:
        raise BadSetting(f"{parties}: not readable as JSON: {err}") from err
    if not isinstance(data, dict) or not all(isinstance(v, dict) for v in data.values()):
        raise BadSetting(
            f'{parties}: write one object a conflict: {{"my-war": {{"parties": {{...}}, "bodies": [...]}}}}'
        )
    return {key: conflict_from_parties_json(value, key) for key, value in data.items()}


def text_of(where: str, *, stdin: str) -> tuple[str, tuple[Part, ...]]:
    """The text and its outline: of standard input for "-", of an address through the one door, else of a file.

    Raises Refused with what to do where there is nothing to read, TryLater where the network failed.
    """
    if where == "-":
        return stdin, outline(stdin)
    if where.startswith(("http://", "https://")):
        return fetched(where)
    path = Path(where)
    if not path.is_file():
        raise Refused(
            f"{where}: no such file; give a file, an address that begins with https://, or - for standard input"
        )
    if path.stat().st_size > MAX_BYTES:
        raise Refused(
            f"{where}: {path.stat().st_size // 2**20} MB is too large to read as one text; the limit is 10 MB"
        )
    body = path.read_bytes()
    if path.suffix.lower() in (".html", ".htm", ".xhtml"):
        return page_text(body, url=path.resolve().as_uri(), media_type="text/html", headers=())
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        raise Refused(f"{where}: not UTF-8 text (byte {err.start}); save it as UTF-8 and read it again") from err
    return text, outline(text)


def fetched(url: str) -> tuple[str, tuple[Part, ...]]:
    """The text and outline of an address, through the one door."""
    import asyncio  # noqa: PLC0415 - see above

    from sayso.fetch import Door, Limits  # noqa: PLC0415 - see above

    door = Door(user_agent=f"sayso/{__version__}")
    answer = asyncio.run(door.get(url, limits=Limits(max_bytes=MAX_BYTES, total_s=30.0)))
    return page_text(answer.body, url=url, media_type=answer.media_type, headers=answer.headers)


def page_text(
    body: bytes, *, url: str, media_type: str, headers: tuple[tuple[str, str], ...]
) -> tuple[str, tuple[Part, ...]]:
    """The entries of a web page, one after the other with a blank line between, as one text with its outline."""
    from sayso.flow.clock import world_now  # noqa: PLC0415 - see above
    from sayso.sources import Context  # noqa: PLC0415 - see above
    from sayso.sources.sandbox import Parser  # noqa: PLC0415 - see above

    context = Context(
        source="read", url=url, media_type=media_type, headers=headers, zone="UTC", fetched_at=world_now()
    )
    parser = Parser()
    try:
        items = parser.parse("live_page", body, context).items or parser.parse("page", body, context).items
    finally:
        parser.close()
    text, parts = "", []
    for number, item in enumerate(items):
        text += "\n\n" if text else ""
        parts += [replace(p, span=p.span.shift(len(text)), entry=number) for p in item.parts]
        text += item.text
    return text, tuple(parts)


def read_text(
    text: str,
    *,
    conflict: Conflict | None = None,
    published: date | datetime | None = None,
    outlet: str | None = None,
) -> tuple[Passage, ...]:
    """The passages of a text with their claims; spans are code points of `text`."""
    reader = make_reader(conflict or Conflict(id=""))
    return reader.read(text, outline(text), Setting(published=published, outlet=outlet)).passages


def document_rows(
    text: str, passages: Iterable[Passage], *, doc: str, meta: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """One row a passage, in the form of the claim scheme; spans are absolute in the document."""
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    for passage in passages:
        yield {
            "id": f"{doc}@{passage.span.start}-{passage.span.end}",  # where it stands: no numbering of ours can drift
            "doc": doc,
            "sha256": sha256,
            "span": list(passage.span),
            "entry": passage.entry,
            "entry_kind": passage.entry_kind,
            "kind": passage.kind,
            "lang": passage.lang,
            **({"draft": True} if passage.draft else {}),
            **meta,
            "text": passage.text,
            "claims": [claim_to_row(c) for c in passage.claims],
            **({"unread": [{"span": list(u.span), "why": u.why} for u in passage.unread]} if passage.unread else {}),
        }


def read_rows(rows: Iterable[Mapping[str, Any]], readers: Mapping[str | None, Reader]) -> Iterator[dict[str, Any]]:
    """Each row with the reader's claims in place of any that it brought; rows of an unknown conflict are read without
    sides (the reader under None)."""
    for row in rows:
        given = {k: v for k, v in row.items() if k != "claims"}
        reader = readers.get(given.get("conflict")) or readers[None]
        passages = reader.read_row(given["text"], row_setting(given), row_context(given))
        yield {**given, "claims": merged_claims(passages)}


def row_setting(row: Mapping[str, Any]) -> Setting:
    """The publication date, outlet and language that a row states."""
    published = row.get("published")
    return Setting(
        published=datetime.fromisoformat(published) if published else None,
        outlet=row.get("outlet"),
        lang=row.get("lang"),
    )


def row_context(row: Mapping[str, Any]) -> Mapping[str, str] | None:
    """What the row's page establishes around it (`context` is an object, or JSON in a string), and what the row is: a
    headline, a bullet, an entry."""
    context = row.get("context")
    loaded = json.loads(context) if isinstance(context, str) else context
    kind = {"kind": row["kind"]} if row.get("kind") else {}
    return {**(loaded or {}), **kind} or None


def merged_claims(passages: Iterable[Passage]) -> list[dict[str, Any]]:
    """The claims of a row's sentences as one list; `part_of` points into that list."""
    out: list[dict[str, Any]] = []
    for passage in passages:
        base = len(out)
        for claim in passage.claims:
            row = claim_to_row(claim)
            if row["part_of"] is not None:
                row["part_of"] += base
            out.append(row)
    return out


def load_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a JSON Lines file. Raises BadSetting with the line number for a row that is not one."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except json.JSONDecodeError as err:
                raise BadSetting(f"{path}:{number}: not JSON: {err.msg}") from err
            if not isinstance(row, dict) or not isinstance(row.get("text"), str):
                raise BadSetting(f'{path}:{number}: a row needs "text": one JSON object a line, one passage a line')
            yield row
