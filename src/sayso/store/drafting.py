"""What is being written and has not gone out. No part of the record: nothing of it is in the ledger or an export."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, RowMapping, delete, insert, or_, select, update

from sayso.model.draft import Composed, Draft
from sayso.model.outgoing import Outgoing
from sayso.store import tables as t
from sayso.store.coding import decode, encode
from sayso.store.operational import draft as kept
from sayso.store.operational import outgoing as queue
from sayso.store.operations import Operates
from sayso.store.queueing import leave_queue


class DraftOperations(Operates):
    """Drafts, versioned: who saves on another version than they read overwrites nothing."""

    def add_draft(self, it: Draft) -> None:
        """Keep a new draft."""
        with self._writing() as conn:
            conn.execute(insert(kept), {"id": it.id, **_columns(it)})

    def save_draft(self, it: Draft) -> bool:
        """Whether the draft was saved: not where it has another version than the one before `it`, or is gone."""
        this = (kept.c.id == it.id, kept.c.version == it.version - 1)
        with self._writing() as conn:
            return bool(conn.execute(update(kept).where(*this).values(_columns(it))).rowcount)

    def draft(self, draft_id: str) -> Draft | None:
        """The draft of that id, None if there is none or it has gone out."""
        with self._connection() as conn:
            row = conn.execute(select(kept).where(kept.c.id == draft_id)).mappings().one_or_none()
        return None if row is None else _draft(row)

    def drafts(self, user: str | None = None) -> tuple[Draft, ...]:
        """All drafts, or those that somebody saved last; the newest first."""
        query = select(kept).order_by(kept.c.updated_at.desc(), kept.c.id)
        if user is not None:
            query = query.where(kept.c.user == user)
        with self._connection() as conn:
            return tuple(_draft(row) for row in conn.execute(query).mappings())

    def forget_draft(self, draft_id: str) -> None:
        """Throw a draft away."""
        with self._writing() as conn:
            drop_draft(conn, draft_id)

    def shows(self, file: str) -> bool:
        """Whether a statement or post has this file, a public one by its name or a sealed one by its SHA-256, or a draft has."""
        with self._connection() as conn:
            named = or_(t.medium.c.original == file, t.medium.c.name == file)
            if conn.execute(select(t.medium.c.original).where(named)).first() is not None:
                return True
            return any(file.encode() in body for body in conn.execute(select(kept.c.body)).scalars())


def drop_draft(conn: Connection, draft_id: str) -> None:
    """Leave nothing of a draft."""
    conn.execute(delete(kept).where(kept.c.id == draft_id))


def forget_written(
    conn: Connection, *, statements: Collection[str] = (), posts: Collection[str] = ()
) -> tuple[set[str], set[str]]:
    """Leave nothing of drafts, or of what is on its way out or did not go out, that attach a statement which is taken down
    or change an entry that is: they may quote it. SHA-256 of originals, and names of public files, that no draft has any more
    come back."""
    gone, dropped, left = {*statements, *posts}, list[Composed](), list[Composed]()
    for draft, body in conn.execute(select(kept.c.id, kept.c.body)).all():
        text = decode(body, Composed)
        if gone & {*text.statements, text.post}:
            drop_draft(conn, draft)
            dropped.append(text)
        else:
            left.append(text)
    for outgoing, about, body in conn.execute(select(queue.c.id, queue.c.about, queue.c.body)).all():
        deed = decode(body, Outgoing).deed
        cited = {claim.rpartition(".")[0] for claim in (*deed.listed, deed.cited)}
        if about in gone or gone & {*cited, *((*deed.text.statements, deed.text.post) if deed.text else ())}:
            leave_queue(conn, outgoing)
            dropped += [deed.text] if deed.text is not None else []
    (blobs, names), (blobs_left, names_left) = _files(dropped), _files(left)
    return blobs - blobs_left, names - names_left


def _files(texts: Sequence[Composed]) -> tuple[set[str], set[str]]:
    """The originals of pictures and archived pages of texts, and the names of their public files."""
    media, links = [m for it in texts for m in it.media], [x for it in texts for x in it.links]
    originals = {*(m.original for m in media), *(x.sha256 for x in links if x.sha256)}
    return originals, {r.name for m in media for r in m.renditions}


def _columns(it: Draft) -> dict[str, object]:
    about = it.composed.post or next(iter(it.composed.statements), "")
    return {
        "user": it.user,
        "about": about,
        "updated_at": it.updated_at,
        "version": it.version,
        "body": encode(it.composed),
    }


def _draft(row: RowMapping) -> Draft:
    plain = {name: row[name] for name in ("id", "user", "updated_at", "version")}
    return Draft(**plain, composed=decode(row["body"], Composed))
