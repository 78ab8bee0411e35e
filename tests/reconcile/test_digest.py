"""The overview of a day and "What is claimed": what is in them, in which order, with which links."""

from sayso.model.question import Bullet, Said
from sayso.reconcile import day_bullets, summary_bullets, tally

from .factory import WAR, claim, count, denial, said, toll


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
        said("blame", claim("accusation.start", "AR army", actor="CO")),
        said("no", denial("CO army", "control.taken", actor="AR", places=("Mill Ford",))),
        said("hit", claim("attack.shelling", "AR army", actor="CO", places=("Oldham",))),
        said("town", claim("control.taken", "AR army", actor="AR", places=("Oldham",))),
        said("civil", toll("AR government", "AR", "19", who="civilian")),
        said("soldiers", toll("AR army", "AR", "40")),
    )
    assert topics(found) == [
        "toll military", "toll civilian", "places", "harm", "denials", "accusations", "talks", "equipment",
    ]  # fmt: skip


def test_each_bullet_rests_on_a_claim() -> None:
    assert all(b.said for b in bullets(said("tanks", TANKS), said("a", toll("AR army", "AR", "40"))))


def test_what_is_claimed_of_another_side_s_dead_is_in_neither() -> None:
    enemy = said("a", toll("AR army", "CO", "900")), said("b", toll("AR army", "BOTH", "900"))
    one = claim("casualties.killed", "AR army", subject="CO", who="military", places=("Oldham",),
                count=count("30", scope="incident"))  # fmt: skip
    assert bullets(*enemy, said("c", one)) == ()
    assert summed([*enemy, said("c", one), said("t", TANKS)]) == ()


def test_own_equipment_and_the_other_side_s_never_share_a_bullet() -> None:
    own = claim("equipment_loss.destroyed", "AR army", subject="AR", count=count("2", scope="period", unit="tanks"))
    found = bullets(said("theirs", TANKS), said("ours", own, hours=1))
    assert [ids(b) for b in found] == [["ours"], ["theirs"]]


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
