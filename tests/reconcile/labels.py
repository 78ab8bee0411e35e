"""What the hand-made labels of the examples come to after the whole replay."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sayso.model.question import Said
from sayso.replay import read_tape
from tests.replay.labels import claim_of

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LATER = Path(__file__).resolve().parents[1] / "golden" / "questions" / "edited.jsonl"


def labelled(name: str) -> Iterator[Said]:
    """Every labelled claim of an example after its whole replay, in the order of the labels; what its source changed
    or took away stands as withdrawn, and the changed words follow with ids that name the version ("bm-4-2+1.0")."""
    tape = read_tape(EXAMPLES / name)
    told, numbers = {t.id: t for t in tape.told}, dict[str, int]()
    firsts = rows_of(EXAMPLES / name / "replay" / "gold.jsonl")
    for row in (*firsts, *(r for r in rows_of(LATER) if r["conflict"] == firsts[0]["conflict"])):
        key, _, version = row["doc"].partition("+")
        statement = told[key]
        at: datetime = statement.then[int(version) - 1].at if version else statement.at
        for label in row["claims"]:
            numbers[row["doc"]] = number = numbers.get(row["doc"], -1) + 1
            yield Said(
                id=f"{row['doc']}.{number}", claim=claim_of(row, label), statement=row["doc"],
                source=statement.source, outlet=row["outlet"], said_at=at, seen_at=at,
                origin=statement.text + version, withdrawn=len(statement.then) > int(version or 0),
            )  # fmt: skip


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of labels."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
