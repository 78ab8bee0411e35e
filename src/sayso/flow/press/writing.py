"""What an editor wrote, held to the desk's rules and let out: an entry of the desk's own, or a later version of one."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Final

from sayso.desk import Sheet, exposed, refuse_unfit
from sayso.desk.bearing import Bearer, refuse_retold
from sayso.desk.bullets import unborne
from sayso.desk.composing import DESK as THE_DESK
from sayso.desk.composing import plain_beginning, refuse_head, touches, typo_fault, without_addresses
from sayso.desk.positions import positions
from sayso.errors import Refused
from sayso.flow.clock import world_now
from sayso.flow.desk.deciding import decided, set_beside
from sayso.flow.desk.review import CHANGED, DESK, Review
from sayso.flow.pages.comparing import Comparison
from sayso.flow.press.digests import names_said, numbers_said
from sayso.model.draft import Composed
from sayso.model.event import Corrected, Posted
from sayso.model.outgoing import Outgoing
from sayso.model.post import Correction, Post
from sayso.model.question import Said
from sayso.model.setting import Setting
from sayso.publish.notes import OWN, Block, note_blocks
from sayso.publish.own_voice import own_voice
from sayso.publish.titles import is_enemy_loss, names_of
from sayso.sources import paragraphs

#: The states of a statement that can be attached: it may go out, or is out.
ATTACHED: Final = ("new", "held", "accepted")


class Writing:
    """One text as it stands now among what counts. Everything here is asked anew when it goes out."""

    def __init__(self, review: Review, text: Composed, *, draft: str) -> None:
        self.review = review
        self.room = review.room
        self.coverage = review.coverage
        self.text = text
        self.draft = draft
        self._compared = Comparison(review.room, world=world_now())

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The attached statements. Raises Refused where one is not there (any more)."""
        return tuple(self.review.sheet(s) for s in self.text.statements)

    @cached_property
    def claims(self) -> tuple[Said, ...]:
        """The claims of the attached statements that count, or will once it is out."""
        found = [s for i in self.text.statements for s in (*self._said(i), *self._ticked(i))]
        return self._compared.titled(found)

    @cached_property
    def before(self) -> Post | None:
        """The entry that the text changes. Raises Refused where it is not on the page as its editor saw it."""
        if not self.text.post:
            return None
        post = self.room.store.post(self.text.post)
        if post is None or post.state != "published" or not post.is_entry:
            raise Refused("The entry is not on the page (any more).")
        if post.told != self.text.based_on:
            raise Refused(
                f"The entry changed meanwhile: it is version {post.told} now. Compare the two, then save yours."
            )
        return post

    def refuse_unfit(self) -> None:
        """Raise Refused, in words for the editor, for the first thing for which the text may not go out."""
        names = tuple(n for s in self.sheets for n in self.claimants(s))
        refuse_head(self.text.head, names)
        self._refuse_statements()
        self._refuse_own_voice()
        self._refuse_figures()
        self._refuse_media()
        self._refuse_change()

    def claimants(self, sheet: Sheet) -> tuple[str, ...]:
        """The names with which a head may begin where a statement is attached: who says its claims, else whose words it is."""
        read = (*self._said(sheet.statement.id), *self.room.store.suggested(sheet.statement.id))
        said = (n for s in self._compared.titled(read) for n in names_said(s, self._compared))
        own = (sheet.source.body, sheet.statement.speaker, sheet.source.title)
        return tuple(dict.fromkeys(n for n in (*said, *own) if n))

    def post(self) -> Post:
        """The entry as it will stand."""
        text, now, before = self.text, self.room.clock.now(), self.before
        day = self.coverage.local_day(now)
        first = Post(id=post_id(self.draft), kind="update", version=0, at=now, updated_at=now, head="", day=day)
        after = replace(
            before or first,
            version=(before or first).version + 1,
            updated_at=now,
            head=" ".join(text.head.split()),
            note=text.text.strip(),
            statements=text.statements,
            media=text.media,
            links=text.links,
            pinned=before.pinned if before else text.pinned,
            key_event=before.key_event if before else text.key_event,
            by_rule=False,
        )
        if text.wrong.strip():
            wrong = Correction(at=now, text=text.wrong.strip())
            after = replace(after, corrections=(*after.corrections, wrong))
        return after

    def let_out(self, it: Outgoing) -> Post:
        """The entry, which is out now with the claims that its editor ticked. Raises Refused where a rule forbids it now, or
        where something changed since its editor looked."""
        self.refuse_unfit()
        self.refuse_stale()
        post = self.post()
        with self.room.store.write(actor=DESK, at=world_now()) as w:
            w.let_out(it.id, draft=self.draft)
            for sheet in self.sheets:
                self.review.refuse_stale(sheet)
            if self.before is not None and self.room.store.post(self.before.id) != self.before:
                raise Refused(CHANGED)
            new = [s for s in self.sheets if s.state != "accepted" or self.ticked(s)]
            for sheet in new:
                kept = {c.number for c in sheet.cards if c.accepted}
                w.append(decided(self.room, sheet, kept | self.ticked(sheet)))
            w.append(Corrected(post=post) if self.text.wrong.strip() else Posted(post=post))
            for sheet in new:
                set_beside(self.room, sheet, ledger=w)
        self.review.staff.note(it.user, "published a text" if self.before is None else "changed an entry", post.id)
        self.room.changed()
        return post

    def ticked(self, sheet: Sheet) -> frozenset[int]:
        """The claims of a statement that count only once the text is out, by number."""
        return frozenset(c.number for c in sheet.cards if c.id in self.text.accepted and not c.accepted)

    @property
    def shows_people(self) -> bool:
        """Whether its own pictures can show captured people, or others who can be recognised: a chief publishes them (H9)."""
        covered = self.coverage.replay is None and any(m.sensitive for m in self.text.media)
        return bool(self.text.media) and (covered or self._tells_of_captives())

    # the rules

    def _refuse_statements(self) -> None:
        for sheet in self.sheets:
            if sheet.state not in ATTACHED:
                raise Refused(f"A statement of {sheet.source.title} was {sheet.state.replace('_', ' ')}: take it out.")
            if sheet.post is not None and sheet.post.state != "published":
                raise Refused(f"The entry of {sheet.source.title} was {sheet.post.state}: take the statement out.")
            refuse_unfit(sheet, self.ticked(sheet))
        carried = self.before.statements if self.before else ()
        if self.before is not None and set(carried) - set(self.text.statements):
            raise Refused("A statement was taken out that the entry carries: withdraw the entry instead.")

    def _refuse_own_voice(self) -> None:
        """H6, and no position in the desk's own words (H8)."""
        names = names_of(self.coverage.conflict)
        for part in (self.text.head, *(b.words for b in self.blocks)):
            words = own_voice(part, self.coverage.own_voice_never, names=names)
            if words:
                raise Refused(f"“{words[0].word}” takes a side: put it into quotation marks, or say it plainly.")
            if self.coverage.replay is None and any(positions(part)):
                raise Refused("It gives a position in figures: name the district instead.")

    def _refuse_figures(self) -> None:
        """R19: a figure is borne by an attached claim that counts and told as it tells it, or stands in the desk's own words."""
        numbers, heads = list(self._numbers(self.claims)), list(self._numbers(self._without_enemy()))
        head = self._plain(self.text.head)
        if not self._is_own(head):
            figure = unborne(head, heads)
            if figure and not unborne(head, numbers):
                raise Refused(
                    f"The head says “{figure}”, a figure for the losses of another side: heads never give it."
                )
            if figure:
                raise Refused(f"The head says “{figure}”, which no attached claim that counts says: tick its claim.")
            refuse_retold(head, self._bearers(self._without_enemy()), self.coverage.conflict)
        for block in self.blocks:
            if not block.own:
                self._refuse_block(block, numbers)

    def _refuse_block(self, block: Block, numbers: Sequence[float]) -> None:
        words = self._plain(block.words)
        figure = unborne(words, numbers)
        if figure:
            raise Refused(
                f"The text says “{figure}”, which no attached claim that counts says: tick its claim, or begin the paragraph "
                f"with “{OWN}” if these are the desk’s own words."
            )
        refuse_retold(words, self._bearers(self.claims), self.coverage.conflict)

    def _bearers(self, claims: Iterable[Said]) -> tuple[Bearer, ...]:
        langs = {s.statement.id: s.statement.lang for s in self.sheets}
        return tuple(
            Bearer(
                claim=said.claim,
                names=tuple(names_said(said, self._compared)),
                words=self._compared.words(said),
                lang=langs.get(said.statement),
                others=frozenset(numbers_said(said, self._compared)),
            )
            for said in claims
        )

    def _refuse_media(self) -> None:
        for medium in self.text.media:
            if self._tells_of_captives() and not medium.sensitive:
                raise Refused("It tells of captured people: say why its pictures must be covered.")
            if not ((medium.alt or "").strip() and (medium.credit or "").strip()):
                raise Refused("A picture needs a description of what is visible and a credit.")

    def _refuse_change(self) -> None:
        """What changes in an entry that is out is told to its readers, unless it is the spelling of a word."""
        before = self.before
        if before is None:
            return
        names = names_of(self.coverage.conflict)
        was, now = (" \n".join((p.head, *(b.words for b in note_blocks(p.note)))) for p in (before, self.post()))
        if self.text.typo:
            fault = typo_fault(was, now, names)
            if fault:
                raise Refused(fault)
            return
        touched = touches(was, now, names)
        if touched and not self.text.wrong.strip():
            raise Refused(f"It changes {touched} in an entry that is out: say what was wrong and what is right.")

    def shows_anew(self) -> tuple[str, ...]:
        """What the head and the text show of where people are or flee to that the entry as it is out does not (H8)."""
        before = self._exposed(self.before.head, self.before.note) if self.before else Counter[str]()
        return tuple(self._exposed(self.text.head, self.text.text) - before)

    def _exposed(self, head: str, note: str) -> Counter[str]:
        text, parts = paragraphs(None, "\n\n".join((head, *(b.words for b in note_blocks(note.strip())))))
        setting = Setting(published=world_now().astimezone(self.coverage.tz), outlet=THE_DESK)
        return exposed(text, self.room.reader.read(text, parts, setting).claims, self.coverage)

    def refuse_stale(self) -> None:
        """Raise Refused where a statement changed since the text's editor looked at it."""
        seen = dict(self.text.stamps)
        if any(seen.get(s.statement.id, s.stamp) != s.stamp for s in self.sheets):
            raise Refused(CHANGED)

    # parts of the above

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The paragraphs of the text."""
        return note_blocks(self.text.text.strip())

    def _tells_of_captives(self) -> bool:
        return any(c.claim.type == "captured" for sheet in self.sheets for c in sheet.cards)

    def _is_own(self, head: str) -> bool:
        return not self.text.statements and plain_beginning(head).startswith(plain_beginning(THE_DESK))

    def _said(self, statement: str) -> tuple[Said, ...]:
        return self.room.store.said(statement=statement)

    def _ticked(self, statement: str) -> tuple[Said, ...]:
        return tuple(s for s in self.room.store.suggested(statement) if s.id in self.text.accepted)

    def _without_enemy(self) -> tuple[Said, ...]:
        return tuple(s for s in self.claims if not is_enemy_loss(s.claim, self.coverage.conflict))

    def _numbers(self, claims: Iterable[Said]) -> Iterable[float]:
        """The numbers of claims, and the years in which the statements were said."""
        for said in claims:
            yield from numbers_said(said, self._compared)
        yield from (float(at.year) for at in self._times())

    def _times(self) -> Iterable[datetime]:
        """When the statements were said, in the coverage's zone."""
        return (s.statement.said_at.astimezone(self.coverage.tz) for s in self.sheets)

    def _plain(self, words: str) -> str:
        """Words without addresses and without the times of day at which the statements were said, which count nobody."""
        words = without_addresses(words)
        for at in self._times():
            words = re.sub(rf"(?<![\d:]){at:%H:%M}(?![\d:])", " ", words)
        return words


def post_id(draft: str) -> str:
    """The id of the entry that a draft becomes; it tells nothing of who wrote it."""
    return "p" + hashlib.sha256(f"draft {draft}".encode()).hexdigest()[:15]
