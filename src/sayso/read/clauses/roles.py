"""Who does and who suffers what a trigger tells, and the draft of it with its times, places and mood."""

from collections.abc import Iterable
from typing import Final

from sayso.model.vocabulary import Modality
from sayso.read.clauses.sentence import Count, Sentence, Trigger
from sayso.read.clauses.sides import opposite, parties_in, place_name, place_side, places_in, preposition
from sayso.read.drafts import Draft, timed

#: What a side does for its own people.
GIVEN_BACK: Final = ("captured.released", "displacement.evacuated", "displacement.returned")
#: Who reports the dead of its own side where it does not say whose they are.
OWN: Final = frozenset(
    (
        "army", "armed_group", "defence_ministry", "health_ministry", "prosecutor", "emergency_service", "ombudsman",
        "local_authority", "government", "head_of_state", "security_service", "foreign_ministry", "medics", "official",
    )
)  # fmt: skip


def drafted(s: Sentence, trigger: Trigger, type_: str, sub: str, count: Count | None = None) -> Draft:
    """A draft of a trigger, with the count if it governs one."""
    made = Draft(type_, sub, f"clause.{type_}", s.words[trigger.i].start, [s.span(trigger.i, trigger.i + 1)])
    at = trigger.i
    if count is not None:
        made.spans.append(s.span(count.i, count.j))
        made.at, at = s.words[count.i].start, count.i
        made.num, made.unit = count.num, count.unit
    made.polarity = "negated" if trigger.negated else "asserted"
    made.modality = modality_at(s, trigger.i)
    timed(made, (when for a, _, when in s.times if reaches(s, a, at) or reaches(s, a, trigger.i)))
    if count is not None:
        made.scope = "increment" if count.more else ("cumulative" if count.total and not made.scope else made.scope)
        if count.more:
            made.since = None
    else:
        made.since = None
    if made.since is None and made.scope == "cumulative" and not made.first:
        made.since = s.scene.memory.since
    made.places = places_at(s, at) or (places_at(s, trigger.i) if count is not None else ())
    return made


def reaches(s: Sentence, when: int, at: int) -> bool:
    """Whether a date holds for words: those of its segment, what follows it at once, and if it opens, all that follows."""
    if s.segs[when] == s.segs[at]:
        return True
    if when > at or (s.parts[when] != s.parts[at] and when > 1) or any(s.segs[a] == s.segs[at] for a, _, _ in s.times):
        return False
    opening = when - s.part(when)[0] <= 1 or not any(t.i < when for t in s.triggers)
    return opening or not any(when < t.i < at for t in s.triggers)


def places_at(s: Sentence, at: int) -> tuple[str, ...]:
    """The places of the segment of a word, else those of the segments before it in the same clause."""
    for where in (s.seg(at), range(s.part(at)[0], at)):
        found = tuple(dict.fromkeys(place_name(s, k) for k, _ in places_in(s, where)))
        if found:
            return found
    return ()


def modality_at(s: Sentence, i: int) -> Modality:
    """Plan, possible, appeal, conditional or fact, from the modal words of the segment."""
    found = next((m for k in s.in_seg(i, "modal") if (m := s.words[k].one("modal"))), None)
    return found.cls if found is not None else "fact"  # type: ignore[return-value]


def doer(s: Sentence, trigger: Trigger, *, default: bool = False) -> str | None:
    """The party that does it: in the instrumental or behind "by" for a passive, the subject of an active verb, the
    adjective or genitive of a noun. With `default` the side that speaks."""
    seg = [(k, p) for k, p in parties_in(s, s.seg(trigger.i))]
    by = next((p for k, p in seg if is_agent(s, k)), None)
    if by is not None:
        return by
    if trigger.feat == "a":
        free = [(k, p) for k, p in seg if is_subject(s, k)]
        before = [p for k, p in free if k < trigger.i]
        found = before[-1] if before else next((p for k, p in free if k > trigger.i), None)
        found = found or across(s, trigger)
    elif trigger.feat == "n":
        found = next((p for k, p in seg if abs(k - trigger.i) <= 3 and is_owner(s, k, trigger.i)), None)
    else:
        found = None
    if found is None and default:
        found = s.scene.speaking_side(s.words[trigger.i].start)
    return found


