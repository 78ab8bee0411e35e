"""How two answers stand, who denies whom, and what mirrors what."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from sayso.catalogue.articles import capital, with_article
from sayso.model.claim import Claim, Target
from sayso.model.conflict import Conflict
from sayso.model.question import Relation, Said
from sayso.model.vocabulary import MIRRORED
from sayso.reconcile.figures import in_words, overlap
from sayso.reconcile.keys import day_of, numbers_places, scope_of
from sayso.reconcile.names import claimant_of, place_id
from sayso.reconcile.sides import ALL_SIDES, day_said, share, side_of

#: Figures that hold for times further apart are not comparable (R9).
AS_OF_APART: Final = timedelta(hours=24)
#: A denial points at what was said in the week before it where it names a place or an accusation, else within two days.
DENIAL_REACH: Final = timedelta(days=7)
DENIAL_REACH_UNPLACED: Final = timedelta(days=2)
#: Days between what two sides tell of one exchange of fire, or of one breach.
MIRROR_DAYS: Final = 2
#: What a day bounds by itself: captives and dead are handed over at one time and place.
HANDED_OVER: Final = ("exchanged", "released", "bodies")
#: Means of attack that texts use for one another.
ALIKE: Final = (
    {"shelling", "missile", "other"}, {"air", "drone", "other"}, {"ground", "clash", "other"}, {"sabotage", "other"},
    {"taken", "held"}, {"destroyed", "shot_down", "captured", "damaged"},
    {"killed", "casualties"}, {"wounded", "casualties"},
)  # fmt: skip

Standing = Literal["compatible", "contradicted", "not_comparable"]
Verdict = tuple[Standing, str]


def relation(a: Said, b: Said, *, conflict: Conflict) -> Relation | None:
    """How two answers to one question stand; None where one of them is no answer that could be compared (a denial
    points at a claim, a silence says nothing)."""
    if a.claim.type != b.claim.type or a.claim.type in ("denial", "not_reported"):
        return None
    kind, reason = unlike(a, b, conflict) or STANDINGS[a.claim.type](a, b, conflict)
    return Relation(a=a.id, b=b.id, kind=kind, reason=reason)


def unlike(a: Said, b: Said, conflict: Conflict) -> Verdict | None:
    """Why two answers cannot be compared whatever they say (R9, R10), None where they can."""
    if a.claim.attr.names_no_source or b.claim.attr.names_no_source:
        return "not_comparable", "One of them names no source, so it is no independent answer."
    if "unknown" in (a.claim.polarity, b.claim.polarity):
        return "not_comparable", "One of them says that it is not known."
    return None


def figures_stand(a: Said, b: Said, conflict: Conflict) -> Verdict:
    """Counts: disjoint intervals contradict, unless they hold for different times or count different things (R9)."""
    one, other = a.claim.count, b.claim.count
    if one is None or other is None:
        return "not_comparable", "One of them gives no figure."
    if rejects_figure(a.claim) or rejects_figure(b.claim):
        return "not_comparable", "One of them rejects a figure and gives none."
    if one.definition != other.definition:
        return "not_comparable", "They do not count the same: the definitions differ."
    if not bounded(a.claim) or not bounded(b.claim):
        return "not_comparable", "They may speak of different events: no place or period bounds them."
    if far_apart(a, b, conflict):
        return "not_comparable", "The figures hold for times more than 24 hours apart."
    words = f"“{in_words(one)}” and “{in_words(other)}”"
    return ("compatible", f"{words} can both be so.") if overlap(one, other) else (
        "contradicted", f"{words} cannot both be so."
    )  # fmt: skip


def rejects_figure(claim: Claim) -> bool:
    """Whether a claim says of a number that it is not so ("none" is a number that is so)."""
    return claim.polarity == "negated" and claim.count is not None and claim.count.operator != "none"


def bounded(claim: Claim) -> bool:
    """Whether it is said what a figure covers: a total, a period, a level, or what happened at a named place or at the
    exchange of a day (R4)."""
    scope = scope_of(claim)
    if scope == "incident":
        return bool(claim.places) or (claim.type == "captured" and claim.sub in HANDED_OVER)
    return scope in ("cumulative", "period", "stock")


def far_apart(a: Said, b: Said, conflict: Conflict) -> bool:
    """Whether two answers hold for times more than 24 hours apart (R9)."""
    return abs(as_of(a, conflict) - as_of(b, conflict)) > AS_OF_APART


def as_of(said: Said, conflict: Conflict) -> datetime:
    """The time that a figure is said to hold for, else that of the statement; a bare day is its noon."""
    words = said.claim.count.as_of if said.claim.count else None
    if not words:
        return said.said_at
    if len(words) <= 10:
        return datetime.combine(date.fromisoformat(words), time(12), ZoneInfo(conflict.zone))
    at = datetime.fromisoformat(words)
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(conflict.zone))


def holders_stand(a: Said, b: Said, conflict: Conflict) -> Verdict:
    """Control of a place: two different holders contradict; so do a loss and the same party's hold. Numbers of places
    are figures."""
    if numbers_places(a.claim) and numbers_places(b.claim):
        return figures_stand(a, b, conflict) if a.claim.count and b.claim.count else ("compatible", "Both can be so.")
    if a.claim.sub == b.claim.sub == "contested" and a.claim.polarity == b.claim.polarity:
        return "compatible", "Both say so of the fight for it."
    if "contested" in (a.claim.sub, b.claim.sub):
        return "not_comparable", "One of them says that the place is contested."
    if far_apart(a, b, conflict):
        return "not_comparable", "They speak of times more than 24 hours apart; the place may have changed hands."
    (a_has, a_not), (b_has, b_not), on = holds(a.claim), holds(b.claim), day_said(a, conflict)
    both = a_has is not None and b_has is not None
    if both and not share(a_has, b_has, conflict, on):
        one, other = (with_article(conflict.name(x)) for x in (a_has, b_has))
        return "contradicted", capital(f"{one} and {other} cannot both hold it.")
    for has, has_not in ((a_has, b_not), (b_has, a_not)):
        if conflict.overlap(has, has_not, on):
            return (
                "contradicted",
                f"One says that {with_article(conflict.name(has))} holds it, the other that it does not.",
            )
    return "compatible", "Both can be so."


def holds(claim: Claim) -> tuple[str | None, str | None]:
    """Who holds the place and who does not, by that claim."""
    if claim.polarity == "negated":
        return (loser(claim), None) if claim.sub == "lost" else (None, claim.actor)
    if claim.sub == "lost":
        return claim.actor if claim.subject else None, loser(claim)
    return claim.actor, claim.subject


def loser(claim: Claim) -> str | None:
    """Who lost a place: the scheme's subject; where a text names nobody else, whom it says to have lost it."""
    return claim.subject or (claim.actor if claim.sub == "lost" else None)


