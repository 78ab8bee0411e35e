"""The overview drafted from what the reader itself reads in the examples' statements, as their servers would send them."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest

from sayso.coverage import load
from sayso.flow.clock import world_now
from sayso.flow.pages.comparing import Comparison
from sayso.model.post import Line
from sayso.model.question import Said
from sayso.publish.lines import numbers_in, numbers_of
from sayso.sources.sandbox import Parser
from tests.flow.retelling import EXAMPLES, retold

pytestmark = pytest.mark.slow

ALONE = """\
[[party]]
id = "BR"
names = ["Brenmark", "Brenmark*", "Hollin"]

[[body]]
names = ["Brenmark Defence Ministry", "Defence Ministry in Hollin"]
kind = "defence_ministry"
side = "BR"
"""
Drafted = list[tuple[Line, tuple[Said, ...]]]


def drafted(folder: Path, data: Path, parser: Parser, day: date) -> Drafted:
    """The lines of a day's overview with the claims that each cites, once the day is over."""
    until = datetime.combine(day, time(23, 59, 59), tzinfo=load(folder).tz)
    room = retold(folder, data, parser, until=until)
    try:
        compared = Comparison(room, world=world_now())
        lines = [(line, compared.claims(line.cites)) for line in compared.overview(day)]
        for line, said in lines:
            assert [s.id for s in said] == list(line.cites) != []
            known = {n for s in said for n in (*numbers_of(s.claim), *numbers_in(compared.sentence(s)))}
            assert set(numbers_in(line.text)) <= known | {n for s in said for n in numbers_in(compared.mouth(s))}, line
            assert all(compared.mouth(s).split(",")[0].casefold() in line.text.casefold() for s in said), line.text
            assert line.text[0].isupper() and line.text.endswith((".", "”", "!", "?", "…")), line.text
        return lines
    finally:
        room.store.close()


@pytest.fixture(scope="module")
def seventh(tmp_path_factory: pytest.TempPathFactory, parser: Parser) -> Iterator[Drafted]:
    yield drafted(EXAMPLES / "karabakh-2020", tmp_path_factory.mktemp("seventh"), parser, date(2020, 10, 7))


#: What the live page of that day told: the type and kind of a claim, words of its line.
TOLD = [
    ("casualties", "killed", ("Human Rights Defender of Nagorno-Karabakh says", "at least 20 civilians")),
    ("casualties", "killed", ("by preliminary data: 28 civilians of Azerbaijan were killed and 143 were wounded",)),
    ("casualties", "killed", ("The Defence Army of Nagorno-Karabakh, as relayed by", "more than 250 soldiers")),
    ("not_reported", "killed", ("it has not been reported how many soldiers of Azerbaijan were killed",)),
    ("control", "taken", ("Azerbaijan took Jabrayil", "25 villages")),
    ("denial", "calls_fake", ("The Ministry of Defence of Azerbaijan calls it false that Nagorno-Karabakh attacked",)),
    ("accusation", "mercenaries", ("The special services of Azerbaijan say", "the special services of Armenia say")),
]  # fmt: skip


@pytest.mark.parametrize(("type_", "sub", "words"), TOLD)
def test_the_seventh_as_read_holds_what_the_live_page_had(
    seventh: Drafted, type_: str, sub: str, words: tuple[str, ...]
) -> None:
    found = [line.text for line, said in seventh if any((s.claim.type, s.claim.sub) == (type_, sub) for s in said)]
    assert [text for text in found if all(w in text for w in words)] != [], found


def test_both_sides_speak_in_the_seventh_as_read(seventh: Drafted) -> None:
    sides = {s.claim.attr.side for _, said in seventh for s in said}
    assert {"AZ"} < sides
    assert sides & {"AM", "NK", "ARM"}


def test_a_day_of_the_invented_war_as_read_holds_all_who_spoke(tmp_path: Path, parser: Parser) -> None:
    lines = drafted(EXAMPLES / "skerrow", tmp_path / "data", parser, date(2031, 5, 5))
    text = " ".join(line.text for line, _ in lines)
    for words in (
        "41 soldiers of Brenmark",
        "19 soldiers of Ostmere",
        "Greywater was lost",
        "Stroom",
        "Tribunal",
    ):
        assert words in text
    assert {"BR", "OS", "KV"} <= {s.claim.attr.side for _, said in lines for s in said}


def test_a_coverage_of_one_party_has_an_overview_too(tmp_path: Path, parser: Parser) -> None:
    folder = tmp_path / "alone"
    shutil.copytree(EXAMPLES / "skerrow", folder)
    (folder / "parties.toml").write_text(ALONE, "utf-8")
    places = (folder / "places.toml").read_text("utf-8").split("[[place]]")
    ours = [p for p in places if 'side = "BR"' in p or "side =" not in p]
    (folder / "places.toml").write_text("[[place]]".join(ours), "utf-8")
    sources = (folder / "sources.toml").read_text("utf-8").split("[[source]]")
    (folder / "sources.toml").write_text("[[source]]".join(sources[:2]), "utf-8")
    rows = (folder / "replay" / "statements.jsonl").read_text("utf-8").splitlines(keepends=True)
    own = [row for row in rows if '"source": "brenmark-mod"' in row]
    (folder / "replay" / "statements.jsonl").write_text("".join(own), "utf-8")
    (folder / "replay" / "formats.toml").unlink(missing_ok=True)
    (folder / "areas.geojson").unlink(missing_ok=True)  # ground that the others claim
    lines = drafted(folder, tmp_path / "data", parser, date(2031, 5, 5))
    assert any("41 soldiers of Brenmark" in line.text for line, _ in lines)
    assert {s.claim.attr.side for _, said in lines for s in said} == {"BR"}
