"""Reading posts and the public log of changes."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from sayso.model.post import Change, Post
from sayso.store import tables as t
from sayso.store.coding import decode
from sayso.store.grouping import roots_of
from sayso.store.reading import Reads


class PostReads(Reads):
    """Posts in their newest versions, tombstones included, and what changed since a number."""

    def posts(
        self,
        *,
        limit: int,
        before: tuple[datetime, str] | None = None,
        day: date | None = None,
        kinds: Sequence[str] | None = None,
    ) -> tuple[Post, ...]:
        """Posts, newest first by (at, id); `before` is that pair of the last one of a page."""
        table = t.post.c
        query = select(table.body).where(self._shown()).order_by(table.at.desc(), table.id.desc())
        if before is not None:
            at, last_id = before
            query = query.where(or_(table.at < at, and_(table.at == at, table.id < last_id)))
        if day is not None:
            query = query.where(table.day == day.isoformat())
        if kinds is not None:
            query = query.where(table.kind.in_(kinds))
        return self._posts(query.limit(limit))

    def posts_after(
        self, start: tuple[datetime, str], *, limit: int, kinds: Sequence[str] | None = None
    ) -> tuple[Post, ...]:
        """The posts that stand nearest after a pair of (at, id), newest first."""
        table, (at, first_id) = t.post.c, start
        query = select(table.body).where(self._shown()).order_by(table.at, table.id)
        query = query.where(or_(table.at > at, and_(table.at == at, table.id > first_id)))
        if kinds is not None:
            query = query.where(table.kind.in_(kinds))
        return self._posts(query.limit(limit))[::-1]

    def post(self, post_id: str) -> Post | None:
        """The newest version of a post."""
        query = select(t.post.c.body).where(t.post.c.id == post_id, self._shown())
        return next(iter(self._posts(query)), None)

    def posts_by_id(self, ids: Sequence[str]) -> tuple[Post, ...]:
        """The newest versions of these posts, in the order given; those that are not there are missing."""
        found = {p.id: p for p in self._posts(select(t.post.c.body).where(t.post.c.id.in_(ids), self._shown()))}
        return tuple(found[i] for i in ids if i in found)

    def post_versions(self, post_id: str) -> tuple[Post, ...]:
        """All versions of a post, oldest first; those that a takedown erased are missing."""
        return self._posts(select(t.post.c.body).where(t.post.c.id == post_id).order_by(t.post.c.version))

    def posts_of(self, statement_id: str) -> tuple[Post, ...]:
        """The posts that carry a statement, or carried it in an earlier version; newest versions, oldest post first."""
        return self._linked(statement_id, "carries")

    def posts_citing(self, statement_id: str) -> tuple[Post, ...]:
        """The overviews and summaries with a line that cites a claim of the statement, now or in an earlier version."""
        return self._linked(statement_id, "cites")

    def posts_answering(self, question_ids: Sequence[str], *, newest: int = 100) -> tuple[str, ...]:
        """Ids of the published posts that carry a statement with a claim that counts and answers any of them, or what
        an editor put them together with; of each question those of its `newest` answers, since no reader has more posts
        open."""
        answer, link, found = t.answer.c, t.post_statement.c, set[str]()
        with self._connection() as conn:
            for question in sorted(set(roots_of(conn, question_ids).values())):
                latest = select(answer.statement).where(answer.question == question, answer.until == t.NEVER)
                latest = latest.order_by(answer.said_at.desc()).limit(newest)
                query = (
                    select(t.post.c.id)
                    .join(t.post_statement, and_(link.post == t.post.c.id, link.version == t.post.c.version))
                    .where(link.statement.in_(conn.execute(latest).scalars().all()))
                    .where(link.role == "carries", t.post.c.current, t.post.c.state == "published")
                )
                found.update(conn.execute(query).scalars())
        return tuple(sorted(found))

    def days(self) -> tuple[date, ...]:
        """The days that posts stand on, oldest first."""
        query = select(t.post.c.day).where(self._shown(), t.post.c.day.is_not(None)).distinct()
        with self._connection() as conn:
            return tuple(sorted(date.fromisoformat(day) for day in conn.execute(query).scalars()))

    def changes(self, after: int, limit: int) -> tuple[Change, ...]:
        """The public changes with a number above `after`, in order."""
        query = select(t.change).where(t.change.c.n > after).order_by(t.change.c.n).limit(limit)
        with self._connection() as conn:
            rows = conn.execute(query).mappings().all()
        return tuple(Change(**{k: row[k] for k in ("n", "kind", "post", "version", "at")}) for row in rows)

    def public_n(self) -> int:
        """The number of the last public change, 0 before the first."""
        then = () if self._upto is None else (t.change.c.seq <= self._upto,)
        with self._connection() as conn:
            return conn.execute(select(func.max(t.change.c.n)).where(*then)).scalar() or 0

    def _linked(self, statement_id: str, role: str) -> tuple[Post, ...]:
        link = t.post_statement.c
        then = () if self._upto is None else (link.seq <= self._upto,)
        ids = select(link.post).where(link.statement == statement_id, link.role == role, *then)
        query = select(t.post.c.body).where(t.post.c.id.in_(ids), self._shown()).order_by(t.post.c.at, t.post.c.id)
        return self._posts(query)

    def _shown(self) -> ColumnElement[bool]:
        """Which versions of posts were the newest."""
        if self._upto is None:
            return t.post.c.current
        later = t.post.alias()
        newer = (later.c.id == t.post.c.id, later.c.version > t.post.c.version, later.c.seq <= self._upto)
        return and_(t.post.c.seq <= self._upto, ~exists().where(*newer))

    def _posts(self, query: Select[Any]) -> tuple[Post, ...]:
        with self._connection() as conn:
            return tuple(decode(body, Post) for body in conn.execute(query).scalars())
