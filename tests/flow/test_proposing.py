"""A language model's proposals come after the reading by rules, never in its way, and only an editor accepts them."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from click.testing import CliRunner

from sayso.cli import command
from sayso.errors import BadSetting
from sayso.fetch import Door
from sayso.flow.arrival.pasting import Pasted
from sayso.flow.arrival.proposing import TRIES, Budget, Proposing, asker_for
from sayso.flow.clock import world_now
from sayso.flow.desk.review import Review
from sayso.flow.live import run
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.views import CoverageViews
from sayso.model.coverage import Model
from sayso.model.statement import Statement
from sayso.publish import pages
from tests.coverage.factory import COVERAGE, SOURCES, write
from tests.flow.factory import item, polled
from tests.propose.factory import Endpoint, Given, claims, endpoint

TEXT = "The Tesk Guard conceded that at least 12 lancers lie buried at Ubel."
LANCERS = {
    "type": "casualties", "sub": "killed", "evidence": "at least 12 lancers lie buried at Ubel",
    "attr": {"org": "Tesk Guard", "side": "TK"}, "subject": "TK", "qty": {"cmp": "at_least", "n": 12}, "places": ["Ubel"],
}  # fmt: skip
GHOSTS = {**LANCERS, "qty": {"cmp": "exact", "n": 900}}
FEED = [item("k", "Ford", TEXT)]


@pytest.fixture
def model() -> Iterator[Endpoint]:
    with endpoint() as made:
        yield made


def proposing(room: Newsroom, model: Endpoint, *, most: int = 100) -> Proposing:
    return Proposing(room, model.asker(), Model(url=model.url, model="m", max_passages_per_hour=most))


def propose(one: Proposing) -> int:
    return asyncio.run(one.propose_waiting())


def stated(room: Newsroom) -> Statement:
    (found,) = room.store.every_statement()
    return found


def test_the_reading_by_rules_is_stored_before_the_model_is_asked(room: Newsroom, model: Endpoint) -> None:
    polled(room, FEED)
    assert model.asked == []
    before = room.store.reading(stated(room).id)
    model.next = [claims(LANCERS, GHOSTS)]
    assert propose(proposing(room, model)) == 1
    after = room.store.reading(stated(room).id)
    assert before is not None
    assert after is not None
    assert after.claims[: len(before.claims)] == before.claims
    assert [c.rule for c in after.claims[len(before.claims) :]] == ["model.proposed"]
    assert (after.asked, after.dropped) == ("m", (("the figure is not in the words quoted", 1),))
    assert set(model.sentences()) == {TEXT}


def test_a_statement_is_asked_about_once_also_after_a_restart(room: Newsroom, model: Endpoint) -> None:
    polled(room, FEED)
    one = proposing(room, model)
    assert [propose(one), propose(one), propose(proposing(room, model))] == [1, 0, 0]
    assert len(model.asked) == 1


def test_no_rule_makes_a_proposal_count_and_no_public_page_shows_it(room: Newsroom, model: Endpoint) -> None:
    assert room.coverage.readings == "by_rule"
    polled(room, FEED)
    model.next = [claims(LANCERS)]
    propose(proposing(room, model))
    assert room.store.said() == ()
    views, it = CoverageViews(room), stated(room)
    page = views.statement_page(it.id)
    assert page is not None, "the owner's own words went out"
    assert page.claims == ()
    tally = views.tally_page().tally
    assert (tally.own, tally.enemy, tally.third, tally.unnamed) == ((), (), (), ())
    assert views.questions_page().questions == ()


def test_an_editor_sees_a_proposal_as_amber_and_may_accept_it(room: Newsroom, model: Endpoint) -> None:
    polled(room, FEED)
    model.next = [claims(LANCERS, GHOSTS)]
    propose(proposing(room, model))
    review = Review(room)
    sheet = review.sheet(stated(room).id)
    (card,) = [c for c in sheet.cards if c.claim.proposed]
    assert "proposed" in {r.code for r in card.risks}
    assert card.refused == ""
    assert sheet.dropped == (("the figure is not in the words quoted", 1),)
    review.publish(stated(room).id, accepted={card.number}, seen={card.id}, who="editor")
    (said,) = room.store.said()
    assert (said.by, said.claim.rule) == ("editor", "model.proposed")


def test_what_an_editor_has_judged_is_left_alone(room: Newsroom, model: Endpoint) -> None:
    polled(room, FEED)
    Review(room).publish(stated(room).id, accepted=(), seen=(), who="editor")
    assert propose(proposing(room, model)) == 0
    assert model.asked == []


def test_what_was_typed_in_at_the_desk_goes_to_no_other_machine(room: Newsroom, model: Endpoint) -> None:
    Review(room).paste(Pasted(says=None, text=TEXT, said_at=None), who="editor")
    assert propose(proposing(room, model)) == 0
    assert model.asked == []


def test_an_editor_who_was_faster_than_the_model_is_not_overwritten(room: Newsroom, model: Endpoint) -> None:
    polled(room, FEED)
    one = proposing(room, model)
    ((it, reading),) = one.waiting()
    answers = asyncio.run(one.answers(it, reading.passages))
    Review(room).publish(it.id, accepted=(), seen=(), who="editor")
    assert answers is not None
    assert not one.keep(it, reading, answers)
    assert room.store.reading(it.id) == reading


def test_a_takedown_that_was_faster_leaves_nothing(room: Newsroom, model: Endpoint) -> None:
    polled(room, FEED)
    one = proposing(room, model)
    ((it, reading),) = one.waiting()
    answers = asyncio.run(one.answers(it, reading.passages))
    Review(room).take_down(it.id, reason="asked for", who="editor")
    assert answers is not None
    assert not one.keep(it, reading, answers)
    assert room.store.reading(it.id) is None


@pytest.mark.parametrize("given", [Given(status=500, body=b"{}"), Given(status=429, body=b"{}"), Given(status=401)])
def test_a_model_that_fails_is_asked_again_after_a_pause_and_given_up_in_the_end(
    room: Newsroom, model: Endpoint, given: Given
) -> None:
    polled(room, FEED)
    model.next = [given]
    one = proposing(room, model)
    for tries in range(1, TRIES + 1):
        propose(one)
        assert propose(one) == 0, "the pause holds"
        assert len(model.asked) == tries
        one.not_before = world_now()
    after = room.store.reading(stated(room).id)
    assert after is not None
    assert after.dropped == (("no answer in time", 1),)


@pytest.mark.parametrize(
    "given",
    [
        Given(content="I cannot help with that."),
        Given(body=b"<html>"),
        Given(body=b'{"choices": null}'),
        claims(GHOSTS),
    ],
)
def test_a_hostile_answer_is_counted_and_takes_nothing_from_the_reading(
    room: Newsroom, model: Endpoint, given: Given
) -> None:
    polled(room, FEED)
    before = room.store.reading(stated(room).id)
    model.next = [given]
    one = proposing(room, model)
    for _ in range(TRIES):
        propose(one)
        one.not_before = world_now()
    after = room.store.reading(stated(room).id)
    assert before is not None
    assert after is not None
    assert after.claims == before.claims
    assert sum(n for _, n in after.dropped) == 1


def test_the_budget_of_an_hour_is_kept_and_comes_back(room: Newsroom, model: Endpoint) -> None:
    polled(room, [item("a", "Ford", TEXT), item("b", "Mill", TEXT.replace("12", "13")), item("c", "Bay", "No words.")])
    one = proposing(room, model, most=1)
    assert [propose(one), propose(one)] == [1, 0]
    later = world_now() + timedelta(hours=1)
    one.budget.now = lambda: later
    assert propose(one) == 1
    assert len(model.asked) == 2


def test_a_budget_forgets_what_is_an_hour_old() -> None:
    now = world_now()
    budget = Budget(2, now=lambda: now)
    budget.take()
    assert budget.left() == 1
    now += timedelta(minutes=61)
    assert budget.left() == 2


def test_further_readings_are_rebuilt_as_they_were(room: Newsroom, model: Endpoint) -> None:
    polled(room, FEED)
    model.next = [claims(LANCERS, GHOSTS)]
    propose(proposing(room, model))
    before = room.store.reading(stated(room).id)
    room.store.rebuild()
    assert room.store.reading(stated(room).id) == before


def test_a_key_that_is_not_in_the_environment_is_said_at_start(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("M_KEY", raising=False)
    coverage = replace(room.coverage, model=Model(url="https://m.example", model="m", key_env="M_KEY"))
    door = Door(user_agent="sayso/test")
    with pytest.raises(BadSetting, match="M_KEY, which is not set"):
        asker_for(coverage, door)
    monkeypatch.setenv("M_KEY", "secret")
    assert asker_for(coverage, door) is not None
    assert asker_for(room.coverage, door) is None


def test_a_running_coverage_asks_by_itself(room: Newsroom, model: Endpoint) -> None:
    polled(room, FEED)
    model.next = [claims(LANCERS)]

    class Pages:
        """A server that ends once the further reading is there."""

        should_exit = False

        async def serve(self) -> None:
            for _ in range(500):
                reading = room.store.reading(stated(room).id)
                if reading is not None and reading.asked:
                    return
                await asyncio.sleep(0.02)

    async def for_ever() -> None:
        await asyncio.Event().wait()

    async def nothing() -> None:
        return None

    server = cast(Any, Pages())
    asyncio.run(run(room, server, broadcast=nothing, pump=for_ever, proposing=proposing(room, model)))
    after = room.store.reading(stated(room).id)
    assert after is not None
    assert [c.rule for c in after.claims if c.proposed] == ["model.proposed"]


def test_readers_are_told_on_the_method_page_that_a_model_is_asked(room: Newsroom) -> None:
    asked = replace(
        room, coverage=replace(room.coverage, parser=True, model=Model(url="https://m.example", model="owl-7"))
    )
    plain, told = (pages.method_page(CoverageViews(r).method_page()) for r in (room, asked))
    assert "owl-7" in told
    assert "counts only after an editor accepted it" in told
    assert "a parser looks for one" in told
    assert "language model" not in plain
    assert "m.example" not in told


ARMY = "The Norrin Army conceded that at least 12 lancers lie buried at Verrin."
FOUND = {
    **LANCERS, "evidence": "at least 12 lancers lie buried at Verrin", "attr": {"org": "Norrin Army", "side": "NO"},
    "subject": "NO", "places": ["Verrin"],
}  # fmt: skip


def folder_with(folder: Path, model: Endpoint, *, allow: bool) -> Path:
    """A coverage whose model is the endpoint, which the operator allows or not."""
    write(folder, coverage=f'{COVERAGE}[reader.model]\nurl = "{model.url}"\nmodel = "m"\n', sources=SOURCES)
    (folder / "sayso.toml").write_text(f'allow = ["127.0.0.1:{model.port}"]\n' if allow else "port = 8900\n")
    (folder / "text.txt").write_text(ARMY, encoding="utf-8")
    return folder


def read(folder: Path, *words: str) -> tuple[str, str, int]:
    """What `sayso read` says on both its outputs, and its exit code."""
    done = CliRunner().invoke(command, ["read", str(folder / "text.txt"), "--coverage", str(folder), *words])
    return done.stdout, done.stderr, done.exit_code


def test_the_command_asks_the_model_only_when_told_to_and_says_what_was_dropped(
    tmp_path: Path, model: Endpoint
) -> None:
    folder = folder_with(tmp_path, model, allow=True)
    model.next = [claims(FOUND, {**FOUND, "qty": {"n": 3}}, {**FOUND, "attr": {"org": "Sedd"}})]
    assert read(folder, "--json")[2] == 0
    assert model.asked == []
    out, err, code = read(folder, "--json", "--model")
    assert code == 0
    rows = [json.loads(line) for line in out.splitlines()]
    assert [c["rule"] for r in rows for c in r["claims"]] == ["model.proposed"]
    assert "2 proposals dropped: 1 the figure is not in the words quoted; 1 the speaker is not named in the text" in err


def test_the_command_reaches_no_private_address_that_the_operator_did_not_name(tmp_path: Path, model: Endpoint) -> None:
    _, err, code = read(folder_with(tmp_path, model, allow=False), "--model")
    assert code == 0, "what the rules read is printed all the same"
    assert "is not fetched" in err
    assert "1 proposal dropped: 1 no answer in time" in err
    assert model.asked == []


def test_the_command_says_what_is_missing(tmp_path: Path, model: Endpoint) -> None:
    folder = folder_with(tmp_path, model, allow=True)
    write(folder)
    words = ["read", str(folder / "text.txt"), "--model"]
    assert "[reader.model]" in str(CliRunner().invoke(command, [*words, "--coverage", str(folder)]).exception)
    assert CliRunner().invoke(command, words).exit_code == 2
