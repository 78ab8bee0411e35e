"""What readers are told of a statement beside its words: the desk's translation, and no pictures that are withheld (H9)."""

from dataclasses import replace
from typing import NamedTuple

from sayso.desk import withheld_because
from sayso.model.coverage import Coverage
from sayso.model.event import Translated
from sayso.model.statement import Statement
from sayso.model.victims import victims_named
from sayso.store import Store


class Told(NamedTuple):
    """A statement as readers get it; `withheld`: pictures of it are left out."""

    statement: Statement
    translation: Translated | None
    withheld: bool
    victims: tuple[str, ...]  # their names, as read


def told_of(store: Store, coverage: Coverage, statement: Statement) -> Told:
    """The statement for readers."""
    withheld, reading = bool(held_back(store, coverage, statement)), store.reading(statement.id)
    return Told(
        statement=replace(statement, media=()) if withheld else statement,
        translation=store.translation(statement.id, shown=True),
        withheld=withheld,
        victims=tuple(victims_named(reading.claims if reading else ())),
    )


def held_back(store: Store, coverage: Coverage, statement: Statement) -> str:
    """Why a statement's pictures are withheld; "" where they are not, or a chief released them."""
    if not (statement.media or statement.enclosures):
        return ""
    read = (*store.said(statement=statement.id), *store.suggested(statement.id))
    why = withheld_because(statement, (s.claim for s in read), coverage)
    return "" if why and store.released(statement.id) else why


def is_held_back(store: Store, coverage: Coverage, name: str) -> bool:
    """Whether a public file is of a picture that any statement withholds."""
    shown = (store.statement(id_) for id_ in store.showing(name))
    return any(held_back(store, coverage, it) for it in shown if it is not None)
