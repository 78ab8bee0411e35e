"""The desk in the browser: what an editor does, end to end, without JavaScript."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.errors import Refused
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.views import CoverageViews
from sayso.model.event import Read
from tests.desk.factory import NOW
from tests.web.desk_room import Browser, browser, newsroom, take_in

TEXT = "The Tesk Guard said 12 soldiers were killed near Ubel."
MORE = "The Tesk Guard said more than 40 soldiers were killed near Verst."


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def desk(room: Newsroom) -> Browser:
    return browser(room).sign_in()


def test_the_inbox_shows_what_waits_with_its_claims_and_what_to_look_at_twice(room: Newsroom, desk: Browser) -> None:
    take_in(room, TEXT)
    take_in(room, MORE)
    page = desk.get("/desk/c/orland/").text
    assert TEXT in page
    assert "casualties: killed" in page
    assert "1 to look at twice" in page
    assert "waiting (2)" in page


def test_words_are_marked_escaped_and_linked_with_their_claim(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, "<script>alert(1)</script> The Tesk Guard said 12 soldiers were killed.")
    page = desk.get(f"/desk/c/orland/s/{it.id}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert '<mark class="t-casualties figure" data-claims="0" data-to="0">12</mark>' in page
    assert '<mark class="t-casualties speaker" data-claims="0" data-to="0">Tesk Guard</mark>' in page


def test_a_claim_without_risk_is_ticked_and_an_amber_one_is_not(room: Newsroom, desk: Browser) -> None:
    right, amber = take_in(room, TEXT), take_in(room, MORE)
    assert 'name="accept" value="0" checked' in desk.get(f"/desk/c/orland/s/{right.id}").text
    page = desk.get(f"/desk/c/orland/s/{amber.id}").text
    assert 'name="accept" value="0" checked' not in page
    assert "The text says “more than”, the claim says exact." in page


def test_an_editor_sees_which_model_was_asked_and_what_was_dropped(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    reading = room.store.reading(it.id)
    assert reading is not None
    further = replace(reading, asked="owl-<7>", dropped=(("the figure is not in the words quoted", 2),))
    with room.store.write(actor="proposals", at=NOW) as w:
        w.append(Read(statement=it.id, reading=further, questions=((),) * len(reading.claims)))
    page = desk.get(f"/desk/c/orland/s/{it.id}").text
    assert "owl-&lt;7&gt; was asked too; 2 dropped: the figure is not in the words quoted" in page


def test_publishing_puts_the_post_out_and_makes_the_accepted_claim_count(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    answer = desk.act(it.id, "publish", accept="0", seen=f"{it.id}.0")
    assert answer.status_code == 303
    assert room.store.statement_state(it.id) == "accepted"
    (post,) = room.store.posts_of(it.id)
    assert (post.version, post.by_rule, post.state) == (1, False, "published")
    assert [s.by for s in room.store.said(statement=it.id)] == ["editor"]


def test_a_reading_that_was_not_on_the_screen_is_refused(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    answer = desk.act(it.id, "publish", accept="0")
    assert answer.status_code == 409
    assert "not on your screen yet" in answer.text
    assert room.store.posts_of(it.id) == ()


def test_without_a_tick_the_words_go_out_and_no_reading_counts(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, MORE)
    assert desk.act(it.id, "publish", leave="0").status_code == 303
    assert len(room.store.posts_of(it.id)) == 1
    assert room.store.said(statement=it.id) == ()


def test_a_claim_to_look_at_twice_is_neither_published_nor_passed_by_without_a_deed_of_its_own(
    room: Newsroom, desk: Browser
) -> None:
    it = take_in(room, MORE)
    answer = desk.act(it.id, "publish", seen=f"{it.id}.0")
    assert answer.status_code == 409
    assert "Claim 1 is to be looked at twice: accept it, or leave it out." in answer.text
    assert room.store.posts_of(it.id) == ()


def test_a_form_that_is_older_than_the_last_decision_overwrites_nothing(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    at = f"/desk/c/orland/s/{it.id}"
    old = desk.token(at, "stamp")
    desk.act(it.id, "reject", reason="a double")
    answer = desk.post(f"{at}/publish", at=at, stamp=old, accept="0", seen=f"{it.id}.0")
    assert answer.status_code == 409
    assert "changed while you looked" in answer.text
    assert room.store.statement_state(it.id) == "rejected"


@pytest.mark.parametrize(("act", "state"), [("hold", "held"), ("reject", "rejected")])
def test_putting_aside_keeps_the_reason(room: Newsroom, desk: Browser, act: str, state: str) -> None:
    it = take_in(room, TEXT)
    assert desk.act(it.id, act, reason="asked the Guard").status_code == 303
    assert room.store.statement_state(it.id) == state
    assert "asked the Guard" in desk.get(f"/desk/c/orland/s/{it.id}").text


def test_what_is_out_cannot_be_put_aside(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    desk.act(it.id, "publish")
    assert "withdraw it" in desk.act(it.id, "hold").text


def test_an_edited_reading_is_kept_beside_the_machines(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, MORE)
    at = f"/desk/c/orland/s/{it.id}/c/0"
    form = {"stamp": desk.token(at, "stamp"), "figure": "more than 40", "operator": "more_than"}
    assert desk.post(at, at=at, **form).status_code == 303
    corrected = room.store.corrections(it.id)[0].count
    reading = room.store.reading(it.id)
    assert corrected and reading
    assert (corrected.operator, corrected.low) == ("more_than", 41)
    assert reading.claims[0].count and reading.claims[0].count.operator == "exact"
    assert room.store.said(statement=it.id) == ()
    desk.act(it.id, "publish", accept="0", seen=f"{it.id}.0")
    (said,) = room.store.said(statement=it.id)
    assert said.claim.count == corrected


def test_a_figure_that_nobody_said_cannot_be_typed_in(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    at = f"/desk/c/orland/s/{it.id}/c/0"
    answer = desk.post(at, at=at, stamp=desk.token(at, "stamp"), figure="250")
    assert answer.status_code == 409
    assert "does not stand in the archived text" in answer.text
    assert 'value="250"' in answer.text  # what was typed is still there


def test_a_correction_asks_what_was_wrong_and_readers_see_it(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    desk.act(it.id, "publish", accept="0", seen=f"{it.id}.0")
    assert "Say what was wrong" in desk.act(it.id, "correct", wrong="  ").text
    assert desk.act(it.id, "correct", wrong="The place was Ubel, not Verst.").status_code == 303
    (post,) = room.store.posts_of(it.id)
    assert post.version == 2
    assert [c.text for c in post.corrections] == ["The place was Ubel, not Verst."]
    assert len(room.store.said(statement=it.id)) == 1


def test_a_claim_that_is_out_counts_no_more_only_by_a_correction_that_readers_see(
    room: Newsroom, desk: Browser
) -> None:
    it = take_in(room, TEXT)
    desk.act(it.id, "publish", accept="0", seen=f"{it.id}.0")
    again = desk.act(it.id, "publish")
    assert again.status_code == 409
    assert "Claim 1 is out and counts: take it back under “Correct it, visibly”." in again.text
    assert [s.id for s in room.store.said(statement=it.id)] == [f"{it.id}.0"]
    assert desk.act(it.id, "correct", wrong="The Guard said it of Verst.", left="0").status_code == 303
    (post,) = room.store.posts_of(it.id)
    assert ([c.text for c in post.corrections], room.store.said(statement=it.id)) == (
        ["The Guard said it of Verst."], ()
    )  # fmt: skip


def test_editing_a_reading_that_is_out_is_a_visible_correction(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    desk.act(it.id, "publish", accept="0", seen=f"{it.id}.0")
    at = f"/desk/c/orland/s/{it.id}/c/0"
    form = {"stamp": desk.token(at, "stamp"), "subject": "OR"}
    assert "Say what was wrong" in desk.post(at, at=at, **form).text
    assert desk.post(at, at=at, wrong="They were Orland's.", **form).status_code == 303
    (said,) = room.store.said(statement=it.id)
    assert said.claim.subject == "OR"
    assert room.store.posts_of(it.id)[0].corrections[0].text == "They were Orland's."


def test_a_withdrawn_post_keeps_its_place_and_its_readings_count_no_more(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    desk.act(it.id, "publish", accept="0", seen=f"{it.id}.0")
    assert desk.act(it.id, "withdraw", reason="The account was cloned.").status_code == 303
    (post,) = room.store.posts_of(it.id)
    assert (post.state, post.reason) == ("withdrawn", "The account was cloned.")
    assert room.store.said(statement=it.id) == ()


def test_a_takedown_needs_the_box_and_leaves_no_copy_anywhere(room: Newsroom, desk: Browser, tmp_path: Path) -> None:
    canary = "Zwielichtkanarie"
    it = take_in(room, f"The Tesk Guard said 12 soldiers were killed. {canary}.")
    desk.act(it.id, "publish", accept="0", seen=f"{it.id}.0")
    assert "Tick the box" in desk.act(it.id, "take-down", reason="a name").text
    assert desk.act(it.id, "take-down", reason="a name", confirm="yes").status_code == 303
    (post,) = room.store.posts(limit=10)
    assert (post.state, post.reason, post.statements) == ("taken_down", "a name", ())
    left = [f for f in tmp_path.rglob("*") if f.is_file() and canary.encode() in f.read_bytes()]
    assert left == []
    assert desk.get(f"/desk/c/orland/s/{it.id}").status_code == 404
    assert room.store.verify(has_blob=lambda sha: room.archive.read(sha) is not None) == ()


def png() -> bytes:
    """A small picture with a device name hidden in it."""
    from PIL import Image, PngImagePlugin

    info = PngImagePlugin.PngInfo()
    info.add_text("Model", "Canarycam 9")
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "navy").save(out, "png", pnginfo=info)
    return out.getvalue()


def pasted(desk: Browser, **form: object) -> object:
    at = "/desk/c/orland/paste"
    return desk.post(at, at=at, **form)


def test_a_pasted_post_goes_through_the_same_desk_labelled_as_clipped(room: Newsroom, desk: Browser) -> None:
    files = {"picture": ("a.png", png(), "image/png")}
    form = {"text": "We lost 7 soldiers.", "says": "the guard", "channel": "facebook", "when": "2031-05-06T10:15"}
    assert "description" in pasted(desk, files=files, **form).text  # type: ignore[attr-defined]
    answer = pasted(desk, files=files, alt="A road", credit="Tesk Guard", url="https://fb.example/1", **form)
    assert answer.status_code == 303, answer.text  # type: ignore[attr-defined]
    (row,) = room.store.inbox(states=("held",), limit=5)
    it = row.statement
    assert (it.clipped, it.speaker, it.channel, it.published_at and it.published_at.hour) == (
        True,
        "Tesk Guard",
        "facebook",
        10,
    )
    assert it.media and it.media[0].alt == "A road"
    page = desk.get(f"/desk/c/orland/s/{it.id}").text
    assert "only the desk has seen this text" in page
    assert "Tesk Guard" in page
    name = it.media[0].renditions[0].name
    assert desk.get(f"/desk/c/orland/media/{name}").status_code == 200
    assert b"Canarycam" not in (room.media / name).read_bytes()
    desk.act(it.id, "publish", accept="0", seen=f"{it.id}.0")
    (post,) = room.store.posts_of(it.id)
    assert post.head.startswith("Tesk Guard")


def test_a_withheld_name_is_stored_nowhere(room: Newsroom, desk: Browser, tmp_path: Path) -> None:
    name = "Quillara Vennstrom"
    files = {"picture": ("a.png", png(), "image/png")}
    form = {"says": name, "withheld": "yes", "channel": "call", "alt": "A road", "credit": "reader"}
    for gives_away in (
        {"text": f"I am {name}."},
        {"text": "They call me Quillara."},
        {"text": "VENNSTRÖMS house burns."},
        {"text": "I saw it.", "credit": "Photo: Q. Vennstrom"},
        {"text": "I saw it.", "alt": "Quillara at her door"},
    ):
        assert "take it out" in pasted(desk, files=files, **{**form, **gives_away}).text  # type: ignore[attr-defined]
    assert pasted(desk, text="I saw it.", files=files, **form).status_code == 303  # type: ignore[attr-defined]
    for file in (f for f in tmp_path.rglob("*") if f.is_file()):
        assert name.encode() not in file.read_bytes()
        assert b"Canarycam" not in file.read_bytes()


def test_an_address_gives_a_withheld_name_away(room: Newsroom, desk: Browser) -> None:
    answer = pasted(desk, text="I saw it.", withheld="yes", url="https://fb.example/someone")
    assert "leave the address empty" in answer.text  # type: ignore[attr-defined]


def test_staff_stand_in_a_log_of_their_own_and_not_in_the_ledger(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    desk.act(it.id, "hold")
    assert {r.actor for r in room.store.rows()} == {"intake", "desk"}
    assert [n.action for n in room.store.staff_log(limit=5)] == ["held", "signed in"]


def test_every_page_of_the_desk_forbids_caching_and_scripts_of_others(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    for path in ("/desk/login", "/desk/", "/desk/c/orland/", f"/desk/c/orland/s/{it.id}", "/desk/c/nothing/"):
        headers = desk.get(path).headers
        assert headers["cache-control"] == "no-store", path
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]


def test_the_original_is_a_file_to_save_and_never_a_page(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    answer = desk.get(f"/desk/c/orland/s/{it.id}/original")
    assert answer.content == f"<item>{TEXT}</item>".encode()
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize("name", ["..%2Fsayso.sqlite3", "..%2f..%2fetc%2fpasswd", "nothing.webp"])
def test_no_file_outside_the_media_folder_can_be_had(desk: Browser, name: str) -> None:
    assert desk.get(f"/desk/c/orland/media/{name}").status_code == 404


def test_publishing_a_new_version_goes_on_with_the_post_of_the_old(room: Newsroom, desk: Browser) -> None:
    old = take_in(room, TEXT, key="k")
    desk.act(old.id, "publish")
    new = take_in(room, TEXT.replace("12", "13"), key="k", version=2, replaces=old.id)
    desk.act(new.id, "publish")
    (post,) = room.store.posts_of(new.id)
    assert post.version == 2
    assert post.statements == (new.id,)
    assert post.corrections


def test_an_entry_is_marked_as_a_key_event_and_pinned_and_says_the_same_as_before(
    room: Newsroom, desk: Browser
) -> None:
    it = take_in(room, TEXT)
    desk.act(it.id, "publish", accept="0", seen=f"{it.id}.0")
    (first,) = room.store.posts_of(it.id)
    assert not first.changed
    assert desk.act(it.id, "place", placing="key").status_code == 303
    assert desk.act(it.id, "place", placing="pin").status_code == 303
    (post,) = room.store.posts_of(it.id)
    assert (post.key_event, post.pinned, post.changed) == (True, True, False)
    assert (post.version, post.updated_at, post.head) == (3, first.updated_at, first.head)
    page = CoverageViews(room).live_page()
    assert page is not None and [v.post.id for v in (*page.keys, *page.pinned)] == [post.id, post.id]
    assert "pinned already" in desk.act(it.id, "place", placing="pin").text
    assert "Unpin" in desk.get(f"/desk/c/orland/s/{it.id}").text
    desk.act(it.id, "place", placing="no-pin")
    desk.act(it.id, "place", placing="no-key")
    page = CoverageViews(room).live_page()
    assert page is not None and (page.keys, page.pinned) == ((), ())
    assert desk.act(it.id, "place", placing="aloft").status_code == 409


def test_a_withdrawn_post_does_not_go_out_again_by_a_slip(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    desk.act(it.id, "publish")
    desk.act(it.id, "withdraw", reason="wrong")
    with pytest.raises(Refused, match="cannot go out again"):
        desk.review.publish(it.id, accepted=(), seen=(), who="editor")
