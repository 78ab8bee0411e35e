"""What a rebuild remembers is what the database would have said, or it is not remembered."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, update

from sayso.store import tables as t
from sayso.store.batching import tables_of
from sayso.store.counting import DECIDE, END_SAID, READING, STATEMENT
from sayso.store.filing import END, FILED, FILES, POSTS_OF
from sayso.store.project import ATTACH, READ_FIRST
from sayso.store.recalling import MOST, Answer, Recall
from sayso.store.seeking import TEXT
from sayso.store.tables import INSERT

NOON = datetime(2031, 4, 1, 12, tzinfo=UTC)
ROW = {c.name: None for c in t.statement.c} | {"id": "s1", "source": "harbour", "reason": "a\0b", "decision": "new"}


def told(*, statements: int = 1) -> Recall:
    recall = Recall()
    for n in range(1, statements + 1):
        recall.note(INSERT[t.statement], [ROW | {"id": f"s{n}"}])
    return recall


def show(recall: Recall, post: str, *, version: int = 1, state: str = "published", role: str = "carries") -> None:
    recall.note(INSERT[t.post], [{"id": post, "version": version, "state": state, "body": b"p"}])
    recall.note(INSERT[t.post_statement], [{"post": post, "version": version, "statement": "s1", "role": role}])


def one(found: Answer | None) -> Any:
    assert found is not None
    return found.one_or_none()


def files(recall: Recall, id_: str = "s1") -> set[Any] | None:
    found = recall.answer(FILES, {"b_statement": id_})
    return None if found is None else {tuple(row) for row in found}


def test_a_statement_is_recalled_as_it_was_added_and_decided() -> None:
    recall = told()
    before = one(recall.answer(STATEMENT, {"b_id": "s1"}))
    recall.note(DECIDE, [{"b_id": "s1", "decision": "accept", "state": "accepted"}])
    recall.note(ATTACH, [{"b_id": "s1", "waiting": False, "media_seq": 7, "body": b"with"}])
    row = one(recall.answer(STATEMENT, {"b_id": "s1"}))
    assert (row["decision"], row["state"], row["reason"]) == ("accept", "accepted", "a\N{REPLACEMENT CHARACTER}b")
    assert (row["media_seq"], one(recall.answer(TEXT, {"b_statement": "s1"}))) == (7, b"with")
    assert before["decision"] == "new", "an answer stays what it was"


def test_what_a_post_is_filed_by_is_recalled_with_what_was_added_since() -> None:
    recall = told()
    recall.note(INSERT[t.said], [{"statement": "s1", "body": b"{}"}])
    recall.note(INSERT[t.answer], [{"statement": "s1", "question": "q1"}])
    recall.note(INSERT[t.medium], [{"statement": "s1", "name": ""}, {"statement": "s1", "name": "a.webp"}])
    recall.note(INSERT[t.said], [{"statement": "other", "body": b"[]"}])
    assert files(recall) == {
        ("source", "harbour", None), ("said", "", b"{}"), ("question", "q1", None), ("media", "", None),
    }  # fmt: skip


def test_the_posts_of_a_statement_are_recalled_with_their_headings() -> None:
    recall = told()
    assert recall.answer(POSTS_OF, {"b_statement": "s1"}) == []
    show(recall, "p2")
    show(recall, "p1", state="draft")
    recall.note(INSERT[t.filed], [{"post": "p2", "heading": "place a\0b", "at": NOON}])
    assert recall.answer(POSTS_OF, {"b_statement": "s1"}) == [("p2", 1, b"p")]
    assert recall.answer(FILED, {"b_post": "p2"}) == [("place a\N{REPLACEMENT CHARACTER}b", NOON)]
    assert recall.answer(FILED, {"b_post": "p1"}) == []


def test_a_statement_that_is_only_cited_has_no_post() -> None:
    recall = told()
    show(recall, "p1", role="cites")
    assert recall.answer(POSTS_OF, {"b_statement": "s1"}) == []


def test_a_statement_of_a_post_with_versions_before_has_to_be_asked_for() -> None:
    recall = told()
    show(recall, "p1", version=2)
    assert recall.answer(POSTS_OF, {"b_statement": "s1"}) is None
    assert recall.answer(FILED, {"b_post": "p1"}) is None


def test_a_new_version_of_any_post_makes_all_be_asked_for() -> None:
    recall = told()
    show(recall, "p1")
    older = update(t.post).values(current=False)
    recall.touch(older, tables_of(older))
    show(recall, "p1", version=2)
    assert recall.answer(POSTS_OF, {"b_statement": "s1"}) is None
    assert recall.answer(FILED, {"b_post": "p1"}) is None


def test_a_heading_that_ends_makes_headings_be_asked_for() -> None:
    recall = told()
    show(recall, "p1")
    recall.touch(END, tables_of(END))
    assert recall.answer(FILED, {"b_post": "p1"}) is None


def test_only_a_statement_without_files_certainly_has_no_media() -> None:
    recall = told(statements=2)
    recall.note(INSERT[t.medium], [{"statement": "s1", "name": ""}])  # withheld: a row, but no file
    assert not recall.has_no_media("s1")
    assert recall.has_no_media("s2")
    assert not recall.has_no_media("s3")


def test_what_something_else_may_have_changed_is_forgotten() -> None:
    recall = told()
    recall.touch(END_SAID, tables_of(END_SAID))
    assert files(recall) is None
    assert recall.answer(STATEMENT, {"b_id": "s1"}) is not None
    other = update(t.statement).values(superseded=True)
    recall.touch(other, tables_of(other))
    assert recall.answer(STATEMENT, {"b_id": "s1"}) is None


def test_what_is_deleted_is_forgotten() -> None:
    recall = told()
    for table in (t.statement, t.said):
        gone = delete(table)
        recall.touch(gone, tables_of(gone))
    assert recall.answer(STATEMENT, {"b_id": "s1"}) is None
    assert files(recall) is None


def test_a_reading_is_the_first_once_and_forgotten_where_an_editor_corrects_it() -> None:
    recall = told()
    assert recall.is_first_reading("s1")
    assert not recall.is_first_reading("s1")
    assert not recall.is_first_reading("s2")
    recall.note(READ_FIRST, [{"statement": "s1", "body": b"r", "questions": b"q", "mouths": b"m"}])
    read = one(recall.answer(READING, {"b_id": "s1"}))
    assert [read[name] for name in ("body", "questions", "mouths", "corrected")] == [b"r", b"q", b"m", False]
    recall.note(INSERT[t.correction], [{"statement": "s1"}])
    assert recall.answer(READING, {"b_id": "s1"}) is None


def test_no_more_than_the_newest_statements_are_remembered() -> None:
    recall = told(statements=MOST + 1)
    assert recall.answer(STATEMENT, {"b_id": "s1"}) is None
    assert files(recall) is None
    assert not recall.is_first_reading("s1")
    assert files(recall, f"s{MOST + 1}") is not None
