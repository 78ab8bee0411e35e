"""Claims -> questions, how their answers stand, the tally, the lines of an overview. Pure; any number of parties.

names      one id for all names of a place, one claimant for all names of a body
keys       claim -> the questions that it answers, and each question in plain words
figures    counts as intervals (R2), and how two of them compare (R9)
relations  how two answers stand, who denies whom, what mirrors what
mirroring  the questions in which the mirror of an answer may stand
joining    whether two questions may be put together by an editor
likely     questions that look like one, for an editor to decide
reprints   whether a near copy of a text tells anything else
answers    the claims of one question -> its answers with states, flags and reasons
silence    why a party has no answer (R3)
tally      the latest cumulative figures, own and enemy losses apart (R4, R5)
charting   each party's own figures over time
foreseeing what a claim would change if it were accepted
history    what changed between two looks at a question
digest     what belongs into an overview of the day, and in which order
"""

from sayso.reconcile.answers import latest_of, moment, question
from sayso.reconcile.charting import charts, figures_told
from sayso.reconcile.digest import day_bullets, summary_bullets
from sayso.reconcile.figures import in_words, revision
from sayso.reconcile.foreseeing import foreseen
from sayso.reconcile.history import changes
from sayso.reconcile.joining import LOST, decision_words, why_not
from sayso.reconcile.keys import questions_of
from sayso.reconcile.likely import Likely, Seen, days_beside, likely
from sayso.reconcile.mirroring import mirror_ranges
from sayso.reconcile.names import claimant_of, place_id, place_name, place_named
from sayso.reconcile.relations import denial_times, denies, holds
from sayso.reconcile.reprints import tells_no_more
from sayso.reconcile.seeking import wanted
from sayso.reconcile.silence import missing_for
from sayso.reconcile.tally import first_given, tally, tally_lines, tally_of, tells_some
from sayso.reconcile.wording import wording

__all__ = [
    "LOST",
    "Likely",
    "Seen",
    "changes",
    "charts",
    "claimant_of",
    "day_bullets",
    "days_beside",
    "decision_words",
    "denial_times",
    "denies",
    "figures_told",
    "first_given",
    "foreseen",
    "holds",
    "in_words",
    "latest_of",
    "likely",
    "mirror_ranges",
    "missing_for",
    "moment",
    "place_id",
    "place_name",
    "place_named",
    "question",
    "questions_of",
    "revision",
    "summary_bullets",
    "tally",
    "tally_lines",
    "tally_of",
    "tells_no_more",
    "tells_some",
    "wanted",
    "why_not",
    "wording",
]
