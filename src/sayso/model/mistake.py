"""A mistake in a file that an editor wrote: where it is and what to write instead."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One mistake. `line` counts from 1; `what` says what is wrong, `write_instead` what to do about it."""

    file: Path
    line: int
    what: str
    write_instead: str = ""

    def __str__(self) -> str:
        advice = f"; {self.write_instead}" if self.write_instead else ""
        return f"{self.file}:{self.line}: {self.what}{advice}"
