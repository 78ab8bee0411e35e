"""The project's documents as tests see them: their fenced blocks, commands, links and the paths that they name."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
INLINE = re.compile(r"`([^`]+)`")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
#: A path of the repository in a text: from its top, or a file that stands there.
PATH = re.compile(r"(?:src|docs|tests|tools|examples|requirements)/[\w./-]*|[A-Z]+\.md|Makefile|pyproject\.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A command that a document quotes. `whole`: it stands in a block of its own, so that it must run as written."""

    words: tuple[str, ...]
    line: str
    whole: bool


def documents() -> list[Path]:
    """Every document that people read, but for those that a generator writes."""
    found = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*/*.md")]
    return sorted(p for p in found if p.parent.name != "reference")


def blocks(text: str) -> Iterator[str]:
    """Each fenced block of shell."""
    return (m[2] for m in FENCE.finditer(text) if m[1] in ("sh", "console", ""))


def commands(path: Path, program: str) -> Iterator[Quoted]:
    """Every command of a program that a document quotes, in blocks and in the running text."""
    text = path.read_text(encoding="utf-8")
    for block in blocks(text):
        for line in block.splitlines():
            if line.split()[:1] == [program]:
                yield Quoted(words=tuple(shlex.split(line, comments=True)[1:]), line=line, whole=True)
    for found in INLINE.finditer(FENCE.sub("", text)):
        line = " ".join(found[1].split())
        if line.startswith(f"{program} "):
            yield Quoted(words=tuple(shlex.split(line)[1:]), line=line, whole=False)


def links(path: Path) -> list[str]:
    """The targets of the document's links and pictures that lie in the repository, without what follows #."""
    targets = LINK.findall(path.read_text(encoding="utf-8"))
    return [t.partition("#")[0] for t in targets if "://" not in t and not t.startswith(("#", "mailto:"))]


def paths_named(path: Path) -> list[str]:
    """The paths of the repository that a document names between backticks."""
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    return [w.rstrip(".") for w in INLINE.findall(text) if PATH.fullmatch(w)]


def rows(path: Path, heading: str) -> list[tuple[str, ...]]:
    """The first cells of the tables under a heading, each as the names in it between backticks."""
    text = path.read_text(encoding="utf-8")
    part = re.split(r"^#+ ", text.partition(f"\n## {heading}\n")[2], maxsplit=1, flags=re.M)[0]
    first = (line.split("|")[1] for line in part.splitlines() if line.startswith("| `"))
    return [tuple(INLINE.findall(cell)) for cell in first]
