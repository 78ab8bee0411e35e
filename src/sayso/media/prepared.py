"""What preparing a medium gives: files under names made of their own bytes."""

import hashlib
from dataclasses import dataclass

from sayso.model.statement import Rendition


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFile:
    """One public file: its bytes and how it is served. No name, time or word of the source is in it."""

    rendition: Rendition
    body: bytes

    @property
    def name(self) -> str:
        """The file's name: the first 24 hex digits of the SHA-256 of its bytes, and its ending."""
        return self.rendition.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The public files of one medium, its average colour as "#rrggbb", and its length for a video."""

    files: tuple[PublicFile, ...]
    colour: str | None = None
    duration_s: float | None = None


ENDINGS = {"image/webp": "webp", "image/jpeg": "jpg", "video/mp4": "mp4"}


def public_file(body: bytes, *, media_type: str, size: tuple[int, int], role: str = "picture") -> PublicFile:
    """A file named by its content."""
    name = f"{hashlib.sha256(body).hexdigest()[:24]}.{ENDINGS[media_type]}"
    width, height = size
    rendition = Rendition(name=name, media_type=media_type, width=width, height=height, size_bytes=len(body), role=role)
    return PublicFile(rendition=rendition, body=body)
