"""A small source server that tells a coverage's statements again, as feeds and pages, in the time of the story.

A process of its own: `python -m sayso.replay FOLDER --state FILE`. It knows nothing of the desk that polls it.

    clock       real time -> story time
    told        the statements as the file tells them, and every mistake in it
    tape        a coverage's folder as this room needs it
    shelf       what a source shows at a time of the story
    feeds, pages, markup    how it shows it
    server      HTTP on loopback, and the clock's saved state
"""

from sayso.replay.clock import StoryClock
from sayso.replay.server import serve
from sayso.replay.tape import Tape, check, read_tape
from sayso.replay.told import Told, load_statements

__all__ = ["StoryClock", "Tape", "Told", "check", "load_statements", "read_tape", "serve"]
