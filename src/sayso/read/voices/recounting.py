"""Sources that a verb names that is none of saying: who revises a count or verifies deaths, who asks for or offers something."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sayso.model.claim import Span
from sayso.read.scene import Scene, Voice
from sayso.read.text.features import flags
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Np
from sayso.read.voices.speakers import source_of
from sayso.read.voices.stretches import end_of, start_of

RECOUNTS: Final = flags("verb:recount")


def recounters(scene: Scene, a: int, b: int) -> Iterator[Voice]:
    """Who corrects, raises or verifies a figure: the figure and what goes with it is theirs."""
    for frame in scene.frames if scene.flags & RECOUNTS else ():
        if not a <= frame.at < b or not frame.has("recount") or frame.vg.passive or frame.vg.neg or frame.vg.inf:
            continue
        if not frame.subj or frame.shared or not any(figure(np) for np in frame.objs):
            continue
        attr = source_of(frame.subj[0], scene)
        if attr is not None and attr.kind not in ("outlet", "unknown") and frame.vg.main is not None:
            cue = frame.vg.main
            made = replace(attr, cue=cue.text, cue_span=Span(cue.start, cue.end), hedge=None)
            yield Voice(made, start_of(scene, a), end_of(scene, b), frame.vg.start)


def askers(scene: Scene, a: int, b: int) -> Iterator[Voice]:
    """Who asks, demands or offers: what is asked for is theirs, where nobody else is named for the words."""
    for frame in scene.frames:
        told = frame.vg.say is not None or frame.vg.passive or frame.vg.inf or frame.vg.neg or not frame.subj
        if (
            told
            or not (a <= frame.at < b and (frame.has("urge", "offer", "mediate", "threaten") or orders(scene, frame)))
            or frame.vg.feat == "ing"
            or frame.relative
        ):
            continue
        if frame.has("mediate") and not (frame.vg.main and frame.vg.main.low.startswith("offer")):
            continue  # "shuttled between the two capitals" is a deed
        attr = source_of(frame.subj[0], scene)
        if attr is not None and not attr.inferred and attr.kind not in ("outlet", "unknown", "media") and frame.vg.main:
            cue = frame.vg.main
            made = replace(attr, cue=cue.text, cue_span=Span(cue.start, cue.end), hedge=None)
            yield Voice(made, frame.vg.start, end_of(scene, b), frame.vg.start)


def asked_too(found: list[Voice], asking: list[Voice]) -> list[Voice]:
    """Voices of one segment: those who ask where nobody says anything; who asks and then says why speaks from the asking on
    ("asked the League to visit those held at Ubel, saying nobody had heard of them")."""
    if not found:
        return asking
    first, asker = found[0], next((v for v in asking if v.at < found[0].at), None)
    if asker is not None and (asker.attr.kind, asker.attr.side, asker.attr.speaker) == (
        first.attr.kind,
        first.attr.side,
        first.attr.speaker,
    ):
        first.start = min(first.start, asker.start)
    return found


def traded(frame: Frame) -> bool:
    """Whether several accuse one another ("traded blame"): what they quarrel about is no single one's claim."""
    return frame.vg.main is not None and frame.vg.main.low.startswith(("trade", "trading", "exchang"))


def orders(scene: Scene, frame: Frame) -> bool:
    """Whether somebody tells people what to do ("ordered the residents of the town to leave"): an order is its giver's word."""
    ordered = frame.has("command") and frame.objs and frame.objs[0].people is not None
    return bool(ordered) and any(f.vg.inf and f.subj and f.subj[0] is frame.objs[0] for f in scene.frames)


def owned_figures(scene: Scene, a: int, b: int) -> Iterator[Voice]:
    """Whose count a sentence of somebody else names: "the Guard's count of 40 dead is invented, the army said" (scheme,
    section 2: named by a noun)."""
    for np in scene.groups[a:b]:
        owned = isinstance(np, Np) and np.of is not None and np.head.has("account") and np.names
        if not owned or not isinstance(np, Np) or np.of is None or np.of.num is None or np.cells[-2].low != "'s":
            continue
        attr = source_of(owner(np), scene)
        if attr is not None and not attr.inferred and attr.kind != "media":
            cue = np.cells[-1]
            made = replace(attr, cue=cue.text, cue_span=Span(cue.start, cue.end), hedge=None)
            yield Voice(made, np.start, np.of.end, np.start)


def owner(np: Np) -> Np:
    """The owner in a noun group, by itself."""
    return Np(np.cells[:-2])


def figure(np: Np) -> bool:
    """Whether a noun group is a figure of people: a count, a toll, a number of victims."""
    return any(p.lexeme("account") or p.lexeme("toll") or p.lexeme("sum") or p.lexeme("victim") for p in np.chain())
