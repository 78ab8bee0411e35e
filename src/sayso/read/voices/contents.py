"""What a source says: the words of its content, behind or before the phrase that hands over to them."""

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from sayso.read.scene import Scene
from sayso.read.text.groups import Group, Np, Vg
from sayso.read.voices.phrases import Phrase, Range, minded, opens, past
from sayso.read.voices.stretches import is_addressee
from sayso.read.voices.unvoiced import WORD, titled

#: Classes of verbs whose content can be a thing: "mocked the plan".
JUDGING: Final = ("judge", "deny", "call", "accuse", "urge", "condemn")
#: Verbs of saying whose first object is the one who is told.
TOLD: Final = frozenset(
    ("tell", "inform", "assure", "remind", "warn", "ask", "urge", "brief", "notify", "advise", "convince", "persuade")
)
#: Verbs of saying that with a thing behind them are deeds or thoughts of it: "maintains a program", "writes letters".
WORDY: Final = frozenset(("maintain", "write", "preach", "think", "answer", "respond", "reason", "reply", "insist"))
#: Verbs that with an infinitive say nothing: "proved to be", "reasons to go".
PROVING: Final = frozenset(("prove", "reason", "note", "state", "explain", "plan", "planned"))
#: First words of a noun group on which a clause without a pronoun hangs: "everything she says is a lie".
ANYTHING: Final = frozenset(("everything", "anything", "nothing", "whatever", "what", "how", "all"))
#: Words for a thing of which nothing is told: "says something about us".
VAGUE: Final = frozenset(
    ("something", "nothing", "anything", "much", "little", "volumes", "lots", "enough", "plenty", "things")
)
#: Words that make the clause before a phrase a circumstance: "when the aid ended, Ann Roe said".
TIMING: Final = frozenset(
    ("when", "if", "after", "as", "while", "because", "although", "though", "since", "once", "until")
)
#: Verbs of the judging classes that with a thing or person behind them are deeds.
DEEDS: Final = frozenset(("invite", "summon", "expel", "recall", "press", "dismiss", "reject", "challenge"))
ASKING: Final = frozenset(("if", "whether", "how", "what", "why", "where", "who", "when", "how many"))
LOOSE: Final = ("adv", "time")
#: What hands over to words said, whatever they are.
STRONG: Final = ("that", "rel", "quote")


def contents(
    scene: Scene, p: Phrase, phrases: Sequence[Phrase], quotes: Sequence[Range], a: int, b: int
) -> list[Range]:
    """The stretches that a phrase hands over to."""
    groups = scene.groups
    after = after_start(scene, p, b)
    kind = groups[after].kind if after is not None else ""
    if after is not None and kind == "quote" and (last := addressed(scene, p, quotes, after)) != p.last:
        p.last = last
        after = after_start(scene, p, b)
        kind = groups[after].kind if after is not None else ""
    if kind in ("quote", "conj", "np") and asked_of(groups, p):
        return []
    strong = after is not None and kind in STRONG
    quoting = p.frame.vg.say is not None or p.frame.has("urge")
    behind = quoting and p.frame.vg.feat != "ing" and not p.frame.relative
    if behind and (fronted := in_front(scene, p, phrases, quotes, a, b, after)) is not None:
        return fronted
    if strong and after is not None:
        return [forward(scene, p, phrases, quotes, after, b)]
    if parenthetical(groups, p, a, b) and after is not None:
        return [backward(scene, p, phrases, quotes, a), forward(scene, p, phrases, quotes, after, b)]
    aside = p.told and not p.inverted and p.last + 1 < b and groups[p.last + 1].kind == "comma"
    if (after is None or aside) and p.first == a and quoting and (p.told or after is None):
        p.open = True
        return []
    if p.frame.vg.inf or (p.frame.vg.say is not None and not p.told) or (after is not None and mere(scene, p, after)):
        return []
    if (
        after is not None
        and clause_at(groups, after, b, strict=p.lemma in (*WORDY, "tell") or not (p.told or p.frame.has(*JUDGING)))
        and (p.told or minded(p))
    ):
        return [forward(scene, p, phrases, quotes, after, b)]
    set_off = behind and p.first > a and groups[p.first - 1].kind in ("comma", "quote", "dash", "close")
    if p.told and set_off and not circumstance(groups, a, p.first):
        made = backward(scene, p, phrases, quotes, a)
        if not made[0] <= p.np.start < made[1] and says_something(scene, made, quotes):
            return [made]
    if after is not None and minded(p) and kind not in ("prep", "conj") and of_things(p):
        return [forward(scene, p, phrases, quotes, after, b)]
    return []


def in_front(  # noqa: PLR0913, PLR0917 - a phrase in its sentence
    scene: Scene, p: Phrase, phrases: Sequence[Phrase], quotes: Sequence[Range], a: int, b: int, after: int | None
) -> list[Range] | None:
    """The stretches of a phrase behind a quotation or with its verb first, None where what is said stands behind it."""
    groups = scene.groups
    if p.first <= a or not (quoted_before(scene, p, a) or (p.inverted and p.told)):
        return None
    made = backward(scene, p, phrases, quotes, a)
    kind = groups[after].kind if after is not None else ""
    work = next((r for r in quotes if made[0] < r[0] and r[1] == groups[closing(groups, p)].end), None)
    if work is not None and kind == "np" and titled(WORD.findall(scene.text[slice(*work)])):
        return None
    fronted = any(r[0] == made[0] for r in quotes) or p.inverted
    if not fronted and after is not None and kind != "quote" and (kind in STRONG or clause_at(groups, after, b)):
        return None
    if after is not None and kind == "quote":
        return [made, forward(scene, p, phrases, quotes, after, b)]
    return [made] if says_something(scene, made, quotes) else []


