"""What a line of a page is by its form alone: bullet, time, date, headline, boilerplate, or paragraph.

Forms are those of newsrooms' pages in any language; only the words of boilerplate and months are listed (English and
a few neighbours), since their lines have no form of their own.
"""

import re
from typing import Literal

Form = Literal["bullet", "time", "date", "rule", "boiler", "head", "paragraph"]

HEADLINE_CHARS = 140
HEADLINE_WORDS = 22

#: What may stand after the full stop of a sentence: closing marks, and opening ones that were typed for closing.
CLOSERS = " \t\u00a0”“\"'’‘»«›)]*_…" + "\u200b"
FINALS = ".!?:;,։።。؟۔।…"

BULLET = re.compile(r"[•▪●‣◦∙·■►▶✔]\s*(?=\S)|[-*–—]\s+(?=\S)|\(?\d{1,2}[.)]\s+(?=\D)")
RULE = re.compile(r"[\W_]+")

CLOCK = r"\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?"
ZONE = r"(?:\s*\(?(?:[A-Z]{2,5}(?:[+-]\d{1,2})?|[^\W\d]{3,20} time)\)?)?"
MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|січ|лют|бер|кві|тра"
    r"|чер|лип|сер|вер|жов|лис|гру|oca|şub|nis|haz|tem|ağu|eyl|eki|kas|ara|yan|fev|iyn|iyl|avq|sen|okt|noy|dek|mär|mai|dez"
    r"|ene|abr|ago|dic|avr|jui|aoû|déc|gen|mag|giu|lug|set|ott)[^\W\d]{0,9}\.?"
)
DAY = (
    rf"(?:[^\W\d]{{2,12}},?\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:of\s+)?{MONTH}|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?)"
    r"(?:,?\s+\d{4})?|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d{2}-\d{2}|(?:day|день|tag|gün)\s+\d+"
)
UPDATED = r"(?:(?:last\s+)?(?:updated?|published|posted)(?:\s+(?:at|on))?:?\s*)?"
TIME = re.compile(rf"\W*{UPDATED}(?:(?:{DAY})\W+(?:at\s+)?)?{CLOCK}{ZONE}(?:\W+(?:{DAY}))?\W*", re.IGNORECASE)
DATE = re.compile(rf"\W*{UPDATED}(?:{DAY})(?:\s+(?:г\.?|года|року|year))?\W*", re.IGNORECASE)
LED_BY_TIME = re.compile(rf"\W?\d{{1,2}}:\d{{2}}(?:\s?[ap]\.?m\.?)?{ZONE}\W?(?:\s*[-–—|.,:]\s*|\s+)(?=\S)")

#: Labels that point elsewhere, and labels of credits (these only over few words: "Source: twelve killed" is news).
POINTERS = (
    "more (?:on|about|from) [^:]{1,30}", "read(?: also| more| next)?", "also read", "more", "see also",
    "related(?: stories)?", "watch(?: also)?", "listen", "tags?", "topics?", "previous(?:ly)?", "next", "archive",
    "читайте также", "читайте також",
)  # fmt: skip
CREDITS = (
    "photos?", "photographs?", "photo credit", "pictures?", "videos?", "images?", "illustration", "map", "graphic",
    "source", "text", "author", "editor", "reporting", "credit", "share", "фото", "видео", "источник", "автор",
    "джерело", "відео", "kaynak", "foto",
)  # fmt: skip
#: Whole lines that are boilerplate.
ALONE = (
    "advert(?:isement)?", "share(?: this)?", r"comments?(?: \(\d+\))?", r"\d+ comments?", "subscribe", "newsletter",
    "sign up", "log ?in", "menu", "search", r"follow us\b.*", r"join us\b.*", r"subscribe to\b.*",
    "sign up (?:for|to) .*", r"all rights reserved\b.*", r"(?:©|\(c\) |copyright ).*",
    "(?:photos?|pictures?|video|reporting|editing|text) by [^.]+", "read (?:also|more|next)", "see also",
    "related(?: stories)?", "to be continued", "load more(?: .*)?", "back to top",
    "this (?:page|blog) (?:is|was|will be) .*(?:updated|closed|live).*",
)  # fmt: skip

