"""The overview of a day and the standing summary as an editor writes them: drafted by rule, edited as text, published.

Only claims that count can be cited (H1), so that in a coverage with reviewed readings all of them were accepted.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from typing import Final

from sayso.desk import numbers_in_english
from sayso.desk.bullets import OWN, Typed, as_text, figures_in, typed_lines, unborne
from sayso.errors import Refused
from sayso.flow.clock import world_now
from sayso.flow.desk.review import DESK
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.comparing import Comparison
from sayso.flow.pages.renewing import Renewal, renewals, standing_post
from sayso.flow.shift.staff import Staff
from sayso.model.event import Corrected, Posted
from sayso.model.outgoing import DigestKind
from sayso.model.post import Correction, Line, Post
from sayso.model.question import Said
from sayso.publish.lines import numbers_in, numbers_of
from sayso.publish.own_voice import own_voice
from sayso.publish.phrase import says
from sayso.publish.titles import is_enemy_loss, names_of

Kind = DigestKind
SUMMARY_LINES: Final = 6
#: Claims that a form lists to be cited.
MOST_CITED: Final = 250
#: Operators whose bounds are ours, not the source's words (R2).
VAGUE: Final = ("dozens", "hundreds", "thousands", "tens_of_thousands", "hundreds_of_thousands", "several", "many")

#: How much two lines of the desk's own share of their words if one was made of the other. [ours]
ALIKE: Final = 0.6
ANOTHER_TEXT: Final = (
    "Somebody published another text while you wrote: compare the two, then publish yours if it still holds."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citable:
    """A claim that a line may cite, by its number in the form, with its sentence."""

    number: int
    said: Said
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSheet:
    """What the desk's form shows: the text, the claims that can be cited, what is out and what it should say by now.

    `stamp` is the version that is out, "0" if none is; `text` is that version's, or the draft's.
    """

    kind: Kind
    day: date
    text: str
    claims: tuple[Citable, ...]
    post: Post | None
    renewals: tuple[Renewal, ...]
    stamp: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What came with the form: the text, the ids of the claims that it listed in its order, the version that its editor
    saw, and what was wrong with that, where a figure of it was."""

    stamp: str
    text: str = ""
    claims: tuple[str, ...] = ()
    wrong: str = ""


