"""Denials, accusations and silences: claims about what others say, or about what nobody says."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sayso.model.claim import Attribution, Target
from sayso.read.clauses.deeds import accused
from sayso.read.clauses.roles import side_around
from sayso.read.clauses.sentence import Sentence, Trigger
from sayso.read.clauses.sides import parties_in, party_at, place_name, places_in
from sayso.read.drafts import Draft
from sayso.read.scene import OUTLET

DENIALS: Final = {"deny": "denies", "fake": "calls_fake"}
BLAME: Final = ("attack", "truce", "destruction", "control", "movement")


# -- denials --------------------------------------------------------------------------------------------------


def denials(s: Sentence, told: list[Draft], said_before: Sequence[Draft]) -> list[Draft]:
    """The drafts of a sentence with its denials: what is denied goes into their targets and nowhere else."""
    kept = list(told)
    made: list[Draft] = []
    for k, word in enumerate(s.words):
        say = word.one("say", *DENIALS) or word.one("deny", *DENIALS)
        if say is None or negated_near(s, k):
            continue
        attr = s.scene.speaker(word.start)
        if attr is None or (attr.side is None and attr.kind in ("outlet", "unknown")):
            continue
        denied = None if points_back(s, k) else inside(s, k, kept)
        draft = Draft("denial", DENIALS[say.cls], "clause.denial", word.start, [s.span(k, k + 1)])
        draft.actor, draft.polarity, draft.attr = attr.side, "negated", attr
        draft.target = own_deed(target_of(s, k, denied, kept, said_before), attr.side)
        if denied:
            kept = [d for d in kept if d not in denied]
        made.append(draft)
    return sorted([*kept, *made], key=lambda d: d.at)


def own_deed(target: Target | None, side: str | None) -> Target | None:
    """What is denied, with the denier as its doer where none is named: who denies an attack denies its own."""
    if target is not None and target.actor is None and target.type in ("attack", "accusation", "truce"):
        return replace(target, actor=side)
    return target


def negated_near(s: Sentence, k: int) -> bool:
    """Whether a verb of denying is itself negated."""
    return any(s.words[m].one("neg", "not", "no") for m in range(max(0, k - 2), k))


def points_back(s: Sentence, k: int) -> bool:
    """Whether the object of a denial is "this", "it", "the report": what was said before."""
    return any(s.words[m].has("this") for m in s.seg(k) if abs(m - k) <= 4)


def inside(s: Sentence, k: int, told: Sequence[Draft]) -> list[Draft]:
    """What the words of a denial tell: in its segment, or in the clause that it opens."""
    seg, final = s.seg(k), s.grammar.profile.verb == "final"
    start, end = s.words[seg[0]].start, s.words[seg[-1]].end
    following = s.words[seg[-1] + 1] if seg[-1] + 1 < len(s.words) else None
    if following is not None and (following.has("that") or s.words[seg[-1]].has("that") or following.low in (",", "،")):
        reach = s.seg(min(seg[-1] + 1, len(s.words) - 1))
        if opens(s, k, seg[-1] + 1):
            reach = range(reach[0], s.part(k)[-1] + 1)
            end = s.words[reach[-1]].end
    if final:
        start = min((v.start for v in s.scene.voices if v.start <= s.words[k].start < v.end), default=start)
    return [d for d in told if start <= d.at < end]


def opens(s: Sentence, k: int, at: int) -> bool:
    """Whether "that" stands right behind the segment of a verb."""
    return any(s.words[m].has("that") for m in range(k + 1, min(len(s.words), at + 2)))


def target_of(
    s: Sentence, k: int, denied: list[Draft] | None, told: Sequence[Draft], said_before: Sequence[Draft]
) -> Target | None:
    """What is denied: the claim in its words, or the one before it in the sentence or the entry."""
    if denied:
        d = denied[0]
        return Target(type=d.type, sub=d.sub, actor=d.actor, subject=d.subject, places=d.places)
    before = [d for d in (*said_before, *told) if d.at < s.words[k].start and d.type != "denial"]
    if before:
        d = before[-1]
        return Target(type=d.type, sub=d.sub, actor=d.actor, subject=d.subject, places=d.places)
    claim = s.scene.memory.claim
    if claim is not None:
        return Target(type=claim[0], sub=claim[1], actor=claim[2], subject=claim[3], places=claim[4])
    return None


# -- accusations ----------------------------------------------------------------------------------------------


def blamed(s: Sentence, told: list[Draft]) -> list[Draft]:
    """The drafts of a sentence with those under "accused B of" done by B; a bare "accused B" is an accusation."""
    out = list(told)
    for k, word in enumerate(s.words):
        if word.one("say", "accuse") is None:
            continue
        if mutual(s, k):
            return both_ways(s, k, out)
        part = s.part(k)
        start, end = s.words[part[0]].start, s.words[part[-1]].end
        actor = accused(s, k)
        speaking = s.scene.speaking_side(word.start)
        under = [d for d in out if start <= d.at < end and d.type in (*BLAME, "accusation")]
        for draft in under:
            draft.actor = actor if draft.actor in (None, speaking) else draft.actor
            if draft.subject == draft.actor:
                draft.subject = speaking
        if not under and actor is not None and not any(w.one("say", *DENIALS) for w in s.words):
            draft = Draft("accusation", "other", "clause.accusation", word.start, [s.span(k, k + 1)], actor=actor)
            out.append(draft)
    return out


def mutual(s: Sentence, k: int) -> bool:
    """Whether the sides blame one another."""
    return any(s.words[m].has("mutual") for m in s.part(k))


def both_ways(s: Sentence, k: int, told: list[Draft]) -> list[Draft]:
    """A mutual accusation: one draft a side, each against the other."""
    camps = s.scene.memory.camps if len(s.scene.memory.camps) >= 2 else s.scene.directory.camps
    named = list(dict.fromkeys(p for m in range(len(s.words)) if (p := party_at(s, m)) is not None))
    named = [p for p in named if s.scene.directory.is_party(p) and p != s.scene.directory.all_id]
    camps = tuple(named) if len(named) == 2 else camps
    what = next((d for d in told if d.type in (*BLAME, "accusation")), None)
    rest = [d for d in told if d is not what]
    out: list[Draft] = []
    for side in camps if len(camps) == 2 else ():
        other = next(c for c in camps if c != side)
        kind = s.scene.directory.kind_of_party(side)
        attr = Attribution(
            kind=kind, side=side, org=org_of(s, side, kind), cue=s.words[k].low, cue_span=s.span(k, k + 1)
        )
        base = what or Draft("accusation", "other", "clause.accusation", s.words[k].start, [s.span(k, k + 1)])
        out.append(
            replace(base, attr=attr, actor=other, subject=None, rule=f"{base.rule}.mirrored", spans=list(base.spans))
        )
    return [*rest, *out] if out else told


def org_of(s: Sentence, side: str, kind: str) -> str:
    """The name of the body that speaks for a side."""
    conflict = s.scene.directory.conflict
    return next((b.name for b in conflict.bodies if b.side == side and b.kind == kind), conflict.name(side))


# -- silences -------------------------------------------------------------------------------------------------


def hush(s: Sentence) -> list[Draft]:
    """What is not reported: a negated verb of saying, or "is not known", with what it is about. The words that name it
    are marked, so that no other rule reads them."""
    out: list[Draft] = []
    for k, word in enumerate(s.words):
        lexeme = word.one("silence")
        said = word.one("say") is not None and word.one("say", "deny", "fake") is None and unspoken(s, k)
        if lexeme is None and not said:
            continue
        made = silence(s, k, lexeme.cls if lexeme is not None else "none")
        if made is not None and not any(d.sub == made.sub and d.at == made.at for d in out):
            out.append(made)
    return out


def unspoken(s: Sentence, k: int) -> bool:
    """Whether a verb of saying is negated."""
    say = s.words[k].one("say")
    before = range(max(0, k - 2), k)
    return bool(say and say.feat.endswith("-")) or any(s.words[m].one("neg", "not", "no") for m in before)


def silence(s: Sentence, k: int, cls: str) -> Draft | None:
    """The silence at a word: of the dead, the hurt, losses, equipment, or of anything else that is asked for."""
    seg = asked_about(s, k)
    topics = [t for t in s.triggers if t.i in seg and t.cls.startswith(("casualties.", "lose"))]
    equip = [c for c in s.counts if c.i in seg and c.kind == "equip" and c.num is None]
    asked = any(s.words[m].has("asked", "this") for m in seg) or cls == "clarify"
    if any(c.num is not None and c.num.bare for c in s.counts if c.i in seg):
        return None
    if topics:
        subs = {t.cls.partition(".")[2] for t in topics}
        sub = subs.pop() if len(subs) == 1 else "casualties"
        sub = {"": "casualties", "missing": "other"}.get(sub, sub)
    elif equip:
        sub = "equipment"
    elif asked:
        sub = "other"
    else:
        return None
    made = Draft("not_reported", sub, "clause.not_reported", s.words[k].start, [s.span(seg[0], seg[-1] + 1)])
    made.polarity = "unknown"
    s.silent.update(seg)
    if sub != "other":
        made.subject = silent_side(s, topics[0] if topics else None, k)
    spots = (m for m, _ in places_in(s, seg) if (n := s.words[m].name) is None or not n.party)
    made.places = tuple(dict.fromkeys(place_name(s, m) for m in spots))
    if not keeps_source(s, k, cls):
        made.attr = OUTLET
    return made


def asked_about(s: Sentence, k: int) -> range:
    """The words of what is not told: the segment of the silence, and the question beside it ("how many died, ...")."""
    seg = s.seg(k)
    if any(s.words[m].has("asked") or s.words[m].one("act") for m in seg if m != k):
        return seg
    for edge in (seg[0] - 1, seg[-1] + 1):
        if 0 <= edge < len(s.words) and s.parts[edge] == s.parts[k]:
            beside = s.seg(edge)
            if any(s.words[m].has("asked") for m in beside[:4]):
                return range(min(seg[0], beside[0]), max(seg[-1], beside[-1]) + 1)
    return seg


def keeps_source(s: Sentence, k: int, cls: str) -> bool:
    """Whether the one who speaks says itself that it does not know: "they said it is not known", "is being clarified"."""
    if cls != "unknown":
        return cls == "clarify"
    voice = next((v for v in s.scene.voices if v.start <= s.words[k].start < v.end and not v.carried), None)
    return voice is not None and voice.at != s.words[k].start and voice.attr.kind != "unknown"


def silent_side(s: Sentence, topic: Trigger | None, k: int) -> str | None:
    """Whose figures are missing."""
    named = [p for _, p in parties_in(s, s.seg(k))]
    if named:
        return named[0]
    weak = next((n.party for m in s.seg(k) if (n := s.words[m].name) is not None and n.party), None)
    if weak is not None:
        return weak
    return side_around(s, topic) if topic is not None else s.scene.memory.subject or s.scene.memory.place_side
