"""The forms of regular words, per language, so that word lists need only the dictionary form."""

from collections.abc import Callable, Iterator
from typing import Final

Inflector = Callable[[str, str], Iterator[tuple[str, str]] | None]

VOWELS: Final = frozenset("aeiou")
#: base -> past, participle; the s-form and the ing-form follow the rules.
IRREGULAR_VERBS: Final = {
    "beat": "beat beaten", "become": "became become", "begin": "began begun", "blow": "blew blown",
    "break": "broke broken", "bring": "brought brought", "burn": "burnt burnt", "burst": "burst burst",
    "buy": "bought bought", "catch": "caught caught", "come": "came come", "cut": "cut cut", "deal": "dealt dealt",
    "die": "died died", "do": "did done", "draw": "drew drawn", "drive": "drove driven", "fall": "fell fallen",
    "feel": "felt felt", "fight": "fought fought", "find": "found found", "flee": "fled fled", "fly": "flew flown",
    "forbid": "forbade forbidden", "get": "got got", "give": "gave given", "go": "went gone", "grow": "grew grown",
    "have": "had had", "hear": "heard heard", "hit": "hit hit", "hold": "held held", "hurt": "hurt hurt",
    "keep": "kept kept", "know": "knew known", "lay": "laid laid", "lead": "led led", "leave": "left left",
    "let": "let let", "lie": "lied lied", "light": "lit lit", "lose": "lost lost", "make": "made made",
    "mean": "meant meant", "meet": "met met", "pay": "paid paid", "put": "put put", "quit": "quit quit",
    "read": "read read", "retake": "retook retaken", "ride": "rode ridden", "rise": "rose risen", "run": "ran run",
    "say": "said said", "see": "saw seen", "seek": "sought sought", "send": "sent sent", "set": "set set",
    "shake": "shook shaken", "shoot": "shot shot", "shut": "shut shut", "sink": "sank sunk", "slay": "slew slain",
    "speak": "spoke spoken", "stand": "stood stood", "strike": "struck struck", "swear": "swore sworn",
    "take": "took taken", "tear": "tore torn", "tell": "told told", "think": "thought thought",
    "throw": "threw thrown", "uphold": "upheld upheld", "win": "won won", "withdraw": "withdrew withdrawn",
    "write": "wrote written", "overrun": "overran overrun", "rebuild": "rebuilt rebuilt", "broadcast": "broadcast broadcast",
    "arise": "arose arisen", "bear": "bore borne", "bind": "bound bound", "bleed": "bled bled", "build": "built built",
    "cast": "cast cast", "choose": "chose chosen", "dig": "dug dug", "drink": "drank drunk", "eat": "ate eaten",
    "feed": "fed fed", "forget": "forgot forgotten", "freeze": "froze frozen", "hide": "hid hidden", "learn": "learned learned",
    "lend": "lent lent", "mislead": "misled misled", "oversee": "oversaw overseen", "overthrow": "overthrew overthrown",
    "sell": "sold sold", "shed": "shed shed", "shrink": "shrank shrunk", "sit": "sat sat", "sleep": "slept slept",
    "sneak": "sneaked sneaked", "spend": "spent spent", "split": "split split", "spread": "spread spread",
    "spring": "sprang sprung", "strive": "strove striven", "sweep": "swept swept", "teach": "taught taught",
    "undergo": "underwent undergone", "understand": "understood understood", "wake": "woke woken", "wear": "wore worn",
    "weep": "wept wept", "withstand": "withstood withstood", "outlive": "outlived outlived",
    "cost": "cost cost", "hang": "hanged hanged",
    "undertake": "undertook undertaken", "overcome": "overcame overcome", "foresee": "foresaw foreseen",
}  # fmt: skip
IRREGULAR_PLURALS: Final = {
    "man": "men", "woman": "women", "child": "children", "person": "people", "life": "lives", "wife": "wives",
    "thief": "thieves", "half": "halves", "personnel": "personnel", "aircraft": "aircraft", "staff": "staff",
    "craft": "craft", "landing craft": "landing craft", "cattle": "cattle", "police": "police",
    "religious": "religious", "midwife": "midwives", "housewife": "housewives", "passer-by": "passers-by",
    "townspeople": "townspeople", "young person": "young people", "elderly person": "elderly people",
    "displaced person": "displaced people",
}  # fmt: skip
#: Words in -man that are no compounds of "man".
UNCHANGED: Final = ("human", "roman", "german", "ottoman", "shaman", "talisman", "caiman")
#: Verbs of one or more syllables whose last consonant doubles.
DOUBLING: Final = frozenset(
    [
        "admit",
        "bar",
        "commit",
        "log",
        "control",
        "cut",
        "defer",
        "drop",
        "drag",
        "equip",
        "expel",
        "forbid",
        "get",
        "hit",
        "slam",
        "let",
        "nab",
        "patrol",
        "permit",
        "plan",
        "pin",
        "propel",
        "put",
        "quit",
        "rebel",
        "rebut",
        "refer",
        "regret",
        "repel",
        "rob",
        "run",
        "set",
        "ship",
        "shut",
        "slip",
        "spot",
        "stop",
        "strip",
        "swap",
        "tap",
        "tip",
        "transfer",
        "transmit",
        "trap",
        "win",
        "wrap",
        "omit",
        "submit",
        "incur",
        "occur",
        "deter",
        "scrap",
        "gun",
        "rip",
        "step",
        "stab",
        "grab",
    ]
)


