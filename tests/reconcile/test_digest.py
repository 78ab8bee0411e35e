"""The overview of a day and "What is claimed": what is in them, in which order, with which links."""

from dataclasses import replace

from sayso.model.question import Bullet, Said
from sayso.reconcile import day_bullets, summary_bullets, tally

from .factory import WAR, attribution, claim, count, denial, said, toll


def bullets(*heard: Said, before: tuple[Said, ...] = ()) -> tuple[Bullet, ...]:
    return day_bullets(heard, conflict=WAR, before=before)


def summed(heard: list[Said]) -> tuple[Bullet, ...]:
    return summary_bullets(tally(heard, conflict=WAR), heard, conflict=WAR)


def topics(found: tuple[Bullet, ...]) -> list[str]:
    return [b.topic for b in found]


def ids(bullet: Bullet) -> list[str]:
    return [s.id for s in bullet.said]


TANKS = claim("equipment_loss.destroyed", "AR army", subject="CO", count=count("9", scope="period", unit="tanks"))


def test_the_day_comes_in_the_published_order() -> None:
    found = bullets(
        said("tanks", TANKS),
        said("ruling", claim("diplomacy.ruling", "UM court", actor="UM")),
        said("visit", claim("diplomacy.visit", "AR head_of_state", actor="AR", subject="UM")),
        said("blame", claim("accusation.start", "AR army", actor="CO")),
        said("no", denial("CO army", "control.taken", actor="AR", places=("Mill Ford",))),
        said("hit", claim("attack.shelling", "AR army", actor="CO", places=("Oldham",))),
        said("town", claim("control.taken", "AR army", actor="AR", places=("Oldham",))),
        said("civil", toll("AR government", "AR", "19", who="civilian")),
        said("soldiers", toll("AR army", "AR", "40")),
    )
    assert topics(found) == [
        "toll military", "toll civilian", "places", "harm", "denials", "accusations", "heads of state", "rulings",
    ]  # fmt: skip


def test_each_bullet_rests_on_a_claim() -> None:
    assert all(b.said for b in bullets(said("tanks", TANKS), said("a", toll("AR army", "AR", "40"))))


def test_losses_of_equipment_are_not_on_the_published_list() -> None:
    own = claim("equipment_loss.destroyed", "AR army", subject="AR", count=count("2", scope="period", unit="tanks"))
    assert bullets(said("theirs", TANKS), said("ours", own, hours=1)) == ()


def test_what_is_claimed_of_another_side_s_dead_is_in_neither() -> None:
    enemy = said("a", toll("AR army", "CO", "900")), said("b", toll("AR army", "BOTH", "900"))
    one = claim("casualties.killed", "AR army", subject="CO", who="military", places=("Oldham",),
                count=count("30", scope="incident"))  # fmt: skip
    assert bullets(*enemy, said("c", one)) == ()
    assert summed([*enemy, said("c", one), said("t", TANKS)]) == ()


def test_not_reported_stands_beside_the_toll_that_it_belongs_to() -> None:
    quiet = claim("not_reported.wounded", "- outlet", subject="AR", who="military", polarity="unknown")
    (toll_,) = bullets(said("a", toll("AR army", "AR", "40")), said("q", quiet))
    assert (ids(toll_), [m.said.id for m in toll_.missing if m.said]) == (["a", "q"], ["q"])


def test_a_side_that_publishes_nothing_has_a_line_of_its_own() -> None:
    quiet = claim("not_reported.killed", "- outlet", subject="CO", who="military", polarity="unknown")
    found = bullets(said("a", toll("AR army", "AR", "40")), said("q", quiet))
    assert [ids(b) for b in found] == [["a"], ["q"]]


def test_a_guess_of_others_does_not_hide_that_a_side_publishes_nothing() -> None:
    quiet = claim("not_reported.killed", "- outlet", subject="CO", who="military", polarity="unknown")
    guess = toll("- expert", "CO", "many")
    (bullet,) = bullets(said("g", guess), said("q", quiet))
    assert ids(bullet) == ["g", "q"]
    assert bullet.missing[0].sentence == "Cor has not published how many of its soldiers were killed, Courier reports."


def test_a_headline_and_its_text_make_one_claim() -> None:
    town = claim("control.taken", "AR army", actor="AR", places=("Oldham",))
    (bullet,) = bullets(said("s.0", town, statement="s"), said("s.1", town, statement="s"))
    assert ids(bullet) == ["s.1"]


