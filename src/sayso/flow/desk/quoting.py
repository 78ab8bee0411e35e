"""Entries that tell a claim which was corrected: readers see it in each of them, and the desk is told of those whose own
words stayed as they were (law 5)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from sayso.desk import Sheet
from sayso.flow.arrival.pasting import source_named
from sayso.flow.arrival.publishing import headline
from sayso.flow.newsroom import Newsroom
from sayso.model.event import Corrected
from sayso.model.post import STREAM, Correction, Post

#: Entries that are looked through for words that stayed: the newest.
LOOKED_AT: Final = 500


def corrected(post: Post, text: str, *, now: datetime) -> Post:
    """The next version of a post, with a correction that every reader sees."""
    corrections = (*post.corrections, Correction(at=now, text=text))
    return replace(post, version=post.version + 1, updated_at=now, corrections=corrections, by_rule=False)


def told_too(sheet: Sheet, text: str, *, now: datetime) -> Iterator[Corrected]:
    """The correction of a statement's claims in every other entry that carries it."""
    for post in sheet.entries:
        if post != sheet.post:
            yield Corrected(post=corrected(post, f"A claim that it tells was corrected: {text}", now=now))


def words_left(room: Newsroom, *, since: datetime) -> Iterator[Post]:
    """The entries with words of the desk that were corrected since then and say the same words as before."""
    for post in room.store.posts(limit=LOOKED_AT, kinds=STREAM):
        late = post.state == "published" and bool(post.corrections) and post.corrections[-1].at >= since
        if late and has_own_words(room, post):
            versions = room.store.post_versions(post.id)
            before = [v for v in versions if len(v.corrections) < len(post.corrections)]
            if before and (before[-1].head, before[-1].note) == (post.head, post.note):
                yield post


def has_own_words(room: Newsroom, post: Post) -> bool:
    """Whether an editor wrote its head or a text, so that a corrected claim does not change them."""
    statement = room.store.statement(post.statements[0]) if post.statements and not post.note else None
    if statement is None:
        return post.is_written
    return post.head != headline(room.coverage, source_named(room.coverage, statement), statement)
