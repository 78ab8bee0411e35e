"""Print how fast the store appends, rebuilds and verifies, in SQLite and in a PostgreSQL of its own, over a socket.

python -m tools.bench_store [rows ...], from the project's top; asserts nothing, but says whether a rebuild equals
the live tables. The kinds of rows, their sizes and the claims of each statement are in the proportions of the example's
replay. A ledger of 200,000 rows takes minutes to fill.
"""

import hashlib
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from tests.postgres import NoServer, own_server

from sayso.model.claim import Attribution, Claim, Count, Part, Passage, Reading, Span
from sayso.model.event import Attached, Captured, Decided, Parsed, Posted, Read, Related, Stated
from sayso.model.heading import heading
from sayso.model.post import Post
from sayso.model.seeking import Spelling
from sayso.model.statement import Capture, MediaFile, Rendition, Statement
from sayso.store import Store, Writer
from sayso.store.tables import PROJECTIONS

BEGIN = datetime(2031, 4, 1, tzinfo=UTC)
SAYS = "The northern army says that 12 soldiers of the south were killed near the harbour. "
CLAIMS = 2
#: A capture brings so many statements; of so many one has a picture, and one changes how answers stand.
CAPTURED, ATTACHED, RELATED = 1, 10, 5
ONE_BY_ONE = 1_000
AT_ONCE = 200


def statement(n: int, at: datetime) -> Statement:
    """One statement."""
    words = text(n)
    whole = (Part(span=Span(0, len(words))),)
    return Statement(id=f"s{n}", source="harbour", key=f"k{n}", version=1, text=words, parts=whole, first_seen_at=at)


def text(n: int) -> str:
    """Half a kilobyte in words of its own, so that it is looked up among the others as a text of a source is."""
    return SAYS + " ".join(f"{n * i % 9973:x}ford" for i in range(1, 56))


def reading(n: int) -> Reading:
    """Its claims."""
    span = Span(28, 39)
    army = Attribution(kind="army", side="north", org="the northern army", span=Span(0, 17), cue="says")
    count = Count(operator="exact", n=12, low=12, high=12, words="12", span=Span(28, 30))
    claim = Claim(type="casualties", sub="killed", attr=army, span=span, rule="bench", subject="south", count=count)
    return Reading(
        passages=(Passage(span=Span(0, len(text(n))), text=text(n), claims=(claim,) * CLAIMS),), reader="bench"
    )


def capture(n: int, at: datetime) -> Capture:
    """What brings some statements."""
    return Capture(
        id=f"c{n}", source="harbour", url="https://example.org/feed", fetched_at=at, sha256=f"{n:064x}",
        size_bytes=10, media_type="application/rss+xml",
    )  # fmt: skip


def picture(n: int) -> MediaFile:
    """A picture in two sizes."""
    files = tuple(
        Rendition(name=f"{n}-{w}.webp", media_type="image/webp", width=w, height=w, size_bytes=9) for w in (480, 960)
    )
    return MediaFile(original=f"{n:064x}", kind="image", alt="a harbour", renditions=files)


def publish(w: Writer, n: int) -> None:
    """Statement number `n`'s whole way, after its capture where it is the first of one."""
    at = BEGIN + timedelta(seconds=n)
    it, asked = statement(n, at), tuple((f"killed-{n % 50}-{i}",) for i in range(CLAIMS))
    if n % CAPTURED == 0:
        w.append(Captured(capture=capture(n, at)))
        w.append(Parsed(capture=f"c{n}", items=CAPTURED))
    w.append(Stated(statement=it))
    w.append(Read(statement=it.id, reading=reading(n), questions=asked))
    w.append(Decided(statement=it.id, decision="accept", by="rule", accepted=tuple(range(CLAIMS))))
    post = Post(id=f"p{n}", kind="update", version=1, at=at, updated_at=at, head="The army says", statements=(it.id,))
    w.append(Posted(post=post))
    if n % RELATED == 0:
        w.append(Related(statement=it.id, posts=(post.id,)))
    if n % ATTACHED == 0:
        w.append(Attached(statement=it.id, media=(picture(n),)))


