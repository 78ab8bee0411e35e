"""`sayso desk`: what an editor does, as commands. They work on the data folder, whether or not the server runs."""

import json
import re
from pathlib import Path
from typing import Any, get_args

import click

from sayso.cli.people import people
from sayso.cli.reviewing import FOLDER, JSON, reviewing, say
from sayso.desk import Edit, Sheet, Waiting
from sayso.desk.questions import Lowered
from sayso.errors import Refused
from sayso.flow.arrival.publishing import PLACED
from sayso.flow.desk.teaching import Whose, taught
from sayso.flow.shift.staff import EDITOR, TERMINAL, new_password
from sayso.model.claim import ADDED_FROM
from sayso.model.post import Placing

STATEMENT = click.argument("statement")


@click.group()
def desk() -> None:
    """What an editor does about statements. FOLDER is the coverage's folder."""


desk.add_command(people)


@desk.command()
@FOLDER
@click.option("--state", "states", multiple=True, default=("new", "held"), show_default=True, help="May be repeated.")
@click.option("--source", help="Only statements of this source.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@JSON
def inbox(folder: Path, states: tuple[str, ...], source: str | None, limit: int, *, as_json: bool) -> None:
    """List what waits for an editor, newest first, with the suggested claims."""
    with reviewing(folder) as review:
        found = review.inbox(states=states, source=source, limit=limit)
    counts = ", ".join(f"{n} {state}" for state, n in sorted(found.counts.items())) or "no statements yet"
    lines = "\n".join(inbox_line(line) for line in found.lines)
    alerts = "".join(f"LOWERED: {lowered_line(x)}\n" for x in found.lowered)
    say(
        {"counts": found.counts, "lowered": found.lowered, "statements": [row_of(w) for w in found.lines]},
        f"{alerts}{counts}\n{lines}".rstrip(),
        as_json=as_json,
    )


def lowered_line(it: Lowered) -> str:
    """A lowered total in words, with the id of its question."""
    now, before = f"“{it.figure}” ({it.said_at:%m-%d %H:%M}Z)", f"“{it.before}” before ({it.before_at:%m-%d %H:%M}Z)"
    return f"{it.claimant} says {now} and said {before}: {it.wording}  {it.question}"


def row_of(line: Waiting) -> dict[str, Any]:
    """One statement of the inbox as JSON."""
    it = line.statement
    return {
        "id": it.id,
        "state": line.state,
        "source": it.source,
        "said_at": it.said_at.isoformat(),
        "first": line.first,
        "claims": [
            {"number": c.number, "title": c.title, "figure": c.figure, "risks": len(c.risks)} for c in line.cards
        ],
    }


def inbox_line(line: Waiting) -> str:
    """One statement of the inbox in words."""
    claims = "; ".join(f"{c.title} {c.figure}".strip() for c in line.cards) or "no claim read"
    amber = f"  LOOK TWICE: {line.amber}" if line.amber else ""
    first = line.first.replace("\n", " ")[:100]
    return (
        f"{line.statement.id}  {line.statement.said_at:%m-%d %H:%M}Z  {line.source.title}: {first}\n    {claims}{amber}"
    )


@desk.command()
@FOLDER
@STATEMENT
@JSON
def show(folder: Path, statement: str, *, as_json: bool) -> None:
    """Show a statement with its claims, their words and what to look at twice."""
    with reviewing(folder) as review:
        sheet = review.sheet(statement)
    say(sheet, sheet_in_words(sheet), as_json=as_json)


def sheet_in_words(sheet: Sheet) -> str:
    """A statement as an editor reads it in a terminal; claims are numbered from 1."""
    head = f"{sheet.source.title}  {sheet.statement.said_at:%Y-%m-%d %H:%M}Z  {sheet.state}  {sheet.reason}".rstrip()
    lines = [head, *(f"! {n.sentence}" for n in sheet.notices), "", sheet.statement.text, ""]
    for card in sheet.cards:
        marks = f"{' [counts]' if card.accepted else ''}{' [corrected]' if card.corrected else ''}"
        lines.append(f"{card.label}. {card.title}{marks}   ({card.claim.rule})")
        lines += [f"     {label}: {value}" for label, value in card.fields]
        lines.append(f"     words: {sheet.statement.text[card.claim.span.start : card.claim.span.end]}")
        lines += [f"   ! {risk.sentence}" for risk in card.risks]
    return "\n".join(lines)


@desk.command()
@FOLDER
@STATEMENT
@click.option("--claims", default="", metavar="1,2", help="The numbers of the readings to accept; none by default.")
@click.option("--yes", is_flag=True, help="You have looked at the words of these claims; do not ask.")
@JSON
def publish(folder: Path, statement: str, claims: str, *, yes: bool, as_json: bool) -> None:
    """Put a statement on the page; its readings count where you accept them."""
    with reviewing(folder) as review:
        sheet = review.sheet(statement)
        accepted = numbers_of(claims)
        if not yes:
            click.echo(sheet_in_words(sheet), err=True)
            click.confirm(f"Publish, accepting {claims or 'no claims'}?", abort=True, err=True)
        seen = {f"{statement}.{n}" for n in accepted}
        post = review.publish(statement, accepted=accepted, seen=seen, who=TERMINAL, stamp=sheet.stamp)
    say(post, f"published as {post.id}", as_json=as_json)


def numbers_of(claims: str) -> frozenset[int]:
    """The claim numbers of a list like "1,3,E1". Raises Refused for anything else."""
    parts = [p.strip().upper() for p in claims.split(",") if p.strip()]
    found = [re.fullmatch(r"(E?)([1-9][0-9]{0,3})", p) for p in parts]
    if not all(found):
        raise Refused(f'--claims "{claims}": write the claims\' numbers as `sayso desk show` gives them, like 1,3,E1')
    return frozenset(int(m[2]) - 1 + (ADDED_FROM if m[1] else 0) for m in found if m)


@desk.command()
@FOLDER
@STATEMENT
@click.option("--reason", default="", help="Why; kept at the desk.")
@JSON
def hold(folder: Path, statement: str, reason: str, *, as_json: bool) -> None:
    """Keep a statement in the inbox."""
    with reviewing(folder) as review:
        review.hold(statement, reason=reason, who=TERMINAL)
    say({"statement": statement, "state": "held"}, f"held {statement}", as_json=as_json)


@desk.command()
@FOLDER
@STATEMENT
@click.option("--reason", default="", help="Why; kept at the desk.")
@JSON
def reject(folder: Path, statement: str, reason: str, *, as_json: bool) -> None:
    """Put a statement away: it does not go out."""
    with reviewing(folder) as review:
        review.reject(statement, reason=reason, who=TERMINAL)
    say({"statement": statement, "state": "rejected"}, f"rejected {statement}", as_json=as_json)


@desk.command()
@FOLDER
@STATEMENT
@click.option("--wrong", required=True, help="What was wrong, and what is right; readers see it.")
@click.option("--claim", type=click.IntRange(1), help="The number of the claim that was read wrongly.")
@click.option("--figure", default="", help="The words of the text that say the figure.")
@click.option("--operator", default="", help="exact, more_than, at_least, up_to, about...")
@click.option("--says", default="", help="Who says it: the name of a body.")
@click.option("--side", default="", help="Party id of who says it.")
@click.option("--subject", default="", help="Party id of who suffered it.")
@JSON
def correct(folder: Path, statement: str, *, wrong: str, claim: int | None, as_json: bool, **fields: str) -> None:
    """Correct what is on the page, visibly. In each field a dash (-) takes the value away."""
    edit = Edit(org=fields.pop("says"), **fields)
    if claim is None and not edit.empty:
        raise Refused("Say with --claim which claim was read wrongly.")
    with reviewing(folder) as review:
        edits = {claim - 1: edit} if claim is not None else {}
        post = review.correct(statement, wrong=wrong, edits=edits, who=TERMINAL)
    say(post, f"corrected {post.id}, version {post.version}", as_json=as_json)


@desk.command()
@FOLDER
@STATEMENT
@click.option("--reason", required=True, help="Why; it stands in its place on the page.")
@JSON
def withdraw(folder: Path, statement: str, reason: str, *, as_json: bool) -> None:
    """Withdraw what is on the page; its place and the reason stay."""
    with reviewing(folder) as review:
        post = review.withdraw(statement, reason=reason, who=TERMINAL)
    say(post, f"withdrawn {post.id}", as_json=as_json)


@desk.command()
@FOLDER
@STATEMENT
@click.argument("placing", type=click.Choice(get_args(Placing)))
@JSON
def place(folder: Path, statement: str, placing: Placing, *, as_json: bool) -> None:
    """Put what is on the page among the key events or on top, or take it from there."""
    with reviewing(folder) as review:
        post = review.place(statement, placing, who=TERMINAL)
    say(post, f"{post.id} {PLACED[placing]}", as_json=as_json)


@desk.command("take-down")
@FOLDER
@STATEMENT
@click.option("--reason", required=True, help="Why; only the reason stays.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@JSON
def take_down(folder: Path, statement: str, reason: str, *, yes: bool, as_json: bool) -> None:
    """Erase a statement's words, pictures and archived original. It cannot be undone."""
    if not yes:
        click.confirm(f"Erase statement {statement} for good?", abort=True, err=True)
    with reviewing(folder) as review:
        stones = review.take_down(statement, reason=reason, who=TERMINAL)
    say(stones, f"taken down {statement}; {len(stones)} tombstones on the page", as_json=as_json)


@desk.command("export-gold")
@FOLDER
@click.option(
    "--claims",
    "whose",
    type=click.Choice(get_args(Whose)),
    default="editor",
    show_default=True,
    help="Whose claims stand in each row: score the one file against the other.",
)
def export_gold(folder: Path, whose: Whose) -> None:
    """Print what editors decided about readings, one passage a line: gold to measure a reader by, and lessons for one.

    \b
    sayso desk export-gold DIR > gold.jsonl
    sayso desk export-gold DIR --claims machine > machine.jsonl

    The rows hold the words of the statements: keep the file as you keep the archive.
    """
    with reviewing(folder) as review:
        for row in taught(review.room, whose=whose):
            click.echo(json.dumps(row, ensure_ascii=False))


@desk.command()
@FOLDER
def password(folder: Path) -> None:
    """Make a new password for the first account, "editor", and print it; whoever was signed in as it is signed out."""
    with reviewing(folder) as review:
        made = new_password(review.room.store)
        review.staff.note(TERMINAL, "reset a password", EDITOR)
    click.echo(made)
