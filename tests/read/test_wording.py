"""What a claim is shown in: a clause that says something, never only the noun that a rule looked for."""

import pytest

from sayso.model.claim import Claim, Part, Span
from sayso.model.setting import Setting
from tests.read.factory import DAY
from tests.read.test_golden_camps import reader


def shown(text: str, kind: str = "entry") -> list[tuple[Claim, str]]:
    """The claims of a text with the words that each is shown in."""
    part = Part(span=Span(0, len(text)), kind=kind)  # type: ignore[arg-type]
    passages = reader().read(text, (part,), Setting(published=DAY, outlet="Harbour Wire")).passages
    return [(c, text[slice(*c.span)]) for p in passages for c in p.claims]


@pytest.mark.parametrize("text", ["President Verko: Ashmari plans", "Ashmari plans - President Verko"])
def test_a_noun_alone_says_nothing(text: str) -> None:
    assert shown(text, "headline") == []


def test_an_aim_is_shown_with_what_is_said_of_it() -> None:
    text = "President Verko called for a coalition that would stop Ashmari plans in the north."
    words = [w for c, w in shown(text) if c.sub == "intent"]
    assert words == ["called for a coalition that would stop Ashmari plans in the north"]


def test_a_call_named_by_its_noun_is_shown_with_whom_it_was() -> None:
    [(claim, words)] = shown("President Verko: telephone call with the president of Sumbria", "headline")
    assert (claim.type, claim.sub) == ("diplomacy", "call")
    assert words == "telephone call with the president of Sumbria"


def test_the_words_that_only_name_a_source_are_left_out() -> None:
    text = "Shells on Ketta, power out - Kerevian army"
    assert [w for c, w in shown(text, "headline") if c.type == "other"] == ["Shells on Ketta, power out"]


def test_what_a_rule_matched_stays_the_evidence() -> None:
    [(claim, words)] = shown("New sanctions against Sumbria - President Verko", "headline")
    assert words == "New sanctions against Sumbria"
    assert claim.evidence == (Span(0, len("New sanctions")),)
