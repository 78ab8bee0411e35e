"""What is kept between changes is what a look at all claims would say, whatever happened in whatever order."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.flow.arrival.reading import read_as
from sayso.flow.desk.regrouping import set_apart
from sayso.flow.pages import standing as standing_module
from sayso.flow.pages.standing import Standing
from sayso.model.claim import Claim, Span
from sayso.model.coverage import Coverage
from sayso.model.event import Decided, Gone, Marked, Merged, Moved, Stated, TakenBack
from sayso.model.question import Key, Question, Said
from sayso.reconcile import question, questions_of, tally_lines, tally_of, tells_some, why_not
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
        if draw(st.booleans()):
            then = draw(st.sampled_from(("merged", "moved", "set apart", "marked", "read again", "taken back")))
            told.append((then, draw(st.integers(0, 40))))
    return told


def tell(store: Store, n: int, told: list[Claim], hours: int) -> None:
    told = [replace(c, span=Span(10 * i, 10 * i + 5)) for i, c in enumerate(told)]  # each has words of its own
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


def read_again(store: Store, n: int) -> None:
    """Let a new reader find the same claims in another order, and count them all."""
    it, was = store.statement(f"s{n}"), store.reading(f"s{n}")
    if it is None or was is None:
        return
    with store.write(actor="test", at=at(n)) as w:
        w.append(read_as(NORTH, it, reading(it.text, *reversed(was.claims))))
        w.append(Decided(statement=it.id, decision="accept", by="rule", accepted=tuple(range(len(was.claims)))))


def keys(s: Said) -> tuple[Key, ...]:
    return questions_of(s.claim, said_at=s.said_at, conflict=WAR, day=s.said_at.date())


class Editor:
    """Decides about questions, and remembers in the plainest way what that makes of them."""

    def __init__(self) -> None:
        self.merges: dict[str, Key] = {}
        self.moves: dict[tuple[str, int, str], Key] = {}  # statement, where its words begin, the question left
        self.marks: dict[tuple[str, int], str] = {}  # statement, where its words begin
        self.made: dict[int, tuple[dict[Any, Key], Any]] = {}  # row -> what it set, and under which name

    def answered(self, s: Said) -> dict[str, Key]:
        """The questions that a claim answers now."""
        found = [self.moves.get((s.statement, s.claim.span.start, k.id), k) for k in keys(s)]
        return {k.id: k for k in map(self.root, found)}

    def root(self, key: Key) -> Key:
        while key.id in self.merges:
            key = self.merges[key.id]
        return key

    def decide(self, store: Store, what: str, pick: int) -> None:
        """One decision of that kind, where one can be made."""
        choices = getattr(self, what.replace(" ", "_"))(store)
        if not choices:
            return
        event, where, name, key = choices[pick % len(choices)]
        with store.write(actor="desk", at=at(pick)) as w:
            seq = w.append(event)
        if isinstance(event, TakenBack):
            del where[name], self.made[event.decision]
        else:
            where[name] = key
            self.made[seq] = (where, name)

    def merged(self, store: Store) -> list[Any]:
        asked = {k.id: k for s in store.said() for k in self.answered(s).values()}
        return [
            (Merged(question=a, into=b, reason="one place"), self.merges, a.id, b)
            for a in asked.values() for b in asked.values() if not why_not(a, b, WAR)
        ]  # fmt: skip

    def moved(self, store: Store) -> list[Any]:
        asked = {k.id: k for s in store.said() for k in keys(s)}
        return [self.move(s, k, b) for s, k in self.movable(store) for b in asked.values() if not why_not(k, b, WAR)]

    def set_apart(self, store: Store) -> list[Any]:
        return [self.move(s, k, set_apart(s, k)) for s, k in self.movable(store)]

    def movable(self, store: Store) -> list[tuple[Said, Key]]:
        return [(s, k) for s in store.said() for k in keys(s) if self.name(s, k) not in self.moves]

    def name(self, s: Said, key: Key) -> tuple[str, int, str]:
        return s.statement, s.claim.span.start, key.id

    def move(self, s: Said, was: Key, to: Key) -> tuple[Moved, Any, Any, Key]:
        event = Moved(
            statement=s.statement, type=s.claim.type, span=s.claim.span, figure=None, question=was, into=to, reason="another",
        )  # fmt: skip
        return event, self.moves, self.name(s, was), to

    def marked(self, store: Store) -> list[Any]:
        return [
            (
                Marked(statement=s.statement, type=s.claim.type, span=s.claim.span, figure=None, question=k, reason=s.id),
                self.marks, (s.statement, s.claim.span.start), s.id,
            )
            for s in store.said() for k in keys(s) if (s.statement, s.claim.span.start) not in self.marks
        ]  # fmt: skip

    def seen(self, s: Said) -> Said:
        """A claim as an editor marked it."""
        return replace(s, unverifiable=self.marks.get((s.statement, s.claim.span.start), ""))

    def taken_back(self, store: Store) -> list[Any]:
        there = [(seq, w, n) for seq, (w, n) in self.made.items() if w is self.merges or store.statement(n[0])]
        return [
            (TakenBack(decision=seq, reason="a slip", statement=None if w is self.merges else n[0]), w, n, w[n])
            for seq, w, n in there
        ]  # fmt: skip


def looked_at_anew(store: Store, editor: Editor) -> tuple[dict[str, Question], Any]:
    """All questions and the tally from all claims at once."""
    all_ = tuple(map(editor.seen, store.said()))
    asked: dict[Key, list[Said]] = {}
    for s in all_:
        for key in editor.answered(s).values():
            asked.setdefault(key, []).append(s)
    found = {
        key.id: question(key, mine, conflict=WAR, others=all_, checked=CHECKED, on=mine[-1].said_at.date())
        for key, mine in asked.items()
    }
    counted = [s for s in all_ if any(k.apart is None for k in editor.answered(s).values()) or not keys(s)]
    lines = tally_lines(counted, conflict=WAR)

    def tells(*about: str) -> bool:
        return any(tells_some(s, *about, WAR) for s in all_)

    return found, tally_of(lines, quiet=all_, tells=tells, conflict=WAR, checked=CHECKED)


@settings(max_examples=40, deadline=None)
@given(stories())
def test_what_is_kept_is_what_all_claims_say(empty: Callable[[], Store], story: list[tuple[str, Any]]) -> None:
    store = empty()
    kept, editor = Standing(store, NORTH), Editor()
    for what, about in story:
        match what:
            case "told":
                tell(store, *about)
            case "read again":
                read_again(store, about % 7)
            case "merged" | "moved" | "set apart" | "marked" | "taken back":
                editor.decide(store, what, about)
            case _:
                act(store, what, about)
        kept.follow()
        questions, counted = looked_at_anew(store, editor)
        assert {i for i, _, _ in store.questions()} == set(questions)
        assert {i: kept.question(i, CHECKED) for i in questions} == questions
    quiet = kept.titled(store.said(types=("not_reported",)))
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


def shelled(mouth: str, actor: str, where: str) -> Claim:
    return claim("attack.shelling", mouth, actor=actor, places=(where,))


def together(store: Store, one: Key, other: Key) -> None:
    with store.write(actor="desk", at=at(9)) as w:
        w.append(Merged(question=one, into=other, reason="one place"))


def test_an_answer_that_turns_another_round_is_found_wherever_an_editor_put_it(empty: Callable[[], Store]) -> None:
    store = empty()
    tell(store, 0, [shelled("AR army", "CO", "Oldham")], 0)
    tell(store, 1, [shelled("CO army", "AR", "Mill Ford")], 1)
    tell(store, 2, [shelled("CO army", "AR", "Nowhere"), shelled("CO army", "AR", "Oldham")], 2)
    kept = Standing(store, NORTH)
    kept.follow()
    oldham, ford = (k for n in (0, 1) for k in kept.keys(store.said(statement=f"s{n}")[0]))
    assert kept.question(ford.id, CHECKED).mirrors == ()  # type: ignore[union-attr]
    together(store, oldham, ford)
    kept.follow()
    found = kept.question(ford.id, CHECKED)
    assert found is not None
    assert {s.id for a in found.answers for s in (a.latest, *a.history)} == {"s0.0", "s1.0", "s2.1"}
    assert set(found.mirrors) == {"s0.0", "s2.1"}
    tell(store, 3, [replace(shelled("CO army", "AR", "Oldham"), start="2031-05-05")], 24)
    kept.follow()
    assert "s3.0" in kept.question(ford.id, CHECKED).mirrors  # type: ignore[union-attr]


def test_a_question_finds_what_turns_it_round_also_where_an_editor_took_that_away(empty: Callable[[], Store]) -> None:
    store = empty()
    tell(store, 0, [shelled("AR army", "CO", "Oldham")], 0)
    for n, where in ((1, "Oldham"), (2, "Mill Ford")):
        tell(store, n, [claim("attack.missile", "CO army", actor="AR", places=(where,))], n)
    oldham, struck, ford = (keys(store.said(statement=f"s{n}")[0])[0] for n in range(3))
    assert Standing(store, NORTH).question(oldham.id, CHECKED).mirrors == ("s1.0",)  # type: ignore[union-attr]
    together(store, struck, ford)
    assert Standing(store, NORTH).question(oldham.id, CHECKED).mirrors == ("s1.0",)  # type: ignore[union-attr]


def test_what_a_merge_leads_on_to_is_looked_at_anew(empty: Callable[[], Store]) -> None:
    store = empty()
    for n, where in enumerate(("Oldham", "Mill Ford", "Nowhere")):
        tell(store, n, [shelled("AR army", "CO", where)], n)
    kept = Standing(store, NORTH)
    a, b, c = (kept.keys(store.said(statement=f"s{n}")[0])[0] for n in range(3))
    together(store, b, c)
    kept.follow()
    assert [x.id for x in (kept.question(c.id, CHECKED),) if x] == [c.id]
    rows = store.size()
    together(store, a, b)
    assert store.touched(rows).questions >= {a.id, b.id, c.id}
    kept.follow()
    found = kept.question(c.id, CHECKED)
    assert found is not None
    assert [s.id for x in found.answers for s in (x.latest, *x.history)] == ["s2.0", "s1.0", "s0.0"]
    assert store.verify() == ()


ORDERS = st.permutations(range(7))


@settings(max_examples=25, deadline=None)
@given(ORDERS)
def test_statements_and_decisions_in_any_order_give_the_same_questions(
    empty: Callable[[], Store], order: list[int]
) -> None:
    store = empty()
    places = ("Oldham", "Mill Ford", "Nowhere", "Mill Ford East")
    first = [said(f"s{n}", shelled("AR army", "CO", where), hours=0) for n, where in enumerate(places)]
    a, b, c, d = (keys(s)[0] for s in first)
    move = Moved(
        statement="s3", type="attack", span=Span(0, 5), figure=None, question=d, into=a, reason="a slip of the pen"
    )  # fmt: skip
    decisions = (Merged(question=a, into=b, reason="one"), Merged(question=b, into=c, reason="one"), move)
    for step in order:
        if step < len(places):
            tell(store, step, [shelled("AR army", "CO", places[step])], 0)
        else:
            with store.write(actor="desk", at=at(step)) as w:
                w.append(decisions[step - len(places)])
    assert {i: n for i, n, _ in store.questions()} == {c.id: 4}
    assert store.asked(f"s{n}.0" for n in range(4)) == {f"s{n}.0": (c.id,) for n in range(4)}
    assert store.verify() == ()
