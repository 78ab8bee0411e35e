"""What the desk is about to let out: the rules of a coverage for it, and one thing in the queue."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sayso.model.draft import Composed

#: Who must look beside the editor who publishes: nobody, somebody where something is amber, always somebody.
SecondPair = Literal["none", "amber", "all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """How what is published at the desk goes out: after the time in which it can be undone, later where it could show where
    people are (H8), and where the coverage asks for it only once somebody else has agreed.

    `delays` are minutes by type of claim, or type.sub; `delay_min` is for every held type that none of them names.
    """

    undo_s: int = 10
    delay_min: int = 15
    delays: tuple[tuple[str, int], ...] = ()
    second_pair: SecondPair = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What is done once it is due. `stamp` is that of the statement as its editor saw it, `seen` are the ids of the claims
    whose words were on the screen. What an editor wrote (`text`) is that of a draft, as it stood when it was sent out."""

    kind: Literal["publish", "correct", "compose"]
    statement: str = ""
    draft: str = ""
    text: Composed | None = None
    stamp: str = ""
    accepted: tuple[int, ...] = ()
    seen: tuple[str, ...] = ()
    wrong: str = ""  # of a correction
    left: tuple[int, ...] = ()  # of a correction: the claims that count no more
    edits: tuple[tuple[int, tuple[tuple[str, str], ...]], ...] = ()  # of a correction: by claim, field and value


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One thing in the queue. `about` is the statement or draft that it comes from, `title` what the desk calls it.

    It goes out at `due_at` (aware, UTC), or once somebody else than `user` has looked where `needs_second`. `failed` is
    the reason why it did not go out; it then stays until somebody has read it.
    """

    id: str
    about: str
    title: str
    user: str
    at: datetime
    due_at: datetime
    needs_second: bool
    deed: Deed
    seconded_by: str | None = None
    failed: str | None = None

    @property
    def waits_for_second(self) -> bool:
        """Whether somebody else must still look."""
        return self.needs_second and self.seconded_by is None
