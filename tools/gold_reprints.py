"""How well reprints are told from texts of their own, on pairs labelled by hand (R10)."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sayso.flow.texts import make_reader
from sayso.model.claim import Claim, Part, Span
from sayso.model.conflict import Body, Conflict, Party
from sayso.model.setting import Setting
from sayso.read import Reader
from sayso.reconcile import tells_no_more
from sayso.store import is_reprint
from sayso.store.reprints import bands_of

FILE = Path(__file__).resolve().parents[1] / "tests" / "gold" / "reprints.toml"
WAR = Conflict(
    id="ford",
    parties=(Party(id="NO", names=("Norrin", "Norrin*")), Party(id="SE", names=("Sedd", "Sedd*"))),
    bodies=(Body(names=("Norrin Defence Ministry",), kind="defence_ministry", side="NO"),
            Body(names=("General Staff of Sedd", "General Staff"), kind="army", side="SE")),
)  # fmt: skip
#: A text taken for a reprint that is none would take an independent origin away: that weighs more.
MUST = {"reprint precision": 1.0, "reprint recall": 0.9}
SETTING = Setting(published=datetime(2031, 5, 4, 19, tzinfo=UTC), outlet="Harbour Post", lang="en")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts with the label, and what is said of them: whether they meet in a bucket, and whether they are one."""

    kind: str
    same: bool
    meet: bool
    words: bool
    found: bool


def measure() -> list[Pair]:
    """Every labelled pair as it is judged."""
    reader = make_reader(WAR)
    return [judged(reader, text, variant) for text in rows() for variant in text["variant"]]


def rows() -> list[dict[str, Any]]:
    """The texts with their variants."""
    found: list[dict[str, Any]] = tomllib.loads(FILE.read_text("utf-8"))["text"]
    return found


def judged(reader: Reader, text: dict[str, Any], variant: dict[str, Any]) -> Pair:
    """One pair: the variant came second."""
    first, second = "\n".join(text["paragraphs"]), varied(text["paragraphs"], variant)
    meet, words = bool(set(bands_of(first)) & set(bands_of(second))), is_reprint(second, first)
    found = meet and words and tells_no_more(claims(reader, second), claims(reader, first), WAR)
    return Pair(kind=variant["kind"], same=variant["same"], meet=meet, words=words, found=found)


def varied(paragraphs: list[str], variant: dict[str, Any]) -> str:
    """The text of a variant."""
    if "other" in variant:
        return str(variant["other"])
    kept = [p for n, p in enumerate(paragraphs) if n not in variant.get("drop", ())]
    text = "\n".join(
        [*([variant["head"]] if "head" in variant else []), *kept, *([variant["tail"]] if "tail" in variant else [])]
    )
    for one, other in variant.get("swap", ()):
        assert one in text, f"{variant['kind']}: “{one}” is not in the text"
        text = text.replace(one, other)
    return text


def claims(reader: Reader, text: str) -> tuple[Claim, ...]:
    """What the reader makes of a text."""
    return reader.read(text, tuple(parts(text)), SETTING).claims


def parts(text: str) -> Iterator[Part]:
    """A part for each line."""
    at = 0
    for line in text.split("\n"):
        yield Part(span=Span(at, at + len(line)))
        at += len(line) + 1


def figures(pairs: list[Pair]) -> dict[str, float]:
    """Precision and recall of what is taken for a reprint."""
    right = sum(p.found and p.same for p in pairs)
    taken, there = sum(p.found for p in pairs), sum(p.same for p in pairs)
    return {"reprint precision": right / taken if taken else 1.0, "reprint recall": right / there}


def show() -> None:
    """Print the figures, and each pair that is judged unlike its label."""
    pairs = measure()
    by_words = sum(p.words and p.same for p in pairs) / max(1, sum(p.words for p in pairs))
    print(f"\nReprints ({len(pairs)} pairs, {sum(p.same for p in pairs)} of one origin)")
    for name, value in figures(pairs).items():
        print(f"  {name:24} {value:.3f} (>= {MUST[name]} {'ok' if value >= MUST[name] else 'MISSED'})")
    print(f"  {'precision by words alone':24} {by_words:.3f}")
    for p in pairs:
        if p.found != p.same:
            print(f"  unlike its label: {p.kind} (same {p.same}, meet {p.meet}, by words {p.words})")
