"""Who says what, whether or not it is a claim: source, cue and content of every attribution of a text.

One layer is read: what a speaker reports of others, inside a quotation or a clause that is the speaker's own, stays there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sayso.model.claim import Attribution, Span, Telling
from sayso.read.scene import Scene
from sayso.read.text.groups import Group, Np, Vg
from sayso.read.voices.contents import contents
from sayso.read.voices.phrases import OFFICES, Phrase, Range, apposed_end, past, phrase_of
from sayso.read.voices.speakers import source_of
from sayso.read.voices.stretches import segments
from sayso.read.voices.unvoiced import of_voice, speech, spoken


def tellings(scene: Scene, quotes: Sequence[Range]) -> list[Telling]:
    """The attributions of a sentence. One without a content waits for the quotation beside its sentence."""
    out: list[Telling] = []
    for a, b in segments(scene.groups):
        phrases: list[Phrase] = []
        for f in scene.frames:
            made = phrase_of(scene, f, a, b, phrases) if a <= f.at < b and not quoted(f.vg, quotes) else None
            if made is not None and not quoted(made.np, quotes):  # "“The shelling goes on,” reads a notice"
                phrases.append(made)
        for p in phrases:
            p.content = contents(scene, p, phrases, quotes, a, b)
        found = [told(scene, p) for p in phrases if (p.content or p.open) and not nested(p.frame.vg.start, p, phrases)]
        found += [t for t in cited(scene, a, b, quotes) if t.cue is None or not nested(t.cue.start, None, phrases)]
        found = found or [t for t in [named_by_mark(scene, a, b, quotes)] if t]
        out += [*found, *spoken(scene, a, b, quotes, found)]
    return out


def nested(at: int, p: Phrase | None, phrases: Sequence[Phrase]) -> bool:
    """Whether a cue stands inside the content of another phrase: then it is that speaker's own words."""
    return any(q is not p and s <= at < e for q in phrases for s, e in q.content)


def quoted(g: Group, quotes: Sequence[Range]) -> bool:
    """Whether a group stands inside a quotation: what a speaker tells there is the speaker's own."""
    return any(a <= g.start and g.end <= b for a, b in quotes)


def told(scene: Scene, p: Phrase) -> Telling:
    """The record of a phrase."""
    attr = source_of(p.np, scene) or Attribution(kind="unknown")
    cue = Span(p.frame.vg.start, p.frame.vg.end)
    return Telling(attr=attr, source=(p.source,), cue=cue, content=tuple(Span(*r) for r in p.content))


# -- sources without a verb -----------------------------------------------------------------------------------


def cited(scene: Scene, a: int, b: int, quotes: Sequence[Range]) -> Iterator[Telling]:
    """What "according to X" gives."""
    groups = scene.groups
    for i in range(a, b - 1):
        g, np = groups[i], groups[i + 1]
        if g.kind not in ("according", "cite") or not isinstance(np, Np) or quoted(g, quotes):
            continue
        if g.low == "per" and not (np.flags & OFFICES or np.names):
            continue
        if g.kind == "cite":
            made = citing(scene, i, a, b)
        else:
            last = apposed_end(groups, i + 1, b)
            made = around(scene, i, last, a, b, quotes)
        if made is not None:
            source, content = made
            yield Telling(
                attr=source_of(np, scene) or Attribution(kind="unknown"), source=(source,),
                cue=Span(g.start, g.end), content=(content,),
            )  # fmt: skip


def citing(scene: Scene, i: int, a: int, b: int) -> tuple[Span, Span] | None:
    """Who cites and what, for "X cited Y"."""
    groups = scene.groups
    before = i - 1
    while before > a and groups[before].kind == "adv":
        before -= 1
    np = groups[before]
    if before < a or not isinstance(np, Np):
        return None
    end = b
    while end - 1 > i + 1 and groups[end - 1].kind in ("stop", "comma"):
        end -= 1
    return Span(np.start, np.end), Span(groups[i + 1].start, groups[end - 1].end)


def around(scene: Scene, i: int, last: int, a: int, b: int, quotes: Sequence[Range]) -> tuple[Span, Span] | None:
    """The source and the content of "according to X": the clause before it, else the one behind."""
    groups = scene.groups
    source = Span(groups[i + 1].start, groups[last].end)
    if i > a + 1:
        end = i - 1
        while end > a and groups[end].kind == "comma":
            end -= 1
        return source, Span(groups[a].start, groups[end].end)
    at = past(groups, last + 1, b, ("comma",))
    if at < b and groups[at].kind == "quote" and (whole := next((r for r in quotes if r[0] == groups[at].start), None)):
        return source, Span(*whole)
    end = b - 1
    while end > at and groups[end].kind in ("stop", "comma"):
        end -= 1
    return (source, Span(groups[at].start, groups[end].end)) if at < b else None


