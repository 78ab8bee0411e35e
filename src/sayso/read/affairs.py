"""Truces, corridors, movements of troops, prisoners, refugees: what is agreed, done and ordered beside the fighting."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sayso.model.claim import Span
from sayso.model.vocabulary import Modality
from sayso.read.casualties import unit_for, who_of
from sayso.read.drafts import Draft, agent, both, drafted, parties_of, place_names, spanned, timed
from sayso.read.frames import Frame
from sayso.read.groups import Np, Vg
from sayso.read.mirrors import is_mutual, mirror, named
from sayso.read.numbers import bounded
from sayso.read.scene import Scene
from sayso.read.speakers import source_of

FRONTS: Final = ("advance", "retreat", "deploy", "mobilise", "encircle", "infiltrate")
MOVES: Final = {
    "advance": "advance",
    "retreat": "retreat",
    "deploy": "deployment",
    "mobilise": "mobilisation",
    "encircle": "encirclement",
    "infiltrate": "infiltration",
}


def truces(scene: Scene) -> Iterator[Draft]:
    """Truces agreed, held, broken, asked for, refused."""
    done = False
    for frame in scene.frames:
        nps = [*frame.subj, *frame.objs, *(n for _, n in frame.preps)]
        truce = next((p for n in nps for p in n.chain() if p.lexeme("noun", "truce")), None)
        offer = next((n for n in frame.objs if n.head.low in ("offer", "proposal", "terms", "ultimatum")), None)
        sub = truce_sub(scene, frame, truce, offer)
        if sub is None or frame.has("accuse"):
            continue
        made = drafted(scene, frame, "truce", sub, f"truce.{sub}")
        done = True
        truce_fields(scene, frame, made)
        if any(n.lexeme("other") for n in frame.subj) and is_mutual(scene, scene.start, scene.end):
            for attr, foe in mirror(scene):
                yield replace(made, attr=attr, actor=foe, rule="truce.mirrored", spans=list(made.spans))
            continue
        if (
            sub in ("called_for", "rejected")
            and (who := next((a for n in frame.subj if (a := source_of(n, scene))), None)) is not None
        ):
            cue = frame.vg.main
            made.attr = replace(who, cue=cue.text if cue else None, hedge=None)
            made.actor = who.side or made.actor
            made.subject = made.subject or (
                next((p for p in scene.memory.parties if p != made.actor), None) if sub == "rejected" else None
            )
        yield made
    if not done:
        yield from breaches(scene)


def truce_sub(scene: Scene, frame: Frame, truce: Np | None, offer: Np | None) -> str | None:
    """What a verb does with a truce."""
    low = frame.vg.main.low if frame.vg.main else ""
    text = {c.low for g in scene.groups for c in g.cells}
    if frame.has("deny") and (truce is not None or (offer is not None and previous_truce(scene))):
        return "rejected"
    if low.startswith("sign") and frame.vg.neg and scene.speaker(frame.vg.start):
        return "rejected"
    if truce is None:
        return None
    if frame.has("urge") or low in ("called for", "demanded"):
        return "called_for" if truce not in frame.subj else None
    if frame.has("violate") or (low.startswith("collaps") or low == "failed"):
        return "violated"
    if frame.has("observe"):
        return "observed"
    if (frame.has("agree", "offer") and not frame.has("take")) or low.startswith(
        ("announc", "agreed", "signed", "declared", "brokered")
    ):
        return "agreed" if not frame.has("offer") else None
    if truce in frame.subj and (frame.has("hold", "continue") or not frame.vg.classes) and not frame.vg.neg:
        return "in_force" if not text & {"over", "dead", "broken"} else "violated"
    return None


def previous_truce(scene: Scene) -> bool:
    """Whether the sentence before speaks of a truce."""
    low = (scene.memory.topic or "").lower()
    return any(w in low for w in ("truce", "ceasefire", "cease-fire", "armistice", "peace"))


def truce_fields(scene: Scene, frame: Frame, made: Draft) -> Draft:
    """Enter parties and modality of a truce."""
    made.places = ()
    made.actor = agent(scene, frame)
    if made.sub == "agreed" and (made.actor is None or frame.vg.passive or any(both(scene, n) for n in frame.subj)):
        made.actor = scene.directory.all_id
    if made.sub in ("called_for", "rejected") and made.actor is None:
        made.actor = scene.speaking_side(frame.vg.start)
    if made.sub == "called_for":
        made.modality = "appeal"
        made.subject = next((p for p in parties_of(scene, frame.objs) if p != made.actor), None)
    if made.sub == "in_force":
        made.actor = None
    if made.sub == "rejected":
        made.polarity = "asserted"
    if made.sub == "violated":
        made.actor = agent(scene, frame) if not any(n.lexeme("noun", "truce") for n in frame.subj) else None
        made.polarity = "asserted"
    return made


def breaches(scene: Scene) -> Iterator[Draft]:
    """Breaches counted: "17 breaches since Tuesday: eleven by the Guard, six by Orland", "both report breaches"."""
    whole: Draft | None = None
    for at, g in enumerate(scene.groups):
        if not isinstance(g, Np):
            continue
        part = next((p for p in g.chain() if p.lexeme("noun", "breach")), None)
        if part is None:
            if (
                whole is not None
                and g.alone
                and at + 2 < len(scene.groups)
                and scene.groups[at + 1].low == "by"
                and isinstance(scene.groups[at + 2], Np)
            ):
                by = scene.groups[at + 2]
                assert isinstance(by, Np)
                if (party := scene.party_of(by)) is not None:
                    yield Draft(
                        "truce",
                        "violated",
                        "truce.breaches.part",
                        g.start,
                        spanned(g, by),
                        num=g.num,
                        unit="breaches",
                        actor=party,
                        part_of=whole,
                    )
            continue
        sides = named(scene, scene.start, g.start)
        if len(sides) > 1 or any(both(scene, n) for n in scene.nps() if n.start < g.start):
            for attr, foe in mirror(scene):
                yield Draft("truce", "violated", "truce.breaches.mirrored", g.start, spanned(g), attr=attr, actor=foe)
            return
        number = g.num or next((x.num for x in scene.groups[at + 1 : at + 4] if isinstance(x, Np) and x.alone), None)
        if number is None and not any(f.vg.say for f in scene.frames):
            continue
        whole = Draft(
            "truce", "violated", "truce.breaches", g.start, spanned(g), num=number, unit="breaches" if number else None
        )
        timed(whole, [x.when for x in scene.groups if x.when is not None])
        speaker = scene.speaking_side(g.start)
        whole.actor = scene.named_party(g) or (scene.party_of(g) if g.of else None)
        if (whole.actor is None or whole.actor == speaker) and scene.directory.is_party(speaker):
            whole.actor = scene.enemy_of(speaker)
        yield whole


def corridors(scene: Scene) -> Iterator[Draft]:
    """Corridors opened or asked for, convoys let through, offers to those who surrender."""
    for frame in scene.frames:
        nps = [*frame.subj, *frame.objs, *frame.prep("for", "to")]
        lane = next((n for n in nps if any(p.lexeme("noun", "corridor") for p in n.chain())), None)
        if (
            lane is not None
            and (
                frame.has("open", "urge", "evacuate", "agree", "advance", "release", "flee", "pass")
                or "let" in low_words(frame)
                or "cross" in low_words(frame)
            )
            and not frame.has("rule")
        ):
            sub = "called_for" if frame.has("urge") and lane not in frame.subj else "opened"
            made = drafted(scene, frame, "corridor", sub, f"corridor.{sub}")
            made.actor = agent(scene, frame) if lane not in frame.subj else None
            made.modality = "appeal" if sub == "called_for" else announced(frame, made)
            people = next((n for n in [*frame.prep("for"), *frame.objs] if n.people or n.lexeme("noun", "thing")), None)
            if people is not None:
                made.subject = scene.named_party(people)
                made.who = who_of(scene, people) if people.people and who_of(scene, people) != "unknown" else None
            if lane.num is not None and lane.num.bare and lane.of is not None and lane.of.num:
                made.num = lane.of.num
            elif lane.of is not None and lane.of.num is not None and lane.of.num.bare:
                made.num, made.unit = lane.of.num, (x.unit if (x := lane.of.lexeme("noun")) else None)
                scene.used.add(lane.of.start)
            yield made
        if lets_leave(scene, frame):
            made = drafted(scene, frame, "corridor", "opened", "corridor.leave")
            made.actor, made.modality = agent(scene, frame), "plan"
            yield made
    yield from labelled_convoy(scene)
    yield from surrender(scene)


def low_words(frame: Frame) -> set[str]:
    """The words of a verb group."""
    return {w for c in frame.vg.cells for w in c.low.split()}


def lets_leave(scene: Scene, frame: Frame) -> bool:
    """ "will let residents leave by the lake road"."""
    words = [w for g in scene.groups[frame.at : frame.at + 4] for c in g.cells for w in c.low.split()]
    return bool(
        {"let", "lets", "letting", "allow", "allows"} & set(words[:3])
        and {"leave", "exit", "depart", "out"} & set(words)
    ) and any(
        isinstance(g, Np) and (g.people or g.lexeme("noun", "thing")) for g in scene.groups[frame.at : frame.at + 4]
    )


def announced(frame: Frame, made: Draft) -> Modality:
    """Plan where a corridor is announced and not yet open ("is opening", "will open")."""
    return "plan" if made.modality == "plan" or (frame.vg.feat == "ing" and frame.has("open")) else made.modality


def labelled_convoy(scene: Scene) -> Iterator[Draft]:
    """A headline without a verb: "convoy let through"."""
    if scene.kind != "headline" or any(f.has("open", "urge", "advance", "evacuate") for f in scene.frames):
        return
    for i, g in enumerate(scene.groups):
        if (
            isinstance(g, Np)
            and g.lexeme("noun", "corridor")
            and {"let", "opened", "open"} & {w for x in scene.groups[i : i + 3] for c in x.cells for w in c.low.split()}
        ):
            yield Draft("corridor", "opened", "corridor.headline", g.start, spanned(g))
            return


def surrender(scene: Scene) -> Iterator[Draft]:
    """Safety offered to those who lay down arms."""
    words = scene.text[scene.start : scene.end].lower()
    cues = (
        "surrender",
        "lay down arms",
        "lay down their",
        "lays down",
        "comes out unarmed",
        "come out unarmed",
        "give themselves up",
        "laying down",
    )
    at = next((words.find(c) for c in cues if c in words), -1)
    safe = ("safety", "spare", "corridor", "lane", "guarantee", "amnesty", "promise", "ready to surrender", "safe")
    if at < 0 or not any(s in words for s in safe):
        return
    verb = next((f for f in scene.frames if f.has("open", "rescue", "support", "offer") or f.vg.modal == "will"), None)
    made = Draft(
        "corridor",
        "surrender_offer",
        "corridor.surrender",
        scene.start + at,
        [Span(scene.start + at, scene.start + at + len("surrender"))],
    )
    made.modality, made.who = "plan", "military"
    made.actor = scene.speaking_side(made.at) or (agent(scene, verb) if verb else None)
    people = next(
        (p for n in scene.nps() if n.people and n.people.who == "military" and (p := scene.named_party(n))), None
    )
    made.subject = people or scene.enemy_of(made.actor)
    yield made


def movements(scene: Scene) -> Iterator[Draft]:
    """Advances, retreats, deployments, mobilisation, martial law."""
    for frame in scene.frames:
        cls = next((c for c in FRONTS if c in frame.vg.classes), None)
        if cls is None or not moves(scene, frame, cls):
            continue
        made = drafted(scene, frame, "movement", MOVES[cls], f"movement.{cls}")
        made.actor = (
            agent(scene, frame)
            or (next(iter(parties_of(scene, frame.subj)), None) if frame.vg.passive else None)
            or subject_pronoun(scene, frame)
        )
        yield made
    for g in scene.nps():
        if g.lexeme("noun", "martiallaw") or g.lexeme("noun", "mobilisation"):
            yield from decreed(scene, g)
            return
    yield from nominal_move(scene)


def subject_pronoun(scene: Scene, frame: Frame) -> str | None:
    """The side of "our men", "nobody" in the source's mouth."""
    return (
        scene.speaking_side(frame.vg.start)
        if any(n.neg or n.cells[0].low in ("our", "we", "nobody") for n in frame.subj)
        else None
    )


