"""A small coverage of an invented war as its pages are drawn from it, kept in memory and changed by the tests."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sayso.model.chart import Chart, Figure, Series
from sayso.model.claim import Attribution, Claim, Count, Part, Span, Via
from sayso.model.conflict import Body, Conflict, Group, Membership, Party, Person, Place
from sayso.model.coverage import Coverage, Replay, Source
from sayso.model.finding import FilteredPage, PartyPage, PlacePage, PlacesPage, SearchPage
from sayso.model.mapping import MapPage
from sayso.model.page import (
    AnswersPage,
    ChangedPage,
    ClaimView,
    CorrectionsPage,
    DayPage,
    DaysPage,
    EntryView,
    FeedPage,
    FiguresPage,
    LivePage,
    MethodPage,
    Overview,
    PageFrame,
    PostPage,
    QuestionPage,
    QuestionsPage,
    SourceHealth,
    StatementPage,
    TallyPage,
)
from sayso.model.post import Change, Correction, Line, Post
from sayso.model.question import (
    Answer,
    Bullet,
    Changed,
    Claimant,
    Key,
    Missing,
    Question,
    Relation,
    Said,
    Tally,
    TallyLine,
)
from sayso.model.statement import Capture, MediaFile, Rendition, Statement
from sayso.model.then import Times
from sayso.publish import head, line
from tests.publish import finding, mapping

NOW = datetime(2031, 5, 13, 11, 20, tzinfo=UTC)

CONFLICT = Conflict(
    id="tesk",
    parties=(
        Party(id="OR", names=("Orland", "Orlandish")),
        Party(id="TK", names=("Tesk", "Teskan")),
        Party(id="MN", names=("Marn", "Marnian")),
        Party(id="KU", names=("Kuld",)),
    ),
    groups=(
        Group(
            id="LEAGUE",
            names=("Lake League",),
            members=(Membership(party="TK"), Membership(party="MN"), Membership(party="KU", since=date(2031, 5, 7))),
        ),
    ),
    third=(Party(id="UNC", names=("Union of Coasts",)),),
    bodies=(
        Body(names=("Orland General Staff",), kind="army", side="OR"),
        Body(names=("Tesk Guard", "the Guard"), kind="army", side="TK"),
        Body(names=("Ministry of Health of Marn",), kind="health_ministry", side="MN"),
        Body(names=("Lake Post",), kind="media"),
    ),
    people=(Person(name="Ana Verl", role="spokeswoman", body="Tesk Guard", side="TK", since=date(2031, 1, 1)),),
    places=(Place(names=("Ubel", "Ubala"), side="TK"), Place(names=("Verst",), side="OR")),
    start=date(2031, 5, 3),
)
GUARD = Source(
    name="guard",
    title="Tesk Guard",
    kind="feed",
    url="https://guard.example/",
    body="Tesk Guard",
    party="TK",
    rehost="full",
)
STAFF = Source(
    name="staff",
    title="Orland General Staff",
    kind="feed",
    url="https://staff.example/",
    body="Orland General Staff",
    party="OR",
    rehost="full",
)
HEALTH = Source(
    name="health",
    title="Ministry of Health of Marn",
    kind="page",
    url="https://health.example/",
    body="Ministry of Health of Marn",
    party="MN",
)
POST = Source(name="post", title="Lake Post", kind="live_page", url="https://post.example/", body="Lake Post")
WIRE = Source(name="wire", title="Coast Wire", kind="feed", url="https://wire.example/", rehost="none")
COVERAGE = Coverage(
    name="tesk",
    title="The war round Lake Tesk",
    folder=Path("/nowhere"),
    conflict=CONFLICT,
    start=date(2031, 5, 3),
    zone="Asia/Yerevan",
    languages=("en",),
    sources=(GUARD, STAFF, HEALTH, POST, WIRE),
    readings="by_rule",
    description="What each side says of the fighting at the lake, with the original behind every claim.",
    basemap=mapping.BASEMAP,
    naming="Parties and offices are named as they name themselves.\nUbel is Ubala in Marn; both are shown.",
)
REPLAY = Replay(
    statements=Path("x.jsonl"),
    port=8999,
    begins_at=datetime(2020, 5, 3, tzinfo=UTC),
    opens_at=datetime(2020, 5, 4, tzinfo=UTC),
    ends_at=datetime(2020, 5, 9, tzinfo=UTC),
    quotes="none",
)

MOUTHS = {
    "guard": Claimant(id="TK army", name="Tesk Guard", side="TK", kind="army"),
    "staff": Claimant(id="OR army", name="Orland General Staff", side="OR", kind="army"),
    "health": Claimant(id="MN health", name="Ministry of Health of Marn", side="MN", kind="health_ministry"),
    "post": Claimant(id="outlet Lake Post", name="Lake Post, naming no source", side=None, kind="outlet"),
}
OUTLETS = {
    "guard": "Tesk Guard",
    "staff": "Orland General Staff",
    "health": "Ministry of Health of Marn",
    "post": "Lake Post",
}
BY_NAME = {s.name: s for s in (GUARD, STAFF, HEALTH, POST, WIRE)}


def statement(id_: str, source: Source, text: str, minutes_ago: int, **changes: Any) -> Statement:
    """A statement whose first line is its headline."""
    title = text.split("\n", 1)[0]
    made = Statement(
        id=id_,
        source=source.name,
        key=id_,
        version=1,
        text=text,
        parts=(Part(span=Span(0, len(text))),),
        title=title,
        first_seen_at=NOW - timedelta(minutes=minutes_ago - 1),
        published_at=NOW - timedelta(minutes=minutes_ago),
        capture=f"capture-{id_}",
        url=f"{source.url}{id_}",
        lang="en",
    )
    return replace(made, **changes)


def attribution(source: str, **changes: Any) -> Attribution:
    """The source's owner as the speaker."""
    mouth = MOUTHS[source]
    return replace(
        Attribution(kind=mouth.kind, org=None if mouth.side is None else mouth.name, side=mouth.side), **changes
    )


