"""`sayso store`: verify and rebuild the ledger of a coverage."""

import sys
from pathlib import Path

import click

from sayso.flow.newsroom import open_newsroom


@click.group()
def store() -> None:
    """Verify and rebuild the ledger of a coverage."""


@store.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
def verify(folder: Path) -> None:
    """Check every row, proof, checkpoint and blob; name each one that was changed, dropped or is missing."""
    room = open_newsroom(folder)
    try:
        problems = room.store.verify(has_blob=lambda sha256: room.archive.read(sha256) is not None)
        size = room.store.size()
    finally:
        room.close()
    for problem in problems:
        click.echo(problem)
    if problems:
        click.echo(f"{len(problems)} problems in {size} rows", err=True)
        sys.exit(1)
    click.echo(f"{size} rows verify", err=True)


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
