"""A claim in the making, and what every rule needs to fill one: places, times, modality, parties around a verb."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from sayso.model.claim import Attribution, Span, Target
from sayso.model.vocabulary import Basis, Modality, Polarity, Who
from sayso.read.places import places_of
from sayso.read.scene import Scene
from sayso.read.text.features import flags
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Group, Np
from sayso.read.text.lapses import When
from sayso.read.text.numbers import Num


@dataclass(slots=True)
class Draft:
    """What a rule found: offsets of its trigger and evidence, and the fields of the claim."""

    type: str
    sub: str
    rule: str
    at: int
    spans: list[Span] = field(default_factory=list)
    actor: str | None = None
    subject: str | None = None
    ground: str = ""  # what the subject rests on, for the desk
    who: Who | None = None
    num: Num | None = None
    unit: str | None = None
    scope: str | None = None
    since: str | None = None
    places: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    basis: Basis | None = None
    polarity: Polarity = "asserted"
    modality: Modality = "fact"
    target: Target | None = None
    attr: Attribution | None = None
    hedge: str | None = None
    part_of: "Draft | None" = None
    content: tuple[int, int] | None = None  # of a denial: where the words stand that it denies
    given: bool = False  # a deed that is only spoken of ("had no part in the murder of X"): no denial denies it
    carried: tuple[str, ...] = ()  # what of it an earlier claim of the entry tells: "places", "dates"
    firm: bool = False  # whether its own words say whose it is: nothing carried over changes that

    @property
    def start(self) -> int:
        """Where its evidence begins."""
        return min((s.start for s in self.spans), default=self.at)

    @property
    def end(self) -> int:
        """Where its evidence ends."""
        return max((s.end for s in self.spans), default=self.at + 1)


def drafted(scene: Scene, frame: Frame, type_: str, sub: str, rule: str) -> Draft:
    """A draft of a frame with its times, places, polarity and modality."""
    made = Draft(type_, sub, rule, frame.vg.start, [Span(*frame.span)])
    made.polarity = "negated" if is_negated(frame) else "asserted"
    made.modality = modality_of(frame)
    if made.modality in ("fact", "plan") and perhaps(scene, frame):
        made.modality = "possible"
    timed(made, frame.times)
    made.places = places_of(scene, frame)
    if earlier_war(frame):
        made.modality = "background"
    return made


def earlier_war(frame: Frame) -> bool:
    """Whether it is told of another war than this one ("in the war of their grandfathers", "in the first war")."""
    for np in frame.prep("in", "during"):
        of = np.of
        if np.head.low in ("war", "wars") and (
            any(c.low in ("first", "last", "previous", "earlier", "past", "former") for c in np.cells)
            or (of is not None and (of.cells[0].has("poss") or of.cells[0].low[:1].isdigit()))
        ):
            return True
    return False


UNSURE: Final = flags("maybe", "verb:exclude")


def perhaps(scene: Scene, frame: Frame) -> bool:
    """Whether it is only held to be possible ("it is not excluded that", "did not rule out that")."""
    if not scene.flags & UNSURE:
        return False
    start, _ = scene.clause(frame.vg.start)
    before = [g for g in scene.groups if start <= g.start < frame.vg.end]
    if any(c.has("maybe") for g in before for p in (g.chain() if isinstance(g, Np) else [g]) for c in p.cells):
        return True
    return any(f.has("exclude") and f.vg.neg and start <= f.vg.start < frame.vg.start for f in scene.frames)


def hypothetical(scene: Scene, frame: Frame) -> bool:
    """Whether the verb stands behind "if", "unless", "whether": nothing is told to have happened."""
    for g in scene.in_clause(frame.vg.start):
        if g.kind == "conj" and g.low in ("if", "unless", "whether", "in case") and g.start < frame.vg.start:
            return True
    return False


ANY: Final = frozenset(("any", "anyone", "anybody", "anything", "every", "everyone", "whoever", "whatever"))


def of_any(nps: Iterable[Np]) -> bool:
    """Whether whoever it may be is meant, and nobody who did something ("any vessel that enters the bay")."""
    return any(n.cells[0].low in ANY for n in nps)


def is_negated(frame: Frame) -> bool:
    """Whether the verb or its subject is negated ("did not", "nobody", "no rocket")."""
    return frame.vg.neg or any(n.neg for n in frame.subj) or bool(frame.objs and frame.objs[0].neg)


def modality_of(frame: Frame) -> Modality:
    """Plan, possible, appeal or fact, from the verb group and the verb that an infinitive hangs on."""
    moods: dict[str, Modality] = {"will": "plan", "may": "possible", "should": "appeal"}
    found = moods.get(frame.vg.modal, "fact")
    if found == "fact" and any(t.kind == "past" for t in frame.times):
        return "background"
    if found != "fact" or not frame.vg.inf or frame.vg.cells[0].low == "have":  # "claims to have taken"
        return found
    if frame.head is not None and (frame.head.has("aspect") or (frame.head.vg.passive and frame.head.has("compel"))):
        return modality_of(frame.head)  # "began to shell", "managed to take": done, not planned
    if frame.head is not None and frame.head.has("urge"):
        return "appeal"
    return "plan" if not frame.vg.passive else found


#: Of these a count runs since a day; anything else lasts from that day on.
COUNTED: Final = frozenset(("casualties", "equipment_loss", "captured", "displacement", "destruction", "not_reported"))


def timed(made: Draft, times: Iterable[When]) -> None:
    """Enter times: `since` for cumulative counts, else the event's dates; for a plan a weekday is the next one."""
    for when in times:
        if when.kind == "since":
            made.since = made.since or when.first
            made.scope = made.scope or "cumulative"
            if (
                made.type not in COUNTED
                and when.first is not None
                and made.first is None
                and len(when.first) == len("2020-01-01")
            ):
                made.first, made.last, made.basis = when.first, when.last, when.basis
        elif when.kind == "past":
            made.modality = "background"
        elif when.first is not None and (made.first is None or len(when.first) > len(made.first)):
            ahead = made.modality == "plan" and when.future is not None
            made.first = when.future if ahead else when.first
            made.last = later_end(when) if ahead else when.last
            made.basis = when.basis
            if when.kind == "period" and made.scope is None:
                made.scope = "period"


