"""The places that a sentence names: by name, by a country's adjective, by "there", or by a common noun."""

from collections.abc import Iterator, Sequence
from typing import Final

from sayso.read.scene import Scene
from sayso.read.text.features import flags
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Group, Np
from sayso.read.text.names import form_of

#: Common nouns of inhabited places: without a name they say nothing of where.
PLAIN: Final = frozenset(
    ["village", "villages", "town", "towns", "city", "cities", "settlement", "settlements", "hamlet", "hamlets",
     "locality", "localities"]
)  # fmt: skip
SPOTS: Final = ("site", "settlement", "infra", "medical", "cultural", "region")
INSIDE: Final = frozenset(("in", "inside", "within", "across", "throughout", "around"))
NEAR: Final = frozenset(("in", "on", "to", "from", "against", "of", "for", "at"))
#: Verbs whose object is the place that is hit, taken, held, left or reached.
PLACED: Final = (
    "shell",
    "strike",
    "take",
    "hold",
    "fallto",
    "retreat",
    "advance",
    "encircle",
    "visit",
    "infiltrate",
    "pass",
)
AT_ITS_END: Final = frozenset(("into", "in", "on", "at", "to", "near", "over", "from", "of", "upon"))


def places_of(scene: Scene, frame: Frame, *extra: Np) -> tuple[str, ...]:
    """The places that a frame's groups name, in text order; common nouns where there is no name."""
    behind = [n for s, n in frame.preps if s in NEAR or s == "among"]
    groups = [*frame.objs, *behind, *extra, *(n for n in frame.subj if happens_to(frame, n))]
    groups.sort(key=lambda n: n.start)
    where = [n for s, n in frame.preps if s in ("in", "on", "against")]
    where += frame.objs if frame.has(*PLACED) or ends_in_preposition(frame) else ()
    return names_or_spots(scene, groups, where, [*where, *(frame.subj if frame.undergone else ())])


def ends_in_preposition(frame: Frame) -> bool:
    """Whether the verb takes its place as an object ("cross into", "land on")."""
    return frame.vg.main is not None and frame.vg.main.low.rpartition(" ")[2] in AT_ITS_END


def happens_to(frame: Frame, np: Np) -> bool:
    """Whether a subject may be the place: what suffers it, or what a verb without an object is about."""
    if frame.undergone:
        return True
    return not frame.objs and not frame.vg.say and not any(n.party or n.body or n.person for n, _ in np.names)


def names_or_spots(
    scene: Scene, groups: Sequence[Np], where: Sequence[Np], located: Sequence[Np] = ()
) -> tuple[str, ...]:
    """Named places of noun groups, else the common nouns of those that say `where`, else what "there" stands for.

    `located` are the groups in which a capital or an unknown name is a place; without it those that say where.
    """
    behind = {id(n) for n in located or where}
    named = [(n, p) for n in groups for p in place_names(n, located=id(n) in behind, country=within(scene, n))]
    small = [(n, p) for n, p in named if not wider(scene, n, named)]
    if small or named:
        return tuple(dict.fromkeys(p for _, p in small or named))
    if scene.memory.place and any(pointing(n) for n in groups):
        return (scene.memory.place,)
    spots = [s for n in where if (s := spot(n))]
    return tuple(dict.fromkeys(spots)) or there(scene)


def capital(name: str) -> bool:
    """Whether a place is a name and no common noun."""
    return name[:1].isupper() or "|" in name


THERE: Final = flags("=there", "=here")


def there(scene: Scene) -> tuple[str, ...]:
    """The place that "there" stands for: the last one named before it in the sentence, else that of the entry."""
    if not scene.flags & THERE:
        return ()
    words = [g for g in scene.groups if any(c.low in ("there", "here") for c in g.cells) and not of_speaker(scene, g)]
    if not words or existential(scene):
        return ()
    before = [
        p for n in scene.nps() if n.start < words[0].start for p in (*place_names(n, located=True), *seats(scene, n))
    ]
    return (before[-1],) if before else (scene.memory.place,) if scene.memory.place else ()


def of_speaker(scene: Scene, g: Group) -> bool:
    """Whether a group stands among the words that name who speaks ("spokesman of the ministry there, told reporters")."""
    if any(v.attr.span is not None and v.attr.span.start <= g.start < v.attr.span.end for v in scene.voices):
        return True
    return any(f.vg.say is not None and f.subj and f.subj[0].start <= g.start < f.vg.start for f in scene.frames)


