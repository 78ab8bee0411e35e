"""Who holds what: places taken, lost, held, contested."""

from collections.abc import Iterator
from typing import Final

from sayso.model.claim import Span
from sayso.read.drafts import Draft, agent, drafted, parties_of, place_names, spanned, spot, timed
from sayso.read.frames import Frame
from sayso.read.groups import Np, Vg
from sayso.read.scene import Scene

HELD: Final = ("settlement", "site", "infra", "region")
PEOPLE_ONLY: Final = frozenset(("people", "equip"))
OURS: Final = frozenset(("ours", "our"))
UNDER: Final = frozenset(("control", "hands", "flag", "occupation", "grip", "command"))


def control(scene: Scene) -> Iterator[Draft]:
    """Every claim of a sentence about who holds a place."""
    for frame in scene.frames:
        if frame.has("take") and not frame.has("rebuild"):
            yield from taken(scene, frame)
        elif frame.has("fallto"):
            yield from taken_by_fall(scene, frame)
        elif frame.has("hold"):
            yield from held(scene, frame)
        elif frame.has("lose") and not frame.undergone:
            yield from lost(scene, frame)
        elif frame.has("contest"):
            yield from contested(scene, frame)
        elif not frame.vg.classes and not frame.vg.say:
            yield from state(scene, frame)
    yield from nominal(scene)


def objects(frame: Frame) -> list[Np]:
    """The noun groups that may be the place: objects, or the subject of a passive."""
    return list(frame.subj) if frame.undergone else [*frame.objs]


def is_place(np: Np) -> bool:
    """Whether a noun group is a place that can be held."""
    if (np.people and not np.lexeme("noun", *HELD)) or (
        np.lexeme("noun", "equip") and not np.lexeme("noun", "settlement")
    ):
        return False
    if np.lexeme("noun", "truce", "talks", "corridor", "measure", "building"):
        return False
    return np.lexeme("noun", *HELD) is not None or bool(
        list(place_names(np, located=True)) and any(n.place for p in np.chain() for n, _ in p.names)
    )


def split(scene: Scene, frame: Frame, sub: str, nps: list[Np], rule: str) -> Iterator[Draft]:
    """One claim for the places named, one for each group that is only counted ("X and 25 villages" are two)."""
    named: list[str] = []
    spans: list[Span] = []
    counted: list[Draft] = []
    for np in nps:
        number = np.num is not None and np.num.bare and not np.neg
        names = list(place_names(np, located=True))
        lexeme = np.lexeme("noun", "settlement")
        if number and lexeme is not None:
            made = drafted(scene, frame, "control", sub, rule)
            made.num, made.unit = np.num, lexeme.unit
            made.scope = "increment" if np.incr else made.scope
            made.spans.append(Span(np.start, np.end))
            made.places = tuple(names) or near(frame)
            scene.used.add(np.start)
            counted.append(made)
        elif names:
            named += names
            spans.append(Span(np.start, np.end))
        elif (where := spot(np)) is not None:
            named.append(where)
            spans.append(Span(np.start, np.end))
    if named:
        made = drafted(scene, frame, "control", sub, rule)
        made.places = tuple(dict.fromkeys(named))
        made.spans += spans
        yield made
    yield from counted


def near(frame: Frame) -> tuple[str, ...]:
    """The places that say where counted villages lie."""
    return tuple(dict.fromkeys(p for n in frame.prep("in", "of", "from") for p in place_names(n, located=False)))


def taken(scene: Scene, frame: Frame) -> Iterator[Draft]:
    """ "took control of the city of X and 25 villages", "three villages have been freed"."""
    nps = [n for n in objects(frame) if is_place(n)]
    if not nps and not frame.undergone:
        nps = [n for n in (*frame.objs, *frame.prep("of", "over", "in")) if is_place(n)]
    if (
        frame.vg.main is not None
        and frame.vg.main.low.startswith(("secure", "clear", "claim"))
        and not any(place_names(n, located=True) or n.lexeme("noun", "settlement", "site") for n in nps)
    ):
        return
    for made in split(scene, frame, "taken", nps, "control.taken"):
        made.actor = agent(scene, frame) or scene.speaking_side(frame.vg.start) or scene.speaking_memory()
        if passive_of_other(scene, frame):
            made.actor = scene.speaking_side(frame.vg.start) or made.actor
        made.subject = loser(scene, frame, made.actor)
        if yet_to_come(scene, frame):
            made.modality = "plan"
        yield made


def yet_to_come(scene: Scene, frame: Frame) -> bool:
    """Whether the taking is only what something else waits for ("will be solved after the town is freed")."""
    will = next((f for f in scene.frames if f.vg.modal == "will" and f.vg.start < frame.vg.start), None)
    if will is None:
        return False
    between = scene.text[will.vg.end : frame.vg.start].casefold().split()
    return bool({"after", "until", "once", "when"} & set(between))


def loser(scene: Scene, frame: Frame, taker: str | None) -> str | None:
    """Who held it until then, where the sentence says so ("which had been under the control of X")."""
    for later in scene.frames:
        if later.vg.start <= frame.vg.start:
            continue
        under = [n for n in later.prep("under", "in") for c in n.cells if c.low in UNDER]
        found = next((p for n in under if (p := scene.party_of(n)) is not None), None)
        if found is not None and not scene.directory.overlap(found, taker):
            return found
    return None


