"""Names inside an English sentence: "the Tesk Guard", "an official of Orland", "Orland"; and which of them are many."""

import re
from typing import Final

#: What ends the part of a name that decides about its article.
OF: Final = re.compile(r"\s(?:of|in|for|to|on|at|and)\s|,")
#: A name whose last word before "of", "in" or "for" is one of these takes "the".
THE: Final = frozenset((
    "administration", "agency", "alliance", "army", "assembly", "bank", "brigade", "bureau", "cabinet", "centre",
    "center", "coalition", "command", "commission", "commissioner", "committee", "corps", "council", "court", "cross",
    "department", "envoy", "federation", "fleet", "forces", "front", "garrison", "government", "governor", "group",
    "guard", "headquarters", "kingdom", "league", "mayor", "militia", "ministry", "mission", "monitors", "movement",
    "nations", "navy", "office", "ombudsman", "pact", "parliament", "party", "police", "prefect", "premier",
    "president", "presidency", "prosecutor", "republic", "authority", "senate", "service", "services", "side",
    "sides", "society", "speaker", "spokesman", "defender", "directorate", "minister", "organisation", "organization",
    "secretary", "chancellor", "spokesperson", "spokeswoman", "staff", "state", "states", "tribunal", "union",
    "watch", "crescent", "head", "media",
))  # fmt: skip
#: One of these takes "a", unless it is somebody's own name.
A: Final = frozenset((
    "official", "eyewitness", "expert", "company", "court", "ngo", "person", "soldier", "resident", "witness",
    "analyst",
))  # fmt: skip
#: These take the verb of many.
PLURAL: Final = frozenset((
    "forces", "media", "medics", "monitors", "officials", "experts", "eyewitnesses", "troops", "services", "sides",
    "residents", "witnesses", "analysts", "doctors", "authorities", "police", "reports",
))  # fmt: skip


def core(name: str) -> str:
    """The word of a name that its article and number hang on: "Ministry" in "Ministry of Defence of Marn"."""
    words = OF.split(name, maxsplit=1)[0].split()
    return words[-1].casefold() if words else ""


def with_article(name: str) -> str:
    """The name as it stands inside a sentence: "the Tesk Guard", "an official of Orland", "Orland"."""
    head, last = OF.split(name, maxsplit=1)[0], core(name)
    if not name or name.casefold().startswith(("the ", "a ", "an ")):
        return name
    owner = re.search(r"(\w+)['’]s? ", head)
    if owner:  # "Orland's army", but "the Prime Minister's office"
        return f"the {name}" if owner[1].casefold() in (*THE, "general") else name
    if last in A and name[0].islower():
        return f"{'an' if name[0] in 'aeio' else 'a'} {name}"
    if last in THE and (last not in PLURAL or last in ("forces", "police", "services", "sides")):
        return name if name[0].isupper() and len(head.split()) == 1 and not OF.search(name) else f"the {name}"
    return name


def is_plural(name: str) -> bool:
    """Whether the name takes a plural verb."""
    return core(name) in PLURAL


def capital(sentence: str) -> str:
    """The sentence with a capital letter at its beginning."""
    return sentence[:1].upper() + sentence[1:]
