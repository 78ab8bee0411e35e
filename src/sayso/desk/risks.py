"""What in a suggested reading an editor should look at twice (H2): each risk is amber until a person has judged it.

The checks ask the text again, with word lists of their own, and take nothing from the reader's word for granted.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Final

from sayso.desk.checklist import checklist, found
from sayso.desk.counted import counts_other
from sayso.desk.editing import WITHOUT_WORDS
from sayso.desk.figures import HIDDEN, figure_fault, inside
from sayso.desk.naming import body_of, is_own_channel, mentions_party, names_in, side_of_source
from sayso.desk.seen import Risk, Seen, sentence_round
from sayso.desk.whose import of_others
from sayso.model.claim import BY_PARSER, Claim, Span
from sayso.model.conflict import Conflict
from sayso.model.coverage import Source
from sayso.model.statement import Statement


def risks(statement: Statement, claim: Claim, conflict: Conflict, source: Source) -> tuple[Risk, ...]:
    """Everything that should make an editor look twice at a claim, the gravest kinds first."""
    if not inside(statement.text, claim.span):
        return (Risk(code="span_outside", sentence="The claim points at words that are not in the archived text."),)
    seen = Seen(
        statement=statement,
        claim=claim,
        conflict=conflict,
        source=source,
        words=checklist(statement.lang),
        sentence=sentence_round(statement.text, claim.span),
    )
    found_here = [risk for check in CHECKS for risk in check(seen)]
    codes = {r.code for r in found_here}
    return tuple(r for r in found_here if not codes & SAID_BETTER.get(r.code, frozenset()))


#: One fault is one sentence: the general ones are left out where one names the words.
SAID_BETTER: Final[Mapping[str, frozenset[str]]] = {
    "subject_unlike_words": frozenset({"subject_unlike_noun", "subject_unlike_names"}),
    "subject_unlike_names": frozenset({"subject_unlike_noun"}),
}


def _figure(seen: Seen) -> Iterator[Risk]:
    fault = figure_fault(seen.text, seen.claim, lang=seen.statement.lang)
    if fault is not None:
        count = seen.claim.count
        yield Risk(code="number_not_in_text", sentence=fault, span=count.span if count else None)


def _proposed(seen: Seen) -> Iterator[Risk]:
    """No rule stands behind it, or behind its speaker: that the words mean this is for the editor to see."""
    if seen.claim.proposed:
        sentence = "A language model proposed it, and no rule read it: see that the words mean this."
        yield Risk(code="proposed", sentence=sentence, span=seen.claim.span)
    if seen.claim.draft:
        sentence = "Read in a draft language, whose words no native speaker has reviewed: compare it with the original."
        yield Risk(code="draft_language", sentence=sentence, span=seen.claim.span)
    if seen.claim.rule.endswith(BY_PARSER):
        sentence = "A parser found the speaker, and no rule did: see that the words are theirs."
        yield Risk(code="speaker_by_parser", sentence=sentence, span=seen.claim.attr.span)


def _without_words(seen: Seen) -> Iterator[Risk]:
    if seen.claim.rule == WITHOUT_WORDS:
        sentence = "An editor added it without words of the text: read how they know."
        yield Risk(code="without_words", sentence=sentence)


def _range(seen: Seen) -> Iterator[Risk]:
    count = seen.claim.count
    if count and count.low is not None and count.high is not None and count.low > count.high:
        yield Risk(code="range_upside_down", sentence="The lower end of the figure is above its upper end.")


def _operator(seen: Seen) -> Iterator[Risk]:
    """An operator word close before the figure, or in its words, that the claim does not carry."""
    count = seen.claim.count
    if seen.words is None or count is None or count.span is None or not inside(seen.text, count.span):
        return
    near = Span(_words_back(seen.text, count.span.start, 3, seen.sentence.start), count.span.end)
    said = [(op, at) for op, pattern in seen.words.operators.items() for at in found(pattern, seen.text, near)]
    after = Span(count.span.end, _words_on(seen.text, count.span.end, 4, seen.sentence.end))
    said += [(op, at) for op, pattern in seen.words.operators_after.items() for at in found(pattern, seen.text, after)]
    widest = [(op, at) for op, at in said if not any(o != at and o.covers(at) for _, o in said)]
    for operator, at in widest:
        if operator != count.operator and not _vague_anyway(count.operator):
            words = seen.text[at.start : at.end]
            kept = count.operator.replace("_", " ")
            yield Risk(code="operator_lost", sentence=f"The text says “{words}”, the claim says {kept}.", span=at)


def _vague_anyway(operator: str) -> bool:
    return operator in (
        "dozens",
        "hundreds",
        "thousands",
        "tens_of_thousands",
        "hundreds_of_thousands",
        "several",
        "many",
        "range",
    )


def _words_back(text: str, at: int, words: int, floor: int) -> int:
    """Where the run of up to `words` words before `at` begins, not before `floor` and not across a comma."""
    before = re.search(rf"(?:[^\s,;:()]+[^\S\n]+){{0,{words}}}$", text[floor:at])
    return floor + before.start() if before else at


def _words_on(text: str, at: int, words: int, ceiling: int) -> int:
    """Where the run of up to `words` words after `at` ends, not after `ceiling` and not across a comma."""
    after = re.match(rf"(?:[^\S\n]*[^\s,;:()]+){{0,{words}}}", text[at:ceiling])
    return at + after.end() if after else at


def _hedge(seen: Seen) -> Iterator[Risk]:
    """A hedge word in the sentence, while the claim carries neither a hedge nor a modality that says as much."""
    claim = seen.claim
    if seen.words is None or claim.attr.hedge is not None or claim.modality in ("possible", "conditional"):
        return
    for kind, pattern in seen.words.hedges.items():
        for at in found(pattern, seen.text, seen.sentence):
            words = seen.text[at.start : at.end]
            yield Risk(
                code="hedge_lost", sentence=f"The text says “{words}”, the claim carries no hedge ({kind}).", span=at
            )


def _modality(seen: Seen) -> Iterator[Risk]:
    if seen.words is None or seen.claim.modality != "fact":
        return
    for at in found(seen.words.not_yet, seen.text, seen.claim.span):
        words = seen.text[at.start : at.end]
        yield Risk(code="not_yet_lost", sentence=f"The text says “{words}”, the claim says that it happened.", span=at)


def _negation(seen: Seen) -> Iterator[Risk]:
    """A negation inside the claim's own words while the claim is asserted."""
    claim = seen.claim
    if seen.words is None or claim.polarity != "asserted" or (claim.count and claim.count.operator == "none"):
        return
    harmless = tuple(found(seen.words.not_negations, seen.text, seen.sentence))
    for at in found(seen.words.negations, seen.text, claim.span):
        if not any(h.covers(at) for h in harmless):
            words = seen.text[at.start : at.end]
            yield Risk(code="negation_lost", sentence=f"The text says “{words}”, the claim is asserted.", span=at)


