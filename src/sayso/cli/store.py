"""`sayso store`: verify and rebuild the ledger of a coverage."""

import sys
from pathlib import Path

import click

from sayso.errors import Refused
from sayso.flow.newsroom import open_newsroom
from sayso.flow.signing import problems_of
from sayso.store import read_note


@click.group()
def store() -> None:
    """Verify and rebuild the ledger of a coverage."""


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
    finally:
        room.close()
    for problem in problems:
        click.echo(problem)
    if problems:
        click.echo(f"{len(problems)} problems in {size} rows", err=True)
        sys.exit(1)
    click.echo(f"{size} rows verify", err=True)


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
        rows = room.store.rebuild()
    finally:
        room.close()
    click.echo(f"{rows} rows applied", err=True)
