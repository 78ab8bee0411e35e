"""`sayso doctor`: check this machine, the settings and a coverage's data before the night begins."""

import shutil
import sys
from pathlib import Path

import click

from sayso.coverage import load_settings
from sayso.errors import SaysoError
from sayso.flow.setup.checking import database_of, mistakes_in


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
def doctor(folder: Path) -> None:
    """Check optional programs, the settings, the database that they name and the coverage in FOLDER; say what to do
    about each fault."""
    faults = 0
    for name, why in (("ffmpeg", "videos are linked instead of shown"), ("chromium", "browser tests are skipped")):
        found = shutil.which(name)
        click.echo(f"{'ok ' if found else '-- '} {name}: {found or f'not here ({why}); apt-get install {name}'}")
    mistakes = mistakes_in(folder)
    faults += len(mistakes)
    for m in mistakes:
        click.echo(f"!!  {m.file}:{m.line}: {m.what}")
    try:
        settings = load_settings(folder)
        free_gb = shutil.disk_usage(settings.data if settings.data.exists() else folder).free / 1e9
        click.echo(f"ok  settings: pages at {settings.base_url}, data in {settings.data} ({free_gb:.0f} GB free)")
        if settings.database:
            click.echo(f"ok  database: {database_of(folder, settings)}; it can be written")
    except SaysoError as err:
        faults += 1
        click.echo(f"!!  {err}")
    if faults:
        sys.exit(1)
