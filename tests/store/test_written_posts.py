"""Posts that editors write: their own pictures and archived links, and what is left of them after a takedown (H14)."""

from dataclasses import replace

from sayso.model.event import Posted
from sayso.model.post import Post, SourceCard
from sayso.model.statement import MediaFile, Rendition
from sayso.store import Store
from tests.store import factory as f

CANARY = "Zwielichtkanarie"
ORIGINAL, PAGE = "a" * 64, "b" * 64


def post() -> Post:
    picture = Rendition(name="a.webp", media_type="image/webp", width=1, height=1, size_bytes=1, role="picture")
    return Post(
        id="pw", kind="update", version=1, at=f.at(1), updated_at=f.at(1), head=f"The desk: {CANARY}",
        note=f"Desk: {CANARY}",
        media=(MediaFile(original=ORIGINAL, kind="image", alt="a", credit="b", renditions=(picture,)),),
        links=(SourceCard(url="https://a.example/", host="a.example", at=f.at(1), title=CANARY, sha256=PAGE),),
    )  # fmt: skip


def taken_down(store: Store) -> Post:
    it = post()
    tombstone = Post(
        id=it.id,
        kind=it.kind,
        version=3,
        at=it.at,
        updated_at=f.at(3),
        head="Taken down",
        state="taken_down",
        reason="why",
    )
    with store.write(actor="desk", at=f.at(1)) as w:
        w.append(Posted(post=it))
    with store.write(actor="desk", at=f.at(2)) as w:
        w.append(Posted(post=replace(it, version=2, note=f"{it.note} again")))
    with store.write(actor="desk", at=f.at(3)) as w:
        w.take_down_post(it, reason="why", tombstone=tombstone)
    return tombstone


def test_a_takedown_leaves_the_tombstone_and_names_the_files_to_erase(store: Store) -> None:
    tombstone = taken_down(store)
    assert store.post("pw") == tombstone
    assert store.blobs_to_erase() == ((ORIGINAL, PAGE), ("a.webp",))
    assert all(CANARY.encode() not in (row.content or b"") for row in store.rows())
    assert store.verify() == ()
    store.rebuild()
    assert store.post("pw") == tombstone
    assert store.verify() == ()


def test_a_file_that_another_post_shows_stays(store: Store) -> None:
    with store.write(actor="desk", at=f.at(1)) as w:
        w.append(Posted(post=replace(post(), id="other")))
    taken_down(store)
    assert store.blobs_to_erase() == ((), ())


def test_a_missing_file_of_a_post_is_found(store: Store) -> None:
    with store.write(actor="desk", at=f.at(1)) as w:
        w.append(Posted(post=post()))
    wrong = {p.where for p in store.verify(has_blob=lambda _: False, has_medium=lambda _: False)}
    assert any("a.webp" in w for w in wrong)
    assert any(PAGE[:8] in w for w in wrong)
