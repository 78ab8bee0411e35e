"""How a coverage does, in words: each source, what could not be read, what waits for an editor."""

from typing import Any

from sayso.flow.newsroom import Newsroom


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
    health = {h.source: h for h in room.store.health()}
    out = []
    for source in room.coverage.sources:
        known = health.get(source.name)
        if known is None:
            words = "not fetched yet"
        elif known.error:
            last = f"last answer {known.ok_at:%Y-%m-%d %H:%M} UTC" if known.ok_at else "no answer yet"
            words = f"could not be fetched: {known.error} ({last})"
        else:
            words = f"fetched {known.ok_at:%Y-%m-%d %H:%M} UTC"
        out.append({"name": source.name, "title": source.title, "words": words, "failing": bool(known and known.error)})
    return out
