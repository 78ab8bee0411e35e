"""Sources named by a cue that is no verb of saying: "according to", "citing", "by his count", "officially"."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sayso.model.claim import Attribution, Span, Via
from sayso.read.scene import Scene, Voice
from sayso.read.text.groups import Np
from sayso.read.voices.beside import beside, joined_after
from sayso.read.voices.naming import of_organisation
from sayso.read.voices.parties import of_fighters
from sayso.read.voices.sides import sentence_place_side
from sayso.read.voices.speakers import carried, source_of
from sayso.read.voices.stretches import end_of, start_of
from sayso.read.voices.unlisted import witness

FINITE: Final = frozenset(("quoted", "quotes", "quote", "cited", "cites", "cite", "referred"))
ACCOUNT_PREPS: Final = frozenset(("by", "in", "as", "on"))


def citations(scene: Scene, a: int, b: int) -> Iterator[Voice]:
    """ "according to X", "citing X", "quoted by X", "speaking to X"; for "Y quoted X as saying" Y is the relay."""
    groups = scene.groups
    for i in range(a, b - 1):
        g = groups[i]
        if g.kind not in ("according", "cite", "quotedby"):
            continue
        at = i + 2 if groups[i + 1].kind == "quote" and i + 2 < b else i + 1  # "with reference to “a source ...”"
        np = groups[at]
        if not isinstance(np, Np):
            continue
        attr = source_of(np, scene) or of_fighters(np, scene) or of_organisation(np) or witness(np)
        if attr is None or (attr.inferred and not np.names and not np.lexeme("body") and not np.lexeme("role")):
            continue
        cue = g.cells[0].text.lower()
        made = replace(attr, cue=cue, cue_span=Span(g.start, g.end), span=Span(np.start, np.end))
        hedge = "estimate" if made.kind == "expert" and g.kind == "according" else made.hedge
        made = replace(made, hedge=hedge, via=(*made.via, *quoter(scene, i, a)))
        also = beside(scene, joined_after(groups, at, b), made) if g.kind != "quotedby" else ()
        yield Voice(
            made, start_of(scene, a), end_of(scene, b), g.start, carried=g.kind == "quotedby", cue=g.kind, also=also
        )


def quoter(scene: Scene, i: int, a: int) -> tuple[Via, ...]:
    """The relay that stands as the subject before a verb of quoting ("the Post quoted X as saying")."""
    at = i - 1
    while at > a and scene.groups[at].kind == "adv":
        at -= 1
    np = scene.groups[at] if at >= a else None
    if scene.groups[i].kind != "cite" or not isinstance(np, Np) or not FINITE.intersection(scene.groups[i].low.split()):
        return ()
    attr = source_of(np, scene)
    return () if attr is None else (via_of(attr),)


def via_of(attr: Attribution) -> Via:
    """A source as a relay."""
    return Via(org=attr.org or attr.role or attr.speaker, kind=attr.kind, side=attr.side)


def relayed(scene: Scene, voice: Voice, cited: list[Voice]) -> Voice:
    """A reporting voice joined with what it cites: the cited is the claimant, the reporter the relay; a broadcaster that
    was spoken to, or that passes the words on ("..., according to the Post"), relays too."""
    for c in cited:
        passes_on = c.cue == "according" and c.attr.kind == "media" and voice.attr.kind != "media"
        if (c.carried or passes_on) and not c.done:
            c.done = True
            voice.attr = relayed_by(voice.attr, c)
    quoting = [c for c in cited if not c.done and c.cue == "cite"]
    if not quoting:
        return voice
    for c in quoting:
        c.done = True
    return through(scene, quoting, [voice])


def relayed_by(attr: Attribution, media: Voice) -> Attribution:
    """A source whose words one more relay passes on."""
    if media.attr.kind != "media":
        return attr
    channel = attr.channel or media.attr.channel or broadcast(media.attr.org)
    return replace(attr, via=(*attr.via, via_of(media.attr)), channel=channel)


def through(scene: Scene, quoting: list[Voice], outer: list[Voice]) -> Voice:
    """The innermost of sources that cite one another, with the others as its relays, nearest first."""
    last = quoting[-1]
    relays = [*quoting[:-1][::-1], *outer]
    vias = tuple(v for r in relays for v in (via_of(r.attr), *r.attr.via))
    every = [*quoting, *outer]
    return Voice(
        replace(last.attr, via=(*last.attr.via, *vias), side=last.attr.side or home_of(scene, last.attr, vias)),
        min(v.start for v in every),
        max(v.end for v in every),
        last.at,
    )


def home_of(scene: Scene, attr: Attribution, vias: tuple[Via, ...]) -> str | None:
    """The side of an official whom nothing places: that of the press that cites him, where he speaks of a place of the same."""
    press = {v.side for v in vias if v.kind == "media"}
    place = sentence_place_side(scene)
    return place if attr.kind == "official" and place is not None and press == {place} else None


def unrelayed(scene: Scene, cited: list[Voice]) -> Iterator[Voice]:
    """Citations that no verb of saying reports: each its own source, but of those that cite one another the innermost;
    for one that was only spoken to ("Speaking to the Post, she ..."), who speaks."""
    left = [c for c in cited if not c.done]
    spoken = [c for c in left if c.carried]
    plain = [c for c in left if not c.carried]
    if len(plain) > 1 and all(c.cue == "cite" for c in plain[1:]):
        plain = [through(scene, plain[1:], plain[:1])]
    if plain:
        for c in spoken:
            plain[0].attr = relayed_by(plain[0].attr, c)
        yield from plain
        return
    for c in spoken:
        found = subject_source(scene, c.at)
        if found is not None:
            yield replace_voice(c, relayed_by(found, c))
        else:
            yield c


def subject_source(scene: Scene, at: int) -> Attribution | None:
    """Who speaks in a clause that names only a listener: the subject of its first verb behind that, else the entry's source."""
    for frame in scene.frames:
        if frame.vg.start > at and frame.subj and not frame.shared:
            return source_of(frame.subj[0], scene)
    return carried(scene)


def replace_voice(voice: Voice, attr: Attribution) -> Voice:
    """A voice with another source, which speaks for itself."""
    return Voice(attr, voice.start, voice.end, voice.at)


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


def reported_by(scene: Scene, a: int, b: int) -> Iterator[Voice]:
    """ "It was reported by the army that": whom the "by" names."""
    groups = scene.groups
    for i in range(a, b - 2):
        cell, np = groups[i].cells[0], groups[i + 2]
        passive = cell.low.endswith((" reported", " announced")) and groups[i + 1].low == "by"
        if passive and isinstance(np, Np) and (attr := source_of(np, scene)) is not None:
            made = replace(attr, cue=cell.text.lower(), cue_span=Span(cell.start, cell.end))
            yield Voice(made, start_of(scene, a), end_of(scene, b), groups[i].start)


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
        if g.kind == "voice" and (
            i == a or scene.groups[i - 1].low != "of"
        ):  # "a tally of official figures" is its maker's
            official = g.sub == "officially"
            attr = Attribution(
                kind="official" if official else "unknown",
                hedge=None if official else "unofficial",
                cue=g.cells[0].text.lower(),
                cue_span=Span(g.start, g.end),
            )
            yield Voice(attr, start_of(scene, a), end_of(scene, b), g.start)
