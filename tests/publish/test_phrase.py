"""Sentences: the claimant first, nothing more certain than its source, every type of claim grammatical."""

import re
from dataclasses import replace
from typing import Any

import pytest

from sayso.catalogue.articles import with_article
from sayso.errors import Refused
from sayso.model.claim import Attribution, Claim, Count, Span, Target, Via
from sayso.model.question import Bullet, Said
from sayso.model.vocabulary import TYPES
from sayso.publish import line, says
from sayso.publish.figures import as_said
from sayso.publish.lines import check_figures
from sayso.publish.own_voice import own_voice
from sayso.publish.titles import names_of
from tests.publish.factory import CONFLICT, NOW, attribution, count

GUARD, STAFF = "Tesk Guard", "Orland General Staff"
UNNAMED = Attribution(kind="outlet")


def claim(type_: str, sub: str, *, attr: Attribution | None = None, **fields: Any) -> Said:
    """A claim of the Guard."""
    made = Claim(type=type_, sub=sub, attr=attr or attribution("guard"), span=Span(0, 1), rule="r", **fields)
    return Said(
        id="s.0", claim=made, statement="s", source="guard", outlet="Tesk Guard", said_at=NOW, seen_at=NOW, origin="s"
    )


def told(said: Said, mouth: str = GUARD, **more: Any) -> str:
    return says(said, mouth, conflict=CONFLICT, **more)


EXAMPLES = [
    (
        claim(
            "casualties",
            "killed",
            subject="TK",
            who="military",
            count=count("more than 250", 250, "more_than", unit="soldiers", scope="cumulative", since="2031-05-03"),
        ),
        "The Tesk Guard says that more than 250 soldiers of Tesk have been killed since 3 May.",
    ),
    (
        claim(
            "casualties",
            "wounded",
            subject="OR",
            who="civilian",
            count=count("a", 1, unit="civilians"),
            places=("Verst",),
        ),
        "The Tesk Guard says that a civilian of Orland was wounded in Verst.",
    ),
    (
        claim(
            "casualties",
            "killed",
            who="civilian",
            polarity="negated",
            count=Count(operator="none", n=0, low=0, high=0, words="no"),
        ),
        "The Tesk Guard says that no civilians were killed.",
    ),
    (
        claim(
            "casualties",
            "casualties",
            subject="BOTH",
            count=Count(operator="dozens", low=24, high=99, words="dozens", unit="people"),
        ),
        "The Tesk Guard says that dozens of people of both sides were killed or wounded.",
    ),
    (
        claim("casualties", "killed", who="military", count=count("23", 23, unit="soldiers", scope="increment")),
        "The Tesk Guard says that a further 23 soldiers were killed.",
    ),
    (
        claim("casualties", "killed", who="civilian", part_of=0, count=count("two", 2, unit="children")),
        "The Tesk Guard says that two children were killed (part of a larger figure).",
    ),
    (
        claim("control", "taken", actor="TK", count=count("25", 25, unit="villages")),
        "The Tesk Guard says that Tesk took 25 villages.",
    ),
    (
        claim("control", "held", actor="OR", places=("Ubel|Ubala",), polarity="negated"),
        "The Tesk Guard says that Orland does not hold Ubel/Ubala.",
    ),
    (
        claim("attack", "shelling", actor="OR", places=("Ubel", "Verst"), start="2031-05-04"),
        "The Tesk Guard says that Orland shelled Ubel and Verst on 4 May.",
    ),
    (
        claim("attack", "air", actor="OR", subject="TK", modality="plan"),
        "The Tesk Guard says that Orland will strike Tesk from the air.",
    ),
    (
        claim("attack", "drone", actor="OR", places=("Ubel",), modality="possible"),
        "The Tesk Guard says that Orland may have struck Ubel with drones.",
    ),
    (
        claim("attack", "missile", actor="OR", polarity="negated"),
        "The Tesk Guard says that there was no missile strike by Orland.",
    ),
    (
        claim("attack", "missile", actor="OR", places=("cathedral",)),
        "The Tesk Guard says that Orland struck the cathedral with missiles.",
    ),
    (claim("attack", "calm", places=("Ubel",)), "The Tesk Guard says that it was quiet in Ubel."),
    (claim("truce", "called_for", modality="appeal"), "The Tesk Guard calls for a truce."),
    (claim("diplomacy", "appeal", modality="appeal"), "The Tesk Guard makes an appeal."),
    (claim("diplomacy", "appeal", modality="appeal", subject="OR"), "The Tesk Guard appeals to Orland."),
    (
        claim("movement", "retreat", actor="OR", places=("Ubel",), modality="appeal"),
        "The Tesk Guard calls for Orland to withdraw from Ubel.",
    ),
    (
        claim("control", "lost", actor="OR", places=("Ubel",), polarity="unknown"),
        "The Tesk Guard says that it is not known whether Orland lost Ubel.",
    ),
    (
        claim(
            "casualties",
            "killed",
            who="civilian",
            count=count("7", 7, unit="civilians"),
            attr=attribution("guard", hedge="preliminary", via=(Via(org="Marnian media"),)),
        ),
        "The Tesk Guard, as relayed by Marnian media, by preliminary data, says that 7 civilians were killed.",
    ),
    (
        claim("denial", "denies", target=Target(type="attack", sub="missile", actor="TK", places=("Verst",))),
        "The Tesk Guard denies that Tesk struck Verst with missiles.",
    ),
    (
        claim("denial", "calls_fake", target=Target(type="control", sub="taken", actor="OR", places=("Ubel",))),
        "The Tesk Guard calls it false that Orland took Ubel.",
    ),
    (claim("denial", "denies"), "The Tesk Guard denies a report."),
    (claim("denial", "denies", target=Target(type="other")), "The Tesk Guard denies a report."),
    (
        claim("not_reported", "wounded", subject="TK", who="military"),
        "The Tesk Guard does not say how many soldiers of Tesk were wounded.",
    ),
    (
        claim("equipment_loss", "destroyed", subject="OR", count=count("181", 181, unit="tanks+ifvs")),
        "The Tesk Guard says that 181 tanks and infantry fighting vehicles of Orland were destroyed.",
    ),
]


