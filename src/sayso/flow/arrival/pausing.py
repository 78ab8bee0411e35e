"""Sources that the desk does not want asked for a while, kept beside the coverage's files over restarts; and asking at once."""

import json
from typing import Final

from sayso.errors import Refused
from sayso.flow.newsroom import Newsroom
from sayso.flow.shift.staff import Staff
from sayso.store import Store

_KEY: Final = "paused_sources"


def paused_sources(store: Store) -> frozenset[str]:
    """The names of the sources that are paused."""
    return _names(store.setting(_KEY))


def pause(room: Newsroom, source: str, *, who: str) -> None:
    """Do not ask a source until it is resumed. Readers see that it is paused. Raises Refused where there is none."""
    _set(room, source, paused=True)
    Staff(room.store).note(who, "paused a source", source)


def resume_source(room: Newsroom, source: str, *, who: str) -> None:
    """Ask a source again, at once. Raises Refused where there is none of that name."""
    _set(room, source, paused=False)
    Staff(room.store).note(who, "resumed a source", source)


def ask_now(room: Newsroom, source: str, *, who: str) -> None:
    """Have a source asked within a second or two. Raises Refused where there is none, or it is paused."""
    _known(room, source)
    if source in paused_sources(room.store):
        raise Refused("It is paused: resume it, and it is asked at once.")
    room.ask_now.add(source)
    Staff(room.store).note(who, "asked a source", source)


def _set(room: Newsroom, source: str, *, paused: bool) -> None:
    _known(room, source)

    def change(kept: bytes | None) -> bytes:
        return json.dumps(sorted(_names(kept) - {source} | ({source} if paused else set()))).encode()

    room.store.change_setting(_KEY, change)
    room.changed()


def _names(kept: bytes | None) -> frozenset[str]:
    return frozenset(json.loads(kept)) if kept else frozenset()


def _known(room: Newsroom, source: str) -> None:
    if room.coverage.source(source) is None:
        raise Refused(f"The coverage has no source “{source}” (any more).")
