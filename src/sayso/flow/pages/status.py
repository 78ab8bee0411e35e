"""How a coverage does, in words: each source, what could not be read, what waits for an editor."""

from datetime import datetime
from typing import Any

from sayso.flow.arrival.pausing import paused_sources
from sayso.flow.newsroom import Newsroom
from sayso.publish.pages import city


def status_of(room: Newsroom) -> dict[str, Any]:
    """Title, ledger size, statements by state, each source's health in words, and all that could not be read."""
    return {
        "title": room.coverage.title,
        "rows": room.store.size(),
        "public": room.store.public_n(),
        "states": dict(room.store.counts_by_state()),
        "sources": sources_in_words(room),
        "unread": [str(u) for u in room.store.unread()],
    }


def sources_in_words(room: Newsroom) -> list[dict[str, Any]]:
    """For each source of the coverage: whether it answers, since when not and why; one never asked says so."""
    health, paused = {h.source: h for h in room.store.health()}, paused_sources(room.store)
    out = []
    for source in room.coverage.sources:
        known, stopped = health.get(source.name), source.name in paused
        if stopped:
            words = "not asked: paused by the desk"
        elif known is None:
            words = "not fetched yet"
        elif known.error:
            last = f"last answer {there(known.ok_at, room)}" if known.ok_at else "no answer yet"
            words = f"could not be fetched: {known.error} ({last})"
        else:
            words = f"fetched {there(known.ok_at, room)}" if known.ok_at else "not fetched yet"
        out.append(
            {
                "name": source.name,
                "title": source.title,
                "words": words,
                "failing": stopped or bool(known and known.error),
            }
        )
    return out


def there(at: datetime, room: Newsroom) -> str:
    """A time in the coverage's zone, which it names."""
    return f"{at.astimezone(room.coverage.tz):%Y-%m-%d %H:%M} {city(room.coverage)}"
