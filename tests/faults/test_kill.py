"""Killed at any moment, nothing is lost and nothing is doubled."""

import itertools
import random
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest

from sayso.flow.newsroom import open_newsroom
from tests.house import (
    copy_example,
    environment,
    free_port,
    live_command,
    replay_command,
    replay_port,
    replayed,
    running,
    wait_for,
)

KILLS = 60
SEED = 20201005


@pytest.mark.slow
@pytest.mark.server
@pytest.mark.timeout(900)
def test_nothing_is_lost_or_doubled_by_sixty_kills_at_random_moments_of_the_replay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copy_example("karabakh-2020", tmp_path)
    port = free_port()
    env = environment(folder, port)
    monkeypatch.setenv("SAYSO_DATA", env["SAYSO_DATA"])
    dice = random.Random(SEED)
    with running(replay_command(folder, begin="2020-09-27T00:00:00+04:00", day_s=12)):
        wait_for(f"http://127.0.0.1:{replay_port(folder)}/clock")
        for _ in range(KILLS):
            process = subprocess.Popen(
                live_command(folder), env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            time.sleep(dice.uniform(0.6, 3.0))
            assert process.poll() is None, "sayso ended by itself"
            process.send_signal(signal.SIGKILL)
            process.wait(timeout=5)
        with running(live_command(folder), env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
            wait_until_all_is_taken_in(folder, replay_port(folder))
    assert_each_item_once(folder)


def wait_until_all_is_taken_in(folder: Path, port: int, *, within_s: float = 120) -> None:
    """Return once the story has ended and two more rounds of polling are over."""
    until = time.monotonic() + within_s
    while wait_for(f"http://127.0.0.1:{port}/clock").json()["running"]:
        assert time.monotonic() < until, "the story did not end"
        time.sleep(0.5)
    time.sleep(5)


def assert_each_item_once(folder: Path) -> None:
    room = open_newsroom(folder)
    try:
        assert room.store.verify(has_blob=lambda sha: room.archive.read(sha) is not None) == ()
        assert room.store.pending_captures() == ()
        rows = sorted(room.store.every_statement(), key=lambda s: (s.source, s.key, s.version))
        versions = Counter((r.source, r.key, r.version) for r in rows)
        assert set(versions.values()) == {1}, "a version was stored twice"
        for before, after in itertools.pairwise(rows):
            if (before.source, before.key) == (after.source, after.key):
                assert before.text != after.text, "the same words became two versions"
        assert_all_told(folder, {r.text for r in rows})
        assert room.store.rebuild() == room.store.size()
    finally:
        room.close()


def assert_all_told(folder: Path, texts: set[str]) -> None:
    """Every statement's last wording in the replay stands in the store."""
    for told in replayed(folder):
        then = told.get("then") or {}
        if then.get("gone"):
            continue
        wanted = (then.get("text") or told["text"]).split("\n")[0].strip()
        assert any(wanted in text for text in texts), f"{told['id']} was lost"
