"""What of a language model's proposals the text itself bears out; all else is dropped, with the reason.

A proposal only points: at words, a figure, a speaker, sides. The claim is then made of what stands in the text and in
the coverage, by the same grammar of numbers, hedges, quotations and sources as every other claim, so that no word and
no number of the model's own can reach it. Whoever writes the text may try to instruct the model: it gains nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sayso.model.claim import BY_MODEL, Claim, Span, Target
from sayso.model.vocabulary import Who
from sayso.read.drafts import Draft, hypothetical, is_negated, modality_of
from sayso.read.merging import claim_of
from sayso.read.models.proposals import Answered, Figure, Proposal
from sayso.read.models.vouching import Vouched, found_in, vouched
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Np
from sayso.read.text.numbers import Num, hidden_in
from sayso.read.voices.quotations import quotations

RULE: Final = f"{BY_MODEL}proposed"

# Why a proposal is dropped, beside the reasons in `proposals` and `vouching`.
NO_QUOTE: Final = "the words quoted are not in the text"
NO_FIGURE: Final = "the figure is not in the words quoted"
OTHER_COUNT: Final = "the figure counts something else"
TOO_SURE: Final = "it says more than the words quoted"
DENIED: Final = "it is what a denial denies"
NO_SIDE: Final = "a side is not one of the coverage, or not named"
NO_PLACE: Final = "a place is not in the text"
NO_DATE: Final = "a date is not in the text"
ALREADY: Final = "already read"

COUNT_PEOPLE: Final = ("casualties", "captured", "displacement")
COUNT_THINGS: Final = ("equipment_loss", "destruction", "control")
EVERYONE: Final = "BOTH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounded:
    """The claims that hold, in text order, and for each proposal that was dropped the reason."""

    claims: tuple[Claim, ...] = ()
    dropped: tuple[str, ...] = ()


def grounded(scene: Scene, answer: Answered, read: Sequence[Claim]) -> Grounded:
    """What holds of the proposals about one sentence. `read` are the claims that the rules read in it: a proposal that
    says no more than one of them is dropped as well."""
    quotes = quotations(scene.text, [(scene.start, scene.end)])
    kept: list[Claim] = []
    dropped = list(answer.dropped)
    for proposal in answer.proposals:
        made = drafted(scene, proposal, read)
        if isinstance(made, str):
            dropped.append(made)
            continue
        claim = replace(claim_of(scene, made, {}, quotes), why=WHY)
        if any(same(claim, c) for c in (*read, *kept)):
            dropped.append(ALREADY)
        else:
            kept.append(claim)
    return Grounded(claims=tuple(sorted(kept, key=lambda c: c.span)), dropped=tuple(dropped))


WHY: Final = (
    "A language model proposed it; no rule read it. Checked: its words stand in the text, with the figure as said; "
    "the speaker, sides and places are named there or by the coverage. Not checked: that it is what the words mean."
)


def drafted(scene: Scene, proposal: Proposal, read: Sequence[Claim]) -> Draft | str:
    """A draft of the claim, made of the text's own words; else why the proposal is dropped."""
    at = quoted(scene, proposal.evidence)
    if at is None:
        return NO_QUOTE
    if proposal.type != "denial" and denied(scene, at, read):
        return DENIED
    if too_sure(scene, proposal, at):
        return TOO_SURE
    figure = figure_in(scene, proposal, at)
    if isinstance(figure, str):
        return figure
    voice = vouched(scene, proposal.attr, at)
    if isinstance(voice, str):
        return voice
    if not sides_hold(scene, proposal, voice):
        return NO_SIDE
    places = places_in(scene, proposal.places)
    target = target_of(scene, proposal)
    if places is None or isinstance(target, str):
        return NO_PLACE
    if not dates_hold(scene, proposal):
        return NO_DATE
    made = Draft(
        proposal.type, proposal.sub, RULE, at.start, [at], actor=proposal.actor, subject=proposal.subject,
        who=who_of(scene, proposal, at), places=places, first=proposal.start, last=proposal.end,
        polarity="negated" if proposal.type == "denial" else proposal.polarity, modality=proposal.modality,
        target=target, attr=voice.attr, hedge=proposal.attr.hedge or hedge_over(scene, at),
    )  # fmt: skip
    return counted(scene, made, figure)