def test_a_denial_brings_yesterday_s_claim_with_it() -> None:
    trap = said("y", claim("attack.other", "BN army", actor="BN", subject="CO"), hours=-20)
    no = said("d", denial("CO army", "attack.other", actor="BN", subject="CO"))
    (bullet,) = bullets(no, before=(trap,))
    assert (ids(bullet), [s.id for s in bullet.linked], bullet.link) == (["d"], ["y"], "denies")


def test_a_place_that_is_denied_says_so() -> None:
    town = said("t", claim("control.taken", "AR army", actor="AR", places=("Oldham",)))
    no = said("d", denial("CO army", "control.taken", actor="AR", places=("Altheim",)))
    found = bullets(town, no)[0]
    assert (found.topic, found.link, [s.id for s in found.linked]) == ("places", "denies", ["d"])


def test_mirrored_accusations_stand_in_one_bullet_with_the_earlier_second() -> None:
    early = said("e", claim("accusation.mercenaries", "BN security_service", actor="CO"))
    late = said("l", claim("accusation.mercenaries", "CO security_service", actor="NORTH"), hours=3)
    (bullet,) = bullets(early, late)
    assert (ids(bullet), [s.id for s in bullet.linked], bullet.link) == (["l"], ["e"], "mirrors")
    (same,) = bullets(late, before=(early,))
    assert same == bullet


def test_a_broken_truce_is_blame_and_is_mirrored() -> None:
    a = said("a", claim("truce.violated", "AR army", actor="CO"))
    c = said("c", claim("truce.violated", "CO army", actor="AR"), hours=1)
    (bullet,) = bullets(a, c)
    assert (bullet.topic, bullet.link) == ("accusations", "mirrors")


def test_what_was_withdrawn_is_in_neither() -> None:
    gone = said("a", toll("AR army", "AR", "40"), withdrawn=True)
    assert bullets(gone) == ()
    assert summed([gone]) == ()


def test_the_summary_has_six_lines_at_most_and_the_disputed_place_last() -> None:
    heard = [
        said(f"{p}{w}", toll(f"{p} army", p, "40", who=w))
        for p in ("AR", "BN", "CO", "DU")
        for w in ("military", "civilian")
    ]
    heard.append(said("mine", claim("control.taken", "AR army", actor="AR", places=("Oldham",))))
    heard.append(said("yours", claim("control.held", "CO army", actor="CO", places=("Altheim",)), hours=1))
    heard.append(said("later", claim("control.taken", "BN army", actor="BN", places=("Mill Ford",)), hours=2))
    found = summed(heard)
    assert len(found) == 6
    assert topics(found)[:4] == ["toll military"] * 4
    assert (ids(found[-1]), [s.id for s in found[-1].linked]) == (["yours"], ["mine"])


def test_what_does_not_fit_into_six_lines_is_told_together_and_nothing_falls_out() -> None:
    heard = [
        said(f"{p}{w}", toll(f"{p} army", p, "40", who=w))
        for p in ("AR", "BN", "CO", "DU")
        for w in ("military", "civilian")
    ]
    found = summed(heard)
    assert {i for b in found for i in ids(b)} == {s.id for s in heard}
    assert topics(found) == ["toll military"] * 4 + ["toll civilian"]


def test_own_losses_that_are_no_total_stand_with_the_total_and_are_not_told_twice() -> None:
    further = toll("AR army", "AR", "23", count=count("23", scope="increment"))
    again = toll("AR government", "AR", "40", count=count("40", scope=None))
    (bullet,) = bullets(said("a", toll("AR army", "AR", "40")), said("f", further), said("r", again, hours=1))
    assert ids(bullet) == ["a", "f"]


def test_a_total_that_was_lowered_says_what_it_was() -> None:
    high = said("h", toll("AR army", "AR", "41"), hours=-20)
    (bullet,) = bullets(said("l", toll("AR army", "AR", "38")), before=(high,))
    assert (ids(bullet), [s.id for s in bullet.linked], bullet.link) == (["l"], ["h"], "lowers")
    raised = bullets(said("l", toll("AR army", "AR", "43")), before=(high,))[0]
    assert raised.linked == ()


def test_an_unsourced_or_stale_figure_gives_way_to_the_side_s_own_newer_one() -> None:
    old = said("o", toll("- outlet", "AR", "30"), hours=-30)
    combined = said("c", toll("- outlet", "AR", "59", sub="casualties"), hours=-30)
    (line,) = summed([old, combined, said("n", toll("AR army", "AR", "40"))])
    assert ids(line) == ["n"]


