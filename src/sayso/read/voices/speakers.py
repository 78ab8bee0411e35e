"""Noun groups resolved to sources: bodies, people and offices of the directory, or common nouns beside a party's name."""

from dataclasses import replace
from typing import Final

from sayso.model.claim import Attribution, Span
from sayso.read.scene import Scene
from sayso.read.text.features import flags
from sayso.read.text.frames import PARTICIPLES
from sayso.read.text.groups import Np, Vg
from sayso.read.text.names import Name
from sayso.read.text.words import Cell
from sayso.read.voices.naming import PARTITIVE, of_both, of_organisation, plain, span, unlisted_person
from sayso.read.voices.offices import called_plainly, named_before, role_text, side_of_word
from sayso.read.voices.parties import figures_of, of_holder, of_organ, of_owner, of_party
from sayso.read.voices.referring import owner_before, referred
from sayso.read.voices.sides import (
    MATTER,
    SIDELESS,
    home_side,
    joint_side,
    office_of,
    people_of,
    same_kind,
    sentence_place_side,
    side_beside,
    there,
    whose_own,
)
from sayso.read.voices.wards import of_ward

HE: Final = frozenset(("he", "she", "they", "it", "his", "her", "their", "its"))
PERSONAL: Final = frozenset(("he", "she"))
RANKED: Final = frozenset(
    ("general", "colonel", "major", "captain", "lieutenant", "commander", "admiral", "brigadier", "officer", "sergeant")
)

AIDES: Final = frozenset(
    ("adviser", "advisor", "advisers", "advisors", "aide", "aides", "assistant", "deputy", "secretary")
)
PAPER: Final = flags("report", "account")


def source_of(np: Np, scene: Scene) -> Attribution | None:
    """The source that a noun group names, None where it names none. Pronouns and "the message" give the carried one."""
    made = issued_by(np, scene) or own_source(np, scene)
    if np.apposed is not None:
        other = own_source(np.apposed, scene, beside=np)
        if made is not None and not np.names and any(n.body for n, _ in np.apposed.names) and other is not None:
            return replace(other, span=span(np))  # "another group, the Lake Committee, said"
        listed = made is not None and any(n.body for n, _ in np.names) and not np.apposed.names
        made = made if listed and other is not None and not other.speaker else combined(made, other, np)
    return made


def own_source(np: Np, scene: Scene, beside: Np | None = None) -> Attribution | None:
    """The source that the words of a noun group alone name."""
    if carries(np):
        return pointed(np, scene) or (person_before(scene) if np.cells[0].low in PERSONAL else None) or carried(scene)
    if (told := one_of(np, scene) or of_several(np, scene) or referred(np, scene) or of_owner(np, scene)) is not None:
        return told
    if nameless(np):
        return Attribution(kind="unknown", hedge="reportedly", org=plain(np), span=span(np))
    person = next((n for part in np.chain() if part.names for n, _ in part.names if n.person), None)
    if person is not None:
        return of_person(person, np, scene)
    accounts = np.lexeme("account", "account") and not np.lexeme("body") and np.of is None
    if accounts and not np.head.has("report") and not any(n.body for n, _ in np.names):
        return figures_of(np, scene) or kept_by(np, scene)
    for part in np.chain():
        body = next(((n, c) for n, c in part.names if n.body), None) if part.names else None
        if body is not None and (part is np or speaks_for(np)):
            office = office_of(np, body[1])
            return of_common_noun(office, np, scene, beside) if office else of_body(body[0], body[1], np, scene)
    if np.head.has("report") and (holder := of_holder(np, scene)) is not None:
        return holder
    if (word := np.cell("body")) is not None and word.name is not None and word.name.party and not word.name.body:
        return of_party(np, scene)  # a party that is called "the Council"
    if word is not None and not people_of(np):
        return of_common_noun(word, np, scene, beside)
    if (role := np.cell("role")) is not None:
        return of_role(role, np, scene)
    return person_of(np, scene) or of_party(np, scene) or of_organ(np, scene) or of_organisation(np)


def kept_by(np: Np, scene: Scene) -> Attribution | None:
    """The body that keeps figures of its own, where the sentence is about it ("the hospital took in 12, its register says")."""
    found = possessor(np, scene)
    return replace(found, span=span(np)) if found is not None and not found.inferred else None


def person_of(np: Np, scene: Scene) -> Attribution | None:
    """A person whom no list names, by the body behind the name: "Ann Roe of the ministry"."""
    named = unlisted_person(np) if all(c.cap for c in np.cells) else None
    for part in (*np.chain()[1:], *complement(np, scene)) if named is not None else ():
        made = own_source(part, scene) if part.names or part.cell("body") else None
        if made is not None and not made.inferred:
            return replace(made, speaker=named, span=Span(np.start, max(np.end, part.end)))
    return None


