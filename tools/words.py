"""Words of the pages for translators: `make words` gathers the messages, brings every catalogue up to date and compiles it,
and copies from the CLDR how its language writes days and times. Babel is needed here alone, not where pages are drawn.

A new language is begun with `make words LANGUAGE=lt`.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel import Locale
from babel.messages import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from babel.plural import to_gettext

from sayso.publish.pages import environment

SOURCE: Final = Path(__file__).resolve().parents[1] / "src/sayso"
CATALOGUES: Final = SOURCE / "catalogue"
PO: Final = "LC_MESSAGES/sayso.po"
#: The functions by which templates ask for a message.
CALLS: Final = ("_", "gettext", "ngettext", "forms")
#: The functions by which Python marks one.
MARKS: Final = ("N_", "_")
#: English as the world writes it: day before month, 24 hours.
LOCALES: Final = {"en": "en_001"}
#: What browsers call it.
SPOKEN: Final = {"en": "en-GB"}

HEADER: Final = """msgid ""
msgstr ""
"Language: {lang}\\n"
"Language-Team: {team}\\n"
"Plural-Forms: {plural}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"""
UNDATED: Final = datetime(2000, 1, 1, tzinfo=UTC)
#: Lines of a header that say nothing of the words.
LEFT_OUT: Final = tuple(
    f'"{name}'.encode()
    for name in ("POT-", "PO-", "Generated-By", "Project-Id", "Report-", "Last-Translator", "MIME-Version")
)

Found = tuple[str, int, str | tuple[str, ...]]


def in_templates() -> Iterator[Found]:
    """File, line and message of each message in the templates; one that is looked up by a variable is marked elsewhere."""
    for path in sorted((SOURCE / "publish/templates").glob("*.html")):
        for line, _, message in environment().extract_translations(path.read_text("utf-8"), CALLS):
            if message is not None:
                yield path.name, line, message_of(message)


def in_python() -> Iterator[Found]:
    """File, line and message of each message that Python marks."""
    for path in sorted([*(SOURCE / "publish").glob("*.py"), *(SOURCE / "web").glob("*.py")]):
        for line, _, message, _ in extract_python(BytesIO(path.read_bytes()), MARKS, (), {}):
            yield path.name, line, message_of(message)


def message_of(found: str | tuple[str | None, ...]) -> str | tuple[str, ...]:
    """A message, or its two forms where it has a plural."""
    forms = (found,) if isinstance(found, str) else tuple(m for m in found if m)
    return forms[0] if len(forms) == 1 else forms


def template() -> Catalog:
    """Every message once, in the order of files, without line numbers: a moved line changes nothing for translators."""
    made = Catalog(header_comment="# Every message of the pages of sayso.", charset="utf-8", fuzzy=False)
    for file, _, message in (*in_templates(), *in_python()):
        made.add(message, locations=[(file, 0)])
    return made


def catalogues() -> dict[str, Path]:
    """Language -> its file for translators."""
    return {p.parts[-3]: p for p in sorted(CATALOGUES.glob(f"*/{PO}"))}


def read(path: Path, lang: str) -> Catalog:
    """A catalogue as its translators left it."""
    with path.open("rb") as file:
        return read_po(file, locale=lang)


def as_text(catalogue: Catalog) -> bytes:
    """A catalogue as a file, without dates and empty fields, so that nothing changes where no word does."""
    out = BytesIO()
    write_po(out, catalogue, width=120, omit_header=False, include_lineno=False, sort_output=False)
    kept = [row for row in out.getvalue().splitlines(keepends=True) if not row.startswith(LEFT_OUT)]
    return b"".join(kept)


def compiled(catalogue: Catalog) -> bytes:
    """A catalogue as gettext reads it, without the dates of its header."""
    catalogue.creation_date = catalogue.revision_date = UNDATED
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def begun(lang: str, folder: Path = CATALOGUES) -> Path:
    """An empty catalogue of a language, marked as a draft, with the plural forms of the CLDR."""
    path = folder / lang / PO
    path.parent.mkdir(parents=True)
    team = "draft: no native speaker has reviewed these words yet"
    plural = to_gettext(Locale.parse(lang).plural_form)
    path.write_text(HEADER.format(lang=lang, team=team, plural=plural), "utf-8")
    made = read(path, lang)
    made.update(template(), no_fuzzy_matching=True)
    path.write_bytes(as_text(made))
    return path


def cldr_of(lang: str) -> Mapping[str, Any]:
    """What `sayso.catalogue.dates` needs of a language."""
    found = Locale.parse(LOCALES.get(lang, lang))
    skeletons, months = found.datetime_skeletons, found.months["format"]
    day_month, clock = str(skeletons["MMMMd"]), str(skeletons["Hm"])
    rule = found.plural_form
    forms = {rule(n): n for n in reversed(range(101))}
    return {
        "locale": SPOKEN.get(lang, lang),
        "direction": found.text_direction,
        "months": [months["wide"][n] for n in range(1, 13)],
        "months_short": [months["abbreviated"][n] for n in range(1, 13)],
        "patterns": {
            "clock": clock,
            "day_month": day_month,
            "day_month_short": str(skeletons["MMMd"]),
            "day": str(found.date_formats["long"]),
            "moment": str(found.datetime_formats["medium"]).replace("{1}", day_month).replace("{0}", clock),
        },
        "plurals": dict(sorted(forms.items(), key=lambda item: item[1])),
        "cities": {} if lang == "en" else cities(found),
    }


def cities(locale: Locale) -> dict[str, str]:
    """Zone -> the name of its city."""
    named = {zone: names["city"] for zone, names in sorted(locale.time_zones.items()) if "city" in names}
    return {zone: city for zone, city in named.items() if "Unknown" not in zone}


def cldr_text() -> str:
    """The file of the CLDR's data."""
    return json.dumps({x: cldr_of(x) for x in ("en", *catalogues())}, ensure_ascii=False, indent=1) + "\n"


def main(*begin: str) -> None:
    """Write everything anew; the languages named are begun first."""
    for lang in begin:
        begun(lang)
    CATALOGUES.joinpath("cldr.json").write_text(cldr_text(), "utf-8")
    made = template()
    CATALOGUES.joinpath("sayso.pot").write_bytes(as_text(made))
    for lang, path in catalogues().items():
        found = read(path, lang)
        found.update(made, no_fuzzy_matching=True)
        path.write_bytes(as_text(found))
        path.with_suffix(".mo").write_bytes(compiled(found))
        missing = [m.id for m in found if m.id and not (all(m.string) if m.pluralizable else m.string)]
        print(f"{lang}: {len(found)} messages, {len(missing)} without a translation")


if __name__ == "__main__":
    main(*sys.argv[1:])
