"""What a source says: the words of its content, behind or before the phrase that hands over to them."""

import itertools
from collections.abc import Sequence
from typing import Final

from sayso.read.scene import Scene
from sayso.read.text.groups import Group, Np, Vg
from sayso.read.voices.phrases import Phrase, Range, minded, opens, past
from sayso.read.voices.stretches import is_addressee

#: Classes of verbs whose content can be a thing: "mocked the plan".
JUDGING: Final = ("judge", "deny", "call", "accuse", "urge", "condemn")
#: Verbs of saying whose first object is the one who is told.
TOLD: Final = frozenset(
    ("tell", "inform", "assure", "remind", "warn", "ask", "urge", "brief", "notify", "advise", "convince", "persuade")
)
#: Verbs of the judging classes that with a thing or person behind them are deeds.
DEEDS: Final = frozenset(("invite", "summon", "expel", "recall", "press", "dismiss", "reject"))
ASKING: Final = frozenset(("if", "whether", "how", "what", "why", "where", "who", "when", "how many"))
LOOSE: Final = ("adv", "time")


def contents(
    scene: Scene, p: Phrase, phrases: Sequence[Phrase], quotes: Sequence[Range], a: int, b: int
) -> list[Range]:
    """The stretches that a phrase hands over to."""
    groups = scene.groups
    after = after_start(scene, p, b)
    kind = groups[after].kind if after is not None else ""
    strong = after is not None and kind in ("that", "rel", "quote")
    quoting = p.frame.vg.say is not None or p.frame.has("urge")
    behind = quoting and p.frame.vg.feat != "ing" and not p.frame.relative
    if behind and p.first > a and (quoted_before(scene, p, a) or (p.inverted and p.told)):
        made = backward(scene, p, phrases, quotes, a)
        fronted = any(r[0] == made[0] for r in quotes) or p.inverted
        if fronted or after is None or kind == "quote" or not (strong or clause_at(groups, after, b)):
            return (
                [made, forward(scene, p, phrases, quotes, after, b)]
                if after is not None and kind == "quote"
                else [made]
            )
    if strong and after is not None:
        return [forward(scene, p, phrases, quotes, after, b)]
    aside = p.told and not p.inverted and p.last + 1 < b and groups[p.last + 1].kind == "comma"
    if (after is None or aside) and p.first == a and quoting and (p.told or after is None):
        p.open = True
        return []
    if p.frame.vg.inf or (p.frame.vg.say is not None and not p.told):
        return []
    if (
        after is not None
        and clause_at(groups, after, b, strict=not (p.told or p.frame.has(*JUDGING)))
        and (p.told or minded(p))
    ):
        return [forward(scene, p, phrases, quotes, after, b)]
    set_off = behind and p.first > a and groups[p.first - 1].kind in ("comma", "quote", "dash", "close")
    if p.told and set_off and any(isinstance(g, Vg) for g in groups[a : p.first]):
        return [backward(scene, p, phrases, quotes, a)]
    if after is not None and minded(p) and kind not in ("prep", "conj") and of_things(p):
        return [forward(scene, p, phrases, quotes, after, b)]
    return []


def of_things(p: Phrase) -> bool:
    """Whether a verb's content can be a thing, not only a clause: "called it a trap", not "invited him"."""
    if p.told:
        return p.lemma not in TOLD
    return p.frame.has(*JUDGING) and p.lemma not in DEEDS


def clause_at(groups: Sequence[Group], at: int, b: int, *, strict: bool = False) -> bool:
    """Whether a clause begins at a group: a question word, an infinitive, a noun group with its verb (right behind it,
    where that must be certain)."""
    g = groups[at]
    if g.kind == "conj":
        return g.low in ASKING
    if isinstance(g, Vg):
        return g.inf or not strict
    if g.kind == "prep":
        return g.low == "to" and at + 1 < b and isinstance(groups[at + 1], Vg)
    if strict:
        return isinstance(g, Np) and opens(groups, at, b)
    behind = itertools.takewhile(lambda g: g.kind not in ("comma", "semi", "stop"), groups[at:b])
    return any(isinstance(g, Vg) for g in behind)


def after_start(scene: Scene, p: Phrase, b: int) -> int | None:
    """The group at which what is said begins behind a phrase, None where nothing follows."""
    groups = scene.groups
    at = past(groups, p.last + 1, b, LOOSE)
    if (
        at < b
        and isinstance(np := groups[at], Np)
        and (is_addressee(np) or p.lemma in TOLD)
        and not opens(groups, at, b)
    ):
        at += 1
    probe = at
    while probe + 1 < b:
        if groups[probe].kind in LOOSE:
            probe += 1
        elif groups[probe].kind == "prep" and isinstance(groups[probe + 1], Np):
            probe += 2
        else:
            break
    mark = past(groups, probe, b, ("comma", "colon"))
    if (
        probe < b
        and mark < b
        and groups[mark].kind in ("that", "rel", "quote")
        and (mark == probe or groups[mark].kind != "rel" or probe > at)
    ):
        return mark
    at = past(groups, at, b, ("comma", "colon", "dash", *LOOSE))
    return at if at < b and groups[at].kind != "stop" else None


def forward(scene: Scene, p: Phrase, phrases: Sequence[Phrase], quotes: Sequence[Range], at: int, b: int) -> Range:
    """The stretch from a group to the end of its clause."""
    groups = scene.groups
    if groups[at].kind == "quote":
        found = next((r for r in quotes if r[0] <= groups[at].start < r[1]), None)
        if found is not None:
            return found
    end = b
    heads = {q.first: q for q in phrases if q.first > at and q is not p}
    for i in range(at + 1, b):
        if (
            i in heads
            and i - 1 > at
            and groups[i - 1].kind in ("comma", "conj")
            and ends_before(scene, heads[i], groups[i - 1], b)
        ):
            end = i - 1
            break
    while end - 1 > at and groups[end - 1].kind in ("stop", "comma", "conj"):
        end -= 1
    last = groups[end - 1].end
    return (groups[at].start, closed(last, quotes))


def closed(end: int, quotes: Sequence[Range]) -> int:
    """An end that stands inside a quotation moved to the end of it."""
    return next((b for a, b in quotes if a < end < b), end)


def ends_before(scene: Scene, q: Phrase, mark: Group, b: int) -> bool:
    """Whether a content ends where another phrase begins: one of the same speaker, or one that stands behind its words."""
    return mark.kind == "conj" or q.frame.vg.feat == "ing" or after_start(scene, q, b) is None or q.inverted


def backward(scene: Scene, p: Phrase, phrases: Sequence[Phrase], quotes: Sequence[Range], a: int) -> Range:
    """The stretch before a phrase, from the start of its clause or of the quotation that ends there."""
    groups = scene.groups
    if groups[p.first - 1].kind == "quote" or groups[p.first - 2].kind == "quote":
        a = max([a, *(q.last + 1 for q in phrases if q.last < p.first - 2 and (q.content or q.inverted))])
        a = past(groups, a, p.first - 1, ("comma", "conj", *LOOSE))
    last = p.first - 1
    while last > a and groups[last].kind == "comma":
        last -= 1
    if groups[last].kind == "quote":
        found = next((r for r in quotes if r[0] < groups[last].end <= r[1]), None)
        if found is not None and found[0] <= groups[a].start:
            return found
    return (groups[a].start, groups[last].end)


def quoted_before(scene: Scene, p: Phrase, a: int) -> bool:
    """Whether a quotation closes right before a phrase."""
    at = p.first - 1
    while at >= a and scene.groups[at].kind == "comma":
        at -= 1
    return at >= a and scene.groups[at].kind == "quote"