def moves(scene: Scene, frame: Frame, cls: str) -> bool:
    """Whether a verb that can mean much ("left", "entered", "gathered") is of troops here."""
    low = frame.vg.main.low.split()[0] if frame.vg.main else ""
    troops = [n for n in (*frame.subj, *(frame.objs if cls in ("deploy", "encircle", "mobilise") else ()))]
    military = any(is_force(scene, n) for n in troops)
    nobody = any(n.neg for n in frame.subj)
    if any(
        (n.people and n.people.who == "civilian")
        or n.lexeme("attack")
        or n.lexeme("noun", "truce", "sanction", "corridor")
        for n in frame.subj
    ):
        return False
    if any(n.lexeme("noun", "truce", "breach", "sanction", "building") for n in frame.objs):
        return False
    if low in ("leave", "left", "leaves", "leaving"):
        return (military or nobody) and not any(c.low == "homes" for n in frame.objs for c in n.cells)
    if low in (
        "gather",
        "gathered",
        "gathering",
        "transfer",
        "transferred",
        "go",
        "went",
        "enter",
        "entered",
        "reach",
        "assembled",
        "move",
        "moved",
        "moving",
        "trap",
        "trapped",
    ):
        return military or any(c.low == "we" for n in frame.subj for c in n.cells)
    return (
        military
        or bool(parties_of(scene, frame.subj))
        or (not frame.subj and scene.speaker(frame.vg.start) is not None and cls in ("advance", "retreat"))
    )


