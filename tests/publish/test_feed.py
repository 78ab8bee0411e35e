"""The Atom feed parses strictly, keeps its ids, tells of edits and deletions, and names the claimant first."""

from dataclasses import replace

import feedparser
from lxml import etree

from sayso.publish.clean import clean_html, for_xml, web_address
from sayso.publish.feed import ATOM, TOMBSTONES, atom
from tests.publish.factory import COVERAGE, NOW, REPLAY, MemoryViews, new_entry

NS = {"a": ATOM, "at": TOMBSTONES}


def root_of(views: MemoryViews) -> etree._Element:
    return etree.fromstring(atom(views.feed_page()))


def test_a_strict_reader_finds_nothing_wrong() -> None:
    views = MemoryViews()
    found = feedparser.parse(atom(views.feed_page()))
    assert found.bozo == 0 and found.version == "atom10"
    assert len(found.entries) == len([v for v in views.all if v.post.state == "published"])


def test_the_feed_holds_what_the_standard_asks_for() -> None:
    root = root_of(MemoryViews())
    for one in ("a:id", "a:title", "a:updated", "a:author/a:name", "a:link[@rel='self']", "a:subtitle"):
        assert len(root.findall(one, NS)) == 1, one
    for entry in root.findall("a:entry", NS):
        for one in ("a:id", "a:title", "a:updated", "a:published", "a:author/a:name", "a:content[@type='html']"):
            assert len(entry.findall(one, NS)) == 1, one
        assert entry.find("a:link[@rel='alternate']", NS) is not None
    ids = [e.text for e in root.iterfind(".//a:entry/a:id", NS)]
    assert len(ids) == len(set(ids))
    assert "Ledger checkpoint 12 0a1b2c3d" in str(root.findtext("a:subtitle", namespaces=NS))


def test_an_edit_keeps_the_id_and_moves_updated() -> None:
    views = MemoryViews()
    view = new_entry("n1")
    views.change("add", view)
    before = root_of(views).find("a:entry", NS)
    views.change("put", replace(view, post=replace(view.post, version=2, updated_at=NOW.replace(year=2032))))
    after = root_of(views).find("a:entry", NS)
    assert before is not None and after is not None
    assert before.findtext("a:id", namespaces=NS) == after.findtext("a:id", namespaces=NS)
    assert before.findtext("a:published", namespaces=NS) == after.findtext("a:published", namespaces=NS)
    assert str(after.findtext("a:updated", namespaces=NS)).startswith("2032")


def test_a_post_that_is_gone_is_a_deleted_entry_with_its_reason_and_none_of_its_words() -> None:
    root = root_of(MemoryViews())
    gone = {g.get("ref"): g.findtext("at:comment", namespaces=NS) for g in root.findall("at:deleted-entry", NS)}
    assert gone == {
        "http://127.0.0.1:8900/c/tesk/p/pw/": "The outlet took it back.",
        "http://127.0.0.1:8900/c/tesk/p/pt/": "It named a minor.",
    }
    assert all(g.get("when") for g in root.findall("at:deleted-entry", NS))


def test_each_title_begins_with_its_claimant() -> None:
    views = MemoryViews()
    titles = [e.findtext("a:title", namespaces=NS) for e in root_of(views).findall("a:entry", NS)]
    for title, view in zip(titles, (v for v in views.all if v.post.state == "published"), strict=True):
        assert view.source is not None and str(title).startswith(view.source.title)


def test_a_replay_says_so_in_the_feed_and_in_every_entry() -> None:
    root = root_of(MemoryViews(coverage=replace(COVERAGE, replay=REPLAY)))
    assert "REPLAY" in str(root.findtext("a:title", namespaces=NS))
    for entry in root.findall("a:entry", NS):
        assert "REPLAY" in str(entry.findtext("a:title", namespaces=NS))
        assert "REPLAY" in str(entry.findtext("a:content", namespaces=NS))


def test_hostile_words_do_not_break_the_feed() -> None:
    views = MemoryViews()
    view = new_entry("n1", "x")
    head = "Tesk Guard: <script>alert(1)</script> ]]> & \x00\x0b\ufffe"
    views.change("add", replace(view, post=replace(view.post, head=head, note="<img src=x onerror=alert(1)>")))
    body = atom(views.feed_page())
    found = feedparser.parse(body, sanitize_html=False)
    assert found.bozo == 0
    content = found.entries[0].content[0].value
    assert "<img" not in content and "&lt;img" in content


def test_only_our_short_list_of_markup_is_let_through() -> None:
    kept = clean_html('<p>a <b>b</b> <a href="https://x.example/" onclick="x()" style="a">c</a></p>')
    assert kept == '<p>a <b>b</b> <a href="https://x.example/" rel="noopener noreferrer nofollow">c</a></p>'
    for bad in (
        "<svg onload=x()>",
        "<img src=x>",
        "<iframe src=//x>",
        "<style>*{}</style>",
        '<a href="javascript:x()">',
    ):
        made = clean_html(bad)
        assert "x" not in made.replace("noopener noreferrer nofollow", ""), made


def test_only_addresses_of_the_web_become_links() -> None:
    assert web_address("https://x.example/a") == "https://x.example/a"
    for bad in ("javascript:alert(1)", "data:text/html,x", "//x.example", " java\nscript:x", "https://x y", None, ""):
        assert web_address(bad) is None
    assert for_xml("a\x00b\ud800c\n") == "abc\n"
