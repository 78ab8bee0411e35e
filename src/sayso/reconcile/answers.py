"""The claims of one question -> its answers: one a claimant, with state, flags, relations and reasons."""

from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date, datetime
from typing import Final, Literal

from sayso.model.claim import Claim
from sayso.model.conflict import Conflict
from sayso.model.question import Answer, Checked, Flag, Key, Question, Relation, Said, State
from sayso.reconcile.figures import in_words, revision, same
from sayso.reconcile.names import claimant_of, heard_by_mouth
from sayso.reconcile.relations import bounded, denies, holds, loser, mirrors, rejects_figure, relation
from sayso.reconcile.sides import OFFICES, day_said, side_of, whose
from sayso.reconcile.silence import missing_for
from sayso.reconcile.wording import wording

#: What the source itself marks as not yet settled stays visible as pending (R18).
UNSETTLED: Final = ("preliminary", "alleged", "unverified", "possible", "unofficial")


def question(
    key: Key,
    said: Iterable[Said],
    *,
    conflict: Conflict,
    others: Sequence[Said] = (),
    checked: Sequence[Checked] = (),
    on: date | None = None,
) -> Question:
    """A question with its answers, newest first; the same claims in any order give the same question.

    `others` are claims of other questions: denials that may point here, accusations that may mirror these. `on` is the
    day on which camps are looked at (None: any).
    """
    mine = in_order(said)
    around = in_order((*mine, *pointing_at({s.claim.type for s in mine}, others)))
    heard = heard_by_mouth((s for s in mine if s.claim.type != "not_reported"), conflict)
    rivals = tuple(newest(theirs) for theirs in heard.values())
    relations = tuple(all_relations(rivals, conflict))
    answers = (
        answer(theirs, around=around, relations=relations, conflict=conflict, rivals=rivals)
        for theirs in heard.values()
    )
    turned = in_order(m for s in alike_blamers(mine, conflict) for m in mirrors(s, around, conflict=conflict))
    return Question(
        key=key,
        wording=wording(key, conflict),
        answers=tuple(sorted(answers, key=lambda a: moment(a.latest), reverse=True)),
        relations=relations,
        missing=missing_for(key, mine, checked=checked, conflict=conflict, on=on),
        mirrors=tuple(m.id for m in turned),
    )


def pointing_at(types: Set[str], others: Iterable[Said]) -> Iterator[Said]:
    """The claims that may deny or mirror one of these types."""
    for s in others:
        target = s.claim.target
        if s.claim.type in types or (s.claim.type == "denial" and target is not None and target.type in types):
            yield s


def alike_blamers(said: Iterable[Said], conflict: Conflict) -> Iterable[Said]:
    """One of all standing claims that blame the same for the same on one day: they have the same mirrors."""
    found: dict[object, Said] = {}
    for s in (s for s in said if not s.withdrawn):
        c = s.claim
        what = (c.type, c.sub, side_of(c), c.actor, c.polarity, c.modality, c.places)
        found.setdefault((what, s.said_at if c.type == "attack" else day_said(s, conflict)), s)
    return found.values()


def in_order(said: Iterable[Said]) -> tuple[Said, ...]:
    """Each claim once, oldest first, so that arrival cannot matter."""
    return tuple(sorted({s.id: s for s in said}.values(), key=moment))


def moment(said: Said) -> tuple[datetime, datetime, str, int, str]:
    """What claims are put in order by: when it was said, when we saw it, then its number in its statement.

    Ids are hashes of words, the parties' names among them: one settles only which of two statements of the same
    instant is first (law 6).
    """
    number = said.id.rpartition(".")[2]
    return said.said_at, said.seen_at, said.statement, int(number) if number.isdecimal() else 0, said.id


def newest(heard: Sequence[Said]) -> Said:
    """The latest of one claimant that is not withdrawn, else the latest. `heard` is in order.

    A figure that only comes up again in another outlet after its claimant gave a newer one is no news (R14).
    """
    standing = [s for s in heard if not s.withdrawn]
    return next((s for s in reversed(standing) if not comes_late(s, standing)), (standing or list(heard))[-1])


def latest_of(said: Iterable[Said], conflict: Conflict) -> tuple[Said, ...]:
    """The latest answer of each claimant."""
    return tuple(newest(theirs) for theirs in heard_by_mouth(in_order(said), conflict).values())


