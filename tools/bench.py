"""The table of `make bench`: how fast reading, storing, taking in and drawing are. Medians; asserts nothing.

python tools/bench.py [--runs N] [--statements N]
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from sayso.coverage import load
from sayso.fetch import Answer
from sayso.flow.arrival.intake import keep_and_take_in
from sayso.flow.newsroom import Newsroom, open_newsroom, reader_for
from sayso.flow.pages.views import CoverageViews
from sayso.flow.texts import load_rows, make_reader
from sayso.model.conflict import Conflict
from sayso.model.coverage import Source
from sayso.model.page import PostPage
from sayso.model.rows import conflict_from_parties_json
from sayso.model.setting import Setting
from sayso.model.settings import Settings
from sayso.publish import pages
from sayso.publish.cards import drawn as card
from sayso.sources.outline import outline
from sayso.web.app import make_app

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT.parent / "shared" / "gold"
OWN = ROOT / "tests" / "gold"
FIRST_READ = "from sayso.flow.texts import read_text; read_text('Two soldiers were killed, the army said.')"
KEEPING = """
import sys
from sayso.flow.texts import make_reader
from sayso.model.conflict import Conflict
from sayso.model.setting import Setting
from tools.memory import peak_mb
reader, count = make_reader(Conflict(id="")), int(sys.argv[1])
for n in range(count):
    word = f"Q{n:x}ville"
    reader.read_row(f"{n} soldiers were killed in {word}, the army of {word[::-1]} said.", Setting(lang="en"), None)
    if n in (count // 10, count - 1):
        print(peak_mb())
"""
FILES = {
    "coverage.toml": 'name = "bench"\ntitle = "Bench"\nstart = 2021-05-02\nzone = "UTC"\nlanguages = ["en"]\n'
    'readings = "by_rule"\n',
    "parties.toml": '[[party]]\nid = "NO"\nnames = ["Norrin", "Norrin*"]\n[[party]]\nid = "SE"\nnames = ["Sedd", "Sedd*"]\n'
    '[[body]]\nnames = ["Norrin Defence Ministry"]\nkind = "defence_ministry"\nside = "NO"\n',
    "places.toml": '[[place]]\nnames = ["Upper Ford"]\nside = "NO"\n',
    "sources.toml": '[[source]]\nname = "norrin"\ntitle = "Norrin Defence Ministry"\nkind = "feed"\n'
    'url = "https://norrin.example/news.xml"\nbody = "Norrin Defence Ministry"\ngo_out = "auto"\nrehost = "full"\n',
}
WORDS = (
    "In the morning Seddish guns shelled Upper Ford. {n} of our soldiers were killed and {m} were wounded.\n"
    "Two villagers were hurt when a house burned. Seddish reports of losses at Upper Ford are untrue."
)
ITEM = '<item><guid isPermaLink="false">{n}</guid><title>Bulletin {n}</title>'
ITEM += "<description>{words}</description><pubDate>{at}</pubDate></item>"


def main() -> int:
    """Print the table."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--statements", type=int, default=20_000, help="how many are read to see whether memory grows")
    chosen = options.parse_args()
    runs, statements = chosen.runs, chosen.statements
    for line in chain(reading(runs), keeping(statements), starting(runs), taking_in(min(runs, 3)), drawing(runs)):
        print(line, flush=True)
    for more in (
        "tools.bench_live",
        "tools.bench_vitals",
        "tools.bench_store",
        "tools.bench_scale",
        "tools.bench_desk",
    ):
        subprocess.run([sys.executable, "-m", more], cwd=ROOT, check=True)
    return 0


def row(name: str, value: float, unit: str, what: str = "") -> str:
    """One line of the table."""
    return f"{name:34} {value:10,.1f} {unit:14} {what}".rstrip()


