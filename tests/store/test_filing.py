"""Posts under their headings: as they stand now and stood then, the same after a rebuild, nothing left by a takedown."""

from dataclasses import replace

from sayso.model.claim import Claim, Span
from sayso.model.event import Attached, Corrected, Decided, Merged, Posted, Withdrawn
from sayso.model.heading import heading
from sayso.model.question import Key
from sayso.store import Store
from tests.store import factory as f
from tests.store.snapshot import projections

KEY, MEDIA, NORTH = heading("key"), heading("media"), heading("party", "north")


def placed(*places: str, n: int = 3) -> Claim:
    return replace(f.claim(n=n), places=places)


def under(store: Store, name: str) -> tuple[str, ...]:
    return store.filed_under((name,), limit=100)


def test_a_post_is_found_under_whatever_its_claims_say(store: Store) -> None:
    f.published(store, 1, more=(placed("Old Harbour", "Quay"),))
    f.published(store, 2)
    found = [under(store, heading("place", p)) for p in ("Old Harbour", "Quay", "Elsewhere")]
    assert found == [("p1",), ("p1",), ()]
    assert under(store, NORTH) == ("p2", "p1")
    assert under(store, heading("source", "harbour")) == ("p2", "p1")
    assert under(store, heading("question", "q1")) == ("p1",)
    assert store.headings("place") == {"Old Harbour": 1, "Quay": 1}
    assert store.headings("party") == {"north": 2}


def test_what_nobody_accepted_files_nothing(store: Store) -> None:
    with store.write(actor="intake", at=f.at(1)) as w:
        f.told(w, f.statement(1), placed("Quay"))
        w.append(Posted(post=f.post(1)))
    assert under(store, heading("place", "Quay")) == ()
    with store.write(actor="desk", at=f.at(2)) as w:
        f.accepted(w, "s1", 0)
    assert under(store, heading("place", "Quay")) == ("p1",)
    with store.write(actor="desk", at=f.at(3)) as w:
        w.append(Decided(statement="s1", decision="reject", by="editor"))
    assert under(store, heading("place", "Quay")) == ()
    assert store.headings("place") == {}


def test_pages_of_a_heading_follow_each_other_without_loss(store: Store) -> None:
    for n in range(1, 24):
        f.published(store, n)
    with store.write(actor="desk", at=f.at(30)) as w:  # two of the same minute
        w.append(Corrected(post=f.post(5, version=2, at=f.at(4))))
    found: list[str] = []
    before = None
    while page := store.filed_under((NORTH, heading("source", "harbour")), limit=5, before=before):
        found += page
        last = store.post(page[-1])
        assert last is not None
        before = (last.at, last.id)
    assert found == [p.id for p in store.posts(limit=100)]
    assert len(found) == len(set(found)) == 23


def test_key_events_media_and_withdrawals_follow_the_post(store: Store) -> None:
    f.published(store, 1)
    with store.write(actor="desk", at=f.at(2)) as w:
        w.append(Corrected(post=f.post(1, version=2, key_event=True)))
        w.append(Attached(statement="s1", media=(f.media(),)))
    assert (under(store, KEY), under(store, MEDIA)) == (("p1",), ("p1",))
    then = store.at(store.size())
    with store.write(actor="desk", at=f.at(3)) as w:
        w.append(Withdrawn(post=f.post(1, version=3, state="withdrawn", key_event=True, reason="wrong")))
    assert (under(store, KEY), under(store, MEDIA), under(store, NORTH)) == ((), (), ())
    assert (under(then, KEY), then.headings("media")) == (("p1",), {"": 1})


def test_questions_that_are_put_together_bring_their_posts(store: Store) -> None:
    one, two = (Key(type="control", measure="holds", place=p) for p in ("quay", "old quay"))
    for n, key in ((1, one), (2, two)):
        it = f.statement(n)
        with store.write(actor="intake", at=f.at(n)) as w:
            f.told(w, it, f.claim(n=n), questions=((key.id,),))
            f.accepted(w, it.id, 0)
            w.append(Posted(post=f.post(n, statements=(it.id,))))
    row = store.size()
    with store.write(actor="desk", at=f.at(5)) as w:
        w.append(Merged(question=one, into=two, reason="One quay."))
    assert under(store, heading("question", two.id)) == ("p2", "p1")
    assert under(store, heading("question", one.id)) == ()
    assert under(store.at(row), heading("question", one.id)) == ("p1",)
    before = projections(store)
    store.rebuild()
    assert projections(store) == before


def test_a_takedown_forgets_names_that_no_other_post_has(store: Store) -> None:
    f.published(store, 1, more=(placed("Quay", "Zqcanary"),))
    f.published(store, 2, more=(placed("Quay"),))
    then = store.at(store.size())
    with store.write(actor="desk", at=f.at(5)) as w:
        w.take_down("s1", reason="asked for")
    assert under(store, heading("place", "Quay")) == ("p2",)
    assert store.headings("place") == {"Quay": 1}
    assert under(then, heading("place", "Zqcanary")) == ()
    assert "Zqcanary" not in repr(projections(store))
    before = projections(store)
    store.rebuild()
    assert projections(store) == before


def test_a_name_longer_than_an_index_holds_is_cut(store: Store) -> None:
    long = replace(f.claim(n=3), places=("q" * 10_000,), span=Span(0, 4))
    f.published(store, 1, more=(long,))
    assert [len(name) for name in store.headings("place")] == [200]
