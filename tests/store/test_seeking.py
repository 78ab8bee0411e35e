"""Searching published posts: the newest first, without loss; nothing held, withdrawn or taken down is ever found."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.model.event import Corrected, Posted, Withdrawn
from sayso.model.seeking import Spelling, Wanted
from sayso.store import Store
from tests.store import factory as f
from tests.store.snapshot import projections
from tests.store.test_takedown import files as files  # noqa: PLC0414 - a fixture

CANARY = "zqseekcanary"


def words(*groups: str) -> Wanted:
    """One spelling a group; `|` divides spellings, `*` lets letters follow."""
    return tuple(
        tuple(Spelling(tuple(s.removesuffix("*").split()), s.endswith("*")) for s in group.split("|"))
        for group in groups
    )


def posts(store: Store, *groups: str) -> list[str]:
    return [post for _, post in store.sought(words(*groups), limit=100)]


def told(store: Store, n: int, text: str) -> None:
    f.published(store, n, it=f.statement(n, text=text))


def test_words_are_found_without_case_and_accents_the_newest_first(store: Store) -> None:
    told(store, 1, "The Ferry crossed at Übelhafen.")
    told(store, 2, "A FERRY sank; the ferry was empty.")
    told(store, 3, "Паром пересёк озеро у Ёлки.")
    assert posts(store, "ferry") == ["p2", "p1"]
    assert posts(store, "ferry", "ubelhafen") == ["p1"]
    assert posts(store, "ubelh*") == ["p1"]
    assert posts(store, "елки") == ["p3"]
    assert posts(store, "sank|озеро") == ["p3", "p2"]
    assert posts(store, "nowhere") == []
    assert store.sought((), limit=5) == ()


def test_pages_of_results_follow_each_other_without_loss(store: Store) -> None:
    for n in range(1, 24):
        told(store, n, f"Bulletin {n} of the fleet.")
    found: list[str] = []
    before = None
    while page := store.sought(words("fleet"), limit=5, before=before):
        found += [post for _, post in page]
        before = page[-1][0]
    assert found == [f"p{n}" for n in range(23, 0, -1)]


def test_what_is_not_published_is_not_found(store: Store) -> None:
    with store.write(actor="intake", at=f.at(1)) as w:
        f.told(w, f.statement(1, text="A held secret."), f.claim())
    assert posts(store, "secret") == []
    with store.write(actor="desk", at=f.at(2)) as w:
        w.append(Posted(post=f.post(1)))
    assert posts(store, "secret") == ["p1"]
    with store.write(actor="desk", at=f.at(3)) as w:
        w.append(Withdrawn(post=f.post(1, version=2, state="withdrawn", reason="wrong")))
    assert posts(store, "secret") == []


def test_an_edit_is_found_by_its_new_words_in_its_old_place(store: Store) -> None:
    told(store, 1, "First words.")
    told(store, 2, "Second words.")
    with store.write(actor="desk", at=f.at(3)) as w:
        w.append(Corrected(post=f.post(1, version=2, note="A remark about lighthouses.")))
    assert posts(store, "lighthouses") == ["p1"]
    assert posts(store, "words") == ["p2", "p1"]


def test_what_stood_then_is_found_then_page_by_page_whatever_became_of_it(store: Store) -> None:
    for n in range(1, 8):
        told(store, n, f"Bulletin {n} of the fleet.")
    row = store.last_row()
    with store.write(actor="desk", at=f.at(9)) as w:
        w.append(Withdrawn(post=f.post(3, version=2, state="withdrawn", reason="wrong")))
        w.append(Corrected(post=f.post(5, version=2, note="A remark.")))
    told(store, 8, "The fleet again.")
    then = store.at(row)
    found: list[str] = []
    before = None
    while page := then.sought(words("fleet"), limit=2, before=before):
        found += [post for _, post in page]
        before = page[-1][0]
    assert found == [f"p{n}" for n in range(7, 0, -1)]
    assert posts(store, "fleet") == ["p8", "p7", "p6", "p5", "p4", "p2", "p1"]


def test_a_takedown_leaves_no_word_in_the_index(store: Store, files: Callable[[], list[Path]]) -> None:
    for n in range(10, 40):
        told(store, n, f"Statement {n} of the fleet.")
    told(store, 1, " ".join(f"{CANARY}{n:04}" for n in range(3_000)))
    told(store, 2, "The fleet sails on.")
    assert posts(store, f"{CANARY}0007") == ["p1"]
    with store._writing() as conn:
        conn.exec_driver_sql("ANALYZE")
    with store.write(actor="desk", at=f.at(50)) as w:
        w.take_down("s1", reason="asked for")
    store.scrub()
    assert posts(store, f"{CANARY}*") == []
    assert [x.name for x in files() if CANARY.encode() in x.read_bytes()] == []
    assert len(posts(store, "fleet")) == 31
    before = projections(store)
    store.rebuild()
    assert projections(store) == before
    assert len(posts(store, "fleet")) == 31


@pytest.mark.parametrize(
    "text",
    [
        "x" * 200_000,
        " ".join(f"w{n}" for n in range(120_000)),
        "'; DROP TABLE sought; -- \" * AND OR NOT NEAR( ) : & | ! <-> \\ '':*",
        "a\0b \N{ZERO WIDTH JOINER} \U0001f30a שלום 漢字",
    ],
    ids=["one long word", "many words", "operators", "odd letters"],
)
def test_whatever_a_statement_holds_is_kept(store: Store, text: str) -> None:
    told(store, 1, f"{text} lighthouse")
    told(store, 2, f"lighthouse {text[:1_000]}")
    assert "p2" in posts(store, "lighthouse")


@pytest.mark.parametrize("word", ["and", "or", "not", "near"])
def test_words_of_the_databases_own_languages_are_words(store: Store, word: str) -> None:
    told(store, 1, f"Here it is {word} there.")
    assert posts(store, word) == ["p1"]
