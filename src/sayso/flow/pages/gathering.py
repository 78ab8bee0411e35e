"""What pages gather about a party or a place from the entries filed under it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.comparing import Comparison
from sayso.flow.pages.filtering import named_places, page_under, party_headings, place_called
from sayso.flow.pages.status import sources_in_words
from sayso.model.claim import Claim
from sayso.model.conflict import Conflict, Membership, Place
from sayso.model.finding import Answered, PartyPage, PlacePage, PlacesPage, Revised, Way
from sayso.model.heading import address_part, heading
from sayso.model.page import EntryView, PageFrame, SourceHealth
from sayso.model.post import Post
from sayso.model.question import Answer, Key, Question, Said
from sayso.reconcile import place_id, place_name, revision
from sayso.store import Store

#: Entries that one page is gathered from.
GATHERED: Final = 60
Entry = Callable[[Post, Comparison], EntryView]
ByDay = tuple[tuple[date, tuple[EntryView, ...]], ...]


class Gathering:
    """One page's worth of entries and what their claims answer; `entry` draws a post."""

    def __init__(self, frame: PageFrame, store: Store, compared: Comparison, entry: Entry) -> None:
        self.frame, self.store, self.compared, self._entry = frame, store, compared, entry
        self.conflict = frame.coverage.conflict

    def entry(self, post: Post) -> EntryView:
        """One post as a page shows it."""
        return self._entry(post, self.compared)

    def entries(self, headings: tuple[str, ...], before: str | None) -> tuple[tuple[EntryView, ...], str | None] | None:
        """A page of entries under headings, and the token of the next; None for a token that we did not give."""
        page = page_under(headings, self.store, before, limit=GATHERED)
        return page and (tuple(self.entry(p) for p in page[0]), page[1])

    def by_day(self, entries: Iterable[EntryView]) -> ByDay:
        """The entries by the local day on which they went out, in the order given."""
        days: dict[date, list[EntryView]] = {}
        for entry in entries:
            days.setdefault(self.frame.coverage.local_day(entry.post.at), []).append(entry)
        return tuple((day, tuple(found)) for day, found in days.items())

    def asked(self, entries: Iterable[EntryView]) -> Iterator[tuple[Said, Question]]:
        """The claims of entries with each question that they answer."""
        for claim in (c for e in entries for c in e.claims):
            for id_ in claim.questions:
                found = self.compared.question(id_)
                if found is not None and found.answers:  # a silence alone answers nothing
                    yield claim.said, found

    def shown_here(self, newest: Said, said: Said) -> bool:
        """Whether this page tells of an answer: its newest claim is here, or in no entry at all."""
        return newest.id == said.id or not any(p.state == "published" for p in self.store.posts_of(newest.statement))


def party_page_of(room: Newsroom, party: str, before: str | None, it: Gathering) -> PartyPage | None:
    """What a party, a camp or a third party said; None where there is no such one, or no such page."""
    conflict, compared = it.conflict, it.compared
    known = {p.id: p.names for p in (*conflict.parties, *conflict.third)} | {g.id: g.names for g in conflict.groups}
    page = it.entries(party_headings(party, room.coverage), before) if party in known else None
    if page is None:
        return None
    answers = answers_of(party, page[0], it)
    return PartyPage(
        frame=it.frame,
        party=party,
        names=display_names(known[party]) or (party,),
        camps=camps_of(party, conflict, on=it.frame.day),
        channels=channels_of(room, party, then=it.frame.as_of is not None),
        checked=next((c for c in compared.checked if c.party == party), None),
        answers=answers,
        revised=() if before else tuple(revised_by(party, answers, it)),
        days=it.by_day(page[0]),
        before=before,
        next_before=page[1],
    )


def display_names(names: Iterable[str]) -> tuple[str, ...]:
    """The names that can be printed: without those that are only beginnings of words."""
    return tuple(n for n in names if not n.endswith("*"))


def camps_of(party: str, conflict: Conflict, *, on: date) -> tuple[tuple[str, Membership], ...]:
    """The camps that a party belongs or belonged to on a day, or the members of a camp, with their dates.

    What begins or ends later was not known then, whatever the coverage's files say by now.
    """
    members = [(m.party, m) for g in conflict.groups if g.id == party for m in g.members]
    found = (*members, *((g.id, m) for g in conflict.groups for m in g.members if m.party == party))
    begun = ((id_, m) for id_, m in found if m.since is None or m.since <= on)
    return tuple((id_, m if m.until is None or m.until < on else replace(m, until=None)) for id_, m in begun)


def channels_of(room: Newsroom, party: str, *, then: bool) -> tuple[SourceHealth, ...]:
    """The sources that speak for a party, with how fetching goes now; `then`: as it stood, of which nothing is known."""
    rows = sources_in_words(room)
    found = zip(room.coverage.sources, rows, strict=True)
    return tuple(
        SourceHealth(source=s, sentence="" if then else r["words"], well=then or not r["failing"])
        for s, r in found
        if s.party == party
    )


def answers_of(party: str, entries: Sequence[EntryView], it: Gathering) -> tuple[Answered, ...]:
    """A party's latest answers, each on the page where its words stand, the newest first."""
    found: dict[tuple[str, str], Answered] = {}
    for said, question in it.asked(entries):
        for answer in question.answers:
            key = (question.id, answer.claimant.id)
            if answer.claimant.side == party and key not in found and it.shown_here(answer.latest, said):
                found[key] = Answered(question=question, answer=answer, words=it.compared.words(answer.latest))
    return tuple(sorted(found.values(), key=lambda a: (a.answer.latest.said_at, a.answer.latest.id), reverse=True))


