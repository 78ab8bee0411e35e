"""Speakers repaired with a parser's help: where the rules found none, or only carried one over from before.

The rules know which noun groups stand round a verb; a parser knows which clause hangs on it. Where a verb of saying
governs a claim, the subject of that verb says it, if the reader's own directory and words tell who that is. Nothing
else of a claim is touched.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from sayso.model.claim import BY_PARSER, Attribution, Claim, Span
from sayso.model.tree import Parse, Tree, Word
from sayso.read.scene import Scene
from sayso.read.text.groups import Np, Vg
from sayso.read.voices.naming import plain
from sayso.read.voices.speakers import source_of

LANGUAGE: Final = "en"
#: How what is said hangs on the verb that says it (labels of CLEAR, as in spaCy's English models).
SAID: Final = frozenset(("ccomp", "xcomp", "dobj", "oprd", "nsubjpass"))
#: How a verb of saying hangs inside or behind what it says: ", the mayor said,", "as the mayor said".
ASIDE: Final = frozenset(("parataxis", "advcl"))
SUBJECTS: Final = frozenset(("nsubj", "nsubjpass"))
OWNERS: Final = frozenset(("its", "his", "her", "their"))
MOST_STEPS: Final = 40  # from a word up to the root; deeper trees are no sentences


def repairing(parse: Parse) -> Callable[[Scene, tuple[Claim, ...]], tuple[Claim, ...]]:
    """A look of the reader's that repairs the speakers of a sentence's claims. A sentence is parsed only where a claim
    lacks a speaker of its own and some verb says something."""

    def look(scene: Scene, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        if scene.lang != LANGUAGE or not any(map(lacking, claims)) or not any(sayings(scene)):
            return claims
        tree = parse(scene.text[scene.start : scene.end])
        return tuple(repaired(scene, tree, c) if lacking(c) else c for c in claims)

    return look


def lacking(claim: Claim) -> bool:
    """Whether the sentence itself gave the claim no speaker. That nothing is told of something is said by the outlet."""
    return claim.type != "not_reported" and (claim.attr.names_no_source or claim.attr.inferred)


def sayings(scene: Scene) -> Iterator[Vg]:
    """The verb groups of a sentence that hand on words."""
    return (g for g in scene.groups if isinstance(g, Vg) and g.say is not None and not g.neg)


def repaired(scene: Scene, tree: Tree, claim: Claim) -> Claim:
    """The claim with the speaker that the tree shows, or as it was."""
    found = speaker_in(scene, tree, claim.span)
    if found is None:
        return claim
    attr, verb = found
    was = claim.attr
    if attr.inferred and not was.names_no_source:
        return claim
    if (attr.side, attr.kind, attr.speaker, attr.org) == (was.side, was.kind, was.speaker, was.org):
        return claim
    assert verb.main is not None
    made = replace(
        attr,
        cue=verb.main.text,
        cue_span=Span(verb.main.start, verb.main.end),
        hedge=was.hedge if was.hedge not in (None, "reportedly") else attr.hedge,
        quote="indirect" if was.quote == "none" else was.quote,
    )
    why = f"{claim.why.rstrip('.')}; a parser makes “{verb.main.text}” govern it, and the subject of that its speaker."
    return replace(claim, attr=made, rule=f"{claim.rule}{BY_PARSER}", why=why)


def speaker_in(scene: Scene, tree: Tree, span: Span) -> tuple[Attribution, Vg] | None:
    """The source that is the subject of the verb of saying that governs a span, nearest first, with that verb."""
    at = top(tree, span.shift(-scene.start))
    if at is None:
        return None
    for word, verb in governing(scene, tree, at):
        subject = subject_of(tree, word)
        np = noun_group(scene, tree[subject]) if subject is not None else None
        attr = source_of(np, scene) or source_within(np, scene) if np is not None else None
        if attr is not None and attr.kind != "outlet":
            return attr, verb
    return None


def top(tree: Tree, span: Span) -> int | None:
    """The index of the first word of a span that hangs on a word outside it: the head of its clause."""
    inside = [i for i, w in enumerate(tree) if span.start <= w.start < span.end]
    return next((i for i in inside if tree[i].head == i or tree[i].head not in inside), None)


def governing(scene: Scene, tree: Tree, at: int) -> Iterator[tuple[int, Vg]]:
    """The verbs of saying over a word, nearest first, each with its index: those that it is said by, and asides."""
    for _ in range(MOST_STEPS):
        for i, word in enumerate(tree):
            if word.head == at and i != at and word.dep in ASIDE and (verb := saying(scene, word)) is not None:
                yield i, verb
        head = tree[at].head
        if head == at:
            return
        if tree[at].dep in SAID and (verb := saying(scene, tree[head])) is not None:
            yield head, verb
        at = head


def saying(scene: Scene, word: Word) -> Vg | None:
    """The verb group of saying whose main verb a word of the tree is."""
    at = word.start + scene.start
    return next((v for v in sayings(scene) if v.main is not None and v.main.start <= at < v.main.end), None)


def subject_of(tree: Tree, verb: int) -> int | None:
    """The index of who does what a verb says: its subject, the "by" of a passive, else that of the verb it is joined
    to; of a relative clause or a participle the noun that it hangs on."""
    for _ in range(MOST_STEPS):
        hanging = [i for i, w in enumerate(tree) if w.head == verb and i != verb]
        agent = next((i for i in hanging if tree[i].dep == "agent"), None)
        if agent is not None:
            return next((i for i, w in enumerate(tree) if w.head == agent and w.dep == "pobj"), None)
        own = next((i for i in hanging if tree[i].dep == "nsubj"), None)
        word = tree[verb]
        if word.dep in ("relcl", "acl"):
            return word.head
        if own is not None:
            return own
        if any(tree[i].dep in SUBJECTS for i in hanging) or word.dep not in ("conj", "advcl", "xcomp"):
            return None
        verb = word.head
    return None


def noun_group(scene: Scene, word: Word) -> Np | None:
    """The reader's noun group that holds a word of the tree."""
    at = word.start + scene.start
    return next((n for n in scene.nps() if n.start <= at < n.end), None)


def source_within(np: Np, scene: Scene) -> Attribution | None:
    """The source of a subject whose own words name none that the rules would take by themselves: the body that it is
    of ("the relief staff of the Guard"), the one that "its" points at, or a person of no body ("a woman who fled")."""
    for part in np.chain()[1:]:
        named = source_of(part, scene)
        if named is not None and not named.inferred and named.org:
            return replace(named, span=Span(np.start, np.end))
    counted = np.num is not None and np.num.bare  # those who are counted are told about
    if np.people is not None and np.people.who != "military" and not (np.names or np.of or counted):
        return Attribution(kind="eyewitness", org=plain(np), span=Span(np.start, np.end))
    if np.cells[0].low in OWNERS and np.people is None:
        owner = next((a for n in scene.nps() if n.start < np.start and (a := source_of(n, scene)) is not None), None)
        if owner is not None and not owner.inferred:
            return replace(owner, role=plain(np), span=Span(np.start, np.end))
    return None