def one_of(np: Np, scene: Scene) -> Attribution | None:
    """The source of which one or some speak: "one of the officials"."""
    partitive = np.of is not None and len(np.cells) == 1 and np.cells[0].low in PARTITIVE
    return own_source(np.of, scene) if partitive and np.of is not None else None


def of_several(np: Np, scene: Scene) -> Attribution | None:
    """All sides at once: "both sides", "the two ministries"."""
    if np.people or np.lexeme("both", "none") or np.names:
        return None
    both = np.lexeme("both") is not None and np.cells[-1].name is None
    camps = len(scene.memory.camps) or len(scene.directory.camps)
    pair = np.num is not None and np.num.n in (2, camps) and np.cells[0].low in ("the", "both", "all")
    office = np.head.one("body")
    several = pair and office is not None and office.cls not in SIDELESS and np.head.low.endswith("s") and np.of is None
    return of_both(np, scene) if both or several else None


def issued_by(np: Np, scene: Scene) -> Attribution | None:
    """The source behind a paper: "a statement from the army", "figures by the ministry"."""
    if not np.flags & PAPER or np.names or np.of is not None or not np.head.flags & PAPER:
        return None
    at = next((i for i, g in enumerate(scene.groups) if g is np), len(scene.groups))
    at += at + 1 < len(scene.groups) and isinstance(verb := scene.groups[at + 1], Vg) and verb.feat in PARTICIPLES
    pair = scene.groups[at + 1 : at + 3]
    if len(pair) < 2 or pair[0].low not in ("from", "by") or not isinstance(pair[1], Np):
        return None
    made = own_source(pair[1], scene)
    return replace(made, span=span(np)) if made is not None and not made.inferred else None


def nameless(np: Np) -> bool:
    """Whether it is word that nobody in particular passes on: "reports", "unconfirmed word from the islands"."""
    if np.names or np.of is not None or np.num or np.cells[0].has("det", "poss"):
        return False
    return np.head.low in ("reports", "rumours", "rumors", "word", "accounts", "allegations", "messages")


def carries(np: Np) -> bool:
    """Whether it only points back: "she", "it", "the message", "the same source"."""
    first = np.cells[0]
    if len(np.cells) == 1 and (first.low in HE or first.low in ("we", "i")):
        return True
    return (
        np.head.has("report")
        and not np.names
        and np.of is None
        and not np.cell("body")
        and not np.num
        and not nameless(np)
    )


def pointed(np: Np, scene: Scene) -> Attribution | None:
    """The source that a pronoun stands for in its own sentence: the first one named before it, a person for "she"."""
    if np.head.has("report") or np.cells[0].low in ("we", "i", "his", "her", "their", "its"):
        return None
    for at, other in enumerate(scene.groups):
        if other.start >= np.start:
            return None
        if not isinstance(other, Np) or carries(other) or (at and scene.groups[at - 1].kind == "quotedby"):
            continue
        found = own_source(other, scene)
        if found is not None and not found.inferred and (np.cells[0].low not in PERSONAL or personal(found)):
            return replace(found, inferred=True, span=None, cue_span=None)
    return None


def personal(attr: Attribution) -> bool:
    """Whether a source is a person: named, or by an office that one person holds."""
    return bool(attr.speaker or attr.role) or attr.kind in ("expert", "eyewitness", "ombudsman")


def person_before(scene: Scene) -> Attribution | None:
    """The person that the entry has named last as a source."""
    found = next((s for s in scene.memory.sources[:-5:-1] if personal(s)), None)
    return replace(found, inferred=True, span=None, cue_span=None, hedge=None) if found else None


def carried(scene: Scene) -> Attribution | None:
    """The entry's last source, marked as inferred."""
    memory = scene.memory
    found = memory.source or memory.heading or memory.owner or memory.listed
    return replace(found, inferred=True, span=None, cue_span=None, hedge=None) if found else None


def of_person(name: Name, np: Np, scene: Scene) -> Attribution:
    """A person of the directory in the role of that day; where the text calls them an expert, they speak as one (H19:
    the role as described)."""
    person = scene.directory.holder(name)
    assert person is not None
    expert = np.lexeme("body", "expert")
    if expert is not None:
        role = next((c.text for c in np.cells if c.one("body") is expert), person.role)
        return Attribution(kind="expert", speaker=person.name, role=role, side=person.side, span=span(np))
    org = None if person.kind in ("head_of_state", "local_authority") else person.body
    return Attribution(
        kind=person.kind or "unknown", speaker=person.name, role=person.role, org=org, side=person.side, span=span(np)
    )


