"""`sayso basemap`: what a coverage's map is drawn on."""

from pathlib import Path

import click

from sayso.coverage.basemap import box_of
from sayso.flow.setup.basemaps import draw_basemap


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option(
    "--bbox", metavar="W,S,E,N", help="West, south, east, north in degrees; without it, round the coverage's places."
)
def basemap(folder: Path, bbox: str | None) -> None:
    """Draw the basemap of the coverage in FOLDER: coast, lakes, rivers and borders, as FOLDER/basemap.json.

    It is drawn once and then belongs to the coverage; the running server reads that file and asks nobody. Draw it again
    when the war moves out of the box. Needs the extra: pip install 'sayso[basemap]' (150 MB, only for drawing).

    Example: sayso basemap my-war --bbox 44.4,38.3,50.6,42.0
    """
    draw_basemap(folder, box_of(bbox) if bbox else None, say=tell)


def tell(words: str) -> None:
    """How far the work is."""
    click.echo(words, err=True)
