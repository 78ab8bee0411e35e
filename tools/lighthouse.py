"""Put the example's live page, served by `sayso live`, before Lighthouse on an emulated phone; print its four marks, and fail
where one is too low.

python -m tools.lighthouse, from the project's top; needs node with npm, Chromium and a package index. What it installs is
thrown away again, unless LIGHTHOUSE names a Lighthouse that is there already.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from tests.house import copy_example, environment, free_port, live_command, running, wait_for

NAME: Final = "karabakh-2020"
PACKAGE: Final = "lighthouse@12"  # 13 wants a newer node than Debian 12 has
#: The lowest mark of each category, of 100.
WANTED: Final = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
#: A replay asks not to be found by search engines, which is right and costs marks.
SKIPPED: Final = "is-crawlable"
ENOUGH_ENTRIES: Final = 20
#: The middle one counts: how fast a page seems depends on what else the machine does.
RUNS: Final = 3


def main() -> int:
    """Print the marks of each page; 1 where one is too low."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None or shutil.which("npm") is None:
        print("lighthouse: skipped, it needs Chromium and node with npm (apt-get install chromium nodejs npm)")
        return 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        folder, port = copy_example(NAME, Path(made)), free_port()
        with running([*live_command(folder)], env=environment(folder, port), stdout=subprocess.DEVNULL):
            page = f"http://127.0.0.1:{port}/c/{NAME}/"
            while wait_for(page).text.count("<article") < ENOUGH_ENTRIES:
                pass
            command = installed(made)
            marks = {address: marks_of(report(command, chromium, address)) for address in (page, page + "tally/")}
    for address, found in marks.items():
        print(f"{address.partition(NAME)[2]:10}", " / ".join(f"{name} {mark}" for name, mark in found.items()))
    low = [name for found in marks.values() for name, mark in found.items() if mark < WANTED[name]]
    return 1 if low else 0


def installed(folder: str) -> str:
    """Lighthouse's command."""
    given = os.environ.get("LIGHTHOUSE")
    command = Path(folder) / "node_modules" / ".bin" / "lighthouse"
    if given is None and not command.exists():
        install = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", PACKAGE]
        subprocess.run([*install, "--prefix", folder], check=True, cwd=folder)
    return given or str(command)


def report(command: str, chromium: str, address: str) -> dict[str, Any]:
    """What Lighthouse says of a page: the run of middle speed."""
    run = [
        command, address, "--quiet", "--output=json", "--output-path=stdout", f"--skip-audits={SKIPPED}",
        f"--only-categories={','.join(WANTED)}", "--chrome-flags=--headless=new --no-sandbox",
    ]  # fmt: skip
    there = {**os.environ, "CHROME_PATH": chromium}
    found: list[dict[str, Any]] = [
        json.loads(subprocess.run(run, check=True, capture_output=True, text=True, timeout=300, env=there).stdout)
        for _ in range(RUNS)
    ]
    return sorted(found, key=lambda told: float(told["categories"]["performance"]["score"]))[RUNS // 2]


def marks_of(found: dict[str, Any]) -> dict[str, int]:
    """The mark of each category, of 100; prints what cost marks."""
    for audit in found["audits"].values():
        if audit["score"] is not None and audit["score"] < 1 and audit["scoreDisplayMode"] in ("binary", "numeric"):
            print(f"  {audit['score']:.2f} {audit['id']}: {audit.get('displayValue') or audit['title']}")
    return {name: round(100 * found["categories"][name]["score"]) for name in WANTED}


if __name__ == "__main__":
    sys.exit(main())
