"""The folder of a coverage -> the record that the desk works with, or every mistake in it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal, cast

from sayso.catalogue import ENGLISH
from sayso.coverage import areas, basemap, gazetteer, parties, places, sources
from sayso.coverage.names import overlaps
from sayso.coverage.readers import read_optional
from sayso.coverage.releasing import read_release
from sayso.coverage.settings import settings_mistakes
from sayso.coverage.sheet import Sheet, Table, did_you_mean, read_sheet
from sayso.coverage.words import check_interface, check_language, check_zone, is_slug
from sayso.errors import BadSetting
from sayso.model.conflict import Conflict, Place
from sayso.model.coverage import Coverage, Replay, Source
from sayso.model.mistake import Mistake
from sayso.model.vocabulary import TYPES

HINT = 'write name = "my-coverage", title = "...", start = 2031-05-02, zone = "UTC"'
HELD = ("movement", "corridor", "displacement")  # H8


def load(folder: Path) -> Coverage:
    """The coverage in `folder`. Raises BadSetting with every mistake in its files, one a line."""
    coverage, mistakes = _read(folder)
    if mistakes or coverage is None:
        raise BadSetting(
            "\n".join(
                [
                    "the coverage has mistakes:" if len(mistakes) > 1 else "the coverage has a mistake:",
                    *map(str, mistakes),
                ]
            )
        )
    return coverage


def check(folder: Path) -> tuple[Mistake, ...]:
    """Every mistake in the files of the coverage, file by file and line by line; none where `load` would succeed."""
    _, mistakes = _read(folder)
    return (*mistakes, *settings_mistakes(folder / "sayso.toml"))


def _read(folder: Path) -> tuple[Coverage | None, tuple[Mistake, ...]]:
    """What could be read, and every mistake."""
    if not folder.is_dir():
        what = "there is no such folder"
        advice = f"make one with: sayso coverage new {folder}"
        return None, (Mistake(file=folder, line=1, what=what, write_instead=advice),)
    main = read_sheet(folder / "coverage.toml", hint=HINT)
    who = parties.read_parties(read_sheet(folder / "parties.toml", hint=parties.HINT))
    places_sheet = read_sheet(folder / "places.toml", hint=places.HINT)
    where = places.read_places(places_sheet, who)
    sources_sheet = read_sheet(folder / "sources.toml", hint=sources.HINT)
    table, replay = main.root(), _replay(main, folder)
    packed, pack_sheet = gazetteer.read_pack(folder)
    conflict = _conflict(table, who, tuple(where), packed)
    listed = sources.read_sources(sources_sheet, who, conflict, replay=replay is not None)
    drawn_on, basemap_sheet = basemap.read_basemap(folder)
    claimed, areas_sheet = areas.read_areas(folder, conflict)
    coverage = replace(_coverage(table, folder, conflict, tuple(listed), replay), basemap=drawn_on, areas=claimed)
    sheets = (main, who.sheet, places_sheet, pack_sheet, sources_sheet, basemap_sheet, areas_sheet)
    found = [m for sheet in sheets for m in sheet.mistakes] + list(overlaps(who.named))
    return coverage, _in_order(found, [s.path for s in sheets])


def _in_order(mistakes: Sequence[Mistake], files: list[Path]) -> tuple[Mistake, ...]:
    """By file and line, each once."""
    return tuple(sorted(dict.fromkeys(mistakes), key=lambda m: (files.index(m.file), m.line)))


def _conflict(table: Table, who: parties.Parties, where: tuple[Place, ...], packed: tuple[Place, ...]) -> Conflict:
    """The parties and places as one conflict, with the name, start and zone of the coverage."""
    for key, example in (("name", '"my-coverage"'), ("start", "2031-05-02"), ("zone", '"UTC"')):
        table.must(key, example)
    name = table.text("name")
    if name and not is_slug(name):
        table.wrong("name", f'name = "{name}" cannot stand in an address', "write small letters, digits and hyphens")
    zone = table.text("zone")
    return Conflict(
        id=name,
        parties=tuple(who.parties),
        groups=tuple(who.groups),
        third=tuple(who.third),
        bodies=tuple(who.bodies),
        people=tuple(who.people),
        places=where,
        gazetteer=packed,
        start=table.day("start"),
        zone=check_zone(table, zone) if zone else "UTC",
    )


def _coverage(
    table: Table, folder: Path, conflict: Conflict, listed: tuple[Source, ...], replay: Replay | None
) -> Coverage:
    """The coverage as `coverage.toml` says, with the defaults for what it does not say."""
    table.must("title", '"as shown on the page"')
    readings = table.one_of("readings", ("reviewed", "by_rule"), "reviewed")
    never = table.texts("own_voice_never")
    parser, model = read_optional(table.sheet)
    coverage = Coverage(
        name=conflict.id,
        title=table.text("title", conflict.id),
        folder=folder,
        conflict=conflict,
        start=conflict.start or date.min,
        zone=conflict.zone,
        languages=_languages(table),
        sources=listed,
        language=check_interface(table, table.text("language", ENGLISH)),
        readings=cast(Literal["reviewed", "by_rule"], readings),
        description=table.text("description"),
        naming=table.text("naming"),
        own_voice_never=never,
        held_types=_held_types(table),
        release=read_release(table.sheet, replay=replay is not None),
        replay=replay,
        parser=parser,
        model=model,
    )
    table.done()
    table.sheet.nothing_else("replay", "reader", "desk")
    return coverage


def _languages(table: Table) -> tuple[str, ...]:
    """The languages of the coverage's texts, each with the form of a code."""
    codes = table.texts("languages")
    return tuple(c for i, code in enumerate(codes) if (c := check_language(table, "languages", code, i)))


