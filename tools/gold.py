"""The table of `make gold`: the reader against every development set, beside what it must reach.

    python tools/gold.py [--set NAME] [--errors N] [--type TYPE] [--write DIR]

Then how `reconcile` links and judges the labelled pairs of claims (`gold_pairs.py`). Without the shared gold the reader is
not measured, and it says so. `--errors` lists what was missed, found falsely or read
otherwise than labelled, with its text.
"""

import argparse
import importlib
import importlib.util
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).parent))

import gold_pairs
import gold_reprints
from gold_sets import GOLD, Measured, Row, hits, pairs, scorer, sets

METRICS: Final = ("type", "type_sub", "attribution", "casualties", "quantity", "place", "polarity", "denial_target")
#: What each set must reach, F1.
MUST: Final[Mapping[str, Mapping[str, float]]] = {
    "dev en": {
        "type": 0.90,
        "attribution": 0.90,
        "casualties": 0.92,
        "type_sub": 0.85,
        "place": 0.90,
        "polarity": 0.92,
    },
    "dev ru+uk": {"type": 0.82, "attribution": 0.82, "casualties": 0.88},
    "dev others": {"type": 0.75, "attribution": 0.75, "casualties": 0.85},
    "page-dev-1": {"type": 0.86, "attribution": 0.88, "casualties": 0.90, "split": 1.0},
    "page-dev-2": {"type": 0.86, "attribution": 0.88, "casualties": 0.90, "split": 1.0},
}
COUNTS_MUST: Final = {"all f1": 0.45, "from_2 f1": 0.45, "with_fills recall": 0.65}
SAID_MUST: Final = {"all f1": 0.60, "direct f1": 0.95, "direct source_right": 0.90}
WRONG_SIDES_MUST: Final = 0.01
LONE_RULES_MUST: Final = 0.10


def figures(measured: Measured) -> dict[str, float]:
    """F1 of each metric of a set; for a whole page also the share of entries cut right."""
    score = scorer()
    result = score.score(measured.gold, measured.read, score.Parties(measured.parties))["all"]
    out = {m: float(result[m]["f1"]) for m in METRICS}
    out |= {f"{k} (of pairs)": v["share"] for k, v in result["accuracy"].items() if v["asked"]}
    if measured.whole:
        out["split"] = split_share(measured)
    return out


def split_share(measured: Measured) -> float:
    """The share of a page's entries that are cut as labelled."""
    found: Mapping[str, Any] = scorer().split(measured.gold, measured.read)
    return float(found["share"])


def compared(name: str, measured: Mapping[str, float], must: Mapping[str, float]) -> Iterator[str]:
    """The cells of a set's row: each figure, with the bar beside it where there is one."""
    for key, value in measured.items():
        if "(of pairs)" in key:
            continue
        bar = must.get(key)
        mark = "" if bar is None else f" (>= {bar:g} {'ok' if value >= bar else 'MISSED'})"
        yield f"{key} {value:.3f}{mark}"


def wrong_sides(found: Sequence[Measured]) -> list[tuple[str, Row, Row]]:
    """The claims, paired with a label of their type, that were given to another side than they are of."""
    out = []
    for measured, row, gold, read in hits(found):
        same = scorer().Parties(measured.parties).same
        if not same(gold["attr"]["side"], read["attr"]["side"], row["conflict"]):
            out.append((row["id"], gold, read))
    return out


def ways(wrong: Sequence[tuple[str, Row, Row]]) -> str:
    """How many of them were given to another side, to a side where the label has none, and to none where it has one."""
    given = [(gold["attr"]["side"], read["attr"]["side"]) for _, gold, read in wrong]
    another, too_much = sum(bool(a and b) for a, b in given), sum(bool(b) and not a for a, b in given)
    too_little = len(given) - another - too_much
    return f"to another {another}, to one where there is none {too_much}, to none where there is one {too_little}"


