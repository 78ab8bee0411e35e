"""Who says what in a sentence: every source that it names, in whatever form, with the stretch of words that is its own."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from sayso.model.claim import Attribution, Span, Via
from sayso.read.frames import Frame
from sayso.read.groups import Group, Np, Vg
from sayso.read.scene import Scene, Voice
from sayso.read.speakers import carried, plain, source_of

ESTIMATES: Final = frozenset(("estimate", "reckon", "guess", "calculate"))
EXPERT_ESTIMATES: Final = frozenset(
    ("believe", "think", "suggest", "say", "speculate", "predict", "fear", "assess", "put")
)
SENSES: Final = frozenset(("see", "hear"))
ACCOUNT_PREPS: Final = frozenset(("by", "in", "as", "on"))


def voices_of(scene: Scene) -> list[Voice]:
    """The sources of a sentence with their stretches, in text order."""
    if scene.kind in ("headline", "post", "list", "bullet", "standfirst", "entry", "briefing"):
        framed = head_or_tail(scene)
        if framed:
            return framed
    out: list[Voice] = []
    for a, b in segments(scene.groups):
        found = sorted(segment_voices(scene, a, b), key=lambda v: v.at)
        out += clipped(found)
    return spread(scene, out)


def segments(groups: Sequence[Group]) -> list[tuple[int, int]]:
    """The stretches between semicolons and stops, as group indices."""
    cuts = [-1, *(i for i, g in enumerate(groups) if g.kind in ("semi", "stop")), len(groups)]
    return [(a + 1, b) for a, b in itertools.pairwise(cuts) if b > a + 1]


# -- headlines ------------------------------------------------------------------------------------------------


def head_or_tail(scene: Scene) -> list[Voice]:
    """The sources of "X - Azerbaijan's Defense Ministry" and "Aliyev: X", for each part of a headline."""
    groups = scene.groups
    if scene.kind == "headline" and (tail := tail_voice(scene)) is not None:
        return [tail]
    out = []
    for a, b in segments(groups):
        colon = next((i for i in range(a, min(b, a + 7)) if groups[i].kind == "colon"), None)
        if colon is None or colon == a or (scene.kind not in ("headline", "post") and colon - a > 5):
            continue
        before = groups[a:colon]
        if any(isinstance(g, Vg) for g in before) or not isinstance(before[0], Np) or before[0].num:
            continue
        attr = source_of(appose(list(before)), scene)
        if attr is not None and not attr.inferred and usable_head(attr, scene):
            out.append(Voice(with_channel(attr, before), groups[a].start, end_of(scene, b), groups[colon].start))
    return out


def usable_head(attr: Attribution, scene: Scene) -> bool:
    """Whether "X:" at the start names a source there: in headlines and posts any, in running text no bare country."""
    return scene.kind in ("headline", "post") or attr.speaker is not None or attr.kind not in ("media",)


def tail_voice(scene: Scene) -> Voice | None:
    """The source behind the last dash of a headline, or behind a colon ("No, no and no: League on the blast")."""
    groups = scene.groups
    for i in range(len(groups) - 1, 0, -1):
        if groups[i].kind not in ("dash", "colon"):
            continue
        after = groups[i + 1 :]
        if not after or not isinstance(after[0], Np) or any(isinstance(g, Vg) for g in after):
            return head_before_dash(scene, i)
        if groups[i].kind == "colon" and not (
            len(after) > 1 and after[1].kind == "prep" and after[1].sub in ("on", "about")
        ):
            return None
        attr = source_of(appose(list(after)), scene)
        if attr is None or attr.inferred:
            return head_before_dash(scene, i)
        return Voice(with_channel(attr, after), scene.start, scene.end, groups[i].start)
    return None


def head_before_dash(scene: Scene, dash: int) -> Voice | None:
    """The source before a dash ("Defense Ministry - on tactical tricks")."""
    before = [g for g in scene.groups[:dash] if g.kind not in ("adv", "quote")]
    if len(before) != 1 or not isinstance(before[0], Np) or scene.groups[dash].kind != "dash":
        return None
    attr = source_of(before[0], scene)
    return Voice(attr, scene.start, scene.end, scene.groups[dash].start) if attr and not attr.inferred else None


def appose(groups: list[Group]) -> Np:
    """The first noun group with the one beside it between commas attached."""
    first = groups[0]
    assert isinstance(first, Np)
    if len(groups) > 2 and groups[1].kind == "comma" and isinstance(groups[2], Np) and first.apposed is None:
        first.apposed = groups[2]
    return first


# -- running text ---------------------------------------------------------------------------------------------


def segment_voices(scene: Scene, a: int, b: int) -> Iterator[Voice]:
    """The sources named between two group indices."""
    cited = list(citations(scene, a, b))
    for frame in scene.frames:
        if a <= frame.at < b and frame.vg.say is not None:
            voice = passive_voice(scene, frame, a, b) if frame.vg.passive else frame_voice(scene, frame, a, b)
            if voice is not None:
                yield relayed(voice, cited, scene)
                cited = [c for c in cited if not c.done]
    for voice in cited:
        if not voice.done:
            yield voice
    yield from account_voices(scene, a, b)
    yield from marked_voices(scene, a, b)


def frame_voice(scene: Scene, frame: Frame, a: int, b: int) -> Voice | None:
    """The source of "X said", "said X", ", X says," with the words that it says."""
    groups = scene.groups
    say = frame.vg.say
    assert say is not None
    if not frame.subj or comma_before(scene, frame.at):
        inverted = inverted_source(scene, frame, a)
        if inverted is not None:
            told = dressed(inverted[1], frame, groups[frame.at : b], scene)
            return Voice(told, start_of(scene, a), groups[min(b, len(groups)) - 1].end, frame.vg.start)
    if frame.vg.neg or (
        any(n.neg for n in frame.objs[:1]) and say.lemma in ("publish", "report", "release", "share", "disclose")
    ):
        return None
    if not frame.subj or (frame.shared and frame.vg.feat != "ing" and not same_subject_says(scene, frame)):
        return None
    subject = with_apposition(scene, frame.subj[0], frame.at)
    attr = source_of(subject, scene)
    if (
        attr is None
        or attr.kind == "outlet"
        or (say.lemma in SENSES and attr.kind not in ("eyewitness", "medics", "official", "army", "international_org"))
    ):
        return None
    first = scene.index(subject) if subject in groups else frame.at
    attr = dressed(attr, frame, groups[first : frame.last + 1], scene)
    before, after = has_content(groups[a:first]), has_content(content_after(groups[frame.at + 1 : b]))
    begin = start_of(scene, a) if before and tail_position(groups, first) else subject.start
    finish = end_of(scene, b) if after or not before else frame.vg.end
    return Voice(attr, begin, max(finish, frame.vg.end), frame.vg.start)


def passive_voice(scene: Scene, frame: Frame, a: int, b: int) -> Voice | None:
    """ "the same was announced by the ministry": the "by" of a passive verb of saying."""
    for np in frame.prep("by"):
        attr = source_of(np, scene)
        if attr is not None:
            return Voice(dressed(attr, frame, [np], scene), start_of(scene, a), end_of(scene, b), frame.vg.start)
    return None


def same_subject_says(scene: Scene, frame: Frame) -> bool:
    """Whether a second verb of the same subject hands on its words ("met him and said that")."""
    return scene.before(frame.at) is not None


def comma_before(scene: Scene, at: int) -> bool:
    """Whether a comma or a quotation mark stands right before a verb."""
    return at > 0 and scene.groups[at - 1].kind in ("comma", "quote")


def inverted_source(scene: Scene, frame: Frame, a: int) -> tuple[Np, Attribution] | None:
    """The source behind its verb: "..., said the mayor", "so runs the notice of the League"."""
    nxt = frame.at + 1
    if nxt >= len(scene.groups) or not isinstance(scene.groups[nxt], Np) or frame.at == a:
        return None
    np = scene.groups[nxt]
    assert isinstance(np, Np)
    after = scene.groups[nxt + 1].kind if nxt + 1 < len(scene.groups) else "stop"
    if after not in ("stop", "comma", "semi", "prep", "quote", "time", "colon", "rel"):
        return None
    attr = source_of(np, scene)
    return (np, attr) if attr is not None and not (len(np.cells) == 1 and np.cells[0].low in ("it", "they")) else None


def with_apposition(scene: Scene, np: Np, verb: int) -> Np:
    """The subject with what stands beside it: "Rolf Imre, its mayor, wrote" names one source twice."""
    at = scene.index(np) if np in scene.groups else -1
    if at >= 2 and scene.groups[at - 1].kind == "comma" and isinstance(scene.groups[at - 2], Np) and verb - at <= 4:
        prior = scene.groups[at - 2]
        assert isinstance(prior, Np)
        if can_stand_beside(prior, np) and (
            at < 3 or scene.groups[at - 3].kind in ("comma", "stop", "quote", "bullet", "conj")
        ):
            np.apposed = prior
    if at + 2 < verb and scene.groups[at + 1].kind == "comma" and isinstance(scene.groups[at + 2], Np):
        beside = scene.groups[at + 2]
        assert isinstance(beside, Np)
        np.apposed = beside
    return np


def can_stand_beside(one: Np, other: Np) -> bool:
    """Whether two noun groups between commas are a person and an office."""
    person = any(n.person for n, _ in one.names + other.names) or capitals(one) or capitals(other)
    office = any(x.lexeme("body") or x.lexeme("role") for x in (one, other))
    return person and office


def capitals(np: Np) -> bool:
    """Whether a noun group is two or more unknown words with capitals."""
    return sum(c.cap and not c.lex and c.name is None for c in np.cells) >= 2


def has_content(groups: Sequence[Group]) -> bool:
    """Whether something is said in a stretch: a verb, or a noun group that is no preposition's."""
    for i, g in enumerate(groups):
        if isinstance(g, Vg):
            return True
        if isinstance(g, Np) and not (i and groups[i - 1].kind == "prep") and not g.lexeme("channel"):
            return True
        if g.kind == "quote":
            return True
    return False