def quoted(scene: Scene, words: str) -> Span | None:
    """Where the words stand in the sentence, letter for letter and whole; None where they do not."""
    if not any(c.isalpha() for c in words) or hidden_in(words):
        return None
    return found_in(scene.text, words, Span(scene.start, scene.end))


def denied(scene: Scene, at: Span, read: Sequence[Claim]) -> bool:
    """Whether the clause of the quoted words holds a denial: one that the rules read, or a verb of denying. Nothing in
    it is then taken for told."""
    start, end = scene.clause(at.start)
    return any(c.type == "denial" and overlap(c.span, Span(start, end)) for c in read) or any(
        f.has("deny") and start <= f.vg.start < end for f in scene.frames
    )


def overlap(a: Span, b: Span) -> bool:
    """Whether two spans share a letter."""
    return a.start < b.end and b.start < a.end


# -- no more certain than the text ----------------------------------------------------------------------------


def too_sure(scene: Scene, proposal: Proposal, at: Span) -> bool:
    """Whether a clause of the quoted words is negated, planned, possible or conditional and the proposal does not say
    so. The whole clause counts: a quotation that leaves "may have" out does not make it a fact."""
    for frame in frames_over(scene, at):
        none = proposal.qty is not None and proposal.qty.cmp == "none"
        if is_negated(frame) and proposal.polarity == "asserted" and not none:
            return True
        if proposal.modality == "fact" and (modality_of(frame) != "fact" or hypothetical(scene, frame)):
            return True
    return False


def frames_over(scene: Scene, at: Span) -> Iterator[Frame]:
    """The frames that share words with a span."""
    return (f for f in scene.frames if overlap(Span(*f.span), at))


def hedge_over(scene: Scene, at: Span) -> str | None:
    """The hedge of a clause that shares words with a span."""
    return next((cls for a, b, cls in scene.hedges if a < at.end and at.start < b), None)


# -- figures --------------------------------------------------------------------------------------------------


def figure_in(scene: Scene, proposal: Proposal, at: Span) -> tuple[Num, Np] | str | None:
    """The number group of the text that a proposal's figure is, with what it counts; None where it has none, else why
    it does not hold. The operator must be the text's ("at least" is neither lost nor cut off), and so must the number.
    """
    if proposal.qty is None:
        return None
    for np in scene.nps():
        for part in np.chain():
            num = part.num
            if num is not None and at.covers(Span(num.start, num.end)) and says(num, proposal.qty):
                return (num, part) if counts(part, proposal.type) else OTHER_COUNT
    return NO_FIGURE


def says(num: Num, figure: Figure) -> bool:
    """Whether a figure is the number group as said."""
    if num.op != figure.cmp:
        return False
    if num.op == "range":
        return (num.low, num.high) == (figure.low, figure.high)
    return num.n is None or num.op == "none" or num.n == figure.n


def counts(np: Np, type_: str) -> bool:
    """Whether what a number group counts fits the type of the claim, as far as the word behind the number is known."""
    behind = next((c for c in np.cells if np.num is not None and c.start >= np.num.end), None)
    if behind is not None and not behind.lex and behind.name is None:
        return True
    if np.lexeme("victim") or np.lexeme("toll") or np.alone or np.people:
        return type_ not in COUNT_THINGS
    return np.lexeme("noun") is None or type_ not in COUNT_PEOPLE


def counted(scene: Scene, made: Draft, figure: tuple[Num, Np] | None) -> Draft:
    """The draft with its figure; scope and start of the count are the text's, whatever was proposed."""
    if figure is None:
        return made
    made.num, np = figure
    made.unit = next((x.unit for c in reversed(np.cells) for x in c.lex.get("noun", ()) if x.unit), None)
    since = next((g.when.first for g in scene.groups if g.when is not None and g.when.kind == "since"), None)
    if np.incr:
        made.scope = "increment"
    elif since is not None and made.type in COUNT_PEOPLE:
        made.scope, made.since = "cumulative", since
    return made


