"""Where it happened: the place of a clause given to what the clause tells, where a rule saw none beside its own words."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sayso.read.drafts import Draft
from sayso.read.places import INSIDE, capital, place_names, there
from sayso.read.scene import Scene
from sayso.read.text.groups import Np, Vg
from sayso.read.text.names import form_of
from sayso.read.text.tokens import tokenise

#: What happens at a place; words and decisions do not.
SCENIC: Final = frozenset(
    (
        "casualties",
        "attack",
        "destruction",
        "equipment_loss",
        "captured",
        "displacement",
        "movement",
        "accusation",
        "other",
    )
)
#: What is told of a town without naming it again.
OF_TOWNS: Final = frozenset(("casualties", "attack", "destruction", "other"))
#: Who speaks of one town or district.
LOCAL: Final = frozenset(("local_authority", "medics", "emergency_service", "security_service"))
#: Of these only a place that a preposition names, no country: "retreated in Marn" is no place of retreat.
KNOWN_ONLY: Final = frozenset(("movement",))


def settle(scene: Scene, drafts: Sequence[Draft]) -> None:
    """Give each draft without a place that of its clause; what follows from an attack behind a colon, that of the attack."""
    known: tuple[str, ...] = ()
    hit = False
    for made in sorted(drafts, key=lambda d: d.at):
        if before_war(scene, made):
            made.modality = "background"
        if made.type == "casualties" and made.part_of is None and made.places:
            made.places = without_parts(scene, made)
        if made.type in ("attack", "destruction") and known and made.places and not any(map(capital, made.places)):
            made.places = known  # "a ward was hit" behind "rockets came down on Kherson"
        if not made.places and made.type in SCENIC and made.part_of is None:
            made.places = (
                of_clause(scene, made)
                or follows(scene, made, known)
                or (known if hit and made.type == "attack" else ())
                or town_told_of(scene, made)
            )
        known = made.places if any(map(capital, made.places)) and made.part_of is None else known
        hit = hit or made.type == "attack"
    for made in drafts:
        if made.part_of is None and not made.places and made.type in OF_TOWNS and made.polarity != "unknown":
            made.places = (seat,) if (seat := seat_of(scene, made)) is not None else ()


def seat_of(scene: Scene, made: Draft) -> str | None:
    """The place whose hospital, police or mayor says it ("Sova police", "Sova's mayor", "the governor of Sova")."""
    attr = scene.speaker(made.at)
    if attr is not None and attr.kind in LOCAL:
        span = attr.span
        if span is not None and scene.kind == "headline" and span.start > made.at:
            return None  # "School hit - Mayor of Ubel": a tail says who speaks, not where
        said = scene.text[span.start : span.end] if span is not None else ""
        if (found := place_in(scene, said) or place_in(scene, attr.org or "")) is not None:
            return found
    if made.type != "casualties":
        return None
    wards = (n for n in scene.nps() if n.lexeme("ward") or n.lexeme("noun", "medical") or of_medics(n))
    return next((p for n in wards if (p := place_in(scene, scene.text[n.start : n.end]))), None)


def of_medics(np: Np) -> bool:
    """Whether a noun group names a body of medics."""
    return any(n.body is not None and n.body.kind == "medics" for n, _ in np.names)


def place_in(scene: Scene, said: str) -> str | None:
    """The first place that words name, as written; no party's name is one."""
    words = [t.text for t in tokenise(said)]
    for i in range(len(words)):
        for size in (3, 2, 1):
            name = " ".join(words[i : i + size])
            found = scene.directory.names.get(form_of(name)) if name[:1].isupper() else None
            if found is not None and found.place is not None and found.party is None:
                return name
    return None


def town_told_of(scene: Scene, made: Draft) -> tuple[str, ...]:
    """The town that the page has established around this passage, or whose mayor goes on speaking; a total of a war or of a
    stretch of time is of no town."""
    if made.type not in OF_TOWNS or made.scope in ("cumulative", "period"):
        return ()
    if scene.setting.town is not None:
        return (scene.setting.town,)
    speaker = scene.speaker(made.at)
    carried = speaker is not None and speaker.kind == "local_authority" and speaker.inferred
    return (scene.memory.place,) if carried and scene.memory.place and scene.setting.heading else ()


def before_war(scene: Scene, made: Draft) -> bool:
    """Whether a deed is dated before the conflict began; where its start is not known, more than a year before."""
    if made.first is None or made.type == "diplomacy" or scene.published is None:
        return False
    start = scene.directory.conflict.start
    since = (
        start.isoformat() if start is not None else f"{scene.published.year - 1:04}{scene.published.isoformat()[4:10]}"
    )
    return made.first[:10] < since[: len(made.first[:10])]


def of_clause(scene: Scene, made: Draft) -> tuple[str, ...]:
    """The place that the clause of a draft names, or the label before it, or "there"."""
    start, end = scene.clause(made.at)
    found = tuple(dict.fromkeys(said_where(scene, start, end, known=made.type in KNOWN_ONLY)))
    if not found and made.type == "displacement":
        found = tuple(dict.fromkeys(home(scene, start, end)))
    return found or labelled(scene, start) or (there(scene) if made.type != "accusation" else ())


