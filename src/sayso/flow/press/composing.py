"""Drafts of the desk's own entries: kept, versioned, given statements, pictures and pages, and sent on their way out."""

import re
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from sayso.desk import delay_of, is_amber, refuse_unseen
from sayso.desk.sheet import Sheet
from sayso.errors import Refused, SaysoError
from sayso.flow.arrival.illustrating import forget, lay_out, media_file
from sayso.flow.arrival.pasting import LARGEST_PICTURE, Picture, source_named
from sayso.flow.clock import world_now
from sayso.flow.desk.foreseeing import Foreseeing
from sayso.flow.press.linking import card_of_page
from sayso.flow.press.outgoing import WayOut
from sayso.flow.press.previewing import Preview
from sayso.flow.press.writing import ATTACHED, Writing
from sayso.media import prepare_picture
from sayso.model.draft import Composed, Draft
from sayso.model.outgoing import Deed, Outgoing
from sayso.model.page import PostPage
from sayso.model.post import Post
from sayso.model.statement import Enclosure, Statement
from sayso.publish.clean import web_address

MOST_FOUND: Final = 20
#: The newest statements among which words are looked for.
LOOKED_THROUGH: Final = 400
MOST_ATTACHED: Final = 8
LONGEST_TEXT: Final = 20_000
#: A line that is an address and nothing else becomes a card.
BARE_ADDRESS: Final = re.compile(r"^[ \t]*<?(https?://\S+?)>?[ \t]*$", re.MULTILINE)


