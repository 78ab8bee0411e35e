"""Our own style, scripts and icon: each under a name that holds its hash, so that it can be kept for ever."""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

STATIC: Final = files("sayso.publish") / "static"
TYPES: Final = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
#: Where our own files stand, for every coverage of a server.
STATIC_PATH: Final = "/static/"


@cache
def asset(name: str) -> tuple[bytes, str]:
    """The bytes of one of our files, and its public name, which holds its hash and so never changes its meaning."""
    body = (STATIC / name).read_bytes()
    stem, _, kind = name.rpartition(".")
    return body, f"{stem}-{hashlib.sha256(body).hexdigest()[:12]}.{kind}"


@cache
def static_files() -> Mapping[str, tuple[bytes, str]]:
    """Public name -> bytes and media type of our own style, script and icon."""
    found = [asset(name) for name in ("page.css", "charts.css", "page.js", "icon.svg")]
    return {name: (body, TYPES[name.rpartition(".")[2]]) for body, name in found}


def static_path(name: str) -> str:
    """The address of one of our files."""
    return STATIC_PATH + asset(name)[1]
