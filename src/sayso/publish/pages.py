"""Views -> HTML: one template for the first load, the live fragment and the archive. All is escaped by default."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from sayso.catalogue import ENGLISH, catalogue
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
    time_stamp,
)
from sayso.model.statement import MediaFile
from sayso.publish.assets import inlined, static_path
from sayso.publish.cards import Card, card_of
from sayso.publish.charts import drawings
from sayso.publish.clean import web_address
from sayso.publish.excerpt import translated
from sayso.publish.figures import as_said
from sayso.publish.maps import day_links, map_drawings, map_panel, sides_of
from sayso.publish.markup import live_markup, post_markup
from sayso.publish.notes import note_blocks
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
from sayso.publish.speech import figures, speak
from sayso.publish.then import minutes, steps
from sayso.publish.titles import card_title

#: "one origin" says nothing where there is one answer only.
BESIDE: Final = ("mirrored", "no_source_named", "revised_down", "unverifiable")
RTL: Final = ("ar", "fa", "he", "ur", "ps", "ckb", "yi", "dv", "ug", "sd")


def iso(at: datetime) -> str:
    """An aware time as the machine-readable attribute."""
    return at.isoformat(timespec="seconds")


def clock(at: datetime, coverage: Coverage) -> str:
    """Hours and minutes in the coverage's zone, 24 h."""
    return catalogue(coverage.language).dates.clock(at.astimezone(coverage.tz))


def moment(at: datetime, coverage: Coverage) -> str:
    """Day, month and time in the coverage's zone."""
    return catalogue(coverage.language).dates.moment(at.astimezone(coverage.tz))


def zone_minute(at: datetime, coverage: Coverage) -> str:
    """The time in the coverage's zone as a form field takes it."""
    return f"{at.astimezone(coverage.tz):%Y-%m-%dT%H:%M}"


def city(coverage: Coverage) -> str:
    """What the coverage's zone is called on the page: a city, or an offset from UTC."""
    return catalogue(coverage.language).dates.city(coverage.zone)


def direction(lang: str | None) -> str:
    """Which way the words of a language run; the browser decides where the language is not known."""
    return "auto" if lang is None else "rtl" if lang.split("-")[0] in RTL else "ltr"


def files_of(file: MediaFile, role: str, media_type: str = "") -> list[Any]:
    """The renditions of a medium in one role, the narrowest first."""
    found = [r for r in file.renditions if r.role == role and r.media_type.startswith(media_type)]
    return sorted(found, key=lambda r: r.width)


