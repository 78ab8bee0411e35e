"""What the commands of the desk share: the coverage's folder, and the answer in words or as JSON."""

import contextlib
import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec
import structlog

from sayso.flow.desk.review import Review
from sayso.flow.newsroom import open_newsroom

FOLDER = click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
JSON = click.option("--json", "as_json", is_flag=True, help="JSON on standard output.")


@contextlib.contextmanager
def reviewing(folder: Path) -> Iterator[Review]:
    """The desk of the coverage in a folder, closed afterwards."""
    structlog.configure(  # standard output is for data
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=lambda *_: structlog.PrintLogger(file=sys.stderr),
    )
    room = open_newsroom(folder)
    try:
        yield Review(room)
    finally:
        room.close()


def say(result: Any, words: str, *, as_json: bool) -> None:
    """The result as JSON on standard output, or in words."""
    click.echo(json.dumps(msgspec.to_builtins(result), ensure_ascii=False) if as_json else words)
