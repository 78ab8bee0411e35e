"""What an office named by a common noun is: its kind, its side by the words of its name, the role of who holds it."""

from typing import Final

from sayso.model.claim import Attribution
from sayso.read.scene import Scene
from sayso.read.text.groups import Np
from sayso.read.text.words import Cell
from sayso.read.voices.naming import plain, unlisted_person

#: Kinds of offices that a state has, and an organisation of states as well.
STATELY: Final = frozenset(("foreign_ministry", "head_of_state", "government", "ombudsman", "health_ministry"))


def called_plainly(word: Cell, np: Np, side: str | None, scene: Scene) -> str | None:
    """The kind of a body of a side that is called no more than "ministry" or "council"."""
    if word.low == "ministry" and side is not None and word.low == np.head.low:
        return "defence_ministry"
    third = scene.directory.kind_of_third(side) if side is not None else None
    if third == "international_org" and (STATELY & word.classes("body") or word.low == "agency"):
        return third  # "the League's envoy"
    council = word.low == "council" or (word.cap and word.low.startswith("council "))
    armed = side is not None and scene.directory.kind_of_party(side) == "armed_group"
    return "armed_group" if council and armed else None


def side_of_word(word: Cell, kind: str, scene: Scene) -> str | None:
    """The side that the words of an office name: of a listed body or party in them, of a minister's listed ministry."""
    listed = scene.directory.body_within(word.low)
    if listed is not None and listed.kind == kind and listed.side is not None:
        return listed.side
    if (party := scene.directory.party_within(word.low)) is not None or not word.low.endswith("minister"):
        return party
    ministry = scene.directory.ministry_of(word.low)
    return ministry.side if ministry is not None and ministry.kind == kind else None


def named_before(kind: str, np: Np, scene: Scene) -> Attribution | None:
    """The listed body that "the court" or "the broadcaster" stands for: the one of its kind that the sentence has named."""
    if kind not in ("court", "media", "international_org") or np.num is not None or not np.cells[0].has("det"):
        return None
    for part in (p for other in scene.nps() if other.start < np.start for p in other.chain()):
        for name, cell in part.names:
            if name.body is not None and name.body.kind == kind and name.body.side is not None:
                return Attribution(kind=kind, side=name.body.side, org=cell.text)
    return None


def role_text(np: Np, word: Cell) -> str | None:
    """The role as written, where the noun is an office held by one person."""
    one = word.one("body")
    if one and one.cls in ("local_authority", "head_of_state", "foreign_ministry", "expert", "official"):
        return plain(np) if unlisted_person(np) is None else word.text
    role = np.cell("role")
    return role.text if role else None
