"""What the desk has not let out stands in no public byte: canary words in 500 drafts, held items, rows on their way out and
speakers whose names are withheld, looked for in pages, feeds, streams, errors, exports and logs."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import structlog

from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.views import CoverageViews
from sayso.flow.press.composing import Composing
from sayso.flow.press.outgoing import WayOut
from sayso.flow.record.exporting import export_coverage
from sayso.model.draft import Composed
from sayso.model.outgoing import Release
from sayso.model.post import SourceCard
from sayso.web.deltas import payload
from tests.desk.factory import NOW
from tests.web.crawling import public_bytes
from tests.web.desk_room import browser, newsroom, take_in

TEXT = "The Tesk Guard said 12 soldiers were killed near Ubel."
#: How many of each; five hundred in all.
KINDS = {"draft": 380, "held": 50, "going": 50, "withheld": 20}


class Hidden:
    """Canary words by kind, as they were put into what is not out."""

    def __init__(self, room: Newsroom) -> None:
        self.room = room
        self.review = Review(room)
        self.way_out = WayOut(self.review)
        self.composing = Composing(self.way_out)
        self.words: dict[str, list[str]] = {kind: [] for kind in KINDS}
        self.ids: list[str] = []
        self.logs = ""
        self.desk = browser(room).sign_in()

    def put(self, kind: str, canary: str, dice: random.Random) -> None:
        self.words[kind].append(canary)
        match kind:
            case "draft":
                self.draft(canary, dice)
            case "held":
                self.ids.append(take_in(self.room, f"{TEXT} {canary} {dice.random()}").id)
            case "going":
                self.going(canary, dice)
            case _:
                self.withheld(canary, f"I saw {dice.randint(2, 90)} people on the road, number {dice.random()}.")

    def draft(self, canary: str, dice: random.Random) -> None:
        """A draft with the word somewhere: in its head, text, a page that it points at, or what was wrong; or by a person of
        that name."""
        link = SourceCard(url=f"https://{canary}.example/", host=f"{canary}.example", at=NOW, title=canary)
        places: list[dict[str, Any]] = [
            {"head": canary}, {"text": f"Desk: {canary} at 41.43217, 12.34567"}, {"links": (link,)}, {"wrong": canary}, {},
        ]  # fmt: skip
        who = canary if not (place := dice.choice(places)) else "ana"
        self.ids.append(self.composing.begin(Composed(**{"head": "The desk: a word", **place}), who=who).id)

    def withheld(self, canary: str, said: str) -> None:
        """What somebody said whose name an editor typed and withheld; it is out."""
        form = {"text": said, "says": canary, "withheld": "yes", "channel": "call"}
        answer = self.desk.post("/desk/c/orland/paste", at="/desk/c/orland/paste", **form)
        statement = str(answer.headers["location"]).partition("?")[0].rpartition("/")[2]
        self.review.publish(statement, accepted=(), seen=(), who=canary)

    def going(self, canary: str, dice: random.Random) -> None:
        """A statement on its way out, or a text."""
        if dice.random() < 0.5:
            it = take_in(self.room, f"{TEXT} {canary}")
            stamp = self.review.sheet(it.id).stamp
            assert self.way_out.publish(it.id, accepted=(0,), seen={f"{it.id}.0"}, who=canary, stamp=stamp)
            self.ids.append(it.id)
        else:
            composed = Composed(head=f"The desk: {canary}", text=f"Desk: {canary}")
            assert self.composing.publish(self.composing.begin(composed, who=canary), who=canary)


@pytest.fixture(scope="module")
def hidden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hidden]:
    """A newsroom with one entry out and five hundred words that are not."""
    room = newsroom(tmp_path_factory.mktemp("canaries"), release=Release(undo_s=600, delay_min=0))
    made, dice, number = Hidden(room), random.Random(7), 0
    out = take_in(room, TEXT)
    made.review.publish(out.id, accepted=(0,), seen=(f"{out.id}.0",), who="ana")
    with heard() as logs:
        for kind, many in KINDS.items():
            for _ in range(many):
                number += 1
                made.put(kind, f"kanarie{number:03d}q", dice)
        made.logs = repr(logs)
    yield made
    room.store.close()


@contextmanager
def heard() -> Iterator[list[Any]]:
    """Everything that is logged while the block lasts."""
    with structlog.testing.capture_logs() as logs:
        yield logs


def found(words: list[str], body: bytes | str) -> list[str]:
    text = body if isinstance(body, str) else body.decode("utf-8", "replace")
    return [w for w in words if w in text] if "kanarie" in text or "41.43217" in text else []


def all_words(hidden: Hidden) -> list[str]:
    return ["41.43217", *(w for words in hidden.words.values() for w in words)]


def test_no_page_feed_or_error_holds_one(hidden: Hidden) -> None:
    with heard() as logs:
        everything = public_bytes(hidden.room, most=2_000)
    assert any(TEXT.encode() in body for body in everything.values()), "the crawl sees what is out"
    assert any(path.endswith("feed.atom") for path in everything)
    assert {p: w for p, body in everything.items() if (w := found(all_words(hidden), body))} == {}
    assert found(all_words(hidden), repr(logs)) == []


def test_no_address_of_what_is_not_out_answers_with_one(hidden: Hidden) -> None:
    stranger = browser(hidden.room).client  # who has not signed in
    for id_ in random.Random(3).sample(hidden.ids, 40):
        for path in (f"/desk/c/orland/compose/{id_}", f"/desk/c/orland/s/{id_}", f"/desk/c/orland/out/{id_}/undo"):
            answer = stranger.request("GET", path)
            assert answer.status_code in (303, 404, 405)
            assert found(all_words(hidden), answer.content) == []


def test_no_message_of_the_stream_holds_one(hidden: Hidden) -> None:
    views = CoverageViews(hidden.room)
    told = [payload(views, change) for change in views.changes(0)]
    assert told
    assert found(all_words(hidden), repr(told)) == []


def test_no_export_holds_a_draft_a_row_on_its_way_or_a_person(hidden: Hidden, tmp_path: Path) -> None:
    import zipfile

    file = tmp_path / "all.zip"
    (tmp_path / "files").mkdir()
    export_coverage(hidden.room, tmp_path / "files", file, say=lambda _: None)
    with zipfile.ZipFile(file) as packed:
        body = b"".join(packed.read(name) for name in packed.namelist()).decode("utf-8", "replace")
    written = [*hidden.words["draft"], *hidden.words["withheld"], "41.43217"]
    assert found(written, body) == []


def test_no_line_of_the_log_holds_one(hidden: Hidden) -> None:
    assert found(all_words(hidden), hidden.logs) == []