FLAGS = re.IGNORECASE | re.DOTALL
POINTER_LINE = re.compile(rf"\W*(?:{'|'.join(POINTERS)})\s*[:/|].*", FLAGS)
CREDIT_LINE = re.compile(rf"\W*(?:{'|'.join(CREDITS)})(?:\s+by)?\s*[:/|]\D*", FLAGS)
LONE_LINE = re.compile(rf"\W*(?:{'|'.join(ALONE)})\W*", FLAGS)
BYLINE = re.compile(r"By [A-Z][\w.'’-]+(?: (?:and |de |van |von )?[A-Z][\w.'’-]+){1,5}(?:[,|].{0,60}| in [A-Z][\w ]+)?")

TAIL = re.compile(r"[^\s-].*\s[-–—]\s+[^\s\-–—a-z0-9][^\-–—.!?]{1,60}")
HEAD = re.compile(r"[^\W\d][^:.!?]{1,40}:\s+\S.*", re.DOTALL)
INNER_STOP = re.compile(r"[.!?]\s+[^\W\d_]")


def bullet_mark(text: str) -> int:
    """How many characters the bullet's sign takes, with the space after it; 0 for a line that is no bullet."""
    found = BULLET.match(text)
    return found.end() if found else 0


def time_mark(text: str) -> int:
    """How many characters a clock time at the head of a line takes that has more behind it; else 0."""
    found = LED_BY_TIME.match(text)
    return found.end() if found else 0


def ends_a_sentence(text: str) -> bool:
    """Whether the line has a full stop (or its like) at its end, before any closing marks."""
    bare = text.rstrip(CLOSERS)
    return text.rstrip().endswith("…") or (bool(bare) and bare[-1] in FINALS)


def introduces(text: str) -> bool:
    """Whether the line ends with a colon: what follows (a quotation, a list) belongs to it."""
    return text.rstrip(CLOSERS).endswith(":")


def is_quotation(text: str) -> bool:
    """Whether the line opens with a quotation mark."""
    return text[:1] in "“\"«„”‘'‚‹"


def only_closes_a_quotation(text: str) -> bool:
    """Whether the line ends a quotation that was opened in a line above."""
    bare = text.rstrip()
    if bare.endswith(("”", "“")):
        return bare.count("“") + bare.count("”") == 1 or bare.count("“") < bare.count("”")
    if bare.endswith("»"):
        return bare.count("«") < bare.count("»")
    return bare.endswith('"') and bare.count('"') % 2 == 1


def names_its_speaker(text: str) -> bool:
    """Whether a line has the form of a headline with a body: "... - Body" or "Body: ..."."""
    return bool(TAIL.fullmatch(text) or HEAD.fullmatch(text))


def is_headline(text: str) -> bool:
    """Whether a line has a headline's form: short, begun like a sentence, with no full stop at its end."""
    if len(text) > HEADLINE_CHARS or len(text.split()) > HEADLINE_WORDS or text[:1].islower():
        return False
    bare = text.rstrip(CLOSERS)
    if bare.endswith(("?", "!")):
        return len(text) <= 90 and not INNER_STOP.search(bare)
    return bool(bare) and bare[-1] not in FINALS


def is_boilerplate(text: str) -> bool:
    """Whether the line's own words say that it belongs to the page and not to the news."""
    if len(text) <= 60 and CREDIT_LINE.fullmatch(text):
        return True
    return len(text) <= 200 and bool(
        POINTER_LINE.fullmatch(text) or LONE_LINE.fullmatch(text) or BYLINE.fullmatch(text)
    )


def form_of(text: str) -> Form:
    """The form of one line, stripped of spaces around."""
    if RULE.fullmatch(text):
        return "rule"
    if len(text) <= 60 and TIME.fullmatch(text):
        return "time"
    if is_boilerplate(text):
        return "boiler"
    if len(text) <= 40 and DATE.fullmatch(text) and any(c.isdigit() for c in text):
        return "date"
    if bullet_mark(text):
        return "bullet"
    return "head" if is_headline(text) else "paragraph"
