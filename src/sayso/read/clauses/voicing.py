"""Which words of a sentence are whose: cues of attribution with their sources, headline heads and tails."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from sayso.model.claim import Attribution, Via
from sayso.model.lexicon import Lexeme
from sayso.model.vocabulary import Hedge
from sayso.read.clauses.sentence import DASHES, QUOTES, Sentence, spaced
from sayso.read.clauses.sourcing import Source, carried, sources_in
from sayso.read.clauses.tagging import Word
from sayso.read.scene import Voice

#: Deeds that are done by saying something: who does them is the source of them.
SPEECH: Final = (
    "diplomacy.appeal", "diplomacy.statement", "diplomacy.offer", "diplomacy.threat", "truce.called_for", "truce.rejected",
    "corridor.surrender_offer",
)  # fmt: skip
NEAR: Final = 5  # words between "according to" and its source
CASES_OF_OTHERS: Final = frozenset(("gen", "dat", "acc", "loc", "abl", "ins"))


@dataclass(slots=True)
class Cue:
    """A word that hands over to a source: its place, its source, and on which side its content stands."""

    i: int
    source: Source | None
    attr: Attribution
    back: bool  # the content stands before it
    first: int  # where cue and source begin
    last: int  # the word after cue and source


def give_voices(s: Sentence) -> None:
    """Enter the voices of a sentence into its scene, and mark the words that name them."""
    sources = sources_in(s)
    cues = frame_cues(s, sources) or said_cues(s, sources)
    for cue in cues:
        near_by = range(cue.first, cue.last) if cue.last - cue.first <= NEAR else (cue.i,)
        s.sourced.update(k for k in near_by if speech(s.words[k]) is None)
        if cue.source is not None:
            s.sourced.update(range(cue.source.i, cue.source.j))
    s.scene.voices = extents(s, cues)


# -- headline head and tail -----------------------------------------------------------------------------------


def frame_cues(s: Sentence, sources: list[Source]) -> list[Cue]:
    """The source of "X: ..." and of "... - X"; what stands between may name sources of its own."""
    if not sources:
        return []
    first, last = sources[0], sources[-1]
    begin = next((k for k, w in enumerate(s.words) if w.word), 0)
    if first.i <= begin + 1 and first.j < len(s.words) and is_head_mark(s, first.j):
        rest = [
            c for c in said_cues(s, [x for x in sources if x is not first]) if c.source is not None and c.i > first.j
        ]
        head = Cue(
            first.j, first, with_channel(s, first.attr, first.i, first.j), back=False, first=first.i, last=first.j
        )
        return [head, *rest]
    end = len(s.words)
    while end and not s.words[end - 1].word:
        end -= 1
    dashed = last.i > 1 and s.words[last.i - 1].low in DASHES and spaced(s.words, last.i - 1)
    dashed = dashed or (last.i > 1 and s.words[last.i - 1].low == "." and bool(s.grammar.profile.stops))
    short = s.scene.kind in ("headline", "standfirst", "bullet", "post") or not any(w.has("say") for w in s.words)
    if dashed and end - last.j <= 1 and short:
        return [Cue(last.i, last, with_channel(s, last.attr, last.i, end), back=True, first=last.i - 1, last=end)]
    return []


def is_head_mark(s: Sentence, k: int) -> bool:
    """Whether a sign stands between a headline's source and its words; a full stop where it ends no sentence."""
    return s.words[k].low in (":", "՝") or (s.words[k].low == "." and bool(s.grammar.profile.stops))


# -- cues -----------------------------------------------------------------------------------------------------


def said_cues(s: Sentence, sources: list[Source]) -> list[Cue]:
    """The cues of a sentence with their sources, in order; the press beside a claimant is its relay."""
    out: list[Cue] = []
    for i, word in enumerate(s.words):
        cite, say = word.one("cite"), word.one("say") or speech(word)
        if cite is not None:
            made = cited(s, sources, i)
        elif say is not None and not unsaid(s, i):
            made = spoken(s, sources, i, out)
        else:
            continue
        if made is not None:
            out.append(made)
    return relayed(s, out)


def speech(word: Word) -> Lexeme | None:
    """The verb of a deed that is done by saying it ("urged", "condemned", "offered")."""
    act = word.one("act", *SPEECH)
    return act if act is not None and act.feat == "a" else None


def unsaid(s: Sentence, i: int) -> bool:
    """Whether a verb of saying is negated or says that nothing is said."""
    say = s.words[i].one("say")
    if say is not None and say.feat.endswith("-"):
        return True
    return any(s.words[k].one("neg", "not", "no") for k in range(max(0, i - 2), i)) or s.words[i].has("silence")


