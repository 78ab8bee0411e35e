"""Killed and injured counts of whole documents: the reader's claims against the counts of MUC-4.

    python tools/gold_counts.py [--gold DIR] [--split dev] [--errors N]

The conflict is empty: nothing is known of parties, bodies or places. The documents are in capitals throughout.
"""

import argparse
import importlib.util
import itertools
import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from sayso.lexicon import load_lexicons
from sayso.model.claim import Claim, Part, Passage, Span
from sayso.model.conflict import Conflict
from sayso.model.setting import Setting
from sayso.read import Reader

GOLD = Path(__file__).resolve().parents[1] / ".." / "shared" / "gold"
EFFECTS = {"killed": "killed", "wounded": "injured"}
#: What no template counts: they describe incidents, and leave out totals of a war and what is not told as a fact.
NO_INCIDENT = ("plan", "appeal", "conditional", "background")
#: Counts of a stretch of time or a whole war.
LONG = ("cumulative", "period")
#: Words that state no number: their bounds are reading aids.
VAGUE = ("several", "many", "dozens", "hundreds", "thousands", "tens_of_thousands", "hundreds_of_thousands")
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
DATELINE = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)})[A-Z]* (\d\d)\b")
PARAGRAPH = re.compile(r"\n\s*\n")
Pair = tuple[str, int]


def scorer(folder: Path) -> ModuleType:
    """The official scorer, imported from beside the documents."""
    spec = importlib.util.spec_from_file_location("score_counts", folder / "public" / "score_counts.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def documents_in(folder: Path, score: ModuleType) -> list[dict[str, Any]]:
    """The labelled documents of every split that the folder holds."""
    return [d for path in sorted((folder / "public").glob("muc4-*.jsonl")) for d in score.load(path)]


def reader() -> Reader:
    """A reader of English that knows no conflict."""
    lexicons = {"en": load_lexicons()["en"]}
    return Reader(lexicons=lexicons, conflict=Conflict(id="none"), language_of=lambda _: "en")


def passages_of(known: Reader, text: str) -> tuple[Passage, ...]:
    """A document read as one entry, a paragraph a part."""
    cuts = [0, *(m.end() for m in PARAGRAPH.finditer(text)), len(text)]
    parts = tuple(Part(span=Span(a, b), kind="entry") for a, b in itertools.pairwise(cuts) if b > a)
    return known.read(text, parts, Setting(lang="en", published=dateline(text))).passages


def dateline(text: str) -> date | None:
    """The day that the dateline of a document names ("3 JAN 90"), if it has one."""
    found = DATELINE.search(text[:300])
    if found is None:
        return None
    try:
        return date(1900 + int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))
    except ValueError:
        return None


def pair_of(claim: Claim) -> Pair | None:
    """The effect and the count of a claim, None where it has none that an incident could have."""
    count = claim.count
    if claim.type != "casualties" or claim.sub not in EFFECTS or claim.polarity != "asserted" or count is None:
        return None
    if claim.modality in NO_INCIDENT or count.scope in LONG:
        return None
    if count.operator in VAGUE:
        return None
    number = count.n if count.n is not None else count.low
    return None if number is None or number < 1 else (EFFECTS[claim.sub], int(number))


def part_of_war(passage: Passage, claim: Claim) -> bool:
    """Whether a claim counts a part of what was counted over a stretch of time, and so no incident."""
    whole = passage.claims[claim.part_of].count if claim.part_of is not None else None
    return whole is not None and whole.n is not None and whole.scope in LONG


def predicted(documents: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[Pair, list[Any]]]]:
    """Each document with its pairs, and for each pair the passages and claims that say it."""
    known = reader()
    for document in documents:
        said: dict[Pair, list[Any]] = {}
        for passage in passages_of(known, document["text"]):
            for claim in passage.claims:
                if (pair := pair_of(claim)) is not None and not part_of_war(passage, claim):
                    said.setdefault(pair, []).append((passage, claim))
        yield document, said


def measure(folder: Path, split: str = "dev") -> dict[str, Any]:
    """The scorer's figures for a split of the documents in `folder`, the folder of the gold, by what is counted."""
    return {part: each for part, each in measured(folder, split)[0].items() if isinstance(each, dict)}


def measured(folder: Path, split: str) -> tuple[dict[str, Any], list[tuple[dict[str, Any], dict[Pair, list[Any]]]]]:
    """The scorer's figures, and what was read."""
    score = scorer(folder)
    gold = documents_in(folder, score)
    texts = [{"id": d["id"], "text": d["text"]} for d in gold if d.get("split") == split]  # without their labels
    found = list(predicted(texts))
    rows = [{"id": d["id"], "counts": [list(p) for p in said]} for d, said in found]
    return score.score(gold, rows, split), found


def show_errors(
    folder: Path, split: str, found: list[tuple[dict[str, Any], dict[Pair, list[Any]]]], limit: int
) -> None:
    """Print the fills that no pair took and the pairs that no fill took, with the sentences of the latter."""
    gold = {d["id"]: d for d in documents_in(folder, scorer(folder))}
    for document, said in found[:limit]:
        left = [(e, *f) for e in ("killed", "injured") for f in gold[document["id"]].get(f"{e}_fills") or []]
        for pair in sorted(said):
            hit = next((f for f in left if f[0] == pair[0] and f[1] <= pair[1] <= f[2]), None)
            if hit is not None:
                left.remove(hit)
                continue
            for passage, claim in said[pair][:1]:
                words = " ".join(passage.text.split())
                print(f"false  {document['id']} {pair[0]} {pair[1]} {claim.rule}: {words}")
        for effect, low, high in left:
            print(f"missed {document['id']} {effect} {low}..{high}")


def main() -> int:
    """Print the scorer's table; 0 unless the documents are missing."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--gold", type=Path, default=GOLD)
    options.add_argument("--split", default="dev")
    options.add_argument("--errors", type=int, default=0, help="list what is missed and false in the first N documents")
    chosen = options.parse_args()
    if not any((chosen.gold / "public").glob("muc4-*.jsonl")):
        print(f"no documents in {chosen.gold / 'public'}: nothing to measure", file=sys.stderr)
        return 0
    result, found = measured(chosen.gold, chosen.split)
    print(json.dumps(result, indent=1))
    if chosen.errors:
        show_errors(chosen.gold, chosen.split, found, chosen.errors)
    return 0


if __name__ == "__main__":
    sys.exit(main())
