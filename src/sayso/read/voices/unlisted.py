"""Sources that no directory lists: a name, or people by what they are, as the subject of a verb of saying."""

from dataclasses import replace

from sayso.model.claim import Attribution
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Np
from sayso.read.voices.naming import PARTITIVE, of_organisation, plain, span, unlisted_person
from sayso.read.voices.parties import NOT_SPEAKERS, of_fighters
from sayso.read.voices.sides import MATTER, home_side
from sayso.read.voices.speakers import RANKED


def unlisted(np: Np, frame: Frame, scene: Scene) -> Attribution | None:
    """The source that no directory lists, where a verb of saying has it as its subject: a name, or people by what they are.

    A name that the entry has given before with its office stands for that source."""
    if frame.vg.say is None or frame.vg.say.cls != "say":
        return None
    if np.of is not None and len(np.cells) == 1 and np.cells[0].low in PARTITIVE:
        return unlisted(np.of, frame, scene)
    if (armed := of_fighters(np, scene)) is not None:
        return armed
    if np.names or np.of is not None:
        return None
    role = np.cell("role")
    rank = np.cell("human", "rank") or (role if role is not None and role.low in RANKED else None)
    if rank is not None and (officer := unlisted_person(np)) is not None:
        return Attribution(kind="army", side=home_side(scene, "army"), role=rank.text, speaker=officer, span=span(np))
    if np.num is not None and np.num.bare:
        return None
    words = [c for c in np.cells if not c.has("det", "poss", "adv")]
    if not words or np.lexeme("noun", *MATTER[1:]) is not None or any(np.lexeme(p) for p in NOT_SPEAKERS):
        return None
    if (named := of_organisation(np)) is not None:
        return named
    if all(c.cap and not c.lex for c in words):
        name = " ".join(c.text for c in words)
        known = next(
            (s for s in reversed(scene.memory.sources) if s.speaker and s.speaker.endswith(words[-1].text)), None
        )
        if known is not None:
            return replace(known, span=span(np), cue=None, cue_span=None, hedge=None)
        if len(words) == 1 and frame.vg.say.lemma == "report":  # a paper, where no person was named so
            return Attribution(kind="media", org=name, span=span(np))
        return Attribution(kind="unknown", speaker=name, span=span(np)) if len(words) > 1 else None
    return witness(np)


def witness(np: Np) -> Attribution | None:
    """Someone who tells, by what they are: "a driver", "villagers reached by phone"."""
    if np.people is None or not np.head.has("noun", "channel") or np.names:
        return None
    return Attribution(kind="eyewitness", role=plain(np), span=span(np), speaker=unlisted_person(np))
