"""Forty statements, each with a suggested reading that has one fault: a wrong side, a lost hedge, or a swapped figure.

The reading is otherwise what a careful reader makes of the text: every span lies right, every name stands in the words.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sayso.model.claim import Attribution, Claim, Count, Span, Target
from sayso.model.coverage import Source
from tests.desk.factory import GUARD, POST, at, count

GUARDS = ("army", "Tesk Guard", "TK")
STAFF = ("army", "Orland General Staff", "OR")
MARN = ("defence_ministry", "Ministry of Defence of Marn", "MN")


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A statement's text with a reading that is wrong in one point, and where it was said."""

    fault: str
    text: str
    claim: Claim
    source: Source = POST
    lang: str = "en"


def said(text: str, body: tuple[str, str, str], words: str, **changes: Any) -> Attribution:
    """Attribution to a body, named by those words of the text."""
    kind, org, side = body
    return replace(Attribution(kind=kind, org=org, side=side, span=at(text, words)), **changes)


def dead(text: str, attr: Attribution, figure: Count | None, subject: str | None, **changes: Any) -> Claim:
    """Killed soldiers of a party; the claim's words are the whole text."""
    made = Claim(
        type="casualties", sub="killed", attr=attr, span=Span(0, len(text)), rule="test", subject=subject,
        who="military", count=figure,
    )  # fmt: skip
    return replace(made, **changes)


def planted() -> Iterator[Planted]:
    """All forty."""
    yield from wrong_sides()
    yield from lost_hedges()
    yield from swapped_figures()


def wrong_sides() -> Iterator[Planted]:
    """The loser, the doer or the mouth is another side than in the text."""
    fault = "wrong side"
    t = "The Tesk Guard said 30 Orland soldiers were killed at Ubel."
    yield Planted(fault=fault, text=t, claim=dead(t, said(t, GUARDS, "Tesk Guard"), count(t, "30", 30), "TK"))
    t = "The Tesk Guard said it had killed 14 Orlandish servicemen near Verst."
    yield Planted(fault=fault, text=t, claim=dead(t, said(t, GUARDS, "Tesk Guard"), count(t, "14", 14), "TK"))
    t = "The Orland General Staff said 9 of its soldiers were killed by Teskan fire."
    yield Planted(fault=fault, text=t, claim=dead(t, said(t, STAFF, "Orland General Staff"), count(t, "9", 9), "TK"))
    t = "Our unit lost 3 soldiers in the fight with Orland."
    yield Planted(
        fault=fault, text=t, source=GUARD,
        claim=dead(t, Attribution(kind="army", org="Tesk Guard", side="TK", inferred=True), count(t, "3", 3), "OR"),
    )  # fmt: skip
    t = "Teskan losses stand at 52 soldiers killed, the Orland General Staff said."
    yield Planted(fault=fault, text=t, claim=dead(t, said(t, STAFF, "Orland General Staff"), count(t, "52", 52), "OR"))
    t = "The Orland General Staff said Tesk lost 40 soldiers; the Tesk Guard denied it."
    yield Planted(fault=fault, text=t, claim=dead(t, said(t, GUARDS, "Tesk Guard"), count(t, "40", 40), "TK"))
    t = "The Tesk Guard said 21 enemy soldiers were killed."
    yield Planted(fault=fault, text=t, claim=dead(t, said(t, GUARDS, "Tesk Guard"), count(t, "21", 21), "TK"))
    t = "The Ministry of Defence of Marn said 6 soldiers of Kuld were killed."
    yield Planted(
        fault=fault, text=t,
        claim=dead(t, said(t, MARN, "Ministry of Defence of Marn"), count(t, "6", 6), "MN"),
    )  # fmt: skip
    t = "The Tesk Guard said Orland troops had taken Ubel."
    taken = Claim(type="control", sub="taken", attr=said(t, GUARDS, "Tesk Guard"), span=Span(0, len(t)), rule="test")
    yield Planted(fault=fault, text=t, claim=replace(taken, actor="TK", places=("Ubel",)))
    t = "Orland shelled Ubel overnight, the Tesk Guard said."
    shelled = Claim(
        type="attack", sub="shelling", attr=said(t, GUARDS, "Tesk Guard"), span=Span(0, len(t)), rule="test"
    )
    yield Planted(fault=fault, text=t, claim=replace(shelled, actor="TK", places=("Ubel",)))
    t = "The Tesk Guard said 12 soldiers were killed near Ubel."
    other = said(t, GUARDS, "Tesk Guard", side="OR")
    yield Planted(fault=fault, text=t, claim=dead(t, other, count(t, "12", 12), "TK"))
    t = "We have 5 dead, and the aggressor has paid for it."
    staff = Attribution(kind="army", org="Orland General Staff", side="OR")
    yield Planted(fault=fault, text=t, source=GUARD, claim=dead(t, staff, count(t, "5", 5), "OR"))
    t = "The Tesk Guard said the Orland army had 17 tanks destroyed."
    tanks = Claim(
        type="equipment_loss", sub="destroyed", attr=said(t, GUARDS, "Tesk Guard"), span=Span(0, len(t)), rule="test",
        subject="TK", count=count(t, "17", 17, unit="tanks"),
    )  # fmt: skip
    yield Planted(fault=fault, text=t, claim=tanks)
    t = "Гвардия Теска сообщила, что убиты 8 солдат противника."
    yield Planted(
        fault=fault, text=t, lang="ru",
        claim=dead(t, said(t, GUARDS, "Гвардия Теска", speaker="Гвардия Теска"), count(t, "8", 8), "TK"),
    )  # fmt: skip


