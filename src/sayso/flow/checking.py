"""Every mistake in the files that an editor wrote, and the first files of a new coverage."""

from pathlib import Path

from sayso import coverage, replay
from sayso.flow.clock import world_now
from sayso.model.mistake import Mistake


def mistakes_in(folder: Path) -> tuple[Mistake, ...]:
    """Every mistake in a coverage's files; the statements of a replay are looked at once the rest is right."""
    found = coverage.check(folder)
    if found or coverage.load(folder).replay is None:
        return found
    return replay.check(folder)


def start_coverage(folder: Path) -> tuple[Path, ...]:
    """The files of a new coverage that begins today. Raises Refused or BadSetting where the folder cannot be used."""
    return coverage.new(folder, start=world_now().date())
