"""Sources, parties and places edited at the desk: checked as by command, written whole, never over what another wrote."""

import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.coverage import check, load
from sayso.coverage.entries import changed, entries
from sayso.coverage.fields import FILES, as_toml
from sayso.errors import Refused
from sayso.flow.newsroom import Newsroom
from sayso.flow.setup.arranging import Arranging, Listed, NotClean, Overtaken
from sayso.flow.setup.checking import mistakes_in
from sayso.flow.setup.rearranging import LATER, Later
from tests.coverage.factory import GOOD
from tests.flow.arranged import EXAMPLES, copied, good_folder, room_over

NEW = {
    "name": "sedd-staff",
    "title": "Sedd Staff",
    "kind": "feed",
    "url": "https://staff.example/feed",
    "go_out": "hold",
}
WRONG: dict[str, tuple[str, str, str, dict[str, str]]] = {
    "an address that is none": ("sources", "source", "norrin-army", {"url": "army"}),
    "a party that nobody is": ("sources", "source", "norrin-army", {"party": "NX"}),
    "an interval in words": ("sources", "source", "norrin-army", {"interval_s": "often"}),
    "an interval that is too short": ("sources", "source", "norrin-army", {"interval_s": "0.1"}),
    "no title": ("sources", "source", "norrin-army", {"title": " "}),
    "a latitude alone": ("places", "place", "Upper Ford", {"lon": ""}),
    "a latitude with a comma": ("places", "place", "Upper Ford", {"lat": "41,5"}),
    "a name that is another's": ("parties", "party", "SE", {"names": "Sedd\nNorrin"}),
    "a member that is none": ("parties", "group", "BANKS", {"members": "NO\nXX since 2031-05-06"}),
    "a day that is none": ("parties", "group", "BANKS", {"members": "NO since 2031-02-30"}),
    "a body that is none": ("parties", "person", "Ada Kell", {"body": "Nobody"}),
    "an end before the beginning": ("parties", "person", "Ada Kell", {"since": "2031-05-06", "until": "2031-05-02"}),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return good_folder(tmp_path / "two-banks")


@pytest.fixture
def room(folder: Path, tmp_path: Path) -> Iterator[Newsroom]:
    made = room_over(folder, tmp_path / "data")
    yield made
    made.store.close()


@pytest.fixture
def desk(room: Newsroom) -> Arranging:
    return Arranging(room)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.is_file()}


def save(desk: Arranging, it: Listed, file: str, **typed: str) -> tuple[Later, ...]:
    return desk.save(file, it.kind.table, it.name, {**it.typed, **typed}, stamp=it.stamp, who="ada")


def log(room: Newsroom) -> list[tuple[str, str, str]]:
    return [(n.user, n.action, n.detail) for n in room.store.staff_log(limit=9)]


def test_a_source_is_changed_in_its_file_and_the_running_server_has_it(desk: Arranging, folder: Path) -> None:
    it = desk.one("sources", "source", "norrin-army")
    assert save(desk, it, "sources", url="https://army.example/new.xml", rehost="") == ()
    assert (folder / "sources.toml").read_text() == GOOD["sources.toml"].replace("feed.xml", "new.xml").replace(
        'rehost = "full"\n', ""
    )
    (source,) = desk.room.coverage.sources
    assert (source.url, source.rehost) == ("https://army.example/new.xml", "excerpt")
    assert log(desk.room) == [("ada", "changed a source", "norrin-army")]


def test_a_form_that_says_the_same_writes_nothing(desk: Arranging, folder: Path) -> None:
    before = bytes_of(folder)
    for file in FILES:
        for it in desk.listed(file):
            assert save(desk, it, file) == ()
    assert bytes_of(folder) == before and log(desk.room) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda p: p.name)
def test_every_entry_of_every_example_goes_through_its_form_unchanged(example: Path, tmp_path: Path) -> None:
    folder = copied(example, tmp_path / example.name)
    before, room = bytes_of(folder), room_over(folder, tmp_path / "data")
    desk = Arranging(room)
    for file, kinds in FILES.items():
        listed = desk.listed(file)
        assert len(listed) > 5 and {it.kind for it in listed} <= set(kinds)
        assert len({(it.kind.table, it.name) for it in listed}) == len(listed)
        for it in listed:
            save(desk, it, file)
    assert bytes_of(folder) == before
    place = desk.listed("places")[3]
    save(desk, place, "places", names=place.typed["names"] + "\nAnother Name")
    changed = (folder / "places.toml").read_text().splitlines()
    lines = before["places.toml"].decode().splitlines()
    assert len(changed) == len(lines) and sum(a != b for a, b in zip(changed, lines, strict=True)) == 1
    assert mistakes_in(folder) == ()
    room.store.close()


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_not_written_and_said_as_the_command_says_it(
    what: str, desk: Arranging, folder: Path, tmp_path: Path
) -> None:
    file, table, called, typed = WRONG[what]
    before, it = bytes_of(folder), desk.one(file, table, called)
    with pytest.raises(NotClean) as refused:
        save(desk, it, file, **typed)
    assert bytes_of(folder) == before and log(desk.room) == []
    (entry,) = [e for e in entries(GOOD[f"{file}.toml"]) if e.table == table and it.kind.name_of(e.values) == called]
    values = {f.key: as_toml(f, typed[f.key]) for f in it.kind.fields if f.key in typed}
    (folder / f"{file}.toml").write_text(changed(GOOD[f"{file}.toml"], entry, values, it.kind.order))
    told = [*refused.value.others, *(m for near in refused.value.beside.values() for m in near)]
    assert sorted(map(str, told)) == sorted(map(str, mistakes_in(folder))) and told
    assert set(refused.value.beside) & {*typed, "lat"}, "beside its field"


