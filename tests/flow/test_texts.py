"""From a program: one import, one call; and what it does not need is not loaded."""

import subprocess
import sys

from sayso import read_text


def test_a_program_reads_a_text_with_one_import() -> None:
    (passage,) = read_text("Twelve soldiers were killed near Velm, the defence ministry said.")
    (claim,) = passage.claims
    assert (claim.type, claim.sub, claim.attr.kind) == ("casualties", "killed", "defence_ministry")


def test_reading_a_text_loads_neither_the_network_nor_the_parsers_of_feeds() -> None:
    code = "import sys; from sayso import read_text; read_text('Calm.'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"httpx", "feedparser", "lxml", "sqlalchemy"} & set(done.stdout.split())
