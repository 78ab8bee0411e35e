"""Whether the text and the coverage bear out the speaker that a language model proposed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from sayso.model.claim import Attribution, Span
from sayso.read.models.proposals import Says
from sayso.read.scene import Scene
from sayso.read.text.groups import Np, Vg
from sayso.read.text.names import form_of
from sayso.read.voices.speakers import source_of

NO_SPEAKER: Final = "the speaker is not named in the text"
OTHER_SPEAKER: Final = "the text gives the words to another speaker"
WRONG_SIDE: Final = "the speaker's side is not what the coverage says"


@dataclass(frozen=True, slots=True)
class Vouched:
    """The source of a proposal; None where it is whoever the rules say speaks at those words."""

    attr: Attribution | None


def vouched(scene: Scene, says: Says, at: Span) -> Vouched | str:
    """The source as the text and the coverage name it, else why the proposed one does not hold.

    Side and kind come from the coverage. Where the rules find a source of these very words, it must be that one; a
    proposal without a speaker takes the one that carries over, and is no claim of the outlet's where one is named.
    """
    own = scene.speaker(at.start)
    names = [n for n in (says.speaker, says.org) if n and n.strip()]
    if not names:
        if own is not None and not own.inferred:
            return OTHER_SPEAKER
        return Vouched(None) if says.side in (None, own.side if own else None) else WRONG_SIDE
    found = [source_named(scene, n) for n in names]
    if any(f is None for f in found):
        return NO_SPEAKER
    sources = [f for f in found if f is not None]
    attr = sources[0] if len(sources) == 1 else joined(sources[0], sources[1])
    if attr is None or (says.side is not None and says.side != attr.side):
        return WRONG_SIDE
    if own is not None and not own.inferred and not agree(own, attr):
        return OTHER_SPEAKER
    return Vouched(own if own is not None and agree(own, attr) else attr)


def agree(a: Attribution, b: Attribution) -> bool:
    """Whether two sources are one: of the same side and kind, or by the same name."""
    if a.side is not None and b.side is not None and a.side != b.side:
        return False
    same_name = any(x and y and x.casefold() == y.casefold() for x, y in ((a.speaker, b.speaker), (a.org, b.org)))
    return same_name or (a.side, a.kind) == (b.side, b.kind)


def joined(person: Attribution, body: Attribution) -> Attribution | None:
    """A person and the body spoken for as one source; None where they are of two sides."""
    if person.side is not None and body.side is not None and person.side != body.side:
        return None
    known, other = (person, body) if person.kind != "unknown" else (body, person)
    return replace(
        known, speaker=person.speaker or other.speaker, org=known.org or other.org, role=known.role or other.role
    )


def source_named(scene: Scene, name: str) -> Attribution | None:
    """The source of that name: in this sentence, else among those that the entry named before; None if in neither.

    A name that stands in the sentence but leads nowhere in the coverage is an unknown source of no side.
    """
    at = found_in(scene.text.casefold(), name.strip().casefold(), Span(scene.start, scene.end))
    if at is None or len(scene.text.casefold()) != len(scene.text):
        at = found_in(scene.text, name.strip(), Span(scene.start, scene.end))
    if at is None:
        return carried_named(scene, name)
    if not anyone_speaks(scene):
        return None
    for np in noun_groups(scene):
        if np.start < at.end and at.start < np.end:
            if only_acts(scene, np):
                return None
            made = source_of(np, scene)
            if made is not None:
                return made
    return Attribution(kind="unknown", org=scene.text[at.start : at.end], span=at)


#: What shows that a sentence hands on words: a cue of the lexicon, "that", a colon, dash or quotation mark.
CUES: Final = frozenset(("cite", "according", "quotedby", "voice", "that", "colon", "dash", "quote"))


def anyone_speaks(scene: Scene) -> bool:
    """Whether anything in a sentence shows that words are handed on; a name alone makes nobody a speaker."""
    return any(not v.carried for v in scene.voices) or any(
        g.kind in CUES
        or (isinstance(g, Vg) and g.say is not None)
        or (isinstance(g, Np) and any(p.lexeme("report") or p.lexeme("account") for p in g.chain()))
        for g in scene.groups
    )


def only_acts(scene: Scene, np: Np) -> bool:
    """Whether a noun group is the subject of known deeds and of no verb of saying: it does, and does not say."""
    verbs = [f.vg for f in scene.frames if any(np is part for s in f.subj for part in s.chain())]
    return bool(verbs) and all(v.say is None and v.classes for v in verbs)


def noun_groups(scene: Scene) -> Iterator[Np]:
    """The noun groups of a sentence and what hangs on them, outermost first."""
    return (part for np in scene.nps() for part in np.chain())


def carried_named(scene: Scene, name: str) -> Attribution | None:
    """The source of that name among those of the entry so far, its headline, its list and its channel's owner."""
    memory = scene.memory
    known = [memory.source, memory.heading, memory.owner, memory.listed, *reversed(memory.sources)]
    entry = scene.directory.names.get(form_of(name))
    low = name.strip().casefold()
    for source in known:
        if source is None:
            continue
        own = {n.casefold() for n in (source.speaker, source.org) if n}
        body = entry.body if entry else None
        person = entry.person if entry else None
        if (
            low in own
            or (body is not None and (body.kind, body.side) == (source.kind, source.side))
            or (person is not None and person.name == source.speaker)
        ):
            return replace(source, inferred=True, span=None, cue=None, cue_span=None, hedge=None)
    return None


def found_in(text: str, words: str, within: Span) -> Span | None:
    """Where words stand whole inside a stretch of a text: neither a number nor a word goes on before or after them."""
    words = words.strip()
    at = text.find(words, within.start, within.end) if words else -1
    while at >= 0:
        end = at + len(words)
        if not goes_on(text, at, -1) and not goes_on(text, end, 1):
            return Span(at, end)
        at = text.find(words, at + 1, within.end)
    return None


def goes_on(text: str, at: int, step: int) -> bool:
    """Whether a word or number crosses an edge: letters on both sides of it, or a digit behind a digit's mark."""
    outer, inner = (at - 1, at) if step < 0 else (at, at - 1)
    if not 0 <= outer < len(text) or not 0 <= inner < len(text):
        return False
    if text[outer].isalnum() and text[inner].isalnum():
        return True
    beyond = outer + step
    return text[outer] in ".,-" and text[inner].isdigit() and 0 <= beyond < len(text) and text[beyond].isdigit()
