"""Pairs of claims labelled by hand: whether both answer one question, and how the two stand.

    python tools/gold_pairs.py

Prints precision and recall of linking, the share of states that are as labelled, and every disagreement. Two claims
are linked where they have a question in common; their state is read from the answers, flags and relations that the
pages are drawn from.
"""

import json
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from sayso.model.claim import Attribution, Claim, Count, Span, Target
from sayso.model.conflict import Conflict, Group, Membership, Party, Place
from sayso.model.question import Answer, Key, Question, Said
from sayso.reconcile import question, questions_of
from sayso.reconcile.relations import denies, mirrors

OWN: Final = Path(__file__).resolve().parents[1] / "tests" / "gold"
MUST: Final[Mapping[str, float]] = {"linking precision": 0.95, "linking recall": 0.90, "state accuracy": 0.95}
#: Fields of a row that are not the claim's own.
AROUND: Final = ("says", "at", "claim", "text", "outlet", "origin", "withdrawn", "attr", "count", "places", "target")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pair:
    """A labelled pair and what was made of it: `marks` are the flags of each side's answer."""

    row: Row
    linked: bool
    state: str
    marks: Mapping[str, frozenset[str]]

    @property
    def wrong(self) -> tuple[str, ...]:
        """What is otherwise than labelled, one phrase each."""
        return tuple(self._differences())

    def _differences(self) -> Iterator[str]:
        if self.linked != self.row["same"]:
            yield "linked, but two questions" if self.linked else "not linked, but one question"
        if self.state != self.row["state"]:
            yield f"state {self.row['state']}, but {self.state}"
        for side, marks in self.row.get("marks", {}).items():
            for mark in marks:
                if (mark.removeprefix("-") in self.marks[side]) == mark.startswith("-"):
                    yield f"{side} {'is' if mark.startswith('-') else 'is not'} {mark.removeprefix('-')}"


@cache
def rows() -> tuple[Row, ...]:
    """The labelled pairs, in the file's order."""
    return tuple(json.loads(line) for line in (OWN / "pairs.jsonl").read_text("utf-8").splitlines())


@cache
def war() -> Conflict:
    """The invented conflict that the pairs are about."""
    data = tomllib.loads((OWN / "pairs-conflict.toml").read_text("utf-8"))
    return Conflict(
        id=data["id"],
        start=data["start"],
        parties=tuple(Party(id=p, names=tuple(names)) for p, names in data["parties"].items()),
        third=tuple(Party(id=p, names=tuple(names)) for p, names in data["third"].items()),
        groups=tuple(
            Group(id=g["id"], names=tuple(g["names"]), members=tuple(Membership(**m) for m in g["members"]))
            for g in data["group"]
        ),
        places=tuple(Place(names=tuple(names)) for names in data["places"]["names"]),
    )


def said_of(id_: str, row: Row) -> Said:
    """One side of a pair as a claim that was said; without an outlet, on the claimant's own channel."""
    side, kind = row["says"].split()
    type_, sub = row["claim"].split(".")
    attr = Attribution(kind=kind, side=None if side == "-" else side, **row.get("attr", {}))
    target = row.get("target")
    claim = Claim(
        type=type_,
        sub=sub,
        attr=attr,
        span=Span(0, len(row["text"])),
        rule="label",
        count=Count(**row["count"]) if "count" in row else None,
        places=tuple(row.get("places", ())),
        target=Target(**target | {"places": tuple(target["places"])}) if target else None,
        **{k: v for k, v in row.items() if k not in AROUND},
    )
    at = datetime.fromisoformat(row["at"]).replace(tzinfo=UTC)
    source = row.get("outlet") or f"{side} {kind}"
    return Said(
        id=f"{id_}.0", claim=claim, statement=id_, source=source, outlet=source, said_at=at, seen_at=at,
        origin=row.get("origin", id_), withdrawn=row.get("withdrawn", False),
    )  # fmt: skip


