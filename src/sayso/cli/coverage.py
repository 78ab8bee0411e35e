"""`sayso coverage`: start a coverage of your own, and check its files."""

import json
import sys
from pathlib import Path

import click

from sayso.flow.checking import mistakes_in, start_coverage


@click.group()
def coverage() -> None:
    """Start a coverage of your own, and check its files."""


@coverage.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def new(folder: Path) -> None:
    """Write the files of a new coverage into FOLDER, with comments that say what goes where."""
    for path in start_coverage(folder):
        click.echo(path)
    click.echo(f"Edit them, then: sayso coverage check {folder} && sayso live {folder}", err=True)


@coverage.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a mistake.")
def check(folder: Path, *, as_json: bool) -> None:
    """List every mistake in the coverage in FOLDER: file, line, and what to write instead."""
    mistakes = mistakes_in(folder)
    for m in mistakes:
        if as_json:
            click.echo(
                json.dumps({"file": str(m.file), "line": m.line, "what": m.what, "write_instead": m.write_instead})
            )
        else:
            click.echo(f"{m.file}:{m.line}: {m.what}{f'; {m.write_instead}' if m.write_instead else ''}")
    if mistakes:
        click.echo(f"{len(mistakes)} to mend in {folder}", err=True)
        sys.exit(1)
    click.echo(f"{folder}: nothing to mend", err=True)
