"""A statement and its reading -> what the ledger says next: the decision, the post, and whose answers changed."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol

from sayso.desk import Decision, accepts_by_rule, may_go_out
from sayso.errors import Refused
from sayso.model.coverage import Coverage, Source
from sayso.model.event import Decided, Event, Posted, Read, Related
from sayso.model.post import Correction, Placing, Post
from sayso.model.question import Said
from sayso.model.statement import Statement
from sayso.publish import head
from sayso.store import Writer


class Ledger(Protocol):
    """The part of the store that publishing asks, inside the writing transaction."""

    def posts_of(self, statement_id: str) -> tuple[Post, ...]:
        """The posts that carry a statement."""
        ...

    def versions(self, source: str, key: str) -> tuple[Statement, ...]:
        """All versions of an item, oldest first."""
        ...

    def editors_decision(self, source: str, key: str) -> str | None:
        """What an editor last decided about any version of an item."""
        ...

    def asked(self, claims: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The questions that claims which count answer, by the claims' ids."""
        ...

    def said(self, *, statement: str) -> tuple[Said, ...]:
        """The claims of a statement that count."""
        ...

    def questions_of(self, claim_id: str) -> tuple[str, ...]:
        """The questions that a claim answers."""
        ...

    def posts_answering(self, question_ids: tuple[str, ...]) -> tuple[str, ...]:
        """Ids of the published posts whose statements answer any of the questions."""
        ...


def going_out(
    coverage: Coverage, source: Source, statement: Statement, read: Read, *, ledger: Ledger, now: datetime
) -> Iterator[Event]:
    """The events that follow a reading when no editor is asked: the rule's decision, then the post if it goes out."""
    decision = may_go_out(statement, source, read.reading, coverage, now=now)
    if ledger.editors_decision(statement.source, statement.key) in ("rejected", "duplicate"):
        decision = Decision(goes_out=False, reason="An editor put an earlier version away: an editor decides.")
    earlier = earlier_post(statement, ledger=ledger)
    if earlier is not None and earlier.is_written and decision.goes_out:
        decision = Decision(goes_out=False, reason="An editor wrote the entry that carries it: an editor decides.")
    accepted = tuple(n for n, claim in enumerate(read.reading.claims) if accepts_by_rule(coverage, claim))
    yield Decided(
        statement=statement.id,
        decision="accept" if decision.goes_out else "hold",
        by="rule",
        accepted=accepted if decision.goes_out else (),
        reason=decision.reason,
    )
    if decision.goes_out:
        older = [v.id for v in ledger.versions(statement.source, statement.key)]
        post = post_of(coverage, source, statement, now=now, earlier=earlier, older=older)
        yield Posted(post=replace(post, by_rule=True))
        yield from related(statement, read, ledger=ledger)


def earlier_post(statement: Statement, *, ledger: Ledger) -> Post | None:
    """The post on the page that carries an earlier version of the same item, also where one in between was held."""
    if statement.replaces is None:
        return None
    versions = reversed(ledger.versions(statement.source, statement.key))
    posts = (p for v in versions if v.id != statement.id for p in ledger.posts_of(v.id))
    return next((p for p in posts if p.state == "published"), None)


def related(
    statement: Statement, read: Read, *, ledger: Ledger, numbers: Iterable[int] | None = None
) -> Iterator[Event]:
    """One event that names the earlier posts whose answers now stand differently, if there are any.

    `numbers` are those of the claims that were read, if they are not counted from 0.
    """
    numbers = range(len(read.questions)) if numbers is None else numbers
    moved = ledger.asked(f"{statement.id}.{n}" for n in numbers).values()
    before = ledger.said(statement=statement.replaces) if statement.replaces else ()
    withdrawn = (ledger.questions_of(s.id) for s in before)  # by this version
    asked = tuple(sorted({q for ids in (*read.questions, *moved, *withdrawn) for q in ids}))
    own = {p.id for p in ledger.posts_of(statement.id)}
    touched = tuple(p for p in ledger.posts_answering(asked) if p not in own)
    if touched:
        yield Related(statement=statement.id, posts=touched)


def everywhere(statement_id: str, *, ledger: Writer) -> Related:
    """That a statement's own posts, and those whose answers its claims are set beside, must be shown anew."""
    claims = (s.id for s in ledger.said(statement=statement_id))
    asked = tuple(sorted({q for c in claims for q in ledger.questions_of(c)}))
    own = {p.id for p in ledger.posts_of(statement_id) if p.state == "published"}
    return Related(statement=statement_id, posts=tuple(sorted(own | set(ledger.posts_answering(asked)))))


def post_of(
    coverage: Coverage,
    source: Source,
    statement: Statement,
    *,
    now: datetime,
    earlier: Post | None = None,
    older: Collection[str] = (),
) -> Post:
    """The post that carries a statement: a new one, or the next version of `earlier`, marked as changed at its source;
    `older` are the ids of the versions of its item. What an editor wrote stays.

    It stands at the time when it was said, so that a source that is read late does not look new; never in the future.
    """
    if earlier is None:
        return Post(
            id=post_id(statement.id),
            kind="update",
            version=1,
            at=min(statement.said_at, now),
            updated_at=now,
            head=headline(coverage, source, statement),
            statements=(statement.id,),
            day=coverage.local_day(min(statement.said_at, now)),
        )
    changed = Correction(at=now, text=f"{source.title} changed this after it was published; both versions are kept.")
    carried = tuple(s for s in earlier.statements if s not in older)  # an editor may have put others beside it
    return replace(
        earlier,
        version=earlier.version + 1,
        updated_at=now,
        head=earlier.head if earlier.is_written else headline(coverage, source, statement),
        statements=(statement.id, *carried),
        corrections=(*earlier.corrections, changed),
    )


def headline(coverage: Coverage, source: Source, statement: Statement) -> str:
    """The post's headline: whose words these are first (H3), in quotation marks only where they are the words."""
    quotes = coverage.replay.quotes if coverage.replay else "free"
    return head(statement, source, coverage.conflict, quotes=quotes, never=coverage.own_voice_never)


def post_id(statement_id: str) -> str:
    """The id of the post that first carries a statement."""
    return "p" + hashlib.sha256(f"post {statement_id}".encode()).hexdigest()[:15]


def tombstone_of(post: Post, reason: str, *, now: datetime) -> Post:
    """What stands for a post that was taken down: nothing of it but its place and the reason."""
    return Post(
        id=post.id, kind=post.kind, version=post.version + 1, at=post.at, updated_at=now, head="Taken down", day=post.day,
        state="taken_down", reason=reason,
    )  # fmt: skip


#: What the staff log calls it.
PLACED: Final[Mapping[Placing, str]] = {
    "key": "marked as a key event", "no-key": "marked as no key event", "pin": "pinned", "no-pin": "unpinned",
}  # fmt: skip


def placed(post: Post, placing: Placing) -> Post:
    """The next version of a post, put where the editor wants it. Raises Refused where it stands there already."""
    match placing:
        case "key" | "no-key":
            after = replace(post, key_event=placing == "key")
        case "pin" | "no-pin":
            after = replace(post, pinned=placing == "pin")
    if after == post:
        raise Refused(f"It is {PLACED[placing]} already.")
    return replace(after, version=post.version + 1, placed=post.placed + 1)
