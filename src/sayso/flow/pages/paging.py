"""Where the next page of a list begins: a token that an address can hold."""

from datetime import UTC, datetime, timedelta
from typing import Final

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def paging_token(at: datetime, id_: str) -> str:
    """Where the next page begins: the microsecond and id of the last one listed."""
    return f"{(at - EPOCH) // timedelta(microseconds=1)}-{id_}"


def paging_pair(token: str) -> tuple[datetime, str] | None:
    """The time and id of a paging token, None if it is none."""
    micros, dash, post_id = token.partition("-")
    if not dash or not micros.isdecimal() or len(micros) > 17:
        return None
    seconds, rest = divmod(int(micros), 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest), post_id
