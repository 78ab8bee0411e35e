"""The ledger and the tables that pages are drawn from. The only room that knows a table."""

from sayso.store.arrivals import Arrived, Claims, Cursor, Original, Which
from sayso.store.carrying import Snapshot
from sayso.store.checkpoint import Checkpoint, SigningKey, Stamp, read_note, read_verifier, verifier_of
from sayso.store.coding import origin_of
from sayso.store.presence import Present
from sayso.store.proofs import Document, check_document, consistency_document, inclusion_document
from sayso.store.records import (
    ApiToken,
    Erased,
    InboxRow,
    Invitation,
    Problem,
    ShiftNote,
    Since,
    SourceHealth,
    StaffNote,
    Struck,
    Takedown,
    Touched,
    UnreadLine,
    User,
    WebSession,
)
from sayso.store.reprints import is_reprint
from sayso.store.store import Store
from sayso.store.writer import Writer

__all__ = [
    "ApiToken",
    "Arrived",
    "Checkpoint",
    "Claims",
    "Cursor",
    "Document",
    "Erased",
    "InboxRow",
    "Invitation",
    "Original",
    "Present",
    "Problem",
    "ShiftNote",
    "SigningKey",
    "Since",
    "Snapshot",
    "SourceHealth",
    "StaffNote",
    "Stamp",
    "Store",
    "Struck",
    "Takedown",
    "Touched",
    "UnreadLine",
    "User",
    "WebSession",
    "Which",
    "Writer",
    "check_document",
    "consistency_document",
    "inclusion_document",
    "is_reprint",
    "origin_of",
    "read_note",
    "read_verifier",
    "verifier_of",
]
