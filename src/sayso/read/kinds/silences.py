"""What is not reported: figures not given, questions not answered. Unknown is kept apart from zero (R3)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sayso.model.claim import Attribution, Span
from sayso.model.vocabulary import Who
from sayso.read.drafts import Draft, both, facing, spanned
from sayso.read.kinds.victims import who_of
from sayso.read.places import place_names
from sayso.read.scene import OUTLET, Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Group, Np, Vg
from sayso.read.text.needs import any_word, needs
from sayso.read.voices.speakers import source_of
from sayso.read.voices.stretches import DOUBLE

UNCLEAR: Final = frozenset(("unclear", "unknown", "undisclosed", "silence", "uncertain", "silent"))
SELF: Final = frozenset(("know", "tell", "say", "establish", "determine", "verify", "confirm", "rule out", "check"))
ANSWERS: Final = frozenset(("response", "comment", "reply", "reaction", "answer", "word"))
REPORTS: Final = frozenset(
    ("report", "reports", "claim", "claims", "rumour", "rumours", "rumor", "rumors", "allegations")
)
STILL: Final = frozenset(("established", "clarified", "determined", "confirmed", "specified", "counted"))


IS_UNCLEAR: Final = needs(any_word(UNCLEAR | ANSWERS), "~reached ~contacted ~available")
WORDLESS: Final = needs(f"victim toll & {any_word(STILL | UNCLEAR)}", "~silence")


def silences(scene: Scene) -> Iterator[Draft]:
    """Every statement that something is not told or not known."""
    done: list[tuple[int, int]] = []
    for frame in scene.frames:
        made = from_frame(scene, frame)
        if made is None or any(a == scene.clause(frame.vg.start)[0] and abs(b - frame.vg.start) < 60 for a, b in done):
            continue
        done.append((scene.clause(frame.vg.start)[0], frame.vg.start))
        yield from per_side(scene, frame, made)
    if WORDLESS.met(scene.flags):
        yield from wordless(scene)


def from_frame(scene: Scene, frame: Frame) -> Draft | None:
    """The silence of a negated verb of telling, or of "is unclear"."""
    vg = frame.vg
    telling = "disclose" in vg.classes or vg.say is not None
    if not (telling or IS_UNCLEAR.met(scene.flags) or not_clear(scene, frame)):
        return None
    nothing = any(
        n.neg
        and (
            n.head.low
            in (
                "nothing",
                "none",
                "no",
                "figures",
                "figure",
                "losses",
                "details",
                "data",
                "information",
                "comment",
                "number",
                "numbers",
            )
            or "own" in {c.low for c in n.cells}
        )
        for n in frame.objs
    )
    nobody = any(n.neg and not verb_between(scene, n, frame) and not sources(n) for n in frame.subj) and telling
    neither = any(c.low.startswith("neither") for n in frame.subj for c in n.cells) or nor_sides(scene, frame)
    answerless = frame.vg.main is None and any(n.neg and n.head.low in ANSWERS for n in (*frame.objs, *frame.subj))
    pending = being_clarified(frame)
    if any(n.lexeme("weapon") for n in frame.subj) or unconfirmed(frame):
        return None
    unclear = not_clear(scene, frame) or (
        any(c.low in UNCLEAR for g in scene.groups[frame.at : frame.at + 4] for c in g.cells)
        and not vg.neg
        and bool(vg.main is None or vg.main.low in ("remain", "remains", "remained"))
    )
    if not (
        (vg.neg and telling)
        or (nothing and telling)
        or nobody
        or unclear
        or (neither and telling)
        or answerless
        or pending
        or unreached(scene, frame)
    ):
        return None
    if vg.neg and not unclear and not unreached(scene, frame) and not fits(scene, frame):
        return None
    made = Draft(
        "not_reported", measure(scene, frame), "not_reported.verb", vg.start, spanned(vg, *frame.subj, *frame.objs)
    )
    made.polarity, made.attr = "unknown", OUTLET
    made.who = kind_of(scene, frame) if made.sub in ("killed", "wounded", "casualties") else None
    made.subject = silent_side(scene, frame, made)
    made.places = tuple(
        dict.fromkeys(p for n in scene.nps() for p in place_names(n, located=False) if made.sub != "other")
    )
    if (unable := cannot_tell(scene, frame)) is not None:
        made.attr = unable
        return made
    speaker = scene.speaker(vg.start)
    own = says_itself(scene, frame) or pending or in_quotation(scene, vg.start)
    if speaker is not None and own and speaker.kind != "outlet":
        made.attr = speaker
    return made


def cannot_tell(scene: Scene, frame: Frame) -> Attribution | None:
    """Who is said not to know, or not to be able to say: that is its own word, where "did not say" is a silence."""
    vg = frame.vg
    lemmas = {x.lemma for pos in ("verb", "say") for x in (vg.main.lex.get(pos, ()) if vg.main is not None else ())}
    unable = any(c.low.startswith(("can", "could")) for c in vg.cells) and not lemmas.isdisjoint(
        ("say", "tell", "account for")
    )
    if not vg.neg or vg.passive or not frame.subj or not (unable or "know" in lemmas):
        return None
    attr = source_of(frame.subj[0], scene)
    if attr is None or attr.kind in ("media", "outlet", "unknown") or vg.main is None:
        return None
    return replace(attr, cue=vg.main.text, cue_span=Span(vg.start, vg.end), hedge=None)


def in_quotation(scene: Scene, at: int) -> bool:
    """Whether a word stands in a quotation of this sentence, whose source then says it of itself."""
    marks = [g for g in scene.groups if g.kind == "quote" and g.low in DOUBLE]
    before = [g for g in marks if g.start < at]
    return len(before) % 2 == 1 and any(g.start > at for g in marks)


def not_clear(scene: Scene, frame: Frame) -> bool:
    """Whether something is said not to be clear ("it was not immediately clear if", "has no clear idea of")."""
    if not frame.vg.neg:
        return False
    words = [c.low for g in scene.groups[frame.at : frame.at + 3] for c in g.cells]
    impersonal = bool(frame.subj) and frame.subj[0].low in ("it", "this")
    return impersonal and "clear" in words


def sources(np: Np) -> bool:
    """Whether a noun group is of sources: that none is named for a figure is no silence about it."""
    return np.head.low in ("source", "sources")


def verb_between(scene: Scene, np: Np, frame: Frame) -> bool:
    """Whether another verb stands between a subject and a verb ("Nobody was hurt, said X"): the subject is that one's."""
    return any(isinstance(g, Vg) and np.start < g.start < frame.vg.start for g in scene.groups)


