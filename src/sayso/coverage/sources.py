"""`sources.toml`: the channels that statements are taken from, for whom each speaks, and how its items go out."""

from importlib.metadata import entry_points
from typing import Literal, cast

from sayso.coverage.parties import Parties
from sayso.coverage.sheet import Sheet, Table
from sayso.coverage.words import check_language, is_slug
from sayso.model.conflict import Conflict
from sayso.model.coverage import SOURCE_KINDS, Source
from sayso.model.vocabulary import CHANNELS

HINT = "write [[source]] name, title, kind, url, or one comment line if you have no sources yet"
GO_OUT = ("hold", "auto")
REHOST = ("none", "excerpt", "full")
#: A source may be asked once a second, no more often; a day is the longest wait.
SHORTEST_S, LONGEST_S = 1, 86_400


def read_sources(sheet: Sheet, parties: Parties, conflict: Conflict, *, replay: bool) -> list[Source]:
    """All sources of the file; each mistake is noted in the sheet. `replay`: every item is marked REPLAY, so that an
    outlet's items may go out by themselves."""
    kinds = (*SOURCE_KINDS, *sorted(e.name for e in entry_points(group="sayso.sources") if e.name not in SOURCE_KINDS))
    seen: dict[str, int] = {}
    sources = []
    for table in sheet.tables("source"):
        name = _name(table, seen)
        source = _source(table, name, kinds, parties)
        _check_owner(table, source, parties, conflict)
        if source.go_out == "auto" and source.body is None and not replay:
            _only_owners_go_out(table)
        table.done()
        sources.append(source)
    sheet.nothing_else("source")
    return sources


def _name(table: Table, seen: dict[str, int]) -> str:
    """The source's name, unlike all before it."""
    table.must("name", '"army-site"')
    name = table.text("name")
    if name and not is_slug(name):
        table.wrong("name", f'name = "{name}" cannot stand in an address', "write small letters, digits and hyphens")
    if name in seen:
        table.wrong("name", f'the source "{name}" is given twice, first in line {seen[name]}', "give one another name")
    elif name:
        seen[name] = table.line("name")
    return name


def _source(table: Table, name: str, kinds: tuple[str, ...], parties: Parties) -> Source:
    """The source as the table says, with the defaults for what it does not say."""
    table.must("title", '"as shown on the page"')
    table.must("kind", '"feed"')
    table.must("url", '"https://HOST/PATH"')
    body = parties.check_body(table, "body", table.maybe("body"))
    party = parties.check_id(table, "party", table.maybe("party"))
    return Source(
        name=name,
        title=table.text("title", name),
        kind=table.one_of("kind", kinds, "feed") or "feed",
        url=table.address("url"),
        body=body.name if body else None,
        party=party or (body.side if body else None),
        lang=check_language(table, "lang", table.maybe("lang")),
        interval_s=table.number("interval_s", SHORTEST_S, LONGEST_S, 60.0) or 60.0,
        go_out=cast(Literal["hold", "auto"], table.one_of("go_out", GO_OUT, "hold")),
        rehost=cast(Literal["none", "excerpt", "full"], table.one_of("rehost", REHOST, "excerpt")),
        channel=table.one_of("channel", CHANNELS),
    )


def _check_owner(table: Table, source: Source, parties: Parties, conflict: Conflict) -> None:
    """The body that owns a channel and the party that it speaks for must be of one side."""
    side = next((b.side for b in parties.bodies if b.name == source.body), None)
    if side and source.party and side != source.party and not conflict.overlap(side, source.party):
        what = f'party = "{source.party}", but {source.body} belongs to {side}'
        table.wrong("party", what, f'write party = "{side}", or leave it out')


def _only_owners_go_out(table: Table) -> None:
    """H1: `auto` is only for the verbatim text of a channel whose owner is the speaker."""
    what = 'go_out = "auto" without a body: an outlet tells what others say, and nobody would have looked at it'
    table.wrong("go_out", what, 'write go_out = "hold", or name the body whose own channel this is')
