"""An invented war named in every language of the clause grammar, and a reader of it for the tests."""

from datetime import date
from functools import cache
from typing import Any

from sayso.lexicon import language_identifier, load_lexicons
from sayso.model.claim import Claim, Part, Passage, Span
from sayso.model.conflict import Body, Conflict, Group, Membership, Party, Person, Place
from sayso.model.rows import claim_to_row
from sayso.model.setting import Setting
from sayso.read import Reader

DAY = date(2033, 8, 20)
LANGUAGES = ("en", "ru", "uk", "az", "tr", "ar", "hy")


BODIES = (
    Body(
        names=(
            "Tarskian Defence Ministry",
            "Минобороны Тарскии",
            "Міноборони Тарскії",
            "Tarskiya Savunma Bakanlığı",
            "Tarskiya Müdafiə Nazirliyi*",
            "وزارة الدفاع التارسكية",
            "Տարսկիայի ՊՆ",
            "Տարսկիայի պաշտպանության նախարարությ*",
        ),
        kind="defence_ministry",
        side="AA",
    ),
    Body(
        names=(
            "Ondrian army",
            "арми* Ондрии",
            "арм* Ондрії",
            "Генштаб* Ондрии",
            "Генштаб* Ондрії",
            "Ondriya ordusu*",
            "الجيش الأوندري",
            "Օնդրիայի բանակ*",
        ),
        kind="army",
        side="BB",
    ),
    Body(names=("Norrow Post", "«Норроу пост»", "Norrou Post*"), kind="media", side="NN"),
)


def conflict() -> Conflict:
    """Tarskia (AA) against Ondria (BB) and its ally Pellam (CC); Norrow (NN) stands by."""
    return Conflict(
        id="strait",
        parties=(
            Party(
                id="AA",
                names=(
                    "Tarskia", "Тарски*", "тарскийск*", "Тарскі*", "тарскійськ*", "Tarskiya*", "تارسكيا", "التارسكي*",
                    "Տարսկիա*",
                ),
            ),
            Party(
                id="BB",
                names=(
                    "Ondria", "Ондри*", "ондрийск*", "Ондрі*", "ондрійськ*", "Ondriya*", "أوندريا", "الأوندري*", "Օնդրիա*",
                ),
            ),
            Party(id="CC", names=("Pellam", "Пеллам*", "пелламск*", "пелламськ*", "Pellam*", "بيلام", "Պելամ*")),
        ),
        groups=(
            Group(id="BC", names=(), members=(Membership(party="BB"), Membership(party="CC"))),
            Group(id="ALL", names=(), members=tuple(Membership(party=p) for p in ("AA", "BB", "CC"))),
        ),
        third=(Party(id="NN", names=("Norrow", "Норроу", "норроуск*", "норроуськ*", "Norrou*", "نورو", "Նորոու*")),),
        bodies=BODIES,
        people=(
            Person(
                name="Oda Fenn", names=("Ода Фенн*", "Фенн", "Oda Fenn", "أودا فين", "Օդա Ֆեն*"), role="mayor of Lisk",
                kind="local_authority", side="AA",
            ),
        ),
        places=(
            Place(names=("Lisk", "Лиск", "Лиск*", "Ліськ", "Ліськ*", "Lisk*", "ليسك", "Լիսկ*"), side="AA"),
            Place(names=("Marra", "Марра", "Марр*", "Marra*", "مارا", "Մառա*"), side="BB"),
            Place(names=("Gralm", "Гральм", "Гральм*", "Gralm*", "غرالم", "Գրալմ*")),
        ),
    )  # fmt: skip


@cache
def reader() -> Reader:
    """A reader of the invented war in every language."""
    return Reader(lexicons=load_lexicons(), conflict=conflict(), language_of=language_identifier(LANGUAGES))


def passages(text: str, kind: str = "entry", **setting: Any) -> tuple[Passage, ...]:
    """The passages of a text as one entry of one part."""
    part = Part(span=Span(0, len(text)), kind=kind)  # type: ignore[arg-type]
    return reader().read(text, (part,), Setting(published=DAY, **setting)).passages


def claims(text: str, kind: str = "entry", **setting: Any) -> list[Claim]:
    """The claims of a text."""
    return [c for p in passages(text, kind, **setting) for c in p.claims]


def rows(text: str, kind: str = "entry", **setting: Any) -> list[dict[str, Any]]:
    """The claims of a text in the scheme's form."""
    return [claim_to_row(c) for c in claims(text, kind, **setting)]
