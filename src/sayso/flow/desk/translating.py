"""The desk's translation of a statement: kept in the ledger, so that a takedown erases it, and shown once it may be."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sayso.desk import unsaid_figures
from sayso.errors import Refused
from sayso.flow.clock import world_now
from sayso.flow.desk.review import CHANGED, DESK, Review
from sayso.model.event import Corrected, Translated
from sayso.model.post import Correction, Post

#: In code points.
LONGEST: Final = 40_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What an editor typed: a translation, with what stood there when the editor began. `checked`: its figures were
    compared with the original's. `wrong` says what was wrong with the one that readers see."""

    lang: str
    text: str
    before: str = ""
    checked: bool = False
    wrong: str = ""


def fit(review: Review, statement_id: str, typed: Typed, *, shown: bool) -> Typed:
    """The translation as it is kept.

    Raises Refused for a language without a code, for a figure that the original does not say unless the editor checked
    the figures (R19), where somebody else saved another meanwhile (the caller shows both), and where readers see another
    and it is not said what was wrong with that.
    """
    statement, text, lang = review.sheet(statement_id).statement, tidy(typed.text), typed.lang.strip().casefold()
    if not (2 <= len(lang.split("-")[0]) <= 3 and lang.replace("-", "").isalnum() and lang.isascii()):
        raise Refused("Say which language it is in, by its code: en, ru, tr.")
    if len(text) > LONGEST:
        raise Refused(f"A translation may have {LONGEST:,} letters.")
    unsaid = unsaid_figures(text, lang, statement.text, statement.lang)
    if unsaid and not typed.checked:
        what = ", ".join(unsaid[:5])
        raise Refused(
            f"The translation says {what}, and the original does not, as far as we can read it: compare, then tick."
        )
    now = review.room.store.translation(statement_id, shown=False)
    if tidy(typed.before) != (now.text if now else ""):
        raise Refused(CHANGED)
    made = replace(typed, lang=lang, text=text)
    changes = shown and is_another(review, statement_id, made)
    if changes and not typed.wrong.strip():
        raise Refused("Readers see a translation already: say what was wrong with it and what is right.")
    return replace(made, wrong=typed.wrong.strip() if changes else "")


def is_another(review: Review, statement_id: str, typed: Typed) -> bool:
    """Whether readers see a translation, and would see another one or none."""
    store = review.room.store
    public = store.translation(statement_id, shown=True)
    if public is None or not any(p.state == "published" for p in store.posts_of(statement_id)):
        return False
    return (public.text, public.lang) != (tidy(typed.text), typed.lang.strip().casefold())


def translate(
    review: Review, statement_id: str, typed: Typed, *, shown: bool, who: str, outgoing: str | None = None
) -> None:
    """Keep a translation; an empty one takes back what stands there. What was wrong with one that readers saw stands in
    each entry that carries the statement, as a correction.

    Raises Refused as `fit` does; where readers would see it (`shown`), also where something of the statement is on its
    way out and would carry it along unseen, and where `outgoing` is no longer in the queue.
    """
    it, sheet = fit(review, statement_id, typed, shown=shown), review.sheet(statement_id)
    now = review.room.clock.now()
    outright = review.room.store.write(actor=DESK, at=world_now())
    with review.deciding(sheet, outgoing) if shown else outright as w:
        before = w.translation(statement_id, shown=False)
        if tidy(it.before) != (before.text if before else ""):  # until here the lock was not ours
            raise Refused(CHANGED)
        w.append(Translated(statement=statement_id, lang=it.lang, text=it.text, shown=shown))
        for post in sheet.posts if it.wrong else ():
            if post.state == "published":
                w.append(Corrected(post=corrected(post, it.wrong, at=now)))
    review.done(who, "translated" if it.text else "took back a translation", statement_id)


def corrected(post: Post, wrong: str, *, at: datetime) -> Post:
    """The next version of an entry, which tells its readers what was wrong."""
    corrections = (*post.corrections, Correction(at=at, text=wrong))
    return replace(post, version=post.version + 1, updated_at=at, corrections=corrections)


def tidy(typed: str) -> str:
    """A typed text with plain line ends, and without blanks round it."""
    return typed.replace("\r\n", "\n").strip()
