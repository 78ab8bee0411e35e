"""Headers of everything that the public gets: our own files only, no script or style in the page, nothing remembered."""

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
#: For files that came from outside and were re-encoded: whatever they hold, nothing in them runs.
MEDIA_CSP: Final = "default-src 'none'; sandbox"
HEADERS: Final = {
    "Content-Security-Policy": CSP,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
#: A page may be kept this long without asking: corrections reach everyone within seconds.
PAGE_CACHE: Final = "public, max-age=2, must-revalidate"
FOREVER: Final = "public, max-age=31536000, immutable"
#: A picture's name never changes its meaning, but the picture may be taken down.
MEDIA_CACHE: Final = "public, max-age=60, must-revalidate"
NOT_INDEXED: Final = {"X-Robots-Tag": "noindex, nofollow"}


class SafeHeaders:
    """Puts the headers on whatever leaves without them, errors of the framework too. Streams pass through unchanged."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def safe(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(h for h in ENCODED if h[0] not in present)]
            await send(message)

        await self.app(scope, receive, safe)


ENCODED: Final = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
