"""Why a party has no answer: four kinds of silence and our own failure, never confused with zero (R3, H5)."""

from collections.abc import Iterable, Sequence
from datetime import date

from sayso.model.conflict import Conflict
from sayso.model.question import Checked, Key, Missing, Said


def missing_for(
    key: Key, said: Sequence[Said], *, checked: Sequence[Checked], conflict: Conflict, on: date | None
) -> tuple[Missing, ...]:
    """For each party that the question concerns and that gives no figure of its own, why; one that says zero is
    listed with it."""
    return tuple(
        m for p in concerned(key, said, conflict, on) if (m := missing(p, said, checked, conflict)) is not None
    )


def concerned(key: Key, said: Sequence[Said], conflict: Conflict, on: date | None) -> tuple[str, ...]:
    """The parties that the question is about: whose losses, who is said to hold or to have done it; in the order of
    the coverage."""
    ids = {key.subject, key.actor}
    if key.type in ("control", "attack"):
        ids |= {x for s in said for x in (s.claim.actor, s.claim.subject)}
    named = {m for i in ids if i for m in conflict.members(i, on)}
    return tuple(p.id for p in conflict.parties if p.id in named)


def missing(party: str, said: Sequence[Said], checked: Sequence[Checked], conflict: Conflict) -> Missing | None:
    """Why a party has no answer here, None where it has one that is not zero."""
    own = [s for s in said if conflict.overlap(s.claim.attr.side, party)]
    name = conflict.name(party)
    answers = [s for s in own if s.claim.type != "not_reported"]
    if answers:
        last = answers[-1]
        zero = last.claim.count is not None and last.claim.count.operator == "none"
        return Missing(party=party, kind="says_zero", sentence=f"{name} says: none.", said=last) if zero else None
    unknown = [s for s in own if s.claim.type == "not_reported"]
    if unknown:
        return Missing(
            party=party,
            kind="says_unknown",
            sentence=f"{name} says that it does not know or will not say.",
            said=unknown[-1],
        )
    told = [s for s in said if s.claim.type == "not_reported" and conflict.overlap(s.claim.subject, party)]
    if told:
        return Missing(
            party=party,
            kind="does_not_publish",
            sentence=f"{name} has not published this, {told[-1].outlet} reports.",
            said=told[-1],
        )
    return not_found(party, checked, name)


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
