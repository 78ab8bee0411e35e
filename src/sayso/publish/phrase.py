"""A claim as a sentence: its claimant first (H3), its operator, hedge, relay, negation and scope kept (law 2)."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal, cast

from sayso.catalogue.articles import capital, is_plural, with_article
from sayso.model.claim import Attribution, Claim, Target
from sayso.model.conflict import Conflict
from sayso.model.question import Said
from sayso.model.vocabulary import ALSO_IN_ITS_WORDS, IN_ITS_WORDS
from sayso.publish.deeds import (
    HARMED,
    HEDGES,
    HEDGES_UNNAMED,
    ONE_THING,
    PEOPLE,
    THINGS,
    UNTOLD,
    deeds,
)
from sayso.publish.figures import VAGUE, counted, day_words, is_one, noun_of
from sayso.publish.grammar import Clause, Form, Voice
from sayso.publish.own_voice import own_voice, word_lists
from sayso.publish.titles import cut

#: What cannot stand after "says that".
TELLS: Final = {"opinion": "give a view", "situation": "describe the situation", "other": "speak of something else"}
GOING_ON: Final = re.compile(r"\bha(?:ve|s) been\b")
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
    opening, told = parts(said, mouth, conflict=conflict, words=words, quotes=quotes)
    if said_in_its_words(said.claim) and opening.endswith(": "):
        return opening + told  # as it was punctuated
    return f"{opening}{told}."


def parts(
    said: Said, mouth: str, *, conflict: Conflict, words: str = "", quotes: Quotes = "free", before: bool = False
) -> tuple[str, str]:
    """The same sentence in two pieces: who says it and how ("The Guard says that "), and what, without a full stop.

    `before`: it was said before what stands in front of it ("Before that, the Guard had said that ").
    """
    claim, voice = said.claim, Voice(is_plural(mouth), before)
    if said_in_its_words(claim) and words.strip():
        told = retold(claim, mouth, words, quotes, voice)
        if told is not None:
            return told
    who = lead(mouth, claim.attr, before=before, spoken=("possible",) if may(claim) else ())
    if claim.attr.names_no_source:
        return f"{who}: ", content(claim, conflict)
    how, what = predicate(claim, voice, conflict)
    if before:
        what = GOING_ON.sub("had been", what, count=1)
    return f"{who} {how}", by_itself(what, mouth, voice) if mouth == conflict.name(claim.actor) else what


def may(claim: Claim) -> bool:
    """Whether the clause itself says that it is only possible."""
    return claim.modality == "possible" and claim.polarity != "unknown" and claim.type not in ("denial", "not_reported")


def by_itself(clause: str, mouth: str, voice: Voice) -> str:
    """The clause with "it" for the mouth where it tells of itself: "Orland says that it holds Ubel"."""
    name = f"{with_article(mouth)} "
    return f"{'they' if voice.many else 'it'} {clause.removeprefix(name)}" if clause.startswith(name) else clause


def said_in_its_words(claim: Claim) -> bool:
    """Whether the source's own words tell more than a sentence of ours."""
    vague = claim.type == "denial" and nothing_named(claim.target)
    return vague or claim.type in IN_ITS_WORDS or f"{claim.type}.{claim.sub}" in ALSO_IN_ITS_WORDS


def nothing_named(target: Target | None) -> bool:
    """Whether a denial does not name what it denies, or names it so vaguely that no clause of ours could say it."""
    if target is None or target.type in ("denial", "not_reported"):
        return True
    return target.type == "other" and not (target.actor or target.subject or target.places)


def retold(claim: Claim, mouth: str, words: str, quotes: Quotes, voice: Voice) -> tuple[str, str] | None:
    """The claimant and the words; None where words without quotation marks would take a side in our voice."""
    told = cut(" ".join(words.split()).replace("“", "‘").replace("”", "’").strip(), WORDS_LIMIT)
    if quotes == "none" and own_voice(told):
        return None
    shown = f"“{told}”" if quotes == "free" else told
    who = lead(mouth, claim.attr, before=voice.before)
    if claim.attr.names_no_source:
        return f"{who}: ", shown
    return (f"{who} {voice.verb('say')}: " if quotes == "free" else f"{who.rstrip(',')}: "), shown


def lead(mouth: str, attr: Attribution, *, before: bool = False, spoken: Sequence[str] = ()) -> str:
    """Who says it, as the sentence begins: with the relays through which it reached us, and its own doubt, unless that
    is `spoken` in the clause."""
    hedges = HEDGES_UNNAMED if attr.names_no_source else HEDGES
    through = " and ".join(with_article(v.org or (v.kind or "others").replace("_", " ")) for v in attr.via)
    inserts = [f"as relayed by {through}"] if through else []
    inserts += [hedges[attr.hedge]] if attr.hedge and attr.hedge not in spoken else []
    name = f"Before that, {with_article(mouth)}" if before else capital(with_article(mouth))
    end = "" if attr.names_no_source else ","
    if not inserts:  # "Ana Verl, spokeswoman of the Guard, says"
        return f"{name}{end}" if ", " in mouth else name
    return f"{name}, {', '.join(inserts)}{end}"


