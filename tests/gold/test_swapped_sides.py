"""All sides alike: swap two parties in the text and in what the editor entered, and the claims are the swapped claims."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest

from sayso.flow import texts
from sayso.model.conflict import Conflict, Membership, Party
from sayso.model.rows import conflict_from_parties_json
from sayso.model.setting import Setting
from sayso.sources.outline import outline
from tests.gold.measuring import gold_sets

Row = dict[str, Any]
ADJECTIVE: Final = re.compile(r"(?:ian|ani|ish|ese|ic|an|al)\Z")
#: Which two parties change places; a coverage with more has its others stay where they are.
PAIRS: Final = {
    "karabakh2020": ("AZ", "AM"), "orland": ("OR", "TK"), "ukraine": ("UA", "RU"), "sudan": ("SAF", "RSF"),
    "lebanon": ("IL", "LB"), "saltmark": ("SM", "FC"), "congo": ("CD", "RW"), "myanmar": ("MM", "AA"),
}  # fmt: skip


def exchanged(conflict: Conflict, a: str, b: str, words: Mapping[str, str]) -> Conflict:
    """The conflict with two parties in each other's place: everything of the one is the other's, but for the names that
    `words` exchanges in the texts."""
    turn = {a: b, b: a}

    def side(x: str | None) -> str | None:
        return turn.get(x, x) if x else x

    names = {p.id: p.names for p in conflict.parties}
    kept = {x: [n for n in names[x] if n in words] for x in (a, b)}
    moved = {x: [turned(n, words) for n in names[turn[x]] if n not in words] for x in (a, b)}
    parties = tuple(Party(id=p.id, names=(*kept[p.id], *moved[p.id])) if p.id in turn else p for p in conflict.parties)
    return replace(
        conflict,
        parties=parties,
        groups=tuple(
            replace(
                g,
                names=tuple(turned(n, words) for n in g.names),
                members=tuple(Membership(party=turn.get(m.party, m.party)) for m in g.members),
            )
            for g in conflict.groups
        ),
        bodies=tuple(
            replace(x, names=tuple(turned(n, words) for n in x.names), side=side(x.side)) for x in conflict.bodies
        ),
        people=tuple(
            replace(
                x,
                body=turned(x.body, words) if x.body else None,
                role=turned(x.role, words) if x.role else None,
                side=side(x.side),
            )
            for x in conflict.people
        ),
        places=tuple(
            replace(x, names=tuple(turned(n, words) for n in x.names), side=side(x.side)) for x in conflict.places
        ),
    )


def turned(text: str, words: Mapping[str, str]) -> str:
    """A text with the paired names exchanged."""
    if not words:
        return text
    longest = sorted(words, key=len, reverse=True)
    return re.sub(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", lambda m: words[m[0]], text)


def paired_names(conflict: Conflict, a: str, b: str) -> dict[str, str]:
    """The display names and the first adjectives of two parties, each with its counterpart, where both have one."""
    names = {p.id: p.names for p in conflict.parties}
    out: dict[str, str] = {}
    for find in (display, adjective):
        one, other = (find(names[x]) for x in (a, b))
        if one and other:
            out |= {one: other, other: one, one.upper(): other.upper(), other.upper(): one.upper()}
    return out


def display(names: Sequence[str]) -> str | None:
    """The name for display, where it is one word."""
    return names[0] if names[0].isalpha() and names[0].istitle() else None


def adjective(names: Sequence[str]) -> str | None:
    """The first other name of one word that is an adjective by its form."""
    return next((n for n in names[1:] if n.isascii() and n.isalpha() and ADJECTIVE.search(n)), None)


def shape(claim: Row, turn: Mapping[str, str], words: Mapping[str, str]) -> tuple[Any, ...]:
    """What is compared: all that says who did what to whom, with sides and names exchanged."""

    def side(x: str | None) -> str | None:
        return turn.get(x, x) if x else x

    attr, target, qty = claim["attr"], claim["target"] or {}, claim["qty"] or {}
    return (
        claim["type"], claim["sub"], attr["kind"], side(attr["side"]), attr["speaker"], attr["channel"], attr["quote"],
        attr["hedge"], tuple((v["kind"], side(v["side"])) for v in attr["via"]), side(claim["actor"]),
        side(claim["subject"]), claim["who"], qty.get("cmp"), qty.get("n"), qty.get("low"), qty.get("high"),
        qty.get("scope"), claim["part_of"], tuple(turned(p, words) for p in claim["places"]), claim["from"], claim["to"],
        claim["polarity"], claim["modality"], target.get("type"), side(target.get("actor")),
    )  # fmt: skip


def shapes(
    claims: Iterable[Row], turn: Mapping[str, str] | None = None, words: Mapping[str, str] | None = None
) -> list[str]:
    """What is compared of many claims; those that both sides make at once have no order of their own."""
    return sorted(repr(shape(c, turn or {}, words or {})) for c in claims)


def dev_conflicts(shared: Path) -> dict[str, Conflict]:
    data = json.loads((shared / "gold" / "parties.json").read_text(encoding="utf-8"))
    return {key: conflict_from_parties_json(value, key) for key, value in data.items()}


@pytest.mark.parametrize("name", PAIRS)
def test_swapped_parties_give_the_swapped_claims_on_every_english_row(shared: Path, name: str) -> None:
    a, b = PAIRS[name]
    conflict = dev_conflicts(shared)[name]
    words = paired_names(conflict, a, b)
    plain, other = texts.make_reader(conflict), texts.make_reader(exchanged(conflict, a, b, words))
    rows = [r for r in gold_sets.rows_in(shared / "gold" / "dev.jsonl") if r["lang"] == "en" and r["conflict"] == name]
    assert rows
    swapped_rows = [{**r, "text": turned(r["text"], words), "context": turned_context(r, words)} for r in rows]
    for row, was, now in zip(
        rows, texts.read_rows(rows, {None: plain}), texts.read_rows(swapped_rows, {None: other}), strict=True
    ):
        assert shapes(now["claims"]) == shapes(was["claims"], {a: b, b: a}, words), row["id"]


def turned_context(row: Row, words: Mapping[str, str]) -> str | None:
    """The context of a row with the names exchanged."""
    return turned(row["context"], words) if row.get("context") else None


def test_swapped_parties_give_the_swapped_claims_on_the_model_page(shared: Path) -> None:
    conflict = texts.conflict_of(gold_sets.PROJECT / "examples" / "karabakh-2020")
    words = paired_names(conflict, "AZ", "AM")
    text = gold_sets.MODEL_PAGE.read_text(encoding="utf-8")
    setting = Setting(published=datetime(2020, 10, 7), outlet="JAMnews")

    def claims(text: str, conflict: Conflict) -> list[Row]:
        passages = texts.make_reader(conflict).read(text, outline(text), setting).passages
        return [c for r in texts.document_rows(text, passages, doc="page", meta={}) for c in r["claims"]]

    was = shapes(claims(text, conflict), {"AZ": "AM", "AM": "AZ"}, words)
    now = shapes(claims(turned(text, words), exchanged(conflict, "AZ", "AM", words)))
    assert len(was) > 30
    assert now == was
