"""The archive keeps bytes under their hash, once, durably, and can let go of them."""

import hashlib
import os
from pathlib import Path

import pytest

from sayso.archive import Archive
from sayso.errors import Refused


def test_what_was_kept_comes_back_under_its_sha256(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "blobs")
    sha256 = archive.keep(b"<rss>")
    assert sha256 == hashlib.sha256(b"<rss>").hexdigest()
    assert archive.read(sha256) == b"<rss>"
    assert (tmp_path / "blobs" / sha256[:2] / sha256[2:4] / sha256).is_file()


def test_the_same_bytes_are_stored_once(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    assert archive.keep(b"a") == archive.keep(b"a")
    assert len(list(archive.all())) == 1


def test_all_lists_every_hash_in_order(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    kept = {archive.keep(str(i).encode()) for i in range(20)}
    assert list(archive.all()) == sorted(kept)


def test_erased_bytes_are_gone_and_may_be_erased_again(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    sha256 = archive.keep(b"a name that must go")
    archive.erase(sha256)
    archive.erase(sha256)
    assert archive.read(sha256) is None
    assert not any(b"must go" in p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())


def test_damaged_bytes_are_not_handed_out_and_are_healed_by_the_next_keep(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    sha256 = archive.keep(b"true")
    next(tmp_path.glob(f"??/??/{sha256}")).write_bytes(b"fake")
    assert archive.read(sha256) is None
    archive.keep(b"true")
    assert archive.read(sha256) == b"true"


def test_a_crash_before_the_rename_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive(tmp_path)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", die)
        with pytest.raises(KeyboardInterrupt):
            archive.keep(b"half")
    assert list(archive.all()) == []
    again = Archive(tmp_path)
    assert list((tmp_path / "unfinished").iterdir()) == []
    assert again.read(again.keep(b"half")) == b"half"


def test_what_another_process_is_writing_is_no_leftover(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive(tmp_path)
    real = Path.replace

    def opened_meanwhile(half: Path, target: Path) -> Path:
        Archive(tmp_path)
        return real(half, target)

    monkeypatch.setattr(Path, "replace", opened_meanwhile)
    assert archive.read(archive.keep(b"x")) == b"x"


def test_bytes_and_names_are_synced_before_keep_returns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive(tmp_path)
    synced: list[bool] = []
    real = os.fsync

    def note(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").is_dir())
        real(handle)

    monkeypatch.setattr(os, "fsync", note)
    archive.keep(b"x")
    assert synced == [True, True, False, True]  # both new folders, the file, then its name


def test_a_disk_that_is_nearly_full_is_refused_with_what_to_do(tmp_path: Path) -> None:
    archive = Archive(tmp_path, free_bytes=2**60)
    with pytest.raises(Refused, match="free some space"):
        archive.keep(b"x")


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "g" * 64, "0" * 63])
def test_only_a_hash_is_a_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        Archive(tmp_path).read(name)
