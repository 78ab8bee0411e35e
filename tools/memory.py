"""How much memory a process of ours took."""

from pathlib import Path


def peak_mb() -> float:
    """The most that this process had at once, in MB, as Linux counts it since the program began.

    Not `getrusage`: its figure begins with what the parent had, since a fork hands it on.
    """
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    words = next(line for line in lines if line.startswith("VmHWM:"))
    return int(words.split()[1]) * 1024 / 1e6
