"""A figure in the desk's own words stays in its mouth, keeps its operator and hedge, and counts what its claim counts."""

from dataclasses import replace
from typing import Any

import pytest

from sayso.desk.bearing import Bearer, refuse_retold
from sayso.errors import Refused
from sayso.model.claim import Attribution, Claim
from tests.desk.factory import CONFLICT, claim, count

MORE = "The Tesk Guard said more than 12 soldiers were killed near Ubel."
TWELVE = MORE.replace("more than ", "")


def bearer(text: str = TWELVE, words: str = "12", **changes: Any) -> Bearer:
    """The claim of the Tesk Guard about its own soldiers."""
    made = claim(text, count=count(text, words, int(words), **changes))
    return Bearer(claim=made, names=("Tesk Guard", "the Guard"), words=text, lang="en")


GUARD = bearer()
OVER = bearer(MORE, operator="more_than", low=13, high=None)
STAFF_SAID = "The Orland General Staff said 30 soldiers were killed at Verst."


def staff() -> Bearer:
    """The claim of the other army about its own soldiers."""
    attr = Attribution(kind="army", org="Orland General Staff", side="OR")
    made: Claim = claim(STAFF_SAID, count=count(STAFF_SAID, "30", 30), attr=attr, subject="OR")
    return Bearer(claim=made, names=("Orland General Staff", "General Staff"), words=STAFF_SAID, lang="en")


@pytest.mark.parametrize("part", [
    "Tesk Guard: 12 killed near Ubel", "The Tesk Guard says that twelve of its soldiers died.", "Twelve died, says the Guard.",
    "The Guard spoke at noon. It says 12 soldiers were killed.", "Tesk Guard: 12 soldiers dead on 12 May",
])  # fmt: skip
def test_a_figure_told_as_its_claim_tells_it_stands(part: str) -> None:
    refuse_retold(part, [GUARD], CONFLICT)


@pytest.mark.parametrize(("part", "why"), [
    ("12 soldiers were killed.", "without the name"),
    ("Orland's army says 12 of its soldiers were killed", "without the name"),
    ("The Tesk Guard waits. Orland says 12 soldiers were killed.", "does not speak of “Orland”"),
    ("The Tesk Guard says Orland lost 12 soldiers.", "does not speak of “Orland”"),
    ("Tesk Guard: 12 tanks taken", "does not count “tanks”"),
    ("Tesk Guard: 12 women killed", "does not speak of “women”"),
    ("Tesk Guard: 12 wounded", "stands by a word for wounded"),
    ("Tesk Guard: at least 12 killed", "does not say “at least”"),
])  # fmt: skip
def test_another_mouth_thing_or_operator_is_refused(part: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        refuse_retold(part, [GUARD], CONFLICT)


@pytest.mark.parametrize("part", ["Tesk Guard: 12 killed", "Tesk Guard: exactly 12 killed", "Tesk Guard: 13 killed"])
def test_an_operator_is_never_lost(part: str) -> None:
    refuse_retold("Tesk Guard: more than 12 killed", [OVER], CONFLICT)
    refuse_retold("Tesk Guard: over a dozen, above 12, killed", [OVER], CONFLICT)
    with pytest.raises(Refused, match=r"The claim says “(?:more than|12)"):
        refuse_retold(part, [OVER], CONFLICT)


def test_a_range_keeps_both_ends() -> None:
    text = "The Tesk Guard said 10 to 12 soldiers were killed."
    made = claim(text, count=replace(count(text, "10 to 12"), operator="range", low=10, high=12))
    both = Bearer(claim=made, names=("Tesk Guard",), words=text, lang="en")
    refuse_retold("Tesk Guard: 10 to 12 killed", [both], CONFLICT)
    with pytest.raises(Refused, match="give both ends"):
        refuse_retold("Tesk Guard: 12 killed", [both], CONFLICT)


def test_a_hedge_and_a_denial_are_never_lost() -> None:
    attr = replace(GUARD.claim.attr, hedge="preliminary")
    hedged = replace(GUARD, claim=replace(GUARD.claim, attr=attr))
    refuse_retold("Tesk Guard: 12 killed, a preliminary figure", [hedged], CONFLICT)
    with pytest.raises(Refused, match="with a reservation"):
        refuse_retold("Tesk Guard: 12 killed", [hedged], CONFLICT)
    denied = replace(GUARD, claim=replace(GUARD.claim, polarity="negated"))
    refuse_retold("Tesk Guard denies that 12 were killed", [denied], CONFLICT)
    with pytest.raises(Refused, match="denies “12”"):
        refuse_retold("Tesk Guard: 12 killed", [denied], CONFLICT)


def test_in_one_sentence_each_figure_stands_behind_its_own_mouth() -> None:
    both = [GUARD, staff()]
    refuse_retold("The Tesk Guard says 12 were killed, the Orland General Staff says 30.", both, CONFLICT)
    with pytest.raises(Refused, match="“30” is what Orland General Staff says"):
        refuse_retold("The Tesk Guard says 30 were killed, the Orland General Staff says 12.", both, CONFLICT)


def test_whose_losses_a_figure_counts_is_never_turned_round() -> None:
    text = "The Tesk Guard said Orland lost 12 soldiers in a fight with Tesk."
    other = replace(bearer(text), claim=claim(text, count=count(text, "12", 12), subject="OR", who="military"))
    refuse_retold("The Tesk Guard says that Orland lost 12 soldiers.", [other], CONFLICT)
    with pytest.raises(Refused, match="not what the claim says that Tesk lost"):
        refuse_retold("The Tesk Guard says that Tesk lost 12 soldiers.", [other], CONFLICT)