def later_end(when: When) -> str | None:
    """The end of a date read forwards."""
    return f"{when.future[:10]}T{when.until}" if when.future and when.until else when.future


def spanned(*groups: Group) -> list[Span]:
    """The spans of groups."""
    return [Span(g.start, g.end) for g in groups]


def parties_of(scene: Scene, nps: Iterable[Np]) -> list[str]:
    """The parties of noun groups, each once, in order."""
    return list(dict.fromkeys(p for p in (scene.party_of(n) for n in nps) if p))


def agent(scene: Scene, frame: Frame) -> str | None:
    """Who does it: the subject of an active verb, the "by" of a passive one."""
    nps = frame.prep("by") if frame.undergone or not frame.subj else frame.subj
    found = parties_of(scene, nps)
    if len(found) > 1:
        return scene.directory.all_id if len(found) > 1 and not one_camp(scene, found) else camp_of(scene, found)
    if found:
        return found[0]
    if any(n.cells[0].low in ("he", "she", "they", "it", "we", "i") for n in nps if n.cells):
        return pronoun_side(scene, nps[0]) if nps else None
    return None


def pronoun_side(scene: Scene, np: Np) -> str | None:
    """The side that "we", "it", "he" stands for."""
    if np.cells[0].low in ("we", "i"):
        return scene.speaking_side(np.start) or scene.speaking_memory()
    if np.cells[0].low == "they" and (foe := scene.others(np.start)) is not None:
        return foe or None
    return scene.possessor(np.start) or scene.speaking_side(np.start) or scene.speaking_memory()


def one_camp(scene: Scene, found: Sequence[str]) -> bool:
    """Whether parties belong to one group that does not hold everyone."""
    return camp_of(scene, found) is not None


def camp_of(scene: Scene, found: Sequence[str]) -> str | None:
    """The group that holds all of these parties and not everyone."""
    for camp in scene.directory.camps:
        if all(scene.directory.overlap(camp, p) for p in found):
            return camp
    return None


def both(scene: Scene, np: Np) -> bool:
    """Whether a noun group stands for all sides ("both sides", "each side")."""
    return np.lexeme("both") is not None and not np.people


def facing(scene: Scene) -> tuple[str, ...]:
    """The sides that "both sides" stands for: those that the entry named as fighting, else the camps."""
    if len(scene.memory.camps) >= 2:
        return scene.memory.camps
    return scene.directory.camps


def low_words(frame: Frame) -> set[str]:
    """The words of a verb group."""
    return {w for c in frame.vg.cells for w in c.low.split()}


def took_prisoner(frame: Frame) -> bool:
    """ "took 14 soldiers prisoner": the word stands behind whom it is said of."""
    took = frame.vg.main is not None and frame.vg.main.low in (
        "take",
        "takes",
        "took",
        "taken",
        "taking",
        "made",
        "held",
    )
    return took and any(
        n.people and n.num and n.cells[-1].low in ("prisoner", "captive", "hostage", "alive") for n in frame.objs
    )


#: How a speaker says what others have to do.
NEEDFUL: Final = frozenset(("must", "should", "ought", "have", "has", "need", "needs"))


def needful(frame: Frame) -> bool:
    """Whether the verb is of what has to happen ("must stop", "have to be let through")."""
    first = frame.vg.cells[0].low.split()
    return (
        frame.vg.modal == "should"
        or first[0] in ("must", "should", "ought")
        or (first[0] in NEEDFUL and first[-1] == "to")
    )
