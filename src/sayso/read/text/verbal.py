"""Which words are verbs where they stand, and what a verb group says: voice, negation, mood."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sayso.model.lexicon import Lexeme
from sayso.read.text.apposition import closes_apposition
from sayso.read.text.features import flags
from sayso.read.text.nominal import is_noun, recent
from sayso.read.text.words import Cell

SCARE: Final = frozenset(("'", '"', "“", "”", "‘", "’", "«", "»", "„"))
NOUNISH: Final = (
    "noun",
    "victim",
    "attack",
    "weapon",
    "body",
    "role",
    "report",
    "account",
    "channel",
    "toll",
    "both",
    "num",
    "enemy",
    "other",
    "own",
)
BEFORE_NOUN: Final = ("det", "poss", "num", "vague", "incr", "nobody", "cmp")
AFTER_VERB: Final = ("det", "num", "poss", "vague", "cmp", "pron", "that", "nobody", "both", "other", "enemy", "incr")
#: What weapons hit, by the classes of its nouns.
HIT: Final = frozenset(("building", "infra", "medical", "cultural", "people", "settlement", "site"))
#: Verbs that tell of no event: they only hold a clause together.
COMMON: Final = frozenset(("common", "view", "judge"))
PLANS: Final = frozenset(
    [
        "plan",
        "intend",
        "promise",
        "offer",
        "vow",
        "threaten",
        "pledge",
        "prepare",
        "ask",
        "agree",
        "seek",
        "want",
        "demand",
    ]
)


#: What a verb group can begin with.
VERBAL_FEATURES: Final = ("aux", "modal", "neg", "verb", "say", "?verb")
VERBAL: Final = flags(*VERBAL_FEATURES)
HELPS: Final = flags("aux", "modal")
ADVERB_OR_HELP: Final = flags("adv", "aux")
HELPS_OR_NEGATES: Final = flags("aux", "modal", "neg")
NEGATES: Final = flags("neg")
SAYS: Final = flags("say")
SAYS_OR_DOES: Final = flags("verb", "say")
ASKS_VERB: Final = flags("aux", "modal", "=to", "=not", "=n't", "=never")
JOINS_OR_HELPS: Final = flags("conj", "aux")
IS_PREP: Final = flags("prep")
IS_ADVERB: Final = flags("adv", "hedge")
IS_NOUN: Final = flags("noun")
JOINS_NOUN: Final = flags("prep", "conj", "verb")
DESCRIBED: Final = flags("noun", "victim", "weapon", "body")
COUNTS: Final = flags("num", "incr", "vague", "det")
IS_MODAL: Final = flags("modal")
IS_NOUNISH: Final = flags(*NOUNISH)
IS_BEFORE_NOUN: Final = flags(*BEFORE_NOUN)
#: Words that are always verbs before those who are told: "told reporters".
TELLING: Final = flags("=told", "=informed", "=briefed")


def is_verb(cells: Sequence[Cell], i: int) -> bool:
    """Whether the word at `i`, which has a `VERBAL` feature, is (the start of) a verb group where it stands."""
    cell = cells[i]
    if cell.flags & HELPS:
        return not (cell.low in ("may", "will") and cell.cap and i > 0)
    if cell.flags & NEGATES and i + 1 < len(cells):
        return bool(
            cells[i + 1].flags & SAYS_OR_DOES
            and not cell.has("conj")
            and cell.low not in ("not", "nor", "neither", "nowhere", "hardly")
        )
    prev = cells[i - 1] if i else None
    nxt = cells[i + 1] if i + 1 < len(cells) else None
    if not cell.flags & SAYS_OR_DOES:
        return unknown_verb(cell, prev, nxt)
    if cell.low in ("like", "including", "following") or (cell.name and not cell.low.islower()) or recent(cell, nxt):
        return False
    if prev is not None:
        if follows_auxiliary(prev) or closes_apposition(cells, i):
            return True
        if prev.flags & IS_PREP and not prev.flags & JOINS_OR_HELPS and finite_only(cell):
            return False  # "in use", "for need": behind a preposition stands a noun
        if (cell.cap and part_of_name(cells, i)) or named_speaker(cell, prev, nxt):
            return False
        expected = noun_expected(prev) and (cell.flags & IS_NOUN or not pronoun(prev))
        if expected or subject_of_modal(prev, nxt) or is_noun(cell, prev, nxt):
            return False
    if directs(cell, nxt):
        return False
    if cell.flags & IS_NOUNISH:
        return not owned_account(cells, i) and ambiguous(cell, prev, nxt)
    return not adjectival(cell, prev, nxt)


def directs(cell: Cell, nxt: Cell | None) -> bool:
    """Whether "back" or "down" says where to ("drove them back", "revised down to six")."""
    if cell.low == "down":
        return nxt is not None and nxt.low in ("to", "from")
    return cell.low == "back" and (nxt is None or (not nxt.has("det", "poss") and nxt.name is None))


def named_speaker(cell: Cell, prev: Cell, nxt: Cell | None) -> bool:
    """Whether a verb's word with a capital is who speaks: a finite verb of saying stands right behind ("Grant said"); or it
    is what the words said begin with."""
    if nxt is not None and prev.flags & SAYS and opens_content(cell, prev, nxt):
        return True
    if not cell.cap or nxt is None or nxt.cap or not nxt.has("say"):
        return False
    return "past" in {x.feat for x in nxt.lex["say"]} and not cell.flags & HELPS


def part_of_name(cells: Sequence[Cell], i: int) -> bool:
    """Whether a verb's word with a capital belongs to a name ("the League of States", "Cape Release"): verbs have one only
    where a sentence begins, and in headlines that give one to every long word."""
    if not (cells[i - 1].low[-1:].isalnum() or cells[i - 1].low == ","):
        return False
    near = (*cells[max(0, i - 4) : i], *cells[i + 1 : i + 5])
    return any(not c.cap and len(c.low) > 3 and c.low.replace(" ", "").isalpha() for c in near)


def subject_of_modal(prev: Cell, nxt: Cell | None) -> bool:
    """Whether a word between an unknown one and a modal is the noun of a subject ("his latest remarks will ...")."""
    return (
        nxt is not None
        and bool(nxt.flags & IS_MODAL)
        and not (prev.lex or prev.cap or prev.name)
        and prev.low.isalpha()
    )


def opens_content(cell: Cell, prev: Cell, nxt: Cell) -> bool:
    """Whether a plain form right behind "said" is the noun that what is said begins with: "said air defences had ..."."""
    told = any(x.feat == "past" for x in prev.lex["say"])
    return (
        told
        and PLAIN.issuperset(cell.lex.forms())
        and bool(nxt.flags & IS_NOUNISH or not nxt.lex)
        and nxt.low.isalpha()
    )


PLAIN: Final = frozenset(("base", "s"))


def follows_auxiliary(prev: Cell) -> bool:
    """Whether what stands before asks for a verb: an auxiliary, "to", "not"."""
    return bool(prev.flags & ASKS_VERB or (prev.flags & NEGATES and "nobody" not in prev.lex))


def finite_only(cell: Cell) -> bool:
    """Whether a common verb stands in a form that is a noun too ("use", "works")."""
    return cell.has("verb") and cell.classes("verb") <= COMMON and all(x.feat in PLAIN for x in cell.lex["verb"])


def noun_expected(prev: Cell) -> bool:
    """Whether what stands before asks for a noun: an article, a number, a possessive."""
    return bool(prev.flags & IS_BEFORE_NOUN and "pron" not in prev.lex) or prev.low == "'s"


def pronoun(prev: Cell) -> bool:
    """Whether a word that could be an article stands for a person or thing here ("one died", "another fled")."""
    return prev.low in (
        "one",
        "another",
        "none",
        "nobody",
        "no one",
        "some",
        "many",
        "all",
        "these",
        "those",
        "this",
        "that",
        "each",
        "either",
        "both",
    ) or prev.has("num", "vague", "nobody", "incr")


def owned_account(cells: Sequence[Cell], i: int) -> bool:
    """Whether a word for what someone counts or claims is a noun behind its owner: "by Tesk estimates, ...", "Tesk claims
    are ..."."""
    if i == 0 or not cells[i].has("account") or cells[i - 1].name is None:
        return False
    nxt = cells[i + 1] if i + 1 < len(cells) else None
    if nxt is not None and nxt.low == "that" and i > 2 and cells[i - 2].has("det") and cells[i - 3].has("verb"):
        return True  # "denies the Tesk report that ...": an object of the verb before
    if nxt is not None and nxt.has("aux", "say", "verb") and not nxt.has("noun", "neg"):
        return not (i + 2 < len(cells) and cells[i + 2].low in ("of", "over"))  # "Tesk claims capture of Ubel"
    return i > 1 and cells[i - 2].has("prep") and (nxt is None or not nxt.low[:1].isalnum())