def of_body(name: Name, cell: Cell, np: Np, scene: Scene) -> Attribution | None:
    """A body of the directory, or someone who speaks for it; a bare office ("premier's office") stays itself."""
    body = name.body
    assert body is not None
    if np.lexeme(*("noun",), *MATTER) and np.cell("noun", *MATTER) is not cell and not np.cell("role"):
        return None
    role = np.cell("role")
    office = body.kind in ("head_of_state", "local_authority", "prosecutor")
    return Attribution(
        kind=body.kind,
        side=body.side,
        org=None if office and cell.low.endswith(("premier", "president", "mayor")) else cell.text,
        role=role.text if role else (cell.text if office else None),
        speaker=unlisted_person(np),
        span=span(np),
    )


def of_common_noun(word: Cell, np: Np, scene: Scene, beside: Np | None) -> Attribution | None:
    """ "Vesper's customs service", "the governor", "residents": the kind of the noun, the side of the name beside it."""
    lexeme = word.one("body")
    assert lexeme is not None
    kind = lexeme.cls
    side = side_beside(np, scene) or side_of_word(word, kind, scene)
    if side is None and (named := named_before(kind, np, scene)) is not None:
        return replace(named, span=span(np), inferred=True)
    if side is None and (known := same_kind(kind, word, scene)) is not None:
        return replace(known, role=known.role, span=span(np), inferred=True, hedge=None, speaker=known.speaker, via=())
    if side is None and (known := same_person(word, np, scene)) is not None:
        return replace(known, span=span(np))
    if side is None and kind == "local_authority":
        side = scene.memory.place_side or sentence_place_side(scene)
    if (
        kind == "official"
        and word.low.endswith(("official", "officials"))
        and (employer := employed_by(np, scene)) is not None
    ):
        return replace(employer, role=word.text, speaker=unlisted_person(np), span=span(np))
    if kind in ("official", "medics") and side is None and (owner := possessor(np, scene)) is not None:
        return replace(owner, role=word.text, speaker=unlisted_person(np), span=span(np), inferred=True)
    if side is None and kind == "official":
        side = there(np, scene)
    if side is None and kind == "official":
        side = next((m.side for n in complement(np, scene) if (m := own_source(n, scene)) is not None), None)
    if side is None and kind not in SIDELESS:
        side = whose_own(np, scene) if any(c.low in ("its", "their") for c in np.cells) else home_side(scene, kind)
    if kind == "medics" and side is None:
        of = next((m for n in complement(np, scene) if (m := own_source(n, scene)) is not None and n.names), None)
        if of is None and (ward := of_ward(word, np, scene)) is not None:
            return ward
        side = of.side if of else None
    kind = called_plainly(word, np, side, scene) or kind
    side = side if (joint := joint_side(np, scene)) == "" else joint
    return Attribution(
        kind=kind, side=side, org=plain(np), role=role_text(np, word), speaker=unlisted_person(np), span=span(np)
    )


def same_person(word: Cell, np: Np, scene: Scene) -> Attribution | None:
    """The person named before whom "the official" stands for."""
    alone = len(np.cells) == 2 and np.cells[0].low in ("the", "this", "that", "same") and np.of is None
    return person_before(scene) if alone and word.low in ("official", "officer", "commander") else None


def employed_by(np: Np, scene: Scene) -> Attribution | None:
    """The body that an unnamed official is of, where it is named: "an official of the interior ministry"."""
    for part in (*np.chain()[1:], *complement(np, scene)):
        if not (any(n.body for n, _ in part.names) or part.cell("body")):
            continue
        made = own_source(part, scene)
        if made is not None and made.kind not in ("official", "media", "unknown", "eyewitness", "expert"):
            return made
    return None


def of_role(role: Cell, np: Np, scene: Scene) -> Attribution | None:
    """A spokesman, adviser or officer: of the body or party beside, of whom "its" stands for, else of the entry's source."""
    named = unlisted_person(np)
    for part in (*np.chain()[1:], *complement(np, scene)):
        made = own_source(part, scene)
        if made is not None and (not made.inferred or part.cell("body") or part.cell("again")):
            whole = Span(np.start, max(np.end, part.end))
            return replace(made, role=role.text, speaker=named, span=whole)
    if (owner := owner_before(np, scene)) is not None:
        return replace(owner, role=role.text, speaker=named, span=span(np), inferred=True)
    side = side_beside(np, scene) or (scene.directory.party_within(role.low) if role.cap else None)
    if side is not None:
        kind = scene.directory.kind_of_party(side)
        kind = "army" if kind == "government" and RANKED.intersection(role.low.split()) else kind
        return Attribution(kind=kind, side=side, role=role.text, org=plain(np), span=span(np), speaker=named)
    if people_of(np) or (np.num is not None and np.num.n != 1):
        return None
    known = possessor(np, scene) or teller(np, scene) or carried(scene)
    if known is not None:
        same = known.role is None or known.role.casefold() == role.low or not known.speaker
        return replace(
            known, role=role.text, speaker=named or (known.speaker if same else None), span=span(np), inferred=True
        )
    return (
        Attribution(kind="official", role=role.text, org=None, speaker=named, span=span(np))
        if speaking_role(role)
        else None
    )