def cited(s: Sentence, sources: list[Source], i: int) -> Cue | None:
    """The source of "according to", on the side that the language or the word itself has it."""
    cite = s.words[i].one("cite")
    assert cite is not None
    side = cite.feat or s.grammar.profile.source
    if side == "after":
        found = next((x for x in sources if i < x.i <= i + NEAR and clear(s, i + 1, x.i)), None)
    else:
        found = next((x for x in reversed(sources) if x.j <= i and i - x.j <= 2 and clear(s, x.j, i)), None)
    if found is None:
        return None
    attr = with_channel(s, found.attr, min(i, found.i), max(i + 1, found.j))
    attr = replace(attr, cue=s.words[i].low, cue_span=s.span(i, i + 1))
    first, last = min(i, found.i), max(i + 1, found.j)
    return Cue(i, found, attr, back=not content_after(s, last) or trailing(s, first, last), first=first, last=last)


def clear(s: Sentence, a: int, b: int) -> bool:
    """Whether nothing but modifiers stands between a cue and its source."""
    return not any((not w.word and w.low not in QUOTES) or w.has("act", "say", "that") for w in s.words[a:b])


def trailing(s: Sentence, first: int, last: int) -> bool:
    """Whether cue and source are set off behind their content: a comma before, and the sentence or clause ends."""
    before = first > 0 and not s.words[first - 1].word and s.words[first - 1].low not in QUOTES
    ends = last >= len(s.words) or not s.words[last].word
    return before and ends and content_before(s, first)


def spoken(s: Sentence, sources: list[Source], i: int, before: list[Cue]) -> Cue | None:
    """The source of a verb of saying: beside it as the language has it, else the one that goes on speaking."""
    spoke = [c for c in before if not s.words[c.i].has("cite") and c.last <= i]
    since = spoke[-1].last if spoke else 0
    free = [x for x in sources if not any(c.source is x for c in before)]
    right = next((x for x in free if i < x.i <= i + 3 and near(s, i + 1, x.i)), None)
    left = [x for x in free if since <= x.i and x.j <= i and s.parts[x.i] == s.parts[i]]
    verb = s.grammar.profile.verb
    inverted = i > 0 and (not s.words[i - 1].word) and s.words[i - 1].low != ":"
    say = s.words[i].one("say") or speech(s.words[i])
    assert say is not None
    if say.feat == "imp":
        found = next((x for x in reversed(left) if s.words[x.j - 1].case == "abl"), None) if verb == "final" else None
        if any(s.words[k].has("cite") for k in range(i + 1, min(len(s.words), i + 3))):
            return None
    elif verb == "final":
        found = set_off(s, left, i) or subject(s, left, leftmost=True)
    elif verb == "first" or inverted:
        found = right or subject(s, left, leftmost=False)
    else:
        found = subject(s, left, leftmost=False) or right
    press, found = told_press(free, right, found)
    channelled = with_channel(s, found.attr if found else None, min(i, found.i) if found else i, i + 1)
    attr = channelled or follows_on(s, before, say.feat)
    if attr is None:
        return None
    if press is not None:
        attr = replace(attr, via=(Via(org=press.attr.org, kind="media", side=press.attr.side),))
    attr = replace(attr, cue=s.words[i].low, cue_span=s.span(i, i + 1), hedge=estimated(say.cls))
    first, last = (min(i, found.i), max(i + 1, found.j)) if found else (i, i + 1)
    if verb == "final" and found is not None and found.i < i:
        return Cue(i, found, attr, back=True, first=i, last=i + 1)
    back = (not content_after(s, last)) or (inverted and right is found and found is not None)
    return Cue(i, found, attr, back=back and content_before(s, first), first=first, last=last)


def told_press(free: list[Source], right: Source | None, found: Source | None) -> tuple[Source | None, Source | None]:
    """The press that is told something, and who tells it ("the spokesman told the agency", "told the agency X")."""
    if right is None or right.weak or right.attr.kind != "media":
        return None, found
    if found is not None and found is not right:
        return (right, found) if found.attr.kind != "media" else (None, found)
    behind = next((x for x in free if x.i == right.j and x.attr.kind != "media" and not x.weak), None)
    return (right, behind) if found is right and behind is not None else (None, found)


def set_off(s: Sentence, left: list[Source], i: int) -> Source | None:
    """The source right before a final verb and set off from what it says by a comma ("five died, the mayor said")."""
    last = next((x for x in reversed(left) if can_be_subject(s, x)), None)
    if last is None or not 0 < last.i <= i or any(told(s, k) for k in range(last.j, i)):
        return None
    comma = not s.words[last.i - 1].word
    return last if comma and any(s.words[k].has("act") for k in s.part(i) if k < last.i) else None


def near(s: Sentence, a: int, b: int) -> bool:
    """Whether a source stands right behind a verb of saying: only adverbs, "in Telegram" between."""
    return not any((not w.word and w.low not in QUOTES) or w.has("act", "say", "that", "cite") for w in s.words[a:b])


def subject(s: Sentence, left: list[Source], *, leftmost: bool) -> Source | None:
    """The source that is the subject of a verb behind it."""
    fits = [x for x in left if can_be_subject(s, x)]
    firm = [x for x in fits if not x.weak]
    if leftmost:
        return (firm or fits or [None])[0]  # type: ignore[list-item]
    return (fits or [None])[-1]  # type: ignore[list-item]