def lost_hedges() -> Iterator[Planted]:
    """The text is less sure than the reading."""
    fault = "lost hedge"
    for text, figure, n in (
        ("The Tesk Guard said that, by early counts, 7 soldiers were killed at Ubel.", "7", 7),
        ("The Tesk Guard said 7 soldiers may have been killed at Ubel.", "7", 7),
        ("The Tesk Guard said at least 12 soldiers were killed near Ubel.", "12", 12),
        ("The Tesk Guard said up to 60 soldiers were killed near Ubel.", "60", 60),
        ("The Tesk Guard said nearly 200 soldiers were killed near Ubel.", "200", 200),
        ("The Tesk Guard put the number of soldiers killed near Ubel at around 45.", "45", 45),
        ("The Tesk Guard allegedly said 16 soldiers were killed.", "16", 16),
        ("According to unconfirmed reports from the Tesk Guard, 16 soldiers were killed.", "16", 16),
        ("The Tesk Guard said 25 soldiers or more were killed.", "25", 25),
    ):
        named = said(text, GUARDS, "Tesk Guard")
        yield Planted(fault=fault, text=text, claim=dead(text, named, count(text, figure, n), "TK"))
    t = "The Tesk Guard said it expects to take Verst within days."
    taken = Claim(type="control", sub="taken", attr=said(t, GUARDS, "Tesk Guard"), span=Span(0, len(t)), rule="test")
    yield Planted(fault=fault, text=t, claim=replace(taken, actor="TK", places=("Verst",)))
    t = "The Tesk Guard denied that 19 of its soldiers were killed."
    yield Planted(fault=fault, text=t, claim=dead(t, said(t, GUARDS, "Tesk Guard"), count(t, "19", 19), "TK"))
    t = "The Tesk Guard denied having lost Ubel."
    lost = Claim(type="denial", sub="denies", attr=said(t, GUARDS, "Tesk Guard"), span=Span(0, len(t)), rule="test")
    yield Planted(fault=fault, text=t, claim=replace(lost, target=Target(type="control", sub="lost")))
    t = "По предварительным данным, погибли 11 солдат, сообщила Гвардия Теска."
    yield Planted(
        fault=fault, text=t, lang="ru",
        claim=dead(t, said(t, GUARDS, "Гвардия Теска", speaker="Гвардия Теска"), count(t, "11", 11), "TK"),
    )  # fmt: skip


def swapped_figures() -> Iterator[Planted]:
    """The figure stands in the text, but it counts something else, or it is another one."""
    fault = "swapped figure"
    for text, figure, n in (
        ("The Tesk Guard said 12 soldiers were killed and 31 wounded near Ubel.", "31", 31),
        ("The Tesk Guard said 40 soldiers were wounded and 6 killed near Ubel.", "40", 40),
        ("The Tesk Guard reported 8 soldiers missing and 3 killed.", "8", 8),
        ("The Tesk Guard said 4 soldiers were killed and 22 captured.", "22", 22),
        ("The Tesk Guard said 4 soldiers were killed and 15 tanks were destroyed.", "15", 15),
        ("Of the 90 soldiers who held the bridge, 5 were killed, the Tesk Guard said.", "90", 90),
        ("The Tesk Guard said 5 soldiers were killed 17 kilometres from Ubel.", "17", 17),
        ("The Tesk Guard said 5 soldiers were killed on 24 April.", "24", 24),
        ("The Tesk Guard said 2 soldiers of the 103rd brigade were killed.", "103", 103),
        ("The Tesk Guard said 13 villagers were hurt and 2 soldiers killed.", "13", 13),
    ):
        named = said(text, GUARDS, "Tesk Guard")
        yield Planted(fault=fault, text=text, claim=dead(text, named, count(text, figure, n), "TK"))
    t = "The Tesk Guard said 12 of its soldiers were killed near Ubel."
    named = said(t, GUARDS, "Tesk Guard")
    yield Planted(fault=fault, text=t, claim=dead(t, named, replace(count(t, "12", 12), n=21, low=21, high=21), "TK"))
    t = "The Tesk Guard said twenty-three of its soldiers were killed."
    figure = count(t, "twenty-three", 32)
    yield Planted(fault=fault, text=t, claim=dead(t, said(t, GUARDS, "Tesk Guard"), figure, "TK"))
    t = "Гвардия Теска сообщила: 2 солдата погибли, 9 ранены."
    yield Planted(
        fault=fault, text=t, lang="ru",
        claim=dead(t, said(t, GUARDS, "Гвардия Теска", speaker="Гвардия Теска"), count(t, "9", 9), "TK"),
    )  # fmt: skip
