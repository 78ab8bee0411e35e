"""What holds for any claims whatever: order, doubles, swapped parties, no sums, no split of what was combined."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.model.claim import Claim
from sayso.model.conflict import Conflict
from sayso.model.question import Said, Tally
from sayso.model.vocabulary import QUESTION_TYPES, TYPES
from sayso.reconcile import day_bullets, question, questions_of, summary_bullets, tally

from .factory import PARTIES, START, WAR, attribution, claim, conflict, count, denial, looked, said, toll

SIDES = ("AR", "BN", "CO", "DU", "NORTH", "SOUTH", "BOTH")
FIGURES = ("5", "12", "40", "more_than 30", "at_least 12", "about 38", "up_to 20", "range 10 15", "dozens", "none")
#: AR <-> CO, BN <-> DU; the groups stay, so that only parties of no camp are swapped in this war.
SWAP = {"AR": "CO", "CO": "AR", "BN": "DU", "DU": "BN"}
ALONE = replace(WAR, groups=())

COUNTED = ("casualties", "equipment_loss", "captured", "displacement")
DENIED = (
    "attack.shelling",
    "control.taken",
    "accusation.start",
    "casualties.killed",
    "truce.violated",
    "captured.captured",
)

mouths = st.sampled_from([
    "AR army", "AR media", "BN army", "BN defence_ministry", "CO army", "CO government", "DU army", "UM ngo", "- outlet",
])  # fmt: skip
lone_mouths = st.sampled_from(
    ["AR army", "CO army", "BN army", "DU army", "AR media", "CO media", "UM ngo", "- outlet"]
)
places = st.sampled_from([(), ("Oldham",), ("Altheim",), ("Mill Ford", "Oldham"), ("Nowhere",)])


@st.composite
def claims(draw: st.DrawFn, sides: tuple[str, ...] = SIDES, by: st.SearchStrategy[str] = mouths) -> Claim:
    side = st.sampled_from((*sides, None))
    mouth, subject, actor = draw(by), draw(side), draw(side)
    kind = draw(st.sampled_from(QUESTION_TYPES))
    sub = draw(st.sampled_from(TYPES[kind]))
    where: dict[str, Any] = {"places": draw(places)}
    scope = draw(st.sampled_from((None, "cumulative", "cumulative", "incident", "period", "increment")))
    if kind == "denial":
        target = draw(st.sampled_from(DENIED))
        return denial(mouth, target, actor=actor, subject=subject, **where)
    counted = count(draw(st.sampled_from(FIGURES)), scope=scope) if kind in COUNTED else None
    return claim(
        f"{kind}.{sub}", mouth, subject=subject, actor=actor, count=counted, **where,
        who=draw(st.sampled_from(("military", "civilian", None))),
        polarity=draw(st.sampled_from(("asserted", "asserted", "asserted", "negated", "unknown"))),
    )  # fmt: skip


@st.composite
def heard(draw: st.DrawFn, **more: Any) -> list[Said]:
    """Up to nine statements with a claim or two each; some are of the same instant."""
    told = st.tuples(st.lists(claims(**more), min_size=1, max_size=2), st.integers(-30, 60), st.booleans())
    return [
        said(f"s{n}.{i}", c, hours=h, withdrawn=w and n % 4 == 0, statement=f"s{n}", origin=f"s{n}")
        for n, (both, h, w) in enumerate(draw(st.lists(told, min_size=1, max_size=9)))
        for i, c in enumerate(both)
    ]


def everything(all_: list[Said], war: Conflict = WAR) -> dict[str, Any]:
    """All that the room says of these claims, as plain data."""
    checked = looked(AR=True, BN=True, CO=True, DU=True)
    asked: dict[Any, list[Said]] = {}
    for s in all_:
        for key in questions_of(s.claim, said_at=s.said_at, conflict=war, day=s.said_at.date()):
            asked.setdefault(key, []).append(s)
    return {
        "questions": {
            k.id: msgspec.to_builtins(question(k, mine, conflict=war, others=all_, checked=checked, on=START))
            for k, mine in asked.items()
        },
        "tally": msgspec.to_builtins(tally(all_, conflict=war, checked=checked)),
        "day": msgspec.to_builtins(day_bullets(all_, conflict=war, checked=checked)),
        "summary": msgspec.to_builtins(summary_bullets(tally(all_, conflict=war, checked=checked), all_, conflict=war)),
    }  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(heard(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_and_doubles_change_nothing(all_: list[Said], dice: Any) -> None:
    shuffled = [*all_, *all_[:3]]
    dice.shuffle(shuffled)
    assert everything(shuffled) == everything(all_)


@settings(max_examples=80, deadline=None)
@given(heard())
def test_every_claim_that_is_asked_is_answered_and_none_twice(all_: list[Said]) -> None:
    for key, mine in group(all_).items():
        found = question(key, mine, conflict=WAR, others=all_)
        answering = [s.id for a in found.answers for s in (a.latest, *a.history)]
        assert sorted(answering) == sorted(s.id for s in mine if s.claim.type != "not_reported")
        assert len({a.claimant.id for a in found.answers}) == len(found.answers)


def group(all_: list[Said]) -> dict[Any, list[Said]]:
    asked: dict[Any, list[Said]] = {}
    for s in all_:
        for key in questions_of(s.claim, said_at=s.said_at, conflict=WAR, day=s.said_at.date()):
            asked.setdefault(key, []).append(s)
    return asked


def lines(found: Tally) -> tuple[Any, ...]:
    return (*found.own, *found.enemy, *found.third, *found.unnamed)


@settings(max_examples=120, deadline=None)
@given(heard())
def test_no_figure_is_added_up_or_made(all_: list[Said]) -> None:
    by_id = {s.id: s for s in all_}
    found = tally(all_, conflict=WAR)
    assert all(by_id[x.said.id] == x.said for x in lines(found))
    assert all(x.said.claim.sub == x.measure and x.said.claim.subject == x.subject for x in lines(found))
    assert all((x.said.claim.who or "unknown") == x.who for x in lines(found))
    for bullets in (day_bullets(all_, conflict=WAR), summary_bullets(tally(all_, conflict=WAR), all_, conflict=WAR)):
        assert all(by_id[s.id] == s for b in bullets for s in (*b.said, *b.linked))
        assert all(b.said for b in bullets)
    assert len(summary_bullets(tally(all_, conflict=WAR), all_, conflict=WAR)) <= 6


@settings(max_examples=120, deadline=None)
@given(heard())
def test_admitted_is_only_ever_said_of_a_party_s_own_office(all_: list[Said]) -> None:
    for key, mine in group(all_).items():
        for a in question(key, mine, conflict=WAR, others=all_).answers:
            if "admitted" in a.flags:
                assert a.claimant.kind not in ("media", "ngo", "outlet")
                harmed = a.latest.claim.subject if a.latest.claim.type != "attack" else a.latest.claim.actor
                assert a.claimant.side in (harmed, a.latest.claim.actor)
                assert a.latest.claim.type not in ("casualties", "captured") or a.latest.claim.who == "military"


@settings(max_examples=80, deadline=None)
@given(heard())
def test_a_denier_is_another_side_and_named(all_: list[Said]) -> None:
    by_id = {s.id: s for s in all_}
    for key, mine in group(all_).items():
        for a in question(key, mine, conflict=WAR, others=all_).answers:
            for d in a.denied_by:
                assert by_id[d].claim.type == "denial"
                assert by_id[d].claim.attr.side != a.claimant.side or a.claimant.side is None


def apart(all_: list[Said]) -> list[Said]:
    """The same claims, each statement seen at a moment of its own."""
    return [replace(s, seen_at=s.seen_at + timedelta(seconds=int(s.statement[1:]))) for s in all_]


def swapped(s: Said) -> Said:
    """The same claim with the parties changed for each other, in its mouth too.

    Ids are hashes of the words and change with the names: the first is the last now.
    """
    c = s.claim
    target = c.target and replace(c.target, actor=turn(c.target.actor), subject=turn(c.target.subject))
    attr = replace(c.attr, side=turn(c.attr.side))
    ids = {"id": renamed(s.id), "statement": renamed(s.statement), "origin": renamed(s.origin)}
    return replace(s, **ids, source=f"{attr.side}-{attr.kind}", claim=replace(
        c, attr=attr, actor=turn(c.actor), subject=turn(c.subject), target=target))  # fmt: skip


def renamed(id_: str) -> str:
    """The id of a claim or statement with the order of the statements turned round; any other text as it is."""
    return re.sub(r"^s(\d)(?=$|\.\d$)", lambda m: f"s{9 - int(m[1])}", id_)


def turn(id_: str | None) -> str | None:
    return SWAP.get(id_, id_) if id_ else id_


def turned(data: Any) -> Any:
    """The output with ids and names of the parties changed for each other."""
    words = {p: SWAP[p] for p in PARTIES} | {p.casefold(): SWAP[p].casefold() for p in PARTIES}
    words |= {PARTIES[p]: PARTIES[SWAP[p]] for p in PARTIES} | {
        PARTIES[p].casefold(): PARTIES[SWAP[p]].casefold() for p in PARTIES
    }
    if isinstance(data, dict):
        return {turned(k): turned(v) for k, v in data.items()}
    if isinstance(data, (list, tuple)):
        return [turned(v) for v in data]
    if isinstance(data, str):
        return renamed(re.sub(r"[A-Za-z]+", lambda m: words.get(m[0], m[0]), data))
    return data


@settings(max_examples=120, deadline=None)
@given(heard(sides=("AR", "BN", "CO", "DU", "BOTH"), by=lone_mouths))
def test_swapped_parties_give_the_same_output_with_the_names_swapped(all_: list[Said]) -> None:
    assert_swaps(apart(all_))


def assert_swaps(all_: list[Said]) -> None:
    """With the parties swapped all that is said of these claims is the same, with the names swapped."""
    there = replace(conflict(order=("CO", "DU", "AR", "BN")), groups=())
    assert plain(everything([swapped(s) for s in all_], there)) == plain(turned(everything(all_, ALONE)))


def test_no_sentence_of_ours_holds_a_word_that_is_swapped_like_a_name() -> None:
    """A party called BE turned "can be so" into "can du so": ids and names here are no words of any reason."""
    mine = claim("attack.shelling", "AR army", actor="AR", subject="AR", places=("Oldham",))
    theirs = claim("attack.shelling", "CO army", actor="AR", subject="AR", places=("Oldham",))
    media = claim("attack.shelling", "CO media", places=("Oldham",))
    all_ = [said("s0.0", mine, statement="s0"), said("s1.0", theirs, hours=1), said("s2.0", media, hours=2)]
    (found,) = [question(k, s, conflict=ALONE, others=all_) for k, s in group(all_).items()]
    assert {r.reason for r in found.relations} == {"Both can be so."} == {turned("Both can be so.")}
    assert_swaps([replace(s, statement=s.id[:2], origin=s.id[:2]) for s in all_])


def test_relations_and_reasons_go_by_when_it_was_said_whatever_the_ids() -> None:
    """AR is contradicted by two; the reason is the older one's, also where its id comes last."""

    def held(side: str) -> Claim:
        return claim("control.held", f"{side} army", actor=side, places=("Oldham",))

    for first, second, third in (("s0.0", "s1.0", "s2.0"), ("s2.0", "s1.0", "s0.0"), ("s1.0", "s2.0", "s0.0")):
        all_ = [said(first, held("CO")), said(second, held("DU"), hours=1), said(third, held("AR"), hours=2)]
        (found,) = [question(k, s, conflict=ALONE, others=all_) for k, s in group(all_).items()]
        assert found.answers[0].reason == "Cor and Arl cannot both hold it."
        assert [(r.a, r.b) for r in found.relations] == [(first, second), (first, third), (second, third)]


def test_the_claims_of_one_statement_stand_in_the_order_of_their_numbers() -> None:
    """The tenth comes after the third: numbers are no words."""
    twelve = [said(f"s.{n}", toll("AR army", "AR", str(n + 1)), statement="s") for n in range(12)]
    (found,) = [question(k, s, conflict=ALONE) for k, s in group(twelve).items()]
    assert [s.id for a in found.answers for s in (a.latest, *a.history)] == [f"s.{n}" for n in range(11, -1, -1)]


def plain(data: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(data))


@pytest.mark.parametrize("kind", [f"{t}.{s}" for t in ("casualties", "captured", "displacement") for s in TYPES[t]])
def test_every_measure_has_a_question_in_words(kind: str) -> None:
    for scope in (None, "incident", "period", "cumulative", "increment", "stock"):
        what = claim(kind, attr=attribution("AR army"), subject="AR", count=count("5", scope=scope))
        (key,) = questions_of(what, said_at=said("a", what).said_at, conflict=WAR, day=START)
        assert question(key, [said("a", what)], conflict=WAR).wording.endswith("?")