def unconfirmed(frame: Frame) -> bool:
    """Whether reports are said not to be confirmed: that is a doubt about what was told, and no silence."""
    low = frame.vg.main.low if frame.vg.main else ""
    told = any(n.head.low in REPORTS for n in frame.subj)
    return told and frame.vg.passive and low.startswith(("confirm", "verified", "corroborat", "substantiat"))


def unreached(scene: Scene, frame: Frame) -> bool:
    """Whether somebody was asked in vain ("could not be reached", "was not available for comment")."""
    near = {c.low for g in scene.groups[frame.at : frame.at + 4] for c in g.cells}
    asked = frame.vg.passive and frame.vg.main is not None and frame.vg.main.low in ("reached", "contacted")
    return frame.vg.neg and (asked or ("available" in near and "comment" in near))


def being_clarified(frame: Frame) -> bool:
    """Whether figures are only being found out ("our losses are being clarified"), which a body says of itself."""
    ongoing = any("being" in c.low.split() for c in frame.vg.cells)
    return frame.vg.passive and ongoing and frame.has("disclose")


def fits(scene: Scene, frame: Frame) -> bool:
    """Whether a negated verb of telling is a silence and not a negative that is told ("did not confirm" is, "not say no" is)."""
    low = frame.vg.main.low if frame.vg.main else ""
    if low.startswith(("known", "count")) and not frame.vg.passive and not frame.objs:
        return False
    return not (low.startswith(("rule", "ruled", "release", "released")) and not frame.vg.passive)


