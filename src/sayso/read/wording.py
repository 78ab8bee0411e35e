"""The words that a claim is shown in: a clause, never only the noun that a rule looked for."""

from typing import Final

from sayso.model.claim import Span
from sayso.model.vocabulary import ALSO_IN_ITS_WORDS, IN_ITS_WORDS, SPOKEN
from sayso.read.drafts import Draft
from sayso.read.scene import Scene
from sayso.read.text.groups import Vg


def says_something(scene: Scene, made: Draft) -> bool:
    """Whether a claim can be made of a draft: not of a view or an aim of which only a noun is there ("The President:
    Ostrev's plans")."""
    return made.sub not in SPOKEN or not in_its_words(made) or has_verb(scene, words(scene, made))


def words(scene: Scene, made: Draft) -> Span:
    """The words of a draft: those that its rule matched; where these are no clause and have to speak for themselves, the
    clause that they stand in, without the words that only name who says it."""
    seen = Span(max(made.start, scene.start), min(made.end, scene.end))
    if not in_its_words(made) or has_verb(scene, seen):
        return seen
    start, end = scene.clause(made.at)
    voice = scene.voice(made.at)
    if voice is not None:
        start, end = max(start, voice.start), min(end, voice.end)
        source = voice.attr.span
        if source is not None and source.start > made.at:
            end = min(end, source.start)
        elif source is not None and source.start <= start < source.end:
            start = source.end
    inside = [g for g in scene.groups if start <= g.start and g.end <= end and g.kind not in MARKS]
    return Span(min(seen.start, inside[0].start), max(seen.end, inside[-1].end)) if inside else seen


#: What no words are cut off at.
MARKS: Final = frozenset(("dash", "comma", "stop", "semi", "colon", "bullet", "quote"))


def in_its_words(made: Draft) -> bool:
    """Whether it is shown in its source's own words."""
    return made.type in IN_ITS_WORDS or f"{made.type}.{made.sub}" in ALSO_IN_ITS_WORDS


def has_verb(scene: Scene, span: Span) -> bool:
    """Whether a verb stands in a span."""
    return any(isinstance(g, Vg) and g.start < span.end and g.end > span.start for g in scene.groups)