def wrong_parties(found: Sequence[Measured]) -> list[tuple[str, str, Row, Row]]:
    """Each actor and subject, of a claim or of what it denies, where another party was read than is labelled: the row, the
    field, the labelled and the read claim. What one of them leaves unknown is missed or too much, and counted elsewhere."""
    out = []
    for measured, row, gold, read in hits(found):
        same = scorer().Parties(measured.parties).same
        for field, a, b in told_parties(gold, read):
            if a and b and not same(a, b, row["conflict"]):
                out.append((row["id"], field, gold, read))
    return out


def told_parties(gold: Row, read: Row) -> Iterator[tuple[str, str | None, str | None]]:
    """The parties that two claims tell of, field by field."""
    for key in ("actor", "subject"):
        yield key, gold[key], read[key]
        yield f"target {key}", (gold["target"] or {}).get(key), (read["target"] or {}).get(key)


def lone_rules(found: Sequence[Measured], elsewhere: Iterable[str] = ()) -> tuple[set[str], dict[str, float]]:
    """The rules that fire on one passage only over all sets, and for each set the share of its hits that rest on them."""
    passages: dict[str, set[str]] = defaultdict(set)
    for measured in found:
        for n, row in enumerate(measured.read):
            for claim in row["claims"]:
                passages[rule_of(claim)].add(f"{measured.name} {row.get('id') or n}")
    for n, rule in enumerate(elsewhere):
        passages[rule].add(f"elsewhere {n}")
    lone = {rule for rule, where in passages.items() if len(where) == 1}
    resting: Counter[str] = Counter()
    all_hits: Counter[str] = Counter()
    for measured, _, _, read in hits(found):
        all_hits[measured.name] += 1
        resting[measured.name] += rule_of(read) in lone
    return lone, {name: resting[name] / n for name, n in all_hits.items()}


def rule_of(claim: Row) -> str:
    """The id of the rule that made a claim."""
    return str(claim.get("rule", ""))


def show_errors(measured: Measured, most: int, type_: str | None) -> None:
    """Print what was read otherwise than labelled, row by row."""
    for row, paired in pairs(measured):
        lines = [line for gold, read in paired for line in difference(gold, read) if not type_ or type_ in line]
        if lines and most > 0:
            most -= 1
            print(f"-- {row['id']} {row.get('kind', '')}: {row.get('text', '')}")
            print(f"   context: {row['context']}" if row.get("context") else "", *lines, sep="\n   ")


def difference(gold: Row | None, read: Row | None) -> Iterator[str]:
    """What a pair of claims differs in, one line a claim."""
    if gold is None or read is None:
        claim = gold or read
        assert claim is not None
        yield f"{'MISSED' if gold else 'FALSE '} {brief(claim)}"
        return
    a, b = plain(gold), plain(read)
    changed = [f"{k}: {a[k]!r} but read {b[k]!r}" for k in a if a[k] != b[k]]
    if changed:
        yield f"OTHER  {gold['type']}.{gold['sub']} [{rule_of(read)}] " + "; ".join(changed)


def plain(claim: Row) -> dict[str, Any]:
    """The fields of a claim that the scorer looks at."""
    attr, qty, target = claim["attr"], claim["qty"] or {}, claim["target"] or {}
    return {
        "type": f"{claim['type']}.{claim['sub']}", "by": f"{attr['kind']} {attr['side']}", "quote": attr["quote"],
        "speaker": attr["speaker"], "channel": attr["channel"], "hedge": attr["hedge"], "via": len(attr["via"]),
        "actor": claim["actor"], "subject": claim["subject"], "who": claim["who"],
        "qty": (qty.get("cmp"), qty.get("n"), qty.get("low"), qty.get("high")), "scope": qty.get("scope"),
        "places": sorted(claim["places"]), "polarity": claim["polarity"], "modality": claim["modality"],
        "part": claim["part_of"] is not None, "target": (target.get("type"), target.get("actor")),
        "dates": (claim["from"], claim["to"], qty.get("since")),
    }  # fmt: skip


