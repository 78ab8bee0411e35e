"""Drafts on both databases: a stale save overwrites nothing, and what is taken down leaves them."""

from dataclasses import replace

from sayso.model.draft import Composed, Draft
from sayso.model.outgoing import Deed, Outgoing
from sayso.model.statement import MediaFile, Rendition
from sayso.store import Store
from tests.store import factory as f


def draft(id_: str = "d1", version: int = 1, **composed: object) -> Draft:
    return Draft(id=id_, user="ana", updated_at=f.at(version), version=version, composed=Composed(**composed))  # type: ignore[arg-type]


def test_a_draft_is_kept_as_it_was_saved_the_newest_first(store: Store) -> None:
    one, two = draft(head="one", at=f.at(9), stamps=(("s", "x"),)), draft("d2", 2, head="two")
    store.add_draft(one)
    store.add_draft(two)
    assert (store.draft("d1"), store.drafts(), store.drafts("bo")) == (one, (two, one), ())
    store.forget_draft("d1")
    assert (store.draft("d1"), store.drafts("ana")) == (None, (two,))


def test_a_save_on_another_version_overwrites_nothing(store: Store) -> None:
    store.add_draft(draft(head="one"))
    assert store.save_draft(draft(version=2, head="mine"))
    assert not store.save_draft(draft(version=2, head="theirs"))
    found = store.draft("d1")
    assert found is not None
    assert (found.version, found.composed.head) == (2, "mine")
    assert not store.save_draft(draft("none", 2))


def test_a_takedown_takes_the_drafts_and_rows_that_attach_the_statement(store: Store) -> None:
    f.published(store, 1)
    (it,) = store.every_statement()
    store.add_draft(draft(statements=(it.id,), text="quotes it"))
    store.add_draft(draft("d2", head="another"))
    text = Composed(head="quotes it", statements=(it.id,))
    row = Outgoing(
        id="o1", about="d1", title="quotes it", user="ana", at=f.at(1), due_at=f.at(2), needs_second=False,
        deed=Deed(kind="compose", draft="d1", text=text),
    )  # fmt: skip
    store.queue_out(row)
    store.queue_out(replace(row, id="o2", about="d2", deed=Deed(kind="compose", draft="d2", text=Composed())))
    with store.write(actor="desk", at=f.at(5)) as w:
        w.take_down(it.id, reason="a name")
    assert [d.id for d in store.drafts()] == ["d2"]
    assert [o.id for o in store.outgoing()] == ["o2"]


def test_a_takedown_takes_the_drafts_and_rows_that_change_the_entry_and_the_files_of_these_alone(store: Store) -> None:
    def with_picture(letter: str) -> tuple[MediaFile, ...]:
        picture = Rendition(name=f"{letter}.webp", media_type="image/webp", width=1, height=1, size_bytes=1)
        return (MediaFile(original=letter * 64, kind="image", renditions=(picture,)),)

    f.published(store, 1)
    (it,), post = store.every_statement(), "p1"
    own = Composed(post=post, text="quotes it", media=(*with_picture("a"), *with_picture("b")))
    store.add_draft(Draft(id="d1", user="ana", updated_at=f.at(1), version=1, composed=own))
    store.add_draft(draft("d2", head="another", media=with_picture("b")))
    row = Outgoing(
        id="o1", about="d3", title="quotes it", user="ana", at=f.at(1), due_at=f.at(2), needs_second=False,
        deed=Deed(kind="compose", draft="d3", text=Composed(post=post, text="quotes it")),
    )  # fmt: skip
    store.queue_out(row)
    assert store.fail("o1", "It did not go out.")
    with store.write(actor="desk", at=f.at(5)) as w:
        w.take_down(it.id, reason="a name")
    assert ([d.id for d in store.drafts()], store.outgoing()) == (["d2"], ())
    blobs, names = store.blobs_to_erase()
    assert ("a" * 64 in blobs, "a.webp" in names, "b" * 64 in blobs, "b.webp" in names) == (True, True, False, False)


def test_a_file_that_a_draft_has_is_shown(store: Store) -> None:
    picture = Rendition(name="a.webp", media_type="image/webp", width=1, height=1, size_bytes=1)
    store.add_draft(draft(media=(MediaFile(original="a" * 64, kind="image", renditions=(picture,)),)))
    assert [store.shows(x) for x in ("a" * 64, "a.webp", "b" * 64, "b.webp")] == [True, True, False, False]
