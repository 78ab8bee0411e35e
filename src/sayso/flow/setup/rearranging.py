"""The running server takes over what the coverage's files say by now: sources, parties, places."""

from dataclasses import replace
from typing import Final, Literal

from sayso.coverage import load
from sayso.flow.newsroom import Newsroom, reader_for
from sayso.flow.setup.configuring import note_configuration

Later = Literal["files", "replay"]
#: What of the files is not taken over before the next start, in words.
LATER: Final[dict[Later, str]] = {
    "files": "coverage.toml or basemap.json was changed too: what they say is taken over when sayso live is started again.",
    "replay": "The replay's own source server reads sources.toml when it starts: start sayso live again so that it follows.",
}


def take_over(room: Newsroom) -> tuple[Later, ...]:
    """What of the files is not taken over before the next start. All else holds from now on: sources are
    asked, texts are read and pages are drawn as the files say, and the change is a row of the ledger (H16).

    What was read before stays as it was read. Raises BadSetting, and changes nothing, where the files have mistakes.
    """
    before, found = room.coverage, load(room.coverage.folder)
    was = before.conflict
    conflict = replace(found.conflict, id=was.id, start=was.start, zone=was.zone)
    after = replace(before, conflict=conflict, sources=found.sources, areas=found.areas)
    if conflict != was:
        room.reader = reader_for(after)
    room.coverage = after
    note_configuration(room)
    for renew in room.rearranged:
        renew()
    room.changed()
    later: list[Later] = []
    if replace(found, conflict=conflict) != after:
        later.append("files")
    if after.replay is not None and after.sources != before.sources:
        later.append("replay")
    return tuple(later)
