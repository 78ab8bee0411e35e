"""What holds for every text: nothing is raised, spans quote the text, hedges survive, sides are read alike."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.model.claim import Claim, Part, Span
from sayso.model.setting import Setting
from sayso.read import Reader
from tests.read.factory import DAY, claims, conflict, read, reader

WORDS = """
Tarskia Ondrian army Lisk Grey Ford said that were killed wounded 12 more than 30 at least dozens of
soldiers civilians according to the mayor , ; : - – “ ” " ( ) . not no denied shelled took villages
tanks truce both sides accuse each other of including them since Monday August 3 yesterday it she
which who and but while heavy losses Norrow Post citing
""".split()  # noqa: SIM905 - a list of a hundred quoted words is harder to read
SENTENCES = (
    "{op} 40 {who} were killed in Lisk.",
    "The Ondrian army lost {op} 40 {who}, Tarskia's Defence Ministry said.",
    "{op} 40 {who} died and {op} 90 were wounded, Oda Fenn wrote.",
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_no_order_of_words_raises(text: str) -> None:
    for claim in claims(text or "x"):
        assert 0 <= claim.span.start < claim.span.end <= len(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    reader().read(text, (Part(span=Span(0, len(text))),), Setting(published=DAY))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=40).map(" ".join))
def test_spans_quote_the_text(text: str) -> None:
    for passage in read(text):
        assert text[slice(*passage.span)] == passage.text
        for claim in passage.claims:
            assert passage.span.covers(claim.span)
            assert all(passage.span.covers(e) for e in claim.evidence)
            if claim.count is not None and claim.count.span is not None and claim.count.words is not None:
                assert text[slice(*claim.count.span)] == claim.count.words
            assert claim.part_of is None or 0 <= claim.part_of < len(passage.claims)
            assert claim.rule and claim.why


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("who", ["soldiers", "civilians", "people"])
@pytest.mark.parametrize(
    ("op", "name"),
    [
        ("More than", "more_than"),
        ("at least", "at_least"),
        ("up to", "up_to"),
        ("About", "about"),
        ("nearly", "nearly"),
        ("", "exact"),
    ],
)
def test_no_operator_is_lost_or_narrowed(sentence: str, who: str, op: str, name: str) -> None:
    found = [c for c in claims(sentence.format(op=op, who=who).strip()) if c.type == "casualties"]
    assert found and {c.count.operator for c in found if c.count} == {name}


@pytest.mark.parametrize(
    ("cue", "hedge"),
    [
        ("By preliminary data, nine people died in Lisk.", "preliminary"),
        ("Allegedly nine people died in Lisk, the mayor said.", "alleged"),
        ("Reportedly, nine people died in Lisk.", "reportedly"),
        ("Nine people died in Lisk, analysts estimate.", "estimate"),
    ],
)
def test_a_hedge_stays_with_its_claim(cue: str, hedge: str) -> None:
    assert [c.attr.hedge for c in claims(cue)] == [hedge]


PAGE = """Twelve Ondrian soldiers killed - Tarskian army
The Tarskian army said that its guns had destroyed five Ondrian tanks and that Ondria had lost Grey Ford.
Ondria denied that its soldiers had left Grey Ford.
Both sides accuse each other of breaking the truce.
Tarskia's Defence Ministry does not say how many of its own soldiers died."""


def shape(claim: Claim) -> tuple[object, ...]:
    target = claim.target
    return (
        claim.type, claim.sub, claim.attr.side, claim.attr.kind, claim.actor, claim.subject, claim.who, claim.polarity,
        claim.count and claim.count.n, claim.places, target and (target.type, target.actor, target.subject),
    )  # fmt: skip


def whole(text: str, by: Reader) -> list[tuple[object, ...]]:
    parts, at = [], 0
    for number, line in enumerate(text.split("\n")):
        parts.append(Part(span=Span(at, at + len(line)), kind="headline" if number == 0 else "entry"))
        at += len(line) + 1
    return [shape(c) for c in by.read(text, parts, Setting(published=DAY)).claims]


def test_names_of_sides_do_not_change_the_reading() -> None:
    """The names of two parties swapped in the text, and in the configuration, give the same claims."""
    turned = re.sub("Tarsk|Ondr", lambda m: {"Tarsk": "Ondr", "Ondr": "Tarsk"}[m[0]], PAGE)
    found = whole(PAGE, reader())
    assert len(found) >= 7
    assert whole(turned, reader("Ondr", "Tarsk")) == found


def test_the_same_text_is_read_the_same_twice() -> None:
    again = Reader(lexicons={}, conflict=conflict(), language_of=lambda _: "en")
    assert again.version != reader().version
    assert whole(PAGE, reader()) == whole(PAGE, reader.__wrapped__())  # type: ignore[attr-defined]


def test_a_language_without_word_lists_is_unread_and_never_empty() -> None:
    foreign = Reader(lexicons={}, conflict=conflict(), language_of=lambda _: "xx")
    (passage,) = foreign.read("Bir iki.", (Part(span=Span(0, 8)),), Setting()).passages
    assert passage.claims == () and [u.why for u in passage.unread] == ["no reader for language xx"]


def test_a_number_with_hidden_characters_is_refused() -> None:
    (passage,) = read("More than 2\u200b50 soldiers were killed in Lisk.")
    assert passage.claims == () and passage.unread


def test_sources_do_not_cross_entries() -> None:
    text = "Two died in Lisk, the mayor said.\nThree died at the ferry."
    cut = text.index("\n")
    parts = (Part(span=Span(0, cut), entry=0, kind="entry"), Part(span=Span(cut + 1, len(text)), entry=1, kind="entry"))
    first, second = reader().read(text, parts, Setting(published=date(2033, 8, 20))).claims
    assert first.attr.kind == "local_authority" and second.attr.kind == "outlet"


def test_reading_time_grows_with_the_text_and_no_faster() -> None:
    """A sentence without an end is given up, not chewed on."""
    (passage,) = read("and 12 killed " * 2000)
    assert passage.unread and not passage.claims


def test_an_owner_speaks_in_its_own_channel() -> None:
    from sayso.model.claim import Attribution

    owner = Attribution(kind="army", org="Tarskian army", side="AA", channel="telegram", quote="direct")
    (claim,) = claims("We have lost four drones.", owner=owner)
    assert (claim.attr.kind, claim.attr.side, claim.subject, claim.attr.channel) == ("army", "AA", "AA", "telegram")