def test_an_added_entry_stands_last_of_its_kind_and_is_asked(desk: Arranging, folder: Path) -> None:
    assert desk.add("sources", "source", NEW, who="ada") == ()
    assert (folder / "sources.toml").read_text() == GOOD["sources.toml"] + (
        '\n[[source]]\nname = "sedd-staff"\ntitle = "Sedd Staff"\nkind = "feed"\n'
        'url = "https://staff.example/feed"\ngo_out = "hold"\n'
    )
    assert [s.name for s in desk.room.coverage.sources] == ["norrin-army", "sedd-staff"]


def test_what_an_added_entry_lacks_is_said_beside_the_field(desk: Arranging) -> None:
    with pytest.raises(NotClean) as refused:
        desk.add("sources", "source", {**NEW, "title": "", "url": "x"}, who="ada")
    assert set(refused.value.beside) == {"title", "url"} and refused.value.others == ()
    with pytest.raises(NotClean) as refused:
        desk.add("places", "place", {}, who="ada")
    assert set(refused.value.beside) == {"names"}


def test_a_change_of_who_speaks_for_whom_is_a_public_row_and_read_by_from_now_on(desk: Arranging) -> None:
    room = desk.room
    reader = room.reader
    desk.add("parties", "body", {"names": "Sedd Guard", "kind": "army", "side": "SE"}, who="ada")
    assert room.reader is not reader and "Sedd Guard" in [b.name for b in room.coverage.conflict.bodies]
    (_, noted) = room.store.configurations()[-1]
    assert "body: Sedd Guard (army), speaks for Sedd" in noted.lines
    assert "ada" not in "".join(noted.lines)
    assert {r.actor for r in room.store.rows() if r.kind == "configured"} == {"configuration"}


def test_what_others_stand_on_cannot_be_taken_out(desk: Arranging, folder: Path) -> None:
    before, body = bytes_of(folder), desk.one("parties", "body", "Norrin Army")
    with pytest.raises(NotClean) as refused:
        desk.remove("parties", "body", body.name, stamp=body.stamp, who="ada")
    assert {m.file.name for m in refused.value.others} == {"parties.toml", "sources.toml"}
    assert bytes_of(folder) == before


def test_an_entry_that_nothing_stands_on_is_taken_out(desk: Arranging, folder: Path) -> None:
    person = desk.one("parties", "person", "Ada Kell")
    desk.remove("parties", "person", person.name, stamp=person.stamp, who="ada")
    assert "Ada Kell" not in (folder / "parties.toml").read_text()
    assert desk.room.coverage.conflict.people == () and check(folder) == ()


def test_nobody_writes_over_what_another_wrote_meanwhile(desk: Arranging, folder: Path) -> None:
    mine, theirs = (desk.one("sources", "source", "norrin-army") for _ in range(2))
    save(desk, theirs, "sources", title="The Army of Norrin")
    with pytest.raises(Overtaken) as stale:
        save(desk, mine, "sources", title="Army")
    assert 'title = "The Army of Norrin"' in stale.value.theirs
    assert 'title = "The Army of Norrin"' in (folder / "sources.toml").read_text()
    with pytest.raises(Overtaken):
        desk.remove("sources", "source", mine.name, stamp=mine.stamp, who="ada")


def test_two_may_change_two_entries_of_one_file(desk: Arranging, folder: Path) -> None:
    one, other = desk.one("parties", "party", "NO"), desk.one("parties", "party", "SE")
    save(desk, one, "parties", names="Norrin\nNorrinia")
    save(desk, other, "parties", names="Sedd\nSeddia")
    assert [p.names for p in load(folder).conflict.parties] == [("Norrin", "Norrinia"), ("Sedd", "Seddia")]


