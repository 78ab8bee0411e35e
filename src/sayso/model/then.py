"""The other times at which a page that stood can be looked at."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """When there is something to see: from the first day with entries (`begin`, its first minute) to the page as it stands
    (`end`), and the times of the entries of the day that is looked at, in order. All aware."""

    begin: datetime
    end: datetime
    moments: tuple[datetime, ...] = ()
