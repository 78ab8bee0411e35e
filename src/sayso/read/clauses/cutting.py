"""Sentences of languages that end them with another sign than the full stop."""

import re
from collections.abc import Iterator

from sayso.read.clauses.tagging import Grammar
from sayso.read.text.tokens import sentences, stripped

SHORT = 24  # characters before a colon that are the head of a headline, not a sentence


def sentences_of(text: str, start: int, end: int, grammar: Grammar) -> Iterator[tuple[int, int]]:
    """The sentences of `text[start:end]` as spans without surrounding white space, in order."""
    stops = grammar.profile.stops
    if not stops:
        yield from sentences(text, start, end, grammar.abbreviations)
        return
    at = start
    for m in re.compile(rf"[{re.escape(stops)}!?…]+[\"”»’)]*(?=\s|\Z)").finditer(text, start, end):
        if m.start() < at or (":" in m.group() and m.start() - at < SHORT):
            continue
        yield from stripped(text, at, m.end())
        at = m.end()
    yield from stripped(text, at, end)
