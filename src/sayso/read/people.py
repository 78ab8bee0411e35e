"""Prisoners taken, exchanged, released; people who fled, were evacuated, returned."""

from collections.abc import Iterator

from sayso.model.claim import Span
from sayso.read.drafts import Draft, agent, drafted, low_words, place_names, spanned
from sayso.read.frames import Frame
from sayso.read.groups import Np, Vg
from sayso.read.movements import is_force
from sayso.read.numbers import bounded
from sayso.read.scene import Scene
from sayso.read.victims import unit_for, who_of


def captives(scene: Scene) -> Iterator[Draft]:
    """Prisoners taken, exchanged, released; bodies handed over."""
    for frame in scene.frames:
        patients = (
            frame.subj if frame.undergone or (frame.vg.feat in ("pastpart", "part") and not frame.objs) else frame.objs
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
            if holds_people(frame):
                sub = "captured"
            elif received(frame):
                sub = "released"
            else:
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
    yield from swapped(scene)
    yield from held_ones(scene)
    yield from freed(scene)


def holds_people(frame: Frame) -> bool:
    """ "holds 23 soldiers": the object is counted people, not a place."""
    return frame.has("hold") and not frame.undergone and any(n.people and n.num is not None for n in frame.objs)


def received(frame: Frame) -> bool:
    """ "received 17 of its soldiers": people given back."""
    low = frame.vg.main.low if frame.vg.main else ""
    own = any(c.low in ("its", "their", "our") for n in frame.objs for p in n.chain() for c in p.cells)
    return low.startswith(("receive", "got")) and own and any(n.num is not None for n in frame.objs)


def swapped(scene: Scene) -> Iterator[Draft]:
    """An exchange named by its noun ("Exchange of prisoners at the bridge")."""
    if any(f.has("exchange", "release") for f in scene.frames):
        return
    for at, g in enumerate(scene.groups):
        if not isinstance(g, Np) or not g.lexeme("noun", "exchange") or (g.of is not None and not g.of.people):
            continue
        nxt = scene.groups[at + 1 : at + 3]
        where = [n for n in nxt if isinstance(n, Np)]
        made = Draft("captured", "exchanged", "captured.exchange", g.start, spanned(g))
        made.places = tuple(p for n in where for p in place_names(n, located=True))
        if scene.kind == "headline" or any(n is g for f in scene.frames for n in (*f.subj, *f.objs)):
            yield made
        return


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
                if (frame.has("evacuate") and not frame.undergone) or took_in(frame)
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
