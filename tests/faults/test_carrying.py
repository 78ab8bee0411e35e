"""A whole coverage goes into one file and comes out of it the same; what was taken down is not in it (H12, H14)."""

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.cli import command
from sayso.errors import Refused
from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom, open_newsroom
from sayso.flow.record.exporting import export_coverage
from sayso.flow.record.importing import import_coverage
from sayso.flow.record.signing import key_path, problems_of, sign_checkpoint
from sayso.model.carried import MANIFEST
from sayso.store import Stamp
from tests.coverage.factory import write
from tests.faults.test_takedown import SERIAL, WORDS, Noon, Sources, poll
from tests.store.snapshot import projections

#: From one database into another: one schema of a server holds one coverage of a name.
WAYS = (("sqlite", "sqlite"), ("sqlite", "postgresql"), ("postgresql", "sqlite"))


def quiet(words: str) -> None:
    """Progress that nobody looks at."""


@pytest.fixture
def full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Newsroom]:
    """Two bulletins with a picture, published and signed; the test's parameter says in which database."""
    monkeypatch.setenv("SAYSO_DATA", str(tmp_path / "data"))
    if getattr(request, "param", "sqlite") == "postgresql":
        monkeypatch.setenv("SAYSO_DATABASE", request.getfixturevalue("postgres"))
    (tmp_path / "two-banks").mkdir()
    room = open_newsroom(write(tmp_path / "two-banks"))
    room.door, room.clock = Sources(), Noon()  # type: ignore[assignment]
    poll(room)
    sign_checkpoint(room)
    room.store.add_user("editor-of-the-night", password_hash="secret-hash", role="editor", at=Noon().now())
    room.store.note_staff("editor-of-the-night", "signed in", at=Noon().now())
    yield room
    room.close()


def one(room: Newsroom) -> str:
    return next(s.id for s in room.store.every_statement() if WORDS in s.text)


def exported(room: Newsroom, file: Path) -> Path:
    export_coverage(room, file.parent / "two-banks", file, say=quiet)
    return file


def everything(file: Path) -> bytes:
    with zipfile.ZipFile(file) as archive:
        return b"".join(name.encode() + archive.read(name) for name in archive.namelist())


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize(("full", "into"), WAYS, indirect=["full"])
def test_a_round_trip_brings_back_the_same(
    full: Newsroom, into: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    Review(full).take_down(one(full), reason="a person asked for it", who="editor")
    sign_checkpoint(full)
    stamp = Stamp(
        size=full.store.size(), origin="o", at=Noon().now(), url="https://stamps.example/", response=b"\x30\x00"
    )
    full.store.add_stamp(stamp)
    file = exported(full, tmp_path / "two-banks.zip")
    before, media, blobs = projections(full.store), files(full.media), sorted(full.archive.all())
    monkeypatch.setenv("SAYSO_DATA", str(tmp_path / "other"))
    monkeypatch.setenv("SAYSO_DATABASE", request.getfixturevalue("postgres") if into == "postgresql" else "")
    assert import_coverage(file, tmp_path / "again", say=quiet) == full.store.size()
    again = open_newsroom(tmp_path / "again")
    try:
        assert again.store.rows(0, 10_000) == full.store.rows(0, 10_000)
        assert (again.store.root(), again.store.checkpoints()) == (full.store.root(), full.store.checkpoints())
        assert again.store.stamps() == (stamp,)
        assert projections(again.store) == before
        assert (files(again.media), sorted(again.archive.all())) == (media, blobs)
        assert problems_of(again) == ()
        export_coverage(again, tmp_path / "again", tmp_path / "again.zip", say=quiet)
    finally:
        again.close()
    assert (tmp_path / "again.zip").read_bytes() == file.read_bytes()


def test_the_same_state_is_the_same_bytes(full: Newsroom, tmp_path: Path) -> None:
    first = exported(full, tmp_path / "first.zip").read_bytes()
    assert exported(full, tmp_path / "second.zip").read_bytes() == first


def test_pictures_come_along(full: Newsroom, tmp_path: Path) -> None:
    with zipfile.ZipFile(exported(full, tmp_path / "a.zip")) as archive:
        names = archive.namelist()
    assert {n.partition("/")[2] for n in names if n.startswith("media/")} == {p.name for p in full.media.iterdir()}
    assert any(n.startswith("blobs/") for n in names)


def test_staff_keys_and_what_was_taken_down_stay_behind(full: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "two-banks" / "sayso.toml").write_text('user_agent = "password-in-it"\n')
    assert WORDS.encode() in everything(exported(full, tmp_path / "before.zip"))
    Review(full).take_down(one(full), reason="a person asked for it", who="editor-of-the-night")
    body = everything(exported(full, tmp_path / "after.zip"))
    key = key_path(full).read_text().strip()
    for secret in (WORDS, SERIAL, "editor-of-the-night", "secret-hash", key, "password-in-it"):
        assert secret.encode() not in body, secret
    assert bytes.fromhex(key) not in body
    assert full.door.photo not in body  # type: ignore[attr-defined]


def rewritten(file: Path, change: Callable[[dict[str, bytes]], object], *, listed: bool = True) -> None:
    """The file anew with changed members; `listed`: the manifest is made to fit."""
    import hashlib

    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members.pop(MANIFEST))
    change(members)
    if listed:
        sums = {n: {"sha256": hashlib.sha256(b).hexdigest(), "size": len(b)} for n, b in members.items()}
        manifest["members"] = sums
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name, body in {**members, MANIFEST: json.dumps(manifest).encode()}.items():
            out.writestr(name, body)


