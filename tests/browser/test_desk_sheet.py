"""The statement page in a real browser: a claim from selected words and by the keyboard alone, both ways between them."""

import pytest
from playwright.sync_api import Browser, Page

from sayso.model.claim import ADDED_FROM
from tests.browser.desk_server import Desk, signed_in
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