def mere(scene: Scene, p: Phrase, after: int) -> bool:
    """Whether what follows a verb is no content of it: a thing that is done, or one of which nothing is told."""
    groups, g = scene.groups, scene.groups[after]
    whole = p.np.cells[0].low in ANYTHING or (asked_of(groups, p) and groups[p.first - 1].low not in ("what", "how"))
    if whole and isinstance(g, Vg) and not g.inf:
        return True
    if p.lemma in ("invite", "summon", "expel", "ask about") or p.lemma.endswith(" letter to"):
        return True
    if g.kind == "prep" and (p.lemma in PROVING or (p.frame.vg.neg and p.lemma in WORDY)):
        return True
    if not isinstance(g, Np):
        return False
    empty = g.low in VAGUE or groups[after - 1].cells[-1].low in ANYTHING or (p.frame.vg.neg and p.lemma in WORDY)
    return empty or p.frame.has("support")


def asked_of(groups: Sequence[Group], p: Phrase) -> bool:
    """Whether a phrase is itself in a question or hangs on a noun: "what she calls", "how we judge", "people I tell"."""
    return p.first > 0 and not p.inverted and groups[p.first - 1].low in ANYTHING


def addressed(scene: Scene, p: Phrase, quotes: Sequence[Range], at: int) -> int:
    """The last group of a work or programme in quotation marks that is told something; else the phrase's own last."""
    found = next((r for r in quotes if r[0] == scene.groups[at].start), None)
    if found is None or p.lemma not in TOLD or not titled(WORD.findall(scene.text[slice(*found)])):
        return p.last
    return bisect_left(scene.groups, found[1], at, key=lambda g: g.start) - 1


def of_things(p: Phrase) -> bool:
    """Whether a verb's content can be a thing, not only a clause: "called it a trap", not "invited him"."""
    if p.told:
        return p.lemma not in TOLD and p.lemma not in WORDY
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
        if not isinstance(g, Np):
            return False
        calm = g.lexeme("attack", "calm") is not None  # "the town was quiet" is one group
        return calm or (opens(groups, at, b) and not g.head.low.endswith("ly"))
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
        if i not in heads:
            continue
        mark = i - 1
        while mark > at and groups[mark].kind == "adv":
            mark -= 1
        if (
            mark > at
            and groups[mark].kind in ("comma", "conj", "dash")
            and ends_before(scene, heads[i], groups[mark], b)
        ):
            end = mark
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
    if mark.kind == "dash":
        after = after_start(scene, q, b)
        return after is not None and scene.groups[after].kind == "quote"
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
        if found is not None and (found[0] <= groups[a].start or after_colon(groups, found, a)):
            return found
    return (groups[a].start, groups[last].end)


def circumstance(groups: Sequence[Group], a: int, first: int) -> bool:
    """Whether the words before a phrase are one clause of time or condition."""
    at = a + 1 if groups[a].low in ("and", "but") else a
    return groups[at].low in TIMING and not any(g.kind == "comma" for g in groups[at : first - 1])


def after_colon(groups: Sequence[Group], quote: Range, a: int) -> bool:
    """Whether a colon stands right before a quotation: then the words before it are not part of what was said."""
    at = bisect_left(groups, quote[0], a, key=lambda g: g.start)
    return at > a and groups[at - 1].kind == "colon"


def bare(vg: Vg) -> bool:
    """Whether a verb is a plain form alone with a capital: an order, or no verb at all ("Last month")."""
    return vg.feat == "base" and len(vg.cells) == 1 and vg.cells[0].cap


def parenthetical(groups: Sequence[Group], p: Phrase, a: int, b: int) -> bool:
    """Whether a phrase stands between commas behind a clause: "taxes would fall, the group said, compared with ..."."""
    if not p.told or p.inverted or p.frame.relative or p.frame.shared or p.first == a or p.frame.vg.feat == "ing":
        return False
    commas = groups[p.first - 1].kind == "comma" and p.last + 1 < b and groups[p.last + 1].kind == "comma"
    finite = (g for g in groups[a : p.first] if isinstance(g, Vg) and not g.inf and g.feat != "ing")
    return commas and groups[a].kind != "conj" and any(finite)


def says_something(scene: Scene, made: Range, quotes: Sequence[Range]) -> bool:
    """Whether a stretch before a phrase holds a verb or a quotation, not only a name or a time."""
    verbs = any(isinstance(g, Vg) and made[0] <= g.start < made[1] and not bare(g) for g in scene.groups)
    return verbs or any(a < made[1] and made[0] < b for a, b in quotes)


def closing(groups: Sequence[Group], p: Phrase) -> int:
    """The last group before a phrase that is no comma."""
    at = p.first - 1
    while at > 0 and groups[at].kind == "comma":
        at -= 1
    return at


def quoted_before(scene: Scene, p: Phrase, a: int) -> bool:
    """Whether a quotation closes right before a phrase."""
    at = closing(scene.groups, p)
    return at >= a and scene.groups[at].kind == "quote"
