"""Views -> HTML: one template for the first load, the live fragment and the archive. All is escaped by default."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from sayso.model.coverage import Coverage
from sayso.model.finding import FilteredPage, PartyPage, PlacePage, PlacesPage, SearchPage
from sayso.model.mapping import MapPage
from sayso.model.page import (
    AnswersPage,
    ChangedPage,
    CorrectionsPage,
    DayPage,
    DaysPage,
    EntryView,
    LivePage,
    MethodPage,
    PageFrame,
    PostPage,
    QuestionPage,
    QuestionsPage,
    StatementPage,
    TallyPage,
)
from sayso.model.statement import MediaFile
from sayso.publish.assets import inlined, static_path
from sayso.publish.cards import Card, card_of
from sayso.publish.charts import drawings
from sayso.publish.clean import web_address
from sayso.publish.figures import MONTHS, as_said, day_words
from sayso.publish.maps import day_links, map_drawings, sides_of
from sayso.publish.markup import live_markup, post_markup
from sayso.publish.once import apart, words_once
from sayso.publish.showing import (
    address_of,
    enemy,
    folded,
    number_of,
    own_and_enemy,
    replay_words,
    sentence,
    shown,
)
from sayso.publish.titles import card_title

STATES: Final = {
    "taken_down": "taken down", "withdrawn": "withdrawn", "denied": "denied", "contradicted": "contradicted",
    "admitted": "admitted", "revised": "revised", "compatible": "compatible", "pending": "not settled",
    "single": "one claimant only",
}  # fmt: skip
FLAGS: Final = {
    "mirrored": "mirrored", "single_origin": "one origin", "no_source_named": "no source named",
    "unverifiable": "cannot be verified", "revised_down": "lowered", "denied": "denied", "admitted": "admitted",
    "pending": "not settled",
}  # fmt: skip
#: "one origin" says nothing where there is one answer only.
BESIDE: Final = ("mirrored", "no_source_named", "revised_down", "unverifiable")
WHO: Final = {
    "military": "soldiers", "civilian": "civilians", "both": "soldiers and civilians",
    "unknown": "people (not said who)",
}  # fmt: skip
MEASURES: Final = {
    "killed": "killed", "wounded": "wounded", "missing": "missing", "casualties": "killed or wounded, not split",
}  # fmt: skip
WAYS: Final = {"up": "raised", "down": "lowered"}
RTL: Final = ("ar", "fa", "he", "ur", "ps", "ckb", "yi", "dv", "ug", "sd")
FIGURE: Final = re.compile(r"(\d[\d,.:]*\d|\d)")


def figures(text: str) -> Markup:
    """The text with every number isolated, so that it stays in order inside right-to-left text."""
    pieces = FIGURE.split(text)
    return Markup("").join(
        Markup('<bdi dir="ltr">{}</bdi>').format(p) if n % 2 else escape(p) for n, p in enumerate(pieces)
    )


def iso(at: datetime) -> str:
    """An aware time as the machine-readable attribute."""
    return at.isoformat(timespec="seconds")


def clock(at: datetime, coverage: Coverage) -> str:
    """Hours and minutes in the coverage's zone, 24 h."""
    return f"{at.astimezone(coverage.tz):%H:%M}"


def moment(at: datetime, coverage: Coverage) -> str:
    """Day, month and time in the coverage's zone."""
    there = at.astimezone(coverage.tz)
    return f"{there.day} {MONTHS[there.month - 1]}, {there:%H:%M}"


def zone_minute(at: datetime, coverage: Coverage) -> str:
    """The time in the coverage's zone as a form field takes it."""
    return f"{at.astimezone(coverage.tz):%Y-%m-%dT%H:%M}"


def date_words(day: date) -> str:
    """A date in words, with its year."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_month(day: date) -> str:
    """A date in words, without its year."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def city(coverage: Coverage) -> str:
    """What the coverage's zone is called on the page: a city, or an offset from UTC."""
    area, _, place = coverage.zone.rpartition("/")
    if area == "Etc":  # their signs are turned round
        return place.replace("GMT", "UTC").translate(str.maketrans("+-", "-+"))
    return place.replace("_", " ")


def direction(lang: str | None) -> str:
    """Which way the words of a language run; the browser decides where the language is not known."""
    return "auto" if lang is None else "rtl" if lang.split("-")[0] in RTL else "ltr"


def alt_of(file: MediaFile, mouth: str) -> str:
    """The description of a picture, whose it is first (H3)."""
    return f"{mouth}: {file.alt}" if file.alt else f"{mouth}: picture without a description"


def files_of(file: MediaFile, role: str, media_type: str = "") -> list[Any]:
    """The renditions of a medium in one role, the narrowest first."""
    found = [r for r in file.renditions if r.role == role and r.media_type.startswith(media_type)]
    return sorted(found, key=lambda r: r.width)