def content_after(groups: Sequence[Group]) -> Sequence[Group]:
    """What follows a verb of saying without its addressee ("told reporters", "told Kuld radio")."""
    out = list(groups)
    while out and (out[0].kind in ("adv", "time") or (isinstance(out[0], Np) and is_addressee(out[0]))):
        out.pop(0)
    while len(out) >= 2 and out[0].kind == "prep" and isinstance(out[1], Np):
        out = out[2:]
    return out


def is_addressee(np: Np) -> bool:
    """Whether a noun group is who was told: reporters, a broadcaster."""
    media = any(n.body and n.body.kind == "media" for n, _ in np.names)
    return bool(media or np.lexeme("channel") or (np.lexeme("body", "media") and not np.num))


def tail_position(groups: Sequence[Group], first: int) -> bool:
    """Whether a comma, quotation mark or dash sets the source off from the words before it."""
    return (first > 0 and groups[first - 1].kind in ("comma", "quote", "dash", "close")) or (
        first > 1 and groups[first - 1].kind == "adv"
    )


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
        made = replace(made, via=(*made.via, Via(org=plain(told), kind="media", side=via.side)))
    return with_channel(made, stretch)


def is_outlet(name: str, scene: Scene) -> bool:
    """Whether a relay is the page's own outlet or the agency whose copy it is."""
    return bool(scene.setting.outlet) and name.casefold() in (scene.setting.outlet or "").casefold()


