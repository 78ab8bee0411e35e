"""People at the desk in a real browser: joining, the second factor, tokens; accessible, without JavaScript, on a phone."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from sayso.accounts import from_letters
from sayso.flow.shift.people import People
from sayso.flow.shift.staff import Staff
from tests.browser.desk_server import Desk, signed_in
from tests.web.desk_people import PASSWORD, code_now

pytestmark = pytest.mark.browser

LOOKS = [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 800}}]


def invite(desk: Desk, page: Page, role: str) -> str:
    """The address that an admin gets for somebody."""
    page.goto(f"{desk.base}/desk/people")
    page.locator("form[action$='/invite'] select").select_option(role)
    page.get_by_role("button", name="Make an address").click()
    address = page.get_by_label("The address").input_value()
    assert address.startswith(desk.base), "the host that the browser asked"
    return address


def join(page: Page, address: str, name: str) -> None:
    """Take an invitation and sign in, with the keyboard alone."""
    page.goto(address)
    page.get_by_label("Your name at the desk").focus()
    for typed in (name, PASSWORD, PASSWORD):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/login?done=join")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/c/orland/")


def set_up_second(desk: Desk, page: Page) -> tuple[bytes, str]:
    """The secret in the phone, and one of the recovery codes."""
    page.goto(f"{desk.base}/desk/me/second")
    assert page.get_by_role("img", name="The secret as a QR code").bounding_box()["width"] > 150  # type: ignore[index]
    secret = from_letters(page.locator("[name=secret]").input_value())
    page.get_by_label("six digits").fill(code_now(secret))
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Ask for a code").click()
    return secret, page.locator(".codes code").first.inner_text()


def test_somebody_joins_and_signs_in_with_a_second_factor_without_javascript(browser: Browser, desk: Desk) -> None:
    admin = signed_in(browser, desk, java_script_enabled=False)
    context = browser.new_context(java_script_enabled=False)
    ana = context.new_page()
    join(ana, invite(desk, admin, "editor"), "Ana")
    _, code = set_up_second(desk, ana)
    assert ana.locator("a[href='/desk/people']").count() == 0, "an editor is offered no page of admins"
    ana.get_by_role("button", name="Sign out").click()
    ana.get_by_label("Name").fill("Ana")
    ana.get_by_label("Password").fill(PASSWORD)
    ana.keyboard.press("Enter")
    ana.wait_for_url("**/desk/login/code")
    ana.get_by_label("Six digits").fill(code)
    ana.keyboard.press("Enter")
    ana.wait_for_url("**/desk/c/orland/")
    context.close()
    admin.context.close()


def pages_of(desk: Desk, page: Page, stranger: Page) -> Any:
    """Every page about people with something on it, one after the other: its name, and the browser that shows it."""
    people = People(Staff(desk.room.store))
    invited = people.invite("chief", who="editor")
    yield "to join", stranger, stranger.goto(f"{desk.base}/desk/join/{invited}")
    yield "an address", page, invite(desk, page, "editor")
    people.join(invited, name="Ana", password=PASSWORD)
    people.reset("Ana", second=True, who="editor")
    yield "people", page, page.goto(f"{desk.base}/desk/people")
    yield "one's own", page, page.goto(f"{desk.base}/desk/me")
    yield "the picture", page, page.goto(f"{desk.base}/desk/me/second")
    page.goto(f"{desk.base}/desk/tokens")
    page.get_by_label("What is it for?").fill("the wire's robot")
    page.get_by_label("read: what waits").check()
    page.get_by_role("button", name="Make a token").click()
    yield "a token", page, None
    yield "tokens", page, page.goto(f"{desk.base}/desk/tokens")
    yield "the log", page, page.goto(f"{desk.base}/desk/log")
    joining = people.invite("editor", who="editor")
    people.join(joining, name="Bo", password=PASSWORD)
    stranger.goto(f"{desk.base}/desk/login")
    for label, typed in (("Name", "Bo"), ("Password", PASSWORD)):
        stranger.get_by_label(label).fill(typed)
    stranger.get_by_role("button", name="Sign in").click()
    set_up_second(desk, stranger)
    yield "recovery codes", stranger, None
    yield "one's own with a second factor", stranger, stranger.goto(f"{desk.base}/desk/me")
    stranger.get_by_role("button", name="Sign out").click()
    for label, typed in (("Name", "Bo"), ("Password", PASSWORD)):
        stranger.get_by_label(label).fill(typed)
    stranger.get_by_role("button", name="Sign in").click()
    yield "the code", stranger, None


@pytest.mark.parametrize("options", LOOKS, ids=["light", "dark", "phone"])
def test_pages_about_people_are_accessible_and_never_wider_than_the_screen(
    browser: Browser, desk: Desk, options: dict[str, Any]
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = signed_in(browser, desk, **options)
    other = browser.new_context(**options)
    for name, shown, _ in pages_of(desk, page, other.new_page()):
        for summary in shown.locator("main summary").all():
            summary.click()
        found = axe.run(shown).response["violations"]
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == [], name
        assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    page.context.close()
    other.close()
