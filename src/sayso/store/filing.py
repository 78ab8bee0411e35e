"""Under which headings published posts are found: what readers' filters ask for, kept as it stood after each row.

A post is filed under what its claims that count say (whose words, which places, which questions, a denial), the sources of its
statements, whether it shows media, and whether it is a key event or pinned. What is not published is filed nowhere.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import (
    BindParameter,
    Connection,
    bindparam,
    delete,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    text,
    union,
    union_all,
    update,
)

from sayso.model.claim import Claim
from sayso.model.heading import HeadingKind, heading
from sayso.model.post import Post
from sayso.store import tables as t
from sayso.store.coding import decode
from sayso.store.columns import Integer, String, without_nul
from sayso.store.reading import Reads, standing
from sayso.store.tables import INSERT

#: Posts that are parts of the page and no entries in its stream.
STANDING: Final = ("summary", "overview")
LAST_LETTER: Final = "\U0010ffff"
#: What an index can hold of a name.
LONGEST_NAME: Final = 200

#: Built once, as in `project`.
POSTS_OF = (
    select(t.post.c.id, t.post.c.version, t.post.c.body)
    .join(
        t.post_statement,
        (t.post.c.id == t.post_statement.c.post) & (t.post.c.version == t.post_statement.c.version),
    )
    .where(t.post_statement.c.statement == bindparam("b_statement"), t.post_statement.c.role == "carries")
    .where(t.post.c.current, t.post.c.state == "published")
    .order_by(t.post.c.id)
)
_THIS: Final[BindParameter[str]] = bindparam("b_statement")
#: All that files a post that carries a statement, in one question: the claims, then names with their kinds.
FILES = union_all(
    select(literal("said").label("kind"), literal("").label("name"), t.said.c.body).where(
        t.said.c.statement == _THIS, t.said.c.until == t.NEVER
    ),
    select(literal("question"), t.answer.c.question, null()).where(
        t.answer.c.statement == _THIS, t.answer.c.until == t.NEVER
    ),
    select(literal("source"), t.statement.c.source, null()).where(t.statement.c.id == _THIS),
    select(literal("media"), literal(""), null()).where(
        exists().where(t.medium.c.statement == _THIS, t.medium.c.name != "")
    ),
)
FILED = select(t.filed.c.heading, t.filed.c.at).where(t.filed.c.post == bindparam("b_post"), t.filed.c.until == t.NEVER)
END = (
    update(t.filed)
    .where(
        t.filed.c.post == bindparam("b_post"),
        t.filed.c.heading == bindparam("b_heading"),
        t.filed.c.until == t.NEVER,
    )
    .values(until=bindparam("until"))
)
COUNT_HEADING = text(
    "INSERT INTO heading (id, posts) VALUES (:id, :posts)"
    " ON CONFLICT (id) DO UPDATE SET posts = heading.posts + excluded.posts"
).bindparams(bindparam("id", type_=String), bindparam("posts", type_=Integer))
UNCOUNT_HEADING = (
    update(t.heading).where(t.heading.c.id == bindparam("b_id")).values(posts=t.heading.c.posts - bindparam("n"))
)


def file_posts_of(conn: Connection, seq: int, statements: Iterable[str]) -> None:
    """File the published posts that carry these statements anew, as their claims and media stand after row `seq`."""
    bodies = {row.id: row.body for s in statements for row in conn.execute(POSTS_OF, {"b_statement": s})}
    for _, body in sorted(bodies.items()):
        file_post(conn, seq, decode(body, Post))


def file_post(conn: Connection, seq: int, it: Post, *, new: bool = False) -> None:
    """File a post as it stands after row `seq`; how it was filed before stays known. `new`: it was not filed before."""
    wanted = {(h, it.at) for h in headings_of(conn, it)}
    filed = set() if new else {(row.heading, row.at) for row in conn.execute(FILED, {"b_post": it.id})}
    ended = [h for h, _ in sorted(filed - wanted)]
    if ended:
        conn.execute(END, [{"b_post": it.id, "b_heading": h, "until": seq} for h in ended])
        conn.execute(UNCOUNT_HEADING, [{"b_id": h, "n": 1} for h in ended])
    begun = [(h, at) for h, at in sorted(wanted - filed)]
    if begun:
        shared = {"post": it.id, "since": seq, "until": t.NEVER}
        conn.execute(INSERT[t.filed], [{**shared, "heading": h, "at": at} for h, at in begun])
        conn.execute(COUNT_HEADING, [{"id": h, "posts": 1} for h, _ in begun])


def headings_of(conn: Connection, it: Post) -> set[str]:
    """The headings of a post; none for what is not published or no entry in the stream."""
    if it.state != "published" or it.kind in STANDING:
        return set()
    found = ({heading("key")} if it.key_event else set()) | ({heading("pinned")} if it.pinned else set())
    if any(m.renditions for m in it.media):
        found.add(heading("media"))
    for statement in it.statements:
        for kind, name, body in conn.execute(FILES, {"b_statement": statement}):
            found |= headings_in(decode(body, Claim)) if kind == "said" else {heading(kind, name)}
    return found


def headings_in(claim: Claim) -> set[str]:
    """The headings that a claim gives: whose words it is, the places that it names, and that it is a denial."""
    found = {heading("place", (without_nul(name) or "")[:LONGEST_NAME]) for name in places_in(claim)}
    if claim.attr.side is not None and not claim.attr.names_no_source:
        found.add(heading("party", claim.attr.side))
    if claim.type == "denial":
        found.add(heading("denial"))
    return found


def places_in(claim: Claim) -> tuple[str, ...]:
    """The places that a claim names, and those that what it denies names."""
    return (*claim.places, *(claim.target.places if claim.target else ()))


def forget_filed(conn: Connection, posts: Sequence[str]) -> None:
    """Forget how these posts are filed and ever were; a heading that no other post ever had is forgotten too, since its
    words may be those of what is taken down."""
    if not posts:
        return
    rows = conn.execute(select(t.filed.c.heading, t.filed.c.until).where(t.filed.c.post.in_(posts))).all()
    if not rows:
        return
    conn.execute(delete(t.filed).where(t.filed.c.post.in_(posts)))
    now = Counter(row.heading for row in rows if row.until == t.NEVER)
    if now:
        conn.execute(UNCOUNT_HEADING, [{"b_id": h, "n": n} for h, n in sorted(now.items())])
    others = select(t.filed.c.heading).where(t.filed.c.heading == t.heading.c.id).exists()
    for name in sorted({row.heading for row in rows}):
        conn.execute(delete(t.heading).where(t.heading.c.id == name, ~others))


class FilingReads(Reads):
    """Posts by their headings, as they stand now or stood after a row of the ledger."""

    def filed_under(
        self, headings: Sequence[str], *, limit: int, before: tuple[datetime, str] | None = None
    ) -> tuple[str, ...]:
        """Ids of the published posts under any of these headings, newest first by (at, id); `before` is that pair of the
        last one of a page."""
        if not headings:
            return ()
        table, where = t.filed.c, [standing(t.filed, self._upto)]
        if before is not None:
            where.append(or_(table.at < before[0], (table.at == before[0]) & (table.post < before[1])))
        each = select(table.post, table.at).where(*where).order_by(table.at.desc(), table.post.desc()).limit(limit)
        parts = [each.where(table.heading == h).subquery() for h in dict.fromkeys(headings)]
        found = union(*(select(part.c.post, part.c.at) for part in parts)).subquery()
        query = select(found.c.post).order_by(found.c.at.desc(), found.c.post.desc()).limit(limit)
        with self._connection() as conn:
            return tuple(conn.execute(query).scalars())

    def headings(self, kind: HeadingKind) -> dict[str, int]:
        """The names of all headings of a kind under which posts stand, with how many."""
        first = heading(kind)
        with self._connection() as conn:
            if self._upto is None:
                table = t.heading.c
                query = select(table.id, table.posts).where(table.id >= first, table.id < first + LAST_LETTER)
                return {id_[len(first) :]: n for id_, n in conn.execute(query) if n}
            named = t.filed.c.heading
            counted = select(named, func.count()).where(named >= first, named < first + LAST_LETTER)
            rows = conn.execute(counted.where(standing(t.filed, self._upto)).group_by(named))
            return {id_[len(first) :]: n for id_, n in rows}
