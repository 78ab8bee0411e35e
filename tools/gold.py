"""The table of `make gold`: the reader against the development gold, by language and by page, and the rules that fire once.

    python tools/gold.py [--gold DIR] [--errors N] [--conflict ID] [--write DIR]

Labels are dropped from the rows before they are read. Pages are read whole, cut by `sources.outline`.
"""

import argparse
import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from sayso.lexicon import language_identifier, load_lexicons
from sayso.model.claim import Part, Passage, Span
from sayso.model.rows import claim_to_row, conflict_from_parties_json
from sayso.model.setting import Setting
from sayso.read import Reader

GOLD = Path(__file__).resolve().parents[1] / ".." / "shared" / "gold"
Row = dict[str, Any]


def load(path: Path) -> list[Row]:
    """The rows of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def scorer(folder: Path) -> ModuleType:
    """The official scorer, imported from beside the gold."""
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def readers(parties: Mapping[str, Any]) -> dict[str, Reader]:
    """A reader for each conflict."""
    lexicons, languages = load_lexicons(), language_identifier(("en", "ru", "uk", "ar", "tr", "az"))
    return {
        key: Reader(lexicons=lexicons, conflict=conflict_from_parties_json(value, key), language_of=languages)
        for key, value in parties.items()
    }


def published(row: Row) -> date | None:
    """When a row was published."""
    stamp = row.get("published")
    return None if not stamp else datetime.fromisoformat(stamp) if "T" in stamp else date.fromisoformat(stamp)


def read_rows(rows: Iterable[Row], known: Mapping[str, Reader]) -> Iterator[Row]:
    """Each single row with the reader's claims."""
    for row in rows:
        given = {k: v for k, v in row.items() if k != "claims"}
        context = dict(json.loads(given["context"]) if given.get("context") else {})
        context["kind"] = given.get("kind", "entry")
        setting = Setting(published=published(row), outlet=row.get("outlet"), lang=row.get("lang"))
        yield {**given, "claims": list(claims_in(known[row["conflict"]].read_row(row["text"], setting, context)))}


def claims_in(passages: Iterable[Passage]) -> Iterator[Row]:
    """The claims of the passages of one row, `part_of` counted through."""
    base = 0
    for passage in passages:
        for claim in passage.claims:
            row = claim_to_row(claim)
            row["part_of"] = None if row["part_of"] is None else row["part_of"] + base
            yield row
        base += len(passage.claims)


def read_page(text: str, gold: list[Row], known: Mapping[str, Reader]) -> list[Row]:
    """A whole page read, as predicted rows."""
    first = gold[0]
    setting = Setting(published=published(first), outlet=first.get("outlet"), lang=first.get("lang"))
    passages = known[first["conflict"]].read(text, outline_of(text, gold), setting).passages
    return [
        {
            "doc": first["doc"],
            "sha256": first["sha256"],
            "span": list(p.span),
            "entry": p.entry,
            "claims": [claim_to_row(c) for c in p.claims],
        }
        for p in passages
    ]


def outline_of(text: str, gold: list[Row]) -> tuple[Part, ...]:
    """The page's parts: by `sources`, or where that cannot cut plain text yet, by the labels' own spans."""
    try:
        from sayso.sources import outline  # noqa: PLC0415 - the cut has its own room
    except ImportError:
        return tuple(
            Part(span=Span(*r["span"]), entry=r["entry"], entry_kind=r["entry_kind"], kind=r["kind"]) for r in gold
        )
    return tuple(outline(text))


def main() -> int:
    """Print the table; 0 unless the gold is missing."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--gold", type=Path, default=GOLD)
    options.add_argument("--errors", type=int, default=0)
    options.add_argument("--lang", default="en")
    options.add_argument("--write", type=Path, help="also write the predicted rows into this folder")
    chosen = options.parse_args()
    if not (chosen.gold / "dev.jsonl").is_file():
        print(f"no gold in {chosen.gold}: nothing to measure", file=sys.stderr)
        return 0
    score, parties = scorer(chosen.gold), json.loads((chosen.gold / "parties.json").read_text(encoding="utf-8"))
    known, fired = readers(parties), Counter[str]()
    gold = score.load(chosen.gold / "dev.jsonl")
    gold = [r for r in gold if chosen.lang in ("all", r["lang"])]
    show(score, parties, "dev", gold, list(read_rows(load_like(gold, chosen.gold / "dev.jsonl"), known)), fired, chosen)
    for page in sorted(chosen.gold.glob("page-dev-*.txt")):
        rows = score.load(page.with_suffix(".jsonl"))
        show(score, parties, page.stem, rows, read_page(page.read_text(encoding="utf-8"), rows, known), fired, chosen)
    once = sorted(rule for rule, n in fired.items() if n == 1)
    print(f"rules that fired on one passage only ({len(once)} of {len(fired)}): {', '.join(once)}")
    return 0


def load_like(gold: list[Row], path: Path) -> list[Row]:
    """The same rows read afresh, for the reader."""
    wanted = {r["id"] for r in gold}
    return [r for r in load(path) if r["id"] in wanted]


def show(  # noqa: PLR0913, PLR0917 - a table has many parts
    score: ModuleType,
    parties: Row,
    name: str,
    gold: list[Row],
    predicted: list[Row],
    fired: Counter[str],
    chosen: argparse.Namespace,
) -> None:
    """Print one part of the table."""
    errors: list[Any] | None = [] if chosen.errors else None
    result = score.score(gold, predicted, score.Parties(parties), by="lang" if name == "dev" else None, errors=errors)
    print(score.table(name, result["all"]))
    for key, value in result["by"].items() if len(result["by"]) > 1 else ():
        print(score.table(f"{name}, {key}", value))
    for row in predicted:
        fired.update({c["rule"] for c in row["claims"]})
    for kind, row_id, claim in (errors or [])[: chosen.errors]:
        print(
            kind,
            row_id,
            f"{claim['type']}.{claim['sub']}",
            claim["attr"]["kind"],
            claim["attr"]["side"],
            claim.get("rule", ""),
        )
    if chosen.write:
        chosen.write.mkdir(parents=True, exist_ok=True)
        lines = (json.dumps(r, ensure_ascii=False) for r in predicted)
        (chosen.write / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
