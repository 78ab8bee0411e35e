"""`sayso desk people`: the accounts of a desk, as commands; they need no signing in, since whoever is at the machine can read
its database."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import click

from sayso.accounts import ROLES
from sayso.cli.reviewing import FOLDER, JSON, reviewing, say
from sayso.flow.shift.people import People
from sayso.flow.shift.staff import TERMINAL, Staff

NAME = click.argument("name")
ROLE = click.Choice(ROLES)


@click.group()
def people() -> None:
    """Who may sit at the desk: invite, change a role, reset a password, close an account."""


@contextlib.contextmanager
def managing(folder: Path) -> Iterator[tuple[People, str]]:
    """The accounts of the coverage in a folder, and what an address that works once begins with."""
    with reviewing(folder) as review:
        settings = review.room.settings
        staff = Staff(review.room.store, second_for=settings.second_factor)
        yield People(staff), f"{settings.base_url}/desk/join/"


@people.command("list")
@FOLDER
@JSON
def list_(folder: Path, *, as_json: bool) -> None:
    """List the accounts with their roles."""
    with managing(folder) as (accounts, _):
        users = accounts.all()
    rows = [
        {
            "name": u.name,
            "role": u.role,
            "closed": u.closed,
            "second_factor": u.second is not None,
            "since": u.created_at,
        }
        for u in users
    ]
    words = [
        f"{u.name}  {'closed' if u.closed else u.role}{'' if u.closed or not u.second else ', second factor'}"
        for u in users
    ]
    say(rows, "\n".join(words), as_json=as_json)


@people.command()
@FOLDER
@click.option("--role", type=ROLE, default="reporter", show_default=True)
@JSON
def invite(folder: Path, role: str, *, as_json: bool) -> None:
    """Print an address with which somebody joins, once, within 48 hours."""
    with managing(folder) as (accounts, begins):
        address = begins + accounts.invite(role, who=TERMINAL)
    say({"address": address, "role": role}, address, as_json=as_json)


@people.command()
@FOLDER
@NAME
@click.argument("role", type=ROLE)
@JSON
def role(folder: Path, name: str, role: str, *, as_json: bool) -> None:
    """Give somebody another role. The last admin stays one."""
    with managing(folder) as (accounts, _):
        accounts.change_role(name, role, who=TERMINAL)
    say({"name": name, "role": role}, f"{name} is {role} now", as_json=as_json)


@people.command()
@FOLDER
@NAME
@click.option("--second", is_flag=True, help="The phone is lost too: take away the second factor.")
@JSON
def reset(folder: Path, name: str, *, second: bool, as_json: bool) -> None:
    """End somebody's password and print an address for another one, which works once, within 48 hours."""
    with managing(folder) as (accounts, begins):
        address = begins + accounts.reset(name, second=second, who=TERMINAL)
    say({"address": address, "name": name}, address, as_json=as_json)


@people.command()
@FOLDER
@NAME
@click.option("--yes", is_flag=True, help="Do not ask.")
@JSON
def close(folder: Path, name: str, *, yes: bool, as_json: bool) -> None:
    """Close an account for good: its sessions and tokens end, its name is never given again."""
    if not yes:
        click.confirm(f"Close the account {name} for good?", abort=True, err=True)
    with managing(folder) as (accounts, _):
        accounts.close(name, who=TERMINAL)
    say({"name": name, "closed": True}, f"closed {name}", as_json=as_json)
