"""One guarded request. Every hop of a redirect is judged; the whole has one deadline; the body has a cap."""

import asyncio
import contextlib
import functools
import ssl
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

import httpx
import structlog
from ssrfguard import Policy, SSRFGuardError
from ssrfguard.httpx import AsyncSafeTransport

from sayso.errors import Refused, SourceChanged, TryLater
from sayso.fetch.body import read_body, too_large
from sayso.fetch.guard import (
    MAX_REDIRECTS,
    Pair,
    judge,
    next_hop,
    pair_of,
    private_policy,
    public_policy,
    without_credentials,
)

log = structlog.get_logger()

ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, text/html, */*;q=0.5"
REDIRECTS = frozenset({300, 301, 302, 303, 307, 308})
PAUSES = frozenset({408, 425, 429})
LONGEST_PAUSE_S = 24 * 3600.0
#: Headers of another client's request that go out as they are; the rest are ours or nobody's business.
SENT = frozenset({"content-type", "authorization"})
#: Headers that no longer hold of a body that is read and unpacked.
UNPACKED = frozenset({"content-encoding", "content-length", "transfer-encoding"})

T = TypeVar("T")
Resolver = Callable[..., Iterable[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one fetch may take: unpacked bytes, and seconds from the first lookup to the last byte."""

    max_bytes: int
    total_s: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: `url` is the address after redirects, `body` is unpacked, header names are in small letters."""

    status: int
    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    media_type: str  # without parameters, in small letters; "" where the server names none

    @property
    def not_modified(self) -> bool:
        """Whether the source says that nothing changed since the etag or time that we sent."""
        return self.status == 304

    def header(self, name: str) -> str | None:
        """The first header of that name."""
        return next((v for k, v in self.headers if k == name.lower()), None)


class Door:
    """Fetches from outside. Nothing else in sayso opens a connection to a host that a source or a page named."""

    def __init__(
        self, *, user_agent: str, allow: frozenset[Pair] = frozenset(), resolver: Resolver | None = None
    ) -> None:
        """`allow`: the exact private hosts and ports that the operator named. `resolver` stands for
        `socket.getaddrinfo`; each of its answers is judged."""
        self._headers = {"user-agent": user_agent, "accept": ACCEPT, "accept-encoding": "gzip, identity"}
        self._policies: dict[Pair | None, Policy] = {pair: private_policy(*pair) for pair in allow}
        self._policies[None] = public_policy()
        self._resolver = resolver
        self._transports: dict[Pair | None, AsyncSafeTransport] = {}
        self._abandoned: set[asyncio.Task[Any]] = set()

    async def get(
        self, url: str, *, limits: Limits, etag: str | None = None, last_modified: str | None = None
    ) -> Answer:
        """The answer to a GET, after at most five redirects.

        Raises TryLater (network, time-out, 429, 5xx; with `retry_after_s` where asked for), Refused naming the rule
        (address, port, redirects, size), SourceChanged for what a person must look at (404, 410, 403...).
        """
        conditions = {"if-none-match": etag, "if-modified-since": last_modified}
        return await self._in_time(self._follow(url, limits, {k: v for k, v in conditions.items() if v}), url, limits)

    async def send(self, request: httpx.Request, *, limits: Limits) -> httpx.Response:
        """The whole answer to a client's request, whatever its status; no redirect is followed.

        Of the client's headers only those go out that the request needs (`SENT`), so that no client tells more of this
        machine than we would. Raises TryLater (network, time-out) and Refused (address, port, size).
        """
        return await self._in_time(self._send(request, limits), str(request.url), limits)

    def transport(self, limits: Limits) -> httpx.AsyncBaseTransport:
        """This door as the transport of an HTTP client: whoever insists on one of their own comes through here."""
        return Through(self, limits)

    async def _in_time(self, fetching: Coroutine[Any, Any, T], url: str, limits: Limits) -> T:
        """What the fetching brings before its deadline. Raises TryLater after it."""
        task = asyncio.ensure_future(fetching)
        try:
            done, _ = await asyncio.wait({task}, timeout=limits.total_s)
        except asyncio.CancelledError:
            self._abandon(task)
            raise
        if not done:
            # a lookup that hangs in its thread cannot be cancelled: it is left behind, the caller goes on
            self._abandon(task)
            await asyncio.wait({task}, timeout=0.05)  # time to close its connection
            raise TryLater(f"{without_credentials(url)} did not answer in full within {limits.total_s:g} seconds")
        return task.result()

    async def close(self) -> None:
        """Closes what is open."""
        for transport in self._transports.values():
            await transport.aclose()
        self._transports.clear()

    def _abandon(self, task: "asyncio.Task[Any]") -> None:
        self._abandoned.add(task)
        task.add_done_callback(self._forget)
        task.cancel()

    def _forget(self, task: "asyncio.Task[Any]") -> None:
        self._abandoned.discard(task)
        if not task.cancelled() and (err := task.exception()) is not None:
            log.debug("fetch.abandoned_ended", error=str(err))

    async def _follow(self, url: str, limits: Limits, conditions: dict[str, str]) -> Answer:
        pair = self._named(url)
        for _ in range(MAX_REDIRECTS + 1):
            judge(self._policies[pair], url)
            outcome = await self._ask(url, pair, limits, conditions)
            if isinstance(outcome, Answer):
                return outcome
            before, url = url, joined(url, outcome)
            if before.startswith("https:") and url.startswith("http:"):
                raise Refused(f"{before} redirects to {without_credentials(url)}: what was encrypted stays encrypted")
            # a stranger's redirect never reaches a host that the operator named for direct use
            pair = self._named(url) if self._named(url) == pair else None
        raise Refused(f"more than {MAX_REDIRECTS} redirects in a row, the last to {without_credentials(url)}")

    def _named(self, url: str) -> Pair | None:
        """The pair of a URL that the operator named, None for the rest of the world."""
        pair = pair_of(url)
        return pair if pair in self._policies else None

    async def _ask(self, url: str, pair: Pair | None, limits: Limits, conditions: dict[str, str]) -> Answer | str:
        """The answer of one hop, or the address that it redirects to."""
        async with self._asked("GET", url, pair, limits, headers=conditions) as response:
            return await answer_of(response, url, limits, conditional=frozenset(conditions))

    async def _send(self, request: httpx.Request, limits: Limits) -> httpx.Response:
        """The answer to a client's request with its body, unpacked."""
        url, content = str(request.url), await request.aread()
        pair = self._named(url)
        judge(self._policies[pair], url)
        own = {k: v for k, v in request.headers.items() if k in SENT}
        async with self._asked(request.method, url, pair, limits, headers=own, content=content) as response:
            body = await capped(response, without_credentials(url), limits)
            headers = [(k, v) for k, v in response.headers.multi_items() if k not in UNPACKED]
            return httpx.Response(response.status_code, headers=headers, content=body, request=request)

    @contextlib.asynccontextmanager
    async def _asked(  # one connection, with all that makes it
        self, method: str, url: str, pair: Pair | None, limits: Limits, *, headers: dict[str, str], content: bytes = b""
    ) -> AsyncIterator[httpx.Response]:
        """The response of one hop, closed at the end; what goes wrong on the way is named by what to do about it."""
        wait = {"connect": 10.0, "read": limits.total_s, "write": 10.0, "pool": limits.total_s}
        try:
            request = httpx.Request(
                method, url, headers={**self._headers, **headers}, content=content, extensions={"timeout": wait}
            )
            response = await self._transport(pair).handle_async_request(request)
            try:
                yield response
            finally:
                await response.aclose()
        except SSRFGuardError as err:
            raise Refused(f"{without_credentials(url)} is not fetched: {err}") from err
        except httpx.InvalidURL as err:
            raise Refused(f"{without_credentials(url)} is not fetched: not a valid address: {err}") from err
        except (httpx.TransportError, OSError) as err:
            what = str(err) or type(err).__name__
            raise TryLater(f"{without_credentials(url)} could not be fetched: {what}") from err

    def _transport(self, pair: Pair | None) -> AsyncSafeTransport:
        if pair not in self._transports:
            self._transports[pair] = AsyncSafeTransport(
                policy=self._policies[pair],
                resolver=self._resolver,
                verify=tls(),
                trust_env=False,
                # sources are asked minutes apart: a connection kept open between would only be dropped
                limits=httpx.Limits(max_connections=100, max_keepalive_connections=0),
            )
        return self._transports[pair]


class Through(httpx.AsyncBaseTransport):
    """The door as a client's transport."""

    def __init__(self, door: Door, limits: Limits) -> None:
        self._door = door
        self._limits = limits

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, come through the door."""
        return await self._door.send(request, limits=self._limits)


@functools.cache
def tls() -> ssl.SSLContext:
    """The TLS settings of every connection: certificates are always checked."""
    return httpx.create_ssl_context(trust_env=False)


def joined(url: str, location: str) -> str:
    """The absolute address of a redirect."""
    try:
        return str(httpx.URL(url).join(next_hop(location)))
    except (httpx.InvalidURL, ValueError) as err:
        raise Refused(f"the redirect to {location[:200]!r} is refused: {err}") from err


async def answer_of(response: httpx.Response, url: str, limits: Limits, *, conditional: frozenset[str]) -> Answer | str:
    """The answer with its body, or the address that it redirects to; raises for every other status."""
    shown = without_credentials(url)
    status = response.status_code
    if status in REDIRECTS:
        return location_of(response, shown)
    if status == 304 and conditional:
        return made(response, url, b"")
    if status not in (200, 203):
        raise refusal_of(response, shown)
    return made(response, url, await capped(response, shown, limits))


async def capped(response: httpx.Response, shown: str, limits: Limits) -> bytes:
    """The unpacked body of a response. Raises Refused where it is, or says that it is, over the cap."""
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limits.max_bytes:
        raise too_large(shown, limits.max_bytes)
    encoding = response.headers.get("content-encoding", "")
    assert isinstance(response.stream, httpx.AsyncByteStream)
    return await read_body(response.stream, encoding=encoding, max_bytes=limits.max_bytes, url=shown)


def made(response: httpx.Response, url: str, body: bytes) -> Answer:
    """The record of a response."""
    headers = tuple((k.lower(), v) for k, v in response.headers.multi_items())
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Answer(status=response.status_code, url=url, headers=headers, body=body, media_type=media_type)


def location_of(response: httpx.Response, shown: str) -> str:
    """Where a redirect points; exactly one place."""
    places = response.headers.get_list("location")
    if len(places) != 1:
        raise SourceChanged(f"{shown} answers {response.status_code} with {len(places)} places to go on to, not one")
    return str(places[0])


def refusal_of(response: httpx.Response, shown: str) -> TryLater | SourceChanged:
    """The error for a status that brings no content."""
    status = response.status_code
    if status >= 500 or status in PAUSES:
        return TryLater(f"{shown} answers {status}: it is busy or broken", retry_after_s=pause_of(response))
    if status in (404, 410):
        return SourceChanged(f"{shown} answers {status}: it is gone; check the source's address")
    if status in (401, 402, 403, 451):
        return SourceChanged(f"{shown} answers {status}: it does not let us read it; ask its owner or enter it by hand")
    return SourceChanged(f"{shown} answers {status}, which brings no content; check the source's address")


def pause_of(response: httpx.Response) -> float | None:
    """Seconds that the server asks us to wait, a day at most; a date counts from the server's own clock."""
    asked = response.headers.get("retry-after", "").strip()
    if asked.isdigit():
        return min(float(asked), LONGEST_PAUSE_S)
    try:
        until = parsedate_to_datetime(asked)
        return min(max((until - parsedate_to_datetime(response.headers["date"])).total_seconds(), 0.0), LONGEST_PAUSE_S)
    except (ValueError, TypeError, KeyError):
        return None