@cache
def environment(lang: str = ENGLISH) -> Environment:
    """The templates in a language, with what they may call; an unknown name is an error."""
    env = Environment(
        loader=PackageLoader("sayso.publish"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, extensions=["jinja2.ext.i18n"],
    )  # fmt: skip
    for function in (
        words_once, figures, iso, clock, moment, zone_minute, city, direction, replay_words, sentence, address_of, number_of, shown,
        translated,
        steps, minutes, time_stamp, enemy, note_blocks, own_and_enemy, folded, apart, files_of, as_said, card_title, web_address,
    ):  # fmt: skip
        env.filters[function.__name__] = function
    env.globals.update(static=static_path, inlined=inlined, BESIDE=BESIDE)
    speak(env, catalogue(lang))
    return env


@cache
def template(name: str, lang: str) -> Template:
    """One template by name, in a language."""
    return environment(lang).get_template(name)


def drawn(name: str, frame: PageFrame, **more: Any) -> str:
    """A whole page of a coverage, in its language."""
    return template(name, frame.coverage.language).render(frame=frame, **more)


def fragment(macro: str, frame: PageFrame, *values: Any) -> str:
    """What one macro of `parts.html` draws: the same that the whole page holds."""
    module = template("parts.html", frame.coverage.language).make_module({"frame": frame})
    return str(getattr(module, macro)(*values))


def live_page(page: LivePage) -> str:
    """The live page."""
    return drawn("live.html", page.frame, page=page, markup=live_markup(page))


def filtered_page(page: FilteredPage) -> str:
    """Entries under one heading."""
    return drawn("filtered.html", page.frame, page=page)


def party_page(page: PartyPage) -> str:
    """What a party said."""
    return drawn("party.html", page.frame, page=page)


def place_page(page: PlacePage) -> str:
    """The questions about a place."""
    return drawn("place.html", page.frame, page=page)


def places_page(page: PlacesPage) -> str:
    """All places that entries name."""
    return drawn("places.html", page.frame, page=page)


def search_page(page: SearchPage) -> str:
    """What a search finds."""
    return drawn("search.html", page.frame, page=page)


def map_page(page: MapPage) -> str:
    """The map, and all that is on it as a list."""
    return drawn(
        "map.html",
        page.frame,
        page=page,
        drawings=map_drawings(page),
        sides=sides_of(page),
        days=day_links(page),
        others=[t.names for t in page.towns if len(t.names) > 1],
    )


def map_panel_svg(page: MapPage) -> str | None:
    """The map beside the entries as a picture of its own, an SVG file; None where nothing can be drawn."""
    panel = map_panel(page)
    if panel is None:
        return None
    module = template("drawing.html", page.frame.coverage.language).make_module({"frame": page.frame})
    return str(getattr(module, "drawing")(panel, sides_of(page))).strip()  # noqa: B009 - a macro, no attribute of ours


def day_page(page: DayPage) -> str:
    """One day, oldest entry first."""
    return drawn("day.html", page.frame, page=page)


def days_page(page: DaysPage) -> str:
    """The archive of days."""
    return drawn("days.html", page.frame, page=page)


def tally_page(page: TallyPage) -> str:
    """Every cumulative figure, own and enemy losses apart (R5)."""
    frame = page.frame
    return drawn("tally.html", frame, page=page, drawings=drawings(page.charts, frame.coverage, frame.now))


def questions_page(page: QuestionsPage) -> str:
    """All questions."""
    return drawn("questions.html", page.frame, page=page)


def answers_page(page: AnswersPage) -> str:
    """Every claim that answers a question."""
    return drawn("answers.html", page.frame, page=page)


def changed_page(page: ChangedPage) -> str:
    """What changed between two times, question by question."""
    return drawn("changed.html", page.frame, page=page)


def question_page(page: QuestionPage) -> str:
    """One question with every answer, its state and the reason."""
    return drawn("question.html", page.frame, page=page)


def statement_page(page: StatementPage) -> str:
    """One statement as archived, with its claims marked."""
    return drawn("statement.html", page.frame, page=page, shown=shown(page))


def post_page(page: PostPage) -> str:
    """One post at its own address."""
    markup = post_markup(page.entry, page.frame)
    return drawn("post.html", page.frame, view=page.entry, markup=markup, card=card_words(page))


def card_words(page: PostPage) -> Card | None:
    """The words of a post's card; None for a post that is gone, and for a page as it stood."""
    frame, view = page.frame, page.entry
    if view.post.state != "published" or frame.as_of is not None:
        return None
    return card_of(view, frame)


def method_page(page: MethodPage) -> str:
    """How the coverage is made: names, groups, bodies, people, sources, rules (H7, H16)."""
    return drawn("method.html", page.frame, page=page)


def corrections_page(page: CorrectionsPage) -> str:
    """All corrections, withdrawals and takedowns."""
    return drawn("corrections.html", page.frame, page=page)


def index_page(frames: Sequence[PageFrame]) -> str:
    """The coverages of this server, in their language where all have the same one, else in English."""
    spoken = {f.coverage.language for f in frames}
    return template("index.html", spoken.pop() if len(spoken) == 1 else ENGLISH).render(frames=frames)


def message_page(title: str, text: str, *, lang: str = ENGLISH, back: str = "/") -> str:
    """A page that says one thing: not found, gone, refused. Title and text are messages of the catalogues."""
    words = catalogue(lang)
    return template("message.html", lang).render(title=words.gettext(title), text=words.gettext(text), back=back)


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


def ground_html(page: LivePage) -> str:
    """The inside of the map beside the entries."""
    return fragment("ground", page.frame)


def tally_short_html(page: LivePage) -> str:
    """The short tally beside the entries; empty without one."""
    return fragment("tally_short", page.frame, page.tally) if page.tally else ""
