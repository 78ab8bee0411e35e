"""Who holds what: places taken, lost, held, contested."""

from collections.abc import Iterator
from typing import Final

from sayso.model.claim import Span
from sayso.read.drafts import Draft, agent, drafted, parties_of, spanned, timed, took_prisoner
from sayso.read.places import place_names, pointing, spot
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Np, Vg

HELD: Final = ("settlement", "site", "infra", "region")
NOMINAL: Final = frozenset(
    ["capture", "liberation", "seizure", "recapture", "fall", "loss", "taking", "retaking", "occupation",
     "surrender", "conquest"]
)  # fmt: skip
FREE: Final = frozenset(("free", "liberated", "taken", "captured", "retaken", "freed"))
#: First words of verbs whose subject is the place ("came under the control of", "passed into the hands of").
PASSES: Final = frozenset(
    ["come", "came", "comes", "coming", "pass", "passed", "passes", "passing", "return", "returned", "returns",
     "fall", "fell", "fallen", "falls"]
)  # fmt: skip
#: First words of verbs by which a place is given up.
LEAVES: Final = frozenset(
    ["leave", "left", "leaves", "leaving", "abandon", "abandoned", "abandons", "abandoning", "vacate", "vacated",
     "quit", "quits", "quitting"]
)  # fmt: skip


#: Verbs of taking, holding and losing a place.
HOLDING: Final = ("yield", "take", "fallto", "fall", "hold", "lose", "contest")


def control(scene: Scene) -> Iterator[Draft]:
    """Every claim of a sentence about who holds a place."""
    for frame in scene.frames:
        if not frame.has(*HOLDING):
            pass
        elif (sub := given_up(scene, frame)) is not None:
            yield from left_behind(scene, frame, sub)
        elif frame.has("take") and not frame.has("rebuild") and not took_prisoner(frame):
            yield from taken(scene, frame)
        elif frame.has("fallto"):
            yield from taken_by_fall(scene, frame)
        elif frame.has("fall") and not frame.objs:
            yield from fallen(scene, frame)
        elif frame.has("hold"):
            yield from held(scene, frame)
        elif frame.has("lose") and not frame.undergone:
            yield from lost(scene, frame)
        elif frame.has("contest"):
            yield from contested(scene, frame)
        if not frame.vg.say and (
            not frame.vg.classes or frame.has("link", "hold", "rise", "common", "aspect") or passes(frame)
        ):
            yield from state(scene, frame)
    yield from nominal(scene)


def passes(frame: Frame) -> bool:
    """Whether a place passes from hand to hand by this verb."""
    return frame.vg.main is not None and frame.vg.main.low.split()[0] in PASSES


def given_up(scene: Scene, frame: Frame) -> str | None:
    """Whether its holder gives a place up ("surrendered the town"), or says that it never left it: lost, held, None.

    "Left", "abandoned" are that only in the mouth of who left; told by others it is a retreat.
    """
    if not frame.has("yield") or frame.undergone or frame.vg.main is None:
        return None
    low = frame.vg.main.low
    if low.split()[0] not in LEAVES:
        return (
            "lost"
            if any(is_place(n) for n in frame.objs) and not low.startswith(("with", "retreat", "pull", "hand"))
            else None
        )
    side, speaker = agent(scene, frame), scene.speaking_side(frame.vg.start)
    own = speaker is not None and (side == speaker or any(c.low in ("our", "we") for n in frame.subj for c in n.cells))
    where = [n for n in frame.objs if is_place(n) or n.low == "it"]
    if not own or not where or where[0].lexeme("noun", "building"):
        return None
    return "held" if frame.vg.neg else "lost" if any(n.place for p in where for n, _ in p.names) else None


def left_behind(scene: Scene, frame: Frame, sub: str) -> Iterator[Draft]:
    """The claim of a place given up, or never left."""
    side = agent(scene, frame) or scene.speaking_side(frame.vg.start)
    nps = [n for n in frame.objs if is_place(n)]
    made = [*split(scene, frame, sub, nps, f"control.{sub}.left")] or [
        drafted(scene, frame, "control", sub, "control.it")
    ]
    for one in made:
        one.polarity = "asserted"
        one.actor, one.subject = (side, None) if sub == "held" else (None, side)
        one.places = one.places or earlier_place(scene, frame)
        yield one


