"""A coverage: one conflict as one newsroom follows it. It is data (a folder of TOML files), never code."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo

from sayso.model.conflict import Conflict
from sayso.model.geography import Area, Basemap
from sayso.model.outgoing import Release

#: The kinds of source that come with sayso (`sources.kinds.KINDS`); other packages may add theirs by entry point.
SOURCE_KINDS: Final = ("feed", "page", "live_page", "text", "json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One channel that we take statements from.

    `body`: the name of the body whose own channel it is (then the owner is the speaker), None for an outlet that
    tells what others say. `party`: for whom it speaks. `go_out`: `auto` puts the verbatim text of the owner's channel
    on the page at once, `hold` waits for an editor. `rehost`: how much of the text the public may see.
    """

    name: str  # slug, unique in the coverage
    title: str  # as shown: the outlet or body
    kind: str  # a kind in sources.kinds.KINDS
    url: str
    body: str | None = None
    party: str | None = None
    lang: str | None = None
    interval_s: float = 60.0
    go_out: Literal["hold", "auto"] = "hold"
    rehost: Literal["none", "excerpt", "full"] = "excerpt"
    channel: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """A coverage that is told again from files, not polled from the world. `opens_at`: the story time at which the
    clock starts by default; what was said before is there at once. A day of the story takes `day_s` seconds.
    `quotes` "none": the statements retell public reports, so that quotation marks would put words into mouths."""

    statements: Path
    port: int
    begins_at: datetime
    opens_at: datetime
    ends_at: datetime
    day_s: float = 120.0
    quotes: Literal["none", "free"] = "free"


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A language model that proposes claims. `key_env` is the name of the environment variable that holds the key."""

    url: str
    model: str
    key_env: str | None = None
    timeout_s: float = 20.0
    max_passages_per_hour: int = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """All that the desk knows of one coverage. `readings`: whether the machine's readings count only when an editor
    accepted them (`reviewed`) or at once, marked "read by machine, not checked" (`by_rule`)."""

    name: str  # slug: the address is /c/NAME/
    title: str
    folder: Path
    conflict: Conflict
    start: date
    zone: str
    languages: tuple[str, ...]  # of its texts
    sources: tuple[Source, ...]
    readings: Literal["reviewed", "by_rule"] = "reviewed"
    language: str = "en"  # of its pages: one that has a catalogue
    description: str = ""
    naming: str = ""  # the naming policy, shown on the method page
    own_voice_never: tuple[str, ...] = ()  # words that the page may not use outside quotation marks, beside the list
    held_types: tuple[str, ...] = ("movement", "corridor", "displacement")  # H8: never published without an editor
    release: Release = field(default_factory=Release)  # how what the desk publishes goes out
    replay: Replay | None = None
    parser: bool = False  # whether a parser repairs speakers (the extra `parser`)
    model: Model | None = None  # who proposes claims for an editor to look at (the extra `llm`)
    basemap: Basemap | None = None  # what the map is drawn on
    areas: tuple[Area, ...] = ()  # claimed ground that an editor entered

    @property
    def tz(self) -> ZoneInfo:
        """The coverage's time zone."""
        return ZoneInfo(self.zone)

    def source(self, name: str) -> Source | None:
        """The source of that name, None if the coverage no longer lists it."""
        return next((s for s in self.sources if s.name == name), None)

    def local_day(self, at: datetime) -> date:
        """The calendar day of an aware time in the coverage's zone."""
        return at.astimezone(self.tz).date()

    def day_number(self, day: date) -> int:
        """Which day of the conflict it is; the start date is day 1."""
        return (day - self.start).days + 1
