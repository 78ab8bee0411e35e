"""What an editor is shown about questions: likely merges among the newest, and one question with its answers."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from sayso.desk.questions import Alike, Answering, Asked, Bygone, Decided, Other, QuestionsDesk, QuestionSheet
from sayso.errors import Refused
from sayso.flow.desk.lowering import Lowering
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.standing import Standing
from sayso.model.grouping import Decision
from sayso.model.question import Key, Said
from sayso.reconcile import LOST, Likely, Seen, claimant_of, days_beside, decision_words, likely, why_not, wording

#: Newest questions that are looked through for likely merges, and those near to each by its id.
NEWEST: Final = 200
NEAR: Final = 60
#: Newest answers through which a question is looked at here: of each claimant, and claimants.
OF_EACH: Final = 2
MOUTHS: Final = 8
#: Questions of its kind, the newest, that a claim is offered instead of its own.
OTHERS: Final = 12
#: Answers of one claimant, and claimants, that an editor can move.
SHOWN_OF_EACH: Final = 24
SHOWN_MOUTHS: Final = 48
LAST_LETTER: Final = "\U0010ffff"


class Questions:
    """The questions of one coverage as an editor sees them."""

    def __init__(self, room: Newsroom) -> None:
        self._room = room
        self._store = room.store
        self._conflict = room.coverage.conflict
        self._lowering = Lowering(room)

    def page(self, *, find: str = "") -> QuestionsDesk:
        """The newest questions, or those whose ids hold the words to find, and what looks like one among them."""
        standing = Standing(self._store, self._room.coverage)
        rows = self._store.questions(limit=NEWEST, containing=find.casefold().split())
        seen = {id_: s for id_, n, _ in rows if (s := self._seen(standing, id_, n)) is not None}
        for id_ in sorted(self._near(s.key for s in list(seen.values())) - set(seen)):
            found = self._seen(standing, id_, 1)
            if found is not None:
                seen[id_] = found
        newest = (self._asked(seen[i].key, claims=n, last_at=at) for i, n, at in rows if i in seen)
        decided = reversed(standing.grouping.decisions)
        return QuestionsDesk(
            alike=tuple(self._alike(standing, seen.values())),
            newest=tuple(newest),
            decided=tuple(self._decided(d) for d in decided),
            lost=tuple(Bygone(at=d.at, sentence=LOST[d.kind]) for d in reversed(self._store.lost())),
            lowered=self._lowering.now(),
        )

    def sheet(self, question: str) -> QuestionSheet:
        """One question, or what it was put together with. Raises Refused where nothing answers it (any more)."""
        standing = Standing(self._store, self._room.coverage)
        id_ = standing.grouping.root(question)
        said = standing.titled(self._store.answers(id_, of_each=SHOWN_OF_EACH, mouths=SHOWN_MOUTHS))
        key = standing.key(id_)
        if key is None or not said:
            raise Refused("There is no such question (any more).")
        like = self._store.asked_between(key.stem, key.stem + LAST_LETTER, newest=NEAR)
        seen = {i: s for i in {*like, *self._near([key]), id_} if (s := self._seen(standing, i, 1)) is not None}
        others = sorted((s.key for s in seen.values() if not why_not(key, s.key, self._conflict)), key=lambda k: k.id)
        return QuestionSheet(
            question=self._asked(key, claims=len(said)),
            answers=tuple(self._answering(s) for s in reversed(said)),
            others=tuple(self._asked(k) for k in others),
            alike=tuple(a for a in self._alike(standing, seen.values()) if id_ in (a.question.id, a.into.id)),
            decided=tuple(self._decided(d) for d in standing.grouping.about(id_)),
        )

    def others(self, claim: str) -> tuple[Other, ...]:
        """The questions that a claim, counted or not, may answer instead of its own: those that look like one with it
        first, with the reason."""
        standing, said = Standing(self._store, self._room.coverage), self._store.claim(claim)
        if said is None:
            return ()
        own = {q: key for q in self._store.questions_of(claim) if (key := standing.key_of(q, (said,))) is not None}
        return tuple(o for q, key in own.items() for o in self._others(standing, said, q, key))

    # parts of the above

    def _others(self, standing: Standing, said: Said, question: str, key: Key) -> list[Other]:
        like = self._store.asked_between(key.stem, key.stem + LAST_LETTER, newest=OTHERS)
        seen = {i: s for i in {*like, *self._near([key])} - {question} if (s := self._seen(standing, i, 1)) is not None}
        why = {
            id_: pair.reason
            for pair in likely([Seen(key=key, claims=1, said=(said,)), *seen.values()], self._conflict)
            for id_ in (pair.question.id, pair.into.id)
            if question in (pair.question.id, pair.into.id)
        }
        found = [
            Other(question=question, id=i, wording=wording(s.key, self._conflict), reason=why.get(i, ""))
            for i, s in sorted(seen.items()) if not why_not(key, s.key, self._conflict)
        ]  # fmt: skip
        return sorted(found, key=lambda o: not o.reason)

    def _seen(self, standing: Standing, id_: str, claims: int) -> Seen | None:
        said = self._store.answers(id_, of_each=OF_EACH, mouths=MOUTHS)
        key = standing.key_of(id_, said)
        return None if key is None or not said else Seen(key=key, claims=claims, said=said)

    def _near(self, keys: Iterable[Key]) -> set[str]:
        """The ids of questions that may be one with these: on the days beside, and those that begin in the same way where
        no day tells them apart."""
        ranges = {r for key in keys for r in ranges_near(key)}
        return {i for first, last in ranges for i in self._store.asked_between(first, last, newest=NEAR)}

    def _alike(self, standing: Standing, seen: Iterable[Seen]) -> Iterator[Alike]:
        found: Sequence[Likely] = likely(seen, self._conflict)
        for pair in found:
            if not standing.grouping.is_kept_apart(pair.question.id, pair.into.id):
                yield Alike(question=self._asked(pair.question), into=self._asked(pair.into), reason=pair.reason)

    def _asked(self, key: Key, *, claims: int = 0, last_at: datetime | None = None) -> Asked:
        return Asked(id=key.id, wording=wording(key, self._conflict), claims=claims, last_at=last_at)

    def _decided(self, decision: Decision) -> Decided:
        sentence = decision_words(decision.event, self._conflict)
        return Decided(seq=decision.seq, at=decision.at, sentence=sentence, reason=decision.event.reason)

    def _answering(self, said: Said) -> Answering:
        statement = self._store.statement(said.statement)
        return Answering(
            claim=said.id,
            statement=said.statement,
            claimant=claimant_of(said, self._conflict).name,
            outlet=said.outlet,
            words=statement.text[slice(*said.claim.span)] if statement else "",
            said_at=said.said_at,
            withdrawn=said.withdrawn,
            unverifiable=said.unverifiable,
        )


def ranges_near(key: Key) -> Iterator[tuple[str, str]]:
    """Ranges of ids, both ends inclusive, in which questions stand that may be one with this question."""
    for beside in days_beside(key):
        yield beside.id, beside.id
    if key.day is None:
        yield key.stem, key.stem + LAST_LETTER
