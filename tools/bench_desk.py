"""Print how the desk does with many editors at once on one coverage: how long each action takes, how many edits were lost
and how many were written over unseen. Loopback only; asserts nothing.

python -m tools.bench_desk [--editors N] [--seconds N] [--pace SECONDS] [--database sqlite postgresql]

Editors look at the same ten statements, so that they come into each other's way. An edit is lost where the desk said that
it was done and the ledger does not hold it; it was written over unseen where two were done on one and the same reading.
"""

import argparse
import asyncio
import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import uvicorn
from tools.bench import FILES, bulletin, take_in

from sayso.accounts import hash_password
from sayso.flow.clock import world_now
from sayso.flow.newsroom import Newsroom, open_newsroom
from sayso.flow.press.outgoing import let_out_for_ever
from sayso.model.event import Row
from sayso.model.settings import Settings
from sayso.store import Which
from sayso.web.app import make_app

ROOT = Path(__file__).resolve().parents[1]
STATEMENTS = 600
PLACES = [
    f"{side} {kind}"
    for side in ("Upper", "Lower", "Old", "New", "East", "West")
    for kind in ("Ford", "Mill", "Wick", "Stow", "Hay")
]
SHARED = 10  # how many statements all editors work on at a time
PASSWORD = "a password of the bench"  # noqa: S105 - of a database that lives for two minutes
#: The server closes a line that is still for five seconds: what is sent at that very moment would be lost.
KEPT = httpx.Limits(keepalive_expiry=2)
SHEET = re.compile(r'href="(/desk/c/bench/s/\w+)"')
FIELD = 'name="{}" value="([^"]*)"'


@dataclass
class Told:
    """What the desk told one editor: seconds an action took, what it said was done, and on which reading."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    done: list[tuple[str, str, str]] = field(default_factory=list)  # statement, stamp, mark
    refused: int = 0
    broken: Counter[int] = field(default_factory=Counter)


def main() -> int:
    """Print the rows."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--editors", type=int, default=20)
    options.add_argument("--seconds", type=int, default=120)
    options.add_argument("--pace", type=float, default=12, help="seconds that an editor takes to think, on average")
    options.add_argument("--database", nargs="+", default=["sqlite", "postgresql"])
    options.add_argument("--serve", nargs=2, metavar=("FOLDER", "URL"), help=argparse.SUPPRESS)
    options.add_argument("--port", type=int, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.serve:
        serve(Path(chosen.serve[0]), chosen.serve[1], chosen.port)
        return 0
    for name in chosen.database:
        with tempfile.TemporaryDirectory() as folder, database(name, Path(folder)) as url:
            for line in night(name, Path(folder), url, chosen.editors, chosen.seconds, chosen.pace):
                print(line, flush=True)
    return 0


@contextmanager
def database(name: str, folder: Path) -> Iterator[str]:
    """The address of an empty database: SQLite's in the folder ("-"), or a PostgreSQL of our own."""
    if name == "sqlite":
        yield "-"
        return
    sys.path.insert(0, str(ROOT))
    from tests.postgres import empty_database, own_server  # noqa: PLC0415 - only one row of the table needs it

    with own_server() as server, empty_database(server.url("postgres")) as found:
        yield found


def room_in(folder: Path, url: str) -> Newsroom:
    """The bench's coverage; its source waits for editors."""
    place = folder / "coverage"
    place.mkdir(exist_ok=True)
    for name, text in FILES.items():
        (place / name).write_text(text.replace('go_out = "auto"\n', ""), encoding="utf-8")
    rows = "".join(f'[[place]]\nnames = ["{name}"]\nside = "NO"\n' for name in PLACES)
    (place / "places.toml").write_text(rows, encoding="utf-8")
    return open_newsroom(place, settings=Settings(data=folder / "data", database=None if url == "-" else url))


def of_a_place(n: int) -> str:
    """The words of a bulletin: a night tells of many places."""
    return bulletin(n).replace("Upper Ford", PLACES[n % len(PLACES)])


def serve(folder: Path, url: str, port: int) -> None:
    """Serve the coverage as `sayso live` does, without polling."""
    room = room_in(folder, url)
    app, _, _ = make_app(room, feeds=False)
    out = threading.Thread(target=lambda: asyncio.run(let_out_for_ever(room)), daemon=True)
    out.start()
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="critical", lifespan="off")


