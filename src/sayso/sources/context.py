"""What a kind of source is told about the bytes, and what it gives back."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sayso.model.statement import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Where the bytes came from. `zone` is the coverage's time zone: it is used for times that name none."""

    source: str
    url: str
    media_type: str
    zone: str
    fetched_at: datetime
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def tz(self) -> ZoneInfo:
        """The coverage's time zone."""
        return ZoneInfo(self.zone)

    def header(self, name: str) -> str:
        """The first header of that name, "" where there is none."""
        return next((v for k, v in self.headers if k.lower() == name.lower()), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedItems:
    """What was found, in the source's order, and in sentences what could not be read or is doubtful."""

    items: tuple[Item, ...] = ()
    unread: tuple[str, ...] = ()
    title: str | None = None
