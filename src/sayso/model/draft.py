"""What an editor writes and has not let out: an entry of the desk's own, or a later version of one that is out."""

from dataclasses import dataclass
from datetime import datetime

from sayso.model.post import SourceCard
from sayso.model.statement import MediaFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """An entry as it is written. `text` is Markdown. `accepted` are the ids of the claims of the attached statements that
    count once it is out, `seen` of those whose words were on its editor's screen (H2); `stamps` tell how each statement
    stood then.

    `at`: when it is to go out, None for at once. `post` is the id of the entry that it changes, "" for a new one, and
    `based_on` the version of what that said (`Post.told`) which its editor saw; `pinned` and `key_event` are of a new one
    alone. `wrong` says what was wrong with what is out, `typo` that only spelling changes.
    """

    head: str = ""
    text: str = ""
    statements: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    stamps: tuple[tuple[str, str], ...] = ()
    media: tuple[MediaFile, ...] = ()
    links: tuple[SourceCard, ...] = ()
    pinned: bool = False
    key_event: bool = False
    at: datetime | None = None
    post: str = ""
    based_on: int = 0
    wrong: str = ""
    typo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft as it is kept; `version` grows by one with each save. `user` saved it last."""

    id: str
    user: str
    updated_at: datetime
    version: int
    composed: Composed
