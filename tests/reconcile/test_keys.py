"""Which questions a claim answers, and how they read."""

from datetime import date

import pytest

from sayso.model.claim import Claim, Target
from sayso.model.question import Key
from sayso.reconcile import claimant_of, place_id, questions_of, wording
from sayso.reconcile.names import matches

from .factory import NOON, PARTIES, WAR, attribution, claim, conflict, count, denial, said, toll

TODAY = date(2031, 5, 4)


def asked(what: Claim) -> list[str]:
    keys = questions_of(what, said_at=NOON, conflict=WAR, day=TODAY)
    return [wording(k, WAR) for k in keys]


def test_a_claim_that_names_three_places_answers_three_questions() -> None:
    taken = claim("control.taken", actor="AR", places=("Altheim", "Mill Ford", "Nowhere"))
    assert asked(taken) == ["Who holds Oldham?", "Who holds Mill Ford?", "Who holds Nowhere?"]


def test_a_number_of_villages_near_a_town_is_not_the_town() -> None:
    near = claim("control.taken", actor="AR", places=("Oldham",), count=count("2", scope=None, unit="villages"))
    named = claim("control.taken", actor="AR", places=("Oldham", "Mill Ford"), count=count("2", unit="towns"))
    assert asked(near) == ["How many villages did Arl take near Oldham on 4 May?"]
    assert asked(named) == ["Who holds Oldham?", "Who holds Mill Ford?"]


def test_both_names_of_a_place_are_one_question() -> None:
    assert place_id("Altheim|Oldham", WAR) == place_id("oldham", WAR) == place_id("OLDHAM", WAR) == "oldham"


def test_the_longer_of_two_place_names_wins() -> None:
    assert place_id("Mill Ford East", WAR) == "mill ford east"


@pytest.mark.parametrize(
    ("pattern", "name", "found"),
    [
        ("Arl*", "Arlish", True),
        ("Arl*", "Arl Army", False),
        ("US", "us", False),
        ("US", "US", True),
        ("Bey", "BEY", True),
    ],
)
def test_a_stem_takes_letters_only_and_capitals_count(pattern: str, name: str, found: bool) -> None:
    assert matches(pattern, name) is found


def test_a_total_without_a_first_day_counts_from_the_start_of_the_war() -> None:
    assert asked(toll("AR army", "AR", "40")) == ["How many soldiers of Arl have been killed since 2 May?"]


@pytest.mark.parametrize("figure", ["2", "none", "dozens"])
def test_a_figure_without_a_scope_is_no_total(figure: str) -> None:
    loose = toll("AR army", "AR", None, count=count(figure, scope=None))
    assert asked(loose) == ["How many soldiers of Arl were killed, as told on 4 May?"]


def test_a_figure_at_a_named_place_is_an_incident() -> None:
    there = toll("AR army", "AR", None, count=count("2", scope=None), places=("Oldham",), start="2031-05-03T09:00")
    assert asked(there) == ["How many soldiers of Arl were killed in Oldham on 3 May?"]


def test_a_town_s_total_is_a_question_of_its_own_and_a_side_s_name_is_no_town() -> None:
    assert asked(toll("CO army", "CO", "9", places=("Oldham",)))[0].endswith("killed in Oldham since 2 May?")
    assert asked(toll("CO army", "CO", "9", places=("Cor",))) == asked(toll("CO army", "CO", "9"))


def test_a_part_of_a_figure_never_meets_the_figure() -> None:
    whole = claim("casualties.killed", subject="AR", who="civilian", count=count("63"))
    part = claim("casualties.killed", subject="AR", who="civilian", count=count("9", unit="people"), part_of=0)
    assert not set(asked(whole)) & set(asked(part))
    assert "part of a larger figure" in asked(part)[0]


def test_a_period_is_asked_by_both_its_ends() -> None:
    during = toll("AR army", "AR", None, count=count("9", scope="period"), start="2031-05-02", end="2031-05-04")
    assert asked(during) == ["How many soldiers of Arl were killed from 2 May to 4 May?"]


def test_captured_and_destroyed_equipment_are_two_questions() -> None:
    lost = [
        claim(f"equipment_loss.{s}", subject="BN", count=count("3", unit="tanks")) for s in ("destroyed", "captured")
    ]
    assert [asked(c)[0] for c in lost] == [
        "How many tanks of Bey have been lost since 2 May?", "How many tanks of Bey have been captured since 2 May?",
    ]  # fmt: skip


