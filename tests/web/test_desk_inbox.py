"""The inbox in the browser: what cannot wait first, with the sentence that says why; filters; every state in words."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from sayso.flow.desk import sorting
from sayso.flow.newsroom import Newsroom
from sayso.model.draft import Composed, Draft
from sayso.model.event import Decided, Gone
from sayso.model.outgoing import Deed, Outgoing
from tests.desk.factory import GUARD, NOW, POST
from tests.web.desk_room import Browser, TotalReader, browser, newsroom, take_in

INBOX = "/desk/c/orland/"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path, readings="reviewed", languages=("en", "hy"))
    made.reader = cast(Any, TotalReader())
    yield made
    made.store.close()


@pytest.fixture
def desk(room: Newsroom) -> Browser:
    return browser(room).sign_in()


def said(room: Newsroom, text: str, minute: float = 0, source: Any = POST, **more: Any) -> str:
    at = NOW + minute * MINUTE
    return take_in(room, text, source, published_at=at, first_seen_at=at, **more).id


def rows(page: str) -> list[str]:
    return re.findall(r'<li class="row.*?\n  </li>', page, re.DOTALL)


def listed(page: str) -> list[str]:
    return re.findall(r'class="first"[^>]*><a href="/desk/c/orland/s/([^"]+)"', "".join(rows(page)))


def test_a_lowered_figure_stands_first_and_says_so(room: Newsroom, desk: Browser) -> None:
    first = said(room, "The Tesk Guard: 31 soldiers in all", -60, GUARD)
    desk.act(first, "publish", accept="0", seen=f"{first}.0")
    lower, news = said(room, "The Tesk Guard: 13 soldiers in all", -5, GUARD), said(room, "The road is open")
    page = desk.get(INBOX).text
    assert listed(page) == [lower, news]
    assert '<span class="tag urgent">lower than before</span>' in rows(page)[0]
    assert "Lower than the figure before: 31 → 13, said 6 May 11:00 (Tesk Guard)." in rows(page)[0]
    assert "urgent" not in rows(page)[1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("source=guard", ["guard"]),
        ("party=TK", ["guard"]),
        ("party=-", ["post"]),
        ("lang=hy", ["post"]),
        ("flag=figures", ["post"]),
        ("flag=own_channel", ["guard"]),
        ("words=lake+POST", ["post"]),
        ("words=nothing", []),
        ("state=held", ["post", "guard"]),
        ("state=all", ["post", "guard"]),
        ("state=accepted", []),
        ("state=what", ["post", "guard"]),
    ],
)
def test_filters_show_what_they_say(room: Newsroom, desk: Browser, query: str, found: list[str]) -> None:
    there = {"guard": said(room, "The road is open", 0, GUARD), "post": said(room, "12 soldiers fell", 1, lang="hy")}
    page = desk.get(f"{INBOX}?{query}").text
    assert listed(page) == [there[f] for f in found]
    assert ("Nothing of the kind" in page or "Nothing here" in page) == (not found)


def test_every_state_is_told_in_words(room: Newsroom, desk: Browser) -> None:
    by_rule, held = said(room, "The road is closed", 0), said(room, "A bridge fell", 1)
    desk.act(held, "hold", reason="Ask the ministry.")
    rejected, out, gone = said(room, "Weather", 2), said(room, "12 soldiers fell", 3), said(room, "A dam broke", 4)
    desk.act(rejected, "reject")
    desk.act(out, "publish", accept="0", seen=f"{out}.0")
    changed = said(room, "The road is open", 5, key="k9", version=2)
    double = said(room, "Again the dam", 6)
    with room.store.write(actor="test", at=NOW) as w:
        w.append(Gone(statement=gone, last_seen_at=NOW))
        w.append(Decided(statement=double, decision="duplicate", by="editor"))
    desk.post(f"{INBOX}q/{room.store.questions()[0][0]}/mark", at=f"{INBOX}q/{room.store.questions()[0][0]}",
              claim=f"{out}.0", reason="Nobody may go there")  # fmt: skip
    words = {
        by_rule: ("held", ">waits<", ""),
        held: ("mine", ">held at the desk<", "Ask the ministry."),
        rejected: ("rejected", ">rejected<", ""),
        out: ("unverifiable", ">on the page<", "cannot be verified"),
        gone: ("gone", ">gone from its source<", "Its source shows it no more."),
        changed: ("changed", ">waits<", "Changed at its source: this is version 2."),
        double: ("duplicate", ">duplicate<", ""),
    }
    for statement, (state, word, sentence) in words.items():
        page = desk.get(f"{INBOX}?state={state}").text
        (row,) = (r for r in rows(page) if statement in r)
        assert word in row
        assert sentence in row
    assert listed(desk.get(f"{INBOX}?state=mine").text) == [held]
    assert "This source waits" not in desk.get(INBOX).text, "it says no more than the state does"


def queued(about: str, user: str, **more: Any) -> Outgoing:
    fields = {"title": "t", "at": NOW, "due_at": NOW + MINUTE, "needs_second": False, **more}
    return Outgoing(id=f"o-{about}", about=about, user=user, deed=Deed(kind="publish", statement=about), **fields)


def test_what_goes_out_has_its_list_and_awaits_whoever_must_look(room: Newsroom, desk: Browser) -> None:
    mine, theirs, failed, news = (said(room, f"Message {n}", n) for n in range(4))
    room.store.queue_out(queued(mine, "editor"))
    room.store.queue_out(queued(theirs, "ada", needs_second=True))
    room.store.queue_out(queued(failed, "editor", failed="It changed meanwhile."))
    page = desk.get(f"{INBOX}?state=going").text
    assert listed(page) == [failed, theirs, mine]
    assert [re.findall(r'flag soft">([^<]*)', row) for row in rows(page)] == [
        ["It did not go out: It changed meanwhile."],
        ["It waits for somebody else to look, then goes out."],
        ["It is on its way out."],
    ]
    assert listed(desk.get(f"{INBOX}?state=mine").text) == [failed, theirs]
    assert news in listed(desk.get(INBOX).text)


def test_drafts_of_ones_own_await_with_their_statements(room: Newsroom, desk: Browser) -> None:
    ours, theirs = said(room, "Message 1"), said(room, "Message 2", 1)
    for user, statement in (("editor", ours), ("ada", theirs)):
        composed = Composed(head="A draft", statements=(statement,))
        room.store.add_draft(Draft(id=f"d-{user}", user=user, updated_at=NOW, version=1, composed=composed))
    page = desk.get(f"{INBOX}?state=mine").text
    assert listed(page) == [ours]
    assert '<a href="/desk/c/orland/drafts">You have 1 draft</a>' in page
    assert "You have" not in desk.get(INBOX).text


def test_the_same_words_are_folded_once_with_how_often_they_came(room: Newsroom, desk: Browser) -> None:
    words = " ".join(f"word{n}" for n in range(40))
    first = said(room, words, 0)
    again = [said(room, f"{words}{'!' * n}", n, GUARD) for n in (1, 2)]
    page = desk.get(INBOX).text
    assert listed(page) == [first]
    assert "the same words ×3" in page
    assert all(f"/s/{a}" in rows(page)[0] for a in again)


def test_pages_follow_one_another_and_keep_the_filter(
    room: Newsroom, desk: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sorting, "LINES", 2)
    there = {said(room, f"Message {n}", n) for n in range(5)}
    said(room, "The road is open", 9, GUARD)
    path, seen = f"{INBOX}?source=post", []
    while path:
        page = desk.get(path).text
        seen += listed(page)
        onward = re.search(r'rel="next" href="(\?[^"]+)"', page)
        path = INBOX + onward[1].replace("&amp;", "&") if onward else ""
        assert ("First page" in page) == (len(seen) > 2)
    assert (sorted(seen), len(seen)) == (sorted(there), 5)


def test_a_place_in_the_inbox_that_cannot_be_is_refused_in_words(desk: Browser) -> None:
    answer = desk.get(f"{INBOX}?from=nonsense")
    assert (answer.status_code, "begin with the first" in answer.text) == (404, True)


def test_words_of_a_source_are_escaped(tmp_path: Path) -> None:
    room = newsroom(tmp_path, sources=(replace(POST, title="<b>Post"),))
    said(room, "<script>x</script>")
    page = browser(room).sign_in().get(INBOX).text
    assert "<b>Post" not in page
    assert "<script>x" not in page
    room.store.close()