def says_itself(scene: Scene, frame: Frame) -> bool:
    """Whether the body itself says that it cannot tell ("adding that it cannot tell civilians from fighters")."""
    if any(n.cells[0].low in ("we", "i") for n in frame.subj):
        return True
    if frame.vg.neg and frame.vg.modal == "will":
        return False  # "would not be drawn on losses": it refuses, and says nothing
    if scene.memory.owner is not None and all(v.carried for v in scene.voices):
        return True  # on its own channel a body speaks of itself
    clause = [
        g
        for g in scene.in_clause(frame.vg.start)
        if isinstance(g, Vg) and g.say is not None and g.start < frame.vg.start
    ]
    if any(f.vg is clause[-1] and f.subj is frame.subj for f in scene.frames if clause):
        return False  # "confirmed the exchange but gave no figures": a deed, not its words
    return (
        bool(clause) and any(v.start <= frame.vg.start < v.end for v in scene.voices) and not any(g.neg for g in clause)
    )


def clause_words(scene: Scene, frame: Frame) -> set[str]:
    """The words of the clause."""
    return {w for g in scene.in_clause(frame.vg.start) for c in g.cells for w in c.low.split()}


def measure(scene: Scene, frame: Frame) -> str:
    """What is not told: killed, wounded, casualties, equipment or other."""
    nps = [n for n in local(scene, frame) if not isinstance(n, Vg)]
    for np in nps:
        assert isinstance(np, Np)
        for part in np.chain():
            found = part.lexeme("victim") or part.lexeme("toll")
            if found is not None:
                return found.cls if found.cls in ("killed", "wounded") else "casualties"
    verbs = [g for g in local(scene, frame) if isinstance(g, Vg)]
    for vg in verbs:
        if vg.classes & {"kill", "die", "fall"}:
            return "killed"
        if "wound" in vg.classes:
            return "wounded"
        if "harm" in vg.classes:
            return "casualties"
    if any(isinstance(n, Np) and n.lexeme("noun", "equip") for n in nps):
        return "equipment"
    low = {c.low for g in local(scene, frame) for c in g.cells}
    if "rubble" in low or "under the rubble" in low:
        return "casualties"
    previous = scene.memory.claim
    if (
        previous is not None
        and previous[0] in ("casualties", "not_reported")
        and previous[1] in ("killed", "wounded", "casualties")
        and low & {"none", "own", "its own", "nothing out loud"}
    ):
        return previous[1]
    if low & {"counted", "counts", "losses"}:
        return "casualties"
    return "other"


def local(scene: Scene, frame: Frame) -> list[Group]:
    """The noun and verb groups of the clause, cut at ", and" before a subject of its own."""
    out: list[Group] = []
    groups = list(scene.in_clause(frame.vg.start))
    for i, g in enumerate(groups):
        if g.kind == "conj" and g.sub in ("and", "but") and i and groups[i - 1].kind == "comma":
            if g.start > frame.vg.start:
                break
            out = []
        if isinstance(g, Np | Vg):
            out.append(g)
    return out


def kind_of(scene: Scene, frame: Frame) -> Who | None:
    """Military or civilian, where the clause says so; the kind of the sentence before where the noun is elided."""
    for g in local(scene, frame):
        if isinstance(g, Np) and (who := who_of(scene, g)) != "unknown":
            return who
    return scene.memory.who if scene.memory.who in ("military", "civilian") and frame.at < len(scene.groups) else None  # type: ignore[return-value]


