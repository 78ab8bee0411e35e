"""Sources named by a cue that is no verb of saying: "according to", "citing", "by his count", "officially"."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sayso.model.claim import Attribution, Span, Via
from sayso.read.groups import Np
from sayso.read.scene import Scene, Voice
from sayso.read.speakers import carried, source_of
from sayso.read.stretches import end_of, start_of

ACCOUNT_PREPS: Final = frozenset(("by", "in", "as", "on"))


def citations(scene: Scene, a: int, b: int) -> Iterator[Voice]:
    """ "according to X", "citing X", "quoted by X", "speaking to X"."""
    groups = scene.groups
    for i in range(a, b - 1):
        g = groups[i]
        if g.kind not in ("according", "cite", "quotedby") or not isinstance(groups[i + 1], Np):
            continue
        np = groups[i + 1]
        assert isinstance(np, Np)
        attr = source_of(np, scene)
        if attr is None or (attr.inferred and not np.names and not np.lexeme("body")):
            continue
        cue = g.cells[0].text.lower()
        made = replace(attr, cue=cue, cue_span=Span(g.start, g.end), span=Span(np.start, np.end))
        hedge = "estimate" if made.kind == "expert" and g.kind == "according" else made.hedge
        yield Voice(
            replace(made, hedge=hedge), start_of(scene, a), end_of(scene, b), g.start, carried=g.kind == "quotedby"
        )


def relayed(voice: Voice, cited: list[Voice], scene: Scene) -> Voice:
    """A reporting voice joined with what it cites: the cited is the claimant, the reporter the relay."""
    chain = [c for c in cited if not c.carried and not c.done and scene.groups[0].kind != "never"]
    quoting = [c for c in chain if scene_kind(scene, c.at) == "cite"]
    for c in cited:
        if c.carried and not c.done:
            c.done = True
            if c.attr.kind == "media":
                via = Via(org=c.attr.org, kind="media", side=c.attr.side)
                channel = voice.attr.channel or c.attr.channel or broadcast(c.attr.org)
                voice.attr = replace(voice.attr, via=(*voice.attr.via, via), channel=channel)
    if not quoting:
        return voice
    for c in quoting:
        c.done = True
    last = quoting[-1]
    relays = [*[q.attr for q in quoting[:-1]][::-1], voice.attr]
    vias = tuple(Via(org=r.org or r.role or r.speaker, kind=r.kind, side=r.side) for r in relays)
    return Voice(
        replace(last.attr, via=vias, channel=last.attr.channel),
        min(voice.start, last.start),
        max(voice.end, last.end),
        last.at,
    )


def broadcast(org: str | None) -> str | None:
    """The channel that a broadcaster's name says."""
    low = (org or "").lower()
    return "radio" if "radio" in low else "tv" if "tv" in low.split() or "television" in low else None


def scene_kind(scene: Scene, at: int) -> str:
    """The kind of the group that starts at an offset."""
    return next((g.kind for g in scene.groups if g.start == at), "")


def account_voices(scene: Scene, a: int, b: int) -> Iterator[Voice]:
    """ "By his preliminary count", "in the ministry's telling", "by the Guard's account"."""
    groups = scene.groups
    for i in range(a, b):
        np = groups[i]
        if not isinstance(np, Np) or not np.lexeme("account") or (np.num is not None and not np.lexeme("account")):
            continue
        fronted = i > a and groups[i - 1].kind == "prep" and groups[i - 1].sub in ACCOUNT_PREPS
        cell = np.cell("account")
        if not fronted or cell is None:
            continue
        attr = account_source(np, scene)
        if attr is not None:
            cue = f"{groups[i - 1].cells[0].text} {cell.text}".lower() if cell.low == "account" else cell.text
            yield Voice(
                replace(attr, cue=cue, cue_span=Span(cell.start, cell.end)),
                start_of(scene, a),
                end_of(scene, b),
                np.start,
            )


def account_source(np: Np, scene: Scene) -> Attribution | None:
    """Whose count or account it is."""
    if any(c.low in ("his", "her", "their", "its") for c in np.cells) and not np.names:
        return carried(scene)
    for part in np.chain():
        words = [c for c in part.cells if not c.has("account") or c.name]
        if words and (part.names or part.lexeme("body")):
            side = next(
                (n.party or (n.body.side if n.body else None) for n, _ in part.names if n.party or n.body), None
            )
            body = next((n.body for n, _ in part.names if n.body), None)
            common = part.lexeme("body")
            if body is not None:
                return Attribution(kind=body.kind, side=body.side, org=body.name, span=Span(np.start, np.end))
            if common is not None:
                known = source_of_words(common.cls, side, scene)
                return replace(known, span=Span(np.start, np.end))
            if side is not None:
                return Attribution(
                    kind=scene.directory.kind_of_party(side), side=side, org=words[0].text, span=Span(np.start, np.end)
                )
    return None


def source_of_words(kind: str, side: str | None, scene: Scene) -> Attribution:
    """A body by its common noun: the entry's last one of that kind, else of that side."""
    last = [scene.memory.source] if scene.memory.source else []
    known = next(
        (
            s
            for s in reversed([*scene.memory.sources, *last])
            if s.kind == kind or (s.kind.endswith("ministry") and kind.endswith("ministry"))
        ),
        None,
    )
    return known if known and side is None else Attribution(kind=kind, side=side)


def marked_voices(scene: Scene, a: int, b: int) -> Iterator[Voice]:
    """ "Officially ...; unofficially ...", "It is reported that"."""
    for i in range(a, b):
        g = scene.groups[i]
        if g.kind == "voice":
            official = g.sub == "officially"
            attr = Attribution(
                kind="official" if official else "unknown",
                hedge=None if official else "unofficial",
                cue=g.cells[0].text.lower(),
                cue_span=Span(g.start, g.end),
            )
            yield Voice(attr, start_of(scene, a), end_of(scene, b), g.start)
