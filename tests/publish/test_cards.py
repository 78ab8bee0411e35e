"""The picture that stands for an entry: words only, the claimant first, no box for a letter, no figure of enemy losses."""

import io
from dataclasses import replace
from typing import Any

import lxml.html
import pytest
from PIL import Image, ImageChops
from starlette.applications import Starlette

from sayso.model.page import EntryView, PostPage
from sayso.publish import cards, pages
from sayso.publish.cards import BOLD, EDGE, HEIGHT, WIDTH, Card, drawn, font_of, has, runs_leftward, shown, wrapped
from sayso.publish.own_voice import own_voice
from sayso.publish.titles import names_of
from sayso.web.public import public_routes
from tests.publish.factory import CONFLICT, COVERAGE, ENEMY, NOW, REPLAY, MemoryViews, claim_view, new_entry
from tests.web.test_public import Client

ONE = "/c/tesk/"
ELSEWHERE = "The words stand in the entry."
PLAIN = Card(
    coverage="A war",
    when="13 May 2031, 15:20 Yerevan",
    mouth="The Guard says:",
    headline="Ubel is ours.",
    elsewhere=ELSEWHERE,
)
SCRIPTS = ["Verst äğşłő", "Пост Ґжель", "Նոր լուր", "ახალი ამბავი", "Νέα", "خبر جديد", "חדשות", "“Quoted” — yes… №1"]


def words_of(view: EntryView, views: MemoryViews | None = None) -> Card:
    made = pages.card_words(PostPage(frame=(views or MemoryViews()).frame(), entry=view))
    assert made is not None
    return made


def pixels(card: Card) -> Image.Image:
    return Image.open(io.BytesIO(drawn(card))).convert("RGB")


def differ(a: Card, b: Card) -> tuple[int, int, int, int] | None:
    """The rectangle in which two cards differ, None where they are alike."""
    return ImageChops.difference(pixels(a), pixels(b)).getbbox()


@pytest.fixture
def views() -> MemoryViews:
    return MemoryViews()


@pytest.fixture
def client(views: MemoryViews) -> Client:
    return Client(Starlette(routes=public_routes({"tesk": views}, {})))


def test_a_card_has_the_size_that_its_page_promises_and_nothing_but_pixels() -> None:
    image = Image.open(io.BytesIO(drawn(PLAIN)))
    assert image.size == (WIDTH, HEIGHT) == (1200, 630) and image.format == "PNG"
    assert not set(image.info) - {"transparency", "gamma"}
    assert drawn(PLAIN) == drawn(replace(PLAIN))


def test_every_part_of_a_card_is_drawn() -> None:
    for name in ("coverage", "when", "mouth", "headline", "marks", "replay"):
        assert differ(PLAIN, replace(PLAIN, **{name: "Something else entirely"})) is not None, name


def test_the_claimant_comes_first_on_the_card_and_in_its_description(views: MemoryViews) -> None:
    made = {v.post.id: words_of(v) for v in views.all if v.post.state == "published"}
    assert made["p3"].mouth == "Orland General Staff says:" and made["p3"].headline == "Ubel remains with Orland"
    for view in views.all:
        if view.post.state == "published":
            mouth = view.post.head.split(":")[0]
            assert mouth in made[view.post.id].alt[:40], view.post.id


def test_what_a_reader_must_know_stands_on_the_card(views: MemoryViews) -> None:
    made = {v.post.id: words_of(v) for v in views.all if v.post.state == "published"}
    assert made["p3"].marks == "claims: contradicted · read by machine, not checked"
    assert made["p4"].marks == "corrected · read by machine, not checked"
    assert made["p3"].when == "13 May 2031 · 14:55 Yerevan" and made["p3"].coverage == COVERAGE.title
    assert made["p3"].replay == ""


def test_a_replay_says_so_on_each_card() -> None:
    views = MemoryViews(coverage=replace(COVERAGE, replay=REPLAY))
    assert words_of(views.all[1], views).replay.startswith("REPLAY: ")


def test_no_card_gives_a_figure_that_is_claimed_for_the_other_side(views: MemoryViews) -> None:
    view = views.all[1]
    assert view.statement is not None
    loud = replace(view, post=replace(view.post, head="Orland General Staff: 410 Teskan fighters killed"))
    loud = replace(loud, claims=(claim_view(ENEMY, view.statement.text),))
    made = words_of(loud)
    assert "410" not in made.alt and made.mouth == "Orland General Staff:"


