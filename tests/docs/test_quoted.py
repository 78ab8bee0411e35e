"""What the documents tell people to type exists, and so does every file, link and picture that they point at."""

import re
from pathlib import Path

import click
import pytest

from sayso.cli import command
from tests.docs.documents import ROOT, Quoted, commands, documents, links, paths_named

DOCUMENTS = documents()
QUOTED = [(path, quoted) for path in DOCUMENTS for quoted in commands(path, "sayso")]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def descend(words: tuple[str, ...]) -> tuple[click.Context, list[str]]:
    """The command that the words lead to, and what is left of them."""
    ctx, rest = click.Context(command, info_name="sayso", **command.context_settings), list(words)
    while isinstance(ctx.command, click.Group) and rest and not rest[0].startswith("-"):
        found = ctx.command.get_command(ctx, rest[0])
        assert found is not None, f"there is no command {rest[0]!r} in `{ctx.command_path}`"
        ctx = click.Context(found, info_name=rest.pop(0), parent=ctx)
    return ctx, rest


def fault(quoted: Quoted) -> str | None:
    """What is wrong with a quoted command, None if nothing."""
    try:
        ctx, rest = descend(quoted.words)
        given, left, _ = ctx.command.make_parser(ctx).parse_args(rest)
    except (AssertionError, click.UsageError) as err:
        return str(err)
    missing = [p.name for p in ctx.command.get_params(ctx) if p.required and given.get(p.name or "") is None]
    if left and not isinstance(ctx.command, click.Group):
        return f"takes no more arguments: {left}"
    return f"it needs {missing}" if quoted.whole and missing else None


@pytest.mark.parametrize(("path", "quoted"), QUOTED, ids=[f"{name(p)}: {q.line}" for p, q in QUOTED])
def test_every_quoted_command_exists_with_these_options(path: Path, quoted: Quoted) -> None:
    wrong = fault(quoted)
    assert wrong is None, f"{name(path)} quotes `{quoted.line}`: {wrong}"


def test_a_command_or_option_that_does_not_exist_is_found() -> None:
    for line in ("sayso nothing", "sayso live DIR --nothing", "sayso desk correct DIR ID", "sayso store verify DIR X"):
        assert fault(Quoted(words=tuple(line.split()[1:]), line=line, whole=True)), line


def test_the_documents_quote_commands_at_all() -> None:
    assert len(QUOTED) > 15


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_link_and_picture_leads_to_something(path: Path) -> None:
    missing = [t for t in links(path) if not (path.parent / t).exists()]
    assert not missing, f"{name(path)} points at {missing}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_file_that_a_document_names_is_there(path: Path) -> None:
    missing = [p for p in paths_named(path) if not (ROOT / re.sub(r"<\w+>.*", "", p)).exists()]
    assert not missing, f"{name(path)} names {missing}"


def test_every_quoted_make_target_is_in_the_makefile() -> None:
    known = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    wrong = [(name(p), q.line) for p in DOCUMENTS for q in commands(p, "make") if q.words[0] not in known]
    assert not wrong


def test_every_make_target_says_what_it_does() -> None:
    text = (ROOT / "Makefile").read_text()
    phony = next(line for line in text.splitlines() if line.startswith(".PHONY:")).split()[1:]
    assert set(phony) == set(re.findall(r"^([a-z-]+):.* ## \S", text, re.M))