def _denial(seen: Seen) -> Iterator[Risk]:
    claim = seen.claim
    if claim.type != "denial":
        return
    if claim.target is None:
        yield Risk(code="denial_of_what", sentence="The claim denies something, but does not say what.")
    if claim.polarity != "negated":
        yield Risk(code="denial_asserted", sentence="A denial must be negated; this one is not.")


def _source_side(seen: Seen) -> Iterator[Risk]:
    """A party's own channel, while the claim is put into another party's mouth."""
    side, of_source = seen.claim.attr.side, side_of_source(seen.source, seen.conflict)
    if of_source is None or seen.claim.attr.names_no_source:
        return
    if not seen.conflict.overlap(side, of_source, seen.on):
        whose = seen.conflict.name(of_source)
        said = seen.conflict.name(side) or "nobody's side"
        sentence = f"{seen.source.title} speaks for {whose}, but the claim is put down to {said}."
        yield Risk(code="side_unlike_source", sentence=sentence, span=seen.claim.attr.span)


def _body_side(seen: Seen) -> Iterator[Risk]:
    """A body that the coverage lists, with another side or kind than it has there."""
    attr = seen.claim.attr
    body = body_of(seen.conflict, attr.org)
    if body is None:
        return
    if body.side != attr.side and not seen.conflict.overlap(body.side, attr.side, seen.on):
        listed, said = seen.conflict.name(body.side) or "no side", seen.conflict.name(attr.side) or "no side"
        yield Risk(code="side_unlike_body", sentence=f"{body.name} is listed for {listed}, the claim says {said}.")
    if body.kind != attr.kind:
        kinds = f"{body.kind.replace('_', ' ')}, the claim says {attr.kind.replace('_', ' ')}"
        yield Risk(code="kind_unlike_body", sentence=f"{body.name} is listed as {kinds}.")