def test_of_many_who_save_at_once_nobody_loses_anything(room: Newsroom, folder: Path) -> None:
    told: list[str] = []

    def add(n: int) -> None:
        desk = Arranging(room)
        desk.add("places", "place", {"names": f"Village {n}"}, who="ada")
        it = desk.one("places", "place", "Upper Ford")
        try:
            save(desk, it, "places", names=it.typed["names"] + f"\nFord {n}")
            told.append("saved")
        except Overtaken:
            told.append("overtaken")

    threads = [threading.Thread(target=add, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    names = [p.names for p in load(folder).conflict.places]
    assert sorted(n[0] for n in names[1:]) == [f"Village {n}" for n in range(6)]
    assert len(told) == 6 and len(names[0]) == 2 + told.count("saved")
    assert {p.name for p in room.coverage.conflict.places} == {n[0] for n in names}


def test_a_file_that_is_edited_by_hand_while_it_is_checked_is_not_written_over(
    desk: Arranging, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    it, path = desk.one("sources", "source", "norrin-army"), folder / "sources.toml"

    def meanwhile(*_: object) -> tuple[()]:
        path.write_text(GOOD["sources.toml"] + "# by hand\n")
        return ()

    monkeypatch.setattr("sayso.flow.setup.arranging.mistakes_with", meanwhile)
    with pytest.raises(Overtaken) as stale:
        save(desk, it, "sources", title="Army")
    assert stale.value.theirs == path.read_text() == GOOD["sources.toml"] + "# by hand\n"


def test_a_whole_file_is_edited_as_text_under_the_same_check(desk: Arranging, folder: Path) -> None:
    file = desk.file("places")
    text = file.text.replace("Verrin", "Verrinford") + "# seen on the map"
    with pytest.raises(NotClean) as refused:
        desk.write("places", text.replace('"NO"', '"XX"'), stamp=file.stamp, who="ada")
    (mistake,) = refused.value.others
    assert (mistake.file, mistake.line) == (folder / "places.toml", 3)
    with pytest.raises(NotClean, match="1 mistake"):
        desk.write("places", text.replace('side = "NO"', "side ="), stamp=file.stamp, who="ada")
    desk.write("places", text.replace("\n", "\r\n"), stamp=file.stamp, who="ada")
    assert (folder / "places.toml").read_text() == text + "\n"
    with pytest.raises(Overtaken) as stale:
        desk.write("places", file.text, stamp=file.stamp, who="ada")
    assert stale.value.theirs == text + "\n"


def test_rights_links_line_ends_and_marks_of_a_file_are_kept(desk: Arranging, folder: Path) -> None:
    real, path = folder / "real.toml", folder / "sources.toml"
    real.write_bytes(b"\xef\xbb\xbf" + GOOD["sources.toml"].replace("\n", "\r\n").encode())
    real.chmod(0o640)
    path.unlink()
    path.symlink_to(real)
    save(desk, desk.one("sources", "source", "norrin-army"), "sources", title="Army")
    raw = real.read_bytes()
    assert path.is_symlink() and stat.S_IMODE(real.stat().st_mode) == 0o640
    assert raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\r\n") == raw.count(b"\n") == GOOD["sources.toml"].count(
        "\n"
    )
    assert [p for p in folder.iterdir() if p.name.startswith(".")] == []


def test_a_file_that_cannot_be_written_or_read_says_what_to_do(
    desk: Arranging, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    before = bytes_of(folder)
    with pytest.raises(Refused, match="No space left on device"):
        save(desk, desk.one("sources", "source", "norrin-army"), "sources", title="Army")
    assert bytes_of(folder) == before
    (folder / "sources.toml").write_bytes(b"\xff\xfe[")
    with pytest.raises(Refused, match="is not UTF-8"):
        desk.file("sources")


def test_what_is_taken_over_at_the_next_start_only_is_said(desk: Arranging, folder: Path) -> None:
    path = folder / "coverage.toml"
    path.write_text(path.read_text().replace("War of two banks", "Another title"))
    told = save(desk, desk.one("sources", "source", "norrin-army"), "sources", title="Army")
    assert told == ("files",) and "started again" in LATER["files"]
    assert desk.room.coverage.title == "War of two banks" and desk.room.coverage.sources[0].title == "Army"


def test_mistakes_of_a_hand_are_named_and_stop_what_is_saved_over_them(desk: Arranging, folder: Path) -> None:
    assert desk.mistakes() == ()
    path = folder / "places.toml"
    path.write_text(GOOD["places.toml"].replace("district", "street"))
    (mistake,) = desk.mistakes()
    assert desk.mistakes() == (mistake,)
    with pytest.raises(NotClean) as refused:
        save(desk, desk.one("sources", "source", "norrin-army"), "sources", title="Army")
    assert refused.value.others == (mistake,)
    path.write_text(GOOD["places.toml"])
    assert desk.mistakes() == ()
    assert (folder / "sources.toml").read_text() == GOOD["sources.toml"]
