"""The one file that holds a whole coverage: the names of its members, and how much it may be."""

import re
from typing import Final

#: Raised when a reader of an earlier form could not read the file rightly.
FORM: Final = 1
MANIFEST: Final = "manifest.json"
LEDGER: Final = "ledger.jsonl"
CHECKPOINTS: Final = "checkpoints.jsonl"
STAMPS: Final = "stamps.jsonl"
KEYS: Final = "keys.txt"

#: Of the coverage's folder these stay behind: what only one machine needs, and what may hold a password.
LEFT_OUT: Final = ("sayso.toml", "signing.key")

_MEMBER: Final = re.compile(
    r"manifest\.json|ledger\.jsonl|checkpoints\.jsonl|stamps\.jsonl|keys\.txt|blobs/[0-9a-f]{64}|media/[0-9a-f]{24}\.[a-z0-9]{1,8}"
)
_PART: Final = re.compile(r"[^\x00-\x1f\x7f/\\:.][^\x00-\x1f\x7f/\\:]{0,120}")


def may_be_member(name: str) -> bool:
    """Whether a member of the file may have this name: nothing in it leads out of the folder that it is unpacked to."""
    folder, _, rest = name.partition("/")
    if folder != "coverage":
        return _MEMBER.fullmatch(name) is not None
    parts = rest.split("/")
    return len(parts) < 9 and all(_PART.fullmatch(part) and part not in LEFT_OUT for part in parts)
