"""A strict look at HTML: what a browser would mend in silence is a fault here."""

from collections import Counter
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
PHRASES_ONLY = {"p", "h1", "h2", "h3", "h4", "span", "a", "button", "summary", "label", "strong", "em", "bdi", "time"}
BLOCKS = {
    "p",
    "ul",
    "ol",
    "dl",
    "div",
    "section",
    "article",
    "table",
    "details",
    "figure",
    "blockquote",
    "form",
    "nav",
    "header",
}
ONLY_CHILDREN = {
    "ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}, "tr": {"th", "td"}, "thead": {"tr"}, "tbody": {"tr"},
    "table": {"caption", "thead", "tbody", "colgroup"}, "picture": {"source", "img"},
}  # fmt: skip
REFERS = ("aria-labelledby", "aria-describedby", "aria-controls", "for")
NEEDS = {"img": {"src", "alt"}, "html": {"lang"}, "video": {"aria-label"}, "time": {"datetime"}, "a": {"href"}}


class Look(HTMLParser):
    """The faults of a document, in its order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.refers: list[str] = []
        self.first = True

    def fault(self, what: str) -> None:
        self.faults.append(f"line {self.getpos()[0]}: {what}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parent = self.open[-1] if self.open else ""
        names = [name for name, _ in attrs]
        given = {name: value or "" for name, value in attrs}
        if len(names) != len(set(names)):
            self.fault(f"<{tag}> has an attribute twice: {names}")
        if missing := NEEDS.get(tag, set()) - set(names):
            self.fault(f"<{tag}> is without {missing}")
        if parent in ONLY_CHILDREN and tag not in ONLY_CHILDREN[parent]:
            self.fault(f"<{tag}> stands in <{parent}>")
        if tag in BLOCKS and (inside := PHRASES_ONLY & set(self.open)):
            self.fault(f"<{tag}> stands inside {inside}")
        if tag == "a" and "a" in self.open:
            self.fault("a link in a link")
        if parent == "details" and self.first and tag != "summary":
            self.fault("<details> does not begin with its summary")
        self.ids.update([given["id"]] if "id" in given else [])
        self.refers += [one for name in REFERS for one in given.get(name, "").split()]
        self.first = tag not in VOID
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if "svg" not in self.open:
            self.fault(f"<{tag}/> ends itself")
        self.handle_starttag(tag, attrs)
        if self.open[-1] == tag:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        self.first = False
        if not self.open or self.open[-1] != tag:
            self.fault(f"</{tag}> where {self.open[-1:]} is open")
        else:
            self.open.pop()


def faults(html: str) -> list[str]:
    """What is wrong with the document; nothing where nothing is."""
    look = Look()
    look.feed(html)
    look.close()
    again = [f"the id {one} is there {count} times" for one, count in look.ids.items() if count > 1]
    nowhere = [f"nothing has the id {one}" for one in look.refers if one not in look.ids]
    unclosed = [f"<{tag}> is never closed" for tag in look.open]
    doctype = [] if html.lstrip().lower().startswith("<!doctype html>") else ["it does not begin with <!doctype html>"]
    return [*doctype, *look.faults, *again, *nowhere, *unclosed]
