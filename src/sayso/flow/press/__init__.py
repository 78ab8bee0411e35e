"""What editors write themselves: entries, overviews and summaries, and the way out of all that is published.

composing    drafts, kept and versioned
linking      an address in the text -> a source card
previewing   a draft as readers would see it
writing      held to the desk's rules and let out
entries      placed, withdrawn, taken down
digests      the overview of a day and the standing summary
outgoing     the queue in which all of it can still be taken back
agreeing     what something in the queue would do, for whoever must agree
"""