def revised_by(party: str, answers: Iterable[Answered], it: Gathering) -> Iterator[Revised]:
    """The figures that a party raised or lowered: its totals, and its other answers of the page."""
    tally = it.compared.tally
    lines = (t for t in (*tally.own, *tally.third, *tally.enemy) if t.claimant.side == party)
    asked = dict.fromkeys((*(t.question for t in lines), *(a.question.id for a in answers)))
    for question in (q for id_ in asked if (q := it.compared.question(id_)) is not None):
        for answer in question.answers:
            steps = figures_of(answer)
            if answer.claimant.side == party and any(way for _, way in steps):
                yield Revised(question=question, claimant=answer.claimant, figures=steps)


def figures_of(answer: Answer) -> tuple[tuple[Said, Way], ...]:
    """A claimant's figures, the newest first, each with which way it goes from the one before."""
    told = [s for s in (answer.latest, *answer.history) if s.claim.count is not None]
    steps: list[tuple[Said, Way]] = []
    for said, earlier in zip(told, (*told[1:], None), strict=False):
        was, is_ = earlier and earlier.claim.count, said.claim.count
        steps.append((said, (revision(was, is_) or "") if was and is_ else ""))
    return tuple(steps)


def place_page_of(part: str, before: str | None, it: Gathering) -> PlacePage | None:
    """The questions about a place and the entries that name it; None where there is no such place, or no such page."""
    named = named_places(it.store, it.conflict).get(part, ())
    called = place_called(part, named, it.conflict)
    page = it.entries(tuple(heading("place", n) for n in named), before)
    if called is None or page is None:
        return None
    ids = [place_id(n, it.conflict) for n in (*named, called)]
    holds = None if before else it.compared.question(Key(type="control", measure="holds", place=ids[0]).id)
    holds = holds if holds is not None and holds.answers else None
    found = {q.id: q for q in about_place(set(ids), page[0], it) if holds is None or q.id != holds.id}
    attacks: dict[str, list[Question]] = {}
    for question in found.values():
        if question.key.type == "attack":
            attacks.setdefault(question.key.day or "", []).append(question)
    return PlacePage(
        frame=it.frame,
        place=part,
        names=(called, *(n for n in names_of_place(part, named, it.conflict) if n != called)),
        holds=holds,
        attacks=tuple((day, tuple(attacks[day])) for day in sorted(attacks, reverse=True)),
        others=tuple(q for q in found.values() if q.key.type != "attack"),
        days=it.by_day(page[0]),
        before=before,
        next_before=page[1],
    )


def about_place(ids: set[str], entries: Sequence[EntryView], it: Gathering) -> Iterator[Question]:
    """The questions about a place, each on the page where its newest answer that names the place stands."""
    for said, question in it.asked(entries):
        if question.key.place is None or question.key.place in places_in(said.claim, it.conflict) - ids:
            continue  # about no place, or another one that the claim names too
        naming = [a.latest for a in question.answers if ids & places_in(a.latest.claim, it.conflict)]
        newest = max(naming, key=lambda s: (s.said_at, s.id), default=said)
        if it.shown_here(newest, said):
            yield question


def places_in(claim: Claim, conflict: Conflict) -> set[str]:
    """The ids of the places that a claim names, and of those that what it denies names."""
    return {place_id(n, conflict) for n in (*claim.places, *(claim.target.places if claim.target else ()))}


def names_of_place(part: str, named: Iterable[str], conflict: Conflict) -> tuple[str, ...]:
    """All names of a place: as it is configured, then as entries write it."""
    configured = (n for p in conflict.places if part_of(p, conflict) == part for n in p.names)
    written = (w for n in named for w in n.split("|"))
    return tuple(dict.fromkeys(display_names((*configured, *written))))


def part_of(place: Place, conflict: Conflict) -> str:
    """A configured place's part of an address."""
    return address_part(place_id(place.name, conflict))


def places_page_of(it: Gathering) -> PlacesPage:
    """Every place that an entry names, those named most often first."""
    counts, named = it.store.headings("place"), named_places(it.store, it.conflict)
    often = sorted(named, key=lambda part: (-sum(counts[n] for n in named[part]), part))
    rows = ((p, place_called(p, named[p], it.conflict) or p, names_of_place(p, named[p], it.conflict)) for p in often)
    return PlacesPage(
        frame=it.frame, places=tuple((p, (called, *(n for n in names if n != called))) for p, called, names in rows)
    )


def place_of(key: Key, conflict: Conflict) -> tuple[str, str] | None:
    """The place that a question is about: its part of an address and its name."""
    return None if key.place is None else (address_part(key.place), place_name(key.place, conflict))


def places_named(entries: Iterable[Claim], conflict: Conflict) -> tuple[tuple[str, str], ...]:
    """The places that claims name, each once with its part of an address and its name, in order."""
    found: dict[str, str] = {}
    for name in (n for claim in entries for n in claim.places):
        part = address_part(place_id(name, conflict))
        found.setdefault(part, place_called(part, (name,), conflict) or name)
    return tuple(found.items())
