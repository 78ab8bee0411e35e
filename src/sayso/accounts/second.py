"""The second factor: a code that an app makes anew every half minute (RFC 6238), and codes to keep for a lost phone."""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from urllib.parse import quote, urlencode

from sayso.accounts.passwords import ALPHABET

#: What every app takes for granted, whatever an address says: SHA-1, six digits, steps of 30 seconds (RFC 6238, 4).
STEP_S: Final = 30
DIGITS: Final = 6
SECRET_BYTES: Final = 20
#: The steps before and after now whose code is taken too: a phone's clock and a slow hand (RFC 6238, 5.2 and 6).
DRIFT: Final = 1
RECOVERY_CODES: Final = 10
RECOVERY_GROUPS, RECOVERY_LENGTH = 3, 5  # 15 letters of 31: 74 bits


def make_secret() -> bytes:
    """A new random secret of 160 bits."""
    return secrets.token_bytes(SECRET_BYTES)


def in_letters(secret: bytes) -> str:
    """A secret as it is typed into an app: base32 without padding."""
    return base64.b32encode(secret).decode().rstrip("=")


def from_letters(text: str) -> bytes:
    """The secret in these letters. Raises ValueError where they are none, or make a secret of another length."""
    letters = "".join(text.split()).upper()
    try:
        secret = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except binascii.Error as err:
        raise ValueError("these are no letters of a secret") from err
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"a secret has {SECRET_BYTES} bytes")
    return secret


def code_at(secret: bytes, step: int) -> str:
    """The six digits of a step (RFC 4226, 5.3, with the step as the counter)."""
    mac = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    offset = mac[-1] & 15
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_of(secret: bytes, code: str, *, now: datetime) -> int | None:
    """The step whose code this is, among those that are taken now; None where it is none of theirs."""
    typed = "".join(code.split()).encode("utf-8", "surrogatepass")
    step = int(now.timestamp()) // STEP_S
    near = range(step - DRIFT, step + DRIFT + 1)
    matching = [s for s in near if hmac.compare_digest(code_at(secret, s).encode(), typed)]
    return matching[-1] if matching else None


def address_of(secret: bytes, *, name: str, desk: str) -> str:
    """What an app reads from the picture: whose secret it is (`name`), for which desk, as an otpauth address."""
    asked = {"secret": in_letters(secret), "issuer": desk, "digits": DIGITS, "period": STEP_S}
    return f"otpauth://totp/{quote(f'{desk}:{name}')}?{urlencode(asked, quote_via=quote)}"


def make_recovery_codes() -> tuple[str, ...]:
    """Codes to keep on paper, each as good as one code of the app, once."""
    return tuple(_recovery_code() for _ in range(RECOVERY_CODES))


def _recovery_code() -> str:
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_GROUPS))
    return "-".join(groups)


def hash_recovery_code(code: str) -> str:
    """What the store keeps of a code, however it was typed. No salt is needed: the codes themselves are random."""
    plain = "".join(code.replace("-", " ").split()).lower()
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def hash_recovery_codes(codes: Sequence[str]) -> tuple[str, ...]:
    """What the store keeps of these codes."""
    return tuple(hash_recovery_code(code) for code in codes)
