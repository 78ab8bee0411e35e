"""The source server over real sockets: feeds that parse, conditional GET, and a clock that survives a kill."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import feedparser
import httpx
import pytest

from tests.replay.factory import FORMATS, rows, write

pytestmark = pytest.mark.server

STILL = "86400"  # a day takes a day: the story stands still for the length of a test


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@contextmanager
def replay(folder: Path, *more: str, port: int):
    command = [sys.executable, "-m", "sayso.replay", str(folder), "--port", str(port), *more]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=5) as client:
            wait_for(client, process)
            yield client, process
    finally:
        process.terminate()
        assert process.wait(timeout=10) in (0, -signal.SIGKILL)


def wait_for(client: httpx.Client, process: subprocess.Popen) -> None:
    for _ in range(100):
        try:
            client.get("/clock")
            return
        except httpx.TransportError:
            assert process.poll() is None, "the server ended at its start"
            time.sleep(0.05)
    raise AssertionError("the server does not answer")


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    folder = write(tmp_path_factory.mktemp("war"))
    with replay(folder, "--day-s", STILL, "--from", "2031-05-03T07:00", port=free_port()) as (client, _):
        yield client


@pytest.mark.parametrize(("source", "suffix"), [("guard", ".xml"), ("staff", ""), ("mayor", ".json")])
def test_a_feed_parses_and_carries_what_was_told(asked, source, suffix):
    answer = asked.get(f"/{source}{suffix}")
    first = next(r for r in rows() if r["id"] == f"{source}-1")
    if source == "mayor":
        item = answer.json()["items"][-1]
        assert (item["id"], item["external_url"]) == ("mayor:mayor-1", first["url"])
        assert item["_sayso"] == {"reported_by": "Lake Post"}
        published, medium, link = item["date_published"], item["attachments"][0], item["url"]
        assert (medium["_sayso"]["alt"], medium["mime_type"]) == ("A drawn map", "image/png")
        medium_url = medium["url"]
    else:
        feed = feedparser.parse(answer.content)
        assert not feed.bozo, feed.get("bozo_exception")
        item = feed.entries[-1]
        published, link, medium_url = item.published, item.link, item.enclosures[0].href
        assert item.id.endswith(f"{source}:{source}-1")
        assert "Its second line." in (item.get("content") or [{"value": item.summary}])[0]["value"]
        assert item.media_content[0]["url"] == medium_url
        assert 'alt="A drawn map"' in (item.get("content") or [{"value": item.summary}])[0]["value"]
    if source == "guard":
        assert (item.author, item.source.title) == ("Guard press desk", "Lake Post")
    if source == "staff":
        assert [x.href for x in item.links if x.rel == "via"] == [first["url"]]
    assert "2031" in published
    assert str(asked.base_url) in link
    assert first["text"].split("\n")[1] in asked.get(link).text
    assert asked.get(medium_url).content.startswith(b"\x89PNG")


def test_a_live_page_tells_the_same_in_html_and_in_json_ld(asked):
    page = asked.get("/lakepost").text
    data = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert data["@type"] == "LiveBlogPosting"
    assert data["liveBlogUpdate"][0]["headline"] == "News lakepost-1"
    assert '<article id="lakepost-1">' in page


def test_a_press_page_shows_the_newest_statement(asked):
    page = asked.get("/press").text
    assert "News press-2" in page
    assert "press-1" not in page


def test_a_text_page_is_plain_text_with_the_time_of_each_entry(asked):
    answer = asked.get("/leaflet.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    title, said_at, rest = answer.text.replace("\n\n", "\n", 1).split("\n", 2)
    assert title == "The leaflet"
    assert datetime.fromisoformat(said_at)
    assert rest == "News leaflet-1\nText of leaflet-1.\nIts second line.\n"


def test_nothing_from_the_future_is_shown(asked):
    with_gone = asked.get("/guard.xml").text
    assert "It was fewer" not in with_gone
    assert asked.get("/guard/guard-2").status_code == 200
    assert asked.get("/guard/guard-3").status_code == 404
    assert asked.get("/nobody.xml").status_code == 404
    assert asked.get("/media/../coverage.toml").status_code == 404
    assert asked.get("/media/none.png").status_code == 404


@pytest.mark.parametrize("source", FORMATS)
def test_who_has_it_already_is_told_so(asked, source):
    first = asked.get(f"/{source}")
    tag, changed = first.headers["etag"], first.headers["last-modified"]
    for headers in ({"If-None-Match": tag}, {"If-None-Match": f'"x", W/{tag}'}, {"If-Modified-Since": changed}):
        again = asked.get(f"/{source}", headers=headers)
        assert (again.status_code, again.content) == (304, b"")
    both = {"If-None-Match": '"other"', "If-Modified-Since": changed}
    assert asked.get(f"/{source}", headers=both).status_code == 200, "the tag stands over the date"


def test_head_sends_no_body(asked):
    assert int(asked.head("/guard.xml").headers["content-length"]) > 100


def test_the_speed_is_set_from_a_program_and_not_from_a_browser(asked):
    assert asked.post("/clock", json={"day_s": 60}, headers={"Origin": "http://evil.example"}).status_code == 403
    assert asked.post("/clock", json={"day_s": 0}).status_code == 400
    assert asked.post("/clock", content=b"{").status_code == 400
    assert asked.post("/guard.xml", json={"day_s": 60}).status_code == 403
    assert asked.post("/clock", json={"day_s": 86400}).json()["day_s"] == 86400


def test_it_listens_on_loopback_only(asked):
    with socket.socket(socket.AF_INET) as other:
        other.bind(("127.0.0.2", asked.base_url.port))  # had it taken every address, this would fail


def test_edits_and_disappearances_come_at_their_time(tmp_path):
    folder, port = write(tmp_path), free_port()
    seen = []
    with replay(folder, "--day-s", "2", "--from", "2031-05-03T05:00", port=port) as (client, _):
        while client.get("/clock").json()["running"]:
            texts = [e.summary for e in feedparser.parse(client.get("/guard.xml").content).entries]
            newest = next((t for t in texts if "guard-2" in t or "fewer" in t), "none")
            seen.append("fewer" if "fewer" in newest else "first" if "guard-2" in newest else "none")
            time.sleep(0.05)
    steps = [s for i, s in enumerate(seen) if i == 0 or seen[i - 1] != s]
    assert [s for s in steps if s != "none"] == ["first", "fewer"]
    assert steps[-1] == "none"


def test_a_killed_server_goes_on_and_never_goes_back(tmp_path):
    folder, port, state = write(tmp_path), free_port(), tmp_path / "clock.json"
    last = None
    for _ in range(3):
        with replay(folder, "--day-s", "60", "--state", str(state), port=port) as (client, process):
            story = datetime.fromisoformat(client.get("/clock").json()["story"])
            assert last is None or story >= last
            time.sleep(0.3)
            last = datetime.fromisoformat(client.get("/clock").json()["story"])
            assert last > story
            process.kill()
    assert last.isoformat() < "2031-05-03T12", "it goes on near where it was"


def test_a_stopped_server_goes_on_exactly_where_it_was_and_from_starts_anew(tmp_path):
    folder, port, state = write(tmp_path), free_port(), tmp_path / "data" / "clock.json"
    options = ("--day-s", "2000", "--state", str(state))
    with replay(folder, *options, port=port) as (client, _):
        told = client.get("/clock").json()["story"]
    kept = json.loads(state.read_text())["story"]
    assert told <= kept
    with replay(folder, *options, port=port) as (client, _):
        story = datetime.fromisoformat(client.get("/clock").json()["story"])
        assert 0 <= (story - datetime.fromisoformat(kept)).total_seconds() < 120  # at most 3 real seconds
    with replay(folder, *options, "--from", "2031-05-04", port=port) as (client, _):
        assert client.get("/clock").json()["story"] >= "2031-05-04"
    state.write_text("{")
    with replay(folder, *options, port=port) as (client, _):
        assert client.get("/clock").json()["story"] < "2031-05-03T01", "a broken file counts as none"


def test_it_ends_with_the_process_that_started_it(tmp_path):
    folder, port = write(tmp_path), free_port()
    command = [sys.executable, "-m", "sayso.replay", str(folder), "--port", str(port)]
    started = f"import subprocess, time; subprocess.Popen({command!r}); time.sleep(60)"
    parent = subprocess.Popen([sys.executable, "-c", started], stderr=subprocess.DEVNULL)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=5) as client:
        wait_for(client, parent)
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()
        for _ in range(300):
            try:
                client.get("/clock")
            except httpx.TransportError:
                return
            time.sleep(0.1)
    raise AssertionError("it is still there")


def test_a_mistake_in_the_statements_stops_it_with_file_and_line(tmp_path):
    folder = write(tmp_path, [{"id": "x"}])
    command = [sys.executable, "-m", "sayso.replay", str(folder), "--port", "0"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=20)
    assert done.returncode == 1
    assert "statements.jsonl:1: " in done.stderr
    assert "Traceback" not in done.stderr
