"""Parts of a count: "nine of them in Ubel", "including 9 children", "among them a tram driver"."""

from collections.abc import Iterator, Sequence
from typing import Final

from sayso.model.claim import Span
from sayso.read.drafts import Draft
from sayso.read.kinds.victims import is_person, unit_for, unknown_names, who_of
from sayso.read.places import place_names
from sayso.read.scene import Scene
from sayso.read.text.groups import Np, Vg
from sayso.read.text.numbers import bounded

COUNTED: Final = frozenset(
    ("casualties", "truce", "displacement", "captured", "equipment_loss", "destruction", "attack")
)


def parts(scene: Scene, found: Sequence[Draft]) -> Iterator[Draft]:
    """The parts that a sentence names of the counts already found in it."""
    for at, g in enumerate(scene.groups):
        if g.kind == "incl":
            whole = nearest(found, g.start)
            prior = scene.groups[at - 1] if at else None
            if (
                whole is None
                or g.start in scene.used
                or counted_below(scene, at, whole, found)
                or (prior is not None and prior.start in scene.used and "of" in g.low.split())
            ):
                continue
            if (made := part_at(scene, at, whole)) is not None:
                yield made
                yield from further(scene, at, whole, made)
    yield from equipment_parts(scene, found)


def counted_below(scene: Scene, at: int, whole: Draft, found: Sequence[Draft]) -> bool:
    """Whether a count behind "of whom" has a claim of its own already, which is then made a part of the whole."""
    nxt = next((g for g in scene.groups[at + 1 : at + 4] if g.kind not in ("adv", "comma", "time")), None)
    if not isinstance(nxt, Np) or nxt.num is None:
        return False
    own = next((d for d in found if d.num is not None and d.num.start == nxt.num.start and d is not whole), None)
    if own is None:
        return False
    own.part_of, own.subject = whole, whole.subject
    own.who = whole.who if own.who == "unknown" else own.who
    return True


def further(scene: Scene, at: int, whole: Draft, first: Draft) -> Iterator[Draft]:
    """The parts that are listed on behind the first ("including 9 children and 20 women")."""
    groups = scene.groups
    i = next((k for k in range(at + 1, min(at + 4, len(groups))) if isinstance(groups[k], Np)), None)
    while (
        i is not None
        and i + 2 < len(groups)
        and groups[i + 1].kind in ("conj", "comma")
        and groups[i + 1].sub in ("and", "")
    ):
        i += 3 if groups[i + 2].kind == "conj" else 2
        nxt = groups[i] if i < len(groups) else None
        ahead = groups[i + 1] if i + 1 < len(groups) else None
        if not isinstance(nxt, Np) or nxt.human is None or isinstance(ahead, Vg) or nxt.start in scene.used:
            return
        if nxt.lexeme("victim") or (made := of_noun(scene, nxt, whole, whole_number=None)) is None:
            return
        yield made


def nearest(found: Sequence[Draft], at: int) -> Draft | None:
    """The last whole count that stands before an offset."""
    before = [
        d
        for d in found
        if d.num is not None and d.type in COUNTED and d.part_of is None and d.start < at and d.num.op != "none"
    ]
    return max(before, key=lambda d: d.num.start if d.num else d.start, default=None)


def part_at(scene: Scene, at: int, whole: Draft) -> Draft | None:
    """The part that a word of inclusion at a group index introduces."""
    groups = scene.groups
    prior = groups[at - 1] if at else None
    nxt = next((g for g in groups[at + 1 : at + 4] if g.kind not in ("adv", "comma", "time")), None)
    one = groups[at].cells[0].low.startswith("one of")
    if one and isinstance(nxt, Vg) and nxt.classes & {"die", "kill"}:
        made = copy_of(whole, groups[at].start, Span(groups[at].start, nxt.end))
        made.sub, made.num = "killed", bounded("exact", 1, groups[at].start, groups[at].end)
        return made
    if isinstance(prior, Np) and prior.num is not None and prior.alone and not one:
        return of_number(scene, at, prior, nxt, whole)
    if isinstance(nxt, Np) and (one or nxt.num is not None or nxt.people or holder(nxt) or named(nxt, whole)):
        return of_noun(scene, nxt, whole, whole_number=1 if one else None)
    return None


