"""Every mistake in the files that an editor wrote, and the first files of a new coverage."""

import tempfile
from functools import lru_cache
from pathlib import Path

from sayso import coverage, replay
from sayso.flow.clock import world_now
from sayso.model.mistake import Mistake
from sayso.model.settings import Settings
from sayso.store import Store


def mistakes_in(folder: Path) -> tuple[Mistake, ...]:
    """Every mistake in a coverage's files; the statements of a replay are looked at once the rest is right."""
    found = coverage.check(folder)
    if found or coverage.load(folder).replay is None:
        return found
    return replay.check(folder)


def start_coverage(folder: Path) -> tuple[Path, ...]:
    """The files of a new coverage that begins today. Raises Refused or BadSetting where the folder cannot be used."""
    return coverage.new(folder, start=world_now().date())


def database_of(folder: Path, settings: Settings) -> str:
    """What the database that the settings name is, in a few words; a table was made in it and taken back.

    Raises BadSetting where it cannot be used (or the coverage's files are wrong), TryLater where it is away.
    """
    return Store.try_out(settings.database, coverage=coverage.load(folder).name)


def mistakes_lately(folder: Path) -> tuple[Mistake, ...]:
    """Every mistake in a coverage's own files, looked for anew only where a file has another time or size than before."""
    if not folder.is_dir():
        return coverage.check(folder)
    kept = [(p.name, p.stat()) for p in sorted(folder.iterdir()) if p.is_file()]
    return _mistakes(folder, tuple((name, at.st_mtime_ns, at.st_size) for name, at in kept))


@lru_cache(maxsize=16)
def _mistakes(folder: Path, kept: tuple[tuple[str, int, int], ...]) -> tuple[Mistake, ...]:
    return coverage.check(folder)


def mistakes_with(folder: Path, file: str, text: str) -> tuple[Mistake, ...]:
    """Every mistake that the coverage in `folder` would have if its file said this; the folder is not touched."""
    with tempfile.TemporaryDirectory(prefix="sayso-") as made:
        copy = Path(made) / folder.resolve().name
        copy.mkdir()
        for path in folder.resolve().iterdir():
            if path.name != file:
                (copy / path.name).symlink_to(path)
        (copy / file).write_text(text, encoding="utf-8")
        return tuple(_at_home(m, copy, folder) for m in mistakes_in(copy))


def _at_home(mistake: Mistake, copy: Path, folder: Path) -> Mistake:
    """A mistake in the copy as one in the folder itself."""
    there, here = str(copy), str(folder)
    return Mistake(
        file=folder / mistake.file.relative_to(copy),
        line=mistake.line,
        what=mistake.what.replace(there, here),
        write_instead=mistake.write_instead.replace(there, here),
    )
