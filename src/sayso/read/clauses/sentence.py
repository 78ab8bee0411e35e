"""A sentence as the clause grammar sees it: words in segments, counted groups, triggers, dates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from sayso.model.claim import Span
from sayso.model.lexicon import Lexeme
from sayso.read.clauses.numerals import number_at, numeric
from sayso.read.clauses.tagging import Grammar, Word
from sayso.read.clauses.times import times_in
from sayso.read.scene import Scene
from sayso.read.text.lapses import When
from sayso.read.text.numbers import Num, bounded

#: What kinds of counted groups a class of triggers takes; a bare number goes to any of the last.
FITS: Final[dict[str, tuple[str, ...]]] = {
    "person": ("casualties.", "captured.", "displacement.", "lose", "take", "other.rescue", "corridor."),
    "equip": ("damage.", "equipment_loss.", "lose", "take", "launch", "attack."),
    "thing": ("damage.", "attack.hit"),
    "times": ("attack.", "truce.violated"),
    "settle": ("control.", "take", "lose", "hold", "attack.", "damage."),
    "none": ("casualties.", "damage.", "equipment_loss.", "captured.", "displacement.", "other.rescue"),
}
ATTACKS: Final = ("attack.ground", "attack.other", "attack.drone", "attack.air", "attack.missile", "attack.shelling")
HEADS: Final = ("person", "equip", "thing", "settle")
STRONG: Final = frozenset((";", "؛", "·"))
COMMAS: Final = frozenset((",", "،", "՝", "(", ")"))
DASHES: Final = frozenset(("—", "–", "-", "―"))
QUOTES: Final = frozenset("«»“”„\"'‘’")
MODIFIERS: Final = 3  # words between a number and its noun


@dataclass(slots=True)
class Count:
    """A counted group, or a bare noun that can be one: words `[i, j)`, the number (None: none said), its head noun."""

    i: int
    j: int
    num: Num | None
    kind: str  # person | equip | thing | settle | act | none
    noun: Lexeme | None = None
    head: int | None = None
    unit: str | None = None
    more: bool = False  # "another 17"
    part: bool = False  # "among them two children"
    total: bool = False  # "366 in all"
    trigger: "Trigger | None" = None


@dataclass(slots=True)
class Trigger:
    """A word that makes a claim: `cls` names the claim, `feat` how its doer stands (a active, p passive, n noun)."""

    i: int
    lex: Lexeme
    negated: bool = False

    @property
    def cls(self) -> str:
        """The class of its claim."""
        return self.lex.cls

    @property
    def feat(self) -> str:
        """a, p or n."""
        return self.lex.feat[:1]


@dataclass(slots=True)
class Sentence:
    """All of it, with the scene that merging needs."""

    grammar: Grammar
    words: list[Word]
    scene: Scene
    segs: list[int] = field(default_factory=list)  # the comma segment of each word
    parts: list[int] = field(default_factory=list)  # the stretch between semicolons and colons
    counts: list[Count] = field(default_factory=list)
    triggers: list[Trigger] = field(default_factory=list)
    times: list[tuple[int, int, When]] = field(default_factory=list)
    timed: set[int] = field(default_factory=set)  # words that belong to dates
    sourced: set[int] = field(default_factory=set)  # words that name a source or hand over to it
    silent: set[int] = field(default_factory=set)  # words whose matter is said not to be known

    def seg(self, i: int) -> range:
        """The words of the comma segment of a word."""
        return stretch(self.segs, i)

    def part(self, i: int) -> range:
        """The words of the stretch between semicolons of a word."""
        return stretch(self.parts, i)

    def span(self, i: int, j: int) -> Span:
        """The span of words `[i, j)`."""
        return Span(self.words[i].start, self.words[j - 1].end)

    def in_seg(self, i: int, *pos: str) -> Iterator[int]:
        """The words of the segment of `i` that have a part of speech."""
        return (k for k in self.seg(i) if self.words[k].has(*pos))


def stretch(ids: Sequence[int], i: int) -> range:
    """The run of equal ids around an index."""
    a, b = i, i + 1
    while a > 0 and ids[a - 1] == ids[i]:
        a -= 1
    while b < len(ids) and ids[b] == ids[i]:
        b += 1
    return range(a, b)


def sentence_of(grammar: Grammar, scene: Scene) -> Sentence:
    """The sentence of a scene, analysed."""
    words = grammar.words(scene.text, scene.start, scene.end)
    out = Sentence(grammar, words, scene)
    out.times = list(times_in(words, scene.published, month_first=grammar.profile.month_first))
    out.timed = {k for a, b, _ in out.times for k in range(a, b)}
    out.counts = list(counts_in(out))
    cut(out)
    out.triggers = [t for i in range(len(words)) if (t := trigger_at(out, i)) is not None]
    return out


def cut(out: Sentence) -> None:
    """Number the segments: at commas, at "that", and at conjunctions between two predicates."""
    seg = part = 0
    for i, word in enumerate(out.words):
        if word.low in STRONG or (word.low == ":" and i > 0) or (word.low == "." and grammar_stops(out)):
            seg, part = seg + 1, part + 1
        elif word.low in COMMAS or word.has("that") or (word.low in DASHES and spaced(out.words, i)) or joint(out, i):
            seg += 1
        out.segs.append(seg)
        out.parts.append(part)


def grammar_stops(out: Sentence) -> bool:
    """Whether the full stop is no end of a sentence in the language, but a pause inside it."""
    return bool(out.grammar.profile.stops)


def spaced(words: Sequence[Word], i: int) -> bool:
    """Whether a dash stands free between spaces."""
    return 0 < i < len(words) - 1 and words[i].start > words[i - 1].end and words[i + 1].start > words[i].end


def joint(out: Sentence, i: int) -> bool:
    """Whether a word is a conjunction, or has one glued to it, between two predicates."""
    word = out.words[i]
    return (word.has("conj") or word.prefix.startswith("و")) and joins_predicates(out, i)


def joins_predicates(out: Sentence, i: int) -> bool:
    """Whether a conjunction stands between two events that are told each with its own words."""
    left = right = False
    for k in range(i - 1, -1, -1):
        if out.words[k].low in COMMAS or out.words[k].low in STRONG:
            break
        left = left or out.words[k].has("act", "say")
        if left or (i - k) > 14:
            break
    reach = range(i if out.words[i].prefix else i + 1, min(len(out.words), i + 14))
    near = i + 1 if not out.words[i].prefix else i
    for k in reach:
        if out.words[k].low in COMMAS or out.words[k].low in STRONG:
            break
        right = right or out.words[k].has("act", "say")
    pair = near < len(out.words) and i > 0 and out.words[near].has("act") and out.words[i - 1].has("act")
    counted = any(c.num is not None and near <= c.i < near + 2 for c in out.counts)
    return left and right and (not pair or counted)


def trigger_at(out: Sentence, i: int) -> Trigger | None:
    """The trigger at a word."""
    readings = out.words[i].lex.get("act", ())
    if not readings or i in out.timed:
        return None
    lexeme = max(readings, key=lambda x: suits(out, i, x)) if len(readings) > 1 else readings[0]
    return Trigger(i, lexeme, negated_at(out, i) != lexeme.feat.endswith("-"))


def suits(out: Sentence, i: int, lexeme: Lexeme) -> int:
    """How well one of several readings of a word suits its segment: what is counted there, or an attack to beat off."""
    seg = out.seg(i)
    if lexeme.cls == "attack.repelled":
        return 3 * any(out.words[k].one("act", *ATTACKS) for k in seg if k != i)
    fits = [c for c in out.counts if c.i in seg and c.kind != "none" and lexeme.cls.startswith(FITS.get(c.kind, ()))]
    return 2 * bool(fits) + any(c.num is not None for c in fits)


def negated_at(out: Sentence, i: int) -> bool:
    """Whether a trigger is negated: "not" shortly before it, or "there is none" in its segment."""
    for k in out.seg(i):
        neg = out.words[k].one("neg")
        if neg is None:
            continue
        if neg.cls == "absent" or (neg.cls == "no" and 0 < i - k <= 4) or (neg.cls == "not" and 0 < i - k <= 2):
            return not any(out.words[m].has("cmp") and m <= k < m + 1 for m in range(max(0, k), k + 1))
    return False


# -- counted groups -------------------------------------------------------------------------------------------


def counts_in(out: Sentence) -> Iterator[Count]:
    """The counted groups and bare nouns of a sentence, in order."""
    at = 0
    while at < len(out.words):
        made = None if at in out.timed else count_at(out, at)
        if made is None:
            at += 1
            continue
        marked(out, made)
        yield made
        at = made.j


def count_at(out: Sentence, i: int) -> Count | None:
    """The counted group that starts at a word."""
    word = out.words[i]
    if numeric(word) and (found := number_at(out.words, i, out.grammar.profile)) is not None:
        num, after = found
        return with_head(out, Count(i, after, num, "none"))
    for pos in HEADS:
        if (noun := word.one(pos)) is not None and not word.has("say", "cite"):
            made = Count(i, i + 1, None, pos, noun, i, noun.unit)
            if noun.value is not None or noun.feat == "sg":
                n = int(noun.value or 1)
                made.num = bounded("exact", n, word.start, word.end)
                made.num = implied(made.num) if noun.value is None else made.num
            return made
    return None


def implied(num: Num) -> Num:
    """A number that the noun alone says."""
    return Num(num.op, num.n, num.low, num.high, num.start, num.end, bare=False)


def with_head(out: Sentence, made: Count) -> Count | None:
    """A number with the noun that it counts; None where it counts time, money or distance."""
    last = out.words[made.j].one("measure") if made.j < len(out.words) else None
    if last is not None:
        return None
    made.j = past_whole(out, made.j)
    for k in range(made.j, min(len(out.words), made.j + MODIFIERS + 1)):
        word = out.words[k]
        if not word.word and word.low not in QUOTES:
            break
        pos = next((p for p in HEADS if word.has(p)), None)
        if pos is not None:
            noun = word.one(pos)
            assert noun is not None
            made.kind, made.noun, made.head, made.unit, made.j = pos, noun, k, noun.unit, k + 1
            while made.j < len(out.words) and pos == "person" and out.words[made.j].has("person"):
                made.j += 1
            return joined(out, made)
        act = word.one("act")
        if act is not None and act.feat.startswith("n") and act.unit == "people":
            made.head, made.j = k, k + 1
            return made
        if act is not None and act.feat.startswith("n") and act.unit:
            made.kind, made.noun, made.head, made.unit, made.j = "act", act, k, act.unit, k + 1
            return made
        if word.has("measure"):
            return None
        if word.has("times"):
            made.kind, made.j = "times", k + 1
            return made
        if word.has("act", "say", "cite", "conj", "prep", "that", "num", "cmp", "part") or word.text[0].isdigit():
            break
    return made


def past_whole(out: Sentence, j: int) -> int:
    """The index after "of the ten" in "eight of the ten drones", after "of" in "two of the soldiers"."""
    if j + 1 >= len(out.words) or not out.words[j].one("prep", "from"):
        return j
    whole = number_at(out.words, j + 1, out.grammar.profile)
    if whole is not None:
        return whole[1]
    return j + 1 if out.words[j + 1].has("person") else j


def joined(out: Sentence, made: Count) -> Count:
    """ "181 tanks and vehicles": one count of two units."""
    k = made.j
    if made.kind == "equip" and k + 1 < len(out.words) and out.words[k].has("conj"):
        other = out.words[k + 1].one("equip")
        if other is not None and other.unit and other.unit != made.unit:
            made.unit, made.j = f"{made.unit}+{other.unit}", k + 2
    return made


def marked(out: Sentence, made: Count) -> None:
    """Note "another", "among them", "in all" around a count."""
    for k in range(made.i - 1, max(-1, made.i - 7), -1):
        word = out.words[k]
        if word.low in COMMAS or word.low in STRONG:
            break
        made.part = made.part or (word.has("part") and made.i - k <= 3)
        made.total = made.total or word.has("total")
        made.more = made.more or (word.has("more") and made.i - k <= 2)
    for k in range(made.i, min(len(out.words), made.j + 2)):
        word = out.words[k]
        if not word.word:
            break
        made.more = made.more or (word.has("more") and k <= made.j)
        made.total = made.total or word.has("total")
        made.part = made.part or (word.has("part") and k <= made.j)
