"""Days, times and cities as a language writes them, by the data of the CLDR that `make words` has put into `cldr.json`.

Figures are written 0-9 in every language: those of claims are, and a page does not mix.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

#: A field of a CLDR pattern -> what `str.format` puts there: {0} is the time, {1} the month's name, {2} its short name.
FIELDS: Final = {"d": "{0.day}", "MMMM": "{1}", "MMM": "{2}", "y": "{0.year}", "HH": "{0:%H}", "mm": "{0:%M}"}
FIELD: Final = re.compile(r"MMMM|MMM|HH|mm|[dy]")


@cache
def cldr() -> Mapping[str, Any]:
    """Language -> its months, patterns, cities and an example number of each plural form."""
    found: Mapping[str, Any] = json.loads((files("sayso.catalogue") / "cldr.json").read_text("utf-8"))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """How one language writes days and times; each time in the zone that it carries, 24 h."""

    months: tuple[str, ...]
    months_short: tuple[str, ...]
    cities: Mapping[str, str]
    patterns: Mapping[str, str]

    def clock(self, at: datetime) -> str:
        """Hours and minutes."""
        return self._in("clock", at)

    def moment(self, at: datetime) -> str:
        """Day, month and time."""
        return self._in("moment", at)

    def day(self, day: date) -> str:
        """The day with its year."""
        return self._in("day", day)

    def day_month(self, day: date) -> str:
        """The day without its year."""
        return self._in("day_month", day)

    def day_month_short(self, day: date) -> str:
        """The same with the month cut short, for an axis."""
        return self._in("day_month_short", day)

    def city(self, zone: str) -> str:
        """What a zone is called: its city, or its offset from UTC."""
        area, _, place = zone.rpartition("/")
        if area == "Etc":  # their signs are turned round
            return place.replace("GMT", "UTC").translate(str.maketrans("+-", "-+"))
        return self.cities.get(zone) or place.replace("_", " ")

    def _in(self, pattern: str, at: date) -> str:
        return self.patterns[pattern].format(at, self.months[at.month - 1], self.months_short[at.month - 1])


@cache
def dates(lang: str) -> Dates:
    """How a language writes days and times. Raises KeyError for one that `make words` has not met."""
    found = cldr()[lang]
    return Dates(
        months=tuple(found["months"]), months_short=tuple(found["months_short"]), cities=found["cities"],
        patterns={name: FIELD.sub(lambda m: FIELDS[m[0]], p) for name, p in found["patterns"].items()},
    )  # fmt: skip
