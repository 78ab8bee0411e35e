"""The way in: kept pages and live updates are answered here, before any router or thread."""

from collections.abc import Mapping

from starlette.types import ASGIApp, Receive, Scope, Send

from sayso.web.live import Hub
from sayso.web.shelf import Shelf

COVERAGE = "/c/"


class Front:
    """An ASGI application before another: it answers what the shelves have ready and hands on all the rest.

    The hubs stand here too, so that each write to a reader is one call of the server's own `send`.
    """

    def __init__(self, app: ASGIApp, shelves: Mapping[str, Shelf], hubs: Mapping[str, Hub]) -> None:
        self.app = app
        self._shelves = shelves
        self._hubs = {f"{COVERAGE}{name}/events": hub for name, hub in hubs.items()}

    def serve(self, app: ASGIApp, shelves: Mapping[str, Shelf]) -> None:
        """Answer from another application and its shelves from now on; the hubs and their readers stay."""
        self.app, self._shelves = app, shelves

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and scope["method"] == "GET":
            path = scope["path"]
            hub = self._hubs.get(path)
            if hub is not None:
                await hub(scope, receive, send)
                return
            shelf = self._shelves.get(path[len(COVERAGE) :].partition("/")[0]) if path.startswith(COVERAGE) else None
            kept = shelf.ready(path) if shelf is not None and not scope["query_string"] else None
            if kept is not None:
                asked = dict(scope["headers"])
                accepted, has = asked.get(b"accept-encoding", b""), asked.get(b"if-none-match", b"")
                status, headers, body = kept.answer(accepted.decode("latin-1"), has.decode("latin-1"))
                await send({"type": "http.response.start", "status": status, "headers": headers})
                await send({"type": "http.response.body", "body": body})
                return
        await self.app(scope, receive, send)
