"""Print what a reader with a slow phone notices of the live page: 50 entries with photographs, a processor four times slower,
a slow line. Loopback only; asserts nothing.

python -m tools.bench_vitals [--runs N]
"""

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright
from tests.browser.reading_room import ARGS, Room
from tests.browser.vitals import ENTRIES, Vitals, fill, phone, read_through
from tools.bench import row


def main() -> int:
    """Print the rows."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--runs", type=int, default=5)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("vitals: skipped, Chromium is not here (apt-get install chromium)")
        return 0
    found = list(measured(chromium, options.parse_args().runs))
    what = f"phone, 4 times slower, 1.6 Mbit/s; worst of {len(found)}:"
    for name, unit, values in (
        ("largest paint (LCP)", "ms", [v.lcp_ms for v in found]),
        ("slowest touch (INP)", "ms", [v.inp_ms for v in found]),
        ("moved by itself (CLS), thousandths", "", [1000 * v.moved for v in found]),
    ):
        print(row(name, statistics.median(values), unit, f"{ENTRIES} entries; {what} {max(values):.0f}"), flush=True)
    return 0


def measured(chromium: str, runs: int) -> Iterator[Vitals]:
    """What each reading tells; the first, for which the browser itself still starts, is not counted."""
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=chromium, args=ARGS)
        for n in range(runs + 1):
            with tempfile.TemporaryDirectory() as made:
                room = Room(Path(made))
                fill(room, Path(made))
                with phone(browser) as page:
                    told = read_through(page, room, "/c/tesk/", rest_ms=800)
                room.close()
                if n:
                    yield told
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
