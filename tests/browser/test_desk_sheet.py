"""The statement page in a real browser: a claim from selected words and by the keyboard alone, both ways between them."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from sayso.model.claim import ADDED_FROM
from sayso.model.event import Attached
from sayso.model.statement import MediaFile, Rendition
from tests.browser.desk_server import Desk, signed_in
from tests.desk.factory import NOW
from tests.web.desk_room import take_in

pytestmark = pytest.mark.browser

TEXT = "🔥 The Tesk Guard said 12 soldiers were killed near Ubel. It was told that 3 tanks burned at Verst."
WORDS = "3 tanks burned at Verst"


def at_statement(browser: Browser, desk: Desk, statement: str, **options: object) -> Page:
    page = signed_in(browser, desk, **options)
    page.goto(f"{desk.base}/desk/c/orland/s/{statement}")
    return page


def test_selected_words_and_one_key_begin_a_claim_of_exactly_these_words(browser: Browser, desk: Desk) -> None:
    it = take_in(desk.room, TEXT)
    page = at_statement(browser, desk, it.id)
    page.evaluate(
        """(words) => {
          const nodes = document.createTreeWalker(document.querySelector("[data-original]"), NodeFilter.SHOW_TEXT);
          for (let node; (node = nodes.nextNode());) {
            const at = node.data.indexOf(words);
            if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + words.length);
          }
        }""",
        WORDS,
    )
    page.keyboard.press("c")
    page.wait_for_selector("[name=quote]")
    assert "tanks" not in page.url  # no word of a statement in an address
    assert page.input_value("[name=quote]") == WORDS
    assert page.evaluate("document.activeElement.name") == "what"
    page.select_option("[name=what]", "equipment_loss.destroyed")
    page.fill("[name=figure]", "3")
    page.select_option("[name=subject]", "OR")
    page.click("button:has-text('Add the claim')")
    page.wait_for_selector("text=It counts once")
    mine = desk.room.store.corrections(it.id)[ADDED_FROM]
    assert it.text[slice(*mine.span)] == WORDS
    assert page.locator(f"#c{ADDED_FROM} .tag", has_text="added at the desk").count() == 1
    page.context.close()


def test_a_claim_is_added_and_accepted_with_the_keyboard_alone(browser: Browser, desk: Desk) -> None:
    it = take_in(desk.room, TEXT)
    page = at_statement(browser, desk, it.id)
    page.keyboard.press("c")
    page.wait_for_selector("[name=quote]")
    page.focus("[name=quote]")
    page.keyboard.type(WORDS)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("equipment loss: des")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=It counts once")
    page.wait_for_selector(f"#c{ADDED_FROM}.seen")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Space")
    page.keyboard.press("a")
    page.wait_for_selector("text=Published.")
    assert sorted(s.claim.type for s in desk.room.store.said()) == ["casualties", "equipment_loss"]
    page.context.close()


def test_words_and_cards_lead_to_each_other_without_script(browser: Browser, desk: Desk) -> None:
    it = take_in(desk.room, TEXT)
    page = at_statement(browser, desk, it.id, java_script_enabled=False)
    page.click("a[aria-label^='Claim 1,']")
    assert page.url.endswith("#c0")
    page.click("#c0 .to-words")
    assert page.url.endswith("#w0")
    page.context.close()


def pictured(desk: Desk, statement: str) -> None:
    """A sensitive picture, half glaring red and half glaring green."""
    picture = Image.new("RGB", (640, 480), (255, 0, 0))
    picture.paste((0, 255, 0), (320, 0, 640, 480))
    picture.save(desk.room.media / "graphic.png")
    file = Rendition(name="graphic.png", media_type="image/png", width=640, height=480, size_bytes=1)
    medium = MediaFile(original="f" * 64, kind="image", alt="A road", sensitive="the dead", renditions=(file,))
    with desk.room.store.write(actor="media", at=NOW) as w:
        w.append(Attached(statement=statement, media=(medium,)))


def glaring(page: Page) -> int:
    """How many pixels of the screen have a colour of the picture: strong red or strong green."""
    shot = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    colours = shot.getcolors(shot.width * shot.height) or []
    return sum(n for n, (r, g, b) in colours if max(r, g) > 200 and min(r, g) < 60 and b < 60)


def test_no_graphic_pixel_is_seen_before_a_key_or_click_asks_for_it(browser: Browser, desk: Desk) -> None:
    """H10: not in the inbox; on the statement's page folded, then blurred and grey, until its box is ticked."""
    it = take_in(desk.room, TEXT)
    pictured(desk, it.id)
    page = signed_in(browser, desk)
    assert page.locator("img, video").count() == 0
    assert glaring(page) == 0
    page.goto(f"{desk.base}/desk/c/orland/s/{it.id}")
    assert glaring(page) == 0
    page.click("summary:has-text('Picture or video')")
    page.locator(".medium img").evaluate(
        "(img) => img.naturalWidth || new Promise((loaded) => img.addEventListener('load', () => loaded(1)))"
    )
    assert glaring(page) == 0
    page.focus(".unveil")
    page.keyboard.press("Space")
    assert glaring(page) > 10_000
    page.context.close()
