"""Pictures: only the pixels come through. Type by content, size judged before decoding, everything else left behind."""

import io
import warnings
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from sayso.errors import Refused
from sayso.media.prepared import Prepared, PublicFile, public_file

#: 40 megapixels: more than a press camera's picture; a bomb of 13,000 x 13,000 is refused before it is decoded.
MAX_PIXELS: Final = 40_000_000
WIDTHS: Final = (480, 960, 1440)
JPEG_WIDTH: Final = 960
FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
WEBP_QUALITY: Final = 72
JPEG_QUALITY: Final = 75


def prepare_picture(body: bytes, *, max_pixels: int = MAX_PIXELS) -> Prepared:
    """WebP at up to three widths and a JPEG for feeds, never enlarged; the first frame of a moving picture.

    Raises Refused where it is no picture of a known kind, is too large, or is damaged.
    """
    picture = opened(body, max_pixels=max_pixels)
    files = [encoded(picture, width, "WEBP") for width in fitting(picture.width)]
    files.append(encoded(picture, min(JPEG_WIDTH, picture.width), "JPEG"))
    return Prepared(files=tuple(files), colour=average(picture))


def opened(body: bytes, *, max_pixels: int) -> Image.Image:
    """The pixels, upright, as plain RGB on white: no metadata, no profile, no transparency is kept."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            raw = Image.open(io.BytesIO(body), formats=FORMATS)
            if raw.width * raw.height > max_pixels:
                raise Refused(f"the picture has {raw.width} x {raw.height} pixels; at most {max_pixels:,} are taken")
            upright = ImageOps.exif_transpose(raw).convert("RGBA")
        except Refused:
            raise
        except UnidentifiedImageError as err:
            raise Refused("this is no JPEG, PNG, WebP or GIF picture") from err
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as err:
            raise Refused(f"the picture cannot be decoded: {err}") from err
    plain = Image.new("RGB", upright.size, "white")
    plain.paste(upright, mask=upright.getchannel("A"))
    return plain


def fitting(width: int) -> tuple[int, ...]:
    """The widths to make: those that do not enlarge, else the picture's own."""
    return tuple(w for w in WIDTHS if w < width) + ((width,) if width <= WIDTHS[-1] else (WIDTHS[-1],))


def encoded(picture: Image.Image, width: int, form: str, *, role: str = "picture") -> PublicFile:
    """The picture at a width. A fresh image is saved, so that nothing of the original's info travels."""
    height = max(1, round(picture.height * width / picture.width))
    scaled = picture if width == picture.width else picture.resize((width, height), Image.Resampling.LANCZOS)
    fresh = Image.new("RGB", scaled.size)
    fresh.paste(scaled)
    out = io.BytesIO()
    if form == "WEBP":
        fresh.save(out, "WEBP", quality=WEBP_QUALITY, method=4)
        return public_file(out.getvalue(), media_type="image/webp", size=fresh.size, role=role)
    fresh.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
    return public_file(out.getvalue(), media_type="image/jpeg", size=fresh.size, role=role)


def average(picture: Image.Image) -> str:
    """The average colour, as "#rrggbb": what stands in the picture's place while it loads."""
    red, green, blue = picture.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))  # type: ignore[misc]
    return f"#{red:02x}{green:02x}{blue:02x}"
