"""Doors for what sources publish: bytes in, items out. Nothing here fetches anything.

kinds       the table of kinds of source; other packages add theirs by the entry-point group "sayso.sources"
sandbox     runs any kind in a child process with limits on time and memory: the way to call them
feed        RSS, Atom and JSON Feed
page        one article
live_page   another outlet's live page, split into its entries and bullets
text        a plain text file; `outline` splits a page of nothing but lines
"""

from sayso.sources.context import Context, ParsedItems
from sayso.sources.outline import outline, paragraphs

__all__ = ["Context", "ParsedItems", "outline", "paragraphs"]
