"""The desk's translation of a statement: kept in the ledger, so that a takedown erases it, and shown once it may be."""

from typing import Final

from sayso.desk import unsaid_figures
from sayso.errors import Refused
from sayso.flow.clock import world_now
from sayso.flow.desk.review import CHANGED, DESK, Review
from sayso.model.event import Translated

#: In code points.
LONGEST: Final = 40_000


def translate(  # noqa: PLR0913 - what an editor typed, and what it is held against
    review: Review, statement_id: str, *, lang: str, text: str, shown: bool, checked: bool, before: str, who: str
) -> None:
    """Keep a translation; an empty one takes back what stands there. `before` is what stood there when the editor began.

    Raises Refused where somebody else saved another meanwhile (the caller shows both), for a language without a code, and
    for a figure that the original does not say unless the editor `checked` the figures (R19).
    """
    statement, text, lang = review.sheet(statement_id).statement, tidy(text), lang.strip().casefold()
    if not (2 <= len(lang.split("-")[0]) <= 3 and lang.replace("-", "").isalnum() and lang.isascii()):
        raise Refused("Say which language it is in, by its code: en, ru, tr.")
    if len(text) > LONGEST:
        raise Refused(f"A translation may have {LONGEST:,} letters.")
    unsaid = unsaid_figures(text, lang, statement.text, statement.lang)
    if unsaid and not checked:
        what = ", ".join(unsaid[:5])
        raise Refused(
            f"The translation says {what}, and the original does not, as far as we can read it: compare, then tick."
        )
    with review.room.store.write(actor=DESK, at=world_now()) as w:
        now = w.translation(statement_id, shown=False)
        if tidy(before) != (now.text if now else ""):
            raise Refused(CHANGED)
        w.append(Translated(statement=statement_id, lang=lang, text=text, shown=shown))
    review.done(who, "translated" if text else "took back a translation", statement_id)


def tidy(typed: str) -> str:
    """A typed text with plain line ends, and without blanks round it."""
    return typed.replace("\r\n", "\n").strip()
