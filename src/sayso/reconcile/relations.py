"""How two answers stand, who denies whom, and what mirrors what."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final, Literal

from sayso.model.claim import Claim, Target
from sayso.model.conflict import Conflict
from sayso.model.question import Relation, Said
from sayso.reconcile.figures import in_words, overlap
from sayso.reconcile.names import place_id

#: Figures that hold for times further apart are not comparable (R9).
AS_OF_APART: Final = timedelta(hours=24)
#: A denial points at what was said within a week of it; older sayings are another story.
DENIAL_REACH: Final = timedelta(days=7)
#: What can be turned round: blame, and who broke a truce.
MIRRORED_TYPES: Final = ("accusation",)

Standing = Literal["compatible", "contradicted", "not_comparable"]


def relation(a: Said, b: Said, *, conflict: Conflict) -> Relation | None:
    """How two answers to one question stand; None where one of them is no answer that could be compared (a denial
    points at a claim, a silence says nothing)."""
    if a.claim.type != b.claim.type or a.claim.type in ("denial", "not_reported"):
        return None
    kind, reason = STANDINGS[a.claim.type](a, b, conflict)
    return Relation(a=a.id, b=b.id, kind=kind, reason=reason)


def figures_stand(a: Said, b: Said, conflict: Conflict) -> tuple[Standing, str]:
    """Counts: disjoint intervals contradict, unless they hold for different times or count different things (R9)."""
    one, other = a.claim.count, b.claim.count
    if one is None or other is None:
        return "not_comparable", "One of them gives no figure."
    if one.definition != other.definition:
        return "not_comparable", "They do not count the same: the definitions differ."
    if overlap(one, other):
        return "compatible", f"“{in_words(one)}” and “{in_words(other)}” can both be so."
    if abs(a.said_at - b.said_at) > AS_OF_APART:
        return "not_comparable", "The figures hold for times more than 24 hours apart."
    return "contradicted", f"“{in_words(one)}” and “{in_words(other)}” cannot both be so."


def holders_stand(a: Said, b: Said, conflict: Conflict) -> tuple[Standing, str]:
    """Control of a place: two different holders contradict; so do a loss and the same party's hold."""
    (a_has, a_not), (b_has, b_not) = holds(a.claim), holds(b.claim)
    if "contested" in (a.claim.sub, b.claim.sub):
        return "not_comparable", "One of them says that the place is contested."
    both = a_has is not None and b_has is not None
    if both and not conflict.overlap(a_has, b_has):
        return "contradicted", f"{conflict.name(a_has)} and {conflict.name(b_has)} cannot both hold it."
    for has, has_not in ((a_has, b_not), (b_has, a_not)):
        if conflict.overlap(has, has_not):
            return "contradicted", f"One says that {conflict.name(has)} holds it, the other that it does not."
    return "compatible", "Both can be so."


def holds(claim: Claim) -> tuple[str | None, str | None]:
    """Who holds the place and who does not, by that claim."""
    lost = claim.sub == "lost"
    if claim.polarity == "negated":
        return (claim.actor, None) if lost else (None, claim.actor)
    return (None, claim.actor) if lost else (claim.actor, claim.subject)


def deeds_stand(a: Said, b: Said, conflict: Conflict) -> tuple[Standing, str]:
    """Attacks and accusations: done or not done, and by whom (R11: two grades)."""
    if a.claim.polarity != b.claim.polarity:
        return "contradicted", "One says that it happened, the other that it did not."
    if a.claim.actor and b.claim.actor and not conflict.overlap(a.claim.actor, b.claim.actor):
        names = f"{conflict.name(a.claim.actor)} and {conflict.name(b.claim.actor)}"
        return "contradicted", f"They agree that it happened and name different authors: {names}."
    return "compatible", "Both can be so."


STANDINGS: Final = {
    "casualties": figures_stand,
    "equipment_loss": figures_stand,
    "control": holders_stand,
    "attack": deeds_stand,
    "accusation": deeds_stand,
}


def denies(denial: Said, said: Said, *, conflict: Conflict) -> bool:
    """Whether an explicit denial points at a claim: same type and actor as far as both are named, a shared place or
    subject where both name one, another mouth, and within a week; which of them came first does not matter."""
    target = denial.claim.target
    if target is None or denial.id == said.id or denial.claim.type != "denial":
        return False
    if abs(denial.said_at - said.said_at) > DENIAL_REACH or same_mouth(denial, said, conflict):
        return False
    return aims_at(target, said.claim, conflict)


def same_mouth(a: Said, b: Said, conflict: Conflict) -> bool:
    """Whether two claims come from one side; nobody denies themselves (a withdrawal is no denial)."""
    return conflict.overlap(a.claim.attr.side, b.claim.attr.side)


def aims_at(target: Target, claim: Claim, conflict: Conflict) -> bool:
    """Whether what is denied is what was claimed. Something that both name must agree: the actor, or else a place."""
    if target.type != claim.type or claim.polarity == "negated":
        return False
    if target.actor and claim.actor and not conflict.overlap(target.actor, claim.actor):
        return False
    if target.subject and claim.subject and not conflict.overlap(target.subject, claim.subject):
        return False
    wanted = {place_id(p, conflict) for p in target.places}
    named = {place_id(p, conflict) for p in claim.places}
    if wanted and named and not wanted & named:
        return False
    return (
        bool(wanted & named)
        or conflict.overlap(target.actor, claim.actor)
        or conflict.overlap(target.subject, claim.subject)
    )


def mirrors(said: Said, others: Iterable[Said], *, conflict: Conflict) -> tuple[Said, ...]:
    """The same accusation made the other way round: of the accuser, by the accused; groups count as their members.

    A link, not a verdict that both are alike.
    """
    claim = said.claim
    if claim.type not in MIRRORED_TYPES or claim.polarity == "negated":
        return ()
    return tuple(
        o for o in others
        if o.claim.type == claim.type and o.claim.sub == claim.sub and o.claim.polarity != "negated"
        and conflict.overlap(o.claim.attr.side, claim.actor) and conflict.overlap(o.claim.actor, claim.attr.side)
    )  # fmt: skip
