"""What must not stand in the repository: where and how it was made, real sides in the code, overgrown files.

Every exception is listed here with its reason.
"""

import ast
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 400, 50

#: Written with a gap, so that this file does not hold what it looks for.
HOSTS = ("py~pi.org", "python~hosted.org", "npm~js.org", "npm~js.com", "debian~.org", "proxy.go~lang.org", "crates~.io")
PLACES = ("/wo~rk/", ".lib~rary", "/tmp/br~ief", "READ_~THIS_FIRST")
WORDS = (
    r"\bwork~place", r"\bAI ~(?:model|assistant)s?\b", r"\bL~LMs?\b",
    r"\b(?:this|previous|next|last|earlier|another|parallel|helper) ~sessions?\b",
    r"\bissues? #?~\d", r"\b(?:fix(?:es)?|close[sd]?|refs?|see) #~\d",
)  # fmt: skip
#: "agent" is a word of grammar in the reader, and of HTTP.
AGENT = re.compile(r"(?<!user[ _])(?<!-)\bagents?\b", re.I)
AGENT_MAY = ("src/sayso/read/", "src/sayso/lexicon/data/")  # a part in a clause; a word of police and press

PRINTS = {
    "tests/faults/test_behind_caches.py": "seconds until a correction and a takedown are everywhere",
    "tests/browser/test_arrival.py": "shows the times that it measured",
    "tests/browser/test_reader.py": "shows what it measured",
    "tests/browser/test_hostile_words.py": "shows how many payloads ran",
    "tests/browser/test_vitals.py": "shows how far things moved",
    "tests/web/test_public.py": "shows the sizes of what goes out",
    "tests/faults/power_cuts/test_power_cuts.py": "shows what each cut left behind",
}
LONG_MODULES = {"tests/publish/factory.py": "one page of each kind, filled by hand"}
LONG_FUNCTIONS = {
    ("src/sayso/store/migrations/versions/0001_first_tables.py", "upgrade"): "the tables, one after the other",
    ("src/sayso/read/text/numbers.py", "value_at"): "the grammar of number words, one branch a form",
    ("src/sayso/read/kinds/people.py", "displacement"): "one branch a form of words for those who flee and return",
    ("src/sayso/read/kinds/silences.py", "from_frame"): "one branch a way of not telling",
    ("tests/desk/test_risks.py", "planted"): "a table of planted mistakes",
}
#: Words of our code that a party, person or place of the example is also called.
NOT_A_NAME = {
    ("src/sayso/read/kinds/corridors.py", "amnesty"): "the promise not to punish, a common noun",
    ("src/sayso/lexicon/data/en/nouns.toml", "amnesty"): "likewise",
    ("src/sayso/cli/read.py", "karabakh"): "the folder of the example that ships with sayso, in a usage line",
}


@cache
def tracked() -> tuple[str, ...]:
    """Every file of the repository that is still there, by its path."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    if done.returncode:
        pytest.skip("not a git work tree: the repository's files are not known")
    return tuple(f for f in done.stdout.split("\0") if f and (ROOT / f).is_file())


@cache
def text_of(file: str) -> str:
    """The file as text; bytes that are none are passed over."""
    return (ROOT / file).read_bytes().decode("utf-8", "ignore")


class Shape(NamedTuple):
    """What is asked about a Python file: whether it prints, and how many lines each of its functions has."""

    file: str
    prints: bool
    functions: tuple[tuple[str, int], ...]


@cache
def shapes() -> tuple[Shape, ...]:
    """The shape of every Python file, each parsed once; no tree is kept, since keeping them costs more than parsing."""
    return tuple(shape_of(f) for f in tracked() if f.endswith(".py"))


def shape_of(file: str) -> Shape:
    """The shape of one Python file."""
    nodes = list(ast.walk(ast.parse(text_of(file))))
    functions = (n for n in nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    lengths = tuple((n.name, (n.end_lineno or 0) - n.lineno + 1) for n in functions)
    return Shape(file=file, prints=any(map(prints, nodes)), functions=lengths)


def found(pattern: re.Pattern[str], files: tuple[str, ...]) -> list[str]:
    """Where the pattern stands, as file:line."""
    return [
        f"{file}:{text_of(file).count(chr(10), 0, m.start()) + 1}: {m[0]}"
        for file in files
        for m in pattern.finditer(text_of(file))
    ]


def test_nothing_that_the_program_needs_is_kept_out_of_the_repository() -> None:
    command = [
        "git",
        "ls-files",
        "--others",
        "--ignored",
        "--exclude-standard",
        "--",
        "src",
        "tests",
        "examples/*/*.toml",
    ]
    assert tracked()  # skips where there is no work tree
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=True)
    assert [f for f in done.stdout.splitlines() if "__pycache__" not in f] == []


@pytest.mark.parametrize("words", [*HOSTS, *PLACES])
def test_no_file_names_a_registry_or_the_place_where_it_was_made(words: str) -> None:
    assert not found(re.compile(re.escape(words.replace("~", ""))), tracked())


@pytest.mark.parametrize("words", WORDS)
def test_no_file_speaks_of_how_it_was_made(words: str) -> None:
    assert not found(
        re.compile(words.replace("~", ""), re.I if "AI" not in words and "LM" not in words else 0), tracked()
    )


def test_no_file_speaks_of_agents_but_for_grammar_and_browsers() -> None:
    files = tuple(f for f in tracked() if not f.startswith(AGENT_MAY) and f != "tests/test_hygiene.py")
    assert not found(AGENT, files)


def test_only_commands_and_tools_print() -> None:
    may = ("src/sayso/cli/", "tools/")
    printing = {s.file for s in shapes() if s.prints and not s.file.startswith(may)}
    assert sorted(printing - set(PRINTS)) == []
    assert sorted(set(PRINTS) - printing) == [], "take these out of the list of exceptions"


def prints(node: ast.AST) -> bool:
    """Whether a node calls print."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"


