"""The store and how claims relate -> what the reader's pages are drawn from. Only what is public comes out of here.

standing     how each question stands, kept from one change of the ledger to the next
comparing    questions, tally and lines as they stand now
views        what each page is drawn from; `streamed` and `gathered` have the pages of entries and those that lead to them
stream       the entries, cut into pages that lead both ways; `paging` the tokens, `filtering` the headings
gathering    what is told of a party or a place; `mapping` of all places
tallying     every total; `changing` what changed between two times; `renewing` what superseded a cited claim
searching    a reader's words -> the entries that hold them
telling      what readers are told beside a statement's words
status       how the coverage does
"""