def earlier_place(scene: Scene, frame: Frame) -> tuple[str, ...]:
    """What "it" stands for: the place named before in the sentence."""
    before = [n for n in scene.nps() if n.end <= frame.vg.start and (n.lexeme("noun", "site") or place_side_named(n))]
    found = [p for n in before for p in (tuple(place_names(n, located=False)) or ((spot(n),) if spot(n) else ()))]
    return tuple(p for p in found[-1:] if p)


def place_side_named(np: Np) -> bool:
    """Whether a noun group names a place of the directory that is no party."""
    return any(n.place and not n.party for n, _ in np.names)


def fallen(scene: Scene, frame: Frame) -> Iterator[Draft]:
    """ "Sarn has fallen": taken, by whom is not said."""
    nps = [n for n in frame.subj if is_place(n) and not n.people]
    if not nps or not any(place_side_named(p) or pointing(p) for p in nps):
        return
    for made in split(scene, frame, "taken", nps, "control.fallen"):
        made.subject = next((s for n in nps if (s := scene.place_side(n))), None)
        yield made


def objects(frame: Frame) -> list[Np]:
    """The noun groups that may be the place: objects, or the subject of a passive."""
    return list(frame.subj) if frame.undergone else [*frame.objs]


def is_place(np: Np) -> bool:
    """Whether a noun group is a place that can be held."""
    if (np.people and not np.lexeme("noun", *HELD)) or (
        np.lexeme("noun", "equip") and not np.lexeme("noun", "settlement")
    ):
        return False
    if np.lexeme("noun", "truce", "talks", "corridor", "measure", "building", "blame") or np.head.has("attack"):
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
            made.places = tuple(names) or near(scene, frame)
            scene.used.add(np.start)
            counted.append(made)
        elif names:
            named += names
            spans.append(Span(np.start, np.end))
        elif pointing(np) and scene.memory.place:
            named.append(scene.memory.place)
            spans.append(Span(np.start, np.end))
        elif (where := spot(np)) is not None or is_place(np):
            named += near(scene, frame) or ((where,) if where else ())
            spans.append(Span(np.start, np.end))
    if spans:
        made = drafted(scene, frame, "control", sub, rule)
        made.places = tuple(dict.fromkeys(named))
        made.spans += spans
        yield made
    yield from counted


def near(scene: Scene, frame: Frame) -> tuple[str, ...]:
    """The places that say where counted villages lie; "the regions adjacent to X" as written, with X behind a bar."""
    nps = frame.prep("in", "of", "from")
    found = tuple(dict.fromkeys(p for n in nps for p in place_names(n, located=False)))
    for np in nps if not found else ():
        at = scene.index(np) if any(g is np for g in scene.groups) else len(scene.groups)
        nxt = scene.groups[at + 2] if at + 2 < len(scene.groups) and scene.groups[at + 1].kind == "prep" else None
        broad = np.lexeme("noun", "region") is not None or any(c.low.startswith("district") for c in np.cells)
        if broad and isinstance(nxt, Np) and nxt.names:
            first = next((c for c in np.cells if not c.has("det")), np.cells[0])
            return (f"{scene.text[first.start : nxt.end]}|{nxt.names[0][1].text}",)
    return found


def taken(scene: Scene, frame: Frame) -> Iterator[Draft]:
    """ "took control of the city of X and 25 villages", "three villages have been freed"."""
    if any(n.head.low in NOMINAL or n.lexeme("noun", "blame") for n in frame.objs) or (
        frame.objs and any(n.lexeme("attack") for n in frame.subj)
    ):
        return
    if passes(frame):
        yield from passed(scene, frame)
        return
    nps = [n for n in objects(frame) if is_place(n)]
    if not nps and frame.undergone and not frame.subj:
        nps = declared(scene, frame)
    if not nps and not frame.undergone and not any(n.num or n.people for n in frame.objs):
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


