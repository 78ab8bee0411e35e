"""Two caching proxies in a row before a real server, set up as docs/proxy.md says: a correction and a takedown reach
everyone, and what was taken down never comes back."""

import json
import os
import re
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from lxml import etree

from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom, open_newsroom
from sayso.model.statement import Statement
from sayso.publish.feed import ATOM, TOMBSTONES
from tests.coverage.factory import write
from tests.faults.serving import Served
from tests.faults.test_takedown import SECOND, WORDS, Noon, Sources, poll
from tests.house import ROOT, free_port

pytestmark = [pytest.mark.server, pytest.mark.slow]

ENCODINGS = ("gzip", "identity")
GIVE_UP_S = 30.0
#: Caches on the way: two proxies and the reader's browser.
IN_A_ROW = 3
EVERYWHERE_S = 5


@contextmanager
def caches(nginx: str, folder: Path, origin: int) -> Iterator[tuple[int, int]]:
    """The ports of two caches: one before the server, and one before that."""
    told = re.search(r"```nginx\n(.*?)```", (ROOT / "docs" / "proxy.md").read_text("utf-8"), re.DOTALL)
    assert told
    ports, behind, blocks = (free_port(), free_port()), origin, []
    for port in ports:
        block = told[1].replace("/var/cache/nginx/sayso", f"{folder}/cache-{port}")
        block = block.replace("=sayso:", f"=sayso{port}:").replace("proxy_cache sayso;", f"proxy_cache sayso{port};")
        blocks.append(block.replace("listen 80;", f"listen 127.0.0.1:{port};").replace(":8900", f":{behind}"))
        behind = port
    temp = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root; " if os.geteuid() == 0 else ""  # else its workers may not look into the test's folder
    main = f"{user}daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;\nevents {{}}\n"
    http = f"http {{ access_log off;\n{temp}{''.join(blocks)}}}\n"
    (folder / "nginx.conf").write_text(main + http)
    process = subprocess.Popen(
        [nginx, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", f"{folder}/error.log"]
    )
    try:
        until(lambda: httpx.get(f"http://127.0.0.1:{ports[1]}/", trust_env=False).status_code == 200)
        yield ports
    finally:
        process.terminate()
        process.wait(timeout=10)


def until(true: Callable[[], bool]) -> float:
    """Ask until it is so; the seconds that it took."""
    begin = time.monotonic()
    while True:
        try:
            if true():
                return time.monotonic() - begin
        except httpx.TransportError:
            pass
        assert time.monotonic() - begin < GIVE_UP_S, "it never came"
        time.sleep(0.05)


class Readers:
    """Readers behind both caches: whoever asks at either, packed or plain."""

    def __init__(self, ports: tuple[int, int], name: str) -> None:
        self.bases = [f"http://127.0.0.1:{port}/c/{name}/" for port in ports]
        self._client = httpx.Client(trust_env=False, timeout=30)

    def get(self, path: str, *, base: int = 1, encoding: str = "gzip") -> httpx.Response:
        return self._client.get(self.bases[base] + path, headers={"accept-encoding": encoding})

    def close(self) -> None:
        self._client.close()

    def all(self, paths: Iterable[str]) -> Iterator[tuple[str, httpx.Response]]:
        for path in paths:
            for base in (1, 0):
                for encoding in ENCODINGS:
                    yield path, self.get(path, base=base, encoding=encoding)

    def holding(self, words: bytes, paths: Iterable[str]) -> set[str]:
        """Where the words are still read."""
        return {path for path, answer in self.all(paths) if words in answer.content}


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    folder = tmp_path / "two-banks"
    folder.mkdir()
    monkeypatch.setenv("SAYSO_DATA", str(tmp_path / "data"))
    opened = open_newsroom(write(folder))
    opened.door, opened.clock = Sources(), Noon()  # type: ignore[assignment]
    poll(opened)
    yield opened
    opened.close()


@pytest.fixture
def served(room: Newsroom) -> Iterator[Served]:
    made = Served(room)
    yield made
    made.close()


@pytest.fixture
def readers(nginx: str, room: Newsroom, served: Served, tmp_path: Path) -> Iterator[Readers]:
    folder = tmp_path / "nginx"
    folder.mkdir()
    with caches(nginx, folder, served.port) as ports:
        made = Readers(ports, room.coverage.name)
        yield made
        made.close()


def the_statement(room: Newsroom) -> Statement:
    return next(s for s in room.store.every_statement() if WORDS in s.text)


def addresses(room: Newsroom) -> list[str]:
    """Every address at which the statement's words can be read, or at which somebody hears of it."""
    it = the_statement(room)
    (post,) = room.store.posts_of(it.id)
    n = room.store.public_n()
    pages = ["", "day/1/", "feed.atom", "feed.json", f"s/{it.id}/", f"p/{post.id}/", "corrections/", "tally/", "q/"]
    questions = [f"q/{q}/" for q, _, _ in room.store.questions()]
    words = [*(f"live/post/{post.id}/{k}" for k in range(1, n + 1)), f"live/parts/{n}", "live/head.json"]
    return [*pages, *questions, *words, *(f"media/{r.name}" for m in it.media for r in m.renditions)]


def first_event(url: str, kind: str, heard: dict[str, float], ready: threading.Event) -> None:
    """Listen until an event of that kind comes, and note when."""
    with httpx.stream("GET", url, trust_env=False, timeout=GIVE_UP_S) as stream:
        for line in stream.iter_lines():
            ready.set()
            if line == f"event: {kind}":
                heard[kind] = time.monotonic()
                return


def test_what_was_taken_down_is_gone_everywhere_and_never_comes_back(
    room: Newsroom, served: Served, readers: Readers
) -> None:
    paths, heard, ready = addresses(room), dict[str, float](), threading.Event()
    asleep = paths[5]  # asked for before, and then only once the server is away
    for _ in range(2):
        assert all(answer.status_code in (200, 404) for _, answer in readers.all(paths))
    pixels = [readers.get(p).content for p in paths if p.startswith("media/")]
    assert len(readers.holding(WORDS.encode(), paths)) > 5 and all(pixels)
    listening = threading.Thread(
        target=first_event, args=(f"{readers.bases[1]}events", "drop", heard, ready), daemon=True
    )
    listening.start()
    assert ready.wait(GIVE_UP_S)

    begin = time.monotonic()
    Review(room).take_down(the_statement(room).id, reason="a court said so", who="editor")

    asked = [p for p in paths if p != asleep]
    gone_s = until(lambda: not any(readers.holding(w, asked) for w in (WORDS.encode(), *pixels)))
    listening.join(GIVE_UP_S)
    print(f"taken down: open page {heard['drop'] - begin:.2f} s, all behind two caches {gone_s:.2f} s")
    for _ in range(25):  # each copy runs out and is asked for anew, at one cache and then at the other
        assert not readers.holding(WORDS.encode(), asked)
        time.sleep(0.1)
    served.close()
    assert not readers.holding(WORDS.encode(), paths), "an old copy is served because the server is away"


def test_the_feeds_and_pages_behind_caches_tell_of_a_takedown_and_keep_the_rest(
    room: Newsroom, readers: Readers
) -> None:
    (post,) = room.store.posts_of(the_statement(room).id)
    address = f"/p/{post.id}/"
    assert address in readers.get("feed.atom").text
    Review(room).take_down(the_statement(room).id, reason="a court said so", who="editor")

    def told() -> bool:
        root = etree.fromstring(readers.get("feed.atom").content)
        ids = [e.get("ref") for e in root.iter(f"{{{TOMBSTONES}}}deleted-entry")]
        return any(str(i).endswith(address) for i in ids) and "a court said so" in readers.get("").text

    print(f"tombstone in the feed and on the page: {until(told):.2f} s")
    assert SECOND in readers.get("").text and readers.get(f"p/{post.id}/").status_code == 410
    assert all(
        e.findtext(f"{{{ATOM}}}id") for e in etree.fromstring(readers.get("feed.atom").content).iter(f"{{{ATOM}}}entry")
    )


def test_a_correction_reaches_pages_feeds_and_markup_behind_caches(room: Newsroom, readers: Readers) -> None:
    it, wrong = the_statement(room), "It was noon, not midnight."
    (post,) = room.store.posts_of(it.id)
    paths = ["", f"p/{post.id}/", "feed.atom", "feed.json", "corrections/", f"live/post/{post.id}/1"]
    assert not any(wrong in answer.text for _, answer in readers.all(paths))
    Review(room).correct(it.id, wrong=wrong, who="editor")
    took_s = until(lambda: all(wrong in answer.text for _, answer in readers.all(paths)))
    print(f"corrected everywhere behind two caches: {took_s:.2f} s")
    marked = [
        json.loads(m) for m in re.findall(r'<script type="application/ld\+json">(.*?)</script>', readers.get("").text)
    ]
    assert wrong in json.dumps(marked)


def test_a_withdrawal_reaches_pages_and_feeds_behind_caches(room: Newsroom, readers: Readers) -> None:
    it = the_statement(room)
    assert WORDS in readers.get("").text
    Review(room).withdraw(it.id, reason="the account was cloned", who="editor")
    paths = ["", "feed.atom", "feed.json"]
    until(lambda: not readers.holding(WORDS.encode(), paths))
    assert "the account was cloned" in readers.get("").text


def test_no_answer_lives_long_enough_to_be_late_and_what_lives_for_ever_holds_no_words(
    room: Newsroom, readers: Readers
) -> None:
    for path, answer in readers.all(addresses(room)):
        told = answer.headers["cache-control"]
        life = re.search(r"max-age=(\d+)", told)
        assert "no-store" in told or (life and IN_A_ROW * int(life[1]) <= EVERYWHERE_S), (path, told)
        assert "stale" not in told, path


def test_streams_pass_through_both_caches_at_once(room: Newsroom, readers: Readers) -> None:
    with httpx.stream("GET", f"{readers.bases[1]}events", trust_env=False, timeout=GIVE_UP_S) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        assert stream.headers["cache-control"] == "no-store"
        assert next(stream.iter_lines()).startswith("retry:")
