"""Why a party has no answer: four kinds of silence and our own failure, never confused with zero (R3, H5)."""

from collections.abc import Iterable, Sequence
from datetime import date

from sayso.catalogue.articles import capital, with_article
from sayso.model.conflict import Conflict
from sayso.model.question import Checked, Key, Missing, Said
from sayso.reconcile.names import claimant_of
from sayso.reconcile.sides import day_said, is_party, share, side_of, speaks


def missing_for(
    key: Key, said: Sequence[Said], *, checked: Sequence[Checked], conflict: Conflict, on: date | None
) -> tuple[Missing, ...]:
    """For each party that the question concerns and that gives no figure of its own, why; one that says zero is
    listed with it."""
    return tuple(
        m for p in concerned(key, said, conflict, on) if (m := missing(p, said, checked, conflict)) is not None
    )


def concerned(key: Key, said: Sequence[Said], conflict: Conflict, on: date | None) -> tuple[str, ...]:
    """The parties that the question is about: whose losses, who is said to hold or to have done it; of a way out each of
    them, since any of them can make it deadly (H8). In the order of the coverage."""
    if key.type == "corridor":
        return tuple(p.id for p in conflict.parties)
    ids = {key.subject, key.actor}
    if key.type in ("control", "attack", "truce"):
        ids |= {x for s in said for x in (s.claim.actor, s.claim.subject)}
    return tuple(p.id for p in conflict.parties if any(i and share(i, p.id, conflict, on) for i in ids))


def missing(
    party: str, said: Sequence[Said], checked: Sequence[Checked], conflict: Conflict, *, what: str = "this"
) -> Missing | None:
    """Why a party has no answer here, None where it has one that is not zero. `said` is in order.

    Only its own offices answer for it; that it publishes nothing may be told by anybody but another side.
    """
    own = [s for s in said if speaks(s.claim) and conflict.overlap(s.claim.attr.side, party, day_said(s, conflict))]
    own = [s for s in own if not s.withdrawn]
    name = with_article(conflict.name(party))
    if own:
        last = own[-1]
        if last.claim.type == "not_reported" or last.claim.polarity == "unknown":
            sentence = f"{capital(name)} says that it does not know or will not say."
            return Missing(party=party, kind="says_unknown", sentence=sentence, said=last)
        zero = last.claim.count is not None and last.claim.count.operator == "none"
        return (
            Missing(party=party, kind="says_zero", sentence=f"{capital(name)} says: none.", said=last) if zero else None
        )
    told = [s for s in said if tells_silence(s, party, conflict)]
    if told:
        mouth = told[-1].outlet if told[-1].claim.attr.names_no_source else claimant_of(told[-1], conflict).name
        return Missing(
            party=party,
            kind="does_not_publish",
            sentence=f"{capital(name)} has not published {what}, {mouth} reports.",
            said=told[-1],
        )
    return not_found(party, checked, name)


def tells_silence(said: Said, party: str, conflict: Conflict) -> bool:
    """Whether somebody who is no side says that a party's figures are not reported."""
    claim = said.claim
    return (
        claim.type == "not_reported" and not said.withdrawn and not is_party(side_of(claim), conflict)
        and share(claim.subject, party, conflict, day_said(said, conflict))
    )  # fmt: skip


def not_found(party: str, checked: Iterable[Checked], name: str) -> Missing:
    """Not found in a party's channels, if all were fetched and could be read; else that we could not check (H5)."""
    known = next((c for c in checked if c.party == party), None)
    if known is None or known.channels == 0:
        return Missing(
            party=party,
            kind="could_not_check",
            sentence=f"We could not check: no channel of {name} is among our sources.",
        )
    if not known.complete or known.until is None:
        return Missing(party=party, kind="could_not_check", sentence=f"We could not check all of {name}'s channels.")
    channels = "channel" if known.channels == 1 else f"{known.channels} channels"
    until = known.until_words or f"{known.until:%H:%M} UTC"
    return Missing(
        party=party, kind="not_found_by_us",
        sentence=f"Not found by us in {name}'s {channels}, checked until {until}.",
    )  # fmt: skip