def night(name: str, folder: Path, url: str, editors: int, seconds: int, pace: float) -> Iterator[str]:
    """The rows of one database."""
    room = room_in(folder, url)
    take_in(room, room.coverage.sources[0], 0, STATEMENTS, of_a_place)
    names = [f"editor{n}" for n in range(editors)]
    hashed = hash_password(PASSWORD)
    for who in names:
        room.store.add_user(who, password_hash=hashed, role="chief", at=world_now())
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
    command = [sys.executable, "-m", "tools.bench_desk", "--serve", str(folder), url, "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"})
    base = f"http://127.0.0.1:{port}"
    try:
        yield alone(base, names[0], room)
        told = together(base, names, seconds, pace)
    finally:
        server.terminate()
        server.wait(20)
    yield from rows(name, told, in_ledger(room), seconds)
    room.close()


def alone(base: str, who: str, room: Newsroom) -> str:
    """The row of one statement while nobody else is there: from the feed to the open inbox, then what the desk takes to show
    and to publish it; the editor's own time and the ten seconds in which it can be undone are not counted."""
    with httpx.Client(base_url=base, headers={"origin": base}, timeout=60, trust_env=False, limits=KEPT) as client:
        sign_in(client, who)
        told = Told()
        seq = re.search(r'data-seq="(\d+)"', timed(told, "inbox", client, "GET", "/desk/c/bench/").text)
        asked = {"at": "", "after": seq[1] if seq else "0"}
        with client.stream(
            "GET", "/desk/c/bench/stream", params=asked, headers={"accept": "text/event-stream"}
        ) as heard:
            lines = (line for line in heard.iter_lines() if line.startswith("data:"))
            next(lines)
            begin = time.perf_counter()
            take_in(room, room.coverage.sources[0], STATEMENTS, 1, of_a_place)
            taken = time.perf_counter()
            next(line for line in lines if '"new": 1,' in line)
            shown = time.perf_counter()
        (it,) = room.store.arrived(Which(states=("new", "held")), limit=1)
        begin_desk = time.perf_counter()
        timed(told, "inbox", client, "GET", "/desk/c/bench/")
        decide(client, f"/desk/c/bench/s/{it.statement.id}", told, mark="", act="publish")
        desk = time.perf_counter() - begin_desk
    done = "published" if told.done else "NOT published"
    return (
        f"desk, one statement alone: taken in {1000 * (taken - begin):.0f} ms, shown on an open inbox "
        f"{1000 * (shown - taken):.0f} ms after that; inbox, its page and publishing together {1000 * desk:.0f} ms; {done}"
    )