def comes_late(said: Said, heard: Sequence[Said]) -> bool:
    """Whether another source gives again a figure that its claimant has since replaced.

    A source that had given that figure before may mean to return to it, so that it counts.
    """
    before = list(heard[: heard.index(said)])
    told = next((n for n, s in enumerate(before) if same_answer(s, said)), None)
    if told is None or said.claim.count is None:
        return False
    replaced = [s for s in before[told:] if s.claim.count is not None and not same_answer(s, said)]
    again = {s.source for s in (*replaced, *(s for s in before if same_answer(s, said)))}
    return bool(replaced) and said.source not in again


def all_relations(latest: Iterable[Said], conflict: Conflict) -> Iterable[Relation]:
    """How the standing answers stand to each other, pair by pair, the oldest first."""
    standing = in_order(s for s in latest if not s.withdrawn)
    for n, a in enumerate(standing):
        for b in standing[n + 1 :]:
            found = relation(a, b, conflict=conflict)
            if found is not None:
                yield found


def answer(
    heard: Sequence[Said],
    *,
    around: Sequence[Said],
    relations: Sequence[Relation],
    conflict: Conflict,
    rivals: Sequence[Said],
) -> Answer:
    """The latest answer of one claimant with its history, flags, the first state that holds, and the reason."""
    last = newest(heard)
    history = tuple(s for s in reversed(heard) if s.id != last.id)
    deniers = tuple(d for d in around if not d.withdrawn and denies(d, last, conflict=conflict))
    flags = tuple(flags_of(last, history, deniers, around, rivals, conflict))
    state, reason = next(reasons_of(last, history, deniers, relations, rivals, conflict))
    return Answer(
        claimant=claimant_of(last, conflict),
        latest=last,
        history=history,
        state=state,
        reason=reason,
        flags=flags,
        denied_by=tuple(d.id for d in deniers),
        origins=len(origins(last, heard)),
    )


def origins(last: Said, heard: Iterable[Said]) -> set[str]:
    """The texts that an answer rests on, each reprint once; one that was taken back or replaced no longer says so (R10)."""
    return {last.origin, *(s.origin for s in heard if not s.withdrawn and same_answer(s, last))}


def same_answer(a: Said, b: Said) -> bool:
    """Whether two claims give the same figure, or without one say the same of the same: who lost a place has another
    answer than before (R10)."""
    one, other = a.claim, b.claim
    if one.count is None or other.count is None:
        return one.count is other.count and deed(one) == deed(other)
    return same(one.count, other.count)


def deed(claim: Claim) -> tuple[str, str, str | None, str | None, str]:
    """What a claim says without a figure."""
    return claim.type, claim.sub, claim.actor, claim.subject, claim.polarity


def flags_of(
    last: Said,
    history: Sequence[Said],
    deniers: Sequence[Said],
    around: Sequence[Said],
    rivals: Sequence[Said],
    conflict: Conflict,
) -> Iterable[Flag]:
    """Every flag that holds; they do not exclude each other."""
    if admits(last, rivals, conflict):
        yield "admitted"
    if deniers:
        yield "denied"
    if mirrors(last, around, conflict=conflict):
        yield "mirrored"
    way = revised(last, history)
    if way is not None:
        yield "revised_down" if way == "down" else "revised_up"
    if last.withdrawn:
        yield "withdrawn"
    if last.claim.attr.names_no_source:
        yield "no_source_named"
    if unsettled(last):
        yield "pending"
    if last.unverifiable:
        yield "unverifiable"
    yield from whose_loss(last, conflict)
    if len(origins(last, history)) == 1:
        yield "single_origin"


def earlier_figure(last: Said, history: Sequence[Said]) -> Said | None:
    """The newest earlier claim of the same claimant with another figure for the same thing (R8).

    `history` is newest first. Increments and events that nothing bounds add up or differ; they revise nothing, and two
    numbers in one statement ("17 went north and 23 south") stand beside each other.
    """
    count = last.claim.count
    if count is None or not bounded(last.claim) or rejects_figure(last.claim):
        return None
    return next(
        (
            s for s in history
            if s.claim.count and s.statement != last.statement and moment(s) < moment(last)
            and s.claim.count.definition == count.definition
            and not rejects_figure(s.claim) and not same(s.claim.count, count)
        ),
        None,
    )  # fmt: skip


def revised(last: Said, history: Sequence[Said]) -> Literal["up", "down"] | None:
    """Which way a claimant's latest figure was revised, None where it was not (R8)."""
    before = earlier_figure(last, history)
    if before is None or before.claim.count is None or last.claim.count is None:
        return None
    return revision(before.claim.count, last.claim.count)


def unsettled(said: Said) -> bool:
    """Whether the source itself says that this may still change (R18)."""
    return said.claim.modality == "possible" or said.claim.attr.hedge in UNSETTLED


