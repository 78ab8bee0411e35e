"""Drafts of a sentence merged into claims: attributed, hedged, freed of doubles, in text order with parts after wholes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from sayso.model.claim import Attribution, Claim, Count, Span
from sayso.read.drafts import Draft, camp_of, facing
from sayso.read.scene import OUTLET, Scene
from sayso.read.text.features import flags
from sayso.read.text.groups import Np
from sayso.read.text.numbers import Num
from sayso.read.wording import says_something, words

#: Deeds that the outlet reports itself, even where someone in the sentence speaks of something else.
WEAKER: Final = {
    ("attack", "other"),
    ("attack", "shelling"),
    ("accusation", "other"),
    ("diplomacy", "appeal"),
    ("diplomacy", "statement"),
}


def claims_of(scene: Scene, drafts: Sequence[Draft], quotes: Sequence[tuple[int, int]]) -> tuple[Claim, ...]:
    """The claims of a sentence."""
    if not drafts:
        return ()
    told = [d for d in each_for_all(scene, drafts) if says_something(scene, d)]
    kept = sorted(distinct(told), key=lambda d: (d.at, d.type))
    order = {id(d): i for i, d in enumerate(kept)}
    return tuple(claim_of(scene, d, order, quotes) for d in kept)


#: Drafts of one thing that several say, each for itself.
APART: Final = ("mirrored", ".beside")
TOGETHER: Final = frozenset(("together", "jointly", "joint", "combined"))
IS_TOGETHER: Final = flags(*(f"~{w}" for w in sorted(TOGETHER)))


def each_for_all(scene: Scene, drafts: Iterable[Draft]) -> list[Draft]:
    """Drafts, with what all sides say each for itself ("Both staffs reported a quiet night") as one draft a side."""
    out: list[Draft] = []
    joint = issued_jointly(scene)
    for made in one_for_each(scene, drafts, joint=joint):
        attr = made.attr or scene.speaker(made.at)
        if (
            attr is None
            or attr.side != scene.directory.all_id
            or joint
            or (attr.inferred and attr.span is None)  # what goes on from a paper of both
            or made.type in ("not_reported", "truce")
        ):
            out.append(made)
            continue
        for side in facing(scene):
            own = side if made.type == "control" and made.actor == scene.directory.all_id else made.actor
            org = next(
                (b.name for b in scene.directory.conflict.bodies if b.side == side and b.kind == attr.kind), None
            )
            out.append(
                replace(
                    made,
                    attr=replace(attr, side=side, org=org or attr.org),
                    actor=own,
                    rule=f"{made.rule}.mirrored",
                    spans=list(made.spans),
                )
            )
    return out


def issued_jointly(scene: Scene) -> bool:
    """Whether several sources speak as one: "in a joint statement", "said together"."""
    cells = (c for g in scene.groups for p in (g.chain() if isinstance(g, Np) else [g]) for c in p.cells if not c.name)
    return any(not TOGETHER.isdisjoint(c.low.split()) for c in cells) if scene.flags & IS_TOGETHER else False


def one_for_each(scene: Scene, drafts: Iterable[Draft], *, joint: bool) -> Iterator[Draft]:
    """Drafts, each once for every source that says it beside others; what they issue jointly stays one, of their group."""
    made_of: dict[tuple[int, int], Draft] = {}
    for made in drafts:
        voice = scene.voice(made.at) if made.attr is None else None
        others = voice.also if voice is not None else ()
        if voice is not None and others and joint:
            made.attr = replace(voice.attr, side=group_of(scene, [voice.attr, *others]))
        own = bool(others) and not joint and of_themselves(scene, made)
        if own and voice is not None:
            made.actor = voice.attr.side
        yield made
        for i, attr in enumerate(others if not joint else ()):
            whole = made_of.get((id(made.part_of), i), made.part_of)
            made_of[id(made), i] = again = replace(
                made, attr=attr, rule=f"{made.rule}.beside", spans=list(made.spans), part_of=whole
            )
            again.actor = attr.side if own else made.actor
            yield again


def of_themselves(scene: Scene, made: Draft) -> bool:
    """Whether sources that speak side by side tell of what each holds itself ("both said that they held the town")."""
    inside = (n for n in scene.nps() if made.start <= n.start < made.end or made.start - 8 <= n.start < made.start)
    shared = made.actor == scene.directory.all_id  # "each claimed to hold the town"
    return made.type == "control" and (shared or any(n.cells[0].low in ("they", "their") for n in inside))


def group_of(scene: Scene, sources: Sequence[Attribution]) -> str | None:
    """The side of a paper that several sources issue: theirs, else the group that holds them."""
    sides = list(dict.fromkeys(a.side for a in sources if a.side is not None))
    if len(sides) < 2:
        return sides[0] if sides else None
    return camp_of(scene, sides) or (
        scene.directory.all_id if all(scene.directory.is_party(s) for s in sides) else sides[0]
    )


def distinct(drafts: list[Draft]) -> list[Draft]:
    """Drafts without doubles, without what a denial denies, and with each number in one claim."""
    out: list[Draft] = []
    denied = [d for d in drafts if d.type == "denial"]
    mutual = [d for d in drafts if d.rule.endswith("mirrored")]
    for made in sorted(drafts, key=lambda d: (d.part_of is not None, d.at)):
        if swallowed(made, denied, mutual) or any(same(made, d) for d in out):
            continue
        if made.part_of is not None and not any(d is made.part_of for d in out):
            made.part_of = next((d for d in out if same(made.part_of, d)), None)
        out.append(made)
    if any(d.type == "not_reported" and d.sub != "other" for d in out):
        out = [d for d in out if not (d.type == "not_reported" and d.sub == "other")]
    return out


def swallowed(made: Draft, denied: Sequence[Draft], mutual: Sequence[Draft]) -> bool:
    """Whether a draft is only what a denial denies or a mutual accusation says, and no claim of its own."""
    for denial in denied:
        if made.given and denial.sub != "calls_fake":
            continue
        target = denial.target
        if denial.content is not None and not denial.content[0] <= made.at < denial.content[1]:
            continue  # what is only pointed back at, or said instead, is a claim of its own
        if (
            made is denial
            or made.type == "denial"
            or target is None
            or (made.type in ("denial", "control") and made.type != target.type)
        ):
            continue
        if (made.start < denial.start and made.type != target.type) or made.modality == "possible":
            continue
        if made.type == target.type or (
            made.type in ("attack", "movement", "casualties", "accusation", "diplomacy") and made.at > denial.at
        ):
            return True
    return any(
        made is not m and not made.rule.endswith("mirrored")
        and made.type in ("attack", "accusation", "truce", "casualties", "equipment_loss")
        and m.start <= made.at < m.end and (m.type in (made.type, "accusation"))
        for m in mutual
    )  # fmt: skip


def same(a: Draft, b: Draft) -> bool:
    """Whether two drafts are one claim."""
    if a.type != b.type or a.part_of is not b.part_of or (not one_source(a, b) and a.rule.endswith(APART)):
        return False
    if (
        a.num is not None
        and b.num is not None
        and a.num.start == b.num.start
        and a.num.bare
        and b.num.bare
        and a.sub == b.sub
    ):
        return True
    if (
        (a.num is None) != (b.num is None)
        and a.type in ("control", "casualties", "destruction")
        and a.places != b.places
    ):
        return False
    if a.num is not None and b.num is not None and a.num.start != b.num.start:
        return False
    actors = a.actor == b.actor and a.subject == b.subject
    if a.type in (
        "attack",
        "movement",
        "diplomacy",
        "truce",
        "denial",
        "accusation",
        "not_reported",
        "corridor",
        "other",
    ):
        return (
            a.sub == b.sub
            and actors
            and one_source(a, b)
            and (set(a.places) == set(b.places) or not a.places or not b.places)
        )
    return a.sub == b.sub and actors and a.at == b.at


def one_source(a: Draft, b: Draft) -> bool:
    """Whether two drafts are of one source, by whatever word each names it."""
    if a.attr is None or b.attr is None:
        return a.attr is b.attr
    return (a.attr.kind, a.attr.side, a.attr.speaker) == (b.attr.kind, b.attr.side, b.attr.speaker)


def claim_of(scene: Scene, made: Draft, order: dict[int, int], quotes: Sequence[tuple[int, int]]) -> Claim:
    """The finished claim of a draft."""
    attr = attributed(scene, made, quotes)
    evidence = tuple(sorted(set(clip(s, scene) for s in made.spans)))
    part = order.get(id(made.part_of)) if made.part_of is not None else None
    span = words(scene, made) if evidence else Span(scene.start, scene.end)
    count = count_of(scene, made)
    modality = made.modality
    if attr.hedge == "possible" and modality == "fact":
        modality = "possible"
    return Claim(
        type=made.type, sub=made.sub, attr=attr, span=span, rule=made.rule, why=why(scene, made, attr),
        actor=made.actor, subject=made.subject, who=made.who, count=count, part_of=part, places=made.places,
        start=made.first, end=made.last or made.first, dated=made.basis if made.first else None, carried=made.carried,
        polarity=made.polarity, modality=modality, target=made.target,
        evidence=evidence,
    )  # fmt: skip


def clip(span: Span, scene: Scene) -> Span:
    """The part of a span that lies in the sentence."""
    return Span(max(span.start, scene.start), min(span.end, scene.end))


def attributed(scene: Scene, made: Draft, quotes: Sequence[tuple[int, int]]) -> Attribution:
    """Who says a draft: its own source, else that of the words it stands in, with hedge and form of quotation."""
    attr = own_source(scene, made) or scene.speaker(made.at) or outlet_or_unknown(scene, made.at)
    clause = scene.hedge_at(made.at)
    hedge: str | None
    if attr.kind == "outlet":
        hedge = None if made.type == "not_reported" else clause
        return replace(attr, quote="none", hedge=hedge) if attr.hedge != hedge or attr.quote != "none" else attr  # type: ignore[arg-type]
    hedge = attr.hedge or made.hedge or clause
    if made.modality == "possible" and hedge is None and attr.kind in ("official", "unknown"):
        hedge = "possible"
    if hedge == "estimate" and attr.kind != "expert" and made.num is None:
        hedge = None
    quote = quotation(made, quotes, scene)
    return replace(attr, hedge=hedge, quote=quote) if attr.hedge != hedge or attr.quote != quote else attr  # type: ignore[arg-type]


def own_source(scene: Scene, made: Draft) -> Attribution | None:
    """The source that a rule gave its draft; where a source of the same side is named for these very words, that one,
    which says more: "Verst supports it, its foreign minister said"."""
    attr = made.attr
    if attr is None or attr.kind == "outlet" or made.rule.endswith(APART):
        return attr
    owner = scene.memory.owner
    if owner is not None and attr.kind == "government" and attr.side == owner.side and attr.speaker is None:
        return replace(owner, cue=attr.cue, cue_span=attr.cue_span, inferred=True)
    named = next((v for v in scene.voices if v.start <= made.at < v.end and not v.carried), None)
    if named is not None and scene.clause(named.at) != scene.clause(made.at):
        return attr
    if named is None or named.attr.side != attr.side or named.attr.inferred or attr.side is None:
        return attr
    return replace(named.attr, cue=attr.cue, cue_span=attr.cue_span) if attr.cue else named.attr


def outlet_or_unknown(scene: Scene, at: int) -> Attribution:
    """The outlet's own voice, or the channel owner's; where "reportedly" names nobody, an unknown source."""
    if scene.hedge_at(at) == "reportedly":
        return Attribution(kind="unknown", hedge="reportedly")
    if scene.memory.owner is not None:  # a body's own channel has no other voice than its owner's
        return replace(scene.memory.owner, inferred=True)
    return OUTLET


def quotation(made: Draft, quotes: Sequence[tuple[int, int]], scene: Scene) -> str:
    """direct, mixed or indirect, by how much of the claim stands in quotation marks."""
    start, end = max(made.start, scene.start), min(made.end, scene.end)
    if (scene.memory.owner is not None or scene.memory.own_words) and not quotes:
        return "direct"
    inside = sum(max(0, min(end, b) - max(start, a)) for a, b in quotes)
    if any(a <= start and made.at < b and inside >= 0.8 * (end - start) for a, b in quotes):
        return "direct"
    near = any(b > scene.start and a < scene.end for a, b in quotes) and inside > 0
    return "mixed" if near else "indirect"


def count_of(scene: Scene, made: Draft) -> Count | None:
    """The count of a draft."""
    num: Num | None = made.num
    if num is None or (made.type in ("not_reported", "denial", "diplomacy") and not num.bare):
        return None
    span = Span(num.start, num.end)
    said = scene.text[num.start : num.end] if num.bare or num.op == "none" else None
    scope = made.scope if made.part_of is None or made.scope == "period" else None
    return Count(
        operator=num.op, n=num.n, low=num.low, high=num.high, unit=made.unit if num.op != "none" else None,
        scope=scope, since=made.since, words=said, span=clip(span, scene),  # type: ignore[arg-type]
    )  # fmt: skip


CARRIED: Final = {"places": "where", "dates": "when"}


def why(scene: Scene, made: Draft, attr: Attribution) -> str:
    """One sentence: which words made it this claim, and how the source was found."""
    seen = " ".join(scene.text[made.start : made.end].split())[:120]
    if attr.kind == "outlet":
        source = "no source is named"
    elif attr.inferred:
        source = "the source is carried over from before"
    else:
        source = f"the source is named{f' by “{attr.cue}”' if attr.cue else ''}"
    carried = " and ".join(CARRIED[field] for field in made.carried)
    told = f"; {carried} is of the event told before" if carried else ""
    whose = f"; whose it is: {made.ground}" if made.ground and made.subject is not None else ""
    return f"“{seen}” reads as {made.type}.{made.sub}; {source}{whose}{told}."
