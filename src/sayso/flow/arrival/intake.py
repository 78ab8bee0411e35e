"""The path of one statement: fetch, keep, parse, state, read, decide, post.

The bytes are on disk before anything parses them, and each item is one transaction, so that a process that is killed
at any moment goes on where it was: a capture without its `parsed` row is parsed again from the kept bytes, and an item
that is already stated in the same words is nothing new.
"""

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from sayso.errors import SaysoError, SourceChanged
from sayso.fetch import Answer, Limits
from sayso.flow.arrival.originating import origin_for
from sayso.flow.arrival.publishing import everywhere, going_out
from sayso.flow.arrival.reading import read_as, read_statement
from sayso.flow.clock import world_now
from sayso.flow.newsroom import Newsroom
from sayso.model.coverage import Source
from sayso.model.event import Captured, Gone, Parsed, Stated
from sayso.model.statement import Capture, Item, Statement
from sayso.sources import Context

log = structlog.get_logger()

INTAKE = "intake"  # the actor of these rows in the ledger

#: Kinds of source that show a window of several items: what is missing from inside the window was removed. A page
#: that shows only its newest text removes nothing by showing another.
WINDOWED = ("feed", "live_page")

#: An item whose date its source changes by so much makes another claim about when it was said.
A_MOVE = timedelta(hours=12)


async def poll(room: Newsroom, source: Source) -> int:
    """How many statements came in from one fetch of a source.

    Raises TryLater, Refused or SourceChanged as the door and the parser do; what was fetched is kept first.
    """
    known = room.store.fetch_state(source.name)
    answer = await room.door.get(
        source.url, limits=limits_of(source), etag=known.etag, last_modified=known.last_modified
    )
    taken = 0 if answer.not_modified else await asyncio.to_thread(keep_and_take_in, room, source, answer)
    room.store.note_fetch(
        source.name,
        at=world_now(),
        ok=True,
        etag=answer.header("etag") or (known.etag if answer.not_modified else None),
        last_modified=answer.header("last-modified") or (known.last_modified if answer.not_modified else None),
    )
    return taken


def limits_of(source: Source) -> Limits:
    """Size and time limits of a fetch by kind: feeds 2 MiB, pages 5 MiB, all within 30 seconds (unpacked bytes)."""
    return Limits(max_bytes=2 * 2**20 if source.kind == "feed" else 5 * 2**20, total_s=30.0)


def keep_and_take_in(room: Newsroom, source: Source, answer: Answer) -> int:
    """How many statements came in from an answer: keep its bytes, record the capture, then take in its items."""
    last = room.store.last_capture(source.name)
    if last is not None and last.sha256 == hashlib.sha256(answer.body).hexdigest():
        return take_in_again(room, source, last, answer.body)
    sha256 = room.archive.keep(answer.body)
    now = world_now()
    capture = Capture(
        id=short_hash(source.name, answer.url, now.isoformat(), sha256),
        source=source.name,
        url=answer.url,
        fetched_at=now,
        sha256=sha256,
        size_bytes=len(answer.body),
        media_type=answer.media_type,
        headers=answer.headers,
    )
    with room.store.write(actor=INTAKE, at=now) as w:
        w.append(Captured(capture=capture))
    return take_in_capture(room, source, capture, answer.body)


def take_in_again(room: Newsroom, source: Source, last: Capture, body: bytes) -> int:
    """How many statements came in from the very bytes of the last capture, of a server that ignores conditions.

    None, and the bytes are not kept again (a takedown may have erased them); unless a fault of ours left the capture
    waiting. Raises SourceChanged where they could not be read before: an error page does not become well by staying.
    """
    if any(c.id == last.id for c in room.store.pending_captures()):
        return take_in_capture(room, source, last, body)
    if room.store.fetch_state(source.name).error is not None:
        room.parser.parse(source.kind, body, context_of(room, source, last))
    return 0


