"""A server on loopback that stands for a language model's endpoint, and answers as a test tells it to."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from sayso.fetch import Door, Limits
from sayso.propose import Asker, asker

KEY = "canary-key-0451"


@dataclass
class Given:
    """One answer: `content` inside a well-formed completion, or `body` as it stands."""

    content: str | None = None
    body: bytes | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait_s: float = 0.0
    cut: bool = False  # end the connection in the middle of the body

    def bytes(self) -> bytes:
        """The body."""
        return completion(self.content or "") if self.body is None else self.body


def claims(*found: Any) -> Given:
    """A well-formed answer with those claims."""
    return Given(content=json.dumps({"claims": list(found)}))


def completion(content: Any) -> bytes:
    """What an endpoint sends around an answer."""
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return json.dumps(
        {"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    ).encode()


@dataclass
class Endpoint:
    """The server: what it was asked, and what it answers next; the last answer is given again and again."""

    port: int = 0
    next: list[Given] = field(default_factory=lambda: [claims()])
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Its base address."""
        return f"http://127.0.0.1:{self.port}/v1"

    def door(self) -> Door:
        """A door that may reach it."""
        return Door(user_agent="sayso/test", allow=frozenset({("127.0.0.1", self.port)}))

    def asker(self, *, timeout_s: float = 5.0, door: Door | None = None) -> Asker:
        """The real client, through the real door."""
        transport = (door or self.door()).transport(Limits(max_bytes=2**20, total_s=timeout_s))
        return asker(url=self.url, model="m", key=KEY, timeout_s=timeout_s, transport=transport)

    def sentences(self) -> list[str]:
        """The sentences that it was asked about."""
        return [json.loads(a["messages"][-1]["content"])["sentence"] for a in self.asked]


@contextmanager
def endpoint() -> Iterator[Endpoint]:
    """A running endpoint."""
    made = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Note the question, give the next answer."""
            made.paths.append(self.path)
            made.headers.append({k.lower(): v for k, v in self.headers.items()})
            made.asked.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            given = made.next.pop(0) if len(made.next) > 1 else made.next[0]
            time.sleep(given.wait_s)
            body = given.bytes()
            try:
                self.send_response(given.status)
                for key, value in {"content-type": "application/json", **given.headers}.items():
                    self.send_header(key, value)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body[: len(body) // 2] if given.cut else body)
            except OSError:
                pass  # the client has gone, as it should

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