def test_a_card_takes_no_side(views: MemoryViews) -> None:
    for view in views.all:
        if view.post.state == "published" and view.statement and view.statement.lang == "en":
            assert own_voice(words_of(view).alt, names=names_of(CONFLICT)) == ()


@pytest.mark.parametrize("text", SCRIPTS)
def test_the_scripts_of_the_languages_that_are_read_are_drawn(text: str) -> None:
    assert all(has(c) for c in text if c != " ")
    if not runs_leftward(text) or cards.joins_letters():
        assert shown(text) == text


@pytest.mark.parametrize("text", ["समाचार", "新闻", "ዜና", "ข่าว", "mixed 新闻 words"])
def test_words_in_a_script_without_letters_are_left_out_and_no_box_is_drawn(text: str) -> None:
    assert shown(text) is None
    assert differ(replace(PLAIN, headline=text), replace(PLAIN, headline=ELSEWHERE)) is None
    assert differ(replace(PLAIN, mouth=text), replace(PLAIN, mouth="")) is None


def test_symbols_that_no_font_has_and_what_turns_the_writing_are_left_out() -> None:
    assert shown("Launch \U0001f680 at \u202enoon\u2066!") == "Launch at noon!"
    assert shown("") is None and shown("\U0001f680") is None


def test_where_arabic_letters_cannot_be_joined_they_are_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "joins_letters", lambda: False)
    assert shown("خبر جديد") is None and shown("Ubel") == "Ubel"


@pytest.mark.parametrize("text", ["word " * 400, "x" * 10_000, "Длинное слово " * 90])
def test_long_words_stay_on_the_card(text: str) -> None:
    font = font_of(BOLD, 42)
    assert all(font.getlength(line) <= WIDTH - 2 * EDGE for line in wrapped(text[:600], font))
    empty = replace(PLAIN, headline="", mouth="", marks="", when="", coverage="")
    box = differ(replace(empty, headline=text), replace(empty, headline="."))
    assert box is not None and box[0] >= EDGE - 4 and box[2] <= WIDTH - EDGE + 4 and box[3] <= HEIGHT - EDGE - 76
    assert differ(replace(empty, headline=text, marks="denied"), replace(empty, headline=text)) is not None


def test_the_page_of_an_entry_names_its_card_with_size_and_description(client: Client, views: MemoryViews) -> None:
    head = lxml.html.fromstring(client.get(f"{ONE}p/p4/").text)
    named = {m.get("property"): m.get("content") for m in head.xpath("//meta[@property]")}
    assert named["og:image"] == "http://127.0.0.1:8900/c/tesk/card/p4-2.png"
    assert (named["og:image:width"], named["og:image:height"], named["og:image:type"]) == ("1200", "630", "image/png")
    assert named["og:image:alt"].startswith("Ministry of Health of Marn says: Nineteen civilians hurt")
    for gone in ("pw", "pt"):
        assert "og:image" not in client.get(f"{ONE}p/{gone}/").text


def test_a_card_is_served_unpacked_and_asked_for_again_by_caches(client: Client) -> None:
    answer = client.get(f"{ONE}card/p4-2.png", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200 and answer.headers["content-type"] == "image/png"
    assert "content-encoding" not in answer.headers and "must-revalidate" in answer.headers["cache-control"]
    assert client.get(f"{ONE}card/p4-2.png", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    assert Image.open(io.BytesIO(answer.content)).size == (WIDTH, HEIGHT)


def test_the_address_of_an_earlier_version_gives_the_newest_card(client: Client) -> None:
    assert client.get(f"{ONE}card/p4-1.png").content == client.get(f"{ONE}card/p4-2.png").content
    for address in ("p4-3.png", "none-1.png", "p4-x.png"):
        assert client.get(f"{ONE}card/{address}").status_code == 404


def test_a_card_is_drawn_once_a_version_and_gone_with_its_entry(
    client: Client, views: MemoryViews, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Card] = []

    def counting(card: Card) -> bytes:
        made.append(card)
        return drawn(card)

    monkeypatch.setattr("sayso.web.public.drawn_card", counting)
    views.change("add", new_entry("n1", "Fresh."))
    address = f"{ONE}card/n1-1.png"
    first = client.get(address)
    assert [client.get(address).content for _ in range(3)] == [first.content] * 3 and len(made) == 1
    view: Any = views.entry("n1")
    for state, reason in (("withdrawn", "Taken back."), ("taken_down", "It showed a minor.")):
        views.change("drop", replace(view, post=replace(view.post, state=state, reason=reason, updated_at=NOW)))
        gone = client.get(address)
        assert gone.status_code == 410 and b"PNG" not in gone.content
    assert len(made) == 1
