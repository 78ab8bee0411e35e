"""The messages of a language with their plural forms (gettext), as a page needs them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from typing import Final, Literal

from sayso.catalogue.dates import Dates, cldr, dates

ENGLISH: Final = "en"
DOMAIN: Final = "LC_MESSAGES/sayso.mo"


def N_(message: str) -> str:
    """The message itself: marks one that is looked up later, so that it is in the list for translators."""
    return message


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """The interface in one language."""

    lang: str
    translations: NullTranslations
    dates: Dates

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """Which way its lines run."""
        found: Literal["ltr", "rtl"] = cldr()[self.lang]["direction"]
        return found

    @property
    def draft(self) -> bool:
        """Whether its header says that no native speaker has reviewed it (H18)."""
        return self.translations.info().get("language-team", "").startswith("draft")

    @property
    def locale(self) -> str:
        """What a browser calls it, with figures written 0-9."""
        return f"{cldr()[self.lang]['locale']}-u-nu-latn"

    def gettext(self, message: str) -> str:
        """A message in this language; the English one where the catalogue lacks it."""
        return self.translations.gettext(message)

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The form of a message that goes with a number."""
        return self.translations.ngettext(one, many, n)

    def forms(self, one: str, many: str) -> Mapping[str, str]:
        """Name of a plural form, as browsers name it -> the message in that form."""
        return {form: self.ngettext(one, many, n) for form, n in cldr()[self.lang]["plurals"].items()}


@cache
def catalogue(lang: str) -> Catalogue:
    """The interface in a language of `languages()`. Raises FileNotFoundError for another."""
    if lang == ENGLISH:
        return Catalogue(lang, NullTranslations(), dates(lang))
    with (files("sayso.catalogue") / lang / DOMAIN).open("rb") as found:
        return Catalogue(lang, GNUTranslations(found), dates(lang))


@cache
def languages() -> tuple[str, ...]:
    """The languages that pages can be in: English, and those that have a catalogue."""
    folders = files("sayso.catalogue").iterdir()
    return (ENGLISH, *sorted(f.name for f in folders if f.is_dir() and (f / DOMAIN).is_file()))