def is_force(scene: Scene, np: Np) -> bool:
    """Whether a noun group is troops, a unit or an army."""
    people = np.people
    if (people is not None and people.who == "military") or np.lexeme("noun", "unit") or np.lexeme("enemy"):
        return True
    if any(n.body and n.body.kind in ("army", "armed_group") for n, _ in np.names):
        return True
    return np.head.low in ("men", "forces", "column", "convoy", "columns", "tanks", "units") and (
        np.names != [] or any(c.low in ("our", "its", "their") for c in np.cells)
    )


def decreed(scene: Scene, np: Np) -> Iterator[Draft]:
    """Martial law or mobilisation announced, extended, lifted."""
    law = np.lexeme("noun", "martiallaw") is not None
    frame = next((f for f in scene.frames if any(n is np for n in (*f.objs, *f.subj))), None) or (
        scene.frames[0] if scene.frames else None
    )
    made = Draft("movement", "martial_law" if law else "mobilisation", "movement.decreed", np.start, spanned(np))
    if frame is not None:
        made.actor = agent(scene, frame)
        timed(made, frame.times)
        made.modality = "appeal" if frame.has("urge") else "fact"
    made.actor = made.actor or scene.speaking_side(np.start) or scene.memory.subject or scene.memory.place_side
    yield made


