"""What editors note about a statement: the newest counts, as it stands and as it stood; a takedown leaves none of it."""

from sayso.model.event import Attached, Decided, Released, Translated
from sayso.store import Store
from tests.store import factory as f


def noted(store: Store) -> list[int]:
    """The rows of a draft, a translation that readers see, a release that is taken back, and a duplicate's decision."""
    f.published(store, 1)
    f.published(store, 2)
    with store.write(actor="desk", at=f.at(10)) as w:
        return [
            w.append(Translated(statement="s1", lang="en", text="Shown.", shown=True)),
            w.append(Translated(statement="s1", lang="en", text="A draft.", shown=False)),
            w.append(Released(statement="s1", reason="the family agreed")),
            w.append(Attached(statement="s1", media=(f.media(),))),
            w.append(Decided(statement="s1", decision="duplicate", by="editor", same_as="s2")),
            w.append(Released(statement="s1", reason="it did not", shown=False)),
            w.append(Translated(statement="s1", lang="en", text="", shown=True)),
        ]


def test_readers_see_the_newest_that_is_shown_and_the_desk_the_newest(store: Store) -> None:
    rows = noted(store)
    then = store.at(rows[2])
    shown, mine = then.translation("s1", shown=True), then.translation("s1", shown=False)
    assert (shown and shown.text, mine and mine.text) == ("Shown.", "A draft.")
    assert store.translation("s1", shown=True) is None  # taken back
    assert store.translation("s1", shown=False) is None
    assert store.translation("s2", shown=False) is None


def test_a_release_stands_until_it_is_taken_back(store: Store) -> None:
    rows = noted(store)
    then = store.at(rows[4]).released("s1")
    assert then is not None
    assert then.reason == "the family agreed"
    assert store.at(rows[1]).released("s1") is None
    assert store.released("s1") is None
    assert store.showing("aaaa.webp") == ("s1",)
    assert store.showing("none.webp") == ()


def test_a_duplicate_says_of_what(store: Store) -> None:
    noted(store)
    last = store.last_decision("s1")
    assert last is not None
    assert (last.decision, last.same_as, store.statement_state("s1")) == ("duplicate", "s2", "duplicate")


def test_readers_hear_of_what_they_see_and_of_no_draft(store: Store) -> None:
    f.published(store, 1)
    heard = []
    for event in (
        Translated(statement="s1", lang="en", text="A draft.", shown=False),
        Translated(statement="s1", lang="en", text="Shown.", shown=True),
        Released(statement="s1", reason="the family agreed"),
    ):
        before = store.public_n()
        with store.write(actor="desk", at=f.at(10)) as w:
            w.append(event)
        heard.append([(c.kind, c.post) for c in store.changes(before, 10)])
    assert heard == [[], [("put", "p1")], [("put", "p1")]]


def test_a_takedown_leaves_nothing_of_it(store: Store) -> None:
    noted(store)
    with store.write(actor="desk", at=f.at(20)) as w:
        w.take_down("s1", reason="a name")
    assert store.last_decision("s1") is None
    assert store.translation("s1", shown=False) is None
    assert store.showing("aaaa.webp") == ()
    assert store.verify() == ()
