"""A claim as a sentence: its claimant first (H3), its operator, hedge, relay, negation and scope kept (law 2)."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal, cast

from sayso.model.claim import Attribution, Claim
from sayso.model.conflict import Conflict
from sayso.model.question import Said
from sayso.publish.deeds import (
    ALSO_IN_ITS_WORDS,
    HARMED,
    HEDGES,
    HEDGES_UNNAMED,
    IN_ITS_WORDS,
    ONE_THING,
    PEOPLE,
    THINGS,
    UNTOLD,
    deeds,
)
from sayso.publish.figures import counted, day_words, is_one, noun_of
from sayso.publish.grammar import Clause, Form, capital, is_plural, third_person, with_article
from sayso.publish.own_voice import own_voice
from sayso.publish.titles import cut

#: What cannot stand after "says that".
TELLS: Final = {"opinion": "give a view", "situation": "describe the situation", "other": "speak of something else"}
Quotes = Literal["none", "free"]
#: A source's own words inside a sentence of ours are cut here.
WORDS_LIMIT: Final = 280
#: More places than these are not listed; the statement names them.
PLACES_SHOWN: Final = 6


def says(said: Said, mouth: str, *, conflict: Conflict, words: str = "", quotes: Quotes = "free") -> str:
    """The claim as one sentence, `mouth` (the claimant's name, with "naming no source" where it is so) first.

    `words` are the statement's own words. They stand, in quotation marks, where they tell more than a sentence of
    ours; with `quotes` "none" (a text that retells) they stand without marks, and not at all if they take a side (H6).
    """
    claim = said.claim
    if said_in_its_words(claim) and words.strip():
        told = retold(claim, mouth, words, quotes)
        if told is not None:
            return told
    if claim.attr.names_no_source:
        return f"{lead(mouth, claim.attr)}: {content(claim, conflict)}."
    return f"{lead(mouth, claim.attr)} {predicate(claim, mouth, conflict)}."


def said_in_its_words(claim: Claim) -> bool:
    """Whether the source's own words tell more than a sentence of ours."""
    return claim.type in IN_ITS_WORDS or f"{claim.type}.{claim.sub}" in ALSO_IN_ITS_WORDS


def retold(claim: Claim, mouth: str, words: str, quotes: Quotes) -> str | None:
    """The claimant and the words; None where words without quotation marks would take a side in our voice."""
    told = cut(" ".join(words.split()).replace("“", "‘").replace("”", "’").strip(), WORDS_LIMIT)
    if quotes == "none" and own_voice(told):
        return None
    shown = f"“{told}”" if quotes == "free" else told
    if claim.attr.names_no_source:
        return f"{lead(mouth, claim.attr)}: {shown}"
    verb = "say" if is_plural(mouth) else "says"
    who = lead(mouth, claim.attr)
    return f"{who} {verb}: {shown}" if quotes == "free" else f"{who.rstrip(',')}: {shown}"


def lead(mouth: str, attr: Attribution) -> str:
    """Who says it, as the sentence begins: with the relays through which it reached us, and its own doubt."""
    hedges = HEDGES_UNNAMED if attr.names_no_source else HEDGES
    through = " and ".join(with_article(v.org or (v.kind or "others").replace("_", " ")) for v in attr.via)
    inserts = [f"as relayed by {through}"] if through else []
    inserts += [hedges[attr.hedge]] if attr.hedge else []
    name = capital(with_article(mouth))
    end = "" if attr.names_no_source else ","
    if not inserts:  # "Ana Verl, spokeswoman of the Guard, says"
        return f"{name}{end}" if ", " in name else name
    return f"{name}, {', '.join(inserts)}{end}"


def predicate(claim: Claim, mouth: str, conflict: Conflict) -> str:
    """What the claimant does: says that, denies that, calls for, does not say."""
    many = is_plural(mouth)
    if claim.type == "denial":
        return denies(claim, conflict, many=many)
    if claim.type == "not_reported":
        return f"{'do' if many else 'does'} not say {untold(claim, conflict)}"
    if claim.polarity == "unknown":
        return f"{verb('say', many)} that it is not known whether {content(claim, conflict)}"
    if claim.type == "other" and claim.sub in TELLS:
        return verb(TELLS[claim.sub], many) + (at(claim) if claim.sub == "situation" else "")
    if (claim.type, claim.sub, claim.modality) == ("diplomacy", "appeal", "appeal"):
        whom = conflict.name(claim.subject)
        return f"{verb('appeal', many)} to {whom}" if whom else f"{verb('make', many)} an appeal"
    if claim.modality == "appeal":
        return f"{verb('call', many)} for {clause_of(claim, conflict).infinitive(negated=negated(claim))}{when(claim)}"
    return f"{verb('say', many)} that {content(claim, conflict)}"


def verb(base: str, many: bool) -> str:  # noqa: FBT001 - the number of a verb, no switch of behaviour
    """The verb in the number of its subject."""
    return base if many else third_person(base)


def content(claim: Claim, conflict: Conflict) -> str:
    """What is claimed, as a clause, without who says it."""
    match claim.type:
        case "not_reported":
            return f"{untold(claim, conflict)} has not been reported"
        case "denial":
            return f"it is denied that {denied(claim, conflict) or 'something reported is so'}"
        case _:
            modality = "fact" if claim.polarity == "unknown" else claim.modality
            told = clause_of(claim, conflict).finite(negated=negated(claim), modality=modality)
            return told + when(claim) + aside(claim)


def negated(claim: Claim) -> bool:
    """Whether the clause itself is negative; "no civilians were killed" is so already by its figure."""
    return claim.polarity == "negated" and not (claim.count is not None and claim.count.operator == "none")


def aside(claim: Claim) -> str:
    """What the reader must know beside the clause: a part of a total, a condition, a settled past."""
    notes = []
    if claim.part_of is not None:
        notes.append("part of a larger figure")
    if claim.modality == "conditional":
        notes.append("on a condition")
    if claim.modality == "background":
        notes.append("said of the time before")
    return f" ({', '.join(notes)})" if notes else ""


def clause_of(claim: Claim, conflict: Conflict) -> Clause:
    """The claim as a clause that can be bent."""
    if claim.type in ("casualties", "equipment_loss"):
        return harmed(claim, conflict)
    return deed(claim, conflict)


def harmed(claim: Claim, conflict: Conflict) -> Clause:
    """People killed or hurt, or equipment lost, with the figure as said and whose they are."""
    fallback = THINGS[claim.type] if claim.type in THINGS else PEOPLE[claim.who or "unknown"]
    figure, many = quantity(claim, fallback)
    by = f" by {party(claim.actor, conflict)}" if claim.actor and claim.type == "equipment_loss" else ""
    return Clause(
        subject=f"{figure}{of_party(claim, conflict)}", form="passive", done=HARMED[claim.sub], rest=by + at(claim),
        many=many,
    )  # fmt: skip


def quantity(claim: Claim, fallback: str) -> tuple[str, bool]:
    """The counted noun and whether it is plural; the bare noun where nothing is counted."""
    if claim.count is None:
        return fallback, fallback not in ONE_THING
    noun = noun_of(claim.count.unit, fallback)
    if noun == "people":
        noun = PEOPLE[claim.who or "unknown"]
    return counted(claim.count, noun), not is_one(claim.count)


def of_party(claim: Claim, conflict: Conflict) -> str:
    """Whose they are, with a space before."""
    if claim.subject == "BOTH":
        return " of both sides"
    return f" of {party(claim.subject, conflict)}" if claim.subject else ""


def party(id_: str | None, conflict: Conflict) -> str:
    """A party's name as it stands inside a sentence."""
    return "both sides" if id_ == "BOTH" else with_article(conflict.name(id_))


def deed(claim: Claim, conflict: Conflict) -> Clause:
    """The shape of the table that fits what the claim names, filled."""
    key = f"{claim.type}.{claim.sub}"
    actor, subject = party(claim.actor, conflict), party(claim.subject, conflict)
    figure, many = quantity(claim, THINGS.get(key, PEOPLE[claim.who or "unknown"]))
    slots = {
        "a": actor, "o": object_of(claim, conflict), "s": subject, "n": figure + of_party(claim, conflict),
        "at": at(claim), "from": at(claim, "from"), "by": f" by {actor}" if actor else "",
        "with": f" with {subject}" if subject and subject != actor else "",
    }  # fmt: skip
    return shaped(fitting(deeds()[key], slots), slots, many=many, many_objects=plural_object(claim))


def fitting(shapes: Sequence[str], slots: Mapping[str, str]) -> str:
    """The first shape of which each needed slot can be filled; the last, with a stand-in, if there is none."""
    for shape in shapes:
        if all(slots[s] for s in ("a", "o", "s") if "{" + s + "}" in shape):
            return shape
    return shapes[-1].replace("{a}", "somebody").replace("{o}", "a place")


def shaped(shape: str, slots: Mapping[str, str], *, many: bool, many_objects: bool) -> Clause:
    """A shape of the table as a clause."""
    head, verbs, rest = (part.strip() for part in shape.split("|"))
    form, base, past, done = [*verbs.split(" ", 3), "", "", ""][:4]
    subject, tail = head.format_map(slots), rest.format_map(slots).strip()
    plural = {"{n}": many, "{o}": many_objects}.get(head, head in PLURAL_HEADS or is_plural(subject))
    return Clause(
        subject=subject, form=cast("Form", form), rest=f" {tail}" if tail else "", base=base, past=past, done=done,
        many=plural,
    )  # fmt: skip


PLURAL_HEADS: Final = (
    "places", "positions", "mercenaries", "forces", "people", "groups", "others", "false reports", "forbidden weapons",
    "sanctions", "the bodies of {n}", "crimes",
)  # fmt: skip


def plural_object(claim: Claim) -> bool:
    """Whether the object of a deed is plural: several places or a number of them."""
    if claim.places:
        return len(claim.places) > 1
    return claim.count is not None and not is_one(claim.count)


def object_of(claim: Claim, conflict: Conflict) -> str:
    """The places, with their number where it was said; else their number; else the party that it was done to."""
    named = places(claim)
    if claim.count is not None and claim.count.unit and claim.type in ("control", "movement", "attack"):
        figure = counted(claim.count, noun_of(claim.count.unit, "places"))
        return (
            f"{figure} ({named})" if named and len(claim.places) > 1 else f"{figure} near {named}" if named else figure
        )
    return named or party(claim.subject, conflict)


def places(claim: Claim) -> str:
    """The places as written; a second name after a slash; a long list is cut and says so."""
    names = [p.replace("|", "/") for p in claim.places]
    if len(names) > PLACES_SHOWN:
        return f"{', '.join(names[:PLACES_SHOWN])} and other places"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def at(claim: Claim, preposition: str = "in") -> str:
    """The places with a preposition and a space before."""
    return f" {preposition} {places(claim)}" if claim.places else ""


def untold(claim: Claim, conflict: Conflict) -> str:
    """What has not been told: a silence is not a zero (R3)."""
    of = of_party(claim, conflict)
    return UNTOLD[claim.sub].format(who=PEOPLE[claim.who or "unknown"] + of, of=of) + at(claim) + when(claim)


def denies(claim: Claim, conflict: Conflict, *, many: bool) -> str:
    """What the claimant denies, as far as the denial names it."""
    what = denied(claim, conflict)
    if claim.sub == "calls_fake":
        return f"{verb('call', many)} it false that {what}" if what else f"{verb('call', many)} a report false"
    return f"{verb('deny', many)} that {what}" if what else f"{verb('deny', many)} a report"


def denied(claim: Claim, conflict: Conflict) -> str:
    """The denied thing as a clause; empty where the denial does not name it."""
    target = claim.target
    if target is None or target.type in ("denial", "not_reported"):
        return ""
    subs = [k.split(".")[1] for k in deeds() if k.startswith(f"{target.type}.")]
    sub = target.sub or ("casualties" if target.type == "casualties" else subs[-1] if subs else "destroyed")
    shape = Claim(
        type=target.type, sub=sub, attr=claim.attr, span=claim.span, rule=claim.rule, actor=target.actor,
        subject=target.subject, places=target.places, start=claim.start, end=claim.end,
    )  # fmt: skip
    return content(shape, conflict)


def when(claim: Claim) -> str:
    """Since when, on which day or between which, with a space before."""
    since = claim.count.since if claim.count else None
    if since:
        return f" since {day_words(since)}"
    if claim.start is None:
        return ""
    if claim.end is None or claim.end[:10] == claim.start[:10]:
        return f" on {day_words(claim.start)}"
    return f" from {day_words(claim.start)} to {day_words(claim.end)}"
