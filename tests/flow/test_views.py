"""What pages are drawn from: hand-made claims in a real store, compared as they stand now."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sayso.flow.arrival.intake import short_hash
from sayso.flow.arrival.publishing import post_of
from sayso.flow.arrival.reading import read_as
from sayso.flow.clock import world_now
from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages import standing as standing_module
from sayso.flow.pages import stream
from sayso.flow.pages import views as views_module
from sayso.flow.pages.comparing import Comparison
from sayso.flow.pages.paging import paging_pair, paging_token
from sayso.flow.pages.views import CoverageViews
from sayso.flow.press.digests import Digests, Written
from sayso.model.claim import Attribution, Claim, Span, Target
from sayso.model.coverage import Source
from sayso.model.event import Decided, Gone, Posted, Stated
from sayso.model.question import Question
from sayso.model.statement import Statement
from sayso.publish import pages
from sayso.sources.sandbox import Parser
from tests.desk.factory import NOW, claim, count, reading, statement
from tests.flow.factory import FEED, STAFF, clock_of, minutes, newsroom

TOTAL = "More than 250 soldiers of Tesk were killed."
STAFF_SAYS = Attribution(kind="army", org="Orland General Staff", side="OR")
GUARD_SAYS = Attribution(kind="army", org="Tesk Guard", side="TK")


@pytest.fixture
def desk(tmp_path: Path, parser: Parser) -> Iterator[Newsroom]:
    made = newsroom(tmp_path, parser, sources=(FEED, STAFF))
    clock_of(made).at = NOW + timedelta(seconds=30)
    for source in (FEED, STAFF):
        made.store.note_fetch(source.name, at=world_now(), ok=True)
    yield made
    made.store.close()


def total(text: str, number: str, n: int, says: Attribution) -> Claim:
    """A total of killed soldiers of Tesk since the war began."""
    return claim(text, attr=says, count=count(text, number, n, scope="cumulative"))


def counted(
    room: Newsroom, text: str, *claims: Claim, source: Source = FEED, ago: float = 10, day: int = 0
) -> Statement:
    """A statement on the page, all of whose claims count."""
    said_at = minutes(ago) - timedelta(days=day)
    it = statement(text, source, id=short_hash(text), key=short_hash("key", text), published_at=said_at)
    read = reading(text, *claims)
    post = post_of(room.coverage, source, it, now=max(said_at, minutes(ago)))
    with room.store.write(actor="test", at=world_now()) as w:
        w.append(Stated(statement=it))
        w.append(read_as(room.coverage, it, read))
        w.append(Decided(statement=it.id, decision="accept", by="rule", accepted=tuple(range(len(claims)))))
        w.append(Posted(post=replace(post, by_rule=True)))
    return it


def only_question(room: Newsroom) -> Question:
    """The one question that claims answer, as it stands now."""
    compared = Comparison(room, world=world_now())
    ((question_id, _, _),) = room.store.questions()
    found = compared.question(question_id)
    assert found is not None
    return found


def silence(room: Newsroom) -> str:
    """What is said of the party that gives no figure of its own."""
    (missing,) = only_question(room).missing
    return missing.sentence


def enemy_total(room: Newsroom) -> Statement:
    return counted(room, TOTAL, total(TOTAL, "250", 250, STAFF_SAYS), source=STAFF)


def test_a_party_that_was_looked_through_and_said_nothing_is_not_found_by_us(desk: Newsroom) -> None:
    enemy_total(desk)
    assert silence(desk) == "Not found by us in Tesk's channel, checked until 6 May 12:00."


@pytest.mark.parametrize("broken", ["failing", "stale", "never asked", "another language", "no channel"])
def test_a_party_whose_channel_we_could_not_look_through_is_never_said_to_be_silent(
    desk: Newsroom, broken: str
) -> None:
    enemy_total(desk)
    match broken:
        case "failing":
            desk.store.note_fetch(FEED.name, at=world_now(), ok=False, error="no answer")
        case "stale":
            desk.store.note_fetch(FEED.name, at=world_now() - timedelta(minutes=10), ok=True)
        case "never asked":
            desk.coverage = replace(desk.coverage, sources=(replace(FEED, name="unasked"), STAFF))
        case "another language":
            desk.coverage = replace(desk.coverage, sources=(replace(FEED, lang="de"), STAFF))
        case "no channel":
            desk.coverage = replace(desk.coverage, sources=(STAFF,))
    assert silence(desk).startswith("We could not check")


def test_the_page_says_until_when_the_channel_that_was_asked_longest_ago_was_checked(desk: Newsroom) -> None:
    enemy_total(desk)
    desk.store.note_fetch(FEED.name, at=world_now() - timedelta(seconds=110), ok=True)
    assert silence(desk).endswith("checked until 6 May 11:58.")


def test_a_channel_that_breaks_changes_the_page_though_nothing_new_was_said(
    desk: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    enemy_total(desk)
    views = CoverageViews(desk)
    ((question_id, _, _),) = desk.store.questions()

    def sentence() -> str:
        page = views.question_page(question_id)
        assert page is not None
        return page.question.missing[0].sentence

    assert sentence().startswith("Not found by us")
    desk.store.note_fetch(FEED.name, at=world_now(), ok=False, error="no answer")
    later = world_now() + timedelta(seconds=61)
    monkeypatch.setattr(views_module, "world_now", lambda: later)
    assert sentence().startswith("We could not check")


def test_a_party_with_a_figure_of_its_own_is_not_missing(desk: Newsroom) -> None:
    enemy_total(desk)
    own_total(desk)
    question = only_question(desk)
    assert question.missing == ()
    assert {a.claimant.side for a in question.answers} == {"OR", "TK"}


def test_claims_carry_their_outlets_title_and_their_own_words(desk: Newsroom) -> None:
    it = enemy_total(desk)
    compared = Comparison(desk, world=world_now())
    (said,) = compared.titled(desk.store.said())
    assert said.outlet == STAFF.title
    assert compared.words(said) == it.text
    assert compared.mouth(said) == "Orland General Staff"


def own_total(room: Newsroom, *, day: int = 0) -> Statement:
    text = "The Guard lost 40 soldiers."
    return counted(room, text, total(text, "40", 40, GUARD_SAYS), day=day)


def test_the_day_and_the_summary_cite_a_claim_in_every_line(desk: Newsroom) -> None:
    it = own_total(desk)
    compared = Comparison(desk, world=world_now())
    for lines in (compared.overview(NOW.date()), compared.summary):
        assert lines
        assert all(line.cites == (f"{it.id}.0",) for line in lines)
        assert [line.text for line in lines] == ["The Tesk Guard says that 40 soldiers of Tesk were killed."]


def test_a_claim_of_another_day_is_not_in_the_days_overview(desk: Newsroom) -> None:
    own_total(desk, day=1)
    compared = Comparison(desk, world=world_now())
    assert compared.overview(NOW.date()) == ()
    assert compared.overview(NOW.date() - timedelta(days=1)) != ()


def test_the_live_page_pages_through_every_entry_once(desk: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "ENTRIES_A_PAGE", 3)
    wanted = {counted(desk, f"The Guard speaks, {n}.", ago=n).id for n in range(8)}
    views, token, found = CoverageViews(desk), None, []
    while True:
        page = views.live_page(token)
        assert page is not None
        found += [e.statement.id for e in page.entries if e.statement]
        token = page.next_before
        if token is None:
            break
    assert len(found) == len(wanted)
    assert set(found) == wanted
    assert views.live_page("nonsense") is None


def test_paging_tokens_lead_back_to_the_post(desk: Newsroom) -> None:
    counted(desk, "The Guard speaks.")
    (post,) = desk.store.posts(limit=1)
    assert paging_pair(paging_token(post.at, post.id)) == (post.at, post.id)
    for bad in ("", "x", "12", "-", "1" * 30 + "-p", "²-p"):
        assert paging_pair(bad) is None, bad


def test_what_is_held_or_withdrawn_has_no_public_statement_page(desk: Newsroom) -> None:
    it = enemy_total(desk)
    views = CoverageViews(desk)
    assert views.statement_page(it.id) is not None
    Review(desk).withdraw(it.id, reason="It was misread.", who="editor")
    assert views.statement_page(it.id) is None
    page = views.corrections_page()
    assert [(p.state, p.reason) for p, _ in page.corrections] == [("withdrawn", "It was misread.")]
    (entry,) = views.feed_page().entries
    assert entry.statement is None
    assert entry.claims == ()


def test_what_its_source_removed_is_marked_with_the_time_when_it_was_missed(desk: Newsroom) -> None:
    it = enemy_total(desk)
    clock_of(desk).at = NOW + timedelta(hours=2)
    with desk.store.write(actor="test", at=world_now()) as w:
        w.append(Gone(statement=it.id, last_seen_at=NOW + timedelta(hours=1)))
    views = CoverageViews(desk)
    page = views.statement_page(it.id)
    assert page is not None
    assert page.gone_at == NOW + timedelta(hours=1)
    (entry,) = views.feed_page().entries
    assert entry.gone


def test_the_day_page_has_the_days_entries_and_its_neighbours(desk: Newsroom) -> None:
    for day in (0, 1, 2):
        counted(desk, f"The Guard speaks, {day}.", day=day)
    views = CoverageViews(desk)
    number = desk.coverage.day_number(NOW.date())
    page = views.day_page(number - 1)
    assert page is not None
    assert [e.statement.text for e in page.entries if e.statement] == ["The Guard speaks, 1."]
    assert (page.day_before, page.day_after) == (NOW.date() - timedelta(days=2), NOW.date())
    assert views.day_page(number + 5) is None
    assert [n for _, n in views.days_page().days] == [1, 1, 1]


def test_the_method_page_tells_how_each_source_does(desk: Newsroom) -> None:
    desk.store.note_fetch(FEED.name, at=world_now(), ok=False, error="it answered 404: mend the address")
    health = {h.source.name: h for h in CoverageViews(desk).method_page().sources}
    assert not health[FEED.name].well
    assert "404" in health[FEED.name].sentence
    assert health[STAFF.name].well


@pytest.mark.parametrize("name", ["../sayso.sqlite3", "..", ".hidden", "", "a/b.webp", "/etc/passwd"])
def test_no_file_outside_the_media_folder_is_a_medium(desk: Newsroom, name: str) -> None:
    assert CoverageViews(desk).medium(name) is None


def test_questions_are_paged_without_loss(desk: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views_module, "QUESTIONS_A_PAGE", 2)
    for n, place in enumerate(("Ubel", "Arden", "Tesk Ford", "Mill", "Holm")):
        text = f"The Guard took {place}."
        counted(desk, text, claim(text, type="control", sub="taken", actor="TK", places=(place,)), ago=10 + n // 2)
    views, found, before = CoverageViews(desk), list[str](), None
    while page := views.questions_page(before):
        found += [q.id for q in page.questions]
        before = page.next_before
        if before is None:
            break
    assert len(found) == 5
    assert set(found) == {i for i, _, _ in desk.store.questions()}
    assert views.questions_page("nonsense") is None


def test_every_claim_that_answers_a_question_is_listed(desk: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing_module, "OF_EACH", 2)
    for n in range(4):
        counted(desk, f"{TOTAL} {n}", total(f"{TOTAL} {n}", "More than 250", 250 + n, GUARD_SAYS), ago=10 - n)
    ((id_, _, _),) = desk.store.questions()
    views = CoverageViews(desk)
    page, listed = views.question_page(id_), views.answers_page(id_)
    assert page is not None
    assert listed is not None
    assert (page.claims, len(page.question.answers[0].history)) == (4, 1)
    assert [c.said.claim.count.n for c in listed.answers if c.said.claim.count] == [253, 252, 251, 250]
    assert "All 4 claims" in pages.question_page(page)
    assert pages.answers_page(listed).count('class="mouth"') == 4
    assert views.answers_page("none") is None


def test_an_overview_retells_whole_sentences_of_its_source(desk: Newsroom) -> None:
    text = "The head of Tesk met the mayors and asked for calm."
    met = claim(text, type="diplomacy", sub="meeting", who=None, subject=None, attr=GUARD_SAYS, span=Span(0, 31))
    counted(desk, text, met)
    (line,) = Comparison(desk, world=world_now()).overview(NOW.date())
    assert line.text == f"The Tesk Guard says: “{text}”"


def test_a_claim_that_is_denied_after_the_overview_went_out_says_so_beside_its_line(desk: Newsroom) -> None:
    taken = claim("We took Ubel.", type="control", sub="taken", who=None, subject=None, actor="TK", places=("Ubel",),
                  attr=GUARD_SAYS)  # fmt: skip
    it = counted(desk, "We took Ubel.", taken, ago=20)
    text = "The Tesk Guard says that Tesk took Ubel. [1]"
    Digests(desk).save("overview", NOW.date(), Written(stamp="0", text=text, claims=(f"{it.id}.0",)), who="editor")
    views = CoverageViews(desk)
    assert [o.newer for o in [views.live_page().overview]] == [{}]  # type: ignore[union-attr]
    clock_of(desk).at = NOW + timedelta(minutes=5)
    aim = Target(type="control", sub="taken", actor="TK", places=("Ubel",))
    no = claim("Ubel is ours.", type="denial", sub="denies", who=None, subject=None, polarity="negated", target=aim,
               attr=STAFF_SAYS)  # fmt: skip
    counted(desk, "Ubel is ours.", no, source=STAFF, ago=-4)
    (found,) = Digests(desk).sheet("overview", NOW.date()).renewals
    assert found.why == "denied"
    assert found.draft is not None
    assert found.draft.text == (
        "The Tesk Guard says that Tesk took Ubel. The Orland General Staff denies that Tesk took Ubel."
    )
    assert views.live_page().overview.newer == {f"{it.id}.0": found.sentence}  # type: ignore[union-attr]
