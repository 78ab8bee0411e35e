"""Measures of authorities: what is closed, cut, banned, decreed, investigated; who joins or leaves an alliance."""

from collections.abc import Iterator
from typing import Final

from sayso.read.drafts import Draft, agent, drafted, spanned
from sayso.read.kinds.envoys import addressee
from sayso.read.places import place_names
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Np, Vg
from sayso.read.voices.speakers import source_of

#: What a measure of this kind is no measure but a deed of war or of diplomacy, read by other rules.
ELSEWHERE: Final = (
    "truce", "talks", "sanction", "corridor", "martiallaw", "mobilisation", "visit", "exchange", "backing", "aid", "equip",
)  # fmt: skip
CLOSED: Final = ("service", "infra", "medical", "building", "site", "border", "utility", "region", "settlement")
#: Whose acts are measures: nobody decrees by throwing up a position.
AUTHORITIES: Final = frozenset(
    (
        "head_of_state", "government", "foreign_ministry", "defence_ministry", "health_ministry", "prosecutor",
        "security_service", "emergency_service", "local_authority", "parliament", "court", "international_org", "army",
        "armed_group", "company", "ombudsman", "ngo",
    )
)  # fmt: skip


def measures(scene: Scene, told: set[int]) -> Iterator[Draft]:
    """Every measure of a sentence; `told` are offsets of verbs that other rules of the rest have read."""
    rules: set[str] = set()
    for frame in scene.frames:
        if frame.vg.start in told or ordered(frame) or scene.says(frame.at):
            continue
        rule = kind_of(scene, frame)
        if rule is not None and not (rule == "other.alliance" and rule in rules):  # leaving one for another is one step
            rules.add(rule)
            yield measure(scene, frame, rule)


def ordered(frame: Frame) -> bool:
    """Whether the verb only says what is asked, ordered, wished or denied."""
    return (frame.vg.inf or frame.vg.feat == "ing") and (
        frame.head is not None and frame.head.has("urge", "rule", "accuse", "deny", "threaten", "offer")
    )


def kind_of(scene: Scene, frame: Frame) -> str | None:
    """The rule by which a verb tells of a measure, None where it does not."""
    patients = [p for n in (frame.subj if frame.undergone else frame.objs[:1]) for p in n.chain()]
    if frame.has("probe") and (patients or frame.prep("into")) and (frame.undergone or by_authority(scene, frame)):
        return "other.probe"
    if any(p.lexeme("noun", *ELSEWHERE) or p.lexeme("attack") or p.lexeme("victim") for p in patients):
        return None
    if frame.has("rebuild") and curbed(scene, frame, patients):
        return "other.measure"
    if frame.has("enact") and any(p.lexeme("noun", "act") for p in patients) and not decrees(scene, frame):
        return "other.act"
    if shut(scene, frame):
        return "other.shut"
    return "other.alliance" if allied(scene, frame) else None


def decrees(scene: Scene, frame: Frame) -> bool:
    """Whether what a decree is of has a rule of its own: "signed a decree closing the airspace", "on mobilisation"."""
    after = [f for f in scene.frames if f.at in (frame.at + 2, frame.at + 3) and (f.vg.feat == "ing" or f.vg.inf)]
    told = any(f.has("sever", "sanction", "mobilise") for f in after)
    return told or any(n.lexeme("noun", *ELSEWHERE) for _, n in frame.preps)


def curbed(scene: Scene, frame: Frame, patients: list[Np]) -> bool:
    """Whether somebody closes, cuts, bans or repairs something that is open to people."""
    if frame.undergone or (not frame.objs and frame.vg.feat in ("past", "pastpart", "part")):
        things = patients if frame.undergone else [p for n in frame.subj for p in n.chain()]
        return any(p.lexeme("noun", *CLOSED) or any(n.place for n, _ in p.names) for p in things)
    if not frame.objs or agent(scene, frame) is None:
        return bool(frame.objs) and by_authority(scene, frame)
    return True


def by_authority(scene: Scene, frame: Frame) -> bool:
    """Whether an authority does it."""
    nps = frame.prep("by") if frame.undergone else frame.subj
    speaker = scene.speaker(frame.vg.start)
    if speaker is not None and speaker.kind in AUTHORITIES and any(n.low in ("it", "we", "they") for n in nps):
        return True
    return any((a := source_of(n, scene)) is not None and a.kind in AUTHORITIES for n in nps)


def shut(scene: Scene, frame: Frame) -> bool:
    """ "The school will stay shut", "the border remains closed"."""
    if not frame.has("link", "hold") or not any(n.lexeme("noun", *CLOSED) for n in frame.subj):
        return False
    nxt = scene.groups[frame.at + 1] if frame.at + 1 < len(scene.groups) else None
    if isinstance(nxt, Vg):
        return "rebuild" in nxt.classes and nxt.feat in ("part", "pastpart")
    return bool({w for n in frame.objs for c in n.cells for w in c.low.split()} & {"shut", "closed", "suspended"})


def allied(scene: Scene, frame: Frame) -> bool:
    """Whether a party joins or leaves an alliance: a group of parties, an organisation, or a noun for one."""
    if not frame.has("ally") or agent(scene, frame) is None:
        return False
    groups = {g.id for g in scene.directory.conflict.groups}
    for np in frame.objs:
        if np.lexeme("noun", "alliance"):
            return True
        if any(n.party in groups or (n.body and n.body.kind == "international_org") for n, _ in np.names):
            return True
    return False


def measure(scene: Scene, frame: Frame, rule: str) -> Draft:
    """The draft of a measure: who takes it, and whom it hits."""
    made = drafted(scene, frame, "other", "measure", rule)
    made.actor = agent(scene, frame)
    objs = frame.subj if frame.undergone else frame.objs
    made.subject = addressee(scene, [*objs, *frame.prep("of", "for", "to")], made.actor)
    counted = next((n for n in objs if n.num is not None and n.num.bare and n.start not in scene.used), None)
    counted = counted or next((n for n in frame.prep("in") if n.num is not None and n.num.bare), None)
    if counted is not None:
        made.num = counted.num
        scene.used.add(counted.start)
    made.spans += spanned(*objs)
    if not made.places:
        made.places = tuple(dict.fromkeys(p for n in objs for p in place_names(n, located=False)))
    return made
