"""The words that hand over to what is said: a source with its verb of saying or judging, in whatever order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from sayso.model.claim import Span
from sayso.read.scene import Scene
from sayso.read.text.features import flags
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Group, Np, Vg

Range = tuple[int, int]
#: Classes of verbs that give away a view rather than words.
VIEWS: Final = ("view", "judge", "deny", "call", "accuse", "urge", "condemn", "support", "offer", "threaten")
BODIES: Final = flags("body", "role", "mind")
MINDED: Final = BODIES | flags("pron", "both")
OFFICES: Final = flags("body", "role")
OBJECTS: Final = frozenset(("us", "them", "me", "him", "please", "you"))
PLURAL: Final = frozenset((
    "i", "you", "we", "they", "both", "all", "some", "many", "most", "few", "those", "these", "others", "people", "police",
    "men", "women", "children", "who", "which", "that", "staff", "family", "majority", "number", "half", "rest", "media", "data",
))  # fmt: skip
#: Verbs behind which another stands without "to": "let her state the case".
LETTING: Final = frozenset(
    ("let", "make", "makes", "made", "have", "had", "hear", "heard", "see", "saw", "help", "helped")
)
#: Verbs of saying that never stand before their source: what follows is who was told.
TELLING: Final = frozenset(("tell", "inform", "assure", "notify", "brief", "convince", "persuade"))
#: Verbs whose plural form is a noun as well.
NOUNS: Final = frozenset((
    "state", "term", "fear", "advocate", "report", "claim", "plan", "demand", "doubt", "hope", "view", "guess", "note",
    "record", "list", "post", "count", "estimate", "forecast", "comment", "remark", "question", "dispute", "challenge",
    "project", "reason", "tally", "release", "document", "voice", "reply", "answer", "counter", "charge", "judge", "press",
    "appeal", "call", "show", "tweet", "blog", "joke", "lecture", "rant", "cry", "shout", "chant", "whisper", "worry",
))  # fmt: skip


@dataclass(slots=True)
class Phrase:
    """The words that hand over to a content: groups `first` to `last` (inclusive), the verb at `frame.at`; `source` are
    the words that name who speaks."""

    frame: Frame
    np: Np
    first: int
    last: int
    source: Span
    inverted: bool = False
    content: list[Range] = field(default_factory=list)
    open: bool = False  # whether its content can only be the quotation that follows or precedes its sentence

    @property
    def lemma(self) -> str:
        """The dictionary form of its verb."""
        vg = self.frame.vg
        lexeme = vg.say or (vg.main.one("verb") if vg.main else None)
        return (lexeme.lemma or "") if lexeme else ""

    @property
    def told(self) -> bool:
        """Whether its verb is one of saying that can mean nothing else."""
        return self.frame.vg.say is not None and self.frame.vg.say.cls == "say"


def phrase_of(scene: Scene, frame: Frame, a: int, b: int, before: Sequence[Phrase]) -> Phrase | None:
    """The handing-over phrase of a verb of saying or judging."""
    vg, groups = frame.vg, scene.groups
    if (vg.say is None and not frame.has(*VIEWS)) or vg.passive:
        return None
    if vg.feat == "part" and len(vg.cells) == 1:
        return None
    if vg.say is None and (vg.inf or vg.modal in ("may", "should", "will") or hangs(groups, frame)):
        return None
    if (named := inverted(groups, frame, a, b)) is not None and turned(groups, frame, named):
        last = apposed_end(groups, frame.at + 1, b)
        return Phrase(frame, named, frame.at, last, Span(named.start, groups[last].end), inverted=True)
    if frame.relative:
        rel = next(i for i in range(frame.at - 1, -1, -1) if groups[i].kind in ("rel", "that"))
        return Phrase(frame, frame.subj[0], rel, frame.at, Span(groups[rel].start, groups[rel].end))
    if vg.feat == "ing" and before and (not frame.subj or frame.shared):
        return Phrase(frame, before[-1].np, frame.at, frame.at, before[-1].source)
    if not frame.subj:
        return None
    np = frame.subj[0]
    if np.low in OBJECTS:
        return None
    first = next((i for i in range(frame.at - 1, -1, -1) if groups[i] is np), None)
    if first is None or disagrees(groups, first, frame.at, vg) or idle(groups, frame):
        return None
    start = apposed_start(groups, first, a)
    last = np_end(groups, first, frame.at)
    at = frame.at if frame.shared else start
    return Phrase(frame, np, at, frame.at, Span(groups[start].start, groups[last].end))


def inverted(groups: Sequence[Group], frame: Frame, a: int, b: int) -> Np | None:
    """The source behind its verb: "..., said the mayor". A verb behind "Ann Roe, the mayor," has its subject before it."""
    at = frame.at
    nxt = groups[at + 1] if at + 1 < b else None
    if frame.vg.say is None or frame.vg.feat == "ing" or not isinstance(nxt, Np) or opens(groups, at + 1, b):
        return None
    if (frame.vg.say.lemma in TELLING and not closes(groups, frame, b)) or (
        at > a and frame.vg.cells[0].cap and groups[at - 1].cells[-1].cap
    ):
        return None
    if at == a or not frame.subj or groups[at - 1].kind == "quote":
        return nxt
    if groups[at - 1].kind != "comma":
        return None
    first = next((i for i in range(at - 1, -1, -1) if groups[i] is frame.subj[0]), at)
    beside = first < at - 2 or apposed_start(groups, first, a) != first
    return None if beside and not frame.shared else nxt


def closes(groups: Sequence[Group], frame: Frame, b: int) -> bool:
    """Whether a verb of telling with an office behind it ends a report: "..., informed the spokesman of the institution"."""
    at, behind = frame.at, groups[frame.at + 1]
    last = apposed_end(groups, at + 1, b) + 1
    office = isinstance(behind, Np) and bool(behind.flags & OFFICES)
    return office and groups[at - 1].kind in ("comma", "quote") and (last >= b or groups[last].kind == "stop")


def disagrees(groups: Sequence[Group], first: int, vg_at: int, vg: Vg) -> bool:
    """Whether a word that could be a verb in the plural stands behind a noun in the singular: then it is a noun itself
    ("the battleground state", "the court term"). Bodies may be plural ("the ministry say")."""
    first = max(first, vg_at - 1)
    np = groups[first]
    if vg.feat != "base" or vg.low not in NOUNS or len(vg.cells) > 1 or not isinstance(np, Np):
        return False
    before = groups[first - 1] if first else np
    if np.flags & BODIES and before.kind != "prep":
        return False
    if any(x.feat == "past" for pos in ("verb", "say") for x in vg.cells[0].lex.get(pos, ())):
        return False
    joined = before.kind == "conj" or (isinstance(before, Vg) and before.low in LETTING)
    several = np.num is not None and np.low not in ("a", "an", "one")
    return not (joined or several or np.low in PLURAL or np.head.low in PLURAL or np.head.low.endswith("s"))


def idle(groups: Sequence[Group], frame: Frame) -> bool:
    """Whether nobody speaks: "it goes without saying"."""
    return (
        frame.vg.feat == "ing" and groups[frame.at - 1].cells[-1].low.endswith("without") and frame.subj[0].low == "it"
    )


def hangs(groups: Sequence[Group], frame: Frame) -> bool:
    """Whether a form in -ing hangs on a preposition ("after mocking the plan")."""
    return frame.vg.feat == "ing" and frame.at > 0 and groups[frame.at - 1].kind in ("prep", "conj")


def turned(groups: Sequence[Group], frame: Frame, np: Np) -> bool:
    """Whether a verb with a noun group behind it can be one of saying before its source: that is someone, and the verb
    does not hang on a preposition."""
    someone = np.flags & MINDED or np.names or np.cells[-1].cap
    return bool(someone) and np.low not in OBJECTS and (frame.at == 0 or groups[frame.at - 1].kind != "prep")


def np_end(groups: Sequence[Group], first: int, verb: int) -> int:
    """The last group of a subject before its verb."""
    last = verb - 1
    if any(isinstance(g, Vg) for g in groups[first:verb]):
        return first
    while last > first and groups[last].kind in ("comma", "adv", "time", "quote", "dash"):
        last -= 1
    return last


def opens(groups: Sequence[Group], at: int, b: int) -> bool:
    """Whether the noun group at `at` is directly the subject of a verb."""
    nxt = at + 1
    while nxt < b and groups[nxt].kind == "adv":
        nxt += 1
    return nxt < b and isinstance(vg := groups[nxt], Vg) and not vg.inf and vg.feat != "ing"


def apposed_end(groups: Sequence[Group], at: int, b: int) -> int:
    """The last group of a noun group with what stands beside it."""
    while at + 2 < b and groups[at + 1].kind in ("prep", "comma") and isinstance(groups[at + 2], Np):
        if groups[at + 1].kind == "comma" and opens(groups, at + 2, b):
            break
        at += 2
    return at


def apposed_start(groups: Sequence[Group], at: int, a: int) -> int:
    """The first group of a subject before which another name of it stands ("Ann Roe, the mayor, said")."""
    if at - 2 >= a and groups[at - 1].kind == "comma" and isinstance(groups[at - 2], Np):
        before = groups[at - 3].kind if at - 3 >= a else "stop"
        if before in ("stop", "comma", "quote", "conj", "that"):
            return at - 2
    return at


def minded(p: Phrase) -> bool:
    """Whether a source is someone who can have a view: a person, a body, a name."""
    np = p.np
    if np.flags & MINDED or np.people:
        return True
    return any(c.cap for c in (np.cells[1:] if np.cells[0].has("det", "poss", "prep", "adv") else np.cells))


def past(groups: Sequence[Group], at: int, b: int, kinds: Sequence[str]) -> int:
    """The first index from `at` on that holds none of these kinds."""
    while at < b and groups[at].kind in kinds:
        at += 1
    return at