def brief(claim: Row) -> str:
    """A claim in a line."""
    kept = {k: v for k, v in plain(claim).items() if v not in (None, [], (None, None), (None,) * 3, (None,) * 4)}
    return " ".join(f"{k}={v}" for k, v in kept.items()) + f" [{rule_of(claim)}]"


def outside(name: str) -> Mapping[str, float]:
    """The figures of a set with a scorer of its own (`gold_counts`, `gold_attribution`), flat: "all f1"..."""
    module = importlib.import_module(name)
    measured: Mapping[str, Mapping[str, float]] = module.measure(GOLD)
    return {f"{part} {key}": float(v) for part, each in measured.items() for key, v in each.items() if v is not None}


def show_outside(title: str, name: str, must: Mapping[str, float]) -> None:
    """Print the figures of such a set beside its bars."""
    if importlib.util.find_spec(name) is None:
        return
    found = outside(name)
    print(f"{title:22}", ", ".join(compared(title, {k: found[k] for k in must if k in found}, must)))


def main() -> int:
    """Print the table; 0 also where a bar is missed, since a table is no test."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--set", help="only sets whose name holds this")
    options.add_argument("--errors", type=int, default=0, help="list so many rows with errors, a set")
    options.add_argument("--type", help="of those only lines that hold this")
    options.add_argument("--write", type=Path, help="also write the predicted rows into this folder")
    chosen = options.parse_args()
    if not (GOLD / "dev.jsonl").is_file():
        print(f"no gold in {GOLD}: the reader is not measured", file=sys.stderr)
        gold_pairs.show()
        gold_reprints.show()
        return 0
    found = [m for m in sets() if not chosen.set or chosen.set in m.name]
    for measured in found:
        print(f"{measured.name:22}", ", ".join(compared(measured.name, figures(measured), MUST.get(measured.name, {}))))
        if chosen.errors:
            show_errors(measured, chosen.errors, chosen.type)
        if chosen.write:
            write(chosen.write, measured)
    if not chosen.set:
        show_outside("muc4 dev", "gold_counts", COUNTS_MUST)
        show_outside("polnear dev", "gold_attribution", SAID_MUST)
        gold_pairs.show()
    show_sides_and_rules(found)
    return 0


def write(folder: Path, measured: Measured) -> None:
    """Write the rows as read."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in measured.read)
    (folder / f"{measured.name.replace(' ', '-')}.jsonl").write_text(lines, encoding="utf-8")


def show_sides_and_rules(found: Sequence[Measured]) -> None:
    """Print the claims given to a wrong side, and the rules that fire on one passage only."""
    wrong, claims = wrong_sides(found), sum(len(r["claims"]) for m in found for r in m.read)
    share = len(wrong) / max(1, claims)
    state = "ok" if share <= WRONG_SIDES_MUST else "MISSED"
    print(
        f"given to a wrong side: {len(wrong)} of {claims} claims, {share:.3f} (<= {WRONG_SIDES_MUST} {state}), {ways(wrong)}"
    )
    for row_id, gold, read in wrong:
        print(f"  {row_id} {gold['type']}.{gold['sub']}: {gold['attr']['side']} but read {read['attr']['side']}")
    parties = wrong_parties(found)
    print(f"telling of a wrong party: {len(parties)} of {claims} claims, {len(parties) / max(1, claims):.3f}")
    for row_id, field, gold, read in parties:
        key = field.removeprefix("target ")
        a, b = (c["target"] if key != field else c for c in (gold, read))
        print(f"  {row_id} {gold['type']}.{gold['sub']} {field}: {a[key]} but read {b[key]}")
    lone, shares = lone_rules(found)
    print(f"rules that fire on one passage only ({len(lone)}): {', '.join(sorted(lone))}")
    for name, value in shares.items():
        bar = f" (<= {LONE_RULES_MUST} {'ok' if value <= LONE_RULES_MUST else 'MISSED'})" if name in MUST else ""
        print(f"  share of the hits on {name} that rest on them: {value:.3f}{bar}")


if __name__ == "__main__":
    sys.exit(main())
