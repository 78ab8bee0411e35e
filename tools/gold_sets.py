"""The labelled sets that the reader is measured on: each with its gold rows and what the reader makes of their text.

Labels are dropped before a text is read. Rows that stand alone are read with their context, pages and statements whole.
"""

import importlib.util
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from types import ModuleType
from typing import Any

from sayso.coverage import load
from sayso.flow import texts
from sayso.flow.arrival.reading import owner_of
from sayso.model.claim import Part, Span
from sayso.model.conflict import Conflict
from sayso.model.coverage import Coverage
from sayso.model.setting import Setting
from sayso.read import Reader
from sayso.sources.outline import outline

PROJECT = Path(__file__).resolve().parents[1]
GOLD = PROJECT.parent / "shared" / "gold"
MODEL_PAGE = GOLD.parent / "input" / "karabakh-2020-10-07.txt"
MODEL_LABELS = PROJECT / "tests" / "golden" / "read" / "model_page.labels.jsonl"
OWN = PROJECT / "tests" / "gold"  # statements and pages of our own, of invented wars
Row = dict[str, Any]
#: The days of the example that the reader was made with; its other days were labelled before it ever read them.
DAYS_KNOWN = ("2020-10-05", "2020-10-06", "2020-10-07")


@dataclass(frozen=True, slots=True)
class Measured:
    """A set: the gold rows, the rows as read, and the parties by which the scorer compares sides."""

    name: str
    gold: list[Row]
    read: list[Row]
    parties: Mapping[str, Any]
    whole: bool = False  # a page read whole, whose cut into entries is scored too


def rows_in(path: Path) -> list[Row]:
    """The rows of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


@cache
def scorer(folder: Path = GOLD) -> ModuleType:
    """The official scorer, imported from beside the gold."""
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scored(rows: list[Row]) -> list[Row]:
    """Gold rows as the scorer wants them: without background claims."""
    return [{**r, "claims": [c for c in r["claims"] if c.get("modality") != "background"]} for r in rows]


@cache
def parties_of(path: Path) -> Mapping[str, Any]:
    """A parties file."""
    found: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@cache
def readers(path: Path) -> Mapping[str | None, Reader]:
    """A reader for each conflict of a parties file; under None one that knows no conflict."""
    known: dict[str | None, Reader] = {k: texts.make_reader(c) for k, c in texts.conflicts_in(path).items()}
    return {**known, None: texts.make_reader(Conflict(id=""))}


def single_rows(name: str, path: Path, parties: Path, wanted: Callable[[Row], bool] = lambda _: True) -> Measured:
    """A set of rows that stand alone."""
    rows = [r for r in rows_in(path) if wanted(r)]
    return Measured(name, scored(rows), list(texts.read_rows(rows, readers(parties))), parties_of(parties))


def page(name: str, text: str, rows: list[Row], reader: Reader, parties: Mapping[str, Any]) -> Measured:
    """A page read whole, cut by the project's own outline."""
    first = rows[0]
    setting = Setting(published=datetime.fromisoformat(first["published"]), outlet=first.get("outlet"))
    passages = reader.read(text, outline(text), setting).passages
    found = list(texts.document_rows(text, passages, doc=first["doc"], meta={"conflict": first["conflict"]}))
    return Measured(name, scored(rows), found, parties, whole=True)


def pages(folder: Path, parties: Path, prefix: str = "") -> Iterator[Measured]:
    """The labelled pages of a folder, each read whole."""
    for path in sorted(folder.glob("page-*.txt")):
        rows = rows_in(path.with_suffix(".jsonl"))
        reader = readers(parties)[rows[0]["conflict"]]
        yield page(prefix + path.stem, path.read_text(encoding="utf-8"), rows, reader, parties_of(parties))


def example(title: str, name: str, wanted: Callable[[Row], bool] = lambda _: True) -> Measured:
    """The statements of an example coverage whose rows are wanted, each read whole as its source's."""
    coverage = load(PROJECT / "examples" / name)
    folder = PROJECT / "examples" / name / "replay"
    statements = {s["id"]: s for s in rows_in(folder / "statements.jsonl")}
    reader = texts.make_reader(coverage.conflict)
    gold = [r for r in rows_in(folder / "gold.jsonl") if wanted(r)]
    found: list[Row] = []
    for doc, rows in groupby(gold, key=lambda r: r["doc"]):
        found += statement_rows(list(rows), statements[doc], coverage, reader)
    conflict = coverage.conflict
    groups = {g.id: list(conflict.members(g.id)) for g in conflict.groups}
    return Measured(title, scored(gold), found, {gold[0]["conflict"]: {"groups": groups}})


