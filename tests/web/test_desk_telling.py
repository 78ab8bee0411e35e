"""What readers are told beside the words: the desk's translation, and no pictures of people who can be recognised (H9)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.flow.arrival.pasting import Pasted
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.views import CoverageViews
from sayso.model.event import Attached, Read
from sayso.model.statement import MediaFile, Rendition
from sayso.publish import pages
from tests.desk.factory import GUARD, NOW
from tests.web.desk_room import Browser, browser, newsroom, take_in
from tests.web.test_desk_claims import as_role

TEXT = "The Tesk Guard said 12 soldiers were killed near Ubel."
TOLD = "Die Garde von Tesk: zwölf Gefallene bei Ubel."
FACE = "face.webp"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def desk(room: Newsroom) -> Browser:
    return browser(room).sign_in()


def translate(desk: Browser, statement: str, text: str, **changes: str):  # type: ignore[no-untyped-def]
    at = f"/desk/c/orland/s/{statement}"
    return desk.post(f"{at}/translate", at=at, **{"translation": text, "lang": "de", "before": "", **changes})


def live(room: Newsroom) -> str:
    page = CoverageViews(room).live_page()
    assert page is not None
    return pages.live_page(page)


def pictured(room: Newsroom, statement: str, *, sensitive: str | None = None) -> None:
    (room.media / FACE).write_bytes(b"a picture")
    file = Rendition(name=FACE, media_type="image/webp", width=8, height=8, size_bytes=9)
    medium = MediaFile(original="f" * 64, kind="image", alt="A road", sensitive=sensitive, renditions=(file,))
    with room.store.write(actor="media", at=NOW) as w:
        w.append(Attached(statement=statement, media=(medium,)))


def tells_of_captives(room: Newsroom, statement: str) -> None:
    reading = room.store.reading(statement)
    assert reading
    (passage,) = reading.passages
    captured = replace(passage.claims[0], type="captured", sub="captured")
    further = replace(reading, passages=(replace(passage, claims=(*passage.claims, captured)),))
    with room.store.write(actor="reader", at=NOW) as w:
        w.append(Read(statement=statement, reading=further, questions=((), ())))


def test_readers_see_a_translation_in_its_language_marked_as_the_desks(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    desk.act(it.id, "publish")
    n = room.store.public_n()
    assert translate(desk, it.id, TOLD).status_code == 303
    assert room.store.public_n() > n  # open windows get the entry anew
    page = live(room)
    assert "Translation by the desk" in page
    assert f'lang="de" dir="ltr">\n<p>{TOLD}</p>' in page
    views = CoverageViews(room)
    stated = views.statement_page(it.id)
    assert stated is not None
    assert TOLD in pages.statement_page(stated)
    assert translate(desk, it.id, "", before=TOLD, wrong="It was of another statement.").status_code == 303
    assert TOLD not in live(room)


def test_another_translation_than_the_one_that_readers_saw_is_a_correction_that_they_see(
    room: Newsroom, desk: Browser
) -> None:
    it, another = take_in(room, TEXT), TOLD.replace("Gefallene", "Tote")
    desk.act(it.id, "publish")
    assert translate(desk, it.id, TOLD).status_code == 303
    answer = translate(desk, it.id, another, before=TOLD)
    assert (answer.status_code, "say what was wrong with it" in answer.text) == (409, True)
    answer = translate(as_role(desk, "editor"), it.id, another, before=TOLD, wrong="Twelve.")
    assert (answer.status_code, "a chief changes it" in answer.text) == (409, True)
    assert another not in live(room)
    assert translate(desk, it.id, another, before=TOLD, wrong="Nicht alle waren Soldaten.").status_code == 303
    assert [c.text for c in room.store.posts_of(it.id)[0].corrections] == ["Nicht alle waren Soldaten."]
    assert another in live(room)


def test_a_reporters_translation_waits_until_somebody_who_may_publish_saves_it(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    desk.act(it.id, "publish")
    sam = as_role(desk, "reporter")
    assert translate(sam, it.id, TOLD).status_code == 303
    assert TOLD not in live(room)
    assert "readers do not see it yet" in desk.get(f"/desk/c/orland/s/{it.id}").text
    assert translate(desk, it.id, TOLD, before=TOLD).status_code == 303
    assert TOLD in live(room)


def test_two_translators_lose_nothing(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    translate(desk, it.id, TOLD)
    answer = translate(desk, it.id, "Zwölf Tote bei Ubel.")
    assert answer.status_code == 409
    assert TOLD in answer.text
    assert "Zwölf Tote bei Ubel." in answer.text
    assert "Somebody saved the text above while you wrote" in answer.text
    kept = room.store.translation(it.id, shown=False)
    assert kept is not None
    assert kept.text == TOLD


def test_a_figure_that_the_original_does_not_say_asks_to_be_checked(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    answer = translate(desk, it.id, TOLD.replace("zwölf", "21"))
    assert answer.status_code == 409
    assert "says 21, and the original does not" in answer.text
    assert room.store.translation(it.id, shown=False) is None
    assert translate(desk, it.id, TOLD.replace("zwölf", "21"), checked="yes").status_code == 303


def test_no_more_of_a_translation_is_shown_than_of_the_words(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    desk.act(it.id, "publish")
    translate(desk, it.id, "Ein Satz folgt. " * 200 + "Das Ende.")
    assert "Das Ende." not in live(room)  # the source lets us show an excerpt
    silent = tuple(replace(s, rehost="none") for s in room.coverage.sources)
    room.coverage = replace(room.coverage, sources=silent)
    assert "Ein Satz folgt." not in live(room)


def test_a_takedown_erases_the_translation(room: Newsroom, desk: Browser, tmp_path: Path) -> None:
    canary = "Zwielichtkanarie"
    it = take_in(room, TEXT)
    desk.act(it.id, "publish")
    translate(desk, it.id, canary)
    assert canary in live(room)
    assert desk.act(it.id, "take-down", reason="a name", confirm="yes").status_code == 303
    assert [f for f in tmp_path.rglob("*") if f.is_file() and canary.encode() in f.read_bytes()] == []
    assert room.store.translation(it.id, shown=False) is None


@pytest.mark.parametrize("why", ["captives", "sensitive"])
def test_pictures_of_people_who_can_be_recognised_are_withheld_until_a_chief_releases_them(
    room: Newsroom, desk: Browser, why: str
) -> None:
    it = take_in(room, TEXT)
    pictured(room, it.id, sensitive="the dead" if why == "sensitive" else None)
    if why == "captives":
        tells_of_captives(room, it.id)
    assert desk.act(it.id, "publish", accept="0", leave="1", seen=f"{it.id}.0").status_code == 303
    page = live(room)
    assert FACE not in page
    assert "withholds pictures" in page
    assert CoverageViews(room).medium(FACE) is None
    at = f"/desk/c/orland/s/{it.id}"
    editor = as_role(desk, "editor")
    assert editor.post(f"{at}/release", at=at, reason="asked", shown="yes").status_code == 403
    assert "Say why" in desk.post(f"{at}/release", at=at, reason=" ", shown="yes").text
    assert desk.post(f"{at}/release", at=at, reason="the families agreed", shown="yes").status_code == 303
    assert FACE in live(room)
    assert CoverageViews(room).medium(FACE) is not None
    assert desk.post(f"{at}/release", at=at, reason="one family did not", shown="no").status_code == 303
    assert FACE not in live(room)


def test_other_pictures_are_shown(room: Newsroom, desk: Browser) -> None:
    it = take_in(room, TEXT)
    pictured(room, it.id)
    desk.act(it.id, "publish")
    assert FACE in live(room)


def test_clipped_words_are_labelled_and_alone_never_make_anything_edited_or_withdrawn(
    room: Newsroom, desk: Browser
) -> None:
    """H17: somebody pastes other words from the address of an archived statement."""
    url = "https://guard.example/1"
    it = take_in(room, TEXT, GUARD, url=url)
    desk.act(it.id, "publish", accept="0", seen=f"{it.id}.0")
    says = Pasted(text=TEXT.replace("12", "9"), says="Tesk Guard", url=url, said_at=NOW)
    clip = desk.review.paste(says, who="editor")
    desk.act(clip.id, "publish", accept="0", seen=f"{clip.id}.0")
    assert (clip.version, clip.replaces, clip.key == it.key) == (1, None, False)
    assert room.store.gone_at(it.id) is None
    assert [s.withdrawn for s in room.store.said()] == [False, False]
    posts = room.store.posts(limit=9)
    assert [(p.state, p.version, p.corrections) for p in posts] == [("published", 1, ())] * 2
    page = live(room)
    assert page.count("clipped, not independently archived") == 1
    assert "no longer shown by its source" not in page
    assert "changed this after it was published" not in page
