"""What must hold before a reading may be accepted: seen, in the text, and unchanged since."""

import hashlib
from collections.abc import Collection

from sayso.desk.sheet import Card, Sheet, label_of
from sayso.errors import Refused
from sayso.model.post import Post


def refuse_unseen(sheet: Sheet, accepted: Collection[int], seen: Collection[str]) -> None:
    """Raise Refused unless every claim to be accepted exists, was on the screen, and has its figure in the text."""
    refuse_unfit(sheet, accepted)
    missing = [c.label for c in sheet.cards if c.number in accepted and c.id not in seen]
    if missing:
        what = ", ".join(missing)
        raise Refused(f"The words of claim {what} were not on your screen yet: look at them, then publish.")


def refuse_undecided(sheet: Sheet, accepted: Collection[int], left: Collection[int]) -> None:
    """Raise Refused where a claim that must be looked at twice was neither accepted nor left out, by a deed of its own (H2).

    One key publishes what is plain; of a statement that is out already, what was left out stays left out.
    """
    if sheet.post is not None:
        return
    decided = {*accepted, *left, *sheet.by_one_key}
    open_ = [c.label for c in sheet.cards if c.number not in decided]
    if open_:
        raise Refused(f"Claim {', '.join(open_)} is to be looked at twice: accept it, or leave it out.")


def refuse_uncounting(sheet: Sheet, accepted: Collection[int]) -> None:
    """Raise Refused where a claim that readers were told counts would count no more: that is a correction (law 5)."""
    dropped = [c.label for c in sheet.cards if c.accepted and c.number not in accepted]
    if dropped and sheet.post is not None and sheet.post.state == "published":
        raise Refused(f"Claim {', '.join(dropped)} is out and counts: take it back under “Correct it, visibly”.")


def refuse_shared(sheet: Sheet) -> None:
    """Raise Refused where entries that an editor wrote carry the statement, alone or with others: withdrawn from its own
    page, their words would stay without it, or others go with it. The same where a newer version took its place."""
    if sheet.entries:
        heads = ", ".join(f"“{p.head}”" for p in sheet.entries)
        raise Refused(f"It stands in {heads}: withdraw it there (“Entries that carry it”).")
    if sheet.post is not None and sheet.statement.id not in sheet.post.statements:
        raise Refused("A newer version of it is on the page: withdraw that one.")


def refuse_unfit(sheet: Sheet, accepted: Collection[int]) -> None:
    """Raise Refused where a claim to be accepted does not exist or its figure does not stand in the archived text."""
    for number in sorted(accepted):
        card = sheet.card(number)
        if card is None:
            raise Refused(f"The statement has no claim {label_of(number)}.")
        if card.refused:
            raise Refused(f"Claim {card.label} cannot go out: {card.refused}")


def stamp_of(state: str, reason: str, cards: Collection[Card], posts: Collection[Post]) -> str:
    """A short hash of all that an editor decides on; `reason` is that of the last decision."""
    parts = [
        state,
        reason,
        *(f"{c.number}{c.accepted}{c.claim!r}" for c in cards),
        *(f"{p.id}{p.version}" for p in posts),
    ]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
