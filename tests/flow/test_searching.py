"""The search: what the public may see is found in any spelling; what it may not see, and what is gone, never is."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from starlette.applications import Starlette

from sayso.flow.newsroom import Newsroom
from sayso.flow.pages import searching
from sayso.flow.pages.views import CoverageViews
from sayso.model.conflict import Person, Place
from sayso.model.event import Decided, Stated
from sayso.model.finding import SearchPage
from sayso.sources.sandbox import Parser
from sayso.web.public import public_routes
from tests.desk.factory import CONFLICT, NOW, claim, statement
from tests.flow.factory import FEED, OUTLET, STAFF, clock_of, files_with, newsroom
from tests.flow.test_views import counted
from tests.web.test_public import Client

CANARY = "zqsearchedcanary"
PLACES = (
    Place(names=("Shoreham-on-Ubel", "Şorhem", "Шорхем*"), side="TK"),
    Place(names=("Old Harbour", "Altenhafen"), side="OR"),
)
HIDING = replace(OUTLET, name="hiding", title="Quiet Wire", rehost="none", url="https://quiet.example/feed.xml")


@pytest.fixture
def desk(tmp_path: Path, parser: Parser) -> Iterator[Newsroom]:
    made = newsroom(tmp_path, parser, sources=(FEED, STAFF, OUTLET, HIDING))
    people = (*CONFLICT.people, Person(name="Dzhavid Verl", names=("Cavid Verl", "Джавид Верл")))
    made.coverage = replace(made.coverage, conflict=replace(CONFLICT, places=PLACES, people=people))
    clock_of(made).at = NOW + timedelta(minutes=1)
    yield made
    made.store.close()


def search(room: Newsroom, query: str, before: str | None = None) -> SearchPage:
    page = CoverageViews(room).search_page(query, before)
    assert page is not None
    return page


def found(room: Newsroom, query: str) -> list[str]:
    """The marked words of each hit."""
    return [" ".join(text for text, marked in (*hit.title, *hit.passage) if marked) for hit in search(room, query).hits]


@pytest.mark.parametrize("typed", ["Şorhem", "sorhem", "SHOREHAM-ON-UBEL", "Шорхем"])
def test_a_place_is_found_by_any_of_its_spellings_in_all_of_them(desk: Newsroom, typed: str) -> None:
    for n, name in enumerate(("Shoreham-on-Ubel", "Şorhem", "Шорхеме", "Elsewhere")):
        counted(desk, f"Note {n}.\nThe lorry reached {name} at noon.", ago=9 - n)
    assert [m.casefold().replace("ş", "s") for m in found(desk, typed)] == ["шорхеме", "sorhem", "shoreham-on-ubel"]


@pytest.mark.parametrize("typed", ["Javid Verl", "cavid verl", "Джавид Верл"])
def test_a_person_is_found_as_others_transcribe_the_name(desk: Newsroom, typed: str) -> None:
    counted(desk, "Note.\nDzhavid Verl spoke on the radio.")
    assert found(desk, typed) == ["Dzhavid Verl"]


def test_the_words_of_a_name_stand_beside_each_other(desk: Newsroom) -> None:
    counted(desk, "One.\nAn old boat left the harbour.", ago=3)
    counted(desk, "Two.\nA boat left the old harbour.", ago=2)
    assert found(desk, "altenhafen") == ["old harbour"]


def test_a_hit_has_date_claimant_and_marked_words_of_all_groups(desk: Newsroom) -> None:
    text = "Losses.\n" + "The river is calm. " * 40 + "Then the Ferry sank near the mill. " + "All is quiet. " * 40
    counted(desk, text, claim(text))
    (hit,) = search(desk, "FERRY mill").hits
    assert hit.view.claimant is not None and hit.view.claimant.name == "Tesk Guard"
    assert [text for text, marked in hit.passage if marked] == ["Ferry", "mill"]
    assert len("".join(text for text, _ in hit.passage)) < 320
    assert search(desk, "ferry windmill").hits == ()


def test_results_follow_each_other_page_by_page(desk: Newsroom) -> None:
    for n in range(50):
        counted(desk, f"Bulletin {n} of the fleet.", ago=60 - n)
    heads: list[str] = []
    before = None
    while True:
        page = search(desk, "fleet", before)
        heads += [h.view.post.head for h in page.hits]
        before = page.next_before
        if before is None:
            break
    assert len(heads) == len(set(heads)) == 50
    assert "Bulletin 49" in heads[0]
    assert CoverageViews(desk).search_page("fleet", "nonsense") is None


def test_words_that_a_source_lets_nobody_see_find_nothing(desk: Newsroom) -> None:
    """H13: otherwise the words could be guessed one by one."""
    counted(desk, f"Quiet news.\nThe {CANARY} is here.", source=HIDING)
    assert search(desk, CANARY).hits == ()
    assert len(search(desk, "quiet news").hits) == 1


def test_a_page_goes_on_behind_many_hidden_ones(desk: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "LOOKED_THROUGH", 3)
    monkeypatch.setattr(searching, "ROUNDS", 2)
    counted(desk, f"Open.\nThe {CANARY} is here.", ago=60)
    for n in range(8):
        counted(desk, f"Quiet {n}.\nThe {CANARY} is here.", source=HIDING, ago=50 - n)
    first = search(desk, CANARY)
    assert first.hits == () and first.next_before is not None
    assert len(search(desk, CANARY, first.next_before).hits) == 1


def test_what_is_held_or_rejected_is_never_found(desk: Newsroom) -> None:
    it = statement(f"A held {CANARY}.", FEED, id="held", key="held")
    with desk.store.write(actor="test", at=NOW) as w:
        w.append(Stated(statement=it))
    assert search(desk, CANARY).hits == ()
    with desk.store.write(actor="test", at=NOW) as w:
        w.append(Decided(statement=it.id, decision="reject", by="editor"))
    assert search(desk, CANARY).hits == ()


def test_a_takedown_leaves_nothing_to_find(desk: Newsroom, tmp_path: Path) -> None:
    it = counted(desk, f"Note.\nThe {CANARY} is here.")
    assert len(search(desk, CANARY).hits) == 1
    with desk.store.write(actor="desk", at=clock_of(desk).at) as w:
        w.take_down(it.id, reason="asked for")
    desk.store.scrub()
    assert search(desk, CANARY).hits == ()
    desk.store.close()
    assert files_with(tmp_path, [CANARY.encode()]) == []


@pytest.mark.parametrize(
    "query",
    [
        "", " ", "* * *", '"', "a" * 100_000, "a* " * 5_000, "(" * 5_000, "NEAR(a b, 9) OR -c ^d : {e}", "'; DROP TABLE sought; --",
        "\0", "\u202e\u0301" * 500, "or " * 1_000, "ш" * 300, "<->&|!:*",
    ],
)  # fmt: skip
def test_a_hostile_query_is_harmless(desk: Newsroom, query: str) -> None:
    counted(desk, "A plain bulletin.")
    page = search(desk, query)
    assert len(page.query) <= searching.LONGEST_QUERY
    assert len(search(desk, "plain").hits) == 1


def test_no_query_is_written_down(desk: Newsroom, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    counted(desk, "A plain bulletin.")
    client = Client(Starlette(routes=public_routes({"orland": CoverageViews(desk)}, {})))
    with caplog.at_level(logging.DEBUG, logger="sayso"), structlog.testing.capture_logs() as logs:
        answer = client.get("/c/orland/search/", params={"q": f"{CANARY} plain"})
        missed = client.get("/c/orland/search/", params={"q": CANARY, "before": "x"})
    assert (answer.status_code, missed.status_code) == (200, 404)
    assert CANARY in answer.text and CANARY not in missed.text
    assert CANARY not in repr(logs) and CANARY not in "".join(
        r.getMessage() for r in caplog.records if r.name != "httpx"
    )
    desk.store.close()
    assert files_with(tmp_path, [CANARY.encode()]) == []