def median_s(run: Callable[[], Any], runs: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """The median seconds of some runs."""
    took = []
    for _ in range(runs):
        begin = clock()
        run()
        took.append(clock() - begin)
    return statistics.median(took)


def reading(runs: int) -> Iterator[str]:
    """Sentences a second of processor time: each example's statements, labelled rows, and long reports of a war that the
    reader knows nothing of; the project's own texts, and those beside it where they are there."""
    for folder in sorted((ROOT / "examples").iterdir()):
        told = folder / "replay" / "statements.jsonl"
        if told.is_file():
            reader, statements = reader_for(load(folder)), [r["text"] for r in load_rows(told)]
            outlined = [(text, tuple(outline(text))) for text in statements]
            reads = [partial(passages, reader, text, parts) for text, parts in outlined]
            yield speed(f"read {folder.name}", reads, runs)
    yield speed("read own labelled rows", labelled(OWN / "invented.jsonl", OWN / "invented-parties.json"), runs)
    own = [r["text"] for r in load_rows(OWN / "invented.jsonl")]
    yield speed(
        "read own reports in capitals", reports([" ".join(own[i : i + 10]).upper() for i in range(0, 60, 10)]), runs
    )
    if (GOLD / "dev.jsonl").is_file():
        yield speed("read labelled rows, English", labelled(GOLD / "dev.jsonl", GOLD / "parties.json"), runs)
    news = GOLD / "public" / "muc4-dev.jsonl"
    if news.is_file():
        yield speed("read news articles", reports([r["text"] for r in islice(load_rows(news), 300)]), runs)


def passages(reader: Any, text: str, parts: Sequence[Any]) -> int:
    """How many sentences a statement has, read."""
    return len(reader.read(text, parts, Setting()).passages)


def labelled(path: Path, parties: Path) -> list[Callable[[], int]]:
    """The readings of the English rows of a set, each by the reader of its conflict, its language not told."""
    known = json.loads(parties.read_text(encoding="utf-8"))
    readers = {key: make_reader(conflict_from_parties_json(value, key)) for key, value in known.items()}
    empty = make_reader(Conflict(id=""))
    rows = [(readers.get(r["conflict"], empty), r["text"]) for r in load_rows(path) if r["lang"] == "en"]
    return [lambda reader=reader, text=text: len(reader.read_row(text, Setting(), None)) for reader, text in rows]


def reports(texts: Sequence[str]) -> list[Callable[[], int]]:
    """The readings of long texts by a reader that knows no conflict."""
    empty = make_reader(Conflict(id=""))
    return [lambda text=text: len(empty.read_row(text, Setting(lang="en"), None)) for text in texts]


def speed(name: str, reads: Sequence[Callable[[], int]], runs: int) -> str:
    """How fast some texts are read. The first reading, which is not counted, loads what is loaded once."""

    def run() -> int:
        return sum(read() for read in reads)

    count = run()
    return row(
        name, count / median_s(run, runs, time.process_time), "sentences/s", f"{count} sentences, {len(reads)} texts"
    )


def keeping(statements: int) -> Iterator[str]:
    """How much memory a reader has after a tenth of some statements and after all, no two alike: it must not grow."""
    command = [sys.executable, "-c", KEEPING, str(statements)]
    early, late = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout.split()
    yield row(f"memory after {statements // 10} statements", float(early), "MB")
    yield row(f"memory after {statements} statements", float(late), "MB")


def starting(runs: int) -> Iterator[str]:
    """What a fresh process needs until it can help, until it has read, and until it can serve, its modules compiled as
    an installation has them."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    for name, code in (
        ("import sayso.cli", "import sayso.cli"),
        ("fresh process, first reading", FIRST_READ),
        ("import the web edge", "import sayso.cli.live"),
    ):
        run = partial(subprocess.run, [sys.executable, "-c", code], check=True, env=environment)
        run()
        yield row(name, 1000 * median_s(run, runs), "ms")


@contextmanager
def newsroom() -> Iterator[Newsroom]:
    """A newsroom of an invented war in a folder of its own."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for name, text in FILES.items():
            (folder / name).write_text(text, encoding="utf-8")
        room = open_newsroom(folder, settings=Settings(data=folder / "data"))
        try:
            yield room
        finally:
            room.close()


def bulletin(n: int) -> str:
    """The words of a numbered bulletin: all are of one place."""
    return WORDS.format(n=3 + n % 9, m=4 + n % 7)


def feed(first: int, count: int, words: Callable[[int], str] = bulletin) -> bytes:
    """An RSS feed of numbered bulletins, the newest first."""
    begin = datetime(2021, 5, 2, tzinfo=UTC)  # what is dated in the future would wait at the desk
    items = "".join(
        ITEM.format(n=n, words=words(n), at=format_datetime(begin + timedelta(minutes=n)))
        for n in reversed(range(first, first + count))
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Bench</title>{items}</channel></rss>'.encode()


def take_in(room: Newsroom, source: Source, first: int, count: int, words: Callable[[int], str] = bulletin) -> int:
    """How many statements came in from a feed of so many items."""
    body, media_type = feed(first, count, words), "application/rss+xml"
    headers = (("content-type", media_type),)
    answer = Answer(status=200, url=source.url, headers=headers, body=body, media_type=media_type)
    return keep_and_take_in(room, source, answer)


def taking_in(runs: int) -> Iterator[str]:
    """Statements a second from a feed of 100 new items: kept, parsed, read, decided, committed one by one."""
    took = []
    for _ in range(runs):
        with newsroom() as room:
            source = room.coverage.sources[0]
            take_in(room, source, 0, 1)  # starts the parser's child process and loads the word lists
            begin = time.perf_counter()
            count = take_in(room, source, 1, 100)
            took.append((time.perf_counter() - begin) / count)
    yield row("intake of a feed of 100 items", 1 / statistics.median(took), "statements/s", "one commit each")


def drawing(runs: int) -> Iterator[str]:
    """Milliseconds to draw the live page, and to its first byte over loopback, at 50 and 500 posts."""
    with newsroom() as room:
        source, there = room.coverage.sources[0], 0
        for count in (50, 500):
            for first in range(there, count, 50):
                take_in(room, source, first, 50)
            there = count
            views = CoverageViews(room, feeds=False)
            body = live_page(views)
            draw_ms = 1000 * median_s(partial(live_page, views), runs)
            posts = len(room.store.posts(limit=10_000))
            anew_ms = 1000 * median_s(lambda: CoverageViews(room, feeds=False).live_page(), runs)
            yield row(f"compare all claims, {posts} posts", anew_ms, "ms", "after each public change")
            yield row(
                f"draw the live page, {posts} posts", draw_ms, "ms", f"{len(body.encode()) / 1000:.0f} kB, compared"
            )
            yield from map_and_card(views, posts, runs)
            cold_ms, warm_ms = first_bytes(room, runs)
            yield row(f"first byte, {posts} posts, drawn anew", cold_ms, "ms")
            yield row(f"first byte, {posts} posts, kept", warm_ms, "ms")


def map_and_card(views: CoverageViews, posts: int, runs: int) -> Iterator[str]:
    """Milliseconds to draw the map, gathered anew, and the card of the newest entry."""
    page = views.live_page()
    assert page is not None
    words = pages.card_words(PostPage(frame=page.frame, entry=page.entries[0]))
    assert words is not None
    drawn_map = pages.map_page(views.map_page())
    map_ms = 1000 * median_s(lambda: pages.map_page(views.map_page()), runs)
    yield row(f"draw the map, {posts} posts", map_ms, "ms", f"{len(drawn_map.encode()) / 1000:.0f} kB, compared")
    yield row("draw a card", 1000 * median_s(lambda: card(words), runs), "ms", f"{len(card(words)) / 1000:.0f} kB")


def live_page(views: CoverageViews) -> str:
    """The live page as HTML."""
    page = views.live_page()
    assert page is not None  # only a paging token can lead nowhere
    return pages.live_page(page)


def first_bytes(room: Newsroom, runs: int) -> tuple[float, float]:
    """Milliseconds to the first byte of the live page: the first time, and the median of the next ones."""
    cold, warm = [], []
    for _ in range(runs):
        with serving(room) as base, httpx.Client(trust_env=False, timeout=60) as client:
            client.get(f"{base}/static/nothing")  # the connection is there
            address = f"{base}/c/{room.coverage.name}/"
            cold.append(first_byte_s(client, address))
            warm += [first_byte_s(client, address) for _ in range(10)]
    return 1000 * statistics.median(cold), 1000 * statistics.median(warm)


def first_byte_s(client: httpx.Client, address: str) -> float:
    """Seconds from the request to the first byte of the answer's body."""
    begin = time.perf_counter()
    with client.stream("GET", address) as answer:
        answer.raise_for_status()
        body = answer.iter_raw()
        next(body)
        took_s = time.perf_counter() - begin
        for _ in body:
            pass
    return took_s


@contextmanager
def serving(room: Newsroom) -> Iterator[str]:
    """The application on a free port of loopback, in a thread."""
    app, _, _ = make_app(room, feeds=False)
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{sock.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=10)


if __name__ == "__main__":
    sys.exit(main())