def nominal_move(scene: Scene) -> Iterator[Draft]:
    """ "the retreat of the southern side", "Not one step back"."""
    words = scene.text[scene.start : scene.end].lower()
    for g in scene.nps():
        if g.head.low in ("retreat", "withdrawal", "advance", "pullback", "pull-out") and (g.of is not None or g.names):
            party = scene.party_of(g)
            if party is not None:
                sub = "advance" if g.head.low == "advance" else "retreat"
                yield Draft("movement", sub, "movement.noun", g.start, spanned(g), actor=party)
    if (
        "step back" in words
        and ("not one" in words or "no step" in words)
        and not any(f.has("retreat") for f in scene.frames)
    ):
        made = Draft(
            "movement",
            "retreat",
            "movement.vow",
            scene.start,
            [Span(scene.start, scene.end)],
            polarity="negated",
            modality="plan",
        )
        made.actor = scene.speaking_side(scene.start + 1)
        yield made


# -- people moved ---------------------------------------------------------------------------------------------


def captives(scene: Scene) -> Iterator[Draft]:
    """Prisoners taken, exchanged, released; bodies handed over."""
    for frame in scene.frames:
        patients = (
            frame.subj if frame.vg.passive or (frame.vg.feat in ("pastpart", "part") and not frame.objs) else frame.objs
        )
        if frame.has("exchange"):
            yield from exchanged(scene, frame)
            continue
        sub = (
            "captured"
            if frame.has("imprison")
            else "released"
            if frame.has("release") or "got" in low_words(frame)
            else None
        )
        if sub is None:
            continue
        for np in patients:
            head_people = np.people or (np.num is not None and np.alone and sub == "released")
            if not head_people or np.lexeme("noun", "settlement", "equip"):
                continue
            made = drafted(
                scene, frame, "captured", "bodies" if np.lexeme("victim", "killed") else sub, f"captured.{sub}"
            )
            made.num, made.who, made.unit = np.num, who_of(scene, np), unit_for(None, np)
            if made.num is None and np.people is not None and np.people.feat == "sg":
                made.num = bounded("exact", 1, np.start, np.end)
            made.subject = scene.party_of(np)
            made.actor = agent(scene, frame) or scene.enemy_of(made.subject)
            made.spans.append(Span(np.start, np.end))
            scene.used.add(np.start)
            yield made
    yield from held_ones(scene)
    yield from freed(scene)


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


