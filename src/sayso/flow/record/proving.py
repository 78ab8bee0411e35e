"""Proofs from a coverage's ledger: that a row is in it, and that it only ever grew."""

from sayso.errors import Refused
from sayso.flow.newsroom import Newsroom
from sayso.flow.record.signing import sign_checkpoint, signing_key
from sayso.store import Checkpoint, Document, check_document, consistency_document, inclusion_document


def prove_row(room: Newsroom, seq: int, *, size: int | None = None) -> Document:
    """The proof for a row, its salt and content included (for the desk), in the signed checkpoint of that size.

    Without a size in the first checkpoint that holds it; one is signed now where none does. Raises Refused where there is
    no such row or checkpoint.
    """
    if not 0 < seq <= room.store.size():
        raise Refused(f"there is no row {seq}: the ledger has rows 1 to {room.store.size()}")
    holding = [c for c in room.store.checkpoints() if c.size >= seq and size in (None, c.size)]
    if not holding and size is not None:
        raise Refused(f"no checkpoint at {size} rows holds row {seq}; {_sizes(room)}")
    checkpoint = holding[0] if holding else sign_checkpoint(room)
    return _inclusion(room, seq, checkpoint, told=True)


def prove_statement(room: Newsroom, statement_id: str, *, told: bool) -> Document | None:
    """The proof for the row with which a statement came in; its words only if `told`.

    None where there is no such statement (any more), and until a checkpoint holds it.
    """
    seq = room.store.row_of(statement_id)
    holding = [c for c in room.store.checkpoints() if seq is not None and c.size >= seq]
    return None if seq is None or not holding else _inclusion(room, seq, holding[0], told=told)


def prove_consistent(room: Newsroom, first: int, second: int) -> Document:
    """The proof from one signed checkpoint to a later one. Raises Refused where there are no two of these sizes."""
    signed = {c.size: c for c in room.store.checkpoints()}
    if not 0 < first <= second or not {first, second} <= set(signed):
        raise Refused(f"there are no checkpoints at {first} and, later, {second} rows; {_sizes(room)}")
    path = room.store.consistency(first, second)
    return consistency_document(path, signed[first], signed[second], verifier=signing_key(room).verifier)


def check_proof(raw: str | bytes, *, key: str | None) -> str:
    """What a proof shows, in a sentence. Raises Refused with the reason where it does not hold."""
    try:
        return check_document(raw, key=key)
    except ValueError as err:
        raise Refused(f"the proof does not hold: {err}") from err


def _inclusion(room: Newsroom, seq: int, checkpoint: Checkpoint, *, told: bool) -> Document:
    (row,) = room.store.rows(seq - 1, 1)
    path = room.store.inclusion(seq, checkpoint.size)
    return inclusion_document(row, path, checkpoint, verifier=signing_key(room).verifier, told=told)


def _sizes(room: Newsroom) -> str:
    sizes = [str(c.size) for c in room.store.checkpoints() if c.size]
    return f"there are checkpoints at {', '.join(sizes[-20:])} rows" if sizes else "no checkpoint is signed yet"
