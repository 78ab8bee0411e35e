"""Who said what in news that is not about war, against the PolNeAR development documents: `make gold` prints its figures.

    python tools/gold_attribution.py [--gold DIR] [--split dev] [--errors N]

The reader is given no directory at all: every name is unknown to it.
"""

import argparse
import importlib.util
import itertools
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from sayso.lexicon import load_lexicons
from sayso.model.claim import Part, Span
from sayso.model.conflict import Conflict
from sayso.model.setting import Setting
from sayso.read import Reader

GOLD = Path(__file__).resolve().parents[1] / ".." / "shared" / "gold"
Row = dict[str, Any]


def scorer(folder: Path) -> ModuleType:
    """The official scorer, imported from beside the gold."""
    spec = importlib.util.spec_from_file_location("score_attribution", folder / "public" / "score_attribution.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def documents(folder: Path, split: str) -> list[Row]:
    """The documents of a split, each once: of two annotators the first."""
    found = sorted((folder / "public").glob("polnear-*.jsonl"))
    lines = (line for path in found for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    rows = [row for row in map(json.loads, lines) if row.get("split") == split]
    return list({row["id"]: row for row in reversed(rows)}.values())[::-1]


def paragraphs(text: str) -> Iterator[Part]:
    """The lines of a text as the paragraphs of one entry."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield Part(span=Span(at, at + len(line)))
        at += len(line) + 1


def predicted(known: Reader, rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    """The reader's attributions in the scorer's form."""
    return [
        {
            "id": row["id"],
            "attributions": [
                {
                    "source": [list(s) for s in t.source],
                    "cue": [list(t.cue)] if t.cue else [],
                    "content": [list(s) for s in t.content],
                }
                for t in known.attributions(row["text"], tuple(paragraphs(row["text"])), Setting(lang="en"))
            ],
        }
        for row in rows
    ]


def measure(folder: Path, split: str = "dev") -> dict[str, dict[str, Any]]:
    """The scorer's figures of a split: `all` contents, and the `direct` ones."""
    rows = documents(folder, split)
    return scored(folder, rows, predicted(reader(), rows))


def reader() -> Reader:
    """A reader that knows no conflict."""
    return Reader(lexicons=load_lexicons(), conflict=Conflict(id="none"), language_of=lambda _: "en")


def scored(folder: Path, rows: Sequence[Row], found: Sequence[Row]) -> dict[str, dict[str, Any]]:
    """The figures of documents as read."""
    result = scorer(folder).score(rows, found)
    return {part: result[part] for part in ("all", "direct")}


def mistakes(folder: Path, rows: Sequence[Row], found: Sequence[Row]) -> Iterator[str]:
    """A line for each content that was missed, found falsely, or given to the wrong source."""
    words = scorer(folder).words
    for row, guess in zip(rows, found, strict=True):
        text, free = row["text"], list(guess["attributions"])
        for one in row["attributions"]:
            want = words(one["content"], text)
            best = max(free, key=lambda f: overlap(want, words(f["content"], text)), default=None)
            if best is None or overlap(want, words(best["content"], text)) < 0.5:
                yield f"missed {told(text, one)}"
                continue
            free.remove(best)
            if one["source"] and not scorer_right(words(one["source"], text), words(best["source"], text)):
                yield f"source {told(text, one)} -> {quoted(text, best['source'])}"
        yield from (f"false  {told(text, one)}" for one in free)


def overlap(a: set[int], b: set[int]) -> float:
    """Intersection over union."""
    return len(a & b) / len(a | b) if a | b else 0.0


def scorer_right(gold: set[int], found: set[int]) -> bool:
    """Whether a source counts as right."""
    both = len(gold & found)
    return both > 0 and (both / len(gold | found) >= 0.3 or both == len(found))


def told(text: str, one: Mapping[str, Any]) -> str:
    """Source, cue and content of an attribution, as text."""
    parts = (quoted(text, one.get(key) or ()) for key in ("source", "cue", "content"))
    return " | ".join(parts)


def quoted(text: str, spans: Sequence[Sequence[int]]) -> str:
    """The words of spans."""
    return " … ".join(" ".join(text[a:b].split()) for a, b in spans)


def main() -> int:
    """Print the figures; 0 unless the gold is missing."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--gold", type=Path, default=GOLD)
    options.add_argument("--split", default="dev")
    options.add_argument("--errors", type=int, default=0)
    chosen = options.parse_args()
    if not list((chosen.gold / "public").glob("polnear-*.jsonl")):
        print(f"no PolNeAR documents in {chosen.gold}/public: nothing to measure", file=sys.stderr)
        return 0
    rows = documents(chosen.gold, chosen.split)
    begun = time.perf_counter()
    found = predicted(reader(), rows)
    seconds = time.perf_counter() - begun
    for part, figures in scored(chosen.gold, rows, found).items():
        print(part, *(f"{k} {v}" for k, v in figures.items()))
    words = sum(len(row["text"].split()) for row in rows)
    print(f"{len(rows)} documents, {words / seconds:,.0f} words a second")
    for line in itertools.islice(mistakes(chosen.gold, rows, found), chosen.errors):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
