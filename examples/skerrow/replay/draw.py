"""Draws the pictures of this invented war: plain drawings, marked as such. Run it in any folder: `python draw.py`.

`harbour.jpg` carries a made-up position and camera in its EXIF, so that a test can prove that both are stripped.
"""

from pathlib import Path

from PIL import Image, ImageDraw, TiffImagePlugin

MEDIA = Path(__file__).with_name("media")
SEA, LAND, LINE, INK = "#c9dbe4", "#dcd6c3", "#a79f88", "#3c4248"
SIZE = (960, 540)


def canvas(words: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """An empty sea with a caption at its foot."""
    picture = Image.new("RGB", SIZE, SEA)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 500, 960, 540), fill="#ffffff")
    pen.text((16, 512), f"Illustration: {words}", fill=INK, font_size=18)
    return picture, pen


def island() -> Image.Image:
    """A map of the island with its towns as dots."""
    picture, pen = canvas("the island of Skerrow, drawn for this replay")
    pen.polygon([(150, 120), (330, 60), (560, 90), (800, 70), (850, 230), (780, 420), (520, 470), (250, 430)], fill=LAND)
    pen.line([(190, 270), (400, 250), (620, 280), (820, 250)], fill=LINE, width=3)
    towns = {"Hollin": (300, 130), "Garth": (690, 150), "Greywater / Graavann": (560, 250), "Torv": (340, 390), "Lunnehaven": (720, 370)}
    for name, (x, y) in towns.items():
        pen.ellipse((x - 6, y - 6, x + 6, y + 6), fill=INK)
        pen.text((x + 12, y - 11), name, fill=INK, font_size=20)
    return picture


def bridge() -> Image.Image:
    """A bridge over a river, with one arch gone."""
    picture, pen = canvas("the Middle Bridge with one arch gone")
    pen.rectangle((0, 330, 960, 500), fill="#9fbccb")
    for left in (120, 300, 660):
        pen.arc((left, 240, left + 180, 420), 180, 360, fill=INK, width=10)
    pen.line([(60, 240), (480, 240)], fill=INK, width=14)
    pen.line([(640, 240), (900, 240)], fill=INK, width=14)
    return picture


def harbour() -> Image.Image:
    """Cranes and roofs of a harbour."""
    picture, pen = canvas("the harbour of Lunnehaven")
    pen.rectangle((0, 380, 960, 500), fill="#9fbccb")
    for left, height in ((80, 120), (220, 180), (370, 90), (520, 150), (700, 110)):
        pen.rectangle((left, 380 - height, left + 110, 380), fill=LAND, outline=LINE, width=3)
    for x in (330, 650):
        pen.line([(x, 380), (x, 130), (x + 130, 160)], fill=INK, width=8)
    return picture


def made_up_exif() -> Image.Exif:
    """A position in the open ocean and a camera that does not exist."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Inventron", "Skerrow-1"
    exif.get_ifd(0x8769)[0xA431] = "SN-0000-INVENTED"
    degrees = TiffImagePlugin.IFDRational
    position = exif.get_ifd(0x8825)
    position[1], position[2] = "S", (degrees(44), degrees(27), degrees(0))
    position[3], position[4] = "W", (degrees(118), degrees(3), degrees(0))
    return exif


def main() -> None:
    """Draw all three into `media`."""
    MEDIA.mkdir(exist_ok=True)
    island().save(MEDIA / "island.png", optimize=True)
    bridge().save(MEDIA / "bridge.png", optimize=True)
    harbour().save(MEDIA / "harbour.jpg", quality=80, exif=made_up_exif(), comment=b"made up: device 0000")


if __name__ == "__main__":
    main()