def named_by_mark(scene: Scene, a: int, b: int, quotes: Sequence[Range]) -> Telling | None:
    """A quotation with its source behind a dash ("“...” - Ann Roe") or before a colon."""
    groups = scene.groups
    for i in range(a, b - 1):
        if groups[i].kind == "dash" and i > a and groups[i - 1].kind == "quote" and isinstance(np := groups[i + 1], Np):
            found = next((r for r in quotes if r[0] < groups[i - 1].end <= r[1]), None)
            if found is not None and not any(isinstance(g, Vg) for g in groups[i:b]):
                return by_mark(scene, groups[i], np, groups[apposed_end(groups, i + 1, b)].end, found)
        if (
            groups[i].kind == "colon"
            and isinstance(np := groups[a], Np)
            and i - a <= 3
            and groups[i + 1].kind == "quote"
        ):
            found = next((r for r in quotes if r[0] <= groups[i + 1].start < r[1]), None)
            if found is not None and not any(isinstance(g, Vg) for g in groups[a:i]):
                return by_mark(scene, groups[i], np, groups[i - 1].end, found)
    return None


def by_mark(scene: Scene, mark: Group, np: Np, end: int, content: Range) -> Telling:
    """The record of a quotation with a name beside it."""
    attr = source_of(np, scene) or Attribution(kind="unknown")
    return Telling(attr=attr, source=(Span(np.start, end),), cue=Span(mark.start, mark.end), content=(Span(*content),))


# -- over sentences and paragraphs ----------------------------------------------------------------------------


OPENING: Final = frozenset("“\"'«„")
CLOSING: Final = frozenset("”\"'»“«")
REST: Final = 160  # characters of the rest of a sentence between two parts of a quotation


@dataclass(slots=True)
class Running:
    """An attribution while the quotations around it are given out."""

    telling: Telling
    content: list[Span]

    @property
    def start(self) -> int:
        """Where its first word stands."""
        return min(
            s.start for s in (*self.content, *self.telling.source, *([self.telling.cue] if self.telling.cue else []))
        )

    @property
    def end(self) -> int:
        """Where its last word stands."""
        return max(
            s.end for s in (*self.content, *self.telling.source, *([self.telling.cue] if self.telling.cue else []))
        )


def joined(found: Sequence[Telling], quotes: Sequence[Range], text: str) -> list[Telling]:
    """The attributions of an entry, with the quotations that have none in their own sentence: one right behind an
    attribution goes on with it, also in a new paragraph; one right before is closed by it ("“...?” Ann Roe asked.")."""
    running = sorted((Running(t, list(t.content)) for t in found), key=lambda r: r.start)
    alone: list[Telling] = []
    nxt = 0
    for a, b in quotes:
        while nxt < len(running) and running[nxt].start <= b:
            nxt += 1
        near = running[max(0, nxt - 3) : nxt]
        if any(s.start < b and a < s.end for r in near for s in r.content):
            continue
        ahead = running[nxt] if nxt < len(running) else None
        if ahead is not None and not ahead.content and blank(text[b : ahead.start]):
            ahead.content.append(Span(a, b))
            continue
        for held in sorted(near, key=lambda r: -r.end):
            if held.end <= a and goes_on(text, held, a):
                held.content.append(Span(a, b))
                break
        else:
            if speech(text, (a, b)):
                alone.append(of_voice((a, b), running[nxt - 1].telling.attr if nxt else None))
    voiced = [
        Telling(attr=r.telling.attr, source=r.telling.source, cue=r.telling.cue, content=tuple(r.content))
        for r in running
        if r.content
    ]
    return sorted([*voiced, *alone], key=lambda t: t.content[0].start) if alone else voiced


def blank(between: str) -> bool:
    """Whether no word stands in a stretch."""
    return not any(c.isalnum() for c in between)


def goes_on(text: str, held: Running, a: int) -> bool:
    """Whether a quotation goes on with the attribution before it: nothing between, or the rest of its sentence; in a new
    paragraph only where the attribution waits for it, or where its own quotation was left open."""
    between = text[held.end : a]
    if blank(between):
        indirect = held.content and text[held.content[0].start] not in OPENING and held.content[-1].end == held.end
        if indirect and not between.startswith(","):
            return False  # its words end with its sentence: the quotation behind it is another saying of the same voice
        return "\n" not in between or not held.content or text[held.end - 1] not in CLOSING
    return (
        bool(held.content)
        and not {"\n", ":"} & set(between)
        and len(between) < REST
        and between.count(". ") <= 2  # one may be an abbreviation's
        and text[held.content[-1].start] in OPENING
    )
