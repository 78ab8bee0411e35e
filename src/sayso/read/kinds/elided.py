"""Kinds of victims that a sentence says once for several counts."""

from collections.abc import Iterator

from sayso.model.vocabulary import Who
from sayso.read.drafts import Draft
from sayso.read.evidence import governor, says_own
from sayso.read.kinds.victims import who_of
from sayso.read.scene import Scene
from sayso.read.text.groups import Np


def carried_over(scene: Scene, found: list[Draft]) -> Iterator[Draft]:
    """Gapped nouns filled from the count before ("19 civilians were killed and about 80 wounded")."""
    last: Draft | None = None
    general = general_kind(scene) if found else None
    for made in found:
        elided = made.who == "unknown" and not says_people(scene, made)
        if elided and last is not None and scene.clause(last.at) == scene.clause(made.at):
            made.who = last.who
            made.subject = made.subject if last.subject is None or made.firm else last.subject
            made.unit = (
                made.unit
                if made.num is None or made.num.op == "none"
                else last.unit
                if last.unit in ("soldiers", "civilians")
                else made.unit
            )
            made.scope = made.scope or (last.scope if last.scope != "increment" else None)
            made.since = made.since or (last.since if made.scope == "cumulative" else None)
        elif elided and last is not None and last.who in ("military", "civilian") and counts(made) and general is None:
            made.who = last.who
            made.unit = last.unit if last.unit in ("soldiers", "civilians") else made.unit
        elif made.who == "unknown" and general is not None:
            made.who = general
            made.unit = (
                {"military": "soldiers", "civilian": "civilians"}.get(general, "people")
                if made.num and made.num.op != "none"
                else made.unit
            )
        elif elided and made.sub != "casualties" and scene.memory.who is not None and counts(made):
            made.who = scene.memory.who  # type: ignore[assignment]
        if made.who == "unknown" and are_soldiers(scene, made):
            made.who = "military"
            made.unit = "soldiers" if counts(made) else made.unit
        last = made
        yield made


def are_soldiers(scene: Scene, made: Draft) -> bool:
    """Whether an army or armed group counts its own: those of whom it says no more are its soldiers."""
    speaker = scene.speaker(made.at) or scene.memory.owner
    if speaker is None or speaker.side != made.subject:
        return False
    if speaker.kind == "armed_group":
        return own_men(scene, made)
    lost = made.rule == "casualties.lost" or made.sub == "casualties"
    return speaker.kind == "army" and (lost or says_own(scene, made.start) or governor(scene, made.at) is not None)


def own_men(scene: Scene, made: Draft) -> bool:
    """Whether an armed body counts "its men", "our people"."""
    inside = (g for g in scene.groups if isinstance(g, Np) and any(s.start <= g.start < s.end for s in made.spans))
    return any(p.people is not None and any(c.has("poss", "own") for c in p.cells) for g in inside for p in g.chain())


def counts(made: Draft) -> bool:
    """Whether a draft counts somebody: not nobody, and not without a number."""
    return made.num is not None and made.num.op != "none"


def says_people(scene: Scene, made: Draft) -> bool:
    """Whether the count names people of no kind ("60 people hurt"), which carries nothing over."""
    return any(
        isinstance(g, Np) and g.people and g.num and s.start <= g.start < s.end
        for g in scene.groups
        for s in made.spans[-1:]
    )


def general_kind(scene: Scene) -> Who | None:
    """The kind that "among civilians", "Civilian toll", "Soldiers:" says for the whole sentence."""
    colon = next((g.start for g in scene.groups if g.kind == "colon"), 0)
    for i, g in enumerate(scene.groups):
        if not isinstance(g, Np):
            continue
        headed = g.start < colon and not g.num and bool(g.people)
        among = i > 0 and scene.groups[i - 1].kind == "prep" and scene.groups[i - 1].sub == "among"
        if among and both_named(scene, i):
            return "both"
        if (among or headed or g.lexeme("toll")) and (who := who_of(scene, g)) != "unknown":
            return who
    return both_kinds(scene)


def both_named(scene: Scene, i: int) -> bool:
    """Whether soldiers and civilians are listed from an index on ("among civilians and servicemen")."""
    groups = scene.groups[i : i + 3]
    if len(groups) < 3 or groups[1].kind != "conj":
        return False
    return {who_of(scene, g) for g in (groups[0], groups[2]) if isinstance(g, Np)} == {"military", "civilian"}


def both_kinds(scene: Scene) -> Who | None:
    """ "soldiers and civilians among them": both."""
    if not any(g.kind == "incl" or c.low in ("among", "both") for g in scene.groups for c in g.cells):
        return None
    kinds = {who_of(scene, n) for n in scene.nps() if not n.num and (n.people or n.lexeme("noun", "unit"))}
    return "both" if {"military", "civilian"} <= kinds else None