def edited(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], object]:
    """A change of words in a member."""

    def change(members: dict[str, bytes]) -> None:
        assert old in members[name]
        members[name] = members[name].replace(old, new, 1)

    return change


def swapped(members: dict[str, bytes]) -> None:
    first, second, *rest = members["ledger.jsonl"].splitlines(keepends=True)
    members["ledger.jsonl"] = b"".join([second, first, *rest])


def cut(members: dict[str, bytes]) -> None:
    members["ledger.jsonl"] = b"".join(members["ledger.jsonl"].splitlines(keepends=True)[:-1])


def picture(members: dict[str, bytes]) -> None:
    name = next(n for n in members if n.startswith("media/"))
    members[name] += b"!"


def original(members: dict[str, bytes]) -> None:
    name = next(n for n in members if n.startswith("blobs/"))
    members[name] += b"!"


HOSTILE: dict[str, tuple[Callable[[dict[str, bytes]], object], bool, str]] = {
    "a member that climbs": (lambda m: m.update({"coverage/../../evil": b"x"}), True, "no export of ours does"),
    "an absolute member": (lambda m: m.update({"/etc/evil": b"x"}), True, "no export of ours does"),
    "a member with a backslash": (lambda m: m.update({"coverage/..\\evil": b"x"}), True, "no export of ours does"),
    "settings of a machine": (lambda m: m.update({"coverage/sayso.toml": b"x"}), True, "no export of ours does"),
    "a bomb": (lambda m: m.update({"coverage/notes.txt": bytes(5 * 2**20)}), True, "would unpack to far more"),
    "a member too many": (lambda m: m.update({"coverage/notes.txt": b"x"}), False, "are not those that its manifest"),
    "a changed member": (edited("ledger.jsonl", b"12 soldiers", b"19 soldiers"), False, "was changed since the export"),
    "a changed row": (edited("ledger.jsonl", b"12 soldiers", b"19 soldiers"), True, "does not verify: row"),
    "rows in another order": (swapped, True, "not in order"),
    "rows cut off": (cut, True, "not those of the root"),
    "a changed checkpoint": (edited("checkpoints.jsonl", b"example", b"exemple"), True, "checkpoint at"),
    "a key of somebody else": (edited("keys.txt", b"+", b"+0"), True, "not the key of a log"),
    "a changed picture": (picture, True, "file "),
    "a changed original": (original, True, "is not the original of that name"),
    "a line that is none": (edited("ledger.jsonl", b"{", b"["), True, "not a line of an export"),
    "a row with a field too many": (edited("ledger.jsonl", b"{", b'{"x":1,'), True, "a field that no row has"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_damaged_or_hostile_file_is_refused_and_leaves_nothing(
    full: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    change, listed, sentence = HOSTILE[case]
    file = exported(full, tmp_path / "two-banks.zip")
    monkeypatch.setenv("SAYSO_DATA", str(tmp_path / "other"))
    if case == "a changed checkpoint":
        change = edited("checkpoints.jsonl", b"/c/two-banks", b"/c/two-ranks")
    rewritten(file, change, listed=listed)
    before = files(tmp_path)
    with pytest.raises(Refused, match=sentence):
        import_coverage(file, tmp_path / "again", say=quiet)
    assert {k: v for k, v in files(tmp_path).items() if k not in before} == {}
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("body", [b"", b"PK", b"no archive at all", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_export_is_refused_in_one_sentence(tmp_path: Path, body: bytes) -> None:
    file = tmp_path / "x.zip"
    file.write_bytes(body)
    with pytest.raises(Refused, match=r"damaged, or not a coverage of ours|has no manifest.json"):
        import_coverage(file, tmp_path / "again", say=quiet)


def test_a_coverage_that_is_there_is_not_written_over(full: Newsroom, tmp_path: Path) -> None:
    file = exported(full, tmp_path / "two-banks.zip")
    with pytest.raises(Refused, match="is not empty"):
        import_coverage(file, tmp_path / "two-banks", say=quiet)
    with pytest.raises(Refused, match="is there already"):
        import_coverage(file, tmp_path / "again", say=quiet)
    assert problems_of(full) == ()


def test_the_commands_carry_a_coverage(full: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    out = CliRunner().invoke(command, ["coverage", "export", "two-banks", "two-banks.zip"])
    assert out.exit_code == 0, out.output
    monkeypatch.setenv("SAYSO_DATA", str(tmp_path / "other"))
    back = CliRunner().invoke(command, ["coverage", "import", "two-banks.zip", "again"])
    assert (back.exit_code, back.output.splitlines()[-1]) == (0, f"again: {full.store.size()} rows verify")
