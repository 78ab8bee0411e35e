"""Drawing a coverage's basemap: once, from data that the running server does not need."""

from collections.abc import Callable
from pathlib import Path

from sayso.coverage import load
from sayso.coverage.basemap import box_round, write_basemap
from sayso.coverage.gshhg import cut_basemap, package_folder
from sayso.model.geography import Box


def draw_basemap(folder: Path, box: Box | None, *, say: Callable[[str], None], data: Path | None = None) -> Path:
    """Where the basemap of the coverage in `folder` was written; the box is that of its places where none is given.

    `say` hears how far it is. `data` is a folder with the data instead of the package's. Raises BadSetting where the
    coverage has mistakes, Refused where the package is missing or no place has a position.
    """
    coverage = load(folder)
    source = data or package_folder()
    box = box or box_round(coverage.conflict.places)
    say(f"drawing {', '.join(f'{v:g}' for v in box)} (west, south, east, north): a few seconds")
    made = cut_basemap(source, box)
    path = write_basemap(folder, made)
    lines = f"{len(made.land)} coasts, {len(made.lakes)} lakes, {len(made.rivers)} rivers, {len(made.borders)} borders"
    say(f"{path}: {lines}, {path.stat().st_size / 1000:,.0f} kB")
    return path
