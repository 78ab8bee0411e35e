"""Write docs/reference/ from the program itself: `python tools/reference.py [FOLDER]`.

A test holds the committed files to what this writes.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import click

from sayso.cli import command
from sayso.coverage.settings import PORT, VARIABLES
from sayso.model.settings import Settings
from sayso.model.vocabulary import CHANNELS, KINDS, QUESTION_TYPES, TYPES, Operator

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"
WIDTH = 96  # of the quoted help, whatever the terminal is
NOTE = "<!-- Written by tools/reference.py; do not edit. -->"

TYPE_LINES = {
    "casualties": "people killed, wounded or missing; `casualties` where the text does not split them",
    "control": "who holds a place, or has taken or lost it",
    "attack": "fire, strikes, assaults and fights; `repelled` was beaten off, `calm` is said quiet",
    "equipment_loss": "tanks, guns, drones, aircraft destroyed, shot down, captured or damaged",
    "denial": "a speaker denies what another says; what is denied is its target",
    "accusation": "blame beyond a single act: who began it, crimes, mercenaries, intent",
    "not_reported": "a figure that the speaker does not have, does not give, or is said not to give",
    "captured": "prisoners taken, exchanged or freed, and bodies handed over",
    "displacement": "people who fled, were taken away from danger, or came back",
    "destruction": "houses, roads, hospitals, monuments hit or ruined",
    "truce": "a ceasefire agreed, kept, broken, asked for or refused",
    "corridor": "a way out for people, and offers to those who lay down arms",
    "movement": "troops that advance, withdraw, gather or are called up; by default held for an editor",
    "diplomacy": "meetings, calls, visits, rulings, sanctions, support, threats",
    "other": "what was said and fits nowhere above; kept and shown as said",
}
OPERATOR_LINES = {
    "exact": "the number itself: n to n",
    "more_than": "more than n: from n + 1, open upwards",
    "at_least": "from n, open upwards",
    "less_than": "up to n - 1, open downwards",
    "up_to": "up to n, open downwards",
    "about": "n, not exact; never contradicts a figure within a tenth of it",
    "nearly": "n, not exact; never contradicts a figure within a tenth of it",
    "range": "from a to b, both inclusive; no single number",
    "dozens": "from 24; no upper bound when it is compared",
    "hundreds": "from 200; no upper bound when it is compared",
    "thousands": "from 2,000; no upper bound when it is compared",
    "tens_of_thousands": "from 20,000; no upper bound when it is compared",
    "hundreds_of_thousands": "from 200,000; no upper bound when it is compared",
    "several": "from 2, open upwards",
    "many": "no bounds",
    "none": "said to be zero; never the same as not reported",
}
KIND_LINES = {
    "head_of_state": "a president or prime minister and their offices",
    "government": "a cabinet, any other ministry, or a side named barely as a side",
    "local_authority": "a governor, mayor or district office",
    "international_org": "an organisation of several states, or one that works across borders",
    "media": "an outlet or agency that is quoted",
    "medics": "doctors and hospitals",
    "expert": "an expert, analyst or blogger",
    "ngo": "an association, a think tank, a research centre",
    "official": "an official who is not named",
    "unknown": "somebody, but the text does not say who",
    "outlet": "the publisher itself, naming no source",
}
SETTING_LINES = {
    "data": "the folder for the database, originals and pictures; a relative one lies beside `sayso.toml`",
    "base_url": "the address that readers use, for example behind a proxy of yours",
    "host": "the address that this machine listens on",
    "port": "the port that it listens on",
    "database": "`postgresql://NAME@HOST/DATABASE`, or another SQLite file as `sqlite:////PATH`; empty is one in the data folder",
    "allow": 'private hosts that may be fetched, each as `"HOST:PORT"`; in the environment with commas between',
    "user_agent": "how we call ourselves at sources",
    "timestamp_url": "an authority (RFC 3161) that stamps signed checkpoints; empty is none; needs `pip install 'sayso[stamp]'`",
    "timestamp_root": "the certificate of its root, a PEM file; a relative one lies beside `sayso.toml`",
    "timestamp_minutes": "it is asked at most once in so many minutes",
    "most_readers": "so many open pages hear of changes on a stream, each an open file (`ulimit -n`); the others ask now and then",
    "poll_s": "seconds after which a page without a stream asks again",
    "second_factor": 'roles that sign in to the desk with a second factor only, as `["chief", "admin"]`',
    "proxy": "an HTTP proxy towards the sources; checked, but nothing uses it yet",
}
DEFAULTS = {"data": "data", "base_url": f"http://127.0.0.1:{PORT}", "user_agent": "sayso/VERSION"}


def commands_page() -> str:
    """Every command with its help as the terminal shows it."""
    root = click.Context(command, info_name="sayso", terminal_width=WIDTH, **command.context_settings)
    return page("Commands", "\n\n".join(section(ctx) for ctx in descend(root)))


def descend(ctx: click.Context) -> Iterator[click.Context]:
    """The command and all below it, in the order of its help."""
    yield ctx
    if isinstance(ctx.command, click.Group):
        for name in ctx.command.list_commands(ctx):
            found = ctx.command.get_command(ctx, name)
            assert found is not None, name
            yield from descend(click.Context(found, info_name=name, parent=ctx))


def section(ctx: click.Context) -> str:
    """One command under its heading."""
    return f"## {ctx.command_path}\n\n```text\n{ctx.command.get_help(ctx).rstrip()}\n```"


def claims_page() -> str:
    """The words of the claim scheme."""
    drive = ", ".join(f"`{t}`" for t in QUESTION_TYPES)
    types = ((f"`{t}`", ", ".join(f"`{s}`" for s in TYPES[t]), TYPE_LINES[t]) for t in lines_of(TYPES, TYPE_LINES))
    operators = ((f"`{o}`", OPERATOR_LINES[o]) for o in lines_of(get_args(Operator), OPERATOR_LINES))
    kinds = ((f"`{k}`", KIND_LINES.get(k, k.replace("_", " "))) for k in KINDS)
    return page(
        "Words of a claim",
        "A claim is one source saying one thing. These are its words, in the program and in `sayso read --json`.",
        "## Types",
        f"These form questions, and casualties the tally: {drive}. The rest is shown as said.",
        table(("type", "kinds of it", "what it is"), types),
        "## Figures",
        "A figure keeps the operator that it was said with.",
        table(("operator", "what it means"), operators),
        "## Who speaks",
        "The `kind` of a body or speaker; a spokesperson has the kind of the body spoken for.",
        table(("kind", "who that is"), kinds),
        "## Channels",
        ", ".join(f"`{c}`" for c in CHANNELS) + ".",
    )


def settings_page() -> str:
    """The operator's settings and the variables over them."""
    usual = {f.name: f.default for f in fields(Settings)}
    known = lines_of({key: variable for variable, key in VARIABLES.items()}, SETTING_LINES)
    rows = ((f"`{k}`", f"`{v}`", shown(DEFAULTS.get(k, usual[k])), SETTING_LINES[k]) for k, v in known.items())
    return page(
        "Settings",
        "`sayso.toml` in the coverage's folder; every setting may be left out. An environment variable stands over it.",
        table(("setting", "variable", "default", "what it does"), rows),
    )


def lines_of(known: Any, described: Mapping[str, str]) -> Any:
    """The known words, each of which must be described, and nothing else. Raises ValueError for a difference."""
    if odd := set(known) ^ set(described):
        raise ValueError(f"tools/reference.py: describe, or take out: {', '.join(sorted(odd))}")
    return known


def shown(default: Any) -> str:
    """A default as the file would give it; a dash for an empty one."""
    return f"`{default}`" if default else "-"


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines).replace("| --- ", "|---").replace("--- |", "---|")


def page(title: str, *parts: str) -> str:
    """A page with its title and the note that it is written by a program."""
    return "\n\n".join([f"# {title}", NOTE, *parts]) + "\n"


def pages() -> dict[str, str]:
    """File name -> text of every page of the reference."""
    return {"commands.md": commands_page(), "claims.md": claims_page(), "settings.md": settings_page()}


def main() -> int:
    """Write the pages and name those that changed."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
