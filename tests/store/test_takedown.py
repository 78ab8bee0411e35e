"""A takedown leaves no copy, the ledger still verifies, and nothing brings the item back (H14, row 29)."""

import os
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from sayso.model.claim import Attribution, Claim, Span, Unread
from sayso.model.event import (
    Attached,
    Corrected,
    Decided,
    Gone,
    KeptApart,
    Merged,
    Moved,
    Parsed,
    Posted,
    Read,
    Related,
    Released,
    Stated,
    TakenBack,
    Translated,
)
from sayso.model.post import Correction, Line
from sayso.model.question import Key
from sayso.store import SigningKey, Store
from tests.store import factory as f
from tests.store.snapshot import projections

CANARY = "zqcanary"


def word(n: int) -> str:
    return f"{CANARY}{n:02}word"


def secret_claim() -> Claim:
    attr = Attribution(kind="eyewitness", speaker=word(1), org=word(2))
    return Claim(type="other", sub="situation", attr=attr, span=Span(0, 4), rule="test", why=word(3), places=(word(4),))


def shelled(place: str) -> Key:
    return Key(type="attack", measure="shelling", place=place, day="2031-04-01")


SECRET, KNOWN, OTHER = shelled(word(20)), shelled("ubel"), shelled("verst")


def regrouped(store: Store) -> None:
    """An editor put questions of the item, and of others, together in every way, and took some of it back."""
    for n, key in ((60, KNOWN), (61, OTHER), (62, KNOWN)):
        with store.write(actor="intake", at=f.at(57)) as w:
            f.told(w, f.statement(n), f.claim(), questions=((key.id,),))
            f.accepted(w, f"s{n}", 0)
    span = f.claim().span
    with store.write(actor="desk", at=f.at(58)) as w:
        w.append(KeptApart(question=SECRET, into=OTHER, reason=word(21)))
        back = w.append(Merged(question=SECRET, into=KNOWN, reason=word(22)))
        w.append(TakenBack(decision=back, reason=word(23)))
        w.append(Merged(question=KNOWN, into=SECRET, reason=word(24)))
        w.append(
            Moved(
                statement="s61", type="casualties", span=span, figure=span, question=OTHER, into=SECRET, reason=word(25)
            )
        )
    store.note_staff("editor", "put questions together", at=f.at(58), detail=f"{KNOWN.id} {SECRET.id}")
    noted(store)


def noted(store: Store) -> None:
    """What editors noted for readers."""
    with store.write(actor="desk", at=f.at(59)) as w:
        w.append(Translated(statement="s1", lang="en", text=word(26), shown=True))
        w.append(Released(statement="s1", reason=word(27)))


def told_everywhere(store: Store) -> None:
    """One item in two versions whose words stand in every kind of row that can hold them, between others."""
    for n in (1, 2, 3):
        f.kept(store, n)
    for n in range(10, 40):
        f.published(store, n, it=f.statement(n, text=f"Statement {n}. " + "The fleet sails on. " * 40, capture="c3"))
    old = f.statement(
        1, text=f"{word(5)} " * 300, key=word(6), title=word(7), capture="c2", speaker=word(8),
        url=f"https://example.org/{word(9)}", enclosures=(f.enclosure(),),
    )  # fmt: skip
    new = f.statement(2, text=f"{word(5)} edited " * 300, key=word(6), version=2, replaces="s1", capture="c3")
    with store.write(actor="intake", at=f.at(50)) as w:
        w.append(Parsed(capture="c2", items=1, unread=(f"no date in {word(10)}",)))
        w.append(Stated(statement=old))
        hole = Unread(span=Span(0, 4), why=word(11))
        w.append(
            Read(
                statement="s1",
                reading=f.reading(secret_claim(), text=word(12), unread=(hole,)),
                questions=((word(13), SECRET.id),),
            )
        )
        w.append(
            Decided(
                statement="s1",
                decision="accept",
                by="editor",
                accepted=(0,),
                corrected=((0, secret_claim()),),
                reason=word(14),
            )
        )
        w.append(Posted(post=f.post(1, head=f"A witness says {word(15)}", note=word(16))))
        w.append(Attached(statement="s1", media=(f.media(),), failed=(word(17),)))
        w.append(Posted(post=f.overview("s10.0", "s1.0")))
    regrouped(store)
    with store.write(actor="intake", at=f.at(60)) as w:
        w.append(Gone(statement="s1", last_seen_at=f.at(55)))
        f.told(w, new, secret_claim())
        f.accepted(w, "s2", 0)
        w.append(
            Corrected(
                post=f.post(1, version=2, statements=("s2",), corrections=(Correction(at=f.at(60), text=word(18)),))
            )
        )
        w.append(Related(statement="s2", posts=("p10",)))
        lines = (Line(text="The northern army says so.", cites=("s10.0",)), Line(text=word(19), cites=("s2.0",)))
        w.append(Posted(post=f.post(90, version=2, kind="overview", statements=(), lines=lines)))
    for n in range(40, 50):
        f.published(store, n)