def _speaker(seen: Seen) -> Iterator[Risk]:
    attr, body = seen.claim.attr, body_of(seen.conflict, seen.claim.attr.org)
    if body is not None and body == body_of(seen.conflict, seen.source.body):
        return  # the owner speaks in its own channel
    if attr.inferred:
        sentence = "The speaker is not named here: it was carried over from an earlier passage or from the channel."
        yield Risk(code="speaker_inferred", sentence=sentence, span=seen.claim.span)
    elif attr.names_no_source and seen.claim.count is not None:
        yield Risk(
            code="no_source_named", sentence="A figure for which the text names no source.", span=seen.claim.span
        )
    elif not attr.names_no_source and attr.span is None:
        yield Risk(code="speaker_without_words", sentence="No words of the text are marked as naming the speaker.")


def _speaker_words(seen: Seen) -> Iterator[Risk]:
    """The words marked as naming the speaker, where no name of the speaker or body stands in them."""
    attr = seen.claim.attr
    if attr.span is None or attr.names_no_source:
        return
    if not inside(seen.text, attr.span):
        yield Risk(code="span_outside", sentence="The words that name the speaker are not in the archived text.")
        return
    words = seen.text[attr.span.start : attr.span.end]
    if not names_in(words, attr, seen.conflict):
        who = attr.speaker or attr.org or attr.kind.replace("_", " ")
        yield Risk(code="speaker_unlike_words", sentence=f"“{words}” does not name {who}.", span=attr.span)


def _relay(seen: Seen) -> Iterator[Risk]:
    if seen.words is None or seen.claim.attr.via:
        return
    for at in found(seen.words.relays, seen.text, seen.sentence):
        words = seen.text[at.start : at.end]
        yield Risk(code="relay_lost", sentence=f"The text says “{words}”, the claim names no relay.", span=at)


def _quote(seen: Seen) -> Iterator[Risk]:
    if seen.claim.attr.quote == "direct" and not is_own_channel(seen.source, seen.conflict):
        line = _line_round(seen.text, seen.claim.span)
        if not re.search("[\"“”„«»‟「」『』'‘’]", seen.text[line.start : line.end]):
            sentence = "The claim is marked as a direct quotation, but no quotation marks stand round it."
            yield Risk(code="quotation_without_marks", sentence=sentence, span=seen.claim.span)


def _line_round(text: str, span: Span) -> Span:
    end = text.find("\n", span.end)
    return Span(text.rfind("\n", 0, span.start) + 1, end if end >= 0 else len(text))


SUBJECT_NEEDED: Final = ("casualties", "equipment_loss")
ACTOR_NEEDED: Final = ("attack", "control")


def _subject(seen: Seen) -> Iterator[Risk]:
    claim = seen.claim
    if claim.type in SUBJECT_NEEDED and claim.subject is None:
        yield Risk(code="subject_missing", sentence="Whose losses these are is not known.", span=claim.span)
    elif claim.subject is not None:
        yield from _unlike_named(seen, claim.subject, "subject")
    if claim.type in ACTOR_NEEDED and claim.actor is None and claim.sub not in ("calm", "clash"):
        yield Risk(code="actor_missing", sentence="Who did it is not known.", span=claim.span)


def _enemy(seen: Seen) -> Iterator[Risk]:
    """Losses of "the enemy" that the claim puts down to the speaker's own side."""
    claim = seen.claim
    if seen.words is None or claim.type not in SUBJECT_NEEDED or claim.subject is None:
        return
    if seen.conflict.overlap(claim.subject, claim.attr.side, seen.on):
        for at in found(seen.words.enemy, seen.text, claim.span):
            words = seen.text[at.start : at.end]
            sentence = f"The text says “{words}”, the claim counts them as the speaker's own losses."
            yield Risk(code="enemy_lost", sentence=sentence, span=at)


