"""What something in the queue would do, told in full to whoever is asked to agree to it."""

from collections.abc import Iterator, Mapping

from sayso.desk import Card, Edit, Sheet, edited
from sayso.errors import Refused
from sayso.flow.desk.review import Review
from sayso.flow.press.outgoing import words_of
from sayso.model.draft import Composed
from sayso.model.outgoing import Deed

#: Lines of label and words, in the order of the page.
Told = tuple[tuple[str, str], ...]


def told(review: Review, deed: Deed) -> Told:
    """What goes out, in lines of label and words; a line that says so where that cannot be told (any more)."""
    try:
        return tuple(_lines(review, deed))
    except Refused as err:
        return (("Cannot go out as it is", str(err)),)


def _lines(review: Review, deed: Deed) -> Iterator[tuple[str, str]]:
    match deed.kind:
        case "publish":
            yield from _claims(review.sheet(deed.statement), set(deed.accepted))
        case "correct":
            yield from _told_readers(deed.wrong)
            sheet = review.sheet(deed.statement)
            yield from _changes(review, sheet, dict(deed.edits))
            yield from (
                (f"No longer counts: claim {c.label}", _words(c, sheet)) for c in sheet.cards if c.number in deed.left
            )
        case "compose":
            yield from _written(review, deed.text or Composed())
        case "digest" | "renew":
            before = review.room.store.post(deed.about)
            yield from _instead("Text", words_of(before.lines) if before else "", deed.words)
            yield from _told_readers(deed.wrong)
        case "translate":
            public = review.room.store.translation(deed.statement, shown=True)
            yield "Words", review.sheet(deed.statement).statement.text
            yield from _instead(f"Translation ({deed.lang})", public.text if public else "", deed.words)
            yield from _told_readers(deed.wrong)
        case "release":
            yield "Readers see its pictures, because", deed.reason


def _claims(sheet: Sheet, accepted: set[int]) -> Iterator[tuple[str, str]]:
    """Each claim with its words, and whether it counts from then on."""
    yield from (
        (f"{'Counts' if c.number in accepted else 'Left out'}: claim {c.label}", _words(c, sheet)) for c in sheet.cards
    )
    yield from (("Look at", n.sentence) for n in sheet.notices)
    yield from (
        (f"Look at claim {c.label}", risk.sentence) for c in sheet.cards if c.number in accepted for risk in c.risks
    )


def _words(card: Card, sheet: Sheet) -> str:
    fields = "; ".join(f"{label}: {value}" for label, value in card.fields)
    words = sheet.statement.text[card.claim.span.start : card.claim.span.end]
    return f"{card.title} ({fields}). “{' '.join(words.split())}”"


def _changes(
    review: Review, sheet: Sheet, edits: Mapping[int, tuple[tuple[str, str], ...]]
) -> Iterator[tuple[str, str]]:
    """Each field of a claim that would be read in another way: as it is read now, and then."""
    for number, typed in edits.items():
        card = sheet.card(number)
        if card is None:
            raise Refused("A claim that it corrects is not there any more.")
        new = edited(sheet.statement, card.claim, Edit(**dict(typed)), review.coverage.conflict)
        then = dict(review.cards.of(number, new, sheet.statement, sheet.source, review.coverage.conflict).fields)
        now = dict(card.fields)
        for label in dict.fromkeys((*now, *then)):
            if now.get(label) != then.get(label):
                yield f"Claim {card.label}, {label}", f"{now.get(label, 'nothing')} → {then.get(label, 'nothing')}"


def _written(review: Review, text: Composed) -> Iterator[tuple[str, str]]:
    before = review.room.store.post(text.post) if text.post else None
    yield from _instead("Head", before.head if before else "", text.head)
    yield from _instead("Text", before.note if before else "", text.text)
    yield from _told_readers(text.wrong)
    for statement in text.statements:
        sheet = review.sheet(statement)
        counting = {c.number for c in sheet.cards if c.accepted or c.id in text.accepted}
        yield from _claims(sheet, counting)
    yield from (("Picture", f"{m.alt or 'not described'} ({m.credit or 'no credit'})") for m in text.media)
    yield from (("Page", link.url) for link in text.links)


def _instead(label: str, was: str, now: str) -> Iterator[tuple[str, str]]:
    """A text as it would be out, and before it the one that is out where that is another."""
    if was and was != now:
        yield f"{label} that is out", was
    if now or was:
        yield label, now or "(taken out)"


def _told_readers(wrong: str) -> Iterator[tuple[str, str]]:
    if wrong.strip():
        yield "Readers are told", wrong.strip()
