"""Public copies carry the pixels and nothing else."""

import io
import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from sayso.errors import Refused
from sayso.media import prepare_picture, prepare_video

CANARY = "CANARY-SERIAL-8841"


def picture(*, size: tuple[int, int] = (1200, 800), form: str = "JPEG") -> bytes:
    """A picture with a position, a serial number, a comment and a caption in it."""
    image = Image.new("RGB", size, "#406080")
    exif = Image.Exif()
    exif[0x010F] = CANARY
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8769)[0xA431] = CANARY
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (12.0, 34.0, 56.0)
    out = io.BytesIO()
    if form == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", CANARY)
        image.save(out, "PNG", exif=exif, pnginfo=text)
    else:
        image.save(out, form, exif=exif, comment=CANARY.encode(), xmp=f"<x>{CANARY}</x>".encode())
    return out.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_no_position_serial_or_comment_is_in_any_public_file(form: str) -> None:
    raw = picture(form=form) if form != "WEBP" else picture(form="WEBP")
    assert CANARY.encode() in raw
    for file in prepare_picture(raw).files:
        assert CANARY.encode() not in file.body
        shown = Image.open(io.BytesIO(file.body))
        assert not shown.getexif()
        assert "comment" not in shown.info
        assert "xmp" not in shown.info


def test_a_turned_picture_is_upright_in_its_copies() -> None:
    assert all(f.rendition.height > f.rendition.width for f in prepare_picture(picture()).files)


def test_nothing_is_enlarged_and_every_file_is_what_it_says() -> None:
    for file in prepare_picture(picture(size=(300, 200))).files:
        shown = Image.open(io.BytesIO(file.body))
        assert shown.size == (file.rendition.width, file.rendition.height)
        assert max(shown.size) <= 300
        assert Image.MIME[shown.format or ""] == file.rendition.media_type


def test_the_same_picture_has_the_same_names() -> None:
    first, second = prepare_picture(picture()), prepare_picture(picture())
    assert [f.name for f in first.files] == [f.name for f in second.files]


def test_a_pixel_bomb_is_refused_before_it_is_decoded() -> None:
    rows = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    head = b"IHDR" + rows
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
    with pytest.raises(Refused, match="pixels"):
        prepare_picture(bomb + b"\0\0\0\0IDAT" + struct.pack(">I", zlib.crc32(b"IDAT")))


@pytest.mark.parametrize(
    "body", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", picture()[:400], b"\0" * 99]
)
def test_what_is_no_picture_is_refused_with_a_reason(body: bytes) -> None:
    with pytest.raises(Refused):
        prepare_picture(body)


@pytest.fixture
def film(tmp_path: Path) -> bytes:
    if not shutil.which("ffmpeg"):
        pytest.skip("ffmpeg is missing: videos are only linked; apt-get install ffmpeg")
    path = tmp_path / "film.mp4"
    subprocess.run(
        ["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=duration=1:size=320x240:rate=10",
         "-metadata", f"comment={CANARY}", "-metadata", "location=+12.34+056.78/", str(path)],
        check=True,
    )  # fmt: skip
    return path.read_bytes()


def test_a_video_keeps_its_pictures_and_loses_where_it_was_taken(film: bytes) -> None:
    assert CANARY.encode() in film
    prepared = prepare_video(film)
    assert [f.rendition.role for f in prepared.files] == ["video", "poster"]
    assert prepared.duration_s == pytest.approx(1, abs=0.2)
    for file in prepared.files:
        assert CANARY.encode() not in file.body
        assert b"+12.34" not in file.body


def test_what_is_no_video_is_refused_with_a_reason(film: bytes) -> None:
    for body in (b"", b"not a film", film[:100]):
        with pytest.raises(Refused):
            prepare_video(body)


def test_without_ffmpeg_a_video_is_linked_and_the_reason_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Refused, match="ffmpeg"):
        prepare_video(b"anything")
