"""Bytes to text, once: whatever the labels say, what cannot be right is not believed, and what is lost is marked.

Every character that a reader cannot see but a program can (NUL, control characters, overrides that turn the order of
digits) is replaced by U+FFFD, so that nobody reads over it.
"""

import codecs
import re
from dataclasses import dataclass

MARK = "\ufffd"

#: WHATWG: these labels mean their Windows supersets in practice.
WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "iso8859-9": "cp1254"}
#: Codecs of Python that are no encodings of documents.
NOT_TEXT = frozenset({"utf-7", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined", "mbcs", "oem"})

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
BARE_WIDE = ((b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))

HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)")
META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)

#: C0 and C1 controls but for tab and line ends, overrides of writing direction, and code points that are no characters.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e\ud800-\udfff\ufffe\uffff]")
#: Embeddings and isolates: honest in right-to-left text, and of no use once each line is shown by itself.
DIRECTION = re.compile("[\u202a-\u202c\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, and sentences about what was doubtful."""

    text: str
    encoding: str
    doubts: tuple[str, ...] = ()


def decode(body: bytes, content_type: str = "") -> Decoded:
    """The text of a document. What decodes as UTF-8 is UTF-8 whatever its labels say, else the first that fits."""
    declared = declared_encodings(body, content_type)
    for bom, encoding in (*BOMS, *BARE_WIDE):
        if body.startswith(bom):
            skip = len(bom) if (bom, encoding) in BOMS else 0
            return replaced(body[skip:], encoding, ())
    for encoding in ("utf-8", *declared):
        try:
            text = body.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        return cleaned(text, encoding, doubts_about(encoding, declared, body))
    why = f"its bytes are not in the encoding that it declares ({', '.join(declared) or 'none'}); read as best we could"
    return replaced(body, declared[0] if declared else "cp1252", (why,))


def declared_encodings(body: bytes, content_type: str) -> list[str]:
    """The encodings that the header, the XML declaration and the meta element name, as Python calls them."""
    labels = [m[1] for m in [HEADER_CHARSET.search(content_type)] if m]
    for pattern in (XML_ENCODING, META_CHARSET):
        found = pattern.search(body[:4096])
        labels += [found[1].decode("ascii", "ignore")] if found else []
    known = (encoding_named(label) for label in labels)
    return list(dict.fromkeys(e for e in known if e))


def encoding_named(label: str) -> str | None:
    """Python's name of an encoding of documents, None for one that is not."""
    try:
        info = codecs.lookup(label)
        "".encode(info.name)
    except (LookupError, ValueError, UnicodeError):
        return None
    return None if info.name in NOT_TEXT or label.lower() in NOT_TEXT else WIDER.get(info.name, info.name)


def doubts_about(encoding: str, declared: list[str], body: bytes) -> tuple[str, ...]:
    """A sentence where the first label was not the truth."""
    if not declared or declared[0] == encoding or body.isascii():
        return ()
    return (f"it says that it is {declared[0]}, but it is {encoding}",)


def replaced(body: bytes, encoding: str, doubts: tuple[str, ...]) -> Decoded:
    """The text with a visible mark for each byte that fits no character."""
    return cleaned(body.decode(encoding, "replace"), encoding, doubts)


def cleaned(text: str, encoding: str, doubts: tuple[str, ...]) -> Decoded:
    """The text as it may be shown, with a sentence about what was marked in it."""
    marked = len(UNSEEN.findall(text))
    if marked:
        doubts = (*doubts, f"{marked} control characters in it were replaced by {MARK}")
    return Decoded(visible(text), encoding, doubts)


def visible(text: str) -> str:
    """The text without characters that only programs see: marked where they could mislead, dropped where not."""
    return DIRECTION.sub("", UNSEEN.sub(MARK, text.replace("\r\n", "\n").replace("\r", "\n")))
