"""Prisoners taken, exchanged, released; the dead handed over."""

from collections.abc import Iterator
from typing import Final

from sayso.model.claim import Span
from sayso.model.vocabulary import Who
from sayso.read.drafts import Draft, agent, drafted, low_words, spanned, took_prisoner
from sayso.read.evidence import Asked
from sayso.read.kinds.victims import unit_for, who_of
from sayso.read.places import place_names
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Np, Vg
from sayso.read.text.needs import any_word, needs
from sayso.read.text.numbers import bounded
from sayso.read.whose import CAPTIVES, give

#: What a verb needs that tells of prisoners: of taking, giving back, swapping, or of holding people.
TAKEN: Final = needs(
    "verb:exchange verb:imprison verb:surrender verb:release verb:hold ~got ^receive ^got",
    "~prisoner ~captive ~hostage ~taken ~captured ~alive",
)


def captives(scene: Scene) -> Iterator[Draft]:
    """Prisoners taken, exchanged, released; bodies handed over."""
    for frame in scene.frames if TAKEN.met(scene.flags) else ():
        bare = frame.vg.feat in ("pastpart", "part") and not frame.objs
        patients = frame.subj if frame.undergone or bare or frame.has("surrender") else frame.objs
        if frame.has("exchange"):
            yield from exchanged(scene, frame)
            continue
        sub = (
            "captured"
            if frame.has("imprison") or gave_up(frame)
            else "released"
            if frame.has("release") or "got" in low_words(frame)
            else None
        )
        if sub is None:
            if holds_people(frame) or took_prisoner(frame) or taken(frame):
                sub = "captured"
            elif received(frame):
                sub = "released"
            else:
                continue
        if any(map(bodies, patients)):
            continue  # the dead, and those listed with them
        for np in patients:
            alone = np.num is not None and np.alone and (sub == "released" or counted_with(scene, frame, np))
            if not (np.people or alone) or np.lexeme("noun", "settlement", "equip") or bodies(np):
                continue
            made = drafted(
                scene, frame, "captured", "bodies" if np.lexeme("victim", "killed") else sub, f"captured.{sub}"
            )
            made.num, made.who, made.unit = np.num, who_taken(scene, np), unit_for(None, np)
            if made.num is None and np.people is not None and np.people.feat == "sg":
                made.num = bounded("exact", 1, np.start, np.end)
            parties(scene, frame, np, made)
            made.spans.append(Span(np.start, np.end))
            scene.used.add(np.start)
            yield made
    for find, need in PARTS:
        if need.met(scene.flags):
            yield from find(scene)


def parties(scene: Scene, frame: Frame, np: Np, made: Draft) -> None:
    """Enter who holds, takes or frees people, and whose they are. Who gets its own back did not hold them."""
    if received(frame) or "got" in low_words(frame):
        made.subject = receiver(scene, np) or agent(scene, frame)
        made.actor = scene.enemy_of(made.subject)
        return
    made.actor = agent(scene, frame) if not frame.has("surrender") else None
    give(Asked(scene, np, made, frame), CAPTIVES)
    made.actor = made.actor or scene.enemy_of(made.subject)


def receiver(scene: Scene, np: Np) -> str | None:
    """The party right before a number whose verb is said once ("X received 17 of its soldiers, Y 23")."""
    before = scene.before(scene.index(np)) if np.alone and np in scene.groups else None
    return scene.named_party(np) or (scene.named_party(before) if isinstance(before, Np) else None)


def gave_up(frame: Frame) -> bool:
    """Whether people are said to have surrendered, not only those who will."""
    told = frame.vg.feat != "ing" and bool(frame.subj) and not frame.vg.inf and not frame.vg.modal
    return frame.has("surrender") and told and not frame.relative


def taken(frame: Frame) -> bool:
    """ "Not one of ours has been taken", "four were taken alive": people, and to no hospital."""
    if not frame.undergone or not frame.has("take") or frame.prep("to", "in", "from"):
        return False
    return (
        frame.vg.main is not None
        and frame.vg.main.low in ("taken", "captured")
        and any(n.human or n.alone for n in frame.subj)
    )