def of_number(scene: Scene, at: int, np: Np, nxt: object, whole: Draft) -> Draft:
    """ "nine of them (in Ubel | children | have died since)"."""
    made = copy_of(whole, np.start, Span(np.start, scene.groups[at].end))
    made.num = np.num
    scene.used.add(np.start)
    for g in scene.groups[at + 1 : at + 8]:
        if isinstance(g, Vg) and "die" in g.classes:
            made.sub = "killed"
            break
        if isinstance(g, Np) and g.people is not None and not g.num:
            made.who, made.unit = who_of(scene, g), unit_for(None, g)
            made.spans.append(Span(g.start, g.end))
            break
        if isinstance(g, Np) and not g.num and (names := tuple(place_names(g, located=True))):
            made.places = names
            break
        if g.kind == "time" and g.when is not None:
            made.first, made.last = g.when.first, g.when.last
            made.scope = "period" if g.when.kind == "period" else None
        if g.kind in ("semi", "stop") or (isinstance(g, Np) and g.num):
            break
    return made


def of_noun(scene: Scene, np: Np, whole: Draft, *, whole_number: int | None) -> Draft | None:
    """ "including 9 children", "one of them a girl of nine", "among them a tram driver"."""
    if np.num is None and whole_number is None and np.people is None and not (holder(np) or named(np, whole)):
        return None
    if np.num is None and np.people is not None and np.people.feat == "pl":
        return None
    made = copy_of(whole, np.start, Span(np.start, np.end))
    made.num = bounded("exact", 1, np.start, np.end) if whole_number or np.num is None else np.num
    said = np if np.people is not None else predicated(scene, np)
    if said is not None:
        made.who, made.unit = who_of(scene, said), unit_for(None, said)
    scene.used.add(np.start)
    return made


def holder(np: Np) -> bool:
    """Whether a noun group is one person by an office or a title ("the governor", "a senior commander")."""
    return np.human is not None and np.cells[0].has("det") and is_person(np)


def named(np: Np, whole: Draft) -> bool:
    """Whether a noun group is one person by name, as a part of people ("including opposition leader Ada Moor")."""
    people = whole.type in ("casualties", "captured")
    return people and is_person(np) and (np.human is not None or unknown_names(np) > 1)


def predicated(scene: Scene, np: Np) -> Np | None:
    """The people that a bare number is said to be ("of whom 78 were fighters")."""
    at = scene.index(np)
    verb, said = (*scene.groups[at + 1 : at + 3], None, None)[:2]
    plain = isinstance(verb, Vg) and not verb.classes and verb.say is None and not verb.neg
    return said if plain and isinstance(said, Np) and said.people is not None and said.num is None else None


def copy_of(whole: Draft, at: int, span: Span) -> Draft:
    """A part with the fields of its whole."""
    return Draft(
        whole.type, whole.sub, f"{whole.type}.part", at, [span], actor=whole.actor, subject=whole.subject, who=whole.who,
        unit=whole.unit, part_of=whole, modality=whole.modality, polarity=whole.polarity,
    )  # fmt: skip


def equipment_parts(scene: Scene, found: Sequence[Draft]) -> Iterator[Draft]:
    """ "ten tanks and six howitzers, two of the tanks taken intact"."""
    for np in scene.nps():
        if np.num is None or np.of is None or np.start in scene.used or np.of.num is not None or not definite(np.of):
            continue
        lexeme = np.of.lexeme("noun")
        whole = next(
            (
                d
                for d in found
                if d.unit and lexeme and d.unit == lexeme.unit and d.start < np.start and d.part_of is None
            ),
            None,
        )
        if whole is not None:
            made = copy_of(whole, np.start, Span(np.start, np.end))
            made.num = np.num
            scene.used.add(np.start)
            yield made


def definite(np: Np) -> bool:
    """Whether a noun group points back ("the tanks", "these")."""
    return np.cells[0].low in ("the", "these", "those", "its", "their")
