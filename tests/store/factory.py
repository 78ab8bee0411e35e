"""Small records of an invented conflict, with defaults for everything that a test does not speak of."""

import tempfile
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from sayso.model.claim import Attribution, Claim, Count, Part, Passage, Reading, Span, Unread
from sayso.model.event import Captured, Decided, Posted, Read, Stated
from sayso.model.post import Line, Post
from sayso.model.statement import Capture, Enclosure, MediaFile, Rendition, Statement
from sayso.store import Store, Writer

T0 = datetime(2031, 4, 1, 8, 0, tzinfo=UTC)


@cache
def empty_database() -> bytes:
    """The file of a database that was just made: making it takes longer than most tests."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "empty.sqlite3"
        Store.open(f"sqlite:///{file}").close()
        return file.read_bytes()


def opened(file: Path) -> Store:
    """The store in that file; where there is none yet, a copy of the empty database is put there first."""
    if not file.exists():
        file.write_bytes(empty_database())
    return Store.open(f"sqlite:///{file}")


def at_address(url: str) -> Store:
    """The store at an address, its tables made."""
    file = url.removeprefix("sqlite:///")
    return Store.open(url) if file == url else opened(Path(file))


def at(minutes: float) -> datetime:
    return T0 + timedelta(minutes=minutes)


def capture(n: int = 1, *, source: str = "harbour", sha: str | None = None) -> Capture:
    return Capture(
        id=f"c{n}", source=source, url="https://example.org/feed", fetched_at=at(n), sha256=sha or f"{n:064x}",
        size_bytes=10, media_type="application/rss+xml",
    )  # fmt: skip


def claim(text: str = "12 soldiers", *, start: int = 0, n: int = 12, sub: str = "killed") -> Claim:
    span = Span(start, start + len(text))
    return Claim(
        type="casualties", sub=sub, attr=Attribution(kind="army", side="north", span=span), span=span, rule="test",
        subject="south", count=Count(operator="exact", n=n, low=n, high=n, words=text, span=span), evidence=(span,),
    )  # fmt: skip


def reading(*claims: Claim, text: str = "", unread: tuple[Unread, ...] = ()) -> Reading:
    passage = Passage(span=Span(0, len(text)), text=text, claims=claims, unread=unread)
    return Reading(passages=(passage,), reader="reader 1")


def statement(
    n: int = 1, *, text: str | None = None, key: str | None = None, version: int = 1, **more: object
) -> Statement:
    words = text if text is not None else f"The northern army says that {n} soldiers of the south were killed at dawn."
    fields: dict[str, object] = {
        "id": f"s{n}", "source": "harbour", "key": key or f"item-{n}", "version": version, "text": words,
        "parts": (Part(span=Span(0, len(words))),), "first_seen_at": at(n), "published_at": at(n - 0.5),
        "capture": "c1",
    }  # fmt: skip
    return Statement(**(fields | more))  # type: ignore[arg-type]


def media(original: str = "a" * 64, name: str = "aaaa.webp") -> MediaFile:
    file = Rendition(name=name, media_type="image/webp", width=10, height=10, size_bytes=99)
    return MediaFile(original=original, kind="image", alt="a drawn harbour", renditions=(file,))


def enclosure() -> Enclosure:
    return Enclosure(url="https://example.org/picture.jpg", kind="image")


def post(n: int = 1, *, version: int = 1, statements: tuple[str, ...] | None = None, **more: object) -> Post:
    fields: dict[str, object] = {
        "id": f"p{n}", "kind": "update", "version": version, "at": at(n), "updated_at": at(n),
        "head": f"The northern army says {n}", "statements": (f"s{n}",) if statements is None else statements,
        "day": date(2031, 4, 1),
    }  # fmt: skip
    return Post(**(fields | more))  # type: ignore[arg-type]


def overview(*cites: str, n: int = 90, version: int = 1, kind: str = "overview") -> Post:
    lines = tuple(Line(text=f"The northern army says so ({c}).", cites=(c,)) for c in cites)
    return post(n, version=version, statements=(), kind=kind, lines=lines)


def kept(store: Store, n: int = 1, **more: object) -> None:
    with store.write(actor="intake", at=at(n)) as w:
        w.append(Captured(capture=capture(n, **more)))  # type: ignore[arg-type]


def told(w: Writer, it: Statement, *claims: Claim, questions: tuple[tuple[str, ...], ...] | None = None) -> None:
    """A statement with its reading; each claim answers a question of its own unless told otherwise."""
    asked = questions if questions is not None else tuple((f"q{n}",) for n in range(len(claims)))
    w.append(Stated(statement=it))
    w.append(Read(statement=it.id, reading=reading(*claims, text=it.text), questions=asked))


def accepted(w: Writer, statement_id: str, *numbers: int, by: str = "rule") -> None:
    w.append(Decided(statement=statement_id, decision="accept", by=by, accepted=numbers))  # type: ignore[arg-type]


def published(store: Store, n: int = 1, *, it: Statement | None = None, more: tuple[Claim, ...] = ()) -> Statement:
    """A statement with one claim (and more) that counts, and a post that carries it."""
    it = it or statement(n)
    claims = (claim(f"{n} soldiers", n=n), *more)
    with store.write(actor="intake", at=at(n)) as w:
        told(w, it, *claims)
        accepted(w, it.id, *range(len(claims)))
        w.append(Posted(post=post(n, statements=(it.id,))))
    return it
