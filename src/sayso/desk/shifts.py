"""When somebody left the desk, from what they did there."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

#: Who did nothing for so long had left. A break is shorter, a night's sleep is longer.
AWAY: Final = timedelta(hours=2)


def left_at(acts: Iterable[datetime], *, now: datetime) -> datetime | None:
    """The time of the last act before somebody was away, of acts given newest first; None where they never were."""
    after = now
    for at in acts:
        if after - at >= AWAY:
            return at
        after = at
    return None
