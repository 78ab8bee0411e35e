"""One sentence with everything that the rules of the claim grammar look at, and the memory of its entry."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sayso.model.claim import Attribution
from sayso.model.setting import Setting
from sayso.model.vocabulary import Basis
from sayso.read.text.features import flags
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Group, Np, Vg
from sayso.read.text.names import Directory

IS_BOTH: Final = flags("both")
ENEMY: Final = flags("enemy")
OTHER: Final = flags("other")
SIDEWORD: Final = flags("sideword")
OURS: Final = flags("=our", "=we", "=us", "=ours")
OWN: Final = flags("own", "=our", "=my", "=we", "=us", "=ours")
ITS: Final = flags("=its", "=their", "=his", "=her")
OF_ITS_OWN: Final = flags("='s")
POINTING: Final = flags(
    "enemy", "other", "own", *(f"={w}" for w in ["our", "my", "we", "us", "ours", "its", "their", "his", "her"])
)
#: What sets clauses off from each other.
CUTS: Final = frozenset(("semi", "stop", "colon"))
PLACE_PREPS: Final = frozenset(("in", "on", "to", "from", "of"))
OUTLET: Final = Attribution(kind="outlet", quote="none")


@dataclass(frozen=True, slots=True)
class Event:
    """What an entry tells of: the named places, and when it was as ISO dates. `running` where the whole entry tells of one
    stretch of time ("Over the past 24 hours ...")."""

    places: tuple[str, ...]
    first: str | None = None
    last: str | None = None
    basis: Basis | None = None
    running: bool = False


@dataclass(slots=True)
class Memory:
    """What an entry has established so far: its sources, parties, places, and kind of victims."""

    source: Attribution | None = None  # the last source named in the body
    heading: Attribution | None = None  # the source of the headline
    listed: Attribution | None = None  # the side of a list's heading
    owner: Attribution | None = None
    own_words: bool = False  # whether a post is its body's own words ("GUARD, Telegram: ...")
    sources: list[Attribution] = field(default_factory=list)
    parties: list[str] = field(default_factory=list)
    camps: tuple[str, ...] = ()  # two that were named together as fighting
    place: str | None = None
    place_side: str | None = None
    single: bool = False  # whether the entry is one part: a bulletin, a post, a bullet
    event: Event | None = None  # what such an entry told of last
    who: str | None = None
    subject: str | None = None
    since: str | None = None
    lead: Attribution | None = None  # the source before a list, which each of its items begins with
    listing: bool = False  # whether the last sentence was an item
    claim: tuple[str, str, str | None, str | None, tuple[str, ...]] | None = None  # the last claim, for denials
    topic: str = ""


@dataclass(slots=True)
class Voice:
    """A source that a sentence names, and the stretch of it that is the source's."""

    attr: Attribution
    start: int
    end: int
    at: int  # where the cue stands
    carried: bool = False
    done: bool = False
    cue: str = ""  # the kind of a citation: "according", "cite", "quotedby"
    also: tuple[Attribution, ...] = ()  # who says the same words beside it: "residents and medics said"


