"""What a sentence must hold for a rule, or for a part of one, to find anything in it.

What is named must be enough: who looks for a new word names it too, or the word is never seen. `tests/read/test_rules.py`
reads the golden passages with all needs taken for met and says which rule would have found more.
"""

from collections.abc import Iterable
from typing import NamedTuple

from sayso.read.text.features import flags


class Needs(NamedTuple):
    """The alternatives of which one must hold: in each, the sentence has a word for every question."""

    alternatives: tuple[tuple[int, ...], ...]

    def met(self, sentence: int) -> bool:
        """Whether a sentence whose words have these features together can hold anything."""
        for questions in self.alternatives:
            for question in questions:
                if not sentence & question:
                    break
            else:
                return True
        return False


def needs(*alternatives: str) -> Needs:
    """Alternatives of features (see `flags`) of which one is enough; "&" joins questions that must all be met.

    The alternatives of one question are asked as one.
    """
    asked = [[question.split() for question in each.split("&")] for each in alternatives]
    single = [feature for questions in asked if len(questions) == 1 for feature in questions[0]]
    several = [tuple(flags(*question) for question in questions) for questions in asked if len(questions) > 1]
    return Needs((*(((flags(*single),),) if single else ()), *several))


def any_word(found: Iterable[str]) -> str:
    """The features of words and phrases of which one is enough."""
    return " ".join(sorted({f"~{w.split()[-1]}" for w in found}))


def classes(pos: str, found: Iterable[str]) -> str:
    """The features of the classes of a part of speech of which one is enough."""
    return " ".join(f"{pos}:{cls}" for cls in found)