@pytest.fixture
def files(url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[], list[Path]]:
    """Every file of the database but for a server's write-ahead log, which is its operator's (docs/postgresql.md)."""
    if url.startswith("sqlite"):
        return lambda: list(tmp_path.iterdir())
    if os.environ.get("SAYSO_TEST_PG"):
        pytest.skip("SAYSO_TEST_PG names a server whose files we cannot look into")
    data = request.getfixturevalue("server").data

    def there() -> list[Path]:
        with psycopg.connect(url) as conn:
            conn.execute("CHECKPOINT")
            (number,) = conn.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone() or ()
        return [p for part in (f"base/{number}", "global") for p in (data / part).iterdir() if p.is_file()]

    return there


def copies(files: list[Path]) -> int:
    return sum(file.read_bytes().count(CANARY.encode()) for file in files)


def taken_down(store: Store) -> Store:
    """The same store, once the item was taken down and nothing of it is left."""
    store.checkpoint(SigningKey.from_seed("x", bytes(32)), at=f.at(65))
    with store.write(actor="desk", at=f.at(70)) as w:
        erased = w.take_down("s1", reason="asked for by the family")
    assert erased.blobs == (f.capture(2).sha256, f.capture(3).sha256, "a" * 64)
    assert erased.media_names == ("aaaa.webp",)
    store.scrub()
    return store


@pytest.fixture(scope="module")
def down(lasting: Store) -> Store:
    told_everywhere(lasting)
    return taken_down(lasting)


def test_no_copy_is_left_in_the_database_files(files: Callable[[], list[Path]], store: Store) -> None:
    told_everywhere(store)
    with store._writing() as conn:
        conn.exec_driver_sql("ANALYZE")  # what a planner remembers of the values must not be theirs
    assert copies(files()) > 50
    taken_down(store)
    assert [file.name for file in files() if copies([file])] == []
    store.close()
    assert copies(files()) == 0


def test_the_ledger_still_verifies(down: Store) -> None:
    key = SigningKey.from_seed("x", bytes(32))
    gone = {f.capture(2).sha256, f.capture(3).sha256, "a" * 64}
    assert down.verify(has_blob=lambda sha256: sha256 not in gone, keys=[key.public]) == ()
    (first, *_) = down.verify(has_blob=lambda _: True)
    assert "still there" in first.what


def test_a_rebuild_gives_the_same_tables_and_the_same_public_numbers(down: Store) -> None:
    before = projections(down)
    down.rebuild()
    assert projections(down) == before


def test_answers_stand_as_if_an_editor_had_never_put_them_to_what_is_gone(down: Store) -> None:
    assert [s.statement for s in down.every_answer(KNOWN.id)] == ["s60", "s62"]
    assert [s.statement for s in down.every_answer(OTHER.id)] == ["s61"]
    assert down.grouping().decisions == ()


def test_of_a_decision_stays_that_it_was_made_and_when(down: Store) -> None:
    assert [d.kind for d in down.lost()] == ["kept_apart", "merged", "taken_back", "merged", "moved"]
    assert {d.at for d in down.lost()} == {f.at(58)}
    assert [(n.user, n.action, n.detail) for n in down.staff_log(limit=9)] == [
        ("editor", "put questions together", "about what was taken down")
    ]


def test_a_decision_about_questions_that_others_ask_too_stays(store: Store) -> None:
    for n, key in ((1, KNOWN), (2, KNOWN), (3, OTHER)):
        with store.write(actor="intake", at=f.at(n)) as w:
            f.told(w, f.statement(n), f.claim(), questions=((key.id,),))
            f.accepted(w, f"s{n}", 0)
    with store.write(actor="desk", at=f.at(4)) as w:
        w.append(Merged(question=KNOWN, into=OTHER, reason="one village"))
        w.take_down("s1", reason="r")
    assert [s.statement for s in store.every_answer(OTHER.id)] == ["s2", "s3"]
    assert len(store.grouping().decisions) == 1
    assert store.lost() == ()
    assert store.verify() == ()


