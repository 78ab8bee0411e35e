"""Tables of our sentences: what happened, to whom, and how sure the source itself is. A type is a row, not code."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final


@cache
def deeds(lang: str = "en") -> dict[str, tuple[str, ...]]:
    """The shapes of a sentence for each "type.sub", the fullest first."""
    rows = tomllib.loads((files("sayso.publish.words") / f"deeds.{lang}.toml").read_text("utf-8"))
    return {f"{type_}.{sub}": tuple(shapes) for type_, subs in rows.items() for sub, shapes in subs.items()}


HARMED: Final = {
    "killed": "killed", "wounded": "wounded", "missing": "reported missing", "casualties": "killed or wounded",
    "destroyed": "destroyed", "shot_down": "shot down", "captured": "captured", "damaged": "damaged",
}  # fmt: skip
PEOPLE: Final = {
    "military": "soldiers", "civilian": "civilians", "both": "soldiers and civilians", "unknown": "people",
}  # fmt: skip
THINGS: Final = {
    "destruction.houses": "houses", "destruction.infrastructure": "infrastructure",
    "destruction.medical": "medical buildings", "destruction.cultural": "cultural sites",
    "destruction.other": "property",
    "equipment_loss": "pieces of equipment",
}  # fmt: skip
ONE_THING: Final = ("infrastructure", "property")
UNTOLD: Final = {
    "killed": "how many {who} were killed", "wounded": "how many {who} were wounded",
    "casualties": "how many {who} were killed or wounded", "equipment": "how much equipment{of} was lost",
    "other": "more about this",
}  # fmt: skip
HEDGES: Final = {
    "preliminary": "by preliminary data", "alleged": "as an allegation", "unverified": "without verification",
    "estimate": "as an estimate", "unofficial": "by unofficial data", "possible": "as a possibility",
    "reportedly": "as reported to it",
}  # fmt: skip
#: The same doubt where nobody is named whose data they are.
HEDGES_UNNAMED: Final = {**HEDGES, "reportedly": "reportedly", "alleged": "allegedly", "unverified": "unverified"}
