"""The hand-made labels beside an example's statements, as claims."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sayso.model.claim import Attribution, Claim, Count, Span, Target, Via
from sayso.model.question import Said
from sayso.replay import Tape


def claim_of(row: dict, label: dict) -> Claim:
    """The record of one label."""
    attr = Attribution(**label["attr"] | {"via": tuple(Via(**v) for v in label["attr"]["via"])})
    qty, target = label["qty"], label["target"]
    count = None
    if qty:
        fields = {k: qty[k] for k in ("n", "low", "high", "unit", "scope", "since")}
        count = Count(operator=qty["cmp"], words=row["text"], **fields)
    return Claim(
        attr=attr, span=Span(*row["span"]), rule="label", count=count, places=tuple(label["places"]),
        start=label["from"], end=label["to"],
        target=Target(**target | {"places": tuple(target["places"])}) if target else None,
        **{k: label[k] for k in ("type", "sub", "actor", "subject", "who", "part_of", "polarity", "modality")},
    )  # fmt: skip


def said_by_hand(folder: Path, tape: Tape) -> Iterator[tuple[Said, str]]:
    """Every labelled claim as said, numbered through its statement, with the words that it stands in. Whatever its
    source withdrew later counts here as it stood on its day."""
    told, numbers = {t.id: t for t in tape.told}, Counter[str]()
    for line in (folder / "replay" / "gold.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        statement = told[row["doc"]]
        for label in row["claims"]:
            said = Said(
                id=f"{statement.id}.{numbers[statement.id]}", claim=claim_of(row, label), statement=statement.id,
                source=statement.source, outlet=row["outlet"], said_at=statement.at, seen_at=statement.at,
                origin=statement.text,
            )  # fmt: skip
            numbers[statement.id] += 1
            yield said, row["text"]