def ambiguous(cell: Cell, prev: Cell | None, nxt: Cell | None) -> bool:
    """Whether a word that can be noun or verb ("strikes", "reports", "wounded") is a verb here."""
    feats = cell.lex.forms()
    if prev is None:
        return False
    if prev.has("prep") or (prev.low.isalpha() and not prev.lex and not prev.cap and not prev.name):
        return False
    if nxt is not None and nxt.has("victim") and not nxt.has("det"):
        return False
    source_before = (
        prev.name is not None
        or (prev.cap and not prev.has("hedge", "adv", "det"))
        or prev.has("body", "pron", "rel", "role")
        or (
            prev.has("report") and nxt is not None and (nxt.low[0].isdigit() or nxt.has("num", "that"))
        )  # "the bulletin records 212 breaches"
        or prev.low in ('"', "”", "»", ",", ")")
    )
    ends = nxt is None or not nxt.low[:1].isalnum()
    if cell.has("say"):
        return bool(
            source_before
            and not (
                nxt is not None and nxt.low == "of" and cell.has("report", "account")
            )  # "the Teskan report of losses"
            and (
                ends
                or nxt is None
                or nxt.has(*AFTER_VERB)
                or nxt.cap
                or nxt.low[0].isdigit()
                or nxt.has("prep", "noun", "channel", "adv", "report", "attack", "victim", "weapon", "deed")
                or "take" in nxt.classes("verb")  # "claims capture of the town"
            )
        )
    if nxt is not None and "s" in feats and prev.has("weapon") and any(x.cls in HIT for x in nxt.lex.get("noun", ())):
        return True  # "drone hits ambulance"
    if cell.has("verb") and "link" in cell.classes("verb") and nxt is not None and nxt.has("adv", "plight"):
        return True  # "access remains severely constrained"
    if "past" in feats and prev.has("day", "daypart", "weekday") and nxt is not None and nxt.has("det", "num", "poss"):
        return True
    if ("past" in feats or "part" in feats) and "base" not in feats:
        return prev.has("noun", "pron", "rel", "adv", "conj", "attack", "weapon", "num") or prev.name is not None
    if nxt is None or ends:
        return "part" in feats and prev.has("noun") and not prev.has("verb", "weapon")
    if prev.name is not None and nxt.name is not None:
        return True
    return (prev.has(*NOUNISH, "pron", "rel") and (nxt.has(*AFTER_VERB) or nxt.name is not None or nxt.cap)) or (
        prev.name is not None and nxt.has(*AFTER_VERB)
    )


