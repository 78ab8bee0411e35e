"""`python -m sayso.replay FOLDER`: tell a coverage's statements again as feeds and pages on loopback."""

import argparse
import logging
import sys
from datetime import datetime
from pathlib import Path

import structlog

from sayso.errors import BadSetting
from sayso.replay.server import serve


def main() -> int:
    """0 once it was stopped, 1 where a file or the port is wrong, with what to do about it on standard error."""
    given = arguments().parse_args()
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),  # each poll is no news
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
    try:
        serve(given.folder, port=given.port, day_s=given.day_s, state=given.state, begin=given.begin)
    except BadSetting as err:
        sys.stderr.write(f"replay: {err}\n")
        return 1
    return 0


def arguments() -> argparse.ArgumentParser:
    """The arguments of the command."""
    parser = argparse.ArgumentParser(prog="python -m sayso.replay", description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder of the coverage")
    parser.add_argument("--port", type=int, help="port on loopback (else as in coverage.toml; 0: any)")
    parser.add_argument("--day-s", "--speed-day-s", type=seconds, help="seconds that a day of the story takes")
    parser.add_argument("--state", type=Path, help="file in which the clock is saved")
    parser.add_argument("--from", dest="begin", type=story_time, metavar="TIME", help="begin anew at this story time")
    return parser


def seconds(text: str) -> float:
    """A positive number of seconds."""
    value = float(text)
    if not 0 < value <= 86_400:
        raise argparse.ArgumentTypeError("write seconds, more than 0 and at most 86400")
    return value


def story_time(text: str) -> datetime:
    """A time of the story; without an offset it has that of the story's beginning."""
    try:
        return datetime.fromisoformat(text)
    except ValueError as err:
        raise argparse.ArgumentTypeError("write a time as 2031-05-02 or 2031-05-02T06:00+00:00") from err


if __name__ == "__main__":
    sys.exit(main())