def passed(scene: Scene, frame: Frame) -> Iterator[Draft]:
    """ "The town came under the control of X": the place is the subject, the taker stands behind."""
    for made in split(scene, frame, "taken", [n for n in frame.subj if is_place(n)], "control.passed"):
        made.actor = next(iter(parties_of(scene, [*frame.prep("of", "to"), *frame.objs])), None)
        made.actor = made.actor or scene.speaking_side(frame.vg.start)
        yield made


def declared(scene: Scene, frame: Frame) -> list[Np]:
    """The place of "the village was declared taken": the subject of the verb before."""
    before = scene.frames[i - 1] if (i := next(k for k, f in enumerate(scene.frames) if f is frame)) else None
    if before is None or before.at != frame.at - 1 or not before.vg.passive:
        return []
    return [n for n in before.subj if is_place(n)]


def yet_to_come(scene: Scene, frame: Frame) -> bool:
    """Whether the taking is only what something else waits for ("will be solved after the town is freed")."""
    will = next((f for f in scene.frames if f.vg.modal == "will" and f.vg.start < frame.vg.start), None)
    if will is None:
        return False
    between = scene.text[will.vg.end : frame.vg.start].casefold().split()
    return bool({"after", "until", "once", "when"} & set(between))


def loser(scene: Scene, frame: Frame, taker: str | None) -> str | None:
    """Who held it until then, where the sentence says so ("which had been under the control of X", "took it from X")."""
    held = [
        *frame.prep("from", "of"),
        *(p for n in objects(frame) for p in (n, *n.chain()[1:]) if not scene.place_side(p)),
    ]
    for np in held:
        found = scene.named_party(np)
        if found is not None and scene.directory.is_party(found) and not scene.directory.overlap(found, taker):
            return found
    for later in scene.frames:
        if later.vg.start <= frame.vg.start:
            continue
        under = [n for n in later.prep("under", "in") if n.lexeme("noun", "grip")]
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
    """ "the heights are ours", "Ubel is back under our flag", "the villages are in the hands of the Guard", "X is free"."""
    subject = [n for n in frame.subj if is_place(n) or (n.names and any(x.place for x, _ in n.names))]
    ours = next((n for n in frame.objs if {c.low for c in n.cells} & {"ours"}), None)
    gripped = [*frame.prep("in"), *(frame.objs if frame.has("hold") or passes(frame) else ())]
    under = next((n for n in gripped if n.lexeme("noun", "grip") and (n is not frame.objs[0] if ours else True)), None)
    free = next((n for n in frame.objs if {c.low for c in n.cells} & FREE), None)
    mark = ours or under or free or belonging(scene, frame)
    if mark is None or not subject or any(c.low in ("fire", "fire control") for c in mark.cells):
        return
    low = {c.low for g in scene.groups for c in g.cells}
    back = bool(low & {"back", "again", "now", "is back"}) or (mark is free and under is None) or passes(frame)
    for made in split(scene, frame, "taken" if back and "still" not in low else "held", subject, "control.state"):
        party = scene.party_of(mark) if under is not None or not (ours or free) else None
        made.actor = party or scene.speaking_side(mark.start) or scene.speaking_memory()
        made.spans.append(Span(mark.start, mark.end))
        taken_since = any(f.has("take") and f.vg.start < frame.vg.start for f in scene.frames)
        if taken_since or any(g.when is not None and g.when.kind == "past" for g in scene.groups):
            made.modality = "background"  # who held it until it was taken
        yield made


def belonging(scene: Scene, frame: Frame) -> Np | None:
    """The party whose a place is said to be: "the city will remain Orlandish", "is and will be Orland's"."""
    if frame.vg.neg or not frame.objs or not (frame.has("link") or not frame.vg.classes):
        return None
    np = frame.objs[0]
    named = [c for c in np.cells if c.low != "'s"]
    return np if len(named) == 1 and any(n.party and not n.place for n, _ in np.names) else None


def nominal(scene: Scene) -> Iterator[Draft]:
    """ "the capture of X", "the liberation of five villages", "Sake: taken"."""
    for i, g in enumerate(scene.groups):
        if isinstance(g, Np) and g.head.low in NOMINAL and g.of is not None and is_place(g.of):
            made = Draft(
                "control",
                "lost" if g.head.low in ("loss", "surrender") else "taken",
                "control.noun",
                g.start,
                spanned(g),
            )
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
