"""What is kept between changes is what a look at all claims would say, whatever happened in whatever order."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.flow import standing as standing_module
from sayso.flow.reading import read_as
from sayso.flow.standing import Standing
from sayso.model.claim import Claim
from sayso.model.coverage import Coverage
from sayso.model.event import Decided, Gone, Stated
from sayso.model.question import Question, Said
from sayso.reconcile import question, questions_of, tally, tally_of
from sayso.store import Store
from tests.desk.factory import coverage, reading, statement
from tests.reconcile.factory import START, WAR, claim, denial, looked, said, toll
from tests.reconcile.test_laws import claims
from tests.store.factory import at, opened

NORTH: Coverage = replace(coverage(), conflict=WAR, start=START, zone="UTC", sources=())
CHECKED = looked(AR=True, BN=True, CO=False, DU=True)


@pytest.fixture(scope="module")
def empty() -> Iterator[Callable[[], Store]]:
    """A new store for each example, in one folder."""
    with tempfile.TemporaryDirectory() as folder:
        made: list[Store] = []

        def fresh() -> Store:
            made.append(opened(Path(folder) / f"{len(made)}.sqlite3"))
            return made[-1]

        yield fresh
        for store in made:
            store.close()


SOLDIERS = st.sampled_from(("5", "12", "at_least 12", "none"))
SIDES = st.sampled_from(("AR", "CO"))


@st.composite
def close_claims(draw: st.DrawFn) -> Claim:
    """Claims of two parties about two places, so that they meet: they contradict, deny and turn each other round."""
    mouth, actor, where = f"{draw(SIDES)} army", draw(SIDES), (draw(st.sampled_from(("Oldham", "Mill Ford"))),)
    kind = draw(st.sampled_from(("attack.shelling", "control.taken", "accusation.start", "casualties", "denial")))
    if kind == "denial":
        aim = draw(st.sampled_from(("attack.shelling", "control.taken", "accusation.start", "casualties.killed")))
        places = {"subject": actor} if aim.startswith("casualties") else {"actor": actor, "places": where}
        return denial(mouth, aim, **places)
    if kind == "casualties":
        return toll(mouth, actor, draw(SOLDIERS))
    return claim(kind, mouth, actor=actor, places=() if kind == "accusation.start" else where)


@st.composite
def stories(draw: st.DrawFn) -> list[tuple[str, Any]]:
    """What happens to some statements: they come in with their claims, are rejected, disappear, or are taken down."""
    told: list[tuple[str, Any]] = []
    for n in range(draw(st.integers(2, 7))):
        both = draw(st.lists(st.one_of(close_claims(), close_claims(), claims()), min_size=1, max_size=2))
        told.append(("told", (n, both, draw(st.integers(-30, 60)))))
        if draw(st.booleans()):
            then = draw(st.sampled_from(("rejected", "accepted", "gone", "taken down")))
            told.append((then, draw(st.integers(0, n))))
    return told


def tell(store: Store, n: int, told: list[Claim], hours: int) -> None:
    first = said("x", told[0], hours=hours)
    it = statement(f"Statement {n}.", id=f"s{n}", key=f"k{n}", published_at=first.said_at, first_seen_at=first.said_at)
    with store.write(actor="test", at=at(n)) as w:
        w.append(Stated(statement=it))
        w.append(read_as(NORTH, it, reading(it.text, *told)))
        w.append(Decided(statement=it.id, decision="accept", by="rule", accepted=tuple(range(len(told)))))


def act(store: Store, what: str, n: int) -> None:
    """Let something happen to a statement, unless it was taken down before."""
    id_ = f"s{n}"
    if store.statement(id_) is None:
        return
    claims_of = range(len(store.reading(id_).claims))  # type: ignore[union-attr]
    with store.write(actor="test", at=at(n)) as w:
        match what:
            case "rejected":
                w.append(Decided(statement=id_, decision="reject", by="editor"))
            case "accepted":
                w.append(Decided(statement=id_, decision="accept", by="editor", accepted=tuple(claims_of)))
            case "gone":
                w.append(Gone(statement=id_, last_seen_at=at(n)))
            case _:
                w.take_down(id_, reason="asked for")


def looked_at_anew(store: Store) -> tuple[dict[str, Question], Any]:
    """All questions and the tally from all claims at once."""
    all_ = store.said()
    asked: dict[Any, list[Said]] = {}
    for s in all_:
        for key in questions_of(s.claim, said_at=s.said_at, conflict=WAR, day=s.said_at.date()):
            asked.setdefault(key, []).append(s)
    found = {
        key.id: question(key, mine, conflict=WAR, others=all_, checked=CHECKED, on=mine[-1].said_at.date())
        for key, mine in asked.items()
    }
    return found, tally(all_, conflict=WAR, checked=CHECKED)


@settings(max_examples=40, deadline=None)
@given(stories())
def test_what_is_kept_is_what_all_claims_say(empty: Callable[[], Store], story: list[tuple[str, Any]]) -> None:
    store = empty()
    kept = Standing(store, NORTH)
    for what, about in story:
        tell(store, *about) if what == "told" else act(store, what, about)
        kept.follow()
        questions, counted = looked_at_anew(store)
        assert {i for i, _, _ in store.questions()} == set(questions)
        assert {i: kept.question(i, CHECKED) for i in questions} == questions
    quiet = store.said(types=("not_reported",))
    found = tally_of(kept.tally_lines(), quiet=quiet, tells=kept.tells_some, conflict=WAR, checked=CHECKED)
    assert found == counted
    assert store.verify() == ()


def test_only_the_newest_answers_of_a_claimant_are_looked_at(
    empty: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing_module, "OF_EACH", 3)
    store = empty()
    for n in range(8):
        tell(store, n, [toll("AR army", "AR", str(10 + n))], n)
    ((id_, claims_there, _),) = store.questions()
    found = Standing(store, NORTH).question(id_, CHECKED)
    assert found is not None
    (answer,) = found.answers
    assert [s.claim.count.n for s in (answer.latest, *answer.history) if s.claim.count] == [17, 16, 15]
    assert claims_there == 8
    assert len(store.every_answer(id_)) == 8


def test_a_question_that_nothing_touched_is_not_looked_at_again(
    empty: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = empty()
    tell(store, 0, [toll("AR army", "AR", "10")], 0)
    tell(store, 1, [toll("CO army", "CO", "20")], 1)
    kept = Standing(store, NORTH)
    kept.follow()
    first = {id_: kept.question(id_, CHECKED) for id_, _, _ in store.questions()}
    made: list[str] = []
    monkeypatch.setattr(Standing, "_made", lambda self, id_: made.append(id_))
    tell(store, 2, [toll("CO army", "CO", "21")], 2)
    kept.follow()
    for id_ in first:
        kept.question(id_, CHECKED)
    assert len(made) == 1
    assert "co" in made[0]
