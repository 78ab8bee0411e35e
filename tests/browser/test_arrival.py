"""What a source publishes stands on the reader's open page within seconds, and survives a dead server."""

import http.server
import statistics
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.coverage.factory import write
from tests.house import environment, free_port, live_command, running, wait_for

ITEM = """<item><guid isPermaLink="false">{n}</guid><title>Bulletin {n} of the staff</title>
<description>{words}</description><pubDate>{date}</pubDate></item>"""
PROMISED_S = 2.5


class Feed:
    """An RSS feed on loopback to which a test adds items."""

    def __init__(self, port: int) -> None:
        self.items: list[str] = []
        outer = self

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = outer.xml().encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/rss+xml")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Answer)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def publish(self, words: str) -> None:
        date = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime())
        self.items.insert(0, ITEM.format(n=len(self.items), words=words, date=date))

    def xml(self) -> str:
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Staff</title>{"".join(self.items)}</channel></rss>'

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def feed() -> Iterator[tuple[Feed, int]]:
    port = free_port()
    served = Feed(port)
    yield served, port
    served.close()


def own_coverage(tmp_path: Path, port: int) -> Path:
    """A small coverage of an invented war with one `auto` feed, polled each second."""
    folder = tmp_path / "two-banks"
    folder.mkdir()
    write(folder)
    sources = (folder / "sources.toml").read_text()
    sources = sources.replace("https://army.example/feed.xml", f"http://127.0.0.1:{port}/feed.xml")
    (folder / "sources.toml").write_text(sources.replace("interval_s = 30", "interval_s = 1"))
    (folder / "sayso.toml").write_text(f'allow = ["127.0.0.1:{port}"]\n')
    return folder


@pytest.fixture
def page(chromium: str) -> Iterator[Page]:
    with sync_playwright() as p:
        browser = p.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking", "--disable-quic"]
        )
        yield browser.new_page()
        browser.close()


@pytest.mark.slow
@pytest.mark.server
@pytest.mark.browser
def test_a_bulletin_reaches_the_open_page_in_time(tmp_path: Path, feed: tuple[Feed, int], page: Page) -> None:
    source, port = feed
    source.publish("Our units hold Upper Ford. Before the night nothing else changed.")
    folder, web = own_coverage(tmp_path, port), free_port()
    with running(live_command(folder), env=environment(folder, web), stdout=subprocess.DEVNULL):
        wait_for(f"http://127.0.0.1:{web}/c/two-banks/")
        page.goto(f"http://127.0.0.1:{web}/c/two-banks/")
        page.get_by_text("Before the night nothing else changed").first.wait_for(timeout=15_000)
        took_s = []
        for n in range(8):
            began = time.monotonic()
            source.publish(
                f"At least {n + 3} soldiers were killed near Upper Ford. This is bulletin number {n} of the day."
            )
            page.get_by_text(f"This is bulletin number {n} of the day").first.wait_for(timeout=10_000)
            took_s.append(time.monotonic() - began)
            time.sleep(0.37)  # so that the polls meet each publication at another moment
        print(f"publication to open page: median {statistics.median(took_s):.2f} s, longest {max(took_s):.2f} s")
        assert max(took_s) < PROMISED_S