def said(statement_: Statement, number: int, words: str, type_: str, sub: str, **changes: Any) -> Said:
    """One claim that rests on those words of the statement."""
    start = statement_.text.index(words)
    span = Span(start, start + len(words))
    attr = changes.pop("attr", None) or attribution(statement_.source)
    claim = Claim(type=type_, sub=sub, attr=attr, span=span, rule="test.rule", evidence=(span,), **changes)
    return Said(
        id=f"{statement_.id}.{number}",
        claim=claim,
        statement=statement_.id,
        source=statement_.source,
        outlet=OUTLETS[statement_.source],
        said_at=statement_.said_at,
        seen_at=statement_.first_seen_at,
        origin=statement_.id,
    )


def count(words: str, n: int, operator: Any = "exact", **changes: Any) -> Count:
    """A count as said."""
    return replace(Count(operator=operator, n=n, low=n, high=n, words=words), **changes)


def answer(said_: Said, **changes: Any) -> Answer:
    """The latest answer of the claimant of a claim."""
    return replace(Answer(claimant=MOUTHS[said_.source], latest=said_, reason="One claimant only."), **changes)


def claim_view(said_: Said, text: str, *, answer_: Answer | None = None, questions: tuple[str, ...] = ()) -> ClaimView:
    """A claim as a page shows it."""
    start, end = said_.claim.span
    return ClaimView(
        said=said_, claimant=MOUTHS[said_.source], words=text[start:end], questions=questions, answer=answer_
    )


def post(id_: str, statement_: Statement, **changes: Any) -> Post:
    """The post that carries a statement."""
    made = Post(
        id=id_,
        kind="update",
        version=1,
        at=statement_.said_at,
        updated_at=statement_.said_at,
        head=head(statement_, BY_NAME[statement_.source], CONFLICT),
        statements=(statement_.id,),
        day=COVERAGE.local_day(statement_.said_at),
        by_rule=True,
    )
    return replace(made, **changes)


