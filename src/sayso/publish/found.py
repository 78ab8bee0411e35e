"""Where an entry holds what a reader looks for: only in words that the page shows of it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sayso.model.conflict import Conflict
from sayso.model.finding import Hit
from sayso.model.page import EntryView
from sayso.model.seeking import Wanted, Word, found_in, words_with_places
from sayso.publish.notes import note_words
from sayso.publish.showing import shown
from sayso.publish.titles import card_title, victims_words

#: How much of the words round the first match is shown, in code points.
BEFORE: Final = 80
SHOWN: Final = 280
LEFT_OUT: Final = "…"


def hit_in(view: EntryView, wanted: Wanted, conflict: Conflict) -> Hit | None:
    """The entry with the passage that holds most of what is sought, marked; None where the page does not show all of it, and
    where it is a victim's name (H9)."""
    if view.post.state != "published":
        return None
    title, note = card_title(view, conflict), note_words(view.post.note)
    excerpt = shown(view)
    said = ["".join(p.text for p in paragraph) for paragraph in excerpt.paragraphs] if excerpt else []
    if view.statement is not None and said[:1] == [view.statement.title] and title.endswith(said[0]):
        del said[0]  # the title has it already
    for further in view.further:
        part = shown(further)
        said += ["".join(p.text for p in paragraph) for paragraph in part.paragraphs] if part else []
    texts = [title, note, *said]
    unsought = victims_words(view, conflict)
    words = [[("" if w in unsought else w, a, b) for w, a, b in words_with_places(text)] for text in texts]
    if found_in(wanted, tuple(chained(words, texts))) is None:
        return None
    marks = [tuple(marks_in(wanted, w)) for w in words]
    best = max(range(1, len(texts)), key=lambda n: len(marks[n]))
    passage = tuple(passage_of(texts[best], marks[best])) if marks[best] else ()
    return Hit(
        view=view,
        title=tuple(pieces_of(title, marks[0], 0, len(title))),
        passage=passage,
        own_words=bool(passage) and best == 1,
    )


def chained(words: Sequence[Sequence[Word]], texts: Sequence[str]) -> Iterator[Word]:
    """The words of texts one after the other; none of one text stands beside one of another."""
    begin = 0
    for mine, text in zip(words, texts, strict=True):
        yield from ((w, a + begin, b + begin) for w, a, b in mine)
        begin += len(text) + 1
        yield ("", begin, begin)


def marks_in(wanted: Wanted, words: Sequence[Word]) -> list[tuple[int, int]]:
    """Where anything that is sought stands in one text; overlapping places are one."""
    out: list[tuple[int, int]] = []
    for begin, end in sorted(s for group in wanted for s in found_in((group,), words) or ()):
        if out and begin <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((begin, end))
    return out


def passage_of(text: str, marks: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """The words round the first mark as pieces, each with whether it is marked."""
    begin = max(0, marks[0][0] - BEFORE)
    begin = text.find(" ", begin, marks[0][0]) + 1 or begin if begin else 0
    end = min(len(text), begin + SHOWN)
    end = text.rfind(" ", marks[0][1], end) if end < len(text) and " " in text[marks[0][1] : end] else end
    yield from [(LEFT_OUT, False)] if begin else []
    yield from pieces_of(text, marks, begin, end)
    yield from [(LEFT_OUT, False)] if end < len(text) else []


def pieces_of(text: str, marks: Iterable[tuple[int, int]], begin: int, end: int) -> Iterator[tuple[str, bool]]:
    """A range of a text as pieces, each with whether it is marked."""
    for a, b in marks:
        if begin <= a < end:
            yield from [(text[begin:a], False)] if a > begin else []
            yield text[a : min(b, end)], True
            begin = min(b, end)
    yield from [(text[begin:end], False)] if begin < end else []
