"""Positions on the ground that a text gives away in figures (H8): degrees, and squares of a military grid."""

import re
from collections.abc import Iterator
from typing import Final

from sayso.model.claim import Span

#: Degrees with four decimals (eleven metres) or more, or with three and a sign that they are degrees: "1.250, 3.400" counts things.
DEGREES: Final = r"[-+−]?\d{1,3}[.,](?:\d{4,}\s*°?\s*[NSEW]?|\d{3}\s*(?:°\s*[NSEW]?|[NSEW]))"
DECIMAL: Final = rf"{DEGREES}(?:\s*[,;/|]\s*|\s+)(?:lon(?:gitude)?\.?\s*:?\s*)?{DEGREES}"
#: Degrees with minutes, as on a chart.
MINUTES: Final = r"\d{1,3}\s*°\s*\d{1,2}(?:[.,]\d+)?\s*['′’]"
#: A square of the military grid (MGRS): a zone, a square, and as many digits to the east as to the north.
GRID: Final = r"\b\d{1,2}[C-HJ-NP-X]\s*[A-HJ-NP-Z]{2}\s*(?:\d{3}\s*\d{3}|\d{4}\s*\d{4}|\d{5}\s*\d{5})\b"
POSITION: Final = re.compile(f"(?<![\\d.,]){DECIMAL}|{MINUTES}|{GRID}")


def positions(text: str) -> Iterator[Span]:
    """Where the text gives a position finer than a district, in its order."""
    for match in POSITION.finditer(text):
        yield Span(*match.span())
