"""Times as sources write them: aware, with the publisher's own offset kept; the coverage's zone where none is given."""

import re
from datetime import datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime

#: Publishers' clocks differ: this much ahead of ours is not yet the future.
CLOCKS_DIFFER = timedelta(minutes=10)
#: No feed is older than feeds.
FIRST_YEAR = 1990

NAMED_ZONE = re.compile(r"\b[A-Z]{3,4}$")


def moment(text: object, zone: tzinfo) -> datetime | None:
    """The time that an ISO 8601 or RFC 822 string states; None where it states none."""
    if not isinstance(text, str) or not text.strip() or len(text) > 100:
        return None
    return iso_moment(text.strip(), zone) or mail_moment(text.strip(), zone)


def iso_moment(text: str, zone: tzinfo) -> datetime | None:
    """The time of an ISO 8601 string."""
    try:
        return in_range(aware(datetime.fromisoformat(re.sub(r"\s+", "T", text, count=1)), zone))
    except (ValueError, OverflowError):
        return None


def mail_moment(text: str, zone: tzinfo) -> datetime | None:
    """The time of an RFC 822 string, as RSS has them."""
    try:
        return in_range(aware(parsedate_to_datetime(text), zone))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def aware(at: datetime, zone: tzinfo) -> datetime:
    """The time with its offset, the coverage's where it has none."""
    return at if at.tzinfo else at.replace(tzinfo=zone)


def in_range(at: datetime) -> datetime | None:
    """The time, if it can be computed with."""
    return at if 1 < at.year < 9999 else None


def doubt_about(at: datetime | None, now: datetime) -> str | None:
    """Why a time may be wrong, as the end of a sentence; None where nothing speaks against it."""
    if at is None:
        return None
    if at > now + CLOCKS_DIFFER:
        return f"is dated in the future ({at.isoformat()})"
    return f"is dated before there were feeds ({at.isoformat()})" if at.year < FIRST_YEAR else None
