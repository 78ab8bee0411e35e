"""Print how fast the store appends and rebuilds: `python tools/bench_store.py [statements]`. Asserts nothing."""

import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

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


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.sqlite3"
        store = Store.open(f"sqlite:///{file}")
        begin = time.perf_counter()
        for n in range(count):
            publish(store, n)
        took_s = time.perf_counter() - begin
        print(f"append   {count / took_s:8.0f} tx/s   {4 * count / took_s:8.0f} rows/s   (4 rows a transaction)")
        begin = time.perf_counter()
        rows = store.rebuild()
        took_s = time.perf_counter() - begin
        print(f"rebuild  {rows / took_s:8.0f} rows/s")
        begin = time.perf_counter()
        problems = store.verify()
        took_s = time.perf_counter() - begin
        print(f"verify   {rows / took_s:8.0f} rows/s   {len(problems)} problems")
        store.scrub()
        print(f"file     {file.stat().st_size / rows:8.0f} bytes a row")
        store.close()


if __name__ == "__main__":
    main()
