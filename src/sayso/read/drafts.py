"""A claim in the making, and what every rule needs to fill one: places, times, modality, parties around a verb."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from sayso.model.claim import Attribution, Span, Target
from sayso.model.vocabulary import Modality, Polarity, Who
from sayso.read.dates import When
from sayso.read.frames import Frame
from sayso.read.groups import Group, Np
from sayso.read.numbers import Num
from sayso.read.scene import Scene, capital_speaks

SPOTS: Final = ("site", "settlement", "infra", "medical", "cultural", "region")
NEAR: Final = frozenset(("in", "on", "to", "from", "against", "of", "for", "at"))


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
    who: Who | None = None
    num: Num | None = None
    unit: str | None = None
    scope: str | None = None
    since: str | None = None
    places: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    polarity: Polarity = "asserted"
    modality: Modality = "fact"
    target: Target | None = None
    attr: Attribution | None = None
    hedge: str | None = None
    part_of: "Draft | None" = None

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
    timed(made, frame.times)
    made.places = places_of(scene, frame)
    return made


def hypothetical(scene: Scene, frame: Frame) -> bool:
    """Whether the verb stands behind "if", "unless", "whether": nothing is told to have happened."""
    for g in scene.in_clause(frame.vg.start):
        if g.kind == "conj" and g.low in ("if", "unless", "whether", "in case") and g.start < frame.vg.start:
            return True
    return False


def is_negated(frame: Frame) -> bool:
    """Whether the verb or its subject is negated ("did not", "nobody", "no rocket")."""
    return frame.vg.neg or any(n.neg for n in frame.subj) or bool(frame.objs and frame.objs[0].neg)


def modality_of(frame: Frame) -> Modality:
    """Plan, possible, appeal or fact, from the verb group."""
    moods: dict[str, Modality] = {"will": "plan", "may": "possible", "should": "appeal"}
    found = moods.get(frame.vg.modal, "fact")
    if found == "fact" and any(t.kind == "past" for t in frame.times):
        return "background"
    return "plan" if found == "fact" and frame.vg.inf and not frame.vg.passive else found


def timed(made: Draft, times: Iterable[When]) -> None:
    """Enter times: `since` for cumulative counts, else the event's dates; for a plan a weekday is the next one."""
    for when in times:
        if when.kind == "since":
            made.since = made.since or when.first
            made.scope = made.scope or "cumulative"
        elif when.kind == "past":
            made.modality = "background"
        elif when.first is not None and (made.first is None or len(when.first) > len(made.first)):
            ahead = made.modality == "plan" and when.future is not None
            made.first = when.future if ahead else when.first
            made.last = when.future if ahead else when.last
            if when.kind == "period" and made.scope is None:
                made.scope = "period"


def places_of(scene: Scene, frame: Frame, *extra: Np) -> tuple[str, ...]:
    """The places that a frame's groups name, most specific first come; common nouns where there is no name."""
    groups = [*frame.objs, *(n for s, n in frame.preps if s in NEAR or s == "among"), *extra]
    groups += [n for n in frame.subj if not capital_speaks(n)]
    groups.sort(key=lambda n: n.start)
    return names_or_spots(scene, groups, [n for s, n in frame.preps if s in ("in", "on", "against")])


def names_or_spots(scene: Scene, groups: Sequence[Np], where: Sequence[Np]) -> tuple[str, ...]:
    """Named places of noun groups, else the common nouns of the groups that say where."""
    behind = {id(n) for n in where}
    named = [p for n in groups for p in place_names(n, located=id(n) in behind)]
    if named:
        return tuple(dict.fromkeys(named))
    spots = [s for n in where if (s := spot(n))]
    if spots:
        return tuple(dict.fromkeys(spots))
    there = any(g.low in ("there", "here") for g in scene.groups) or any(
        c.low == "town" for n in groups for c in n.cells
    )
    return (scene.memory.place,) if there and scene.memory.place else ()


def place_names(np: Np, *, located: bool) -> Iterator[str]:
    """The places that a noun group names as written; a second name behind a bar. A capital counts as a place only
    where it says where, and an unknown name in capitals likewise."""
    for part in np.chain():
        out = [c.text for n, c in part.names if n.place and not n.body and (not n.party or located or part is not np)]
        if not out and located and not part.names and not part.num:
            words = [c for c in part.cells if c.cap and not c.lex]
            out = [" ".join(c.text for c in words)] if words and len(words) <= 3 else []
        for name in out:
            yield f"{name}|{part.also}" if part.also else name


def spot(np: Np) -> str | None:
    """A common noun that says where ("the weir", "the northern quarter"), without its article."""
    if (np.num is not None and np.num.bare) or np.people or (np.lexeme("noun", "region") and not np.names):
        return None
    cell = np.cell("noun", *SPOTS) or np.cell("noun", "equip")
    lexeme = np.lexeme("noun", "equip")
    if cell is None or (cell.has("noun") and lexeme and lexeme.unit != "depots" and not np.lexeme("noun", *SPOTS)):
        return None
    words = [c.text for c in np.cells if not c.has("det", "poss") and c.low != "'s"]
    return " ".join(words[-3:]) if np.of is None else " ".join(words[-2:])


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
    return scene.nearest_party(np.start) or scene.speaking_side(np.start) or scene.speaking_memory()


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