def resume(room: Newsroom) -> int:
    """How many statements came in from captures that were kept but not finished when the process ended."""
    taken = 0
    for capture in room.store.pending_captures():
        source = room.coverage.source(capture.source)
        body = room.archive.read(capture.sha256)
        if source is None or body is None:
            why = (
                "the coverage no longer lists the source"
                if source is None
                else "its bytes are no longer in the archive"
            )
            finish(room, capture, items=0, unread=(f"capture {capture.id} was not read: {why}",), erased=body is None)
            continue
        try:
            taken += take_in_capture(room, source, capture, body)
        except SaysoError as err:
            log.warning("intake.not_resumed", source=source.name, capture=capture.id, error=str(err))
            room.store.note_fetch(source.name, at=world_now(), ok=False, error=str(err))
        except Exception as err:  # it waits for the next start; the others do not
            log.exception("intake.resume_broke_us", source=source.name, capture=capture.id)
            room.store.note_fetch(source.name, at=world_now(), ok=False, error=fault_in_words(err))
    return taken


def fault_in_words(err: Exception) -> str:
    """What `sayso status` says of a source that an error of our own keeps from being read."""
    return f"a fault in sayso: {err!r}; its bytes are kept, report the fault and start sayso again once it is mended"


def take_in_capture(room: Newsroom, source: Source, capture: Capture, body: bytes) -> int:
    """How many statements came in from a kept capture. A capture that cannot be parsed is finished with the reason
    (`sayso status` lists it) and raises SourceChanged."""
    try:
        found = room.parser.parse(source.kind, body, context_of(room, source, capture))
    except SourceChanged as err:
        finish(room, capture, items=0, unread=(f"{source.name}: {err}",))
        raise
    taken = sum(take_in(room, source, item, capture) for item in found.items)
    guarded = [i for i in found.items if room.store.is_guarded(source.name, i.key, i.text)]
    if is_newest(room, capture):
        note_disappearances(room, source, found.items)
    told = (u for u in found.unread if not any(i.key[:100] in u for i in guarded))  # a key may hold a headline
    unread = tuple(f"{source.name}: {u}" for u in told)
    if guarded:  # it holds words that were taken down; a crash before the row below leaves a capture without bytes
        room.archive.erase(capture.sha256)
    finish(room, capture, items=len(found.items), unread=unread, erased=bool(guarded))
    return taken


def context_of(room: Newsroom, source: Source, capture: Capture) -> Context:
    """What a parser is told about the bytes."""
    return Context(
        source=source.name,
        url=capture.url,
        media_type=capture.media_type,
        headers=capture.headers,
        zone=room.coverage.zone,
        fetched_at=room.clock.now(),
    )


def take_in(room: Newsroom, source: Source, item: Item, capture: Capture) -> bool:
    """Whether the item was new or changed: then it is stated, read, decided and posted in one transaction."""
    before = room.store.latest(source.name, item.key)
    if before and says_the_same(before, item) and room.store.statement_state(before.id) != "gone":
        return False
    if before and not is_newest(room, capture):
        return False  # resumed late: what has come in since is newer than these words
    if room.store.is_guarded(source.name, item.key, item.text):
        return False
    statement = statement_of(source, item, capture, before, seen_at=room.clock.now())
    read = read_statement(room.reader, room.coverage, source, statement)
    with room.store.write(actor=INTAKE, at=world_now()) as w:
        if w.has_statement(statement.id) or w.is_guarded(source.name, item.key, item.text):
            return False  # another poll was faster, or an editor took it down meanwhile
        origin = origin_for(room.coverage, statement, read.reading, ledger=w)
        if origin:
            read = read_as(room.coverage, statement, read.reading, origin=origin)
        w.append(Stated(statement=statement, origin=origin))
        w.append(read)
        for event in going_out(room.coverage, source, statement, read, ledger=w, now=room.clock.now()):
            w.append(event)
    room.changed()
    return True


