"""An entry read by the clause grammar: sentence by sentence, with what carries from one to the next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.model.claim import Attribution, Claim, Part, Span
from sayso.model.setting import Setting
from sayso.read.clauses.binding import bind
from sayso.read.clauses.deeds import deeds
from sayso.read.clauses.losses import losses
from sayso.read.clauses.replies import blamed, denials, hush
from sayso.read.clauses.sentence import Sentence, sentence_of
from sayso.read.clauses.sides import parties_in, place_name, places_in
from sayso.read.clauses.sourcing import sources_in
from sayso.read.clauses.tagging import Grammar
from sayso.read.clauses.voicing import frame_cues, give_voices
from sayso.read.drafts import Draft
from sayso.read.entries import fill
from sayso.read.merging import claim_of
from sayso.read.remembering import facing_in, remember
from sayso.read.scene import Memory, Scene, Voice
from sayso.read.text.names import Directory
from sayso.read.voices.quotations import quotations

CARRIED = ("attack.", "control.", "truce.", "movement.")


@dataclass(slots=True)
class Entry:
    """What is read together, and what it has established so far."""

    grammar: Grammar
    directory: Directory
    text: str
    setting: Setting
    memory: Memory


def read_entry(
    grammar: Grammar,
    text: str,
    pieces: Sequence[tuple[Span, Part]],
    setting: Setting,
    heading: Attribution | None,
) -> tuple[list[tuple[Claim, ...]], Attribution | None]:
    """The claims of each sentence of an entry, and the source that a list's heading gives to the bullets under it."""
    entry = Entry(grammar, grammar.directory.at(setting.published), text, setting, Memory(owner=setting.owner))
    entry.memory.listed = heading
    for known, kind in (
        (setting.heading, "headline"), (setting.topic, "topic"), (setting.previous, "entry"), (setting.list_heading, "topic"),
    ):  # fmt: skip
        absorb(entry, known, kind)
    if setting.last_source:
        entry.memory.source = source_in(entry, setting.last_source)
        entry.memory.sources += [entry.memory.source] if entry.memory.source else []
    if setting.town:
        entry.memory.place = setting.town
    entry.memory.topic = setting.previous or setting.topic or ""
    ranges = quotations(text, list(dict.fromkeys((p.span.start, p.span.end) for _, p in pieces)))
    out: list[tuple[Claim, ...]] = []
    for n, (span, part) in enumerate(pieces):
        quotes = [r for r in ranges if r[0] < span.end and r[1] > span.start]
        kind = "standfirst" if part.entry_kind == "summary" else part.kind
        out.append(read_sentence(entry, span, kind, quotes, closing_source(entry, pieces, n, quotes)))
    out = sourced_after(entry, out, pieces)
    return out, list_source(entry, pieces)


def scene_of(entry: Entry, text: str, span: Span, kind: str) -> Scene:
    """The scene of a sentence; its words are the clause grammar's, so that it has no groups."""
    return Scene(
        text=text, start=span.start, end=span.end, groups=(), frames=(), directory=entry.directory, memory=entry.memory,
        setting=entry.setting, kind=kind, published=entry.setting.published,
    )  # fmt: skip


def analysed(entry: Entry, text: str, span: Span, kind: str) -> Sentence:
    """A sentence with its words, counts, triggers and voices."""
    s = sentence_of(entry.grammar, scene_of(entry, text, span, kind))
    s.scene.hedges = hedges(s)
    give_voices(s)
    fill(s.scene)
    bind(s)
    return s


def hedges(s: Sentence) -> list[tuple[int, int, str]]:
    """The hedges of a sentence with the stretch of each: one that opens the sentence holds for all of it."""
    out = []
    for k, word in enumerate(s.words):
        hedge = word.one("hedge")
        if hedge is None:
            continue
        part = s.part(k)
        start, end = s.words[part[0]].start, s.words[part[-1]].end
        out.append((s.scene.start, s.scene.end, hedge.cls) if k <= 1 else (start, end, hedge.cls))
    return out


def closing_source(
    entry: Entry, pieces: Sequence[tuple[Span, Part]], n: int, quotes: Sequence[tuple[int, int]]
) -> Attribution | None:
    """The source of a quotation that is open at the end of a sentence: the one named where it closes."""
    span = pieces[n][0]
    ends = next((b for a, b in quotes if a < span.end < b - 1), None)
    later = next((p for p, _ in pieces[n + 1 :] if ends is not None and ends <= p.end), None)
    if later is None:
        return None
    s = sentence_of(entry.grammar, scene_of(entry, entry.text, later, "entry"))
    give_voices(s)
    found = next((v.attr for v in s.scene.voices if not v.attr.inferred), None)
    return replace(found, cue=None, cue_span=None, inferred=True) if found is not None else None


def read_sentence(
    entry: Entry, span: Span, kind: str, quotes: Sequence[tuple[int, int]], closing: Attribution | None
) -> tuple[Claim, ...]:
    """The claims of one sentence, remembered for those after it."""
    s = analysed(entry, entry.text, span, kind)
    if closing is not None and all(v.carried for v in s.scene.voices):
        s.scene.voices = [Voice(closing, s.scene.start, s.scene.end, s.scene.end, carried=True)]
    silent = hush(s)
    told = blamed(s, sorted([*losses(s), *deeds(s)], key=lambda d: d.at))
    drafts = denials(s, told, ())
    drafts = freed([*silent, *drafts])
    order = {id(d): n for n, d in enumerate(drafts)}
    claims = tuple(claim_of(s.scene, d, order, quotes) for d in drafts)
    remember(s.scene, entry.memory, claims)
    keep(s)
    return claims


