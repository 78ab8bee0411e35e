"""Records as canonical bytes and back: what is hashed, what is stored, one form for both."""

import hashlib
import re
from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar, cast

import msgspec

from sayso.model.event import EVENTS, Event
from sayso.store.merkle import leaf_hash

T = TypeVar("T")

_NO_LETTERS = re.compile(r"[\W_]+")
_encoder = msgspec.json.Encoder(order="deterministic")


def encode(record: object) -> bytes:
    """A record as canonical JSON: keys in order, no white space, times with their zone."""
    return _encoder.encode(record)


def decode(body: bytes, kind: type[T]) -> T:
    """The record of that type in canonical JSON. Raises msgspec.ValidationError where it is none."""
    found: T = _decoder(cast(Hashable, kind)).decode(body)
    return found


def decode_event(kind: str, body: bytes) -> Event:
    """The event in the content of a ledger row of that kind."""
    event: Event = _decoder(cast(Hashable, EVENTS[kind])).decode(body)
    return event


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def commitment_of(salt: bytes, body: bytes) -> str:
    """The hex SHA-256 over salt and content: it proves the content and tells nothing once both are erased."""
    return hashlib.sha256(salt + body).hexdigest()


def leaf_of(seq: int, at: str, actor: str, kind: str, commitment: str) -> bytes:
    """The Merkle leaf of a row: RFC 9162's leaf hash over the row's fields as a JSON array; `at` as `iso` writes it."""
    return leaf_hash(_encoder.encode([seq, at, actor, kind, commitment]))


def origin_of(text: str) -> str:
    """One hash for all reprints of a text: case, white space and punctuation do not count."""
    letters = _NO_LETTERS.sub("", text.casefold())
    return hashlib.sha256(letters.encode("utf-8", "surrogatepass")).hexdigest()
