from datetime import date

from sayso.model.claim import ADDED_FROM, Span, Unread
from sayso.model.event import Attached, Corrected, Decided, Gone, Parsed, Posted, Read, Related, Stated, Withdrawn
from sayso.store import Store
from tests.store import factory as f


def test_a_capture_waits_until_it_is_parsed(store: Store) -> None:
    f.kept(store, 1)
    f.kept(store, 2)
    assert [c.id for c in store.pending_captures()] == ["c1", "c2"]
    with store.write(actor="intake", at=f.at(3)) as w:
        w.append(Parsed(capture="c1", items=3, unread=("the third item has no text",)))
    assert [c.id for c in store.pending_captures()] == ["c2"]
    last = store.last_capture("harbour")
    assert last is not None
    assert last.id == "c2"
    assert store.last_capture("elsewhere") is None
    assert [c.id for c in store.captures_of(f.capture(2).sha256)] == ["c2"]


def test_what_could_not_be_read_is_listed_with_its_source(store: Store) -> None:
    f.kept(store, 1)
    with store.write(actor="intake", at=f.at(3)) as w:
        w.append(Parsed(capture="c1", items=0, unread=("the feed ends in the middle",)))
        w.append(Stated(statement=f.statement(1)))
        hole = Unread(span=Span(4, 9), why="no upper end")
        w.append(Read(statement="s1", reading=f.reading(text="words", unread=(hole,)), questions=()))
    first, second = store.unread()
    assert (first.source, str(first)) == ("harbour", "the feed ends in the middle")
    assert second.span == Span(4, 9)
    assert "s1 at 4-9: no upper end" in str(second)


def test_versions_of_an_item_follow_each_other(store: Store) -> None:
    f.published(store, 1)
    edited = f.statement(2, key="item-1", version=2, replaces="s1")
    with store.write(actor="intake", at=f.at(2)) as w:
        f.told(w, edited, f.claim(n=11))
    assert store.latest("harbour", "item-1") == edited
    assert [s.id for s in store.versions("harbour", "item-1")] == ["s1", "s2"]
    assert store.statement_state("s1") == "superseded"
    assert store.live_keys("harbour") == ("item-1",)
    assert store.counts_by_state() == {"new": 1, "superseded": 1}


def test_an_edit_that_nobody_accepted_withdraws_nothing(store: Store) -> None:
    f.published(store, 1)
    with store.write(actor="intake", at=f.at(2)) as w:
        f.told(w, f.statement(2, key="item-1", version=2, replaces="s1"), f.claim(n=11))
        w.append(Decided(statement="s2", decision="hold", by="rule"))
    assert [(s.id, s.withdrawn) for s in store.said()] == [("s1.0", False)]
    with store.write(actor="desk", at=f.at(3)) as w:
        f.accepted(w, "s2", 0, by="editor")
    assert [(s.id, s.withdrawn, s.by) for s in store.said()] == [("s1.0", True, "rule"), ("s2.0", False, "editor")]


def test_what_is_gone_from_its_source_is_withdrawn_and_readers_hear_of_it(store: Store) -> None:
    f.published(store, 1)
    n = store.public_n()
    with store.write(actor="intake", at=f.at(2)) as w:
        w.append(Gone(statement="s1", last_seen_at=f.at(1.5)))
    assert store.statement_state("s1") == "gone"
    assert store.said()[0].withdrawn
    assert store.live_keys("harbour") == ()
    assert [(c.kind, c.post) for c in store.changes(n, 10)] == [("put", "p1"), ("tally", None)]


def test_what_a_source_removed_and_shows_again_is_a_new_version(store: Store) -> None:
    f.published(store, 1)
    with store.write(actor="intake", at=f.at(2)) as w:
        w.append(Gone(statement="s1", last_seen_at=f.at(1.5)))
        f.told(w, f.statement(2, key="item-1", version=2, replaces="s1"), f.claim())
        f.accepted(w, "s2", 0)
    assert store.live_keys("harbour") == ("item-1",)
    assert [s.withdrawn for s in store.said()] == [True, False]


def test_only_accepted_claims_count(store: Store) -> None:
    with store.write(actor="intake", at=f.at(1)) as w:
        f.told(w, f.statement(1), f.claim(n=1), f.claim(n=2, start=20))
        w.append(Decided(statement="s1", decision="hold", by="rule"))
    assert store.said() == ()
    assert store.questions() == ()
    assert store.public_n() == 0
    assert [s.id for s in store.suggested("s1")] == ["s1.0", "s1.1"]
    assert {s.by for s in store.suggested("s1")} == {"none"}
    with store.write(actor="desk", at=f.at(2)) as w:
        f.accepted(w, "s1", 1, by="editor")
    assert [s.id for s in store.said()] == ["s1.1"]
    assert [s.id for s in store.suggested("s1")] == ["s1.0"]
    assert store.questions() == (("q1", 1, f.at(0.5)),)
    assert [c.kind for c in store.changes(0, 10)] == ["tally"]