def deeds_stand(a: Said, b: Said, conflict: Conflict) -> Verdict:
    """Attacks and accusations: done or not done, and by whom (R11: two grades)."""
    one, other = a.claim.actor, b.claim.actor
    differ = others_named(a, b, conflict)
    if a.claim.polarity != b.claim.polarity:
        if differ:
            return "not_comparable", "One says who did it, the other who did not."
        return "contradicted", "One says that it happened, the other that it did not."
    if differ and a.claim.polarity == "asserted":
        names = " and ".join(with_article(conflict.name(x)) for x in (one, other))
        return "contradicted", f"They agree that it happened and name different authors: {names}."
    return "compatible", "Both can be so."


def others_named(a: Said, b: Said, conflict: Conflict) -> bool:
    """Whether two claims name actors that have no party in common."""
    one, other = a.claim.actor, b.claim.actor
    return bool(one and other) and not share(one, other, conflict, day_said(a, conflict))


def captives_stand(a: Said, b: Said, conflict: Conflict) -> Verdict:
    """Captives: figures, but what one captor says of its own is nothing about another's (R9)."""
    if a.claim.sub == "captured" and others_named(a, b, conflict):
        return "not_comparable", "They speak of captives in different hands."
    return figures_stand(a, b, conflict)


def truces_stand(a: Said, b: Said, conflict: Conflict) -> Verdict:
    """A truce: agreed or not, in force or not, kept or broken (R9)."""
    if others_named(a, b, conflict):
        return "not_comparable", "They name different parties to it."
    if a.claim.sub in LASTING and far_apart(a, b, conflict):
        return "not_comparable", "They speak of times more than 24 hours apart; it may have changed."
    if says_yes(a.claim) != says_yes(b.claim):
        return "contradicted", "One says that it is so, the other that it is not."
    return "compatible", "Both can be so."