def _held_types(table: Table) -> tuple[str, ...]:
    """The types of claim that an editor must always see first (H8); each a type, or type.sub."""
    if "held_types" not in table.values:
        table.asked.append("held_types")
        return HELD
    known = (*TYPES, *(f"{kind}.{sub}" for kind, subs in TYPES.items() for sub in subs))
    held = table.texts("held_types")
    for i, kind in enumerate(held):
        if kind not in known:
            table.sheet.wrong(
                table.line("held_types", i), f'"{kind}" is no type of claim', did_you_mean(kind, tuple(TYPES))
            )
    return tuple(k for k in held if k in known)


def _replay(main: Sheet, folder: Path) -> Replay | None:
    """The replay, None for a coverage of the world or where a time is missing (then a mistake says so)."""
    table = main.table("replay")
    if table is None:
        return None
    keys = ("begins_at", "opens_at", "ends_at")
    for key, example in (
        ("statements", '"replay/statements.jsonl"'),
        *((k, "2031-05-02T00:00:00+00:00") for k in keys),
    ):
        table.must(key, example)
    statements = folder / table.text("statements", "replay/statements.jsonl")
    if not statements.is_file():
        table.wrong(
            "statements", f"there is no file {statements}", "write the path of the statements, from this folder"
        )
    times = tuple(table.time(k) for k in keys)
    port = table.whole("port", 1, 65_535, 8907)
    day_s = table.number("day_s", 1, 86_400, 120.0) or 120.0
    quotes = cast(Literal["none", "free"], table.one_of("quotes", ("none", "free"), "free"))
    table.done()
    begins_at, opens_at, ends_at = times
    if begins_at is None or opens_at is None or ends_at is None:
        return None
    if not begins_at <= opens_at <= ends_at:
        table.wrong(
            "opens_at",
            "the replay does not open between its beginning and its end",
            "write begins_at <= opens_at <= ends_at",
        )
    return Replay(
        statements=statements,
        port=port,
        begins_at=begins_at,
        opens_at=opens_at,
        ends_at=ends_at,
        day_s=day_s,
        quotes=quotes,
    )