def test_captives_exchanged_and_bodies_are_questions_of_their_own() -> None:
    asked_of = [
        asked(claim(f"captured.{s}", subject="BN", who="military", count=count("20", scope=scope)))
        for s, scope in (
            ("captured", "cumulative"),
            ("captured", "stock"),
            ("exchanged", "incident"),
            ("bodies", "incident"),
        )
    ]
    assert asked_of == [
        ["How many soldiers of Bey have been captured since 2 May?"],
        ["How many soldiers of Bey were held captive on 4 May?"],
        ["How many soldiers of Bey were exchanged on 4 May?"],
        ["How many soldiers of Bey were handed over or found dead on 4 May?"],
    ]


def test_what_a_day_brought_is_not_asked_like_what_happened_on_it() -> None:
    asked_of = [asked(toll("AR army", "CO", None, count=count("9", scope=scope))) for scope in ("period", "incident")]
    assert asked_of == [
        ["How many soldiers of Cor were killed in the course of 4 May?"], ["How many soldiers of Cor were killed on 4 May?"],
    ]  # fmt: skip


def test_a_level_of_wounded_is_not_how_many_were_wounded_that_day() -> None:
    lying = claim(
        "casualties.wounded", subject="AR", who="military", places=("Oldham",), count=count("57", scope="stock")
    )
    assert asked(lying) == ["How many soldiers of Arl were still wounded in Oldham on 4 May?"]


def test_a_level_of_displaced_people_is_not_their_total() -> None:
    fled = [
        asked(claim("displacement.displaced", subject="AR", who="civilian", places=("Oldham",), count=count(
            "900", scope=scope))) for scope in ("stock", "cumulative")
    ]  # fmt: skip
    assert fled == [
        ["How many civilians of Arl were still displaced in Oldham on 4 May?"],
        ["How many civilians of Arl have been displaced in Oldham since 2 May?"],
    ]


def test_keeping_and_breaking_a_truce_is_one_question_and_calling_for_it_none() -> None:
    assert asked(claim("truce.violated", actor="CO")) == asked(claim("truce.observed", actor="CO"))
    assert asked(claim("truce.violated", actor="CO")) == ["Did Cor break the truce on 4 May?"]
    assert asked(claim("truce.violated", actor="CO")) == asked(denial("CO army", "truce.violated", actor="CO"))
    assert asked(claim("truce.agreed", actor="BOTH")) == ["Has a truce been agreed?"]
    assert asked(claim("truce.in_force")) == ["Is a truce in force?"]
    assert asked(claim("truce.called_for", actor="UM")) == asked(claim("truce.rejected", actor="CO")) == []


def test_a_way_out_is_asked_for_also_where_it_is_only_announced_and_not_where_it_is_called_for() -> None:
    there = {"places": ("Oldham",)}
    now, soon = claim("corridor.opened", **there), claim("corridor.opened", modality="plan", **there)
    assert asked(now) == asked(soon) == asked(denial("CO army", "corridor.opened", **there))
    assert asked(now) == ["Is a way out of Oldham open?"]
    assert asked(claim("corridor.opened", actor="AR", subject="CO")) == ["Did Arl open a way out for people of Cor?"]
    assert asked(claim("corridor.evacuation", **there)) == ["Were people brought out of Oldham on 4 May?"]
    assert asked(claim("corridor.called_for", **there)) == asked(claim("corridor.surrender_offer", actor="AR")) == []


def test_a_name_has_its_article_inside_a_question() -> None:
    war = conflict(PARTIES | {"AR": "Lake League", "CO": "Shore forces"})
    asked_of = {
        Key(type="attack", measure="other", subject="AR", actor="CO", day="2031-05-04"):
            "Was the Lake League attacked by the Shore forces on 4 May?",
        Key(type="attack", measure="air", subject="CO", day="2031-05-04"):
            "Were the Shore forces struck from the air by anyone on 4 May?",
        Key(type="casualties", measure="killed", subject="AR", who="military", since="2031-05-02"):
            "How many soldiers of the Lake League have been killed since 2 May?",
        Key(type="control", measure="villages.held", actor="CO", day="2031-05-04"):
            "How many villages do the Shore forces hold on 4 May?",
        Key(type="truce", measure="violated", actor="BN", day="2031-05-04"): "Did Bey break the truce on 4 May?",
    }  # fmt: skip
    assert {key: wording(key, war) for key in asked_of} == asked_of


