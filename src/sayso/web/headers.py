"""Headers of everything that the public gets: our own files only, nothing inline but our own style, nothing remembered."""

from typing import Final

from starlette.responses import Response

from sayso.publish.assets import style_hash

#: Styles that stand inside a page or a drawing.
INSIDE: Final = ("page.css", "map.css", "panel.css")
CSP: Final = (
    f"default-src 'none'; script-src 'self'; style-src 'self' {' '.join(map(style_hash, INSIDE))}; img-src 'self'; "
    "media-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
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
#: A page may be kept this long without asking. Each cache between us and a reader adds as much, so that corrections
#: reach everyone within five seconds through a browser and three caches.
PAGE_CACHE: Final = "public, max-age=1, must-revalidate"
FOREVER: Final = "public, max-age=31536000, immutable"
#: A picture's name never changes its meaning, but the picture may be taken down: who has it asks whether it is still there.
MEDIA_CACHE: Final = PAGE_CACHE
NOT_INDEXED: Final = {"X-Robots-Tag": "noindex, nofollow"}


def guarded(response: Response, *, cache: str) -> Response:
    """The response with the headers that every public answer carries."""
    response.headers.update({**HEADERS, "Cache-Control": cache})
    return response
