"""Truces agreed, held, broken, asked for, refused; breaches counted."""

from collections.abc import Iterator
from dataclasses import replace

from sayso.read.drafts import Draft, agent, both, drafted, parties_of, spanned, timed
from sayso.read.frames import Frame
from sayso.read.groups import Np
from sayso.read.mirrors import is_mutual, mirror, named
from sayso.read.scene import Scene
from sayso.read.speakers import source_of


def truces(scene: Scene) -> Iterator[Draft]:
    """Truces agreed, held, broken, asked for, refused."""
    done = False
    for frame in scene.frames:
        nps = [*frame.subj, *frame.objs, *(n for _, n in frame.preps)]
        truce = next((p for n in nps for p in n.chain() if p.lexeme("noun", "truce")), None)
        offer = next((n for n in frame.objs if n.head.low in ("offer", "proposal", "terms", "ultimatum")), None)
        sub = truce_sub(scene, frame, truce, offer)
        if sub is None or frame.has("accuse"):
            continue
        made = drafted(scene, frame, "truce", sub, f"truce.{sub}")
        done = True
        truce_fields(scene, frame, made)
        if any(n.lexeme("other") for n in frame.subj) and is_mutual(scene, scene.start, scene.end):
            for attr, foe in mirror(scene):
                yield replace(made, attr=attr, actor=foe, rule="truce.mirrored", spans=list(made.spans))
            continue
        if (
            sub in ("called_for", "rejected")
            and (who := next((a for n in frame.subj if (a := source_of(n, scene))), None)) is not None
        ):
            cue = frame.vg.main
            made.attr = replace(who, cue=cue.text if cue else None, hedge=None)
            made.actor = who.side or made.actor
            made.subject = made.subject or (
                next((p for p in scene.memory.parties if p != made.actor), None) if sub == "rejected" else None
            )
        yield made
    if not done:
        yield from breaches(scene)


def truce_sub(scene: Scene, frame: Frame, truce: Np | None, offer: Np | None) -> str | None:
    """What a verb does with a truce."""
    low = frame.vg.main.low if frame.vg.main else ""
    text = {c.low for g in scene.groups for c in g.cells}
    if frame.has("deny") and (truce is not None or (offer is not None and previous_truce(scene))):
        return "rejected"
    if low.startswith("sign") and frame.vg.neg and scene.speaker(frame.vg.start):
        return "rejected"
    if truce is None:
        return None
    if frame.has("urge") or low in ("called for", "demanded"):
        return "called_for" if truce not in frame.subj else None
    if frame.has("violate") or (low.startswith("collaps") or low == "failed"):
        return "violated"
    if frame.has("observe"):
        return "observed"
    if (frame.has("agree", "offer") and not frame.has("take")) or low.startswith(
        ("announc", "agreed", "signed", "declared", "brokered")
    ):
        return "agreed" if not frame.has("offer") else None
    if truce in frame.subj and (frame.has("hold", "continue") or not frame.vg.classes) and not frame.vg.neg:
        return "in_force" if not text & {"over", "dead", "broken"} else "violated"
    return None


def previous_truce(scene: Scene) -> bool:
    """Whether the sentence before speaks of a truce."""
    low = (scene.memory.topic or "").lower()
    return any(w in low for w in ("truce", "ceasefire", "cease-fire", "armistice", "peace"))


def truce_fields(scene: Scene, frame: Frame, made: Draft) -> Draft:
    """Enter parties and modality of a truce."""
    made.places = ()
    made.actor = agent(scene, frame)
    if made.sub == "agreed" and (made.actor is None or frame.vg.passive or any(both(scene, n) for n in frame.subj)):
        made.actor = scene.directory.all_id
    if made.sub in ("called_for", "rejected") and made.actor is None:
        made.actor = scene.speaking_side(frame.vg.start)
    if made.sub == "called_for":
        made.modality = "appeal"
        made.subject = next((p for p in parties_of(scene, frame.objs) if p != made.actor), None)
    if made.sub == "in_force":
        made.actor = None
    if made.sub == "rejected":
        made.polarity = "asserted"
    if made.sub == "violated":
        made.actor = agent(scene, frame) if not any(n.lexeme("noun", "truce") for n in frame.subj) else None
        made.polarity = "asserted"
    return made


def breaches(scene: Scene) -> Iterator[Draft]:
    """Breaches counted: "17 breaches since Tuesday: eleven by the Guard, six by Orland", "both report breaches"."""
    whole: Draft | None = None
    for at, g in enumerate(scene.groups):
        if not isinstance(g, Np):
            continue
        part = next((p for p in g.chain() if p.lexeme("noun", "breach")), None)
        if part is None:
            if (
                whole is not None
                and g.alone
                and at + 2 < len(scene.groups)
                and scene.groups[at + 1].low == "by"
                and isinstance(scene.groups[at + 2], Np)
            ):
                by = scene.groups[at + 2]
                assert isinstance(by, Np)
                if (party := scene.party_of(by)) is not None:
                    yield Draft(
                        "truce",
                        "violated",
                        "truce.breaches.part",
                        g.start,
                        spanned(g, by),
                        num=g.num,
                        unit="breaches",
                        actor=party,
                        part_of=whole,
                    )
            continue
        sides = named(scene, scene.start, g.start)
        if len(sides) > 1 or any(both(scene, n) for n in scene.nps() if n.start < g.start):
            for attr, foe in mirror(scene):
                yield Draft("truce", "violated", "truce.breaches.mirrored", g.start, spanned(g), attr=attr, actor=foe)
            return
        number = g.num or next((x.num for x in scene.groups[at + 1 : at + 4] if isinstance(x, Np) and x.alone), None)
        if number is None and not any(f.vg.say for f in scene.frames):
            continue
        whole = Draft(
            "truce", "violated", "truce.breaches", g.start, spanned(g), num=number, unit="breaches" if number else None
        )
        timed(whole, [x.when for x in scene.groups if x.when is not None])
        speaker = scene.speaking_side(g.start)
        whole.actor = scene.named_party(g) or (scene.party_of(g) if g.of else None)
        if (whole.actor is None or whole.actor == speaker) and scene.directory.is_party(speaker):
            whole.actor = scene.enemy_of(speaker)
        yield whole
