"""Who has what open at the desk of a coverage: heard of with each page and each beat of an open one, forgotten in a minute."""

import contextlib
import time
from collections import OrderedDict
from datetime import timedelta
from typing import Final

from sayso.desk.presence import in_words
from sayso.errors import TryLater
from sayso.flow.clock import world_now
from sayso.store import Present, Store

#: Who was not heard of for so long has gone.
FORGOTTEN: Final = timedelta(seconds=60)
#: How often the same is written down at most: seconds. A beat may be late by as much again and nobody seems gone.
BEAT_S: Final = 20.0
KEPT: Final = 1_000
#: All open pages ask; the store is asked for all of them at most this often: seconds.
ASK_S: Final = 0.5


class Presence:
    """Who has what open; what is open is told by its path under the coverage's desk."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._noted: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._found: tuple[Present, ...] = ()
        self._asked_s = -ASK_S

    def note(self, who: str, path: str) -> None:
        """Somebody has this open now. Where the database is busy the next beat tells it."""
        now_s = time.monotonic()
        if now_s - self._noted.get((who, path), -BEAT_S) < BEAT_S:
            return
        self._noted[who, path] = now_s
        while len(self._noted) > KEPT:
            self._noted.popitem(last=False)
        now = world_now()
        self._asked_s = -ASK_S
        with contextlib.suppress(TryLater):
            self._store.note_presence(who, path, at=now, forget=now - FORGOTTEN)

    def others(self, me: str | None) -> dict[str, list[str]]:
        """What others than `me` have open, each with the sentences that say who."""
        now_s, since = time.monotonic(), world_now() - FORGOTTEN
        if now_s - self._asked_s > ASK_S:
            self._found, self._asked_s = self._store.present(since=since), now_s
        return in_words(((p.user, p.what) for p in self._found if p.at >= since), me=me)
