"""Taking down: which rows, posts, captures and files hold an item's words, and the erasing of their contents (H14)."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection, delete, select

from sayso.model.event import TakenDown
from sayso.model.post import Post
from sayso.model.statement import Capture, Statement
from sayso.store import tables as t
from sayso.store.guards import make_guards, question_guard
from sayso.store.husks import (
    decisions_of_these_alone,
    forget_in_staff_log,
    husks_of,
    husks_of_post,
    questions_beside_others,
    questions_of_these_alone,
)
from sayso.store.project import chunks, statements_in

TOMBSTONE_HEAD = "Taken down"


class Asks(Protocol):
    """The reads that a takedown needs, inside its transaction."""

    def statement(self, statement_id: str) -> Statement | None:
        """A statement."""
        ...

    def versions(self, source: str, key: str) -> tuple[Statement, ...]:
        """All versions of an item."""
        ...

    def captures_holding(self, statement_id: str) -> tuple[Capture, ...]:
        """The captures that may hold it."""
        ...

    def posts_of(self, statement_id: str) -> tuple[Post, ...]:
        """The posts that carry it."""
        ...

    def posts_citing(self, statement_id: str) -> tuple[Post, ...]:
        """The posts that cite it."""
        ...


def prepare(  # noqa: PLR0913 - what an editor decides, and where
    asks: Asks,
    conn: Connection,
    statement_id: str,
    *,
    reason: str,
    posts: tuple[Post, ...],
    captures: tuple[str, ...] | None,
    at: datetime,
) -> TakenDown:
    """The event that takes down all versions of a statement's item; the staff log forgets its questions.

    Raises KeyError where there is no such statement.
    """
    statement = asks.statement(statement_id)
    if statement is None:
        raise KeyError(statement_id)
    versions = asks.versions(statement.source, statement.key)
    ids = tuple(v.id for v in versions)
    holding = asks.captures_holding(statement_id) if captures is None else ()
    gone = _same_bytes(conn, captures if captures is not None else [c.id for c in holding])
    salt = secrets.token_hex(32)
    questions = questions_of_these_alone(conn, ids)
    forget_in_staff_log(conn, questions)
    replaced = _replacements(asks, ids, given=posts, reason=reason, at=at)
    gone_too = tuple(p.id for p in replaced if p.state == "taken_down")
    originals, names = _media_of_these_alone(conn, (*ids, *gone_too))
    return TakenDown(
        statement=statement_id,
        reason=reason,
        salt=salt,
        guards=make_guards(salt, source=statement.source, key=statement.key, texts=[v.text for v in versions]),
        posts=replaced,
        captures=tuple(sorted(gone)),
        versions=ids,
        husks=husks_of(conn, ids, captures=sorted(gone), decisions=decisions_of_these_alone(conn, questions)),
        blobs=tuple(sorted({*gone.values(), *originals})),
        media=tuple(sorted(names)),
        answered=tuple(sorted(question_guard(salt, q) for q in questions_beside_others(conn, ids, alone=questions))),
    )


def prepare_post(conn: Connection, post: Post, *, reason: str, tombstone: Post) -> TakenDown:
    """The event that takes down a post which an editor wrote, in all its versions; the statements that it carries stay.

    It stands under the post's own id, as the post's pictures do.
    """
    originals, names = _media_of_these_alone(conn, (post.id,))
    return TakenDown(
        statement=post.id,
        reason=reason,
        salt=secrets.token_hex(32),
        guards=(),
        posts=(tombstone,),
        captures=(),
        versions=(post.id,),
        husks=husks_of_post(conn, post.id),
        blobs=tuple(sorted(originals)),
        media=tuple(sorted(names)),
    )


def _same_bytes(conn: Connection, captures: Iterable[str]) -> dict[str, str]:
    """Capture id -> SHA-256, for those captures and all others of the very same bytes."""
    found: dict[str, str] = {}
    for part in chunks(tuple(captures)):
        hashes = select(t.capture.c.sha256).where(t.capture.c.id.in_(part))
        rows = conn.execute(select(t.capture.c.id, t.capture.c.sha256).where(t.capture.c.sha256.in_(hashes)))
        found.update(rows.all())
    return found


def _media_of_these_alone(conn: Connection, statements: Sequence[str]) -> tuple[set[str], set[str]]:
    """Originals and public file names of media that no other statement shows."""
    own = conn.execute(select(t.medium).where(t.medium.c.statement.in_(statements))).all()
    originals, names = {m.original for m in own}, {m.name for m in own if m.name}
    others = t.medium.c.statement.not_in(statements)
    used = select(t.medium.c.original).where(others, t.medium.c.original.in_(originals))
    shown = select(t.medium.c.name).where(others, t.medium.c.name.in_(names))
    return originals - set(conn.execute(used).scalars()), names - set(conn.execute(shown).scalars())


def _replacements(
    asks: Asks, statements: Sequence[str], *, given: tuple[Post, ...], reason: str, at: datetime
) -> tuple[Post, ...]:
    """The next version of every post that carries or cites the item: as the caller gave it, else our own.

    Raises ValueError for a post that would go on naming the item, or that skips a version.
    """
    by_id = {p.id: p for p in given}
    now: dict[str, Post] = {}
    for statement in statements:
        now |= {p.id: p for p in (*asks.posts_of(statement), *asks.posts_citing(statement))}
    made = {i: by_id.get(i) or _without(p, set(statements), reason=reason, at=at) for i, p in now.items()}
    for i, post in ({**by_id, **made}).items():
        if i not in now or post.version != now[i].version + 1:
            raise ValueError(f"post {i} does not follow on a version that carries or cites what is taken down")
        if {s for s, _ in statements_in(post)} & set(statements):
            raise ValueError(f"post {i} would still name what is taken down")
    return tuple(made[i] for i in sorted(made))


def _without(post: Post, statements: set[str], *, reason: str, at: datetime) -> Post:
    """The next version of a post without the statements: a tombstone, or an overview with the lines that are left."""
    lines = tuple(x for x in post.lines if not {c.rpartition(".")[0] for c in x.cites} & statements)
    if post.kind in ("overview", "summary") and lines:
        kept = tuple(s for s in post.statements if s not in statements)
        return replace(post, version=post.version + 1, updated_at=at, lines=lines, statements=kept)
    return Post(
        id=post.id,
        kind=post.kind,
        version=post.version + 1,
        at=post.at,
        updated_at=at,
        head=TOMBSTONE_HEAD,
        day=post.day,
        state="taken_down",
        reason=reason,
    )


def erase(conn: Connection, seqs: Sequence[int]) -> None:
    """Erase the contents and salts of ledger rows; the rows and their commitments stay, so that the tree verifies."""
    for part in chunks(seqs):
        conn.execute(delete(t.content).where(t.content.c.seq.in_(part)))
