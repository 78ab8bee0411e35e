"""Print how fast a change reaches all open pages, what that costs beside nginx with nchan, and how fast the live page is
served. Loopback only; asserts nothing.

python -m tools.bench_live [--readers N ...] [--rounds N]
"""

import argparse
import asyncio
import gzip
import json
import os
import re
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
import uvloop
from tools.bench import newsroom, row, take_in

from sayso.cli.live import listening, open_files
from sayso.flow.pages.views import CoverageViews
from sayso.model.settings import Settings
from sayso.publish import pages
from sayso.publish.assets import asset
from sayso.web.app import make_app

ROOT = Path(__file__).resolve().parents[1]
LOADER = ROOT.parent / "shared" / "tools" / "ssefan.c"
NCHAN = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")
POSTS = 50
LOAD_S = 4
MESSAGE_BYTES = 1_000
NGINX = """
load_module {module};
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log error; worker_rlimit_nofile {files};
events {{ worker_connections {files}; }}
http {{
  access_log off; nchan_shared_memory_size 128M;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location = /events {{ nchan_subscriber eventsource; nchan_channel_id bench; nchan_subscriber_first_message newest; }}
    location = /publish {{ nchan_publisher; nchan_channel_id bench; nchan_message_buffer_length 100; }}
  }}
}}
"""


