"""The guard before the ways of programs: a token in the header, its scope, and how often it may ask. Cookies count for
nothing here, so that no page can make a browser ask."""

import threading
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sayso.errors import Refused, TryLater
from sayso.flow.shift.tokens import Bearer, Scope, Tokens
from sayso.web.desk.rendering import HEADERS

#: How often one token may ask in a minute.
PER_MINUTE: Final = 60
LARGEST_BODY: Final = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request of a program after the guard."""

    request: Request
    bearer: Bearer
    body: bytes = b""

    @property
    def who(self) -> str:
        """The account in whose name the program acts."""
        return self.bearer.person.name


Handler = Callable[[Call], Any]


@dataclass(slots=True)
class Pace:
    """How often each token asked lately, in this process."""

    per_minute: int = PER_MINUTE
    _asked: dict[str, deque[float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait_s(self, token_hash: str, *, at: float) -> int:
        """Seconds until the token may ask again; 0 where it may now, which is counted. `at` is a monotonic clock's."""
        with self._lock:
            asked = self._asked.setdefault(token_hash, deque())
            while asked and asked[0] <= at - 60:
                asked.popleft()
            if len(asked) >= self.per_minute:
                return int(asked[0] + 60 - at) + 1
            asked.append(at)
        return 0


class BearerGuard:
    """Lets a program through to a handler, which runs in a worker thread and gives what is sent as JSON."""

    def __init__(self, tokens: Tokens, pace: Pace) -> None:
        self._tokens = tokens
        self._pace = pace

    def only(self, handler: Handler, scope: Scope) -> Callable[[Request], Awaitable[Response]]:
        """The handler for tokens with this scope."""

        async def guarded(request: Request) -> Response:
            kind, _, value = request.headers.get("authorization", "").partition(" ")
            bearer = await run_in_threadpool(self._tokens.bearer, value.strip()) if kind.lower() == "bearer" else None
            if bearer is None:
                return fault(
                    401, "Send a token that is valid: Authorization: Bearer sayso_...", {"www-authenticate": "Bearer"}
                )
            wait_s = self._pace.wait_s(bearer.token.token_hash, at=time.monotonic())
            if wait_s:
                return fault(429, f"At most {PER_MINUTE} requests a minute.", {"retry-after": str(wait_s)})
            if not bearer.allows(scope):
                return fault(403, f"This token, or its account, may not do that: it needs the scope {scope!r}.")
            return await self._answer(request, handler, bearer)

        return guarded

    async def _answer(self, request: Request, handler: Handler, bearer: Bearer) -> Response:
        """What the handler gives, as JSON."""
        body = b""
        if request.method == "POST":
            if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
                return fault(415, "Send JSON, with the header Content-Type: application/json.")
            length = request.headers.get("content-length", "")
            if not length.isdecimal() or int(length) > LARGEST_BODY:
                return fault(413, f"A body has at most {LARGEST_BODY:,} bytes, and says how many.")
            body = await request.body()
        try:
            given = await run_in_threadpool(handler, Call(request=request, bearer=bearer, body=body))
        except Refused as err:
            return fault(404 if request.method == "GET" else 422, str(err))
        except TryLater:
            return fault(503, "The database is busy: try again.", {"retry-after": "5"})
        return JSONResponse(given, 201 if request.method == "POST" else 200, HEADERS)


def fault(status: int, why: str, headers: Mapping[str, str] | None = None) -> Response:
    """What went wrong, as JSON."""
    return JSONResponse({"error": why}, status, {**HEADERS, **(headers or {})})