#: What stands before a verb of saying that closes a report, a quotation or an apposition: no participle before its noun.
SAYING: Final = flags("say")
BEHIND_WORDS: Final = frozenset((",", '"', "”", "»"))


def adjectival(cell: Cell, prev: Cell | None, nxt: Cell | None) -> bool:
    """Whether a participle stands before its noun ("captured soldiers", "intercepted radio traffic")."""
    feats = cell.lex.forms()
    if nxt is None or "base" in feats or not ("part" in feats or "ing" in feats) or TELLING & cell.flags:
        return False
    if prev is not None and prev.low in BEHIND_WORDS and cell.flags & SAYING:
        return False  # "..., said residents", "Ann Roe, the mayor, said army shells hit"
    if prev is None or prev.flags & JOINS_NOUN or prev.low == ",":
        return bool(nxt.flags & DESCRIBED) and "verb" not in nxt.lex and "part" in feats
    if prev.low[0].isdigit():
        return "part" in feats and any(x.cls == "people" and x.feat == "pl" for x in nxt.lex.get("noun", ()))
    return bool(prev.flags & COUNTS) and ("noun" in nxt.lex or (nxt.name is not None and "part" in feats))


def unknown_verb(cell: Cell, prev: Cell | None, nxt: Cell | None) -> bool:
    """Whether a word that no list knows looks like a verb where it stands."""
    if cell.lex or cell.name or cell.cap or prev is None or nxt is None or not cell.low.isalpha():
        return False
    if prev.has(*BEFORE_NOUN, "prep", "attack", "conj") or prev.low == "'s":
        return False
    subject = prev.name is not None or prev.cap or prev.has("pron", "noun", "body", "adv", "rel", "role")
    if cell.low.endswith("ed"):
        return subject
    return (
        cell.low.endswith("s")
        and (prev.name is not None or prev.has("pron", "body"))
        and (nxt.has("det", "num", "poss", "that") or nxt.name is not None)
    )


