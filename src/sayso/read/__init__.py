"""Text -> claims, each with who says it, the words that say so, and the rule that read them. Pure.

text       sentences, words, numbers, dates, groups, frames: what a sentence is made of
scene      one sentence with all of that, and the memory of its entry
voices     who says what
places     where a sentence says that something happened
drafts     a claim in the making
kinds      the rules, one file a kind of claim; `rules` says which are asked when
merging    drafts -> claims
entries    what holds an entry together; `remembering`: what carries over inside it
reader     the door: parts of a text -> passages with claims
clauses    the grammar of every language but English
models     what a parser or a language model may add, weighed against the text
"""

from sayso.read.reader import Reader

__all__ = ["Reader"]
