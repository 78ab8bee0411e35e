"""Whether signed checkpoints are whole, follow on each other, and are of the rows that are there."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from sayso.store.checkpoint import Checkpoint, Signed, is_signed, note_hash, read_note
from sayso.store.records import Problem

#: Stands for what should be a time and is none.
NO_TIME: Final = datetime.min.replace(tzinfo=UTC)


def wrong_checkpoints(
    checkpoints: Sequence[Checkpoint], roots: Mapping[int, bytes], *, keys: Sequence[bytes], handed_out: Sequence[str]
) -> Iterator[Problem]:
    """Yield what is wrong with each checkpoint, and each that is missing.

    `roots` are those of the rows as they are, by how many rows; a size that they lack is more than there are. `keys`
    and `handed_out` as in `Store.verify`.
    """
    read = {one.note: _read(one) for one in checkpoints}
    for one in checkpoints:
        for what in _wrong(one, read[one.note], keys):
            yield _problem(one.size, what)
        yield from _unlike_rows(one.size, one.root, roots)
    hashes = {note_hash(note) for note in read}
    for size, signed in ((one.size, read[one.note]) for one in checkpoints):
        if signed and signed.after and signed.after[1] not in hashes:
            yield _problem(signed.after[0], f"missing or altered: the checkpoint at {size} rows follows on it")
    for note in handed_out:
        signed = read_note(note)
        if note not in read:
            yield _problem(signed.size, "missing or altered: it was signed and handed out")
            yield from _unlike_rows(signed.size, signed.root, roots)
        if keys and not _is_signed(note, signed.origin, keys):
            yield _problem(signed.size, "as it was handed out, it is not signed by a key of this coverage")


def _problem(size: int, what: str) -> Problem:
    return Problem(where=f"checkpoint at {size} rows", what=what)


def _read(one: Checkpoint) -> Signed | None:
    try:
        return read_note(one.note)
    except ValueError:
        return None


def _wrong(one: Checkpoint, signed: Signed | None, keys: Sequence[bytes]) -> Iterator[str]:
    """What is wrong with one checkpoint, looked at alone."""
    if (
        signed is None
        or signed[:3] != (one.origin, one.size, one.root)
        or one.at != (signed.at or one.at)
        or one.at == NO_TIME
    ):
        yield "its signed text was altered, or what stands beside it"
    elif keys and not _is_signed(one.note, one.origin, keys):
        yield "its signature is not by a key of this coverage"


def _is_signed(note: str, name: str, keys: Sequence[bytes]) -> bool:
    return any(is_signed(note, name=name, public=public) for public in keys)


def _unlike_rows(size: int, root: bytes, roots: Mapping[int, bytes]) -> Iterator[Problem]:
    if size not in roots:
        yield _problem(size, f"the ledger has only {max(roots)} rows or fewer: the others were cut off")
    elif root != roots[size]:
        yield _problem(size, "the rows up to it are not those that were signed")
