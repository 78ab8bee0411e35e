"""Editors' decisions about questions in the tables: taken and taken back, then and now, the same after a rebuild."""

from sayso.model.event import Gone, KeptApart, Marked, Merged, Moved, Read, Stated, TakenBack
from sayso.model.question import Key
from sayso.store import Store
from tests.store import factory as f
from tests.store.snapshot import projections

A, B, C = (Key(type="attack", measure="shelling", place=place, day="2031-04-01") for place in ("ubel", "verst", "nimm"))
LONG = "The northern army says that shells fell on the harbour of the old town before dawn and that nobody was hurt there at all."


def told(store: Store, n: int, *keys: Key) -> None:
    it = f.statement(n)
    with store.write(actor="intake", at=f.at(n)) as w:
        f.told(w, it, f.claim(), questions=(tuple(k.id for k in keys),))
        f.accepted(w, it.id, 0)


def decide(store: Store, event: Merged | Moved | KeptApart | Marked | TakenBack) -> int:
    with store.write(actor="desk", at=f.at(50)) as w:
        return w.append(event)


def asked(store: Store) -> dict[str, int]:
    return {id_: n for id_, n, _ in store.questions()}


def test_a_merge_moves_what_counts_and_what_comes_later(store: Store) -> None:
    told(store, 1, A)
    told(store, 2, B)
    before = store.size()
    row = decide(store, Merged(question=A, into=B, reason="one"))
    told(store, 3, A)
    assert asked(store) == {B.id: 3}
    assert [s.statement for s in store.every_answer(B.id)] == ["s1", "s2", "s3"]
    assert store.roots([A.id, C.id]) == {A.id: B.id, C.id: C.id}
    assert [s.statement for s in store.at(before).every_answer(A.id)] == ["s1"]
    assert store.at(before).grouping().decisions == ()
    decide(store, TakenBack(decision=row, reason="two"))
    assert asked(store) == {A.id: 2, B.id: 1}
    assert store.verify() == ()


def test_a_claim_that_answers_both_counts_once(store: Store) -> None:
    told(store, 1, A, B, C)
    row = decide(store, Merged(question=A, into=B, reason="one"))
    assert asked(store) == {B.id: 1, C.id: 1}
    decide(store, TakenBack(decision=row, reason="two"))
    assert asked(store) == {A.id: 1, B.id: 1, C.id: 1}
    assert store.verify() == ()


def test_a_move_holds_for_one_claim_and_survives_another_reading(store: Store) -> None:
    told(store, 1, A)
    told(store, 2, A)
    span = f.claim().span
    row = decide(
        store, Moved(statement="s1", type="casualties", span=span, figure=span, question=A, into=C, reason="x")
    )
    assert store.asked(["s1.0", "s2.0"]) == {"s1.0": (C.id,), "s2.0": (A.id,)}
    with store.write(actor="intake", at=f.at(60)) as w:  # the new reader finds something before it, and another place
        claims = (f.claim("before", start=40, sub="wounded"), f.claim())
        w.append(Read(statement="s1", reading=f.reading(*claims), questions=((A.id,), (B.id,))))
        f.accepted(w, "s1", 0, 1)
    assert store.asked(["s1.0", "s1.1"]) == {"s1.0": (A.id,), "s1.1": (C.id,)}
    decide(store, TakenBack(decision=row, reason="y", statement="s1"))
    assert store.asked(["s1.0", "s1.1"]) == {"s1.0": (A.id,), "s1.1": (B.id,)}
    assert store.verify() == ()


def test_two_moves_of_one_claim_do_not_undo_each_other(store: Store) -> None:
    told(store, 1, A, B)
    span = f.claim().span
    for one, other in ((A, B), (B, C)):
        decide(
            store,
            Moved(statement="s1", type="casualties", span=span, figure=span, question=one, into=other, reason="x"),
        )
    assert store.asked(["s1.0"]) == {"s1.0": tuple(sorted((B.id, C.id)))}


def test_a_mark_stands_until_it_is_taken_back_and_moves_nothing(store: Store) -> None:
    told(store, 1, A)
    before = store.size()
    span = f.claim().span
    mark = Marked(statement="s1", type="casualties", span=span, figure=span, question=A, reason="x", posts=("p1",))
    row = decide(store, mark)
    assert store.grouping().marks == {"s1": (mark,)}
    assert store.at(before).grouping().marks == {}
    assert store.touched(before).questions == {A.id}
    assert [(c.kind, c.post) for c in store.changes(0, 9)][-2:] == [("tally", None), ("put", "p1")]
    assert asked(store) == {A.id: 1}
    decide(store, TakenBack(decision=row, reason="y", statement="s1"))
    assert store.grouping().marks == {}
    assert store.at(row).grouping().marks == {"s1": (mark,)}
    assert store.verify() == ()


def test_a_rebuild_gives_the_same_with_a_takedown_between(store: Store) -> None:
    told(store, 1, A)
    told(store, 2, B)
    span = f.claim().span
    moved = Moved(statement="s1", type="casualties", span=span, figure=span, question=A, into=C, reason="x")
    row = decide(store, moved)
    decide(store, Merged(question=C, into=B, reason="one"))
    decide(store, TakenBack(decision=row, reason="y", statement="s1"))
    decide(store, moved)
    decide(store, KeptApart(question=A, into=B))
    for n, key in ((1, A), (2, B)):
        decide(store, Marked(statement=f"s{n}", type="casualties", span=span, figure=span, question=key, reason="x"))
    with store.write(actor="intake", at=f.at(70)) as w:
        w.append(Gone(statement="s2", last_seen_at=f.at(2)))
    with store.write(actor="desk", at=f.at(71)) as w:
        w.take_down("s1", reason="asked for")
    live = projections(store)
    store.rebuild()
    assert projections(store) == live
    assert asked(store) == {B.id: 1}
    # only what was taken down asked A, and only its move led to C
    assert [type(d.event) for d in store.grouping().decisions] == [Marked]
    assert set(store.grouping().marks) == {"s2"}
    assert [d.kind for d in store.lost()] == ["moved", "merged", "taken_back", "moved", "kept_apart", "marked"]
    assert store.verify() == ()


def test_that_an_answer_was_taken_down_is_known_of_questions_that_others_ask(store: Store) -> None:
    told(store, 1, A, C)
    told(store, 2, A)
    before = store.size()
    with store.write(actor="desk", at=f.at(71)) as w:
        w.take_down("s1", reason="asked for")
    (struck,) = store.struck()
    assert struck.at == f.at(71)
    assert [struck.struck(key.id) for key in (A, B, C)] == [True, False, False]
    assert store.at(before).struck() == ()


def test_what_shares_most_words_is_found_and_forgotten_with_a_takedown(store: Store) -> None:
    for n, text in enumerate((LONG, f"{LONG} It rained.", "Something else altogether is told here, " * 4), 1):
        with store.write(actor="intake", at=f.at(n)) as w:
            w.append(Stated(statement=f.statement(n, text=text), origin="first" if n == 2 else ""))
    assert [(s.id, o) for s, o in store.look_alikes(LONG)] == [("s1", store.origin("s1")), ("s2", "first")]
    with store.write(actor="desk", at=f.at(9)) as w:
        w.take_down("s1", reason="asked for")
    assert [s.id for s, _ in store.look_alikes(LONG)] == ["s2"]
    assert store.verify() == ()
