"""Entries written by hand: what may go out, what readers see of it, what a later edit tells them, what a removal leaves."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import Refused
from sayso.flow.arrival.pasting import Picture
from sayso.flow.clock import world_now
from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.views import CoverageViews
from sayso.flow.press import linking
from sayso.flow.press.composing import Composing
from sayso.flow.press.outgoing import WayOut
from sayso.model.draft import Composed
from sayso.model.outgoing import Release
from sayso.model.page import FeedPage
from sayso.model.post import Post, SourceCard
from sayso.publish.feed import atom
from sayso.publish.pages import live_page
from tests.desk.factory import NOW
from tests.web.desk_room import AUTO, Browser, browser, newsroom, take_in
from tests.web.test_desk import png

TEXT = "The Tesk Guard said 12 soldiers were killed near Ubel."
COMPOSE = "/desk/c/orland/compose"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def desk(room: Newsroom) -> Browser:
    return browser(room).sign_in()


def written(desk: Browser, at: str = COMPOSE, do: str = "save", **form: Any) -> Any:
    """The answer to the form of a new text or a draft."""
    page = desk.get(at).text
    fields = {n: v for n, v in re.findall(r'type="hidden" name="(version|post|with|based_on)" value="([^"]*)"', page)}
    stamps = re.findall(r'name="stamp" value="([^"]*)"', page)
    path = re.search(r'action="(/desk/c/orland/compose[^"]*)"', page)
    assert path, page
    return desk.post(path[1], at=at, do=do, stamp=stamps, **{**fields, "seen": form.get("accept", ""), **form})


def draft_of(answer: Any) -> str:
    """The address of the draft that an answer leads to."""
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).partition("?")[0]


def published(room: Newsroom, desk: Browser, at: str = COMPOSE, **form: Any) -> Post:
    before = {p.id: p.version for p in room.store.posts(limit=50)}
    answer = written(desk, at, do="publish", **form)
    assert answer.status_code == 303, re.findall(r'role="alert">(.*?)</p>', answer.text)
    assert str(answer.headers["location"]).endswith("done=publish")
    (post,) = (p for p in room.store.posts(limit=50) if before.get(p.id) != p.version)
    return post


def with_statement(it: str) -> str:
    return f"{COMPOSE}?with={it}"


def refusal(answer: Any) -> str:
    assert answer.status_code == 409, answer.status_code
    found = re.search(r"<strong>Not done.</strong> (.*?)</p>", answer.text)
    assert found
    return found[1]


def test_an_entry_with_a_statement_makes_its_ticked_claims_count(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    assert 'value="Tesk Guard: "' in desk.get(with_statement(it.id)).text
    form = {"head": "Tesk Guard: 12 killed near Ubel", "text": "The Guard gives **12**.", "accept": f"{it.id}.0"}
    post = published(room, desk, with_statement(it.id), **form, key_event="yes", pinned="yes")
    assert (post.version, post.statements, post.note) == (1, (it.id,), "The Guard gives **12**.")
    assert (post.key_event, post.pinned, post.by_rule) == (True, True, False)
    assert [s.id for s in room.store.said(statement=it.id)] == [f"{it.id}.0"]
    assert room.store.statement_state(it.id) == "accepted"
    page = CoverageViews(room).live_page()
    assert page is not None
    html = live_page(page)
    assert "<p>The Guard gives <strong>12</strong>.</p>" in html
    assert TEXT in re.sub(r"<[^>]*>", "", html)
    assert room.store.drafts() == ()
    assert room.store.verify() == ()


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"head": "12 killed, says the Tesk Guard"}, "Begin the head with who says it: “Tesk Guard”"),
        ({"head": "Tesk Guard: 13 killed"}, "says “13”, which no attached claim"),
        ({"text": "It adds that 40 fled."}, "says “40”, which no attached claim"),
        ({"text": "Thirteen died."}, "says “Thirteen”"),
        ({"text": "30. Tesk soldiers were killed, says the Guard."}, "says “30”"),
        ({"text": "Ⅻ and Ⅸ more died, says the Guard."}, "says “Ⅸ”"),
        ({"text": "The terrorists fled."}, "“terrorists” takes a side"),
        ({"head": "Tesk Guard: Ubel is liberated"}, "“liberated” takes a side"),
        ({"text": "They stand at 41.40338, 2.17403 now."}, "gives a position in figures"),
        ({"accept": ""}, "says “12”, which no attached claim that counts"),
        ({"head": "Tesk Guard: exactly 12 tanks taken"}, "does not count “tanks”"),
        ({"text": "Orland lost 12 women."}, "without the name of who says it"),
    ],
)
def test_what_breaks_a_rule_does_not_go_out_and_names_it(
    room: Newsroom, desk: Browser, form: dict[str, str], why: str
) -> None:
    it = take_in(room, TEXT)
    right = {"head": "Tesk Guard: 12 killed near Ubel", "text": "", "accept": f"{it.id}.0"}
    rows = room.store.size()
    assert why in refusal(written(desk, with_statement(it.id), do="publish", **{**right, **form}))
    assert (room.store.size(), room.store.outgoing()) == (rows, ())


def test_no_claim_counts_whose_words_were_not_on_the_screen(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, f"{'It spoke of the lake. ' * 80}\n{TEXT}")
    form = {"head": "Tesk Guard: 12 killed near Ubel", "accept": f"{it.id}.0"}
    assert "were not on your screen" in refusal(written(desk, with_statement(it.id), do="publish", seen="", **form))
    assert room.store.posts(limit=5) == ()
    page = desk.get(with_statement(it.id)).text
    assert f'<mark class="figure" data-claims="{it.id}.0 ">12</mark>' in page
    assert published(room, desk, with_statement(it.id), **form).statements == (it.id,)


def test_the_desks_own_words_may_give_a_figure_and_are_marked(room: Newsroom, desk: Browser) -> None:
    form = {"head": "The desk: what we could check", "text": "Desk: We read 30 channels.\n\nNothing else."}
    post = published(room, desk, **form)
    assert post.statements == ()
    page = CoverageViews(room).live_page()
    assert page is not None
    html = live_page(page)
    assert re.search(r"<p>We read 30 channels.</p><p><span class=\"flag\">the desk’s own words</span>", html)
    assert "Desk:" not in html
    feed = atom(FeedPage(frame=page.frame, entries=page.entries)).decode()
    assert "We read 30 channels." in feed
    assert "<name>The desk</name>" in feed


def test_several_statements_stand_in_one_entry(room: Newsroom, desk: Browser) -> None:
    one, two = take_in(room, TEXT), take_in(room, "The Tesk Guard said 7 soldiers were hurt at Verst.")
    at = draft_of(written(desk, with_statement(one.id), head="Tesk Guard: two tolls"))
    assert "Verst" in desk.get(f"{at}?words=hurt+verst").text
    written(desk, at, do=f"attach:{two.id}", head="Tesk Guard: two tolls")
    post = published(room, desk, at, head="Tesk Guard: 12 and 7", accept=[f"{one.id}.0", f"{two.id}.0"])
    assert post.statements == (one.id, two.id)
    page = CoverageViews(room).live_page()
    assert page is not None
    words = re.sub(r"<[^>]*>", "", live_page(page))
    assert "12 soldiers were killed near Ubel" in words
    assert "7 soldiers were hurt at Verst" in words
    assert {s.statement for s in room.store.said()} == {one.id, two.id}


def test_a_stale_save_shows_both_texts_and_overwrites_nothing(room: Newsroom, desk: Browser) -> None:
    at = draft_of(written(desk, head="The desk: first", text="one"))
    page = desk.get(at).text
    assert 'name="version" value="1"' in page
    written(desk, at, head="The desk: theirs", text="their words")
    token = desk.token(at)
    answer = desk.client.request(
        "POST", at, data={"csrf": token, "version": "1", "do": "save", "head": "The desk: mine", "text": "my words"},
        headers={"origin": "http://desk.example:8900"},
    )  # fmt: skip
    assert "Somebody else saved this draft" in refusal(answer)
    assert "their words" in answer.text
    assert "my words" in answer.text
    assert [d.composed.text for d in room.store.drafts()] == ["their words"]
    assert written(desk, at, head="The desk: mine", text="my words").status_code == 303


def test_drafts_are_listed_and_thrown_away(room: Newsroom, desk: Browser) -> None:
    at = draft_of(written(desk, head="The desk: a beginning"))
    assert "The desk: a beginning" in desk.get("/desk/c/orland/drafts").text
    assert written(desk, at, do="discard").status_code == 303
    assert "You have no draft" in desk.get("/desk/c/orland/drafts").text
    assert desk.get(at).status_code == 404


def test_the_preview_is_the_readers_page_and_nothing_of_it_is_public(room: Newsroom, desk: Browser) -> None:
    it, n = take_in(room, TEXT), room.store.public_n()
    form = {"head": "Tesk Guard: 12 killed near Ubel", "text": "A _note_.", "accept": f"{it.id}.0"}
    answer = written(desk, with_statement(it.id), do="preview", **form)
    page = desk.get(answer.headers["location"])
    assert "<p>A <em>note</em>.</p>" in page.text
    assert "What is claimed" in page.text
    assert page.headers["cache-control"] == "no-store"
    assert (room.store.public_n(), room.store.said()) == (n, ())


def test_a_page_becomes_a_card_once_it_is_archived(
    room: Newsroom, desk: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def archived(room: Newsroom, url: str) -> SourceCard:
        sha256 = room.archive.keep(b"<title>The lake</title>") if "lake" in url else ""
        return SourceCard(url=url, host="a.example", at=NOW, title="The lake" if sha256 else "", sha256=sha256)

    monkeypatch.setattr("sayso.flow.press.composing.card_of_page", archived)
    text = "Desk: See both.\n\nhttps://a.example/lake\n\nhttps://a.example/gone"
    at = draft_of(written(desk, head="The desk: two pages", text=text))
    page = desk.get(at).text
    assert "could not be reached: it stays a plain link" in page
    post = published(room, desk, at, head="The desk: two pages", text="Desk: See both.")
    assert [(c.title, bool(c.sha256)) for c in post.links] == [("The lake", True), ("", False)]
    shown = CoverageViews(room).live_page()
    assert shown is not None
    html = live_page(shown)
    assert 'href="https://a.example/lake"' in html
    assert post.links[0].sha256[:16] in html
    assert "could not be archived" in html
    assert room.store.verify(has_blob=lambda sha: room.archive.read(sha) is not None) == ()


def test_an_address_inside_the_house_is_never_fetched(room: Newsroom) -> None:
    card = linking.card_of_page(room, "http://127.0.0.1:1/secret")
    assert (card.host, card.sha256, card.title) == ("127.0.0.1", "", "")


def test_a_picture_needs_its_words_and_loses_what_it_hides(room: Newsroom, desk: Browser, tmp_path: Path) -> None:
    files = {"picture": ("a.png", png(), "image/png")}
    head = {"head": "The desk: a road"}
    assert "needs a description" in refusal(written(desk, files=files, **head))
    at = draft_of(written(desk, files=files, alt="A road", credit="Lake Post", caption="At noon", **head))
    post = published(room, desk, at, **head)
    assert [(m.alt, m.credit, m.caption) for m in post.media] == [("A road", "Lake Post", "At noon")]
    page = CoverageViews(room).live_page()
    assert page is not None
    assert post.media[0].renditions[0].name in live_page(page)
    assert [f for f in tmp_path.rglob("*") if f.is_file() and b"Canarycam" in f.read_bytes()] == []


def test_publish_and_preview_take_the_chosen_picture_and_the_pasted_page_along(
    room: Newsroom, desk: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "sayso.flow.press.composing.card_of_page", lambda _, url: SourceCard(url=url, host="a.example", at=NOW)
    )
    form = {"head": "The desk: a road", "text": "Desk: See it.\n\nhttps://a.example/lake"}
    picture = {"files": {"picture": ("a.png", png(), "image/png")}, "alt": "A road", "credit": "Lake Post"}
    assert "needs a description" in refusal(written(desk, do="publish", files=picture["files"], **form))
    shown = desk.get(written(desk, do="preview", **picture, **form).headers["location"]).text
    assert "A road" in shown
    assert 'href="https://a.example/lake"' in shown
    post = published(room, desk, **picture, **form)
    assert ([m.alt for m in post.media], [c.url for c in post.links]) == (["A road"], ["https://a.example/lake"])
    assert post.note == "Desk: See it."


def test_an_own_picture_that_must_be_covered_is_published_by_a_chief(room: Newsroom) -> None:
    composing = Composing(WayOut(Review(room)))
    picture = Picture(body=png(), alt="A road", credit="Lake Post", sensitive="wounded people")
    text = composing.add_picture(Composed(head="The desk: a road"), picture, caption="")
    draft = composing.begin(text, who="bo")
    with pytest.raises(Refused, match="a chief publishes them"):
        composing.publish(draft, who="bo", chief=False)
    assert room.store.posts(limit=5) == ()
    composing.publish(draft, who="ana", chief=True)
    (post,) = room.store.posts(limit=5)
    assert post.media[0].sensitive == "wounded people"


def test_what_was_sent_out_cannot_be_changed_before_it_is_taken_back(tmp_path: Path) -> None:
    room = newsroom(tmp_path, release=Release(undo_s=60, delay_min=0))
    desk = browser(room).sign_in()
    at = draft_of(written(desk, head="The desk: a word", text="Nothing new."))
    answer = written(desk, at, do="publish", head="The desk: a word", text="Nothing new.")
    assert answer.headers["location"].endswith("done=queued")
    (waits,) = room.store.outgoing()
    assert "on its way out" in refusal(written(desk, at, head="The desk: another"))
    assert desk.post(f"/desk/c/orland/out/{waits.id}/undo", at="/desk/c/orland/out").status_code == 303
    assert written(desk, at, head="The desk: another").status_code == 303
    assert room.store.posts(limit=5) == ()
    room.store.close()


def test_a_statement_that_changes_meanwhile_keeps_the_entry_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = newsroom(tmp_path, release=Release(undo_s=60, delay_min=0))
    desk, it = browser(room).sign_in(), take_in(room, TEXT)
    written(desk, with_statement(it.id), do="publish", head="Tesk Guard: news", accept=f"{it.id}.0")
    way_out = WayOut(Review(room))
    way_out.review.hold(it.id, reason="Ask them.", who="bo")
    monkeypatch.setattr("sayso.flow.press.outgoing.world_now", lambda: world_now() + timedelta(seconds=90))
    assert way_out.let_out() == 0
    (kept,) = way_out.waiting()
    assert "changed while you looked" in (kept.failed or "")
    assert (room.store.posts(limit=5), len(room.store.drafts())) == ((), 1)
    room.store.close()


@pytest.fixture
def entry(room: Newsroom, desk: Browser) -> Post:
    it = take_in(room, TEXT)
    form = {"head": "Tesk Guard: 12 killed near Ubel", "text": "The Guard gives teh figure 12.", "accept": f"{it.id}.0"}
    return published(room, desk, with_statement(it.id), **form)


def test_a_withdrawn_entry_keeps_its_place_and_its_claims_count_no_more(
    room: Newsroom, desk: Browser, entry: Post
) -> None:
    at = f"/desk/c/orland/p/{entry.id}"
    answer = desk.post(f"{at}/withdraw", at=at, version=desk.token(at, "version"), reason="The account was cloned.")
    assert answer.status_code == 303
    after = room.store.post(entry.id)
    assert after is not None
    assert (after.state, after.reason, room.store.said()) == ("withdrawn", "The account was cloned.", ())


def test_a_new_version_at_the_source_leaves_what_an_editor_wrote_and_waits(room: Newsroom, desk: Browser) -> None:
    room.coverage = replace(room.coverage, sources=(AUTO, *room.coverage.sources[1:]))
    it = take_in(room, "We lost 12 soldiers.", AUTO, key="k", published_at=None)
    own = room.store.posts_of(it.id)[0]
    published(
        room, desk, f"{COMPOSE}?post={own.id}", head="Tesk Guard: losses", text="A note.", wrong="It says no more."
    )
    take_in(room, "We lost 13 soldiers.", AUTO, key="k", version=2, replaces=it.id, published_at=None)
    (post,) = room.store.posts(limit=5)
    assert (post.head, post.note, post.statements) == ("Tesk Guard: losses", "A note.", (it.id,))
    (waiting,) = room.store.inbox(states=("held",), limit=5)
    assert waiting.reason == "An editor wrote the entry that carries it: an editor decides."


@pytest.mark.parametrize("path", ["/desk/c/orland/compose/none", "/desk/c/orland/p/none", "/desk/c/none/compose"])
def test_what_is_not_there_says_so(desk: Browser, path: str) -> None:
    assert desk.get(path).status_code == 404


def test_nothing_that_only_programs_see_comes_through_a_form(room: Newsroom, desk: Browser) -> None:
    written(desk, head="The desk:\0 a word", text="All\u202e is quiet.\0")
    (draft,) = room.store.drafts()
    assert (draft.composed.head, draft.composed.text) == ("The desk:\ufffd a word", "All\ufffd is quiet.\ufffd")
    at = "/desk/c/orland/paste"
    desk.post(at, at=at, text=f"{TEXT}\0", says="Tesk Guard")
    (line,) = desk.review.inbox().lines
    assert line.statement.text == f"{TEXT}\ufffd"
