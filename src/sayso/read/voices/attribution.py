"""Who says what in a sentence: every source that it names, in whatever form, with the stretch of words that is its own."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from sayso.model.claim import Attribution, Span, Via
from sayso.read.scene import Scene, Voice
from sayso.read.text.features import flags
from sayso.read.text.frames import Frame
from sayso.read.text.groups import MARKS, Group, Np, Vg
from sayso.read.voices.beside import all_told, beside, joined_after
from sayso.read.voices.citing import (
    account_voices,
    broadcast,
    citations,
    marked_voices,
    relayed,
    reported_by,
    unrelayed,
    via_of,
)
from sayso.read.voices.headlines import head_or_tail
from sayso.read.voices.naming import plain
from sayso.read.voices.parties import of_fighters
from sayso.read.voices.phrases import VIEWS, inverted, opens
from sayso.read.voices.recounting import asked_too, askers, owned_figures, recounters, traded
from sayso.read.voices.speakers import source_of
from sayso.read.voices.stretches import (
    can_stand_beside,
    content_after,
    end_of,
    fronted,
    has_content,
    is_addressee,
    segments,
    start_of,
    tail_position,
    with_channel,
)
from sayso.read.voices.unlisted import unlisted

ESTIMATES: Final = frozenset(("estimate", "reckon", "guess", "calculate"))
EXPERT_ESTIMATES: Final = frozenset(
    ("believe", "think", "suggest", "say", "speculate", "predict", "fear", "assess", "put")
)
#: What a sentence must hold for a source to be named: marks that set one off, a cue, a verb of saying, an account.
SET_OFF: Final = flags(*(f"={mark}" for mark in MARKS if MARKS[mark] in ("colon", "dash")))
CITING: Final = flags("according", "cite", "quotedby")
ACCOUNTS: Final = flags("account", "voice")
REPORTED: Final = flags("hedge:reportedly")
SPEAKING: Final = flags(
    "hedge:reportedly",
    "say",
    "verb:recount",
    "verb:urge",
    "verb:offer",
    "verb:mediate",
    "verb:threaten",
    "verb:command",
    "according",
    "cite",
    "quotedby",
    "account",
    "voice",
    "verb:accuse",
)
REACH: Final = 8  # groups from a name with what is told of it to the verb
SENSES: Final = frozenset(("see", "hear"))


def voices_of(scene: Scene) -> list[Voice]:
    """The sources of a sentence with their stretches, in text order."""
    if scene.flags & SET_OFF and scene.kind in (
        "headline",
        "post",
        "list",
        "bullet",
        "standfirst",
        "entry",
        "briefing",
    ):
        framed = head_or_tail(scene)
        if framed:
            return framed
    beside_subjects(scene)
    out: list[Voice] = []
    for a, b in segments(scene.groups) if scene.flags & SPEAKING else ():
        found = sorted(segment_voices(scene, a, b), key=lambda v: v.at)
        out += clipped(passed_on(scene, asked_too(found, list(askers(scene, a, b)))))
    return spread(scene, travelled(out))


def travelled(voices: list[Voice]) -> list[Voice]:
    """Voices of a sentence, a source that only a pronoun names with the channel and relays of the same one before it."""
    for one, nxt in itertools.pairwise(voices):
        a, b = one.attr, nxt.attr
        if b.inferred and (a.kind, a.side, a.speaker) == (b.kind, b.side, b.speaker):
            nxt.attr = replace(b, channel=b.channel or a.channel, via=b.via or a.via)
    return voices


# -- headlines ------------------------------------------------------------------------------------------------


def beside_subjects(scene: Scene) -> None:
    """Join subjects that deny, accuse or demand with what stands beside them, as those of verbs of saying are."""
    for frame in scene.frames:
        if frame.vg.say is not None or not frame.subj or frame.shared or frame.at < 2:
            continue
        if scene.groups[frame.at - 1].kind == "comma" and frame.has(*VIEWS):
            with_apposition(scene, frame.subj[0], frame.at)


# -- running text ---------------------------------------------------------------------------------------------


def segment_voices(scene: Scene, a: int, b: int) -> Iterator[Voice]:
    """The sources named between two group indices."""
    cited = list(citations(scene, a, b)) if scene.flags & CITING else []
    for frame in scene.frames:
        if a <= frame.at < b and frame.vg.say is not None:
            voice = passive_voice(scene, frame, a, b) if frame.vg.passive else frame_voice(scene, frame, a, b)
            if voice is not None:
                yield relayed(scene, voice, cited)
                cited = [c for c in cited if not c.done]
    for voice in (*accusers(scene, a, b), *recounters(scene, a, b)):
        yield relayed(scene, voice, cited)
        cited = [c for c in cited if not c.done]
    yield from unrelayed(scene, cited)
    if scene.flags & REPORTED:
        yield from reported_by(scene, a, b)
    if scene.flags & ACCOUNTS:
        yield from account_voices(scene, a, b)
        yield from marked_voices(scene, a, b)
        yield from owned_figures(scene, a, b)


def accusers(scene: Scene, a: int, b: int) -> Iterator[Voice]:
    """Who accuses: what somebody is accused of is the accuser's claim, with what came of it."""
    for frame in scene.frames:
        told = frame.vg.say is not None or frame.vg.passive or frame.shared or not frame.subj
        if told or not (a <= frame.at < b and frame.has("accuse")) or traded(frame):
            continue
        attr = source_of(frame.subj[0], scene)
        if attr is not None and attr.kind not in ("outlet", "media") and frame.vg.main is not None and not frame.vg.inf:
            cue = frame.vg.main
            made = replace(attr, cue=cue.text, cue_span=Span(cue.start, cue.end), hedge=None)
            yield Voice(made, frame.vg.start, end_of(scene, b), frame.vg.start)


