"""The overviews of both examples from their hand-made labels: expectations were written by hand from the texts."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from sayso.coverage import load
from sayso.model.post import Line
from sayso.model.question import Bullet
from sayso.publish import line
from sayso.publish.lines import numbers_in, numbers_of
from sayso.publish.own_voice import own_voice
from sayso.publish.titles import names_of
from sayso.reconcile import claimant_of, day_bullets
from sayso.replay import read_tape
from tests.replay.labels import said_by_hand

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
KARABAKH, SKERROW = "karabakh-2020", "skerrow"
OPENING, TRUCE = date(2020, 10, 7), date(2031, 5, 5)
DAYS = [(KARABAKH, date.fromordinal(date(2020, 9, 27).toordinal() + n)) for n in range(14)]
DAYS += [(SKERROW, date(2031, 5, n)) for n in range(2, 9)]

#: Topic, the claims cited, and words that the sentence may not lose: claimant, relay, operator, hedge, silence, link.
SEVENTH = [
    ("toll military", ["k-1007-08.0", "k-1007-18.1", "k-1007-08.1"],
     ["The Defence Army of Nagorno-Karabakh, as relayed by Armenian media, says that more than 250 soldiers",
      "a further 40 soldiers", "JAMnews, naming no source: it has not been reported how many", "were wounded"]),
    ("toll military", ["k-1007-21.0"], ["The Armenian side, as relayed by Armenpress, says that 320 soldiers"]),
    ("toll military", ["k-1007-08.2"], ["it has not been reported how many soldiers of Azerbaijan were killed"]),
    ("toll civilian", ["k-1007-32.2", "k-1007-32.3"],
     ["The Human Rights Defender of Nagorno-Karabakh says that at least 20 civilians", "and that 93 were wounded"]),
    ("toll civilian", ["k-1007-21.1", "k-1007-12.3"],
     ["says that 21 civilians of the Armenian side were killed", "naming no source: about 80 civilians"]),
    ("toll civilian", ["k-1007-12.0", "k-1007-12.1"],
     ["JAMnews, naming no source, by preliminary data: 28 civilians of Azerbaijan were killed and 143 were wounded"]),
    ("places", ["k-1007-11.0", "k-1007-11.1", "k-1004-10.0"],
     ["Baku says that Azerbaijan took Jabrayil", "25 villages in districts next to Karabakh",
      "Before that, the Ministry of Defence of Armenia had called it false that"]),
    ("harm", ["k-1007-33.0", "k-1007-33.1"], ["about 750 facilities", "more than 430 cars"]),
    ("harm", ["k-1007-30.1"], ["The President of Azerbaijan says that about 900 houses"]),
    ("harm", ["k-1007-26.0"], ["The Governor of Khoda Afarin says that Khoda Afarin was shelled", "10 shells"]),
    ("harm", ["k-1007-32.5"], ["more than 100 settlements (Stepanakert among them) were attacked"]),
    ("denials", ["k-1007-15.0", "k-1006-19.0"],
     ["The Ministry of Defence of Azerbaijan calls it false that Nagorno-Karabakh attacked Azerbaijan",
      "Before that, the Defence Army of Nagorno-Karabakh had said that"]),
    ("denials", ["k-1007-34.1"], ["Kremlin says that there was no fighting in Armenian territory"]),
    ("denials", ["k-1007-24.0"],
     ["The Ministry of Defence of Azerbaijan calls it false that people of Azerbaijan were killed", "in Jabrayil"]),
    ("accusations", ["k-1007-10.0", "k-1007-09.0"],
     ["The special services of Azerbaijan say that mercenaries fight for the Armenian side",
      "Before that, the special services of Armenia had said that mercenaries fight for Azerbaijan"]),
]  # fmt: skip
FIFTH = [
    ("toll military", ["bm-4-2.1", "bm-4-2.2"],
     ["The Brenmark Defence Ministry says that 41 soldiers of Brenmark have been killed since 2 May",
      "and that 96 have been wounded since 2 May"]),
    ("toll military", ["os-4-1.1"], ["The Ostmere General Staff says that 19 soldiers of Ostmere"]),
    ("places", ["os-4-1.0"], ["The Ostmere General Staff says that Greywater was lost on 5 May"]),
    ("harm", ["bm-4-1.1"], ["The Brenmark Defence Ministry says that Kelvane shelled Anser Hill"]),
    ("harm", ["ka-4-1.1"], ["The Kelvane Army says that Brenmark shelled Stroom"]),
    ("denials", ["bm-4-1.2", "ka-4-1.1"],
     ["calls it false that Brenmark shelled Stroom", "Before that, the Kelvane Army had said that"]),
    ("accusations", ["bm-4-1.0", "ka-4-1.0"],
     ["says that Kelvane broke the truce", "Before that, the Kelvane Army had said that Brenmark broke the truce"]),
    ("rulings", ["tr-4-1.0"], ["The Tribunal of the Seas says: “"]),
    ("rulings", ["co-4-1.0", "co-4-1.1"], ["The Straits Commission says that a truce was agreed"]),
]  # fmt: skip


@cache
def labelled(name: str):
    coverage = load(EXAMPLES / name)
    heard = tuple(said_by_hand(EXAMPLES / name, read_tape(EXAMPLES / name)))
    return coverage, tuple(s for s, _ in heard), {s.id: words for s, words in heard}


@cache
def overview(name: str, day: date) -> tuple[tuple[Bullet, Line], ...]:
    coverage, said, words = labelled(name)
    ago = {s: (day - coverage.local_day(s.said_at)).days for s in said}
    bullets = day_bullets(
        [s for s in said if ago[s] == 0], conflict=coverage.conflict, before=[s for s in said if 0 < ago[s] <= 7]
    )
    named = lambda s: claimant_of(s, coverage.conflict).name  # noqa: E731
    options = {"conflict": coverage.conflict, "mouth": named, "quotes": coverage.replay.quotes}
    return tuple((b, line(b, words=lambda s: words[s.id], **options)) for b in bullets)


@pytest.mark.parametrize(("name", "day", "expected"), [(KARABAKH, OPENING, SEVENTH), (SKERROW, TRUCE, FIFTH)])
def test_the_day_s_bullets_cite_what_they_should_and_lose_no_word_that_bounds_them(name, day, expected):
    found = overview(name, day)
    assert [(b.topic, list(made.cites)) for b, made in found][: len(expected)] == [(t, c) for t, c, _ in expected]
    for (_, made), (_, _, kept) in zip(found, expected, strict=False):
        assert [k for k in kept if k not in made.text] == [], made.text


def test_the_topics_of_the_seventh_come_in_the_published_order():
    order = ["toll military", "toll civilian", "places", "harm", "denials", "accusations", "heads of state", "rulings"]
    topics = [b.topic for b, _ in overview(KARABAKH, OPENING)]
    assert list(dict.fromkeys(topics)) == order
    assert topics == sorted(topics, key=order.index)


def test_the_seventh_holds_what_the_live_page_of_that_day_had():
    """Civilian tolls of both sides, an army's toll and the other's silence, town and villages, denial, mirrored intercepts."""
    cited = {c for _, made in overview(KARABAKH, OPENING) for c in made.cites}
    text = " ".join(made.text for _, made in overview(KARABAKH, OPENING))
    assert {"k-1007-12.0", "k-1007-21.1", "k-1007-08.0", "k-1007-08.2", "k-1007-11.0", "k-1007-11.1"} <= cited
    assert {"k-1007-15.0", "k-1007-10.0", "k-1007-09.0"} <= cited
    assert not [enemy for enemy in ("4,000", "250 tanks", "22 pieces", "260") if enemy in text]


@pytest.mark.parametrize(("name", "day"), DAYS)
def test_no_bullet_stands_without_a_citation_a_claimant_and_the_source_of_its_figures(name, day):
    coverage, said, words = labelled(name)
    by_id = {s.id: s for s in said}
    for bullet, made in overview(name, day):
        assert made.cites and set(made.cites) <= set(by_id)
        cited = [by_id[c] for c in made.cites]
        known = {n for s in cited for n in (*numbers_of(s.claim), *numbers_in(words[s.id]))}
        mouths = [claimant_of(s, coverage.conflict).name for s in cited]
        assert set(numbers_in(made.text)) <= known | {n for m in mouths for n in numbers_in(m)}, made.text
        assert all(m.casefold() in made.text.casefold() for m in mouths), made.text
        assert made.text[0].isupper() and made.text.endswith((".", "”", "!", "?", "…")), made.text
        assert not made.enemy and bullet.said


@pytest.mark.parametrize(("name", "day"), DAYS)
def test_our_own_voice_takes_no_side_in_an_overview(name, day):
    conflict = labelled(name)[0].conflict
    assert [own_voice(made.text, names=names_of(conflict)) for _, made in overview(name, day)].count(()) == len(
        overview(name, day)
    )