def test_a_decision_that_is_taken_back_takes_its_claims_back(store: Store) -> None:
    f.published(store, 1)
    with store.write(actor="desk", at=f.at(2)) as w:
        w.append(Decided(statement="s1", decision="reject", by="editor", reason="a hoax"))
    assert store.said() == ()
    assert store.questions() == ()
    assert [c.kind for c in store.changes(0, 10)] == ["tally", "add", "tally"]


def test_a_correction_replaces_the_reading_and_is_kept_apart(store: Store) -> None:
    right = f.claim(n=21)
    with store.write(actor="desk", at=f.at(1)) as w:
        f.told(w, f.statement(1), f.claim(n=12))
        w.append(
            Decided(
                statement="s1", decision="accept", by="editor", accepted=(0,), corrected=((0, right),),
                questions=((0, ("q-right",)),),
            )
        )  # fmt: skip
    found = store.claim("s1.0")
    assert found is not None
    assert found.claim == right
    reading = store.reading("s1")
    assert reading is not None
    assert reading.claims[0] == f.claim(n=12)
    assert store.corrections("s1") == {0: right}
    assert store.questions_of("s1.0") == ("q-right",)


def test_a_correction_survives_a_new_reader_that_numbers_otherwise(store: Store) -> None:
    right = f.claim("12 soldiers", start=30, n=21)
    with store.write(actor="desk", at=f.at(1)) as w:
        f.told(w, f.statement(1), f.claim("12 soldiers", start=30, n=12))
        w.append(Decided(statement="s1", decision="accept", by="editor", accepted=(0,), corrected=((0, right),)))
        again = f.reading(f.claim("9 boats", n=9), f.claim("12 soldiers", start=30, n=12))
        w.append(Read(statement="s1", reading=again, questions=(("qa",), ("qb",))))
    assert store.corrections("s1") == {1: right}
    assert [s.claim for s in store.said()] == [right]  # it counts until somebody decides again
    with store.write(actor="desk", at=f.at(2)) as w:
        f.accepted(w, "s1", 0, 1, by="editor")
    assert [s.claim.count.n for s in store.said() if s.claim.count] == [9, 21]


def test_a_correction_of_words_that_a_new_reader_passes_over_still_stands(store: Store) -> None:
    right = f.claim("12 soldiers", start=30, n=21)
    with store.write(actor="desk", at=f.at(1)) as w:
        f.told(w, f.statement(1), f.claim("12 soldiers", start=30, n=12))
        w.append(Decided(statement="s1", decision="accept", by="editor", accepted=(0,), corrected=((0, right),)))
        w.append(Read(statement="s1", reading=f.reading(f.claim("9 boats", n=9)), questions=(("qa",),)))
        f.accepted(w, "s1", 1, by="editor")
    assert [s.claim for s in store.said()] == [right]
    assert store.questions_of("s1.1") == ("q0",)


def test_no_reader_takes_the_number_of_a_claim_that_an_editor_added(store: Store) -> None:
    mine = f.claim("12 soldiers", start=30, n=12)
    with store.write(actor="desk", at=f.at(1)) as w:
        f.told(w, f.statement(1), f.claim("9 boats", n=9))
        w.append(
            Decided(
                statement="s1", decision="hold", by="editor", corrected=((ADDED_FROM, mine),),
                questions=((ADDED_FROM, ("q-mine",)),),
            )
        )  # fmt: skip
        assert w.said() == ()  # it waits for whoever may publish
        again = f.reading(f.claim("9 boats", n=9), f.claim("12 soldiers", start=30, n=11))  # the same words, misread
        w.append(Read(statement="s1", reading=again, questions=(("qa",), ("qb",))))
    assert store.corrections("s1") == {ADDED_FROM: mine}
    assert [s.id for s in store.suggested("s1")] == ["s1.0", "s1.1", f"s1.{ADDED_FROM}"]
    with store.write(actor="desk", at=f.at(2)) as w:
        f.accepted(w, "s1", ADDED_FROM, by="editor")
    assert [s.claim for s in store.said()] == [mine]
    assert [s.id for s in store.every_answer("q-mine")] == [f"s1.{ADDED_FROM}"]


def test_claims_are_found_by_question_type_and_time(store: Store) -> None:
    for n in (3, 1, 2):
        f.published(store, n)
    assert [s.statement for s in store.said()] == ["s1", "s2", "s3"]
    assert [s.statement for s in store.said(since=f.at(0.5), until=f.at(1.5))] == ["s1"]
    assert [s.statement for s in store.said(statement="s2")] == ["s2"]
    assert [s.statement for s in store.answers("q0", of_each=2, mouths=1)] == ["s2", "s3"]
    assert [s.statement for s in store.every_answer("q0")] == ["s1", "s2", "s3"]
    assert store.said(types=("control",)) == ()
    assert store.answers("none", of_each=2, mouths=1) == ()


