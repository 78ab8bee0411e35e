"""What an editor decides about questions: put together, set apart, moved, marked, taken back. Each act is one transaction.

The ledger's actor is always "desk" (H12); who it was stands in the staff log. Readings are never rewritten.
"""

from dataclasses import replace
from typing import Final

from sayso.errors import Refused
from sayso.flow.arrival.intake import short_hash
from sayso.flow.clock import world_now
from sayso.flow.desk.review import DESK
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.standing import Standing
from sayso.flow.shift.staff import Staff
from sayso.model.event import KeptApart, Marked, Merged, Moved, TakenBack
from sayso.model.grouping import Decision, number_of
from sayso.model.question import Key, Said
from sayso.publish.own_voice import own_voice
from sayso.publish.titles import names_of
from sayso.reconcile import why_not
from sayso.store import Writer

#: Digits of the mark of a question of its own.
APART_DIGITS: Final = 8


class Regrouping:
    """The decisions of one coverage's editors about its questions."""

    def __init__(self, room: Newsroom) -> None:
        self.room = room
        self.staff = Staff(room.store)

    def merge(self, question: str, into: str, *, reason: str, who: str) -> None:
        """Put a question together with another, by their ids.

        Raises Refused without a reason, where they are one already (so that no ring can come about), and where they
        ask different things (R9).
        """
        with self.room.store.write(actor=DESK, at=world_now()) as w:
            one, other = self._pair(w, question, into, reason)
            posts = w.posts_answering((one.id, other.id))
            w.append(Merged(question=one, into=other, reason=reason.strip(), posts=posts))
        self._done(who, "put questions together", f"{question} {into}")

    def keep_apart(self, question: str, into: str, *, reason: str, who: str) -> None:
        """Note that two questions that look like one are two, so that it is not proposed again."""
        with self.room.store.write(actor=DESK, at=world_now()) as w:
            one, other = self._pair(w, question, into, reason or "not the same")
            w.append(KeptApart(question=one, into=other, reason=reason.strip()))
        self._done(who, "kept questions apart", f"{question} {into}")

    def move(self, claim: str, *, question: str, into: str | None, reason: str, who: str) -> None:
        """Move a claim from a question to another, or to one of its own (`into` None).

        Raises Refused without a reason, where the claim does not answer the question (any more), and where the two
        questions ask different things (R9).
        """
        with self.room.store.write(actor=DESK, at=world_now()) as w:
            questions, was = Standing(w, self.room.coverage), w.roots([question])[question]
            said = self._claim(w, claim, was)
            earlier = self._brought_by(questions, said, was)
            base = earlier.event.question if earlier else self._computed(questions, said, was)
            to = set_apart(said, base) if into is None else self._key(questions, w.roots([into])[into])
            self._refuse(self._key(questions, was), to, reason)
            posts = self._showing(w, said, was, to.id)
            if earlier is not None:  # moves are no chain: the first one makes place for the second
                w.append(TakenBack(decision=earlier.seq, reason=reason.strip(), statement=said.statement))
            if to.id != questions.grouping.root(base.id):
                count = said.claim.count
                w.append(
                    Moved(
                        statement=said.statement, type=said.claim.type, span=said.claim.span,
                        figure=count.span if count else None, question=base, into=to, reason=reason.strip(), posts=posts,
                    )
                )  # fmt: skip
        self._done(who, "moved a claim", f"{claim} {question}")

    def mark(self, claim: str, *, question: str, reason: str, who: str) -> None:
        """Mark a claim among the answers to a question as one that cannot be verified.

        Raises Refused without a reason, where the claim does not answer the question (any more), and where it is marked
        already.
        """
        with self.room.store.write(actor=DESK, at=world_now()) as w:
            questions, was = Standing(w, self.room.coverage), w.roots([question])[question]
            (said,) = questions.titled([self._claim(w, claim, was)])
            if said.unverifiable:
                raise Refused("It is marked already. Take that back to say it anew.")
            self._refuse_reason(reason)
            earlier, count = self._brought_by(questions, said, was), said.claim.count
            w.append(
                Marked(
                    statement=said.statement, type=said.claim.type, span=said.claim.span,
                    figure=count.span if count else None, reason=reason.strip(), posts=self._showing(w, said),
                    question=earlier.event.question if earlier else self._computed(questions, said, was),
                )
            )  # fmt: skip
        self._done(who, "marked a claim as one that cannot be verified", f"{claim} {question}")

    def take_back(self, decision: int, *, reason: str, who: str) -> None:
        """Take back a decision by the number of its row. Raises Refused without a reason, and for one that does not
        stand."""
        with self.room.store.write(actor=DESK, at=world_now()) as w:
            found = next((d.event for d in w.grouping().decisions if d.seq == decision), None)
            if found is None:
                raise Refused("That decision does not stand any more.")
            if not reason.strip():
                raise Refused("Say why: the reason stays in the ledger.")
            shown = () if isinstance(found, KeptApart) else w.posts_answering((found.question.id, found.into.id))
            shown = tuple(sorted({*shown, *found.posts})) if isinstance(found, Marked) else shown
            statement = found.statement if isinstance(found, Moved | Marked) else None
            w.append(TakenBack(decision=decision, reason=reason.strip(), statement=statement, posts=shown))
        self._done(who, "took back a decision about questions", str(decision))

    # parts of the above

    def _showing(self, w: Writer, said: Said, *questions: str) -> tuple[str, ...]:
        """The posts that show a claim, or how answers to these questions and to its own stand."""
        own = tuple(p.id for p in w.posts_of(said.statement) if p.state == "published")
        return tuple(sorted({*own, *w.posts_answering((*questions, *w.questions_of(said.id)))}))

    def _pair(self, w: Writer, question: str, into: str, reason: str) -> tuple[Key, Key]:
        questions, roots = Standing(w, self.room.coverage), w.roots([question, into])
        one, other = (self._key(questions, roots[id_]) for id_ in (question, into))
        self._refuse(one, other, reason)
        return one, other

    def _refuse(self, one: Key, other: Key, reason: str) -> None:
        why = why_not(one, other, self.room.coverage.conflict)
        if why:
            raise Refused(why)
        self._refuse_reason(reason)

    def _refuse_reason(self, reason: str) -> None:
        if not reason.strip():
            raise Refused("Say why: readers see the reason with the question.")
        conflict, never = self.room.coverage.conflict, self.room.coverage.own_voice_never
        if found := own_voice(reason, never, names=names_of(conflict)):
            raise Refused(f"Readers see the reason: it may not say “{found[0].word}” in our own voice.")

    def _key(self, questions: Standing, id_: str) -> Key:
        found = questions.key(id_)
        if found is None:
            raise Refused("There is no such question (any more).")
        return found

    def _claim(self, w: Writer, claim: str, question: str) -> Said:
        said = w.claim(claim)
        if said is None or question not in w.questions_of(claim):
            raise Refused("The claim does not answer that question (any more): look again.")
        return said

    def _computed(self, questions: Standing, said: Said, question: str) -> Key:
        found = next((k for k in questions.keys(said) if questions.grouping.root(k.id) == question), None)
        if found is None:
            raise Refused("The claim does not answer that question (any more): look again.")
        return found

    def _brought_by(self, questions: Standing, said: Said, question: str) -> Decision | None:
        """The move that brought a claim to a question; None where it answers it by itself."""
        asked = {0: (said.claim, tuple(k.id for k in questions.keys(said)))}
        for decision in questions.grouping.decisions:
            move = decision.event
            if not isinstance(move, Moved) or move.statement != said.statement:
                continue
            if questions.grouping.root(move.into.id) == question and number_of(move, asked) is not None:
                return decision
        return None

    def _done(self, who: str, action: str, detail: str) -> None:
        self.staff.note(who, action, detail)
        self.room.changed()


def set_apart(said: Said, base: Key) -> Key:
    """A question of its own for a claim: the same fields with a mark made of the claim's words."""
    count = said.claim.count
    words = (count.span if count else None) or said.claim.span
    mark = short_hash(said.statement, said.claim.type, str(words.start), base.id)[:APART_DIGITS]
    return replace(base, apart=mark)