def who_taken(scene: Scene, np: Np) -> Who:
    """Military or civilian, by any of its nouns: in "nine soldiers prisoner" the last one does not say."""
    kinds = {x.who for c in np.cells for x in c.lex.get("noun", ()) if x.who in ("military", "civilian")}
    found = who_of(scene, np)
    return found if found != "unknown" or len(kinds) != 1 else "military" if "military" in kinds else "civilian"


def holds_people(frame: Frame) -> bool:
    """ "holds 23 soldiers": the object is counted people, not a place."""
    return frame.has("hold") and not frame.undergone and any(n.people and n.num is not None for n in frame.objs)


def received(frame: Frame) -> bool:
    """ "received 17 of its soldiers": people given back."""
    low = frame.vg.main.low if frame.vg.main else ""
    own = any(c.low in ("its", "their", "our") for n in frame.objs for p in n.chain() for c in p.cells)
    return low.startswith(("receive", "got")) and own and any(n.num is not None for n in frame.objs)


def counted_with(scene: Scene, frame: Frame, np: Np) -> bool:
    """Whether a number alone is of people because the clause before counts people: "60 rebels died and 22 were captured"."""
    before = [n for f in scene.frames if f.at < frame.at for n in (*f.subj, *f.objs) if n.start < np.start]
    gapped = frame.undergone or (frame.shared and frame.has("imprison"))  # "killing seven guards and abducting two"
    return gapped and bool(before) and before[-1].people is not None


BODIES: Final = frozenset(("bodies", "body", "remains", "corpses", "corpse"))


def bodies(np: Np) -> bool:
    """Whether it is bodies or remains of the dead."""
    return any(c.low in BODIES for p in np.chain() for c in p.cells)


def dead_returned(scene: Scene) -> Iterator[Draft]:
    """The dead handed over or brought back: "the bodies of six soldiers were handed over", "collected the remains of 12"."""
    for frame in scene.frames:
        if not frame.has("release", "evacuate", "convey", "carry", "exchange", "submit", "provide", "goes", "collect"):
            continue
        if frame.has("exchange") or laid_out(frame):
            continue
        moved = frame.subj if frame.undergone or (not frame.objs and frame.has("goes")) else frame.objs
        for at, np in enumerate(moved):
            listed = at > 0 and bodies(moved[at - 1]) and np.people is not None and np.num is not None
            if not (bodies(np) or listed) or (frame.has("extricate") and not frame.has("release", "evacuate")):
                continue
            made = drafted(scene, frame, "captured", "bodies", "captured.bodies")
            counted = next((p for p in np.chain() if p.num is not None), None)
            made.num, made.unit = (counted.num, "bodies") if counted is not None else (None, None)
            found = {who_of(scene, p) for p in np.chain()} - {"unknown"}
            made.who = next(iter(found)) if len(found) == 1 else None
            made.subject = scene.party_of(np)
            made.actor = agent(scene, frame)
            if counted is not None:
                scene.used.add(counted.start)
            yield made


def laid_out(frame: Frame) -> bool:
    """Whether bodies are brought to a hospital or a morgue: the dead are counted there and handed over to nobody."""
    there = (*frame.prep("to", "in"), *(() if frame.undergone else frame.subj))
    return any(n.lexeme("ward") or n.lexeme("noun", "medical") or n.head.low in MORGUES for n in there)


MORGUES: Final = frozenset(("morgue", "morgues", "mortuary", "mortuaries"))


