"""`sayso coverage`: start a coverage of your own, check its files, and carry it as one file."""

import json
import sys
from pathlib import Path

import click

from sayso.flow.newsroom import open_newsroom
from sayso.flow.record.exporting import export_coverage
from sayso.flow.record.importing import import_coverage
from sayso.flow.setup.checking import mistakes_in, start_coverage
from sayso.flow.setup.places import Unlisted, cut_pack, unlisted_places


@click.group()
def coverage() -> None:
    """Start a coverage of your own, check its files, carry it as one file."""


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


@coverage.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a place.")
def places(folder: Path, *, as_json: bool) -> None:
    """List the places that statements name and places.toml does not list, as entries to paste into it.

    Where the coverage has a gazetteer (sayso coverage gazetteer), its position is filled in; check it before you paste.
    """
    room = open_newsroom(folder)
    try:
        found = unlisted_places(room)
    finally:
        room.close()
    for one in found:
        click.echo(json.dumps(as_row(one), ensure_ascii=False) if as_json else as_toml(one))
    known = sum(one.found is not None for one in found)
    click.echo(
        f"{len(found)} places are not in {folder / 'places.toml'}; the gazetteer knows {known} of them", err=True
    )


def as_row(one: Unlisted) -> dict[str, object]:
    """A place as a JSON object."""
    place = one.found
    where = {"lat": place.lat, "lon": place.lon, "names": list(place.names)} if place else None
    return {"name": one.name, "statements": one.statements, "gazetteer": where}


def as_toml(one: Unlisted) -> str:
    """A place as an entry of places.toml, with a comment that says how often it was named and what is missing."""
    written = one.name.split("|")
    place = one.found
    names = json.dumps(list(dict.fromkeys([*written, *(place.names[:1] if place else ())])), ensure_ascii=False)
    lines = [
        f"# named in {one.statements} statement{'s' if one.statements != 1 else ''}",
        "[[place]]",
        f"names = {names}",
    ]
    if place is None:
        lines[0] += "; not in the gazetteer: look it up, or write lat and lon yourself"
    else:
        lines += [f"lat = {place.lat}", f"lon = {place.lon}", 'precision = "settlement"']
    return "\n".join(lines) + "\n"


@coverage.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option(
    "--country", "countries", multiple=True, metavar="CODE", help="A country's two letters, as AZ; repeatable."
)
@click.option(
    "--dump",
    "dumps",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A GeoNames country dump instead; repeatable.",
)
def gazetteer(folder: Path, countries: tuple[str, ...], dumps: tuple[Path, ...]) -> None:
    """Cut the gazetteer of the coverage in FOLDER: the settlements of the conflict's countries, under every name.

    The reader then knows places that places.toml does not list. Needs the extra: pip install 'sayso[gazetteer]'.
    """
    if not countries and not dumps:
        raise click.UsageError("say which countries: --country AZ --country AM, or give a --dump FILE")
    written = cut_pack(folder, countries=countries, dumps=dumps)
    click.echo(f"{folder / 'gazetteer.tsv'}: {written} places", err=True)


@coverage.command("export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def export_to(folder: Path, file: Path) -> None:
    """Write the whole coverage in FOLDER into FILE: its files, ledger, checkpoints, originals and pictures.

    Not in it: what was taken down, accounts, the staff log, sayso.toml and the private key.
    """
    room = open_newsroom(folder)
    try:
        rows = export_coverage(room, folder, file, say=tell)
    finally:
        room.close()
    click.echo(f"{file}: {rows} rows, {file.stat().st_size:,} bytes", err=True)


@coverage.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def import_from(file: Path, folder: Path) -> None:
    """Make the coverage of an exported FILE in FOLDER, which is new or holds nothing but a sayso.toml.

    The database is the one that sayso.toml or the environment names. Nothing is kept unless everything verifies.
    """
    rows = import_coverage(file, folder, say=tell)
    click.echo(f"{folder}: {rows} rows verify", err=True)


def tell(words: str) -> None:
    """How far a long work is."""
    click.echo(words, err=True)
