"""`[desk]` in `coverage.toml`: how long what is published can be undone, what goes out later (H8), who must look too."""

from typing import Final, cast, get_args

from sayso.coverage.sheet import Sheet, Table, did_you_mean
from sayso.model.outgoing import Release, SecondPair
from sayso.model.vocabulary import TYPES

LONGEST_UNDO_S: Final = 600
LONGEST_DELAY_MIN: Final = 7 * 24 * 60


def read_release(main: Sheet, *, replay: bool) -> Release:
    """The rules as the table says, with the defaults for what it does not say; a replay tells of days long past and delays
    nothing by itself."""
    default = Release(delay_min=0) if replay else Release()
    table = main.table("desk")
    if table is None:
        return default
    made = Release(
        undo_s=table.whole("undo_s", 0, LONGEST_UNDO_S, default.undo_s),
        delay_min=table.whole("delay_min", 0, LONGEST_DELAY_MIN, default.delay_min),
        delays=_delays(table),
        second_pair=cast(SecondPair, table.one_of("second_pair", get_args(SecondPair), default.second_pair)),
    )
    table.done()
    return made


def _delays(table: Table) -> tuple[tuple[str, int], ...]:
    """The minutes by type of claim, with a mistake for each that is no type."""
    delays = table.table("delays")
    if delays is None:
        return ()
    known = (*TYPES, *(f"{kind}.{sub}" for kind, subs in TYPES.items() for sub in subs))
    kinds = [kind for kind in delays.values if kind in known]
    for kind in [k for k in delays.values if k not in known]:
        delays.wrong(kind, f'"{kind}" is no type of claim', did_you_mean(kind, tuple(TYPES)))
        del delays.values[kind]
    return tuple((kind, delays.whole(kind, 0, LONGEST_DELAY_MIN, 0)) for kind in kinds)
