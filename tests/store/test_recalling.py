"""What a rebuild remembers is what the database would have said, or it is not remembered."""

from typing import Any

from sqlalchemy import delete, update

from sayso.store import tables as t
from sayso.store.batching import tables_of
from sayso.store.counting import DECIDE, END_SAID, READING, STATEMENT
from sayso.store.filing import FILES, POSTS_OF
from sayso.store.project import READ_FIRST
from sayso.store.recalling import MOST, Recall
from sayso.store.tables import INSERT

ROW = {c.name: None for c in t.statement.c} | {"id": "s1", "source": "harbour", "reason": "a\0b", "decision": "new"}


def told(*, statements: int = 1) -> Recall:
    recall = Recall()
    for n in range(1, statements + 1):
        recall.note(INSERT[t.statement], t.statement, [ROW | {"id": f"s{n}"}])
    return recall


def files(recall: Recall, id_: str = "s1") -> set[Any] | None:
    found = recall.answer(FILES, {"b_statement": id_})
    return None if found is None else {tuple(row) for row in found}


def test_a_statement_is_recalled_as_it_was_added_and_decided() -> None:
    recall = told()
    recall.note(DECIDE, t.statement, [{"b_id": "s1", "decision": "accept", "state": "accepted"}])
    found = recall.answer(STATEMENT, {"b_id": "s1"})
    assert found is not None
    row = found.mappings().one()
    assert (row["decision"], row["state"], row["reason"]) == ("accept", "accepted", "a\N{REPLACEMENT CHARACTER}b")


def test_what_a_post_is_filed_by_is_recalled_with_what_was_added_since() -> None:
    recall = told()
    recall.note(INSERT[t.said], t.said, [{"statement": "s1", "body": b"{}"}])
    recall.note(INSERT[t.answer], t.answer, [{"statement": "s1", "question": "q1"}])
    recall.note(INSERT[t.medium], t.medium, [{"statement": "s1", "name": ""}, {"statement": "s1", "name": "a.webp"}])
    recall.note(INSERT[t.said], t.said, [{"statement": "other", "body": b"[]"}])
    assert files(recall) == {
        ("source", "harbour", None), ("said", "", b"{}"), ("question", "q1", None), ("media", "", None),
    }  # fmt: skip


def test_a_statement_that_a_post_carries_has_to_be_asked_for() -> None:
    recall = told()
    found = recall.answer(POSTS_OF, {"b_statement": "s1"})
    assert found is not None
    assert found.all() == []
    recall.note(INSERT[t.post_statement], t.post_statement, [{"statement": "s1", "post": "p1"}])
    assert recall.answer(POSTS_OF, {"b_statement": "s1"}) is None


def test_what_something_else_may_have_changed_is_forgotten() -> None:
    recall = told()
    recall.touch(END_SAID, tables_of(END_SAID))
    assert files(recall) is None
    assert recall.answer(STATEMENT, {"b_id": "s1"}) is not None
    other = update(t.statement).values(superseded=True)
    recall.touch(other, tables_of(other))
    assert recall.answer(STATEMENT, {"b_id": "s1"}) is None


def test_a_deletion_forgets_all() -> None:
    recall = told()
    gone = delete(t.unread)
    recall.touch(gone, tables_of(gone))
    assert recall.answer(STATEMENT, {"b_id": "s1"}) is None
    assert files(recall) is None
    assert not recall.is_first_reading("s1")


def test_a_reading_is_the_first_once_and_forgotten_where_an_editor_corrects_it() -> None:
    recall = told()
    assert recall.is_first_reading("s1")
    assert not recall.is_first_reading("s1")
    assert not recall.is_first_reading("s2")
    recall.note(READ_FIRST, t.reading, [{"statement": "s1", "body": b"r", "questions": b"q", "mouths": b"m"}])
    found = recall.answer(READING, {"b_id": "s1"})
    assert found is not None
    assert tuple(found.one()) == (b"r", b"q", b"m", False)
    recall.note(INSERT[t.correction], t.correction, [{"statement": "s1"}])
    assert recall.answer(READING, {"b_id": "s1"}) is None


def test_no_more_than_the_newest_statements_are_remembered() -> None:
    recall = told(statements=MOST + 1)
    assert recall.answer(STATEMENT, {"b_id": "s1"}) is None
    assert files(recall) is None
    assert not recall.is_first_reading("s1")
    assert files(recall, f"s{MOST + 1}") is not None