def test_what_a_page_asks_for_is_a_tombstone(down: Store) -> None:
    assert down.statement_state("s1") == down.statement_state("s2") == "taken_down"
    assert down.has_statement("s1")
    assert down.statement("s1") is None
    assert down.reading("s1") is None
    assert down.claim("s1.0") is None
    assert [s.statement for s in down.said() if s.statement in ("s1", "s2")] == []
    post = down.post("p1")
    assert post is not None
    assert (post.state, post.reason, post.statements, post.version) == ("taken_down", "asked for by the family", (), 3)
    overview = down.post("p90")
    assert overview is not None
    assert [line.cites for line in overview.lines] == [("s10.0",)]
    assert overview.state == "published"
    noted = down.takedown("s2")
    assert noted is not None
    assert noted.reason == "asked for by the family"


def test_readers_hear_of_it(down: Store) -> None:
    last = [(c.kind, c.post) for c in down.changes(down.public_n() - 3, 9)]
    assert last == [("drop", "p1"), ("summary", "p90"), ("tally", None)]


def test_the_next_poll_does_not_bring_it_back(down: Store) -> None:
    words = f"{word(5)} " * 300
    assert down.is_guarded("harbour", word(6), "other words of the same item")
    assert down.is_guarded("elsewhere", "other-key", words.upper())
    assert down.is_guarded("elsewhere", "other-key", f"{word(5)} edited " * 300)
    assert not down.is_guarded("elsewhere", word(6), "other words that nobody took down")
    assert not down.is_guarded("harbour", "item-10", "Statement 10.")


def test_captures_that_held_it_are_marked_and_not_read_again(down: Store) -> None:
    states = {c.id: c.erased for n in (1, 2, 3) for c in [down.capture(f"c{n}")] if c}
    assert states == {"c1": False, "c2": True, "c3": True}
    assert [c.id for c in down.pending_captures()] == ["c1"]
    assert down.blobs_to_erase() == ((f.capture(2).sha256, f.capture(3).sha256, "a" * 64), ("aaaa.webp",))


def test_only_what_was_taken_down_is_gone(down: Store) -> None:
    assert len(down.said()) == 43
    assert len(down.posts(limit=99, kinds=["update"])) == 41


def test_a_file_that_another_statement_shows_stays(store: Store) -> None:
    for n in (1, 2):
        f.published(store, n, it=f.statement(n, capture=None, media=(f.media(),)))
    with store.write(actor="desk", at=f.at(3)) as w:
        first = w.take_down("s1", reason="r")
        second = w.take_down("s2", reason="r")
    assert (first.blobs, first.media_names) == ((), ())
    assert (second.blobs, second.media_names) == (("a" * 64,), ("aaaa.webp",))


def test_taking_down_a_held_statement_tells_the_public_nothing(store: Store) -> None:
    with store.write(actor="intake", at=f.at(1)) as w:
        f.told(w, f.statement(1), f.claim())
        w.append(Decided(statement="s1", decision="hold", by="rule"))
        w.take_down("s1", reason="r")
    assert store.public_n() == 0
    assert store.counts_by_state() == {"taken_down": 1}


def test_a_replacement_that_still_names_it_is_refused(store: Store) -> None:
    f.published(store, 1)
    with pytest.raises(ValueError, match="still name"), store.write(actor="desk", at=f.at(2)) as w:
        w.take_down("s1", reason="r", posts=(f.post(1, version=2),))
    with pytest.raises(ValueError, match="does not follow"), store.write(actor="desk", at=f.at(2)) as w:
        w.take_down("s1", reason="r", posts=(f.post(7, version=2, statements=()),))
    with pytest.raises(KeyError), store.write(actor="desk", at=f.at(2)) as w:
        w.take_down("s9", reason="r")
    assert store.verify() == ()


def test_the_desk_may_name_the_captures_and_write_the_tombstone(store: Store) -> None:
    for n in (1, 2):
        f.kept(store, n)
    f.published(store, 3)
    stone = f.post(3, version=2, statements=(), head="Taken down", state="taken_down", reason="a court's order")
    with store.write(actor="desk", at=f.at(4)) as w:
        erased = w.take_down("s3", reason="a court's order", posts=(stone,), captures=("c1",))
    assert store.post("p3") == stone
    assert erased.blobs == (f.capture(1).sha256,)
