"""Draws the pictures and the video of this replay: plain drawings, each marked as an illustration.

Run it in any folder: `python draw.py`. No flag, emblem, uniform or victim is drawn, and no photograph is used.
`road.jpg` carries a made-up position and camera in its EXIF, so that a test can prove that both are stripped.
The video needs `ffmpeg` on the path.
"""

import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, TiffImagePlugin

MEDIA = Path(__file__).with_name("media")
SIZE = (960, 540)
SKY, DUSK, NIGHT, LAND, FAR, NEAR, INK, PAPER = (
    "#d5e0e6", "#c9b8a8", "#2d3542", "#ddd6c2", "#b5b39f", "#7f806f", "#353b42", "#f6f4ee",
)  # fmt: skip
#: Towns of the map: both names where two are in use, and roughly where they lie on the paper.
TOWNS = {
    "Yerevan": (130, 190),
    "Ganja": (420, 110),
    "Mingachevir": (560, 90),
    "Stepanakert / Khankendi": (500, 280),
    "Jabrayil / Jrakan": (555, 380),
    "Baku": (880, 170),
}
#: The video: seconds, frames a second, and its size (even numbers, as H.264 wants).
LONG_S, RATE, SMALL = 5, 12, (640, 360)

Pen = ImageDraw.ImageDraw


def canvas(words: str, ground: str = SKY) -> tuple[Image.Image, Pen]:
    """An empty sheet with a caption at its foot."""
    picture = Image.new("RGB", SIZE, ground)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 500, 960, 540), fill="#ffffff")
    pen.text((16, 511), f"Illustration: {words}", fill=INK, font_size=18)
    return picture, pen


def sketch_map() -> Image.Image:
    """A sketch of the region with its towns as dots; no line says who holds what."""
    picture, pen = canvas("sketch of the region, not to scale", PAPER)
    pen.polygon([(60, 120), (250, 60), (520, 30), (760, 60), (930, 160), (840, 330), (620, 440), (330, 420)], fill=LAND)
    pen.line([(330, 420), (470, 440), (600, 430), (760, 360)], fill=FAR, width=4)
    for name, (x, y) in TOWNS.items():
        pen.ellipse((x - 6, y - 6, x + 6, y + 6), fill=INK)
        left = x + 12 if x < 800 else x - 12 - pen.textlength(name, font_size=19)
        pen.text((left, y - 11), name, fill=INK, font_size=19)
    return picture


def podium() -> Image.Image:
    """An empty desk with microphones, before anybody speaks."""
    picture, pen = canvas("a briefing room before the briefing", DUSK)
    pen.rectangle((300, 300, 660, 500), fill=NEAR)
    pen.rectangle((280, 280, 680, 310), fill=INK)
    for x, lean in ((380, -30), (440, -10), (520, 10), (580, 30)):
        pen.line([(x, 280), (x + lean, 190)], fill=INK, width=6)
        pen.ellipse((x + lean - 14, 165, x + lean + 14, 200), fill=INK)
    return picture


def dark_town() -> Image.Image:
    """Roofs of a town at night, few windows lit."""
    picture, pen = canvas("a town at night, lights out", NIGHT)
    for left, height in ((40, 160), (170, 230), (290, 130), (420, 260), (560, 180), (690, 220), (820, 150)):
        pen.rectangle((left, 500 - height, left + 105, 500), fill="#1e242d", outline="#46505f", width=2)
        for x in range(left + 18, left + 90, 30):
            pen.rectangle((x, 520 - height, x + 12, 536 - height), fill="#3a4350")
    pen.rectangle((474, 318, 486, 334), fill="#d8c583")
    return picture


def village() -> Image.Image:
    """A few houses under hills."""
    picture, pen = canvas("a village under hills")
    hills(pen, shift=0, width=960, foot=500)
    for x, y in ((220, 400), (340, 420), (480, 395), (620, 425), (730, 405)):
        house(pen, x, y, 70)
    return picture


