"""Whose people and things are in an invented war: the strongest evidence tells, its ground is kept, else it stays unknown."""

from functools import cache

import pytest

from sayso.flow import texts
from sayso.model.claim import Claim, Part, Span
from sayso.model.conflict import Body, Conflict, Group, Membership, Party, Place
from sayso.model.setting import Setting
from sayso.model.vocabulary import PassageKind
from sayso.read import Reader
from sayso.sources.outline import outline

STATE, FRONT, NEIGHBOUR, RIVAL = "GV", "RB", "OS", "KV"


@cache
def reader(*, third_camp: bool = False) -> Reader:
    """A war of a state with rebels beside a neighbour who does not fight; with a third camp he does, and all stand alone."""
    parties = [
        Party(id=STATE, names=("Arland", "Arlandish")),
        Party(id=FRONT, names=("Northern Front", "Front")),
        Party(id=NEIGHBOUR, names=("Ostria", "Ostrian")),
    ]
    if third_camp:
        parties.append(Party(id=RIVAL, names=("Kelvar", "Kelvaran")))
    fighting = (STATE, FRONT, RIVAL, NEIGHBOUR) if third_camp else (STATE, FRONT)
    both = Group(id="BOTH", names=(), members=tuple(Membership(party=p) for p in fighting))
    bodies = (
        Body(names=("Arlandish army", "army"), kind="army", side=STATE),
        Body(names=("Northern Front", "Front"), kind="armed_group", side=FRONT),
        Body(names=("president of Ostria",), kind="head_of_state", side=NEIGHBOUR),
    )
    places = (Place(names=("Selm",), side=STATE), Place(names=("Grauwick",), side=FRONT), Place(names=("Middle Ford",)))
    return texts.make_reader(Conflict(id="war", parties=tuple(parties), groups=(both,), bodies=bodies, places=places))


def claims(
    text: str, type_: str, *, third_camp: bool = False, heading: str | None = None, kind: PassageKind | None = None
) -> list[Claim]:
    setting = Setting(list_heading=heading)
    kind = "list" if heading is not None else kind
    parts = outline(text) if kind is None else (Part(span=Span(0, len(text)), entry=0, kind=kind),)
    found = reader(third_camp=third_camp).read(text, parts, setting).claims
    return [c for c in found if c.type == type_]


def subjects(text: str, type_: str, *, third_camp: bool = False, heading: str | None = None) -> list[str | None]:
    return [c.subject for c in claims(text, type_, third_camp=third_camp, heading=heading)]


def test_a_list_says_once_whose_its_items_are() -> None:
    text = "Seven tanks, three guns and 40 vehicles of the Northern Front were destroyed, the Arlandish army said."
    found = claims(text, "equipment_loss")
    assert [c.subject for c in found] == [FRONT] * 3
    assert [c.why.rpartition(": ")[2] for c in found] == [
        "the list that it stands in names the side.",
        "the list that it stands in names the side.",
        "its own words name the side.",
    ]


def test_the_enemy_at_the_end_of_a_list_is_that_of_who_speaks() -> None:
    text = "The Arlandish army said that four tanks and two drones of the enemy had been destroyed."
    assert subjects(text, "equipment_loss") == [FRONT, FRONT]


def test_a_neighbour_who_does_not_fight_is_nobodys_enemy() -> None:
    """The group BOTH says who faces whom."""
    text = "The Arlandish army said that it had repelled three attacks of the enemy."
    assert [c.actor for c in claims(text, "attack")] == [FRONT]


def test_of_several_enemies_none_is_guessed() -> None:
    text = "The Arlandish army said that 40 fighters had been eliminated."
    assert subjects(text, "casualties") == [FRONT]
    assert subjects(text, "casualties", third_camp=True) == [None]


@pytest.mark.parametrize(
    ("heading", "side"),
    [
        ("Arlandish army: losses of the Northern Front since 3 May", FRONT),
        ("From the bulletin of the Arlandish army: losses of the enemy", FRONT),
        ("Northern Front: Arlandish losses", STATE),
    ],
)
def test_the_heading_of_a_list_says_whose_losses_it_counts(heading: str, side: str) -> None:
    assert set(subjects("Tanks: 210 (+4).", "equipment_loss", heading=heading)) == {side}


def test_who_is_attacked_is_told_by_the_place_or_the_only_enemy() -> None:
    assert subjects("The Northern Front shelled Selm.", "attack") == [STATE]
    assert subjects("Arlandish artillery shelled settlements, the Northern Front said.", "attack") == [FRONT]
    assert subjects("Arlandish artillery shelled Middle Ford, the Northern Front said.", "attack") == [None]
    assert subjects("Arlandish artillery shelled settlements.", "attack", third_camp=True) == [None]


def test_they_in_a_partys_own_words_are_its_enemy() -> None:
    found = claims("“They are shelling our hospital,” the Northern Front said.", "attack")
    assert [(c.actor, c.subject) for c in found] == [(STATE, FRONT)]


def test_an_act_is_addressed_to_all_that_are_joined() -> None:
    text = "The president of Ostria telephoned the leaders of Arland and the Northern Front."
    assert subjects(text, "diplomacy") == ["BOTH"]


def test_captives_are_of_the_enemy_of_who_took_them_where_they_are_soldiers() -> None:
    assert subjects("The Northern Front took nine soldiers prisoner.", "captured") == [STATE]
    assert subjects("The Northern Front took nine soldiers prisoner.", "captured", third_camp=True) == [None]


def test_who_gets_its_own_back_did_not_hold_them() -> None:
    text = "The Northern Front received 17 of its fighters, Arland 23."
    assert [(c.actor, c.subject) for c in claims(text, "captured")] == [(STATE, FRONT), (FRONT, STATE)]


def test_what_an_army_says_was_destroyed_is_not_taken_for_its_own() -> None:
    assert subjects("Two tanks were destroyed at Middle Ford, the Arlandish army said.", "equipment_loss") == [None]
    assert subjects("The Arlandish army said that it had lost two tanks.", "equipment_loss") == [STATE]
    text = "Two tanks of the enemy were hit and three guns captured, the Arlandish army said."
    assert set(subjects(text, "equipment_loss")) == {FRONT}


def test_whose_people_are_named_against_somebody_are_not_the_dead() -> None:
    text = "Arland opened a case against two Front officers over the shelling of Selm, in which 26 people died."
    assert subjects(text, "casualties") == [STATE]


def test_each_of_two_that_claim_to_hold_a_place_is_its_holder() -> None:
    text = "The Arlandish army and the Northern Front each claimed to hold Middle Ford."
    assert [(c.attr.side, c.actor) for c in claims(text, "control")] == [(STATE, STATE), (FRONT, FRONT)]


def test_a_line_in_capitals_signs_what_follows_with_its_channel() -> None:
    text = "ARLANDISH ARMY (Telegram). Three attacks were repelled. Enemy losses: 17 killed."
    found = claims(text, "casualties", kind="post")
    assert [(c.attr.side, c.attr.channel, c.subject) for c in found] == [(STATE, "telegram", FRONT)]
