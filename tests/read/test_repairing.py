"""The real parser repairs who says a claim, and nothing else of it."""

from dataclasses import replace

import pytest

from sayso.errors import BadSetting
from sayso.lexicon import parsing, sentence_parser
from sayso.model.claim import BY_PARSER, Attribution, Claim, Part, Span
from sayso.model.setting import Setting
from sayso.read.models.repairing import repairing
from sayso.read.scene import Scene
from tests.read.factory import DAY, reader

SAYS = "Five soldiers were killed near Lisk, the Tarskian army said."
TOLD = "The Ondrian army told reporters that five soldiers had been killed near Lisk."
ASIDE = "Five soldiers were killed near Lisk, as the quartermaster of the Tarskian army stated on Friday."
JOINED = "The mayor of Lisk visited the ruins and said that five people had been killed."
WOMAN = "“Shells fell on our street all night,” said a woman who had just reached the camp at Lisk."
CHAIR = "Norrow will host talks in Lisk on Friday, its chairperson said."
NOBODY = "Five soldiers were killed near Lisk. The mayor was shown the ruins."


def nobody_says(_: Scene, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Claims as if the rules had found no speaker: so these tests ask the parser, however good the rules become."""
    return tuple(replace(c, attr=Attribution(kind="outlet", quote="none")) for c in claims)


def read(text: str, *, parser: bool) -> tuple[Claim, ...]:
    """The claims of a text of which the rules found no speaker, with and without the parser."""
    one = reader().looking(nobody_says)
    one = one.looking(repairing(sentence_parser())) if parser else one
    parts = (Part(span=Span(0, len(text))),)
    return one.read(text, parts, Setting(published=DAY, outlet="Harbour Wire")).claims


@pytest.mark.parametrize(
    ("text", "kind", "side"),
    [
        (SAYS, "army", "AA"), (TOLD, "army", "BB"), (ASIDE, "army", "AA"), (JOINED, "local_authority", "AA"),
        (WOMAN, "eyewitness", None), (CHAIR, "government", "NN"),
    ],
)  # fmt: skip
def test_the_subject_of_the_verb_that_governs_a_claim_says_it(text: str, kind: str, side: str | None) -> None:
    claims = [c for c in read(text, parser=True) if c.type != "diplomacy" or text is CHAIR]
    assert claims
    assert {(c.attr.kind, c.attr.side) for c in claims} == {(kind, side)}
    assert all(c.rule.endswith(BY_PARSER) for c in claims), "the desk can see whose work it is"
    assert all("parser" in c.why for c in claims)


@pytest.mark.parametrize("text", [SAYS, TOLD, ASIDE, JOINED, WOMAN, CHAIR, NOBODY])
def test_nothing_but_the_speaker_of_a_claim_changes(text: str) -> None:
    plain, repaired = read(text, parser=False), read(text, parser=True)
    assert len(plain) == len(repaired)
    for was, now in zip(plain, repaired, strict=True):
        assert replace(now, attr=was.attr, rule=was.rule, why=was.why) == was


def test_a_sentence_in_which_nobody_says_anything_keeps_its_outlet() -> None:
    assert read(NOBODY, parser=True) == read(NOBODY, parser=False)


def test_a_speaker_that_the_rules_found_is_not_touched_and_the_parser_is_not_asked() -> None:
    asked: list[str] = []
    one = reader().looking(repairing(lambda s: asked.append(s) or ()))  # type: ignore[func-returns-value]
    claims = one.read(SAYS, (Part(span=Span(0, len(SAYS))),), Setting(published=DAY)).claims
    assert [c.attr.side for c in claims] == ["AA"]
    assert asked == []


def test_a_hedge_of_the_rules_is_not_lost_with_their_outlet() -> None:
    def hedged(scene: Scene, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        return tuple(replace(c, attr=replace(c.attr, hedge="preliminary")) for c in nobody_says(scene, claims))

    one = reader().looking(hedged).looking(repairing(sentence_parser()))
    (claim,) = one.read(SAYS, (Part(span=Span(0, len(SAYS))),), Setting(published=DAY)).claims
    assert (claim.attr.side, claim.attr.hedge) == ("AA", "preliminary")


def test_a_reading_with_the_parser_says_so_in_its_version() -> None:
    assert reader().looking(repairing(sentence_parser()), mark="+parser").version == f"{reader().version}+parser"


def test_the_same_sentence_gives_the_same_tree_whatever_was_parsed_before() -> None:
    first = parsing.parsed(SAYS)
    for other in (WOMAN, CHAIR, ASIDE, "", " ", "…", "a" * 3000):
        parsing.parsed(other)
    assert parsing.parsed(SAYS) == first
    assert "".join(SAYS[w.start : w.end] for w in first) == SAYS.replace(" ", "")


def test_without_the_extra_one_message_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "MODEL", "no_such_model")
    with pytest.raises(BadSetting, match=r"pip install 'sayso\[parser\]'"):
        sentence_parser()
