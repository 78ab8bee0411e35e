"""The map in a real browser: legible on a phone, the same in right-to-left pages, nearer and farther without a net."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from sayso.model.mapping import Town
from tests.browser.reading_room import Room

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MAP = "/c/tesk/map/"
#: Where each name on the visible drawing stands, from its left edge, and how high its letters are on the screen.
NAMES = """() => {
  const svg = [...document.querySelectorAll(".map > svg")].find((s) => s.getBoundingClientRect().width);
  const left = svg.getBoundingClientRect().left, by = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  return [...svg.querySelectorAll("text")].filter((t) => !/km|كم/.test(t.textContent)).map((t) => [
    t.textContent, Math.round(t.getBoundingClientRect().left - left), parseFloat(getComputedStyle(t).fontSize) * by]);
}"""


def opened(browser: Browser, room: Room, width: int = 1280, **more: Any) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 900}, **more).new_page()
    page.goto(room.url(MAP))
    return page


def shown(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        ".map > svg", "all => all.filter((s) => s.getBoundingClientRect().width).map((s) => s.getAttribute('class'))"
    )
    return found


@pytest.mark.parametrize(
    ("width", "which"), [(1280, "wide"), (1030, "wide"), (800, "narrow"), (390, "narrow"), (320, "narrow")]
)
def test_every_screen_shows_one_drawing_whose_names_can_be_read(
    browser: Browser, room: Room, width: int, which: str
) -> None:
    page = opened(browser, room, width)
    assert shown(page) == [f"map-{which}"]
    names = page.evaluate(NAMES)
    assert names and min(size for _, _, size in names) >= 8.5, (
        "a map made for a wide screen and squeezed has letters of 5 px"
    )
    page.context.close()


#: Pairs of names, and names with a town's dot or the scale, that touch on the visible drawing.
TOUCHING = """() => {
  const svg = [...document.querySelectorAll(".map > svg")].find((s) => s.getBoundingClientRect().width);
  const boxes = (what) => [...svg.querySelectorAll(what)].map((e) => [e.textContent || what, e.getBoundingClientRect()]);
  const names = boxes("text.name"), others = [...boxes(".town"), ...boxes(".bar")], room = 2;
  const touch = ([, a], [, b]) =>
    a.left < b.right + room && b.left < a.right + room && a.top + room < b.bottom && b.top + room < a.bottom;
  return names.flatMap((a, i) => [...names.slice(i + 1), ...others].filter((b) => touch(a, b)).map((b) => [a[0], b[0]]));
}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_names_of_a_crowded_ground_touch_neither_each_other_nor_a_dot(browser: Browser, room: Room, width: int) -> None:
    page = room.views.map_page()
    spots = [(20.3 + 0.17 * (n % 21), -41.3 - 0.13 * (n // 21)) for n in range(380)]
    towns = tuple(
        Town(names=(f"{('Mwamba', 'Iljil', 'ŞORVAN', 'Gavagy')[n % 4]} {n}",), spot=s) for n, s in enumerate(spots)
    )
    room.views.map_page = lambda: replace(page, towns=towns)  # type: ignore[method-assign]
    shown = opened(browser, room, width)
    assert shown.locator(".map > svg:visible text.name").count() > 15
    assert shown.evaluate(TOUCHING) == []
    shown.context.close()


def test_names_stay_where_they_are_on_a_page_that_runs_right_to_left(browser: Browser, room: Room) -> None:
    page = opened(browser, room)
    before = page.evaluate(NAMES)
    page.goto(room.url("/c/arabic/map/"))
    assert page.evaluate(NAMES) == before
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_is_accessible_from_right_to_left_and_with_large_type(
    browser: Browser, room: Room, scheme: Any
) -> None:
    page = opened(browser, room, 390, color_scheme=scheme)
    page.goto(room.url("/c/arabic/map/"))
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found = Axe().run(page).response["violations"]
    assert not found, [(v["id"], v["nodes"][0]["html"][:200]) for v in found]
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.context.close()


def test_hostile_names_run_nothing_and_ask_nothing_outside(browser: Browser, room: Room, shared: Path) -> None:
    rows = [json.loads(row) for row in (shared / "corpora/xss/payloads.jsonl").read_text("utf-8").splitlines()]
    bad = [r["html"] for r in rows[:: max(len(rows) // 300, 1)]][:300]
    page = room.views.map_page()
    names = [replace(page.pins[0], number=n, names=(words, words)) for n, words in enumerate(bad, 1)]
    areas = tuple(replace(page.areas[0], title=words, source=words) for words in bad)
    towns = tuple(replace(page.towns[0], names=(words, words)) for words in bad)
    spoiled = replace(page, pins=tuple(names), areas=areas, towns=towns)
    room.views.map_page = lambda: spoiled  # type: ignore[method-assign]
    context, asked, ran = browser.new_context(), [], []  # type: ignore[var-annotated]
    opened_page = context.new_page()
    opened_page.on("request", lambda r: asked.append(r.url))
    opened_page.on("dialog", lambda d: (ran.append(d.message), d.dismiss()))
    opened_page.goto(room.url(MAP), wait_until="load")
    opened_page.wait_for_timeout(300)
    assert opened_page.locator(".pins > li").count() == len(bad)
    assert ran == [] and [u for u in asked if not u.startswith(room.url("/"))] == []
    context.close()


def test_a_pin_leads_to_its_place_with_the_keyboard_too(browser: Browser, room: Room) -> None:
    page = opened(browser, room)
    page.locator(".map-wide .pin").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/place/ubel/")
    page.context.close()


def test_nearer_farther_and_dragging_change_what_is_shown(browser: Browser, room: Room) -> None:
    page = opened(browser, room)
    errors: list[str] = []
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    box = "document.querySelector('.map-wide').getAttribute('viewBox')"
    whole = page.evaluate(box)
    page.get_by_role("button", name="Nearer").click()
    near = page.evaluate(box)
    assert float(near.split()[2]) < float(whole.split()[2])
    x, y = page.locator(".map-wide").evaluate(
        "s => { const r = s.getBoundingClientRect(); return [r.left + 60, r.bottom - 60]; }"
    )
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 30, y)
    page.mouse.up()
    assert float(page.evaluate(box).split()[0]) > float(near.split()[0])
    for _ in range(4):
        page.get_by_role("button", name="Farther").click()
    assert [float(v) for v in page.evaluate(box).split()] == pytest.approx([float(v) for v in whole.split()])
    assert errors == []
    page.context.close()


def test_the_map_is_whole_without_script(browser: Browser, room: Room) -> None:
    page = opened(browser, room, java_script_enabled=False)
    assert page.locator(".map-wide .pin").count() == 2 and page.get_by_role("button", name="Nearer").count() == 0
    page.get_by_role("link", name="As it stands").click()
    assert page.locator(".pins > li").count() == 4
    page.context.close()


def test_the_panel_beside_the_entries_is_drawn_and_a_phone_does_not_load_it(browser: Browser, room: Room) -> None:
    for width, wanted in ((1280, 1), (390, 0)):
        asked: list[str] = []
        page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
        page.on("request", lambda r, asked=asked: asked.append(r.url))
        page.goto(room.url("/c/tesk/"))
        if wanted:
            image = page.locator("#ground img")
            image.scroll_into_view_if_needed()
            page.wait_for_function("document.querySelector('#ground img').naturalWidth > 0")
            drawn, attribute = image.evaluate("i => [i.naturalWidth / i.naturalHeight, i.width / i.height]")
            assert abs(drawn - attribute) < 0.02  # what is squeezed cannot be read
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_timeout(200)
        assert len([u for u in asked if "panel.svg" in u]) == wanted
        page.close()