@pytest.mark.parametrize(("said", "expected"), EXAMPLES)
def test_a_claim_reads_as_it_was_said(said: Said, expected: str) -> None:
    assert told(said) == expected


def test_what_names_no_source_is_the_outlets_own() -> None:
    said = claim(
        "casualties", "killed", subject="OR", who="civilian", attr=UNNAMED, count=count("28", 28, unit="civilians")
    )
    assert told(said, "Lake Post, naming no source") == (
        "Lake Post, naming no source: 28 civilians of Orland were killed."
    )
    silent = claim("not_reported", "wounded", subject="OR", who="military", attr=UNNAMED)
    assert told(silent, "Lake Post, naming no source") == (
        "Lake Post, naming no source: it has not been reported how many soldiers of Orland were wounded."
    )


@pytest.mark.parametrize("type_", TYPES)
def test_every_type_of_claim_has_a_sentence_that_begins_with_its_claimant(type_: str) -> None:
    for sub in TYPES[type_]:
        for filled in ({}, {"actor": "TK", "subject": "LEAGUE", "places": ("Ubel",)}):
            for polarity in ("asserted", "negated", "unknown"):
                for modality in ("fact", "plan", "possible", "appeal", "conditional", "background"):
                    sentence = told(claim(type_, sub, polarity=polarity, modality=modality, **filled))  # type: ignore[arg-type]
                    assert sentence.startswith("The Tesk Guard "), sentence
                    assert sentence.endswith((".", ").")) and "  " not in sentence and "{" not in sentence, sentence
                    assert not own_voice(sentence, names=names_of(CONFLICT)), sentence


def test_a_hedge_an_operator_and_a_relay_are_never_lost() -> None:
    for operator, word in (
        ("more_than", "more than"),
        ("at_least", "at least"),
        ("about", "about"),
        ("up_to", "up to"),
    ):
        for hedge, words in (("preliminary", "preliminary"), ("unverified", "verification"), ("estimate", "estimate")):
            counted = count("30", 30, operator)
            attr = attribution("guard", hedge=hedge, via=(Via(org="Harbour Radio"),))
            sentence = told(claim("casualties", "killed", attr=attr, count=counted))
            assert word in sentence and words in sentence and "relayed by Harbour Radio" in sentence


