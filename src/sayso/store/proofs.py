"""Proofs as documents that stand alone: whoever has one needs nothing of ours but this form to check it, offline.

A proof is a JSON object. `kind` is "inclusion" or "consistency"; hashes of the path are in base64, checkpoints are whole signed
notes, `key` is the key that signed them as C2SP writes it. In an inclusion proof `row` holds the fields whose JSON array is the
leaf; `salt` (hex) and `content` are what the row's commitment is the SHA-256 of, or null where they are not told or were erased.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sayso.model.event import Row
from sayso.store.checkpoint import Checkpoint, in_base64, is_signed, read_note, read_verifier
from sayso.store.coding import commitment_of, leaf_of
from sayso.store.columns import iso
from sayso.store.merkle import verify_consistency, verify_inclusion

Document = dict[str, Any]


def inclusion_document(
    row: Row, path: Sequence[bytes], checkpoint: Checkpoint, *, verifier: str, told: bool
) -> Document:
    """The proof that a row is in the ledger that a checkpoint signs; its salt and content only if `told`."""
    content = row.content.decode() if told and row.content is not None else None
    return {
        "kind": "inclusion",
        "row": {"seq": row.seq, "at": iso(row.at), "actor": row.actor, "kind": row.kind, "commitment": row.commitment},
        "salt": row.salt if told else None,
        "content": content,
        "path": [in_base64(step) for step in path],
        "checkpoint": checkpoint.note,
        "key": verifier,
    }


def consistency_document(path: Sequence[bytes], first: Checkpoint, second: Checkpoint, *, verifier: str) -> Document:
    """The proof that the ledger of the second checkpoint begins with all rows of the first, unchanged."""
    return {
        "kind": "consistency",
        "path": [in_base64(step) for step in path],
        "first": first.note,
        "second": second.note,
        "key": verifier,
    }


def check_document(raw: str | bytes, *, key: str | None = None) -> str:
    """What a proof shows, in a sentence.

    `key` is the verifier that the reader trusts; None: the one that the proof names. Raises ValueError with the reason where
    the proof does not hold or is none.
    """
    try:
        proof = json.loads(raw)
        name, public = read_verifier(key or proof["key"])
        path = [base64.b64decode(step, validate=True) for step in proof["path"]]
        check = {"inclusion": _inclusion, "consistency": _consistency}[proof["kind"]]
        shown = check(proof, path, public)
    except (KeyError, TypeError, AttributeError, RecursionError) as err:
        raise ValueError("it is not a proof of ours: a field is missing or of another kind") from err
    return f"{shown} The checkpoints are signed by {name}."


def _signed(note: str, public: bytes) -> tuple[int, bytes]:
    signed = read_note(note)
    if not is_signed(note, name=signed.origin, public=public):
        raise ValueError(f"the checkpoint at {signed.size} rows is not signed by the key")
    return signed.size, signed.root


def _inclusion(proof: Mapping[str, Any], path: Sequence[bytes], public: bytes) -> str:
    size, root = _signed(proof["checkpoint"], public)
    row, salt, content = proof["row"], proof["salt"], proof["content"]
    seq, at, actor, kind, commitment = (row[k] for k in ("seq", "at", "actor", "kind", "commitment"))
    if type(seq) is not int or not verify_inclusion(
        seq - 1, size, leaf_of(seq, at, actor, kind, commitment), path, root
    ):
        raise ValueError(f"row {seq} is not proved to be in the ledger of {size} rows")
    shown = f"Row {seq} ({kind}, {at}) is in the ledger of {size} rows"
    if content is None or salt is None:
        return f"{shown}; its content is not told."
    if commitment_of(bytes.fromhex(salt), content.encode()) != commitment:
        raise ValueError(f"the content is not that of row {seq}")
    return f"{shown}, with this content."


def _consistency(proof: Mapping[str, Any], path: Sequence[bytes], public: bytes) -> str:
    first, first_root = _signed(proof["first"], public)
    second, second_root = _signed(proof["second"], public)
    if not verify_consistency(first, second, path, first_root, second_root):
        raise ValueError(f"the ledger of {second} rows is not proved to begin with the first {first}")
    return f"The ledger of {second} rows begins with the {first} rows of the earlier checkpoint, unchanged."
