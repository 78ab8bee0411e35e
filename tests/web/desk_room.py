"""A newsroom in a temporary folder with a reader that finds killed soldiers, and a browser-like client for its desk."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import httpx
from starlette.applications import Starlette

from sayso.archive import Archive
from sayso.flow.arrival.intake import INTAKE, short_hash
from sayso.flow.arrival.publishing import going_out
from sayso.flow.arrival.reading import read_statement
from sayso.flow.clock import world_now
from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from sayso.flow.shift.staff import EDITOR, Staff, new_password
from sayso.model.claim import Attribution, Claim, Count, Part, Passage, Reading, Span
from sayso.model.coverage import Source
from sayso.model.event import Captured, Parsed, Stated
from sayso.model.setting import Setting
from sayso.model.settings import Settings
from sayso.model.statement import Capture, Statement
from sayso.web.desk import desk_routes
from tests.desk.factory import GUARD, NOW, POST, coverage, statement
from tests.store.factory import opened

KILLED = re.compile(r"(\d+) soldiers")
HOST = "http://desk.example:8900"


class KilledReader:
    """Reads "N soldiers" as killed soldiers of Tesk by whoever is named as the Tesk Guard, else by the owner."""

    version = "killed-1"

    def read(self, text: str, parts: Sequence[Part], setting: Setting) -> Reading:
        passages = tuple(self._passage(text, part, setting) for part in parts)
        return Reading(passages=passages, reader=self.version)

    def _passage(self, text: str, part: Part, setting: Setting) -> Passage:
        claims = tuple(self._claim(text, part, m, setting) for m in KILLED.finditer(text, *part.span))
        return Passage(span=part.span, text=text[part.span.start : part.span.end], claims=claims)

    def _claim(self, text: str, part: Part, found: "re.Match[str]", setting: Setting) -> Claim:
        named = text.find("Tesk Guard", *part.span)
        span = Span(named, named + 10) if named >= 0 else None
        attr = Attribution(kind="army", org="Tesk Guard", side="TK", span=span)
        n = int(found[1])
        count = Count(operator="exact", n=n, low=n, high=n, words=found[1], span=Span(*found.span(1)), scope="incident")
        return Claim(
            type="casualties", sub="killed", attr=attr if span else setting.owner or Attribution(kind="outlet"),
            span=part.span, rule="test.killed", why="A number before soldiers.", subject="TK", who="military",
            count=count,
        )  # fmt: skip


class TotalReader(KilledReader):
    """As the other, of all that fell since the war began."""

    def _claim(self, text: str, part: Part, found: Any, setting: Setting) -> Claim:
        made = super()._claim(text, part, found, setting)
        assert made.count
        return replace(made, count=replace(made.count, scope="cumulative"))


class Standing:
    """A clock that stands."""

    def now(self) -> datetime:
        return NOW


def newsroom(folder: Path, **changes: Any) -> Newsroom:
    """A newsroom of the invented conflict; nothing in it polls."""
    media = folder / "media"
    media.mkdir(parents=True, exist_ok=True)
    return Newsroom(
        coverage=coverage(folder=folder, **changes),
        settings=Settings(data=folder),
        store=opened(folder / "sayso.sqlite3"),
        archive=Archive(folder / "blobs"),
        media=media,
        reader=cast(Any, KilledReader()),
        parser=cast(Any, None),
        door=cast(Any, None),
        clock=Standing(),
    )


def lines_of(text: str) -> tuple[Part, ...]:
    """A part for each line of a text."""
    return tuple(Part(span=Span(*m.span())) for m in re.finditer(r"[^\n]+", text))


def take_in(room: Newsroom, text: str, source: Source = POST, **changes: Any) -> Statement:
    """A statement taken in as intake does, from an archived capture of its own."""
    body = f"<item>{text}</item>".encode()
    sha256 = room.archive.keep(body)
    capture = Capture(
        id=short_hash("capture", text), source=source.name, url=source.url, fetched_at=NOW, sha256=sha256,
        size_bytes=len(body), media_type="text/xml",
    )  # fmt: skip
    it = statement(
        text,
        source,
        **{
            "id": short_hash(text),
            "key": short_hash("key", text),
            "capture": capture.id,
            "parts": lines_of(text),
            **changes,
        },
    )
    read = read_statement(room.reader, room.coverage, source, it)
    with room.store.write(actor=INTAKE, at=world_now()) as w:
        w.append(Captured(capture=capture))
        w.append(Stated(statement=it))
        w.append(read)
        for event in going_out(room.coverage, source, it, read, ledger=w, now=NOW):
            w.append(event)
        w.append(Parsed(capture=capture.id, items=1))
    return it


class Client:
    """Asks an application in this process, one request after the other, and keeps its cookies."""

    def __init__(self, app: Starlette) -> None:
        self._transport = httpx.ASGITransport(app=app)
        self.cookies = httpx.Cookies()

    def request(self, method: str, path: str, **kwargs: Any) -> httpx.Response:
        """The answer; redirects are not followed."""

        async def ask() -> httpx.Response:
            client = httpx.AsyncClient(transport=self._transport, base_url=HOST, cookies=self.cookies, trust_env=False)
            async with client:
                answer = await client.request(method, path, **kwargs)
                self.cookies = client.cookies
                return answer

        return asyncio.run(ask())


@dataclass
class Browser:
    """A signed-in editor: posts forms with the page's own tokens, from the page's own origin."""

    client: Client
    review: Review
    password: str

    def sign_in(self) -> "Browser":
        answer = self.post("/desk/login", at="/desk/login", name=EDITOR, password=self.password)
        assert answer.status_code == 303, answer.text
        return self

    def get(self, path: str) -> Any:
        return self.client.request("GET", path)

    def token(self, at: str, name: str = "csrf") -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.get(at).text)
        assert found, f"no {name} on {at}"
        return found[1]

    def post(self, path: str, *, at: str, headers: dict[str, str] | None = None, **form: Any) -> Any:
        data = {"csrf": self.token(at), **form}
        files = data.pop("files", None)
        return self.client.request("POST", path, data=data, files=files, headers=headers or {"origin": HOST})

    def act(self, statement_id: str, act: str, **form: Any) -> Any:
        at = f"/desk/c/orland/s/{statement_id}"
        return self.post(f"{at}/{act}", at=at, stamp=self.token(at, "stamp"), **form)


def browser(room: Newsroom) -> Browser:
    """A browser at the desk of a newsroom, not signed in yet."""
    review, password = Review(room), new_password(room.store)
    app = Starlette(routes=desk_routes({room.coverage.name: review}, Staff(room.store)))
    return Browser(Client(app), review, password)


AUTO = replace(GUARD, go_out="auto")
