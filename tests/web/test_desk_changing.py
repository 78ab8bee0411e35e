"""Entries that are out and are changed: what readers are told of it, and what others did to the entry meanwhile."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.views import CoverageViews
from sayso.model.post import Post
from tests.web.desk_room import Browser, browser, newsroom, take_in
from tests.web.test_desk_composing import COMPOSE, TEXT, draft_of, published, refusal, with_statement, written


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def desk(room: Newsroom) -> Browser:
    return browser(room).sign_in()


@pytest.fixture
def entry(room: Newsroom, desk: Browser) -> Post:
    it = take_in(room, TEXT)
    form = {"head": "Tesk Guard: 12 killed near Ubel", "text": "The Guard gives teh figure 12.", "accept": f"{it.id}.0"}
    return published(room, desk, with_statement(it.id), **form)


def edit(entry: Post) -> str:
    return f"{COMPOSE}?post={entry.id}"


def test_a_later_edit_of_a_figure_name_or_place_is_a_correction(room: Newsroom, desk: Browser, entry: Post) -> None:
    form = {"head": "Tesk Guard: 12 killed", "text": entry.note}
    why = refusal(written(desk, edit(entry), do="publish", **form))
    assert "changes a name or place" in why
    answer = refusal(written(desk, edit(entry), do="publish", **form, typo="yes"))
    assert "that is no typo" in answer
    after = published(room, desk, edit(entry), **form, wrong="It was not near Ubel.")
    assert [c.text for c in after.corrections] == ["It was not near Ubel."]
    assert after.version == 2
    assert "It was not near Ubel." in CoverageViews(room).corrections_page().corrections[0][1].text  # type: ignore[union-attr]


def test_a_typo_and_a_quiet_edit_are_new_versions_without_a_correction(
    room: Newsroom, desk: Browser, entry: Post
) -> None:
    after = published(room, desk, edit(entry), head=entry.head, text=entry.note.replace("teh", "the"), typo="yes")
    assert (after.version, after.corrections, after.changed) == (2, (), True)
    more = published(room, desk, edit(entry), head=entry.head, text=f"{after.note} More soon.")
    assert (more.version, more.corrections) == (3, ())


def test_a_draft_of_an_entry_that_changed_meanwhile_shows_it_and_comes_after_it(
    room: Newsroom, desk: Browser, entry: Post
) -> None:
    mine = {"head": entry.head, "text": f"{entry.note} The lake waits."}
    at = draft_of(written(desk, edit(entry), **mine))
    published(room, desk, edit(entry), head=entry.head, text=f"{entry.note} Others wait.")
    assert "changed meanwhile" in refusal(written(desk, at, do="publish", based_on="1", **mine))
    page = desk.get(at).text
    assert "The entry as it is out now, version 2" in page
    assert f"{entry.note} Others wait.</pre>" in page
    after = published(room, desk, at, **mine)
    assert (after.version, after.note) == (3, mine["text"])


def test_an_entry_that_was_pinned_meanwhile_is_changed_and_stays_pinned(
    room: Newsroom, desk: Browser, entry: Post
) -> None:
    at, place = draft_of(written(desk, edit(entry), head=entry.head, text=entry.note)), f"/desk/c/orland/p/{entry.id}"
    assert desk.post(f"{place}/place", at=place, version=str(entry.version), placing="pin").status_code == 303
    after = published(room, desk, at, head=entry.head, text=f"{entry.note} More.", based_on="1")
    assert (after.version, after.pinned, after.told) == (3, True, 2)
