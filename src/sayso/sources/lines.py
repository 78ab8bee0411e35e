"""The lines of a plain text as an outline needs them: with their place, the blank lines before, and wrapping undone."""

from dataclasses import dataclass, replace
from itertools import pairwise

from sayso.model.claim import Span
from sayso.sources.forms import Form, ends_a_sentence, form_of, names_its_speaker, time_mark

#: A text is taken for hard-wrapped when so many of its full lines break in the middle of a sentence.
WRAPPED_SHARE = 0.3
NARROWEST_WRAP, WIDEST_WRAP = 30, 110
FEWEST_LINES = 6


@dataclass(frozen=True, slots=True)
class Line:
    """One line (or several that were one before wrapping): its span, words, form, and blank lines before it."""

    span: Span
    text: str
    form: Form
    gap: int
    timed: bool = False  # begins with a clock time, which the span leaves out


def lines_of(text: str) -> list[Line]:
    """All lines that have something on them, from the top down."""
    found = unwrapped(text, plain_lines(text))
    return with_leading_times(text, found)


def plain_lines(text: str) -> list[Line]:
    """Each line by itself."""
    lines, at, gap = [], 0, 0
    for raw in text.splitlines(keepends=True):
        words = raw.strip().strip("\ufeff")
        if words:
            start = at + raw.index(words)
            lines.append(Line(Span(start, start + len(words)), words, form_of(words), gap))
            gap = 0
        else:
            gap += 1
        at += len(raw)
    return lines


def unwrapped(text: str, lines: list[Line]) -> list[Line]:
    """The lines, those of one wrapped paragraph or bullet joined; as they are where the text is not wrapped."""
    width = wrap_width(lines)
    if not width:
        return lines
    runs = [[lines[0]]]
    for before, line in pairwise(lines):
        if runs_on(before, line, first=runs[-1][0], width=width):
            runs[-1].append(line)
        else:
            runs.append([line])
    return [joined(text, run) for run in runs]


def runs_on(before: Line, line: Line, *, first: Line, width: int) -> bool:
    """Whether a line goes on with the paragraph or bullet that `first` began: a line was broken only if the next one's
    first word had no room left on it."""
    full = len(before.text) + 1 + len(line.text.split(maxsplit=1)[0]) > width
    fresh = ends_a_sentence(before.text) and names_its_speaker(line.text)
    texts = line.form in ("head", "paragraph") and first.form in ("head", "paragraph", "bullet")
    return full and not fresh and texts and line.gap == 0


def joined(text: str, run: list[Line]) -> Line:
    """The lines of one paragraph or bullet as one."""
    if len(run) == 1:
        return run[0]
    span = Span(run[0].span.start, run[-1].span.end)
    words = text[span.start : span.end]
    form = "bullet" if run[0].form == "bullet" else form_of(" ".join(words.split()))
    return replace(run[0], span=span, text=words, form=form)


def wrap_width(lines: list[Line]) -> int:
    """The width that the text was wrapped at, 0 where it was not."""
    width = max((len(line.text) for line in lines), default=0)
    if len(lines) < FEWEST_LINES or not NARROWEST_WRAP <= width <= WIDEST_WRAP:
        return 0
    pairs = [(a, b) for a, b in pairwise(lines) if b.gap == 0 and len(a.text) >= 0.7 * width]
    broken = [a for a, b in pairs if not ends_a_sentence(a.text) and b.text[:1].islower()]
    return width if pairs and len(broken) / len(pairs) >= WRAPPED_SHARE else 0


def with_leading_times(text: str, lines: list[Line]) -> list[Line]:
    """The lines, the clock time at their head cut off where at least two lines of the page have one.

    One alone may be the first words of a sentence ("10:30 was when...").
    """
    if sum(bool(time_mark(line.text)) for line in lines) < 2:
        return lines
    return [after_time(text, line) for line in lines]


def after_time(text: str, line: Line) -> Line:
    """The line without the clock time at its head."""
    mark = time_mark(line.text) if line.form in ("head", "paragraph", "bullet") else 0
    if not mark:
        return line
    span = Span(line.span.start + mark, line.span.end)
    words = text[span.start : span.end]
    return replace(line, span=span, text=words, form=form_of(words), timed=True)