def whose_loss(said: Said, conflict: Conflict) -> Iterable[Flag]:
    """Own losses and losses claimed for the enemy are never shown in one column (R5); an ally's are neither."""
    if said.claim.type not in ("casualties", "equipment_loss") and not taken_captive(said.claim):
        return
    match whose(said, conflict):
        case "own":
            yield "own_loss"
        case "enemy":
            yield "enemy_loss"
        case _:
            return


def admits(said: Said, rivals: Sequence[Said], conflict: Conflict) -> bool:
    """R12: only a party's own office, and only its own military losses, a place that it says it lost, or a deed that
    others blame it for.

    Never its own civilian dead (those serve its case), never across a group (a camp does not admit for its member), never its
    media, experts or witnesses.
    """
    claim, side = said.claim, side_of(said.claim)
    if side is None or claim.attr.kind not in OFFICES or claim.polarity != "asserted" or claim.modality != "fact":
        return False
    match claim.type:
        case "casualties":
            some = claim.count is not None and claim.count.operator != "none"
            return claim.who == "military" and claim.subject == side and some
        case "equipment_loss":
            return claim.subject == side
        case "captured":
            return taken_captive(claim) and claim.who == "military" and claim.subject == side
        case "control":
            return claim.sub in ("lost", "taken", "held") and loser(claim) == side and holds(claim)[0] != side
        case "attack":
            return claim.actor == side and claim.subject != side and blamed(claim, rivals, conflict)
        case _:
            return False


def taken_captive(claim: Claim) -> bool:
    """Whether a claim tells of people captured: a loss of their side, unlike those who come back (R6)."""
    none = claim.count is not None and claim.count.operator == "none"
    return claim.type == "captured" and claim.sub == "captured" and not none


def blamed(claim: Claim, rivals: Sequence[Said], conflict: Conflict) -> bool:
    """Whether another side blames the actor of an attack that harms for it."""
    return claim.sub not in ("calm", "repelled", "clash") and any(
        r.claim.type == "attack" and r.claim.polarity == "asserted" and r.claim.actor == claim.actor
        and not r.claim.attr.names_no_source and not conflict.overlap(r.claim.attr.side, claim.actor)
        for r in rivals
    )  # fmt: skip


#: Why an answer counts as admitted, by type of claim (R12).
ADMITTED: Final = {
    "casualties": "The party that it hurts says so itself: read it as at least so many.",
    "equipment_loss": "The party that it hurts says so itself: read it as at least so much.",
    "captured": "The party that it hurts says so itself: read it as at least so many.",
    "control": "The party that lost the place says so itself.",
    "attack": "The party that others name as the author says so itself.",
}


def agreement(last: Said, along: Sequence[Relation], rivals: Sequence[Said], conflict: Conflict) -> str:
    """Why an answer counts as compatible; the same side twice is no second source (R10)."""
    ids = {i for r in along for i in (r.a, r.b)} - {last.id}
    mine, on = side_of(last.claim), day_said(last, conflict)
    if all(conflict.overlap(mine, side_of(r.claim), on) for r in rivals if r.id in ids):
        return "Only others of the same side agree with it."
    others = {r.id for r in rivals if not conflict.overlap(mine, side_of(r.claim), on)}
    return next(r.reason for r in along if {r.a, r.b} & others)


def reasons_of(
    last: Said,
    history: Sequence[Said],
    deniers: Sequence[Said],
    relations: Sequence[Relation],
    rivals: Sequence[Said],
    conflict: Conflict,
) -> Iterator[tuple[State, str]]:
    """Every state that holds, in the order in which one is shown, each with the sentence that gives the reason."""
    against = [r for r in relations if last.id in (r.a, r.b) and r.kind == "contradicted"]
    along = [r for r in relations if last.id in (r.a, r.b) and r.kind == "compatible"]
    if last.withdrawn:
        yield "withdrawn", "Its source no longer says so."
    if deniers:
        yield "denied", f"Denied by {' and by '.join(dict.fromkeys(claimant_of(d, conflict).name for d in deniers))}."
    if against:
        yield "contradicted", against[0].reason
    if admits(last, rivals, conflict):
        yield "admitted", ADMITTED[last.claim.type]
    before, way = earlier_figure(last, history), revised(last, history)
    if way is not None and before is not None and before.claim.count is not None:
        yield "revised", f"Revised {way}: before, it was “{in_words(before.claim.count)}”."
    if along:
        yield "compatible", agreement(last, along, rivals, conflict)
    if unsettled(last):
        yield "pending", "The source itself says that this is not settled."
    yield "single", "One claimant only."