def can_be_subject(s: Sentence, x: Source) -> bool:
    """Whether the case and prepositions of a source let it speak."""
    if x.weak and any(
        (e := s.words[k].one("enemy")) is not None and e.feat not in ("", "nom") for k in range(x.i, x.j)
    ):
        return False
    prep = s.words[x.i - 1] if x.i else None
    if prep is not None and prep.has("prep"):
        return prep.one("prep", "in") is not None and (x.inside or not x.weak)
    if s.grammar.profile.verb == "final":
        return s.words[x.j - 1].case not in CASES_OF_OTHERS
    return not (x.weak and s.words[x.i].case in ("acc", "ins", "gen", "loc"))


def follows_on(s: Sentence, before: list[Cue], feat: str) -> Attribution | None:
    """Who goes on speaking where a verb of saying names nobody: the last one in the sentence, else in the entry."""
    if before:
        return replace(before[-1].attr, inferred=True, hedge=None)
    weak = next((x for x in sources_in(s) if x.inside), None)
    if weak is not None and feat != "imp":
        return weak.attr
    found = carried(s)
    if found is not None:
        return found if feat != "imp" else replace(found, hedge="reportedly")
    return Attribution(kind="unknown", hedge="reportedly") if feat == "imp" else None


def estimated(cls: str) -> Hedge | None:
    """The hedge of a verb that itself is one."""
    hedges: dict[str, Hedge] = {"estimate": "estimate", "allege": "alleged", "possible": "possible"}
    return hedges.get(cls)


def with_channel(s: Sentence, attr: Attribution | None, a: int, b: int) -> Attribution:
    """A source with the channel that is named near it."""
    if attr is None:
        return attr  # type: ignore[return-value]
    near_by = range(max(0, a - 3), min(len(s.words), b + 4))
    channel = next((c.cls for k in near_by if (c := s.words[k].one("channel"))), None)
    return replace(attr, channel=attr.channel or channel)


def relayed(s: Sentence, cues: list[Cue]) -> list[Cue]:
    """Cues with the press taken for the relay of a claimant that is cited beside it."""
    press = [c for c in cues if c.attr.kind == "media"]
    others = [c for c in cues if c.attr.kind not in ("media", "unknown") and not c.attr.inferred]
    via = [
        c for c in others if (cite := s.words[c.i].one("cite")) is not None and (cite.cls == "via" or len(press) == 1)
    ]
    if not press or not via:
        return cues
    relay = press[0]
    out = [c for c in cues if c is not relay and (c in via or c.i > relay.i or speech(s.words[c.i]) is None)]
    for cue in via:
        cue.attr = replace(cue.attr, via=(Via(org=relay.attr.org, kind="media", side=relay.attr.side),))
        cue.back = cue.back or relay.back
        cue.first, cue.last = min(cue.first, relay.first), max(cue.last, relay.last)
    return out


def content_after(s: Sentence, k: int) -> bool:
    """Whether something is told after a word, up to the next semicolon."""
    return (k < len(s.words) and any(told(s, m) for m in s.part(k) if m >= k)) or (
        k < len(s.words) and s.words[k].low == ":"
    )


def content_before(s: Sentence, k: int) -> bool:
    """Whether something is told before a word, since the last semicolon."""
    return k > 0 and any(told(s, m) for m in s.part(k - 1) if m < k)


def told(s: Sentence, k: int) -> bool:
    """Whether a word tells something."""
    return s.words[k].has("act") or any(c.i <= k < c.j and c.num is not None for c in s.counts)


def extents(s: Sentence, cues: Iterable[Cue]) -> list[Voice]:
    """The stretch of each source: up to the next one; content behind a cue goes back to the source before."""
    ordered = sorted(cues, key=lambda c: c.i)
    out: list[Voice] = []
    at = s.scene.start
    for n, cue in enumerate(ordered):
        following = ordered[n + 1] if n + 1 < len(ordered) else None
        start = (
            at
            if cue.back or (n == 0 and at == s.scene.start and not content_before(s, cue.first))
            else max(at, s.words[s.seg(cue.first)[0]].start)
        )
        end = s.scene.end if following is None else boundary(s, cue, following)
        out.append(Voice(cue.attr, start, max(end, start), s.words[cue.i].start))
        at = max(end, start)
    return out


def boundary(s: Sentence, cue: Cue, following: Cue) -> int:
    """Where the words of one source end and those of the next begin."""
    if not following.back:
        return s.words[s.seg(following.first)[0]].start
    edge = cue.last
    for k in range(cue.last, following.first):
        if s.words[k].low in (";", "؛") or (s.parts[k] != s.parts[cue.last - 1]):
            edge = k
            break
    else:
        if not cue.back and cue.last < following.first:  # "A said that ..., ..., B said": B has the last clause
            edge = s.seg(following.first - 1)[0] if s.grammar.profile.verb != "final" else cue.last
    return s.words[max(edge, cue.last) - 1].end if max(edge, cue.last) <= len(s.words) else s.scene.end