def hills(pen: Pen, *, shift: int, width: int, foot: int) -> None:
    """Two ranges of hills; the near one moves by `shift`, the far one by a third of it."""
    for colour, height, step, move in ((FAR, 300, 240, shift // 3), (NEAR, 190, 320, shift)):
        for left in range(-step - move % step, width + step, step):
            pen.polygon([(left, foot), (left + step // 2, foot - height), (left + step, foot)], fill=colour)


def house(pen: Pen, x: int, y: int, wide: int) -> None:
    """A house with its ridge, the upper left corner of its wall at `x`, `y`."""
    pen.rectangle((x, y, x + wide, y + wide * 2 // 3), fill=PAPER, outline=INK, width=2)
    pen.polygon([(x - 6, y), (x + wide // 2, y - wide // 2), (x + wide + 6, y)], fill="#8d6f5c", outline=INK)


def court() -> Image.Image:
    """A portico and a pair of scales."""
    picture, pen = canvas("a court", PAPER)
    pen.polygon([(180, 210), (480, 90), (780, 210)], fill=FAR, outline=INK)
    for x in range(220, 741, 104):
        pen.rectangle((x, 220, x + 36, 440), fill=LAND, outline=INK, width=2)
    pen.rectangle((160, 440, 800, 480), fill=FAR, outline=INK, width=2)
    pen.line([(430, 160), (530, 160)], fill=INK, width=5)
    for x in (430, 530):
        pen.arc((x - 22, 150, x + 22, 194), 0, 180, fill=INK, width=5)
    return picture


def telephones() -> Image.Image:
    """Two desk telephones and the line between them."""
    picture, pen = canvas("a call", DUSK)
    pen.line([(260, 400), (480, 450), (700, 400)], fill=INK, width=5)
    for x in (160, 600):
        pen.rectangle((x, 320, x + 200, 420), fill=NEAR, outline=INK, width=3)
        pen.ellipse((x + 65, 335, x + 135, 405), fill=PAPER, outline=INK, width=3)
        pen.line([(x - 10, 290), (x + 210, 290)], fill=INK, width=26)
    return picture


def airport() -> Image.Image:
    """An airliner on a field, seen from the side."""
    picture, pen = canvas("an airliner has landed")
    pen.rectangle((0, 420, 960, 500), fill=FAR)
    pen.ellipse((240, 300, 760, 380), fill=PAPER, outline=INK, width=3)
    pen.polygon([(270, 330), (220, 220), (290, 220), (350, 315)], fill=NEAR, outline=INK)
    pen.polygon([(450, 350), (380, 440), (460, 440), (580, 350)], fill=NEAR, outline=INK)
    for x in range(360, 680, 40):
        pen.ellipse((x, 325, x + 14, 339), fill=INK)
    return picture


def road() -> Image.Image:
    """A road that runs into the hills."""
    picture, pen = canvas("a road into the hills")
    hills(pen, shift=90, width=960, foot=360)
    pen.rectangle((0, 360, 960, 500), fill=LAND)
    pen.polygon([(380, 500), (640, 500), (520, 360), (500, 360)], fill=NEAR)
    return picture


def made_up_exif() -> Image.Exif:
    """A position in the open ocean and a camera that does not exist."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Inventron", "Replay-2020"
    exif.get_ifd(0x8769)[0xA431] = "SN-0011-INVENTED"
    degrees = TiffImagePlugin.IFDRational
    position = exif.get_ifd(0x8825)
    position[1], position[2] = "S", (degrees(48), degrees(52), degrees(36))
    position[3], position[4] = "W", (degrees(123), degrees(23), degrees(36))
    return exif


def frame(number: int) -> Image.Image:
    """One picture of the video: the hills drift past the houses of a village."""
    picture = Image.new("RGB", SMALL, SKY)
    pen = ImageDraw.Draw(picture)
    hills(pen, shift=number * 2, width=SMALL[0], foot=310)
    for left in range(0, 800, 130):
        house(pen, left + 40 - number, 265 + left % 3 * 8, 48)
    pen.rectangle((0, 316, *SMALL), fill="#ffffff")
    pen.text((14, 326), "Illustration, drawn for this replay", fill=INK, font_size=20)
    return picture


def film(target: Path) -> None:
    """Write the video as H.264 that starts to play before it is whole."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(LONG_S * RATE):
            frame(number).save(Path(folder) / f"{number:03d}.png")
        source = ["-framerate", str(RATE), "-i", f"{folder}/%03d.png"]
        coding = ["-c:v", "libx264", "-crf", "30", "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-threads", "1"]
        subprocess.run(["ffmpeg", "-v", "error", "-y", *source, *coding, str(target)], check=True)  # noqa: S603, S607  # fixed words, run by a person


def main() -> None:
    """Draw everything into `media`."""
    MEDIA.mkdir(exist_ok=True)
    for name, drawn in {
        "map": sketch_map, "podium": podium, "dark-town": dark_town, "village": village,
        "court": court, "telephones": telephones, "airport": airport,
    }.items():  # fmt: skip
        drawn().quantize(64).save(MEDIA / f"{name}.png", optimize=True)
    road().save(MEDIA / "road.jpg", quality=80, exif=made_up_exif(), comment=b"made up: device 0011")
    film(MEDIA / "village.mp4")


if __name__ == "__main__":
    main()
