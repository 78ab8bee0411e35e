"""Questions at the desk: put together, set apart, moved, taken back, with reasons that readers see; without JavaScript."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from sayso.flow.arrival.reading import read_statement
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.standing import Standing
from sayso.flow.pages.views import CoverageViews
from sayso.model.claim import Claim, Part
from sayso.model.event import Decided
from sayso.model.setting import Setting
from sayso.model.statement import Statement
from sayso.publish import pages
from tests.desk.factory import GUARD, NOW, POST
from tests.web.desk_room import Browser, KilledReader, TotalReader, browser, newsroom, take_in

ONE = "The Tesk Guard said 12 soldiers were killed in Harrowmere."
OTHER = "The Tesk Guard said 12 soldiers were killed in Harrowmore."
Q = "/desk/c/orland/q"
ID = "casualties-killed-tk-_-military-incident-_-{}-2031-05-06"
MERE, MORE = ID.format("harrowmere"), ID.format("harrowmore")


class PlacedReader(KilledReader):
    """As the other, with the last word of a line as the place."""

    def _claim(self, text: str, part: Part, found: Any, setting: Setting) -> Claim:
        made = super()._claim(text, part, found, setting)
        return replace(made, places=(text[slice(*part.span)].rsplit(maxsplit=1)[-1].strip("."),))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path, readings="reviewed")
    made.reader = cast(Any, PlacedReader())
    yield made
    assert made.store.verify() == ()
    made.store.close()


@pytest.fixture
def desk(room: Newsroom) -> Browser:
    return browser(room).sign_in()


def published(room: Newsroom, desk: Browser, text: str, **more: Any) -> Statement:
    it = take_in(room, text, **more)
    seen = [f"{it.id}.{n}" for n in range(text.count("soldiers"))]
    desk.act(it.id, "publish", accept=[s.rpartition(".")[2] for s in seen], seen=seen)
    return it


def asked(room: Newsroom) -> dict[str, int]:
    return {id_: n for id_, n, _ in room.store.questions()}


def test_names_spelt_alike_are_proposed_and_never_put_together_silently(room: Newsroom, desk: Browser) -> None:
    published(room, desk, ONE)
    published(room, desk, OTHER)
    assert asked(room) == {MERE: 1, MORE: 1}
    page = desk.get(Q).text
    assert "They look like one (1)" in page
    assert "“Harrowmere” and “Harrowmore” differ in one letter." in page


def test_what_an_editor_puts_together_is_one_question_with_the_reason_for_readers(
    room: Newsroom, desk: Browser
) -> None:
    a, b = published(room, desk, ONE), published(room, desk, OTHER, source=GUARD)
    before = room.store.public_n()
    answer = desk.post(f"{Q}/{MORE}/merge", at=Q, into=MERE, reason="One village; the second is a slip")
    assert answer.status_code == 303
    assert asked(room) == {MERE: 2}
    views = CoverageViews(room)
    for id_ in (MERE, MORE):  # the old address leads to the same answers
        page = views.question_page(id_)
        assert page is not None
        html = pages.question_page(page)
        assert "An editor put “" in html
        assert "One village; the second is a slip." in html
    told = {c.post for c in room.store.changes(before, 100) if c.kind == "put"}
    assert told == {p.id for s in (a, b) for p in room.store.posts_of(s.id)}
    assert "They look like one (0)" in desk.get(Q).text


def test_a_merge_without_a_reason_is_refused(room: Newsroom, desk: Browser) -> None:
    published(room, desk, ONE)
    published(room, desk, OTHER)
    answer = desk.post(f"{Q}/{MORE}/merge", at=Q, into=MERE, reason=" ")
    assert answer.status_code == 409
    assert "Say why" in answer.text
    assert asked(room) == {MERE: 1, MORE: 1}


def test_a_ring_of_merges_is_refused(room: Newsroom, desk: Browser) -> None:
    published(room, desk, ONE)
    published(room, desk, OTHER)
    desk.post(f"{Q}/{MORE}/merge", at=Q, into=MERE, reason="one village")
    answer = desk.post(f"{Q}/{MERE}/merge", at=Q, into=MORE, reason="one village")
    assert answer.status_code == 409
    assert "They are one question already." in answer.text


def test_unlike_questions_are_not_put_together(room: Newsroom, desk: Browser) -> None:
    published(room, desk, ONE)
    it = take_in(room, OTHER)
    desk.post(f"/desk/c/orland/s/{it.id}/c/0", at=f"/desk/c/orland/s/{it.id}/c/0", who="civilian",
              stamp=desk.token(f"/desk/c/orland/s/{it.id}", "stamp"))  # fmt: skip
    desk.act(it.id, "publish", accept="0", seen=f"{it.id}.0")
    (civilian,) = set(asked(room)) - {MERE}
    answer = desk.post(f"{Q}/{civilian}/merge", at=Q, into=MERE, reason="one village")
    assert answer.status_code == 409
    assert "Only like is compared with like: one counts civilian, the other military." in answer.text


def test_taking_back_restores_both_questions(room: Newsroom, desk: Browser) -> None:
    published(room, desk, ONE)
    published(room, desk, OTHER)
    desk.post(f"{Q}/{MORE}/merge", at=Q, into=MERE, reason="one village")
    (decision,) = room.store.grouping().decisions
    at = f"{Q}/{MERE}"
    assert desk.post(f"{Q}/decided/{decision.seq}/take-back", at=at, reason="").status_code == 409
    assert desk.post(f"{Q}/decided/{decision.seq}/take-back", at=at, reason="two villages").status_code == 303
    assert asked(room) == {MERE: 1, MORE: 1}
    assert room.store.grouping().decisions == ()
    assert "An editor put" not in desk.get(at).text


def test_only_what_can_be_put_together_is_offered(room: Newsroom, desk: Browser) -> None:
    published(room, desk, ONE)
    published(room, desk, "The Tesk Guard said 9 soldiers were killed in Ostrey.")
    page = desk.get(f"{Q}/{MERE}").text
    assert f'<option value="{ID.format("ostrey")}">' in page
    assert f'<option value="{MERE}">' not in page


def test_what_is_not_the_same_is_not_proposed_again(room: Newsroom, desk: Browser) -> None:
    published(room, desk, ONE)
    published(room, desk, OTHER)
    assert desk.post(f"{Q}/{MORE}/keep-apart", at=Q, into=MERE).status_code == 303
    page = desk.get(Q).text
    assert "They look like one (0)" in page
    assert "they are not the same" in page
    assert asked(room) == {MERE: 1, MORE: 1}


def test_a_claim_that_was_moved_stays_moved_when_it_is_read_again(room: Newsroom, desk: Browser) -> None:
    it = published(room, desk, ONE)
    published(room, desk, "The Tesk Guard said 9 soldiers were killed in Ostrey.")
    ostrey = ID.format("ostrey")
    answer = desk.post(f"{Q}/{MERE}/move", at=f"{Q}/{MERE}", claim=f"{it.id}.0", into=ostrey, reason="it means Ostrey")
    assert answer.status_code == 303
    assert asked(room) == {ostrey: 2}
    reading = read_statement(room.reader, room.coverage, POST, it)
    with room.store.write(actor="test", at=NOW) as w:
        w.append(reading)
        w.append(Decided(statement=it.id, decision="accept", by="editor", accepted=(0,)))
    assert reading.questions == ((MERE,),)
    assert asked(room) == {ostrey: 2}
    assert room.store.asked([f"{it.id}.0"]) == {f"{it.id}.0": (ostrey,)}


def test_a_claim_moved_twice_comes_home_when_the_second_move_is_taken_back(room: Newsroom, desk: Browser) -> None:
    it = published(room, desk, ONE)
    published(room, desk, "The Tesk Guard said 9 soldiers were killed in Ostrey.")
    published(room, desk, "The Tesk Guard said 7 soldiers were killed in Nimm.")
    claim, ostrey, nimm = f"{it.id}.0", ID.format("ostrey"), ID.format("nimm")
    desk.post(f"{Q}/{MERE}/move", at=f"{Q}/{MERE}", claim=claim, into=ostrey, reason="it means Ostrey")
    desk.post(f"{Q}/{ostrey}/move", at=f"{Q}/{ostrey}", claim=claim, into=nimm, reason="no, Nimm")
    assert room.store.asked([claim]) == {claim: (nimm,)}
    (decision,) = room.store.grouping().decisions
    desk.post(f"{Q}/decided/{decision.seq}/take-back", at=Q, reason="it was right")
    assert room.store.asked([claim]) == {claim: (MERE,)}


def test_a_claim_that_is_set_apart_has_a_question_of_its_own(room: Newsroom, desk: Browser) -> None:
    published(room, desk, ONE)
    it = published(room, desk, "On another road, the Tesk Guard said 3 soldiers were killed in Harrowmere.")
    claim = f"{it.id}.0"
    page = desk.get(f"/desk/c/orland/s/{it.id}").text
    assert f'href="{Q}/{MERE}#{claim}"' in page
    desk.post(f"{Q}/{MERE}/move", at=f"{Q}/{MERE}", claim=claim, into="", reason="another ambush on that day")
    ((apart,),) = room.store.asked([claim]).values()
    assert asked(room) == {MERE: 1, apart: 1}
    assert "(set apart by an editor)" in desk.get(f"{Q}/{apart}").text
    desk.post(f"{Q}/{apart}/move", at=f"{Q}/{apart}", claim=claim, into=MERE, reason="the same after all")
    assert asked(room) == {MERE: 2}
    assert room.store.grouping().decisions == ()


def test_of_two_claims_in_one_sentence_only_the_one_with_that_figure_is_moved(room: Newsroom, desk: Browser) -> None:
    it = published(room, desk, "The Tesk Guard said 12 soldiers, then 5 soldiers were killed in Harrowmere.")
    desk.post(f"{Q}/{MERE}/move", at=f"{Q}/{MERE}", claim=f"{it.id}.1", into="", reason="two ambushes")
    found = room.store.asked([f"{it.id}.0", f"{it.id}.1"])
    assert found[f"{it.id}.0"] == (MERE,)
    assert found[f"{it.id}.1"] != (MERE,)


def shown(room: Newsroom, question: str) -> str:
    page = CoverageViews(room).question_page(question)
    assert page is not None
    return pages.question_page(page)


def mark(desk: Browser, question: str, claim: str, reason: str) -> Any:
    at = f"{Q}/{question}"
    return desk.post(f"{at}/mark", at=at, claim=claim, reason=reason)


def test_what_an_editor_marks_as_not_verifiable_stays_with_the_reason_beside_it(room: Newsroom, desk: Browser) -> None:
    it = published(room, desk, ONE)
    before, last = room.store.size(), room.store.public_n()
    assert mark(desk, MERE, f"{it.id}.0", "Nobody may enter the <valley").status_code == 303
    html = shown(room, MERE)
    assert '<span class="flag">cannot be verified</span>' in html
    assert "Cannot be verified, says an editor: Nobody may enter the &lt;valley" in html
    assert "Cannot be verified: Nobody may enter the &lt;valley" in desk.get(f"{Q}/{MERE}").text
    assert asked(room) == {MERE: 1}
    told = {c.post for c in room.store.changes(last, 100) if c.kind == "put"}
    assert told == {p.id for p in room.store.posts_of(it.id)}
    entry = CoverageViews(room).entry(next(iter(told)) or "")
    assert entry is not None
    assert entry.claims[0].said.unverifiable == "Nobody may enter the <valley"
    assert Standing(room.store.at(before), room.coverage).titled(room.store.said())[0].unverifiable == ""


def test_a_total_that_is_marked_says_so_in_the_tally(room: Newsroom, desk: Browser) -> None:
    room.reader = cast(Any, TotalReader())
    it = published(room, desk, "The Tesk Guard: 12 soldiers in all.")
    views = CoverageViews(room)
    assert "cannot be verified" not in pages.tally_page(views.tally_page())
    mark(desk, next(iter(asked(room))), f"{it.id}.0", "No list is public")
    html = pages.tally_page(CoverageViews(room).tally_page())
    assert "Cannot be verified, says an editor: No list is public" in html


def test_a_mark_needs_a_reason_and_is_made_once(room: Newsroom, desk: Browser) -> None:
    it = published(room, desk, ONE)
    assert "Say why" in mark(desk, MERE, f"{it.id}.0", " ").text
    assert "in our own voice" in mark(desk, MERE, f"{it.id}.0", "the village was liberated").text
    assert mark(desk, MERE, f"{it.id}.1", "no access").status_code == 409
    assert room.store.grouping().decisions == ()
    mark(desk, MERE, f"{it.id}.0", "no access")
    at = f"{Q}/{MERE}"
    answer = desk.post(f"{at}/mark", at=at, claim=f"{it.id}.0", reason="again")
    assert (answer.status_code, "It is marked already." in answer.text) == (409, True)


def test_a_mark_holds_for_one_of_two_claims_and_survives_another_reading(room: Newsroom, desk: Browser) -> None:
    it = published(room, desk, "The Tesk Guard said 12 soldiers, then 5 soldiers were killed in Harrowmere.")
    mark(desk, MERE, f"{it.id}.1", "no access")
    reading = read_statement(room.reader, room.coverage, POST, it)
    (passage,) = reading.reading.passages
    turned = replace(passage, claims=passage.claims[::-1])
    with room.store.write(actor="test", at=NOW) as w:
        w.append(replace(reading, reading=replace(reading.reading, passages=(turned,))))
        w.append(Decided(statement=it.id, decision="accept", by="editor", accepted=(0, 1)))
    said = Standing(room.store, room.coverage).titled(room.store.said())
    assert [(s.claim.count.n, s.unverifiable) for s in said if s.claim.count] == [(5, "no access"), (12, "")]


def test_a_mark_is_taken_back(room: Newsroom, desk: Browser) -> None:
    it = published(room, desk, ONE)
    mark(desk, MERE, f"{it.id}.0", "no access")
    assert "as one that cannot be verified: no access." in shown(room, MERE)
    (decision,) = room.store.grouping().decisions
    desk.post(f"{Q}/decided/{decision.seq}/take-back", at=f"{Q}/{MERE}", reason="two agencies went there")
    assert "cannot be verified" not in shown(room, MERE)


def test_a_takedown_takes_the_marks_of_its_claims_along(room: Newsroom, desk: Browser) -> None:
    it = published(room, desk, ONE)
    published(room, desk, "The Tesk Guard said 9 soldiers were killed in Harrowmere.", source=GUARD)
    canary = "a reason that names the taken-down village"
    mark(desk, MERE, f"{it.id}.0", canary)
    desk.act(it.id, "take-down", reason="asked for", confirm="yes")
    assert room.store.grouping().decisions == ()
    assert all(row.content is None or canary.encode() not in row.content for row in room.store.rows())
    assert "An editor marked an answer to a question that was taken down" in desk.get(Q).text


def test_a_question_says_that_an_answer_was_taken_down_as_long_as_others_answer_it(
    room: Newsroom, desk: Browser
) -> None:
    it = published(room, desk, ONE)
    other = published(room, desk, "The Tesk Guard said 9 soldiers were killed in Harrowmere.", source=GUARD)
    before = CoverageViews(room)
    assert "taken down" not in shown(room, MERE)
    desk.act(it.id, "take-down", reason="asked for", confirm="yes")
    page = before.question_page(MERE)
    assert page is not None
    assert page.taken_down == (NOW,)
    assert "An answer was taken down" in shown(room, MERE)
    desk.act(other.id, "take-down", reason="asked for", confirm="yes")
    assert CoverageViews(room).question_page(MERE) is None
    assert all(row.content is None or b"harrowmere" not in row.content for row in room.store.rows())


def test_a_takedown_takes_the_moves_of_its_claims_along(room: Newsroom, desk: Browser) -> None:
    it = published(room, desk, ONE)
    canary = "a reason that names the taken-down village"
    desk.post(f"{Q}/{MERE}/move", at=f"{Q}/{MERE}", claim=f"{it.id}.0", into="", reason=canary)
    desk.act(it.id, "take-down", reason="asked for", confirm="yes")
    assert room.store.grouping().decisions == ()
    assert all(row.content is None or canary.encode() not in row.content for row in room.store.rows())


def test_it_is_the_desk_that_decides_and_the_staff_log_that_knows_who(room: Newsroom, desk: Browser) -> None:
    published(room, desk, ONE)
    published(room, desk, OTHER)
    desk.post(f"{Q}/{MORE}/merge", at=Q, into=MERE, reason="one village")
    rows = [r for r in room.store.rows() if r.kind == "merged"]
    assert [r.actor for r in rows] == ["desk"]
    assert b"editor" not in (rows[0].content or b"")
    assert "put questions together" in [n.action for n in room.store.staff_log(limit=9)]


def test_a_reason_speaks_in_our_neutral_voice(room: Newsroom, desk: Browser) -> None:
    published(room, desk, ONE)
    published(room, desk, OTHER)
    answer = desk.post(f"{Q}/{MORE}/merge", at=Q, into=MERE, reason="the village was liberated")
    assert answer.status_code == 409
    assert "may not say “liberated” in our own voice" in answer.text


def test_how_it_stood_before_a_merge_stays_known(room: Newsroom, desk: Browser) -> None:
    published(room, desk, ONE)
    published(room, desk, OTHER)
    then = room.store.size()
    desk.post(f"{Q}/{MORE}/merge", at=Q, into=MERE, reason="one village")
    with room.store.write(actor="test", at=NOW) as w:
        w._upto = then
        assert len(w.answers(MORE, of_each=5, mouths=5)) == 1
        assert w.grouping().decisions == ()


def test_a_lowered_total_stands_in_amber_over_the_inbox_and_the_questions(room: Newsroom, desk: Browser) -> None:
    room.reader = cast(Any, TotalReader())
    published(room, desk, "The Tesk Guard: 12 soldiers in all.", published_at=NOW - timedelta(hours=2))
    assert "Lowered:" not in desk.get("/desk/c/orland/").text
    published(room, desk, "The Tesk Guard: 9 soldiers in all.")
    for address in ("/desk/c/orland/", "/desk/c/orland/?state=rejected", Q):
        line = re.search(r'<p class="notice amber".*</p>', desk.get(address).text)
        assert line
        assert (
            "Tesk Guard says <bdi>“9”</bdi> (6 May 2031 12:00) and said <bdi>“12”</bdi> before (6 May 2031 10:00)."
            in line[0]
        )
        question = re.search(r'href="([^"]*)"', line[0])
        assert question
        assert '<h2 id="answers">2 answers' in desk.get(question[1]).text


def test_words_of_a_question_are_escaped(room: Newsroom, desk: Browser) -> None:
    published(room, desk, "The Tesk Guard said 12 soldiers were killed in <b>Ubel.")
    assert "<b>" not in desk.get(Q).text
