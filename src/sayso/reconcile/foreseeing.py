"""What one claim would change among the answers to a question: whom it contradicts, what it revises (R8, R9)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, get_args
from zoneinfo import ZoneInfo

from sayso.catalogue.articles import with_article
from sayso.model.conflict import Conflict
from sayso.model.foreseen import Foreseen, Foresight
from sayso.model.question import Key, Said
from sayso.reconcile.answers import earlier_figure, in_order, newest, same_answer
from sayso.reconcile.figures import in_words, revision
from sayso.reconcile.names import claimant_of, heard_by_mouth, place_name
from sayso.reconcile.relations import denies, holds, relation
from sayso.reconcile.sides import day_said, share
from sayso.reconcile.tally import about, belongs
from sayso.reconcile.wording import wording

#: The gravest first.
ORDER: Final = get_args(Foresight)

Told = tuple[Foresight, str, str]


def foreseen(
    said: Said, key: Key, heard: Sequence[Said], *, pointing: Sequence[Said] = (), conflict: Conflict
) -> tuple[Foreseen, ...]:
    """What a claim would change among the claims that answer the same question, the gravest first.

    `heard` are the claims that count there, without those of the claim's own statement; `pointing` are denials that may
    point at it and, where it is a denial, the claims at which it may point. What is gone from its source changes nothing.
    """
    if said.withdrawn:
        return ()
    around = in_order(heard)
    words, number = wording(key, conflict), int(said.id.rpartition(".")[2])
    told = sorted(all_told(said, key, around, in_order(pointing), conflict), key=lambda x: ORDER.index(x[0]))
    return tuple(
        Foreseen(kind=kind, sentence=text, question=key.id, wording=words, number=number, against=against)
        for kind, text, against in told
    )


def all_told(
    said: Said, key: Key, heard: Sequence[Said], pointing: Sequence[Said], conflict: Conflict
) -> Iterator[Told]:
    """Everything that would change, in no order."""
    mouth = claimant_of(said, conflict).id
    mine = [s for s in heard if claimant_of(s, conflict).id == mouth]
    last = newest(mine) if mine else None
    if last is not None and newest(in_order((*mine, said))).id != said.id:
        yield (
            "late",
            f"{name(last, conflict)} says something newer, {when(last, conflict)}: this changes nothing.",
            last.id,
        )
        return
    yield from denials(said, pointing, conflict)
    if not any(not s.withdrawn for s in heard):
        yield "new_question", f"A new question: {wording(key, conflict)}", ""
    yield from against_rivals(said, [s for s in heard if s not in mine], conflict)
    yield from against_own(said, mine, last, conflict)
    if belongs(said, conflict) and not any(about(s, conflict) == about(said, conflict) for s in mine):
        yield "tally", f"The tally gets a row: {name(said, conflict)}.", ""
    if key.type == "control" and key.place is not None and key.measure == "holds":
        yield from new_holder(said, key.place, heard, conflict)


def denials(said: Said, pointing: Sequence[Said], conflict: Conflict) -> Iterator[Told]:
    """Who denied it, and what it denies: the newest, and how many others."""
    standing = [s for s in reversed(pointing) if not s.withdrawn]
    deniers = [d for d in standing if denies(d, said, conflict=conflict)]
    denied = [s for s in standing if denies(said, s, conflict=conflict)]
    if deniers:
        sentence = f"{name(deniers[0], conflict)} denied it, {when(deniers[0], conflict)}{others(deniers)}."
        yield "denied", sentence, deniers[0].id
    if denied:
        sentence = f"Denies what {name(denied[0], conflict)} said, {when(denied[0], conflict)}{others(denied)}."
        yield "denies", sentence, denied[0].id


def against_rivals(said: Said, rivals: Sequence[Said], conflict: Conflict) -> Iterator[Told]:
    """The latest answer of another claimant that cannot be so beside it (R9): the newest, and how many others."""
    latest = in_order(newest(theirs) for theirs in heard_by_mouth(rivals, conflict).values())
    found = [
        (s, r)
        for s in reversed(latest)
        if not s.withdrawn and (r := relation(said, s, conflict=conflict)) is not None and r.kind == "contradicted"
    ]
    if found:
        rival, why = found[0]
        who = f"{name(rival, conflict)}, {when(rival, conflict)}{others(found)}"
        yield "contradicts", f"Contradicts {who}. {why.reason}", rival.id


def against_own(said: Said, mine: Sequence[Said], last: Said | None, conflict: Conflict) -> Iterator[Told]:
    """How it stands to the figure that its claimant gave before (R8)."""
    if last is None or said.claim.count is None:
        return
    if same_answer(last, said) and not last.withdrawn:
        yield "same", f"{name(last, conflict)} said the same, {when(last, conflict)}.", last.id
        return
    before = earlier_figure(said, tuple(reversed(mine)))
    if before is None or before.claim.count is None:
        return
    way = revision(before.claim.count, said.claim.count)
    figures = f"{in_words(before.claim.count)} → {in_words(said.claim.count)}"
    figures += f", said {when(before, conflict)} ({name(before, conflict)})."
    if way == "down":
        yield "lower", f"Lower than the figure before: {figures}", before.id
    elif way == "up":
        yield "higher", f"Higher than the figure before: {figures}", before.id


def new_holder(said: Said, place: str, heard: Sequence[Said], conflict: Conflict) -> Iterator[Told]:
    """Whether it says that a place has another holder than the newest claim about it said, or is the first to tell that
    it was taken."""
    holder = holds(said.claim)[0]
    if holder is None or said.claim.polarity != "asserted":
        return
    held = [(h, s) for s in heard if not s.withdrawn and (h := holds(s.claim)[0]) is not None]
    if not held:
        if said.claim.sub in ("taken", "lost"):
            yield (
                "place",
                f"{place_name(place, conflict)} changes hands: {with_article(conflict.name(holder))} is said to hold it.",
                "",
            )
        return
    before, by = held[-1]
    if not share(holder, before, conflict, day_said(said, conflict)):
        now = f"{with_article(conflict.name(holder))} is said to hold it"
        then = f"{name(by, conflict)} said that {with_article(conflict.name(before))} does, {when(by, conflict)}"
        yield "place", f"{place_name(place, conflict)} changes hands: {now}; {then}.", by.id


def name(said: Said, conflict: Conflict) -> str:
    """Whoever makes a claim."""
    return claimant_of(said, conflict).name


def when(said: Said, conflict: Conflict) -> str:
    """When it was said, in the coverage's zone: "6 May 18:00"."""
    return clock_words(said.said_at, conflict)


def clock_words(at: datetime, conflict: Conflict) -> str:
    """A time in the coverage's zone: "6 May 18:00"."""
    local = at.astimezone(ZoneInfo(conflict.zone))
    return f"{local.day} {local:%b %H:%M}"


def others(found: Sequence[object]) -> str:
    """How many more than the one that is named."""
    more = len(found) - 1
    return f" (and {more} other{'s' if more > 1 else ''})" if more else ""
