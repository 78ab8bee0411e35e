"""One coverage, opened: its files, store, archive, reader, door and clock, and who must hear of a change."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from sayso import __version__
from sayso.archive import Archive
from sayso.coverage import load, load_settings
from sayso.errors import BadSetting
from sayso.fetch import Door
from sayso.flow.clock import Clock, ReplayClock, WorldClock
from sayso.flow.texts import repaired_by_parser
from sayso.lexicon import language_identifier, load_lexicons
from sayso.model.coverage import Coverage
from sayso.model.settings import Settings
from sayso.publish.notes import note_blocks
from sayso.read import Reader
from sayso.sources.sandbox import Parser
from sayso.store import Store
from sayso.store.arrivals import decoded


@dataclass(slots=True, kw_only=True)
class Newsroom:
    """Everything that intake, review and views need for one coverage. Close it when done.

    `forgetting` are called once something was taken down, `rearranged` once `coverage` and `reader` were replaced, since
    the files say something else; `ask_now` are the sources that somebody wants asked before their time.
    """

    coverage: Coverage
    settings: Settings
    store: Store
    archive: Archive
    media: Path
    reader: Reader
    parser: Parser
    door: Door
    clock: Clock
    heard: list[Callable[[], None]] = field(default_factory=list)
    leaving: list[Callable[[], None]] = field(default_factory=list)
    rearranged: list[Callable[[], None]] = field(default_factory=list)
    forgetting: list[Callable[[], None]] = field(default_factory=list)
    ask_now: set[str] = field(default_factory=set)

    def changed(self) -> None:
        """Tell everyone who listens that something was committed; safe from any thread."""
        for listener in self.heard:
            listener()

    def forget(self) -> None:
        """Leave nothing in memory of words that were read or drawn before: some of them were taken down (H14)."""
        for forget in (note_blocks.cache_clear, decoded.cache_clear, *self.forgetting):
            forget()

    def leave(self) -> None:
        """Tell everyone whose answers would never end by themselves that the server stops."""
        for listener in self.leaving:
            listener()

    def close(self) -> None:
        """Stop the parser's child process and close the store."""
        self.parser.close()
        self.store.close()


def open_newsroom(folder: Path, *, settings: Settings | None = None) -> Newsroom:
    """The coverage in `folder`, ready to work.

    Raises BadSetting where a file of the coverage, the settings or the database is wrong.
    """
    coverage = load(folder)
    settings = settings or load_settings(folder)
    data = settings.data / coverage.name
    data.mkdir(parents=True, exist_ok=True)
    media = data / "media"
    media.mkdir(exist_ok=True)
    return Newsroom(
        coverage=coverage,
        settings=settings,
        store=Store.open(settings.database or f"sqlite:///{data / 'sayso.sqlite3'}", coverage=coverage.name),
        archive=Archive(data / "blobs"),
        media=media,
        reader=reader_for(coverage),
        parser=Parser(),
        door=door_of(settings),
        clock=clock_of(coverage),
    )


def door_of(settings: Settings) -> Door:
    """A door to the outside; one belongs to one event loop."""
    return Door(allow=private_hosts(settings), user_agent=settings.user_agent or f"sayso/{__version__}")


def reader_for(coverage: Coverage) -> Reader:
    """A reader of the coverage's languages that knows its parties, bodies, people and places, with the parser that it
    asks for."""
    languages = coverage.languages or ("en",)  # the switch: a text in any other language comes back unread
    lexicons = {code: lexicon for code, lexicon in load_lexicons().items() if code in languages}
    reader = Reader(lexicons=lexicons, conflict=coverage.conflict, language_of=language_identifier(languages))
    return repaired_by_parser(reader, coverage)


def clock_of(coverage: Coverage) -> Clock:
    """The story's clock for a replay, else the world's."""
    if coverage.replay is None:
        return WorldClock()
    return ReplayClock(opens_at=coverage.replay.opens_at, ends_at=coverage.replay.ends_at)


def private_hosts(settings: Settings) -> frozenset[tuple[str, int]]:
    """The exact private hosts and ports that the operator named; raises BadSetting for one without a port."""
    pairs = set()
    for entry in settings.allow:
        parts = urlsplit(f"//{entry}")
        if not parts.hostname or parts.port is None:
            raise BadSetting(
                f'sayso.toml: allow = ["{entry}"] names no port: write "HOST:PORT", for example "127.0.0.1:8907"'
            )
        pairs.add((parts.hostname, parts.port))
    return frozenset(pairs)