class Digests:
    """The overviews and the summary of one coverage. `who` is the account that acts; only the staff log has it."""

    def __init__(self, room: Newsroom) -> None:
        self.room = room
        self.coverage = room.coverage
        self.staff = Staff(room.store)

    @property
    def today(self) -> date:
        """Today in the coverage's zone."""
        return self.coverage.local_day(self.room.clock.now())

    def sheet(self, kind: Kind, day: date, *, anew: bool = False) -> DigestSheet:
        """The form's content; `anew` puts the draft into the text though another one is out."""
        compared = Comparison(self.room, world=world_now())
        post = self._post(kind, day)
        drafted = compared.overview(day) if kind == "overview" else compared.summary
        lines = post.lines if post and not anew else drafted
        own = compared.of_day(day) if kind == "overview" else self._standing(compared)
        ids = dict.fromkeys(c for x in (*lines, *(post.lines if post else ()), *drafted) for c in x.cites)
        cited = compared.claims(ids)
        claims = tuple({s.id: s for s in (*cited, *(s for s in own if not s.withdrawn))}.values())[:MOST_CITED]
        known = {s.id for s in claims}
        kept = [replace(x, cites=tuple(c for c in x.cites if c in known)) for x in lines]
        return DigestSheet(
            kind=kind, day=day, post=post, stamp=stamp_of(post), text=as_text(kept, [s.id for s in claims]),
            claims=tuple(
                Citable(number=n, said=s, sentence=says(s, compared.mouth(s), conflict=compared.conflict))
                for n, s in enumerate(claims, 1)
            ),
            renewals=renewals(post, compared) if post else (),
        )  # fmt: skip

    def ready(self, kind: Kind, day: date, written: Written) -> tuple[Line, ...]:
        """What an editor wrote, as it can go out.

        Raises Refused, naming the line, for a figure that no claim it cites says (R19), a line without a citation that
        is not marked as the desk's own, a word that takes a side (H6), a claim that does not count (H1); and where
        a figure of a line that is out changes without a newer claim in its place, unless it is said what was wrong.
        """
        compared = Comparison(self.room, world=world_now())
        typed = typed_lines(written.text, written.claims)
        if not typed:
            raise Refused("There is no line in it.")
        if kind == "summary" and len(typed) > SUMMARY_LINES:
            raise Refused(f"“What is claimed” has {SUMMARY_LINES} lines at most; these are {len(typed)}.")
        lines = tuple(self._line(t, kind, compared) for t in typed)
        self._refuse_change(self._post(kind, day), lines, written)
        return lines

    def save(self, kind: Kind, day: date, written: Written, *, who: str, outgoing: str | None = None) -> Post:
        """Publish what an editor wrote. Raises Refused as `ready` does, and where `outgoing` is no longer in the queue."""
        return self._publish(kind, day, self.ready(kind, day, written), written, who=who, outgoing=outgoing)

    def renewed(self, kind: Kind, day: date, line: int, cited: str, *, stamp: str) -> tuple[Line, ...]:
        """The lines with the drafted one in the place of the one whose claim was superseded."""
        compared = Comparison(self.room, world=world_now())
        post = self._post(kind, day)
        found = [r for r in (renewals(post, compared) if post else ()) if (r.line, r.cited) == (line, cited)]
        if post is None or not found:
            raise Refused("There is nothing to renew in that line (any more).")
        draft = found[0].draft
        lines = (*post.lines[:line], *((draft,) if draft else ()), *post.lines[line + 1 :])
        if not lines:
            raise Refused("Nothing would be left of it: write another text.")
        self._refuse_change(post, lines, Written(stamp=stamp))
        return lines

    def renew(  # noqa: PLR0913 - which line, and from which place in the queue
        self, kind: Kind, day: date, line: int, cited: str, *, stamp: str, who: str, outgoing: str | None = None
    ) -> Post:
        """Publish the renewed lines."""
        lines = self.renewed(kind, day, line, cited, stamp=stamp)
        return self._publish(kind, day, lines, Written(stamp=stamp), who=who, outgoing=outgoing)

    # parts of the above

    def _post(self, kind: Kind, day: date) -> Post | None:
        return standing_post(self.room.store, kind, day if kind == "overview" else None)

    def _standing(self, compared: Comparison) -> Iterable[Said]:
        tally = compared.tally
        return (x.said for x in (*tally.own, *tally.third, *tally.unnamed))

    def _line(self, typed: Typed, kind: Kind, compared: Comparison) -> Line:
        """The typed line as it goes out."""
        said = compared.claims(typed.cites)
        gone = set(typed.cites) - {s.id for s in said if not s.withdrawn}
        if gone:
            raise Refused(f"Line {typed.number} cites a claim that does not count (any more): cite another one.")
        words = own_voice(typed.text, self.coverage.own_voice_never, names=names_of(self.coverage.conflict))
        if words:
            raise Refused(
                f"Line {typed.number} says “{words[0].word}”, which takes a side: quote it, or say it plainly."
            )
        if not typed.hand:
            self._refuse_unborne(typed, said, compared)
        enemy = any(is_enemy_loss(s.claim, self.coverage.conflict) for s in said)
        if enemy and kind == "summary":
            raise Refused(f"Line {typed.number} gives losses of another side; “What is claimed” never does.")
        return Line(text=typed.text, cites=typed.cites, hand=typed.hand, enemy=enemy)

    def _refuse_unborne(self, typed: Typed, said: Sequence[Said], compared: Comparison) -> None:
        """Refuse a figure that no cited claim says, and a line that names nobody who says it (law 1)."""
        figure = unborne(typed.text, [n for s in said for n in numbers_said(s, compared)])
        if figure:
            raise Refused(
                f"Line {typed.number} says “{figure}”, which none of its claims does: cite the claim that says it, or "
                f"begin the line with “{OWN}”."
            )
        if not any(name.casefold() in typed.text.casefold() for s in said for name in names_said(s, compared)):
            raise Refused(f"Line {typed.number} does not name who says it: {compared.mouth(said[0])}.")

    def _refuse_change(self, post: Post | None, lines: Sequence[Line], written: Written) -> None:
        if written.stamp != stamp_of(post):
            raise Refused(ANOTHER_TEXT)
        if post is None or written.wrong.strip() or not figures_changed(post.lines, lines):
            return
        renewed = {r.line for r in renewals(post, Comparison(self.room, world=world_now()))}
        if figures_changed(post.lines, lines, renewed):
            raise Refused(
                "A figure of a line that is out changes, and no newer claim took its place: say what was wrong."
            )

    def _publish(
        self, kind: Kind, day: date, lines: tuple[Line, ...], written: Written, *, who: str, outgoing: str | None
    ) -> Post:
        now, post, wrong = self.room.clock.now(), self._post(kind, day), written.wrong
        self._refuse_change(post, lines, written)
        with self.room.store.write(actor=DESK, at=world_now()) as w:
            if outgoing is not None:
                w.let_out(outgoing)
            if self._post(kind, day) != post:  # until here the lock was not ours
                raise Refused(ANOTHER_TEXT)
            if post is None:
                after = self._first(kind, day, lines)
                w.append(Posted(post=after))
            else:
                after = replace(post, version=post.version + 1, updated_at=now, lines=lines)
                if wrong.strip():
                    after = replace(after, corrections=(*post.corrections, Correction(at=now, text=wrong.strip())))
                w.append(Corrected(post=after) if wrong.strip() else Posted(post=after))
        self.staff.note(who, f"published the {kind}", after.id)
        self.room.changed()
        return after

    def _first(self, kind: Kind, day: date, lines: tuple[Line, ...]) -> Post:
        """Version 1, or the version after one that was taken down."""
        now = self.room.clock.now()
        id_ = f"overview-{day.isoformat()}" if kind == "overview" else "summary"
        before = self.room.store.post(id_)
        version = before.version + 1 if before else 1
        of = f"day {self.coverage.day_number(day)} in short" if kind == "overview" else "what is claimed"
        return Post(
            id=id_, kind=kind, version=version, at=now, updated_at=now, head=f"The desk: {of}", lines=lines,
            day=day if kind == "overview" else None,
        )  # fmt: skip


