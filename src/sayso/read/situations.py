"""The rest: outages, rescues, measures of authorities."""

from collections.abc import Iterator

from sayso.read.drafts import Draft, agent, drafted, place_names, spanned
from sayso.read.envoys import addressee
from sayso.read.scene import Scene


def others(scene: Scene) -> Iterator[Draft]:
    """Situations, measures and rescues."""
    for g in scene.nps():
        if (lexeme := g.lexeme("noun", "outage")) is not None:
            made = Draft("other", "situation", "other.outage", g.start, spanned(g))
            made.places = tuple(
                dict.fromkeys(
                    p for n in scene.nps() for p in place_names(n, located=True) if any(x.place for x, _ in n.names)
                )
            )[:2]
            made.subject = next((s for n in scene.nps() if (s := scene.place_side(n))), scene.memory.place_side)
            made.at = g.start if lexeme else made.at
            yield made
            return
    for frame in scene.frames:
        if frame.has("rescue") and frame.subj:
            made = drafted(scene, frame, "other", "rescue", "other.rescue")
            made.subject = next(
                (p for n in (*frame.objs, *frame.subj) for p in [scene.party_of(n)] if p), None
            ) or scene.speaking_side(made.at)
            yield made
        elif (
            frame.has("rebuild")
            and (frame.objs or frame.vg.passive)
            and agent(scene, frame) is not None
            and not scene.says(frame.at)
        ):
            made = drafted(scene, frame, "other", "measure", "other.measure")
            made.actor = agent(scene, frame)
            made.subject = addressee(scene, [*frame.objs, *frame.prep("of", "for", "to")], made.actor)
            yield made
