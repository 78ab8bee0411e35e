"""The words of the claim scheme: types, kinds, channels, operators. One table each, in the scheme's order."""

from typing import Final, Literal

#: type -> its subs.
TYPES: Final[dict[str, tuple[str, ...]]] = {
    "casualties": ("killed", "wounded", "missing", "casualties"),
    "control": ("taken", "lost", "held", "contested"),
    "attack": ("shelling", "missile", "air", "drone", "ground", "clash", "sabotage", "repelled", "calm", "other"),
    "equipment_loss": ("destroyed", "shot_down", "captured", "damaged"),
    "denial": ("denies", "calls_fake"),
    "accusation": ("start", "crime", "mercenaries", "disinformation", "foreign_support", "weapons", "intent", "other"),
    "not_reported": ("killed", "wounded", "casualties", "equipment", "other"),
    "captured": ("captured", "exchanged", "released", "bodies"),
    "displacement": ("displaced", "evacuated", "returned"),
    "destruction": ("houses", "infrastructure", "medical", "cultural", "other"),
    "truce": ("agreed", "in_force", "observed", "violated", "called_for", "rejected"),
    "corridor": ("opened", "called_for", "surrender_offer", "evacuation"),
    "movement": ("advance", "retreat", "deployment", "mobilisation", "martial_law", "infiltration", "encirclement"),
    "diplomacy": (
        "meeting", "call", "visit", "statement", "appeal", "ruling", "sanction", "mediation", "support", "offer",
        "threat",
    ),
    "other": ("measure", "opinion", "situation", "rescue", "other"),
}  # fmt: skip

#: Types whose claims answer questions; the others are shown as "said".
QUESTION_TYPES: Final = (
    "casualties", "control", "attack", "equipment_loss", "denial", "accusation", "not_reported", "captured",
    "displacement", "truce", "corridor",
)  # fmt: skip

#: Types whose claims another side may turn round: blame, who broke a truce, who fired on a place.
MIRRORED: Final = ("accusation", "truce", "attack")

#: What a speaker is. A spokesperson has the kind of the body spoken for.
KINDS: Final = (
    "defence_ministry", "army", "foreign_ministry", "head_of_state", "government", "health_ministry", "prosecutor",
    "security_service", "emergency_service", "local_authority", "parliament", "armed_group", "ombudsman", "court",
    "international_org", "ngo", "medics", "company", "expert", "eyewitness", "media", "official", "unknown", "outlet",
)  # fmt: skip

CHANNELS: Final = (
    "press_service", "statement", "briefing", "facebook", "x", "telegram", "tv", "radio", "interview", "address",
    "website", "call", "document", "video",
)  # fmt: skip

Quote = Literal["direct", "mixed", "indirect", "none"]
Operator = Literal[
    "exact", "more_than", "at_least", "less_than", "up_to", "about", "nearly", "range", "dozens", "hundreds",
    "thousands", "tens_of_thousands", "hundreds_of_thousands", "several", "many", "none",
]  # fmt: skip
Scope = Literal["incident", "period", "cumulative", "increment", "stock"]
Polarity = Literal["asserted", "negated", "unknown"]
Modality = Literal["fact", "plan", "possible", "appeal", "conditional", "background"]
#: How a date is known: said in full, worked out from a word like "yesterday", or only that of publication.
Basis = Literal["said", "relative", "published"]
Who = Literal["military", "civilian", "both", "unknown"]
Hedge = Literal["preliminary", "alleged", "unverified", "estimate", "unofficial", "possible", "reportedly"]
EntryKind = Literal["summary", "entry", "bullet", "title", "heading", "boiler"]
PassageKind = Literal["headline", "standfirst", "entry", "bullet", "post", "briefing", "list", "boiler"]

#: Types of claims that are shown in their source's own words, which tell more than a sentence of ours; and single subtypes.
IN_ITS_WORDS: Final = ("diplomacy", "other")
ALSO_IN_ITS_WORDS: Final = ("accusation.other", "accusation.intent")
#: What of these only a sentence can say: a view, an aim, a plea. A meeting or an outage is said by its noun.
SPOKEN: Final = frozenset(("statement", "appeal", "offer", "threat", "support", "opinion", "other", "intent"))
