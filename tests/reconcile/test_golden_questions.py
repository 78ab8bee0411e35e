"""Every question of the examples, its answers and how they stand, as written by hand from their statements."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import get_args

import pytest

from sayso.coverage import load
from sayso.model.claim import Claim
from sayso.model.coverage import Coverage
from sayso.model.question import Answer, Checked, Flag, Key, Question, Said, Silence, State
from sayso.reconcile import question, questions_of
from sayso.reconcile.figures import in_words

from .labels import EXAMPLES, labelled

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "questions"
#: Parties whose channels were not all looked through.
UNCHECKED = ("OS", "NK")
ALL_OTHERS = "~ not_comparable: all others"


def is_total(key: Key) -> bool:
    return key.type in ("casualties", "equipment_loss") and key.scope == "total"


def on_the_day(said: Said, coverage: Coverage) -> bool:
    return coverage.local_day(said.said_at).isoformat() == "2020-10-07"


def skerrow() -> dict[str, Question]:
    return asked("skerrow")


def karabakh_day() -> dict[str, Question]:
    return asked("karabakh-2020", said=on_the_day, key=lambda k: not is_total(k))


def karabakh_totals() -> dict[str, Question]:
    return asked("karabakh-2020", key=is_total)


def asked(
    name: str,
    *,
    said: Callable[[Said, Coverage], bool] = lambda s, c: True,
    key: Callable[[Key], bool] = lambda k: True,
) -> dict[str, Question]:
    """The questions that the labelled claims of an example answer, by id."""
    coverage = load(EXAMPLES / name)
    war = coverage.conflict
    heard = [s for s in labelled(name) if said(s, coverage)]
    by_key: dict[Key, list[Said]] = defaultdict(list)
    for s in heard:
        for k in questions_of(s.claim, said_at=s.said_at, conflict=war, day=coverage.local_day(s.said_at)):
            by_key[k].append(s)
    looked = [
        Checked(party=p.id, channels=2, until=max(s.said_at for s in heard), complete=p.id not in UNCHECKED)
        for p in war.parties
    ]
    return {
        k.id: question(
            k, mine, conflict=war, others=heard, checked=looked, on=coverage.local_day(max(s.said_at for s in mine))
        )
        for k, mine in by_key.items()
        if key(k)
    }


def told(claim: Claim) -> str:
    """What a claim says, without who says it."""
    how = {"asserted": "", "negated": "not ", "unknown": "unknown "}[claim.polarity]
    if claim.count is not None and claim.type not in ("attack", "truce"):
        figure = in_words(replace(claim.count, words=None))
        return figure if claim.count.operator == "none" else how + figure
    who = "" if claim.actor is claim.subject is None else f" {claim.actor or '-'}>{claim.subject or '-'}"
    if claim.type == "denial":
        return claim.sub + who
    return how + claim.sub + who


def earlier(answer: Answer) -> Iterator[str]:
    """The answers before the latest, newest first, each run of the same once."""
    last = told(answer.latest.claim)
    for s in answer.history:
        if (words := told(s.claim)) != last:
            yield words
        last = words


def lines_of(found: Question) -> Iterator[str]:
    """A question as the golden files have it."""
    yield found.id
    yield found.wording
    named = {a.latest.id: a.claimant.name for a in found.answers}
    for a in found.answers:
        said = "; ".join((told(a.latest.claim), *earlier(a)))
        cells = (a.claimant.name, said, a.state, " ".join(sorted(a.flags)), a.latest.id, " ".join(a.denied_by))
        yield "= " + " | ".join(cells)
    for r in found.relations:
        yield f"~ {r.kind}: {' / '.join(sorted((named[r.a], named[r.b])))}"
    for m in found.missing:
        yield f"? {m.party}: {m.kind}"
    if found.mirrors:
        yield f"< {' '.join(sorted(found.mirrors))}"


def as_written(block: str) -> Iterator[str]:
    """The lines of a block, with flags and pairs in the order of the alphabet."""
    for line in block.splitlines():
        kind, _, rest = line.strip().partition(" ")
        if kind == "=":
            cells = [c.strip() for c in rest.split("|")]
            cells += [""] * (6 - len(cells))
            cells[3] = " ".join(sorted(cells[3].split()))
            yield "= " + " | ".join(cells)
        elif kind == "~":
            standing, _, pair = rest.partition(": ")
            yield f"~ {standing}: {' / '.join(sorted(pair.split(' / ')))}"
        elif kind == "<":
            yield f"< {' '.join(sorted(rest.split()))}"
        else:
            yield line.strip()


def spelled_out(block: list[str]) -> list[str]:
    """The lines with "all others" as the pairs that it stands for."""
    if ALL_OTHERS not in block:
        return block
    told = {line.partition(": ")[2] for line in block if line.startswith("~")}
    names = sorted(line[2:].partition(" | ")[0] for line in block if line.startswith("="))
    pairs = {f"{a} / {b}" for a, b in combinations(names, 2)} - told
    return [line for line in block if line != ALL_OTHERS] + [f"~ not_comparable: {pair}" for pair in pairs]


def golden(name: str) -> dict[str, list[str]]:
    """The questions of a golden file, by id."""
    blocks = (FOLDER / f"{name}.txt").read_text("utf-8").split("\n\n")
    read = [spelled_out(list(as_written(b))) for b in blocks if b.strip() and not b.startswith("#")]
    assert len({b[0] for b in read}) == len(read), "a question stands twice"
    return {b[0]: sorted(b) for b in read}


ASKED: dict[str, Callable[[], dict[str, Question]]] = {
    "skerrow": cache(skerrow),
    "karabakh-day": cache(karabakh_day),
    "karabakh-totals": cache(karabakh_totals),
}


@pytest.mark.parametrize("name", ASKED)
def test_questions_of_the_example_stand_as_written(name: str) -> None:
    """None is missing and none too many."""
    found = {id_: sorted(lines_of(q)) for id_, q in ASKED[name]().items()}
    assert found == golden(name)


def cells(mark: str, n: int) -> set[str]:
    """What stands in a cell of all lines of a kind, in all golden files; flags one by one."""
    lines = [line for name in ASKED for block in golden(name).values() for line in block]
    found = (line.split("|")[n].strip() for line in lines if line.startswith(mark))
    return {word for cell in found for word in (cell.split() if n == FLAGS else (cell,))}


STATES, FLAGS = 2, 3
#: What no words bring about: an editor's deeds (tests/web/test_desk_questions.py).
BY_EDITORS = {"taken_down", "unverifiable"}


def test_every_state_and_flag_of_an_answer_occurs() -> None:
    assert cells("=", STATES) == set(get_args(State)) - BY_EDITORS
    assert cells("=", FLAGS) == set(get_args(Flag)) - BY_EDITORS


def test_every_relation_and_every_silence_occurs() -> None:
    assert {c[2:].partition(":")[0] for c in cells("~", 0)} == {"compatible", "contradicted", "not_comparable"}
    assert {c.rpartition(" ")[2] for c in cells("?", 0)} == set(get_args(Silence))


def test_there_are_at_least_sixty_questions() -> None:
    assert sum(len(golden(name)) for name in ASKED) >= 60