def numbers_said(said: Said, compared: Comparison) -> Iterable[float]:
    """Every number that the desk may give as said by a claim (R19): its figures, those in its words and in the names of who
    says it, and the day on which it was said."""
    words = f"{compared.mouth(said)} {compared.sentence(said)}"
    yield from numbers_in_english(words)
    bounds = said.claim.count and said.claim.count.operator in VAGUE
    claim = replace(said.claim, count=None) if bounds else said.claim
    yield from (float(n) for n in (*numbers_of(claim), *numbers_in(words)))
    yield float(compared.coverage.local_day(said.said_at).day)


def names_said(said: Said, compared: Comparison) -> Iterable[str]:
    """Every name that tells readers whose word a claim is."""
    attr, mouth = said.claim.attr, compared.mouth(said).split(",")[0]
    bodies = (b for b in compared.conflict.bodies if b.name == mouth)
    named = (mouth, attr.org, attr.speaker, *(n.removesuffix("*") for b in bodies for n in b.names))
    return (n for n in named if n)


def stamp_of(post: Post | None) -> str:
    """What tells whether a form is stale: the version that is out."""
    return str(post.version) if post else "0"


def figures_changed(before: Sequence[Line], after: Sequence[Line], renewed: Collection[int] = ()) -> bool:
    """Whether a line that is out comes back with other figures; those in `renewed`, by index, may take them from other
    claims, which superseded theirs."""
    new = [x for x in after if x not in before]
    return any(
        is_same_line(was, now) and figures_of(was) != figures_of(now) and not (n in renewed and was.cites != now.cites)
        for n, was in enumerate(before)
        if was not in after
        for now in new
    )


def figures_of(line: Line) -> Counter[frozenset[float]]:
    """The figures of a line, in digits or in words."""
    return Counter(values for _, values in figures_in(line.text) if values)


def is_same_line(was: Line, now: Line) -> bool:
    """Whether one line was made of the other: it cites the same claims or has the same words but for its figures; the desk's
    own words need only be alike."""
    if was.cites and was.cites == now.cites:
        return True
    one, other = words_of(was), words_of(now)
    alike = was.hand and now.hand and SequenceMatcher(a=one, b=other, autojunk=False).ratio() >= ALIKE
    return one == other or alike


def words_of(line: Line) -> list[str]:
    """The words of a line without its figures."""
    text = line.text
    for figure, _ in figures_in(text):
        text = text.replace(figure, " ")
    return re.findall(r"[^\W\d]+", text.casefold())
