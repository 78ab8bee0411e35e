"""A page is read for its main text, a plain text file for its statements, and bytes for what they are."""

import pytest

from sayso.sources.decoding import MARK, decode, visible
from sayso.sources.markup import content_of_html, web_address
from sayso.sources.page import parse_page
from sayso.sources.text import parse_text
from tests.sources.factory import context, page

RELEASE = """<h1>Two hurt at the mill</h1><p class="meta"><time datetime="2031-06-15T10:00:00+04:00">10:00</time></p>
<p>Two soldiers were hurt at the mill, the Staff said on Sunday.</p><ul><li>one lightly;</li><li>one badly.</li></ul>
<p>Read also: Day 43 at the lake</p><figure><img src="/m.jpg" alt="The mill"></figure>"""


def test_the_main_text_of_a_page_is_one_statement() -> None:
    found = parse_page(page(f"<article>{RELEASE}</article>"), context("https://staff.example/7"))
    (one,) = found.items
    assert one.text.split("\n") == [
        "Two hurt at the mill", "Two soldiers were hurt at the mill, the Staff said on Sunday.",
        "• one lightly;", "• one badly.",
    ]  # fmt: skip
    assert (one.title, one.lang) == ("Two hurt at the mill", "en")
    assert one.published_at is not None
    assert one.published_at.isoformat() == "2031-06-15T10:00:00+04:00"
    assert [(e.url, e.alt) for e in one.enclosures] == [("https://staff.example/m.jpg", "The mill")]


def test_a_page_that_marks_no_main_part_is_read_by_its_layout() -> None:
    body = page(RELEASE).replace(b"<main>", b"<div>").replace(b"</main>", b"</div>")
    (one,) = parse_page(body, context()).items
    assert "Two soldiers were hurt at the mill, the Staff said on Sunday." in one.text.split("\n")
    assert "Home" not in one.text


def test_a_changed_page_is_a_new_version_and_another_headline_another_statement() -> None:
    before, edited, other = (
        parse_page(page(f"<article>{r}</article>"), context()).items[0].key
        for r in (
            RELEASE,
            RELEASE.replace("Two soldiers", "Three soldiers"),
            RELEASE.replace("Two hurt at", "All well at"),
        )
    )
    assert before == edited != other


def test_a_page_without_text_says_so() -> None:
    found = parse_page(page(""), context())
    assert found.items == ()
    assert "no main text" in found.unread[0]


def test_a_text_file_is_split_into_its_statements() -> None:
    text = (
        "War on the lake: day 44\nThe truce holds.\nUbel: school hit\nThe mayor wrote so.\nIn short\n• One.\n• Two.\n"
    )
    items = parse_text(text.encode(), context("https://wire.example/x.txt", "text/plain")).items
    assert [(i.entry_kind, i.text) for i in items] == [
        ("summary", "The truce holds."), ("entry", "Ubel: school hit\nThe mayor wrote so."),
        ("bullet", "• One."), ("bullet", "• Two."),
    ]  # fmt: skip
    assert len({i.key for i in items}) == 4


@pytest.mark.parametrize(
    ("body", "content_type", "text", "doubt"),
    [
        ("Հայ Сооб".encode(), "text/xml; charset=windows-1251", "Հայ Сооб", "but it is utf-8"),
        ("Сообщение".encode("cp1251"), "text/plain; charset=windows-1251", "Сообщение", None),
        ("Сооб".encode("utf-16"), "", "Сооб", None),
        ("<a>Сооб".encode("utf-16-le"), "", "<a>Сооб", None),
        ("café".encode("latin-1"), "text/xml; charset=utf-8", f"caf{MARK}", "not in the encoding"),
        (
            b"<?xml version='1.0' encoding='windows-1252'?>\x93a\x94",
            "",
            "<?xml version='1.0' encoding='windows-1252'?>“a”",
            None,
        ),
        (b"caf\xe9", "text/plain; charset=unicode_escape", "café", "not in the encoding"),
        (b"a\0b\x1b", "", f"a{MARK}b{MARK}", "2 control characters"),
    ],
)
def test_bytes_are_decoded_for_what_they_are(body: bytes, content_type: str, text: str, doubt: str | None) -> None:
    found = decode(body, content_type)
    assert found.text == text
    assert (doubt is None and found.doubts == ()) or (doubt is not None and doubt in found.doubts[0])


def test_what_turns_digits_round_is_marked_and_what_is_honest_goes() -> None:
    assert visible("Losses: \u202e021\u202c killed") == f"Losses: {MARK}021 killed"
    assert visible("\u2067שלום\u2069 a\r\nb") == "שלום a\nb"


def test_scripts_forms_and_frames_are_no_text() -> None:
    tags = ("script", "style", "iframe", "form", "nav", "template", "svg", "noscript", "textarea")
    html = "<p>a</p>" + "".join(f"<{tag}>b</{tag}>" for tag in tags)
    assert [b.text for b in content_of_html(html, "https://a.example").blocks] == ["a"]


@pytest.mark.parametrize(
    "raw",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "mailto:a@b", "", "http://", "http://[", None],
)
def test_only_http_addresses_are_addresses(raw: str | None) -> None:
    assert web_address(raw, "") is None