def measure(name: str, url: str, sizes: Sequence[int]) -> None:
    """Append one by one, then fill to each size, rebuild and verify, in one database; print how fast each was."""
    store, took_ms = Store.open(url), []
    for n in range(ONE_BY_ONE):
        begin = time.perf_counter()
        with store.write(actor="bench", at=BEGIN + timedelta(seconds=n)) as w:
            publish(w, n)
        took_ms.append(1e3 * (time.perf_counter() - begin))
    p50, p99, total_s = statistics.median(took_ms), statistics.quantiles(took_ms, n=100)[98], sum(took_ms) / 1e3
    rate = f"{ONE_BY_ONE / total_s:8.0f} tx/s   {store.size() / total_s:8.0f} rows/s"
    print(
        f"{name:10} append   {rate}   p50 {p50:5.1f} ms   p99 {p99:5.1f} ms   (a statement a transaction)", flush=True
    )
    n = ONE_BY_ONE
    for size in sizes:
        while store.size() < size:
            with store.write(actor="bench", at=BEGIN + timedelta(seconds=n)) as w:
                for _ in range(AT_ONCE):
                    publish(w, n)
                    n += 1
        before = projections(store)
        timed(name, "rebuild", store.size(), store.rebuild)
        after = projections(store)
        other = [table for table in before if after[table] != before[table]]
        rows = sum(n for n, _ in before.values())
        verdict = f"NOT EQUAL: {', '.join(other)}" if other else "equal to the live tables"
        print(f"{name:10} rebuilt  {verdict}   ({rows:,} rows in {len(before)} tables)", flush=True)
        timed(name, "verify", store.size(), store.verify)
    look_up(name, store)
    begin = time.perf_counter()
    store.scrub()
    print(f"{name:10} scrub    {time.perf_counter() - begin:8.2f} s        after a takedown", flush=True)
    store.close()


def look_up(name: str, store: Store) -> None:
    """Print how long a page of a filter and of a search waits for the database, under a heading and a word of all posts."""
    word = ((Spelling(("northern",)),),)
    jobs: dict[str, Callable[[], object]] = {
        "filter": lambda: store.filed_under((heading("party", "north"),), limit=31),
        "search": lambda: store.sought(word, limit=40),
    }
    for what, job in jobs.items():
        begin = time.perf_counter()
        job()
        print(
            f"{name:10} {what:8} {1e3 * (time.perf_counter() - begin):8.1f} ms       the newest of all posts",
            flush=True,
        )


def projections(store: Store) -> dict[str, tuple[int, str]]:
    """Of each table that pages are drawn from, how many rows it has and a hash over all of them in the order of their keys."""
    found = {}
    with store._connection() as conn:
        for table in PROJECTIONS:
            n, seen = 0, hashlib.sha256()
            query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=1_000)
            for row in conn.execute(query):
                seen.update(repr(tuple(row)).encode())
                n += 1
            found[table.name] = (n, seen.hexdigest())
    return found


def timed(name: str, what: str, rows: int, job: Callable[[], object]) -> None:
    """Do the job and print its speed: by the clock, and by the processor's time where others use the machine too."""
    clock, processor = time.perf_counter(), time.process_time()
    job()
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    print(
        f"{name:10} {what:8} {rows / clock:8.0f} rows/s   {rows / processor:8.0f} a processor's s   ({rows:,} rows)",
        flush=True,
    )


def main() -> None:
    """Measure and print."""
    sizes = [int(word) for word in sys.argv[1:]] or [20_000]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.sqlite3"
        measure("SQLite", f"sqlite:///{file}", sizes)
        print(f"{'SQLite':10} file     {file.stat().st_size / sizes[-1]:8.0f} bytes a row")
    try:
        with own_server() as server:
            measure("PostgreSQL", server.url("postgres"), sizes)
    except NoServer as err:
        print(f"PostgreSQL is left out: {err}")


if __name__ == "__main__":
    main()
