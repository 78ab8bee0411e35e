"""A small coverage with a replay, written into a folder."""

import json
from pathlib import Path

FORMATS = {"guard": "rss", "staff": "atom", "mayor": "json", "press": "page", "lakepost": "live", "leaflet": "text"}

COVERAGE = """\
name = "small"
title = "A small war"
start = 2031-05-02
zone = "UTC"
[replay]
statements = "replay/statements.jsonl"
port = 8917
begins_at = 2031-05-02T00:00:00+00:00
opens_at = 2031-05-03T00:00:00+00:00
ends_at = 2031-05-05T00:00:00+00:00
day_s = 120
"""


def statement(name: str, at: str, source: str, **more: object) -> dict[str, object]:
    """A row of the statements' file."""
    return {"id": name, "at": f"2031-05-{at}:00+00:00", "source": source, "headline": f"News {name}", "kind": "post",
            "text": f"Text of {name}.\nIts second line.", **more}  # fmt: skip


def rows() -> list[dict[str, object]]:
    """At least one statement for each source before the story opens, and some after."""
    picture = {"kind": "image", "file": "media/map.png", "alt": "A drawn map", "caption": "Where", "credit": "Desk"}
    first = [statement(f"{s}-1", "02T10:00", s) for s in FORMATS]
    first[0] |= {"speaker": "Guard press desk", "url": "https://lake.example/1", "reported_by": "Lake Post",
                 "media": [picture]}  # fmt: skip
    first[1] |= {"headline": None, "media": [picture], "url": "https://lake.example/2", "reported_by": "Lake Post"}
    first[2] |= {"media": [picture], "url": "https://lake.example/3", "reported_by": "Lake Post"}
    edit = {"at": "2031-05-03T12:00:00+00:00", "text": "It was fewer."}
    gone = {"at": "2031-05-04T12:00:00+00:00", "gone": True}
    return [
        *first,
        statement("guard-2", "03T06:00", "guard", then=[edit, gone]),
        statement("press-2", "03T06:00", "press"),
    ]


def write(folder: Path, told: list[dict[str, object]] | None = None) -> Path:
    """The folder with the coverage in it."""
    (folder / "replay" / "media").mkdir(parents=True)
    (folder / "coverage.toml").write_text(COVERAGE)
    kinds = {"rss": "feed", "atom": "feed", "json": "feed", "page": "page", "live": "live_page", "text": "text"}
    (folder / "sources.toml").write_text(
        "".join(
            f'[[source]]\nname = "{n}"\ntitle = "The {n}"\nkind = "{kinds[f]}"\nurl = "http://127.0.0.1:8917/{n}"\n'
            for n, f in FORMATS.items()
        )
    )
    (folder / "replay" / "formats.toml").write_text("".join(f'{n} = "{f}"\n' for n, f in FORMATS.items()))
    (folder / "replay" / "media" / "map.png").write_bytes(b"\x89PNG\r\n\x1a\n drawn")
    lines = [json.dumps(row) for row in (rows() if told is None else told)]
    (folder / "replay" / "statements.jsonl").write_text("\n".join(lines) + "\n")
    return folder
