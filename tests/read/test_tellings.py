"""Who says what, whether or not it is a claim: read without any directory, as in a text about anything."""

import pytest

from sayso.lexicon import load_lexicons
from sayso.model.claim import Part, Span, Telling
from sayso.model.conflict import Conflict
from sayso.model.setting import Setting
from sayso.read import Reader
from sayso.read.voices.quotations import quotations

READER = Reader(lexicons=load_lexicons(), conflict=Conflict(id="none"), language_of=lambda _: "en")


def tellings(text: str) -> list[Telling]:
    parts, at = [], 0
    for line in text.split("\n"):
        parts.append(Part(span=Span(at, at + len(line))))
        at += len(line) + 1
    return READER.attributions(text, parts, Setting(lang="en"))


def read(text: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of each attribution, as text; the pieces of a broken content with a bar between."""
    return [
        (
            "|".join(text[slice(*s)] for s in t.source),
            text[slice(*t.cue)] if t.cue else "",
            "|".join(text[slice(*s)] for s in t.content),
        )
        for t in tellings(text)
    ]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("The baker said that the mill had closed.", [("The baker", "said", "that the mill had closed")]),
        ("The mill had closed, the baker said.", [("the baker", "said", "The mill had closed")]),
        ("“The mill is shut,” said Ann Roe, a baker.", [("Ann Roe, a baker", "said", "“The mill is shut,”")]),
        ("Ann Roe, a baker, said the mill was shut.", [("Ann Roe, a baker", "said", "the mill was shut")]),
        (
            "“The mill is shut,” Ann Roe said. “It will stay so.”",
            [("Ann Roe", "said", "“The mill is shut,”|“It will stay so.”")],
        ),
        ("“Is it shut?” Ann Roe asked.", [("Ann Roe", "asked", "“Is it shut?”")]),
        (
            "According to the survey, two mills have closed.",
            [("the survey", "According to", "two mills have closed")],
        ),
        ("Two mills have closed, according to Ann Roe.", [("Ann Roe", "according to", "Two mills have closed")]),
        ("“We shall mill again.” ― Ann Roe", [("Ann Roe", "―", "“We shall mill again.”")]),
        ("She hopes to reopen it.", [("She", "hopes", "to reopen it")]),
        ("Mr. Roe criticised the plan.", [("Mr. Roe", "criticised", "the plan")]),
        (
            "Ann Roe said the mill was shut, adding that the baker had left.",
            [("Ann Roe", "said", "the mill was shut"), ("Ann Roe", "adding", "that the baker had left")],
        ),
        (
            "“Every mill must stay open,” Ann Roe recalled on Monday.",
            [("Ann Roe", "recalled", "“Every mill must stay open,”")],
        ),
        (
            "“They shut it at night,” recalled the mayor of Dorn.",
            [("the mayor of Dorn", "recalled", "“They shut it at night,”")],
        ),
        ("“The mill stays shut,” reads a notice.", [("a notice", "reads", "“The mill stays shut,”")]),
        ("The baker insisted the mill was quiet.", [("The baker", "insisted", "the mill was quiet")]),
        ("She had to change her answer: “The mill is shut.”", [("She", "had", "“The mill is shut.”")]),
        (
            "According to Ann Roe, “the mill is shut. It will stay so.”",
            [("Ann Roe", "According to", "“the mill is shut. It will stay so.”")],
        ),
        (
            "The mill would close, the baker said, leaving ten without work.",
            [("the baker", "said", "The mill would close|leaving ten without work")],
        ),
        (
            "Ann Roe told “Mill Hour” that the mill was shut.",
            [("Ann Roe", "told", "that the mill was shut")],
        ),
        ("The survey, which says that mills close, is new.", [("which", "says", "that mills close, is new")]),
    ],
)
def test_source_cue_and_content_are_found(text: str, want: list[tuple[str, str, str]]) -> None:
    assert read(text) == want


def test_a_quotation_of_several_paragraphs_stays_with_its_source() -> None:
    text = "Ann Roe wrote:\n“The mill is shut.\n“It will not open again.”"
    assert read(text) == [("Ann Roe", "wrote", "“The mill is shut.|“It will not open again.”")]


@pytest.mark.parametrize(
    "text",
    [
        "Battleground state Norland is nearly empty.",
        "It ruled in the court term that began on Monday.",
        "It goes without saying that mills close.",
        "Everything the baker says is a lie.",
        "That was what Ann Roe said when she left.",
        "How we judge the mill remains open.",
        "The survey says something about mills.",
        "The mill proved to be a trap.",
        "The mill maintains a program to train bakers.",
        "She invited him to visit the mill.",
        "The league holds a “Mill Day” every year.",
        "His book, “How to Run a Mill,” is out.",
    ],
)
def test_what_nobody_says_has_no_source(text: str) -> None:
    assert read(text) == []


def test_a_quotation_without_a_verb_goes_to_the_voice_before_it() -> None:
    text = "Ann Roe of the mill said it had closed.\n“We shall never open it again.”"
    first, second = tellings(text)
    assert text[slice(*second.content[0])] == "“We shall never open it again.”"
    assert (second.source, second.cue, second.attr.inferred) == ((), None, True)
    assert second.attr.kind == first.attr.kind


def test_an_odd_word_in_marks_is_no_quotation() -> None:
    assert read("The “mill question” was not new.") == []


def test_a_mark_that_never_closes_harms_no_other_paragraph() -> None:
    text = "“The mill is shut, one sign read.\n“The bakery is open,” Ann Roe said."
    assert read(text)[-1] == ("Ann Roe", "said", "“The bakery is open,”")


def test_what_a_speaker_reports_of_others_stays_inside() -> None:
    assert read("Ann Roe said the baker believes that the mill is shut.") == [
        ("Ann Roe", "said", "the baker believes that the mill is shut")
    ]


def test_nothing_is_said_where_nobody_tells() -> None:
    assert read("The mill stands in the League of States and the state road passes it.") == []


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("“a b” c “d”", ["“a b”", "“d”"]),
        ("“a “b” c” d", ["“a “b” c”"]),
        ('"a b," c "d."', ['"a b,"', '"d."']),
        ("“a b c", ["“a b c"]),
        ("«a b» c", ["«a b»"]),
        ("''a b'' c", ["''a b''"]),
        ('the 5" pipe and a 6" one', []),
    ],
)
def test_quotations_are_found_by_their_marks(text: str, want: list[str]) -> None:
    assert [text[a:b] for a, b in quotations(text, [(0, len(text))])] == want