def test_a_place_that_two_sides_claim_is_one_bullet_with_both() -> None:
    mine = said("m", claim("control.held", "AR army", actor="AR", places=("Oldham",)))
    yours = said("y", claim("control.held", "CO army", actor="CO", places=("Altheim",)), hours=1)
    elsewhere = said("e", claim("control.held", "CO army", actor="CO", places=("Mill Ford",)), hours=1)
    first, second = bullets(mine, yours, elsewhere)
    assert (ids(first), [s.id for s in first.linked], first.link) == (["m"], ["y"], "contradicts")
    assert ids(second) == ["e"]


def test_a_place_denied_some_days_ago_says_so_again() -> None:
    was = said("w", claim("control.taken", "AR army", actor="AR", places=("Oldham",)), hours=-72)
    no = said("n", denial("CO army", "control.taken", actor="AR", places=("Altheim",)), hours=-71)
    again = said("a", claim("control.taken", "AR government", actor="AR", places=("Oldham",)))
    (bullet,) = bullets(again, before=(was, no))
    assert (ids(bullet), [s.id for s in bullet.linked], bullet.link) == (["a"], ["n"], "denies")


def test_who_had_said_the_same_before_is_linked() -> None:
    early = said("e", claim("accusation.mercenaries", "UM ministry", attr=attribution("UM foreign_ministry"),
                            actor="CO"), hours=-20)  # fmt: skip
    late = said("l", claim("accusation.mercenaries", "BN army", actor="CO"))
    (bullet,) = bullets(late, before=(early,))
    assert ([s.id for s in bullet.linked], bullet.link) == (["e"], "follows")


def test_accusations_in_free_words_are_never_said_to_mirror_each_other() -> None:
    a = said("a", claim("accusation.intent", "AR army", actor="CO"))
    c = said("c", claim("accusation.intent", "CO army", actor="AR"), hours=1)
    assert [b.link for b in bullets(a, c)] == ["", ""]


def test_a_headline_that_names_less_makes_no_second_denial() -> None:
    head = said("s.0", denial("AR army", "attack.other"), statement="s")
    text = said("s.1", denial("AR army", "attack.other", actor="CO", subject="AR"), statement="s")
    assert [ids(b) for b in bullets(head, text)] == [["s.1"]]


def test_fighting_own_strikes_and_soldiers_are_no_harm_to_civilians() -> None:
    heard = (
        claim("attack.clash", "AR army", actor="BOTH", places=("Oldham",)),
        claim("attack.shelling", "AR army", actor="AR", places=("Oldham",)),
        claim("attack.shelling", "AR army", actor="CO", places=("Oldham",), polarity="negated"),
        claim("casualties.killed", "AR army", subject="CO", who="military", places=("Oldham",), count=count("9")),
    )
    found = bullets(*(said(f"{n}", c, hours=n) for n, c in enumerate(heard)))
    assert "harm" not in topics(found)


def test_a_long_list_is_cut_at_the_same_length_for_every_side() -> None:
    hits = [said(f"{n}", claim("attack.shelling", "AR army", actor="CO", places=(f"Farm {n}",)), hours=n / 10)
            for n in range(20)]  # fmt: skip
    one = said("one", claim("attack.shelling", "CO army", actor="AR", places=("Mill Ford",)), hours=-3)
    found = bullets(*hits, one)
    assert len(found) == 8
    assert ["one"] in [ids(b) for b in found]


def test_a_meeting_that_somebody_tells_with_a_name_is_not_told_again_without() -> None:
    named = said("n", claim("diplomacy.call", "AR head_of_state", actor="AR", subject="UM"))
    unnamed = said("u", claim("diplomacy.call", "- outlet", actor="UM", subject="AR"), hours=3)
    assert [ids(b) for b in bullets(named, unnamed)] == [["n"]]


def test_a_coverage_of_one_party_has_an_overview_too() -> None:
    alone = replace(WAR, parties=WAR.parties[:1], groups=(), bodies=tuple(b for b in WAR.bodies if b.side == "AR"))
    heard = [
        said("t", toll("AR army", "AR", "12")),
        said("c", toll("AR government", "AR", "3", who="civilian"), hours=1),
        said("q", claim("not_reported.wounded", "- outlet", subject="AR", who="military", polarity="unknown"), hours=2),
        said("h", claim("attack.missile", "AR emergency_service", places=("Oldham",)), hours=3),
        said("d", claim("denial.denies", "AR army", polarity="negated"), hours=4),
        said("v", claim("diplomacy.visit", "AR head_of_state", actor="AR"), hours=5),
    ]
    found = day_bullets(heard, conflict=alone)
    assert [(b.topic, ids(b)) for b in found] == [
        ("toll military", ["t", "q"]), ("toll civilian", ["c"]), ("harm", ["h"]), ("denials", ["d"]),
        ("heads of state", ["v"]),
    ]  # fmt: skip
