"""Short words with a form of their own: slugs, language codes, time zones."""

import re
import zoneinfo

from sayso.catalogue import ENGLISH, languages
from sayso.coverage.sheet import Table, did_you_mean

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def is_slug(name: str) -> bool:
    """Whether it may stand in an address: small letters, digits and hyphens, at most 63."""
    return _SLUG.fullmatch(name) is not None


def check_language(table: Table, key: str, code: str | None, *within: int) -> str | None:
    """The language code, None with a mistake where it has not the form of one (BCP 47)."""
    if code is None or _LANGUAGE.fullmatch(code):
        return code
    line = table.line(key, *within)
    table.sheet.wrong(line, f'"{code}" is not a language code', 'write two or three small letters, as "en" or "uk"')
    return None


def check_interface(table: Table, lang: str) -> str:
    """The language of the pages, English with a mistake where there is no catalogue of that language."""
    if lang in languages():
        return lang
    there = ", ".join(f'"{known}"' for known in languages())
    table.wrong("language", f'language = "{lang}" has no catalogue', f"write one of those there are: {there}")
    return ENGLISH


def check_zone(table: Table, zone: str) -> str:
    """The time zone, "UTC" with a mistake where there is none of that name."""
    known = zoneinfo.available_timezones()
    if zone in known:
        return zone
    folded = {z.casefold(): z for z in known}
    near = folded.get(zone.casefold().replace(" ", "_"))
    advice = f'did you mean "{near}"?' if near else _nearest_zone(zone, sorted(known))
    table.wrong("zone", f'zone = "{zone}" is no time zone', advice)
    return "UTC"


def _nearest_zone(zone: str, known: list[str]) -> str:
    """Advice for a zone that is not known: one whose city has that name, else the nearest, else how zones look."""
    city = zone.rsplit("/", 1)[-1].casefold()
    for name in known:
        if name.rsplit("/", 1)[-1].casefold() == city:
            return f'did you mean "{name}"?'
    near = did_you_mean(zone, known)
    return near if near.startswith("did you mean") else 'write it as "Europe/Kyiv", or "UTC"'
