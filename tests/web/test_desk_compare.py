"""What may tell of the same event: side by side, put away as a duplicate, or set under another question from the card."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.flow.newsroom import Newsroom
from tests.desk.factory import GUARD
from tests.web.desk_room import Browser, browser, newsroom, take_in

TEXT = "The Tesk Guard said 12 soldiers were killed near Ubel."
AGAIN = "The Tesk Guard said 14 soldiers were killed near Ubel today."


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def desk(room: Newsroom) -> Browser:
    return browser(room).sign_in()


def published(room: Newsroom, desk: Browser, text: str) -> str:
    it = take_in(room, text)
    assert desk.act(it.id, "publish", accept="0", seen=f"{it.id}.0").status_code == 303
    return it.id


def page_of(desk: Browser, statement: str) -> str:
    return str(desk.get(f"/desk/c/orland/s/{statement}").text)


def test_statements_that_answer_the_same_question_are_suggested(room: Newsroom, desk: Browser) -> None:
    first, second = published(room, desk, TEXT), take_in(room, AGAIN)
    assert f"/desk/c/orland/s/{second.id}/compare/{first}" in page_of(desk, second.id)


def test_the_first_with_the_same_words_is_suggested(room: Newsroom, desk: Browser) -> None:
    first = take_in(room, "The road is open.")
    again = take_in(room, "The road is open!", GUARD)
    page = page_of(desk, again.id)
    assert "the same words" in page
    assert f"compare/{first.id}" in page


def test_a_duplicate_is_put_away_with_a_reason_and_leads_to_the_other(room: Newsroom, desk: Browser) -> None:
    first, second = take_in(room, TEXT), take_in(room, AGAIN)
    answer = desk.act(second.id, "duplicate", of=f"https://desk.example/desk/c/orland/s/{first.id}", reason="reprinted")
    assert answer.status_code == 303, answer.text
    assert room.store.statement_state(second.id) == "duplicate"
    page = page_of(desk, second.id)
    assert f'Says again what <a href="/desk/c/orland/s/{first.id}">' in page
    assert "reprinted" in page
    refused = desk.act(first.id, "duplicate", of=second.id)
    assert refused.status_code == 409
    assert "decide about it first" in refused.text
    assert "which other statement" in desk.act(first.id, "duplicate", of="nothing").text
    assert "which other statement" in desk.act(first.id, "duplicate", of=first.id).text


def test_what_is_out_is_no_duplicate(room: Newsroom, desk: Browser) -> None:
    first, second = take_in(room, TEXT), published(room, desk, AGAIN)
    at = f"/desk/c/orland/s/{second}"
    stamp = desk.token(at, "stamp")
    assert "withdraw it" in desk.post(f"{at}/duplicate", at=at, stamp=stamp, of=first.id).text


def test_a_suggested_claim_is_set_apart_before_it_counts(room: Newsroom, desk: Browser) -> None:
    first = published(room, desk, TEXT)
    (question,) = room.store.questions_of(f"{first}.0")
    second = take_in(room, AGAIN)
    assert room.store.questions_of(f"{second.id}.0") == (question,)
    at = f"/desk/c/orland/s/{second.id}"
    form = {"number": "0", "question": question}
    assert "Say why" in desk.post(f"{at}/move", at=at, into="apart", reason="", **form).text
    answer = desk.post(f"{at}/move", at=at, into="apart", reason="another ambush", **form)
    assert answer.status_code == 303, answer.text
    (own,) = room.store.questions_of(f"{second.id}.0")
    assert own != question
    desk.act(second.id, "publish", accept="0", seen=f"{second.id}.0")
    assert [s.statement for s in room.store.every_answer(own)] == [second.id]
    third = take_in(room, AGAIN.replace("14", "16"))
    at = f"/desk/c/orland/s/{third.id}"
    page = page_of(desk, third.id)
    assert f'<option value="{own}">' in page  # of its kind: may be linked to from the card
    desk.post(f"{at}/move", at=at, number="0", question=question, into=own, reason="that ambush")
    assert room.store.questions_of(f"{third.id}.0") == (own,)


def test_a_claim_is_marked_as_one_that_nobody_can_verify_from_its_card(room: Newsroom, desk: Browser) -> None:
    first = published(room, desk, TEXT)
    (question,) = room.store.questions_of(f"{first}.0")
    at = f"/desk/c/orland/s/{first}"
    answer = desk.post(f"{at}/mark", at=at, number="0", question=question, reason="no access to Ubel")
    assert answer.status_code == 303, answer.text
    assert "Cannot be verified: no access to Ubel" in page_of(desk, first)


def test_two_versions_are_compared_word_by_word(room: Newsroom, desk: Browser) -> None:
    old = take_in(room, TEXT, key="k")
    new = take_in(room, TEXT.replace("12", "13"), key="k", version=2, replaces=old.id)
    for pair in ((old.id, new.id), (new.id, old.id)):
        page = desk.get("/desk/c/orland/s/{}/compare/{}".format(*pair)).text
        assert "<del>12</del>" in page
        assert "<ins>13</ins>" in page


def test_two_statements_are_compared_by_question(room: Newsroom, desk: Browser) -> None:
    first, second = published(room, desk, TEXT), take_in(room, AGAIN)
    page = desk.get(f"/desk/c/orland/s/{first}/compare/{second.id}").text
    table = page[page.index("<tbody>") :]
    assert table.count('<th scope="row">') == 1
    assert "<bdi>12</bdi>" in table
    assert "<bdi>14</bdi>" in table
    assert desk.get(f"/desk/c/orland/s/{first}/compare/nothing").status_code == 404