def test_a_figure_is_printed_in_the_sources_english_words_else_in_ours() -> None:
    assert as_said(count("over 250", 250, "more_than")) == "over 250"
    assert as_said(count("two dozen", 24)) == "two dozen"
    assert as_said(count("Three", 3)) == "three"
    assert as_said(count("более 250", 250, "more_than")) == "more than 250"
    assert as_said(count("250", 250, "more_than")) == "more than 250"
    assert as_said(count("1340", 1340)) == "1340"
    assert as_said(Count(operator="range", low=20, high=30, words="20 bis 30")) == "between 20 and 30"


def test_a_unit_that_takes_sides_is_not_repeated() -> None:
    said = claim("casualties", "killed", who="military", count=count("40", 40, unit="terrorists"))
    assert told(said) == "The Tesk Guard says that 40 soldiers were killed."


def test_a_denial_that_does_not_name_its_target_is_told_in_its_own_words() -> None:
    vague = claim("denial", "denies", target=Target(type="other"))
    words = "Nothing of the kind has happened."
    assert says(vague, "Tesk Guard", conflict=CONFLICT, words=words) == f"The Tesk Guard says: “{words}”"


def test_words_of_the_long_tail_stand_in_quotation_marks_or_not_at_all() -> None:
    view = claim("other", "opinion")
    assert told(view, words="We will not leave.") == "The Tesk Guard says: “We will not leave.”"
    assert told(view, words="We will not leave", quotes="none") == "The Tesk Guard: We will not leave"
    assert told(view, words="the occupied shore", quotes="none") == "The Tesk Guard gives a view."


def test_the_same_sentence_with_the_parties_swapped() -> None:
    guard = claim("attack", "shelling", actor="OR", subject="TK", places=("Ubel",))
    staff = replace(guard, claim=replace(guard.claim, attr=attribution("staff"), actor="TK", subject="OR"))
    swapped = {"Tesk Guard": STAFF, "Orland": "Tesk"}
    expected = re.sub("Tesk Guard|Orland", lambda m: swapped[m[0]], told(guard))
    assert told(staff, STAFF) == expected


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("Tesk Guard", "the Tesk Guard"),
        ("Ministry of Defence of Marn", "the Ministry of Defence of Marn"),
        ("Orland's army", "Orland's army"),
        ("official of Orland", "an official of Orland"),
        ("Marn", "Marn"),
        ("Ana Verl, spokeswoman", "Ana Verl, spokeswoman"),
        ("Lake League", "the Lake League"),
        ("medics", "medics"),
        ("Lake Post", "Lake Post"),
    ],
)
def test_names_take_their_article(name: str, inside: str) -> None:
    assert with_article(name) == inside


def lined(said: Said, words: str, **more: Any) -> Any:
    return line(Bullet(said=(said,), **more), conflict=CONFLICT, mouth=lambda _: GUARD, words=lambda _: words)


def test_a_line_cites_its_claims_and_keeps_their_figures() -> None:
    said = claim("casualties", "killed", count=count("more than 250", 250, "more_than", since="2031-05-03"))
    made = lined(said, "more than 250 killed")
    assert made.cites == ("s.0",) and "more than 250" in made.text and not made.enemy


def test_a_number_that_no_cited_claim_says_is_refused() -> None:
    said = claim("casualties", "killed", count=count("19", 19, unit="soldiers"), start="2031-05-04")
    check_figures(
        "The Tesk Guard says that 19 soldiers were killed on 4 May.", [said], mouth=lambda _: GUARD, words=lambda _: ""
    )
    with pytest.raises(Refused, match="holds 91"):
        check_figures(
            "The Tesk Guard says that 91 soldiers were killed.", [said], mouth=lambda _: GUARD, words=lambda _: ""
        )


def test_a_figure_for_the_other_side_is_marked_so_that_it_can_be_folded() -> None:
    enemy = claim("equipment_loss", "destroyed", subject="OR", count=count("12", 12, unit="tanks"))
    ally = claim("casualties", "wounded", subject="MN", count=count("12", 12))
    assert lined(enemy, "12 tanks").enemy and not lined(ally, "12 hurt").enemy
