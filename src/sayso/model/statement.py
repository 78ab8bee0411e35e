"""What comes in: the capture of a source's bytes, the items in it, and the statements made of them."""

from dataclasses import dataclass
from datetime import datetime

from sayso.model.claim import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A picture or video that an item carries, by its address at the source."""

    url: str
    kind: str  # "image" | "video" | "audio" | "other"
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None
    sensitive: str | None = None  # why it must be covered, None if it need not be


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that a door found in a source's bytes: a feed item, an entry or bullet of a live page, a file.

    `key` is stable for the item inside its source (guid, link, or a hash of the headline), so that an edit of it is a
    new version and not a new statement. `text` begins with the headline where there is one (`title`, its own part of
    kind headline), then one line a paragraph; `parts` cover it. Times are aware; None where the source gives none.
    `speaker` is who says it where the source itself names one for this item (a feed's author), in the source's words.
    """

    key: str
    text: str
    parts: tuple[Part, ...]
    title: str | None = None
    url: str | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    lang: str | None = None
    entry_kind: str = "entry"
    speaker: str | None = None
    credit: str | None = None  # "reported by", where the item tells what another outlet reported
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """The bytes of one answer of one source, kept under their SHA-256 before anything parsed them."""

    id: str
    source: str
    url: str
    fetched_at: datetime
    sha256: str
    size_bytes: int
    media_type: str
    headers: tuple[tuple[str, str], ...] = ()
    erased: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFile:
    """A public copy of a picture or video: re-encoded, stripped of position and device data.

    `name` is the file's name under the media address (hash and extension); `original` the SHA-256 of the sealed
    original. Withheld media have no public files.
    """

    original: str
    kind: str  # "image" | "video"
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None
    source_url: str | None = None
    sensitive: str | None = None
    renditions: tuple["Rendition", ...] = ()
    colour: str | None = None  # average colour, "#rrggbb"
    duration_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """One file of a medium, as served."""

    name: str
    media_type: str
    width: int
    height: int
    size_bytes: int
    role: str = "picture"  # "picture" | "poster" | "video"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing published by one source at one time; never edited by us.

    `id` is a hash of source, item key and content. `version` counts the versions of one item key from 1; `replaces`
    is the id of the version before. `first_seen_at` is ours. `clipped` marks pasted text that no archived original
    supports. `published_at` is None where the source gives no time.
    """

    id: str
    source: str
    key: str
    version: int
    text: str
    parts: tuple[Part, ...]
    first_seen_at: datetime
    capture: str | None = None
    replaces: str | None = None
    title: str | None = None
    url: str | None = None
    published_at: datetime | None = None
    lang: str | None = None
    entry_kind: str = "entry"
    speaker: str | None = None
    credit: str | None = None
    enclosures: tuple[Enclosure, ...] = ()  # as the source names them
    media: tuple[MediaFile, ...] = ()  # our public copies, once they were fetched
    clipped: bool = False
    channel: str | None = None  # how a pasted statement was said: "call", "facebook", "telegram"...

    @property
    def said_at(self) -> datetime:
        """When it was published, else when we first saw it."""
        return self.published_at or self.first_seen_at
