"""Print how long linking a statement, the tally and the live page take as a coverage grows. Asserts nothing.

python -m tools.bench_scale [claims ...] [--folder DIR]
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tools.memory import peak_mb

from sayso.flow.arrival.publishing import going_out
from sayso.flow.arrival.reading import read_as
from sayso.flow.newsroom import Newsroom, open_newsroom
from sayso.flow.pages.views import CoverageViews
from sayso.model.claim import Attribution, Claim, Count, Part, Passage, Reading, Span, Target
from sayso.model.coverage import Source
from sayso.model.event import Stated
from sayso.model.settings import Settings
from sayso.model.statement import Statement
from sayso.publish import pages
from sayso.store import Writer

PARTIES = ("NO", "SE", "WE", "EA")
BODIES = ("army", "defence_ministry", "government", "prosecutor", "health_ministry", "media")
PLACES = tuple(f"Ford {n}" for n in range(300))
DAYS = 1_000  # the war is that long, however many claims it has
A_BATCH = 250
SAMPLES = 200
BEGIN = datetime(2021, 5, 2, 6, tzinfo=UTC)
WORDS = "The army of one side says what the other side has done at a ford, and how many of its soldiers were killed. "


def files() -> dict[str, str]:
    """A coverage of four parties, six bodies each, and three hundred places."""
    parties = "".join(f'[[party]]\nid = "{p}"\nnames = ["{p.title()}land"]\n' for p in PARTIES)
    bodies = "".join(
        f'[[body]]\nnames = ["{p.title()} {kind}"]\nkind = "{kind}"\nside = "{p}"\n' for p in PARTIES for kind in BODIES
    )
    sources = "".join(
        f'[[source]]\nname = "{p.lower()}-{kind.replace("_", "-")}"\ntitle = "{p.title()} {kind}"\nkind = "feed"\n'
        f'url = "https://{p.lower()}-{kind.replace("_", "-")}.example/feed"\nbody = "{p.title()} {kind}"\n'
        f'go_out = "auto"\nrehost = "full"\n'
        for p in PARTIES
        for kind in BODIES
    )
    return {
        "coverage.toml": 'name = "bench"\ntitle = "Bench"\nstart = 2021-05-02\nzone = "UTC"\nlanguages = ["en"]\n'
        'readings = "by_rule"\n',
        "parties.toml": parties + bodies,
        "places.toml": "".join(f'[[place]]\nnames = ["{p}"]\n' for p in PLACES),
        "sources.toml": sources,
    }


def claims_of(dice: random.Random, side: str, kind: str, day: int) -> Iterator[Claim]:
    """Four claims as a statement of that day has them."""
    span = Span(0, 40)
    attr = Attribution(kind=kind, side=side, org=f"{side.title()} {kind}", span=Span(0, 12), cue="says")
    other = dice.choice([p for p in PARTIES if p != side])
    shared = {"attr": attr, "span": span, "rule": "bench"}
    toll = day * 3 + dice.randrange(4)
    count = Count(operator="at_least", n=toll, low=toll, high=None, words=str(toll), scope="cumulative")
    yield Claim(
        type="casualties", sub="killed", subject=dice.choice((side, other)), who="military", count=count, **shared
    )
    when, where = (BEGIN.date() + timedelta(days=day)).isoformat(), (dice.choice(PLACES),)
    yield Claim(type="attack", sub="shelling", actor=other, subject=side, places=where, start=when, **shared)
    yield Claim(type="control", sub="taken", actor=side, subject=other, places=(dice.choice(PLACES),), **shared)
    match dice.randrange(10):
        case 0 | 1:
            target = Target(type="attack", sub="shelling", actor=side, places=(dice.choice(PLACES),))
            yield Claim(type="denial", sub="denies", actor=side, polarity="negated", target=target, **shared)
        case 2:
            yield Claim(type="accusation", sub="start", actor=other, **shared)
        case _:
            lost = Count(operator="exact", n=2, low=2, high=2, words="two", unit="tank", scope="incident")
            yield Claim(type="equipment_loss", sub="destroyed", subject=other, count=lost, places=where, **shared)


def told(dice: random.Random, n: int, at: datetime, source: Source) -> tuple[Statement, Reading]:
    """One statement and its reading."""
    text = f"{WORDS}Bulletin {n}."
    whole = Span(0, len(text))
    side, _, kind = source.name.partition("-")
    claims = tuple(claims_of(dice, side.upper(), kind.replace("-", "_"), (at - BEGIN).days))
    it = Statement(
        id=f"{n:020x}", source=source.name, key=f"k{n}", version=1, text=text, parts=(Part(span=whole),),
        first_seen_at=at, published_at=at, lang="en",
    )  # fmt: skip
    return it, Reading(passages=(Passage(span=whole, text=text, claims=claims),), reader="bench")


def link(room: Newsroom, w: Writer, source: Source, it: Statement, reading: Reading) -> None:
    """What taking in a statement does once it is read."""
    read = read_as(room.coverage, it, reading)
    w.append(Stated(statement=it))
    w.append(read)
    for event in going_out(room.coverage, source, it, read, ledger=w, now=it.first_seen_at):
        w.append(event)


def fill(room: Newsroom, dice: random.Random, first: int, last: int) -> None:
    """Statements from one number to before another, spread evenly over all days that are left."""
    sources = room.coverage.sources
    step = timedelta(days=DAYS) / last
    for begin in range(first, last, A_BATCH):
        with room.store.write(actor="bench", at=BEGIN) as w:
            for n in range(begin, min(begin + A_BATCH, last)):
                source = dice.choice(sources)
                it, reading = told(dice, n, BEGIN + step * n, source)
                link(room, w, source, it, reading)


def measured(room: Newsroom, dice: random.Random, first: int) -> Iterator[tuple[str, float]]:
    """Milliseconds of each thing, with its name."""
    views, took, drawn, tallied = CoverageViews(room), [], [], []
    begin = time.perf_counter()
    views.live_page()
    yield "live page, first after start", time.perf_counter() - begin
    at = BEGIN + timedelta(days=DAYS)
    for n in range(first, first + SAMPLES):
        source = dice.choice(room.coverage.sources)
        it, reading = told(dice, n, at + timedelta(minutes=n - first), source)
        begin = time.perf_counter()
        with room.store.write(actor="bench", at=at) as w:
            link(room, w, source, it, reading)
        took.append(time.perf_counter() - begin)
        if n % 10 == 0:
            begin = time.perf_counter()
            views.tally_page()
            tallied.append(time.perf_counter() - begin)
            begin = time.perf_counter()
            page = views.live_page()
            drawn.append(time.perf_counter() - begin)
    yield "link a statement, median", statistics.median(took)
    yield "link a statement, p99", statistics.quantiles(took, n=100)[98]
    yield "tally after ten changes, median", statistics.median(tallied)
    yield "live page after ten changes, median", statistics.median(drawn)
    for name, run in (("tally, warm", views.tally_page), ("live page, warm", views.live_page)):
        begin = time.perf_counter()
        run()
        yield name, time.perf_counter() - begin
    assert page is not None
    begin = time.perf_counter()
    pages.live_page(page)
    yield "live page as HTML", time.perf_counter() - begin


def bench(size: int, folder: Path) -> None:
    """Print the table of one size; a database that is in the folder already is measured as it is."""
    dice, filled = random.Random(size), (folder / "data").is_dir()  # noqa: S311 - no secret
    for name, text in files().items():
        (folder / name).write_text(text, encoding="utf-8")
    room = open_newsroom(folder, settings=Settings(data=folder / "data"))
    try:
        if not filled:
            begin = time.perf_counter()
            fill(room, dice, 0, size // 4)
            took_s = time.perf_counter() - begin
            print(f"{size:>9} claims      filled at {size / 4 / took_s:6.0f} statements/s", flush=True)
        for name, seconds in measured(room, dice, sum(room.store.counts_by_state().values())):
            print(f"{size:>9} {name:38} {1000 * seconds:8.1f} ms", flush=True)
        print(f"{size:>9} {'memory of the process, at most':38} {peak_mb():8.0f} MB", flush=True)
    finally:
        room.close()


def main() -> None:
    """Print a table for each size."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("claims", type=int, nargs="*", default=[10_000, 100_000], help="sizes of the coverage")
    options.add_argument("--folder", type=Path, help="keep the coverage of one size here, to measure it again")
    chosen = options.parse_args()
    for size in chosen.claims:
        if chosen.folder is not None:
            chosen.folder.mkdir(parents=True, exist_ok=True)
            bench(size, chosen.folder)
            continue
        with tempfile.TemporaryDirectory() as made:
            bench(size, Path(made))


if __name__ == "__main__":
    main()
