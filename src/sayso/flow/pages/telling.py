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


def is_public(store: Store, coverage: Coverage, name: str) -> bool:
    """Whether readers may have a public file: an entry shows it itself or by its statement, or did so in a version that can be
    looked at as it stood; and no statement withholds it (H9). What only a draft or a waiting statement has is nobody's yet."""
    ids = store.showing(name)
    statements = [it for it in map(store.statement, ids) if it is not None]
    if any(held_back(store, coverage, it) for it in statements):
        return False
    own = [post for post in map(store.post, ids) if post is not None]
    carrying = (post for it in statements for post in store.posts_of(it.id))
    return any(post.state != "taken_down" for post in (*own, *carrying))