def with_channel(attr: Attribution, stretch: Sequence[Group]) -> Attribution:
    """The source with the channel that a stretch of groups names, if any."""
    if attr.channel is not None and not attr.inferred:
        return attr
    for i, g in enumerate(stretch):
        behind = (i > 0 and stretch[i - 1].kind == "prep") or i == 0 or stretch[i - 1].kind in ("vg", "comma")
        for part in g.chain() if isinstance(g, Np) else [g]:
            for cell in part.cells:
                found = cell.one("channel")
                if found is None or (cell.low == "x" and not cell.cap):
                    continue
                if found.cls in ("press_service", "x", "facebook") or (behind and cell is part.cells[-1]):
                    return replace(attr, channel=found.cls)
    return attr


def citations(scene: Scene, a: int, b: int) -> Iterator[Voice]:
    """ "according to X", "citing X", "quoted by X", "speaking to X"."""
    groups = scene.groups
    for i in range(a, b - 1):
        g = groups[i]
        if g.kind not in ("according", "cite", "quotedby") or not isinstance(groups[i + 1], Np):
            continue
        np = groups[i + 1]
        assert isinstance(np, Np)
        attr = source_of(np, scene)
        if attr is None or (attr.inferred and not np.names and not np.lexeme("body")):
            continue
        cue = g.cells[0].text.lower()
        made = replace(attr, cue=cue, cue_span=Span(g.start, g.end), span=Span(np.start, np.end))
        hedge = "estimate" if made.kind == "expert" and g.kind == "according" else made.hedge
        yield Voice(
            replace(made, hedge=hedge), start_of(scene, a), end_of(scene, b), g.start, carried=g.kind == "quotedby"
        )