def frame_voice(scene: Scene, frame: Frame, a: int, b: int) -> Voice | None:
    """The source of "X said", "said X", ", X says," with the words that it says."""
    groups = scene.groups
    say = frame.vg.say
    assert say is not None
    if frame.at > a and (behind := inverted(groups, frame, a, b)) is not None:
        attr = source_behind(scene, behind, frame, b)
        if attr is not None:
            told = dressed(attr, frame, groups[frame.at : b], scene)
            finish = groups[min(b, len(groups)) - 1].end
            also = beside(scene, joined_after(groups, frame.at + 1, b), told)
            return Voice(told, start_of(scene, a), finish, frame.vg.start, also=also)
    if frame.vg.inf and frame.head is not None and frame.head.has("urge", "compel") and frame.head.vg.say is None:
        return None  # "asked the ministry to explain the shelling": it has explained nothing
    if frame.vg.neg or (
        any(n.neg for n in frame.objs[:1]) and say.lemma in ("publish", "report", "release", "share", "disclose")
    ):
        return None
    if not frame.subj or (frame.shared and frame.vg.feat != "ing" and not same_subject_says(scene, frame)):
        return None
    tellers = all_told(scene, frame)
    subject = with_apposition(scene, tellers[0], frame.at)
    attr = source_of(subject, scene) or unlisted(subject, frame, scene)
    if attr is None and len(tellers) > 1:  # "civil and military officials said"
        attr = source_of(tellers[1], scene)
    if attr is None or attr.kind == "outlet" or not tells(frame, attr):
        return None
    if say.lemma in SENSES:
        return heard(scene, frame, attr, a, b)
    first = scene.index(subject) if subject in groups else frame.at
    attr = dressed(attr, frame, [*fronted(groups, a, first), *groups[first : frame.last + 1]], scene)
    after = content_after(groups[frame.at + 1 : b])
    tail = has_content(groups[a:first]) and tail_position(groups, first) and not begins_content(after, b)
    finish = end_of(scene, b) if has_content(after) or not has_content(groups[a:first]) else frame.vg.end
    begin = start_of(scene, a) if tail else frame.vg.start if frame.shared else subject.start
    also = beside(scene, tellers[1:], attr) if not frame.shared else ()
    return Voice(attr, begin, max(finish, frame.vg.end), frame.vg.start, also=also)


def begins_content(after: Sequence[Group], b: int) -> bool:
    """Whether what follows a verb of saying is plainly what is said, so that the words before it are not."""
    if not after:
        return False
    if after[0].kind == "rel" and len(after) > 1 and isinstance(after[1], Vg):
        return False  # "wrote in a sheet that does not count fighters" describes the sheet
    if after[0].low == "to" and len(after) > 1 and isinstance(after[1], Vg) and after[1].inf:
        return True  # "as the army and the Front each claimed to hold the town"
    return after[0].kind in ("that", "rel") or (isinstance(after[0], Np) and opens(after, 0, min(b, len(after))))


def source_behind(scene: Scene, np: Np, frame: Frame, b: int) -> Attribution | None:
    """The source behind its verb: "..., said the mayor", "so runs the notice of the League", "said Ann Roe, its mayor"."""
    groups, at = scene.groups, frame.at + 1
    after = groups[at + 1].kind if at + 1 < len(groups) else "stop"
    if after not in ("stop", "comma", "semi", "prep", "quote", "time", "colon", "rel", "adv", "close", "dash", "conj"):
        return None
    if len(np.cells) == 1 and np.cells[0].low in ("it", "they"):
        return None
    if after == "comma" and at + 2 < b and isinstance(beside := groups[at + 2], Np) and can_stand_beside(np, beside):
        np.apposed = beside
    return source_of(np, scene) or unlisted(np, frame, scene)