@dataclass(slots=True)
class Scene:
    """A sentence under reading. Group indices follow `groups`; offsets are absolute."""

    text: str
    start: int
    end: int
    groups: Sequence[Group]
    frames: Sequence[Frame]
    directory: Directory
    memory: Memory
    setting: Setting
    kind: str = "entry"
    published: date | None = None
    lang: str = ""
    voices: list[Voice] = field(default_factory=list)
    hedges: list[tuple[int, int, str]] = field(default_factory=list)
    nouns: Sequence[Np] = field(init=False)
    cuts: Sequence[Group] = field(init=False)
    flags: int = 0  # what its words say yes to, together
    used: set[int] = field(default_factory=set)  # starts of number groups that already belong to a claim

    def __post_init__(self) -> None:
        self.nouns = [g for g in self.groups if isinstance(g, Np)]
        self.cuts = [g for g in self.groups if g.kind in CUTS]

    # -- who speaks --------------------------------------------------------------------------------------------

    def voice(self, at: int) -> Voice | None:
        """The voice of the words at an offset, None where only the outlet speaks."""
        return next((v for v in self.voices if v.start <= at < v.end), None)

    def speaker(self, at: int) -> Attribution | None:
        """The source of the words at an offset, None where only the outlet speaks."""
        found = self.voice(at)
        return found.attr if found is not None else None

    def hedge_at(self, at: int) -> str | None:
        """The hedge of the clause that holds an offset."""
        return next((cls for a, b, cls in self.hedges if a <= at < b), None)

    def speaking_side(self, at: int) -> str | None:
        """The side of that source."""
        found = self.speaker(at)
        return found.side if found else None

    # -- who and where -----------------------------------------------------------------------------------------

    def party_of(self, np: Np) -> str | None:
        """The party that a noun group belongs to: by name, adjective, body, "of" or possessive; None if it says none."""
        chain = np.chain()
        for part in chain:
            if (found := self.named_party(part)) is not None:
                return found
        for part in chain:
            if part.flags & POINTING and (found := self.pointed_party(part)) is not None:
                return found
        return None

    def named_party(self, np: Np) -> str | None:
        """The party that the words of a noun group name."""
        for name, _cell in np.names:
            if name.party and not (name.place and not capital_speaks(np)):
                return name.party
            if name.body and name.body.side and name.body.kind != "media":
                return name.body.side
            if (person := self.directory.holder(name)) is not None and person.side:
                return person.side
        if np.flags & IS_BOTH and len(np.cells) < 4:
            return self.directory.all_id
        return None

    def pointed_party(self, np: Np) -> str | None:
        """The party that "our", "its", "the enemy's" points at."""
        has, at = np.flags, np.start
        if has & ENEMY or (has & OTHER and has & SIDEWORD):
            foes = tuple(self.memory.parties)
            return self.directory.opposite(self.speaking_side(at) or self.speaking_memory(), foes)
        if has & OURS:
            return self.speaking_side(at) or self.speaking_memory()
        if has & OWN and has & OF_ITS_OWN:  # "the army's own losses": of the army that speaks
            return self.speaking_side(at) or self.nearest_party(at)
        if has & ITS and (rival := self.rival(at)) is not None:
            return rival
        if has & (OWN | ITS):
            return self.possessor(at) or self.speaking_side(at) or self.nearest_party(at)
        return None

    def rival(self, at: int) -> str | None:
        """Whom "its" points at beside "our" where the sentence names nobody before: the party that the entry named last
        and that does not speak ("its infantry fired on our posts")."""
        side = self.speaking_side(at) or self.speaking_memory()
        if not self.flags & OURS or side is None or self.nearest_party(at) is not None:
            return None
        return next((p for p in reversed(self.memory.parties) if not self.directory.overlap(p, side)), None)

    def possessor(self, at: int) -> str | None:
        """Whom "it" and "its" point at: the side named last in what a source says, else the source, else the side named
        last."""
        voice = next((v for v in self.voices if v.start <= at < v.end and not v.carried and v.at < at), None)
        if voice is not None and voice.attr.side is not None and voice.attr.kind != "media":
            return self.nearest_party(at, max(voice.at, voice.start)) or voice.attr.side
        return self.nearest_party(at)

    def others(self, at: int) -> str | None:
        """Whom "they" stands for in a party's own words, where these name nobody else before: its enemy (scheme, section 4);
        "" where it has several and the entry names none of them."""
        side = self.speaking_side(at) or self.speaking_memory()
        opened = sum(g.kind == "quote" for g in self.groups if g.start < at)
        own_words = opened % 2 == 1 or (self.memory.owner is not None and self.memory.owner.side == side)
        if not own_words or side is None or self.nearest_party(at) not in (None, side):
            return None
        foe = self.directory.opposite(side, tuple(self.memory.parties))
        return foe or ("" if self.directory.is_party(side) else None)

    def speaking_memory(self) -> str | None:
        """The side of the entry's last source."""
        for found in (self.memory.source, self.memory.heading, self.memory.listed, self.memory.owner):
            if found is not None and found.side:
                return found.side
        return None

    def nearest_party(self, before: int, after: int = 0) -> str | None:
        """The side named last before an offset in this sentence, from another offset on."""
        found = None
        for np in self.nps():
            if np.start >= before:
                break
            if np.start < after or np.lexeme("body", "media"):
                continue
            found = next((p for p in map(self.named_party, np.chain()) if p), found)
        return found

    def nps(self) -> Sequence[Np]:
        """All noun groups, in order, without what hangs on them."""
        return self.nouns

    def named(self) -> Iterator[Np]:
        """Those of them that hold a name, or on which one hangs."""
        return (g for g in self.nouns if g.names or (g.of is not None and any(p.names for p in g.chain())))

    def enemy_of(self, side: str | None) -> str | None:
        """Who faces a side."""
        named = [p for p in (self.named_party(n) for n in self.nps()) if p]
        return self.directory.opposite(side, tuple(named) or tuple(self.memory.parties))

    def place_side(self, np: Np) -> str | None:
        """Whose place a noun group names, if it names one."""
        for part in np.chain():
            for name, _cell in part.names:
                if name.place and name.place.side:
                    return name.place.side
        return None

    # -- what is asked of groups -------------------------------------------------------------------------------

    def before(self, at: int, kinds: frozenset[str] | None = None) -> Group | None:
        """The group before index `at`, past adverbs and quotation marks."""
        at -= 1
        while at >= 0 and self.groups[at].kind in ("adv", "quote"):
            at -= 1
        return self.groups[at] if at >= 0 and (kinds is None or self.groups[at].kind in kinds) else None

    def index(self, group: Group) -> int:
        """The index of a group."""
        return self.groups.index(group)

    def clause(self, at: int) -> tuple[int, int]:
        """The offsets of the stretch between semicolons (colons, dashes) that holds an offset."""
        start, end = self.start, self.end
        for g in self.cuts:
            if g.end <= at:
                start = g.end
            elif g.start > at:
                return start, g.start
        return start, end

    def in_clause(self, at: int) -> Iterator[Group]:
        """The groups of that stretch."""
        start, end = self.clause(at)
        return (g for g in self.groups if start <= g.start < end)

    def says(self, at: int) -> bool:
        """Whether a verb stands at an index that hands over to a source's words."""
        g = self.groups[at]
        return isinstance(g, Vg) and g.say is not None


def capital_speaks(np: Np) -> bool:
    """Whether a capital's name stands for its party here: alone, or as a possessor. A place that is no party's name
    never speaks."""
    if not any(name.party for name, _ in np.names):
        return False
    return all(c.name is not None or c.has("det", "sideword", "adv") or c.low == "'s" for c in np.cells) or any(
        c.low == "'s" for c in np.cells
    )
