"""The outline of a page that is nothing but lines: title, standing summary, entries, bullets, headings, boilerplate.

No blank line, time or link is needed: a headline is known by its form (short, no full stop, often with who speaks at
its head or tail) and by what follows it. Where the page does separate its entries by blank lines or times, these rule.
"""

from dataclasses import dataclass, field

from sayso.model.claim import Part, Span
from sayso.model.vocabulary import EntryKind, PassageKind
from sayso.sources.forms import introduces, is_quotation, names_its_speaker, only_closes_a_quotation
from sayso.sources.lines import Line, lines_of

#: Words over a standing summary or background that is no statement's headline.
SUMMARY_HEADS = ("what we know", "what is known", "in brief", "key points", "summary", "background", "the main points")
LIST_INTRO_WORDS = 8
MANY_POINTS = 2  # lines; one alone under a title is its second line
POINT_WORDS = 6


def outline(text: str) -> tuple[Part, ...]:
    """Every part of the page, in order: one a line (or wrapped paragraph), numbered by the entry that it belongs to."""
    lines = lines_of(text)
    return Outliner(lines).run() if lines else ()


def paragraphs(title: str | None, text: str) -> tuple[str, tuple[Part, ...]]:
    """The text of a single statement under its title, one line a paragraph, and the parts that cover it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    head = " ".join(title.split()) if title else ""
    rows: list[tuple[str, PassageKind]] = [(head, "headline")] if head else []
    return lay_out([*rows, *((line, "entry") for line in lines)])


def lay_out(rows: list[tuple[str, PassageKind]]) -> tuple[str, tuple[Part, ...]]:
    """Rows as one text with a line each, and their parts."""
    text, parts = [], []
    at = 0
    for words, kind in rows:
        parts.append(Part(span=Span(at, at + len(words)), kind=kind))
        text.append(words)
        at += len(words) + 1
    return "\n".join(text), tuple(parts)


@dataclass(slots=True)
class Outliner:
    """Walks the lines once, with an eye on the neighbours, and numbers what it finds."""

    lines: list[Line]
    parts: list[Part] = field(default_factory=list)
    number: int = -1
    last: int = -1  # the highest number given
    open: EntryKind | None = None  # what a paragraph that comes now belongs to
    led_in: bool = False  # the open entry introduced a list
    grouped: bool = False
    timed: bool = False
    said: bool = False  # any text has come that is no headline
    near: int = 0  # the fewest blank lines between two lines
    tail: int = 0  # from here on there are only headlines and boilerplate
    listed: list[bool] = field(default_factory=list)  # only headings stand between the line and a bullet below

    def run(self) -> tuple[Part, ...]:
        """All parts of the page."""
        self._look_ahead()
        self.timed = self._is_timed()
        self.grouped = self._is_grouped()
        begin = self._title()
        for i in range(begin, len(self.lines)):
            self._take(i)
        return tuple(self.parts)

    # -- what kind of page it is

    def _look_ahead(self) -> None:
        """Fills what later questions need, once, so that a page of a million lines stays cheap."""
        self.near = min((line.gap for line in self.lines[1:]), default=0)
        self.tail = len(self.lines)
        while self.tail and self._is_link(self.lines[self.tail - 1]):
            self.tail -= 1
        self.listed = [False] * (len(self.lines) + 1)
        for i in reversed(range(len(self.lines))):
            form = self.lines[i].form
            self.listed[i] = form == "bullet" or (form in ("head", "date") and self.listed[i + 1])

    def _is_link(self, line: Line) -> bool:
        return line.form in ("head", "boiler", "rule", "date") and not line.timed

    def _is_timed(self) -> bool:
        """Whether times stand at the head of the entries (and not below their headlines)."""
        marks = [i for i, line in enumerate(self.lines) if line.form == "time"]
        below = [i for i in marks if self._form(i - 1) == "head" and self._form(i + 1) in ("paragraph", "bullet")]
        return any(line.timed for line in self.lines) or len(marks) > 2 * len(below)

    def _is_grouped(self) -> bool:
        """Whether blank lines set entries apart: some lines have one before them, and headlines mostly do."""
        gaps = [line.gap for line in self.lines[1:] if line.form != "rule"]
        if not gaps or min(gaps) == max(gaps):
            return False
        heads = [line.gap > min(gaps) for i, line in enumerate(self.lines) if i and self._heads_text(i)]
        return sum(heads) * 2 >= len(heads)

    def _heads_text(self, i: int) -> bool:
        """Whether line `i` looks like the headline of the paragraph below it."""
        return (
            self._form(i) == "head" and self._form(i + 1) == "paragraph" and self._form(i - 1) not in ("time", "head")
        )

    def _form(self, i: int) -> str:
        return self.lines[i].form if 0 <= i < len(self.lines) else ""

    def _starts_group(self, i: int) -> bool:
        return i == 0 or self.lines[i].gap > self.near or self._form(i - 1) in ("rule", "time", "date")

    def _has_entries(self, begin: int) -> bool:
        """Whether anything from line `begin` on sets statements apart: headlines, times, a list without a lead-in."""
        marks = [i for i in range(begin, len(self.lines)) if self._sets_apart(i)]
        return any(not self._trails(i) for i in marks) or len(marks) > 1

    def _sets_apart(self, i: int) -> bool:
        line = self.lines[i]
        if line.form == "bullet":  # only the first of a list is asked
            led_in = self._form(i - 1) == "paragraph" and introduces(self.lines[i - 1].text)
            return self._form(i - 1) != "bullet" and not led_in
        return line.form in ("time", "head") or line.timed

    def _trails(self, i: int) -> bool:
        """Whether from here on there are only headlines and boilerplate with nothing below: links to elsewhere."""
        return i >= self.tail

    # -- the top of the page

    def _title(self) -> int:
        """Takes the title; how many lines it took."""
        first = self.lines[0]
        if first.form != "head" or first.timed:
            return 0
        if not self._has_entries(1):
            self._begin("entry")
            self._add(first, "entry", "headline")
            return 1
        self._begin("title")
        self._add(first, "title", "headline")
        taken = 1
        if points := self._points(taken):
            return taken + points
        while self._form(taken) == "head" and self._is_subtitle(taken):
            self._add(self.lines[taken], "title", "headline")
            taken += 1
        self.open = None
        return taken

    def _points(self, begin: int) -> int:
        """Takes the points under a title, two or more lines in its own block that have no full stop; how many."""
        end = begin
        while self._form(end) == "head" and not self._starts_group(end) and not names_its_speaker(self.lines[end].text):
            end += 1
        closed = end < len(self.lines) and (self._starts_group(end) or self._form(end) in ("time", "date", "rule"))
        told = all(len(line.text.split()) >= POINT_WORDS for line in self.lines[begin:end])
        if end - begin < MANY_POINTS or not closed or not told:
            return 0
        self._begin("summary")
        for line in self.lines[begin:end]:
            self._add(line, "summary", "standfirst")
        self.open = None
        return end - begin

    def _is_subtitle(self, i: int) -> bool:
        """Whether a second headline still belongs to the title: unnamed, next to it, and followed by text."""
        line = self.lines[i]
        apart = self.grouped and self._starts_group(i)
        return (
            not apart and not names_its_speaker(line.text) and self._form(i + 1) in ("head", "date", "time", "boiler")
        )

    # -- line by line

    def _take(self, i: int) -> None:
        line = self.lines[i]
        if line.timed:
            self.open = None
        match line.form:
            case "rule":
                self.open = None
            case "time":
                self._time(i)
            case "date" if self._over_list(i):
                self._headline(i)
            case "date" | "boiler":
                self._aside(i)
            case "bullet":
                self._bullet(i)
            case "head":
                self._headline(i)
            case "paragraph":
                self._paragraph(i)

    def _time(self, i: int) -> None:
        """A time over an entry ends the one before; below a headline it is only noted."""
        if self._form(i - 1) != "head" or self.timed:
            self.open = None

    def _aside(self, i: int) -> None:
        """Boilerplate and dates have numbers of their own; a date further down also ends an entry."""
        line, kept = self.lines[i], self.number
        self.number = self._next()
        self._add(line, "boiler", "boiler")
        if line.form == "date" and self.open != "summary" and self._form(i - 1) != "head":
            self.open = None
        elif self.open is not None:
            self._resume(kept)

    def _resume(self, number: int) -> None:
        """Lets what was open go on after an aside."""
        self.number = number

    def _bullet(self, i: int) -> None:
        if self.led_in and self.open == "entry":
            self._add(self.lines[i], "entry", "list")
            return
        self._begin("bullet")
        self._add(self.lines[i], "bullet", "bullet")

    def _headline(self, i: int) -> None:
        line = self.lines[i]
        if self._continues(i):
            self._paragraph(i)
        elif (
            self._trails(i) and not self._after_time(i) and self.said
        ):  # links stand below text, a list of news below none
            self._begin("boiler")
            self._add(line, "boiler", "boiler")
            self.open = None
        elif self._over_list(i):
            if self.open != "heading":
                self._begin("heading")
            self._add(line, "heading", "headline")
        elif line.text.casefold().rstrip(" .?!").startswith(SUMMARY_HEADS):
            self._begin("heading")
            self._add(line, "heading", "headline")
            self._begin("summary")
        else:
            self._entry_headline(i)

    def _entry_headline(self, i: int) -> None:
        """Begins an entry, unless the line is the second of a two-line headline."""
        if not self._is_second_line(i):
            self._begin("entry")
        self._add(self.lines[i], "entry", "headline")

    def _is_second_line(self, i: int) -> bool:
        """Whether the line above is this entry's headline too, and text follows."""
        above = self.parts[-1] if self.parts else None
        if self.open != "entry" or above is None or above.kind != "headline" or above.entry_kind != "entry":
            return False
        apart = self.lines[i].gap > 0 or self.lines[i].timed
        both_named = names_its_speaker(self.lines[i].text) and names_its_speaker(self.lines[i - 1].text)
        in_a_run = self._form(i - 2) == "head" or self._form(i + 1) == "head"
        return not apart and not both_named and not in_a_run

    def _continues(self, i: int) -> bool:
        """Whether a line in a headline's form is only a short paragraph of the entry that is open."""
        line = self.lines[i]
        if i and introduces(self.lines[i - 1].text) and is_quotation(line.text):
            return True
        if only_closes_a_quotation(line.text) and self.open == "entry":
            return True
        if self.open not in ("entry", "summary") or self._after_time(i) or self._form(i - 1) == "head":
            return False
        if self._over_list(i) or self._trails(i):
            return False
        return (self.grouped and not self._starts_group(i)) or (self.timed and not self._starts_group(i))

    def _after_time(self, i: int) -> bool:
        """Whether a time stands over the line, or at its head."""
        return self.lines[i].timed or (self.timed and self._form(i - 1) == "time")

    def _over_list(self, i: int) -> bool:
        """Whether only headings stand between the line and a bullet below it."""
        return self.listed[i] and not self._after_time(i)

    def _paragraph(self, i: int) -> None:
        line = self.lines[i]
        if self.open == "bullet" and self._runs_on(i):
            self._add(line, "bullet", "bullet")
            return
        if self.open in ("bullet", "heading", "boiler", "title", None) or self._is_headless_entry(i):
            self._begin("summary" if self._is_summary() else "entry")
        head = self._is_stopped_headline(i)
        kind: PassageKind = "standfirst" if self.open == "summary" else "headline" if head else "entry"
        self._add(line, self.open or "entry", kind)
        self.led_in = introduces(line.text) and (self.open == "entry" or len(line.text.split()) >= LIST_INTRO_WORDS)
        if self.led_in and self._form(i + 1) == "bullet" and self.open == "summary":
            self._begin("entry")
            self.parts[-1] = Part(span=line.span, entry=self.number, entry_kind="entry", kind="entry")
            self.led_in = True

    def _runs_on(self, i: int) -> bool:
        """Whether a line after a bullet is more of the bullet: begun in small letters, or with more bullets behind."""
        line = self.lines[i]
        between = self._form(i - 1) in ("bullet", "paragraph") and self._form(i + 1) == "bullet"
        return line.gap == 0 and (line.text[:1].islower() or between)

    def _is_summary(self) -> bool:
        """Whether text that comes now is the standing summary: nothing but title, dates and boilerplate before it."""
        at_top = not self.said and all(p.entry_kind in ("title", "boiler") for p in self.parts)
        return at_top and bool(self.parts) and self._has_entries(0)

    def _is_headless_entry(self, i: int) -> bool:
        """Whether a paragraph begins an entry that has no headline of a headline's form."""
        return self.grouped and self.open in ("entry", "summary") and self._is_stopped_headline(i)

    def _is_stopped_headline(self, i: int) -> bool:
        """Whether a paragraph at the head of a group is a headline that has a full stop."""
        line = self.lines[i]
        alone = (
            len(line.text) <= 90 and ". " not in line.text and not introduces(line.text) and not is_quotation(line.text)
        )
        below = self._form(i + 1) == "paragraph" and self.lines[i + 1].gap < line.gap
        return self.grouped and self._starts_group(i) and alone and below and not self.timed

    # -- numbering

    def _next(self) -> int:
        self.last += 1
        return self.last

    def _begin(self, kind: EntryKind) -> None:
        self.number = self._next()
        self.open = kind
        self.led_in = False

    def _add(self, line: Line, entry_kind: EntryKind, kind: PassageKind) -> None:
        self.said = self.said or kind not in ("headline", "boiler")
        self.parts.append(Part(span=line.span, entry=self.number, entry_kind=entry_kind, kind=kind))