def test_reprints_share_one_origin(store: Store) -> None:
    f.published(store, 1, it=f.statement(1, text="Twelve boats were lost, says the fleet."))
    f.published(store, 2, it=f.statement(2, text="TWELVE  boats were lost - says the fleet!", source="gazette"))
    f.published(store, 3, it=f.statement(3, text="Thirteen boats were lost, says the fleet."))
    first, second, third = (s.origin for s in store.said())
    assert first == second != third
    assert store.said()[1].outlet == "gazette"


def test_a_claim_that_is_not_there_is_none(store: Store) -> None:
    f.published(store, 1)
    for claim_id in ("s1.7", "s9.0", "nonsense", ""):
        assert store.claim(claim_id) is None
        assert store.questions_of(claim_id) == ()


def test_the_inbox_goes_on_where_its_page_ended(store: Store) -> None:
    for n in range(1, 8):
        with store.write(actor="intake", at=f.at(n)) as w:
            f.told(w, f.statement(n, source="a" if n % 2 else "b"), f.claim(), f.claim(start=20))
            w.append(Decided(statement=f"s{n}", decision="hold", by="rule", reason="no editor yet"))
    first = store.inbox(states=["held"], limit=3)
    rest = store.inbox(states=["held"], limit=9, before=first[-1].cursor)
    assert [row.statement.id for row in (*first, *rest)] == ["s7", "s6", "s5", "s4", "s3", "s2", "s1"]
    assert (first[0].suggested, first[0].counted, first[0].reason) == (2, 0, "no editor yet")
    assert [row.statement.id for row in store.inbox(states=["held"], limit=9, source="b")] == ["s6", "s4", "s2"]
    assert store.inbox(states=["accepted"], limit=9) == ()


def test_posts_come_newest_first_page_by_page(store: Store) -> None:
    for n in range(1, 6):
        f.published(store, n)
    with store.write(actor="desk", at=f.at(9)) as w:
        w.append(Posted(post=f.overview("s1.0", kind="summary")))
    first = store.posts(limit=2, kinds=["update"])
    assert [p.id for p in first] == ["p5", "p4"]
    assert [p.id for p in store.posts(limit=9, before=(first[-1].at, first[-1].id))] == ["p3", "p2", "p1"]
    last = store.posts(limit=9, kinds=["update"])[-1]
    assert [p.id for p in store.posts_after((last.at, last.id), limit=2, kinds=["update"])] == ["p3", "p2"]
    assert len(store.posts(limit=9, day=date(2031, 4, 1))) == 6
    assert store.posts(limit=9, day=date(2031, 4, 2)) == ()
    assert [p.id for p in store.posts_of("s3")] == ["p3"]
    assert [p.id for p in store.posts_citing("s1")] == ["p90"]
    assert store.days() == (date(2031, 4, 1),)


def test_every_public_change_has_the_next_number(store: Store) -> None:
    f.published(store, 1)
    with store.write(actor="desk", at=f.at(2)) as w:
        w.append(Posted(post=f.post(1, version=2)))
        w.append(Corrected(post=f.post(1, version=3)))
        w.append(Related(statement="s1", posts=("p1",)))
        w.append(Posted(post=f.overview("s1.0", kind="summary")))
        w.append(Withdrawn(post=f.post(1, version=4, state="withdrawn", reason="doubled")))
    found = [(c.n, c.kind, c.post, c.version) for c in store.changes(0, 100)]
    assert found == [
        (1, "tally", None, None),
        (2, "add", "p1", 1),
        (3, "put", "p1", 2),
        (4, "put", "p1", 3),
        (5, "put", "p1", None),
        (6, "summary", "p90", 1),
        (7, "put", "p1", 4),
    ]
    assert store.public_n() == 7
    assert [c.n for c in store.changes(5, 1)] == [6]
    assert [p.version for p in store.post_versions("p1")] == [1, 2, 3, 4]
    now = store.post("p1")
    assert now is not None
    assert now.state == "withdrawn"


def test_posts_that_answer_a_question_are_found(store: Store) -> None:
    for n in (1, 2, 3):
        f.published(store, n)
    with store.write(actor="desk", at=f.at(9)) as w:
        w.append(Withdrawn(post=f.post(2, version=2, state="withdrawn")))
    assert store.posts_answering(("q0", "q9")) == ("p1", "p3")
    assert store.posts_answering(()) == ()


def test_media_follow_their_statement(store: Store) -> None:
    f.published(store, 1, it=f.statement(1, enclosures=(f.enclosure(),)))
    assert [s.id for s in store.waiting_for_media()] == ["s1"]
    with store.write(actor="media", at=f.at(2)) as w:
        w.append(Attached(statement="s1", media=(f.media(),), failed=("https://example.org/b: too large",)))
    assert store.waiting_for_media() == ()
    it = store.statement("s1")
    assert it is not None
    assert it.media == (f.media(),)
    assert store.changes(2, 9)[0].kind == "put"
    assert "too large" in store.unread()[0].why
