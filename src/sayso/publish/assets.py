"""Our own style, scripts and icon: each under a name that holds its hash, so that it can be kept for ever, and the style
inside the page, so that the first words wait for one request only."""

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from markupsafe import Markup

#: Comments on lines of their own, and indents: no reader's browser needs them. A script keeps no text over several lines.
FOR_WHO_READS_IT: Final = re.compile(rb"^[ \t]*(?://.*\n)?", re.MULTILINE)
STATIC: Final = files("sayso.publish") / "static"
TYPES: Final = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
#: Where our own files stand, for every coverage of a server.
STATIC_PATH: Final = "/static/"


@cache
def asset(name: str) -> tuple[bytes, str]:
    """The bytes of one of our files, and its public name, which holds its hash and so never changes its meaning."""
    stem, _, kind = name.rpartition(".")
    body = (STATIC / name).read_bytes()
    if kind == "js":
        body = FOR_WHO_READS_IT.sub(b"", body)
    return body, f"{stem}-{hashlib.sha256(body).hexdigest()[:12]}.{kind}"


@cache
def static_files() -> Mapping[str, tuple[bytes, str]]:
    """Public name -> bytes and media type of our own style, script and icon."""
    names = ("page.css", "charts.css", "map.css", "panel.css", "page.js", "map.js", "then.js", "icon.svg")
    found = [asset(name) for name in names]
    return {name: (body, TYPES[name.rpartition(".")[2]]) for body, name in found}


def static_path(name: str) -> str:
    """The address of one of our files."""
    return STATIC_PATH + asset(name)[1]


def inlined(name: str) -> Markup:
    """One of our styles as it stands inside a page; the policy allows it by `style_hash`."""
    return Markup("<style>{}</style>").format(Markup(asset(name)[0].decode()))  # noqa: S704 - our own file


def style_hash(name: str) -> str:
    """What a content security policy calls a style inside a page."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(asset(name)[0]).digest()).decode()}'"