def across(s: Sentence, trigger: Trigger) -> str | None:
    """The subject of the segment before, where a verb goes on without one ("the enemy advanced and shelled A")."""
    start = s.part(trigger.i)[0]
    return next((p for k, p in reversed(list(parties_in(s, range(start, trigger.i)))) if is_subject(s, k)), None)


def is_agent(s: Sentence, k: int) -> bool:
    """Whether a party stands as the agent of a passive: "by", "from the side of", or the instrumental."""
    word = s.words[k]
    if (enemy := word.one("enemy")) is not None and enemy.feat == "ins":
        return True
    prep = preposition(s, k)
    if prep is not None and s.words[prep].one("prep", "by"):
        return True
    if any(s.words[m].has("by") for m in range(k + 1, min(len(s.words), k + 4)) if s.segs[m] == s.segs[k]):
        return True
    return prep is None and word.case == "ins" and word.one("enemy") is None


def is_subject(s: Sentence, k: int) -> bool:
    """Whether a party can be the subject of an active verb."""
    word = s.words[k]
    if (enemy := word.one("enemy")) is not None:
        return enemy.feat in ("", "nom")
    if preposition(s, k) is not None or word.prefix in ("ب", "ل", "لل"):
        return False
    return word.case in ("", "nom") or (word.case == "gen" and s.grammar.profile.verb == "final")


def is_owner(s: Sentence, k: int, trigger: int) -> bool:
    """Whether a party beside a noun of doing did it: an adjective before it, a genitive behind it."""
    word = s.words[k]
    if word.name is not None and word.name.place is not None and not word.name.body:
        return False
    prep = preposition(s, k)
    return prep is None or k < trigger or s.words[prep].one("prep", "of") is not None


def suffering(s: Sentence, count: Count, trigger: Trigger) -> str | None:
    """The side that a counted group belongs to: by the party beside it, the loser's name, the place, the doer, the
    speaker, the entry."""
    doing = doer(s, trigger) if trigger.feat == "a" and trigger.cls != "lose" else None
    beside = [p for _, p in parties_in(s, window(s, count)) if p != doing]
    if beside:
        return beside[0]
    if trigger.cls == "lose" and (loser := doer(s, trigger)) is not None:
        return loser
    if doing is not None:
        return doing if trigger.cls in GIVEN_BACK else opposite(s, doing)
    if trigger.cls.startswith("captured.") and trigger.feat == "p" and not list(parties_in(s, s.seg(trigger.i))):
        before = across(s, trigger)  # "A lost 2,300 men, 500 more were taken prisoner"
        if before is not None:
            return before
    in_seg = [p for k, p in parties_in(s, s.seg(trigger.i)) if not is_agent(s, k)]
    if in_seg:
        return in_seg[0]
    return side_around(s, trigger)


def side_around(s: Sentence, trigger: Trigger) -> str | None:
    """The side of what is hurt where nothing beside it says so: of its place, of the attacked, of who reports it."""
    for where in (s.seg(trigger.i), range(len(s.words))):
        if (side := place_side(s, where)) is not None:
            return side
    for other in s.triggers:
        if other.cls.startswith(("attack.", "launch")) and (by := doer(s, other)) is not None:
            return opposite(s, by)
    attr = s.scene.speaker(s.words[trigger.i].start)
    if attr is not None and attr.side is not None and attr.kind in OWN:
        return attr.side
    return s.scene.memory.subject or s.scene.memory.place_side


def window(s: Sentence, count: Count) -> Iterable[int]:
    """The words beside a counted group in its segment: adjectives and genitives on both sides."""
    seg = s.seg(count.i)
    back = 4 if s.grammar.profile.verb == "final" else 0
    return range(max(seg[0], count.i - back), min(seg[-1] + 1, count.j + 3))
