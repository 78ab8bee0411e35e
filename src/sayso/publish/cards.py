"""An entry -> the picture that stands for it where its address is shared: words only, the claimant first (H3).

Never a source's picture, never a figure claimed for the other side (H4). The fonts come with sayso and have the
alphabets of all languages that are read. Words in a script that they lack are left out: no box stands for a letter.
"""

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, Literal

from PIL import Image, ImageColor, ImageDraw, ImageFont, features

from sayso.catalogue import N_, Catalogue, catalogue
from sayso.catalogue.articles import is_plural
from sayso.model.page import EntryView, PageFrame
from sayso.publish.showing import own_and_enemy, replay_words
from sayso.publish.terms import STATES
from sayso.publish.titles import card_title

WIDTH: Final = 1200
HEIGHT: Final = 630
EDGE: Final = 72
PAPER, INK, SOFT, LIVE, BAND = "#fffefb", "#191c20", "#555d66", "#b3261e", "#fdf3dd"
#: The largest size at which the headline fits is taken; at the smallest it is cut.
SIZES: Final = (60, 50, 42)
SPACING: Final = 1.24
#: A letter that no font has: what is drawn alike stands for a missing one.
NOWHERE: Final = "\U0010ffff"
#: Marks, separators, symbols and controls may be left out where the font lacks them; letters and digits may not.
MAY_GO: Final = ("Mn", "Me", "So", "Sk", "Cs", "Co", "Cn", "Cc", "Cf")
#: Whatever turns the direction of writing or hides: never drawn.
HIDDEN: Final = ("Cc", "Cf", "Cs", "Co")

#: Steps from one colour to another.
SHADES: Final = 16
#: Longer texts are cut before anything is measured.
LONGEST: Final = 600
#: States that say nothing that a card need tell.
UNMARKED: Final = ("single", "compatible")

Font = ImageFont.FreeTypeFont
Weight = Literal["DejaVuSans", "DejaVuSans-Bold"]
PLAIN: Final = "DejaVuSans"
BOLD: Final = "DejaVuSans-Bold"


