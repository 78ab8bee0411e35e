"""Time-stamps of an outside authority (RFC 3161) on signed checkpoints: that they were there at a time, whoever holds our key.

Asked through the guarded door, at most once in `timestamp_minutes`. An authority that does not answer, or not rightly, stops
nothing: it is noted, and asked again later.
"""

import asyncio
import hashlib
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import httpx
import structlog
from cryptography import x509

from sayso.errors import BadSetting, Refused, SaysoError, TryLater
from sayso.fetch import Limits
from sayso.flow.clock import world_now
from sayso.flow.newsroom import Newsroom
from sayso.store import Checkpoint, Stamp

log = structlog.get_logger()

LIMITS: Final = Limits(max_bytes=256 * 2**10, total_s=30.0)
LOOK_S: Final = 60.0
EXTRA: Final = "time-stamps need the extra: pip install 'sayso[stamp]'"


async def stamp_for_ever(room: Newsroom) -> None:
    """Ask for a stamp whenever one is due, until cancelled."""
    while True:
        try:
            await stamp_due(room)
        except SaysoError as err:
            log.error("ledger.not_stamped", error=str(err))
        await asyncio.sleep(LOOK_S)


async def stamp_due(room: Newsroom) -> Stamp | None:
    """The new stamp on the latest checkpoint, stored with it; None where none is due.

    Raises TryLater where the authority does not answer, Refused where it answers wrongly, BadSetting where the settings lack
    what is needed.
    """
    checkpoint, stamps = await asyncio.to_thread(lambda: (room.store.last_checkpoint(), room.store.stamps()))
    if not room.settings.timestamp_url or checkpoint is None:
        return None
    pause = timedelta(minutes=room.settings.timestamp_minutes)
    if any(s.size == checkpoint.size or world_now() - s.at < pause for s in stamps):
        return None
    response = await ask(room, checkpoint)
    made = Stamp(
        size=checkpoint.size,
        origin=checkpoint.origin,
        at=world_now(),
        url=room.settings.timestamp_url,
        response=response,
    )
    await asyncio.to_thread(room.store.add_stamp, made)
    log.info("ledger.stamped", size=made.size)
    return made


async def ask(room: Newsroom, checkpoint: Checkpoint) -> bytes:
    """The authority's answer over a checkpoint's note, verified. Raises as `stamp_due`."""
    tsp, roots = library(), _roots(room)
    asked = (
        tsp.TimestampRequestBuilder().data(checkpoint.note.encode()).hash_algorithm(tsp.HashAlgorithm.SHA256).build()
    )
    headers = {"content-type": "application/timestamp-query"}
    request = httpx.Request("POST", room.settings.timestamp_url, headers=headers, content=asked.as_bytes())
    answer = await room.door.send(request, limits=LIMITS)
    if answer.status_code != 200:
        raise TryLater(f"{room.settings.timestamp_url} answers {answer.status_code} to a request for a time-stamp")
    wrong = fault_of(checkpoint.note, answer.content, roots=roots, nonce=asked.nonce)
    if wrong is not None:
        raise Refused(f"{room.settings.timestamp_url} gives a time-stamp that does not hold: {wrong}")
    return answer.content


def fault_of(note: str, response: bytes, *, roots: list[x509.Certificate], nonce: int | None = None) -> str | None:
    """Why a response is no granted stamp over a note by an authority under these roots, None where it is one."""
    tsp = library()
    try:
        answer = tsp.decode_timestamp_response(response)
        imprint = answer.tst_info.message_imprint.message if answer.status == 0 else b""
        if answer.status == 0 and imprint != hashlib.sha256(note.encode()).digest():
            return "it is over something else"
        tsp.VerifierBuilder(roots=list(roots), nonce=nonce).build().verify_message(answer, note.encode())
    except (ValueError, TypeError, tsp.VerificationError) as err:
        return str(err).splitlines()[0][:300] or type(err).__name__
    return None


def wrong_stamps(room: Newsroom) -> Any:
    """What `Store.verify` asks about each stamp; None where there are none to ask about, or nothing to hold them to."""
    if not room.settings.timestamp_root or not room.store.stamps():
        return None
    roots = _roots(room)
    return lambda note, response: fault_of(note, response, roots=roots)


def library() -> Any:
    """The library of the extra. Raises BadSetting where it is not installed."""
    try:
        import rfc3161_client  # noqa: PLC0415 - the default install does without
    except ImportError as err:
        raise BadSetting(EXTRA) from err
    return rfc3161_client


def _roots(room: Newsroom) -> list[x509.Certificate]:
    if room.settings.timestamp_root is None:
        raise BadSetting('sayso.toml: timestamp_url needs timestamp_root = "FILE.pem", the certificate of its root')
    return _read_roots(room.settings.timestamp_root)


@cache
def _read_roots(path: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as err:
        raise BadSetting(f"{path}: not a file of certificates in PEM ({err}); timestamp_root names it") from err