#: What may be so today and no longer tomorrow.
LASTING: Final = ("agreed", "in_force", "opened")


def says_yes(claim: Claim) -> bool:
    """How a claim answers whether a truce was agreed, is in force, or was broken: to keep it is not to break it."""
    return (claim.polarity == "asserted") != (claim.sub == "observed")


def ways_stand(a: Said, b: Said, conflict: Conflict) -> Verdict:
    """A way out: open or not, for people who came out or did not (R9); one that is announced is not open yet."""
    if (a.claim.modality == "plan") != (b.claim.modality == "plan"):
        return "not_comparable", "One of them only announces it."
    if a.claim.sub in LASTING and far_apart(a, b, conflict):
        return "not_comparable", "They speak of times more than 24 hours apart; it may have changed."
    if a.claim.polarity != b.claim.polarity:
        return "contradicted", "One says that it is so, the other that it is not."
    return "compatible", "Both can be so."


STANDINGS: Final[dict[str, Callable[[Said, Said, Conflict], Verdict]]] = {
    "casualties": figures_stand,
    "equipment_loss": figures_stand,
    "control": holders_stand,
    "attack": deeds_stand,
    "accusation": deeds_stand,
    "captured": captives_stand,
    "displacement": figures_stand,
    "truce": truces_stand,
    "corridor": ways_stand,
}


def denies(denial: Said, said: Said, *, conflict: Conflict) -> bool:
    """Whether an explicit denial points at a claim: the same kind of thing, by the same actor as far as both name one,
    at a shared place, by another mouth, near in time.

    A reprint may come after the denial of what it reprints; what is said more than a day after it is another saying.
    """
    target = denial.claim.target
    if denial.claim.type != "denial" or target is None or said.claim.type != target.type:
        return False
    named = bool(target.places) or target.type == "accusation"
    reach = DENIAL_REACH if named else DENIAL_REACH_UNPLACED
    after = said.said_at - denial.said_at
    if after > AS_OF_APART or -after > reach or other_day(denial.claim, said.claim):
        return False
    on = day_said(denial, conflict)
    return aims_at(target, said.claim, conflict, on) and not same_mouth(denial, said, conflict, on)


def denial_times(said: Said) -> tuple[datetime, datetime]:
    """The first and the last time at which a denial that points at this claim can have been said, both inclusive."""
    return said.said_at - AS_OF_APART, said.said_at + DENIAL_REACH


def other_day(denial: Claim, claim: Claim) -> bool:
    """Whether both name the day or days of the event and have none in common (R14)."""
    if not denial.start or not claim.start:
        return False
    (first, last), (begin, end) = ((c.start[:10], (c.end or c.start)[:10]) for c in (denial, claim) if c.start)
    return last < begin or end < first


def same_mouth(a: Said, b: Said, conflict: Conflict, on: date | None) -> bool:
    """Whether two claims come from one side; nobody denies themselves (a withdrawal is no denial)."""
    if conflict.overlap(side_of(a.claim), side_of(b.claim), on):
        return True
    return claimant_of(a, conflict).id == claimant_of(b, conflict).id


