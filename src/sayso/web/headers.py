"""What every public answer carries: a strict policy, no sniffing, no referrer, no cookies."""

from typing import Final

from starlette.responses import Response

#: No inline script or style, nothing from elsewhere, no frames, no forms.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
COMMON: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "cross-origin-opener-policy": "same-origin",
}
FOR_EVER: Final = "public, max-age=31536000, immutable"
SHORTLY: Final = "public, max-age=2, stale-if-error=60"


def guarded(response: Response, *, cache: str = SHORTLY, indexed: bool = True) -> Response:
    """The answer with the common headers; a page that must not be indexed says so to machines that read no HTML."""
    for name, value in COMMON.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("cache-control", cache)
    if not indexed:
        response.headers["x-robots-tag"] = "noindex, nofollow"
    return response
