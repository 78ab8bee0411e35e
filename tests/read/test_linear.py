"""Reading time grows with the text and no faster, whatever the text is; spans stay exact."""

import time
from collections.abc import Callable

import pytest

from sayso.model.claim import Part, Span
from sayso.model.setting import Setting
from tests.read.factory import DAY, reader

SAID = "The Tarskian army said that 12 soldiers were killed and 30 wounded near Lisk on Monday. "
#: Stretches that are repeated without end.
ODD = {
    "one letter": "a",
    "no space": "killed12",
    "stops": ".",
    "stops with spaces": ". ",
    "initials": "A. ",
    "letters with stops": "a.",
    "digits": "1",
    "grouped digits": "1,",
    "hyphens": "a-",
    "quotation marks": "“",
    "straight quotation marks": '"',
    "apostrophes": "'",
    "spaces": " ",
    "line breaks": "\n",
    "joiners": "\u200d",
    "bidi controls": "\u202e1\u2066",
    "broken surrogates": "\ud800 \udfff",
    "semicolons": "x; ",
}
SENTENCES = {
    "sentences": SAID,
    "lines": SAID + "\n",
    "quotations": "“We lost 12 soldiers.” The army said so. ",
    "quotations that never close": "“We lost 12 soldiers near Lisk. ",
    "nested quotations": "“«„‘We lost 12 soldiers’“»” said the army. ",
    "sources after the fact": "Such are the figures of the ministry. Two soldiers died. ",
    "pronouns": "It said so. They were hit. ",
    "bidi controls": "\u202e12\u200d soldiers \u2066killed\u2069 near Lisk. ",
    "mixed scripts": "Убито 12 soldiers قتل ١٢ killed 十二 near Lisk. ",
    "broken surrogates": "12 soldiers\ud800 were killed \udfff. ",
    "clauses": "said killed the 12 of, which “the Tarskian army and ",
}


def seconds(text: str, kind: str) -> float:
    """What reading a text as one paragraph takes, the better of two."""
    part = Part(span=Span(0, len(text)), kind=kind)  # type: ignore[arg-type]
    took = []
    for _ in range(2):
        begin = time.process_time()
        reader().read(text, (part,), Setting(published=DAY))
        took.append(time.process_time() - begin)
    return min(took)


def grows(piece: str, size: int, kind: str = "entry") -> bool:
    """Whether twice the text takes at most three times as long; four times would be a square."""
    once, twice = (seconds(piece * (n // len(piece)), kind) for n in (size, 2 * size))
    return twice < 3 * once + 0.02


@pytest.mark.parametrize("piece", ODD.values(), ids=list(ODD))
def test_odd_text_is_read_in_linear_time(piece: str) -> None:
    assert grows(piece, 60_000)


@pytest.mark.parametrize("kind", ["entry", "headline"])
@pytest.mark.parametrize("piece", SENTENCES.values(), ids=list(SENTENCES))
def test_sentences_are_read_in_linear_time(piece: str, kind: str) -> None:
    assert grows(piece, 10_000, kind)


@pytest.mark.slow
@pytest.mark.parametrize("piece", ODD.values(), ids=list(ODD))
def test_ten_megabytes_without_sense_are_read(piece: str) -> None:
    text = (piece * (10_000_000 // len(piece)))[:10_000_000]
    for passage in reader().read(text, (Part(span=Span(0, len(text))),), Setting(published=DAY)).passages:
        assert text[slice(*passage.span)] == passage.text and not passage.claims


@pytest.mark.parametrize(
    "spell",
    [
        lambda n: "9" * n,
        lambda n: "9" * n + " thousand",
        lambda n: "9" * n + ".5 million",
        lambda n: "thousand " * n,
        lambda n: "12 " + "million " * n,
        lambda n: "1,234" * n,
        lambda n: "“" * n + "12",
        lambda n: "2 to " * n + "9",
        lambda n: "0" * n + "1",
    ],
)
@pytest.mark.parametrize("count", [1, 40, 400, 3900])
def test_a_number_of_any_length_raises_nothing(spell: Callable[[int], str], count: int) -> None:
    text = f"{spell(count)} soldiers were killed near Lisk on {spell(count)}."
    for passage in reader().read(text, (Part(span=Span(0, len(text))),), Setting(published=DAY)).passages:
        assert text[slice(*passage.span)] == passage.text
