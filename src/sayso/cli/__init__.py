"""The `sayso` command: `sayso <noun> <verb>`; data on standard output, talk on standard error.

Exit status: 0 done, 1 refused or failed, 2 wrong usage.
"""

import importlib
import sys

import click

from sayso import __version__
from sayso.errors import SaysoError

#: command -> (module, attribute, help in one line); loaded only when called, so that `sayso read` starts at once.
COMMANDS = {
    "live": ("sayso.cli.live", "live", "Run a coverage: poll its sources, read, show the page and the desk."),
    "read": ("sayso.cli.read", "read", "Print the claims of any text: who says what, with the words that say so."),
    "add": ("sayso.cli.add", "add", "Add a statement by hand: a post, a call, a leaflet."),
    "desk": ("sayso.cli.desk", "desk", "What an editor does: inbox, publish, hold, correct, withdraw, take down."),
    "coverage": ("sayso.cli.coverage", "coverage", "Start a coverage of your own, check its files, carry it."),
    "basemap": ("sayso.cli.basemap", "basemap", "Draw what a coverage's map is drawn on: coast, rivers, borders."),
    "status": ("sayso.cli.status", "status", "Sources, what could not be read, what waits for an editor."),
    "store": ("sayso.cli.store", "store", "Verify, prove and rebuild the ledger."),
    "doctor": ("sayso.cli.doctor", "doctor", "Check this machine, the settings and a coverage's data."),
}


class Lazy(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One line a command, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="sayso")
def command() -> None:
    """Live coverage of an armed conflict, with no number without who said it."""


def main() -> None:
    """Run the command; an error raised on purpose is one sentence on standard error and exit status 1."""
    try:
        command()
    except SaysoError as err:
        click.echo(f"sayso: {err}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(0)  # `sayso read ... | head`: the reader has seen enough
