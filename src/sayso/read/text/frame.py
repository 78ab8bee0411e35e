"""The frame of a verb: who does what to whom."""

from dataclasses import dataclass, field
from typing import Final

from sayso.read.text.groups import Group, Np, Vg
from sayso.read.text.lapses import When

PARTICIPLES: Final = frozenset(("part", "pastpart"))
LIGHT: Final = ("adv", "quote", "time", "other")


@dataclass(slots=True)
class Frame:
    """A verb group with its arguments. `at` is its index among the groups; `shared` says that the subject is that of
    the verb before, `antecedent` that it stands before a relative pronoun."""

    vg: Vg
    at: int
    subj: list[Np] = field(default_factory=list)
    objs: list[Np] = field(default_factory=list)
    preps: list[tuple[str, Np]] = field(default_factory=list)
    times: list[When] = field(default_factory=list)
    shared: bool = False
    relative: bool = False
    head: "Frame | None" = None  # the verb that an infinitive or participle hangs on ("began to shell")
    last: int = 0
    undergone: bool = False  # whether the subject suffers it

    def prep(self, *subs: str) -> list[Np]:
        """The noun groups behind these prepositions."""
        return [n for s, n in self.preps if s in subs]

    def has(self, *classes: str) -> bool:
        """Whether its verb is of one of these classes."""
        return not self.vg.classes.isdisjoint(classes)

    @property
    def span(self) -> tuple[int, int]:
        """From its first to its last word, in code points."""
        parts: list[Group] = [self.vg, *self.objs, *(n for _, n in self.preps)]
        if not self.shared and not self.relative:
            parts += self.subj
        return min(p.start for p in parts), max(p.end for p in parts)