def main() -> int:
    """Print the rows."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--readers", type=int, nargs="*", default=[1_000, 10_000])
    options.add_argument("--rounds", type=int, default=10)
    options.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    open_files()
    if chosen.serve:
        serve(chosen.serve)
        return 0
    for line in (*sizes(), *first_loads(), *fan_out(chosen.readers, chosen.rounds)):
        print(line, flush=True)
    return 0


def serve(port: int) -> None:
    """Serve a coverage of some posts as `sayso live` does, with one more address that sends what is posted to it to all
    open pages."""
    with newsroom() as room, listening(Settings(data=Path(), port=port)) as sock:
        take_in(room, room.coverage.sources[0], 0, POSTS)
        app, broadcast, hub = make_app(room, feeds=False)

        async def both(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "http" or scope["path"] != "/publish":
                await app(scope, receive, send)
                return
            body, more = b"", True
            while more:
                message = await receive()
                body, more = body + message.get("body", b""), message.get("more_body", False)
            hub.publish(hub.n + 1, "add", {"post": f"p{hub.n}", "html": body.decode()})
            await send({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body", "body": b""})

        async def run() -> None:
            await broadcast()
            config = uvicorn.Config(
                both, loop="uvloop", http="httptools", log_level="error", access_log=False, backlog=4096
            )
            await uvicorn.Server(config).serve([sock])

        asyncio.Runner(loop_factory=uvloop.new_event_loop).run(run())


def sizes() -> Iterator[str]:
    """Packed bytes of what a reader loads first: the live page of its newest entries, with its style, and the script."""
    with newsroom() as room:
        take_in(room, room.coverage.sources[0], 0, POSTS)
        views = CoverageViews(room)
        page = views.live_page()
        assert page is not None
        html = pages.live_page(page).encode()
    packed = [len(gzip.compress(body, 6)) / 1000 for body in (html, asset("page.js")[0])]
    each = "page with its style {:.1f}, script {:.1f} kB".format(*packed)
    yield row(f"first load, {len(page.entries)} entries, packed", sum(packed), "kB", each)


def first_loads() -> Iterator[str]:
    """Requests a second for the live page, from memory."""
    wrk = shutil.which("wrk")
    if wrk is None:
        yield "first loads: skipped, wrk is not here (apt-get install wrk)"
        return
    with ours() as (port, pid):
        address = f"http://127.0.0.1:{port}/c/bench/"
        command = [*on_core(1), wrk, "-t1", "-c32", f"-d{LOAD_S}s", "-H", "Accept-Encoding: gzip", address]
        before = cpu_s(pid)
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        used = cpu_s(pid) - before
        rate, count = re.search(r"Requests/sec: +([\d.]+)", told), re.search(r"(\d+) requests in", told)
        assert rate and count, told
        failed = re.search(r"Non-2xx.*: (\d+)", told)
        cost = f"{1e6 * used / int(count[1]):.0f} us of processor each, {failed[1] if failed else 0} failed"
        yield row("first loads of the live page", float(rate[1]), "requests/s", f"one core, keep-alive; {cost}")


def fan_out(readers: Sequence[int], rounds: int) -> Iterator[str]:
    """One change to many open pages, ours and then nginx with nchan."""
    cc = shutil.which("cc")
    if cc is None or not LOADER.is_file():
        yield "fan-out: skipped, the load generator (../shared/tools/ssefan.c) or a C compiler is not here"
        return
    with tempfile.TemporaryDirectory() as made:
        loader = Path(made) / "ssefan"
        subprocess.run([cc, "-O2", "-w", "-o", str(loader), str(LOADER)], check=True)
        for count in readers:
            with ours() as (port, pid):
                mine = load(loader, port, pid, "/c/bench/events", count, rounds)
            yield told(f"one change to {count:,} pages", mine)
            if not NCHAN.is_file() or shutil.which("nginx") is None:
                yield "nchan: not compared, it is not here (apt-get install nginx-light libnginx-mod-nchan)"
                continue
            with nchan() as (port, pid):
                theirs = load(loader, port, pid, "/events", count, rounds)
            yield told(f"the same by nginx and nchan, {count:,}", theirs)
            yield row("processor, ours to nchan's", mine["cpu_us_per_msg"] / theirs["cpu_us_per_msg"], "times")


def told(name: str, found: dict[str, Any]) -> str:
    """A row of what the load generator measured."""
    kept = f"{found['cpu_us_per_msg']:.1f} us of processor each, {found['idle_kb_per_conn']:.1f} KB an idle reader"
    lost = f", {found['missed'] + found['dead']} lost" if found["missed"] or found["dead"] else ""
    return row(name, found["last_ms"], "ms to the last", f"{kept}, p50 {found['p50_ms']:.0f} ms{lost}")


def load(loader: Path, port: int, pid: int, path: str, readers: int, rounds: int) -> dict[str, Any]:
    """What the load generator measures of one server."""
    publish = "/publish"
    command = [
        *on_core(1), str(loader), "--port", str(port), "--path", path, "--pub-path", publish, "--n", str(readers),
        "--rounds", str(rounds), "--size", str(MESSAGE_BYTES), "--pid", str(pid), "--gap", "0.1",
    ]  # fmt: skip
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@contextmanager
def ours() -> Iterator[tuple[int, int]]:
    """Our server on one core: its port and process."""
    port = free_port()
    command = [*on_core(0), sys.executable, "-m", "tools.bench_live", "--serve", str(port)]
    with started(command, port) as pid:
        yield port, pid


@contextmanager
def nchan() -> Iterator[tuple[int, int]]:
    """nginx with nchan on the same core."""
    port = free_port()
    with tempfile.TemporaryDirectory() as made:
        _, files = resource.getrlimit(resource.RLIMIT_NOFILE)
        conf = Path(made) / "nginx.conf"
        conf.write_text(NGINX.format(module=NCHAN, folder=made, files=files, port=port), encoding="utf-8")
        command = [*on_core(0), "nginx", "-p", made, "-c", str(conf), "-e", f"{made}/error.log"]
        with started(command, port) as pid:
            yield port, pid


@contextmanager
def started(command: Sequence[str], port: int) -> Iterator[int]:
    """A process that listens on a port of loopback."""
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until and process.poll() is None:
            with socket.socket() as sock:
                if sock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def on_core(core: int) -> list[str]:
    """What keeps a command on one core, where that can be said."""
    taskset = shutil.which("taskset")
    return [taskset, "-c", str(core)] if taskset and (os.cpu_count() or 1) > core else []


def cpu_s(pid: int) -> float:
    """Processor seconds that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port of loopback that is free now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
