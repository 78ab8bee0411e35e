"""What has superseded a claim that a published overview or summary cites: a newer figure, a withdrawal, a denial.

Nothing changes by itself: readers see the newer one beside the line, the desk is offered a drafted replacement.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sayso.flow.pages.comparing import Comparison
from sayso.model.page import Overview
from sayso.model.post import Line, Post
from sayso.model.question import Answer, Bullet, Said
from sayso.publish.phrase import says
from sayso.publish.titles import is_enemy_loss
from sayso.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """A line (its index), the claim it cites, why that is superseded, by which claim, in a sentence for readers, and the
    line that would take its place (None: nothing is left to say)."""

    line: int
    cited: str
    why: Literal["revised", "withdrawn", "denied"]
    newer: Said | None
    sentence: str
    draft: Line | None


def standing_post(store: Store, kind: Literal["overview", "summary"], day: date | None = None) -> Post | None:
    """The published overview of a day, or the published summary; None if the desk has none out."""
    found = store.posts(limit=1, day=day, kinds=(kind,))
    return next((p for p in found if p.state == "published"), None)


def overview_shown(store: Store, day: date, compared: Comparison) -> Overview:
    """The overview of a day as readers see it: the desk's, else the drafted one. A past day stays as it was written."""
    post = standing_post(store, "overview", day)
    if post is None:
        return Overview(day=day, lines=compared.overview(day))
    newer = newer_than(post, compared) if day == compared.coverage.local_day(compared.now) else {}
    return Overview(day=day, lines=post.lines, written_at=post.updated_at, corrections=post.corrections, newer=newer)


def summary_shown(store: Store, compared: Comparison) -> dict[str, Any]:
    """The fields of a live page that hold "What is claimed": the desk's text, else the drafted one."""
    post = standing_post(store, "summary")
    if post is None:
        return {"summary": compared.summary}
    return {
        "summary": post.lines,
        "summary_at": post.updated_at,
        "summary_corrections": post.corrections,
        "summary_newer": newer_than(post, compared),
    }


def newer_than(post: Post, compared: Comparison) -> dict[str, str]:
    """By the id of each cited claim that is superseded, the sentence for readers."""
    return {r.cited: r.sentence for r in renewals(post, compared)}


def renewals(post: Post, compared: Comparison) -> tuple[Renewal, ...]:
    """What has superseded the claims of a post's lines, in its order."""
    return tuple(r for n, line in enumerate(post.lines) for r in of_line(n, line, post, compared))


def of_line(number: int, line: Line, post: Post, compared: Comparison) -> Iterator[Renewal]:
    """What has superseded the claims of one line."""
    standing = {s.id: s for s in compared.claims(line.cites) if not s.withdrawn}
    for cited in line.cites:
        said = standing.get(cited)
        if said is None:
            left = Bullet(said=tuple(standing.values()))
            draft = next(iter(compared.lines([left])), None) if left.said else None
            sentence = "Withdrawn since, or no longer counted."
            yield Renewal(line=number, cited=cited, why="withdrawn", newer=None, sentence=sentence, draft=draft)
            continue
        found = superseded(said, line, post, compared)
        if found is None:
            continue
        why, newer = found
        told = tuple(newer if s.id == said.id else s for s in standing.values() if s.id != newer.id)
        bullet = Bullet(said=told) if why == "revised" else Bullet(
            said=tuple(standing.values()), linked=(newer,), link="denies"
        )  # fmt: skip
        words = says(newer, compared.mouth(newer), conflict=compared.conflict)
        word = "Newer figure" if why == "revised" else "Denied since"
        draft = next(iter(compared.lines([bullet])), None)
        yield Renewal(line=number, cited=cited, why=why, newer=newer, sentence=f"{word}: {words}", draft=draft)


def superseded(
    said: Said, line: Line, post: Post, compared: Comparison
) -> tuple[Literal["revised", "denied"], Said] | None:
    """The claim of the same mouth that gives another figure by now, else a denial that came after the text was written;
    None where it stands. What is said of another side's losses is shown in no place like this (H4)."""
    for question in compared.asked((said,)).get(said.id, ()):
        found = compared.question(question)
        answers = found.answers if found else ()
        mine = next((a for a in answers if said.id in {a.latest.id, *(h.id for h in a.history)}), None)
        if mine is None:
            continue
        if revised(mine, said) and mine.latest.id not in line.cites:
            return None if is_enemy_loss(mine.latest.claim, compared.conflict) else ("revised", mine.latest)
        new = [d for d in compared.claims(mine.denied_by) if d.id not in line.cites]
        new = [d for d in new if max(d.said_at, d.seen_at) > post.updated_at]
        if new:
            return "denied", new[-1]
    return None


def revised(answer: Answer, said: Said) -> bool:
    """Whether the claimant gives another figure by now."""
    now, then = answer.latest.claim.count, said.claim.count
    if now is None or then is None or answer.latest.said_at <= said.said_at or answer.latest.withdrawn:
        return False
    return (now.operator, now.n, now.low, now.high) != (then.operator, then.n, then.low, then.high)
