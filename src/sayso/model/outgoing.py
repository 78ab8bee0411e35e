"""What the desk is about to let out: the rules of a coverage for it, and one thing in the queue."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sayso.model.draft import Composed

#: Who must look beside the editor who publishes: nobody, somebody where something is amber, always somebody.
SecondPair = Literal["none", "amber", "all"]
#: The texts that the desk writes of a day and of what is claimed until now.
DigestKind = Literal["overview", "summary"]


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
    whose words were on the screen. What an editor wrote (`text`) is that of a draft, as it stood when it was sent out.

    A digest is an overview or summary, its `stamp` the version that its editor saw; `words` are typed, of a digest or a
    translation, and `listed` the claims by whose numbers a digest cites. Of a renewal, `line` (from 0) and `cited` say which
    line gives way."""

    kind: Literal["publish", "correct", "compose", "digest", "renew", "translate", "release"]
    statement: str = ""
    draft: str = ""
    text: Composed | None = None
    stamp: str = ""
    accepted: tuple[int, ...] = ()
    seen: tuple[str, ...] = ()
    wrong: str = ""  # of a correction
    digest: DigestKind = "summary"
    day: date | None = None
    words: str = ""
    listed: tuple[str, ...] = ()
    line: int = 0
    cited: str = ""
    lang: str = ""  # of a translation, with what stood there before and whether its figures were compared
    before: str = ""
    checked: bool = False
    reason: str = ""  # for which pictures are released
    left: tuple[int, ...] = ()  # of a correction: the claims that count no more
    edits: tuple[tuple[int, tuple[tuple[str, str], ...]], ...] = ()  # of a correction: by claim, field and value

    @property
    def about(self) -> str:
        """The statement, draft or digest that it is done to: one deed at a time can wait for each."""
        if self.kind in ("digest", "renew"):
            return f"overview-{self.day}" if self.digest == "overview" else "summary"
        return self.statement or self.draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One thing in the queue. `about` is the statement, draft or digest that it comes from, `title` what the desk calls it.

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