def relayed(voice: Voice, cited: list[Voice], scene: Scene) -> Voice:
    """A reporting voice joined with what it cites: the cited is the claimant, the reporter the relay."""
    chain = [c for c in cited if not c.carried and not c.done and scene.groups[0].kind != "never"]
    quoting = [c for c in chain if scene_kind(scene, c.at) == "cite"]
    for c in cited:
        if c.carried and not c.done:
            c.done = True
            if c.attr.kind == "media":
                via = Via(org=c.attr.org, kind="media", side=c.attr.side)
                channel = voice.attr.channel or c.attr.channel or broadcast(c.attr.org)
                voice.attr = replace(voice.attr, via=(*voice.attr.via, via), channel=channel)
    if not quoting:
        return voice
    for c in quoting:
        c.done = True
    last = quoting[-1]
    relays = [*[q.attr for q in quoting[:-1]][::-1], voice.attr]
    vias = tuple(Via(org=r.org or r.role or r.speaker, kind=r.kind, side=r.side) for r in relays)
    return Voice(
        replace(last.attr, via=vias, channel=last.attr.channel),
        min(voice.start, last.start),
        max(voice.end, last.end),
        last.at,
    )


def broadcast(org: str | None) -> str | None:
    """The channel that a broadcaster's name says."""
    low = (org or "").lower()
    return "radio" if "radio" in low else "tv" if "tv" in low.split() or "television" in low else None


def scene_kind(scene: Scene, at: int) -> str:
    """The kind of the group that starts at an offset."""
    return next((g.kind for g in scene.groups if g.start == at), "")


def account_voices(scene: Scene, a: int, b: int) -> Iterator[Voice]:
    """ "By his preliminary count", "in the ministry's telling", "by the Guard's account"."""
    groups = scene.groups
    for i in range(a, b):
        np = groups[i]
        if not isinstance(np, Np) or not np.lexeme("account") or (np.num is not None and not np.lexeme("account")):
            continue
        fronted = i > a and groups[i - 1].kind == "prep" and groups[i - 1].sub in ACCOUNT_PREPS
        cell = np.cell("account")
        if not fronted or cell is None:
            continue
        attr = account_source(np, scene)
        if attr is not None:
            cue = f"{groups[i - 1].cells[0].text} {cell.text}".lower() if cell.low == "account" else cell.text
            yield Voice(
                replace(attr, cue=cue, cue_span=Span(cell.start, cell.end)),
                start_of(scene, a),
                end_of(scene, b),
                np.start,
            )


