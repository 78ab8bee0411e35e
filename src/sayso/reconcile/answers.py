"""The claims of one question -> its answers: one a claimant, with state, flags, relations and reasons."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from sayso.model.conflict import Conflict
from sayso.model.question import Answer, Checked, Claimant, Flag, Key, Question, Relation, Said, State
from sayso.reconcile.figures import in_words, same, size
from sayso.reconcile.names import claimant_of
from sayso.reconcile.relations import denies, mirrors, relation
from sayso.reconcile.silence import missing_for
from sayso.reconcile.wording import wording

#: What the source itself marks as not yet settled stays visible as pending (R18).
UNSETTLED = ("preliminary", "alleged", "unverified", "possible", "unofficial")


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
    around = (*mine, *in_order(others))
    by_claimant: dict[Claimant, list[Said]] = defaultdict(list)
    for s in mine:
        if s.claim.type not in ("not_reported",):
            by_claimant[claimant_of(s, conflict)].append(s)
    latest = {who: newest(heard) for who, heard in by_claimant.items()}
    relations = tuple(all_relations(latest, conflict))
    answers = tuple(
        answer(who, heard, around=around, relations=relations, conflict=conflict, rivals=tuple(latest.values()))
        for who, heard in by_claimant.items()
    )
    turned = {m.id for s in mine for m in mirrors(s, around, conflict=conflict)}
    return Question(
        key=key,
        wording=wording(key, conflict),
        answers=tuple(sorted(answers, key=lambda a: (a.latest.said_at, a.latest.id), reverse=True)),
        relations=relations,
        missing=missing_for(key, mine, checked=checked, conflict=conflict, on=on),
        mirrors=tuple(sorted(turned)),
    )


def in_order(said: Iterable[Said]) -> tuple[Said, ...]:
    """Each claim once, oldest first; ties go by when we saw it, then by id, so that arrival cannot matter."""
    return tuple(sorted({s.id: s for s in said}.values(), key=lambda s: (s.said_at, s.seen_at, s.id)))


def newest(heard: Sequence[Said]) -> Said:
    """The latest that is not withdrawn, else the latest. Heard in order."""
    standing = [s for s in heard if not s.withdrawn]
    return (standing or list(heard))[-1]


def all_relations(latest: dict[Claimant, Said], conflict: Conflict) -> Iterable[Relation]:
    """How the standing answers stand to each other, pair by pair. What names no source is no independent answer."""
    standing = sorted((s for s in latest.values() if not s.withdrawn), key=lambda s: s.id)
    for n, a in enumerate(standing):
        for b in standing[n + 1 :]:
            found = relation(a, b, conflict=conflict)
            if found is not None:
                yield found


def answer(
    who: Claimant,
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
    state, reason = state_of(last, history, flags, deniers, relations, conflict)
    return Answer(
        claimant=who,
        latest=last,
        history=history,
        state=state,
        reason=reason,
        flags=flags,
        denied_by=tuple(d.id for d in deniers),
        origins=len({s.origin for s in heard if same_answer(s, last)}),
    )


def same_answer(a: Said, b: Said) -> bool:
    """Whether two claims give the same figure, or neither gives one."""
    if a.claim.count is None or b.claim.count is None:
        return a.claim.count is b.claim.count
    return same(a.claim.count, b.claim.count)


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
    before = earlier_figure(last, history)
    if before is not None and before.claim.count and last.claim.count:
        yield "revised_down" if size(last.claim.count) < size(before.claim.count) else "revised_up"
    if last.withdrawn:
        yield "withdrawn"
    if last.claim.attr.names_no_source:
        yield "no_source_named"
    if unsettled(last):
        yield "pending"
    yield from whose_loss(last, conflict)
    if len({s.origin for s in (last, *history) if same_answer(s, last)}) == 1:
        yield "single_origin"


def earlier_figure(last: Said, history: Sequence[Said]) -> Said | None:
    """The newest earlier claim of the same claimant with another figure (R8). `history` is newest first."""
    if last.claim.count is None:
        return None
    return next((s for s in history if s.claim.count and not same(s.claim.count, last.claim.count)), None)


def unsettled(said: Said) -> bool:
    """Whether the source itself says that this may still change (R18)."""
    return said.claim.modality == "possible" or said.claim.attr.hedge in UNSETTLED


def whose_loss(said: Said, conflict: Conflict) -> Iterable[Flag]:
    """Own losses and losses claimed for the enemy are never shown in one column (R5)."""
    claim = said.claim
    if claim.type not in ("casualties", "equipment_loss") or claim.subject is None or claim.attr.side is None:
        return
    if conflict.overlap(claim.attr.side, claim.subject):
        yield "own_loss"
    elif claim.attr.side in {p.id for p in conflict.parties} | {g.id for g in conflict.groups}:
        yield "enemy_loss"


def admits(said: Said, rivals: Sequence[Said], conflict: Conflict) -> bool:
    """R12: only a claimant's own military losses, a place that it says it lost, or a deed that others blame it for.

    Never its own civilian dead (those serve its case), never across a group (ARM does not admit for NK).
    """
    claim, side = said.claim, said.claim.attr.side
    if side is None or claim.polarity != "asserted" or claim.modality != "fact":
        return False
    match claim.type:
        case "casualties":
            some = claim.count is not None and claim.count.operator != "none"
            return claim.who == "military" and claim.subject == side and some
        case "equipment_loss":
            return claim.subject == side
        case "control":
            return claim.actor == side if claim.sub == "lost" else claim.subject == side and claim.actor != side
        case "attack":
            blamed = any(r.claim.attr.side != side and r.claim.actor == side for r in rivals)
            return claim.actor == side and claim.subject != side and blamed
        case _:
            return False


def state_of(
    last: Said,
    history: Sequence[Said],
    flags: Sequence[Flag],
    deniers: Sequence[Said],
    relations: Sequence[Relation],
    conflict: Conflict,
) -> tuple[State, str]:
    """The first state that holds, and the sentence that gives the reason."""
    against = [r for r in relations if last.id in (r.a, r.b) and r.kind == "contradicted"]
    along = [r for r in relations if last.id in (r.a, r.b) and r.kind == "compatible"]
    if last.withdrawn:
        return "withdrawn", "Its source no longer says so."
    if deniers:
        return "denied", f"Denied by {' and by '.join(dict.fromkeys(claimant_of(d, conflict).name for d in deniers))}."
    if against:
        return "contradicted", against[0].reason
    if "admitted" in flags:
        return "admitted", "The party that it hurts says so itself; read it as at least so much."
    before = earlier_figure(last, history)
    if before is not None and before.claim.count is not None:
        way = "down" if "revised_down" in flags else "up"
        return "revised", f"Revised {way}: before, it was “{in_words(before.claim.count)}”."
    if along:
        return "compatible", along[0].reason
    if "pending" in flags:
        return "pending", "The source itself says that this is not settled."
    return "single", "One claimant only."
