"""The clock's saved state: where the story is, so that a server that was killed goes on and never goes back.

The file holds a time that the story may reach before the next save; the server never shows a later one. So what was
published once is still published after a kill at any moment: nothing seems to vanish from a source.
"""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What stands in the file."""

    story: datetime
    day_s: float


def save(path: Path, *, story: datetime, day_s: float) -> None:
    """Write the file as a whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("w", encoding="utf-8") as out:
        json.dump({"story": story.isoformat(), "day_s": day_s}, out)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(path)


def saved(path: Path) -> Saved | None:
    """The saved state, None where there is none; a file that is broken counts as none, with a warning."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        story = datetime.fromisoformat(found["story"])
        if story.tzinfo is None:
            raise ValueError("no offset")
        return Saved(story=story, day_s=float(found["day_s"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as err:
        log.warning("replay.state_unreadable", file=str(path), error=str(err), then="the story begins where it opens")
        return None
