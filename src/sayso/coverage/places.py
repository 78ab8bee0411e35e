"""`places.toml`: every name of each place, and where it lies."""

from sayso.coverage.names import Named, check_name
from sayso.coverage.parties import Parties
from sayso.coverage.sheet import Sheet, Table
from sayso.model.conflict import Place

HINT = 'write [[place]] names = ["Name as shown"], or one comment line if you have no places yet'
PRECISIONS = ("point", "settlement", "district", "region")


def read_places(sheet: Sheet, parties: Parties) -> list[Place]:
    """All places of the file; each mistake is noted in the sheet, each name in `parties.named`."""
    places = [place for table in sheet.tables("place") if (place := _place(table, parties))]
    sheet.nothing_else("place")
    return places


def _place(table: Table, parties: Parties) -> Place | None:
    table.must("names", '["Name as shown", "another name"]')
    names = table.texts("names")
    side = parties.check_id(table, "side", table.maybe("side"))
    lat, lon = table.number("lat", -90, 90), table.number("lon", -180, 180)
    if (lat is None) != (lon is None) and {"lat", "lon"} <= set(table.asked):
        _check_pair(table)
    precision = table.one_of("precision", PRECISIONS, "district") or "district"
    table.done()
    for i, name in enumerate(names):
        line = table.line("names", i)
        check_name(table.sheet, line, name, first=i == 0)
        parties.named.append(
            Named(
                name=name, what="place", thing=names[0], side=side, file=table.sheet.path, line=line, entry=table.keys
            )
        )
    return Place(names=names, side=side, lat=lat, lon=lon, precision=precision) if names else None


def _check_pair(table: Table) -> None:
    """Note a latitude without a longitude, or the other way round; silent where one of the two is out of range."""
    for given, missing in (("lat", "lon"), ("lon", "lat")):
        key = (*table.keys, given)
        if key in table.sheet.lines and (*table.keys, missing) not in table.sheet.lines:
            table.wrong(given, f"the place has {given} and no {missing}", f"write {missing} too, or leave both out")