def heard(scene: Scene, frame: Frame, attr: Attribution, a: int, b: int) -> Voice | None:
    """ "The agency heard from doctors that ...": the doctors' claim, relayed; a sense of one who was there is a claim too."""
    for np in frame.prep("from"):
        source = source_of(np, scene)
        if source is not None:
            told = dressed(replace(source, via=(via_of(attr),)), frame, [np], scene)
            return Voice(told, start_of(scene, a), end_of(scene, b), frame.vg.start)
    inside = any(f.vg.say is not None and a <= f.at < frame.at and f.subj for f in scene.frames)
    own = inside and any(c.low in ("its", "their", "our") for c in frame.subj[0].cells)
    if own or attr.kind not in ("eyewitness", "medics", "official", "army", "international_org"):
        return None
    return Voice(
        dressed(attr, frame, [frame.vg], scene),
        min(frame.subj[0].start, frame.vg.start),
        end_of(scene, b),
        frame.vg.start,
    )


def tells(frame: Frame, attr: Attribution) -> bool:
    """Whether a verb that can mean a deed hands on words here: "gave 19 killed" does, "gave ground" and a hospital that
    admits the wounded do not."""
    lemma = frame.vg.say.lemma if frame.vg.say else ""
    counted = any(n.num is not None and (n.lexeme("victim") or n.alone or n.people) for n in frame.objs)
    if lemma == "give":
        return counted or not frame.objs
    if lemma == "accept":  # "accepted a truce" is a deed, "accepts that nine died" is said
        return not frame.objs or counted
    if lemma == "release":  # "released nine of them" is a deed, "released a recording of nine of them" is said
        return not any(n.people or (n.num and n.cells[0].low not in ("a", "an")) for n in frame.objs)
    return not (lemma == "admit" and attr.kind == "medics" and counted)


def passive_voice(scene: Scene, frame: Frame, a: int, b: int) -> Voice | None:
    """ "the same was announced by the ministry": the "by" of a passive verb of saying."""
    for np in frame.prep("by"):
        attr = source_of(np, scene) or of_fighters(np, scene)
        if attr is not None:
            return Voice(dressed(attr, frame, [np], scene), start_of(scene, a), end_of(scene, b), frame.vg.start)
    impersonal = not frame.subj or frame.subj[0].low in ("it", "this")
    for np in frame.prep("in") if impersonal else ():  # "it was announced in Verst"
        if (side := next((n.party for n, _ in np.names if n.party), None)) is not None:
            attr = Attribution(
                kind=scene.directory.kind_of_party(side), side=side, org=plain(np), span=Span(np.start, np.end)
            )
            return Voice(dressed(attr, frame, [np], scene), start_of(scene, a), end_of(scene, b), frame.vg.start)
    return None


def same_subject_says(scene: Scene, frame: Frame) -> bool:
    """Whether a second verb of the same subject hands on its words ("met him and said that")."""
    return scene.before(frame.at) is not None


def with_apposition(scene: Scene, np: Np, verb: int) -> Np:
    """The subject with what stands beside it: "Rolf Imre, its mayor, wrote" names one source twice."""
    at = scene.index(np) if np in scene.groups else -1
    if at >= 2 and scene.groups[at - 1].kind == "comma" and isinstance(scene.groups[at - 2], Np) and verb - at <= REACH:
        prior = scene.groups[at - 2]
        assert isinstance(prior, Np)
        if can_stand_beside(prior, np) and (
            at < 3 or scene.groups[at - 3].kind in ("comma", "stop", "quote", "bullet", "conj")
        ):
            np.apposed = prior
    at += at + 1 < verb and scene.groups[at + 1].kind == "adv"  # "the mayor there, Ann Roe, said"
    if at + 2 < verb and scene.groups[at + 1].kind == "comma" and isinstance(beside := scene.groups[at + 2], Np):
        np.apposed = beside if beside.low != "whose" else np.apposed
    return np


