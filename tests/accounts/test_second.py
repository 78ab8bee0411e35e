"""The second factor: codes of RFC 6238, the address that apps read, codes for a lost phone."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.accounts import address_of, code_at, from_letters, in_letters, make_recovery_codes, make_secret, step_of
from sayso.accounts.second import hash_recovery_code

SECRET = b"12345678901234567890"
NOW = datetime(2031, 5, 6, 12, 0, 10, tzinfo=UTC)
STEP = int(NOW.timestamp()) // 30


@pytest.mark.parametrize(  # RFC 6238, appendix B: the SHA-1 column, of which apps show the last six digits
    ("seconds", "totp"),
    [(59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"),
     (2000000000, "69279037"), (20000000000, "65353130")],
)  # fmt: skip
def test_the_codes_are_those_of_the_standard(seconds: int, totp: str) -> None:
    assert code_at(SECRET, seconds // 30) == totp[-6:]


def test_a_code_is_taken_half_a_minute_early_and_late_and_no_more() -> None:
    taken = [step for step in range(STEP - 4, STEP + 5) if step_of(SECRET, code_at(SECRET, step), now=NOW) == step]
    assert taken == [STEP - 1, STEP, STEP + 1]


def test_a_code_may_be_typed_with_a_blank() -> None:
    code = code_at(SECRET, STEP)
    assert step_of(SECRET, f" {code[:3]} {code[3:]}", now=NOW) == STEP


@given(st.text(max_size=12))
def test_what_is_no_code_is_refused_whatever_it_is(typed: str) -> None:
    near = {code_at(SECRET, STEP + n) for n in (-1, 0, 1)}
    assert (step_of(SECRET, typed, now=NOW) is not None) == ("".join(typed.split()) in near)


def test_a_phone_that_is_a_minute_wrong_is_refused() -> None:
    assert step_of(SECRET, code_at(SECRET, STEP), now=NOW + timedelta(seconds=60)) is None


@given(st.binary(min_size=20, max_size=20))
def test_a_secret_survives_its_letters(secret: bytes) -> None:
    letters = in_letters(secret)
    assert "=" not in letters
    assert from_letters(f" {letters[:4]} {letters[4:].lower()}") == secret


@pytest.mark.parametrize("text", ["", "AAAA", "1!", "A" * 33, "Ä" * 32, in_letters(b"x" * 21)])
def test_letters_of_no_secret_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        from_letters(text)


def test_the_address_says_whose_secret_it_is() -> None:
    address = urlsplit(address_of(SECRET, name="Ana & Bo", desk="sayso desk.example"))
    assert (address.scheme, address.netloc, unquote(address.path)) == (
        "otpauth",
        "totp",
        "/sayso desk.example:Ana & Bo",
    )
    asked = parse_qs(address.query)
    assert (asked["secret"], asked["issuer"]) == ([in_letters(SECRET)], ["sayso desk.example"])
    assert "+" not in address.query, "apps show a plus as it is"


def test_secrets_and_recovery_codes_are_never_the_same() -> None:
    assert len({make_secret() for _ in range(100)}) == 100
    codes = make_recovery_codes()
    assert len({*codes, *make_recovery_codes()}) == 20
    assert hash_recovery_code(codes[0].upper().replace("-", "  ")) == hash_recovery_code(codes[0])
    assert codes[0] not in hash_recovery_code(codes[0])