def predicate(claim: Claim, voice: Voice, conflict: Conflict) -> tuple[str, str]:
    """What the claimant does, with the word that leads over, and the clause: ("says that ", "Orland holds Ubel")."""
    if claim.type == "denial":
        what = denied(claim, conflict)
        fake = claim.sub == "calls_fake"
        if not what:
            return (f"{voice.verb('call')} ", "a report false") if fake else (f"{voice.verb('deny')} ", "a report")
        return f"{voice.verb('call it false' if fake else 'deny')} that ", what
    if claim.type == "not_reported":
        return f"{voice.negated('say')} ", untold(claim, conflict)
    if claim.polarity == "unknown":
        return f"{voice.verb('say')} that it is not known whether ", content(claim, conflict)
    if claim.type == "other" and claim.sub in TELLS:
        return f"{voice.verb(TELLS[claim.sub].split(' ', 1)[0])} ", told_of(claim)
    if (claim.type, claim.sub, claim.modality) == ("diplomacy", "appeal", "appeal"):
        whom = conflict.name(claim.subject)
        return (f"{voice.verb('appeal')} to ", whom) if whom else (f"{voice.verb('make')} ", "an appeal")
    if claim.modality == "appeal":
        clause = clause_of(claim, conflict).infinitive(negated=negated(claim))
        return f"{voice.verb('call')} for ", clause + when(claim)
    return f"{voice.verb('say')} that ", content(claim, conflict)


def told_of(claim: Claim) -> str:
    """What the words of the long tail are, without their verb: "a view", "the situation in Ubel"."""
    return TELLS[claim.sub].split(" ", 1)[1] + (at(claim) if claim.sub == "situation" else "")


def content(claim: Claim, conflict: Conflict) -> str:
    """What is claimed, as a clause, without who says it."""
    match claim.type:
        case "not_reported":
            return f"it has not been reported {untold(claim, conflict)}"
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
    if claim.type == "attack" and claim.count is not None and claim.count.unit and not counts_places(claim):
        notes.append(counted(claim.count, noun_of(claim.count.unit, "times")))
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
    where = "" if claim.places == (conflict.name(claim.subject),) else at(claim)  # not "of Orland in Orland"
    return Clause(
        subject=f"{figure}{of_party(claim, conflict)}", form="passive", done=HARMED[claim.sub], rest=by + where,
        many=many, lasting=claim.count is not None and claim.count.since is not None,
    )  # fmt: skip


def people_of(claim: Claim, conflict: Conflict) -> str:
    """What a figure counts, without the figure: "civilians of Orland"; empty where it counts none."""
    if claim.type != "casualties" or claim.count is None or claim.count.operator in VAGUE:
        return ""
    figure, _ = quantity(claim, PEOPLE[claim.who or "unknown"])
    return figure.removeprefix(counted(claim.count, "").strip()).strip() + of_party(claim, conflict)


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
        "t": actor if any(claim.actor == p.id for p in conflict.third) else "",
    }  # fmt: skip
    return shaped(fitting(deeds()[key], slots), slots, many=many, many_objects=plural_object(claim))


def fitting(shapes: Sequence[str], slots: Mapping[str, str]) -> str:
    """The first shape of which each needed slot can be filled; the last, with a stand-in, if there is none."""
    for shape in shapes:
        if all(slots[s] for s in ("a", "o", "s", "t") if "{" + s + "}" in shape):
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
    if counts_places(claim) or not claim.places:
        return claim.count is not None and not is_one(claim.count)
    return len(claim.places) > 1


def counts_places(claim: Claim) -> bool:
    """Whether a figure counts what a deed was done to, not what it was done with."""
    if claim.count is None or claim.count.unit is None or claim.type not in ("control", "movement", "attack"):
        return False
    return claim.type != "attack" or claim.count.unit in word_lists()["counted"]["places"]


def object_of(claim: Claim, conflict: Conflict) -> str:
    """The places, with their number where it was said; else their number; else the party that it was done to."""
    named = places(claim)
    if claim.count is not None and counts_places(claim):
        figure = counted(claim.count, noun_of(claim.count.unit, "places"))
        if not named:
            return figure
        if claim.count.n is not None and claim.count.n > len(claim.places) and claim.type == "attack":
            return f"{figure} ({named} among them)"
        if len(claim.places) > 1 or claim.type == "attack":
            return f"{figure} ({named})"
        return f"{figure} {'in' if is_area(claim.places[0], conflict) else 'near'} {named}"
    return named or party(claim.subject, conflict)


def is_area(name: str, conflict: Conflict) -> bool:
    """Whether a place is an area, not a point: described ("districts next to it"), or configured as a region."""
    regions = {n.casefold() for p in conflict.places if p.precision == "region" for n in p.names}
    return name[0].islower() or any(n.casefold() in regions for n in name.split("|"))


def both_names(place: str) -> str:
    """A place as written, a second name after a slash, unless one of them holds the other ("northern Ubel|Ubel").

    A building or the like that has no name of its own has an article: "the cathedral".
    """
    if place.islower() and place.isalpha():
        return f"the {place}"
    names = place.split("|")
    return "/".join(n for n in names if not any(n != o and n in o for o in names))


def places(claim: Claim) -> str:
    """The places as written, with their second names; a long list is cut and says so."""
    names = [both_names(p) for p in claim.places]
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


def denied(claim: Claim, conflict: Conflict) -> str:
    """The denied thing as a clause; empty where the denial does not name it."""
    target = claim.target
    if target is None or nothing_named(target):
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