def silent_side(scene: Scene, frame: Frame, made: Draft) -> str | None:
    """Whose figures are missing."""
    if made.sub == "other":
        return None
    for g in local(scene, frame):
        if isinstance(g, Np) and (party := scene.party_of(g)) is not None and party != scene.directory.all_id:
            return party
    own = {c.low for g in local(scene, frame) for c in g.cells} & {"own", "its own", "their own"}
    if own and (found := scene.nearest_party(frame.vg.start)):
        return found
    if any(scene.place_side(g) for g in local(scene, frame) if isinstance(g, Np)):
        return next(s for g in local(scene, frame) if isinstance(g, Np) and (s := scene.place_side(g)))
    previous = scene.memory.claim
    named_here = any(
        place_names(g, located=True)
        for g in local(scene, frame)
        if isinstance(g, Np) and list(place_names(g, located=True))
    )
    return scene.memory.subject if previous is not None and not named_here else None


def per_side(scene: Scene, frame: Frame, made: Draft) -> Iterator[Draft]:
    """The silence, once for each side where "neither side" tells its own figures."""
    joint = next((n for n in frame.subj if both(scene, n)), None)
    named = nor_sides(scene, frame)
    if not named and (joint is None or made.sub == "other"):
        yield made
        return
    for side in named or facing(scene):
        yield Draft(
            "not_reported", made.sub, "not_reported.each", made.at, list(made.spans), subject=side,
            who=None if made.sub == "other" else made.who or "military", places=made.places,
            polarity="unknown", attr=OUTLET,
        )  # fmt: skip


def nor_sides(scene: Scene, frame: Frame) -> list[str]:
    """The sides of "neither the army nor the Guard" right before a verb."""
    at = next((i for i in range(frame.at - 1, -1, -1) if scene.groups[i].low.startswith("neither")), None)
    between = scene.groups[at : frame.at] if at is not None else ()
    named = any(isinstance(g, Np) for g in between[:2]) and not any(g.kind == "prep" for g in between[:2])
    if (
        not named
        or any(isinstance(g, Vg) for g in between)
        or not any(c.low == "nor" for g in between for c in g.cells)
    ):
        return []
    found = (scene.party_of(g) for g in between if isinstance(g, Np))
    return list(dict.fromkeys(p for p in found if p and p != scene.directory.all_id))


def wordless(scene: Scene) -> Iterator[Draft]:
    """Silence without a verb of telling: "Dead: still to be established", "there is, in Gedd, silence"."""
    groups = scene.groups
    for i, g in enumerate(groups):
        if not isinstance(g, Np):
            continue
        victim = g.lexeme("victim") or g.lexeme("toll")
        if victim is not None and i + 1 < len(groups) and groups[i + 1].kind == "colon":
            after = {c.low for x in groups[i + 2 : i + 9] for c in x.cells}
            if after & (STILL | UNCLEAR) and not any(isinstance(x, Np) and x.num for x in groups[i + 2 : i + 4]):
                made = Draft(
                    "not_reported",
                    victim.cls if victim.cls in ("killed", "wounded") else "casualties",
                    "not_reported.label",
                    g.start,
                    spanned(g, groups[i + 2]),
                )
                made.polarity, made.subject = "unknown", scene.speaking_side(g.start)
                made.attr = scene.speaker(g.start)
                yield made
        if g.head.low == "silence" and not g.of:
            victim_before = next(
                (v for n in groups[:i] if isinstance(n, Np) for p in n.chain() if (v := p.lexeme("victim"))), None
            )
            made = Draft(
                "not_reported",
                victim_before.cls if victim_before else "other",
                "not_reported.silence",
                g.start,
                spanned(g),
                polarity="unknown",
                attr=OUTLET,
            )
            quiet = [n for n in groups[max(0, i - 4) : i] if isinstance(n, Np)]
            made.subject = (
                next((n.party for np in quiet for n, _ in np.names if n.party), None) if victim_before else None
            )
            made.who = "military" if victim_before and victim_before.cls == "killed" else None
            yield made