def swapped(scene: Scene) -> Iterator[Draft]:
    """An exchange named by its noun ("Exchange of prisoners at the bridge", "agreed on an exchange of the dead")."""
    if any(f.has("exchange", "release") for f in scene.frames):
        return
    for at, g in enumerate(scene.groups):
        found = next((p for p in g.chain() if p.lexeme("noun", "exchange")), None) if isinstance(g, Np) else None
        if found is None or not isinstance(g, Np):
            continue
        of_people = found.of is None or found.of.people or bodies(found.of) or found.of.lexeme("victim")
        frame = next(
            (f for f in scene.frames if any(n is g for n in (*f.subj, *f.objs, *(m for _, m in f.preps)))), None
        )
        if not of_people or (frame is None and scene.kind != "headline"):
            return
        if frame is not None and (counts := sent_across(frame)):
            yield from (of_each(scene, frame, np) for np in counts)
            return
        subs = ["bodies" if found.of is not None and bodies(found.of) else "exchanged"]
        nxt = next((x for x in scene.groups[at + 1 : at + 3] if isinstance(x, Np)), None)
        if subs == ["exchanged"] and nxt is not None and bodies(nxt):
            subs.append("bodies")
        for sub in subs:
            made = drafted(scene, frame, "captured", sub, "captured.exchange") if frame else None
            made = made or Draft("captured", sub, "captured.exchange", g.start, spanned(g))
            made.at, made.polarity = (g.start if sub == "exchanged" else g.start + 1), "asserted"
            where = [n for n in scene.groups[at + 1 : at + 3] if isinstance(n, Np)]
            made.places = tuple(p for n in where for p in place_names(n, located=True))
            if frame is not None and (frame.has("agree") or frame.vg.modal in ("will", "should")):
                made.modality, made.actor = "plan", scene.directory.all_id
            yield made
        return


def sent_across(frame: Frame) -> list[Np]:
    """The people whom a verb counts in an exchange ("75 Orland and 80 Tesk prisoners crossed the bridge in an exchange")."""
    told = [n for n in (*frame.subj, *frame.objs) if n.num is not None and n.num.bare]
    people = any(n.people for n in told)
    return [n for n in told if n.people or n.alone or n.names] if people and not frame.vg.neg else []


def of_each(scene: Scene, frame: Frame, np: Np) -> Draft:
    """The claim of one count of the exchanged."""
    made = drafted(scene, frame, "captured", "exchanged", "captured.exchange.counted")
    last = next((n for n in (*frame.subj, *frame.objs) if n.people), np)
    made.at, made.num, made.who, made.unit = np.start, np.num, who_of(scene, last), unit_for(None, last)
    made.subject, made.actor = scene.party_of(np), scene.directory.all_id
    made.spans.append(Span(np.start, np.end))
    scene.used.add(np.start)
    return made


def in_hands(scene: Scene) -> Iterator[Draft]:
    """People who are in somebody's hands or in captivity ("five nurses are still in the kidnappers' hands")."""
    for frame in scene.frames:
        if frame.undergone or frame.has("release", "exchange", "free", "die", "kill") or not frame.subj:
            continue
        np, held = frame.subj[0], next((n for n in (*frame.prep("in"), *frame.objs) if keeps(n)), None)
        if (
            held is None
            or held.start < np.start
            or not (np.people or np.alone)
            or np.num is None
            or np.start in scene.used
        ):
            continue
        made = drafted(scene, frame, "captured", "captured", "captured.in_hands")
        made.num, made.who, made.unit, made.scope = np.num, who_taken(scene, np), unit_for(None, np), "stock"
        made.subject, made.actor = scene.party_of(np), scene.party_of(held)
        scene.used.add(np.start)
        yield made


def keeps(np: Np) -> bool:
    """Whether a noun group says who keeps people: captivity, custody, somebody's hands."""
    owned = len(np.cells) > 1 or np.of is not None
    return np.head.low in ("captivity", "custody", "detention") or (np.head.low in ("hands", "hand") and owned)


def labelled(scene: Scene) -> Iterator[Draft]:
    """A line of a list of losses: "In captivity: 5", "Taken prisoner: 22"."""
    for at, g in enumerate(scene.groups[:6]):
        number = scene.groups[at + 1] if g.kind == "colon" and at + 1 < len(scene.groups) else None
        if not isinstance(number, Np) or number.num is None or number.start in scene.used:
            continue
        words = {w for x in scene.groups[:at] for c in x.cells for w in c.low.split()}
        if not words & (PRISONERS | ARRESTED) or (not number.alone and not number.people):
            continue
        made = Draft("captured", "captured", "captured.label", number.start, spanned(*scene.groups[:at], number))
        made.num, made.unit, made.who, made.scope = number.num, "soldiers", "military", "stock"
        if words & ARRESTED:
            made.unit, made.who, made.scope = unit_for(None, number), who_of(scene, number), None
            scene.used.add(number.start)
            yield made
            continue
        speaker = scene.speaking_side(number.start) or scene.speaking_memory()
        made.subject = scene.memory.subject or speaker
        scene.used.add(number.start)
        yield made