def teller(np: Np, scene: Scene) -> Attribution | None:
    """The body that cites an officer, who is its own: "the office said, citing its spokesman"."""
    at = next((i for i, g in enumerate(scene.groups) if g is np), 0)
    if at == 0 or scene.groups[at - 1].kind != "cite":
        return None
    subjects = (f.subj[0] for f in scene.frames if f.vg.say is not None and f.subj and f.subj[0].start < np.start)
    found = (own_source(n, scene) for n in subjects if n is not np and not carries(n))
    return next((a for a in found if a is not None and a.kind != "media" and not a.inferred), None)


def complement(np: Np, scene: Scene) -> list[Np]:
    """What a role or unnamed official belongs to, behind another preposition than "of": "spokesman for the army"."""
    groups = scene.groups
    at = next((i for i, g in enumerate(groups) if g is np), None)
    if at is None or at + 2 >= len(groups) or groups[at + 1].low not in ("for", "in", "at", "with", "from", "to"):
        return []
    if groups[at + 1].low == "to" and not AIDES.intersection(np.head.low.split()):
        return []  # "an adviser to the president", but no "ambassador to" a country
    behind = groups[at + 2]
    return [behind] if isinstance(behind, Np) and (behind.names or behind.cell("body")) else []


def possessor(np: Np, scene: Scene) -> Attribution | None:
    """Whom "its" before a role stands for: the subject of the sentence, else the last body or party named before it."""
    if any(c.low in ("his", "her") for c in np.cells):
        return principal(np, scene)
    if not any(c.low in ("its", "their") for c in np.cells):
        return None
    subject = next((f.subj[0] for f in scene.frames if f.subj and not f.vg.passive), None)
    before = [n for n in scene.nps() if n.start < np.start and n is not np]
    ordered = [n for n in before if n is subject] + before[::-1]
    found = (owning(part, scene) for n in ordered for part in n.chain())
    return next((attr for attr in found if attr is not None), None)


def principal(np: Np, scene: Scene) -> Attribution | None:
    """The person whose office or aide speaks ("her office said"): the subject of the sentence, or who stands beside it, else
    the entry's last."""
    subject = next((f.subj[0] for f in scene.frames if f.subj and f.subj[0].start < np.start), None)
    at = next((i for i, g in enumerate(scene.groups) if g is subject), len(scene.groups))
    beside = (
        scene.groups[at + 2 : at + 3] if at + 1 < len(scene.groups) and scene.groups[at + 1].kind == "comma" else ()
    )
    for other in (subject, *beside):
        found = own_source(other, scene) if isinstance(other, Np) and other is not np and not carries(other) else None
        if found is not None and not found.inferred and personal(found):
            return replace(found, speaker=None)
    found = person_before(scene)
    return replace(found, speaker=None) if found is not None else None


def owning(np: Np, scene: Scene) -> Attribution | None:
    """The body or party that has officers of its own, if a noun group names one."""
    if not (np.names or np.cell("body")) or carries(np) or np.num is not None:
        return None
    made = own_source(np, scene)
    if made is None or made.speaker or made.kind in ("eyewitness", "expert", "official"):
        return None
    return made


def speaking_role(role: Cell) -> bool:
    """Whether a role alone is enough of a source."""
    return role.low.startswith(("spokes", "press", "official", "represent"))


def speaks_for(np: Np) -> bool:
    """Whether the group's own head speaks for what hangs on it by "of" ("spokesman of the ministry")."""
    return np.head.has("role", "body", "report", "account", "channel")


def combined(one: Attribution | None, other: Attribution | None, np: Np) -> Attribution | None:
    """A name and what stands beside it between commas ("Rolf Imre, its mayor")."""
    if one is None or other is None:
        found = one or other
        if found is None:
            return None
        return replace(
            found, speaker=found.speaker or unlisted_person(np) or (unlisted_person(np.apposed) if np.apposed else None)
        )
    first, second = (one, other) if one.speaker and not one.inferred else (other, one)
    if first.speaker and first.kind not in ("unknown", "eyewitness"):
        return replace(first, role=second.role or first.role, span=span(np))
    return replace(second, speaker=first.speaker, role=second.role or first.role, span=span(np))
