"""The catalogues: complete, fresh, with the placeholders and plural forms that pages need; days as the CLDR writes them."""

import re
import string
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.messages import Message
from tools import words

from sayso.catalogue import catalogue, languages
from sayso.catalogue.dates import dates

PLACEHOLDER = re.compile(r"%\(\w+\)s|#")
OTHERS = [lang for lang in languages() if lang != "en"]


def messages(lang: str) -> list[Message]:
    return [m for m in words.read(words.catalogues()[lang], lang) if m.id]


def forms(message: Message) -> list[tuple[str, str]]:
    """Each form of a message in English, with its translation."""
    if isinstance(message.id, str):
        return [(message.id, message.string)]  # type: ignore[list-item]
    return [(message.id[-1], form) for form in message.string]


def test_the_list_for_translators_holds_what_the_sources_say() -> None:
    listed = {m.id for m in words.read(words.CATALOGUES / "sayso.pot", "en")}
    assert listed == {m.id for m in words.template()}, "run: make words"


def test_the_days_of_every_language_are_those_of_the_cldr() -> None:
    assert words.CATALOGUES.joinpath("cldr.json").read_text("utf-8") == words.cldr_text(), "run: make words"


@pytest.mark.parametrize("lang", OTHERS)
def test_a_catalogue_has_every_message_in_every_form(lang: str) -> None:
    found = {m.id: m for m in messages(lang)}
    assert set(found) == {m.id for m in words.template() if m.id}, "run: make words"
    assert all(text.strip() or not english.strip() for m in found.values() for english, text in forms(m))
    counted = [m for m in found.values() if m.pluralizable]
    assert counted and all(len(m.string) == len(Locale(lang).plural_form.tags | {"other"}) for m in counted)


@pytest.mark.parametrize("lang", OTHERS)
def test_a_translation_has_the_placeholders_of_its_message_and_breaks_out_of_no_attribute(lang: str) -> None:
    for message in messages(lang):
        for english, text in forms(message):
            wanted, got = set(PLACEHOLDER.findall(english)), set(PLACEHOLDER.findall(text))
            few = message.pluralizable and got == wanted - {"%(count)s", "#"}  # a word may stand for one or two
            assert got == wanted or few, (english, text)
            assert '"' not in re.sub(r'<span lang="en" dir="ltr">[^<"]*</span>', "", text), text


@pytest.mark.parametrize("lang", OTHERS)
def test_what_is_compiled_is_what_translators_wrote(lang: str) -> None:
    path = words.catalogues()[lang]
    assert path.with_suffix(".mo").read_bytes() == words.compiled(words.read(path, lang)), "run: make words"


def test_arabic_counts_in_its_six_forms() -> None:
    told = [catalogue("ar").ngettext("%(count)s entry", "%(count)s entries", n) for n in (0, 1, 2, 3, 11, 100)]
    assert told == ["لا مدخلات", "مدخلة واحدة", "مدخلتان", "%(count)s مدخلات", "%(count)s مدخلة", "%(count)s مدخلة"]
    assert list(catalogue("ar").forms("# new update", "# new updates")) == [
        "zero", "one", "two", "few", "many", "other",
    ]  # fmt: skip
    assert set(catalogue("en").forms("# new update", "# new updates")) == {"one", "other"}


def test_a_draft_says_so_and_english_is_none() -> None:
    assert catalogue("ar").draft and not catalogue("en").draft
    assert catalogue("ar").direction == "rtl" and catalogue("en").direction == "ltr"


@pytest.mark.parametrize("lang", languages())
def test_days_and_times_are_written_as_the_cldr_has_them(lang: str) -> None:
    locale = Locale.parse(words.LOCALES.get(lang, lang))
    for month in range(1, 13):
        day, at = date(2031, month, 7), datetime(2031, month, 7, 9, 5, tzinfo=UTC)
        assert dates(lang).day(day) == format_date(day, "long", locale=locale)
        assert dates(lang).day_month(day) == format_skeleton("MMMMd", at, locale=locale)
        assert dates(lang).day_month_short(day) == format_skeleton("MMMd", at, locale=locale)
        assert dates(lang).clock(at) == format_skeleton("Hm", at, locale=locale) == "09:05"
        assert set(string.digits) >= {c for c in dates(lang).moment(at) if c.isdecimal()}


def test_cities_have_their_names_in_each_language() -> None:
    assert dates("en").city("America/New_York") == "New York" and dates("en").city("Etc/GMT-4") == "UTC+4"
    assert dates("ar").city("Europe/Paris") == "باريس" and dates("ar").city("Etc/GMT-4") == "UTC+4"


def test_a_new_language_begins_with_the_plural_forms_of_the_cldr(tmp_path: Path) -> None:
    path = words.begun("lt", tmp_path)
    made = words.read(path, "lt")
    assert made.num_plurals == 4 and not made.language_team.startswith("LANGUAGE")
    assert {m.id for m in made if m.id} == {m.id for m in words.template() if m.id}