def together(base: str, names: list[str], seconds: int, pace: float) -> list[Told]:
    """What the desk told each of the editors, who all work at once."""
    told = [Told() for _ in names]
    begin = threading.Barrier(len(names))
    threads = [
        threading.Thread(target=work, args=(base, who, seconds, pace, one, begin))
        for who, one in zip(names, told, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def work(base: str, who: str, seconds: int, pace: float, told: Told, begin: threading.Barrier) -> None:
    """One editor's shift: looks, opens, decides; thinks a little in between."""
    chance = random.Random(who)  # noqa: S311 - the same shifts on every run
    with httpx.Client(base_url=base, headers={"origin": base}, timeout=60, trust_env=False, limits=KEPT) as client:
        sign_in(client, who)
        begin.wait()
        time.sleep(chance.uniform(0, pace))  # twenty people do not press a key in the same moment
        until, n = time.monotonic() + seconds, 0
        while time.monotonic() < until:
            n += 1
            inbox = timed(told, "inbox", client, "GET", "/desk/c/bench/")
            sheets = list(dict.fromkeys(SHEET.findall(inbox.text)))[:SHARED]
            if not sheets:
                return
            decide(client, chance.choice(sheets), told, mark=f"{who} {n}", act=chance.choice(ACTS))
            time.sleep(chance.uniform(0.5, 1.5) * pace)


ACTS = ("hold", "hold", "edit", "edit", "publish", "reject")


def decide(client: httpx.Client, sheet: str, told: Told, *, mark: str, act: str) -> None:
    """Open a statement and do one thing about it; `mark` is found in the ledger if it was done."""
    page = timed(told, "statement", client, "GET", sheet)
    form = {name: found[1] for name in ("csrf", "stamp") if (found := re.search(FIELD.format(name), page.text))}
    statement = sheet.rpartition("/")[2]
    if act == "edit":
        answer = timed(told, "edit", client, "POST", f"{sheet}/c/0", data={**form, "org": mark})
    elif act == "publish":
        left = re.findall(r'name="leave" value="(\d+)"', page.text)
        answer = timed(told, "publish", client, "POST", f"{sheet}/publish", data={**form, "leave": left})
    else:
        answer = timed(told, act, client, "POST", f"{sheet}/{act}", data={**form, "reason": mark})
    if answer.status_code == 303:
        told.done.append((statement, form["stamp"], "" if act == "publish" else mark))
    elif answer.status_code == 409:
        told.refused += 1


def timed(told: Told, what: str, client: httpx.Client, method: str, path: str, **more: object) -> httpx.Response:
    """An answer, with the time that it took noted."""
    begin = time.perf_counter()
    answer = client.request(method, path, **more)  # type: ignore[arg-type]
    told.took[what].append(time.perf_counter() - begin)
    if answer.status_code not in (200, 303, 409):
        told.broken[answer.status_code] += 1
    return answer


def sign_in(client: httpx.Client, who: str) -> None:
    """Sign in, once the server is up."""
    for _ in range(200):
        try:
            page = client.get("/desk/login")
            break
        except httpx.TransportError:
            time.sleep(0.1)
    found = re.search(FIELD.format("csrf"), page.text)
    form = {"csrf": found[1] if found else "", "name": who, "password": PASSWORD}
    if client.post("/desk/login", data=form).status_code != 303:
        raise SystemExit(f"{who} could not sign in")


def in_ledger(room: Newsroom) -> list[str]:
    """The contents of the editors' rows."""
    return [json.dumps(json.loads(r.content)) for r in all_rows(room) if r.actor == "desk" and r.content]


def all_rows(room: Newsroom) -> Iterator[Row]:
    """Every row of the ledger."""
    after = 0
    while rows := room.store.rows(after=after):
        yield from rows
        after = rows[-1].seq


def rows(name: str, told: list[Told], ledger: list[str], seconds: int) -> Iterator[str]:
    """What happened, for people."""
    done = [d for t in told for d in t.done]
    marks = Counter(mark for _, _, mark in done if mark)
    lost = [m for m in marks if not any(f'"{m}"' in row for row in ledger)]
    readings = Counter((statement, stamp) for statement, stamp, _ in done)
    over = [r for r, n in readings.items() if n > 1]
    refused, broken = sum(t.refused for t in told), sum((t.broken for t in told), Counter[int]())
    yield (
        f"desk, {len(told)} editors, {name}: {seconds} s, {len(done)} acts done, {refused} refused as stale, "
        f"{len(lost)} lost, {len(over)} written over unseen, other answers {dict(broken) or 'none'}"
    )
    for what in sorted({k for t in told for k in t.took}):
        took = sorted(s for t in told for s in t.took[what])
        p95 = took[min(len(took) - 1, int(len(took) * 0.95))]
        yield f"  {what:10} {len(took):6} times, median {statistics.median(took) * 1000:7.1f} ms, p95 {p95 * 1000:7.1f} ms"


if __name__ == "__main__":
    raise SystemExit(main())
