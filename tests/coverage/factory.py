"""A good coverage, file by file, for tests to spoil."""

from pathlib import Path

COVERAGE = """\
name = "two-banks"
title = "War of two banks"
start = 2031-05-02
zone = "UTC"
languages = ["en"]
readings = "by_rule"
held_types = ["movement"]
"""
PARTIES = """\
[[party]]
id = "NO"
names = ["Norrin", "norrin*"]

[[party]]
id = "SE"
names = ["Sedd", "sedd*"]

[[group]]
id = "BANKS"
names = ["the banks"]
members = ["NO",
  {party = "SE", since = 2031-05-06}]

[[third]]
id = "MED"
names = ["Lake Commission"]

[[body]]
names = ["Norrin Army", "the Army"]
kind = "army"
side = "NO"

[[person]]
name = "Ada Kell"
names = ["Kell"]
body = "Norrin Army"
"""
PLACES = """\
[[place]]
names = ["Upper Ford", "Verrin"]
side = "NO"
lat = -41.5
lon = -92.0
precision = "district"
"""
SOURCES = """\
[[source]]
name = "norrin-army"
title = "Norrin Army"
kind = "feed"
url = "https://army.example/feed.xml"
body = "Norrin Army"
party = "NO"
lang = "en"
interval_s = 30
go_out = "auto"
rehost = "full"
channel = "website"
"""
GOOD = {"coverage.toml": COVERAGE, "parties.toml": PARTIES, "places.toml": PLACES, "sources.toml": SOURCES}
REPLAY = """
[replay]
statements = "coverage.toml"
port = 8907
begins_at = 2031-05-02T00:00:00+00:00
opens_at = 2031-05-03T00:00:00+00:00
ends_at = 2031-05-04T00:00:00+00:00
"""
READERS = """
[reader]
parser = true
[reader.model]
url = "https://models.example/v1"
model = "m"
key_env = "M_KEY"
timeout_s = 8
max_passages_per_hour = 60
"""


def write(folder: Path, **changed: str) -> Path:
    """The folder with the good files in it, some of them changed (`parties="..."`)."""
    for name, text in GOOD.items():
        (folder / name).write_text(changed.get(name.removesuffix(".toml"), text), encoding="utf-8")
    return folder