def aims_at(target: Target, claim: Claim, conflict: Conflict, on: date | None) -> bool:
    """Whether what is denied is what was claimed. Something that both name must agree: a place, or else who."""
    if claim.polarity != "asserted" or not alike(target.sub, claim.sub):
        return False
    if target.actor and claim.actor and not share(target.actor, claim.actor, conflict, on):
        return False
    if target.subject and claim.subject and not share(target.subject, claim.subject, conflict, on):
        return False
    if claim.type == "control" and target.places and numbers_places(claim):
        return False  # villages near a town are not the town
    shared = shared_places(target.places, claim.places, conflict)
    if target.places and not shared and (claim.places or claim.type in ("attack", "control")):
        return False
    if not shared and covers_more(target, claim):
        return False
    return (
        shared
        or conflict.overlap(target.actor, claim.actor, on)
        or conflict.overlap(target.subject, claim.subject, on)
    )  # fmt: skip


#: What a place or an author bounds: a figure that is no incident's covers more than that.
COUNTED: Final = ("casualties", "equipment_loss", "captured", "displacement")


def covers_more(target: Target, claim: Claim) -> bool:
    """Whether one event is denied, by its place or its author, and the claim counts more than that event: who denies
    losses near a town denies no total (R4, R9)."""
    event = bool(target.places) or (target.actor is not None and claim.actor is None)
    return event and claim.type in COUNTED and claim.count is not None and scope_of(claim) != "incident"


def alike(denied: str | None, said: str) -> bool:
    """Whether two subs may stand for one thing; a denial that names none stands for any."""
    return denied is None or denied == said or any({denied, said} <= group for group in ALIKE)


def shared_places(a: Iterable[str], b: Iterable[str], conflict: Conflict) -> bool:
    """Whether two claims name one and the same place."""
    return bool({place_id(p, conflict) for p in a} & {place_id(p, conflict) for p in b})


def mirrors(said: Said, others: Iterable[Said], *, conflict: Conflict) -> tuple[Said, ...]:
    """The same accusation made the other way round: of the accuser, by the accused; groups count as their members.

    Blame at any time; a broken truce, and who fired on a place, only for that day or the next two. A link, not a verdict
    that both are alike. What was withdrawn mirrors nothing.
    """
    claim = said.claim
    if said.withdrawn or claim.type not in MIRRORED or claim.polarity != "asserted":
        return ()
    if ALL_SIDES in (claim.actor, side_of(claim)):
        return ()
    return tuple(
        o for o in others if o.claim.type == claim.type and not o.withdrawn and turned_round(said, o, conflict)
    )


def turned_round(a: Said, b: Said, conflict: Conflict) -> bool:
    """Whether one claim blames the other's mouth for what the other blames this one's mouth for."""
    one, other = a.claim, b.claim
    if other.polarity != "asserted" or not blames(one, conflict) or not blames(other, conflict):
        return False
    if not conflict.overlap(side_of(other), one.actor, day_said(a, conflict)):
        return False
    return conflict.overlap(other.actor, side_of(one), day_said(b, conflict)) and alike_blame(a, b, conflict)


def blames(claim: Claim, conflict: Conflict) -> bool:
    """Whether a claim puts something on another than its own side."""
    on_another = claim.actor is not None and not conflict.overlap(claim.actor, side_of(claim))
    return on_another and (claim.type != "truce" or claim.sub == "violated") and claim.modality == "fact"


def alike_blame(a: Said, b: Said, conflict: Conflict) -> bool:
    """Whether both blame for the same thing."""
    match a.claim.type:
        case "accusation":
            return a.claim.sub == b.claim.sub
        case "truce":
            return a.claim.sub == b.claim.sub and days_apart(a, b, conflict) <= MIRROR_DAYS
        case _:
            near = days_apart(a, b, conflict) <= MIRROR_DAYS
            same_kind = alike(a.claim.sub, b.claim.sub)
            return near and same_kind and shared_places(a.claim.places, b.claim.places, conflict)


def days_apart(a: Said, b: Said, conflict: Conflict) -> int:
    """How many days lie between the events that two claims tell of, as far as they say (R14)."""
    one, other = (date.fromisoformat(day_of(s.claim, day_said(s, conflict))) for s in (a, b))
    return abs((one - other).days)
