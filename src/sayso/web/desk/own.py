"""Somebody's own page: password, second factor, sessions."""

import segno
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from sayso.accounts import address_of, from_letters, in_letters, make_secret
from sayso.errors import Refused
from sayso.flow.shift.people import People
from sayso.flow.shift.staff import Staff
from sayso.web.desk.guard import OWN
from sayso.web.desk.rendering import Ask, Pages
from sayso.web.desk.routing import Way


def own_ways(staff: Staff, pages: Pages) -> list[Way]:
    """The ways of one's own page."""
    desk = OwnDesk(staff, pages)
    return [
        Way("GET", OWN, desk.page, "look"),
        Way("POST", f"{OWN}/password", desk.password, "look"),
        Way("GET", f"{OWN}/second", desk.second_page, "look"),
        Way("POST", f"{OWN}/second", desk.set_up, "look"),
        Way("POST", f"{OWN}/second/drop", desk.drop, "look"),
        Way("POST", f"{OWN}/sessions/end", desk.end_others, "look"),
    ]


class OwnDesk:
    """The handlers. Each gets an `Ask` that the guard let through."""

    def __init__(self, staff: Staff, pages: Pages) -> None:
        self._people = People(staff)
        self._page = pages.page

    def page(self, ask: Ask, *, refused: str = "", status: int = 200) -> Response:
        """Password, second factor, sessions."""
        own = self._people.own(str(ask.who), token=ask.token)
        needed = own.user.role in self._people.staff.second_for
        return self._page(ask, "own.html", status=status, refused=refused, own=own, needed=needed)

    def password(self, ask: Ask) -> Response:
        """To the sign-in page: all sessions are over."""
        try:
            if ask.text("password") != ask.text("again"):
                raise Refused("The two new passwords differ: type them again.")
            programs = ask.text("programs") == "yes"
            self._people.change_password(str(ask.who), old=ask.text("old"), new=ask.text("password"), programs=programs)
        except Refused as err:
            return self.page(ask, refused=str(err), status=409)
        return RedirectResponse("/desk/login?done=password", 303)

    def second_page(self, ask: Ask, *, refused: str = "", status: int = 200) -> Response:
        """The secret as a picture and in letters: a new one, or the one that the form came with."""
        try:
            secret = from_letters(ask.text("secret"))
        except ValueError:
            secret = make_secret()
        address = address_of(secret, name=str(ask.who), desk=f"sayso {ask.request.url.hostname}")
        letters = in_letters(secret)
        return self._page(
            ask,
            "second.html",
            status=status,
            refused=refused,
            picture=picture_of(address),
            address=address,
            letters=letters,
            spaced=" ".join(letters[i : i + 4] for i in range(0, len(letters), 4)),
        )

    def set_up(self, ask: Ask) -> Response:
        """The codes for a lost phone, shown this once."""
        try:
            codes = self._people.set_up_second(
                str(ask.who),
                letters=ask.text("secret"),
                code=ask.text("code"),
                password=ask.text("password"),
                token=ask.token,
            )
        except Refused as err:
            return self.second_page(ask, refused=str(err), status=409)
        return self._page(ask, "codes.html", codes=codes)

    def drop(self, ask: Ask) -> Response:
        """Sign in without a second factor from now on."""
        try:
            self._people.drop_second(str(ask.who), password=ask.text("password"))
        except Refused as err:
            return self.page(ask, refused=str(err), status=409)
        return RedirectResponse(f"{OWN}?done=second-drop", 303)

    def end_others(self, ask: Ask) -> Response:
        """Sign out everywhere else."""
        self._people.sign_out_elsewhere(str(ask.who), token=ask.token)
        return RedirectResponse(f"{OWN}?done=sessions-end", 303)


def picture_of(address: str) -> Markup:
    """An address as a QR code: black on white whatever the page's colours, since not every app reads the reverse."""
    code = segno.make_qr(address, error="m")
    svg = code.svg_inline(scale=5, border=4, dark="#000", light="#fff", title="The secret as a QR code", svgclass="qr")
    return Markup(svg)  # noqa: S704 - our own drawing: squares only