@pytest.mark.parametrize("target", ["truce.violated", "truce.rejected"])
def test_a_denial_about_a_truce_that_names_too_little_is_a_question_of_its_own(target: str) -> None:
    actor = "CO" if target == "truce.rejected" else None
    (question,) = asked(denial("CO army", target, actor=actor))
    assert question.startswith("What is denied about")


def test_an_attack_over_midnight_answers_for_both_days_and_a_longer_one_for_its_first() -> None:
    night = claim("attack.shelling", places=("Oldham",), start="2031-05-03T23:30", end="2031-05-04T01:00")
    assert asked(night) == [f"Was Oldham shelled on {n} May, and by whom?" for n in (3, 4)]
    long = claim("attack.shelling", places=("Oldham",), start="2031-04-30", end="2031-05-04")
    assert asked(long) == ["Was Oldham shelled on 30 April, and by whom?"]


def test_a_crime_at_another_place_is_another_accusation_and_hiring_mercenaries_is_not() -> None:
    assert asked(claim("accusation.crime", actor="CO", places=("Altheim",))) == ["Did Cor commit crimes in Oldham?"]
    assert asked(claim("accusation.mercenaries", actor="CO", places=("Oldham",))) == ["Did Cor use mercenaries?"]


def test_a_silence_leaves_the_question_of_the_total_open_and_moves_no_status() -> None:
    quiet = claim("not_reported.killed", "- outlet", subject="AR", who="military", polarity="unknown")
    assert asked(quiet) == asked(toll("AR army", "AR", "40"))
    assert "people" in asked(claim("not_reported.wounded", "- outlet", subject="AR"))[0]


def test_a_denial_meets_the_claim_that_it_denies() -> None:
    fired = claim("attack.shelling", "AR army", actor="CO", places=("Oldham",))
    assert asked(denial("CO army", "attack.shelling", actor="CO", places=("Altheim",))) == asked(fired)


@pytest.mark.parametrize("target", ["casualties.", "equipment_loss.", "movement.advance", "casualties.nonsense"])
def test_a_denial_that_names_too_little_is_a_question_of_its_own(target: str) -> None:
    (question,) = asked(denial("CO army", target, actor="CO", places=("Oldham",)))
    assert question.startswith("What is denied about Cor and ")


def test_a_denial_without_a_target_is_kept() -> None:
    assert asked(claim("denial.denies", polarity="negated", target=None))
    assert asked(claim("denial.denies", polarity="negated", target=Target(type="diplomacy")))


@pytest.mark.parametrize("modality", ["plan", "appeal", "conditional", "background"])
def test_plans_and_a_settled_past_answer_nothing(modality: str) -> None:
    assert asked(claim("control.taken", actor="AR", places=("Oldham",), modality=modality)) == []


def test_losses_of_all_who_fight_name_no_id_in_the_question() -> None:
    assert asked(claim("casualties.killed", "- outlet", subject="BOTH", count=count("more_than 300"))) == [
        "How many people of all sides have been killed since 2 May?"
    ]


def test_all_names_of_a_body_and_its_people_are_one_claimant() -> None:
    names = [{"org": "Arl Army"}, {"org": "Army of Arl"}, {"speaker": "Holm", "role": "major"}, {}]
    mouths = {claimant_of(said("a", claim("attack.calm", attr=attribution("AR army", **n))), WAR).id for n in names}
    assert len(mouths) == 1


def test_a_role_makes_no_second_claimant_of_a_person() -> None:
    spoken = [attribution("AR parliament", speaker="Una Rell", **more) for more in ({}, {"role": "deputy"})]
    assert len({claimant_of(said("a", claim("attack.calm", attr=a)), WAR).id for a in spoken}) == 1


def test_two_witnesses_without_a_name_are_two_claimants() -> None:
    heard = [said(i, claim("attack.calm", "AR eyewitness")) for i in ("a", "b")]
    assert claimant_of(heard[0], WAR).id != claimant_of(heard[1], WAR).id


def test_a_text_that_names_no_source_is_the_outlet_s_whatever_side_it_is_about() -> None:
    mouth = claimant_of(said("a", claim("attack.calm", "AR outlet")), WAR)
    assert (mouth.name, mouth.side) == ("Courier, naming no source", None)
