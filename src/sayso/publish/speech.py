"""What gives the templates a language: its messages and dates, and marks for what is not in that language.

Claims, the wordings of questions and the reasons of states are told in English by rule. On a page in another language each
stands in an element of its own, so that a browser reads it aloud as English and its direction turns nothing round.
"""

import re
from datetime import date
from typing import Any, Final

from jinja2 import Environment
from markupsafe import Markup, escape

from sayso.catalogue import ENGLISH, Catalogue
from sayso.publish.terms import terms

FIGURE: Final = re.compile(r"(\d[\d,.:]*\d|\d)")
#: Attributes of elements that hold what is not in the language of the page; in English there are none.
ATTRIBUTES: Final = {"EN": ' lang="en" dir="ltr"', "EN_LANG": ' lang="en"', "AUTO": ' dir="auto"', "LTR": ' dir="ltr"'}


class Speech:
    """The functions by which templates ask for a message: as gettext, with values by name.

    Messages are ours and may hold markup; values are escaped. Each message is looked up once.
    """

    def __init__(self, words: Catalogue) -> None:
        self._words = words
        self._known: dict[str, Markup] = {}

    def gettext(self, message: str, /, **values: Any) -> Markup:
        """A message with its values."""
        found = self._known.get(message)
        if found is None:
            found = self._known[message] = Markup(self._words.gettext(message))  # noqa: S704 - of our own catalogues
        return filled(found, values) if values else found

    def ngettext(self, one: str, many: str, n: int, /, **values: Any) -> Markup:
        """The form of a message that goes with a number, with its values."""
        return filled(self._words.ngettext(one, many, n), values)


def filled(message: str, values: dict[str, Any]) -> Markup:
    """A message with its values, each escaped; `Markup % values` does the same at three times the price."""
    return Markup(str.__mod__(message, {k: escape(v) for k, v in values.items()}))  # noqa: S704 - of our own catalogues


def figures(text: str) -> Markup:
    """The text with every number isolated, so that it stays in order inside right-to-left text."""
    pieces = FIGURE.split(text)
    isolated = (f'<bdi dir="ltr">{p}</bdi>' if n % 2 else escape(p) for n, p in enumerate(pieces))
    return Markup("".join(isolated))  # noqa: S704 - what is between the figures is escaped


def told(text: str) -> Markup:
    """A sentence that sayso has made, on a page that is not in English: marked as the English that it is."""
    return Markup('<span lang="en" dir="ltr">{}</span>').format(figures(text))


def named(text: str) -> Markup:
    """A name, or words of the desk, inside a sentence of a page that is not in English: kept from turning it round."""
    return Markup("<bdi>{}</bdi>").format(text)


def as_it_is(text: str) -> str:
    """The same: in English nothing needs a mark."""
    return text


def speak(env: Environment, words: Catalogue) -> None:
    """Give templates a language. They must not have been compiled yet."""
    english, ltr, dates, speech = words.lang == ENGLISH, words.direction == "ltr", words.dates, Speech(words)
    env.newstyle_gettext = True  # type: ignore[attr-defined]  # {% trans %} hands its values over by name
    env.globals.update(
        _=speech.gettext, gettext=speech.gettext, ngettext=speech.ngettext, forms=words.forms, catalogue=words
    )
    env.globals.update(terms(words))
    env.globals.update({name: "" if english else Markup(marks) for name, marks in ATTRIBUTES.items()})  # noqa: S704
    env.globals.update(BACK="←" if ltr else "→", ONWARD="→" if ltr else "←")
    env.filters.update(told=figures if english else told, named=as_it_is if english else named)
    env.filters.update(date_words=dates.day, day_month=dates.day_month, day_month_short=dates.day_month_short)
    env.filters.update(day_words=lambda day: dates.day_month(date.fromisoformat(day[:10])))
