"""A post that an editor pasted, or a call that one took, -> a statement like any other, marked as clipped (H17)."""

from dataclasses import dataclass, replace
from datetime import datetime

from sayso.desk import TYPED, Speaker, source_of, speaker_named, speaker_of
from sayso.errors import Refused
from sayso.flow.arrival.illustrating import lay_out, media_file
from sayso.flow.arrival.intake import short_hash
from sayso.flow.arrival.originating import origin_for
from sayso.flow.arrival.publishing import going_out
from sayso.flow.arrival.reading import read_as, setting_of
from sayso.flow.clock import world_now
from sayso.flow.newsroom import Newsroom
from sayso.media import Prepared, prepare_picture
from sayso.model.coverage import Coverage, Source
from sayso.model.event import Attached, Read, Stated
from sayso.model.statement import Enclosure, MediaFile, Statement
from sayso.model.vocabulary import CHANNELS
from sayso.sources import paragraphs
from sayso.sources.decoding import visible

LONGEST_TEXT = 200_000
LARGEST_PICTURE = 20 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that came with a pasted post: its bytes and what the page must say of it."""

    body: bytes
    alt: str
    credit: str
    sensitive: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What an editor typed. `says` is a listed body or person, or any name; None withholds it: it is stored nowhere."""

    text: str
    says: str | None
    url: str | None = None
    channel: str | None = None
    said_at: datetime | None = None
    lang: str | None = None
    picture: Picture | None = None


def paste(room: Newsroom, pasted: Pasted, *, actor: str) -> Statement:
    """The statement made of a pasted post; taken in, read and held for an editor in one transaction.

    The same text by the same speaker is the same statement. Raises Refused with what to do where something is missing.
    """
    says, url = (value and visible(value) for value in (pasted.says, pasted.url))
    pasted = replace(pasted, text=visible(pasted.text), says=says, url=url)
    refuse_unfit(room, pasted)
    statement = statement_of(room, pasted)
    if room.store.is_guarded(TYPED, statement.key, statement.text):
        raise Refused("These words were taken down from this coverage; they cannot be added again.")
    kept = room.store.statement(statement.id)
    if kept is not None:
        return kept
    read = read_pasted(room, statement)
    media = prepared_picture(room, pasted)
    now = room.clock.now()
    source = source_named(room.coverage, statement)
    with room.store.write(actor=actor, at=world_now()) as w:
        origin = origin_for(room.coverage, statement, read.reading, ledger=w)
        w.append(Stated(statement=statement, origin=origin))
        if media is not None:
            w.append(Attached(statement=statement.id, media=(media,)))
        w.append(read_as(room.coverage, statement, read.reading, origin=origin) if origin else read)
        for event in going_out(room.coverage, source, statement, read, ledger=w, now=now):
            w.append(event)
    room.changed()
    return statement


def refuse_unfit(room: Newsroom, pasted: Pasted) -> None:
    """Raise Refused, in words for the editor, for whatever a pasted post lacks or must not have."""
    if not pasted.text.strip():
        raise Refused("There is no text: paste what was said, word for word.")
    if len(pasted.text) > LONGEST_TEXT:
        raise Refused(f"The text is longer than {LONGEST_TEXT:,} characters: paste it in parts.")
    if pasted.says is not None and not pasted.says.strip():
        raise Refused("Say who says it: a body or person of the coverage, any other name, or withhold the name.")
    if pasted.says is None and pasted.url:
        raise Refused("The name is withheld, but the address can give it away: leave the address empty.")
    if pasted.url and not pasted.url.startswith(("https://", "http://")):
        raise Refused("The address must begin with https:// or http://.")
    if pasted.channel is not None and pasted.channel not in CHANNELS:
        raise Refused(f"“{pasted.channel}” is no channel. Use one of: {', '.join(CHANNELS)}.")
    if pasted.said_at is not None and pasted.said_at > room.clock.now():
        raise Refused("The time when it was said lies in the future.")
    if pasted.picture is not None and not (pasted.picture.alt.strip() and pasted.picture.credit.strip()):
        raise Refused("A picture needs a description of what is visible and a credit.")


def statement_of(room: Newsroom, pasted: Pasted) -> Statement:
    """The statement that a pasted post makes; its id comes from what was said and by whom."""
    text, parts = paragraphs(None, pasted.text.replace("\r\n", "\n").strip())
    says = speaker_named(pasted.says.strip(), room.coverage.conflict).name if pasted.says is not None else None
    key = short_hash("pasted", says or "", text)
    return Statement(
        id=short_hash(TYPED, key, text),
        source=TYPED,
        key=key,
        version=1,
        text=text,
        parts=parts,
        first_seen_at=room.clock.now(),
        url=pasted.url or None,
        published_at=pasted.said_at,
        lang=pasted.lang or default_language(room.coverage),
        speaker=says,
        clipped=True,
        channel=pasted.channel,
    )


def default_language(coverage: Coverage) -> str | None:
    """The coverage's language where it has only one; otherwise the reader finds out."""
    return coverage.languages[0] if len(coverage.languages) == 1 else None


def read_pasted(room: Newsroom, statement: Statement) -> Read:
    """The reading of a pasted statement, from its own speaker's mouth."""
    coverage = room.coverage
    speaker: Speaker = speaker_of(statement, coverage.conflict)
    setting = replace(setting_of(coverage, source_named(coverage, statement), statement), owner=speaker.attr)
    reading = room.reader.read(statement.text, statement.parts, setting)
    return read_as(coverage, statement, reading)


def source_named(coverage: Coverage, statement: Statement) -> Source:
    """The source of a statement: as listed; for a pasted one its speaker; for one no longer listed its bare name."""
    if statement.source == TYPED:
        return source_of(statement, coverage.conflict)
    listed = coverage.source(statement.source)
    return listed or Source(name=statement.source, title=statement.source, kind="gone", url=statement.url or "")


def prepared_picture(room: Newsroom, pasted: Pasted) -> MediaFile | None:
    """The public copy of a pasted picture, stripped of position and device data; None where there is none.

    Where the speaker's name is withheld, the original is not kept either: its hidden data could name them (H11).
    """
    picture = pasted.picture
    if picture is None:
        return None
    if len(picture.body) > LARGEST_PICTURE:
        raise Refused(f"The picture is larger than {LARGEST_PICTURE // 2**20} MB: make it smaller.")
    prepared: Prepared = prepare_picture(picture.body)
    kept = picture.body if pasted.says is not None else max((f.body for f in prepared.files), key=len)
    original = room.archive.keep(kept)
    lay_out(room.media, prepared)
    enclosure = Enclosure(
        url=pasted.url or "", kind="image", alt=picture.alt, credit=picture.credit, sensitive=picture.sensitive
    )
    return media_file(enclosure, original, prepared)
