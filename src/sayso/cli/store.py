"""`sayso store`: verify and rebuild the ledger of a coverage, and prove what is in it."""

import json
import sys
from pathlib import Path
from typing import BinaryIO

import click

from sayso.errors import Refused
from sayso.flow.newsroom import open_newsroom
from sayso.flow.record.proving import check_proof, prove_consistent, prove_row
from sayso.flow.record.signing import problems_of
from sayso.store import read_note


@click.group()
def store() -> None:
    """Verify and rebuild the ledger of a coverage, and prove what is in it."""


@store.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option(
    "--kept",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A signed checkpoint that somebody kept: the ledger must still have it; repeatable.",
)
def verify(folder: Path, kept: tuple[Path, ...]) -> None:
    """Check every row, proof, checkpoint, original and picture; name each that was changed, dropped or is missing."""
    room = open_newsroom(folder)
    try:
        problems = problems_of(room, kept=[note_in(path) for path in kept])
        size = room.store.size()
        signed = f"{len(room.store.checkpoints())} checkpoints, {len(room.store.stamps())} of them time-stamped"
        if room.store.stamps() and room.settings.timestamp_root is None:
            signed += " (not checked: set timestamp_root in sayso.toml)"
    finally:
        room.close()
    for problem in problems:
        click.echo(problem)
    if problems:
        click.echo(f"{len(problems)} problems in {size} rows", err=True)
        sys.exit(1)
    click.echo(f"{size} rows verify; {signed}", err=True)


def note_in(path: Path) -> str:
    """The checkpoint in a file. Raises Refused where there is none."""
    note = path.read_text(encoding="utf-8", errors="replace")
    try:
        read_note(note)
    except ValueError as err:
        raise Refused(f"{path}: not a signed checkpoint; keep what /c/NAME/ledger/checkpoint gives, as it is") from err
    return note


@store.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
def rebuild(folder: Path) -> None:
    """Make the tables that pages are drawn from anew, from the ledger alone."""
    room = open_newsroom(folder)
    try:
        size = room.store.size()
        rows = room.store.rebuild(lambda applied: click.echo(f"{applied} of {size} rows", err=True))
    finally:
        room.close()
    click.echo(f"{rows} rows applied", err=True)


@store.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--row", type=int, metavar="N", help="That row N is in the ledger, with its content.")
@click.option("--checkpoint", type=int, metavar="SIZE", help="With --row: in the checkpoint at so many rows.")
@click.option(
    "--consistent", type=(int, int), metavar="A B", help="That the ledger of checkpoint B begins with all rows of A."
)
def prove(folder: Path, row: int | None, checkpoint: int | None, consistent: tuple[int, int] | None) -> None:
    """Print a proof from the ledger as JSON that anybody can check offline (sayso store check-proof)."""
    if (row is None) == (consistent is None):
        raise click.UsageError("say what to prove: --row N, or --consistent A B")
    room = open_newsroom(folder)
    try:
        proof = prove_consistent(room, *consistent) if consistent else prove_row(room, row or 0, size=checkpoint)
    finally:
        room.close()
    click.echo(json.dumps(proof, ensure_ascii=False, indent=1))


@store.command("check-proof")
@click.argument("file", type=click.File("rb"))
@click.option("--key", help="The key that you trust, as /c/NAME/ledger/key gives it; without it the proof's own.")
def check_proof_in(file: BinaryIO, key: str | None) -> None:
    """Check a proof in FILE (- for standard input); needs no coverage, no database and no network."""
    click.echo(check_proof(file.read(), key=key))
