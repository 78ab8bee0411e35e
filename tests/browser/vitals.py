"""What a browser tells of a page while it is read on a phone: a narrow screen, a processor four times slower, a slow line."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.reading_room import Room
from tests.publish.factory import new_entry, picture

#: Times slower than here, and the line that Lighthouse calls slow 4G (1.6 Mbit/s).
SLOWER, LATENCY_MS, BYTES_A_SECOND = 4, 150, 1_638_400 / 8
PHONE = {"width": 390, "height": 844}
ENTRIES = 50
OBSERVER = """
window.vitals = { lcp: 0, moved: 0, slowest: 0 };
const on = (type, take, more) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe(
  { type, buffered: true, ...more });
on("largest-contentful-paint", (e) => { vitals.lcp = e.startTime; });
on("layout-shift", (e) => { if (!e.hadRecentInput) vitals.moved += e.value; });
on("event", (e) => { if (e.interactionId) vitals.slowest = Math.max(vitals.slowest, e.duration); }, { durationThreshold: 16 });
"""


@dataclass(frozen=True)
class Vitals:
    """Milliseconds to the largest thing on the first screen; how far things moved by themselves, all moves added, which is
    never less than the largest window of them; milliseconds from the slowest of some touches to the next picture."""

    lcp_ms: float
    moved: float
    inp_ms: float


def fill(room: Room, media: Path) -> None:
    """Put so many entries into the room that fifty are there, every second one with a photograph of its own."""
    photograph(media)
    for n in range(ENTRIES - len(room.views.all)):
        view = new_entry(f"e{n}", f"Bulletin {n} tells of the road, the ferry and the weather over the lake. " * 4)
        assert view.statement is not None
        if n % 2 == 0:
            for made in media.glob("photo-*"):
                (media / made.name.replace("photo", f"photo{n}")).hardlink_to(made)
            view = replace(view, statement=replace(view.statement, media=(picture(f"photo{n}"),)))
        room.views.change("add", view)


def photograph(media: Path) -> None:
    """A picture that is as many bytes as a photograph is, in each width."""
    grain = Image.effect_noise((360, 202), 35)
    for width in (480, 960, 1440):
        made = Image.merge("RGB", [grain.resize((width, width * 9 // 16))] * 3)
        for kind in ("webp", "jpg"):
            made.save(media / f"photo-{width}.{kind}", quality=72)


@contextmanager
def phone(browser: Browser) -> Iterator[Page]:
    """A page of a phone that tells what it notices."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, is_mobile=True, has_touch=True)  # type: ignore[arg-type]
    page = context.new_page()
    tell = context.new_cdp_session(page)
    tell.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    line = {"downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND / 2, "latency": LATENCY_MS}
    tell.send("Network.enable")
    tell.send("Network.emulateNetworkConditions", {"offline": False, **line})
    page.add_init_script(OBSERVER)
    yield page
    context.close()


def read_through(page: Page, room: Room, path: str, *, rest_ms: float) -> Vitals:
    """Open the page as a reader does, get an entry at its top, touch what can be touched, scroll down, get more there."""
    page.goto(room.url(path), wait_until="load")
    page.wait_for_timeout(rest_ms)
    lcp = page.evaluate("vitals.lcp")
    room.tell("add", new_entry("at-top", "Fresh words."))
    page.get_by_text("Fresh words.").wait_for()
    for touched in ("#mytime", "#pause", "#pause", "#entries details summary"):
        touch(page, touched, rest_ms)
    page.locator("#entries img").nth(3).scroll_into_view_if_needed()
    while not page.evaluate("document.querySelectorAll('#entries img')[3].complete"):
        page.wait_for_timeout(rest_ms)
    page.wait_for_timeout(rest_ms)
    page.keyboard.press("j")
    for n in range(5):
        page.mouse.wheel(0, 900)
        page.wait_for_timeout(rest_ms / 4)
        room.tell("add", new_entry(f"below-{n}", "More words."))
    page.locator("#pill").wait_for()
    touch(page, "#pill", rest_ms)
    found = page.evaluate("vitals")
    return Vitals(lcp_ms=lcp, moved=found["moved"], inp_ms=found["slowest"])


def touch(page: Page, what: str, rest_ms: float) -> None:
    """Touch what is on the screen and at rest, as a reader does: by its place alone, since looking at it costs the page time."""
    it = page.locator(what).first
    it.scroll_into_view_if_needed()
    box = it.bounding_box()
    assert box is not None
    page.wait_for_timeout(rest_ms)
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(rest_ms)