def is_newest(room: Newsroom, capture: Capture) -> bool:
    """Whether nothing was captured from the source after this."""
    last = room.store.last_capture(capture.source)
    return last is None or last.id == capture.id


def says_the_same(before: Statement, item: Item) -> bool:
    """Whether the newest version of a statement has the item's very words and media, and was not moved in time."""
    return before.text == item.text and before.enclosures == item.enclosures and not was_moved(before, item)


def was_moved(before: Statement, item: Item) -> bool:
    """Whether the source now gives another day. Less is no move: some feeds date all that they show by the minute.

    The standing summary of a live page has the date of the page, which moves with every entry: that is no move of its own.
    """
    if item.entry_kind == "summary" or before.published_at is None or item.published_at is None:
        return False
    return abs(item.published_at - before.published_at) >= A_MOVE


def statement_of(
    source: Source, item: Item, capture: Capture | None, before: Statement | None, *, seen_at: datetime
) -> Statement:
    """The statement that an item makes; its id comes from content, so that taking in twice is harmless."""
    replaces = before.id if before else None
    return Statement(
        id=short_hash(source.name, item.key, item.text, *(e.url for e in item.enclosures), replaces or ""),
        source=source.name,
        key=item.key,
        version=before.version + 1 if before else 1,
        text=item.text,
        parts=item.parts,
        first_seen_at=seen_at,
        capture=capture.id if capture else None,
        replaces=replaces,
        title=item.title,
        url=item.url,
        published_at=item.published_at,
        lang=item.lang or source.lang,
        entry_kind=item.entry_kind,
        speaker=item.speaker,
        credit=item.credit,
        enclosures=item.enclosures,
    )


def note_disappearances(room: Newsroom, source: Source, shown: Sequence[Item]) -> None:
    """Record statements that the source no longer shows although its window still reaches back to them.

    An item that only scrolled out of a feed's window is not gone: the window must hold something older.
    """
    if source.kind not in WINDOWED or not shown:
        return
    keys = {i.key for i in shown}
    oldest = window_end([i.published_at for i in shown if i.published_at])
    now = world_now()
    for key in room.store.live_keys(source.name):
        missing = None if key in keys else room.store.latest(source.name, key)
        if missing and oldest and missing.published_at and missing.published_at > oldest:
            with room.store.write(actor=INTAKE, at=now) as w:
                w.append(Gone(statement=missing.id, last_seen_at=last_answer_at(room, source)))
                w.append(everywhere(missing.id, ledger=w))
            room.changed()


def last_answer_at(room: Newsroom, source: Source) -> datetime:
    """When the source last answered before now: until then it showed what is now missing. In a story's time the clock
    runs too fast for that, and it is now."""
    known = room.store.fetch_state(source.name)
    if known.ok_at is None or room.coverage.replay is not None:
        return room.clock.now()
    return room.clock.now() - (world_now() - known.ok_at)


def window_end(times: Sequence[datetime]) -> datetime | None:
    """The oldest time that a source's window reaches back to without a gap; None where its order does not show it.

    Times in their order on the source. An old item pinned on top, or added with an old date, is no part of the window:
    were it believed, all that ever scrolled out would count as removed.
    """
    for order in (list(times), list(reversed(times))):
        run = len(order)
        while run > 1 and order[run - 2] >= order[run - 1]:
            run -= 1
        if order and len(order) - run + 1 > len(order) / 2:
            return order[-1]
    return None


def finish(room: Newsroom, capture: Capture, *, items: int, unread: tuple[str, ...], erased: bool = False) -> None:
    """Record that a capture is done with, what in it could not be read, and whether its bytes are erased."""
    with room.store.write(actor=INTAKE, at=world_now()) as w:
        w.append(Parsed(capture=capture.id, items=items, unread=unread, erased=erased))


def short_hash(*fields: str) -> str:
    """The first 20 hex digits (80 bits) of the SHA-256 over the fields, each ended by a NUL."""
    digest = hashlib.sha256()
    for field in fields:
        digest.update(field.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()[:20]
