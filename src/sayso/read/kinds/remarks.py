"""Words of leaders that no other rule reads: what the enemy will pay, and what a country outside the war has to say."""

from collections.abc import Iterator
from typing import Final

from sayso.read.drafts import Draft, drafted, of_any, parties_of
from sayso.read.places import place_names
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame

#: Whose plain words are news by themselves, where their country takes no part in the fighting.
HEARD: Final = frozenset(("head_of_state", "foreign_ministry"))
WARRING: Final = frozenset((*HEARD, "defence_ministry", "army", "armed_group", "government", "parliament"))

#: What is threatened to whoever comes.
HOSTILE: Final = (
    "shell",
    "strike",
    "destroy",
    "kill",
    "down",
    "repel",
    "meet",
    "menace",
    "sabotage",
    "imprison",
    "raze",
)


def menaces(scene: Scene) -> Iterator[Draft]:
    """ "Will pay a heavy price", "will not go unpunished", "will be treated as a party to the war"."""
    for frame in scene.frames:
        speaker = scene.speaker(frame.vg.start)
        treated = frame.vg.main is not None and frame.vg.main.low in ("treated", "treat")
        kindly = treated and not frame.prep("as")  # "treated well" is no threat
        menacing = not kindly and (frame.has("menace") or threatened(frame))
        if not menacing or frame.vg.modal != "will" or speaker is None or speaker.kind not in WARRING:
            continue
        made = drafted(scene, frame, "diplomacy", "threat", "diplomacy.menace")
        made.actor, made.places, made.polarity = speaker.side, (), "asserted"
        made.subject = next((p for p in parties_of(scene, frame.subj) if p != made.actor), None)
        if threatened(frame):
            made.places = tuple(p for n in scene.nps() for p in place_names(n, located=False))[:1]
        conditional = frame.relative or threatened(frame) or any(g.low == "if" for g in scene.groups)
        made.modality = "conditional" if conditional else "plan"
        yield made


def threatened(frame: Frame) -> bool:
    """Whether it says what will happen to whoever comes ("will fire on any vessel", "any landing would be met with fire")."""
    hit = frame.subj if frame.undergone else frame.objs
    return frame.vg.modal == "will" and frame.has(*HOSTILE) and of_any(hit)


def remarks(scene: Scene) -> Iterator[Draft]:
    """A statement of a third country's leader in which no rule found anything else."""
    frame = next((f for f in scene.frames if f.subj and f.vg.say is None), None)
    speaker = scene.speaker(frame.vg.start) if frame is not None else None
    if frame is None or speaker is None or not third(scene, speaker.side) or speaker.kind not in HEARD:
        return
    if scene.kind in ("list", "boiler") or not touches(scene, frame):
        return
    made = drafted(scene, frame, "diplomacy", "statement", "diplomacy.remark")
    made.actor, made.polarity = speaker.side, "asserted"
    yield made


def third(scene: Scene, side: str | None) -> bool:
    """Whether a side is a country that takes no part in the fighting."""
    return side is not None and not scene.directory.is_party(side)


def touches(scene: Scene, frame: Frame) -> bool:
    """Whether the words name a country or party as the one who does, or to whom it is done."""
    return any(
        scene.named_party(p) for n in (*frame.subj, *frame.objs, *(m for _, m in frame.preps)) for p in n.chain()
    )