@dataclass(frozen=True, slots=True)
class Style:
    """How a line is written."""

    weight: Weight
    size: int
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The words of a card: equal words give the same picture. `mouth` is who says it, "" where the headline says so."""

    coverage: str
    when: str
    mouth: str
    headline: str
    marks: str = ""
    replay: str = ""
    elsewhere: str = ""  # what stands instead of a headline that cannot be drawn

    @property
    def alt(self) -> str:
        """What the card says, for those who do not see it; the claimant comes first (H3)."""
        return " ".join(w for w in (self.mouth, self.headline, f"({self.marks})" if self.marks else "") if w)


def card_of(view: EntryView, frame: PageFrame) -> Card:
    """The words of a published entry's card, in the language of the coverage's pages."""
    words = catalogue(frame.coverage.language)
    mouth, headline = told_apart(view, frame, words)
    at, city = view.post.at.astimezone(frame.coverage.tz), words.dates.city(frame.coverage.zone)
    replay = replay_words(frame.coverage)
    return Card(
        coverage=frame.coverage.title, when=f"{words.dates.day(at)} · {words.dates.clock(at)} {city}", mouth=mouth,
        headline=headline, marks=" · ".join(marks_of(view, frame, words)),
        replay=f"{words.gettext(N_('REPLAY'))}: {replay}" if replay else "",
        elsewhere=words.gettext(N_("The words stand in the entry.")),
    )  # fmt: skip


def told_apart(view: EntryView, frame: PageFrame, words: Catalogue) -> tuple[str, str]:
    """Whose words these are ("Orland says:"), and the headline; a title that begins otherwise is only cut in two."""
    title = card_title(view, frame.coverage.conflict)
    front, found, rest = title.partition(": ")
    names = {
        view.claimant.name if view.claimant else "",
        *((view.source.title, view.source.body) if view.source else ()),
    }
    if not found:
        return "", title
    if front not in names or title != view.post.head:
        return f"{front}:", rest
    return words.gettext(N_("%(name)s say:") if is_plural(front) else N_("%(name)s says:")) % {"name": front}, rest


def marks_of(view: EntryView, frame: PageFrame, words: Catalogue) -> Iterator[str]:
    """What a reader must know beside the words: how the claims stand, a correction, a reading that nobody checked."""
    own, _ = own_and_enemy(view.claims, frame.coverage)
    stand = dict.fromkeys(c.answer.state for c in own if c.answer and c.answer.state not in UNMARKED)
    if stand:
        told = words.gettext(N_(", ")).join(words.gettext(STATES[s]) for s in stand)
        yield words.gettext(N_("claims: %(states)s")) % {"states": told}
    if view.post.corrections:
        yield words.gettext(N_("corrected"))
    if view.post.by_rule and view.claims:
        yield words.gettext(N_("read by machine, not checked"))


def drawn(card: Card) -> bytes:
    """The card as a PNG of 1200 by 630 pixels; nothing of it is in the file but pixels."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, 14), fill=LIVE)
    top = float(EDGE)
    if replay := shown(card.replay):
        pen.rectangle((0, 14, WIDTH, 76), fill=BAND)
        write(pen, 30, replay, Style(BOLD, 26, INK), most=1)
        top += 44
    top = write(pen, top, shown(card.coverage) or "", Style(PLAIN, 28, SOFT), most=1) + 22
    if mouth := shown(card.mouth):
        top = write(pen, top, mouth, Style(BOLD, 42, LIVE), most=2) + 10
    write_headline(pen, top, shown(card.headline) or shown(card.elsewhere) or "")
    write(pen, HEIGHT - EDGE - 76, shown(card.marks) or "", Style(BOLD, 30, INK), most=1)
    write(pen, HEIGHT - EDGE - 28, shown(card.when) or "", Style(PLAIN, 28, SOFT), most=1)
    out = io.BytesIO()
    image.quantize(palette=palette(), dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue()


@cache
def palette() -> Image.Image:
    """Our colours, and the steps from paper to each of them that the edges of letters are drawn in: the same on every card,
    in less time than choosing them anew."""
    made = Image.new("P", (1, 1))
    pairs = [(PAPER, INK), (PAPER, SOFT), (PAPER, LIVE), (BAND, INK)]
    steps = [blend(low, high, n / (SHADES - 1)) for low, high in pairs for n in range(SHADES)]
    made.putpalette([v for colour in steps for v in colour])
    return made


def blend(low: str, high: str, share: float) -> tuple[int, ...]:
    """A colour between two."""
    ends = zip(ImageColor.getrgb(low), ImageColor.getrgb(high), strict=True)
    return tuple(round(a + (b - a) * share) for a, b in ends)


def write_headline(pen: ImageDraw.ImageDraw, top: float, headline: str) -> None:
    """The headline as large as it fits above the last two lines; cut at the smallest size."""
    room = HEIGHT - EDGE - 100 - top
    for size in SIZES:
        most = max(int(room / (size * SPACING)), 1)
        if size == SIZES[-1] or len(wrapped(headline, font_of(BOLD, size))) <= most:
            write(pen, top, headline, Style(BOLD, size, INK), most=most)
            return


def write(pen: ImageDraw.ImageDraw, top: float, text: str, style: Style, *, most: int) -> float:
    """Where the next line may begin, after the text was written in at most so many lines, from its own side."""
    font = font_of(style.weight, style.size)
    lines = wrapped(text, font)
    if len(lines) > most:
        lines = [*lines[: most - 1], fitting(f"{lines[most - 1]} {lines[most]}", font)]
    leftward = runs_leftward(text)
    x, anchor, direction = (WIDTH - EDGE, "ra", "rtl") if leftward else (EDGE, "la", None)
    for line in lines:
        pen.text((x, top), line, font=font, fill=style.colour, anchor=anchor, direction=direction)
        top += style.size * SPACING
    return top


def wrapped(text: str, font: Font) -> list[str]:
    """The text in lines that fit; a word longer than a line is broken."""
    lines: list[str] = []
    for word in (piece for whole in text.split() for piece in broken(whole, font)):
        if lines and font.getlength(f"{lines[-1]} {word}") <= WIDTH - 2 * EDGE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def broken(word: str, font: Font) -> Iterator[str]:
    """A word in pieces that fit into a line: one, but for hostile ones."""
    while font.getlength(word) > WIDTH - 2 * EDGE:
        end = next(n for n in range(1, len(word)) if font.getlength(word[: n + 1]) > WIDTH - 2 * EDGE)
        yield word[:end]
        word = word[end:]
    yield word


def fitting(line: str, font: Font) -> str:
    """As much of a line as fits before an ellipsis."""
    while line and font.getlength(f"{line}…") > WIDTH - 2 * EDGE:
        line = line[:-1]
    return f"{line.rstrip(' ,;:')}…"


def shown(text: str) -> str | None:
    """The text without what can be left out; None where the font or the machine cannot write it as it is written."""
    kept = unicodedata.normalize("NFC", " ".join(text[:LONGEST].split()))
    kept = "".join(c for c in kept if unicodedata.category(c) not in HIDDEN)
    kept = "".join(c for c in kept if has(c) or unicodedata.category(c) not in MAY_GO)
    if not all(has(c) for c in kept) or (runs_leftward(kept) and not joins_letters()):
        return None
    return " ".join(kept.split()) or None


def runs_leftward(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    sides = (unicodedata.bidirectional(c) for c in text)
    return next((s for s in sides if s in ("L", "R", "AL")), "L") != "L"


@cache
def joins_letters() -> bool:
    """Whether this machine can join Arabic letters and order them; else they would stand apart and turned round."""
    return bool(features.check("raqm") and features.check("fribidi"))


def font_of(weight: Weight, size: int) -> Font:
    """One of our fonts."""
    return opened(weight, size, ImageFont.Layout.RAQM if joins_letters() else ImageFont.Layout.BASIC)


@cache
def opened(weight: Weight, size: int, layout: ImageFont.Layout) -> Font:
    """The font's file at a size; with the basic layout each letter is drawn by itself."""
    body = (files("sayso.publish") / "fonts" / f"{weight}.ttf").read_bytes()
    return ImageFont.truetype(io.BytesIO(body), size, layout_engine=layout)


@lru_cache(maxsize=4096)
def has(letter: str) -> bool:
    """Whether both fonts have a letter: what they lack is drawn as they draw any letter that is in none."""
    return all(glyph(weight, letter) != glyph(weight, NOWHERE) for weight in (PLAIN, BOLD))


def glyph(weight: Weight, letter: str) -> tuple[object, bytes]:
    """How a letter is drawn."""
    mask = opened(weight, 24, ImageFont.Layout.BASIC).getmask(letter)
    return mask.size, bytes(mask)
