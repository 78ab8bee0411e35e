"""Sources, parties and places in the browser: what is saved is asked, read by and shown at once, without a restart."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.accounts import hash_password
from sayso.flow.clock import world_now
from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from sayso.flow.setup.configuring import note_configuration
from sayso.flow.shift.staff import new_password
from sayso.web.app import make_app
from tests.coverage.factory import GOOD
from tests.flow.arranged import good_folder, room_over
from tests.web.desk_room import Browser, Client

BASE = "/desk/c/two-banks"
SOURCES, PARTIES, PLACES = (f"{BASE}/{file}" for file in ("sources", "parties", "places"))
ARMY = f"{SOURCES}/entry?table=source&called=norrin-army"
FORD = f"{PLACES}/entry?table=place&called=Upper+Ford"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = room_over(good_folder(tmp_path / "two-banks"), tmp_path / "data")
    note_configuration(made)  # as the server does when it starts
    yield made
    made.store.close()


@pytest.fixture
def admin(room: Newsroom) -> Browser:
    app, _, _ = make_app(room, feeds=False)
    return Browser(Client(app), Review(room), new_password(room.store)).sign_in()  # type: ignore[arg-type]


def fields(page: str) -> dict[str, str]:
    """What the form of a page would send, untouched."""
    found = dict(re.findall(r'<input[^>]* name="([^"]+)" value="([^"]*)"', page))
    for name, inside in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        found[name] = "".join(re.findall(r'value="([^"]*)" selected', inside))
    found.update(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', page, re.DOTALL))
    return found


def save(admin: Browser, at: str, **typed: str) -> Any:
    form = fields(admin.get(at).text) | typed
    return admin.post(at.partition("?")[0], at=at, **form)


def text_of(room: Newsroom, file: str) -> str:
    return (room.coverage.folder / file).read_text()


def test_a_form_sent_as_it_came_changes_nothing(admin: Browser, room: Newsroom) -> None:
    for at in (ARMY, FORD, *(f"{PARTIES}/entry?{q}" for q in ("table=party&called=SE", "table=group&called=BANKS"))):
        assert save(admin, at).headers["location"].endswith("?done=same")
    assert all(text_of(room, file) == text for file, text in GOOD.items())


def test_a_place_that_is_saved_is_known_everywhere_at_once(admin: Browser, room: Newsroom) -> None:
    answer = save(admin, FORD, **{"v-names": "Upper Ford\nVerrin\nOld Ford", "v-precision": "settlement"})
    assert answer.headers["location"] == f"{PLACES}?done=written"
    assert "taken over" in admin.get(answer.headers["location"]).text
    assert text_of(room, "places.toml") == GOOD["places.toml"].replace('"Verrin"', '"Verrin", "Old Ford"').replace(
        "district", "settlement"
    )
    assert "place: Upper Ford, Verrin, Old Ford" in admin.get("/c/two-banks/method/").text
    assert "Old Ford" in admin.get(FORD).text


def test_readers_pages_change_with_the_names_and_nothing_old_is_kept(admin: Browser) -> None:
    assert "Norrinia" not in admin.get("/c/two-banks/method/").text
    save(admin, f"{PARTIES}/entry?table=party&called=NO", **{"v-names": "Norrinia\nNorrin"})
    assert "Norrinia" in admin.get("/c/two-banks/method/").text


def test_mistakes_stand_beside_their_fields_and_what_was_typed_stays(admin: Browser, room: Newsroom) -> None:
    answer = save(admin, ARMY, **{"v-url": "nowhere", "v-title": "The <Army>"})
    assert answer.status_code == 409
    assert "Nothing was written" in answer.text
    (field,) = re.findall(r'<div class="field bad">(.*?)</div>', answer.text, re.DOTALL)
    assert 'name="v-url" value="nowhere"' in field and 'aria-invalid="true"' in field
    assert "Line 5: url = &#34;nowhere&#34; is not a web address; write &#34;https://HOST/PATH&#34;" in field
    assert 'value="The &lt;Army&gt;"' in answer.text and 'value="norrin-army" readonly' in answer.text
    assert text_of(room, "sources.toml") == GOOD["sources.toml"]


def test_a_stale_form_shows_both_texts_and_saves_on_the_second_asking(admin: Browser, room: Newsroom) -> None:
    mine = fields(admin.get(ARMY).text) | {"v-title": "Mine"}
    save(admin, ARMY, **{"v-title": "Theirs"})
    answer = admin.post(f"{SOURCES}/entry", at=ARMY, **mine)
    assert answer.status_code == 409
    assert 'title = "Theirs"' in answer.text.replace("&#34;", '"') and 'value="Mine"' in answer.text
    assert 'title = "Theirs"' in text_of(room, "sources.toml")
    again = fields(answer.text)
    assert admin.post(f"{SOURCES}/entry", at=ARMY, **again).status_code == 303
    assert 'title = "Mine"' in text_of(room, "sources.toml")


def test_a_source_is_added_paused_resumed_asked_and_taken_out(admin: Browser, room: Newsroom) -> None:
    new = f"{SOURCES}/entry?table=source"
    typed = {"name": "sedd", "title": "Sedd Staff", "kind": "feed", "url": "https://sedd.example/"}
    assert save(admin, new, **{f"v-{k}": v for k, v in typed.items()}).status_code == 303
    assert [s.name for s in room.coverage.sources] == ["norrin-army", "sedd"]
    assert "Sedd Staff" in admin.get(f"{BASE}/").text, "the inbox can be filtered by it"
    for act, word in (("pause", "Paused at the desk"), ("resume", "Resumed"), ("ask", "It is asked now")):
        answer = admin.post(f"{SOURCES}/{act}", at=SOURCES, source="sedd")
        assert word in admin.get(answer.headers["location"]).text
    assert room.ask_now == {"sedd"}
    at = f"{SOURCES}/remove?table=source&called=sedd"
    assert "sedd.example" in admin.get(at).text
    assert admin.post(f"{SOURCES}/remove", at=at, **fields(admin.get(at).text)).status_code == 303
    assert text_of(room, "sources.toml") == GOOD["sources.toml"]


def test_removing_says_what_depends_on_it_and_is_refused_while_it_does(admin: Browser, room: Newsroom) -> None:
    at = f"{PARTIES}/remove?table=body&called=Norrin+Army"
    page = admin.get(at).text
    assert "Named by the person Ada Kell" in page and "Named by the source norrin-army" in page
    answer = admin.post(f"{PARTIES}/remove", at=at, **fields(page))
    assert answer.status_code == 409 and "sources.toml:6" in answer.text
    assert text_of(room, "parties.toml") == GOOD["parties.toml"]


def test_a_whole_file_is_edited_as_text(admin: Browser, room: Newsroom) -> None:
    at = f"{PLACES}/text"
    answer = save(admin, at, text=GOOD["places.toml"].replace('"district"', '"street"'))
    assert answer.status_code == 409 and "places.toml:6" in answer.text and "street" in answer.text
    answer = save(admin, at, text="# Where it is.\n" + GOOD["places.toml"])
    assert answer.status_code == 303
    assert text_of(room, "places.toml") == "# Where it is.\n" + GOOD["places.toml"]


def test_who_may_not_change_the_coverage_sees_it_and_has_no_forms(room: Newsroom, admin: Browser) -> None:
    room.store.add_user("eva", password_hash=hash_password("a long password"), role="editor", at=world_now())
    eva = Browser(Client(admin.client._transport.app), admin.review, "a long password")
    eva.post("/desk/login", at="/desk/login", name="eva", password=eva.password)
    page = eva.get(ARMY).text
    assert "Only an admin may change this" in page and "https://army.example/feed.xml" in page
    assert "Remove…" not in page and ">Save<" not in page
    assert "Ask now" in eva.get(SOURCES).text and "Pause" not in eva.get(SOURCES).text


def test_each_act_is_a_line_of_the_staff_log(admin: Browser, room: Newsroom) -> None:
    save(admin, ARMY, **{"v-title": "Army"})
    admin.post(f"{SOURCES}/pause", at=SOURCES, source="norrin-army")
    told = [(n.user, n.action, n.detail) for n in room.store.staff_log(limit=2)]
    assert told == [("editor", "paused a source", "norrin-army"), ("editor", "changed a source", "norrin-army")]