def account_source(np: Np, scene: Scene) -> Attribution | None:
    """Whose count or account it is."""
    if any(c.low in ("his", "her", "their", "its") for c in np.cells) and not np.names:
        return carried(scene)
    for part in np.chain():
        words = [c for c in part.cells if not c.has("account") or c.name]
        if words and (part.names or part.lexeme("body")):
            side = next(
                (n.party or (n.body.side if n.body else None) for n, _ in part.names if n.party or n.body), None
            )
            body = next((n.body for n, _ in part.names if n.body), None)
            common = part.lexeme("body")
            if body is not None:
                return Attribution(kind=body.kind, side=body.side, org=body.name, span=Span(np.start, np.end))
            if common is not None:
                known = source_of_words(common.cls, side, scene)
                return replace(known, span=Span(np.start, np.end))
            if side is not None:
                return Attribution(
                    kind=scene.directory.kind_of_party(side), side=side, org=words[0].text, span=Span(np.start, np.end)
                )
    return None


def source_of_words(kind: str, side: str | None, scene: Scene) -> Attribution:
    """A body by its common noun: the entry's last one of that kind, else of that side."""
    last = [scene.memory.source] if scene.memory.source else []
    known = next(
        (
            s
            for s in reversed([*scene.memory.sources, *last])
            if s.kind == kind or (s.kind.endswith("ministry") and kind.endswith("ministry"))
        ),
        None,
    )
    return known if known and side is None else Attribution(kind=kind, side=side)


def marked_voices(scene: Scene, a: int, b: int) -> Iterator[Voice]:
    """ "Officially ...; unofficially ...", "It is reported that"."""
    for i in range(a, b):
        g = scene.groups[i]
        if g.kind == "voice":
            official = g.sub == "officially"
            attr = Attribution(
                kind="official" if official else "unknown",
                hedge=None if official else "unofficial",
                cue=g.cells[0].text.lower(),
                cue_span=Span(g.start, g.end),
            )
            yield Voice(attr, start_of(scene, a), end_of(scene, b), g.start)


# -- stretches ------------------------------------------------------------------------------------------------


def start_of(scene: Scene, a: int) -> int:
    """Where a segment begins, with the quotation mark before it."""
    return scene.groups[a].start


def end_of(scene: Scene, b: int) -> int:
    """Where a segment ends."""
    return scene.groups[min(b, len(scene.groups)) - 1].end


def clipped(voices: list[Voice]) -> list[Voice]:
    """Voices of one segment so that each begins where the one before ends, the later one's own words first."""
    for one, nxt in itertools.pairwise(voices):
        if nxt.start > one.start:
            one.end = min(one.end, nxt.start)
        elif nxt.start <= one.start and one.at < nxt.at:
            nxt.start = max(nxt.start, one.end if one.end < nxt.at else one.start)
            if one.end > nxt.at:
                one.end = nxt.start if nxt.start > one.start else one.end
    return voices


def spread(scene: Scene, voices: list[Voice]) -> list[Voice]:
    """Voices stretched over the segments of their sentence that name no source: first back, then forward."""
    if not voices:
        return voices
    out = sorted(voices, key=lambda v: v.start)
    if out[0].start > scene.start and out[0].at > out[0].start:
        out[0].start = scene.start
    for one, nxt in itertools.pairwise(out):
        if one.end < nxt.start and nxt.at - nxt.start > 0 and tails(scene, nxt):
            nxt.start = one.end if one.attr.kind not in ("official", "unknown") else nxt.start
    return out


def tails(scene: Scene, voice: Voice) -> bool:
    """Whether a source stands behind its words."""
    return voice.at > voice.start
