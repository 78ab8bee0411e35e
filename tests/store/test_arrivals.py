"""Lists of statements with their claims, and who has what open, the same on both databases."""

from datetime import timedelta

from sayso.model.event import Decided, Gone
from sayso.store import Present, Store, Which
from tests.store.factory import accepted, at, claim, kept, published, statement, told


def three(store: Store) -> None:
    kept(store)
    with store.write(actor="intake", at=at(1)) as w:
        told(w, statement(1), claim("1 soldiers", n=1), claim("7 soldiers", n=7))
        told(w, statement(2, source="market"), claim("2 soldiers", n=2))
        told(w, statement(3, key="item-1", version=2, replaces="s1"))


def ids(store: Store, which: Which, **more: object) -> list[str]:
    return [row.statement.id for row in store.arrived(which, **{"limit": 9, **more})]  # type: ignore[arg-type]


def test_statements_are_listed_by_what_is_asked_for_latest_seen_first(store: Store) -> None:
    three(store)
    assert ids(store, Which()) == ["s3", "s2", "s1"]
    assert ids(store, Which(states=("new",))) == ["s3", "s2"]
    assert ids(store, Which(sources=("market",))) == ["s2"]
    assert ids(store, Which(ids=("s1", "s3", "nothing"))) == ["s3", "s1"]
    assert ids(store, Which(changed=True)) == ["s3"]
    assert ids(store, Which(states=())) == []
    with store.write(actor="desk", at=at(5)) as w:
        w.append(Decided(statement="s2", decision="hold", by="editor", reason="why"))
        w.append(Gone(statement="s3", last_seen_at=at(4)))
    (held,) = store.arrived(Which(decided_by="editor"), limit=9)
    assert (held.statement.id, held.state, held.reason) == ("s2", "held", "why")
    (gone,) = store.arrived(Which(states=("gone",)), limit=9)
    assert gone.gone_at == at(4)
    assert ids(store, Which(gone_since=at(4))) == ["s3"]
    assert ids(store, Which(gone_since=at(4.5))) == []


def test_a_list_goes_on_after_its_last_line_and_ends_where_it_is_told(store: Store) -> None:
    three(store)
    first = store.arrived(Which(), limit=1)[0]
    assert ids(store, Which(), before=first.cursor) == ["s2", "s1"]
    middle = store.arrived(Which(), limit=2)[1]
    assert ids(store, Which(), down_to=middle.cursor) == ["s3", "s2"]
    assert ids(store, Which(), before=first.cursor, down_to=middle.cursor) == ["s2"]


def test_the_claims_of_many_statements_are_those_of_each(store: Store) -> None:
    three(store)
    with store.write(actor="desk", at=at(5)) as w:
        w.append(Decided(statement="s1", decision="accept", by="editor", accepted=(1,)))
        right = claim("2 soldiers", n=3)
        w.append(
            Decided(statement="s2", decision="hold", by="editor", corrected=((0, right),), questions=((0, ("q",)),))
        )
    found = store.claims_each(store.arrived(Which(), limit=9))
    assert [(s.id, s.by) for s in found["s1"].said] == [("s1.0", "none"), ("s1.1", "editor")]
    assert found["s1"].said[1:] == store.said(statement="s1")
    assert found["s1"].said[:1] == store.suggested("s1")
    assert found["s2"].said == store.suggested("s2")
    assert found["s2"].said[0].claim == right
    assert (found["s2"].corrected, found["s3"].said) == (frozenset({0}), ())


def test_the_first_with_the_same_words_is_found_among_the_newest(store: Store) -> None:
    kept(store)
    with store.write(actor="intake", at=at(1)) as w:
        told(w, statement(1, text="The pass is closed."))
        told(w, statement(2, text="The pass is closed!"))
        told(w, statement(3, text="Another thing."))
    rows = {row.statement.id: row.origin for row in store.arrived(Which(), limit=9)}
    assert rows["s1"] == rows["s2"]
    assert store.originals({rows["s2"]}, newest=9)[rows["s2"]].id == "s1"
    assert store.originals({rows["s2"]}, newest=2)[rows["s2"]].id == "s2"
    assert store.originals(set(), newest=9) == {}


def test_what_arrived_since_after_a_row_is_counted_by_state(store: Store) -> None:
    published(store, 1)
    n = store.size()
    kept(store, 2)
    with store.write(actor="intake", at=at(2)) as w:
        told(w, statement(2))
        told(w, statement(3))
        accepted(w, "s3")
    assert store.arrived_since(states=("new", "held"), after=n) == 1
    assert store.arrived_since(states=("new", "held", "accepted"), after=n) == 2
    assert store.arrived_since(states=("accepted",), after=0) == 2
    assert store.arrived_since(states=("new",), after=store.size()) == 0


def test_who_has_what_open_is_forgotten_after_a_while(store: Store) -> None:
    minute = timedelta(minutes=1)
    store.note_presence("ada", "s/1", at=at(0), forget=at(0) - minute)
    store.note_presence("ben", "s/1", at=at(0.5), forget=at(0.5) - minute)
    store.note_presence("ada", "s/2", at=at(0.5), forget=at(0.5) - minute)
    everything = [(p.user, p.what) for p in store.present(since=at(0))]
    assert everything == [("ada", "s/1"), ("ben", "s/1"), ("ada", "s/2")]
    assert store.present(since=at(0.5), what=("s/1",)) == (Present(user="ben", what="s/1", at=at(0.5)),)
    store.note_presence("ben", "s/1", at=at(1.4), forget=at(0.4))
    assert [(p.user, p.what) for p in store.present(since=at(-9))] == [("ben", "s/1"), ("ada", "s/2")]
