"""`sayso add`: a post, a call or a leaflet taken in by hand."""

import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from sayso.cli.reviewing import reviewing, say
from sayso.errors import Refused
from sayso.flow.arrival.pasting import Pasted, Picture
from sayso.flow.desk.review import Review
from sayso.flow.shift.staff import TERMINAL


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--text", help="The words, exactly as said; - reads them from standard input.")
@click.option(
    "--file", "file", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="A file with the words."
)
@click.option("--says", help="Who says it: a body or person of the coverage, or any other name.")
@click.option("--withhold", is_flag=True, help="The name must not be stored anywhere (instead of --says).")
@click.option("--url", help="The address of the post.")
@click.option("--channel", help="facebook, telegram, x, call, document, video...")
@click.option("--at", "at", help="When it was said, as 2026-05-03T14:20; without a zone it is the coverage's.")
@click.option(
    "--picture", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="A picture that came with it."
)
@click.option("--alt", default="", help="What is visible in the picture.")
@click.option("--credit", default="", help="Whose picture it is.")
@click.option("--json", "as_json", is_flag=True, help="JSON on standard output.")
def add(folder: Path, *, withhold: bool, as_json: bool, **given: Any) -> None:
    """Add a statement to the inbox of the coverage in FOLDER; it is labelled "clipped, not independently archived"."""
    if withhold == bool(given["says"]):
        raise Refused("Say who says it with --says NAME, or --withhold the name.")
    with reviewing(folder) as review:
        statement = review.paste(pasted_of(review, given), who=TERMINAL)
        claims = len(review.sheet(statement.id).cards)
    words = f"added {statement.id} to the inbox, {claims} claims read"
    say({"statement": statement.id, "claims": claims}, words, as_json=as_json)


def pasted_of(review: Review, given: Mapping[str, Any]) -> Pasted:
    """The pasted post that the options describe."""
    picture: Path | None = given["picture"]
    return Pasted(
        text=words_of(given["text"], given["file"]),
        says=given["says"],
        url=given["url"],
        channel=given["channel"],
        said_at=time_of(given["at"], review.coverage.tz),
        picture=Picture(body=picture.read_bytes(), alt=given["alt"], credit=given["credit"]) if picture else None,
    )


def words_of(text: str | None, file: Path | None) -> str:
    """The words from the option, standard input or the file. Raises Refused unless exactly one is given."""
    if (text is None) == (file is None):
        raise Refused("Give the words with --text, or a file that holds them with --file.")
    if text == "-":
        return sys.stdin.read()
    if file is None:
        return text or ""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as err:
        raise Refused(f"{file}: not UTF-8 text (byte {err.start}); save it as UTF-8 and add it again") from err


def time_of(typed: str | None, zone: ZoneInfo) -> datetime | None:
    """The time that was given, in the coverage's zone where it names none. Raises Refused with the form to use."""
    if typed is None:
        return None
    try:
        at = datetime.fromisoformat(typed)
    except ValueError:
        raise Refused(f'--at "{typed}" is no date and time: write it as 2026-05-03T14:20') from None
    return at if at.tzinfo else at.replace(tzinfo=zone)