@cache
def environment() -> Environment:
    """The templates with what they may call; an unknown name is an error."""
    env = Environment(
        loader=PackageLoader("sayso.publish"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    for function in (
        words_once, figures, iso, clock, moment, zone_minute, date_words, day_month, city, direction, replay_words,
        sentence, address_of, number_of, shown, enemy, own_and_enemy, folded, apart, day_words, alt_of, files_of,
        as_said, card_title, web_address,
    ):  # fmt: skip
        env.filters[function.__name__] = function
    env.globals.update(STATES=STATES, FLAGS=FLAGS, BESIDE=BESIDE, WHO=WHO, MEASURES=MEASURES, WAYS=WAYS)
    env.globals.update(static=static_path, inlined=inlined)
    return env


@cache
def template(name: str) -> Template:
    """One template by name."""
    return environment().get_template(name)


def fragment(macro: str, frame: PageFrame, *values: Any) -> str:
    """What one macro of `parts.html` draws: the same that the whole page holds."""
    module = template("parts.html").make_module({"frame": frame})
    return str(getattr(module, macro)(*values))


def live_page(page: LivePage) -> str:
    """The live page."""
    return template("live.html").render(frame=page.frame, page=page, markup=live_markup(page))


def filtered_page(page: FilteredPage) -> str:
    """Entries under one heading."""
    return template("filtered.html").render(frame=page.frame, page=page)


def party_page(page: PartyPage) -> str:
    """What a party said."""
    return template("party.html").render(frame=page.frame, page=page)


def place_page(page: PlacePage) -> str:
    """The questions about a place."""
    return template("place.html").render(frame=page.frame, page=page)


def places_page(page: PlacesPage) -> str:
    """All places that entries name."""
    return template("places.html").render(frame=page.frame, page=page)


def search_page(page: SearchPage) -> str:
    """What a search finds."""
    return template("search.html").render(frame=page.frame, page=page)


def map_page(page: MapPage) -> str:
    """The map, and all that is on it as a list."""
    return template("map.html").render(
        frame=page.frame,
        page=page,
        drawings=map_drawings(page),
        sides=sides_of(page),
        days=day_links(page),
        others=[t.names for t in page.towns if len(t.names) > 1],
    )


def day_page(page: DayPage) -> str:
    """One day, oldest entry first."""
    return template("day.html").render(frame=page.frame, page=page)


def days_page(page: DaysPage) -> str:
    """The archive of days."""
    return template("days.html").render(frame=page.frame, page=page)


def tally_page(page: TallyPage) -> str:
    """Every cumulative figure, own and enemy losses apart (R5)."""
    frame = page.frame
    return template("tally.html").render(
        frame=frame, page=page, drawings=drawings(page.charts, frame.coverage, frame.now)
    )


def questions_page(page: QuestionsPage) -> str:
    """All questions."""
    return template("questions.html").render(frame=page.frame, page=page)


def answers_page(page: AnswersPage) -> str:
    """Every claim that answers a question."""
    return template("answers.html").render(frame=page.frame, page=page)


def changed_page(page: ChangedPage) -> str:
    """What changed between two times, question by question."""
    return template("changed.html").render(frame=page.frame, page=page)


def question_page(page: QuestionPage) -> str:
    """One question with every answer, its state and the reason."""
    return template("question.html").render(frame=page.frame, page=page)


def statement_page(page: StatementPage) -> str:
    """One statement as archived, with its claims marked."""
    return template("statement.html").render(frame=page.frame, page=page, shown=shown(page))


def post_page(page: PostPage) -> str:
    """One post at its own address."""
    return template("post.html").render(
        frame=page.frame, view=page.entry, markup=post_markup(page.entry, page.frame), card=card_words(page)
    )


def card_words(page: PostPage) -> Card | None:
    """The words of a post's card; None for a post that is gone, and for a page as it stood."""
    frame, view = page.frame, page.entry
    if view.post.state != "published" or frame.as_of is not None:
        return None
    return card_of(view, frame, city=city(frame.coverage), states=STATES)


def method_page(page: MethodPage) -> str:
    """How the coverage is made: names, groups, bodies, people, sources, rules (H7, H16)."""
    return template("method.html").render(frame=page.frame, page=page)


def corrections_page(page: CorrectionsPage) -> str:
    """All corrections, withdrawals and takedowns."""
    return template("corrections.html").render(frame=page.frame, page=page)


def index_page(frames: Sequence[PageFrame]) -> str:
    """The coverages of this server."""
    return template("index.html").render(frames=frames)


def message_page(title: str, text: str, *, back: str = "/") -> str:
    """A page that says one thing: not found, gone, refused."""
    return template("message.html").render(title=title, text=text, back=back)


def entry_html(view: EntryView, frame: PageFrame) -> str:
    """One entry as it stands in the stream: what open pages receive."""
    return fragment("entry", frame, view)


def summary_html(page: LivePage) -> str:
    """The inside of the box "What is claimed"."""
    return fragment("summary", page.frame, page)


def standing_html(page: LivePage) -> str:
    """What stands over the entries: what is pinned, and the key events."""
    return fragment("standing", page.frame, page)


def overview_html(page: LivePage) -> str:
    """The inside of the overview of the day on the live page; empty without one."""
    return fragment("overview", page.frame, page.overview) if page.overview else ""


def tally_short_html(page: LivePage) -> str:
    """The short tally beside the entries; empty without one."""
    return fragment("tally_short", page.frame, page.tally) if page.tally else ""
