"""What of a page's view is shown, what is folded, how a claim is told and where its words stand."""

from collections.abc import Sequence
from dataclasses import replace

from sayso.catalogue import ENGLISH, catalogue
from sayso.model.coverage import Coverage
from sayso.model.page import ClaimView, EntryView, PageFrame, StatementPage
from sayso.model.question import Changed, Question, Said
from sayso.publish.excerpt import Excerpt, excerpt
from sayso.publish.phrase import says
from sayso.publish.titles import is_enemy_loss


def replay_words(coverage: Coverage) -> str:
    """What a replay says of itself, in the language of its pages; empty for the world."""
    if coverage.replay is None:
        return ""
    _ = catalogue(coverage.language).gettext
    if coverage.replay.quotes == "free":
        return _("an invented conflict, a demonstration")
    return _("reworded from public reports of %(year)s, a demonstration") % {"year": coverage.replay.begins_at.year}


def in_english(frame: PageFrame) -> PageFrame:
    """What leaves the pages (feeds, tables) is in English whatever their language, as claims are."""
    return replace(frame, coverage=replace(frame.coverage, language=ENGLISH))


def sentence(said: Said, mouth: str, coverage: Coverage, words: str = "") -> str:
    """A claim as a sentence of the page."""
    quotes = coverage.replay.quotes if coverage.replay else "free"
    return says(said, mouth, conflict=coverage.conflict, words=words, quotes=quotes)


def address_of(claim_id: str, frame: PageFrame) -> str:
    """Where a claim's words stand: the statement's page, at the claim."""
    statement, _, number = claim_id.rpartition(".")
    return f"{frame.path}s/{statement}/#c{number}"


def number_of(claim_id: str) -> int:
    """The number of a claim inside its statement, from 0."""
    return int(claim_id.rpartition(".")[2])


def shown(view: EntryView | StatementPage) -> Excerpt | None:
    """What the public may see of the statement, with its claims marked."""
    if view.statement is None:
        return None
    return excerpt(view.statement, view.source, [(number_of(c.said.id), c.said.claim) for c in view.claims])


def enemy(said: Said, coverage: Coverage) -> bool:
    """Whether a side gives a figure for the losses of one that is not on its side that day: folded (H4)."""
    return is_enemy_loss(said.claim, coverage.conflict, on=coverage.local_day(said.said_at))


def own_and_enemy(claims: Sequence[ClaimView], coverage: Coverage) -> tuple[list[ClaimView], list[ClaimView]]:
    """The claims to show, and those to fold (H4)."""
    folded = [c for c in claims if enemy(c.said, coverage)]
    return [c for c in claims if c not in folded], folded


Moved = tuple[Question, tuple[Changed, ...]]


def folded(moved: Sequence[Moved], coverage: Coverage) -> tuple[list[Moved], list[Moved]]:
    """What changed to show, and what to fold (H4); a question with changes of both kinds is in both."""
    parts: tuple[list[Moved], list[Moved]] = ([], [])
    for question, found in moved:
        for part, wanted in zip(parts, (False, True), strict=True):
            mine = tuple(c for c in found if any(enemy(a.latest, coverage) for a in (c.before, c.after) if a) is wanted)
            if mine:
                part.append((question, mine))
    return parts
