"""How answers stand: states, flags, relations, denials, mirrors, silences."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sayso.model.claim import Claim
from sayso.model.conflict import Group, Membership
from sayso.model.question import Answer, Question, Said
from sayso.reconcile import question, questions_of
from sayso.reconcile.sides import whose

from .factory import WAR, claim, count, denial, looked, said, toll


def ask(*heard: Said, others: tuple[Said, ...] = (), **more: bool) -> Question:
    day = date(2031, 5, 4)
    keys = questions_of(heard[0].claim, said_at=heard[0].said_at, conflict=WAR, day=day)
    return question(keys[0], heard, conflict=WAR, others=others, checked=looked(**more), on=day)


def by(found: Question, claim_id: str) -> Answer:
    return next(a for a in found.answers if a.latest.id == claim_id)


def state(found: Question, claim_id: str) -> str:
    return by(found, claim_id).state


class TestFigures:
    def test_disjoint_figures_of_two_sides_contradict(self) -> None:
        found = ask(said("a", toll("AR army", "AR", "40")), said("c", toll("CO army", "AR", "more_than 110")))
        assert {a.state for a in found.answers} == {"contradicted"}
        assert "cannot both be so" in found.relations[0].reason

    def test_figures_more_than_a_day_apart_are_not_compared(self) -> None:
        heard = said("a", toll("AR army", "AR", "40")), said("c", toll("CO army", "AR", "110"), hours=25)
        found = ask(*heard)
        assert [r.kind for r in found.relations] == ["not_comparable"]
        assert "24 hours" in found.relations[0].reason

    def test_the_time_that_a_figure_holds_for_goes_before_the_time_it_was_said(self) -> None:
        late = toll("CO army", "AR", None, count=count("110", as_of="2031-05-04T11:00"))
        found = ask(said("a", toll("AR army", "AR", "40")), said("c", late, hours=30))
        assert [r.kind for r in found.relations] == ["contradicted"]

    def test_other_definitions_are_not_compared(self) -> None:
        strict = toll("CO army", "AR", None, count=count("110", definition="with the missing"))
        assert ask(said("a", toll("AR army", "AR", "40")), said("c", strict)).relations[0].kind == "not_comparable"

    def test_events_that_nothing_bounds_are_not_compared_and_revise_nothing(self) -> None:
        loose = [toll("AR army", "AR", None, count=count(n, scope="increment")) for n in ("5", "3")]
        other = toll("CO army", "AR", None, count=count("9", scope="increment"))
        found = ask(said("a", loose[0]), said("b", loose[1], hours=1), said("c", other))
        assert {r.kind for r in found.relations} == {"not_comparable"}
        assert not {"revised_up", "revised_down"} & set(by(found, "b").flags)

    def test_what_names_no_source_neither_supports_nor_contradicts(self) -> None:
        for figure in ("40", "400"):
            found = ask(said("a", toll("AR army", "AR", "40")), said("o", toll("- outlet", "AR", figure)))
            assert [r.kind for r in found.relations] == ["not_comparable"]
            assert "no_source_named" in by(found, "o").flags

    def test_a_rejected_number_is_no_figure(self) -> None:
        found = ask(said("a", toll("BN army", "AR", "40")), said("c", toll("AR army", "AR", "40", polarity="negated")))
        assert found.relations[0].kind == "not_comparable"

    def test_a_second_body_of_the_same_side_is_no_second_source(self) -> None:
        found = ask(said("a", toll("CO army", "AR", "40")), said("b", toll("CO defence_ministry", "AR", "40")))
        assert by(found, "a").reason == "Only others of the same side agree with it."


class TestRevision:
    def test_a_lower_total_is_marked_and_the_earlier_kept(self) -> None:
        found = ask(said("a", toll("CO army", "AR", "41")), said("b", toll("CO army", "AR", "38"), hours=20))
        latest = by(found, "b")
        assert (latest.state, latest.flags[0]) == ("revised", "revised_down")
        assert [s.id for s in latest.history] == ["a"]

    def test_a_withdrawn_figure_gives_way_to_the_one_before(self) -> None:
        found = ask(said("a", toll("CO army", "AR", "41")), said("b", toll("CO army", "AR", "38"), withdrawn=True))
        assert state(found, "a") == "single"

    def test_a_late_reprint_of_a_replaced_figure_is_no_revision(self) -> None:
        heard = [said("a", toll("CO army", "AR", "41")), said("b", toll("CO army", "AR", "60"), hours=5)]
        found = ask(*heard, said("c", toll("CO army", "AR", "41"), hours=6, source="wire"))
        assert "revised_down" not in by(found, "b").flags

    def test_a_claimant_may_go_back_to_its_first_figure(self) -> None:
        figures = enumerate(("41", "38", "41"))
        found = ask(*(said(str(n), toll("CO army", "AR", f), hours=n) for n, f in figures))
        assert "revised_up" in by(found, "2").flags

    def test_a_text_that_was_replaced_is_no_second_origin(self) -> None:
        first = said("a", toll("CO army", "AR", "41"), withdrawn=True)
        assert by(ask(first, said("b", toll("CO army", "AR", "41"), hours=1)), "b").origins == 1

    def test_two_numbers_in_one_statement_revise_nothing(self) -> None:
        there = captives("UM international_org", "17", sub="exchanged", scope="incident")
        back = captives("UM international_org", "23", sub="exchanged", scope="incident")
        found = ask(said("s.0", there, statement="s"), said("s.1", back, statement="s"))
        assert state(found, "s.1") == "single"


class TestAdmission:
    def test_only_an_office_s_own_military_losses_are_admitted(self) -> None:
        assert state(ask(said("a", toll("AR army", "AR", "40"))), "a") == "admitted"

    @pytest.mark.parametrize(
        "what",
        [
            toll("AR army", "AR", "40", who="civilian"), toll("AR army", "AR", "none"), toll("AR army", "BN", "40"),
            toll("AR army", "NORTH", "40"), toll("NORTH army", "AR", "40"), toll("AR media", "AR", "40"),
            toll("AR expert", "AR", "40"), toll("AR official", "AR", "40"), toll("UM army", "AR", "40"),
            toll("AR army", "AR", "40", modality="possible"),
        ],
    )  # fmt: skip
    def test_nobody_admits_civilians_or_for_another_or_without_an_office(self, what: Claim) -> None:
        assert "admitted" not in by(ask(said("a", what)), "a").flags

    def test_a_place_that_its_own_side_says_it_lost_is_admitted(self) -> None:
        left = claim("control.lost", "AR army", subject="AR", places=("Oldham",))
        fallen = claim("control.taken", "AR army", actor="CO", subject="AR", places=("Oldham",))
        assert state(ask(said("a", left)), "a") == state(ask(said("a", fallen)), "a") == "admitted"

    def test_taking_a_place_admits_nothing(self) -> None:
        taken = claim("control.taken", "AR army", actor="AR", subject="CO", places=("Oldham",))
        assert state(ask(said("a", taken)), "a") == "single"

    def test_an_attack_is_admitted_only_where_others_blame_its_author(self) -> None:
        own = said("a", claim("attack.shelling", "AR army", actor="AR", subject="CO", places=("Oldham",)))
        blame = said("c", claim("attack.shelling", "CO army", actor="AR", subject="CO", places=("Oldham",)))
        assert state(ask(own), "a") == "single"
        assert state(ask(own, blame), "a") == "admitted"


class TestWhoseLosses:
    @pytest.mark.parametrize(
        ("mouth", "subject", "hours", "flags"),
        [
            ("AR army", "AR", 0, {"own_loss"}), ("AR army", "NORTH", 0, {"own_loss"}), ("AR army", "CO", 0, {"enemy_loss"}),
            ("AR army", "BN", 0, set()), ("UM ngo", "AR", 0, set()), ("AR outlet", "CO", 0, set()),
            ("CO army", "DU", 0, set()), ("CO army", "DU", 96, {"enemy_loss"}), ("AR army", "DU", 0, {"enemy_loss"}),
            ("AR army", "DU", 96, set()), ("AR army", "BOTH", 0, {"enemy_loss"}),
        ],
    )  # fmt: skip
    def test_own_enemy_and_ally_are_told_apart_on_the_day(
        self, mouth: str, subject: str, hours: int, flags: set[str]
    ) -> None:
        found = ask(said("a", toll(mouth, subject, "40"), hours=hours))
        assert set(by(found, "a").flags) & {"own_loss", "enemy_loss"} == flags

    def test_all_sides_together_are_no_camp_of_allies(self) -> None:
        everyone = Group(id="BOTH", names=("both sides",), members=tuple(Membership(party=p.id) for p in WAR.parties))
        war = replace(WAR, groups=(*WAR.groups, everyone))
        assert whose(said("a", toll("AR army", "CO", "40")), war) == "enemy"


class TestControl:
    def test_two_holders_contradict_and_a_changed_place_does_not(self) -> None:
        mine = said("a", claim("control.held", "AR army", actor="AR", places=("Oldham",)))
        yours = claim("control.taken", "CO army", actor="CO", places=("Altheim",))
        assert state(ask(mine, said("c", yours)), "a") == "contradicted"
        assert ask(mine, said("c", yours, hours=48)).relations[0].kind == "not_comparable"

    def test_allies_hold_a_place_together_only_while_they_are_allies(self) -> None:
        south = claim("control.held", "CO army", actor="SOUTH", places=("Oldham",))
        dune = claim("control.held", "DU army", actor="DU", places=("Oldham",))
        assert ask(said("a", south), said("b", dune)).relations[0].kind == "compatible"
        assert ask(said("a", south, hours=96), said("b", dune, hours=96)).relations[0].kind == "contradicted"

    def test_other_answers_of_a_claimant_are_no_second_origin_of_its_latest(self) -> None:
        held = said("a", claim("control.held", "AR army", actor="AR", places=("Oldham",)))
        left = said("b", claim("control.lost", "AR army", subject="AR", places=("Oldham",)), hours=3)
        assert (by(ask(held, left), "b").origins, by(ask(held, left), "b").flags) == (1, ("admitted", "single_origin"))

    def test_a_loss_agrees_with_the_taker(self) -> None:
        left = claim("control.lost", "AR army", subject="AR", places=("Oldham",))
        took = claim("control.taken", "CO army", actor="CO", subject="AR", places=("Oldham",))
        assert ask(said("a", left), said("c", took)).relations[0].kind == "compatible"

    def test_a_loss_contradicts_the_loser_s_own_hold(self) -> None:
        left = claim("control.lost", "CO army", subject="AR", places=("Oldham",))
        hold = claim("control.held", "AR army", actor="AR", places=("Oldham",))
        assert ask(said("a", hold), said("c", left)).relations[0].kind == "contradicted"

    def test_all_who_call_a_place_contested_agree_and_one_who_holds_it_is_not_compared(self) -> None:
        fought = said("a", claim("control.contested", "AR army", places=("Oldham",)))
        seen = said("u", claim("control.contested", "UM ngo", places=("Oldham",)))
        hold = said("c", claim("control.held", "CO army", actor="CO", places=("Oldham",)))
        assert ask(fought, seen).relations[0].kind == "compatible"
        assert ask(fought, hold).relations[0].kind == "not_comparable"


class TestCaptives:
    def test_the_captor_s_figure_and_the_other_side_s_contradict(self) -> None:
        took = said("c", captives("CO army", "40", actor="CO"))
        assert state(ask(took, said("a", captives("AR ombudsman", "12", actor="CO"))), "c") == "contradicted"

    def test_captives_in_different_hands_are_not_compared(self) -> None:
        took = said("c", captives("CO army", "40", actor="CO"))
        assert ask(took, said("d", captives("DU army", "12", actor="DU"))).relations[0].kind == "not_comparable"

    def test_an_exchange_is_bounded_by_its_day(self) -> None:
        theirs = captives("CO army", "20", sub="exchanged", scope="incident", actor="CO")
        ours = captives("AR ombudsman", "18", sub="exchanged", scope="incident", actor="AR")
        assert ask(said("c", theirs), said("a", ours)).relations[0].kind == "contradicted"

    def test_only_the_captured_are_a_loss_and_its_own_side_admits_it(self) -> None:
        own, enemy = said("a", captives("AR army", "12")), said("c", captives("CO army", "40"))
        found = ask(own, enemy)
        assert {"own_loss", "admitted"} <= set(by(found, "a").flags)
        assert "enemy_loss" in by(found, "c").flags
        back = ask(said("a", captives("AR army", "12", sub="exchanged", scope="incident")))
        assert not {"own_loss", "admitted"} & set(by(back, "a").flags)


def captives(mouth: str, figure: str, *, sub: str = "captured", scope: str = "cumulative", **fields: Any) -> Claim:
    """Soldiers of Arl in other hands."""
    return claim(
        f"captured.{sub}", mouth, subject="AR", who="military", count=count(figure, scope=scope), **fields
    )  # fmt: skip


class TestTruce:
    def test_keeping_it_contradicts_breaking_it(self) -> None:
        kept, broken = claim("truce.observed", "CO army", actor="CO"), claim("truce.violated", "AR army", actor="CO")
        assert state(ask(said("c", kept), said("a", broken)), "c") == "contradicted"

    def test_breaches_by_each_other_are_two_questions_that_mirror(self) -> None:
        a = said("a", claim("truce.violated", "AR army", actor="CO"))
        c = said("c", claim("truce.violated", "CO army", actor="AR"))
        found = ask(a, others=(c,))
        assert (found.mirrors, by(found, "a").flags) == (("c",), ("mirrored", "single_origin"))

    def test_a_denied_breach_is_denied(self) -> None:
        a = said("a", claim("truce.violated", "AR army", actor="CO"))
        no = said("d", denial("CO army", "truce.violated", actor="CO"), hours=2)
        assert state(ask(a, no), "a") == "denied"

    def test_one_truce_is_not_another_and_may_end_after_a_day(self) -> None:
        made = said("a", claim("truce.agreed", "AR army", actor="BOTH"))
        none = claim("truce.agreed", "CO army", actor="BOTH", polarity="negated")
        assert ask(made, said("c", none)).relations[0].kind == "contradicted"
        assert ask(made, said("c", none, hours=30)).relations[0].kind == "not_comparable"
        with_bey = said("a", claim("truce.agreed", "AR army", actor="BN"))
        with_cor = claim("truce.agreed", "CO army", actor="CO", polarity="negated")
        assert ask(with_bey, said("c", with_cor)).relations[0].kind == "not_comparable"


class TestDeeds:
    def test_different_authors_of_one_attack_contradict_and_mirror(self) -> None:
        a = said("a", claim("attack.shelling", "AR army", actor="CO", places=("Oldham",)))
        c = said("c", claim("attack.shelling", "CO army", actor="AR", places=("Oldham",)))
        found = ask(a, c)
        assert "different authors" in by(found, "a").reason
        assert all("mirrored" in x.flags for x in found.answers)

    def test_not_known_is_not_denied(self) -> None:
        a = said("a", claim("attack.shelling", "AR army", actor="CO", places=("Oldham",)))
        b = said("b", claim("attack.shelling", "UM ngo", actor="CO", places=("Oldham",), polarity="unknown"))
        assert ask(a, b).relations[0].kind == "not_comparable"

    def test_all_sides_are_no_other_author(self) -> None:
        a = said("a", claim("attack.shelling", "UM ngo", actor="BOTH", places=("Oldham",)))
        b = said("b", claim("attack.shelling", "AR army", actor="CO", places=("Oldham",)))
        assert ask(a, b).relations[0].kind == "compatible"


FIRED = claim("attack.shelling", "AR army", actor="CO", places=("Oldham",))


class TestDenial:
    @pytest.mark.parametrize("hours", [-20, 0, 20, 150])
    def test_a_denial_points_at_what_was_said_before_it_and_at_its_reprints(self, hours: float) -> None:
        no = said("d", denial("CO army", "attack.missile", actor="CO", places=("Altheim",)), hours=hours)
        found = ask(said("a", FIRED), others=(no,))
        assert (state(found, "a"), by(found, "a").denied_by) == ("denied", ("d",))

    @pytest.mark.parametrize(
        ("no", "hours"),
        [
            (denial("CO army", "attack.shelling", actor="CO", places=("Mill Ford",)), 1),
            (denial("CO army", "attack.air", actor="CO", places=("Oldham",)), 1),
            (denial("CO army", "attack.shelling", actor="DU", places=("Oldham",)), 1),
            (denial("CO army", "accusation.crime", actor="CO"), 1),
            (denial("AR army", "attack.shelling", actor="CO", places=("Oldham",)), 1),
            (denial("CO army", "attack.shelling", actor="CO", places=("Oldham",)), 200),
            (denial("CO army", "attack.shelling", actor="CO", places=("Oldham",)), -30),
            (denial("CO army", "attack.shelling", actor="CO"), 60),
        ],
    )  # fmt: skip
    def test_a_denial_of_something_else_denies_nothing(self, no: Claim, hours: float) -> None:
        assert state(ask(said("a", FIRED), others=(said("d", no, hours=hours),)), "a") == "single"

    def test_a_denial_of_one_accusation_is_no_denial_of_another(self) -> None:
        blame = said("a", claim("accusation.mercenaries", "AR army", actor="CO"))
        assert (
            state(ask(blame, others=(said("d", denial("CO army", "accusation.start", actor="CO")),)), "a") == "single"
        )
        assert (
            state(ask(blame, others=(said("d", denial("CO army", "accusation.mercenaries", actor="CO")),)), "a")
            == "denied"
        )

    def test_a_named_day_must_agree(self) -> None:
        on_second = said("a", claim("attack.shelling", "AR army", actor="CO", places=("Oldham",), start="2031-05-02"))
        no = denial("CO army", "attack.shelling", actor="CO", places=("Oldham",), start="2031-05-04")
        assert state(ask(on_second, others=(said("d", no),)), "a") == "single"

    def test_a_denial_of_the_second_day_reaches_an_attack_over_midnight(self) -> None:
        night = claim(
            "attack.shelling", "AR army", actor="CO", places=("Oldham",), start="2031-05-03", end="2031-05-04"
        )
        no = denial("CO army", "attack.shelling", actor="CO", places=("Oldham",), start="2031-05-04")
        assert state(ask(said("a", night), others=(said("d", no),)), "a") == "denied"

    def test_a_denial_through_the_group_reaches_a_member_s_claim(self) -> None:
        trap = said("a", claim("attack.other", "BN army", actor="BN", subject="CO"))
        no = said("d", denial("CO army", "attack.other", actor="NORTH", subject="CO"), hours=20)
        assert state(ask(trap, others=(no,)), "a") == "denied"

    @pytest.mark.parametrize(
        ("scope", "how"), [("incident", "denied"), ("cumulative", "single"), ("period", "single"), (None, "single")]
    )
    def test_losses_denied_near_a_town_are_no_total_denied(self, scope: str | None, how: str) -> None:
        lost = said("a", toll("CO army", "AR", None, count=count("60", scope=scope)))
        no = said("n", denial("AR army", "casualties.killed", subject="AR", places=("Oldham",)), hours=2)
        assert state(ask(lost, others=(no,)), "a") == how

    def test_one_aircraft_denied_by_its_author_is_no_total_denied(self) -> None:
        lost = said("a", claim("equipment_loss.destroyed", "AR army", subject="CO", count=count("15", unit="aircraft")))
        no = said("n", denial("UM head_of_state", "equipment_loss.shot_down", actor="UM", subject="CO"), hours=20)
        assert state(ask(lost, others=(no,)), "a") == "single"

    def test_a_withdrawn_denial_denies_nothing(self) -> None:
        no = said("d", denial("CO army", "attack.shelling", actor="CO", places=("Oldham",)), withdrawn=True)
        assert state(ask(said("a", FIRED), others=(no,)), "a") == "single"


class TestMirrors:
    def test_the_same_accusation_turned_round_is_linked_across_the_group(self) -> None:
        a = said("a", claim("accusation.mercenaries", "CO security_service", actor="NORTH"))
        b = said("b", claim("accusation.mercenaries", "BN security_service", actor="CO"), hours=-48)
        found = ask(a, others=(b,))
        assert "mirrored" in by(found, "a").flags
        assert found.mirrors == ("b",)
        assert ask(b, others=(a,)).mirrors == ("a",)

    def test_a_deed_of_one_s_own_mirrors_nothing_not_even_itself(self) -> None:
        own = said("a", claim("attack.shelling", "AR army", actor="NORTH", subject="CO", places=("Oldham",)))
        assert (ask(own).mirrors, by(ask(own), "a").flags) == ((), ("single_origin",))

    def test_a_withdrawn_accusation_mirrors_nothing(self) -> None:
        a = said("a", claim("accusation.mercenaries", "AR army", actor="CO"))
        c = said("c", claim("accusation.mercenaries", "CO army", actor="AR"), withdrawn=True)
        assert (ask(a, others=(c,)).mirrors, ask(c, others=(a,)).mirrors) == ((), ())

    def test_another_accusation_or_another_accused_mirrors_nothing(self) -> None:
        a = said("a", claim("accusation.mercenaries", "CO army", actor="AR"))
        others = [claim("accusation.crime", "AR army", actor="CO"), claim("accusation.mercenaries", "BN army", actor="CO"),
                  claim("accusation.mercenaries", "AR army", actor="CO", polarity="negated")]  # fmt: skip
        assert not ask(a, others=tuple(said(str(n), c) for n, c in enumerate(others))).mirrors


class TestSilence:
    def kinds(self, *heard: Said, **more: bool) -> dict[str, str]:
        return {m.party: m.kind for m in ask(*heard, **more).missing}

    enemy = said("c", toll("CO army", "AR", "40"))

    def test_we_say_not_found_only_where_all_channels_were_looked_through(self) -> None:
        found = ask(self.enemy, AR=True)
        assert found.missing[0].sentence == "Not found by us in Arl's 2 channels, checked until 4 May 12:00."
        assert self.kinds(self.enemy, AR=False) == {"AR": "could_not_check"}
        assert self.kinds(self.enemy) == {"AR": "could_not_check"}

    def test_each_silence_has_its_own_kind(self) -> None:
        quiet = claim("not_reported.killed", "- outlet", subject="AR", who="military", polarity="unknown")
        own = claim("not_reported.killed", "AR army", subject="AR", who="military", polarity="unknown")
        none = toll("AR army", "AR", "none")
        assert self.kinds(self.enemy, said("q", quiet), AR=True) == {"AR": "does_not_publish"}
        assert self.kinds(self.enemy, said("q", own), AR=True) == {"AR": "says_unknown"}
        assert self.kinds(self.enemy, said("q", none), AR=True) == {"AR": "says_zero"}

    def test_the_other_side_s_word_is_no_proof_of_silence(self) -> None:
        jeer = claim("not_reported.killed", "CO army", subject="AR", who="military", polarity="unknown")
        assert self.kinds(said("q", jeer), AR=True) == {"AR": "not_found_by_us"}

    def test_a_side_s_media_do_not_answer_for_it(self) -> None:
        assert self.kinds(said("m", toll("AR media", "AR", "40")), AR=True) == {"AR": "not_found_by_us"}

    def test_a_group_s_question_asks_each_member_of_that_day(self) -> None:
        assert list(self.kinds(said("c", toll("CO army", "NORTH", "40")))) == ["AR", "BN"]