def passive_of_other(scene: Scene, frame: Frame) -> bool:
    """Whether a passive names no taker, so that who says "freed" took it."""
    return frame.undergone and not frame.prep("by")


def taken_by_fall(scene: Scene, frame: Frame) -> Iterator[Draft]:
    """ "X fell to Y"."""
    if not frame.objs or not frame.subj or not is_place(frame.subj[0]):
        return
    for made in split(scene, frame, "taken", list(frame.subj), "control.fell"):
        made.actor = next(iter(parties_of(scene, [*frame.objs, *frame.prep("of")])), None)
        yield made


def held(scene: Scene, frame: Frame) -> Iterator[Draft]:
    """ "its fighters still hold the mill", "X remains under Y's control"."""
    if (
        frame.vg.main is not None
        and frame.vg.main.low in ("kept", "keep", "keeps", "keeping")
        and not any(is_place(n) for n in frame.objs)
    ):
        return
    nps = [n for n in objects(frame) if is_place(n)]
    for made in split(scene, frame, "held", nps, "control.held"):
        made.actor = agent(scene, frame) or scene.speaking_side(frame.vg.start)
        if background(scene, frame):
            made.modality = "background"
        yield made


def background(scene: Scene, frame: Frame) -> bool:
    """Whether it tells of a settled past ("has held since the early 1990s")."""
    return any(
        g.when is not None and g.when.kind == "past"
        for g in scene.in_clause(frame.vg.start)
        if g.start > frame.vg.start
    )


def lost(scene: Scene, frame: Frame) -> Iterator[Draft]:
    """ "Orland lost two hamlets"."""
    nps = [n for n in frame.objs if is_place(n) and not n.people]
    for made in split(scene, frame, "lost", nps, "control.lost"):
        made.actor = None
        made.subject = next(iter(parties_of(scene, frame.subj)), None) or scene.speaking_side(frame.vg.start)
        yield made


def contested(scene: Scene, frame: Frame) -> Iterator[Draft]:
    """ "three villages changed hands twice"."""
    for made in split(
        scene, frame, "contested", [n for n in (*frame.subj, *frame.objs) if is_place(n)], "control.contested"
    ):
        made.actor = scene.directory.all_id
        yield made


def state(scene: Scene, frame: Frame) -> Iterator[Draft]:
    """ "the heights are ours", "Ubel is back under our flag", "the villages are in the hands of the Guard"."""
    subject = [n for n in frame.subj if is_place(n) or (n.names and any(x.place for x, _ in n.names))]
    ours = next((n for n in frame.objs if {c.low for c in n.cells} & {"ours"}), None)
    under = next((n for n in frame.prep("in") if n.head.low in UNDER or any(c.low in UNDER for c in n.cells)), None)
    mark = ours or under
    if mark is None or not subject or any(c.low == "fire" for c in mark.cells):
        return
    low = {c.low for g in scene.groups for c in g.cells}
    back = bool(low & {"back", "again", "now", "is back"}) or ours is not None
    for made in split(scene, frame, "taken" if back and "still" not in low else "held", subject, "control.state"):
        party = scene.party_of(mark) if under is not None else None
        made.actor = party or scene.speaking_side(mark.start) or scene.speaking_memory()
        made.spans.append(Span(mark.start, mark.end))
        taken_since = any(f.has("take") and f.vg.start < frame.vg.start for f in scene.frames)
        if taken_since or any(g.when is not None and g.when.kind == "past" for g in scene.groups):
            made.modality = "background"  # who held it until it was taken
        yield made


def nominal(scene: Scene) -> Iterator[Draft]:
    """ "the capture of X", "the liberation of five villages", "Sake: taken"."""
    for i, g in enumerate(scene.groups):
        if (
            isinstance(g, Np)
            and g.head.low in ("capture", "liberation", "seizure", "recapture", "fall", "loss")
            and g.of is not None
            and is_place(g.of)
        ):
            made = Draft("control", "lost" if g.head.low == "loss" else "taken", "control.noun", g.start, spanned(g))
            made.places = tuple(place_names(g.of, located=True))
            lexeme = g.of.lexeme("noun", "settlement")
            if g.of.num is not None and lexeme is not None:
                made.num, made.unit = g.of.num, lexeme.unit
            made.actor = scene.party_of(Np(g.cells)) if g.names else scene.speaking_side(g.start)
            timed(made, [x.when for x in scene.groups if x.when])
            if made.places or made.num:
                yield made
        if isinstance(g, Np) and i + 2 < len(scene.groups) and scene.groups[i + 1].kind == "colon":
            yield from labelled(scene, g, scene.groups[i + 2])


def labelled(scene: Scene, np: Np, verdict: object) -> Iterator[Draft]:
    """ "Sake: taken", "Sake: contested"."""
    if (
        not isinstance(verdict, Vg)
        or not any(n.place for n, _ in np.names)
        or not verdict.classes & {"take", "hold", "contest", "lose"}
    ):
        return
    sub = next(
        s
        for c, s in (("take", "taken"), ("hold", "held"), ("contest", "contested"), ("lose", "lost"))
        if c in verdict.classes
    )
    made = Draft("control", sub, "control.label", np.start, spanned(np, verdict))
    made.places = tuple(place_names(np, located=True))
    made.actor = scene.directory.all_id if sub == "contested" else scene.speaking_side(verdict.start)
    yield made
