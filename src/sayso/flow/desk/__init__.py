"""What editors do about statements, claims and questions, and what they are shown of them.

review       one statement at the desk: everything about it, and each act
deciding     what the ledger says when an editor decided
adding       a claim that the machine did not read
releasing    withheld pictures
translating  the desk's translation
removing     taking down
sorting      the inbox in order of urgency
foreseeing   what accepting a claim would change
carding      the cards of claims, kept
alerting     what the desk is warned of
lowering     totals that are lower now
kin          what may tell of the same event
questions    what an editor is shown about questions
regrouping   questions put together, claims moved and marked
handover     what happened since somebody left
teaching     what editors decided about readings, as rows to measure a reader by
"""