def test_no_module_outgrows_its_seam() -> None:
    long = {f: n for f in tracked() if f.endswith(".py") and (n := text_of(f).count("\n")) > MOST_LINES}
    assert {f: n for f, n in long.items() if f not in LONG_MODULES} == {}
    assert sorted(set(LONG_MODULES) - set(long)) == [], "take these out of the list of exceptions"


def test_no_function_outgrows_a_screen() -> None:
    long = {(s.file, name): lines for s in shapes() for name, lines in s.functions if lines > MOST_LINES_OF_A_FUNCTION}
    assert {k: n for k, n in long.items() if k not in LONG_FUNCTIONS} == {}
    assert sorted(set(LONG_FUNCTIONS) - set(long)) == [], "take these out of the list of exceptions"


def names() -> set[str]:
    """Every name of a party, body, person or place in the example of a real war."""
    tables = [
        table
        for file in ("parties.toml", "places.toml")
        for tables in tomllib.loads(text_of(f"examples/karabakh-2020/{file}")).values()
        for table in tables
    ]
    return {n for t in tables for n in (t.get("name"), *t.get("names", ())) if n}


def standing_in(text: str, known: set[str]) -> list[str]:
    """The names whose letters stand somewhere in the text, within words too: few, so that the pattern of them is fast."""
    folded = text.casefold()
    stems = ((name, name.rstrip("*")) for name in known)
    return [name for name, stem in stems if (stem in text if stem.isupper() else stem.casefold() in folded)]


def pattern_of(*known: str) -> re.Pattern[str]:
    """Any of the names as a whole word, in any case; one all in capitals only so (US), and after a stem any letters."""
    longest_first = sorted(known, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(alternative, longest_first))})(?!\w)")


def alternative(name: str) -> str:
    """One name inside the pattern."""
    stem = re.escape(name.rstrip("*"))
    return (stem if stem.isupper() else f"(?i:{stem})") + (r"\w*" if name.endswith("*") else "")


def test_neither_code_nor_word_lists_know_a_real_party_place_or_person() -> None:
    known = names()
    # A font's bytes are no words, and cldr.json is the CLDR's list of all time zones, each with the city of its id.
    files = (f for f in tracked() if f.startswith("src/") and not f.endswith((".ttf", "/cldr.json")))
    hits = [hit for f in files if (here := standing_in(text_of(f), known)) for hit in found(pattern_of(*here), (f,))]
    assert [
        h
        for h in hits
        if not names_a_language(h) and (h.partition(":")[0], h.rpartition(" ")[2].casefold()) not in NOT_A_NAME
    ] == []


def names_a_language(hit: str) -> bool:
    """Whether what was found in the room of word lists is the name of one of its languages."""
    file, word = hit.partition(":")[0], hit.rpartition(" ")[2]
    profiles = (f for f in tracked() if f.endswith("/language.toml"))
    return file.startswith("src/sayso/lexicon/") and word in {tomllib.loads(text_of(f))["name"] for f in profiles}


def test_a_name_is_found_as_a_word_only() -> None:
    assert pattern_of("Norr*").search("the NORRinian army")
    assert not pattern_of("Norr").search("Norrin")
    assert not pattern_of("US").search("tell us")