def _unlike_named(seen: Seen, party: str, what: str) -> Iterator[Risk]:
    """The sentence names parties, but not the one that the claim gives as subject."""
    sentence = seen.text[seen.sentence.start : seen.sentence.end]
    named = [p.id for p in seen.conflict.parties if mentions_party(sentence, p.id, seen.conflict)]
    if named and not any(seen.conflict.overlap(party, n, seen.on) for n in named):
        others = ", ".join(seen.conflict.name(n) for n in named)
        text = f"The sentence names {others}, the claim's {what} is {seen.conflict.name(party)}."
        yield Risk(code=f"{what}_unlike_words", sentence=text, span=seen.sentence)


def _unknown_party(seen: Seen) -> Iterator[Risk]:
    claim = seen.claim
    for party in {claim.attr.side, claim.actor, claim.subject} - {None, "BOTH"}:
        if party not in seen.conflict.names:
            yield Risk(code="party_unknown", sentence=f"The coverage lists no party “{party}”.")


def _status(seen: Seen) -> Iterator[Risk]:
    """Military or civilian, unlike the only words of that kind in the claim's passage."""
    claim = seen.claim
    if seen.words is None or claim.who not in ("military", "civilian"):
        return
    said = {kind for kind, pattern in seen.words.status.items() if any(found(pattern, seen.text, claim.span))}
    if said and claim.who not in said:
        kinds = " and ".join(sorted(said))
        yield Risk(
            code="status_unlike_words", sentence=f"The words say {kinds}, the claim says {claim.who}.", span=claim.span
        )


def _places(seen: Seen) -> Iterator[Risk]:
    folded = seen.text.casefold()
    for place in seen.claim.places:
        if not any(name.strip().casefold() in folded for name in place.split("|")):
            yield Risk(code="place_not_in_text", sentence=f"“{place}” does not stand in the archived text.")


def _dates(seen: Seen) -> Iterator[Risk]:
    claim, count = seen.claim, seen.claim.count
    latest = seen.on + timedelta(days=1)  # the event's zone may be ahead of UTC
    for day in (claim.start, claim.end, count.since if count else None, count.as_of if count else None):
        if day and claim.modality == "fact" and day[:10] > latest.isoformat():
            yield Risk(code="date_in_future", sentence=f"{day} is after the statement itself.")
    if count and count.scope == "cumulative" and count.since is None:
        yield Risk(
            code="since_missing", sentence="A running total without the day since when it counts.", span=count.span
        )
    if count and count.scope is None and claim.type == "casualties":
        yield Risk(
            code="scope_missing", sentence="Whether the figure is of one incident or a running total is not known."
        )


def _hidden(seen: Seen) -> Iterator[Risk]:
    for match in HIDDEN.finditer(seen.text, seen.claim.span.start, seen.claim.span.end):
        sentence = f"A hidden character (U+{ord(match.group()):04X}) stands in the claim's words."
        yield Risk(code="hidden_character", sentence=sentence, span=Span(*match.span()))


def notices(statement: Statement) -> tuple[Risk, ...]:
    """What an editor must know of a statement as a whole, whatever is claimed in it (H17)."""
    found_here = []
    if statement.clipped:
        sentence = "Clipped, not independently archived: only the desk has seen this text."
        found_here.append(Risk(code="clipped", sentence=sentence))
    if checklist(statement.lang) is None:
        sentence = f"No checklist for “{statement.lang}”: look for hedges, operators and negations yourself."
        found_here.append(Risk(code="language_unchecked", sentence=sentence))
    hidden = len(HIDDEN.findall(statement.text))
    if hidden:
        sentence = f"The text holds {hidden} hidden characters that can turn or split what you see."
        found_here.append(Risk(code="hidden_characters", sentence=sentence))
    return tuple(found_here)


#: In the order in which an editor should see them: figures, then speakers, then what is said.
CHECKS: Final[tuple[Callable[[Seen], Iterator[Risk]], ...]] = (
    _figure, _range, counts_other, _operator, _hidden, _source_side, _body_side, _speaker_words, _speaker, _relay, _quote,
    _proposed, _without_words, _hedge, _negation, _modality, _denial, _subject, of_others, _enemy, _unknown_party, _status,
    _places, _dates,
)  # fmt: skip
