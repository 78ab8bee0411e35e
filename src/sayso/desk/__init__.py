"""What may be published, what an editor must look at twice, and how a reading is shown and corrected. Pure."""

from sayso.desk.accepting import (
    refuse_shared,
    refuse_uncounting,
    refuse_undecided,
    refuse_unfit,
    refuse_unseen,
    stamp_of,
)
from sayso.desk.adding import Addition, added, quoted_at
from sayso.desk.archived import as_archived
from sayso.desk.comparing import Aligned, Change, aligned, changes
from sayso.desk.editing import Edit, edited
from sayso.desk.figures import numbers_in_english, unsaid_figures
from sayso.desk.marking import Segment, segments
from sayso.desk.releasing import delay_of, exposed, is_amber, needs_second
from sayso.desk.risks import notices, risks
from sayso.desk.rules import Decision, accepts_by_rule, figures_refused, is_held_type, may_go_out
from sayso.desk.seen import Risk
from sayso.desk.sheet import Card, Inbox, Sheet, Waiting, card_of, label_of
from sayso.desk.speakers import TYPED, Speaker, source_of, speaker_named, speaker_of, withheld
from sayso.desk.withholding import withheld_because

__all__ = [
    "TYPED",
    "Addition",
    "Aligned",
    "Card",
    "Change",
    "Decision",
    "Edit",
    "Inbox",
    "Risk",
    "Segment",
    "Sheet",
    "Speaker",
    "Waiting",
    "accepts_by_rule",
    "added",
    "aligned",
    "as_archived",
    "card_of",
    "changes",
    "delay_of",
    "edited",
    "exposed",
    "figures_refused",
    "is_amber",
    "is_held_type",
    "label_of",
    "may_go_out",
    "needs_second",
    "notices",
    "numbers_in_english",
    "quoted_at",
    "refuse_shared",
    "refuse_uncounting",
    "refuse_undecided",
    "refuse_unfit",
    "refuse_unseen",
    "risks",
    "segments",
    "source_of",
    "speaker_named",
    "speaker_of",
    "stamp_of",
    "unsaid_figures",
    "withheld",
    "withheld_because",
]