def picture(name: str = "shore", **changes: Any) -> MediaFile:
    """A picture in three widths."""
    renditions = [
        Rendition(name=f"{name}-{w}.{ext}", media_type=f"image/{kind}", width=w, height=w * 9 // 16, size_bytes=9000)
        for w in (480, 960, 1440)
        for ext, kind in (("webp", "webp"), ("jpg", "jpeg"))
    ]
    made = MediaFile(
        original="a" * 64,
        kind="image",
        alt="the shore road at Ubel",
        caption="The shore road. Illustration.",
        credit="Drawn for this test",
        renditions=tuple(renditions),
    )
    return replace(made, **changes)


def video(**changes: Any) -> MediaFile:
    """A short video with its poster."""
    files = (
        Rendition(name="clip.mp4", media_type="video/mp4", width=640, height=360, size_bytes=900_000, role="video"),
        Rendition(name="clip.jpg", media_type="image/jpeg", width=640, height=360, size_bytes=9_000, role="poster"),
    )
    made = MediaFile(
        original="b" * 64,
        kind="video",
        alt="boats on the lake",
        caption="Boats.",
        credit="Drawn",
        renditions=files,
        duration_s=8.2,
    )
    return replace(made, **changes)


G1 = statement(
    "guard1",
    GUARD,
    "Guard gives its losses since 3 May\nSince 3 May more than 250 of our soldiers have been killed.\n"
    "How many are hurt is still being counted. The occupied heights above Ubel are ours again.",
    40,
    media=(picture(),),
)
S1 = statement(
    "staff1",
    STAFF,
    "Ubel remains with Orland\nUbel is held by our units. By preliminary data 410 Teskan fighters were killed and "
    "12 of their tanks destroyed.",
    25,
    media=(video(sensitive="wounded people"),),
)
H1 = statement(
    "health1",
    HEALTH,
    "Nineteen civilians hurt at the ferry\nIn Ubel 19 civilians were wounded on 12 May, the ministry says. "
    + "More follows. " * 90,
    12,
)
P1 = statement(
    "post1",
    POST,
    "عنوان تجريبي عن العبّارة\nقُتل 28 مدنياً في فيرست منذ 3 مايو.",
    90,
    lang="ar",
    credit="Harbour Radio",
)
W1 = statement("wire1", WIRE, "Wire report\nA long report that may not be shown.", 120)

TOLL = said(
    G1,
    0,
    "more than 250 of our soldiers have been killed",
    "casualties",
    "killed",
    subject="TK",
    who="military",
    count=count(
        "more than 250", 250, "more_than", low=251, high=None, unit="soldiers", scope="cumulative", since="2031-05-03"
    ),
)
HOLDS = said(
    G1, 1, "The occupied heights above Ubel are ours again", "control", "taken", actor="TK", places=("Ubel|Ubala",)
)
KEEPS = said(S1, 0, "Ubel is held by our units", "control", "held", actor="OR", places=("Ubel",))
ENEMY = said(
    S1,
    1,
    "410 Teskan fighters were killed",
    "casualties",
    "killed",
    subject="TK",
    who="military",
    count=count("410", 410, unit="fighters", scope="cumulative", since="2031-05-03"),
    attr=attribution("staff", hedge="preliminary"),
)
TANKS = said(
    S1,
    2,
    "12 of their tanks destroyed",
    "equipment_loss",
    "destroyed",
    subject="TK",
    count=count("12", 12, unit="tanks"),
)
HURT = said(
    H1,
    0,
    "19 civilians were wounded on 12 May",
    "casualties",
    "wounded",
    subject="TK",
    who="civilian",
    places=("Ubel",),
    count=count("19", 19, unit="civilians"),
    start="2031-05-12",
)
TOLD = said(
    P1,
    0,
    "قُتل 28 مدنياً في فيرست منذ 3 مايو",
    "casualties",
    "killed",
    subject="OR",
    who="civilian",
    places=("Verst",),
    count=count("28", 28, unit="civilians", scope="cumulative", since="2031-05-03"),
    attr=Attribution(kind="outlet", via=(Via(org="Harbour Radio"),)),
)
SAID = (TOLL, HOLDS, KEEPS, ENEMY, TANKS, HURT, TOLD)
TEXTS = {s.id: s.text for s in (G1, S1, H1, P1, W1)}

SILENT = Missing(
    party="MN", kind="not_found_by_us", sentence="Not found by us in Marn's 3 channels, checked until 15:10 Yerevan."
)
WHO_HOLDS = Question(
    key=Key(type="control", measure="holds", place="ubel"),
    wording="Who holds Ubel?",
    answers=(
        answer(KEEPS, state="contradicted", reason="Both cannot hold the same place at the same time."),
        answer(
            HOLDS,
            state="contradicted",
            reason="Both cannot hold the same place at the same time.",
            flags=("single_origin",),
        ),
    ),
    relations=(
        Relation(
            a=KEEPS.id, b=HOLDS.id, kind="contradicted", reason="Both cannot hold the same place at the same time."
        ),
    ),
    missing=(SILENT,),
)
HOW_MANY = Question(
    key=Key(type="casualties", measure="killed", subject="TK", who="military", scope="cumulative", since="2031-05-03"),
    wording="How many soldiers of Tesk were killed since 3 May?",
    answers=(
        answer(
            TOLL,
            state="admitted",
            reason="The party that it hurts says so itself; read it as at least so much.",
            flags=("own_loss",),
        ),
        answer(ENEMY, state="compatible", reason="Both can be so.", flags=("enemy_loss",)),
    ),
    mirrors=(),
)


def tally() -> Tally:
    """One figure a claimant, own and enemy losses apart."""
    own = TallyLine(
        claimant=MOUTHS["guard"],
        subject="TK",
        who="military",
        measure="killed",
        said=TOLL,
        own=True,
        state="admitted",
        reason="The party that it hurts says so itself.",
        question=HOW_MANY.id,
    )
    enemy = replace(
        own,
        claimant=MOUTHS["staff"],
        said=ENEMY,
        own=False,
        state="compatible",
        reason="Both can be so.",
        flags=("enemy_loss",),
    )
    unnamed = replace(
        own,
        claimant=MOUTHS["post"],
        subject="OR",
        who="civilian",
        said=TOLD,
        own=False,
        state="single",
        reason="One claimant only.",
        flags=("no_source_named",),
        question="",
    )
    return Tally(own=(own,), enemy=(enemy,), unnamed=(unnamed,), missing=(("OR", "military", "killed", SILENT),))


def tabled(found: Tally) -> tuple[tuple[str, tuple[TallyLine, ...]], ...]:
    """The lines of a tally under the names of its tables."""
    return ("own", found.own), ("other", found.enemy), ("third", found.third), ("unnamed", found.unnamed)


def charts() -> tuple[Chart, ...]:
    """One party's figure, and one that gives none."""
    series = Series(
        claimant=MOUTHS["guard"], since="2031-05-03", definition=None, figures=(Figure(said=TOLL, low=250, high=250),)
    )
    return (
        Chart(subject="OR", who="military", measure="killed", missing=SILENT),
        Chart(subject="TK", who="military", measure="killed", series=(series,)),
    )


def words_of(said_: Said) -> str:
    """The statement's words at a claim."""
    start, end = said_.claim.span
    return TEXTS[said_.statement][start:end]


def phrased(*all_: Said, **more: Any) -> Line:
    """A line of an overview that rests on those claims."""
    return line(Bullet(said=all_, **more), conflict=CONFLICT, mouth=lambda s: MOUTHS[s.source].name, words=words_of)


def entries() -> list[EntryView]:
    """The entries, newest first."""
    by_question = {a.latest.id: (a, q.id) for q in (WHO_HOLDS, HOW_MANY) for a in q.answers}

    def view(id_: str, st: Statement, *, beside: tuple[Question, ...] = (), **changes: Any) -> EntryView:
        mine = [s for s in SAID if s.statement == st.id]
        claims = tuple(
            claim_view(
                s,
                st.text,
                answer_=by_question[s.id][0] if s.id in by_question else None,
                questions=(by_question[s.id][1],) if s.id in by_question else (),
            )
            for s in mine
        )
        return EntryView(
            post=post(id_, st, **changes),
            statement=st,
            source=BY_NAME[st.source],
            claims=claims,
            beside=beside,
            claimant=claims[0].claimant if claims else None,
        )

    corrected = Correction(at=NOW - timedelta(minutes=3), text="An earlier version said 91; the ministry said 19.")
    return [
        view("p4", H1, corrections=(corrected,), version=2, updated_at=NOW - timedelta(minutes=3)),
        view("p3", S1, beside=(WHO_HOLDS,), key_event=True),
        view("p2", G1, beside=(HOW_MANY,)),
        view("p1", P1),
        view("p0", W1),
        EntryView(
            post=post("pw", W1, state="withdrawn", reason="The outlet took it back.", at=NOW - timedelta(hours=3))
        ),
        EntryView(
            post=post(
                "pt",
                W1,
                state="taken_down",
                reason="It named a minor.",
                head="",
                statements=(),
                at=NOW - timedelta(hours=4),
            )
        ),
    ]


class MemoryViews:
    """Views over lists that a test may change; every change is one public change."""

    def __init__(self, *, coverage: Coverage = COVERAGE, feeds: bool = True, media: Path | None = None) -> None:
        self.coverage, self.feeds, self.media = coverage, feeds, media
        self.all = entries()
        self.summary = [phrased(TOLL), phrased(TOLD), phrased(KEEPS, linked=(HOLDS,), link="follows")]
        self.log: list[Change] = [
            Change(n=n, kind="add", post=v.post.id, version=1, at=v.post.at)
            for n, v in enumerate(reversed(self.all), 1)
        ]
        self.drawn = 0
        self.as_of: datetime | None = None
        self.text_only = False
        self.kept = 1_000  # entries of the live page

    def change(self, kind: Any, view: EntryView | None = None) -> int:
        """Put an entry in (or in the place of its earlier version) and log it as a public change."""
        if view is not None:
            others = [v for v in self.all if v.post.id != view.post.id]
            self.all[:] = sorted([view, *others], key=lambda v: v.post.at, reverse=True)
        made = Change(
            n=self.n() + 1,
            kind=kind,
            post=view.post.id if view else None,
            version=view.post.version if view else None,
            at=NOW,
        )
        self.log.append(made)
        return made.n

    def n(self) -> int:
        return self.log[-1].n if self.log else 0

    def at(self, when: datetime) -> "MemoryViews | None":
        """The same entries, whenever: what stood then is the store's business."""
        then = copy(self)
        then.as_of = when
        return then if when <= NOW else None

    def in_text(self) -> "MemoryViews":
        same = copy(self)
        same.text_only = True
        return same

    def frame(self) -> PageFrame:
        times = Times(begin=NOW - timedelta(days=9), end=NOW, moments=tuple(sorted(v.post.at for v in self.all)))
        return PageFrame(
            coverage=self.coverage,
            n=self.n(),
            now=NOW,
            base_url="http://127.0.0.1:8900",
            checkpoint="12 0a1b2c3d",
            given_away=self.feeds,
            feed_flag="" if self.feeds else "--feeds",
            as_of=self.as_of,
            times=times if self.as_of else None,
            text_only=self.text_only,
        )

    def live_page(self, before: str | None = None) -> LivePage | None:
        self.drawn += 1
        if before not in (None, "2"):
            return None
        found = self.page(self.all[2:] if before else self.all[: self.kept])
        if not before:
            shown = [v for v in self.all if v.post.state == "published"]
            keys, pinned = [v for v in shown if v.post.key_event], [v for v in shown if v.post.pinned]
            found = replace(found, keys=tuple(keys), pinned=tuple(pinned))
        return replace(
            found, newest=not before, next_after="2" if before else None, next_before=None if before else "2"
        )

    def newer_page(self, after: str) -> LivePage | None:
        return replace(self.page(self.all[:2]), newest=False, next_before="2") if after == "2" else None

    def page_around(self, post_id: str) -> LivePage | None:
        ids = [v.post.id for v in self.all]
        if post_id not in ids:
            return None
        at = ids.index(post_id)
        shown = self.all[max(at - 1, 0) : at + 2]
        return replace(self.page(shown), newest=False, here=post_id, next_after="2", next_before="2")

    def page(self, shown: Sequence[EntryView]) -> LivePage:
        return LivePage(
            frame=self.frame(),
            entries=tuple(shown),
            summary=tuple(self.summary),
            summary_at=NOW,
            overview=self.overview(),
            tally=tally(),
            filters=finding.FILTERS,
        )

    def filtered_page(self, kind: str, name: str = "", before: str | None = None) -> FilteredPage | None:
        return finding.filtered(self.frame(), self.all, kind, name, before) if before in (None, "2") else None

    def party_page(self, party: str, before: str | None = None) -> PartyPage | None:
        return finding.party(self.frame(), self.all, (WHO_HOLDS, HOW_MANY), party, before)

    def place_page(self, place: str, before: str | None = None) -> PlacePage | None:
        return finding.place(self.frame(), self.all, WHO_HOLDS, place, before)

    def places_page(self) -> PlacesPage:
        return finding.places(self.frame())

    def search_page(self, query: str, before: str | None = None) -> SearchPage:
        return finding.search(self.frame(), self.all, query, before)

    def map_page(self) -> MapPage:
        return mapping.map_page(self.frame(), self.all, WHO_HOLDS)

    def overview(self) -> Overview:
        lines = (
            phrased(TOLL),
            phrased(HURT),
            phrased(TOLD),
            phrased(KEEPS, linked=(HOLDS,), link="follows"),
            phrased(TANKS),
        )
        return Overview(day=COVERAGE.local_day(NOW), lines=lines)

    def day_page(self, number: int) -> DayPage | None:
        if number != 11:
            return None
        return DayPage(
            frame=self.frame(),
            overview=self.overview(),
            entries=tuple(reversed(self.all)),
            questions=(WHO_HOLDS,),
            day_before=date(2031, 5, 12),
        )

    def days_page(self) -> DaysPage:
        return DaysPage(frame=self.frame(), days=((date(2031, 5, 13), 6), (date(2031, 5, 12), 1)))

    def tally_page(self) -> TallyPage:
        return TallyPage(frame=self.frame(), tally=tally(), charts=charts())

    def figures_page(self) -> FiguresPage:
        told = ((kind, line.claimant, line.said) for kind, lines in tabled(tally()) for line in lines)
        return FiguresPage(frame=self.frame(), figures=tuple(told))

    def questions_page(self) -> QuestionsPage:
        return QuestionsPage(frame=self.frame(), questions=(WHO_HOLDS, HOW_MANY))

    def question_page(self, question_id: str) -> QuestionPage | None:
        found = next((q for q in (WHO_HOLDS, HOW_MANY) if q.id == question_id), None)
        words: Mapping[str, str] = {s.id: words_of(s) for s in SAID}
        return found and QuestionPage(
            frame=self.frame(), question=found, words=words, mirrors=(HOW_MANY,), place=("ubel", "Ubel")
        )

    def answers_page(self, question_id: str) -> AnswersPage | None:
        found = next((q for q in (WHO_HOLDS, HOW_MANY) if q.id == question_id), None)
        told = tuple(claim_view(s, TEXTS[s.statement]) for s in SAID)
        return found and AnswersPage(frame=self.frame(), question=found, answers=told)

    def changed_page(self, since: datetime | None) -> ChangedPage | None:
        """One answer that is new, one that moved, one that no longer counts."""
        one, two = HOW_MANY.answers
        found = tuple(
            Changed(claimant=one.claimant, before=b, after=a) for b, a in ((None, one), (two, one), (two, None))
        )
        late = ((HOW_MANY, found[:1]),)
        return ChangedPage(frame=self.frame(), since=since or NOW, moved=((HOW_MANY, found),), late=late)

    def statement_page(self, statement_id: str) -> StatementPage | None:
        view = next((v for v in self.all if v.statement and v.statement.id == statement_id), None)
        if view is None or view.statement is None:
            return None
        capture = Capture(
            id=f"capture-{statement_id}",
            source=view.statement.source,
            url=view.statement.url or "",
            fetched_at=NOW,
            sha256="c" * 64,
            size_bytes=48_213,
            media_type="text/html",
            headers=(("etag", '"abc"'),),
        )
        return StatementPage(
            frame=self.frame(),
            statement=view.statement,
            source=view.source,
            claims=view.claims,
            capture=capture,
            versions=(view.statement,),
            posts=(view.post,),
        )

    def entry(self, post_id: str) -> EntryView | None:
        return next((v for v in self.all if v.post.id == post_id), None)

    def post_page(self, post_id: str) -> PostPage | None:
        view = self.entry(post_id)
        return view and PostPage(frame=self.frame(), entry=view)

    def method_page(self) -> MethodPage:
        health = tuple(
            SourceHealth(source=s, sentence="Fetched at 15:19; 42 statements.") for s in self.coverage.sources
        )
        return MethodPage(frame=self.frame(), sources=health, reader="reader-1")

    def corrections_page(self) -> CorrectionsPage:
        found = [(v.post, c) for v in self.all for c in v.post.corrections]
        gone = [(v.post, None) for v in self.all if v.post.state != "published"]
        return CorrectionsPage(frame=self.frame(), corrections=(*found, *gone))

    def feed_page(self) -> FeedPage:
        return FeedPage(frame=self.frame(), entries=tuple(self.all))

    def changes(self, after: int) -> tuple[Change, ...]:
        return tuple(c for c in self.log if c.n > after)

    def medium(self, name: str) -> Path | None:
        return self.media / name if self.media else None


def new_entry(id_: str, words: str = "A new bulletin of the day.", **changes: Any) -> EntryView:
    """A fresh entry of the Guard, newer than all others."""
    st = statement(f"s-{id_}", GUARD, f"Bulletin {id_}\n{words}", 0)
    return EntryView(
        post=post(id_, st, at=NOW + timedelta(minutes=1), **changes),
        statement=st,
        source=GUARD,
        claimant=MOUTHS["guard"],
    )