def who_of(scene: Scene, proposal: Proposal, at: Span) -> Who | None:
    """Whom it is about where the quoted words say so themselves; else unknown, where that is asked at all."""
    if proposal.type not in COUNT_PEOPLE:
        return None
    parts = (p for np in scene.nps() if np.start < at.end and at.start < np.end for p in np.chain())
    said = {x.who for p in parts for c in p.cells for xs in c.lex.values() for x in xs if x.who}
    if proposal.who == "both":
        return "both" if {"military", "civilian"} <= said or "both" in said else "unknown"
    return proposal.who if proposal.who in said else "unknown"


# -- sides, places, dates -------------------------------------------------------------------------------------


def sides_hold(scene: Scene, proposal: Proposal, voice: Vouched) -> bool:
    """Whether every side that a proposal names is one of the coverage and is named by the entry so far, as a party, by
    a body, a person or a place; or is the speaker's own or the one that faces it."""
    target = proposal.target
    asked = {proposal.actor, proposal.subject, *((target.actor, target.subject) if target else ())} - {None}
    named = sides_named(scene)
    speaker = voice.attr.side if voice.attr else scene.speaking_memory()
    named |= {s for s in (speaker, scene.directory.opposite(speaker, tuple(scene.memory.parties))) if s}
    return all(side_holds(scene, side, named) for side in asked if side is not None)


def side_holds(scene: Scene, side: str, named: set[str]) -> bool:
    """Whether one side is named; all sides together are where two that face each other are, or "both" is said."""
    if side in (EVERYONE, scene.directory.all_id):
        camps = {scene.directory.camp(s) for s in named if scene.directory.is_party(s)}
        return len(camps) > 1 or any(n.lexeme("both") for n in scene.nps())
    return side in scene.directory.conflict.names and any(scene.directory.overlap(side, s) for s in named)


def sides_named(scene: Scene) -> set[str]:
    """The sides that the entry has named up to this sentence."""
    found = {*scene.memory.parties, scene.memory.place_side, scene.memory.subject}
    for np in scene.nps():
        for part in np.chain():
            found |= {scene.named_party(part), scene.place_side(part)}
    return {s for s in found if s}


def places_in(scene: Scene, places: Sequence[str]) -> tuple[str, ...] | None:
    """The places as the sentence writes them; None where one of them does not stand there."""
    out: list[str] = []
    for place in places:
        spans = [found_in(scene.text, name, Span(scene.start, scene.end)) for name in place.split("|")]
        if any(s is None for s in spans):
            return None
        out.append("|".join(scene.text[s.start : s.end] for s in spans if s is not None))
    return tuple(dict.fromkeys(out))


def target_of(scene: Scene, proposal: Proposal) -> Target | str | None:
    """What a denial denies; NO_PLACE where a place of it is not in the text, None for any other claim."""
    target = proposal.target
    if target is None or proposal.type != "denial":
        return None
    places = places_in(scene, target.places)
    if places is None:
        return NO_PLACE
    return Target(type=target.type, sub=target.sub, actor=target.actor, subject=target.subject, places=places)


def dates_hold(scene: Scene, proposal: Proposal) -> bool:
    """Whether the dates are those that the sentence says, as the reader resolves them."""
    whens = [g.when for g in scene.groups if g.when is not None]
    whens += [w for f in scene.frames for w in f.times]
    said = {d for w in whens for d in (w.first, w.last, w.future) if d}
    return all(d in said for d in (proposal.start, proposal.end) if d)


# -- doubles --------------------------------------------------------------------------------------------------


def same(a: Claim, b: Claim) -> bool:
    """Whether a proposed claim says no more than one that is there: the same type at the same words, with the same
    figure or with none."""
    if (a.type, a.sub) != (b.type, b.sub) or not overlap(a.span, b.span):
        return False
    if a.count is None or b.count is None:
        return a.count is None
    return (a.count.operator, a.count.n, a.count.low, a.count.high) == (
        b.count.operator, b.count.n, b.count.low, b.count.high,
    )  # fmt: skip
