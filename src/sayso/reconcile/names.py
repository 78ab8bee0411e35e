"""One id for all names of a place, one claimant for all names of a body."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from sayso.model.claim import Claim
from sayso.model.conflict import Body, Conflict, Person, Place
from sayso.model.question import Claimant, Said
from sayso.reconcile.sides import ALL_SIDES, names_of

#: Two of these without a name are two people: what the second says revises nothing that the first said.
NAMELESS: Final = ("eyewitness", "expert", "official", "medics")


def matches(pattern: str, name: str) -> bool:
    """Whether a configured name stands for `name`: equal, or a stem (`*`) with letters after it.

    Case counts only for a name all in capitals.
    """
    stem, folded, longer = taken_apart(pattern)
    if folded:
        name = name.casefold()
    if not name.startswith(stem):
        return False
    rest = name[len(stem) :]
    return not rest or (longer and rest.isalpha())


@lru_cache(maxsize=50_000)
def taken_apart(pattern: str) -> tuple[str, bool, bool]:
    """A configured name without its `*`, whether case does not count for it, and whether letters may follow it."""
    stem = pattern.removesuffix("*")
    folded = not stem.isupper()
    return stem.casefold() if folded else stem, folded, pattern.endswith("*")


def place_named(name: str, conflict: Conflict) -> Place | None:
    """The configured place that one of the alternatives in `name` ("Ubel|Ubelle") stands for; the longer wins. A name
    that no editor entered is looked up in the gazetteer, letter for letter."""
    wanted = name.split("|")
    found = [(len(n), p) for p in conflict.places for n in p.names if any(matches(n, w) for w in wanted)]
    if found:
        return max(found, key=lambda f: f[0])[1]
    return next((p for w in wanted if (p := conflict.settlements.get(w.casefold())) is not None), None)


def place_id(name: str, conflict: Conflict) -> str:
    """One and the same id for all names of a place: the first configured name, else the name as written."""
    known = conflict.place_ids.get(name)
    if known is None:
        place = place_named(name, conflict)
        first = place.names[0] if place else name.split("|", maxsplit=1)[0]
        known = conflict.place_ids[name] = " ".join(first.casefold().split())
    return known


def place_name(id_: str, conflict: Conflict) -> str:
    """The display name of a place id."""
    place = place_named(id_, conflict)
    return place.name if place else id_.title()


def smaller_places(claim: Claim, conflict: Conflict) -> tuple[str, ...]:
    """The places that bound a figure: those that are not merely the name of the side that it is about.

    "24 killed in Brenmark" counts for all of Brenmark; "11 killed in Sandrick" does not count for all of its side.
    """
    ids = {*conflict.members(claim.subject or ""), claim.subject or ""}
    if claim.subject in (None, ALL_SIDES):
        ids = {p.id for p in conflict.parties}
    whole = names_of({*ids, *(g.id for g in conflict.groups if g.id == claim.subject)}, conflict)
    return tuple(
        p for p in claim.places
        if is_point(p, conflict) or not any(matches(n, w) for n in whole for w in p.split("|"))
    )  # fmt: skip


def is_point(name: str, conflict: Conflict) -> bool:
    """Whether a name is configured as a place smaller than a region: a capital that stands for its side is a town."""
    place = place_named(name, conflict)
    return place is not None and place.precision != "region"


def body_named(name: str | None, kind: str, side: str | None, conflict: Conflict) -> Body | None:
    """The configured body of that name, kind and side; of two names that match, the longer wins."""
    if not name:
        return None
    alike = [b for b in conflict.bodies if b.kind == kind and b.side == side]
    found = [(len(n), b) for b in alike for n in b.names if matches(n, name)]
    return max(found, key=lambda f: f[0])[1] if found else None


def claimant_of(said: Said, conflict: Conflict) -> Claimant:
    """Whose answer a claim is: the body for all its names, a person without one, or the outlet that names no source.

    A text that names no source is never a side's own word (claims.md section 6), whatever side it is about.
    """
    attr = said.claim.attr
    if attr.names_no_source:
        return Claimant(id=f"outlet {said.outlet}", name=f"{said.outlet}, naming no source", side=None, kind=attr.kind)
    person = person_named(attr.speaker, conflict)
    body = body_named(attr.org, attr.kind, attr.side, conflict)
    body = body or body_named(person.body if person else None, attr.kind, attr.side, conflict)
    if body is None and attr.org is None and attr.speaker is None:
        body = sole_body(attr.kind, attr.side, conflict)
    mouth = body.name if body else attr.org or (person.name if person else attr.speaker) or attr.role or ""
    nameless = not (body or attr.org or attr.speaker) and attr.kind in NAMELESS
    return Claimant(
        id=f"{attr.side or '-'} {attr.kind} {said.origin if nameless else mouth.casefold()}",
        name=body.name if body else described(said.claim, person, conflict), side=attr.side, kind=attr.kind,
    )  # fmt: skip


def person_named(speaker: str | None, conflict: Conflict) -> Person | None:
    """The configured person of that name; of two names that match, the longer wins."""
    if speaker is None:
        return None
    found = [(len(n), p) for p in conflict.people for n in (p.name, *p.names) if matches(n, speaker)]
    return max(found, key=lambda f: f[0])[1] if found else None


def sole_body(kind: str, side: str | None, conflict: Conflict) -> Body | None:
    """The only body of that kind on that side; None where there are several or none."""
    found = [b for b in conflict.bodies if b.kind == kind and b.side == side]
    return found[0] if len(found) == 1 and side is not None else None


def described(claim: Claim, person: Person | None, conflict: Conflict) -> str:
    """The speaker in the best words that the text gives."""
    attr = claim.attr
    if attr.org:
        return attr.org
    if attr.speaker:
        name = person.name if person else attr.speaker
        return f"{name}, {attr.role}" if attr.role else name
    of_side = f" of {conflict.name(attr.side)}" if attr.side else ""
    if attr.role:
        return attr.role if conflict.name(attr.side).casefold() in attr.role.casefold() else attr.role + of_side
    return attr.kind.replace("_", " ") + of_side


def heard_by_mouth(said: Iterable[Said], conflict: Conflict) -> dict[str, list[Said]]:
    """The claims by the id of their claimant, both in the order given."""
    heard: dict[str, list[Said]] = {}
    for s in said:
        heard.setdefault(claimant_of(s, conflict).id, []).append(s)
    return heard