ARRESTED: Final = frozenset(("arrested", "detained"))
PRISONERS: Final = frozenset(("captivity", "prisoner", "prisoners", "captured", "captive", "captives", "pows"))


def exchanged(scene: Scene, frame: Frame) -> Iterator[Draft]:
    """Prisoners and bodies exchanged: a claim each."""
    for np in [*frame.subj, *frame.objs]:
        if not (np.people or np.lexeme("victim", "killed")):
            continue
        made = drafted(
            scene, frame, "captured", "bodies" if np.lexeme("victim", "killed") else "exchanged", "captured.exchanged"
        )
        made.num, made.who = np.num, None if np.num is None else who_of(scene, np)
        made.unit = unit_for(None, np) if np.num is not None else None
        made.actor = agent(scene, frame) if np not in frame.subj else None
        yield made


def held_ones(scene: Scene) -> Iterator[Draft]:
    """Prisoners held: "are 62 captured soldiers", "the soldiers held in Hallin at 61", "is among the captives"."""
    for at, g in enumerate(scene.groups):
        if not isinstance(g, Np) or g.start in scene.used:
            continue
        nxt = scene.groups[at + 1] if at + 1 < len(scene.groups) else None
        held = (
            isinstance(nxt, Vg)
            and "hold" in nxt.classes
            and g.people is not None
            and nxt.feat in ("part", "pastpart", "past")
        )
        captured = (
            any(c.low in ("captured", "captive", "imprisoned") for c in g.cells)
            and g.people is not None
            and g.num is not None
            and not (isinstance(nxt, Vg) and nxt.classes & {"release", "exchange"})
        )
        among = (
            at
            and scene.groups[at - 1].kind == "prep"
            and scene.groups[at - 1].sub == "among"
            and g.people is not None
            and (g.people.unit == "prisoners")
        )
        if not (held or captured or among):
            continue
        made = Draft(
            "captured", "captured", "captured.held", g.start, spanned(g), who=who_of(scene, g), unit=unit_for(None, g)
        )
        number = g.num or next((x.num for x in scene.groups[at + 1 : at + 9] if isinstance(x, Np) and x.alone), None)
        made.num = number if not among else bounded("exact", 1, g.start, g.end)
        made.subject = scene.party_of(g) if g.names else None
        speaker = scene.speaking_side(g.start)
        made.actor = speaker if speaker != made.subject and not among else None
        made.scope = "stock" if held else None
        made.places = tuple(
            p for x in scene.groups[at + 1 : at + 5] if isinstance(x, Np) for p in place_names(x, located=True)
        )
        scene.used.add(g.start)
        if made.num is not None:
            yield made


def freed(scene: Scene) -> Iterator[Draft]:
    """ "eight are home after eleven days in the hands of the League", "eight set free"."""
    words = scene.text[scene.start : scene.end].lower()
    if "home after" in words or ("set free" in words and not any(f.has("release") and f.subj for f in scene.frames)):
        np = next(
            (n for n in scene.nps() if n.num is not None and n.num.bare and not n.lexeme("noun", "measure")), None
        )
        if np is not None:
            made = Draft(
                "captured",
                "released",
                "captured.home",
                np.start,
                spanned(np),
                num=np.num,
                who=who_of(scene, np),
                unit=unit_for(None, np),
            )
            hands = next((n for n in scene.nps() if any(c.low in ("hands", "captivity") for c in n.cells)), None)
            made.actor = scene.party_of(hands) if hands is not None else None
            yield made


#: What is told of captives without such a verb, each with what it needs.
PARTS: Final = (
    (dead_returned, needs(any_word(BODIES))),
    (swapped, needs("noun:exchange")),
    (held_ones, needs("verb:hold ~captured ~captive ~imprisoned noun:people:prisoners")),
    (in_hands, needs("~hands ~captivity ~custody ~detention")),
    (labelled, needs(any_word(PRISONERS | ARRESTED))),
    (freed, needs("*home *free")),
)