def seats(scene: Scene, np: Np) -> Iterator[str]:
    """The place in a body's own name ("the rescue service in Ubel")."""
    for name, cell in np.names:
        seat = cell.text.rpartition(" in ")[2] if name.body is not None and " in " in cell.text else ""
        found = scene.directory.names.get(form_of(seat)) if seat else None
        if found is not None and found.place is not None:
            yield seat


def existential(scene: Scene) -> bool:
    """Whether "there" only opens the sentence ("there were no casualties")."""
    words = [i for i, g in enumerate(scene.groups) if g.low == "there"]
    return bool(words) and all(i + 1 < len(scene.groups) and scene.groups[i + 1].kind == "vg" for i in words)


def within(scene: Scene, np: Np) -> bool:
    """Whether "in" or a word like it stands before a noun group, so that a country there is a scene."""
    at = next((i for i, g in enumerate(scene.groups) if g is np), 0)
    return bool(at) and scene.groups[at - 1].low in INSIDE


def pointing(np: Np) -> bool:
    """Whether a noun group stands for the place named before ("the town", "this village")."""
    noun = np.lexeme("noun", "settlement")
    return (
        noun is not None
        and noun.feat == "sg"
        and not np.names
        and np.of is None
        and noun.unit in ("towns", "villages", "settlements")
        and np.cells[0].low in ("the", "this", "that")
        and len(np.cells) <= 2
    )


def wider(scene: Scene, np: Np, named: Sequence[tuple[Np, str]]) -> bool:
    """Whether a noun group only says in which district or country a smaller place that is named before it lies."""
    if not any(n.start < np.start for n, _ in named) or any(p is np for n, _ in named[:1] for p in [n]):
        return False
    broad = np.lexeme("noun", "region") is not None or any(
        c.low in ("district", "districts", "province") for c in np.cells
    )
    if not broad and not all(n.party and not n.place for n, _ in np.names):
        return False
    at = next((i for i, g in enumerate(scene.groups) if g is np), 0)
    return bool(at) and scene.groups[at - 1].kind == "prep"


def place_names(np: Np, *, located: bool, country: bool = False) -> Iterator[str]:
    """The places that a noun group names as written; a second name behind a bar.

    A capital counts as a place only where it says where, and an unknown name in capitals likewise; a country only
    behind a word like "in", and by its adjective where soil or a border is meant ("Marnian territory|Marn").
    """
    for part in np.chain():
        if not part.names:
            words = (
                [c for c in part.cells if c.cap and not c.lex and c.text[1:2] != "-"]
                if located and not part.num
                else ()
            )
            out = [" ".join(c.text for c in words)] if words and len(words) <= 3 else []
        else:
            out = [
                c.text for n, c in part.names if n.place and not n.body and (not n.party or located or part is not np)
            ]
            if not out and (soil := soil_of(part)) is not None:
                out = [soil]
            if not out and country:
                out = [c.text for n, c in part.names if n.party and is_country(n.display, c.low) and bare(part)]
        for name in out:
            yield f"{name}|{part.also}" if part.also and "|" not in name else name


def bare(np: Np) -> bool:
    """Whether a noun group is nothing but a name."""
    return all(c.name is not None or c.has("det") for c in np.cells)


def is_country(display: str, word: str) -> bool:
    """Whether a party's name is that of its land and no adjective: its first name, or one of another stem."""
    return word == display.lower() or not word.startswith(display.lower()[:3])


def soil_of(np: Np) -> str | None:
    """ "the Marnian border|Marn": a country's land or border by its adjective."""
    owner = next(((n, c) for n, c in np.names if n.party and not n.body), None) if np.names else None
    if owner is None or np.head.low not in ("territory", "soil", "border", "borders", "frontier"):
        return None
    words = " ".join(c.text for c in np.cells if not c.has("det") and c.low != "'s")
    return f"{words}|{owner[0].display}"


def spot(np: Np) -> str | None:
    """A common noun that says where ("the weir", "the northern quarter"), without its article."""
    if (np.num is not None and np.num.bare) or np.people or (np.lexeme("noun", "region") and not np.names):
        return None
    cell = np.cell("noun", *SPOTS) or np.cell("noun", "equip")
    lexeme = np.lexeme("noun", "equip")
    if cell is not None and (cell.low in PLAIN or (np.lexeme("noun", "medical") and not np.cells[0].has("det"))):
        return None  # "the villages", "died in hospital": no place that a map could show
    if cell is None or (cell.has("noun") and lexeme and lexeme.unit != "depots" and not np.lexeme("noun", *SPOTS)):
        return None
    words = [c.text for c in np.cells if not c.has("det", "poss") and c.low != "'s"]
    return " ".join(words[-3:]) if np.of is None else " ".join(words[-2:])