class Stale(Refused):
    """Somebody saved the draft meanwhile: `theirs` is that version, None where it has gone out or was thrown away."""

    def __init__(self, theirs: Draft | None) -> None:
        self.theirs = theirs
        what = "Somebody else saved this draft while you wrote: both texts are below." if theirs else (
            "This draft has gone out or was thrown away while you wrote: copy your text."
        )  # fmt: skip
        super().__init__(what)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A statement that can be attached, with the name of its source."""

    statement: Statement
    source: str
    state: str


class Composing:
    """The drafts of one coverage. `who` is the account that acts; readers never learn it."""

    def __init__(self, way_out: WayOut) -> None:
        self.way_out = way_out
        self.review = way_out.review
        self.room = way_out.room
        self.coverage = way_out.coverage
        self._foreseeing = Foreseeing(way_out.room)

    # drafts

    def draft(self, draft_id: str) -> Draft:
        """The draft of that id. Raises Refused where there is none (any more)."""
        found = self.room.store.draft(draft_id)
        if found is None:
            raise Refused("There is no such draft (any more): it has gone out, or was thrown away.")
        return found

    def begin(self, composed: Composed, *, who: str) -> Draft:
        """A new draft."""
        made = Draft(id=secrets.token_hex(8), user=who, updated_at=world_now(), version=1, composed=composed)
        self.room.store.add_draft(made)
        self.review.staff.note(who, "began a draft", made.id)
        return made

    def save(self, draft_id: str, version: int, composed: Composed, *, who: str) -> Draft:
        """The draft as saved. Raises Stale where it has another version than its editor read; nothing is overwritten."""
        if len(composed.text) > LONGEST_TEXT:
            raise Refused(f"The text is longer than {LONGEST_TEXT:,} characters: make two entries of it.")
        self._refuse_leaving(draft_id)
        made = Draft(id=draft_id, user=who, updated_at=world_now(), version=version + 1, composed=composed)
        was = self.room.store.draft(draft_id)
        if not self.room.store.save_draft(made):
            raise Stale(self.room.store.draft(draft_id))
        if was is not None:
            self._forget_files(was.composed)
        self.review.staff.note(who, "saved a draft", draft_id)
        return made

    def drop(self, draft_id: str, *, who: str) -> None:
        """Throw a draft away, and the files that nothing else shows."""
        composed = self.draft(draft_id).composed
        self._refuse_leaving(draft_id)
        self.room.store.forget_draft(draft_id)
        self._forget_files(composed)
        self.review.staff.note(who, "threw a draft away", draft_id)

    def _forget_files(self, was: Composed) -> None:
        """Erase the pictures and archived pages of a text as it was that nothing has any more."""
        forget(self.room, was.media)
        for link in was.links:
            if link.sha256 and not self.room.store.shows(link.sha256) and not self.room.store.captures_of(link.sha256):
                self.room.archive.erase(link.sha256)

    def _refuse_leaving(self, draft_id: str) -> None:
        """Raise Refused where the draft is on its way out: what goes out is what it said then."""
        if any(it.about == draft_id and it.failed is None for it in self.way_out.waiting()):
            raise Refused("It is on its way out: take it back first, then change it.")

    def of_statement(self, statement_id: str) -> Composed:
        """A new text with a statement attached; its head begins with who says it."""
        sheet = self.review.sheet(statement_id)
        begun = attached(Composed(), sheet)
        claimant = Writing(self.review, begun, draft="").claimants(sheet)[0]
        return replace(begun, head=f"{claimant}: ")

    def of_post(self, post_id: str) -> Composed:
        """The text of an entry that is out, to be changed. Raises Refused for one that is not on the page."""
        post = self.room.store.post(post_id)
        if post is None or post.state != "published" or not post.is_entry:
            raise Refused("There is no such entry on the page.")
        made = Composed(
            head=post.head,
            text=post.note,
            media=post.media,
            links=post.links,
            post=post.id,
            based_on=post.told,
        )
        for statement in post.statements:
            made = attached(made, self.review.sheet(statement))
        return made

    # what a text is made of

    def find(self, words: str) -> tuple[Found, ...]:
        """The newest statements that can be attached and hold all these words, in their text or their source's name."""
        wanted = words.casefold().split()
        rows = self.room.store.inbox(states=ATTACHED, limit=LOOKED_THROUGH) if wanted else ()
        named = ((row, source_named(self.coverage, row.statement).title) for row in rows)
        found = [
            Found(statement=row.statement, source=title, state=row.state)
            for row, title in named
            if all(w in f"{title} {row.statement.text}".casefold() for w in wanted)
        ]
        return tuple(found[:MOST_FOUND])

    def attach(self, composed: Composed, statement_id: str) -> Composed:
        """The text with one more statement. Raises Refused for one that cannot go out."""
        if len(composed.statements) >= MOST_ATTACHED:
            raise Refused(f"An entry carries {MOST_ATTACHED} statements at most.")
        sheet = self.review.sheet(statement_id)
        if sheet.state not in ATTACHED:
            raise Refused(f"It was {sheet.state.replace('_', ' ')}: it cannot be attached.")
        return attached(composed, sheet)

    def add_picture(self, composed: Composed, picture: Picture, *, caption: str) -> Composed:
        """The text with one more picture, stripped of position and device data. Raises Refused for what it lacks."""
        if not (picture.alt.strip() and picture.credit.strip()):
            raise Refused("A picture needs a description of what is visible and a credit.")
        if len(picture.body) > LARGEST_PICTURE:
            raise Refused(f"The picture is larger than {LARGEST_PICTURE // 2**20} MB: make it smaller.")
        prepared = prepare_picture(picture.body)
        original = self.room.archive.keep(max((f.body for f in prepared.files), key=len))  # not as it came: H11
        lay_out(self.room.media, prepared)
        enclosure = Enclosure(
            url="",
            kind="image",
            alt=picture.alt,
            credit=picture.credit,
            caption=caption or None,
            sensitive=picture.sensitive,
        )
        return replace(composed, media=(*composed.media, media_file(enclosure, original, prepared)))

    def with_cards(self, composed: Composed) -> Composed:
        """The text in which each line that is an address has become a source card, archived first."""
        known = {link.url for link in composed.links}
        fresh = [
            url for url in dict.fromkeys(BARE_ADDRESS.findall(composed.text)) if web_address(url) and url not in known
        ]
        cards = tuple(card_of_page(self.room, url) for url in fresh[:MOST_ATTACHED])
        gone = known | {card.url for card in cards}
        text = BARE_ADDRESS.sub(lambda m: "" if m[1] in gone else m[0], composed.text)
        return replace(composed, text=text.strip(), links=(*composed.links, *cards))

    # looking at it

    def sheets(self, composed: Composed) -> tuple[Sheet, ...]:
        """The attached statements that are still there."""
        there = (s for s in composed.statements if self.room.store.statement(s) is not None)
        return tuple(self.review.sheet(s) for s in there)

    def standing(self, composed: Composed) -> Post | None:
        """The entry that the text changes, as it is out now; None for a new one."""
        return self.room.store.post(composed.post) if composed.post else None

    def will_change(self, composed: Composed) -> tuple[str, ...]:
        """What it would change once it is out, in sentences: for each ticked claim, and for the entry that it changes."""
        foreseen = ((f"{s}.{f.number}", f.sentence) for s in composed.statements for f in self._foreseeing.of(s))
        return tuple(dict.fromkeys(sentence for claim, sentence in foreseen if claim in composed.accepted))

    def fault(self, draft: Draft) -> str:
        """Why it cannot go out as it is, "" where it can."""
        try:
            Writing(self.review, draft.composed, draft=draft.id).refuse_unfit()
        except SaysoError as err:
            return str(err)
        return ""

    def preview(self, draft: Draft) -> PostPage:
        """The entry's own page as readers would see it."""
        writing = Writing(self.review, draft.composed, draft=draft.id)
        return Preview(self.room, accepted=draft.composed.accepted).page(writing.post())

    # letting it out

    def publish(self, draft: Draft, *, who: str, chief: bool = True) -> Outgoing | None:
        """What waits to go out now; None where it went out at once. `chief`: whether whoever acts may correct what is out.

        Raises Refused, in words for the editor, for the first rule that the text breaks, and for a ticked claim whose words
        were not on the screen (H2).
        """
        composed = draft.composed
        writing = Writing(self.review, composed, draft=draft.id)
        writing.refuse_unfit()
        if writing.shows_people and not chief:
            raise Refused("Its pictures may show people who can be recognised: a chief publishes them.")
        writing.refuse_stale()
        for sheet in writing.sheets:
            refuse_unseen(sheet, writing.ticked(sheet), composed.seen)
        new = [s for s in writing.sheets if s.state != "accepted"]
        delay = max(
            (delay_of(s.statement, (c.claim for c in s.cards), self.coverage) for s in new), default=timedelta()
        )
        shows = writing.shows_anew()
        if shows:
            delay = max(delay, timedelta(minutes=self.coverage.release.delay_min))
        amber = (
            bool(shows)
            or any(b.own for b in writing.blocks)
            or any(is_amber(s, writing.ticked(s)) for s in writing.sheets)
        )
        deed = Deed(kind="compose", draft=draft.id, text=composed)
        return self.way_out.put(deed, title=composed.head, who=who, delay=delay, amber=amber, at=composed.at)


def attached(composed: Composed, sheet: Sheet) -> Composed:
    """The text with a statement attached as its editor sees it now."""
    others = tuple((s, stamp) for s, stamp in composed.stamps if s != sheet.statement.id)
    statements = tuple(dict.fromkeys((*composed.statements, sheet.statement.id)))
    return replace(composed, statements=statements, stamps=(*others, (sheet.statement.id, sheet.stamp)))