@dataclass(slots=True)
class Verbs:
    """What the words of a verb group say together."""

    after: int
    classes: frozenset[str] = frozenset()
    say: Lexeme | None = None
    main: Cell | None = None
    feat: str = ""
    passive: bool = False
    neg: bool = False
    inf: bool = False
    modal: str = ""

    @staticmethod
    def read(cells: Sequence[Cell], i: int) -> "Verbs":
        """The verb group that starts at `i`."""
        out = Verbs(after=i)
        be = False
        while out.after < len(cells):
            cell = cells[out.after]
            at = out.after
            if cell.flags & HELPS_OR_NEGATES:
                be = out.helper(cell, be=be)
            elif at > i and cell.flags & IS_ADVERB and not cell.has("noun") and verb_ahead(cells, at):
                pass
            elif (
                cell.flags & SAYS_OR_DOES or (at == i and not cell.lex) or unknown_participle(cell, be=be)
            ) and out.main is None:
                before = cells[at - 1] if at > i else None
                if before and not (
                    follows_auxiliary(before) or before.has("adv", "neg", "hedge") or before.low in SCARE
                ):
                    break
                if be and cell.has("victim") and not cell.has("verb"):
                    break
                out.take_main(cell, cells, be=be)
            elif not (be and at > i and cell.low in SCARE and quoted_participle(cells, at)):
                break
            out.after += 1
            if out.main is not None:
                break
        out.after = max(out.after, i + 1)
        return out

    def helper(self, cell: Cell, *, be: bool) -> bool:
        """Take in an auxiliary, a modal or a negation; returns whether a form of "be" has been seen."""
        if cell.flags & NEGATES:
            self.neg = True
        if cell.flags & IS_MODAL:
            self.modal = cell.lex["modal"][0].cls
        return be or ("aux" in cell.lex and cell.lex["aux"][0].cls == "be") or cell.low.endswith((" be", " been"))

    def take_main(self, cell: Cell, cells: Sequence[Cell], *, be: bool) -> None:
        """Take in the main verb."""
        self.main = cell
        self.classes = cell.classes("verb")
        self.say = cell.one("say")
        forms = cell.lex.forms() or ("part" if cell.low.endswith("ed") else "",)
        part = "part" in forms
        self.feat = forms[0] if not part else "pastpart" if "past" in forms else "part"
        self.passive = be and part
        at = self.after
        while at > 1 and cells[at - 1].flags & ADVERB_OR_HELP and cells[at - 1].low != "to":
            at -= 1  # "to immediately stop", "to have killed"
        self.inf = at > 0 and cells[at - 1].low == "to" and self.modal == ""


def quoted_participle(cells: Sequence[Cell], at: int) -> bool:
    """Whether one participle stands between two quotation marks ("had been 'neutralised'"), perhaps with a comma."""
    close = at + 2 + (at + 2 < len(cells) and cells[at + 2].low in (",", "."))
    if close >= len(cells) or cells[close].low not in SCARE:
        return False
    return any(x.feat in ("part", "pastpart") for x in cells[at + 1].lex.get("verb", ()))


def unknown_participle(cell: Cell, *, be: bool) -> bool:
    """Whether a word that no list knows is the participle after a form of "be"."""
    return be and not cell.lex and cell.low.endswith(("ed", "ing"))


def verb_ahead(cells: Sequence[Cell], i: int) -> bool:
    """Whether a verb follows the adverbs at `i`."""
    for cell in cells[i : i + 3]:
        if cell.has("verb", "say", "aux"):
            return True
        if not cell.has("adv", "neg", "hedge") and cell.low not in SCARE:
            return False
    return False