def dressed(attr: Attribution, frame: Frame, stretch: Sequence[Group], scene: Scene) -> Attribution:
    """The source with its cue, channel, hedge, and the broadcaster that it was told to."""
    say = frame.vg.say
    assert say is not None and frame.vg.main is not None
    hedge = None
    if say.lemma in ESTIMATES or (attr.kind == "expert" and say.lemma in EXPERT_ESTIMATES):
        hedge = "estimate"
    elif say.lemma == "suspect":
        hedge = "possible"
    elif say.lemma == "allege" and attr.side is None:
        hedge = "alleged"
    made = replace(
        attr,
        cue=frame.vg.main.text,
        cue_span=Span(frame.vg.main.start, frame.vg.main.end),
        hedge=hedge or attr.hedge,  # type: ignore[arg-type]
    )
    told = (
        next((n for n in frame.objs[:1] if is_addressee(n)), None) if say.lemma in ("tell", "inform", "brief") else None
    )
    if (
        told is not None
        and (told.names or told.lexeme("body", "media"))
        and (via := source_of(told, scene)) is not None
        and via.kind == "media"
    ) and not is_outlet(plain(told), scene):
        made = replace(made, via=(*made.via, Via(org=via.org or plain(told), kind="media", side=via.side)))
        made = replace(made, channel=made.channel or broadcast(plain(told)))
    if frame.shared and made.channel is None and any(f.has("phone") and f.subj is frame.subj for f in scene.frames):
        made = replace(made, channel="call")
    return with_channel(made, stretch)


def is_outlet(name: str, scene: Scene) -> bool:
    """Whether a relay is the page's own outlet or the agency whose copy it is."""
    return bool(scene.setting.outlet) and name.casefold() in (scene.setting.outlet or "").casefold()


# -- stretches ------------------------------------------------------------------------------------------------


def passed_on(scene: Scene, voices: list[Voice]) -> list[Voice]:
    """Voices of one segment, a report of the press around another source turned into that source's relay; the other can
    also be the subject of a judgement ("X called the deal a trap, the Post reports")."""
    press = [v for v in voices if v.attr.kind == "media" and not v.attr.via and not v.attr.inferred]
    if len(press) != 1:
        return voices
    outer = press[0]
    others = [v for v in voices if v.attr.kind not in ("media", "unknown") and v.at != outer.at]
    inner = [v for v in others if outer.start <= v.at < outer.end]
    if not inner and not others and outer.at > outer.start and (judge := judging(scene, outer)) is not None:
        outer.attr = replace(judge, via=(via_of(outer.attr),))
        return voices
    for v in inner:
        if not v.attr.via:
            v.attr = replace(v.attr, via=(via_of(outer.attr),))
    return [v for v in voices if v is not outer] if inner else voices


def judging(scene: Scene, outer: Voice) -> Attribution | None:
    """The subject of a judging verb that a voice passes on from behind."""
    for frame in scene.frames:
        if outer.start <= frame.vg.start < outer.at and frame.subj and frame.has(*VIEWS) and not frame.vg.passive:
            attr = source_of(frame.subj[0], scene)
            if attr is not None and attr.kind != "media" and not attr.inferred and frame.vg.main is not None:
                return replace(attr, cue=frame.vg.main.text, cue_span=Span(frame.vg.main.start, frame.vg.main.end))
    return None


def clipped(voices: list[Voice]) -> list[Voice]:
    """Voices of one segment so that each begins where the one before ends, the later one's own words first."""
    outer: list[Voice] = []
    for one, nxt in itertools.pairwise(voices):
        if nxt.start > one.start:
            one.end = min(one.end, nxt.start)
        elif nxt.start <= one.start and one.at < nxt.at:
            if nxt.start < one.start:  # what stands before the other's words is the outer source's too
                outer.append(replace_start(nxt, one.start))
            nxt.start = max(nxt.start, one.end if one.end < nxt.at else one.start)
            if one.end > nxt.at:
                one.end = nxt.start if nxt.start > one.start else one.end
    return [*voices, *outer]


def replace_start(voice: Voice, end: int) -> Voice:
    """The first stretch of a voice that is cut in two."""
    return Voice(voice.attr, voice.start, end, voice.at, also=voice.also)


def spread(scene: Scene, voices: list[Voice]) -> list[Voice]:
    """Voices stretched over the segments of their sentence that name no source: first back, then forward."""
    if not voices:
        return voices
    out = sorted(voices, key=lambda v: v.start)
    starts = {start_of(scene, a) for a, _ in segments(scene.groups)}
    first = out[0]
    heads = scene.kind == "headline" and first.attr.span is not None and first.attr.span.start <= first.start
    if first.start > scene.start and first.at > first.start and first.start in starts and not heads:
        first.start = scene.start
    for one, nxt in itertools.pairwise(out):
        if one.end < nxt.start and nxt.at - nxt.start > 0 and tails(scene, nxt):
            nxt.start = one.end if one.attr.kind not in ("official", "unknown") else nxt.start
    return out


def tails(scene: Scene, voice: Voice) -> bool:
    """Whether a source stands behind its words."""
    return voice.at > voice.start
