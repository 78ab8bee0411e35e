"""Words of leaders that no other rule reads: what the enemy will pay, and what a country outside the war has to say."""

from collections.abc import Iterator
from typing import Final

from sayso.read.drafts import Draft, drafted, parties_of
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame

#: Whose plain words are news by themselves, where their country takes no part in the fighting.
HEARD: Final = frozenset(("head_of_state", "foreign_ministry"))
WARRING: Final = frozenset((*HEARD, "defence_ministry", "army", "armed_group", "government", "parliament"))


def menaces(scene: Scene) -> Iterator[Draft]:
    """ "Will pay a heavy price", "will not go unpunished", "will be treated as a party to the war"."""
    for frame in scene.frames:
        speaker = scene.speaker(frame.vg.start)
        if not frame.has("menace") or frame.vg.modal != "will" or speaker is None or speaker.kind not in WARRING:
            continue
        made = drafted(scene, frame, "diplomacy", "threat", "diplomacy.menace")
        made.actor, made.places, made.polarity = speaker.side, (), "asserted"
        made.subject = next((p for p in parties_of(scene, frame.subj) if p != made.actor), None)
        made.modality = "conditional" if frame.relative or any(g.low == "if" for g in scene.groups) else "plan"
        yield made


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
