"""Names as an editor enters them are found as texts write them."""

from sayso.flow import texts
from sayso.model.conflict import Body, Conflict, Group, Membership, Party
from sayso.model.setting import Setting
from sayso.sources.outline import outline


def war(*bodies: Body) -> Conflict:
    parties = (Party(id="GV", names=("Arland",)), Party(id="RB", names=("Northern Front",)))
    everyone = Group(id="BOTH", names=(), members=(Membership(party="GV"), Membership(party="RB")))
    return Conflict(id="war", parties=parties, groups=(everyone,), bodies=bodies)


def sources(text: str, *bodies: Body) -> list[tuple[str, str | None]]:
    reading = texts.make_reader(war(*bodies)).read(text, outline(text), Setting())
    return [(c.attr.kind, c.attr.side) for c in reading.claims]


def test_a_name_with_the_possessive_of_a_plural_is_found() -> None:
    union = Body(names=("Doctors' Union of Arland",), kind="medics")
    assert sources("The Doctors' Union of Arland counted 214 dead.", union) == [("medics", None)]


def test_a_name_with_an_initial_or_an_abbreviation_is_found() -> None:
    guard = Body(names=("St. Ann Guard",), kind="armed_group", side="RB")
    assert sources("The St. Ann Guard said that three soldiers had been killed.", guard) == [("armed_group", "RB")]


def test_a_listed_name_inside_a_longer_phrase_keeps_its_side() -> None:
    government = Body(names=("government",), kind="government", side="GV")
    assert sources("A government spokesman said that three soldiers had been killed.", government) == [
        ("government", "GV")
    ]


def test_an_office_that_one_party_alone_has_needs_no_country() -> None:
    """In a war of a state with rebels "the defence ministry" can only be the state's."""
    ministry = Body(names=("Arland's Defence Ministry",), kind="defence_ministry", side="GV")
    rebels = Body(names=("Northern Front",), kind="armed_group", side="RB")
    text = "The defence ministry said that three soldiers had been killed."
    assert sources(text, ministry, rebels) == [("defence_ministry", "GV")]
