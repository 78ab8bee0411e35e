"""Random text into the reader until something breaks.

    python -m venv fuzz && fuzz/bin/pip install atheris && fuzz/bin/python tools/fuzz_read.py -max_total_time=300 CORPUS

Fed are bytes as words of the word lists, marks and any characters, under an invented conflict, in every language that
has word lists. It stops at the first exception, and at the first span that does not quote its text. What it finds
becomes a test. Options are those of libFuzzer: `-max_total_time=300 CORPUS_FOLDER`.
"""

import sys
from datetime import date
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

with atheris.instrument_imports(include=["sayso.read"]):
    from tests.read.factory import conflict

    from sayso.lexicon import load_lexicons
    from sayso.model.claim import Part, Span
    from sayso.model.setting import Setting
    from sayso.read import Reader

LANGUAGES = tuple(load_lexicons())
READERS = {
    lang: Reader(lexicons=load_lexicons(), conflict=conflict(), language_of=lambda _: "en") for lang in LANGUAGES
}
WORDS = {lang: sorted({" ".join(x.form) for x in lexicon.lexemes}) for lang, lexicon in load_lexicons().items()}
MARKS = [*", . ; : - – — “ ” ( ) / • ! ? … « » „ ‘ ’ 's Lisk".split(), '"', "\n", "\u200b", "\u202e", "\ud800"]  # noqa: SIM905
KINDS = ("entry", "headline", "bullet", "list", "post", "standfirst", "briefing", "boiler")


def text_of(data: atheris.FuzzedDataProvider, words: list[str]) -> str:
    """A text of words, marks, numbers and any characters."""
    out = []
    while data.remaining_bytes() > 2:
        choice = data.ConsumeIntInRange(0, 9)
        if choice < 5:
            word = words[data.ConsumeIntInRange(0, len(words) - 1)]
            out.append(word.title() if choice == 0 else word)
        elif choice < 8:
            out.append(MARKS[data.ConsumeIntInRange(0, len(MARKS) - 1)])
        elif choice == 8:
            out.append(str(data.ConsumeInt(8)))
        else:
            out.append(data.ConsumeUnicode(data.ConsumeIntInRange(0, 12)))
    return (" " if data.ConsumeBool() else "").join(out) if len(out) % 7 == 0 else " ".join(out)


def check(raw: bytes) -> None:
    """Read one text and look at every span."""
    data = atheris.FuzzedDataProvider(raw)
    lang = LANGUAGES[data.ConsumeIntInRange(0, len(LANGUAGES) - 1)]
    kind = KINDS[data.ConsumeIntInRange(0, len(KINDS) - 1)]
    setting = Setting(published=date(2033, 8, 20) if data.ConsumeBool() else None, lang=lang)
    text = text_of(data, WORDS[lang])
    cut = data.ConsumeIntInRange(0, len(text))
    parts = (Part(span=Span(0, cut), kind=kind), Part(span=Span(cut, len(text)), entry=cut % 2))  # type: ignore[arg-type]
    for passage in READERS[lang].read(text, parts, setting).passages:
        assert text[slice(*passage.span)] == passage.text
        for claim in passage.claims:
            assert passage.span.covers(claim.span) and all(passage.span.covers(e) for e in claim.evidence)
            if claim.count is not None and claim.count.span is not None and claim.count.words is not None:
                assert text[slice(*claim.count.span)] == claim.count.words


if __name__ == "__main__":
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