def freed(drafts: list[Draft]) -> list[Draft]:
    """Drafts in text order, each number and each plain deed once."""
    out: list[Draft] = []
    numbers: set[int] = set()
    for made in sorted(drafts, key=lambda d: (d.at, d.type)):
        at = made.num.start if made.num is not None and made.num.bare and made.num.op != "none" else None
        if at is not None and at in numbers:
            continue
        if at is not None:
            numbers.add(at)
        out.append(made)
    return out


def keep(s: Sentence) -> None:
    """Keep the parties and the place that a sentence names."""
    memory, everywhere = s.scene.memory, range(len(s.words))
    found = [p for _, p in parties_in(s, everywhere) if s.scene.directory.is_party(p) and p != s.scene.directory.all_id]
    distinct = tuple(dict.fromkeys(found))
    memory.parties += distinct
    camps = facing_in(s.scene, distinct)
    if len(camps) == 2:
        memory.camps = camps
    for k, place in places_in(s, everywhere):
        memory.place = place_name(s, k)
        memory.place_side = (place.side if place is not None else None) or memory.place_side
    memory.since = next((w.first for _, _, w in s.times if w.kind == "since" and w.first), memory.since)


def absorb(entry: Entry, text: str | None, kind: str) -> None:
    """Keep what a heading, topic or earlier sentence establishes."""
    if not text or not text.strip():
        return
    whole = Span(0, len(text))
    mini = replace_text(entry, text)
    s = analysed(mini, text, whole, kind if kind != "topic" else "headline")
    named = [v.attr for v in s.scene.voices if not v.attr.inferred and not v.carried]
    if kind == "headline" and named:
        entry.memory.heading = replace(named[-1], span=None, cue=None, cue_span=None)
    if kind != "topic":
        drafts = denials(s, blamed(s, sorted([*losses(s), *deeds(s)], key=lambda d: d.at)), ())
        for d in drafts:
            if d.type not in ("denial", "other", "not_reported"):
                entry.memory.claim = (d.type, d.sub, d.actor, d.subject, d.places)
    keep(s)
    party = next((p for _, p in parties_in(s, range(len(s.words))) if entry.directory.is_party(p)), None)
    if entry.memory.place_side is None and party is not None and party != entry.directory.all_id:
        entry.memory.place_side = party if kind != "topic" else None
        entry.memory.subject = party if kind == "topic" else None


def replace_text(entry: Entry, text: str) -> Entry:
    """The same entry about another text."""
    return Entry(entry.grammar, entry.directory, text, entry.setting, entry.memory)


def source_in(entry: Entry, text: str) -> Attribution | None:
    """The source that a short text names."""
    s = sentence_of(entry.grammar, scene_of(entry, text, Span(0, len(text)), "topic"))
    found = sources_in(s)
    return replace(found[0].attr, span=None, cue=None) if found else None


def list_source(entry: Entry, pieces: Sequence[tuple[Span, Part]]) -> Attribution | None:
    """The source that a heading over a list gives to its bullets."""
    if not pieces or pieces[0][1].entry_kind != "heading":
        return None
    for span, _ in pieces:
        s = sentence_of(entry.grammar, scene_of(entry, entry.text, span, "topic"))
        found = sources_in(s)
        if found:
            return replace(found[0].attr, span=None, inferred=found[0].weak)
    return None


def sourced_after(
    entry: Entry, read: list[tuple[Claim, ...]], pieces: Sequence[tuple[Span, Part]]
) -> list[tuple[Claim, ...]]:
    """The claims with a source that the next sentence names for them ("Об этом сообщила ...")."""
    out = list(read)
    for n in range(1, len(out)):
        if not out[n - 1]:
            continue
        s = sentence_of(entry.grammar, scene_of(entry, entry.text, pieces[n][0], "entry"))
        pointing = not out[n] and any(w.has("this") for w in s.words[:4]) and any(w.has("say", "cite") for w in s.words)
        if not pointing and not any(c.back for c in frame_cues(s, sources_in(s))):
            continue
        give_voices(s)
        voice = next((v for v in s.scene.voices if not v.attr.inferred), None)
        if voice is None:
            continue
        for m in range(n - 1, -1, -1):
            if any(c.attr.kind not in ("outlet", "unknown") and not c.attr.inferred for c in out[m]):
                break
            out[m] = tuple(owned(entry, c, voice.attr) for c in out[m])
    return out


def owned(entry: Entry, claim: Claim, attr: Attribution) -> Claim:
    """A claim with the source that was named after it; its own losses are then of that side."""
    if claim.attr.kind not in ("outlet", "unknown") or claim.type == "not_reported":
        return claim
    subject = claim.subject
    if subject is None and claim.type == "casualties" and attr.kind not in ("media", "expert", "international_org"):
        subject = attr.side
    return replace(claim, attr=replace(attr, quote="indirect"), subject=subject)