BE: Final = (
    ("be", "base"), ("is", "s"), ("are", "s"), ("am", "s"), ("was", "past"), ("were", "past"), ("been", "part"), ("being", "ing"),
)  # fmt: skip
#: Verbs in -l that British spelling doubles and other does not: both are read.
EITHER: Final = frozenset(
    ("cancel", "fuel", "level", "label", "marshal", "model", "signal", "travel", "tunnel", "channel")
)


def english(word: str, pos: str) -> Iterator[tuple[str, str]] | None:
    """The forms of an English verb or noun with what each is; None for other words, which have one form."""
    if pos in ("verb", "say"):
        return verb_forms(word)
    return noun_forms(word) if pos in ("noun", "human") else None


def verb_forms(word: str) -> Iterator[tuple[str, str]]:
    """base, s, past, part, ing of a verb; a particle stays behind it ("shoots down")."""
    head, _, rest = word.partition(" ")
    tail = f" {rest}" if rest else ""
    if head == "be":
        yield from ((form + tail, feat) for form, feat in BE)
        return
    past, part = (IRREGULAR_VERBS.get(head) or f"{regular_past(head)} {regular_past(head)}").split()
    yield word, "base"
    yield plural(head) + tail, "s"
    yield past + tail, "past"
    yield part + tail, "part"
    yield present_participle(head) + tail, "ing"
    if head == "burn":
        yield "burned" + tail, "part"
    if head in EITHER:
        for feat in ("past", "part"):
            yield f"{head}led{tail}", feat
        yield f"{head}ling{tail}", "ing"


def regular_past(verb: str) -> str:
    """The -ed form."""
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        return verb[:-1] + "ied"
    return verb + (verb[-1] if verb in DOUBLING else "") + "ed"


def present_participle(verb: str) -> str:
    """The -ing form."""
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return verb + (verb[-1] if verb in DOUBLING else "") + "ing"


def noun_forms(word: str) -> Iterator[tuple[str, str]]:
    """Singular and plural of a noun; of several words the last is inflected ("mayor" before "of" excepted)."""
    head, of, rest = word.partition(" of ")
    start, _, last = head.rpartition(" ")
    prefix = f"{start} " if start else ""
    yield word, "sg"
    yield IRREGULAR_PLURALS.get(head, prefix + plural(last)) + of + rest, "pl"


def plural(word: str) -> str:
    """The plural of a noun, which is also the s-form of a verb."""
    if word in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[word]
    if word.endswith("man") and not word.endswith(UNCHANGED):
        return word[:-2] + "en"
    if word.endswith("child"):
        return word + "ren"
    if word in ("go", "do") or word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word == "have":
        return "has"
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        return word[:-1] + "ies"
    return word + "s"


INFLECTORS: Final[dict[str, Inflector]] = {"en": english}
