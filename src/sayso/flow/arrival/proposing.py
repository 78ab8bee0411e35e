"""What a language model proposes beside what the rules read: asked afterwards, and never in the way of a statement.

A statement is read by rules, stored and decided about at once. The proposals that its text bears out come later, as a
further reading of it that leaves the numbers of the claims before them as they were; only an editor accepts them (H1).
"""

import asyncio
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import structlog

from sayso import __version__
from sayso.coverage import load, load_settings
from sayso.errors import BadSetting, SaysoError
from sayso.fetch import Door, Limits
from sayso.flow.arrival.reading import read_as, setting_of, sources_by_name
from sayso.flow.clock import world_now
from sayso.flow.newsroom import Newsroom, private_hosts
from sayso.flow.texts import make_reader, repaired_by_parser
from sayso.model.claim import Part, Passage, Reading, Span
from sayso.model.conflict import Conflict
from sayso.model.coverage import Coverage, Model
from sayso.model.setting import Setting
from sayso.model.statement import Statement
from sayso.propose import Asker, asker
from sayso.read import Reader
from sayso.read.models.proposals import Answers
from sayso.read.models.weighing import weighed, worth_asking

log = structlog.get_logger()

PROPOSALS: Final = "proposals"  # the actor of these rows in the ledger
AN_HOUR: Final = timedelta(hours=1)
LARGEST_ANSWER: Final = 2**20  # bytes as they come, with what the endpoint tells beside the answer
TRIES: Final = 3
FIRST_PAUSE_S: Final = 30.0
LONGEST_PAUSE_S: Final = 900.0
LOOKED_AT: Final = 50  # of the newest statements; what is older is no longer waited for
OPEN: Final = ("new", "held", "accepted")


def asker_for(coverage: Coverage, door: Door) -> Asker | None:
    """The coverage's language model, None where it has none.

    Raises BadSetting where its client is not installed or the variable that should hold its key is not set.
    """
    model = coverage.model
    if model is None:
        return None
    key = os.environ.get(model.key_env) if model.key_env else None
    if model.key_env and not key:
        raise BadSetting(
            f"coverage.toml: key_env in [reader.model] names {model.key_env}, which is not set: "
            f"put the key into the environment variable {model.key_env}, or leave key_env out"
        )
    limits = Limits(max_bytes=LARGEST_ANSWER, total_s=model.timeout_s)
    return asker(url=model.url, model=model.model, key=key, timeout_s=model.timeout_s, transport=door.transport(limits))


@dataclass(slots=True)
class Budget:
    """How many sentences may still be asked about within the hour."""

    most: int
    now: Callable[[], datetime] = world_now
    asked: deque[datetime] = field(default_factory=deque)

    def left(self) -> int:
        """How many more may be asked now."""
        while self.asked and self.now() - self.asked[0] >= AN_HOUR:
            self.asked.popleft()
        return self.most - len(self.asked)

    def take(self) -> None:
        """One more is asked."""
        self.asked.append(self.now())


