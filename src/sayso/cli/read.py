"""`sayso read`: the claims of any text, as a table or as rows."""

import json
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from sayso.errors import BadSetting
from sayso.flow import texts
from sayso.model.claim import Attribution, Claim, Count, Passage, Reading
from sayso.model.conflict import Conflict
from sayso.model.setting import Setting

HEADINGS = ("who says", "what", "figure as said", "place", "when", "the words that say so")
SHARES = (20, 18, 14, 12, 11, 25)  # of the terminal's width, in hundredths
LEAST = (12, 19, 9, 8, 10, 14)  # so that a kind of claim and a date stay on one line


@click.command()
@click.argument("what", metavar="FILE|URL|-", required=False)
@click.option(
    "--coverage", type=click.Path(path_type=Path), help="A coverage's folder: its parties, bodies, people and places."
)
@click.option(
    "--parties",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A parties file (JSON, one object a conflict) instead of a coverage.",
)
@click.option("--conflict", help="Which conflict of the parties file (needed where it holds several).")
@click.option(
    "--published",
    metavar="DATE",
    help="When the text was published, as 2020-10-07 or with a time; 'yesterday' counts from it.",
)
@click.option("--outlet", help="Who published it; what no other source is named for belongs to them.")
@click.option(
    "--rows",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Read a file of passages (JSON Lines) instead; claims in it are dropped before reading.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a passage instead of a table.")
@click.option(
    "--model",
    "with_model",
    is_flag=True,
    help="Also ask the coverage's language model; what the text does not bear out is dropped and counted.",
)
def read(
    what: str | None, coverage: Path | None, parties: Path | None, conflict: str | None,
    published: str | None, outlet: str | None, rows: Path | None, as_json: bool, with_model: bool,
) -> None:  # fmt: skip
    """Print the claims of a text: who says, what, the figure as said, place, when, and the words that say so.

    \b
    sayso read bulletin.txt --coverage examples/karabakh-2020 --published 2020-10-07
    sayso read https://example.org/live --json
    pbpaste | sayso read -
    """
    if (what is None) == (rows is None):
        raise click.UsageError("give a FILE, a URL or - for standard input (or --rows FILE)")
    if with_model and (coverage is None or rows is not None):
        raise click.UsageError("--model needs the model of a --coverage, and a text rather than --rows")
    conflicts = known_conflicts(coverage, parties)
    if rows is not None:
        write_rows(rows, conflicts, conflict, coverage)
        return
    assert what is not None
    text, parts = texts.text_of(what, stdin=sys.stdin.read() if what == "-" else "")
    chosen = choose(conflicts, conflict)
    setting = Setting(published=moment(published), outlet=outlet)
    if with_model and coverage is not None:
        from sayso.flow.arrival.proposing import read_with_model_of  # noqa: PLC0415 - a second that most readings need not wait for

        reading, wrong = read_with_model_of(coverage, text, parts, setting)
        for line in (*wrong, *dropped(reading)):
            click.echo(line, err=True)
    else:
        reader = texts.make_reader(chosen) if coverage is None else texts.reader_of(coverage)
        reading = reader.read(text, parts, setting)
    if as_json:
        meta = {"published": published, "outlet": outlet, "conflict": chosen.id or None}
        for row in texts.document_rows(
            text, reading.passages, doc=Path(what).stem if what != "-" else "stdin", meta=meta
        ):
            click.echo(json.dumps(row, ensure_ascii=False))
    else:
        show(text, reading.passages, chosen)


def dropped(reading: Reading) -> Iterator[str]:
    """The line that says how many proposals of a model were dropped, and why; none where nothing was."""
    if reading.dropped:
        total = sum(n for _, n in reading.dropped)
        why = "; ".join(f"{n} {reason}" for reason, n in reading.dropped)
        yield f"{total} proposal{'s' if total > 1 else ''} dropped: {why}"


def known_conflicts(coverage: Path | None, parties: Path | None) -> dict[str, Conflict]:
    """The conflicts that the options name; none where neither is given."""
    if coverage is not None and parties is not None:
        raise click.UsageError("give --coverage or --parties, not both")
    if coverage is not None:
        found = texts.conflict_of(coverage)
        return {found.id: found}
    return texts.conflicts_in(parties) if parties is not None else {}


def choose(conflicts: dict[str, Conflict], wanted: str | None) -> Conflict:
    """The one conflict to read by; an empty one where none was given."""
    if wanted is not None and wanted not in conflicts:
        raise BadSetting(f"no conflict {wanted!r} there; it has: {', '.join(conflicts) or 'none'}")
    if wanted is not None:
        return conflicts[wanted]
    if len(conflicts) > 1:
        raise BadSetting(f"several conflicts there: say which with --conflict: {', '.join(conflicts)}")
    return next(iter(conflicts.values()), Conflict(id=""))


def moment(published: str | None) -> date | datetime | None:
    """The date or time given on the command line. Raises a usage error where it is none."""
    if published is None:
        return None
    try:
        return (
            date.fromisoformat(published) if len(published) == len("2020-10-07") else datetime.fromisoformat(published)
        )
    except ValueError as err:
        raise click.BadParameter(f"{published!r} is no date; write 2020-10-07 or 2020-10-07T14:30+04:00") from err


def write_rows(rows: Path, conflicts: dict[str, Conflict], wanted: str | None, coverage: Path | None) -> None:
    """Write each row of the file with the reader's own claims."""
    readers: dict[str | None, Any] = {None: texts.make_reader(choose(conflicts, wanted) if wanted else Conflict(id=""))}
    readers |= {key: texts.make_reader(value) for key, value in conflicts.items()}
    if coverage is not None:
        readers = dict.fromkeys(conflicts, texts.reader_of(coverage))
    if len(conflicts) == 1:
        readers[None] = next(iter(readers[key] for key in conflicts))
    for row in texts.read_rows(texts.load_rows(rows), readers):
        click.echo(json.dumps(row, ensure_ascii=False))


def show(text: str, passages: Iterable[Passage], conflict: Conflict) -> None:
    """The claims as a table, then what could not be read."""
    seen = list(passages)
    width = max(shutil.get_terminal_size((120, 40)).columns, 80)
    columns = [max(least, width * share // 100 - 2) for share, least in zip(SHARES, LEAST, strict=True)]
    claims = [claim for passage in seen for claim in passage.claims]
    for line in table([HEADINGS, *(cells(text, c, conflict) for c in claims)], columns):
        click.echo(line)
    unread = [u for p in seen for u in p.unread]
    drafts = sorted({p.lang for p in seen if p.draft})
    if drafts:
        click.echo(f"draft: no native speaker has reviewed the words of {', '.join(drafts)}", err=True)
    for gap in unread:
        click.echo(f"not read: {gap.why}: {text[slice(*gap.span)][:80]!r}", err=True)
    click.echo(f"{len(claims)} claims in {len(seen)} passages; {len(unread)} not read", err=True)


def cells(text: str, claim: Claim, conflict: Conflict) -> tuple[str, ...]:
    """The six cells of a claim."""
    return (
        who_says(claim.attr, conflict),
        f"{'(draft language) ' if claim.draft else ''}{what_is_said(claim, conflict)}",
        figure(claim.count),
        ", ".join(claim.places),
        " to ".join(dict.fromkeys(x for x in (claim.start, claim.end) if x)),
        " ".join(text[slice(*claim.span)].split()),
    )


def who_says(attr: Attribution, conflict: Conflict) -> str:
    """The speaker with role, body, side and relays."""
    if attr.kind == "outlet":
        return "the outlet, naming no source"
    name = ", ".join(x for x in (attr.speaker, attr.role, attr.org) if x) or f"{attr.kind.replace('_', ' ')}, not named"
    side = f" [{conflict.name(attr.side)}]" if attr.side else ""
    via = "".join(f", via {v.org or v.kind}" for v in attr.via)
    hedge = f" ({attr.hedge})" if attr.hedge else ""
    return name + side + via + hedge


def what_is_said(claim: Claim, conflict: Conflict) -> str:
    """Type, sub and the parties in it, with negation and modality in words."""
    words = [f"{claim.type}.{claim.sub}"]
    words += [f"by {conflict.name(claim.actor)}"] if claim.actor else []
    words += [f"of {conflict.name(claim.subject)}"] if claim.subject else []
    words += [claim.who] if claim.who else []
    words += ["NOT"] if claim.polarity == "negated" else []
    words += [f"({claim.modality})"] if claim.modality != "fact" else []
    if claim.target:
        words.append(f"-> {claim.target.type}.{claim.target.sub or '?'} by {conflict.name(claim.target.actor) or '?'}")
    return " ".join(words)


def figure(count: Count | None) -> str:
    """The figure as it was said, never as a bare number."""
    if count is None:
        return ""
    words = count.words or str(count.n if count.n is not None else f"{count.low or ''}-{count.high or ''}")
    return f"{words} {count.unit or ''}".strip() + (f", since {count.since}" if count.since else "")


def table(rows: Iterable[tuple[str, ...]], widths: list[int]) -> Iterator[str]:
    """The lines of a table whose cells wrap inside their columns; a rule under the headings."""
    for number, row in enumerate(rows):
        wrapped = [textwrap.wrap(cell, width) or [""] for cell, width in zip(row, widths, strict=True)]
        for n in range(max(map(len, wrapped))):
            yield "  ".join(
                (w[n] if n < len(w) else "").ljust(width) for w, width in zip(wrapped, widths, strict=True)
            ).rstrip()
        yield "  ".join("─" * w for w in widths) if number == 0 else ""
