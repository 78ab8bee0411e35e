"""Which trigger governs which counted group: the nearest that fits, in its segment, else across a gap."""

from collections.abc import Iterator
from typing import Final

from sayso.read.clauses.sentence import FITS, Count, Sentence, Trigger

GAP: Final = 3  # segments over which a list goes on without its verb


def bind(s: Sentence) -> None:
    """Give every counted group its trigger."""
    for count in s.counts:
        if count.kind == "act":
            count.trigger = next((t for t in s.triggers if t.i == count.head), None)
        elif count.i not in s.sourced:
            count.trigger = governing(s, count)


def governing(s: Sentence, count: Count) -> Trigger | None:
    """The trigger of a group."""
    fits = [t for t in s.triggers if fit(count, t) and t.i not in s.sourced and not before_verb(s, count, t)]
    if not fits:
        return None
    seg = s.segs[count.i]
    here = [t for t in fits if s.segs[t.i] == seg and not crossed(s, count, t)]
    if here:
        return min(here, key=lambda t: (t.cls == "launch", apart(count, t), t.i))
    if count.num is None and not count.part:
        return None
    part = s.parts[count.i]
    before = [t for t in fits if t.i < count.i and seg - s.segs[t.i] <= GAP]
    if before and not others_between(s, before[-1], count):
        return before[-1]
    after = [t for t in fits if t.i > count.i and s.segs[t.i] - seg <= GAP and s.parts[t.i] == part]
    return after[0] if after else None


def before_verb(s: Sentence, count: Count, trigger: Trigger) -> bool:
    """Whether a bare noun stands as the subject before an active verb ("the troops took", "a rocket destroyed")."""
    if s.grammar.profile.verb != "middle" or (count.num is not None and count.num.bare):
        return False
    instrument = s.words[count.j - 1].case == "ins" and s.words[count.i].case == "ins" and count.kind != "person"
    return instrument or (trigger.feat == "a" and count.i < trigger.i)


def crossed(s: Sentence, count: Count, trigger: Trigger) -> bool:
    """Whether another counted group of its kind stands between a trigger and a far group that has one of its own."""
    return count.kind == "none" and apart(count, trigger) > 6


def others_between(s: Sentence, trigger: Trigger, count: Count) -> bool:
    """Whether another event is told between a trigger and a group behind it."""
    return any(
        t.i > trigger.i and t.i < count.i and s.segs[t.i] != s.segs[trigger.i] and t.feat != "n" for t in s.triggers
    )


def fit(count: Count, trigger: Trigger) -> bool:
    """Whether a group can be what a trigger tells of."""
    return trigger.cls.startswith(FITS.get(count.kind, ()))


def apart(count: Count, trigger: Trigger) -> int:
    """How many words a group and a trigger are apart."""
    if trigger.i < count.i:
        return count.i - trigger.i
    return trigger.i - count.j + 1 if trigger.i >= count.j else 0


def counted(s: Sentence, trigger: Trigger) -> Iterator[Count]:
    """The groups that a trigger governs."""
    return (c for c in s.counts if c.trigger is trigger)