def home(scene: Scene, start: int, end: int) -> Iterator[str]:
    """Where the displaced come from or are taken in: "half the population of Ubel", "Port Lisk took in 2,200"."""
    for g in scene.nps():
        if start <= g.start < end and g.of is not None and (g.people or g.lexeme("noun", "thing")):
            yield from (p for n in g.chain()[1:] for p in place_names(n, located=True, country=True))
    for frame in scene.frames:
        if start <= frame.vg.start < end and frame.has("flee", "evacuate") and frame.vg.main is not None:
            takes_in = frame.vg.main.low.endswith(" in")
            yield from (c.text for n in frame.subj if takes_in for x, c in n.names if x.place and not x.body)


def without_parts(scene: Scene, made: Draft) -> tuple[str, ...]:
    """Places of a whole count without that of a part of it ("30 killed, nine of them in Ubel, and 144 injured"), nor
    that of the next count ("210 on the Donetsk axis and up to 65 near Kupyansk")."""
    others = [
        g
        for i, g in enumerate(scene.groups)
        if isinstance(g, Np) and (of_part(scene, i) or counted_apart(scene, i, made))
    ]
    own = {p for g in others for p in place_names(g, located=True)}
    elsewhere = {p for g in scene.nps() if not any(g is x for x in others) for p in place_names(g, located=True)}
    return tuple(p for p in made.places if p not in own or p in elsewhere)


def counted_apart(scene: Scene, at: int, made: Draft) -> bool:
    """Whether the place at an index stands right behind another number than that of the draft."""
    before = scene.groups[at - 2] if at >= 2 and scene.groups[at - 1].kind == "prep" else None
    return (
        isinstance(before, Np)
        and before.alone
        and before.num is not None
        and made.num is not None
        and before.num.start != made.num.start
    )


def follows(scene: Scene, made: Draft, known: tuple[str, ...]) -> tuple[str, ...]:
    """The place of the clause before, for what it led to: nobody hurt, and whatever a colon opens."""
    start = scene.clause(made.at)[0]
    opened = any(g.kind == "colon" and g.end == start for g in scene.groups)
    zero = made.polarity == "negated" and made.type == "casualties"
    return known if zero or (opened and made.type in ("casualties", "destruction")) else ()


def said_where(scene: Scene, start: int, end: int, *, known: bool = False) -> Iterator[str]:
    """The named places behind "in", "at", "near" in a stretch, without those that only say who speaks."""
    voices, last = list(sources(scene)), -9
    for at, g in enumerate(scene.groups):
        if not (start <= g.start < end) or not isinstance(g, Np) or not at:
            continue
        prep = scene.groups[at - 1]
        joined = prep.kind == "conj" and prep.sub == "and" and last == at - 2
        if not joined and (prep.kind != "prep" or (prep.sub != "in" and not (known and prep.low == "before"))):
            continue
        if any(a <= g.start < b for a, b in voices) or of_part(scene, at) or said_at(scene, at):
            continue
        last = at
        country = not known and (joined or prep.low in INSIDE)
        yield from place_names(g, located=not known, country=country)


def of_part(scene: Scene, at: int) -> bool:
    """Whether the words at an index belong to a part of a count ("nine of them in Ubel")."""
    for g in reversed(scene.groups[:at]):
        if g.kind in ("comma", "semi", "colon"):
            return False
        if g.kind == "incl":
            return True
    return False


def said_at(scene: Scene, at: int) -> bool:
    """Whether the place is where something was said ("at a briefing in Torv")."""
    before = scene.groups[at - 2] if at >= 2 else None
    return before is not None and any(c.has("channel", "report") for c in before.cells)


def sources(scene: Scene) -> Iterable[tuple[int, int]]:
    """The stretches that name a source: the voice's own words, and the subject of a verb of saying with that verb."""
    for voice in scene.voices:
        if voice.attr.span is not None:
            yield voice.attr.span
    for frame in scene.frames:
        if frame.vg.say is not None and frame.subj:
            yield frame.subj[0].start, frame.vg.end


def labelled(scene: Scene, start: int) -> tuple[str, ...]:
    """The place in a label that a stretch stands behind ("Upper Wick: three injured", "Civilians in Marn: 4 killed")."""
    first = 1 if scene.groups[0].kind == "bullet" else 0
    colon = next((i for i, g in enumerate(scene.groups[:8]) if g.kind == "colon" and g.end <= start), None)
    if colon is None or colon <= first or any(isinstance(g, Vg) for g in scene.groups[:colon]):
        return ()
    np = scene.groups[first]
    if colon == first + 1 and isinstance(np, Np):
        return tuple(c.text for n, c in np.names if n.place and not n.body)[:1]
    return tuple(dict.fromkeys(said_where(scene, scene.start, scene.groups[colon].start)))
