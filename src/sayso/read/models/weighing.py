"""A language model's answers about the sentences of a text, weighed: what holds is added after what the rules read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sayso.model.claim import Claim, Part, Passage, Reading, Span
from sayso.model.setting import Setting
from sayso.read.models.grounding import Grounded, grounded
from sayso.read.models.proposals import Answers, answered
from sayso.read.reader import SILENT_KINDS, Reader
from sayso.read.scene import Scene
from sayso.read.text.tokens import LONGEST

FEWEST_WORDS: Final = 4  # who, did what, to whom: a shorter sentence holds nothing that the rules pass over

UNCHECKED: Final = "the sentence is not read as it was when the model was asked"


def worth_asking(reader: Reader, reading: Reading) -> tuple[Passage, ...]:
    """The sentences that a model may be asked about: those that the rules could read, claims or none, in a language
    whose grammar of groups can check an answer."""
    return tuple(
        p
        for p in reading.passages
        if p.lang in reader.matchers
        and p.entry_kind not in SILENT_KINDS
        and p.kind != "boiler"
        and not p.unread
        and len(p.text) <= LONGEST
        and len(p.text.split()) >= FEWEST_WORDS
    )


def weighed(
    reader: Reader, reading: Reading, text: str, parts: Sequence[Part], setting: Setting, answers: Answers
) -> Reading:
    """The reading of a text with the proposals that hold, and with how many were dropped for which reason."""
    found: dict[Span, Grounded] = {}

    def look(scene: Scene, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        span = Span(scene.start, scene.end)
        if span in answers.by_span:
            found[span] = grounded(scene, answered(answers.by_span[span]), claims)
        return claims

    reader.looking(look).read(text, parts, setting)
    dropped = Counter(why for made in found.values() for why in made.dropped)
    unseen = [answered(a) for span, a in answers.by_span.items() if span not in found]
    dropped += Counter(why for made in unseen for why in (*made.dropped, *(UNCHECKED for _ in made.proposals)))
    further = tuple(
        replace(p, claims=found[p.span].claims, unread=())
        for p in reading.passages
        if p.span in found and found[p.span].claims
    )
    return replace(
        reading,
        passages=(*reading.passages, *further),
        asked=answers.model,
        dropped=tuple(sorted(dropped.items(), key=lambda d: (-d[1], d[0]))),
    )
