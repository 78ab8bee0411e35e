"""`sayso status`: sources, what could not be read, what waits for an editor."""

import json
from pathlib import Path
from typing import Any

import click

from sayso.flow.newsroom import open_newsroom
from sayso.flow.pages.status import status_of


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def status(folder: Path, *, as_json: bool) -> None:
    """Say how each source of the coverage in FOLDER does, what could not be read, and what waits for an editor."""
    room = open_newsroom(folder)
    try:
        found = status_of(room)
    finally:
        room.close()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, default=str))
    else:
        show(found)


def show(found: dict[str, Any]) -> None:
    """The status in words."""
    click.echo(f"{found['title']}: {found['rows']} rows in the ledger, {found['public']} public changes")
    click.echo("statements: " + (", ".join(f"{n} {state}" for state, n in found["states"].items()) or "none yet"))
    click.echo("\nsources")
    for source in found["sources"]:
        click.echo(f"  {source['name']:28} {source['words']}")
    click.echo(f"\nnot read: {len(found['unread'])}")
    for line in found["unread"]:
        click.echo(f"  {line}")
