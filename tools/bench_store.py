"""Print how fast the store appends and rebuilds, in SQLite and in a PostgreSQL of its own, over a socket.

python -m tools.bench_store [statements], from the project's top; asserts nothing.
"""

import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.postgres import NoServer, own_server

from sayso.model.claim import Attribution, Claim, Count, Part, Passage, Reading, Span
from sayso.model.event import Decided, Posted, Read, Stated
from sayso.model.post import Post
from sayso.model.statement import Statement
from sayso.store import Store

BEGIN = datetime(2031, 4, 1, tzinfo=UTC)
WORDS = "The northern army says that 12 soldiers of the south were killed near the harbour. " * 20  # 1.6 KB


def statement(n: int, at: datetime) -> Statement:
    """One statement of 1.6 KB."""
    whole = (Part(span=Span(0, len(WORDS))),)
    return Statement(id=f"s{n}", source="harbour", key=f"k{n}", version=1, text=WORDS, parts=whole, first_seen_at=at)


def reading() -> Reading:
    """Four claims."""
    span = Span(28, 39)
    army = Attribution(kind="army", side="north", org="the northern army", span=Span(0, 17), cue="says")
    count = Count(operator="exact", n=12, low=12, high=12, words="12", span=Span(28, 30))
    claim = Claim(type="casualties", sub="killed", attr=army, span=span, rule="bench", subject="south", count=count)
    return Reading(passages=(Passage(span=Span(0, len(WORDS)), text=WORDS, claims=(claim,) * 4),), reader="bench")


def publish(store: Store, n: int) -> None:
    """One statement's whole way, in one transaction."""
    at = BEGIN + timedelta(seconds=n)
    it, asked = statement(n, at), tuple((f"killed-{n % 50}-{i}",) for i in range(4))
    with store.write(actor="bench", at=at) as w:
        w.append(Stated(statement=it))
        w.append(Read(statement=it.id, reading=reading(), questions=asked))
        w.append(Decided(statement=it.id, decision="accept", by="rule", accepted=(0, 1, 2, 3)))
        post = Post(
            id=f"p{n}", kind="update", version=1, at=at, updated_at=at, head="The army says", statements=(it.id,)
        )
        w.append(Posted(post=post))


def measure(name: str, url: str, count: int) -> None:
    """Append, rebuild and verify in one database, and print how fast each was."""
    store, took_ms = Store.open(url), []
    for n in range(count):
        begin = time.perf_counter()
        publish(store, n)
        took_ms.append(1e3 * (time.perf_counter() - begin))
    p50, p99, total_s = statistics.median(took_ms), statistics.quantiles(took_ms, n=100)[98], sum(took_ms) / 1e3
    rate = f"{count / total_s:8.0f} tx/s   {4 * count / total_s:8.0f} rows/s"
    print(f"{name:10} append   {rate}   p50 {p50:5.1f} ms   p99 {p99:5.1f} ms   (4 rows a transaction)", flush=True)
    begin = time.perf_counter()
    rows = store.rebuild()
    print(f"{name:10} rebuild  {rows / (time.perf_counter() - begin):8.0f} rows/s", flush=True)
    begin = time.perf_counter()
    problems = store.verify()
    print(
        f"{name:10} verify   {rows / (time.perf_counter() - begin):8.0f} rows/s   {len(problems)} problems", flush=True
    )
    begin = time.perf_counter()
    store.scrub()
    print(f"{name:10} scrub    {time.perf_counter() - begin:8.2f} s        after a takedown", flush=True)
    store.close()


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.sqlite3"
        measure("SQLite", f"sqlite:///{file}", count)
        print(f"{'SQLite':10} file     {file.stat().st_size / (4 * count):8.0f} bytes a row")
    try:
        with own_server() as server:
            measure("PostgreSQL", server.url("postgres"), count)
    except NoServer as err:
        print(f"PostgreSQL is left out: {err}")


if __name__ == "__main__":
    main()
