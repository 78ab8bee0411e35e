"""Real processes for tests: a coverage copied to a folder of its own on free ports, its replay server, and sayso itself."""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[1]


def free_port() -> int:
    """A TCP port of loopback that is free now."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def copy_example(name: str, to: Path) -> Path:
    """The example coverage, copied, with its replay on a free port and its data beside it."""
    folder = to / name
    shutil.copytree(ROOT / "examples" / name, folder, ignore=shutil.ignore_patterns("data"))
    text = (folder / "coverage.toml").read_text()
    old = re.search(r"^port\s*=\s*(\d+)", text, re.M)
    assert old, "the example has a [replay] port"
    new = str(free_port())
    for file in folder.glob("*.toml"):
        file.write_text(file.read_text().replace(old[1], new))
    return folder


def replay_port(folder: Path) -> int:
    """The port of a copied example's replay."""
    found = re.search(r"^port\s*=\s*(\d+)", (folder / "coverage.toml").read_text(), re.M)
    assert found
    return int(found[1])


def environment(folder: Path, port: int) -> dict[str, str]:
    """The environment of a sayso that keeps its data in the coverage's folder."""
    return {**os.environ, "SAYSO_PORT": str(port), "SAYSO_DATA": str(folder / "data"), "PYTHONUNBUFFERED": "1"}


@contextlib.contextmanager
def running(command: list[str], **kwargs: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A child process, terminated (then killed) when the block ends."""
    process = subprocess.Popen(command, **kwargs)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=5)


def replay_command(folder: Path, *, begin: str, day_s: float) -> list[str]:
    """The command that runs a coverage's source server."""
    return [
        sys.executable, "-m", "sayso.replay", str(folder), "--port", str(replay_port(folder)),
        "--state", str(folder / "clock.json"), "--from", begin, "--day-s", str(day_s),
    ]  # fmt: skip


def live_command(folder: Path) -> list[str]:
    """The command that runs sayso for a coverage."""
    return [sys.executable, "-m", "sayso", "live", str(folder), "--quiet"]


def wait_for(url: str, *, within_s: float = 20.0) -> httpx.Response:
    """The first answer below 500 from an address of loopback."""
    until = time.monotonic() + within_s
    while True:
        try:
            answer = httpx.get(url, timeout=5.0, trust_env=False)
            if answer.status_code < 500:
                return answer
        except httpx.TransportError:
            pass
        assert time.monotonic() < until, f"no answer from {url} within {within_s} s"
        time.sleep(0.05)


def replayed(folder: Path) -> list[dict[str, Any]]:
    """The statements that a coverage's replay tells."""
    lines = (folder / "replay" / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]