class Proposing:
    """Asks about the statements that wait for an editor, the newest first, within the budget of the coverage."""

    def __init__(self, room: Newsroom, asker: Asker, model: Model) -> None:
        self.room = room
        self.asker = asker
        self.budget = Budget(model.max_passages_per_hour)
        self.done: set[str] = set()
        self.tries: dict[str, int] = {}
        self.failures = 0
        self.not_before = world_now()

    async def propose_waiting(self) -> int:
        """How many statements got a further reading. What fails is asked again after a pause, three times in all."""
        made = 0
        for statement, reading in await asyncio.to_thread(lambda: list(self.waiting())):
            passages = worth_asking(self.room.reader, reading)[: self.budget.most]
            if world_now() < self.not_before or self.budget.left() < len(passages):
                break
            answers = await self.answers(statement, passages)
            if answers is not None and await asyncio.to_thread(self.keep, statement, reading, answers):
                made += 1
                self.room.changed()
        return made

    def waiting(self) -> Iterator[tuple[Statement, Reading]]:
        """The statements that nobody asked about yet, with their readings by rules; none that an editor has judged,
        and none that was typed in at the desk: what somebody told an editor goes to no other machine (H11)."""
        store = self.room.store
        for row in store.inbox(states=OPEN, limit=LOOKED_AT):
            statement = row.statement
            if statement.id in self.done:
                continue
            reading = store.reading(statement.id)
            if (
                statement.clipped
                or row.decided_by == "editor"
                or reading is None
                or reading.asked
                or reading.reader != self.room.reader.version
                or not worth_asking(self.room.reader, reading)
            ):
                self.done.add(statement.id)
            else:
                yield statement, reading

    async def answers(self, statement: Statement, passages: Sequence[Passage]) -> Answers | None:
        """What the model answers about each sentence; None where it could not be asked and will be once more."""
        found: dict[Span, str | None] = {p.span: None for p in passages}
        try:
            for passage, before in with_before(passages):
                self.budget.take()
                found[passage.span] = await self.asker.ask(passage.text, before, self.room.coverage.conflict)
        except SaysoError as err:
            log.warning("proposals.not_answered", statement=statement.id, error=str(err))
            if not self.gives_up(statement, getattr(err, "retry_after_s", None)):
                return None
        else:
            self.failures = 0
        self.done.add(statement.id)
        return Answers(model=self.asker.model, by_span=found)

    def gives_up(self, statement: Statement, asked_pause_s: float | None) -> bool:
        """Whether a statement that failed once more is not asked about again; sets the pause before the next one."""
        self.failures += 1
        self.tries[statement.id] = self.tries.get(statement.id, 0) + 1
        pause_s = min(FIRST_PAUSE_S * 2.0 ** min(self.failures - 1, 10), LONGEST_PAUSE_S)
        self.not_before = world_now() + timedelta(seconds=max(pause_s, asked_pause_s or 0.0))
        return self.tries[statement.id] >= TRIES

    def keep(self, statement: Statement, reading: Reading, answers: Answers) -> bool:
        """Whether the further reading was stored; not where an editor was faster, or a takedown."""
        room, source = self.room, sources_by_name(self.room.coverage).get(statement.source)
        if source is None:
            return False
        setting = setting_of(room.coverage, source, statement)
        try:
            further = weighed(room.reader, reading, statement.text, statement.parts, setting, answers)
            read = read_as(room.coverage, statement, further, origin=room.store.origin(statement.id))
        except Exception:  # the reading by rules stands; a fault of ours in weighing proposals takes nothing from it
            log.exception("proposals.broke_us", statement=statement.id)
            return False
        with room.store.write(actor=PROPOSALS, at=world_now()) as w:
            if (
                w.statement(statement.id) is None
                or w.reading(statement.id) != reading
                or w.editors_decision(statement.source, statement.key) is not None
            ):
                return False
            w.append(read)
        kept = sum(c.proposed for c in further.claims)
        log.info("proposals.read", statement=statement.id, kept=kept, dropped=sum(n for _, n in further.dropped))
        return True


def proposing_for(room: Newsroom) -> Proposing | None:
    """What asks the coverage's language model, None where it has none. Raises BadSetting as `asker_for` does."""
    asker, model = asker_for(room.coverage, room.door), room.coverage.model
    return None if asker is None or model is None else Proposing(room, asker, model)


def with_before(passages: Sequence[Passage]) -> Iterator[tuple[Passage, str]]:
    """Each sentence with the one before it in the same entry, which may name who speaks."""
    before: Passage | None = None
    for passage in passages:
        yield passage, before.text if before is not None and before.entry == passage.entry else ""
        before = passage


def read_with_model_of(
    folder: Path, text: str, parts: Sequence[Part], setting: Setting
) -> tuple[Reading, tuple[str, ...]]:
    """The reading of a text with what the language model of the coverage in `folder` proposes and the text bears out,
    and what went wrong in asking. Raises BadSetting where the coverage names no model, or its client is missing."""
    coverage, settings = load(folder), load_settings(folder)
    door = Door(allow=private_hosts(settings), user_agent=settings.user_agent or f"sayso/{__version__}")
    asker = asker_for(coverage, door)
    if asker is None:
        raise BadSetting(f"{folder / 'coverage.toml'} names no language model: write [reader.model] with url and model")
    reader = repaired_by_parser(make_reader(coverage.conflict), coverage)

    async def ask() -> tuple[Reading, tuple[str, ...]]:
        try:
            return await read_with_model(asker, reader, coverage.conflict, text, parts, setting)
        finally:
            await door.close()

    return asyncio.run(ask())


async def read_with_model(
    asker: Asker, reader: Reader, conflict: Conflict, text: str, parts: Sequence[Part], setting: Setting
) -> tuple[Reading, tuple[str, ...]]:
    """The reading of a text with what the model proposes for it, and what went wrong in asking, in sentences.

    After TRIES failures the rest is not asked about.
    """
    reading = reader.read(text, parts, setting)
    passages = worth_asking(reader, reading)
    found: dict[Span, str | None] = {p.span: None for p in passages}
    wrong: list[str] = []
    for passage, before in with_before(passages):
        try:
            found[passage.span] = await asker.ask(passage.text, before, conflict)
        except SaysoError as err:
            wrong.append(str(err))
            if len(wrong) >= TRIES:
                break
    answers = Answers(model=asker.model, by_span=found)
    return weighed(reader, reading, text, parts, setting, answers), tuple(dict.fromkeys(wrong))