def statement_rows(rows: list[Row], statement: Row, coverage: Coverage, reader: Reader) -> Iterator[Row]:
    """The rows of one statement, its parts cut where the labels are."""
    text = "\n".join(filter(None, (statement["headline"], statement["text"])))
    source = next(s for s in coverage.sources if s.name == statement["source"])
    parts = [Part(span=Span(*r["span"]), entry=r["entry"], entry_kind=r["entry_kind"], kind=r["kind"]) for r in rows]
    setting = Setting(
        published=datetime.fromisoformat(statement["at"]), outlet=source.title, lang=source.lang,
        owner=owner_of(coverage, source),
    )  # fmt: skip
    passages = reader.read(text, parts, setting).passages
    meta = {"conflict": rows[0]["conflict"]}
    for row in texts.document_rows(text, passages, doc=rows[0]["doc"], meta=meta):
        yield {k: v for k, v in row.items() if k != "sha256"}


def sets(folder: Path = GOLD) -> Iterator[Measured]:
    """Every development set that is there, English rows first."""
    parties = folder / "parties.json"
    dev = folder / "dev.jsonl"
    yield single_rows("dev en", dev, parties, lambda r: r["lang"] == "en")
    yield from pages(folder, parties)
    yield single_rows("dev ru+uk", dev, parties, lambda r: r["lang"] in ("ru", "uk"))
    yield single_rows("dev others", dev, parties, lambda r: r["lang"] not in ("en", "ru", "uk"))
    yield model_page()
    yield example("replay karabakh-2020", "karabakh-2020", lambda r: r["published"] in DAYS_KNOWN)
    yield example("karabakh fortnight", "karabakh-2020", lambda r: r["published"] not in DAYS_KNOWN)
    yield example("replay skerrow", "skerrow")
    for path in (p for p in sorted(OWN.glob("*.jsonl")) if not p.stem.startswith(("page-", "languages", "pairs"))):
        yield single_rows(f"own {path.stem}", path, path.with_name(f"{path.stem}-parties.json"))
    yield from pages(OWN, OWN / "invented-parties.json", "own ")
    for langs in (("ru", "uk"), ("ar", "az", "hy", "tr")):
        yield single_rows(
            f"own {'+'.join(langs)}", OWN / "languages.jsonl", OWN / "languages-parties.json",
            lambda r, langs=langs: r["lang"] in langs,
        )  # fmt: skip


def model_page() -> Measured:
    """The model page, read into the example coverage, against the labels in the tests."""
    conflict = texts.conflict_of(PROJECT / "examples" / "karabakh-2020")
    rows = [{**r, "conflict": conflict.id} for r in rows_in(MODEL_LABELS)]
    groups = {g.id: list(conflict.members(g.id)) for g in conflict.groups}
    text = MODEL_PAGE.read_text(encoding="utf-8")
    return page("model page", text, rows, texts.make_reader(conflict), {conflict.id: {"groups": groups}})


def pairs(measured: Measured) -> Iterator[tuple[Row, list[tuple[Row | None, Row | None]]]]:
    """Each gold row with its claims and the reader's, paired as the scorer pairs them; None where one has no other."""
    score, known = scorer(), scorer().Parties(measured.parties)
    got, stray = score.join(measured.gold, measured.read)
    for i, row in enumerate(measured.gold):
        if row.get("skip"):
            continue
        gold, read = row["claims"], [c for c in got.get(i, []) if c.get("modality") != "background"]
        weights = [[score.similarity(g, p, known, row.get("conflict")) for p in read] for g in gold]
        matched = score.assign(weights)
        out: list[tuple[Row | None, Row | None]] = [(gold[a], read[b]) for a, b in matched]
        out += [(g, None) for a, g in enumerate(gold) if a not in {a for a, _ in matched}]
        out += [(None, p) for b, p in enumerate(read) if b not in {b for _, b in matched}]
        yield row, out
    if stray:
        yield {"id": "stray", "text": "", "conflict": None}, [(None, p) for p in stray]


def hits(found: Iterable[Measured]) -> Iterator[tuple[Measured, Row, Row, Row]]:
    """Every pair of a gold claim and the reader's claim of the same type, with its set and row."""
    for measured in found:
        for row, paired in pairs(measured):
            for gold, read in paired:
                if gold is not None and read is not None and gold["type"] == read["type"]:
                    yield measured, row, gold, read