def displacement(scene: Scene) -> Iterator[Draft]:
    """People who fled, were evacuated, returned, or shelter somewhere."""
    for frame in scene.frames:
        sub = (
            "returned"
            if frame.has("gohome")
            else "evacuated"
            if frame.has("evacuate")
            else "displaced"
            if frame.has("flee") or left_home(frame)
            else None
        )
        if sub is None:
            continue
        patients = [
            n
            for n in (
                [*frame.objs]
                if (frame.has("evacuate") and not frame.vg.passive) or took_in(frame)
                else [*frame.subj, *frame.objs]
            )
            if n.people or (n.num and n.alone) or n.lexeme("noun", "thing")
        ]
        for np in patients[:1]:
            if (
                is_force(scene, np)
                or (np.people and any(c.low in ("its", "our") for c in np.cells))
                or np.lexeme("victim")
            ):
                continue
            made = drafted(scene, frame, "displacement", sub, f"displacement.{sub}")
            number = aside(scene, np) or np
            made.num, made.who, made.unit = number.num, who_of(scene, np), unit_for(None, number)
            if np.head.low in ("population", "inhabitants"):
                made.who = "civilian"
            if frame.has("evacuate") and made.num is None and not np.people:
                continue
            made.actor = None
            made.subject = scene.named_party(np) or next(
                (p for n in np.chain() for p in [scene.place_side(n)] if p), None
            )
            made.scope = (
                "increment"
                if np.incr
                else made.scope
                or ("stock" if "shelter" in low_words(frame) or "shelters" in low_words(frame) else None)
            )
            if made.num is not None:
                scene.used.add(number.start)
            yield made
    yield from stayed(scene)


def took_in(frame: Frame) -> bool:
    """ "took in another 2,200 people"."""
    return bool(frame.vg.main and frame.vg.main.low.endswith(" in"))


def left_home(frame: Frame) -> bool:
    """ "have left the lake villages", of people who are no troops."""
    low = frame.vg.main.low if frame.vg.main else ""
    people = any(
        ((n.people and n.people.who != "military") or (n.alone and n.num and n.num.op != "none")) and not n.neg
        for n in frame.subj
    )
    return low in ("left", "leave", "leaving") and people and bool(frame.objs)


def aside(scene: Scene, np: Np) -> Np | None:
    """The number between dashes behind a noun ("half the population - some 70,000 people - has fled")."""
    if np not in scene.groups:
        return None
    at = scene.index(np)
    if at + 2 < len(scene.groups) and scene.groups[at + 1].kind == "dash" and isinstance(scene.groups[at + 2], Np):
        found = scene.groups[at + 2]
        assert isinstance(found, Np)
        return found if found.num is not None else None
    return None


def stayed(scene: Scene) -> Iterator[Draft]:
    """ "another 70 refused to go"; "for a total of about 17,000"."""
    words = scene.text[scene.start : scene.end].lower()
    if "refused to" not in words and "refuse to" not in words:
        return
    for at, g in enumerate(scene.groups):
        if (
            isinstance(g, Np)
            and g.num is not None
            and g.start not in scene.used
            and at + 1 < len(scene.groups)
            and isinstance(scene.groups[at + 1], Vg)
        ):
            vg = scene.groups[at + 1]
            if any(c.low.startswith("refuse") for c in vg.cells):
                yield Draft(
                    "displacement",
                    "evacuated",
                    "displacement.refused",
                    g.start,
                    spanned(g, vg),
                    num=g.num,
                    who=who_of(scene, g),
                    unit=unit_for(None, g),
                    polarity="negated",
                )
