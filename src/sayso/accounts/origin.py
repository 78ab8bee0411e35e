"""Whether a request that changes something comes from our own page."""

from collections.abc import Mapping
from urllib.parse import urlsplit


def comes_from_here(headers: Mapping[str, str], *, host: str) -> bool:
    """Whether the browser says that the request comes from a page of this very host.

    `headers` have lower-case names. Sec-Fetch-Site is judged first (a page cannot forge it), then Origin, then Referer.
    Where all three are missing the request is refused: every browser in use sends one of them with a form.
    """
    site = headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    origin = headers.get("origin")
    if origin is not None:
        return _host_of(origin) == host.casefold()
    if site is not None:
        return True
    referer = headers.get("referer")
    return referer is not None and _host_of(referer) == host.casefold()


def _host_of(address: str) -> str | None:
    """Host and port as in a Host header; None for "null" and other opaque origins."""
    try:
        return urlsplit(address).netloc.casefold() or None
    except ValueError:
        return None