def keys_of(said: Said) -> tuple[Key, ...]:
    """The questions that a claim answers."""
    return questions_of(said.claim, said_at=said.said_at, conflict=war(), day=said.said_at.date())


def judged(row: Row) -> Pair:
    """What `reconcile` makes of a pair."""
    a, b = said_of("a", row["a"]), said_of("b", row["b"])
    keys_a, keys_b = keys_of(a), keys_of(b)
    common = [k for k in keys_a if k in keys_b]
    asked = [
        question(k, [s for s, keys in ((a, keys_a), (b, keys_b)) if k in keys], conflict=war(), others=(a, b))
        for k in dict.fromkeys((*common, *keys_a, *keys_b))
    ]
    return Pair(
        row=row, linked=bool(common), state=state_of(a, b, asked[: len(common)]), marks={
            side: frozenset(f for q in asked for answer in q.answers if answer_of(answer, s) for f in answer.flags)
            for side, s in (("a", a), ("b", b))
        }
    )  # fmt: skip


def answer_of(answer: Answer, said: Said) -> bool:
    """Whether an answer is that claim's."""
    return said.id in {answer.latest.id, *(h.id for h in answer.history)}


def state_of(a: Said, b: Said, common: Sequence[Question]) -> str:
    """How two claims stand, in the order in which a page shows states; without a common question "not_comparable"
    for claims of one type that both answer something, "mirrored" where linked so, else "none"."""
    if a.withdrawn or b.withdrawn:
        return "withdrawn"
    if denies(a, b, conflict=war()) or denies(b, a, conflict=war()):
        return "denied"
    if common:
        return shared_state(common[0])
    if b in mirrors(a, (b,), conflict=war()):
        return "mirrored"
    answering = a.claim.type == b.claim.type and keys_of(a) and keys_of(b)
    return "not_comparable" if answering else "none"


def shared_state(asked: Question) -> str:
    """How the two claims of one question stand: one claimant's as a revision or the same, two claimants' as related."""
    if asked.relations:
        return asked.relations[0].kind
    (latest, *others) = asked.answers
    if others or not latest.history:
        return "not_comparable"  # a silence or a denial beside an answer
    return "revised" if {"revised_up", "revised_down"} & set(latest.flags) else "compatible"


def figures(pairs: Sequence[Pair]) -> dict[str, float]:
    """Precision and recall of linking, the share of right states, over all pairs and over those of one question."""
    right = sum(p.linked and p.row["same"] for p in pairs)
    of_one = [p for p in pairs if p.row["same"]]
    return {
        "linking precision": right / max(1, sum(p.linked for p in pairs)),
        "linking recall": right / max(1, len(of_one)),
        "state accuracy": share_of_states(pairs),
        "state accuracy of one question": share_of_states(of_one),
        "pairs": float(len(pairs)),
    }


def share_of_states(pairs: Sequence[Pair]) -> float:
    """The share of pairs whose state is as labelled."""
    return sum(p.state == p.row["state"] for p in pairs) / max(1, len(pairs))


def measure() -> tuple[Pair, ...]:
    """All pairs as `reconcile` judges them."""
    return tuple(judged(row) for row in rows())


def show() -> None:
    """Print the figures beside their bars, and every disagreement."""
    pairs = measure()
    cells = []
    for key, value in figures(pairs).items():
        bar = MUST.get(key)
        mark = "" if bar is None else f" (>= {bar:g} {'ok' if value >= bar else 'MISSED'})"
        cells.append(f"{key} {value:g}" if key == "pairs" else f"{key} {value:.3f}{mark}")
    print(f"{'own pairs':22}", ", ".join(cells))
    for p in pairs:
        if p.wrong:
            print(f"  {p.row['id']}: {'; '.join(p.wrong)} ({p.row['why']})")


if __name__ == "__main__":
    show()
    sys.exit(0)
