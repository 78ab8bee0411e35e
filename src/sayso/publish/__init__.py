"""Records -> the bytes that readers get: sentences, pages, the feed. Pure: no clock, no disk but our own templates.

phrase      a claim as a sentence that begins with its claimant and loses nothing
deeds       the table of sentences, one row a type of claim
grammar     clauses that bend to negation, plan and appeal
figures     counts in words
lines       bullets of an overview and of "What is claimed", each with its citations
titles      headlines and card titles
own_voice   words that the page never says itself (H6)
clean       hostile markup -> the few elements that we allow
excerpt     how much of a statement the public may see, and where its claims stand in it
cards       an entry -> the picture that stands for it where it is shared
charts      a party's own figures over the days -> positions in a drawing
maps        places and claimed ground -> positions in a drawing
projection  degrees -> pixels
labels      names on a map that cover no other
table       the figures of the tally as CSV
found       where an entry holds what a reader looks for
showing     what of a view is shown or folded, and where its words stand
terms       names of states, figures, filters and offices, as messages
speech      the language of a page: its messages and dates, and marks for what is in another
assets      our own style, scripts and icon
pages       views -> HTML
markup      pages -> schema.org in JSON-LD
json_feed   entries -> JSON Feed
feed        entries -> Atom
"""

from sayso.publish.found import hit_in
from sayso.publish.lines import line
from sayso.publish.phrase import says
from sayso.publish.titles import head

__all__ = ["head", "hit_in", "line", "says"]
